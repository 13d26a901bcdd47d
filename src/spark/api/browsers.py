"""What keeps other sites' pages from using a person's session, and our bytes from being misread."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request

from ..errors import ForeignPage
from .config import Config

_SAFE = {"GET", "HEAD", "OPTIONS"}
_FOREIGN_SITES = {"cross-site", "same-site"}
_DEFAULT_PORTS = (":80", ":443")

_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
)
_NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"
_DOCS_RUN = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_YEAR_OF_HTTPS = "max-age=31536000; includeSubDomains"


def protect_browsers(app: Flask, settings: Config) -> None:
    """Refuse what other sites' pages ask in a person's name, and say how answers are to be read."""
    cookie, origins = settings.SESSION_COOKIE_NAME, frozenset(settings.CORS_ORIGINS)

    @app.before_request
    def refuse_foreign_pages() -> None:
        if request.method not in _SAFE and cookie in request.cookies and "*" not in origins:
            _require_own_page(origins)

    @app.after_request
    def say_how_to_read(response: Response) -> Response:
        response.headers.extend(_HEADERS)
        nonce = g.get("nonce")
        policy = _DOCS_RUN.format(nonce=nonce) if nonce else _NOTHING_RUNS
        response.headers["Content-Security-Policy"] = policy
        if "Cache-Control" not in response.headers:
            # What a session decides is nobody else's; what has a tag may be asked for again.
            kept = "no-cache" if "ETag" in response.headers else "no-store"
            response.headers["Cache-Control"] = kept
        if settings.SESSION_COOKIE_SECURE and request.is_secure:
            response.headers["Strict-Transport-Security"] = _YEAR_OF_HTTPS
        return response


def script_nonce() -> str:
    """What marks the scripts of this answer's own page; no other will run in it."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def _require_own_page(origins: frozenset[str]) -> None:
    """Raise `ForeignPage` where a page of another site asks that is not in `origins`.

    Every browser names the page's origin with what is no GET. Who names none is no browser, and
    has the cookie by its own right.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        if request.headers.get("Sec-Fetch-Site") in _FOREIGN_SITES:
            raise ForeignPage()
    elif origin not in origins and _place(urlsplit(origin).netloc) != _place(request.host):
        current_app.logger.info("refused a page of %s", ascii(origin[:200]))
        raise ForeignPage()


def _place(netloc: str) -> str:
    """A host with its port, unless that is the usual one: the scheme may have ended before us."""
    place = netloc.lower()
    for port in _DEFAULT_PORTS:
        place = place.removesuffix(port)
    return place
