"""Settings, from the environment and a `.env` file; the one place that reads them."""

from __future__ import annotations

import json
import re
import secrets
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import (
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ..bootstrap.addresses import media_place, require_database
from ..models import Price
from .allowances import Rate

_EMPTY_MEANS_SOMETHING = {"SECRET_KEY", "CORS_ORIGINS", "LOG_FILE"}

_ORIGIN = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?")

KNOWN_SECRETS = {
    "your-secret-key-here",
    "your-secret-key",
    "secret-key",
    "secret",
    "changeme",
    "change-me",
    "dev",
    "development",
    "dev-secret-key",
}


class ConfigurationError(Exception):
    """A setting is missing or cannot be used; the message names its variable."""


class Config(BaseSettings):
    """What all environments share. Field names are the variables' names."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=False, extra="ignore"
    )

    ENVIRONMENT: ClassVar[str]
    DEBUG: ClassVar[bool] = False
    TESTING: ClassVar[bool] = False

    SECRET_KEY: str = ""
    REDIS_URL: SecretStr = SecretStr("redis://localhost:6379")
    HOST: str = "127.0.0.1"
    PORT: Annotated[int, Field(ge=1, le=65535)] = 5000
    SPARK_DATA_DIR: Path = Path("./data")
    DATABASE_URL: SecretStr = SecretStr("")
    SPARK_MEDIA_URL: str = ""
    OPENAI_API_KEY: SecretStr = SecretStr("")
    OPENAI_BASE_URL: str = ""
    SPARK_WRITER: Literal["auto", "offline", "openai"] = "auto"
    SPARK_TEXT_MODEL: str = "gpt-5.4-mini"
    SPARK_TEXT_FALLBACKS: Annotated[list[str], NoDecode] = []
    SPARK_TEXT_FORMAT: Literal["auto", "json_schema", "json_object", "prompt"] = "auto"
    SPARK_TEXT_OPTIONS: Annotated[dict[str, Any], NoDecode] = {}
    SPARK_IMAGE_MODEL: str = ""
    SPARK_IMAGE_API_KEY: SecretStr = SecretStr("")
    SPARK_IMAGE_BASE_URL: str = ""
    SPARK_IMAGE_OPTIONS: Annotated[dict[str, Any], NoDecode] = {"size": "1024x1024"}
    SPARK_IMAGES_AT_ONCE: Annotated[int, Field(ge=1, le=20)] = 4
    SPARK_DEADLINE_SECONDS: Annotated[float, Field(gt=0, le=600)] = 60
    SPARK_CONNECT_SECONDS: Annotated[float, Field(gt=0, le=600)] = 5
    SPARK_READ_SECONDS: Annotated[float, Field(gt=0, le=600)] = 30
    SPARK_PRICES: Annotated[dict[str, Price], NoDecode] = {}
    SPARK_CURRENCY: str = "USD"
    SPARK_CACHE_HOURS: Annotated[float, Field(ge=0, le=24 * 365)] = 24
    SPARK_CACHE_ENTRIES: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    SPARK_TRASH_DAYS: Annotated[float, Field(ge=0, le=3650)] = 30
    SPARK_REVISIONS: Annotated[int, Field(ge=0, le=1000)] = 50
    SPARK_WORKER: Literal["gthread", "gevent"] = "gthread"
    # More than calls and those that wait for one: the rest of the API goes on beside them.
    SPARK_THREADS: Annotated[int, Field(ge=1, le=4096)] = 768
    SPARK_MAX_REQUESTS: Annotated[int, Field(ge=0)] = 200_000
    SPARK_CALLS_AT_ONCE: Annotated[int, Field(ge=1, le=10_000)] = 500
    SPARK_CALLS_WAITING: Annotated[int, Field(ge=0, le=10_000)] = 200
    SPARK_LIMIT_READS: str = "none"
    SPARK_LIMIT_WRITES: str = "none"
    SPARK_LIMIT_SPENDING: str = "none"
    SPARK_ADDRESS_SESSIONS: Annotated[int, Field(ge=1, le=100_000)] = 20
    SPARK_TRUSTED_PROXIES: Annotated[list[str], NoDecode] = []
    SPARK_COOKIE_SAMESITE: Literal["Lax", "Strict", "None"] = "Lax"
    CORS_ORIGINS: Annotated[list[str], NoDecode] = []
    SPARK_MAX_MESSAGE_CHARS: Annotated[int, Field(ge=1, le=100_000)] = 4000
    SPARK_MAX_BODY_BYTES: Annotated[int, Field(ge=1024)] = 1024 * 1024
    SPARK_IMPORT_MAX_BYTES: Annotated[int, Field(ge=1024)] = 1024 * 1024 * 1024
    SPARK_IMPORT_MAX_FILES: Annotated[int, Field(ge=1)] = 8000
    LOG_LEVEL: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    LOG_FILE: str | None = None
    LOG_FORMAT: Literal["text", "json"] = "text"

    SESSION_TYPE: ClassVar[str] = "cachelib"
    SESSION_COOKIE_NAME: ClassVar[str] = "spark_session"
    SESSION_COOKIE_HTTPONLY: ClassVar[bool] = True
    SESSION_COOKIE_SECURE: ClassVar[bool] = False
    PERMANENT_SESSION_LIFETIME: ClassVar[timedelta] = timedelta(days=31)
    # Rewriting the session on every request lets a slow reader undo a writer's change.
    SESSION_REFRESH_EACH_REQUEST: ClassVar[bool] = False

    @field_validator("CORS_ORIGINS", "SPARK_TEXT_FALLBACKS", "SPARK_TRUSTED_PROXIES", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return [part for item in value.split(",") if (part := item.strip().rstrip("/"))]
        return value

    @field_validator("CORS_ORIGINS")
    @classmethod
    def _origins(cls, value: list[str]) -> list[str]:
        """Whole origins alone: the CORS library takes anything with a `*` in it for a pattern."""
        if any(origin != "*" and not _ORIGIN.fullmatch(origin) for origin in value):
            raise ValueError("must list origins such as https://your-domain.com, or * for any")
        return value

    @field_validator("OPENAI_API_KEY", "SPARK_IMAGE_API_KEY")
    @classmethod
    def _key(cls, value: SecretStr) -> SecretStr:
        """A key travels in a header: a stray character in it would break every call."""
        key = value.get_secret_value()
        if not (key.isascii() and key.isprintable()) or key != key.strip():
            raise ValueError("must be plain ASCII without spaces around it")
        return value

    @field_validator("OPENAI_BASE_URL", "SPARK_IMAGE_BASE_URL")
    @classmethod
    def _service_address(cls, value: str) -> str:
        parts = urlsplit(value)
        with_port = parts.port is None or parts.port > 0  # asking raises where it is no number
        if value and not (parts.scheme in {"http", "https"} and parts.hostname and with_port):
            raise ValueError("must look like https://host/v1")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _reachable_models(self) -> Config:
        """A model that is asked for by name needs a service to ask."""
        has_text = bool(self.OPENAI_API_KEY.get_secret_value() or self.OPENAI_BASE_URL)
        has_image = bool(self.SPARK_IMAGE_API_KEY.get_secret_value() or self.SPARK_IMAGE_BASE_URL)
        if self.SPARK_WRITER == "openai" and not has_text:
            raise ValueError("SPARK_WRITER=openai needs OPENAI_API_KEY or OPENAI_BASE_URL")
        if self.SPARK_IMAGE_MODEL and not (has_text or has_image):
            raise ValueError(
                "SPARK_IMAGE_MODEL needs OPENAI_API_KEY, OPENAI_BASE_URL, SPARK_IMAGE_API_KEY or "
                "SPARK_IMAGE_BASE_URL"
            )
        return self

    @field_validator("SPARK_TEXT_OPTIONS", "SPARK_IMAGE_OPTIONS", "SPARK_PRICES", mode="before")
    @classmethod
    def _json(cls, value: object) -> object:
        try:
            return json.loads(value) if isinstance(value, str) and value else value
        except ValueError:
            raise ValueError("must be a JSON object") from None

    @field_validator("SPARK_LIMIT_READS", "SPARK_LIMIT_WRITES", "SPARK_LIMIT_SPENDING")
    @classmethod
    def _rate(cls, value: str) -> str:
        Rate.parse(value)
        return value

    @field_validator("SPARK_TRUSTED_PROXIES")
    @classmethod
    def _networks(cls, value: list[str]) -> list[str]:
        for network in value:
            ip_network(network)  # its own words name what is wrong
        return value

    @field_validator("LOG_LEVEL", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("*", mode="before")
    @classmethod
    def _default_if_empty(cls, value: object, info: ValidationInfo) -> object:
        """A variable left empty is one not set, but where emptiness means something."""
        name = info.field_name or ""
        if value == "" and name not in _EMPTY_MEANS_SOMETHING:
            return cls.model_fields[name].default
        return value

    @field_validator("REDIS_URL")
    @classmethod
    def _redis_address(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        with_port = parts.port is None or parts.port > 0  # asking raises where it is no number
        if parts.scheme not in {"redis", "rediss", "unix"} or not with_port:
            raise ValueError("must look like redis://host:port")
        return value

    @model_validator(mode="after")
    def _cookie_for_other_sites(self) -> Config:
        """Browsers refuse a cookie for every site that does not stay on secure connections."""
        if self.SPARK_COOKIE_SAMESITE == "None" and not self.SESSION_COOKIE_SECURE:
            raise ValueError("SPARK_COOKIE_SAMESITE=None works in production only")
        return self

    @property
    def SESSION_COOKIE_SAMESITE(self) -> str:  # noqa: N802  # Flask's name
        """Whether the session's cookie comes along with requests from other sites."""
        return self.SPARK_COOKIE_SAMESITE

    @property
    def redis_url(self) -> str | None:
        """Where what processes share is kept; `None` where one machine keeps it in files."""
        return self.REDIS_URL.get_secret_value() if self.SESSION_TYPE == "redis" else None

    @property
    def limits(self) -> dict[Literal["read", "write", "spend"], Rate | None]:
        """The limits of one session's requests, by what they do."""
        return {
            "read": Rate.parse(self.SPARK_LIMIT_READS),
            "write": Rate.parse(self.SPARK_LIMIT_WRITES),
            "spend": Rate.parse(self.SPARK_LIMIT_SPENDING),
        }

    @field_validator("SPARK_MEDIA_URL")
    @classmethod
    def _media_address(cls, value: str) -> str:
        """A folder is meant from where we are now: gunicorn goes elsewhere."""
        place = media_place(value) if value else value
        return str(place) if isinstance(place, Path) else value

    @field_validator("DATABASE_URL")
    @classmethod
    def _database_address(cls, value: SecretStr) -> SecretStr:
        if url := value.get_secret_value():
            require_database(url)
        return value

    @property
    def log_file(self) -> Path | None:
        """Where the log is kept; `None` for the console only."""
        if self.LOG_FILE is None:
            return self.SPARK_DATA_DIR / "logs" / "spark.log"
        return Path(self.LOG_FILE) if self.LOG_FILE else None

    def secret_key(self) -> str:
        """The key that signs session cookies; made once and kept where none is set."""
        return self.SECRET_KEY or _kept_secret(self.SPARK_DATA_DIR / "secret_key")


class DevelopmentConfig(Config):
    """On a developer's machine: everything is allowed, nothing is needed."""

    ENVIRONMENT: ClassVar[str] = "development"
    DEBUG: ClassVar[bool] = True
    CORS_ORIGINS: Annotated[list[str], NoDecode] = ["*"]


class ProductionConfig(Config):
    """Facing the world: sessions in Redis, secure cookies, listed origins alone."""

    ENVIRONMENT: ClassVar[str] = "production"
    HOST: str = "0.0.0.0"
    SPARK_LIMIT_READS: str = "600/minute"
    SPARK_LIMIT_WRITES: str = "120/minute"
    SPARK_LIMIT_SPENDING: str = "30/minute"
    LOG_FORMAT: Literal["text", "json"] = "json"
    SESSION_TYPE: ClassVar[str] = "redis"
    SESSION_COOKIE_SECURE: ClassVar[bool] = True

    def secret_key(self) -> str:
        """The key that signs session cookies.

        Raises `ConfigurationError` where it is missing or well known.
        """
        if self.SECRET_KEY.strip().lower() in {"", *KNOWN_SECRETS}:
            raise ConfigurationError(
                "生产环境必须设置 SECRET_KEY（随机值，不能用示例值）/ SECRET_KEY must be set to a "
                "random value of your own in production, for example the output of: "
                'python -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        return self.SECRET_KEY


class TestingConfig(Config):
    """For tests: like development, without reload and debugger, and without a `.env`."""

    model_config = SettingsConfigDict(env_file=None)

    __test__: ClassVar[bool] = False
    ENVIRONMENT: ClassVar[str] = "testing"
    TESTING: ClassVar[bool] = True
    CORS_ORIGINS: Annotated[list[str], NoDecode] = ["*"]


CONFIGS: dict[str, type[Config]] = {
    kind.ENVIRONMENT: kind for kind in (DevelopmentConfig, ProductionConfig, TestingConfig)
}


def load(name: str, **overrides: Any) -> Config:
    """The settings of the environment `name`; `overrides` win over the environment's variables.

    Raises `ConfigurationError` that names the variable which cannot be used.
    """
    if name not in CONFIGS:
        raise ConfigurationError(f"unknown configuration {name!r}; use one of {', '.join(CONFIGS)}")
    try:
        return CONFIGS[name](**overrides)
    except ValueError as error:
        raise ConfigurationError(_explain(error)) from None


def _explain(error: ValueError) -> str:
    """Which variables are wrong and why, without their values: they may be secrets."""
    problems = error.errors(include_input=False) if isinstance(error, ValidationError) else []
    found = [(".".join(map(str, p["loc"])), p["msg"]) for p in problems]
    return "; ".join(": ".join(filter(None, words)) for words in found) or str(error)


def _kept_secret(path: Path) -> str:
    """The secret in `path`; made there by whichever process comes first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    if not path.exists():
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            path.hardlink_to(beside)
        except FileExistsError:
            pass  # another process was first
        finally:
            beside.unlink()
    return path.read_text(encoding="ascii").strip()
