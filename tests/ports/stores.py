"""The adapters of each store's port: a new one is one more line, and passes the same tests."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.adapters.files.receipts import SqliteReceipts
from src.spark.adapters.files.shelf import FileShelf
from src.spark.adapters.postgres.projects import PostgresProjectStore
from src.spark.adapters.postgres.schema import migrate
from src.spark.adapters.s3.media import S3MediaStore
from src.spark.ports import ConversationStore, MediaStore, ProjectStore, Receipts, Shelf

from .buckets import bucket_at

POSTGRES = "SPARK_TESTS_POSTGRES"
"""The variable that tells all processes of a test run where its PostgreSQL is."""


def postgres_url(place: Path) -> str:
    """A schema of its own in the tests' database, for whoever asks with the same place."""
    name = f"place_{hashlib.sha256(str(place).encode()).hexdigest()[:16]}"
    return f"{os.environ[POSTGRES]}?options=-csearch_path%3D{name}"


@functools.cache
def _made(url: str) -> str:
    """`url`, whose schema is there."""
    name = url.rpartition("%3D")[2]
    with psycopg.connect(os.environ[POSTGRES], autocommit=True) as connection:
        if connection.execute("select to_regnamespace(%s)", [name]).fetchone() == (None,):
            with suppress(psycopg.errors.UniqueViolation, psycopg.errors.DuplicateSchema):
                connection.execute(f"create schema {name}")
    migrate(url, lambda name: None)
    return url


PROJECT_STORES: dict[str, Callable[..., ProjectStore]] = {
    "files": lambda place, **settings: FileProjectStore(
        place, **{"patience": 30, "notice_seconds": 0, **settings}
    ),
    "postgres": lambda place, **settings: PostgresProjectStore(
        _made(postgres_url(place)),
        **{
            "patience": 30,
            "notice_seconds": 0,
            "answer_seconds": 30,
            "queue_seconds": 30,
            **settings,
        },
    ),
}
"""A place, and where it matters how many `revisions` are kept and for how many `trash_days`."""
LEFTOVERS: dict[str, list[str]] = {
    "files": [
        "**/*.tmp",
        "projects/.changing/*",
        "projects/.arriving/*",
        "projects/.arrived/*/*",
    ],
    "postgres": ["**/*"],
}
"""What each of them leaves on the disk while it writes, and at no other time."""
CONVERSATION_STORES: dict[str, Callable[[Path, float], ConversationStore]] = {
    "sqlite": SqliteConversationStore,
}
MEDIA_STORES: dict[str, Callable[[Path], MediaStore]] = {
    "files": FileMediaStore,
    "s3": lambda place: S3MediaStore(bucket_at(place)),
}
SHELVES: dict[str, Callable[[Path, int, float], Shelf]] = {
    "files": FileShelf,
}
"""A place, how many entries there may be, and for how many hours each."""
RECEIPTS: dict[str, Callable[[Path, float, float], Receipts]] = {
    "sqlite": SqliteReceipts,
}
"""A place, for how many hours each is kept, and how many seconds one waits for a held key."""
