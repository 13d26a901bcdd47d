"""Who acts in the film: characters as a Chinese message declares them, and as its story shows."""

from __future__ import annotations

import re

from .cues import (
    BRACKET,
    CALLED,
    CLASSIFIERS,
    LABEL,
    LABELLED,
    MAX_PHRASE,
    OPENING,
    OWNER,
    PAIR,
    PRONOUN,
    Mention,
    unopened,
)
from .evidence import has_subject_and_object, is_no_member, is_plain_role
from .intents import is_small_talk
from .names import (
    is_full_name,
    is_nickname,
    is_titled,
    looks_like_name,
    named_after_cue,
)
from .text import NUMERAL, letters, trim, without_chatter, words
from .words import Word, cut

_SOMEONE_WHO = re.compile(
    r"一[个位](?:不|没|总|只|会|想|住|来|爱|怕|活|守|等|在|从)[^，,]{1,12}的人$"
)
_SUMMED_UP = re.compile(
    r"(?P<members>[^，,]*、[^，,、]{2,4}?)(?:这|[他她]们)?[两三四五六七][个位名只][^、，,的]{1,5}$"
)


def labelled(clause: str) -> tuple[str, str] | None:
    """The label (主角, 反派) and the rest of a clause such as 主角是李明."""
    found = LABELLED.match(clause)
    if (
        found
        and not found["verb"]
        and is_person_phrase(found["rest"].split("和")[0])
        and found["rest"]
    ):
        return found["label"], found["rest"]
    if not found or not (found["verb"] or found["rest"].startswith(("“", "一", "两"))):
        return None
    return found["label"], (
        "叫" if found["verb"] and "叫" in found[0][: found.start("rest")] else ""
    ) + found["rest"]


def declared(text: str) -> list[Mention]:
    """Everybody a list such as 宇航员李明和他的AI助手 declares."""
    found: list[Mention] = []
    if summed := _SUMMED_UP.match(text):
        text = summed["members"]
    text = re.sub(
        rf"^(?:(?:就|一共|总共|有|分别是)*[{NUMERAL}]{{1,2}}[个位名只条](?:人|角色|主角|人物"
        rf"|[^:，,、和的]{{0,5}})?|{LABEL}(?:有|是|分别是)?)[:，,]+(?=.)",
        "",
        text,
    )
    for item in split_list(text):
        mention = _declared_item(item)
        if mention and not any(mention.name == other.name for other in found):
            found.append(mention)
    return _without_groups(found, text)


def _without_groups(found: list[Mention], text: str) -> list[Mention]:
    """Drop 两个骗子 where the two are listed by name after it."""
    first = found[0] if found else None
    count = re.match(rf"(?:就|只有|一共|总共|有)*([{NUMERAL}]{{1,2}})[个位名只条]", text)
    if (
        first
        and count
        and len(found) > 1
        and count[1] not in "一1"
        and not looks_like_name(first.name)
    ):
        return found[1:]
    return found


_LINK = frozenset({"和", "与", "跟", "及", "以及", "还有", "同", "加上", "并"})


def split_list(text: str) -> list[str]:
    """The members of an enumeration; a 和 inside somebody's description does not part it."""
    parts: list[str] = []
    text = re.sub(r"\([^()]{1,60}\)", lambda m: re.sub(r"[、,，;；和与]", " ", m[0]), text)
    for piece in re.split(r"[、,，;；/&+\n]|以及|还有|加上|外加|再加|另外", text):
        parts += _split_at_and(piece)
    return [part.strip() for part in parts if part.strip()]


def _split_at_and(piece: str) -> list[str]:
    parts, start = [], 0
    pieces = cut(piece)
    for at, word in enumerate(pieces):
        if word.text in _LINK and at and _closes(piece[start : word.start], pieces[at - 1]):
            parts.append(piece[start : word.start])
            start = word.end
    return [*parts, piece[start:]]


