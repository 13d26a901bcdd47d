"""How much room a text takes, by columns: a Chinese sign is as wide as two letters."""

from __future__ import annotations

import unicodedata

_SHORT, _LONG = 20, 60
_RUNNING = 44


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(map(columns_of, text))


def columns_of(sign: str) -> int:
    """How many columns one sign adds to the text before it."""
    if is_part(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def is_part(sign: str) -> bool:
    """Whether a sign belongs to the one before it: an accent, a joiner, the tone of an emoji."""
    return unicodedata.category(sign) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= sign <= "\U0001f3ff"


def length(text: str) -> str:
    """How large a headline can be set: it is `short`, `long` or `longest`."""
    wide = columns(text)
    return "short" if wide <= _SHORT else "long" if wide <= _LONG else "longest"


def shortened(text: str) -> str:
    """What of a text goes into a running head."""
    if columns(text) <= _RUNNING:
        return text
    kept = text[:_RUNNING]
    while columns(kept) >= _RUNNING:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
