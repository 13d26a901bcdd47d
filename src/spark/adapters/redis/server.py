"""The one way to Redis: short limits, and a short memory of its failures."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from urllib.parse import urlsplit

from redis import BlockingConnectionPool, Redis, RedisError
from redis.backoff import NoBackoff
from redis.commands.core import Script
from redis.connection import (
    AbstractConnection,
    Connection,
    SSLConnection,
    UnixDomainSocketConnection,
)
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as NoAnswer
from redis.maint_notifications import MaintNotificationsConfig
from redis.retry import Retry

from ...errors import StorageFull, StorageUnavailable

_CONNECT_SECONDS, _ANSWER_SECONDS = 0.5, 0.8
_MOST_CONNECTIONS, _QUEUE_SECONDS = 512, 1.0
"""One for each thread of a worker, so that none waits for another; made as they are needed.

Threads that wait for a model hold none, and a connection is used again before one is made.
"""

_PAUSE_AFTER_SILENCE, _PAUSE_AFTER_REFUSAL = 1.0, 0.1
_KEEPALIVE = {socket.TCP_KEEPIDLE: 30, socket.TCP_KEEPINTVL: 5, socket.TCP_KEEPCNT: 3}
_NO_ROOM = ("OOM ", "maxmemory", "No space left")

AWAY = (NoConnection, NoAnswer)
"""Complaints of a Redis that may be back in a moment."""


class RedisServer:
    """A Redis that all stores of a process share.

    Who needs it while it is away hears so within two seconds, whether it refuses connections or
    never answers, and however many commands there would have been. No command is ever sent twice:
    a connection that died while nobody used it is found out before anything is sent on it.
    """

    def __init__(self, url: str) -> None:
        """Nothing is opened before the first command."""
        pool = BlockingConnectionPool.from_url(
            url,
            connection_class=_KINDS[urlsplit(url).scheme],
            outage=_Outage(),
            max_connections=_MOST_CONNECTIONS,
            timeout=_QUEUE_SECONDS,
            socket_timeout=_ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),
            protocol=2,  # known to every server, and no greeting to wait for
            driver_info=None,
            maint_notifications_config=MaintNotificationsConfig(enabled=False),
            **_NETWORK.get(urlsplit(url).scheme, {}),
        )
        self.client = Redis(connection_pool=pool)

    def script(self, text: str) -> Script:
        """A script to call with keys and arguments; the first call brings it to the server."""
        return self.client.register_script(text)

    def check(self) -> None:
        """Raise `StorageUnavailable` where nothing can be written just now."""
        with errors():
            self.client.set("spark:check", 1, ex=60)

    def errors(self) -> AbstractContextManager[None]:
        """Turn Redis's complaints into ours, for those who use the client themselves."""
        return errors()


@contextmanager
def errors() -> Iterator[None]:
    """Turn Redis's complaints into ours."""
    try:
        yield
    except RedisError as error:
        full = any(sign in str(error) for sign in _NO_ROOM)
        raise (StorageFull() if full else StorageUnavailable(retry_after=1)) from error


class _Outage:
    """Remembers that the server failed.

    For a moment everyone else fails at once instead of waiting in vain, too; then one tries again,
    and whoever gets an answer ends it.
    """

    def __init__(self) -> None:
        self._until = 0.0
        self._deciding = threading.Lock()
        self._trying: int | None = None
        """The thread that tries; it may need more than one connection for it."""

    def check(self) -> None:
        if self._until:
            with self._deciding:
                moment = time.monotonic()
                if moment < self._until and self._trying != threading.get_ident():
                    raise NoConnection("Redis failed a moment ago")
                if self._until:  # we are the one that tries
                    self._until = moment + _PAUSE_AFTER_SILENCE
                    self._trying = threading.get_ident()

    def begin(self, error: RedisError) -> None:
        silence = isinstance(error, NoAnswer)
        pause = _PAUSE_AFTER_SILENCE if silence else _PAUSE_AFTER_REFUSAL
        self._until, self._trying = time.monotonic() + pause, None

    def end(self) -> None:
        if self._until:
            self._until, self._trying = 0.0, None


class _Watched(AbstractConnection):
    """A connection that tells of an outage and heeds it."""

    def __init__(self, outage: _Outage, **options: Any) -> None:
        self._outage = outage
        super().__init__(**options)

    def connect(self) -> None:
        """Be ready for a command: the pool asks for that each time, after any wait."""
        self._outage.check()
        if self.is_connected:
            return
        try:
            super().connect()  # type: ignore[no-untyped-call]
        except (NoConnection, NoAnswer) as error:
            self._outage.begin(error)
            raise

    def send_packed_command(self, *arguments: Any, **options: Any) -> None:
        """Send a command."""
        try:
            super().send_packed_command(*arguments, **options)  # type: ignore[no-untyped-call]
        except NoAnswer as error:
            self._outage.begin(error)
            raise

    def read_response(self, *arguments: Any, **options: Any) -> Any:
        """The answer to a command; a connection that merely breaks off says nothing of others."""
        try:
            response = super().read_response(*arguments, **options)
        except NoAnswer as error:
            self._outage.begin(error)
            raise
        except ResponseError:  # an answer, too
            self._outage.end()
            raise
        self._outage.end()
        return response


class _Tcp(_Watched, Connection):
    """To a host and port."""


class _Tls(_Watched, SSLConnection):
    """To a host and port, encrypted."""


class _Unix(_Watched, UnixDomainSocketConnection):
    """To a socket in the file system."""


_KINDS: dict[str, Any] = {"redis": _Tcp, "rediss": _Tls, "unix": _Unix}
_OVER_NETWORK = {
    "socket_connect_timeout": _CONNECT_SECONDS,
    "socket_keepalive": True,
    "socket_keepalive_options": _KEEPALIVE,
}
_NETWORK: dict[str, dict[str, Any]] = {"redis": _OVER_NETWORK, "rediss": _OVER_NETWORK}