def _closes(left: str, last: Word) -> bool:
    """Whether the text left of a 和 is a member by itself."""
    bare = unopened(left.strip())
    if not bare or last.text in ("的", "个", "位", "名", "只"):
        return False
    if len(bare) == 1 and not (last.is_somebody or last.is_a("name") or bare in "我零"):
        return False
    if is_person_phrase(bare):
        return True
    tail = bare.rsplit("的", 1)[-1]
    if CALLED.search(tail):
        return True
    inner = cut(tail)
    if inner and (inner[-1].is_somebody or looks_like_name(tail) or inner[-1].is_a("name")):
        return not any(word.is_a("verb") for word in inner) or inner[0].is_somebody
    return not any(word.is_a("verb", "function") for word in inner)


def _declared_item(item: str) -> Mention | None:
    item = trim(without_chatter(item.strip()))
    item = re.sub(r"^(?:短片|片子|故事|影片|视频)(?:主要)?(?:讲|说)(?:的是|了)?(?=.)", "", item)
    item = re.sub(
        r"^(?:就|只|只有|有|是|和|与|跟|以及|还有|另外|再?加上?|用|一共|分别是|分别|包括|:|让|由"
        r"|请|添加|增加|来)+(?=.)",
        "",
        item,
    )
    item = re.sub(r"^一堆.*|^一群.*|.*(?:改成|换成|改为|换为).*", "", item)
    new = OPENING.match(item) is not None
    item = unopened(item) if new else item
    item = OWNER.sub("", item).strip()
    if re.search(r".的[他她]?自己$", item):
        return Mention(item, "自己", new=True)
    if not item or PRONOUN.match(item) or _is_crowd(item) or is_small_talk(item):
        return None
    return _bracketed(item) or _called(item) or _quoted(item) or _paired(item) or _phrase(item, new)


def _is_crowd(item: str) -> bool:
    return item.rsplit("的", 1)[-1] in words("people", "crowds") or item.endswith(("们", "人群"))


def _bracketed(item: str) -> Mention | None:
    found = BRACKET.match(item)
    if not found:
        return None
    inner = _phrase(found[1] + found[3], True)
    return Mention(inner.name, found[2], found[2], True) if inner else None


def _called(item: str) -> Mention | None:
    found = CALLED.search(item)
    if not found:
        return None
    name = named_after_cue(item[found.end() :])
    if not name:
        return None
    before = trim(item[: found.start()]).strip("，, ")
    after = re.sub(r"^[”的吧，,]+", "", item[found.end() :].lstrip("“").removeprefix(name))
    note = OPENING.sub("", (before or trim(after)), count=1)
    if before and after and not re.match(r"[吧呢啊]", after):
        note = f"{note}，{trim(after)}"
    note = re.sub(rf"^{LABEL}$", "", note.removesuffix("的"))
    return Mention(name, head_of(before or after), note, True)


def _quoted(item: str) -> Mention | None:
    found = re.search(r"“([^”]{1,8})”", item)
    if not found:
        return None
    around = (item[: found.start()] + item[found.end() :]).strip("的， ")
    if item[: found.start()].endswith("变成的"):
        whole = item.replace("“", "").replace("”", "")
        return Mention(whole, found[1], new=True)
    if re.search(r"自称|号称|所谓|假|说$", item[: found.start()]):
        inner = _phrase(item.rsplit("的", 1)[-1].strip("“”"), True)
        return Mention(inner.name, inner.head or found[1], item, True) if inner else None
    return Mention(found[1], head_of(around), around, True)


def _paired(item: str) -> Mention | None:
    found = PAIR.match(item)
    if not found:
        return None
    if looks_like_name(found[1]) or not any(word.is_somebody for word in cut(found[1])[-1:]):
        return Mention(found[1], head_of(found[2]), trim(found[2]), True)
    inner = _phrase(found[2], True)
    return Mention(inner.name, found[1], found[1], True) if inner else None


