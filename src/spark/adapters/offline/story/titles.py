"""Titles and summaries of offline stories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ....models import MAX_NAME
from .events import Event
from .people import Person
from .phrases import Choice, Slots, sentence, shorten, vocabulary


@dataclass(frozen=True)
class Telling:
    """What a title and a summary are made of."""

    people: Sequence[Person]
    events: Sequence[Event]
    subject: str
    genre: str
    slots: Slots
    choice: Choice

    @property
    def words(self) -> dict[str, Any]:
        """The vocabulary of the story's language."""
        return vocabulary(self.people[0].language)


def title_of(telling: Telling) -> str:
    """A short title made of the idea's own things."""
    families = _families(telling)
    family = families[telling.choice.number("title family") % len(families)]
    phrase = telling.choice.pick("title", family)
    image = telling.choice.pick("title image", telling.words["genre"][telling.genre]["image"])
    if not phrase.startswith("{image}"):
        image = (
            re.sub("^The ", "the ", image) if "{image}" in phrase and " and " in phrase else image
        )
    hero = telling.people[0]
    name = hero.name if hero.proper else re.sub("^The ", "the ", _capitals(hero.mention))
    filled = telling.slots.with_words(
        a=name, t=_title_theme(telling), k=_thing(telling), image=image
    ).fill(phrase)
    return shorten(sentence(filled), MAX_NAME)


def _families(telling: Telling) -> list[list[str]]:
    genre, titles = telling.words["genre"][telling.genre], telling.words["title"]
    hero, zh = telling.people[0], telling.people[0].language == "zh"
    short_name = len(hero.name) <= (6 if zh else 20) and re.search(r"\w", hero.name) is not None
    families: list[list[str]] = []
    if _thing(telling):
        named = [phrase for phrase in genre["title"] if short_name or "{a}" not in phrase]
        families += [named, named, named]
    if short_name:
        image = telling.choice.pick("title image", genre["image"])
        fits = (
            r"(?:The|A|An|What|Light|Old) " if not zh else "(?!别|谁|绝|不|将|慢|当|留|雨停|晚风知)"
        )
        loose = re.match(fits, image) is None
        families.append(titles["hero_image_loose" if loose else "hero_image"])
    if telling.subject and len(telling.subject) <= (6 if zh else 24):
        families += [titles["theme"]] if not families else [titles["theme_image"][:1]]
    return families or [titles["theme_image"][1:]]


def _title_theme(telling: Telling) -> str:
    return telling.subject if telling.people[0].language == "zh" else _capitals(telling.subject)


def _capitals(text: str) -> str:
    small = vocabulary("en")["lexicon"]["lowercase"]
    words = text.split()
    return " ".join(
        word if place and word in small else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    )


def _thing(telling: Telling) -> str:
    """The first thing the plot names that is good for a title."""
    thing = next((event.thing for event in telling.events[:6] if event.thing), "")
    return thing if _zh(telling) else _capitals(thing)


def summary_of(telling: Telling) -> str:
    """Who it is about, what is wanted, and what stands in the way, in three sentences."""
    words, choice = telling.words["summary"], telling.choice
    first, last = telling.events[0], telling.events[-1]
    plain = "{l}只想{want}。" if _zh(telling) else "{l} only {a?wants|want} to {want}."
    opening = "" if first.habit else _with_event(telling, "first", first)
    opening = opening or telling.slots.fill(plain)
    obstacle = telling.slots.fill(choice.pick("obstacle", words["obstacle"]))
    plain_end = last is first or last.habit or re.search("[,，]", last.text)
    closing = "" if plain_end else _with_event(telling, "last", last)
    closing = closing or telling.slots.fill(choice.pick("close", words["close"]))
    return ("" if _zh(telling) else " ").join(map(sentence, (opening, obstacle, closing)))


def _zh(telling: Telling) -> bool:
    return telling.people[0].language == "zh"


def _with_event(telling: Telling, place: str, event: Event) -> str:
    """A sentence about one event, or nothing where the event does not fit into one."""
    if event.shape not in ("clause", "noun") or len(event.text) > 160:
        return ""
    own = place == "first" and event.text.startswith(telling.people[0].mention)
    shape = "deed" if own and event.shape == "clause" else event.shape
    phrase = telling.choice.pick(f"summary {place}", telling.words["summary"][f"{place}_{shape}"])
    text = _by_pronoun(event.text, telling.people[0]) if place == "first" else event.text
    return telling.slots.with_words(c=text, x=event.text).fill(phrase)


def _by_pronoun(text: str, hero: Person) -> str:
    """The event with the hero, who has just been named, as a pronoun where it opens the clause."""
    rest = text.removeprefix(hero.mention)
    own = rest != text and not rest.startswith(("与", "和", "的", "'", "’", " and "))
    return hero.pronouns["p" if hero.language == "zh" else "they"] + rest if own else text
