"""Finding the JSON object in what a model said.

Models wrap it in code fences, think aloud before it, explain it after it, put line breaks into
strings, commas after last entries and backslashes before what needs none. All of that is
overlooked. An object that is not finished is not: it is no answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

THOUGHT = r"(?i:<(?:think|thinking|thought|reasoning)>)"
END_OF_THOUGHT = re.compile(THOUGHT.replace("<", "</"))

_MARK = re.compile(rf'(?P<thought>{THOUGHT})|(?P<end>{END_OF_THOUGHT.pattern})|\{{\s*"')
_STRING_OR_COMMA = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|,(?=\s*[}\]])', re.DOTALL)
_NEEDLESS = re.compile(r'\\(?:(["\\/bfnrtu])|(.))', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)
_MENDABLE = ("}", "]", ",", "\\")
"""Where decoding ends at one of these it may be for a needless comma or backslash."""

_MOST_STARTS, _DEEPEST = 8, 100


class Unreadable(Exception):
    """What a model said is no answer.

    `told` tells the model why. The message itself may be logged: it repeats nothing of what
    anybody said.
    """

    def __init__(self, problem: str, told: str | None = None) -> None:
        super().__init__(problem)
        self.told = told or problem


class _Unfinished(Exception):
    """The text ends inside an object."""


def read_object(said: str, keys: Sequence[str]) -> dict[str, Any]:
    """The first object in `said` that holds one of `keys`. Raises `Unreadable`."""
    found: dict[str, Any] | None = None
    before: dict[str, Any] | None = None
    problem = "there is none"
    position = starts = 0
    while starts < _MOST_STARTS and (mark := _MARK.search(said, position)):
        position = mark.end()
        if mark["thought"]:
            end = END_OF_THOUGHT.search(said, position)
            position = end.end() if end else len(said)
        elif mark["end"]:
            # The thought began before the first word we were given.
            before, found = found or before, None
        elif found is None:
            starts, problem = starts + 1, "what there is has other keys or is no JSON"
            try:
                found, position = _object_at(said, mark.start(), keys) or (None, position)
            except _Unfinished:
                problem = "it breaks off before its end"
                break
    if answer := found or before:
        return answer
    raise Unreadable(f"No JSON object with the key “{keys[0]}” was found: {problem}.")


def unescaped(raw: str) -> str:
    """The words that the inside of a JSON string stands for."""
    return str(_cleaned(_DECODER.decode(f'"{_plain(raw)}"')))


def _object_at(said: str, start: int, keys: Sequence[str]) -> tuple[dict[str, Any], int] | None:
    """The object that begins there and its end, if it is the one. Raises `_Unfinished`."""
    try:
        value, end = _decoded(said, start)
        return None if value.keys().isdisjoint(keys) else (_cleaned(value), end)
    except json.JSONDecodeError as error:
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            raise _Unfinished from error
    except (ValueError, RecursionError):
        pass  # a number of thousands of digits, or a thousand objects in one another
    return None


def _decoded(said: str, start: int) -> tuple[dict[str, Any], int]:
    try:
        return _DECODER.raw_decode(said, start)
    except json.JSONDecodeError as error:
        if said[error.pos : error.pos + 1] not in _MENDABLE:
            raise
    mended = _STRING_OR_COMMA.sub(lambda m: _plain(m[1]) if m[1] else "", said[start:])
    value, end = _DECODER.raw_decode(mended)
    return value, start + end  # or a little later: mending only ever takes away


def _plain(string: str) -> str:
    """A JSON string without the backslashes that stand before nothing that needs one."""
    if "\\" not in string:
        return string
    return _NEEDLESS.sub(lambda m: m[0] if m[1] else m[2], string)


def _cleaned(value: Any, depth: int = 0) -> Any:
    """`value` without the halves of characters and the NULs that no store could keep."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode().replace("\x00", "")
    if isinstance(value, list):
        return [_cleaned(entry, depth + 1) for entry in value]
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(entry, depth + 1) for key, entry in value.items()}
    return value
