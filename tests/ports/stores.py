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
from src.spark.adapters.redis.conversations import RedisConversationStore
from src.spark.adapters.redis.locks import Leases
from src.spark.adapters.redis.receipts import RedisReceipts
from src.spark.adapters.redis.server import RedisServer
from src.spark.adapters.s3.media import S3MediaStore
from src.spark.ports import ConversationStore, MediaStore, ProjectStore, Receipts, Shelf

from .buckets import bucket_at

REDIS_ADDRESS, LEASE_SECONDS = "TESTS_REDIS_ADDRESS", "TESTS_LEASE_SECONDS"
"""Variables, so that other processes of a test find the same Redis."""


def redis_prefix(place: Path) -> str:
    """What the keys of a place begin with."""
    return f"{hashlib.sha256(bytes(place)).hexdigest()}:"


def _redis(place: Path) -> tuple[RedisServer, Leases, str]:
    server = RedisServer(os.environ[REDIS_ADDRESS])
    leases = Leases(server, float(os.environ.get(LEASE_SECONDS, 6)))
    return server, leases, redis_prefix(place)


def _redis_conversations(place: Path, patience: float) -> RedisConversationStore:
    server, leases, prefix = _redis(place)
    return RedisConversationStore(server, leases, patience=patience, prefix=prefix)


def _redis_receipts(place: Path, hours: float, patience: float) -> RedisReceipts:
    return RedisReceipts(*_redis(place)[:2], hours, patience, redis_prefix(place))


def _in_files(place: Path) -> list[bytes]:
    paths = list(place.rglob("*"))
    names = [str(path.relative_to(place)).encode() for path in paths]
    return [*names, *(path.read_bytes() for path in paths if path.is_file())]


def _in_redis(place: Path) -> list[bytes]:
    client = RedisServer(os.environ[REDIS_ADDRESS]).client
    keys = list(client.scan_iter(f"{redis_prefix(place)}*"))
    return [*keys, *client.mget(keys)]


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
    "redis": _redis_conversations,
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
    "redis": _redis_receipts,
}
"""A place, for how many hours each is kept, and how many seconds one waits for a held key."""
WRITTEN: dict[str, Callable[[Path], list[bytes]]] = {"sqlite": _in_files, "redis": _in_redis}
"""Everything they wrote at a place, names too."""
