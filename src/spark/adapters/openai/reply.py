"""The words for the person, out of a JSON object that is still growing."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic_core import from_json

from .repair import without_thoughts

_STRING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")


class GrowingReply:
    """Gives the words of `reply`, the object's first field, as they come in."""

    def __init__(self) -> None:
        self._said, self.shown = "", ""
        self.is_whole = False
        """Whether the field after it has begun."""

    def add(self, words: str) -> str:
        """Take in some more of the object; the words that are new for the person."""
        if self.is_whole:
            return ""
        self._said += words
        partial = self._partial("trailing-strings")
        reply = partial.get("reply")
        if not isinstance(reply, str):
            return ""
        self.is_whole = len(partial) > 1
        if not self.shown:
            reply = reply.lstrip()
        fresh = reply[len(self.shown) :] if reply.startswith(self.shown) else ""
        self.shown += fresh
        return fresh

    @property
    def is_complete(self) -> bool:
        """Whether its last word is in, even where nothing comes after it."""
        return "reply" in self._partial("on")

    def rest_of(self, reply: str) -> str:
        """What of the whole reply was not given yet."""
        return reply[len(self.shown) :] if self.shown and reply.startswith(self.shown) else ""

    def _partial(self, strings: Literal["on", "trailing-strings"]) -> dict[str, Any]:
        """What there is of the object; a string that is still open as far as it goes, or not."""
        said = without_thoughts(self._said)
        start = said.find("{")
        if start < 0:
            return {}
        try:
            value = from_json(said[start:], allow_partial=strings)
        except ValueError:
            try:
                value = from_json(_escaped(said[start:]), allow_partial=strings)
            except ValueError:
                return {}
        return value if isinstance(value, dict) else {}


def _escaped(said: str) -> str:
    """`said` with the line breaks in its strings as JSON has them."""
    return _STRING.sub(
        lambda string: _CONTROL.sub(lambda c: f"\\u{ord(c[0]):04x}", string[0]), said
    )
