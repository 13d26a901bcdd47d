"""Chinese numerals, and the lengths of time a film can be said to have."""

from __future__ import annotations

import re

from ....models import MAX_DURATION

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"(?:\d{1,5}(?:\.\d{1,2})?|[零〇一二两三四五六七八九十百千]{1,7})"
_UNIT = (
    r"(?:个?多?(?P<hour>小时|钟头|hours?|h(?![a-z]))|(?P<minute>分钟|分(?!之|手|开|享|离|别|成"
    r"|类|配|析|球|钱|地|利|线|裂|给|工)"
    r"|minutes?|mins?|m(?![a-z]))|(?P<second>秒钟?|seconds?|secs?|s(?![a-z]))|(?P<quarter>刻钟))"
)
_PART = re.compile(
    rf"(?P<half>半)?(?:(?<=半)|(?P<low>{_NUMBER})"
    rf"(?:\s*(?:-|~|～|—|到|至|或|、)\s*(?P<high>{_NUMBER}))?)\s*"
    rf"(?P<mid>个?半)?\s*个?\s*{_UNIT}\s*(?P<after>半)?钟?",
    re.I,
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])")
_PRIMES = re.compile(r"(\d{1,2})\s*[′'’]\s*([0-5]?\d)\s*(?:[″\"”]|'')")
_BARE_SECONDS = re.compile(rf"^\s*(?:零)?({_NUMBER})(?![年月天岁个位])")
# Right after a length of time, these make it a moment of the story.
_STORY_AFTER = re.compile(
    r"^(?:钟)?(?:[之以]?(?:后|前|内)|里|过去|过后|就要|倒计时|的?(?:倒计时|时间里|时间内|期限"
    r"|寿命|记忆|生命|路程|车程|沉默))"
)
_LIMIT_AFTER = re.compile(r"^(?:钟)?[之以]?内(?=$|[，,。吧就 、的左]|完|结束|搞定|讲完|看完|短)")
_STORY_BEFORE = re.compile(
    r"(?:每隔?|(?:了|(?<!超)过)(?:整整|足足|将近|大约|近)?|只剩|剩下?|还有|仅剩|最后|前|后|第"
    r"|迟到了?|睡了|停了|晚了)$"
)


def number(numeral: str) -> float | None:
    """What a numeral in digits or Chinese letters counts, or None."""
    if re.fullmatch(r"\d+(?:\.\d+)?", numeral):
        return float(numeral)
    total = digit = 0
    for letter in numeral:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[letter], 0
        else:
            return None
    return float(total + digit)


def _range(low: str, high: str | None) -> float | None:
    """The number said, or the middle of two: 三到五, 两三."""
    if high:
        first, second = number(low), number(high)
        return None if first is None or second is None else (first + second) / 2
    if len(low) == 2 and low[0] not in "零〇" and all(letter in _DIGITS for letter in low):
        return (_DIGITS[low[0]] + _DIGITS[low[1]]) / 2
    if len(low) == 3 and low[0] == "十" and low[1] in _DIGITS and low[2] in _DIGITS:
        return 10 + (_DIGITS[low[1]] + _DIGITS[low[2]]) / 2
    return number(low)


def _seconds(part: re.Match[str]) -> float | None:
    scale = 3600 if part["hour"] else 60 if part["minute"] else 900 if part["quarter"] else 1
    if part["half"]:
        return scale / 2
    count = _range(part["low"], part["high"])
    if count is None:
        return None
    return (count + (0.5 if part["mid"] or part["after"] else 0)) * scale


def _parts(text: str) -> list[tuple[int, int, float]]:
    """Where lengths of time stand in `text`, neighbours such as 2分 30秒 counted together."""
    found: list[tuple[int, int, float]] = []
    for part in _PART.finditer(text):
        seconds = _seconds(part)
        if seconds is None:
            continue
        end = part.end()
        if (
            part["minute"]
            and (rest := _BARE_SECONDS.match(text[end:]))
            and not _PART.match(text, end)
        ):
            extra = number(rest[1])
            if extra is not None and extra < 60:
                seconds, end = seconds + extra, end + rest.end()
        joint = text[found[-1][1] : part.start()].strip(" 零又") if found else "-"
        if not joint and found[-1][2] > seconds:
            start, _, before = found.pop()
            found.append((start, end, before + seconds))
        else:
            found.append((part.start(), end, seconds))
    found += [(m.start(), m.end(), int(m[1]) * 60 + int(m[2])) for m in _CLOCK.finditer(text)]
    found += [(m.start(), m.end(), int(m[1]) * 60 + int(m[2])) for m in _PRIMES.finditer(text)]
    return sorted(found)


def lengths(text: str) -> list[tuple[int, int, int]]:
    """The film lengths `text` names, as (start, end, seconds); no times inside a story."""
    kept = []
    for start, end, seconds in _parts(text):
        after, before = text[end:], text[:start]
        if _STORY_AFTER.match(after) and not _LIMIT_AFTER.match(after):
            continue
        if _STORY_BEFORE.search(before):
            continue
        if seconds >= 1:
            kept.append((start, end, min(round(seconds), MAX_DURATION)))
    return kept


def duration(text: str) -> int | None:
    """The film length `text` settles on: the last one it names."""
    found = lengths(text)
    return found[-1][2] if found else None
