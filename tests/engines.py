"""Apps whose models are the stand-in's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from src.spark.api.app import SparkApp, create_app
from src.spark.api.config import Config, load

from .samples import TEXT_KEY
from .upstream import Upstream


def model_app(folder: Path, server: Upstream, **settings: Any) -> SparkApp:
    """An app that writes and draws with the models of `server`."""
    return create_app(model_settings(folder, server, **settings))


def model_settings(folder: Path, server: Upstream, **settings: Any) -> Config:
    """The settings of such an app."""
    usual = {
        "SPARK_DATA_DIR": folder,
        "OPENAI_API_KEY": TEXT_KEY,
        "OPENAI_BASE_URL": server.base_url,
        "SPARK_TEXT_MODEL": "standin",
        "SPARK_IMAGE_MODEL": "standin-image",
    }
    return load("testing", **{**usual, **settings})
