"""Files that come in a request's body."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

from flask import request

from ..errors import FieldProblem, InvalidInput, UnsupportedUpload, storage_errors
from .http import unnamed_file

FIELD = "file"
FILE_TYPES = (
    "application/zip",
    "application/x-zip-compressed",
    "application/octet-stream",
    "application/json",
)
"""What a body that is a file may be called."""

_PIECE = 1024 * 1024
_MOST_PARTS = 20
"""Fields of a form: each file among them is kept, and open, until all have come."""
_MISSING = FieldProblem(
    FIELD, "必填：要导入的文件。", "This field is required: the file to import."
)


@contextmanager
def uploaded() -> Iterator[IO[bytes]]:
    """The file that the body is, or that a form brings as its field `file`; kept on disk.

    Raises `InvalidInput` for a form without it, `UnsupportedUpload`, and `StorageUnavailable` or
    `StorageFull` where it cannot be kept.
    """
    with storage_errors():
        file = _received()
    with file:
        yield file


def _received() -> IO[bytes]:
    if request.mimetype == "multipart/form-data":
        request.max_form_parts = _MOST_PARTS
        if FIELD not in request.files:
            raise InvalidInput(_MISSING)
        return request.files[FIELD].stream
    if request.mimetype not in FILE_TYPES:
        raise UnsupportedUpload(known=", ".join((*FILE_TYPES, "multipart/form-data")))
    with ExitStack() as broken_off:
        file = broken_off.enter_context(unnamed_file())
        shutil.copyfileobj(request.stream, file, _PIECE)
        file.flush()
        broken_off.pop_all()
    return file
