"""Words and parts of speech as the jieba tagger sees them: evidence beside our own grammar."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import jieba  # type: ignore[import-untyped]
from jieba import posseg

jieba.setLogLevel(logging.WARNING)
_LOADING = threading.Lock()


@dataclass(frozen=True)
class Tagged:
    """One word of a text, where it starts, and its part of speech in the tagger's letters."""

    text: str
    flag: str
    start: int

    @property
    def end(self) -> int:
        """Where the next word starts."""
        return self.start + len(self.text)

    @property
    def is_noun(self) -> bool:
        """Whether it names a thing, a place or a person."""
        return self.flag.startswith("n")

    @property
    def is_verb(self) -> bool:
        """Whether it says what is done, and is no noun made of a verb."""
        return self.flag.startswith("v") and self.flag != "vn"


class _Dictionary(jieba.Tokenizer):  # type: ignore[misc]
    """The packaged dictionary, read as it is: no cache file in a folder others may write to."""

    initialized: bool

    def initialize(self, dictionary: str | None = None) -> None:
        with self.lock:
            if not self.initialized:
                self.FREQ, self.total = self.gen_pfdict(self.get_dict_file())
                self.initialized = True


@cache
def _loaded() -> Any:
    dictionary = _Dictionary()
    dictionary.initialize()
    return posseg.POSTokenizer(dictionary)


def _tagger() -> Any:
    with _LOADING:
        return _loaded()


def tagged(text: str, names: frozenset[str] = frozenset()) -> tuple[Tagged, ...]:
    """The words of `text`; each of `names` in it is one word, somebody's name."""
    return _tagged(text, frozenset(name for name in names if len(name) > 1 and name in text))


@lru_cache(maxsize=2048)
def _tagged(text: str, names: frozenset[str]) -> tuple[Tagged, ...]:
    found: list[Tagged] = []
    at = 0
    for start, end in _places(text, names):
        found += _plain(text[at:start], at)
        found.append(Tagged(text[start:end], "nr", start))
        at = end
    return (*found, *_plain(text[at:], at))


def _places(text: str, names: frozenset[str]) -> list[tuple[int, int]]:
    """Where the names stand, the longest first and none within another."""
    found: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(start < end and at < stop for start, stop in found):
                found.append((at, end))
            at = text.find(name, end)
    return sorted(found)


def _plain(text: str, offset: int) -> list[Tagged]:
    found: list[Tagged] = []
    for word, flag in _tagger().cut(text) if text else ():
        found.append(Tagged(word, flag, offset))
        offset += len(word)
    return found


def is_listed(word: str) -> bool:
    """Whether the dictionary holds `word`, and not only as somebody's name."""
    tagger = _tagger()
    return bool(tagger.tokenizer.FREQ.get(word)) and not tagger.word_tag_tab[word].startswith("nr")


def part_of_speech(word: str) -> str:
    """The part of speech the dictionary gives `word`; empty for one it does not hold."""
    tagger = _tagger()
    return str(tagger.word_tag_tab[word]) if tagger.tokenizer.FREQ.get(word) else ""
