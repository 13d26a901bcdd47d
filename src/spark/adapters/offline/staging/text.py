"""The prose as it is given, taken apart: paragraphs, sentences, pieces short enough to keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_RULE = re.compile(r"[\s*＊\-—–_=~～#·•.。…]+")
_VISIBLE = re.compile(r"[^\s\x85\ufeff]")
_WHOLE = re.compile(r"[\w\U0001f000-\U0001faff]")

Cut = Callable[[str], list[str]]
"""Takes prose apart into its sentences; together they are all of it but for the spaces between."""


def paragraphs(narrative: str) -> list[str]:
    """The lines that hold something, without what no one can see."""
    text = _LINE_ENDS.sub("\n", _UNSEEN.sub("", narrative))
    return [line.strip() for line in text.split("\n") if _VISIBLE.search(line)]


def is_rule(paragraph: str) -> bool:
    """Whether a paragraph is but a line between two parts of the story."""
    return bool(_RULE.fullmatch(paragraph))


def says_something(text: str) -> bool:
    """Whether there is more in a text than punctuation."""
    return bool(_WHOLE.search(text))


def within(text: str, most: int, cut: Cut) -> Iterator[str]:
    """`text` in pieces of at most `most` characters, parted at sentence ends if it can be."""
    held = ""
    for sentence in [text] if len(text) <= most else cut(text):
        if held and len(held) + 1 + len(sentence) > most:
            yield held
            held = ""
        held = f"{held} {sentence}" if held and held[-1].isascii() else held + sentence
        while len(held) > most:
            at = _gap(held, most)
            if piece := held[:at].strip():
                yield piece
            held = held[at:].strip()
    if _VISIBLE.search(held):
        yield held


def _gap(text: str, most: int) -> int:
    """Where to part a text that has no sentence end: after a comma or a space, or anywhere."""
    found = max(text.rfind(sign, most // 2, most) for sign in "，,；;、 ")
    return found + 1 if found > 0 else most
