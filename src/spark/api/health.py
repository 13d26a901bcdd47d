"""How the service is, in a few words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app

from .. import __version__
from ..errors import SparkError
from ..models import now
from .http import services

_FRESH_SECONDS = 1.0
_ESSENTIAL = ("store", "conversations", "sessions")
_MOST_NAMED = 20


@dataclass(frozen=True)
class Findings:
    """What a look at the components found."""

    components: dict[str, str]
    """`healthy` or `degraded` for each."""
    damaged_projects: list[str]
    """The ids of some projects that cannot be read."""


class HealthCheck:
    """Asks the components how they are, at most once a second however often it is asked."""

    def __init__(
        self, checks: dict[str, Callable[[], None]], damaged: Callable[[], list[str]]
    ) -> None:
        """Each check raises a `SparkError` where its component cannot do its work.

        `damaged` names the projects that cannot be read, or raises where lists fail.
        """
        self._checks, self._damaged = checks, damaged
        self._asked_at = float("-inf")
        self._findings = Findings({}, [])
        self._looking = threading.Lock()

    def findings(self) -> Findings:
        """How the components are."""
        if time.monotonic() - self._asked_at > _FRESH_SECONDS:
            with self._looking:
                if time.monotonic() - self._asked_at > _FRESH_SECONDS:
                    self._findings = self._look()
                    self._asked_at = time.monotonic()
        return self._findings

    def _look(self) -> Findings:
        components = {name: _state(check) for name, check in self._checks.items()}
        try:
            damaged = self._damaged()
        except SparkError:  # projects are kept and read without lists, too
            return Findings({**components, "index": "degraded"}, [])
        return Findings({**components, "index": "healthy"}, damaged[:_MOST_NAMED])


def report() -> dict[str, Any]:
    """The body of `/api/health`."""
    findings: Findings = current_app.extensions["spark_health"].findings()
    degraded = findings.damaged_projects or "degraded" in findings.components.values()
    return {
        "status": "degraded" if degraded else "healthy",
        "version": __version__,
        "environment": current_app.config["ENVIRONMENT"],
        "timestamp": now(),
        "components": findings.components,
        "damaged_projects": findings.damaged_projects,
        "engines": {
            "text_model": services().writer.name,
            "image_model": services().illustrator.name,
        },
        "models": {
            "text_model": services().writer.model,
            "image_model": services().illustrator.model,
        },
    }


def readiness() -> dict[str, Any]:
    """The body of `/api/health/ready`."""
    findings: Findings = current_app.extensions["spark_health"].findings()
    is_loading = services().loading.is_set()
    return {
        "status": "not_ready" if is_loading or is_down(findings.components) else "ready",
        "timestamp": now(),
        "components": {**findings.components, "words": "loading" if is_loading else "healthy"},
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
