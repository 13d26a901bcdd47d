"""What word boundaries and parts of speech tell for and against a reading of a clause."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from .names import looks_like_name
from .tagging import Tagged, is_listed, part_of_speech, tagged
from .text import NUMERAL, letters
from .words import cut

_UNNAMED = ("v", "d", "p", "c", "r", "m", "z", "f", "u", "q", "y", "l", "i")
"""Parts of speech no name is made of, as a word of two letters or more."""

_LINKS = frozenset({"和", "与", "跟", "及", "以及", "还有", "还"})


_PLACE_ENDS = frozenset("园院馆楼路街场店厂校村镇县站铺")


def stands_as_name(clause: str, start: int, end: int, introduced: bool = False) -> bool:
    """Whether the words of `clause` leave room for a name from `start` to `end`.

    No everyday word may reach over its border, and none inside may be what is done or how;
    behind a role (`introduced`) the whole name may be such a word: 合伙人向南.
    """
    words = tagged(clause)
    for word in words:
        if len(word.text) < 2 or word.end <= start or word.start >= end:
            continue
        crosses = word.start < start or word.end > end
        if crosses and word.end > end and word.start > start and is_listed(word.text):
            return False
        whole = word.start == start and word.end == end
        if crosses or (whole and introduced and word.text[0] in letters("names", "surnames")):
            continue
        if whole and word.text[-1] in _PLACE_ENDS and is_listed(word.text):
            return False
        opens = word.start == start and not whole and not introduced
        if opens and word.flag == "n" and is_listed(word.text):
            return False
        if _is_common(word.text) and not (whole and word.flag in ("z", "i")):
            return False
    inside = [word for word in words if start <= word.start and word.end <= end]
    first = clause[start]
    if (
        introduced
        and inside
        and all(word.flag in ("v", "a", "vd", "ad", "d", "z") for word in inside)
        and first not in letters("names", "surnames") | set("阿小老大")
        and not (len(inside) == 1 and is_listed(inside[0].text))
    ):
        return False
    return not (
        len(inside) > 1
        and len(inside[0].text) > 1
        and inside[0].flag in ("n", "v", "a", "vn", "nz")
        and inside[-1].flag in ("v", "d", "p", "uj", "ul", "f", "c")
        and inside[0].text[0] not in letters("names", "surnames")
    )


def is_no_member(item: str) -> bool:
    """Whether an entry of a list of people is what one does or thinks instead: 图个热闹, 裁员."""
    words = tagged(item)
    if words and words[0].text[0] in NUMERAL and all(w.flag in ("m", "t", "q") for w in words):
        return not looks_like_name(item)
    if not words or "的" in item or re.search(r"[A-Za-z]", item):
        return False
    last = words[-1]
    if len(words) == 1:
        return is_listed(item) and part_of_speech(item).startswith(("v", "d", "l", "i", "a", "y"))
    if any(word.is_noun for word in words[:1]):
        return False
    return words[0].is_verb and is_listed(words[0].text) and (not last.flag.startswith("nr"))


_ORGANISED = re.compile(
    r"(?:公司|工厂|学校|医院|车站|机场|小镇|村子|城市|商场|超市|酒吧|餐厅|饭馆)$"
)


def is_place(item: str) -> bool:
    """Whether an entry only says where: 图书馆里, 一家广告公司."""
    words = tagged(item)
    if _ORGANISED.search(item):
        return True
    return len(words) > 1 and words[-1].flag in ("f", "s") and not looks_like_name(item)


def is_plain_role(text: str) -> bool:
    """Whether nothing but what somebody is stands in `text`: no adverb, count, pronoun or 了."""
    return not any(
        word.flag in ("d", "p", "c", "ul", "uz", "uj", "m", "r", "f", "t") for word in tagged(text)
    )


def _is_common(word: str) -> bool:
    return is_listed(word) and part_of_speech(word).startswith(_UNNAMED)


def is_sentence(clause: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether `clause` is a sentence in which somebody does something, not the name of a matter."""
    return _tells(clause, frozenset(name for name in names if name and name in clause))


@lru_cache(maxsize=2048)
def _tells(clause: str, names: frozenset[str]) -> bool:
    words = tagged(clause, names)
    at = _main_verb(words)
    if at < 0:
        return False
    if any(word.flag in ("ul", "uz", "ug") for word in words[at + 1 : at + 3]):
        return True
    before = words[:at]
    if any(word.text in names or word.text in ("他", "她", "它") for word in before):
        return True
    inner = cut(clause[: words[at].start], names) if before else []
    return any(word.is_somebody or word.is_a("name") for word in inner)


def _main_verb(words: tuple[Tagged, ...]) -> int:
    """The verb a clause turns on: one that no 的 behind it makes part of a description."""
    last = max((at for at, word in enumerate(words) if word.flag == "uj"), default=-1)
    described = all(
        word.is_noun or word.flag in ("v", "vn", "a", "an") for word in words[last + 1 :]
    )
    for at, word in enumerate(words):
        if word.flag in ("v", "vd") and not (
            at < last and described and not _has_aspect(words, at)
        ):
            return at
    return -1


