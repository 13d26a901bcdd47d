"""Names and roles taken apart: what a character is called, and what it is."""

from __future__ import annotations

import re
from functools import cache

from ....models import Language
from .phrases import holds, vocabulary

ARTICLE = re.compile(r"^(?:an?|the|my|his|her|their|our|one|some) ", re.IGNORECASE)
_BRACKETED = re.compile(r"^(?P<name>[^（(]+?)\s*[（(](?P<role>[^（）()]+)[）)]$")
_APPOSED = re.compile(r"^(?P<name>[^，,]+?)\s*[，,]\s*(?P<role>[^，,].*)$")
_LABELLED = re.compile(r"^(?P<role>[^：:]{1,12})[：:]\s*(?P<name>[^：:]+)$")
_THE = re.compile(r"^(?P<name>[A-Z][\w'’-]*) the (?P<role>[a-z].*)$")
_NAMED = re.compile(r"^(?P<role>.+?) (?:named|called) (?P<name>[A-Z].*)$")
_LEADING_ROLE = re.compile(
    r"^(?P<role>(?:[a-z][\w-]* )+)(?P<name>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*)$"
)
_PARTS = 12
_TITLE = re.compile(
    r"(?:Dr|Mr|Mrs|Ms|Miss|Sir|Lady|Lord|Captain|Professor|Officer|Uncle|Aunt|Old|Young|Little|Big|"
    r"Grandma|Grandpa|King|Queen|Prince|Princess|Saint|The|Sister|Brother|Father|Mother)\.?"
)
_TITLE_ENDS = tuple("员师家长士兵者工客")
_ADDRESS = (
    *"哥姐弟妹孩子人板头叔妈爷姨婆偷丑家师手",
    *("小哥", "姐姐", "妹妹", "哥哥", "弟弟", "爸爸", "妈妈", "奶奶", "爷爷"),
)


def split_entry(entry: str) -> tuple[str, str]:
    """The name and the role in an entry; an entry that is only one of them is all name."""
    text = entry.strip()
    for shape in (_BRACKETED, _APPOSED, _LABELLED, _THE, _NAMED, _LEADING_ROLE):
        match = shape.match(text)
        if match and (parts := _name_and_role(match, shape)):
            return parts
    return _split_han(text) or (text, "")


def _name_and_role(match: re.Match[str], shape: re.Pattern[str]) -> tuple[str, str] | None:
    name, role = match["name"].strip(), match["role"].strip()
    if not name or not role or len(name) > 40:
        return None
    if shape in (_NAMED, _LEADING_ROLE, _APPOSED, _THE):
        role = ARTICLE.sub("", role)
    if shape is _LABELLED and not has_job(role):
        return None
    if shape is _BRACKETED and has_job(name) and not has_job(role) and _looks_like_name(role):
        return role, name
    return name, role


def _looks_like_name(text: str) -> bool:
    surnames = vocabulary("zh")["people"]["surnames"]
    return text[:1].isupper() or (2 <= len(text) <= 3 and text[0] in surnames)


def short_name(name: str) -> str:
    """What a story calls someone after the first time: Jerry for Jerry Blake."""
    words = name.split()
    if len(words) < 2 or not all(re.fullmatch(r"[A-Z][a-z'’-]+\.?", word) for word in words):
        return name
    given = words[1:] if _TITLE.fullmatch(words[0]) or has_job(words[0]) else words
    return given[0] if len(given) > 1 else name


def has_job(text: str) -> bool:
    """Whether a text names an occupation the vocabulary knows."""
    folded = text.casefold()
    return any(holds(folded, word) for word in _job_words())


@cache
def _job_words() -> tuple[str, ...]:
    jobs = [*vocabulary("zh")["job"].values(), *vocabulary("en")["job"].values()]
    return tuple(word for job in jobs for word in job["words"])


def _split_han(text: str) -> tuple[str, str] | None:
    """宇航员李明 → 李明, 宇航员: what someone is, followed by a short personal name."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{4,10}", text):
        return None
    for size in (2, 3):
        role, name = text[:-size], text[-size:]
        if role.endswith(_titles()) and _is_han_name(name):
            return name, role
    return None


@cache
def _titles() -> tuple[str, ...]:
    """The Chinese words that may stand before a name."""
    words = vocabulary("zh")
    jobs = [word for job in words["job"].values() for word in job["words"]]
    kinds = [word for kind in words["people"]["kind"].values() for word in kind]
    titles = [*jobs, *kinds, *words["people"]["child"], *words["people"]["teen"], *_TITLE_ENDS]
    return tuple(word for word in titles if len(word) > 1 or word in _TITLE_ENDS)


def _is_han_name(text: str) -> bool:
    if text[1:] in _ADDRESS or text[1:2] in "的了们个" or text in _ADDRESS:
        return False
    return text[0] in vocabulary("zh")["people"]["surnames"] or text[0] == text[1]


def occupation_in(note: str, language: Language, name: str) -> str:
    """The occupation a note names, where the name itself does not tell one."""
    if not note or has_job(name):
        return ""
    for part in note_parts(note):
        if len(part) <= (10 if language == "zh" else 40) and (has_job(part) or _is_trade(part)):
            return ARTICLE.sub("", part)
    return ""


def _is_trade(part: str) -> bool:
    """Whether a word we do not know looks like an occupation."""
    return (
        re.fullmatch(
            r"(?:an? )?(?:[a-z]+ ){0,2}[a-z]{3,}(?:ker|cker|eller|ist|eer|ician|ologist|"
            r"smith|keeper|worker|maker|driver|owner)",
            part.casefold(),
        )
        is not None
    )


def note_parts(note: str) -> list[str]:
    """The single things a note says."""
    parts = (part.strip() for part in re.split(r"[，,、；;。\n]|\. |\.$", note))
    return [part for part in parts if part][:_PARTS]
