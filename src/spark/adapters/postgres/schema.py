"""The database's schema: numbered files of SQL, each applied once."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors

from ...errors import SparkError, StorageUnavailable

Progress = Callable[[str], None]
"""Told the name of each migration that was applied."""

_FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"(\d{4})_\w+\.sql", re.ASCII)
_LOCK = 7_224_518_301
"""The advisory lock of who migrates: any number that nobody else uses."""
_APPLIED = """
create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
)
"""

_log = logging.getLogger("spark.postgres")


class SchemaChanged(StorageUnavailable):
    """A migration that was applied is not the one that we know by its number."""

    zh = "数据库的结构与本程序不符：{name} 应用之后被改过。"
    en = "The database's schema is not this program's: {name} was changed after it was applied."


@dataclass(frozen=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Tells one content from another."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: Path = _FOLDER) -> list[Migration]:
    """All there are, in order."""
    found = [
        Migration(int(match[1]), path.name, path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if (match := _NAME.fullmatch(path.name))
    ]
    return sorted(found, key=lambda migration: migration.number)


def migrate(url: str, progress: Progress, folder: Path = _FOLDER) -> int:
    """Apply what is missing, and say how many that were. Of two at once, one waits.

    Raises `StorageUnavailable` where the database cannot be reached.
    """
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            connection.execute("select pg_advisory_lock(%s)", [_LOCK])
            connection.execute(_APPLIED)
            return sum(_apply(connection, each, progress) for each in migrations(folder))
    except psycopg.Error as error:
        _log.warning("the schema cannot be brought up to date: %s", error)
        raise StorageUnavailable() from error


def require_schema(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Raise `StorageUnavailable` where the schema is missing or older than this program."""
    wanted = migrations()[-1].number
    try:
        ((found,),) = connection.execute("select max(number) from schema_migrations").fetchall()
    except errors.UndefinedTable:
        found = None
    if (found or 0) < wanted:
        _log.warning(
            "the database's schema is %s, %s is wanted: run `python run_api.py migrate`",
            found or "missing",
            wanted,
        )
        raise StorageUnavailable(retry_after=1)


def _apply(
    connection: psycopg.Connection[tuple[Any, ...]], migration: Migration, progress: Progress
) -> bool:
    """Whether the migration was missing; then it is applied now."""
    query = "select checksum from schema_migrations where number = %s"
    known = connection.execute(query, [migration.number]).fetchone()
    if known:
        _require_same(migration, str(known[0]))
        return False
    with connection.transaction():
        connection.execute(migration.sql.encode())
        connection.execute(
            "insert into schema_migrations (number, name, checksum) values (%s, %s, %s)",
            [migration.number, migration.name, migration.checksum],
        )
    progress(migration.name)
    return True


def _require_same(migration: Migration, checksum: str) -> None:
    if checksum != migration.checksum:
        error: SparkError = SchemaChanged(name=migration.name)
        raise error
