"""The wording of offline stories: the vocabulary, stable choices from it, and filled phrases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any

from ....defaults import DEFAULTS
from ....language import language_of
from ....models import Language, UserIdea
from ..vocabulary import read

_SLOT = re.compile(r"\{(\w+)(?:\?([^|}]*)\|([^}]*))?\}")
_SENTENCE_END = re.compile(r"[.?!] $")
_WORD_END = re.compile(r"[\s\W]")


def vocabulary(language: Language) -> dict[str, Any]:
    """All the phrases of one language."""
    return read(f"story_{language}")


def language_of_idea(idea: UserIdea) -> Language:
    """The language a story about `idea` is told in."""
    return language_of(" ".join([idea.theme, *idea.basic_characters, *idea.plot_points]))


def said_in(idea: UserIdea) -> str:
    """What an idea speaks of, case folded, for spotting words: the beginnings of its entries."""
    points = [point[:120] for point in idea.plot_points[:40]]
    return " | ".join(
        [idea.theme, *points, *(name[:60] for name in idea.basic_characters)]
    ).casefold()


def told(idea: UserIdea, field_name: str, language: Language) -> str:
    """An optional text of the idea, or what it is where nobody said."""
    return str(getattr(idea, field_name) or DEFAULTS[language][field_name])


@dataclass(frozen=True)
class Choice:
    """Choices that look random, yet are always the same for the same seed."""

    seed: str

    @classmethod
    def for_idea(cls, idea: UserIdea, *more: str) -> Choice:
        """The choices for one idea: the same idea always gets the same ones."""
        text = "\x1f".join([idea.model_dump_json(), *more])
        return cls(blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest())

    def number(self, *key: object) -> int:
        """A large whole number that depends on the seed and on `key` alone."""
        text = "\x1f".join([self.seed, *map(str, key)])
        return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())

    def pick(self, key: object, options: Sequence[str]) -> str:
        """One of `options`."""
        return options[self.number(key) % len(options)]

    def fresh(self, key: object, options: Sequence[str], used: Collection[str]) -> str:
        """One of `options` that is not among `used`, as long as there is any."""
        left = [option for option in options if option not in used]
        return self.pick(key, left or options)

    def shuffled(self, key: object, options: Iterable[str]) -> list[str]:
        """All of `options`, in an order of their own."""
        return sorted(options, key=lambda option: self.number(key, option))


@dataclass(frozen=True)
class Slots:
    """What stands in the slots of a phrase, and which of them are many."""

    words: Mapping[str, str]
    many: frozenset[str] = field(default_factory=frozenset)

    def fill(self, phrase: str) -> str:
        """`phrase` with its slots filled; what is put in is never itself read as a phrase."""

        def put(match: re.Match[str]) -> str:
            name, one, many = match.groups()
            if one is not None:
                return str(many if name in self.many else one)
            word = self.words[name]
            if word.endswith(",") and phrase[match.end() : match.end() + 1] in ",.;:":
                return word[:-1]
            opens = _SENTENCE_END.search(phrase, 0, match.start())
            return sentence(word) if opens else word

        return _SLOT.sub(put, phrase)

    def with_words(self, **words: str) -> Slots:
        """The same slots with some words put in or exchanged."""
        return Slots({**self.words, **words}, self.many)


def holds(text: str, word: str) -> bool:
    """Whether `word` occurs in the case-folded `text`: short Latin words only as whole words."""
    if word not in text:
        return False
    return not word.isascii() or _as_word(word).search(text) is not None


@cache
def _as_word(word: str) -> re.Pattern[str]:
    end = r"(?:s|es)?(?![a-z0-9])" if len(word) <= 4 else ""
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}{end}")


def matching(section: Mapping[str, Any], text: str) -> str | None:
    """The entry of `section` whose words stand first and longest in `text`, if any does."""
    folded = text.casefold()
    found = [
        (len(word), key)
        for key, entry in section.items()
        for word in entry["words"]
        if holds(folded, word)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def sentence(text: str) -> str:
    """`text` with its first letter a capital one."""
    start = next((i for i, letter in enumerate(text) if letter not in " “\"'"), 0)
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def shorten(text: str, limit: int) -> str:
    """`text` cut at the last break between words or clauses before `limit`."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    breaks = [match.start() for match in _WORD_END.finditer(head)]
    return head[: breaks[-1]] if breaks and breaks[-1] > limit // 2 else head


def agreeing(phrases: Sequence[str], theme: str) -> Sequence[str]:
    """The phrases that fit a theme of several things, where it is one: dreams, not dreams is."""
    if not theme.isascii() or not (re.search(r"[^sui]s$", theme) or " and " in theme):
        return phrases
    return [one for one in phrases if not re.search(r"\{t\} (?:is|was|has)\b", one)] or phrases


def listed(names: Sequence[str], language: Language) -> str:
    """Several names as a spoken list."""
    if language == "zh":
        return names[0] if len(names) == 1 else "、".join(names[:-1]) + "和" + names[-1]
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def subject_of(theme: str, language: Language) -> str:
    """The theme as a phrase one can talk about, or nothing where it is too long for that."""
    lexicon, text = vocabulary(language)["lexicon"], theme.strip(" 。.!！?？,，、;；:：“”\"'")
    for lead in sorted(lexicon["theme_lead"], key=len, reverse=True):
        if text.casefold().startswith(lead) and len(text) > len(lead) + 1:
            text = text[len(lead) :].strip()
            break
    for tail in lexicon["theme_tail"]:
        if text.casefold().endswith(tail) and len(text) > len(tail) + 1:
            text = text[: -len(tail)].strip()
            break
    fits = len(text) <= 14 if language == "zh" else len(text.split()) <= 6 and len(text) <= 60
    return text if fits and text and not re.search(r"[。.!！?？,，;；\n{}]", text) else ""


def is_abstract(subject: str, language: Language) -> bool:
    """Whether a theme is an idea one can define, like 友谊 or courage, and not a tale."""
    ideas = vocabulary(language)["lexicon"]["abstract"]
    if language == "zh":
        return len(subject) <= 6 and subject.endswith(tuple(ideas))
    words = subject.casefold().split()
    if not 0 < len(words) <= 4 or words[0] in ("a", "an", "the", "his", "her", "their", "my"):
        return False
    return words[0] in ideas or words[-1] in ideas or words[-1].endswith(("ness", "ship", "ity"))
