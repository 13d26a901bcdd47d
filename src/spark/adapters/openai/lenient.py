"""Types that take what models mean, and not only what they were asked to write.

Models asked for a list answer with a paragraph, asked for seconds with “3 minutes”. Where the
meaning is plain it is taken; where it is not, validation fails and the model is asked again.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from ...models import MAX_DURATION, Element

_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,3}[.)、．:：]|（\d{1,3}）)\s*")
_LINES = re.compile(r"[\r\n]+")
_NAMES = re.compile(r"[、，,;；/\r\n]+| and | & |和")
_WORDY = ("text", "value", "content", "description", "name", "title", "event")
_TIMED = re.compile(
    r"(\d+(?:\.\d+)?)\s*"
    r"(hours?|hrs?|h\b|小时|minutes?|mins?|m\b|分钟|分|seconds?|secs?|s\b|秒)?",
    re.IGNORECASE,
)
_UNIT = {"h": 3600, "小": 3600, "m": 60, "分": 60, "s": 1, "秒": 1}
_CLOCK = re.compile(r"\s*(\d{1,3}):([0-5]\d)\s*")

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


def text(value: Any) -> Any:
    """Words, out of whatever holds them."""
    if isinstance(value, list):
        return "\n".join(str(text(entry)) for entry in value if entry)
    if isinstance(value, dict):
        return next((text(value[key]) for key in _WORDY if value.get(key)), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else value or ""


def text_or_none(value: Any) -> Any:
    """Words, or `None` for an empty answer or one that says that there is none."""
    words = text(value)
    unsaid = {"", "null", "none", "unknown", "n/a", "未知", "无", "未定", "未说明", "暂无"}
    return None if isinstance(words, str) and words.casefold() in unsaid else words


def texts(value: Any) -> Any:
    """A list of words; a paragraph gives its lines."""
    if isinstance(value, str):
        value = _LINES.split(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [words for entry in value if (words := _BULLET.sub("", str(text(entry))).strip())]
    return value or []


def names(value: Any) -> Any:
    """A list of characters; a sentence gives the names in it."""
    if isinstance(value, str):
        value = _NAMES.split(value)
    if isinstance(value, dict):
        value = [{"name": name, "note": note} for name, note in value.items()]
    if isinstance(value, list):
        listed = [entry if isinstance(entry, dict) else {"name": text(entry)} for entry in value]
        return [entry for entry in listed if text(entry.get("name"))]
    return value


def seconds(value: Any) -> Any:
    """A length of time in whole seconds, within a film's bounds; `None` where none is named."""
    if isinstance(value, str):
        value = _spoken_seconds(value)
    if isinstance(value, float) and value == value:
        value = round(min(value, 10.0 * MAX_DURATION))
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


def _spoken_seconds(words: str) -> float | None:
    if clock := _CLOCK.fullmatch(words):
        return int(clock[1]) * 60.0 + int(clock[2])
    found = _TIMED.findall(words)
    if not found:
        return None
    return sum(float(number) * _UNIT[(unit or "s")[0].lower()] for number, unit in found)


Text = Annotated[str, BeforeValidator(text)]
TextOrNone = Annotated[str | None, BeforeValidator(text_or_none)]
Texts = Annotated[list[str], BeforeValidator(texts)]
Seconds = Annotated[int | None, BeforeValidator(seconds)]
