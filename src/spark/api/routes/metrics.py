"""What Prometheus reads."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, current_app

from ..metrics import CONTENT_TYPE, Metrics
from ..state import state

metrics = Blueprint("metrics", __name__)


@metrics.get("/metrics")
def scrape() -> Response:
    """监控指标 · Everything that was counted, by all workers of this machine."""
    counted = cast(Metrics, current_app.extensions["spark_metrics"])
    return Response(counted.text(state()), content_type=CONTENT_TYPE)
