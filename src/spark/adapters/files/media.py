"""Pictures as files, named by what is in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from ...errors import NotFound, PictureDamaged, storage_errors
from ...models import Origin
from ...pictures import Picture, is_called, picture_name, picture_type
from .disk import make_folder, write_atomically

_SHELF = re.compile(r"[0-9a-f]{2}", re.ASCII)


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
        name = picture_name(picture.data, picture.mime_type)
        with storage_errors():
            if not self._path(name).exists():
                origin = Origin(prompt=picture.prompt, provenance=picture.provenance)
                self._write(name, picture.data, origin)
        return name

    def get(self, name: str) -> tuple[bytes, str]:
        """The bytes and the mime type of a picture. Raises `NotFound`."""
        mime_type = picture_type(name)
        if not mime_type:
            raise NotFound()
        with storage_errors():
            try:
                return self._path(name).read_bytes(), mime_type
            except FileNotFoundError as error:
                raise NotFound() from error

    def origin(self, name: str) -> Origin | None:
        """How a picture came to be, as far as that was kept."""
        if not picture_type(name):
            return None
        with storage_errors():
            try:
                return Origin.model_validate_json(self._beside(name).read_bytes())
            except (FileNotFoundError, ValidationError):
                return None

    def names(self) -> Iterator[str]:
        """The names of all pictures, in order. What else lies in the folder is passed over."""
        for shelf in filter(_SHELF.fullmatch, _names_in(self._folder)):
            if (self._folder / shelf).is_dir():
                for name in _names_in(self._folder / shelf):
                    if name[:2] == shelf and picture_type(name) and self._path(name).is_file():
                        yield name

    def adopt(self, name: str, data: bytes, origin: Origin | None) -> None:
        """Put a picture that another store keeps under `name` in the place of what is here of it.

        Raises `PictureDamaged` where no picture of this content is called so.
        """
        if not is_called(data, name):
            raise PictureDamaged()
        with storage_errors():
            self._write(name, data, origin)

    def check(self) -> None:
        """Raise `StorageUnavailable` where the folder cannot be written."""
        with storage_errors():
            make_folder(self._folder)
            write_atomically(self._folder / ".check", b"")

    def _write(self, name: str, data: bytes, origin: Origin | None) -> None:
        """The origin first: a picture that is there is never written again, nor is its origin.

        Who dies on the way leaves an origin that nobody asks for, and that the next one replaces.
        """
        if origin:
            write_atomically(self._beside(name), origin.model_dump_json().encode())
        try:
            write_atomically(self._path(name), data)
        except OSError:
            with suppress(OSError):
                if not self._path(name).exists():
                    self._beside(name).unlink(missing_ok=True)
            raise

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def _beside(self, name: str) -> Path:
        return self._path(name).with_suffix(".json")


def _names_in(folder: Path) -> list[str]:
    with storage_errors():
        try:
            return sorted(os.listdir(folder))
        except FileNotFoundError:
            return []
