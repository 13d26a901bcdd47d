"""Who acts in a clause of a Chinese story."""

from __future__ import annotations

import re
from functools import lru_cache

from .background import is_background
from .characters import head_of
from .cues import CALLED, MAX_PHRASE, OPENING, Mention
from .evidence import is_tagged_name, name_of_pet, noun_before, stands_as_name, tagged_name
from .names import is_full_name, is_titled, name_at, named_after_cue
from .tagging import is_listed
from .text import words
from .words import Word, cut


def story_mentions(clause: str, names: frozenset[str]) -> list[Mention]:
    """Everybody who acts in one clause of a story; `names` are the names known already."""
    return list(_mentions(clause, frozenset(name for name in names if name in clause)))


@lru_cache(maxsize=1024)
def _mentions(clause: str, names: frozenset[str]) -> tuple[Mention, ...]:
    pieces = cut(clause, names)
    found: list[Mention] = []
    at = 0
    while at < len(pieces):
        mention, at = _mention_at(clause, pieces, at, found)
        if mention:
            found.append(mention)
    return tuple(_without_predicates(clause, found))


def _without_predicates(clause: str, found: list[Mention]) -> list[Mention]:
    """仇人是归隐的铸剑师欧冶明: one person, known by the name."""
    named = len(found) > 1 and found[-1].note and clause.endswith(found[-1].name)
    role = found[0] if named else None
    if role is None or role.note or role.head != role.name:
        return found
    behind = clause[role.start + len(role.name) :]
    return found[1:] if re.match(r"(?:就|竟然?|其实|居然|正)?是", behind) else found


def _mention_at(
    clause: str, pieces: list[Word], at: int, found: list[Mention]
) -> tuple[Mention | None, int]:
    word = pieces[at]
    if word.is_a("name"):
        owned = word.is_somebody and at + 1 < len(pieces) and pieces[at + 1].is_a("kin")
        return Mention(word.text, start=word.start), at + (2 if owned else 1)
    if called := _called_in_story(clause, pieces, at):
        return called
    if child := _child_at(clause, pieces, at):
        return child
    if word.is_somebody:
        return _role_at(clause, pieces, at)
    if _subject_place(pieces, at):
        name, after = name_at(pieces, at, introduced=False)
        owned = at > 0 and pieces[at - 1].text == "的"
        firm = not owned or len(name) == 3 or name[:1] in tuple("阿老小") or name[:1] == name[1:]
        if owned and after >= len(pieces) and not is_titled(name):
            firm = firm and is_tagged_name(clause, word.start, name)
        if name and firm and _acts(pieces, after) and _stands(clause, name, word.start):
            return Mention(name, start=word.start), after
    elif at and pieces[at - 1].is_a("verb") and len(pieces[at - 1].text) > 1:
        name, after = name_at(pieces, at, introduced=False)
        full = is_titled(name) or len(name) == 3
        if name and full and _acts(pieces, after) and _stands(clause, name, word.start):
            return Mention(name, start=word.start), after
    role = noun_before(clause, word.start) if at and word.text[0] in "老小阿" else ""
    if found and found[-1].start + len(found[-1].name) == word.start:
        role = found[-1].name if role else ""
    if role:
        name, after = name_at(pieces, at, introduced=True)
        if len(name) == 2 and not is_listed(name) and after < len(pieces) and _acts(pieces, after):
            return Mention(name, role, role, True, start=word.start), after
    name, role = tagged_name(clause, word.start)
    if name and (is_full_name(name, loosely=True) or is_titled(name)):
        step = next((i for i, w in enumerate(pieces) if w.start >= word.start + len(name)), at + 1)
        return Mention(name, role, role, True, start=word.start), max(step, at + 1)
    if thing := _thing_at(clause, pieces, at):
        return thing
    return None, at + 1


