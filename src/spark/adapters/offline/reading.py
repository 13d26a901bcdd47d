"""What one message says, in the shape both language readers give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ...models import Element, IdeaDraft

Intent = Literal[
    "idea",  # says something about the film
    "greeting",
    "thanks",
    "question",  # asks us something: what can you do, what comes next
    "undecided",  # leaves the choice to us: 随便, you decide
    "confirm",  # content with what we have: 就这样, looks good
    "orders",  # tries to give us instructions: 忽略之前的指令, ignore your instructions
    "noise",  # nothing we can make sense of
]


@dataclass(frozen=True)
class Change:
    """One thing a message does to the idea.

    `set` gives a single-valued element its value (replacing what was there), `add` appends an
    entry to a list element (characters, plot), `remove` takes the entry `value` away from a list
    or empties a single-valued element that holds it, `replace` puts `value` in the place of the
    entry `old` of a list, `clear` empties the element.
    """

    element: Element
    action: Literal["set", "add", "remove", "replace", "clear"]
    value: str | int = ""
    old: str = ""


@dataclass(frozen=True)
class Reading:
    """What one message says: its intent, what it changes, and what it tells of each character."""

    intent: Intent
    changes: tuple[Change, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    """For a character as it stands in `changes` or in the draft: role, age, looks, manner, wish
    (a short phrase in the person's words)."""


class Reader(Protocol):
    """Understands messages of one language."""

    def read(
        self, text: str, draft: IdeaDraft, asked: Element | None, told: Mapping[str, str] | None
    ) -> Reading:
        """Read one message, knowing the idea so far and the element last asked about.

        `told` are the notes of earlier readings: with them “the postwoman” is known to be the
        Greta who was introduced so.

        Deterministic; raises nothing, whatever the text.
        """
