"""Finding listed phrases in a run of tokens."""

from __future__ import annotations

import re

from .words import Token

_PIECE = re.compile(r"[a-z0-9&/]+(?:'[a-z]+)?")


class Phrasebook:
    """Finds the listed phrases in a run of tokens, the longest first, hyphens or not."""

    def __init__(self, phrases: dict[str, str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, meaning in phrases.items():
            pieces = tuple(_PIECE.findall(phrase.lower()))
            self._by_first.setdefault(pieces[0], []).append((pieces, meaning))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, tokens: list[Token]) -> list[tuple[int, int, str]]:
        """Every phrase found as (first token, token after the last, meaning), none overlapping."""
        pieces = [
            (piece, index)
            for index, token in enumerate(tokens)
            for piece in _PIECE.findall(token.lower)
        ]
        found, place = [], 0
        while place < len(pieces):
            size, meaning = self._at(pieces, place)
            if size:
                first, last = pieces[place][1], pieces[place + size - 1][1]
                found.append((first, last + 1, meaning))
            place += size or 1
        return found

    def _at(self, pieces: list[tuple[str, int]], place: int) -> tuple[int, str]:
        for words, meaning in self._by_first.get(pieces[place][0], ()):
            run = pieces[place : place + len(words)]
            if len(run) == len(words) and all(
                piece == word for (piece, _), word in zip(run, words, strict=True)
            ):
                return len(words), meaning
        return 0, ""
