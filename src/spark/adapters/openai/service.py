"""A model service: where it is, how long to wait for it, and the connections to it."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx2
    import openai

_OWN_ADDRESS = "https://api.openai.com/v1"
_NO_KEY = "none"
"""Local services ask for no key, but the SDK insists on one."""

_POOLS = 16
"""Each request scans its whole connection pool, so many small ones beat a large one."""

_IDLE_SECONDS = 20
"""Shorter than services and balancers keep an idle connection, so that we never meet a dead one."""


@dataclass(frozen=True)
class Service:
    """An OpenAI-compatible service, and the limits of every call to it, in seconds."""

    base_url: str
    """Empty for OpenAI's own."""
    api_key: str = field(repr=False)
    deadline: float
    """For a whole call, attempts and waits included."""
    connect: float
    read: float
    """The longest silence."""

    @property
    def address(self) -> str:
        """Where it is."""
        return self.base_url or _OWN_ADDRESS

    @property
    def host(self) -> str:
        """Whose it is, fit to be shown: no path, no credentials."""
        parts = urlsplit(self.address)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


class Clients:
    """The SDK's clients for one service: many small pools over one TLS context.

    The SDK is imported and the first client made with the first call, or by `warm_up`.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._http: list[httpx2.Client] = []
        self._clients: list[openai.OpenAI] = []
        self._turn = itertools.count()

    def next(self) -> openai.OpenAI:
        """One of the clients, each in its turn."""
        if not self._clients:
            self.warm_up()
        return self._clients[next(self._turn) % _POOLS]

    def http(self) -> httpx2.Client:
        """The plain client below one of them."""
        self.next()
        return self._http[next(self._turn) % _POOLS]

    def warm_up(self) -> None:
        """Load the SDK and make the clients, once."""
        with self._lock:
            if not self._clients:
                self._http = _pools()
                self._clients = [self._client(http) for http in self._http]

    def _client(self, http: httpx2.Client) -> openai.OpenAI:
        import openai

        return openai.OpenAI(
            api_key=self._service.api_key or _NO_KEY,
            base_url=self._service.address,
            max_retries=0,  # the deadline and the retries are ours
            http_client=http,
            # A stream of small pieces gains nothing from compression.
            default_headers={"Accept-Encoding": "identity"},
        )


def _pools() -> list[httpx2.Client]:
    import httpx2

    context = httpx2.create_ssl_context()
    limits: Any = httpx2.Limits(
        max_connections=None, max_keepalive_connections=64, keepalive_expiry=_IDLE_SECONDS
    )
    return [httpx2.Client(verify=context, limits=limits) for _ in range(_POOLS)]
