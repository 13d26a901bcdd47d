"""What keeps projects and pictures: files, or what the settings or an address name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from ..adapters.files.media import FileMediaStore
from ..adapters.files.projects import FileProjectStore
from ..adapters.s3.address import Address
from ..ports import MediaStore, ProjectStore
from .addresses import is_folder, media_address, media_place, require_store
from .settings import Settings

UNHURRIED: dict[str, Any] = {"answer_seconds": 30.0, "queue_seconds": 5.0}
"""Limits where nobody waits for an answer, and a whole project may take a while."""


class IndexedProjectStore(ProjectStore, Protocol):
    """A store with something beside its projects that lists and searches go by."""

    def reindex(
        self, progress: Callable[[int, int], None] | None = None, processes: int = 1
    ) -> int:
        """Make that anew, and say how many projects there are."""


def store_of(settings: Settings, **limits: Any) -> IndexedProjectStore:
    """PostgreSQL where it is set, with other `limits` of time where they are given; else files."""
    url = settings.DATABASE_URL.get_secret_value()
    if not url:
        return _files(settings.SPARK_DATA_DIR, settings)
    return _postgres(url, settings, limits)


def open_store(where: str, settings: Settings) -> IndexedProjectStore:
    """The project store at `where`: a data directory, or `postgresql://…`.

    Raises `ValueError`, in words that repeat nothing of `where`, where that is no address of one.
    """
    if is_folder(where):
        return _files(Path(where), settings)
    require_store(where)
    return _postgres(where, settings, UNHURRIED)


def media_of(settings: Settings) -> MediaStore:
    """The media store that is set. Opens nothing yet."""
    return open_media(media_place(media_address(settings)))


def open_media(place: Path | Address) -> MediaStore:
    """The media store at `place`. Opens nothing yet."""
    if isinstance(place, Path):
        return FileMediaStore(place)
    from ..adapters.s3.media import S3MediaStore  # its library takes a while to load

    return S3MediaStore(place)


def _files(folder: Path, settings: Settings) -> IndexedProjectStore:
    return FileProjectStore(
        folder, revisions=settings.SPARK_REVISIONS, trash_days=settings.SPARK_TRASH_DAYS
    )


def _postgres(url: str, settings: Settings, limits: dict[str, Any]) -> IndexedProjectStore:
    # Imported where it is wanted: its driver takes a while to load.
    from ..adapters.postgres.projects import PostgresProjectStore

    return PostgresProjectStore(
        url,
        revisions=settings.SPARK_REVISIONS,
        trash_days=settings.SPARK_TRASH_DAYS,
        **limits,
    )
