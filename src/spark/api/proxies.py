"""The caller behind the proxies in front of us, as far as those are known to us."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Network = IPv4Network | IPv6Network
WsgiApp = Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]

_SCHEMES = {"http", "https"}


class TrustedProxies:
    """Believes what a known proxy says of the caller's address and scheme, and nobody else.

    `X-Forwarded-For` is read from its end, where our own proxies write: the first address that is
    none of theirs is the caller's, whatever that caller wrote before it.
    """

    def __init__(self, app: WsgiApp, networks: Iterable[str]) -> None:
        """`networks` are the proxies' addresses or networks."""
        self._app, self._networks = app, [ip_network(network) for network in networks]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as if its caller were connected to us."""
        if self._is_proxy(environ.get("REMOTE_ADDR", "")):
            self._believe(environ)
        return self._app(environ, start_response)

    def _believe(self, environ: WSGIEnvironment) -> None:
        said: str = environ.get("HTTP_X_FORWARDED_FOR", "")
        for address in reversed([part.strip() for part in said.split(",")]):
            if not _is_address(address):
                break
            environ["REMOTE_ADDR"] = address
            if not self._is_proxy(address):
                break
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").strip().lower()
        if scheme in _SCHEMES:
            environ["wsgi.url_scheme"] = scheme

    def _is_proxy(self, address: str) -> bool:
        if not _is_address(address):
            return False
        found: Any = ip_address(address)
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in network for network in self._networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@functools.lru_cache(4096)
def household(address: str) -> str:
    """What counts as one address: of IPv6 a whole /64, which one subscriber has."""
    if ":" not in address or not _is_address(address):
        return address
    if mapped := getattr(ip_address(address.partition("%")[0]), "ipv4_mapped", None):
        return str(mapped)
    return str(ip_network(f"{address.partition('%')[0]}/64", strict=False))
