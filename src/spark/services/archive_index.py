"""What is known of an archive while it is read, on the disk: it may hold any number of files."""

from __future__ import annotations

import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from typing import Any

from ..errors import StorageFull, StorageUnavailable

_SCHEMA = """
pragma journal_mode = off;
create table files (
    path text primary key, offset integer, packed integer, size integer, crc integer,
    method integer, flags integer, listed integer, origin blob
) without rowid;
create table projects (place integer primary key, project_id text unique, weight integer);
begin;
"""
_AFTER = "0"
"""The sign after `/`."""


class Index:
    """The files of one archive and the projects in it; threads may share it.

    It is a file without a name, gone once it is closed. Raises `StorageUnavailable`, or
    `StorageFull`, where there is no room for it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        try:
            self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self._database.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise _storage_error(error) from error

    def close(self) -> None:
        """Give back the room."""
        self._database.close()

    # --- files ---

    def add(self, entry: zipfile.ZipInfo) -> bool:
        """Note a file; whether none of its path was there."""
        row = (
            entry.filename,
            entry.header_offset,
            entry.compress_size,
            entry.file_size,
            entry.CRC,
            entry.compress_type,
            entry.flag_bits,
            entry.is_dir(),
        )
        done = "insert or ignore into files values (?, ?, ?, ?, ?, ?, ?, ?, null)"
        return self._changed(done, *row)

    def entry(self, path: str) -> zipfile.ZipInfo | None:
        """What the archive's directory says of a file, if it is there."""
        wanted = "select offset, packed, size, crc, method, flags from files where path = ?"
        row = self._row(wanted, path)
        if not row:
            return None
        entry = zipfile.ZipInfo(path)
        entry.header_offset, entry.compress_size, entry.file_size, entry.CRC = row[:4]
        entry.compress_type, entry.flag_bits = row[4:]
        return entry

    def tick(self, path: str, origin: bytes | None = None) -> bool:
        """Note that the manifest lists a file, and what it tells of it; whether for once only."""
        done = "update files set listed = 1, origin = ? where path = ? and not listed"
        return self._changed(done, origin, path)

    def unlisted(self) -> str | None:
        """A file that the manifest did not list."""
        row = self._row("select path from files where not listed limit 1")
        return str(row[0]) if row else None

    def below(self, folder: str) -> Iterator[tuple[str, int, bytes | None]]:
        """The path, size and origin of each file in a folder."""
        after = f"{folder}/"
        wanted = (
            "select path, size, origin from files where path > ? and path < ? order by path limit 1"
        )
        while row := self._row(wanted, after, folder + _AFTER):
            yield row
            after = row[0]

    # --- projects ---

    def add_project(self, project_id: str, weight: int) -> bool:
        """Note a project and about how many bytes it takes in memory; whether it is new."""
        done = "insert or ignore into projects (project_id, weight) values (?, ?)"
        return self._changed(done, project_id, weight)

    def projects(self) -> Iterator[tuple[str, int]]:
        """The projects with their weights, in the order they were added."""
        place, wanted = 0, "select * from projects where place > ? order by place limit 1"
        while row := self._row(wanted, place):
            place, project_id, weight = row
            yield project_id, weight

    def _changed(self, statement: str, *values: object) -> bool:
        try:
            with self._lock:
                return self._database.execute(statement, values).rowcount > 0
        except sqlite3.Error as error:
            raise _storage_error(error) from error

    def _row(self, statement: str, *values: object) -> Any:
        try:
            with self._lock:
                return self._database.execute(statement, values).fetchone()
        except sqlite3.Error as error:
            raise _storage_error(error) from error


def _storage_error(error: sqlite3.Error) -> StorageUnavailable:
    is_full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
    return StorageFull() if is_full else StorageUnavailable()
