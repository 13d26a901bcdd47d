"""Understands English messages about a film idea."""

from __future__ import annotations

from collections.abc import Mapping

from ....models import Element, IdeaDraft
from ..reading import Reading
from .message import MessageReading


class EnglishReader:
    """The English `Reader`: grammar and a packaged vocabulary, no model and no network."""

    def read(
        self,
        text: str,
        draft: IdeaDraft,
        asked: Element | None,
        told: Mapping[str, str] | None = None,
    ) -> Reading:
        """Read one message, knowing the idea so far and the element last asked about.

        `told` may give the notes of earlier readings; with them "the postwoman" is known to be
        the Greta who was introduced so.
        """
        return MessageReading(draft, asked, told).read(text)
