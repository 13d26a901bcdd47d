"""The passage of a text that shows what was searched for."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from .words import LETTER, PLURALS, fold, singular

BETWEEN = "\x1e"
"""Stands between texts; none of them may hold it."""
_BEFORE, _AFTER, _LONGEST = 24, 72, 220
_NEAR = 160
_REST_OF_WORD, _BEGINNING_OF_WORD = re.compile(f"^{LETTER}+"), re.compile(f"{LETTER}+$")
_CLUSTER = re.compile(r"[\s\S][\u0300-\u036f\u1160-\u11ff\u3099\u309a\ufe0f]*")


class Passages:
    """Shows the words of one query in texts."""

    def __init__(self, terms: Sequence[Sequence[str]]) -> None:
        """`terms` are the query's words, each as its units."""
        words = [r"\s*".join(_unit_pattern(unit) for unit in term) for term in terms]
        self._words = [re.compile(word) for word in words]
        self._any = re.compile("|".join(sorted(words, key=len, reverse=True)))

    def best(self, texts: str) -> str:
        """The passage around the first hit, as HTML with every hit inside `<mark>`.

        It is taken from the one of `texts`, which `BETWEEN` stands between, that holds most of
        the words, the earliest of those; where none does, from the first.
        """
        best, held = self._fullest(texts)  # as it is written is most often as it is asked for
        if held < len(self._words):
            best, held = self._fullest(fold(texts))
        return self._passage(texts.split(BETWEEN, best + 1)[best])

    def _fullest(self, texts: str) -> tuple[int, int]:
        """The number of the text that holds most of the words, and of how many."""
        best, most = 0, 0
        for number, text in enumerate(texts.split(BETWEEN)):
            held = sum(word.search(text) is not None for word in self._words)
            if held > most:
                best, most = number, held
            if held == len(self._words):
                break
        return best, most

    def _passage(self, text: str) -> str:
        hit = self._any.search(text)
        if not hit and len(folded := fold(text)) == len(text):
            hit = self._any.search(folded)
        around = slice(0, len(text))
        if hit:
            around = slice(max(hit.start() - _NEAR, 0), hit.end() + _NEAR)
        near = text[around]
        if around.start:  # what is left of a word is no word
            near = _REST_OF_WORD.sub("", near)
        if around.stop < len(text):
            near = _BEGINNING_OF_WORD.sub("", near)
        near = " ".join(near.split())
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


def _unit_pattern(unit: str) -> str:
    """What finds a unit in a folded text.

    That a word does not begin within another is asked after it, so that the search for the word
    can jump to its letters.
    """
    if not re.fullmatch(f"{LETTER}+", unit):
        return re.escape(unit)
    forms = sorted(map(re.escape, _forms(unit)), key=len, reverse=True)
    whole = "|".join(f"{form}(?<!{LETTER}{form})(?!{LETTER})" for form in forms)
    return f"(?:{whole})"


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
