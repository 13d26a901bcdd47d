"""Between Flask and the services: the caller's language and session, and the bodies of answers."""

from __future__ import annotations

import functools
import select
import socket
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any, cast
from uuid import uuid4

import flask
import orjson
from flask import Request, Response, current_app, request, session
from flask.json.provider import JSONProvider
from pydantic import BaseModel
from werkzeug.exceptions import UnsupportedMediaType

from ..bootstrap.services import Services
from ..context import SESSION_ID
from ..errors import InvalidJson
from ..models import Language, Page, now
from ..ports import Listening

CLEAN_PREFIX = "/api/v1/"
"""Below this path success bodies are the bare envelope."""


class OrjsonProvider(JSONProvider):
    """JSON as the contract wants it: UTF-8 as it is, times with their offset, strict on input."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """`obj` as JSON text."""
        return orjson.dumps(obj, default=_dump).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value of a JSON text. Raises `ValueError`, also for NaN and for endless nesting."""
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """A response with the arguments as its JSON body."""
        body = orjson.dumps(self._prepare_response_obj(args, kwargs), default=_dump)
        return current_app.response_class(body, mimetype="application/json")


def _dump(value: object) -> object:
    if isinstance(value, BaseModel):
        return vars(value)  # its fields: what they hold comes here in its turn
    raise TypeError(f"no JSON for {type(value).__name__}")


def unnamed_file() -> IO[bytes]:
    """A file that is gone once it is closed, whoever dies.

    It is where the data is: a folder for temporary files may well be in memory.
    """
    folder = current_app.config["SPARK_DATA_DIR"]
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder)


class JsonRequest(Request):
    """A request whose broken body is told apart from a missing one."""

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more)
        self._kept: list[IO[bytes]] = []

    def _get_file_stream(self, *about: Any, **more: Any) -> IO[bytes]:
        """Where a file of a form is kept."""
        self._kept.append(unnamed_file())
        return self._kept[-1]

    def close(self) -> None:
        """Let go of the files that came, of a form too that was broken off or refused."""
        super().close()
        for file in self._kept:
            with suppress(OSError):  # it may still want to write what there was no room for
                file.close()

    def on_json_loading_failed(self, e: ValueError | None) -> Any:
        """Raise what the contract answers to a body that is no JSON."""
        if e is None:
            raise UnsupportedMediaType()
        raise InvalidJson() from e


UPLOADS = {"/api/projects/import"}
"""Operations that take files, which are larger than other bodies and read as they come."""


def operation_path() -> str:
    """The path of the request's operation, as the OpenAPI document lists it."""
    return str(request.url_rule).replace(CLEAN_PREFIX, "/api/", 1)


def check_body() -> None:
    """Refuse a body that is too large, is not called JSON or is none, before any route runs."""
    if request.method not in {"POST", "PUT", "PATCH"} or not request.endpoint:
        return
    if operation_path() in UPLOADS:
        request.max_content_length = current_app.config["SPARK_IMPORT_MAX_BYTES"]
        return
    data = request.get_data()
    if request.content_length is None:
        request.stream.read(1)  # a chunked body is cut at the limit; asking for more says so
    if data and request.get_json() is None:
        raise InvalidJson()


def services() -> Services:
    """The use cases of this app."""
    return cast(Services, current_app.extensions["spark"])


def language() -> Language:
    """The caller's language: Chinese unless `Accept-Language` prefers English."""
    best = request.accept_languages.best_match(["zh", "en"], default="zh")
    return "en" if best == "en" else "zh"


def session_id() -> str:
    """The id of the caller's session, made with the first call that needs one.

    The day is noted beside it, which renews the session's lifetime once a day.
    """
    if "id" not in session:
        session["id"] = str(uuid4())
    if session.get("day") != (today := now().date().isoformat()):
        session["day"] = today
    SESSION_ID.set(session["id"])
    return str(session["id"])


def listening() -> Listening | None:
    """What tells whether the caller is still connected, on the servers that let us look."""
    environ = request.environ
    connection = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
    return functools.partial(_is_open, connection) if type(connection) is socket.socket else None


def _is_open(connection: socket.socket) -> bool:
    try:
        readable = select.poll()  # under gevent, reading what is not there would wait for it
        readable.register(connection, select.POLLIN)
        return not readable.poll(0) or connection.recv(1, socket.MSG_PEEK) != b""
    except (OSError, ValueError):
        return False


def success(
    data: BaseModel | Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **beside: Any,
) -> Response:
    """The one success body: the envelope, and on unversioned paths `data`'s fields beside it.

    `beside` are fields that stand in the envelope next to `data` on every path.
    """
    fields = vars(data) if isinstance(data, BaseModel) else data
    # Written once, however often it stands in the body.
    written = {name: orjson.Fragment(orjson.dumps(fields[name], _dump)) for name in fields}
    envelope = {"status": "success", "data": written, **beside, "timestamp": now()}
    repeated = {} if request.path.startswith(CLEAN_PREFIX) else written
    return flat({"status": "success", **repeated, **envelope}, status, headers)


def pagination(page: Page[Any]) -> dict[str, int]:
    """Where in a longer list a page stands."""
    return {
        "page": page.page,
        "per_page": page.per_page,
        "total": page.total,
        "pages": page.pages,
    }


def flat(
    body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A body without an envelope."""
    response = flask.jsonify(body)
    response.status_code = status
    response.headers.update(headers or {})
    return response
