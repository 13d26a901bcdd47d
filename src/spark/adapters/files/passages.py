"""The passage of a text that shows what was searched for."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from .words import LETTER, PLURALS, fold, singular

_BEFORE, _AFTER, _LONGEST = 24, 72, 220
_CLUSTER = re.compile(r"[\s\S][\u0300-\u036f\u1160-\u11ff\u3099\u309a\ufe0f]*")


class Passages:
    """Shows the words of one query in texts."""

    def __init__(self, terms: Sequence[Sequence[str]]) -> None:
        """`terms` are the query's words, each as its units."""
        self._patterns = [re.compile(_pattern(term)) for term in terms]
        longest_first = sorted(terms, key=lambda term: -len("".join(term)))
        self._any = re.compile("|".join(_pattern(term) for term in longest_first) or r"(?!)")

    def best(self, texts: Sequence[str]) -> str:
        """The passage around the first hit, as HTML with every hit inside `<mark>`.

        It is taken from the text that holds most of the words, the earliest of those. Where none
        is found it is the beginning of the first text.
        """
        folded = [(text, fold(text)) for text in texts if text.strip()]
        if not folded:
            return ""
        text, _ = max(folded, key=lambda pair: self._held(pair[1]))
        return self._passage(" ".join(text.split()))

    def _held(self, folded: str) -> int:
        return sum(pattern.search(folded) is not None for pattern in self._patterns)

    def _passage(self, text: str) -> str:
        folded, origins = _with_origins(text)
        ends = [*origins[1:], len(text)]
        hits = [
            (origins[hit.start()], max(ends[hit.end() - 1], origins[hit.end() - 1] + 1))
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


def _pattern(term: Sequence[str]) -> str:
    """What finds `term` in a folded text: its units with nothing or blanks between them."""
    return r"\s*".join(_unit_pattern(unit) for unit in term)


def _unit_pattern(unit: str) -> str:
    if not re.fullmatch(f"{LETTER}+", unit):
        return re.escape(unit)
    forms = "|".join(re.escape(form) for form in sorted(_forms(unit), key=len, reverse=True))
    return f"(?<!{LETTER})(?:{forms})(?!{LETTER})"


def _forms(unit: str) -> set[str]:
    """The words that have `unit` for their singular."""
    endings = ("", "s", "e", "es")
    candidates = {unit + ending for ending in endings}
    candidates |= {unit[:-1] + ending for ending in ("ie", "ies")}
    return {unit} | {word for word in candidates if singular(word) == unit} | _irregular(unit)


def _irregular(unit: str) -> set[str]:
    return {plural for plural in PLURALS if singular(plural) == unit}


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
