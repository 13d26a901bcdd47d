from __future__ import annotations

import pytest

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.adapters.files.media import FileMediaStore


@pytest.fixture
def conversations(tmp_path):
    return SqliteConversationStore(tmp_path, patience=30)


@pytest.fixture
def media(tmp_path):
    return FileMediaStore(tmp_path / "media")
