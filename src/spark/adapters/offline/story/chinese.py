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
_NUMBER = r"(?:[一二三四五六七八九十百千几数多两半]+|\d+)"
_HOUR = re.compile(
    rf"(?:(?:有|某|那|这)一?[天年日夜](?!的)|一天(?=[，,\u4e00-\u9fff])|第{_NUMBER}[天年]"
    rf"|{_NUMBER}个?多?(?:年|天|月|周|星期|小时|分钟|日)(?:之后|以后|后|过去)"
    rf"|(?:多|几|数)年(?:之后|以后|后)"
    rf"|(?:清晨|凌晨|早上|早晨|中午|下午|傍晚|黄昏|晚上|夜里|深夜|半夜|午夜|当晚|当天|次日|"
    rf"除夕夜?|放学后|天亮(?:的时候|时|后|前|了)?|天黑(?:的时候|时|后|前|了))"
    rf"(?:{_NUMBER}点(?:钟|多|半)?)?)(?!的)"
)
_DAY_BEFORE = re.compile(r"[前后][一二两三几]?[天年月夜晚]$|前夕$")
_LEADING = (
    *(
        "当",
        "随着",
        "就在",
        "原来",
        "没想到",
        "谁知",
        "直到",
        "如果",
        "虽然",
        "尽管",
        "因为",
        "由于",
    ),
    *("这时", "此时", "三年", "多年", "十年", "几年"),
)
_HABIT = re.compile(
    "每[天晚年日次夜]|一辈子|从不|从没|总[是会要]|常常|经常|从来|没有?人(?:愿意|想|肯|敢)|几十年来|多年来"
)
_TOGETHER = ("一起", "一同", "共同", "联手", "并肩", "携手", "合力")
_QUANTIFIED = re.compile(r"[一两三][个只场次段条位名座艘份种本把封张件颗束道群首部台块片枚幅]")


def tell(plot: str, people: Sequence[Person]) -> tuple[str, bool]:
    """The plot point with whoever acts in it, and whether it is a clause rather than a noun."""
    text = _without_connective(plot)
    if hour := _HOUR.match(text):
        return _at_an_hour(hour[0], text[hour.end() :].lstrip("，, "), people)
    if _DAY_BEFORE.search(text):
        return text, False
    if _has_subject(text, people):
        return text, True
    if _is_noun(text):
        return text, False
    if _starts_with_verb(text):
        return _with_subject(text, people), True
    return text, _has_inner_verb(text) or (len(text) > 5 and "的" not in text)


def opens_with_scene(text: str) -> bool:
    """Whether a clause tells first when it happens, and so needs no lead."""
    return _HOUR.match(text) is not None or text.startswith(_LEADING)


def is_question(text: str) -> bool:
    """Whether a text asks, with or without its mark."""
    asks = re.match("谁(?:才|是|在|会)|为什么|为何|怎么|到底|究竟|难道|什么", text)
    return text.endswith(("？", "?", "吗", "呢")) or asks is not None


def is_habit(text: str) -> bool:
    """Whether a clause tells how things always are rather than what happens."""
    return _HABIT.search(text) is not None


def _at_an_hour(hour: str, rest: str, people: Sequence[Person]) -> tuple[str, bool]:
    """十年后重逢 → 十年后，两人重逢: the hour first, and whoever acts after it."""
    if not rest:
        return hour, False
    acts = not _has_subject(rest, people) and not _is_noun(rest) and _starts_with_verb(rest)
    return f"{hour}，{_with_subject(rest, people) if acts else rest}", True


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
    names = [name for person in people if (name := person.opens(text))]
    if names:
        rest = text[len(max(names, key=len)) :]
        return (bool(rest) and not rest.startswith(("的", "之"))) or _has_inner_verb(text)
    head = re.split(r"[，,]", text)[0]
    return text.startswith(opens) and (len(text) > 4 or _has_inner_verb(head))


def _is_noun(text: str) -> bool:
    if text.endswith(_words("noun_tails")) and len(text) <= 8 and "了" not in text[:-2]:
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
    if text.startswith(_words("not_verbs")):
        return False
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
    inside = [person for person in people if person.is_named_in(text)]
    outside = [person for person in people if person not in inside and not person.opponent]
    mutual = text.startswith(_words("reciprocal")) and len(text) <= 6
    mutual = mutual or (text.endswith(_words("reciprocal")) and len(text) <= 12)
    if mutual and len(outside) > 1:
        return f"{outside[0].mention}与{outside[1].mention}{text}"
    if people[0] not in inside:
        return people[0].mention + text
    return (outside[0].mention if outside else "有人") + text
