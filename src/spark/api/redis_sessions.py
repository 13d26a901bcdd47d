"""Browser sessions in the Redis that everything shares."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, Protocol

import msgspec
from flask import Flask
from flask_session.base import ServerSideSession

from .lazy_sessions import LazySessions

_PREFIX = "spark:session:"


class Server(Protocol):
    """The Redis, as the bootstrap made it."""

    @property
    def client(self) -> Any:
        """Its client."""

    def errors(self) -> AbstractContextManager[None]:
        """Turn the client's complaints into ours."""

    def check(self) -> None:
        """Raise `StorageUnavailable` where nothing can be kept just now."""


def use_redis(app: Flask, server: Server) -> Callable[[], None]:
    """Give `app` its sessions, and return the check that tells whether they can be kept."""
    app.session_interface = _RedisSessions(app, server)
    return server.check


class _RedisSessions(LazySessions):
    """Sessions as MessagePack, under keys that end with them.

    What is no session record is none: Flask-Session itself would go on to unpickle it.
    """

    def __init__(self, app: Flask, server: Server) -> None:
        super().__init__(app, key_prefix=_PREFIX, use_signer=True, permanent=True)
        self._server = server

    def _retrieve_session_data(self, store_id: str) -> dict[str, Any] | None:
        with self._server.errors():
            record = self._server.client.get(store_id)
        try:
            return msgspec.msgpack.decode(record, type=dict[str, Any]) if record else None
        except msgspec.DecodeError:
            return None

    def _delete_session(self, store_id: str) -> None:
        with self._server.errors():
            self._server.client.delete(store_id)

    def _upsert_session(
        self, session_lifetime: timedelta, session: ServerSideSession, store_id: str
    ) -> None:
        record = msgspec.msgpack.encode(dict(session))
        with self._server.errors():
            self._server.client.set(store_id, record, ex=session_lifetime)
