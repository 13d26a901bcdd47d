"""Understands English messages about a film idea."""

from __future__ import annotations

from ...models import Element, IdeaDraft
from .english_message import MessageReading
from .reading import Reading


class EnglishReader:
    """The English `Reader`: grammar and a packaged vocabulary, no model and no network."""

    def read(self, text: str, draft: IdeaDraft, asked: Element | None) -> Reading:
        """Read one message, knowing the idea so far and the element last asked about."""
        return MessageReading(draft, asked).read(text)
