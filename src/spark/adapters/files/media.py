"""Pictures as files, named by what is in them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from pydantic import ValidationError

from ...errors import NotFound
from ...models import Origin
from ...pictures import Picture
from .disk import storage_errors, write_atomically

_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_TYPES = {extension: mime_type for mime_type, extension in _EXTENSIONS.items()}
_NAME = re.compile(r"([0-9a-f]{2})[0-9a-f]{38}\.(png|jpg|webp)", re.ASCII)


class FileMediaStore:
    """A `MediaStore` in one folder, fanned out by the first two digits of the name.

    Beside each picture a JSON file of its name says how it came to be.

    Portraits are drawn before their project exists and their address must outlive the
    confirmation, so they are kept by content and not in a project's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, picture: Picture) -> str:
        """Store a picture and return its name, made from a SHA-256 of its content."""
        digest = hashlib.sha256(picture.data).hexdigest()[:40]
        name = f"{digest}.{_EXTENSIONS[picture.mime_type]}"
        path = self._path(name)
        with storage_errors():
            if not path.exists():
                write_atomically(path, picture.data)
                origin = Origin(prompt=picture.prompt, provenance=picture.provenance)
                write_atomically(path.with_suffix(".json"), origin.model_dump_json().encode())
        return name

    def get(self, name: str) -> tuple[bytes, str]:
        """The bytes and the mime type of a picture. Raises `NotFound`."""
        match = _NAME.fullmatch(name)
        if not match:
            raise NotFound()
        with storage_errors():
            try:
                return self._path(name).read_bytes(), _TYPES[match[2]]
            except FileNotFoundError as error:
                raise NotFound() from error

    def origin(self, name: str) -> Origin | None:
        """How a picture came to be, as far as that was kept."""
        if not _NAME.fullmatch(name):
            return None
        with storage_errors():
            try:
                return Origin.model_validate_json(
                    self._path(name).with_suffix(".json").read_bytes()
                )
            except (FileNotFoundError, ValidationError):
                return None

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name
