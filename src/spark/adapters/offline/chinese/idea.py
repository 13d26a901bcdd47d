"""The idea as it stands while a Chinese message is read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....models import OPTIONAL, Element, IdeaDraft
from ..reading import Change
from .cast import Cast, Person
from .plot import events
from .text import fold

_NO_MATTER = re.compile(r"^(?:当|作为|像|根据|按照?|喜欢|爱看|看过|差不多)|(?:一样|似的|那样)$")


class Idea:
    """Values, cast and events so far: the draft, and what the message has said."""

    def __init__(
        self, draft: IdeaDraft, asked: Element | None, told: Mapping[str, str] | None = None
    ) -> None:
        self.draft, self.asked = draft, asked
        self.values: dict[Element, str | int | None] = {}
        self.cast = Cast(draft.basic_characters, told or {})
        self.plot = [event for event in draft.plot_points if event]
        self.plot_cleared = False
        self.told: list[list[str]] = []
        self.edits: list[Change] = []
        self.provisional = False
        self.story_open = False
        self.list_open = False
        self.ending_open = False
        self.negated: Element | None = None
        self.negated_person: Person | None = None
        self.group: Person | None = None
        self.counting = False
        self.describing = False
        self.describing_traits = False
        self.renaming = False
        self.spoken_of = ""
        self.stale_event = ""
        self.fresh_event = ""
        self.awaiting: Element | None = None
        self.recurring: frozenset[str] = frozenset()
        self.story_ahead = False
        self.acting = 0
        self.people_ahead = False

    @property
    def names(self) -> frozenset[str]:
        """Every name a word of the message may be."""
        return self.cast.names | self.recurring

    def value(self, element: Element) -> str | int | list[str] | None:
        """What an element holds now, this message included."""
        return self.values[element] if element in self.values else self.draft.value(element)

    def put(self, element: Element, value: str | int) -> bool:
        """Give a single-valued element its value."""
        if value:
            if element == "genre":
                self._theme_follows(str(value))
            self.values[element] = value
        return bool(value)

    def _theme_follows(self, genre: str) -> None:
        old_genre, theme = self.value("genre"), self.value("theme")
        if not theme or (old_genre and fold(str(theme)) == fold(str(old_genre))):
            self.values["theme"] = genre
            self.provisional = True

    def put_theme(self, theme: str, weak: bool = False) -> bool:
        """Give the theme; a `weak` one only where nobody has stated a better."""
        if weak and _NO_MATTER.search(theme):
            return False
        if not theme or (weak and self.value("theme") and not self._theme_is_genre()):
            return False
        self.values["theme"] = theme[:60]
        return True

    def _theme_is_genre(self) -> bool:
        theme, genre = self.value("theme"), self.value("genre")
        return bool(theme) and fold(str(theme)) == fold(str(genre or ""))

    def _replace_event(self, old: str, new: str) -> None:
        self.plot[self.plot.index(old)] = new
        self.edits.append(Change("plot", "replace", new, old=old))

    def changes(self) -> tuple[Change, ...]:
        """Everything the message does, in a steady order."""
        found: list[Change] = []
        found += self._set("theme") + self._set("genre")
        found += self.cast.changes()
        if self.plot_cleared:
            found.append(Change("plot", "clear"))
        found += self.edits
        known = {fold(event) for event in self.plot}
        for event in events(self.told, self.names):
            if event not in known:
                known.add(event)
                found.append(Change("plot", "add", event[:2000]))
        for element in OPTIONAL:
            found += self._set(element)
        return tuple(found)

    def _set(self, element: Element) -> list[Change]:
        if element not in self.values:
            return []
        value, held = self.values[element], self.draft.value(element)
        if value is None:
            return [Change(element, "clear")] if held else []
        return [Change(element, "set", value)] if value != held else []
