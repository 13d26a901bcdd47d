"""Names a Chinese message makes known by using them: 弟弟月生 … 月生学成回来."""

from __future__ import annotations

import re

from .names import is_foreign, is_full_name, is_nickname
from .text import letters
from .words import Word, cut

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST = 4


def recurring_names(clauses: list[str], known: frozenset[str]) -> frozenset[str]:
    """Words of no list that open clauses or follow a role, and come back: most likely names."""
    text = "，".join(clauses)
    candidates: dict[str, bool] = {}
    for clause in dict.fromkeys(clauses):
        pieces = cut(clause, known)
        for at in range(len(pieces)):
            introduced = at > 0 and _introduces(pieces[at - 1])
            if at and not introduced:
                continue
            for name in _names_from(pieces, at):
                candidates[name] = candidates.get(name, False) or introduced
    kept = {name for name, after_role in candidates.items() if _recurs(name, text, after_role)}
    # 贺小满 also counts as 小满: keep the longer where the shorter never stands without it.
    return frozenset(
        name
        for name in kept
        if not any(
            name != other and name in other and text.count(name) == text.count(other)
            for other in kept
        )
    )


def _introduces(word: Word) -> bool:
    return (
        word.is_somebody
        or word.text in letters("people", "suffixes_weak")
        or word.text in ("和", "与", "跟")
    )


def _names_from(pieces: list[Word], at: int) -> list[str]:
    found, text = [], ""
    for word in pieces[at : at + 3]:
        if word.is_a("verb", "function", "name", "crowd") or len(word.text) > 2:
            break
        if word.is_somebody and len(word.text) > 1:
            break
        text += word.text
        if 2 <= len(text) <= _LONGEST and _HAN.fullmatch(text):
            found.append(text)
    return found


def _recurs(name: str, text: str, after_role: bool) -> bool:
    if text.count(name) < 2 or set(name) & letters("names", "hardly_given"):
        return False
    pieces = cut(name)
    if len(pieces) == 1 and not pieces[0].is_a("unknown"):
        return False
    if name[0] == "小" and len(name) == 3 and len(pieces) == 2 and pieces[1].is_a("noun"):
        return len(re.findall(rf"(?:^|，){name}(?![的，])", text)) > (not after_role)
    if (
        is_full_name(name, plain=not after_role, loosely=True)
        or is_nickname(name)
        or is_foreign(name)
    ):
        return True
    if (
        len(name) == 3
        and is_full_name(name, loosely=True)
        and all(w.is_a("unknown") for w in pieces)
    ):
        return True
    return after_role and len(name) <= 3 and all(word.is_a("unknown", "short") for word in pieces)
