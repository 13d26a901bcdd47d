"""Finding words that say how someone looks, in Chinese and English text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_CLAUSE = re.compile(r"[,，。.;；!！?？\n、]|\band\b|\bbut\b|但是|但|并且|而且|同时|以及|和")
_REFUSED_BEFORE = re.compile(
    r"(?:\b(?:no|not|without|remove|removes|lose|drop|take off|get rid of|isn't|aren't|don't"
    r"|doesn't|stop|never|wearing no|with no|less)\b[\w\s']{0,14}"
    r"|(?:去掉|不要|不戴|没有|摘掉|摘下|拿掉|拿走|删掉|去除|取消|无需|脱掉|脱下|不穿|不带|别|不用|不|没|扔掉)"
    r"[^，。]{0,4})$"
)
_REFUSED_AFTER = re.compile(
    r"^[^，。]{0,2}(?:去掉|摘掉|摘了|拿掉|删掉|不要|去除|脱掉|拿走|取消)"
    r"|^\s*(?:off\b|away\b|removed\b|gone\b)"
)
_LONGEST = 200
"""How much of one clause is read; what is longer is no clause."""


@dataclass(frozen=True)
class Find:
    """A word found: what it stands for and where."""

    value: str
    start: int
    end: int
    refused: bool = False
    """Whether the text says that it is *not* so."""


@cache
def _vocabulary() -> dict[str, Any]:
    offline = files(__package__.rpartition(".")[0])
    return tomllib.loads(offline.joinpath("vocabulary", "looks.toml").read_text("utf-8"))


def role(name: str) -> dict[str, str]:
    """What someone of this role wears and carries."""
    entry = _vocabulary()["role"].get(name, {})
    return {key: value for key, value in entry.items() if key != "words"}


def _words(table: str) -> dict[str, list[str]]:
    entries: dict[str, Any] = _vocabulary()[table]
    if table == "role":
        return {key: value["words"] for key, value in entries.items()}
    return entries


def _written(word: str) -> str:
    if word.isascii():
        plural = "" if word[-1] in "sx" else "(?:s|es)?"
        return rf"(?<![a-z]){re.escape(word)}{plural}(?![a-z])"
    return re.escape(word)


@cache
def _pattern(table: str) -> tuple[re.Pattern[str], dict[str, str]]:
    meaning = {word: value for value, words in _words(table).items() for word in words}
    longest_first = sorted(meaning, key=len, reverse=True)
    return re.compile("|".join(_written(word) for word in longest_first)), meaning


def _meaning(word: str, meaning: dict[str, str]) -> str:
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in meaning:
            return meaning[form]
    return ""


def finds(table: str, text: str) -> list[Find]:
    """Every word of a table in the text, in order."""
    pattern, meaning = _pattern(table)
    found = []
    for match in pattern.finditer(text):
        before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :][:12]
        refused = bool(_REFUSED_BEFORE.search(before) or _REFUSED_AFTER.search(after))
        value = _meaning(match.group(), meaning)
        found.append(Find(value, match.start(), match.end(), refused))
    return found


def first(table: str, text: str) -> str:
    """What the first word of a table in the text stands for, or nothing."""
    return next((find.value for find in finds(table, text) if not find.refused), "")


def clauses(text: str) -> list[str]:
    """The text, case folded, cut where one statement ends and the next begins."""
    parts = _CLAUSE.split(text.casefold())
    return [part.strip()[:_LONGEST] for part in parts if part and part.strip()]


def coloured(clause: str) -> list[tuple[str, str]]:
    """The colours of a clause, each with what it colours (empty where the clause does not say)."""
    targets = finds("target", clause)
    pairs = []
    for colour in finds("colour", clause):
        nearest = min(targets, key=lambda find: _distance(colour, find), default=None)
        far = nearest is None or _distance(colour, nearest) > 24
        pairs.append(("" if far or nearest is None else nearest.value, colour.value))
    return pairs


def _distance(find: Find, target: Find) -> int:
    """How far a word stands from the noun it may belong to; it mostly stands before it."""
    if target.start >= find.end:
        return target.start - find.end
    if target.end <= find.start:
        return find.start - target.end + 3
    return 0


def nearest_target(clause: str, find: Find) -> str:
    """What a word such as "darker" is about."""
    targets = finds("target", clause)
    if not targets:
        return ""
    return min(targets, key=lambda target: _distance(find, target)).value


def without_colours(text: str) -> str:
    """The text with its colour words taken out, so that "long blond hair" reads "long hair"."""
    pattern, _ = _pattern("colour")
    return re.sub(r"\s+", " ", pattern.sub("", text))
