"""Files that come in a request's body."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from flask import request

from ..errors import FieldProblem, InvalidInput, UnsupportedUpload
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
_MISSING = FieldProblem(
    FIELD, "必填：要导入的文件。", "This field is required: the file to import."
)


@contextmanager
def uploaded() -> Iterator[IO[bytes]]:
    """The file that the body is, or that a form brings as its field `file`; kept on disk.

    Raises `InvalidInput` for a form without it, and `UnsupportedUpload`.
    """
    if request.mimetype == "multipart/form-data":
        if FIELD not in request.files:
            raise InvalidInput(_MISSING)
        with request.files[FIELD].stream as file:
            yield file
    elif request.mimetype in FILE_TYPES:
        with unnamed_file() as file:
            shutil.copyfileobj(request.stream, file, _PIECE)
            yield file
    else:
        raise UnsupportedUpload(known=", ".join((*FILE_TYPES, "multipart/form-data")))
