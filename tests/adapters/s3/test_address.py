"""Where pictures are kept, as one setting says it."""

from __future__ import annotations

import pytest

from src.spark.adapters.s3.address import Address

GOOD = {
    "s3://bucket": Address("bucket", "", None, None, "auto"),
    "s3://bucket/": Address("bucket", "", None, None, "auto"),
    "s3://bucket/some/where/": Address("bucket", "some/where/", None, None, "auto"),
    "s3://my.bucket-1/%E5%9B%BE": Address("my.bucket-1", "图/", None, None, "auto"),
    "s3://bucket/p?endpoint_url=https://minio.example:9000/&region_name=eu-central-1": Address(
        "bucket", "p/", "https://minio.example:9000", "eu-central-1", "path"
    ),
    "s3://bucket?endpoint_url=https://oss-cn-beijing.aliyuncs.com&addressing_style=virtual": (
        Address("bucket", "", "https://oss-cn-beijing.aliyuncs.com", None, "virtual")
    ),
}
BAD = [
    "s3://",
    "s3:///prefix",
    "s3://b",
    "s3://bucket:9000/prefix",
    "s3://bücket",
    "https://bucket/prefix",
    "s3://bucket#part",
    "s3://bucket?endpoint_url=minio:9000",
    "s3://bucket?endpoint_url=ftp://minio",
    "s3://bucket?endpoint_url=http://",
    "s3://bucket?endpoint_url=http://minio:port",
    "s3://bucket?region_name=eu central",
    "s3://bucket?addressing_style=other",
    "s3://bucket?anonymous=true",
]
WITH_SECRETS = [
    "s3://KEY:hush-hush@bucket/prefix",
    "s3://KEY:hush-/hush@bucket/prefix",
    "s3://KEY:hush-hush",
    "s3://hush-hush@bucket",
    "s3://bucket?endpoint_url=https://KEY:hush-hush@minio",
    "s3://bucket?endpoint_url=https://KEY:hush-hush",
    "s3://bucket?endpoint_url=https%3A%2F%2FKEY%3Ahush-hush%40minio",
    "s3://bucket?aws_secret_access_key=hush-hush",
    "s3://bucket?hush-hush=1",
]


@pytest.mark.parametrize("url", GOOD)
def test_an_address_says_where(url):
    assert Address.parse(url) == GOOD[url]


@pytest.mark.parametrize("url", BAD)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ValueError, match=r"must|may"):
        Address.parse(url)


@pytest.mark.parametrize("url", WITH_SECRETS)
def test_credentials_in_an_address_are_refused_and_not_repeated(url):
    with pytest.raises(ValueError, match=r"must|may") as refused:
        Address.parse(url)
    assert "hush" not in str(refused.value)
    assert "KEY:" not in str(refused.value)