def head_of(phrase: str) -> str:
    """The role a phrase ends in: 退休警察 for 一个退休警察."""
    pieces = cut(phrase)
    somebody = [at for at, word in enumerate(pieces) if word.is_somebody]
    if not somebody:
        return phrase.rsplit("的", 1)[-1][-4:]
    head = pieces[somebody[-1]].text
    if len(head) == 1 and somebody[-1] and pieces[somebody[-1] - 1].is_a("unknown"):
        head = pieces[somebody[-1] - 1].text + head
    return head


def _phrase(item: str, new: bool) -> Mention | None:
    """A name with its role, a role with its modifiers, or whatever thing is declared to act."""
    item = re.sub(rf"^.*的(?=[{NUMERAL}][{CLASSIFIERS}])", "", item.strip("“” 的"))
    item = unopened(item)
    if not item or len(item) > 60 or re.fullmatch(r"[\d\W]+", item):
        return None
    if looks_like_name(item):
        return Mention(item, new=new)
    before, _, after = item.rpartition("的")
    if before and (
        looks_like_name(after) or (len(after) == 3 and is_full_name(after, loosely=True))
    ):
        return Mention(after, head_of(before), before, new)
    pieces = cut(item)
    somebody = [at for at, word in enumerate(pieces) if word.is_somebody]
    for at in somebody:
        tail = item[pieces[at].end :]
        if len(tail) in (2, 3) and len(pieces[at].text) > 1 and is_full_name(tail, loosely=True):
            return Mention(tail, pieces[at].text, item[: pieces[at].end], True)
    if len(somebody) > 1 and somebody[-1] == len(pieces) - 1 and somebody[-2] == len(pieces) - 2:
        role, pet = pieces[-2], pieces[-1]
        if role.is_a("role", "person") and pet.is_a("animal") and pet.text[0] in "小老大阿":
            return Mention(pet.text, role.text, item[: role.end], True)
    if named := _name_behind(item):
        return named
    for at in somebody[:-1]:
        role = pieces[at]
        if _is_name(item[role.end :]) and not is_titled(item[role.start :]):
            return Mention(item[role.end :], role.text, item[: role.end], True)
    if somebody:
        last = pieces[somebody[-1]]
        tail = item[last.end :]
        if (
            len(tail) > 2
            and tail[0] in letters("people", "suffixes_weak")
            and looks_like_name(tail[1:])
        ):
            return Mention(tail[1:], item[last.start : last.end + 1], item[: last.end + 1], True)
        if tail and len(tail) <= 6 and not tail.startswith(("的", "们")):
            return Mention(tail, last.text, item[: last.end], True)
        titled = item[max(0, last.start - 1) :]
        alone = somebody[-1] and len(pieces[somebody[-1] - 1].text) == 1
        if not tail and alone and is_titled(titled):
            before = item[: last.start - 1]
            return Mention(titled, head_of(before) if before else "", before.strip("的"), True)
    return _last_part(item, new)


_TAILS = re.compile(r"^(?P<role>.{2,12}?)(?P<name>[A-Z][A-Za-z]{1,14}|[老小阿大][A-Z])$")


def _name_behind(item: str) -> Mention | None:
    """A name behind a role no list holds: 行政Lisa, 独臂枪手老K, 村支书老耿."""
    if found := _TAILS.match(item):
        return Mention(found["name"], head_of(found["role"]), found["role"], True)
    borders = {word.start for word in cut(item)}
    for length in (3, 2):
        role, name = item[:-length], item[-length:]
        if len(role) < 2 or len(role) > 14 or len(role) not in borders:
            continue
        if (
            length == 2
            and name[0] in "老小阿"
            and is_nickname(name)
            and not cut(role)[-1].is_a("function")
        ):
            return Mention(name, head_of(role), role.strip("的"), True)
        if length == 2 and is_titled(name):
            return Mention(name, head_of(role), role.strip("的"), True)
        if not _may_be_role(role):
            continue
        if (length == 3 and is_full_name(name, loosely=True)) or is_nickname(name):
            return Mention(name, head_of(role), role.strip("的"), True)
        if role[-1] in letters("people", "suffixes_strong") and is_full_name(name):
            return Mention(name, head_of(role), role, True)
    return None


