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
_THE = re.compile(r"^(?P<name>(?:[A-Z][\w'’.-]* )?[A-Z][\w'’-]*) the (?P<role>[a-z].*)$")
_NAMED = re.compile(r"^(?P<role>.+?) (?:named|called) (?P<name>[A-Z].*)$")
_LEADING_ROLE = re.compile(
    r"^(?P<role>(?:[a-z][\w-]* )+)(?P<name>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*)$"
)
_PARTS = 12
_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Sir|Lady|Lord|Uncle|Aunt|Old|Young|Little|Big|"
    r"Grandma|Grandpa|King|Queen|Prince|Princess|Saint|The|Sister|Brother|Father|Mother)\.?"
)
_SENTENCE_LIKE = re.compile(r"^[A-Z](?=[a-z-]+ (?!the |of )[a-z][a-z-]+ (?:[a-z-]+ )?[A-Z])")
_RANKED = re.compile(
    r"^(?P<role>(?:[A-Z][\w'’-]*\.? )*?[A-Z][\w'’-]*\.?) "
    r"(?P<name>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*)$"
)
_MIXED = re.compile(r"^(?P<role>[A-Z]{0,4}[\u4e00-\u9fff]{2,8}?)(?P<name>[老小阿]?[A-Z][A-Za-z]*)$")
_TITLE_ENDS = tuple("员师家长士兵者工客官匠手生夫")
_BEFORE_KIND = "小大老白黑花灰黄狼浪盲警野"
_ADDRESS = (
    *"哥姐弟妹孩子人板头叔妈爷姨婆偷丑家师手",
    *("小哥", "姐姐", "妹妹", "哥哥", "弟弟", "爸爸", "妈妈", "奶奶", "爷爷"),
)


def split_entry(entry: str, plot: str = "") -> tuple[str, str]:
    """The name and the role in an entry; an entry that is only one of them is all name.

    What `plot` calls someone is a name even where it does not look like one: 旺财 of 小狗旺财.
    """
    text = _SENTENCE_LIKE.sub(lambda match: match[0].lower(), entry.strip())
    for shape in (_BRACKETED, _APPOSED, _LABELLED, _THE, _NAMED, _LEADING_ROLE):
        match = shape.match(text)
        if match and (parts := _name_and_role(match, shape)):
            return parts
    text = entry.strip()
    return _split_ranked(text) or _split_han(text, plot) or _split_mixed(text, plot) or (text, "")


def is_rank(role: str) -> bool:
    """Whether an English role may stand before a name as a title does: Captain Red."""
    return role.casefold() in _ranks()


@cache
def _ranks() -> frozenset[str]:
    return frozenset(vocabulary("en")["people"]["rank"])


def _split_ranked(text: str) -> tuple[str, str] | None:
    """Commander Hale → Hale, commander; Dr. Ann Sharp → Ann Sharp, doctor."""
    match = _RANKED.match(text)
    if not match:
        return None
    role = match["role"].rstrip(".").casefold()
    role = vocabulary("en")["people"]["short_rank"].get(role, role)
    name = match["name"]
    # Captain of the Guard and Professor Emeritus name nobody; nor does General Manager.
    return (name, role) if is_rank(role) and not is_rank(name) and not has_job(name) else None


def _name_and_role(match: re.Match[str], shape: re.Pattern[str]) -> tuple[str, str] | None:
    name, role = match["name"].strip(), match["role"].strip()
    if not name or not role or len(name) > 40 or ARTICLE.fullmatch(f"{role} "):
        return None
    if shape in (_NAMED, _LEADING_ROLE, _APPOSED, _THE):
        role = ARTICLE.sub("", role)
    if shape is _LEADING_ROLE and name.casefold() in vocabulary("en")["people"]["kind"]["robot"]:
        return None
    if shape is _LABELLED and not has_job(role):
        return None
    if shape is _BRACKETED and has_job(name) and not has_job(role) and _looks_like_name(role):
        return role, name
    return name, role


def _looks_like_name(text: str) -> bool:
    surnames = vocabulary("zh")["people"]["surnames"]
    return text[:1].isupper() or (2 <= len(text) <= 3 and text[0] in surnames)


def short_name(name: str, plot: str = "") -> str:
    """What a story calls someone after the first time: Jerry for Jerry Blake.

    Where `plot` says Blake rather than Jerry, so does the story.
    """
    words = name.split()
    if len(words) < 2 or not all(re.fullmatch(r"[A-Z][a-z'’-]+\.?", word) for word in words):
        return name
    given = words[1:] if _TITLE.fullmatch(words[0]) or has_job(words[0]) else words
    if len(given) < 2:
        return name
    first, last = (len(re.findall(rf"\b{re.escape(w)}\b", plot)) for w in (given[0], given[-1]))
    return given[-1] if last > first else given[0]


