"""Lengths of time as models write them: asked for seconds, they answer in the person's words."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 100
"""A length of time takes no more characters."""

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, *range(3, 10)), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_WORDS: dict[str, float] = {
    "half an": 0.5, "half a": 0.5, "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty-five": 45, "forty": 40, "fifty": 50, "sixty": 60,
    "ninety": 90,
}  # fmt: skip

_NUMBER = rf"(?:\d*\.?\d+|半|[{''.join(_DIGITS)}十百千]+|(?<![a-z])(?:{'|'.join(_WORDS)})(?=[\s-]))"
_PART = re.compile(
    rf"(?<![\d.:])(?:(?P<low>{_NUMBER})\s*(?:[-–—~到至或]|to|or)\s*)?(?P<number>{_NUMBER})"
    r"(?P<half>个半|\s+and a half)?[\s-]*个?"
    r"(?:(?P<h>小时|钟头|hours?|hrs?|h(?![a-z]))|(?P<q>刻钟)|(?P<m>分|minutes?|mins?|m(?![a-z]))"
    r"|(?P<s>秒|seconds?|secs?|s(?![a-z])))钟?(?P<more>半|\s+and a half)?"
)
_SECONDS = {"h": 3600, "q": 900, "m": 60, "s": 1}
_JOINT = re.compile(r"[\s,零又]*(?:and\s+)?")
_REST = re.compile(rf"\s*({_NUMBER})\s*\Z")
_CLOCK = re.compile(r"(?<![\d:])(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?![\d:])")
_PRIMES = re.compile(r"(?<!\d)()(\d{1,3})['′](\d{1,2})(?!\d)")
_BARE = re.compile(r"\W*(?:about|around|约|大约|大概)?\s*(?<!-)(\d+(?:\.\d+)?)\s*(?:左右)?\W*")
_ONE_HALF = re.compile(r"\s*(?:½|(?<!\d)1/2(?!\d))")


def spoken_seconds(words: str) -> float | None:
    """The first length of time in `words`; a number alone counts seconds."""
    words = _ONE_HALF.sub(".5", words[:_LONGEST])
    words = unicodedata.normalize("NFKC", words).lower()
    total, size, end = 0.0, 0, -1
    for part in _PART.finditer(words):
        unit = next(_SECONDS[name] for name in _SECONDS if part[name])
        if size and (unit >= size or not _JOINT.fullmatch(words, end, part.start())):
            break
        total, size, end = total + _count(part) * unit, unit, part.end()
    if size > 1 and (rest := _REST.match(words, end)):
        total += _number(rest[1]) * size / 60
    if size:
        return total
    if clock := _CLOCK.search(words) or _PRIMES.search(words):
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])
    bare = _BARE.fullmatch(words)
    return float(bare[1]) if bare else None


def _count(part: re.Match[str]) -> float:
    """The number of units; of two it is the middle."""
    count = _number(part["number"])
    if part["low"]:
        count = (_number(part["low"]) + count) / 2
    return count + (0.5 if part["half"] or part["more"] else 0)


def _number(said: str) -> float:
    if said in _WORDS or said == "半":
        return _WORDS.get(said, 0.5)
    if said[-1].isdecimal():
        return float(said)
    total = digit = 0
    for letter in said:
        if letter in _TENS:
            total, digit = total + (digit or 1) * _TENS[letter], 0
        else:
            digit = _DIGITS[letter]
    return float(total + digit)
