from __future__ import annotations

from dataclasses import replace

import pytest

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.services.chat import ChatService

from ..fakes import FakeWriter


@pytest.fixture
def replaced(app):
    """Put other services in the app's place, and let failures become answers as in production."""

    def put(**services):
        app.config["PROPAGATE_EXCEPTIONS"] = False
        app.extensions["spark"] = replace(app.extensions["spark"], **services)

    return put


@pytest.fixture
def chat_that_fails(tmp_path):
    """A chat service whose writer raises, as often as it is asked."""

    def make(*errors):
        return ChatService(FakeWriter(*errors * 9), SqliteConversationStore(tmp_path / "failing"))

    return make
