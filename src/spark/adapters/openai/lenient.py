"""Types that take what models mean, and not only what they were asked to write.

Models asked for a list answer with a paragraph, asked for seconds with “3 minutes”. Where the
meaning is plain it is taken; where it is not, validation fails and the model is asked again.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from ...models import MAX_DURATION, Element
from .durations import spoken_seconds

BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff"
"""What cannot be seen at the ends of a text: our records count a text of these alone as none."""

_BULLET = re.compile(
    r"\s*(?:[-–*•·▪●]\s+|[•·▪●]|-(?=[^\W\d])|[(（]\d{1,3}[)）]|\d{1,3}[.)、．](?!\d)"
    r"|[1-9]\d?[:：](?!\d)|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*"
)
_LINES = re.compile(r"[\r\n]+")
_BREAKS = re.compile(r"[、，,;；/\r\n]+(?![^（()）]{0,60}[)）])")
_HAN_AND = re.compile(
    r"(?<=[^\W_]{2})(?<![温柔祥谦随共])(?:以及|[和与])(?=[^\W_]{2})(?![尚平气睦谐善蔼煦的])"
)
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_AND_SOMEONE = re.compile(
    r"\s+(?:and|&)\s+(?=(?:an?|the|her|his|their|its|my|our|two|three)\s)", re.IGNORECASE
)
_FIRST_AND = re.compile(r"(?:and\s|&|以及)\s*", re.IGNORECASE)
_WORDY = ("text", "value", "content", "description", "name", "title", "event")
_UNSAID = {
    "", "null", "none", "unknown", "n/a", "not specified", "unspecified", "not mentioned",
    "not said", "not given", "undecided", "tbd", "-", "—", "无", "没有", "未知", "未定", "未说明",
    "未提及", "未提到", "未指定", "待定", "暂无", "不详",
}  # fmt: skip

_ELEMENTS: dict[str, Element] = {
    "theme": "theme", "topic": "theme", "subject": "theme", "主题": "theme", "题材": "theme",
    "genre": "genre", "type": "genre", "类型": "genre", "体裁": "genre",
    "characters": "characters", "character": "characters", "basiccharacters": "characters",
    "cast": "characters", "roles": "characters", "人物": "characters", "角色": "characters",
    "plot": "plot", "plotpoints": "plot", "story": "plot", "events": "plot", "情节": "plot",
    "剧情": "plot", "故事": "plot",
    "audience": "audience", "targetaudience": "audience", "观众": "audience", "受众": "audience",
    "目标观众": "audience", "目标受众": "audience",
    "duration": "duration", "durationpreference": "duration", "durationseconds": "duration",
    "length": "duration", "时长": "duration", "长度": "duration",
    "visualstyle": "visual_style", "style": "visual_style", "look": "visual_style",
    "视觉风格": "visual_style", "画面风格": "visual_style", "风格": "visual_style",
    "画风": "visual_style",
    "mood": "mood", "tone": "mood", "atmosphere": "mood", "氛围": "mood", "基调": "mood",
    "情绪": "mood",
}  # fmt: skip
"""Names that models give the elements."""


def element(value: object) -> Element | None:
    """The element that a model means."""
    return _ELEMENTS.get(re.sub(r"[\W_]+", "", str(value)).lower())


def text(value: Any) -> str:
    """Words, out of whatever holds them."""
    if isinstance(value, list):
        return "\n".join(words for entry in value if (words := text(entry)))
    if isinstance(value, dict):
        return next((words for key in _WORDY if (words := text(value.get(key)))), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip(BLANKS) if isinstance(value, str) else ""


def text_or_none(value: Any) -> str | None:
    """Words, or `None` for an empty answer or one that says that there is none."""
    words = text(value)
    return None if words.casefold() in _UNSAID else words


def texts(value: Any) -> Any:
    """A list of words; a paragraph gives its lines."""
    if isinstance(value, str):
        value = _LINES.split(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [words for entry in value if (words := _unnumbered(text(entry)))]
    return value or []


def names(value: Any) -> Any:
    """A list of characters; a sentence gives the names in it."""
    if isinstance(value, str):
        value = _names_in(value)
    if isinstance(value, dict):
        pairs = [{"name": name, "note": note} for name, note in value.items()]
        value = [value] if "name" in value else pairs
    if isinstance(value, list):
        listed = [e if isinstance(e, dict) else {"name": _unnumbered(text(e))} for e in value]
        return [entry for entry in listed if text(entry.get("name"))]
    return value


def seconds(value: Any) -> Any:
    """A length of time in whole seconds, within a film's bounds; `None` where none is named."""
    if isinstance(value, str):
        value = spoken_seconds(value)
    if isinstance(value, float) and value > 0:
        value = round(min(value, MAX_DURATION))
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        return None
    return min(value, MAX_DURATION)


def ties(value: Any) -> Any:
    """Relationships as a list of whom and how; a mapping gives its pairs."""
    if isinstance(value, dict):
        value = [{"name": name, "text": text(how)} for name, how in value.items()]
    if isinstance(value, list):
        return [entry for entry in value if isinstance(entry, dict) and text(entry.get("name"))]
    return []


def position(value: Any) -> int:
    """The position of a message that a model means; -1 where it names none."""
    if isinstance(value, str) and (found := re.search(r"\d{1,6}", value)):
        value = int(found[0])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _unnumbered(words: str) -> str:
    """A line without the bullet or the number it begins with."""
    bullet = _BULLET.match(words)
    return words[bullet.end() :] if bullet else words


def _names_in(words: str) -> list[str]:
    """The names that a string lists.

    A guess, and a careful one: an “and” may be part of a name, and so may a “和”. It parts the
    last entry of a list, or someone from someone else who is no mere name: “Mia and her robot”.
    """
    entries = [e for part in _BREAKS.split(words) if (e := _unnumbered(part.strip(BLANKS)))]
    *before, last = entries or [""]
    if before and (opening := _FIRST_AND.match(last)):
        parted = [last[opening.end() :]]
    else:
        parted = (_AND if before else _AND_SOMEONE).split(last)
    return [name for entry in [*before, *parted] for name in _HAN_AND.split(entry)]


Text = Annotated[str, BeforeValidator(text)]
TextOrNone = Annotated[str | None, BeforeValidator(text_or_none)]
Texts = Annotated[list[str], BeforeValidator(texts)]
Seconds = Annotated[int | None, BeforeValidator(seconds)]
Position = Annotated[int, BeforeValidator(position)]