def words_for(name: str, role: str, language: Language, plot: str = "") -> list[str]:
    """Other words a plot may call a character by: Red is the captain, 血刀门门主 is 门主."""
    if language == "en":
        bare = ARTICLE.sub("", name)
        own = [word for word in name.split() if word[:1].isupper() and len(word) > 2]
        words = [*(own if len(own) > 1 else []), role.split(" of ")[0].split(" ")[-1]]
        if not own:
            head, _, rest = bare.partition(" of ")
            many = head in ("group", "band", "gang", "crowd", "team", "pack", "pair", "couple")
            words += [(rest if many and rest else head).split(" ")[-1]]
        return [w for w in dict.fromkeys(words) if len(w) > 2 and not _TITLE.fullmatch(w)]
    parts = [part for part in (role, name.rpartition("的")[2]) if 2 <= len(part) <= 4]
    ends = [text for text in (role, name) if text.endswith(_titles())]
    tails = [title for text in ends for title in _titles() if text.endswith(title)]
    long = 3 < len(name) <= 12 and "的" not in name and not role
    tails += [tail for size in (3, 2) if long and (tail := name[-size:]) in plot]
    return [word for word in dict.fromkeys((*parts, *tails)) if word != name and len(word) > 1]


def has_job(text: str) -> bool:
    """Whether a text names an occupation the vocabulary knows."""
    folded = text.casefold()
    return any(holds(folded, word) for word in _job_words())


@cache
def _job_words() -> tuple[str, ...]:
    jobs = [*vocabulary("zh")["job"].values(), *vocabulary("en")["job"].values()]
    return tuple(word for job in jobs for word in job["words"])


def _split_han(text: str, plot: str) -> tuple[str, str] | None:
    """宇航员李明 → 李明, 宇航员: what someone is, followed by a short personal name."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{4,10}", text):
        return None
    for size in (2, 3):
        role, name = text[:-size], text[-size:]
        if len(role) > 1 and _is_title(role, name in plot) and _may_be_called(name, name in plot):
            return name, role
    return None


def _split_mixed(text: str, plot: str) -> tuple[str, str] | None:
    """工程师Leo → Leo, 工程师."""
    match = _MIXED.match(text)
    if match and (match["name"] in plot or _is_title(match["role"], False)):
        return match["name"], match["role"]
    return None


def _is_title(role: str, called: bool) -> bool:
    """Whether a Chinese word may stand before a name; less is asked where the plot uses it."""
    if role in vocabulary("zh")["people"]["double_surnames"] or "的" in role[-1]:
        return False
    if role.endswith(_kinds()) and (role[-2:-1] in _BEFORE_KIND or role in _kinds()):
        return True
    ends = role.endswith(_TITLE_ENDS) and (len(role) > 2 or not called)
    return ends or role.endswith(_titles())


def _may_be_called(text: str, called: bool) -> bool:
    """Whether a Chinese word may be a personal name."""
    known_as = text[1:] in _titles() and text[0] not in "小老大阿"
    if _is_han_name(text) and (known_as or not text.endswith(_titles())):
        return True
    plain = text.endswith((*_TITLE_ENDS, *_titles(), *_kinds())) or text in _ADDRESS
    address = text[1:] in _ADDRESS and text[0] in "小老大阿"
    return called and not plain and not address and not text.startswith("的")


@cache
def _titles() -> tuple[str, ...]:
    """The Chinese words that may stand before a name."""
    words = vocabulary("zh")
    jobs = [word for job in words["job"].values() for word in job["words"]]
    kinds = [word for kind in words["people"]["kind"].values() for word in kind]
    people, kin = words["people"], words["bonds"]["kin"]
    titles = [*jobs, *kinds, *kin, *people["child"], *people["teen"], *people["rank"]]
    return tuple(word for word in titles if len(word) > 1)


@cache
def _kinds() -> tuple[str, ...]:
    kinds = vocabulary("zh")["people"]["kind"].values()
    return tuple(word for kind in kinds for word in kind if len(word) == 1)


def _is_han_name(text: str) -> bool:
    if text[1:] in "姐哥叔姨嫂爷总" and text[0] not in "小老大阿":
        return text[0] in vocabulary("zh")["people"]["surnames"]
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
