"""What a Chinese reader takes for a name: surnames, nicknames, borrowed names, titles."""

from __future__ import annotations

import re
from functools import cache

from .tagging import part_of_speech
from .text import NUMERAL, letters, words
from .words import PEOPLE, Word, cut

_LATIN_NAME = re.compile(r"[A-Z][A-Za-z0-9'.\-]{0,20}(?: [A-Z][A-Za-z'.\-]{0,20}){0,2}")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_NICKNAME = re.compile(r"[小阿老大](?:[\u3400-\u9fff]{1,2}|[A-Za-z]{1,9})|大佬[\u3400-\u9fff]")
_KNOWN_TAGS = PEOPLE | {"verb", "function", "noun", "crowd", "modifier"}
_ENDS_NAME = re.compile(
    r"[的吧呢啊，,。！!？?、和与跟及是在:\s(（”]|以及|还有|这|那|一[个位只名条]"
)


_FUNCTIONAL = "和于从向时那都相后当应万对与"


def _is_word(text: str) -> bool:
    pieces = cut(text)
    return len(pieces) == 1 and not _KNOWN_TAGS.isdisjoint(pieces[0].tags)


@cache
def _titled() -> re.Pattern[str]:
    titles = sorted(words("people", "titles"), key=len, reverse=True)
    return re.compile(r"([\u3400-\u9fff]{1,2})(?:" + "|".join(titles) + r")")


def is_titled(text: str) -> bool:
    """Surname and title: 梁老师, 周爷爷, 张姐."""
    if re.fullmatch(r"[\u3400-\u9fff]{2}[婶嫂]", text) and not cut(text[:2])[-1].is_somebody:
        return part_of_speech(text[:2]).startswith("n")
    found = _titled().fullmatch(text)
    return found is not None and (
        found[1] in letters("names", "surnames")
        or found[1] in words("names", "compound_surnames")
        or (found[1][0] in "小老阿" and found[1][1:] in letters("names", "surnames"))
    )


def _given(text: str, loosely: bool = False) -> bool:
    barred = letters("names", "hardly_given" if loosely else "never_given")
    return 1 <= len(text) <= 2 and bool(_HAN.fullmatch(text)) and not (set(text) & barred)


def is_full_name(text: str, plain: bool = False, loosely: bool = False) -> bool:
    """A surname with one or two given letters.

    `plain` wants a surname that is seldom a word; `loosely` lets in given letters that are words
    of every day (乔四海, 曹一勺), for places where a name is due.
    """
    surnames = letters("names", "plain_surnames" if plain else "surnames")
    if text[:2] in words("names", "compound_surnames"):
        return len(text) > 2 and _given(text[2:])
    return text[:1] in surnames and _given(text[1:], loosely) and not _is_word(text)


def is_foreign(text: str) -> bool:
    """A name borrowed by its sound (艾拉, 马库斯), or written in Latin letters."""
    if _LATIN_NAME.fullmatch(text):
        return text not in ("AI", "MV", "CG", "BGM", "UFO", "PPT", "APP", "App", "VR", "KTV")
    pieces = text.split("·")
    return all(
        2 <= len(piece) <= 5 and set(piece) <= letters("names", "foreign") for piece in pieces
    ) and not _is_word(text)


def is_nickname(text: str) -> bool:
    """小满, 阿凯, 老魏, 豆豆, 宝儿."""
    if len(text) == 2 and text[0] == text[1]:
        return not _is_word(text) and not (set(text) & letters("names", "never_given"))
    if len(text) == 3 and text[1] == text[2] and not _is_word(text):
        return text[0] in letters("names", "surnames") | set("小阿")
    if re.fullmatch(r"阿[A-Za-z]{1,9}|[小老大][A-Z][a-z]{0,8}", text):
        return True
    if not _NICKNAME.fullmatch(text) or _is_word(text) or text[0] == text[1]:
        return False
    if text[0] == "大" and len(text) > 2:
        return False
    return not (set(text[1:]) & letters("names", "never_given")) and (
        len(text) == 2 or text[0] in "小阿" or text[1:] in ("六子",)
    )


def looks_like_name(text: str) -> bool:
    """Whether `text` alone, out of any cue, is most likely somebody's name."""
    return is_titled(text) or is_full_name(text) or is_foreign(text) or is_nickname(text)


def named_after_cue(text: str) -> str:
    """The name `text` opens with, right after a word such as 叫 that promises one; or nothing."""
    if text.startswith("《"):
        return ""
    if text.startswith("“") and 0 < (end := text.find("”")) <= 16:
        return text[1:end]
    if found := _LATIN_NAME.match(text):
        return found[0].strip()
    stop = _ENDS_NAME.search(text, 1)
    said = text[: stop.start()] if stop else text
    said = said.strip("“”《》 了作做")
    if (
        not said
        or said[0] in "他她它我你这那个什么去醒到"
        or re.fullmatch(r"[来上出](?:了|人|来|去)?", said)
    ):
        return ""
    return said if len(said) <= 5 and not _has_verb(said) else _shorten(said)


