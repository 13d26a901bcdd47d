"""A long story in passages that a model can answer whole."""

from __future__ import annotations

import re

from ...models import Language
from .lenient import BLANKS

_MOST: dict[Language, int] = {"zh": 2500, "en": 8000}
"""Characters whose scenes are about 3,000 tokens: many models end an answer at 4,096, and say no
more in half a minute. A story that we have written fits into one."""

_UNSEEN = f"\x00{BLANKS}"
"""What no answer could tell of."""

_ENDS = (
    re.compile(r"\n\s*"),
    re.compile(r"(?<=[。！？…”」])|(?<=[.!?][\"”’])\s+|(?<=[.!?])\s+"),
    re.compile(r"(?<=[，、；,;])|\s+"),
)
"""Where a text may be cut, the best place first."""


def passages(narrative: str, language: Language) -> list[str]:
    """The narrative in order, cut at the ends of paragraphs where there are any."""
    return [part for part in cut(narrative, _MOST[language]) if part.strip(_UNSEEN)]


def cut(text: str, most: int) -> list[str]:
    """`text` in pieces of much the same length, none of more than `most` characters."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > most:
        end = _end(rest, most)
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [piece for piece in [*pieces, rest] if piece]


def _end(text: str, most: int) -> int:
    """Where to cut: the end nearest to where equal pieces would have theirs."""
    wanted = len(text) // -(-len(text) // most)
    for ends in _ENDS:
        found = [m.end() for m in ends.finditer(text, wanted // 2, most)]
        if found:
            return min(found, key=lambda end: abs(end - wanted))
    return most
