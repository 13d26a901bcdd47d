"""Understands Chinese messages about a film idea by rules: no key, no network, no model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ....models import Element, IdeaDraft
from ..reading import Change, Reading
from .film import is_wish
from .intents import intent_of
from .message import Message
from .text import fold, sentences, tidy

_LONGEST = 4000


class ChineseReader:
    """Reads Chinese messages; see `Reader` for the promise."""

    def read(
        self,
        text: str,
        draft: IdeaDraft,
        asked: Element | None,
        told: Mapping[str, str] | None = None,
    ) -> Reading:
        """Read one message, knowing the idea so far and the element last asked about."""
        text = text[:_LONGEST]
        folded = fold(text)
        message = Message(draft, asked, told)
        message.read(sentences(tidy(folded)))
        changes = tuple(_as_written(change, text, folded) for change in message.changes())
        notes = message.cast.notes()
        notes = {
            _restored(name, text, folded): _restored(note, text, folded)
            for name, note in notes.items()
        }
        if not changes and not notes:
            intent = intent_of(folded)
            return Reading("noise" if intent == "idea" and not is_wish(folded) else intent)
        return Reading("idea", changes, notes)


def _restored(value: str, text: str, folded: str) -> str:
    """`value` in the letters the person wrote, where it stands in their message."""
    at = folded.find(value) if text != folded else -1
    return text[at : at + len(value)] if at >= 0 else value


def _as_written(change: Change, text: str, folded: str) -> Change:
    if isinstance(change.value, str) and change.action != "remove":
        return replace(change, value=_restored(change.value, text, folded))
    return change