def _has_verb(said: str) -> bool:
    return len(said) > 2 and any(word.is_a("verb") for word in cut(said[1:]))


def _shorten(said: str) -> str:
    """The opening of `said` that can be a name when words of a story follow it at once."""
    for length in (4, 3, 2):
        if looks_like_name(said[:length]) and _clean_break(said, length):
            return said[:length]
    kept = ""
    for word in cut(said):
        if kept and (word.is_a("verb", "function", "short") or len(kept) >= 4):
            break
        kept += word.text
    return kept if len(kept) <= 5 else kept[:2]


def _clean_break(said: str, length: int) -> bool:
    rest = cut(said[length:])
    return not rest or rest[0].is_a("verb", "function", "short", "noun", "modifier")


def name_at(pieces: list[Word], at: int, introduced: bool) -> tuple[str, int]:
    """The name that begins with word `at`, and the index after it; empty where there is none.

    `introduced` says that a role stands right before it, which makes rarer names believable.
    """
    for length in (4, 3, 2, 1):
        chosen = pieces[at : at + length]
        text = "".join(word.text for word in chosen)
        if len(chosen) < length or not 2 <= len(text) <= 6:
            continue
        if not (_HAN.fullmatch(text) or re.match(r"[A-Za-z阿小老]", text)):
            continue
        if text[0] in NUMERAL:
            continue
        if length == 3 and is_titled(text[:2]) and not is_titled(text):
            continue
        listed = at + length < len(pieces) and pieces[at + length].text in ("和", "与", "跟", "、")
        if introduced and listed and is_full_name(text, loosely=True):
            return text, at + length
        if introduced and _stands_alone(text, chosen, pieces[at + length : at + length + 1]):
            return text, at + length
        if chosen[0].is_a("name", "crowd", "function", *PEOPLE) or any(
            word.is_a("verb", "function") and len(word.text) > 1 for word in chosen
        ):
            continue
        if (
            introduced
            and _unheard(chosen)
            and at + length < len(pieces)
            and _goes_on(pieces[at + length])
        ):
            return text, at + length
        if length > 2 and chosen[-1].is_a("short", "function") and not introduced:
            continue
        if _believable(text, introduced) and _may_follow(pieces, at + length):
            return text, at + length
    return "", at


def _stands_alone(text: str, chosen: list[Word], after: list[Word]) -> bool:
    """Whether a full name of rarer letters can be meant right behind a role: 门卫邓不凡."""
    if text[0] in _FUNCTIONAL or any(len(word.text) > 1 for word in chosen):
        return False
    if not is_full_name(text, loosely=True):
        return False
    if len(text) == 3:
        return not is_titled(text[:2]) and not _ends_early(chosen, after)
    acts = bool(after) and after[0].is_a("verb", "short", "function")
    return len(text) == 2 and acts and after[0].text not in ("的", "地", "得")


def _ends_early(chosen: list[Word], after: list[Word]) -> bool:
    """Whether the third letter belongs to what is done rather than to the name: 苏灵|不信."""
    last = chosen[-1]
    return (
        len(last.text) == 1
        and last.is_a("function", "short")
        and bool(after)
        and (
            after[0].is_a("unknown", "short")
            or after[0].text in "了着过一"
            or last.text in "不没就都也还只却才又"
        )
    )


def _unheard(chosen: list[Word]) -> bool:
    """Whether the words are letters of no known word that a name may hold."""
    given = letters("names", "never_given")
    return len(chosen) in (2, 3) and all(
        word.is_a("unknown") and word.text not in given for word in chosen
    )


def _goes_on(word: Word) -> bool:
    return word.is_a("verb", "function") and word.text not in ("的", "地", "得", "了", "着", "过")


def _believable(text: str, introduced: bool) -> bool:
    if is_titled(text) or is_foreign(text) or is_full_name(text, plain=not introduced):
        return True
    if not is_nickname(text):
        return False
    if introduced or text[0] == "阿" or len(set(text)) == 1:
        return True
    # 小 and 老 stand before many things; alone they make a name of a surname or a pretty word.
    return (
        text[0] in "小老"
        and (text[1:] in letters("names", "surnames") or text[1:] in "明红华丽芳刚强军伟美兰梅宝虎")
    ) or (text[0] == "大" and text[1] in "伟明强勇刚壮柱毛牛")


def _may_follow(pieces: list[Word], at: int) -> bool:
    """Whether word `at` can come right after a name."""
    if at >= len(pieces):
        return True
    word = pieces[at]
    named = pieces[at - 1].text if at else ""
    if word.text == "的" and named[-1:] in "班军队家帮会社村镇":
        return False
    if word.text in ("家族", "集团", "公司", "路", "街", "山", "河", "镇", "村", "市", "省", "县"):
        return False
    return not word.is_a("unknown") or not re.match(r"[\u3400-\u9fff]", word.text)
