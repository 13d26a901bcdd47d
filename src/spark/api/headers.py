"""Headers that are put in where an answer leaves us, below Flask.

Flask's own are made for being looked up and changed, which on a small answer costs more than
making the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Header = tuple[str, str]

_KEY = "spark.headers"
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
)
_ONLY_HTTPS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
_NOTHING_RUNS = ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")


def adding_headers(
    environ: WSGIEnvironment, start_response: StartResponse, demands_https: bool
) -> StartResponse:
    """`start_response` with the headers of every answer, and those added to this one."""
    added: list[Header] = [*_ALWAYS, ("X-Request-ID", environ["spark.request_id"])]
    environ[_KEY] = added
    if demands_https and environ["wsgi.url_scheme"] == "https":
        added.append(_ONLY_HTTPS)

    def start(status: str, headers: list[Header], *exc_info: Any) -> Callable[[bytes], object]:
        names = {name for name, _ in headers}
        if "Content-Security-Policy" not in names:
            added.append(_NOTHING_RUNS)
        if "Cache-Control" not in names:
            # What a session decides is nobody else's; what has a tag may be asked for again.
            added.append(("Cache-Control", "no-cache" if "ETag" in names else "no-store"))
        return start_response(status, [*headers, *added], *exc_info)

    return start


def add_headers(headers: Iterable[Header]) -> None:
    """Put headers into the answer to the present request."""
    request.environ[_KEY].extend(headers)
