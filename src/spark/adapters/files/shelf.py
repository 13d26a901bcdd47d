"""Small things kept for a while, as files."""

from __future__ import annotations

import pickle
from contextlib import suppress
from pathlib import Path

from cachelib import FileSystemCache

_LOST = (OSError, EOFError, ValueError, pickle.UnpicklingError)
"""What a broken file or a full disk raises: the thing is gone, and nothing else."""


class FileShelf:
    """A `Shelf` in one folder, of at most so many entries, each for at most so many hours."""

    def __init__(self, folder: Path, entries: int, hours: float) -> None:
        self._folder, self._entries, self._seconds = folder, entries, int(hours * 3600)
        self._opened: FileSystemCache | None = None

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, unless it is gone."""
        with suppress(*_LOST):
            value = self._files().get(key)
            return value if isinstance(value, bytes) else None
        return None

    def put(self, key: str, value: bytes) -> None:
        """Keep `value`; where there is no room it is let go."""
        with suppress(*_LOST):
            self._files().set(key, value)

    def _files(self) -> FileSystemCache:
        """The cache itself, opened with its first use."""
        if self._opened is None:
            self._opened = FileSystemCache(
                str(self._folder), threshold=self._entries, default_timeout=self._seconds
            )
        return self._opened
