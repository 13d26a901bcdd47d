"""What the staging has to know of a language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ....models import CharacterProfile, Language
from ....screenplay import Hour, Setting
from .cast import Cast, Figure, Gender


@dataclass(frozen=True)
class Mention:
    """Somebody as the text calls them: by name, by a pronoun, or by what they are."""

    kind: Literal["figure", "pronoun", "role", "other"]
    figure: Figure | None = None
    gender: Gender = ""
    text: str = ""
    """How a screenplay would call a role."""
    alias: str = ""
    """The role's noun as it stands in the text."""
    is_definite: bool = False
    """Whether a role is one that was there before: the man."""


@dataclass(frozen=True)
class Tag:
    """What the words around a quotation tell of it."""

    who: Mention | None
    manner: str = ""
    kept: str = ""
    """What of the words is no mere report of speech and remains to be told."""
    taken: int = 0
    """How many signs of the text the tag takes up."""
    is_said: bool = True
    """Whether a word of saying stands there; otherwise somebody only does something."""
    goes_on: bool = False
    """Whether the same sentence goes on in the next quotation."""


@dataclass(frozen=True)
class Spot:
    """A place that a sentence names."""

    place: str
    setting: Setting
    head: str
    """The noun in it that the vocabulary knows."""
    is_here: bool
    """Whether the story is there, or only speaks of it."""
    moves: bool = False
    """Whether somebody comes to it."""
    opens: bool = False
    """Whether the clause begins with it, as one that shows where it is: 会议室里，…"""


@dataclass(frozen=True)
class Clock:
    """What a sentence tells of the time."""

    hour: Hour | None
    leaps: bool
    """Whether time has passed since the sentence before."""
    is_soon: bool = False
    """Whether it was not long."""


class Tongue(Protocol):
    """The rules of one language."""

    language: Language
    usual_scene: int
    """How many signs a scene has before time that passes unseen begins another."""
    longest_scene: int

    def figures(self, profiles: Sequence[CharacterProfile], text: str) -> list[Figure]:
        """The profiles as somebody the text may name."""

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text."""

    def unfinished(self, text: str) -> str:
        """What of a text comes after its last whole sentence."""

    def is_spoken(self, lead: str, inner: str, trail: str, cast: Cast, after_speech: bool) -> bool:
        """Whether a quotation between `lead` and `trail` is said by somebody there and then."""

    def before(self, lead: str, cast: Cast) -> Tag | None:
        """What the unfinished sentence before a quotation tells of it."""

    def after(self, trail: str, cast: Cast) -> Tag | None:
        """What the sentence after a quotation tells of it."""

    def subject(self, sentence: str, cast: Cast) -> Mention | None:
        """Who does what a sentence tells."""

    def has_people(self, sentence: str, cast: Cast) -> bool:
        """Whether anybody is in what a sentence tells, and not scenery alone."""

    def pronouns(self, sentence: str) -> list[Gender]:
        """The genders of the pronouns in a sentence."""

    def called(self, inner: str, cast: Cast) -> Figure | None:
        """Who is called by name in what is said."""

    def label(self, line: str, cast: Cast) -> tuple[str, str, str] | None:
        """A line of a script taken apart: who speaks, how, and what."""

    def heading(self, line: str) -> tuple[Setting, str, Hour | None] | None:
        """A line that is a scene's heading already."""

    def spots(self, sentence: str) -> list[Spot]:
        """The places a sentence names, in their order."""

    def clock(self, sentence: str, opens: bool) -> Clock | None:
        """The time a sentence tells of; `opens` where it begins a paragraph."""

    def light(self, sentence: str) -> Hour | None:
        """The hour that the light of a sentence tells."""

    def is_same(self, one: str, other: str) -> bool:
        """Whether two places of the vocabulary are one to a story."""

    def is_passage(self, place: str) -> bool:
        """Whether one only passes a place on the way to another: a lift, the stairs."""

    def is_hull(self, place: str) -> bool:
        """Whether people are in a place of this kind, wherever it is: a submarine, a train."""

    def goes_on(self, sentence: str) -> bool:
        """Whether a paragraph that begins so comes some time after the one before it."""

    def cued(self, sentence: str) -> Spot | None:
        """The place that things in a sentence belong to: a blackboard to a classroom."""

    def wide_place(self, text: str) -> Spot | None:
        """The town, ship or school that a text speaks of more than once."""

    def usual_place(self, text: str) -> tuple[Setting, str]:
        """Where a story that names no place is likely to be, by what it tells of."""

    def ended(self, text: str) -> str:
        """Words that were part of a sentence, as a sentence of their own."""
