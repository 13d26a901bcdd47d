"""How the service is, in a few words."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from flask import current_app

from .. import __version__
from ..errors import SparkError
from ..models import now
from .http import services

_FRESH_SECONDS = 1.0
_ESSENTIAL = ("store", "sessions")


class HealthCheck:
    """Asks the components how they are, at most once a second however often it is asked."""

    def __init__(self, checks: dict[str, Callable[[], None]]) -> None:
        """Each check raises a `SparkError` where its component cannot do its work."""
        self._checks = checks
        self._asked_at = float("-inf")
        self._components: dict[str, str] = {}

    def components(self) -> dict[str, str]:
        """`healthy` or `degraded` for each component."""
        if time.monotonic() - self._asked_at > _FRESH_SECONDS:
            self._components = {name: _state(check) for name, check in self._checks.items()}
            self._asked_at = time.monotonic()
        return self._components


def report() -> dict[str, Any]:
    """The body of `/api/health`."""
    components = current_app.extensions["spark_health"].components()
    degraded = "degraded" in components.values()
    return {
        "status": "degraded" if degraded else "healthy",
        "version": __version__,
        "environment": current_app.config["ENVIRONMENT"],
        "timestamp": now(),
        "components": components,
        "engines": {
            "text_model": services().writer.name,
            "image_model": services().illustrator.name,
        },
        "models": {
            "text_model": services().writer.model,
            "image_model": services().illustrator.model,
        },
    }


def is_down(components: dict[str, str]) -> bool:
    """Whether nothing can be kept. A model's service that fails leaves everything else working."""
    return any(components[name] == "degraded" for name in _ESSENTIAL)


def _state(check: Callable[[], None]) -> str:
    try:
        check()
    except SparkError:
        return "degraded"
    return "healthy"
