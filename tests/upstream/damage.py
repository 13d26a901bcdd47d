"""What models make of an answer they were to give as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_OWN_WORDS = {
    "theme": "Theme",
    "genre": "GENRE",
    "characters": "人物",
    "plot": "Plot points",
    "audience": "target audience",
    "duration": "时长",
    "visual_style": "visual style",
    "mood": "情绪",
}
_HAN = re.compile("[\u4e00-\u9fff]")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[}\]]')
_SENTENCE_END = re.compile(r"(?<=[。！？.!?，,])\s*")
_LONG_TEXTS = {"reply", "summary", "narrative_text", "appearance", "backstory"}
_THOUGHTS = (
    '<think>\nThe person tells of {something}. Maybe {"reply": "a draft", "idea": {"theme": "none"'
    "}}? No, better:\n</think>\n\n"
)


def damaged(content: str, faults: frozenset[str]) -> str:
    """A good answer's content after all that the faults do to it, shape first."""
    for name, damage in _DAMAGES.items():
        if name in faults:
            content = damage(content)
    return content


def _of_value(damage: Callable[[Any, str], Any]) -> Callable[[str], str]:
    """A damage to the JSON value and not to its text; other content stays as it is."""

    def apply(content: str) -> str:
        try:
            value = json.loads(content)
        except ValueError:
            return content
        language = "zh" if _HAN.search(content) else "en"
        return json.dumps(damage(value, language), ensure_ascii=False)

    return apply


def _each(value: Any, change: Callable[[str, Any], Any]) -> Any:
    """A JSON value with every field put through `change`, the innermost first."""
    if isinstance(value, list):
        return [_each(entry, change) for entry in value]
    if isinstance(value, dict):
        return {key: change(key, _each(entry, change)) for key, entry in value.items()}
    return value


def _drift(value: Any, language: str) -> Any:
    def change(key: str, held: Any) -> Any:
        if key == "element":
            return _OWN_WORDS.get(held, held)
        if key == "waived":
            return [_OWN_WORDS.get(element, element) for element in held]
        if key in ("duration_seconds", "estimated_duration") and held is not None:
            in_minutes = language == "en" and held % 60 == 0
            return f"{held // 60} minutes" if in_minutes else str(held)
        return held

    return _each(value, change)


def _mistype(value: Any, language: str) -> Any:
    comma = "、" if language == "zh" else ", "

    def change(key: str, held: Any) -> Any:
        if not held:
            return held
        if key == "plot":
            return "\n".join(held)
        if key == "motivations":
            return comma.join(held)
        if key == "relationships":
            return {bond["name"]: bond["text"] for bond in held}
        if key == "characters" and "note" in held[0]:
            names = [character["name"] for character in held]
            return comma.join(names) if language == "zh" else names
        return held

    return _each(value, change)


def _leave_one_out(value: Any, _: str) -> Any:
    if isinstance(value, dict) and isinstance(value.get("characters"), list):
        return {**value, "characters": value["characters"][:-1]}
    return value


def _reshape(value: Any, _: str) -> Any:
    return {"status": "ok", "answer": {"text": value.get("reply", "Done.")}, "items": []}


def _break_lines(value: Any, _: str) -> Any:
    def change(key: str, held: Any) -> Any:
        is_long = key in _LONG_TEXTS and isinstance(held, str)
        return _SENTENCE_END.sub("\n", held, count=1) if is_long else held

    return _each(value, change)


def _write_raw_newlines(content: str) -> str:
    return _of_value(_break_lines)(content).replace("\\n", "\n")


def _write_trailing_commas(content: str) -> str:
    return _TOKEN.sub(lambda m: f",{m[0]}" if m[0] in ("}", "]") else m[0], content)


def _halve(content: str) -> str:
    begin = max(content.find('"idea"'), 0)
    end = content.find('"said"', begin)
    end = end if end > 0 else len(content)
    return content[: (begin + end) // 2]


def _talk(content: str) -> str:
    try:
        return str(json.loads(content)["reply"])
    except (ValueError, KeyError, TypeError):
        return "Sure, I would be happy to help with that. What would you like to know first?"


def _talk_around(content: str) -> str:
    return f"Here is the JSON:\n\n{content}\n\nLet me know if you would like {{any}} changes!"


_DAMAGES: dict[str, Callable[[str], str]] = {
    "enum_drift": _of_value(_drift),
    "wrong_types": _of_value(_mistype),
    "too_few": _of_value(_leave_one_out),
    "wrong_shape": _of_value(_reshape),
    "raw_newlines": _write_raw_newlines,
    "trailing_commas": _write_trailing_commas,
    "half_object": _halve,
    "not_json": _talk,
    "empty": lambda content: "",
    "fences": lambda content: f"```json\n{content}\n```",
    "prose": _talk_around,
    "think": lambda content: _THOUGHTS + content,
}
