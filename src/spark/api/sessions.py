"""Browser sessions: in Redis in production, in files elsewhere. They hold an id and no more."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from cachelib import FileSystemCache
from flask import Flask, Response
from flask_session import Session
from flask_session.base import ServerSideSession
from flask_session.redis import RedisSessionInterface
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from ..errors import StorageUnavailable
from .config import Config

_MOST_FILES = 100_000


def register_sessions(app: Flask, settings: Config) -> Callable[[], None]:
    """Give `app` its sessions, and return the check that tells whether they can be kept."""
    app.config.update(SESSION_USE_SIGNER=True)
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
    app.config["SESSION_CACHELIB"] = FileSystemCache(str(folder), threshold=_MOST_FILES)
    Session().init_app(app)  # type: ignore[no-untyped-call]

    def check() -> None:
        if not folder.is_dir():
            raise StorageUnavailable()

    return check


class _RedisSessions(RedisSessionInterface):
    """Flask-Session's Redis sessions, whose failures are ours."""

    def save_session(  # type: ignore[override]  # as the library has it
        self, app: Flask, session: ServerSideSession | None, response: Response
    ) -> None:
        """Keep the session; where it could not even be opened there is nothing to keep."""
        if session is not None:
            super().save_session(app, session, response)

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
