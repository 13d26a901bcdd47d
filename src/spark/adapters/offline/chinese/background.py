"""Roles that only colour a Chinese story: whose they are, what somebody is said to be."""

from __future__ import annotations

import re

from .cues import CLASSIFIERS, OPENING
from .evidence import is_done
from .names import looks_like_name
from .text import words
from .words import Word, cut

_REPORTED = re.compile(r"(?:说|称|告诉[他她它].{0,4}|写着|写道|骗.{1,6}说)(?:自己|[他她它])们?的?$")
_OBJECT_COMPOUND = re.compile(
    r"(?:证|院|馆|店|室|局|司|厂|园|所|博物馆|医院|办公室|军团|大军|世家|公司|大赛|集团|学院"
    r"|协会|王国|联盟|帝国|世界|工厂|病毒|基地|部落|学校|家族|题材|比赛|故事|形象|身份|生涯|行业"
    r"|职业|服|装|节|群|毛|肉|粮|窝|蛋|皮|牌|部队|文明|社会|时代|入侵战)"
)


def is_background(
    clause: str, pieces: list[Word], at: int, last: int, start: int, introduced: bool
) -> bool:
    """Whether a role only colours the story: part of a word, a figure of speech, an owner."""
    rest = clause[pieces[last].end :]
    head = pieces[last]
    if rest.startswith("们") or _OBJECT_COMPOUND.match(rest):
        return True
    after = pieces[last + 1 : last + 2]
    if (
        after
        and head.is_a("animal", "being")
        and after[0].is_a("noun")
        and not after[0].is_a("verb", "function")
    ):
        return True
    if head.is_a("crowd") and not introduced:
        return True
    before = [w for w in pieces if w.end <= start]
    while before and before[-1].text == "的" and len(before) > 1 and before[-2].is_a("modifier"):
        before = before[:-2]
    while before and (
        before[-1].text in "了过着一的两几" + CLASSIFIERS or OPENING.fullmatch(before[-1].text)
    ):
        before.pop()
    if before and (
        before[-1].text in words("cues", "figures")
        or clause[:start].endswith(("成了", "成为", "当了", "变成了", "作为", "像"))
    ):
        return True
    if _is_said_to_be(clause[:start]) or _is_predicate(clause, pieces, at, last):
        return True
    if is_done(clause, pieces[at].start):
        return True
    if head.is_a("kin") and _REPORTED.search(clause[:start]):
        return True
    following = pieces[last + 1 : last + 3]
    if head.is_a("kin") and re.search(r"有(?:着|过)?(?:一?[个位])?$", clause[:start]):
        return True
    if introduced:
        return False
    if re.match(r"[^，,的了在把被是]{1,4}的(?![^，,]{0,2}$)", rest) and not _is_subject(
        pieces, last
    ):
        return True
    if len(head.text) == 1 and head.is_a("animal") and following and following[0].is_a("unknown"):
        return True
    if following and following[0].text == "的":
        return True
    if len(following) > 1 and following[1].text == "的" and following[0].is_a("verb", "short"):
        return True
    leading = start == 0 or clause[:start].endswith(tuple(words("cues", "connectors")))
    acting = bool(following) and following[0].is_a("verb", "function", "short")
    return head.is_a("weak", "crowd") and not (leading and acting)


def _is_predicate(clause: str, pieces: list[Word], at: int, last: int) -> bool:
    """Whether a role at the end only says what somebody is: 姑娘是要嫁给山神的新娘."""
    if pieces[last].end != len(clause) or re.match(r"发现|原来|只见", clause):
        return False
    leading = [word for word in pieces[:at] if word.text in _IS]
    if not leading or clause[: pieces[at].start].endswith(("和", "与", "跟")):
        return False
    subject = _ADVERBS.sub("", clause[: leading[0].start])
    inner = cut(subject)
    return bool(inner) and (inner[-1].is_somebody or looks_like_name(subject))


_ADVERBS = re.compile(r"(?:竟然?|其实|居然|就|正|也|却|原来|才|都|而)+$")
_IS = frozenset({"是", "就是", "竟是", "正是", "竟然是", "其实是", "居然是"})


def _is_subject(pieces: list[Word], last: int) -> bool:
    """Whether something is done right after the role, so that no 的 makes it an aside."""
    after = pieces[last + 1 : last + 2]
    return bool(after) and after[0].is_a("verb") and len(after[0].text) > 1


def _is_said_to_be(before: str) -> bool:
    """Whether a role is only what somebody is (他其实是她爸爸), not who is found (发现是一只猫)."""
    found = re.search(r"是(?:了)?(?:[他她它我]|自己)?们?的?(?:一?[个位名只])?[^，,]{0,3}$", before)
    return found is not None and not re.search(
        r"(?:发现|原来|竟然?|居然|还以为)(?:真?凶?手?)?$", before[: found.start()]
    )
