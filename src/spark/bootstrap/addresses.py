"""Where things are kept, as settings and arguments say it; no error repeats a secret of theirs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..adapters.s3.address import Address
from .settings import Settings

_POSTGRES = ("postgresql://", "postgres://")
_PART = r"(?:[^:@/?#\[\]%\s]|%[0-9A-Fa-f]{2})*"
_DATABASE = re.compile(
    rf"postgres(?:ql)?://(?:{_PART}(?::{_PART})?@)?(?:[^@#%\s]|%[0-9A-Fa-f]{{2}})*"
)


def require_store(url: str) -> None:
    """Raise `ValueError`, in words that repeat nothing of `url`, where no store can be there."""
    if not url.startswith(_POSTGRES) or not _has_port(url):
        raise ValueError("a store is a data directory or postgresql://user:password@host:port/name")
    require_database(url)


def require_database(url: str) -> None:
    """Raise `ValueError`, in words that repeat nothing of `url`, where PostgreSQL cannot have it.

    A password with signs that mean something in an address would be taken for another part of it,
    and what is no secret there is shown.
    """
    if not url.startswith(_POSTGRES):
        raise ValueError("must look like postgresql://user:password@host:5432/database")
    try:
        urlsplit(url)
    except ValueError:
        is_plain = False
    else:
        is_plain = bool(_DATABASE.fullmatch(url))
    if not is_plain:
        raise ValueError("percent-encode the user and the password, as %23 for #")


def media_place(where: str) -> Path | Address:
    """What `where` names: a folder by its path or as `file:///…`, or a bucket as `s3://…`.

    Raises `ValueError`, in words that repeat nothing of `where`, where it names neither.
    """
    if where.startswith("s3://"):
        return Address.parse(where)
    path = unquote(where.removeprefix("file://")) if where.startswith("file:///") else where
    if not path or not is_folder(path) or path.startswith("file:"):
        raise ValueError("must be a folder, file:///folder or s3://bucket/prefix")
    return Path(path).resolve()


def media_address(settings: Settings) -> str:
    """Where the pictures are of all projects whose store keeps none itself."""
    return settings.SPARK_MEDIA_URL or str(settings.SPARK_DATA_DIR / "media")


def is_folder(where: str) -> bool:
    """Whether `where` is a path, and not the address of something else."""
    return bool(where) and "://" not in where


def _has_port(where: str) -> bool:
    """Whether the port is a number or not said; asking for another raises."""
    try:
        return urlsplit(where).port != 0
    except ValueError:
        return False
