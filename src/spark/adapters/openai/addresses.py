"""Which addresses may be asked that a service, and not an operator, has named."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit


def is_public(address: str) -> bool:
    """Whether `address` leads out into the world, and not to something inside our own network.

    A name that cannot be looked up here is left to the proxy that can.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True
    return all(ip_address(str(entry[4][0]).partition("%")[0]).is_global for entry in found)
