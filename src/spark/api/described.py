"""What the OpenAPI document says of answers: their shapes, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from pydantic import BaseModel, create_model

from ..models import Moment
from ..renditions import FORMATS

SHAPES: dict[str, Callable[[], type[BaseModel]]] = {}
"""The bodies of answers, by their names in the document; built when somebody asks for it."""

BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
"""What the document says of the bytes of a file."""


def flat_of(data: type[BaseModel]) -> dict[str, Any]:
    """What the document says of an answer whose body is `data` alone."""
    return _told(data.__name__, lambda: data)


def success_of(data: type[BaseModel]) -> dict[str, Any]:
    """What the document says of a success body around `data`, on the unversioned paths."""
    name = f"{data.__name__}Success"
    return _told(name, lambda: _success(name, data))


def export_of(data: type[BaseModel]) -> dict[str, Any]:
    """What the document says of `data` as the JSON export gives it, and of the files beside it."""
    name = f"Exported{data.__name__}"
    beside = {
        "format": (Literal["json"], ...),
        "schema_version": (int, ...),
        "exported_at": (Moment, ...),
    }
    told = _told(name, lambda: _success(name, data, **beside))
    files = (made.media_type for made in FORMATS.values() if made.name != "json")
    return {"content": {**told["content"], **dict.fromkeys(files, BINARY)}}


def file_of(media_type: str) -> dict[str, Any]:
    """What the document says of an answer that is a file."""
    return {"content": {media_type: BINARY}}


def _told(name: str, shape: Callable[[], type[BaseModel]]) -> dict[str, Any]:
    SHAPES[name] = shape
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"content": {"application/json": {"schema": schema}}}


def _success(name: str, data: type[BaseModel], **beside: Any) -> type[BaseModel]:
    fields: dict[str, Any] = {
        "status": (Literal["success"], ...),
        "data": (data, ...),
        "timestamp": (Moment, ...),
        **beside,
    }
    return create_model(name, __base__=data, __doc__=data.__doc__, **fields)
