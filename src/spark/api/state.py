"""What a scrape tells of the service beside what was counted."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

from flask import current_app

from ..errors import SparkError
from ..models import ProjectStatus
from ..ports import ProjectStore
from .health import HealthCheck
from .http import services
from .metrics import State


def state() -> State:
    """How the service is just now; what cannot be told is left out, and never fails a scrape."""
    health: HealthCheck = current_app.extensions["spark_health"]
    return State(
        {name: told == "healthy" for name, told in health.findings().components.items()},
        _projects(services().project_store),
        _disk(current_app.config["SPARK_DATA_DIR"]),
    )


def _projects(store: ProjectStore) -> dict[str, int]:
    try:
        return {
            status: store.browse(1, 1, status, "-created_at").total
            for status in get_args(ProjectStatus)
        }
    except SparkError:
        return {}


def _disk(folder: Path) -> tuple[int, int] | None:
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return None
    return usage.free, usage.total
