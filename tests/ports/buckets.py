"""Places in storage that speaks S3, as every process of a test run finds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from boto3.session import Session

from src.spark.adapters.s3.address import Address

from ..servers import s3_server

BUCKET = "spark-tests"
_SIGN = "storage.address"


@contextmanager
def storage(folder: Path) -> Iterator[str]:
    """Run storage for all tests whose places are below `folder`; where it is reached."""
    with s3_server(folder) as (endpoint, _):
        make_bucket(endpoint)
        (folder / _SIGN).write_text(endpoint)
        yield endpoint


def make_bucket(endpoint: str, name: str = BUCKET) -> None:
    """Make a bucket to keep things in."""
    client = Session().client("s3", endpoint_url=endpoint, region_name="us-east-1")
    client.create_bucket(Bucket=name)


def bucket_at(place: Path) -> Address:
    """What stands for `place` in the storage that runs above it."""
    root = next(folder for folder in place.parents if (folder / _SIGN).exists())
    endpoint = (root / _SIGN).read_text()
    return Address.parse(
        f"s3://{BUCKET}{quote(str(place))}?endpoint_url={endpoint}&region_name=us-east-1"
    )
