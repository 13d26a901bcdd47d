"""Small things kept for a while, as files."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from .disk import write_atomically


class FileShelf:
    """A `Shelf` in one folder, of at most so many entries, each for at most so many hours.

    A file holds the bytes and nothing else, so that no broken one can do more than be of no use.
    """

    def __init__(self, folder: Path, entries: int, hours: float) -> None:
        self._folder, self._entries, self._seconds = folder, entries, hours * 3600

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, unless it is gone."""
        path = self._path(key)
        with suppress(OSError):
            if time.time() - path.stat().st_mtime <= self._seconds:
                return path.read_bytes()
        return None

    def put(self, key: str, value: bytes) -> None:
        """Keep `value`; where there is no room it is let go."""
        path = self._path(key)
        moment = time.time()
        with suppress(OSError):
            write_atomically(path, value)
            os.utime(path, (moment, moment))  # by the clock that `get` goes by
            self._make_room(path)

    def _make_room(self, latest: Path) -> None:
        """Let the oldest go where there are too many; what a killed process left is among them."""
        files = [Path(entry) for entry in os.scandir(self._folder)]
        if len(files) <= self._entries:
            return
        older = sorted((path for path in files if path != latest), key=_age, reverse=True)
        for path in older[: len(files) - self._entries]:
            with suppress(OSError):
                path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:  # another process made room
        return 0.0
