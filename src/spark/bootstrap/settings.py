"""What is asked of the settings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import SecretStr

from ..models import Price


class Settings(Protocol):
    """The settings that decide what everything stands on."""

    SPARK_DATA_DIR: Path
    DATABASE_URL: SecretStr
    SPARK_MEDIA_URL: str
    OPENAI_API_KEY: SecretStr
    OPENAI_BASE_URL: str
    SPARK_WRITER: Literal["auto", "offline", "openai"]
    SPARK_TEXT_MODEL: str
    SPARK_TEXT_FALLBACKS: list[str]
    SPARK_TEXT_FORMAT: Literal["auto", "json_schema", "json_object", "prompt"]
    SPARK_TEXT_OPTIONS: dict[str, Any]
    SPARK_IMAGE_MODEL: str
    SPARK_IMAGE_API_KEY: SecretStr
    SPARK_IMAGE_BASE_URL: str
    SPARK_IMAGE_OPTIONS: dict[str, Any]
    SPARK_IMAGES_AT_ONCE: int
    SPARK_CALLS_AT_ONCE: int
    SPARK_CALLS_WAITING: int
    SPARK_DEADLINE_SECONDS: float
    SPARK_CONNECT_SECONDS: float
    SPARK_READ_SECONDS: float
    SPARK_PRICES: dict[str, Price]
    SPARK_CURRENCY: str
    SPARK_CACHE_HOURS: float
    SPARK_CACHE_ENTRIES: int
    SPARK_TRASH_DAYS: float
    SPARK_REVISIONS: int
    SPARK_IMPORT_MAX_BYTES: int
    SPARK_IMPORT_MAX_FILES: int

    @property
    def redis_url(self) -> str | None:
        """Where what processes share is kept; `None` where one machine keeps it in files."""

    @property
    def PERMANENT_SESSION_LIFETIME(self) -> timedelta:  # noqa: N802  # Flask's name
        """For how long a session lasts, and what was said in it."""
