"""What an illustrator hands back: a finished picture, where it came from and what it is called."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from .models import Provenance

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_TYPES = {extension: mime_type for mime_type, extension in _EXTENSIONS.items()}
_BEGINNINGS = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_NAME = re.compile(r"([0-9a-f]{40})\.(png|jpg|webp)", re.ASCII)


@dataclass(frozen=True)
class Picture:
    """One drawn portrait, ready to be stored and served."""

    data: bytes
    mime_type: str
    prompt: str
    """The words the picture was drawn from."""
    provenance: Provenance
    traits: dict[str, str] | None = None
    """What was decided about the character, so that a later version can keep it."""


def picture_name(data: bytes, mime_type: str) -> str:
    """What a picture is called wherever it is kept: by a SHA-256 of its content."""
    return f"{_digest(data)}.{_EXTENSIONS[mime_type]}"


def picture_type(name: str) -> str | None:
    """The mime type of a picture of this name; `None` where no picture is called so."""
    match = _NAME.fullmatch(name)
    return _TYPES[match[2]] if match else None


def is_called(data: bytes, name: str) -> bool:
    """Whether a picture of this content can have this name."""
    match = _NAME.fullmatch(name)
    return bool(match and match[1] == _digest(data))


def is_picture(data: bytes, mime_type: str) -> bool:
    """Whether the bytes begin as those of a picture of this type do."""
    return bool(_BEGINNINGS[mime_type].match(data))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:40]
