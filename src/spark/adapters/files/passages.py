"""The passage of a text that shows what was searched for."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .words import LETTER, PLURALS, fold, singular

_BETWEEN = "\x1e"
_BEFORE, _AFTER, _LONGEST = 24, 72, 220
_NEAR = 400
_CLUSTER = re.compile(r"[\s\S][\u0300-\u036f\u1160-\u11ff\u3099\u309a\ufe0f]*")


class Passages:
    """Shows the words of one query in texts."""

    def __init__(self, terms: Sequence[Sequence[str]]) -> None:
        """`terms` are the query's words, each as its units."""
        self._words = [_Word.of(term) for term in terms]
        longest_first = sorted(self._words, key=lambda word: -len(word.pattern.pattern))
        self._any = re.compile("|".join(word.pattern.pattern for word in longest_first))

    def best(self, texts: Sequence[str]) -> str:
        """The passage around the first hit, as HTML with every hit inside `<mark>`.

        It is taken from the text that holds most of the words, the earliest of those; where none
        does, from the first.
        """
        folded = fold(_BETWEEN.join(texts)).split(_BETWEEN)
        if len(folded) != len(texts):  # one of them holds the sign itself
            folded = [fold(text) for text in texts]
        best, most = 0, 0
        for position, text in enumerate(folded):
            held = sum(word.is_in(text) for word in self._words)
            if held > most:
                best, most = position, held
            if held == len(self._words):
                break
        return self._passage(texts[best], folded[best])

    def _passage(self, text: str, folded: str) -> str:
        around = slice(0, len(text))
        if len(folded) == len(text) and (hit := self._any.search(folded)):
            around = slice(max(hit.start() - _NEAR, 0), hit.end() + _NEAR)
        near = " ".join(text[around].split())
        shown = self._marked(near)
        before = "…" if around.start and not shown.startswith("…") else ""
        after = "…" if around.stop < len(text) and not shown.endswith("…") else ""
        return f"{before}{shown}{after}"

    def _marked(self, text: str) -> str:
        folded, origins = _with_origins(text)
        hits = [
            (origins[hit.start()], _end(origins, hit.end(), len(text)))
            for hit in self._any.finditer(folded)
        ]
        first = hits[0] if hits else (0, 0)
        start = max(first[0] - _BEFORE, 0)
        end = min(max(first[1], start + _BEFORE) + _AFTER, start + _LONGEST, len(text))
        shown, at = ["…" if start else ""], start
        for begin, stop in hits:
            if at <= begin < end:
                at, before = min(stop, end), text[at:begin]
                shown += [html.escape(before), f"<mark>{html.escape(text[begin:at])}</mark>"]
        shown += [html.escape(text[at:end]), "…" if end < len(text) else ""]
        return "".join(shown)


def _end(origins: Sequence[int], end: int, length: int) -> int:
    """Where a hit ends that ends before `end` in the folded text, with its last cluster whole."""
    following = origins[end] if end < len(origins) else length
    return max(following, origins[end - 1] + 1)


@dataclass(frozen=True)
class _Word:
    """A word of a query, found in a folded text: its units with nothing or blanks between them."""

    pattern: re.Pattern[str]
    beginnings: tuple[str, ...]
    """One of these is in every text that holds the word: looking for them is fast."""

    @classmethod
    def of(cls, term: Sequence[str]) -> _Word:
        pattern = r"\s*".join(_unit_pattern(unit) for unit in term)
        return cls(re.compile(pattern), tuple(_forms(term[0])))

    def is_in(self, folded: str) -> bool:
        """Whether `folded` holds the word."""
        return any(form in folded for form in self.beginnings) and bool(self.pattern.search(folded))


def _unit_pattern(unit: str) -> str:
    if not re.fullmatch(f"{LETTER}+", unit):
        return re.escape(unit)
    forms = "|".join(re.escape(form) for form in sorted(_forms(unit), key=len, reverse=True))
    return f"(?<!{LETTER})(?:{forms})(?!{LETTER})"


def _forms(unit: str) -> set[str]:
    """The words that have `unit` for their singular."""
    candidates = {unit + ending for ending in ("s", "e", "es")} | PLURALS.keys()
    candidates |= {unit[:-1] + ending for ending in ("ie", "ies")}
    return {unit} | {word for word in candidates if singular(word) == unit}


def _with_origins(text: str) -> tuple[str, Sequence[int]]:
    """`text` folded, and for each of its characters where it stood before."""
    folded = fold(text)
    if len(folded) == len(text) == len(unicodedata.normalize("NFC", text)):
        return folded, range(len(text))
    pieces: list[str] = []
    origins: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        piece = fold(cluster[0])
        pieces.append(piece)
        origins += [cluster.start()] * len(piece)
    return "".join(pieces), origins
