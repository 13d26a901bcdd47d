"""How an English plot point is built, who acts in it, and its verb in the present tense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .names import ARTICLE
from .people import Person
from .phrases import vocabulary

_PLURAL_END = re.compile(r"(?<![su])s$")


def tell(plot: str, people: Sequence[Person]) -> tuple[str, bool]:
    """The plot point with whoever acts in it, and whether it is a clause rather than a noun."""
    text = _without_connective(plot)
    words = text.split()
    if not words:
        return plot, False
    if name := _names_someone(text, people):
        known = _finite_place(words)
        return (_lowered(text, people), True) if known else _given_verb(text, name, people)
    if told := _with_subject(words, people):
        return told, True
    if words[0].casefold().strip(",") in _lexicon("scene_openers") and _finite_place(words):
        return _lowered(text, people), True
    if words[0].casefold() in _lexicon("pronouns") or _finite_place(words):
        return _lowered(text, people), True
    return with_article(_lowered(text, people)), False


@cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(vocabulary("en")["lexicon"][name])


@cache
def _verbs() -> dict[str, tuple[str, str, bool]]:
    """Every form of every verb: its base, which form it is, and whether it may be a noun."""
    forms: dict[str, tuple[str, str, bool]] = {}
    for entry in vocabulary("en")["lexicon"]["verbs"]:
        base, *irregular = entry.split(":")
        noun = base.endswith("!")
        base = base.rstrip("!")
        third, past, gerund = irregular or _regular(base)
        names = ((gerund, "gerund"), (past, "past"), (third, "third"), (base, "base"))
        forms.update({form: (base, kind, noun) for form, kind in names})
    return forms


def _regular(base: str) -> tuple[str, str, str]:
    third = base + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", base) else "s")
    if base.endswith("e"):
        return third, base + "d", base[:-1] + "ing"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    return third, base + "ed", base + "ing"


@cache
def _thirds() -> dict[str, str]:
    return {base: form for form, (base, kind, _) in _verbs().items() if kind == "third"}


def _without_connective(text: str) -> str:
    for word in sorted(_lexicon("connectives"), key=len, reverse=True):
        match = re.match(rf"{word}[,:]?\s+(?=\w)", text, re.IGNORECASE)
        if match:
            return text[match.end() :]
    return text


def _names_someone(text: str, people: Sequence[Person]) -> str:
    """The name the text opens with, if it opens with one of the characters."""
    body = ARTICLE.sub("", text).casefold()
    names = [name for person in people for name in (person.key, person.short.casefold())]
    return next(
        (
            name
            for name in sorted(names, key=len, reverse=True)
            if len(name) > 1 and re.match(rf"{re.escape(name)}(?![\w'’])", body)
        ),
        "",
    )


def _given_verb(text: str, name: str, people: Sequence[Person]) -> tuple[str, bool]:
    """A named character whose verb we do not know, or who only stands there."""
    rest = ARTICLE.sub("", text)[len(name) :].split()
    known = bool(rest) and re.fullmatch(r"[a-z]+(?:s|ed)", rest[0]) is not None
    return _lowered(text, people), known or len(rest) > 1


def _finite_place(words: Sequence[str]) -> int:
    """Where the finite verb of a clause with a subject stands, or 0."""
    for place, word in enumerate(words[:9]):
        before = words[place - 1].casefold() if place else ""
        if not place or before in ("who", "that", "which", "to", "and"):
            continue
        bare = word.casefold().strip(",.")
        if bare in _lexicon("auxiliaries"):
            return place
        _base, kind, noun = _verbs().get(bare, ("", "", False))
        follows = words[place + 1].casefold() if place + 1 < len(words) else ""
        if kind in ("third", "past") and not (noun and before in _lexicon("determiners")):
            return place if _reads_as_verb(kind, noun, before, follows) else 0
        plural = _PLURAL_END.search(before) or before in ("they", "we", "i", "you", "people")
        if kind == "base" and plural and before not in _lexicon("auxiliaries"):
            return place
    return 0


def _reads_as_verb(kind: str, noun: bool, before: str, follows: str) -> bool:
    if kind == "past":
        return before not in ("a", "the", "of", "with", "long", "by")
    return not noun or follows in _lexicon("prepositions") | _lexicon("determiners") or not follows


def _with_subject(words: Sequence[str], people: Sequence[Person]) -> str:
    """The clause with its subject in front and its verb in the present, if it starts with one."""
    ahead = 0
    while ahead < len(words) - 1 and words[ahead].casefold() in _lexicon("adverbs"):
        ahead += 1
    first = words[ahead].casefold()
    follows = words[ahead + 1].casefold() if ahead + 1 < len(words) else ""
    base, kind, noun = _verbs().get(first) or _unknown_verb(first, follows)
    subject = _subject(" ".join(words), people)
    adverbs, rest = words[:ahead], words[ahead + 1 :]
    if first == "to" and follows in _verbs():
        return " ".join([subject.mention, "sets" if not subject.plural else "set", "out", *words])
    if first in _lexicon("auxiliaries") and ahead + 1 < len(words):
        return " ".join([subject.mention, *words])
    if not base or (noun and kind in ("base", "third") and not _takes_object(follows)):
        return ""
    if kind == "gerund" and not follows:
        return ""
    verb = _present(base, subject.plural)
    if kind == "gerund":
        verb = f"{'are' if subject.plural else 'is'} {first}"
    return " ".join([subject.mention, *adverbs, verb, *_agreeing(rest, kind, subject)])


def _unknown_verb(word: str, follows: str) -> tuple[str, str, bool]:
    """A word we do not know is a verb where an article or a possessive follows it."""
    known = _lexicon("prepositions") | _lexicon("determiners") | _lexicon("scene_openers")
    if not re.fullmatch(r"[a-z]{3,}", word) or follows not in _lexicon("determiners"):
        return "", "", False
    if word in known | _lexicon("pronouns"):
        return "", "", False
    if word.endswith("ing"):
        return word, "gerund", False
    if word.endswith("s") and not word.endswith("ss"):
        return re.sub(r"(?<=[^aeiou])ies$|(?<=sh|ch)es$|s$", _stem, word), "third", False
    return word, "base", False


def _stem(ending: re.Match[str]) -> str:
    return "y" if ending[0] == "ies" else ""


def _agreeing(rest: Sequence[str], kind: str, subject: Person) -> list[str]:
    """The rest of the clause, where "find X and lose Y" gets its second verb in step too."""
    words = list(rest)
    for place, word in enumerate(words[1:], start=1):
        base, form, noun = _verbs().get(word.casefold(), ("", "", False))
        after_and = words[place - 1].casefold() in ("and", "then", "but")
        if after_and and base and form == kind and form in ("base", "past", "third") and not noun:
            words[place] = _present(base, subject.plural)
    return words


def _takes_object(follows: str) -> bool:
    return follows in _lexicon("determiners") | _lexicon("prepositions") or bool(
        _PLURAL_END.search(follows)
    )


def _present(base: str, plural: bool) -> str:
    if base == "be":
        return "are" if plural else "is"
    return base if plural or base == "must" else _thirds().get(base) or _regular(base)[0]


def _subject(text: str, people: Sequence[Person]) -> Person:
    folded = text.casefold()
    outside = [person for person in people if person.key not in folded]
    if not outside or people[0] in outside:
        return people[0]
    return next((person for person in outside if not person.opponent), outside[0])


def _lowered(text: str, people: Sequence[Person]) -> str:
    """The text as it stands inside a sentence: a plain first word loses its capital."""
    first, _, rest = text.partition(" ")
    common = _lexicon("determiners") | _lexicon("pronouns") | _lexicon("scene_openers")
    plain = (
        first.casefold().strip(",") in common | _lexicon("adverbs") or first.casefold() in _verbs()
    )
    named = any(first.casefold() == p.key.split(" ")[0] for p in people)
    if first == "I" or first.startswith("I'"):
        return text
    if (plain and not named) or (rest and rest == rest.lower() and not named and first.istitle()):
        return f"{first.lower()} {rest}".strip() if plain else text
    return text


def with_article(text: str) -> str:
    """The noun with an article where it needs one."""
    words = text.split()
    first, last = words[0].casefold(), words[-1].casefold()
    head = re.split(r" (?:of|with|between|in|on|at|for|from|to|against|who|that) ", text)[0]
    last = head.split()[-1].casefold() if head else last
    bare = last in _lexicon("bare_nouns") or bool(_PLURAL_END.search(last)) or last.endswith("ing")
    if first in _lexicon("determiners") | _lexicon("scene_openers") or bare or "'s" in first:
        return text
    return text if words[0][:1].isupper() or not words[0].isascii() else "the " + text
