"""Pictures as objects in a bucket, named by what is in them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from ...errors import NotFound, PictureDamaged
from ...models import Origin
from ...pictures import Picture, is_called, picture_name, picture_type
from .address import Address
from .bucket import Bucket

_JSON = "application/json"


class S3MediaStore:
    """A `MediaStore` laid out like the one of files: `ab/<name>`, and beside it a JSON object.

    That says how the picture came to be: an object's own metadata holds 2 KB of ASCII.
    """

    def __init__(self, address: Address) -> None:
        """Nothing is asked before the first picture is."""
        self._bucket = Bucket(address)

    def put(self, picture: Picture) -> str:
        """Store a picture and return its name, made from a SHA-256 of its content."""
        name = picture_name(picture.data, picture.mime_type)
        if not self._bucket.has(_key(name)):
            origin = Origin(prompt=picture.prompt, provenance=picture.provenance)
            self._write(name, picture.data, picture.mime_type, origin)
        return name

    def get(self, name: str) -> tuple[bytes, str]:
        """The bytes and the mime type of a picture. Raises `NotFound`."""
        mime_type = picture_type(name)
        if not mime_type:
            raise NotFound()
        return self._bucket.read(_key(name)), mime_type

    def origin(self, name: str) -> Origin | None:
        """How a picture came to be, as far as that was kept."""
        if not picture_type(name):
            return None
        try:
            return Origin.model_validate_json(self._bucket.read(_beside(name)))
        except (NotFound, ValidationError):
            return None

    def names(self) -> Iterator[str]:
        """The names of all pictures, in order. What else lies in the bucket is passed over."""
        for key in self._bucket.listing():
            shelf, _, name = key.partition("/")
            if name[:2] == shelf and picture_type(name):
                yield name

    def adopt(self, name: str, data: bytes, origin: Origin | None) -> None:
        """Put a picture that another store keeps under `name` in the place of what is here of it.

        Raises `PictureDamaged` where no picture of this content is called so.
        """
        mime_type = picture_type(name)
        if not mime_type or not is_called(data, name):
            raise PictureDamaged()
        self._write(name, data, mime_type, origin)

    def check(self) -> None:
        """Raise `StorageUnavailable` where the bucket cannot be reached."""
        self._bucket.check()

    def _write(self, name: str, data: bytes, mime_type: str, origin: Origin | None) -> None:
        """The origin first: a picture that is there is never written again, nor is its origin.

        Who dies on the way leaves an origin that nobody asks for, and that the next one replaces.
        """
        if origin:
            self._bucket.write(_beside(name), origin.model_dump_json().encode(), _JSON)
        self._bucket.write(_key(name), data, mime_type)


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"


def _beside(name: str) -> str:
    return f"{_key(name).partition('.')[0]}.json"
