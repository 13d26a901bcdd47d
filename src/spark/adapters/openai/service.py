"""A model service: where it is, how long to wait for it, and the connections to it."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx2
    import openai

_OWN_ADDRESS = "https://api.openai.com/v1"
_NO_KEY = "none"
"""Local services ask for no key, but the SDK insists on one."""


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
    def hostname(self) -> str | None:
        """The name of the machine it is on."""
        return urlsplit(self.address).hostname

    @property
    def host(self) -> str:
        """Whose it is, fit to be shown: no path, no credentials."""
        parts = urlsplit(self.address)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


class Clients:
    """The SDK's client for one service, and the plain one below it.

    The SDK is imported and the clients are made with the first call, or by `warm_up`.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._made: tuple[openai.OpenAI, httpx2.Client] | None = None

    @property
    def sdk(self) -> openai.OpenAI:
        """The SDK's client, with the service's key."""
        return self._clients()[0]

    @property
    def http(self) -> httpx2.Client:
        """The plain client, with no key."""
        return self._clients()[1]

    def warm_up(self) -> None:
        """Load the SDK, and connect to nothing yet."""
        self._clients()

    def _clients(self) -> tuple[openai.OpenAI, httpx2.Client]:
        if self._made is None:
            with self._lock:
                self._made = self._made or self._make()
        return self._made

    def _make(self) -> tuple[openai.OpenAI, httpx2.Client]:
        import httpx2
        import openai

        from .transport import PooledTransport

        for library in ("httpx2", "urllib3"):  # their lines show whole addresses, secrets and all
            logging.getLogger(library).setLevel(logging.WARNING)
        http = httpx2.Client(transport=PooledTransport(httpx2.create_ssl_context()))
        sdk = openai.OpenAI(
            api_key=self._service.api_key or _NO_KEY,
            base_url=self._service.address,
            max_retries=0,  # the deadline and the retries are ours
            http_client=http,
            # A stream of small pieces gains nothing from compression.
            default_headers={"Accept-Encoding": "identity"},
        )
        return sdk, http
