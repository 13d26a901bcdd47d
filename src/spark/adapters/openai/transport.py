"""The way a request takes below the SDK.

The SDK speaks through httpx2, which takes any transport. Its own scans the whole pool at each
request and steps through a state machine for each few bytes, which at hundreds of streams is most
of the processor's time; urllib3 does the same work in less than half of it.
"""

from __future__ import annotations

import functools
import logging
import socket
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any, TypeVar

import httpx2
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
)

from .deadline import WATCH

Pools = TypeVar("Pools", bound=urllib3.PoolManager)

_log = logging.getLogger("spark.models")

_MOST_IDLE = 256
_PIECE = 64 * 1024
_SEND_SECONDS, _LAST_SECONDS = 60.0, 0.2


class PooledTransport(httpx2.BaseTransport):
    """Sends requests through urllib3's connection pools, by way of the environment's proxies."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._options: dict[str, Any] = {"ssl_context": context, "maxsize": _MOST_IDLE}
        self._pools = _watched(urllib3.PoolManager(**self._options))
        self._proxies = {
            scheme: _watched(_proxy(address, self._options))
            for scheme, address in urllib.request.getproxies().items()
            if scheme in ("http", "https") and _is_http(address)
        }

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send `request`; the body of the response comes as it is read."""
        limits = request.extensions.get("timeout", {})
        with _foreign_errors(request):
            response = self._pool_for(request.url).urlopen(
                request.method,
                str(request.url),
                body=request.read(),
                headers=urllib3.HTTPHeaderDict(request.headers.multi_items()),
                timeout=urllib3.Timeout(connect=limits.get("connect"), read=limits.get("read")),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
        return httpx2.Response(
            response.status,
            headers=list(response.headers.items()),
            stream=_Body(response, request),
            extensions={"hurry": functools.partial(_hurry, response.connection)},
        )

    def close(self) -> None:
        """Close every idle connection."""
        for pools in (self._pools, *self._proxies.values()):
            pools.clear()

    def _pool_for(self, url: httpx2.URL) -> urllib3.PoolManager:
        proxy = self._proxies.get(url.scheme)
        return proxy if proxy and not urllib.request.proxy_bypass(url.host) else self._pools


class _Watched(HTTPConnection):
    """Neither sends a request nor waits for its answer's head beyond what watches over it."""

    def request(self, *asked: Any, **how: Any) -> None:
        _connect(self)
        with _head_watched(self.sock):
            super().request(*asked, **how)

    def getresponse(self) -> Any:
        self.spoken_on = self.sock  # which is let go where the answer ends with the connection
        with _head_watched(self.sock):
            return super().getresponse()


class _WatchedTls(_Watched, HTTPSConnection):
    """The same over TLS."""


class _WatchedPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Watched


class _WatchedTlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _WatchedTls


def _watched(pools: Pools) -> Pools:
    pools.pool_classes_by_scheme = {"http": _WatchedPool, "https": _WatchedTlsPool}
    return pools


def _connect(connection: HTTPConnection) -> None:
    """Open a connection, and let what is sent take longer than connecting may: pictures are large.

    urllib3 holds both to the limit for connecting.
    """
    if connection.sock is None:
        connection.connect()
    connection.sock.settimeout(_SEND_SECONDS)


def _hurry(connection: Any) -> None:
    """Wait no longer than a moment for the end of an answer whose last word is in."""
    with suppress(AttributeError, OSError):  # it has ended already
        connection.spoken_on.settimeout(_LAST_SECONDS)


def _head_watched(connection: socket.socket | None) -> AbstractContextManager[None]:
    watch = WATCH.get()
    if watch is None or connection is None:
        return nullcontext()
    return watch(functools.partial(connection.shutdown, socket.SHUT_RDWR))


class _Body(httpx2.SyncByteStream):
    """A response's body. Closed before its end it takes the connection with it."""

    def __init__(self, response: urllib3.BaseHTTPResponse, request: httpx2.Request) -> None:
        self._response, self._request = response, request
        self._watch = WATCH.get()
        self._is_read = False

    def __iter__(self) -> Iterator[bytes]:
        watch = self._watch(self._response.shutdown) if self._watch else nullcontext()
        with _foreign_errors(self._request), watch:
            if self._response.chunked:
                yield from self._response.stream(_PIECE, decode_content=False)
            else:  # which `stream` would gather until a piece is full
                while part := self._response.read1(_PIECE, decode_content=False):
                    yield part
        self._is_read = True

    def close(self) -> None:
        if not self._is_read:
            self._response.close()
        self._response.release_conn()


def _is_http(address: str) -> bool:
    """Whether a proxy speaks HTTP; it need not say so."""
    scheme, separator, _ = address.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        _log.warning("the proxy is left out: %s is none of http and https", scheme)
        return False
    return True


def _proxy(address: str, options: dict[str, Any]) -> urllib3.ProxyManager:
    address = address if "://" in address else f"http://{address}"
    parts = urllib3.util.parse_url(address)
    headers = urllib3.make_headers(proxy_basic_auth=parts.auth) if parts.auth else None
    return urllib3.ProxyManager(address, proxy_headers=headers, **options)


@contextmanager
def _foreign_errors(request: httpx2.Request) -> Iterator[None]:
    """urllib3's failures as those of httpx2, which the SDK knows."""
    try:
        yield
    except HTTPError as error:
        reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
        raise _kind(reason)(type(reason).__name__, request=request) from None
    except (OSError, ValueError) as error:
        raise httpx2.ReadError(type(error).__name__, request=request) from None


def _kind(error: Exception) -> type[httpx2.RequestError]:
    if isinstance(error, NewConnectionError | NameResolutionError):
        return httpx2.ConnectError
    if isinstance(error, ConnectTimeoutError):
        return httpx2.ConnectTimeout
    if isinstance(error, ReadTimeoutError):
        return httpx2.ReadTimeout
    return httpx2.ProxyError if isinstance(error, ProxyError) else httpx2.RemoteProtocolError
