"""Browser sessions: in Redis in production, in files elsewhere. They hold an id and no more."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

from cachelib import FileSystemCache
from flask import Flask
from flask_session.cachelib import CacheLibSessionInterface

from ..bootstrap.services import Services
from ..errors import StorageUnavailable
from .config import Config
from .lazy_sessions import LazySessions
from .redis_sessions import use_redis

_MOST_FILES = 100_000


def register_sessions(app: Flask, settings: Config, services: Services) -> Callable[[], None]:
    """Give `app` its sessions, and return the check that tells whether they can be kept."""
    with warnings.catch_warnings():
        # The signer is on its way out of the library, but a forged id should never reach Redis.
        warnings.filterwarnings("ignore", "The 'use_signer' option", DeprecationWarning)
        if services.redis:
            return use_redis(app, services.redis)
        return _use_files(app, settings.SPARK_DATA_DIR / "sessions")


def _use_files(app: Flask, folder: Path) -> Callable[[], None]:
    folder.mkdir(parents=True, exist_ok=True)
    files = FileSystemCache(str(folder), threshold=_MOST_FILES)
    app.session_interface = _FileSessions(app, client=files, use_signer=True, permanent=True)

    def check() -> None:
        if not files.set("check", True, timeout=60):
            raise StorageUnavailable()

    return check


class _FileSessions(LazySessions, CacheLibSessionInterface):
    """Flask-Session's sessions in files."""
