"""What a service may have us ask."""

from __future__ import annotations

import pytest

from src.spark.adapters.openai.addresses import is_public


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/a.png",
        "http://localhost:8080/a.png",
        "http://169.254.169.254/latest/meta-data",
        "https://10.0.0.8/a.png",
        "http://[::1]/a.png",
        "http://[fd00::1]/a.png",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "ftp://93.184.216.34/a.png",
        "https:///a.png",
        "a.png",
    ],
)
def test_what_is_inside_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["https://93.184.216.34/a.png", "http://[2606:2800:220::1]/"])
def test_what_is_outside_is(address):
    assert is_public(address)
