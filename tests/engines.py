"""Apps whose models are the stand-in's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from src.spark.api.app import SparkApp, create_app

from .upstream import Upstream

MARK = b"never-to-be-seen"
"""What every key of the tests holds: what is written and said is searched for it."""

TEXT_KEY = "sk-text-never-to-be-seen-4f1c9e"
IMAGE_KEY = "sk-image-never-to-be-seen-b27a05"


def model_app(folder: Path, server: Upstream, **settings: Any) -> SparkApp:
    """An app that writes and draws with the models of `server`."""
    usual = {
        "SPARK_DATA_DIR": folder,
        "OPENAI_API_KEY": TEXT_KEY,
        "OPENAI_BASE_URL": server.base_url,
        "SPARK_TEXT_MODEL": "standin",
        "SPARK_IMAGE_MODEL": "standin-image",
    }
    return create_app("testing", **{**usual, **settings})