def _has_aspect(words: tuple[Tagged, ...], at: int) -> bool:
    """Whether a 了 or 着 follows a verb, as it follows the verb of a sentence."""
    return any(word.flag in ("ul", "uz") for word in words[at + 1 : at + 3])


def is_clause(item: str) -> bool:
    """Whether an entry of a list tells what somebody does: 两个人一起修好了教室."""
    words = tagged(item)
    last = max((at for at, word in enumerate(words) if word.flag == "uj"), default=-1)
    behind = words[last + 1 :]
    if any((w.flag in ("ul", "d") and is_listed(w.text)) or w.text == "是" for w in behind[1:-1]):
        return True
    if any(
        after.flag in ("d", "c")
        and after.text not in _LINKS
        and (before.is_noun or before.flag in ("s", "f"))
        for before, after in pairwise(words)
    ):
        return True
    if len(words) > 1 and words[-1].is_verb and words[-2].is_noun and is_listed(words[-1].text):
        return True
    return has_subject_and_object(item)


def has_subject_and_object(text: str) -> bool:
    """Whether somebody has done something to something: 台柱子柳含烟爱上了军阀的儿子.

    A description says so of the one behind it: 丢了工作的男人, 女儿走丢了的父亲.
    """
    words = tagged(text)
    return any(
        word.flag == "ul"
        and any(before.is_noun for before in words[: at - 1])
        and not any(before.flag == "uj" for before in words[:at])
        and any(before.is_verb for before in words[max(0, at - 2) : at])
        and words[at + 1 : at + 2]
        and words[at + 1].flag != "uj"
        for at, word in enumerate(words)
        if at
    )


def is_tagged_name(clause: str, start: int, name: str) -> bool:
    """Whether the tagger too takes `name` at `start` for somebody's name."""
    return any(
        word.start == start and word.text == name and word.flag.startswith("nr")
        for word in tagged(clause)
    )


def is_done(clause: str, start: int) -> bool:
    """Whether a word that may be a role says here what somebody does: 人类移民火星."""
    words = tagged(clause)
    at = next((at for at, word in enumerate(words) if word.start == start), -1)
    if at < 1 or at + 1 >= len(words) or not words[at].flag.startswith("v"):
        return False
    before, after = words[at - 1], words[at + 1]
    return (
        before.is_noun
        and (after.flag in ("ns", "nz", "ul") or after.flag == "n")
        and (cut(before.text)[-1].is_a("crowd", "name") or before.flag == "nr")
    )


def name_of_pet(clause: str, start: int, end: int) -> str:
    """A common noun that names an animal: 小兔子棉花糖晚上不敢一个人睡."""
    words = tagged(clause)
    at = next((at for at, word in enumerate(words) if word.start == end), -1)
    if start or at < 1 or at + 1 >= len(words) or not words[at].is_noun:
        return ""
    named = words[at]
    acts = words[at + 1].flag in ("t", "d", "v", "p", "r") and 2 <= len(named.text) <= 3
    return named.text if acts and end - start > 1 and is_listed(named.text) else ""


def noun_before(clause: str, start: int) -> str:
    """The common noun that ends right at `start`; empty where another word stands there."""
    found = next((word for word in tagged(clause[:start]) if word.end == start), None)
    fits = found is not None and len(found.text) > 1 and found.flag in ("n", "nz", "nr")
    return found.text if found and fits and is_listed(found.text) else ""


def tagged_name(clause: str, start: int) -> tuple[str, str]:
    """A name the tagger sees at `start` before what its bearer does, and the noun before it."""
    words = tagged(clause)
    at = next((at for at, word in enumerate(words) if word.start == start), -1)
    if at < 1 or words[at].flag != "nr" or not 2 <= len(words[at].text) <= 4:
        return "", ""
    before = words[at - 1]
    after = words[at + 1] if at + 1 < len(words) else None
    acts = after is not None and (after.is_verb or after.flag in ("d", "p", "c"))
    titled = before.flag in ("n", "nz") and len(before.text) > 1
    return (words[at].text, before.text) if acts and titled else ("", "")


def opens_story(clause: str) -> bool:
    """Whether a clause can only lead into what happens next: 追兵走后, 原来是新房客."""
    words = tagged(clause)
    if not words or words[0].text in ("原来", "没想到", "谁知", "结果", "突然", "忽然", "一天"):
        return True
    if words[-1].flag == "t" or re.search(r"[夜晚]$|那[天年]$", clause):
        return len(clause) <= 6
    if words[-1].text in ("后", "时", "之后", "以后", "时候", "那天", "前", "之前"):
        return True
    if words[0].text in ("就", "拍", "讲", "做", "说", "想", "来", "关于"):
        return False
    return any(word.is_verb or word.flag == "p" for word in words[:-1]) and "的" not in clause
