"""Plot points made tellable: whoever acts is named, and the clause fits into a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ....language import language_of
from ....models import Language, UserIdea
from . import chinese, english
from .names import ARTICLE
from .people import Person
from .phrases import shorten
from .things import happening_in, thing_in

Shape = Literal["clause", "noun", "foreign", "whole"]
_ENDS = " \t\n。.!！?？,，;；、…~～"
_FULL_STOP = re.compile(r"(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)\. ")
_ROOM = 48_000


@dataclass(frozen=True)
class Event:
    """One plot point, ready to be told.

    A clause has its subject and stands inside a sentence, a noun is a thing that happens, a whole
    event is told as its own sentence, and a foreign one is quoted.
    """

    text: str
    shape: Shape
    plot: str
    thing: str = ""
    happening: str = ""
    actor: int = 0
    """Which character acts in it, by the place in the cast."""


def events_of(idea: UserIdea, people: Sequence[Person], language: Language) -> list[Event]:
    """The plot of `idea` as events, in its order; what is said twice happens once."""
    limit = max(60, min(400, _ROOM // len(idea.plot_points)))
    events: list[Event] = []
    for point in idea.plot_points:
        plot = shorten(" ".join(point.split()).strip(_ENDS), limit).strip(_ENDS)
        plot = plot or point.strip()
        if plot.casefold() in {event.plot.casefold() for event in events}:
            continue
        events.append(_event(plot, people, language))
    return events if language == "en" else _without_repeated_pairs(events, people)


def _without_repeated_pairs(events: list[Event], people: Sequence[Person]) -> list[Event]:
    """小雨与奶奶相遇, 小雨与奶奶相爱 → 两人相爱: the pair is named once."""
    if len(people) != 2:
        return events
    pair = f"{people[0].mention}与{people[1].mention}"
    met, told = False, []
    for event in events:
        again = met and event.text.startswith(pair)
        met = met or event.text.startswith(pair)
        told.append(replace(event, text="两人" + event.text[len(pair) :]) if again else event)
    return told


def _event(plot: str, people: Sequence[Person], language: Language) -> Event:
    if language_of(plot, language) != language:
        return Event(plot, "foreign", plot)
    grammar = chinese if language == "zh" else english
    text, is_clause = grammar.tell(plot, people)
    if any(mark in text for mark in "。！？!?\n") or _FULL_STOP.search(text):
        return Event(text, "whole", plot)
    names = [person.name.casefold() for person in people]
    thing = thing_in(text, language)
    if any(thing.casefold() in name or name in thing.casefold() for name in names):
        thing = ""
    shape: Shape = "clause" if is_clause else "noun"
    return Event(text, shape, plot, thing, happening_in(plot, language), _actor(text, people))


def _actor(text: str, people: Sequence[Person]) -> int:
    """The friendly character an event opens with; the hero where it opens with no one of them."""
    folded = ARTICLE.sub("", text).casefold()
    for place, person in enumerate(people):
        names = (person.key, *(name.casefold() for name in person.aliases))
        if not person.opponent and folded.startswith(names):
            return place
    return 0
