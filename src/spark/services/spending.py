"""Entering what is spent where nothing comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import UpstreamError
from ..models import Kind, Usage
from ..ports import ConversationStore


@contextmanager
def entering_failures(
    conversations: ConversationStore,
    session_id: str,
    kind: Kind,
    about: str | None = None,
    aside: bool = False,
) -> Iterator[None]:
    """Enter what a call took that fails inside; the failure goes on its way."""
    try:
        yield
    except UpstreamError as error:
        if error.spent:
            failed = Usage.of(kind, error.spent, about, outcome="failed")
            conversations.record(session_id, failed, aside=aside)
        raise
