"""Finding the JSON object in what a model said.

Models wrap it in code fences, think aloud before it, explain it after it, put line breaks into
strings and commas after last entries. All of that is overlooked. An object that is not finished is
not: it is no answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

_THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_OPEN_THOUGHT = re.compile(r"^\s*<(think|thinking|reasoning)>", re.IGNORECASE)
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)
_MOST_STARTS = 50


class Unreadable(Exception):
    """What a model said is no answer; the message tells the model why."""


def read_object(said: str, keys: Sequence[str]) -> dict[str, Any]:
    """The first object in `said` that holds one of `keys`. Raises `Unreadable`."""
    words = without_thoughts(said)
    for candidate in (words, _STRING_OR_COMMA.sub(lambda m: m[1] or "", words)):
        if (found := _find(candidate, keys)) is not None:
            return found
    problem = "it breaks off before its end" if "{" in words else "there is none"
    raise Unreadable(f"No JSON object with the key “{keys[0]}” was found: {problem}.")


def without_thoughts(said: str) -> str:
    """`said` without what the model thought aloud; nothing while it is still thinking."""
    words = _THOUGHT.sub("", said)
    return "" if _OPEN_THOUGHT.match(words) else words


def _find(words: str, keys: Sequence[str]) -> dict[str, Any] | None:
    position = -1
    for _ in range(_MOST_STARTS):
        position = words.find("{", position + 1)
        if position < 0:
            return None
        try:
            value, _ = _DECODER.raw_decode(words, position)
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(value, dict) and not value.keys().isdisjoint(keys):
            return _cleaned(value)  # type: ignore[no-any-return]
    return None


def _cleaned(value: Any) -> Any:
    """`value` without the halves of characters and the NULs that no store could keep."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode().replace("\x00", "")
    if isinstance(value, list):
        return [_cleaned(entry) for entry in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(entry) for key, entry in value.items()}
    return value