def _may_be_role(text: str) -> bool:
    last = cut(text)[-1]
    return (
        last.is_somebody
        or text[-1] in letters("people", "suffixes_weak")
        or text[-1] in letters("people", "suffixes_strong")
    )


def _is_named_role(text: str) -> bool:
    """Whether a bare role and a name are all there is: 修鞋匠老梁, 转校生聂小北."""
    found = _name_behind(text) if 4 <= len(text) <= 10 and "的" not in text else None
    if not found or not text.endswith(found.name):
        return False
    role = text.removesuffix(found.name)
    return _may_be_role(role) and is_plain_role(role)


def _last_part(item: str, new: bool) -> Mention | None:
    somebody = any(word.is_somebody for word in cut(item))
    if not new and not somebody and is_no_member(item):
        return None
    before, _, after = item.rpartition("的")
    if before and looks_like_name(after):
        return Mention(after, "", before, new)
    short = item if len(item) <= MAX_PHRASE else after or item[-MAX_PHRASE:]
    return Mention(short, head_of(after or item), "" if short == item else item, new)


def _is_name(text: str) -> bool:
    return looks_like_name(text) or (len(text) == 3 and is_full_name(text, loosely=True))


def is_person_phrase(text: str) -> bool:
    """Whether `text` is nothing but somebody: 一个失明的钢琴家, 女侦探零."""
    if _SOMEONE_WHO.match(trim(text)):
        return True
    text = unopened(trim(text))
    if has_subject_and_object(text):
        return False
    if _is_named_role(text):
        return True
    pieces = cut(text)
    somebody = [at for at, word in enumerate(pieces) if word.is_somebody]
    if not somebody:
        behind = _name_behind(text)
        if behind and "的" not in text and not any(w.is_a("verb", "function") for w in pieces):
            return True
        named = looks_like_name(text.rsplit("的", 1)[-1]) or behind is not None
        return named and not _has_clause(pieces, len(pieces) - 1)
    tail = text[pieces[somebody[-1]].end :]
    if any(word.is_a("verb", "function", "short") for word in cut(tail)) or len(tail) > 3:
        return _is_name(tail)
    if _PLACE.search(tail):
        return False
    return not _has_clause(pieces, somebody[-1])


def _has_clause(pieces: list[Word], head: int) -> bool:
    """Whether the words before a head tell something of their own instead of describing it."""
    before = pieces[:head]
    doing = [
        at
        for at, word in enumerate(before)
        if (word.is_a("verb") and not word.is_a("modifier", "noun"))
        or (word.is_a("short") and not (at and at == head - 1))
        or (word.is_a("function") and word.text not in words("cues", "quiet"))
    ]
    if not doing:
        return False
    if before[0].text in SETTING_OUT:
        return True
    if any(word.text in ("是", "就是", "其实", "居然", "竟然", "却", "发现") for word in before):
        return True
    if not any(word.text == "的" for word in before[doing[-1] + 1 :]):
        return True
    whole = "".join(word.text for word in before)
    for found in OPENING.finditer(whole):
        leading = [word for word in before if word.start - before[0].start < found.start()]
        if leading and (leading[-1].is_a("verb", "short") or leading[-1].text in "了着到"):
            return True
    opening = OPENING.search("".join(word.text for word in before[doing[0] :]))
    if opening and "的" not in "".join(word.text for word in before[doing[0] :])[: opening.start()]:
        return True
    first = before[0]
    return (first.is_somebody or first.is_a("name")) and doing[0] <= 2 and pieces[head].is_somebody


SETTING_OUT = frozenset(
    [
        "为了",
        "为",
        "因为",
        "当",
        "如果",
        "虽然",
        "由于",
        "于是",
        "然后",
        "最后",
        "随着",
        "直到",
        "结果",
    ]
)
"""What opens a clause of purpose, cause or sequence, never a description."""

_PLACE = re.compile(r"[院馆店室局司厂城园楼所校国界镇会赛车船证病药品费]$")
