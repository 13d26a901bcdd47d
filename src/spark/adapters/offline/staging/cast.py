"""Who is in a story: by what names it calls them, and who is meant by `she`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Gender = Literal["f", "m", "it", ""]
_MOST_FOUND = 60
"""Roles without a profile that are remembered; a story of more is a list of names."""
_ABSENT = 3
"""How many mentions of others make one forget who was seen before."""


@dataclass
class Figure:
    """Somebody of the story."""

    name: str
    """As a screenplay calls them."""
    aliases: frozenset[str]
    gender: Gender = ""
    has_profile: bool = False
    acted: int = -1
    """When they last did something, by the cast's clock; -1 where they never did."""
    named: int = -1
    """When they were last spoken of."""
    votes: dict[str, int] = field(default_factory=dict)
    """How often the text itself seems to call them she or he."""

    @property
    def sex(self) -> Gender:
        """The gender that is known, or that the text tells more often than another."""
        if self.gender in ("f", "m") or not self.votes:
            return self.gender
        best = max(self.votes, key=lambda gender: self.votes[gender])
        return "f" if best == "f" else "m" if best == "m" else "it"


class Cast:
    """Everybody known so far, and who of them was last seen."""

    def __init__(self, figures: Sequence[Figure], is_latin: bool) -> None:
        self.figures = list(figures)
        self.clock = 0
        self._is_latin = is_latin
        self._compile()

    def _compile(self) -> None:
        owners: dict[str, list[Figure]] = {}
        for figure in self.figures:
            for alias in figure.aliases:
                owners.setdefault(alias, []).append(figure)
        self._owner = {alias: _owner(alias, those) for alias, those in owners.items()}
        known = sorted((a for a, f in self._owner.items() if f), key=len, reverse=True)
        words = "|".join(map(re.escape, known)) or r"(?!)"
        whole = rf"(?<!\w)(?:{words})(?!\w)" if self._is_latin else f"(?:{words})"
        self.pattern = re.compile(whole)

    def called(self, name: str) -> Figure | None:
        """Who goes by exactly this name."""
        return self._owner.get(name)

    def find(self, text: str) -> Iterable[tuple[int, int, Figure]]:
        """Where in a text who is named."""
        for match in self.pattern.finditer(text):
            if figure := self._owner.get(match[0]):
                yield match.start(), match.end(), figure

    def at(self, text: str, start: int = 0) -> tuple[Figure, int] | None:
        """Who is named right at a place of a text, and where the name ends."""
        match = self.pattern.match(text, start)
        figure = self._owner.get(match[0]) if match else None
        return (figure, match.end()) if match and figure else None

    def add(self, name: str, aliases: Iterable[str], gender: Gender) -> Figure:
        """Someone without a profile, known from now on."""
        found = self.called(name) or next((f for f in self.figures if f.name == name), None)
        if found:
            return found
        figure = Figure(name, frozenset(aliases), gender)
        if sum(not f.has_profile for f in self.figures) < _MOST_FOUND:
            self.figures.append(figure)
            self._compile()
        return figure

    def learn(self, figure: Figure, alias: str) -> None:
        """Remember another name that somebody goes by."""
        if alias not in figure.aliases:
            figure.aliases = frozenset({*figure.aliases, alias, alias[0].upper() + alias[1:]})
            self._compile()

    def forget_time(self) -> None:
        """Begin the story anew with everybody who is known."""
        self.clock = 0
        for figure in self.figures:
            figure.acted = figure.named = -1

    def note(self, figure: Figure, acts: bool = False) -> None:
        """Remember that somebody was spoken of, or did something, just now."""
        self.clock += 1
        figure.named = self.clock
        if acts:
            figure.acted = self.clock

    def meant(
        self, gender: Gender, other_than: Figure | None = None, surely: bool = False
    ) -> Figure | None:
        """Who is meant by a pronoun: of those it fits, the one who acted last.

        Who is known to be of the gender comes before whose gender is not known, which does not do
        where it has to be `surely` so.
        """
        seen = [f for f in self.figures if f.named >= 0]
        kinds = ((gender,),) if gender == "it" else ((gender,), ("", "it"))
        for kind in kinds:
            fitting = [f for f in seen if f.sex in kind]
            others = [f for f in fitting if f is not other_than]
            if surely and not others:
                return None
            others = others or fitting
            if others:
                meant = max(others, key=_seen)
                if gender != "it" and kind == (gender,):
                    return self._newcomer(meant, other_than) or meant
                return meant
        return None

    def _newcomer(self, meant: Figure, other_than: Figure | None) -> Figure | None:
        """Who has just come in while the one a pronoun fits was not seen for long."""
        new = [
            f for f in self.figures if not f.sex and f.acted == self.clock and f is not other_than
        ]
        return new[0] if new and self.clock - meant.named > _ABSENT else None

    def partner(self, of: Figure) -> Figure | None:
        """Who else was last seen beside somebody."""
        others = [f for f in self.figures if f is not of and f.named >= 0]
        if others:
            return max(others, key=lambda f: (f.has_profile, max(f.acted, f.named)))
        rest = [f for f in self.figures if f is not of and f.has_profile]
        return rest[0] if len(rest) == 1 else None


def _seen(figure: Figure) -> tuple[int, int]:
    """How lately somebody was seen, deeds before names."""
    return max(figure.acted, figure.named - 2), figure.named


def _owner(alias: str, those: list[Figure]) -> Figure | None:
    """Who an alias belongs to: the only one, or the one whose whole name it is."""
    whole = [figure for figure in those if figure.name == alias]
    if whole:
        return whole[0]
    return those[0] if len(those) == 1 else None
