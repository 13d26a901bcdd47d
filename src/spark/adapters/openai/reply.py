"""The words for the person, out of a JSON object that is still growing.

pydantic's partial parser would read everything from the start with each piece, and stop at the line
breaks that models write into strings; here each character is looked at once.
"""

from __future__ import annotations

import re

from .lenient import BLANKS
from .repair import END_OF_THOUGHT, THOUGHT, unescaped

_BEGINNING = re.compile(
    rf'(?P<reply>\{{\s{{0,99}}"reply"\s{{0,99}}:\s{{0,99}}")|(?P<thought>{THOUGHT})'
    # What may yet become one of them.
    r'|(?P<later>(?:\{\s{0,99}(?:"(?:r?e?p?l?y?|reply"\s{0,99}:?\s{0,99}))?|</?\w{0,9})\Z)'
)
_UNIT = r"\\u[0-9a-fA-F]{4}"
_WHOLE_UNITS = re.compile(
    rf'(?:[^"\\]++|\\[^u]|\\u(?![dD][89abAB])[0-9a-fA-F]{{4}}|{_UNIT}(?=[^\\]|\\[^u]|{_UNIT}))*+',
    re.DOTALL,
)
"""As much of a string as can be read for good: the first half of a pair waits for the second."""

_LONGEST_TAG = _LONGEST_WAIT = 12
"""Of what waits for its end nothing has more characters."""


class GrowingReply:
    """Gives the words of `reply`, the object's first field, as they come in.

    Each word is looked at once: an answer comes in thousands of pieces.
    """

    def __init__(self) -> None:
        self.shown = ""
        self._rest = ""
        """What came in and could not be read yet."""
        self._blanks = ""
        """Blanks that count only where a word follows them."""
        self._is_thinking = self._has_begun = self._has_ended = False

    def add(self, words: str) -> str:
        """Take in some more of the object; the words that are new for the person."""
        self._rest += words
        if self._has_ended:
            self._rest = self._rest.lstrip()[:1]
            return ""
        if not self._has_begun:
            self._seek()
        return self._read() if self._has_begun else ""

    @property
    def is_complete(self) -> bool:
        """Whether its last word is in, even where nothing comes after it."""
        return self._has_ended and self._rest in ("", ",", "}")

    def rest_of(self, reply: str) -> str:
        """What of the whole reply was not given yet."""
        return reply[len(self.shown) :] if reply.startswith(self.shown) else ""

    def _seek(self) -> None:
        """Go on to where the reply begins, past whatever is said or thought before it."""
        position = 0
        while not self._has_begun:
            if self._is_thinking:
                end = END_OF_THOUGHT.search(self._rest, position)
                if not end:
                    position = max(position, len(self._rest) - _LONGEST_TAG)
                    break
                position, self._is_thinking = end.end(), False
            mark = _BEGINNING.search(self._rest, position)
            if not mark or mark["later"]:
                position = mark.start() if mark else len(self._rest)
                break
            position = mark.end()
            self._has_begun, self._is_thinking = bool(mark["reply"]), bool(mark["thought"])
        self._rest = self._rest[position:]

    def _read(self) -> str:
        end = len(_WHOLE_UNITS.match(self._rest)[0])  # type: ignore[index]  # it may be empty
        words = unescaped(self._rest[:end])
        self._rest = self._rest[end:]
        if self._rest[:1] == '"':
            self._has_ended, self._rest = True, self._rest[1:].lstrip()[:1]
        elif len(self._rest) > _LONGEST_WAIT:  # this is no JSON
            self._has_ended, self._rest = True, self._rest[:1]
        fresh = words.rstrip(BLANKS)
        blanks = words[len(fresh) :]
        if fresh:
            fresh = self._blanks + fresh if self.shown else fresh.lstrip(BLANKS)
            self._blanks = ""
        self._blanks += blanks
        self.shown += fresh
        return fresh
