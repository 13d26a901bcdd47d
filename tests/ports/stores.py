"""The adapters of each store's port: a new one is one more line, and passes the same tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.adapters.files.shelf import FileShelf
from src.spark.ports import ConversationStore, MediaStore, ProjectStore, Shelf

PROJECT_STORES: dict[str, Callable[[Path], ProjectStore]] = {
    "files": lambda place: FileProjectStore(place, patience=30),
}
CONVERSATION_STORES: dict[str, Callable[[Path, float], ConversationStore]] = {
    "sqlite": SqliteConversationStore,
}
MEDIA_STORES: dict[str, Callable[[Path], MediaStore]] = {
    "files": FileMediaStore,
}
SHELVES: dict[str, Callable[[Path, int, float], Shelf]] = {
    "files": FileShelf,
}
"""A place, how many entries there may be, and for how many hours each."""
