"""The English vocabulary as packaged data: words, verb forms, kinds of beings, phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ..vocabulary import read

_AGENT = re.compile(
    r"(?:[a-z]{3,}(?:er|or|ist|eer)|[a-z]{2,}(?:man|woman|maid|girl|smith|wright|herd|"
    r"(?<!n)ess)|[a-z]{3,}ian)$"
)


@dataclass(frozen=True)
class Lexicon:
    """The packaged vocabulary, in the shapes the reading needs."""

    data: dict[str, dict[str, str | list[str]]]
    forms: dict[str, frozenset[str]]
    """For each verb form: which of base, s, past, part, ing it can be."""
    plurals: dict[str, str]
    lists: dict[str, frozenset[str]]
    numerals: dict[str, int]
    """What the words for small numbers count."""

    def words(self, name: str) -> frozenset[str]:
        """The set of words listed as `section.key`."""
        return self.lists[name]

    def phrases(self, name: str) -> tuple[str, ...]:
        """The list of phrases at `section.key`."""
        section, key = name.split(".")
        return tuple(self.data[section][key])

    def singular(self, word: str) -> str:
        """The singular of a noun, or the word itself."""
        if word in self.plurals:
            return self.plurals[word]
        for ending, instead in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
            if word.endswith(ending) and len(word) > 4:
                return word[: -len(ending)] + instead
        if word.endswith("sses"):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            return word[:-1]
        return word

    def is_listed(self, phrase: str) -> bool:
        """Whether the vocabulary itself lists the phrase's head as a being."""
        last = phrase.lower().split()[-1:]
        return bool(last) and bool(self._listed(self.singular(last[0])))

    def kind(self, phrase: str) -> str:
        """What sort of being a noun phrase's head names: person, kin, animal, being or ""."""
        words = phrase.lower().split()
        for size in (3, 2, 1):
            if len(words) >= size:
                tail = " ".join([*words[-size:-1], self.singular(words[-1])])
                found = self._listed(tail) or self._listed(" ".join(words[-size:]))
                if found:
                    return found
        return self._agent(words[-1]) if words else ""

    def _listed(self, noun: str) -> str:
        for key in ("kin", "roles", "animals", "beings"):
            if noun in self.lists[f"people.{key}"]:
                return {"roles": "person", "animals": "animal", "beings": "being"}.get(key, "kin")
        if "-" in noun and (last := noun.rsplit("-", 1)[1]) != noun:
            return self._listed(last)
        return ""

    def _agent(self, word: str) -> str:
        noun = self.singular(word)
        barred = self.lists["people.nobody"] | self.lists["grammar.adjectives"]
        if noun in barred or word in barred or noun in self.forms:
            return ""
        if noun in self.lists["names.places"] or noun in self.lists["names.others"]:
            return ""
        return "person" if _AGENT.match(noun) else ""


def _inflect(base: str) -> Iterator[tuple[str, str]]:
    yield base, "base"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield base + "es", "s"
    elif base.endswith("y") and base[-2:-1] not in "aeiou":
        yield base[:-1] + "ies", "s"
        yield base[:-1] + "ied", "past"
    else:
        yield base + "s", "s"
    if base.endswith("ie"):
        yield base[:-2] + "ying", "ing"
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        yield base[:-1] + "ing", "ing"
    else:
        yield base + "ing", "ing"
    yield base + ("d" if base.endswith("e") else "ed"), "past"
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base):
        yield base + base[-1] + "ing", "ing"
        yield base + base[-1] + "ed", "past"


def _verb_forms(regular: Iterable[str], irregular: Iterable[str]) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for base in regular:
        for form, sort in _inflect(base):
            forms.setdefault(form, set()).add(sort)
    for entry in irregular:
        base, pasts = entry.split("=")
        for form, sort in _inflect(base):
            if sort != "past":
                forms.setdefault(form, set()).add(sort)
        for form in pasts.split(","):
            forms.setdefault(form, set()).add("past")
    return {form: frozenset(sorts) for form, sorts in forms.items()}


def _spaced(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


@cache
def lexicon() -> Lexicon:
    """The vocabulary, read once, when first asked for."""
    data = read("en")
    lists = {
        f"{section}.{key}": frozenset(_spaced(value))
        for section, entries in data.items()
        for key, value in entries.items()
        if isinstance(value, str)
    }
    verbs, numerals = data["verbs"], str(data["grammar"]["numerals"])
    return Lexicon(
        data=data,
        forms=_verb_forms(_spaced(verbs["regular"]), verbs["irregular"].split()),
        plurals=dict(pair.split("=") for pair in data["people"]["plurals"].split()),
        lists=lists,
        numerals={
            word: int(number)
            for word, _, number in (pair.partition("=") for pair in numerals.split())
        },
    )


def base_of(form: str) -> str:
    """The base of a regular verb form, or the form itself."""
    forms = lexicon().forms
    for ending, instead in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
        ("es", "e"),
    ):
        if form.endswith(ending):
            base = form[: -len(ending)] + instead
            if "base" in forms.get(base, ()):
                return base
            if len(base) > 2 and base[-1:] == base[-2:-1] and "base" in forms.get(base[:-1], ()):
                return base[:-1]
    return _IRREGULAR.get(form, form)


_IRREGULAR = {
    "found": "find",
    "met": "meet",
    "caught": "catch",
    "brought": "bring",
    "fought": "fight",
}
