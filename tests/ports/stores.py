"""The adapters of each store's port: a new one is one more line, and passes the same tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.adapters.files.receipts import SqliteReceipts
from src.spark.adapters.files.shelf import FileShelf
from src.spark.adapters.s3.media import S3MediaStore
from src.spark.ports import ConversationStore, MediaStore, ProjectStore, Receipts, Shelf

from .buckets import bucket_at

PROJECT_STORES: dict[str, Callable[..., ProjectStore]] = {
    "files": lambda place, **settings: FileProjectStore(
        place, **{"patience": 30, "notice_seconds": 0, **settings}
    ),
}
"""A place, and where it matters how many `revisions` are kept and for how many `trash_days`."""
LEFTOVERS: dict[str, list[str]] = {
    "files": ["**/*.tmp", "projects/.changing/*"],
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