def _called_in_story(clause: str, pieces: list[Word], at: int) -> tuple[Mention | None, int] | None:
    """叫小明的男孩, 名叫艾拉的机器人; a boy 叫小明."""
    cue = CALLED.match(clause, pieces[at].start)
    if not cue:
        return None
    name = named_after_cue(clause[cue.end() :])
    if not name:
        return None
    end = cue.end() + clause[cue.end() :].index(name) + len(name)
    after = clause[end:].lstrip("”")
    head = ""
    if after.startswith("的"):
        for word in cut(after[1:16]):
            if word.is_somebody:
                head = word.text
                end = len(clause) - len(after) + 1 + word.end
                break
            if word.is_a("verb"):
                break
    step = next((i for i, word in enumerate(pieces) if word.start >= end), len(pieces))
    return Mention(name, head, head, True, start=cue.end()), max(step, at + 1)


_CHILD = re.compile(r"之(?:[女子妻母父弟妹兄徒后孙]|幼子|长女|长子|次女|独女|独子)")


def _child_at(clause: str, pieces: list[Word], at: int) -> tuple[Mention | None, int] | None:
    """丞相之女顾长宁: the daughter acts, not the one she belongs to."""
    found = _CHILD.match(clause, pieces[at].end) if pieces[at].is_somebody else None
    if not found:
        return None
    step = next((i for i, word in enumerate(pieces) if word.start >= found.end()), len(pieces))
    said = clause[pieces[at].start : found.end()]
    name, after = name_at(pieces, step, introduced=True) if step < len(pieces) else ("", step)
    whole = name or said
    mention = Mention(whole, said, said if name else "", True, start=pieces[at].start)
    return mention, max(after, at + 1)


def _role_at(clause: str, pieces: list[Word], at: int) -> tuple[Mention | None, int]:
    last = at
    while (
        last + 1 < len(pieces)
        and pieces[last + 1].is_somebody
        and not (pieces[last].is_a("kin") and pieces[last + 1].is_a("kin"))
    ):
        last += 1
    role = clause[pieces[at].start : pieces[last].end]
    start, opening, pointed = _left_edge(clause, pieces, at)
    phrase = clause[start : pieces[last].end]
    if last + 1 < len(pieces) and (called := _called_in_story(clause, pieces, last + 1)):
        mention, after = called
        if mention:
            return Mention(mention.name, pieces[last].text, phrase, True, start=start), after
    name, after = name_at(pieces, last + 1, introduced=True)
    if name and not _stands(clause, name, pieces[last + 1].start, introduced=True):
        name = ""
    if not name and last + 1 < len(pieces) and pieces[last + 1].is_a("name"):
        return Mention(pieces[last + 1].text, pieces[last].text, phrase, start=start), last + 2
    if name:
        return Mention(name, pieces[last].text, phrase, True, start=start), after
    pet = name_of_pet(clause, start, pieces[last].end) if pieces[last].is_a("animal") else ""
    if pet:
        end = pieces[last].end + len(pet)
        step = next((i for i, word in enumerate(pieces) if word.start >= end), len(pieces))
        return Mention(pet, pieces[last].text, phrase, True, start=start), step
    owner = at and clause[:start].endswith(("他的", "她的", "它的", "他", "她"))
    if is_background(clause, pieces, at, last, start, bool(opening or owner)):
        return None, last + 1
    new = bool(opening) and not pointed
    many = opening[:1] in tuple("两二三四五六七八九十几俩仨23456789")
    return Mention(phrase or role, pieces[last].text, "", new, pointed, start, many), last + 1


