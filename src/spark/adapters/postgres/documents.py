"""Projects as JSONB holds them, and back.

JSONB has no U+0000, and keeps an object's keys in an order of its own: the one is written with
signs of ours, and the order of what a person put in one is kept beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
from pydantic import ValidationError

from ...errors import ProjectDamaged, ProjectNotFound
from ...models import Project, Record
from ...project_file import NewerSchema, document_of, project_of

_ORDERS = "key_orders"
# U+0001 begins a sign of ours, so it is written with one itself; the order of texts stays.
_SIGNS = {"\x00": "\x01\x01", "\x01": "\x01\x02"}
_ESCAPES = {r"\u0000": r"\u0001\u0001", r"\u0001": r"\u0001\u0002"}
_MEANT = {sign: meant for meant, sign in _SIGNS.items()}
_UNESCAPES = {escape: meant for meant, escape in _ESCAPES.items()}
_UNHELD = re.compile("[\x00\x01]")
_HELD = re.compile("\x01[\x01\x02]")
_UNHELD_ESCAPE = re.compile(r"\\\\|\\u000[01]")
_HELD_ESCAPE = re.compile(r"\\\\|\\u0001\\u000[12]")


def held(text: str) -> str:
    """`text` as PostgreSQL can hold it; the order of texts stays the same."""
    return _UNHELD.sub(lambda sign: _SIGNS[sign[0]], text)


def told(text: str) -> str:
    """The text that was held."""
    return _HELD.sub(lambda sign: _MEANT[sign[0]], text)


def written(project: Project) -> str:
    """The document of a project, for JSONB."""
    document = document_of(project)
    if orders := list(_orders(project)):
        document[_ORDERS] = orders
    text = orjson.dumps(document).decode()
    if r"\u000" in text:
        text = _UNHELD_ESCAPE.sub(lambda e: _ESCAPES.get(e[0], e[0]), text)
    return text


def read(text: str, project_id: str) -> Project:
    """The project of a document from JSONB. Raises `ProjectDamaged`."""
    if r"\u0001" in text:
        text = _HELD_ESCAPE.sub(lambda e: _UNESCAPES.get(e[0], e[0]), text)
    try:
        document = orjson.loads(text)
        project = project_of(document)
    except (orjson.JSONDecodeError, NewerSchema, ValidationError) as error:
        raise ProjectDamaged() from error
    if project.project_id != project_id:
        raise ProjectDamaged() from ValueError(f"its project_id is {project.project_id}")
    if orders := document.get(_ORDERS):
        _put_in_order(project, iter(orders) if isinstance(orders, list) else iter([]))
    return project


def require_id(project_id: str) -> None:
    """Raise `ProjectNotFound` for an id that cannot be one."""
    try:
        found = UUID(project_id)
    except ValueError as error:
        raise ProjectNotFound() from error
    if found.version != 4 or str(found) != project_id:
        raise ProjectNotFound()


def _orders(value: object) -> Iterator[list[str]]:
    """The keys of each mapping that has several, in their order."""
    if isinstance(value, dict) and len(value) > 1:
        yield list(value)
    for part in _parts(value):
        yield from _orders(part)


def _put_in_order(value: object, orders: Iterator[Any]) -> None:
    """Give each mapping that has several keys their order again."""
    if isinstance(value, dict) and len(value) > 1:
        given = next(orders, None)
        keys = [str(key) for key in given] if isinstance(given, list) else []
        if sorted(keys) == sorted(value):  # somebody else may have written the document
            for key in keys:
                value[key] = value.pop(key)
    for part in _parts(value):
        _put_in_order(part, orders)


def _parts(value: object) -> list[Any]:
    if isinstance(value, Record):
        parts = list(vars(value).values())
    elif isinstance(value, dict):
        parts = list(value.values())
    else:
        parts = value if isinstance(value, list) else []
    return [part for part in parts if isinstance(part, (Record, dict, list))]
