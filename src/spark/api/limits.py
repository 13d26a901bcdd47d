"""Limits of requests: by session and by address, for reading, for writing and for spending."""

from __future__ import annotations

import functools
import hashlib
import math
from typing import Literal

from flask import Flask, request

from ..errors import RateLimited
from ..ports import Counters
from ..renditions import FORMATS
from .allowances import Allowances, Rate, Standing
from .config import Config
from .headers import add_headers
from .http import CLEAN_PREFIX
from .proxies import household

Kind = Literal["read", "write", "spend"]

_SPENDING = {
    "/api/chat/send",
    "/api/chat/stream",
    "/api/content/structure",
    "/api/content/story/generate",
    "/api/content/characters/generate",
    "/api/projects/<project:project_id>/characters/<name:name>/regenerate",
}
"""What asks a model, which costs money."""
_SCREENPLAYS = {f.name for f in FORMATS.values() if f.is_screenplay} | {"zip"}
_FREE = ("/api/health", "/api/docs/assets", "/metrics")
_READING = {"GET", "HEAD"}

EXPOSED = [
    "RateLimit",
    "RateLimit-Policy",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
]
"""The headers that tell of limits: the first two by the IETF's present draft
(draft-ietf-httpapi-ratelimit-headers), the others by its earlier ones, which libraries read."""


def register_limits(app: Flask, settings: Config, counters: Counters | None) -> None:
    """Count every request, and refuse those over the limits."""
    rates: dict[Kind, Rate] = {
        kind: rate for kind, rate in settings.limits.items() if rate is not None
    }
    if not rates:
        return
    allowances = Allowances(counters)
    cookie, sessions = settings.SESSION_COOKIE_NAME, settings.SPARK_ADDRESS_SESSIONS

    @app.before_request
    def count() -> None:
        rule = request.url_rule
        kind = _kind(request.method, rule.rule if rule else "")
        if kind == "read" and rule and rule.rule.endswith("/export") and _asks_for_a_screenplay():
            kind = "spend"
        rate = rates.get(kind) if kind else None
        if kind is None or rate is None:
            return
        place = f"{kind}:address:{household(request.remote_addr or '')}"
        standings = [allowances.take(place, rate.times(sessions))]
        # Who floods us with cookies of their own making is not worth counting twice.
        if standings[0].is_allowed and cookie in request.environ.get("HTTP_COOKIE", ""):
            caller = _digest(request.cookies.get(cookie, ""))
            standings.append(allowances.take(f"{kind}:session:{caller}", rate))
        add_headers(_headers(kind, min(standings, key=_scarcity)))
        if not all(standing.is_allowed for standing in standings):
            seconds = math.ceil(max(s.reset for s in standings if not s.is_allowed))
            raise RateLimited(retry_after=seconds, seconds=seconds)


@functools.lru_cache(1024)
def _kind(method: str, rule: str) -> Kind | None:
    """What kind of request this is; `None` for one that nobody counts."""
    path = rule.replace(CLEAN_PREFIX, "/api/", 1)
    if method == "OPTIONS" or path.startswith(_FREE):
        return None
    if method in _READING:
        return "read"
    return "spend" if path in _SPENDING else "write"


def _asks_for_a_screenplay() -> bool:
    """Whether an export is asked for in a format that a model writes first."""
    return request.args.get("format") in _SCREENPLAYS


@functools.lru_cache(4096)
def _digest(cookie: str) -> str:
    """A cookie as a name that may be seen. One that nobody issued gains its sender nothing.

    Its signature, which can be written in several ways, is left out.
    """
    session = cookie.partition(".")[0]
    return hashlib.blake2b(session.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _scarcity(standing: Standing) -> float:
    return standing.remaining / standing.rate.amount if standing.is_allowed else -1


def _headers(kind: Kind, standing: Standing) -> list[tuple[str, str]]:
    rate, reset = standing.rate, math.ceil(standing.reset)
    return [
        ("RateLimit-Policy", f'"{kind}";q={rate.amount};w={rate.seconds}'),
        ("RateLimit", f'"{kind}";r={standing.remaining};t={reset}'),
        ("RateLimit-Limit", str(rate.amount)),
        ("RateLimit-Remaining", str(standing.remaining)),
        ("RateLimit-Reset", str(reset)),
    ]
