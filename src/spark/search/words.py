"""Words of Chinese and English, as the index holds them and as a query asks for them.

A text is a row of units: words of letters and digits, and single signs, a Chinese character being
one of them. Signs that stand without spaces between them go into the index in overlapping pairs,
because a word of two characters is then one entry, and not the meeting of two frequent ones.
"""

from __future__ import annotations

import functools
import operator
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FIRST_JOINED = "\u2e80"
"""From here on every character is a unit of its own, as Chinese, Japanese and Korean are."""
LETTER = r"[^\W_\u2e80-\U0010ffff]"
_RUN = re.compile(rf"[\u2e80-\U0010ffff]+|{LETTER}+|\S")
_ASCII_SIGN = re.compile(r"[!-/:-@\[-`{-~\x00-\x08\x0e-\x1b\x7f]")
_PRIVATE = 0xE100
"""The index's tokenizer splits at ASCII signs, so in the index they go by a private character."""
_NOT_ASKED = re.compile("[\ue000-\ue1ff\ud800-\udfff]")
"""Private characters mean something in the index, and halves of characters nothing at all."""
_END_OF_PART = " \ue000 "
_TERM = re.compile(r'"([^"]+)"|“([^”]+)”|「([^」]+)」|(\S+)')

# Most of what is not normal in Chinese text; with these out of the way the rest is fast.
_WIDE = {sign: unicodedata.normalize("NFKC", sign) for sign in "，！？：；（）～…"}
_FREQUENT = {sign: chr(_PRIVATE + ord(sign)) for sign in ",.!?:;'\"-()"}

_IRREGULAR = (
    "men man, women woman, children child, people person, feet foot, teeth tooth, mice mouse, "
    "geese goose, wolves wolf, knives knife, wives wife, lives life, leaves leaf, halves half, "
    "shelves shelf, selves self, thieves thief, calves calf, loaves loaf, elves elf, "
    "quizzes quiz, lens lens, lenses lens, news news, mars mars, always always"
)
PLURALS: dict[str, str] = dict(pair.split() for pair in _IRREGULAR.split(", "))
"""Plurals that no rule makes, and words that only look like some."""
_HISSING = re.compile(r"(.{2,}(?:[sxzo]|ch|sh))es?")


def fold(text: str) -> str:
    """`text` as it is compared: width and case make no difference."""
    for wide, narrow in _WIDE.items():
        text = text.replace(wide, narrow)
    return unicodedata.normalize("NFKC", text).casefold()


def singular(word: str) -> str:
    """What an English word and its plural have in common; it need not be a word itself.

    An `e` that a plural may have brought is dropped from singulars as well: horse, horses → hors.
    """
    word = PLURALS.get(word, word)
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    if len(word) > 4 and word.endswith(("ies", "ie")):
        return f"{word.removesuffix('s')[:-2]}y"
    if hissing := _HISSING.fullmatch(word):
        return hissing[1]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def terms_of(query: str) -> list[list[str]]:
    """The words of a query, each as its units; what stands in quotes is one word."""
    found = ("".join(groups) for groups in _TERM.findall(_NOT_ASKED.sub(" ", query)))
    return [term for text in found if (term := _units(text))]


def index_entries(parts: Iterable[str]) -> str:
    """What goes into the index of some texts."""
    text = _without_ascii_signs(fold(_END_OF_PART.join(parts)))
    return " ".join(map(_entries_of, _RUN.findall(text)))


@functools.lru_cache(32768)
def _entries_of(run: str) -> str:
    """The entries of a word, or of signs that stand together."""
    if run < FIRST_JOINED:
        return singular(run)
    return " ".join([*map(operator.add, run, run[1:]), run[-1]])


class Phrase(NamedTuple):
    """Entries of the index that follow each other where a word of a query stands."""

    entries: list[str]
    is_open: bool
    """Whether the last of them need only be how an entry begins."""


def phrase(term: Sequence[str]) -> Phrase:
    """What finds one word of a query, which is a row of its units."""
    found = [_without_ascii_signs(unit) for unit in term]
    entries = [
        unit + after if unit >= FIRST_JOINED and after >= FIRST_JOINED else unit
        for unit, after in zip(found, [*found[1:], ""], strict=True)
    ]
    if found[-1] < FIRST_JOINED:
        return Phrase(entries, is_open=False)
    if len(found) > 1 and found[-2] >= FIRST_JOINED:
        return Phrase(entries[:-1], is_open=False)  # the pair before holds the last unit already
    return Phrase(entries, is_open=True)  # whatever the unit is paired with


def row_of(parts: Iterable[str]) -> str:
    """The units of some texts, one after the other, words apart and signs together."""
    text = _without_ascii_signs(fold(_END_OF_PART.join(parts)))
    runs = _RUN.findall(text)
    return "".join(f" {run if run >= FIRST_JOINED else singular(run)} " for run in runs)


def row_within(term: Sequence[str]) -> str:
    """What stands in `row_of` a text that holds one word of a query, and in no other."""
    found = [_without_ascii_signs(unit) for unit in term]
    row = ""
    for unit in found:
        goes_on = unit >= FIRST_JOINED and row[-2:-1] >= FIRST_JOINED
        row = f"{row[:-1]}{unit} " if goes_on else f"{row} {unit} "
    start = 1 if found[0] >= FIRST_JOINED else 0
    end = -1 if found[-1] >= FIRST_JOINED else None
    return row[start:end]


def _units(text: str) -> list[str]:
    units: list[str] = []
    for run in _RUN.findall(fold(text)):
        units.extend(run) if run >= FIRST_JOINED else units.append(singular(run))
    return units


def _without_ascii_signs(text: str) -> str:
    for sign, private in _FREQUENT.items():
        text = text.replace(sign, private)
    return _ASCII_SIGN.sub(lambda sign: chr(_PRIVATE + ord(sign[0])), text)
