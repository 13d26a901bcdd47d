# NOTE FROM THE LEAD (remove when read): en.jsonl now holds 250 interviews (en3-* are new, natural ones). Generalise: an
# unknown "<X> film/movie/story/short" as answer or opener is genre X (gothic, samurai, dance film, biopic, travelogue, parable);
# durations ("three mins", "quarter of an hour", "a minute and three quarters", "no longer than two minutes", "make that nine");
# audiences ("readers of old novels", "ages nine to twelve"); fix the people errors; no invented characters. Finish by 21:50.
"""Understands English messages about a film idea."""

from __future__ import annotations

from collections.abc import Mapping

from ...models import Element, IdeaDraft
from .english_message import MessageReading
from .reading import Reading


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