def _left_edge(clause: str, pieces: list[Word], at: int) -> tuple[int, str, bool]:
    """Where the phrase around a role starts, and the 一个 or 那个 that opens it."""
    role = pieces[at]
    for opening in OPENING.finditer(clause, 0, role.start):
        if role.start - opening.end() > MAX_PHRASE:
            continue
        if OPENING.search(clause, opening.end(), role.start):
            continue
        between = cut(clause[opening.end() : role.start])
        if clause[: opening.start()].endswith("了") and re.fullmatch(
            r".的", clause[opening.end() : role.start]
        ):
            continue
        if not any(word.text in ("，", ",", "把", "被") for word in between) and _describes(
            between
        ):
            return opening.end(), opening[0], opening[0][0] in "这那"
    start = role.start
    for word in reversed(pieces[:at]):
        joins = word.is_a("modifier") and not word.is_a("short", "function")
        if word.end != start or not (
            joins or word.text.endswith(tuple(words("cues", "workplaces")))
        ):
            break
        start = word.start
    adjectives = [word for word in pieces if word.end <= start]
    if len(adjectives) > 1 and adjectives[-1].text == "的" and adjectives[-2].is_a("modifier"):
        return adjectives[-2].start, clause[adjectives[-2].start : start], False
    if 0 < start <= 7 and clause[start - 1] == "的" and _describes_all(pieces, start):
        return 0, clause[:start], False
    return start, "", clause[:start].endswith(("这", "那", "该"))


def _describes_all(pieces: list[Word], end: int) -> bool:
    """Whether a clause opens with what describes its subject: 收信的老太太."""
    before = [word for word in pieces if word.end < end]
    return (
        bool(before)
        and before[0].is_a("verb", "short")
        and not any(
            word.is_somebody or word.is_a("name") or word.text in ("了", "是", "在")
            for word in before
        )
    )


def _describes(between: list[Word]) -> bool:
    """Whether the words between 一个 and a role describe it: 年轻, 会说话的, 机械."""
    if not between or between[-1].text == "的":
        return not any(word.text in ("了", "是", "让") for word in between)
    texts = [word.text for word in between]
    if "的" in texts:
        between = between[len(texts) - texts[::-1].index("的") :]
    return not any(word.is_somebody for word in between) and not any(
        word.is_a("verb", "function") for word in between
    )


def _subject_place(pieces: list[Word], at: int) -> bool:
    """Whether a name may stand at word `at`: the head of a clause, or after 和, 被 and so on."""
    if at == 0:
        return True
    before = pieces[at - 1]
    return (
        (before.text == "的" and at > 1)
        or before.text in words("cues", "before_names")
        or before.text in ("，", ",", ":", "“", "、")
        or before.is_a("time")
    )


def _stands(clause: str, name: str, start: int, introduced: bool = False) -> bool:
    return stands_as_name(clause, start, start + len(name), introduced)


def _acts(pieces: list[Word], at: int) -> bool:
    """Whether what follows a supposed name is what follows a subject."""
    if at >= len(pieces):
        return True
    return pieces[at].is_a("verb", "function", "short") or pieces[at].text in "，,、"


_BEFORE_THINGS = frozenset(
    {"有", "和", "与", "跟", "，", ",", "遇到", "遇见", "爱上", "讲", "关于", "从前", "的"}
)
_MEETS = frozenset({"爱上", "遇到", "遇见", "结识", "认识", "爱上了", "遇到了", "遇见了", "恋上"})


def _thing_at(clause: str, pieces: list[Word], at: int) -> tuple[Mention | None, int] | None:
    """一块石头爱上了云: an introduced thing is somebody where it wants, learns, meets or loves."""
    start = pieces[at].start
    opening = OPENING.match(clause, start)
    if not opening or (at and pieces[at - 1].text not in _BEFORE_THINGS):
        return None
    inside: list[Word] = []
    for index, word in enumerate(pieces):
        if word.start < opening.end():
            continue
        if word.is_a("name") or word.is_somebody:
            return None
        if word.text in words("cues", "animate") and inside and word.text != "成为":
            break
        if word.is_a("verb") and not any(w.text == "的" for w in pieces[index : index + 5]):
            return None
        inside.append(word)
    else:
        if not at or pieces[at - 1].text not in _MEETS or not inside:
            return None
        index = len(pieces)
    while inside and inside[-1].is_a("function") and inside[-1].text != "的":
        inside.pop()
    if not inside:
        return None
    phrase = clause[opening.end() : inside[-1].end].strip("的")
    if not phrase or len(phrase) > MAX_PHRASE or phrase.startswith("人"):
        return None
    return Mention(phrase, head_of(phrase), "", True, start=opening.end()), index
