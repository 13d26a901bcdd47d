"""Where in which storage things are kept, as one setting says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import parse_qsl, unquote, urlsplit

Style = Literal["auto", "path", "virtual"]

_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]", re.ASCII)
_REGION = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)
_OPTIONS = {"endpoint_url", "region_name", "addressing_style"}
_STYLES = {"path", "virtual"}


@dataclass(frozen=True)
class Address:
    """A bucket and what the names of all objects in it begin with."""

    bucket: str
    prefix: str
    """Empty, or something that ends with a slash."""
    endpoint_url: str | None
    """Whose storage it is; Amazon's own where that is not said."""
    region_name: str | None
    addressing_style: Style

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read `s3://bucket/prefix?endpoint_url=https://host&region_name=…&addressing_style=…`.

        Raises `ValueError`, whose words repeat nothing of `url`: it may hold what is secret.
        """
        if "@" in unquote(url):
            raise ValueError(
                "must not hold credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            )
        parts = urlsplit(url)
        if parts.scheme != "s3" or parts.fragment or not _BUCKET.fullmatch(parts.netloc):
            raise ValueError("must look like s3://bucket/prefix")
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        if not options.keys() <= _OPTIONS:
            raise ValueError(f"may have the options {', '.join(sorted(_OPTIONS))} and no others")
        prefix = unquote(parts.path).strip("/")
        endpoint = options.get("endpoint_url", "").rstrip("/")
        # Most storage of other makers is reached by one name for all buckets.
        style = options.get("addressing_style") or ("path" if endpoint else "auto")
        return cls(
            bucket=parts.netloc,
            prefix=f"{prefix}/" if prefix else "",
            endpoint_url=_endpoint(endpoint) or None,
            region_name=_region(options.get("region_name", "")) or None,
            addressing_style=_style(style),
        )

    @property
    def host(self) -> str:
        """Who is asked, as a log may say it."""
        return self.endpoint_url or "Amazon S3"


def _endpoint(url: str) -> str:
    if url and not _is_http(url):
        raise ValueError("its endpoint_url must look like https://host:port")
    return url


def _is_http(url: str) -> bool:
    parts = urlsplit(url)
    try:
        with_port = parts.port is None or parts.port > 0  # asking raises where it is no number
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment)
    return bool(parts.scheme in {"http", "https"} and parts.hostname and with_port and plain)


def _region(name: str) -> str:
    if name and not _REGION.fullmatch(name):
        raise ValueError("its region_name must look like eu-central-1")
    return name


def _style(name: str) -> Style:
    if name not in _STYLES | {"auto"}:
        raise ValueError("its addressing_style must be path or virtual")
    return cast(Style, name)
