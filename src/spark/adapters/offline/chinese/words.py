"""Chinese words: what a clause is made of, and what each word may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .text import NUMERAL, letters, words

PEOPLE = frozenset({"role", "person", "kin", "animal", "being"})
"""The tags of words that are somebody."""


@dataclass(frozen=True)
class Word:
    """One word of a clause: where it starts, and what it may be."""

    text: str
    start: int
    tags: frozenset[str]

    @property
    def end(self) -> int:
        """Where the next word starts."""
        return self.start + len(self.text)

    def is_a(self, *tags: str) -> bool:
        """Whether the word may be one of `tags`."""
        return any(tag in self.tags for tag in tags)

    @property
    def is_somebody(self) -> bool:
        """Whether the word stands for a person, an animal or a being."""
        return not PEOPLE.isdisjoint(self.tags)


_SOURCES = {
    "role": ("people", "roles"),
    "person": ("people", "persons"),
    "kin": ("people", "kin"),
    "animal": ("people", "animals"),
    "being": ("people", "beings"),
    "crowd": ("people", "crowds"),
    "modifier": ("people", "modifiers"),
    "verb": ("words", "verbs"),
    "function": ("words", "function"),
    "noun": ("words", "nouns"),
    "weak": ("people", "weak"),
}


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    known: dict[str, set[str]] = {}
    for tag, (section, name) in _SOURCES.items():
        for word in words(section, name):
            known.setdefault(word, set()).add(tag)
    for letter in letters("words", "short_verbs"):
        known.setdefault(letter, set()).add("short")
    return {word: frozenset(tags) for word, tags in known.items()}


@cache
def _reach() -> dict[str, int]:
    """How long the longest word is that begins with a letter."""
    found: dict[str, int] = {}
    for word in _lexicon():
        found[word[0]] = max(found.get(word[0], 1), len(word))
    return found


_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'.\-]*(?: [A-Z][a-z]+)*|\d+(?:\.\d+)?")
_UNKNOWN: frozenset[str] = frozenset({"unknown"})


def cut(text: str, names: frozenset[str] = frozenset()) -> list[Word]:
    """The words of `text`, by the fewest words that cover it; `names` are words of their own."""
    return list(_cut(text, frozenset(name for name in names if name and name in text)))


@lru_cache(maxsize=4096)
def _cut(text: str, names: frozenset[str]) -> tuple[Word, ...]:
    lexicon, reach = _lexicon(), _reach()
    longest = {name[0]: max(len(n) for n in names if n[0] == name[0]) for name in names}
    latin = {found.start(): found.end() for found in _LATIN.finditer(text)}
    cost = [0.0] + [float("inf")] * len(text)
    back = [0] * (len(text) + 1)
    for start in range(len(text)):
        ahead = max(reach.get(text[start], 1), longest.get(text[start], 1))
        for end in range(start + 1, min(len(text), start + ahead) + 1):
            weight = _weight(text[start:end], lexicon, names)
            if weight and cost[start] + weight <= cost[end]:
                cost[end], back[end] = cost[start] + weight, start
        if start in latin and cost[start] + 1 < cost[latin[start]]:
            cost[latin[start]], back[latin[start]] = cost[start] + 1, start
    return tuple(_with_trades(_walk_back(text, back, names)))


def _weight(piece: str, lexicon: dict[str, frozenset[str]], names: frozenset[str]) -> float:
    if piece in names:
        return 0.9
    if piece in lexicon:
        # A verb of a clause is believed a little more than a noun it overlaps with.
        return 1.0 if len(piece) > 1 else 1.05
    return 1.3 if len(piece) == 1 else 0.0


def _walk_back(text: str, back: list[int], names: frozenset[str]) -> list[Word]:
    found, end = [], len(text)
    while end > 0:
        start = back[end]
        piece = text[start:end]
        tags = _lexicon().get(piece, _UNKNOWN)
        if piece in names:
            tags = frozenset({"name"}) | (tags & {"animal", "being"})
        elif tags is _UNKNOWN and (piece[0].isascii() and piece[0].isalnum()):
            tags = frozenset({"number" if piece[0].isdigit() else "latin"})
        found.append(Word(piece, start, tags))
        end = start
    return found[::-1]


def _with_trades(found: list[Word]) -> list[Word]:
    """Words no list holds made whole by how they end: 修船匠, 收信人, 标本师."""
    made: list[Word] = []
    for word in found:
        before = _trade_before(made, word)
        if before:
            whole = "".join(part.text for part in before) + word.text
            del made[-len(before) :]
            made.append(Word(whole, before[0].start, frozenset({"role", "made"})))
        else:
            made.append(word)
    return made


def _trade_before(made: list[Word], ending: Word) -> list[Word]:
    """The words that make a trade together with its ending, or none."""
    if len(ending.text) != 1:
        return []
    strong = ending.text in letters("people", "suffixes_strong") and ending.is_a("unknown")
    trade = ending.text in letters("people", "suffixes_trade") or ending.text == "人"
    if not strong and not trade:
        return []
    taken: list[Word] = []
    for word in reversed(made[-2:]):
        fits = word.is_a("unknown", "short") or (word.is_a("noun") and len(word.text) <= 2)
        if word.is_a("function", "name") or not fits or not word.text.isalpha():
            break
        if word.text.isascii() or word.text in "个位名只条头群些种家每碗" + NUMERAL:
            break
        taken.insert(0, word)
    if strong:
        return taken
    # 人 and its like make a trade only of a doing and its object: 收信人, not 找到人 or 三个人.
    whole = len(taken) == 2 and taken[0].is_a("short", "unknown") and len(taken[1].text) == 1
    return taken if whole and (ending.text != "人" or taken[0].is_a("short")) else []
