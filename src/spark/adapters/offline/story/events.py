"""Plot points made tellable: whoever acts is named, and the clause fits into a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ....language import language_of
from ....models import Language, UserIdea
from . import chinese, english
from .people import Person
from .phrases import shorten
from .things import happening_in, thing_in

Shape = Literal["clause", "noun", "foreign", "whole"]
_ENDS = " \t\n。.!！?？,，;；、…~～"
_STOP = re.compile(
    r"[。！？!?\n]|(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\b[A-Z])(?<!\b[ap]\.m)"
    r"\.(?: |[\"”])"
)
_KNOWN = re.compile(r"\b(?:has|have) known\b|其实|早就知道|一直知道")
_HALF_COMMA = re.compile(r"(?<=[\u4e00-\u9fff”」])\s*,\s*(?=[\u4e00-\u9fff“「])")
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
    habit: bool = False
    """Whether it tells how things always are rather than what happens."""

    @property
    def sentence(self) -> str:
        """A whole event as the sentence it is, closed once."""
        if re.search(r"[。.！!？?…][”\"’」』]*$", self.text):
            return self.text
        return self.text + ("。" if language_of(self.text) == "zh" else ".")


def events_of(idea: UserIdea, people: Sequence[Person], language: Language) -> list[Event]:
    """The plot of `idea` as events, in its order; what is said twice happens once."""
    limit = max(60, min(400, _ROOM // len(idea.plot_points)))
    events: list[Event] = []
    for point in idea.plot_points:
        plot = _tidy(point, limit, language)
        if plot.casefold() in {event.plot.casefold() for event in events}:
            continue
        asked = point.rstrip().endswith(("?", "？"))
        events.append(_event(plot, asked, people, language))
    return events if language == "en" else _without_repeated_pairs(events, people)


def introduced(events: Sequence[Event], people: Sequence[Person]) -> list[Event]:
    """The same events, with what someone is told where an event is the first to name them.

    许愿走失 → 植物学家许愿走失; Ines is lost → Ines, the botanist, is lost.
    """
    told = list(events)
    for person in people[1:]:
        place = next((n for n, event in enumerate(told) if person.is_named_in(event.text)), -1)
        if place < 0 or not person.role or told[place].shape == "foreign":
            continue
        text, name = told[place].text, person.short
        full = person.introduction
        if text.startswith(name) and not text.startswith(full) and len(full) < 40:
            rest = text.removeprefix(name)
            if rest.startswith(("'", "’", "-", "的")) or re.match(r"[,，]| and ", rest):
                continue
            told[place] = replace(told[place], text=full + rest)
    return told


def _tidy(point: str, limit: int, language: Language) -> str:
    """A plot point without the marks at its ends, its commas as the language writes them."""
    plot = shorten(" ".join(point.split()).strip(_ENDS), limit).strip(_ENDS)
    if language == "zh":
        plot = _HALF_COMMA.sub("，", plot)
    return _balanced(plot) or point.strip()


def _balanced(text: str) -> str:
    """The text without a quotation mark that has lost its other one."""
    for opening, closing in ("“”", "「」", "『』", "‘’"):
        if closing != "’" and text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text.replace('"', "") if text.count('"') % 2 else text


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


def _event(plot: str, asked: bool, people: Sequence[Person], language: Language) -> Event:
    if language_of(plot, language) != language:
        return Event(plot, "foreign", plot)
    grammar = chinese if language == "zh" else english
    if asked or grammar.is_question(plot):
        return Event(plot + ("？" if language == "zh" else "?"), "whole", plot)
    text, is_clause = grammar.tell(plot, people)
    shape: Shape = "clause" if is_clause else "noun"
    if _STOP.search(text) or _KNOWN.search(text) or (is_clause and grammar.opens_with_scene(text)):
        shape = "whole"
    happening = happening_in(_without_people(plot, people), language)
    return Event(
        text,
        shape,
        plot,
        _thing(text, people, language) if shape != "whole" else "",
        happening,
        _mourner(text, people) if happening == "death" else _actor(text, people),
        is_clause and grammar.is_habit(text),
    )


def _without_people(plot: str, people: Sequence[Person]) -> str:
    """The plot point without the words for people: the driver drives nowhere."""
    for person in people:
        plot = person.without(plot)
    return plot


def _mourner(text: str, people: Sequence[Person]) -> int:
    """Who is left behind by a death: the hero, or the first friend where the hero is gone."""
    if not people[0].opens(text):
        return 0
    friends = (n for n, person in enumerate(people) if n and not person.opponent)
    return next((n for n in friends if not people[n].is_named_in(text)), 0)


def _thing(text: str, people: Sequence[Person], language: Language) -> str:
    """The thing an event is about, where it is none of the people."""
    thing = thing_in(text, language)
    names = [name.casefold() for person in people for name in (person.name, *person.aliases)]
    of_someone = any(thing.casefold() in name or name in thing.casefold() for name in names)
    return "" if of_someone else thing


def _actor(text: str, people: Sequence[Person]) -> int:
    """The friendly character an event opens with; the hero where it opens with no one of them."""
    for place, person in enumerate(people):
        if not person.opponent and person.opens(text):
            return place
    return 0
