"""Browser sessions in Redis. Imported where they are wanted: its client takes a while to load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask
from flask_session.base import ServerSideSession
from flask_session.redis import RedisSessionInterface
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from ..errors import StorageUnavailable
from .lazy_sessions import LazySessions


def use_redis(app: Flask, url: str) -> Callable[[], None]:
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


class _RedisSessions(LazySessions, RedisSessionInterface):
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
