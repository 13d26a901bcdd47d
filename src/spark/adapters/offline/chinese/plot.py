"""What happens: the events of a story told in Chinese clauses."""

from __future__ import annotations

import re

from .text import NUMERAL
from .words import cut

_ORDER_WORDS = re.compile(
    r"^(?:(?:首先|先是|其次|再次|然后呢?|接着|紧接着|再然后|接下来|剧情是|情节是|故事是|再是"
    r"|第[一二三四五六七八九十](?:步|幕|场|段))[，,:： ]*"
    r"|第[一二三四五六七八九十][，,:：])+(?=.{2})"
)
_LEADS_ON = re.compile(
    r"^(?:当|为了|为|因为|由于|虽然|尽管|如果|只要|直到|随着|自从|在|从|每当|某|有一[天年次]"
    r"|一天|这天|那天|第二天|从前|很久以前|为此|只见)"
)
_MOMENT = re.compile(
    rf"^(?:.{{0,14}}(?:之?后|之?前|时|的时候|期间|当天|那天|这天|[年月天日夜晚早]|时分|里|上|中"
    rf"|下)|(?:[{NUMERAL}多几]+(?:年|天|个月|小时|分钟|秒|周|世纪)(?:之?[后前]|里)?))$"
)
_FOLLOWS = re.compile(
    rf"^(?:[吓气急疼累饿冻笑哭高兴激动]{{1,2}}得|只?(?:说|道|喊道|问道)(?!服|出|破|书|唱|话)|以为|误以为|原来以为|却以为|仿佛|好像"
    rf"|似乎|(?:[\u4e00-\u9fff]{{1,2}}了[{NUMERAL}几多好很]{{1,3}}(?:年|天|个月|小时|夜|次|遍"
    rf"|辈子))|.{{1,4}}也(?:想要?|是|有|在|不)|也(?:想要?|是|不)"
    r"|(?:放|挂|摆|搁|躺|坐|站|藏|趴|蹲)在[^，,了着]{1,6}$|没有?(?!人|想到?|料)|(.)了\1$)"
)
_STATE = re.compile(
    r"^(?:.{0,6}(?:里面?|上面?|中|下|边|旁))?(?:竟然|居然|都|全|就|也|却|还)?(?:是|有|叫)"
)


_NEXT = re.compile(r"^(?:然后|后来|最后|最终|结果|接着|于是|终于|从此)")


def has_action(clause: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether something happens in `clause`: it holds a verb of a story."""
    pieces = cut(clause, names)
    if any(word.is_a("verb") and not (word.is_a("noun") and len(pieces) == 1) for word in pieces):
        return True
    doing = [
        at
        for at, word in enumerate(pieces)
        if word.is_a("short") or word.text in ("被", "把", "让")
    ]
    if any(at + 1 < len(pieces) or at for at in doing):
        return True
    return bool(re.search(r"[\u4e00-\u9fff]了(?!$)|.{3,}了$|[\u4e00-\u9fff]着", clause))


def leads_on(clause: str, names: frozenset[str]) -> bool:
    """Whether `clause` only sets the scene for the next: a moment, a purpose, a condition."""
    if re.search(r"(?:以后|之后|的时候)$", clause) and len(clause) <= 12:
        return True
    if _MOMENT.match(clause) and not re.search(r"[了着]|被|把", clause):
        return len(clause) <= 8 or not has_action(clause, names)
    if re.search(r"(?:只剩|还剩|仅剩|剩下?)", clause) and not re.search(r"[了着]", clause):
        return True
    if re.match(r"到了[^，,了着]{1,5}$", clause):
        return True
    if re.search(r"一[看听想问]$", clause) and len(clause) <= 10:
        return True
    if not _LEADS_ON.match(clause):
        return False
    if clause.startswith(
        ("为了", "当", "因为", "由于", "虽然", "尽管", "如果", "每当", "直到", "随着")
    ):
        return True
    return not has_action(clause, names)


def events(groups: list[list[str]], names: frozenset[str]) -> list[str]:
    """The events told by sentences of clauses, one short clause each, in order."""
    found: list[str] = []
    for clauses in groups:
        told: list[str] = []
        waiting = ""
        for clause in clauses:
            clause = _ORDER_WORDS.sub("", clause).strip(" ，,、")
            if not clause:
                continue
            if leads_on(clause, names):
                waiting = f"{waiting}，{clause}" if waiting else clause
            elif told and not waiting and not _NEXT.match(clause) and _continues(clause, names):
                told[-1] += f"，{clause}"
            else:
                told.append(f"{waiting}，{clause}" if waiting else clause)
                waiting = ""
        if waiting:
            told.append(waiting)
        found += told
    return [event.strip(" ，,") for event in found]


def _continues(clause: str, names: frozenset[str]) -> bool:
    """Whether `clause` only adds a state or a thought to what was just told."""
    if _FOLLOWS.match(clause):
        return True
    if not has_action(clause, names):
        return True
    if re.search(r"其实|竟然?|居然|原来|就是|也是|才是|正是", clause):
        return False
    return bool(_STATE.match(clause)) and not re.search(r"[\u4e00-\u9fff]了|被|把", clause)
