"""How a Chinese plot point is built, and who acts in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .people import Person
from .phrases import vocabulary

_NOUN_OPENING = re.compile(
    r"^(?:一[个只场次段条位名座艘份种]|这|那|某|最后的|第[一二三四五六七八九十])"
)
_TOGETHER = ("一起", "一同", "共同", "联手", "并肩", "携手", "合力")
_QUANTIFIED = re.compile(r"[一两三][个只场次段条位名座艘份种本把封张件颗束道群首部台块片枚幅]")


def tell(plot: str, people: Sequence[Person]) -> tuple[str, bool]:
    """The plot point with whoever acts in it, and whether it is a clause rather than a noun."""
    text = _without_connective(plot)
    if _has_subject(text, people):
        return text, True
    if _is_noun(text):
        return text, False
    if _starts_with_verb(text):
        return _with_subject(text, people), True
    return text, _has_inner_verb(text)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(vocabulary("zh")["lexicon"][name], key=len, reverse=True))


def _without_connective(text: str) -> str:
    for word in _words("connectives"):
        rest = text[len(word) :].lstrip("，, ：:")
        if text.startswith(word) and len(rest) >= 3 and not (word == "再" and rest[0] in "次也度"):
            return rest
    return text


def _has_subject(text: str, people: Sequence[Person]) -> bool:
    opens = (*_words("pronouns"), *_words("scene_openers"))
    names = [name for person in people for name in person.aliases if text.startswith(name)]
    if names:
        rest = text[len(max(names, key=len)) :]
        return (bool(rest) and not rest.startswith(("的", "之"))) or _has_inner_verb(text)
    head = re.split(r"[，,]", text)[0]
    return text.startswith(opens) and (len(text) > 4 or _has_inner_verb(head))


def _is_noun(text: str) -> bool:
    if text.endswith(_words("noun_tails")) and len(text) <= 8:
        verb = _leading_verb(text)
        object_ = text[len(verb) :]
        return not verb or (object_ in _words("noun_tails") and object_[0] in "之行计大")
    if _NOUN_OPENING.match(text):
        return not _has_inner_verb(text)
    return False


def _leading_verb(text: str) -> str:
    return next((word for word in _words("verbs") if text.startswith(word)), "")


def _starts_with_verb(text: str) -> bool:
    if text.startswith(_words("adverbs")) and not text.startswith(("将军", "对手", "向导", "同学")):
        return not re.match(r"在[^，,]{1,8}(?:[上中里下]|时)[，,]", text)
    verb = _leading_verb(text)
    if not verb or (len(verb) == 1 and text[1:2] in "手机行向门线心"):
        return False
    return not re.match(r"[者家员的]", text[len(verb) :])


def _has_inner_verb(text: str) -> bool:
    body = text[1:]
    if any(word in body for word in _TOGETHER):
        return True
    if _QUANTIFIED.match(text) and re.search(r"的[^了着过]{1,6}$", text):
        return bool(re.search(r"[了着把被]", body))
    if any(letter in body[:-1] for letter in vocabulary("zh")["lexicon"]["particles"]):
        return True
    if body.endswith("了") or text.endswith(_words("bare_verbs")):
        return True
    places = (body.find(word) for word in _words("verbs") if len(word) > 1)
    return any(place >= 0 and place + 2 < len(body) for place in places)


def _with_subject(text: str, people: Sequence[Person]) -> str:
    if text.startswith(_TOGETHER) and len(people) > 1:
        friends = [person.mention for person in people if not person.opponent]
        return "和".join(friends[:2]) + text if len(friends) > 1 else people[0].mention + text
    inside = [person for person in people if any(name in text for name in person.aliases)]
    outside = [person for person in people if person not in inside and not person.opponent]
    mutual = text.startswith(_words("reciprocal")) and len(text) <= 6
    mutual = mutual or (text.endswith(_words("reciprocal")) and len(text) <= 12)
    if mutual and len(outside) > 1:
        return f"{outside[0].mention}与{outside[1].mention}{text}"
    if people[0] not in inside:
        return people[0].mention + text
    return (outside[0].mention if outside else "有人") + text
