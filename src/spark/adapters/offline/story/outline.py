"""Story outlines written without a model: an idea told as prose, always the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ....models import Language, StoryOutline, UserIdea
from .english import as_noun
from .events import events_of, introduced
from .people import Person, people_of
from .phrases import (
    Choice,
    Slots,
    holds,
    is_abstract,
    language_of_idea,
    matching,
    said_in,
    subject_of,
    told,
    vocabulary,
)
from .prose import tell
from .scenes import Material
from .titles import Telling, summary_of, title_of


def write_outline(idea: UserIdea, notes: Mapping[str, str]) -> StoryOutline:
    """Tell `idea` as a story as long as its film; the same idea is always told the same way.

    `notes` says, for an entry of `basic_characters`, what the person told of that character.
    """
    language = language_of_idea(idea)
    people = people_of(idea, notes)
    material = _material(idea, people, language)
    telling = Telling(
        people,
        material.events,
        material.subject,
        material.keys["genre"],
        material.slots,
        material.choice,
    )
    return StoryOutline(
        title=title_of(telling),
        summary=summary_of(telling),
        narrative_text=tell(replace(material, events=introduced(material.events, people))),
        estimated_duration=material.seconds,
    )


def _material(idea: UserIdea, people: Sequence[Person], language: Language) -> Material:
    choice = Choice.for_idea(idea)
    keys = keys_of(idea, language)
    subject = theme_of(idea, language)
    return Material(
        people=people,
        events=events_of(idea, people, language),
        slots=_slots(people[0], subject, keys["genre"], choice),
        choice=choice,
        keys=keys,
        seconds=int(told(idea, "duration_preference", language)),
        subject=subject,
    )


def theme_of(idea: UserIdea, language: Language) -> str:
    """The theme as it stands in a sentence; nothing where it is but the genre's name."""
    if idea.theme.casefold() == idea.genre.casefold():
        return ""
    subject = subject_of(idea.theme, language)
    if language == "zh" or not subject or is_abstract(subject, language):
        return subject
    first, _, rest = subject.partition(" ")
    subject = f"{first.lower()} {rest}" if first in ("A", "An", "The") else subject
    return as_noun(subject) if len(subject.split()) > 1 else subject


def _slots(hero: Person, subject: str, genre: str, choice: Choice) -> Slots:
    """The hero's part of every phrase."""
    slots = hero.slots.with_words(l=hero.first_mention, t=subject)
    table = vocabulary(hero.language)["genre"][genre]
    goals = {name: slots.fill(choice.pick(name, table[name])) for name in ("want", "obstacle")}
    return slots.with_words(**goals)


def want_of(idea: UserIdea, hero: Person) -> str:
    """What the hero of the story about `idea` wants."""
    genre = keys_of(idea, hero.language)["genre"]
    return _slots(hero, "", genre, Choice.for_idea(idea)).words["want"]


def keys_of(idea: UserIdea, language: Language) -> dict[str, str]:
    """Which genre, setting, mood and style of the vocabulary an idea belongs to."""
    words = vocabulary(language)
    genre = matching(words["genre"], idea.genre) or matching(words["genre"], idea.theme)
    genre = genre or matching(words["genre"], idea.target_audience or "") or "general"
    style = matching(words["style"], told(idea, "visual_style", language))
    mood = matching(words["mood"], idea.mood or "") or words["usual_mood"][genre]
    setting = _setting(idea, genre, language)
    keys = {"genre": genre, "mood": mood, "setting": setting}
    return keys | {"style": style} if style else keys


def _setting(idea: UserIdea, genre: str, language: Language) -> str:
    """The place that most of the idea's words speak of, or the usual one of the genre."""
    said = said_in(idea)
    theme = idea.theme.casefold()
    weights = {
        place: sum(
            len(word) * (1 + holds(theme, word)) for word in entry["words"] if holds(said, word)
        )
        for place, entry in vocabulary(language)["setting"].items()
    }
    weights[vocabulary(language)["genre"][genre]["setting"]] += 1
    best: str = max(weights, key=lambda place: weights[place])
    return best
