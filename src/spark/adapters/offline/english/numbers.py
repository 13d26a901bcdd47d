"""Lengths of time said in English, in seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ....models import MAX_DURATION

_SMALL = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_UNITS = {"s": 1, "m": 60, "h": 3600}

_WORD_NUMBER = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(list(_SMALL)[1:10])}))?"
    rf"|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
)
_NUMBER = (
    rf"(?:(?:a|one|two|three) hundred(?: (?:and )?{_WORD_NUMBER})?|\d{{1,4}}(?:\.\d{{1,3}})?(?: "
    rf"?(?:1/2|1/4|3/4|½|¼|¾))?|½|1/2|{_WORD_NUMBER}"
    r"|a couple(?: of)?|a few|half an?|half of an?|an?)"
)
_FRACTION = r"(?: and (?:a |one )?(?:half|quarter|1/2)| and three quarters?)?"
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)"
_RANGE = rf"(?: ?(?:-|–|—|to|or) ?(?P<upper>{_NUMBER})(?P<upper_half>{_FRACTION}))?"

_SPOKEN = re.compile(
    rf"\b(?P<number>{_NUMBER})(?P<half>{_FRACTION})(?P<unit0> ?-?(?=to\b|or\b|-|–)"
    rf"{_UNIT})?{_RANGE}[ -]?(?P<unit>{_UNIT}|[smh](?![a-z'])(?! (?:look|style|vibe|vibes|"
    rf"aesthetic|feel|colou?rs?|sitcom|horror|movie|film|music|setting|era|nostalgia|fashion)))\b"
    rf"(?P<tail> and (?:(?:a |one )?(?:half|quarter)|three quarters)|(?:,? and|,)? "
    rf"?(?P<more>{_NUMBER})[ -]?(?P<more_unit>{_UNIT})| (?P<rest>{_WORD_NUMBER}|"
    rf"[1-5]?\d)(?=[\W_]*$))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<![\d:])(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)(?![\d:]|\s?[ap]\.?m\b)")
_COMPACT = re.compile(
    r"\b(?:(?P<h>\d{1,2}) ?h(?:ours?|rs?)?)? ?(?P<m>\d{1,3}) ?m(?:in)? ?(?P<s>\d{1,2}) "
    r"?s(?:ec)?\b",
    re.IGNORECASE,
)
_PRIMES = re.compile(r"(?<!\d)(?P<m>\d{1,2})['′](?P<s>\d{2})[\"″]")

_STORY_AFTER = re.compile(
    r"[ -]?(?:later|ago|earlier|after|before|old|left|to (?!\d|be\b)\w+|until|till|away|apart|"
    r"late|early|"
    r"into the|each|per|a (?:day|week)|of (?:fame|silence|freedom|peace|sunlight|air|oxygen|"
    r"power|life|light|memory|happiness|glory|battery))\b",
    re.IGNORECASE,
)
_STORY_BEFORE = re.compile(
    r"\b(?:in|within|for|every|has|have|had|only has|after|last|next|got|gives? \w+|"
    r"minus|by|past|wait|waits|waited|lasts for|each|those|these|final)\s+(?:only\s+|just\s+|"
    r"exactly\s+|the last\s+|the\s+)?$",
    re.IGNORECASE,
)


_UNDER_TENS = re.compile(r"\b(?:under|over)[- ](?:[3-9]|1[0-8])s$", re.IGNORECASE)
"""An age of viewers that looks like seconds: `for under 10s`."""


@dataclass(frozen=True)
class Length:
    """A length of time and where it is said."""

    start: int
    end: int
    seconds: int
    in_story: bool
    """Whether the words around it make it a time inside the story."""


def find_lengths(text: str) -> list[Length]:
    """Every length of time said in `text`, in order, none overlapping."""
    found: list[Length] = []
    for pattern, measure in (
        (_QUARTERS, _quarter_seconds),
        (_COMPACT, _compact_seconds),
        (_PRIMES, _compact_seconds),
        (_CLOCK, _clock_seconds),
        (_SPOKEN, _spoken_seconds),
    ):
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            seconds = 0 if _UNDER_TENS.search(text[: match.end()]) else measure(match)
            if seconds:
                found.append(_length(text, match, seconds))
    return sorted(found, key=lambda length: length.start)


def bare_minutes(text: str) -> int | None:
    """Seconds meant by a bare number that answers "how long?": small ones are minutes."""
    match = re.fullmatch(
        rf"\W*(?:about |around |like |maybe )?({_NUMBER})(?P<half>{_FRACTION})\W*", text, re.I
    )
    if not match or match[1].lower() in ("a", "an"):
        return None
    number = _number(match[1]) + _fraction(match["half"])
    return _bounded(number * 60 if number <= 15 else number)


def _length(text: str, match: re.Match[str], seconds: int) -> Length:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :][:24]
    in_story = bool(_STORY_AFTER.match(after.replace("\n", " ") if after else after))
    in_story = in_story or (bool(_STORY_AFTER.match(after.lstrip())) and after[:1] in " -")
    in_story = in_story or bool(_STORY_BEFORE.search(before))
    return Length(match.start(), match.end(), seconds, in_story)


def _bounded(seconds: float) -> int:
    return max(0, min(round(seconds), MAX_DURATION))


def _compact_seconds(match: re.Match[str]) -> int:
    groups = match.groupdict()
    hours = int(groups.get("h") or 0)
    return _bounded(hours * 3600 + int(groups["m"]) * 60 + int(groups["s"]))


def _clock_seconds(match: re.Match[str]) -> int:
    return _bounded(int(match["minutes"]) * 60 + int(match["seconds"]))


_QUARTERS = re.compile(
    r"\b(?P<many>(?:a )?quarter|three quarters) of an? (?P<unit>hour|minute)\b", re.IGNORECASE
)


def _quarter_seconds(match: re.Match[str]) -> int:
    part = 0.75 if match["many"].lower().startswith("three") else 0.25
    return _bounded(part * _UNITS[match["unit"][0].lower()])


def _spoken_seconds(match: re.Match[str]) -> int:
    unit = _UNITS[match["unit"][0].lower()]
    said = match["number"].lower()
    decade = re.fullmatch(r"(?:19|20)\d\ds", match.group())
    if decade or (len(match["unit"]) == 1 and not said[0].isdigit()):
        return 0
    lower_unit = _UNITS[match["unit0"].strip(" -")[0].lower()] if match["unit0"] else unit
    seconds = (_number(said) + _fraction(match["half"])) * lower_unit
    if match["upper"]:
        upper = (_number(match["upper"]) + _fraction(match["upper_half"])) * unit
        seconds = (seconds + upper) / 2
    if match["more"]:
        seconds += _number(match["more"]) * _UNITS[match["more_unit"][0].lower()]
    elif match["rest"]:
        seconds += _number(match["rest"])
    elif match["tail"]:
        seconds += _fraction(match["tail"]) * unit
    return _bounded(seconds)


def _fraction(text: str | None) -> float:
    if not text:
        return 0
    if "three quarter" in text.lower():
        return 0.75
    return 0.25 if "quarter" in text.lower() else 0.5


def _number(text: str) -> float:
    said = text.lower().strip()
    for sign, plain in (("½", " 1/2"), ("¼", " 1/4"), ("¾", " 3/4")):
        said = said.replace(sign, plain)
    if said.startswith("half"):
        return 0.5
    if "hundred" in said:
        many, _, more = said.partition("hundred")
        return 100 * _number(many) + (
            _number(more.replace("and", "").strip()) if more.strip() else 0
        )
    if said.startswith("a couple"):
        return 2
    if said == "a few":
        return 3
    if said in ("a", "an"):
        return 1
    if said[:1].isdigit() or "/" in said:
        return sum(_digits(part) for part in said.split())
    return sum(_TENS.get(word, _SMALL.get(word, 0)) for word in re.split(r"[ -]", said))


def _digits(text: str) -> float:
    if "/" in text:
        upper, lower = text.split("/")
        return int(upper) / int(lower)
    return float(text)
