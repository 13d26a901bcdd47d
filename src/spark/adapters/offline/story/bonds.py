"""How the characters of a cast stand to one another: each bond has two ends that agree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from .people import Person
from .phrases import Choice, Slots, holds, vocabulary

_CLOSE = 2


@dataclass(frozen=True)
class Bond:
    """What the second is to the first, what the first is to the second, and how it is lived."""

    theirs: str
    ours: str
    detail: str


def bonds_of(people: Sequence[Person], choice: Choice) -> list[dict[str, str]]:
    """For each character, what every other one is to it."""
    sheets: list[dict[str, str]] = [{} for _ in people]
    ties = _Ties(people, choice)
    for one, two in combinations(range(len(people)), 2):
        bond = ties.between(one, two)
        sheets[one][people[two].name] = _told(bond.theirs, bond.detail, people[one])
        sheets[two][people[one].name] = _told(bond.ours, bond.detail, people[two])
    return sheets


def _told(what: str, detail: str, whose: Person) -> str:
    what = Slots(dict(whose.pronouns)).fill(what)
    if not detail:
        return what
    return f"{what}：{detail}。" if whose.language == "zh" else f"{what}: {detail}"


class _Ties:
    """Decides the bonds of one cast; a kind of bond comes again only when all have been used."""

    def __init__(self, people: Sequence[Person], choice: Choice) -> None:
        self.people, self.choice = people, choice
        self.words: dict[str, Any] = vocabulary(people[0].language)["bonds"]
        self.kin = [_kin_word(person, self.words["kin"]) for person in people]
        self.owners = [_owners(place, people) for place in range(len(people))]
        self.taken: set[int] = set()

    def between(self, one: int, two: int) -> Bond:
        """The bond of two characters, the first of whom comes earlier in the cast."""
        first, second, words = self.people[one], self.people[two], self.words
        if kin := self._kinship(one, two):
            key = ("kin", first.name, second.name)
            return Bond(*kin, self.choice.pick(key, words["kin_detail"]))
        if first.opponent != second.opponent:
            return Bond(*words["adversary"])
        if one == 0 and _serves(second):
            leader, hand, detail = words["assistant"]
            return Bond(hand, leader, detail)
        if one and two - one > _CLOSE:
            loose = self.choice.pick(("loose", first.name, second.name), words["loose"])
            return Bond(loose, loose, "")
        return self._chosen(first, second)

    def _chosen(self, first: Person, second: Person) -> Bond:
        pairs = self.words["pairs"]
        left = [place for place in range(len(pairs)) if place not in self.taken]
        left = left or [*range(len(pairs))]
        place = left[self.choice.number("pair", first.name, second.name) % len(left)]
        self.taken.add(place)
        return Bond(*pairs[place])

    def _kinship(self, one: int, two: int) -> tuple[str, str] | None:
        """(what the second is to the first, the first to the second) where kin was named."""
        for whose, other in ((two, one), (one, two)):
            word = self.kin[whose]
            if not word or other not in self.owners[whose]:
                continue
            back = self._inverse(word, other)
            return (word, back) if whose == two else (back, word)
        return None

    def _inverse(self, word: str, other: int) -> str:
        """What the other one is to whoever is called `word`: 女儿 → 父亲."""
        kin = self.words["kin"]
        said: str = self.kin[other]
        if said and (said in kin[word] or word in kin[said]):
            return said
        forms: list[str] = kin[word]
        return forms[{"m": 1, "f": 2, "it": 0}[self.people[other].gender]]


def _serves(person: Person) -> bool:
    return any(holds(person.known, word) for word in ("助手", "助理", "assistant", "sidekick"))


def _kin_word(person: Person, kin: Mapping[str, Any]) -> str:
    found = [word for word in kin if holds(person.known, word) and _is_own(person.known, word)]
    return max(found, key=len) if found else ""


def _is_own(known: str, word: str) -> bool:
    """Whether the word says what a character is, rather than whom it has or seeks."""
    has = r"寻找|失去|想念|有[一两三个]*|丢了|为了|救|见"
    if not word.isascii():
        return re.search(rf"(?:{has})[^，,。]{{0,4}}{re.escape(word)}", known) is None
    has = r"lost|has|have|misses|seeks|with|for|missing|of"
    return re.search(rf"\b(?:{has}) (?:\w+ ){{1,2}}{re.escape(word)}", known) is None


def _owners(place: int, people: Sequence[Person]) -> list[int]:
    """Whose kin a character is: of the ones named with it, else of the first other one."""
    others = [other for other in range(len(people)) if other != place]
    known = people[place].known
    named = [other for other in others if len(people[other].key) > 1 and people[other].key in known]
    return named or others[:1]
