"""Browser sessions: in Redis in production, in files elsewhere. They hold an id and no more."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from cachelib import FileSystemCache
from flask import Flask, Request, Response
from flask_session.base import ServerSideSession, ServerSideSessionInterface
from flask_session.cachelib import CacheLibSessionInterface
from flask_session.redis import RedisSessionInterface
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from ..errors import StorageUnavailable
from .config import Config

_MOST_FILES = 100_000


def register_sessions(app: Flask, settings: Config) -> Callable[[], None]:
    """Give `app` its sessions, and return the check that tells whether they can be kept."""
    with warnings.catch_warnings():
        # The signer is on its way out of the library, but a forged id should never reach Redis.
        warnings.filterwarnings("ignore", "The 'use_signer' option", DeprecationWarning)
        if settings.SESSION_TYPE == "redis":
            return _use_redis(app, settings.REDIS_URL.get_secret_value())
        return _use_files(app, settings.SPARK_DATA_DIR / "sessions")


def _use_redis(app: Flask, url: str) -> Callable[[], None]:
    """Short limits and one retry: the client's own would hold a request for many seconds."""
    client = Redis.from_url(
        url,
        socket_connect_timeout=1,
        socket_timeout=2,
        retry=Retry(NoBackoff(), 1),
        health_check_interval=30,
    )
    app.session_interface = _RedisSessions(
        app, client=client, use_signer=True, permanent=True, key_prefix="spark:session:"
    )

    def check() -> None:
        with _redis_errors():
            client.ping()

    return check


def _use_files(app: Flask, folder: Path) -> Callable[[], None]:
    folder.mkdir(parents=True, exist_ok=True)
    files = FileSystemCache(str(folder), threshold=_MOST_FILES)
    app.session_interface = _FileSessions(app, client=files, use_signer=True, permanent=True)

    def check() -> None:
        if not files.set("check", True, timeout=60):
            raise StorageUnavailable()

    return check


class _LazySession(ServerSideSession):
    """A session that is read from its store when it is first looked into.

    Most requests never look: they neither wait for the store nor fail with it.
    """

    def __init__(self, read: Callable[[], ServerSideSession]) -> None:
        super().__init__()
        self._read: Callable[[], ServerSideSession] | None = read

    @property
    def is_open(self) -> bool:
        return self._read is None

    def _open(self) -> None:
        if self._read is not None:
            stored = self._read()
            self._read, self.sid = None, stored.sid
            dict.update(self, stored)

    def __contains__(self, key: object) -> bool:
        self._open()
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self._open()
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:
        self._open()
        super().__setitem__(key, value)

    def get(self, key: str, default: Any = None) -> Any:
        self._open()
        return super().get(key, default)


class _LazySessions(ServerSideSessionInterface):
    """Sessions that are neither read nor written by requests that never look into them."""

    def open_session(self, app: Flask, request: Request) -> _LazySession:
        return _LazySession(lambda: super(_LazySessions, self).open_session(app, request))

    def save_session(  # type: ignore[override]  # what open_session gave
        self, app: Flask, session: _LazySession, response: Response
    ) -> None:
        if session.is_open:
            super().save_session(app, session, response)


class _FileSessions(_LazySessions, CacheLibSessionInterface):
    """Flask-Session's sessions in files."""


class _RedisSessions(_LazySessions, RedisSessionInterface):
    """Flask-Session's Redis sessions, whose failures are ours."""

    def _retrieve_session_data(self, store_id: str) -> dict[str, object] | None:
        with _redis_errors():
            return super()._retrieve_session_data(store_id)

    def _delete_session(self, store_id: str) -> None:
        with _redis_errors():
            super()._delete_session(store_id)

    def _upsert_session(
        self, session_lifetime: timedelta, session: ServerSideSession, store_id: str
    ) -> None:
        with _redis_errors():
            super()._upsert_session(session_lifetime, session, store_id)


@contextmanager
def _redis_errors() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise StorageUnavailable(retry_after=1) from error
