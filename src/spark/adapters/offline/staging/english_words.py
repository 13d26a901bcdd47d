"""What every part of the staging of English needs to know of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from ..vocabulary import read

REACH = 240
WORD = r"[A-Za-z][\w’'-]*"
ADVERB = (
    r"(?:[a-z]+ly|again|aloud|back|too|then|now|first|once|twice|"
    r"almost|only|still|finally|simply|just|at last)"
)


def longest_first(items: Iterable[str]) -> str:
    """A pattern of words in which the longest one that fits is found."""
    found = sorted({item.replace("_", " ") for item in items}, key=len, reverse=True)
    return "|".join(map(re.escape, found))


@cache
def listed(section: str, name: str) -> frozenset[str]:
    """One list of the vocabulary."""
    words = read("staging_en")[section][name].split()
    return frozenset(word.replace("_", " ") for word in words)


class EnglishWords:
    """The vocabulary."""

    @cached_property
    def _words(self) -> dict[str, Any]:
        return read("staging_en")

    def _list(self, section: str, name: str) -> frozenset[str]:
        return listed(section, name)
