"""Limits of requests: by session and by address, for reading, for writing and for spending."""

from __future__ import annotations

import hashlib
import math
from typing import Literal

from flask import Flask, Response, g, request

from ..errors import RateLimited
from ..ports import Counters
from .allowances import Allowances, Rate, Standing
from .config import Config
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
        kind = _kind()
        rate = rates.get(kind) if kind else None
        if rate is None:
            return
        standings = [
            allowances.take(
                f"{kind}:address:{household(request.remote_addr or '')}", rate.times(sessions)
            )
        ]
        if caller := request.cookies.get(cookie):
            standings.append(allowances.take(f"{kind}:session:{_digest(caller)}", rate))
        g.standing = kind, min(standings, key=_scarcity)
        if not all(standing.is_allowed for standing in standings):
            seconds = math.ceil(max(s.reset for s in standings if not s.is_allowed))
            raise RateLimited(retry_after=seconds, seconds=seconds)

    @app.after_request
    def tell(response: Response) -> Response:
        if told := g.get("standing"):
            response.headers.extend(_headers(*told))
        return response


def _kind() -> Kind | None:
    """What kind of request this is; `None` for one that nobody counts."""
    rule = str(request.url_rule or "").replace(CLEAN_PREFIX, "/api/", 1)
    if request.method == "OPTIONS" or rule.startswith(_FREE):
        return None
    if request.method in _READING:
        return "read"
    return "spend" if rule in _SPENDING else "write"


def _digest(cookie: str) -> str:
    """A cookie as a name that may be seen. One that nobody issued gains its sender nothing."""
    return hashlib.blake2b(cookie.encode(), digest_size=16).hexdigest()


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
