"""What keeps other sites' pages from using a person's session."""

from __future__ import annotations

from flask import Flask, current_app, request

from ..errors import ForeignPage
from .config import Config

_SAFE = {"GET", "HEAD", "OPTIONS"}
_FOREIGN_SITES = {"cross-site", "same-site"}
_DEFAULT_PORTS = (":80", ":443")


def refuse_foreign_pages(app: Flask, settings: Config) -> None:
    """Let only our own pages, and those of `CORS_ORIGINS`, change something in a person's name.

    Every browser names the page's origin with what is no GET. Who names none is no browser, and
    has the cookie by its own right.
    """
    cookie, origins = settings.SESSION_COOKIE_NAME, frozenset(settings.CORS_ORIGINS)
    if "*" in origins:
        return

    @app.before_request
    def require_own_page() -> None:
        if request.method in _SAFE or cookie not in request.cookies:
            return
        origin = request.headers.get("Origin")
        if origin is None:
            if request.headers.get("Sec-Fetch-Site") in _FOREIGN_SITES:
                raise ForeignPage()
        elif origin not in origins and not _is_own(origin):
            current_app.logger.info("refused a page of %s", ascii(origin[:200]))
            raise ForeignPage()


def policy_of_page(nonce: str) -> str:
    """The Content-Security-Policy of a page in which only scripts that carry `nonce` run."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _is_own(origin: str) -> bool:
    scheme, _, place = origin.partition("://")
    is_weaker = request.scheme == "https" and scheme != "https"  # anybody can put in a page there
    return not is_weaker and _place(place) == _place(request.host)


def _place(netloc: str) -> str:
    """A host with its port, unless that is the usual one: the scheme may have ended before us."""
    place = netloc.lower()
    for port in _DEFAULT_PORTS:
        place = place.removesuffix(port)
    return place
