"""Taking what a model understood into the brief of a conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from ...models import (
    FIELD_OF,
    MAX_CHARACTERS,
    MAX_NAME,
    MAX_PLOT_POINTS,
    OPTIONAL,
    Brief,
    Element,
    IdeaDraft,
    Language,
    Message,
    Source,
)
from .forms import BriefAnswer, CharacterNote, IdeaAnswer, PlacedQuote, Quote

_LONGEST: dict[Element, int] = {"theme": 500, "genre": MAX_NAME, "plot": 2000}
_LONGEST_NOTE, _EXCERPT = 1000, 200
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class Update(Protocol):
    """What a model says of the idea after a message."""

    idea: IdeaAnswer
    said: list[Quote]
    waived: list[Element]


def update(brief: Brief, answer: Update, message: str, position: int, language: Language) -> Brief:
    """`brief` after `message`, the history's `position`-th.

    What the model leaves out stays unless the message took it back, and what a person set by hand
    is changed only where the words the model quotes for it are really in the message.
    """
    understood, quotes = _values(answer.idea), _quotes(answer.said, message)
    values, sources = dict(_values_of(brief.idea)), dict(brief.sources)
    for element in FIELD_OF:
        old, new = values[element], understood[element]
        source, is_said = sources.get(element), element in quotes
        by_hand = source is not None and source.by == "hand"
        if new == old or (not is_said and (by_hand or (old and not new))):
            continue
        values[element] = new
        if new:
            text = quotes.get(element) or message.strip()[:_EXCERPT]
            sources[element] = Source(message=position, text=text)
        else:
            sources.pop(element, None)
    if _genre_stands_in(brief) and values["theme"] == brief.idea.genre != values["genre"]:
        values["theme"] = None
        sources.pop("theme", None)
    idea = _draft(values)
    waived = {*brief.waived, *(e for e in answer.waived if e in OPTIONAL)}
    return Brief(
        idea=_with_theme(idea, sources),
        sources=sources,
        notes=_notes(idea.basic_characters, answer.idea.characters, brief.notes),
        waived=[e for e in OPTIONAL if e in waived and not idea.value(e)],
        language=language,
    )


def whole(answer: BriefAnswer, messages: Sequence[Message], language: Language) -> Brief:
    """The brief of a conversation that was read at once."""
    values = _values(answer.idea)
    sources: dict[Element, Source] = {}
    for quote in answer.sources:
        place = _place(quote, messages)
        if values[quote.element] and place is not None:
            content = messages[place].content
            text = quote.quote if _holds(content, quote) else content.strip()
            sources[quote.element] = Source(message=place, text=text[:_EXCERPT])
    idea = _draft(values)
    return Brief(
        idea=_with_theme(idea, sources),
        sources=sources,
        notes=_notes(idea.basic_characters, answer.idea.characters, {}),
        language=language,
    )


def _values(idea: IdeaAnswer) -> dict[Element, Any]:
    """What a model understood, within the bounds of the records."""
    values: dict[Element, Any] = {
        "theme": idea.theme,
        "genre": idea.genre,
        "characters": _distinct(c.name[:MAX_NAME] for c in idea.characters or ())[:MAX_CHARACTERS],
        "plot": _distinct(p[: _LONGEST["plot"]] for p in idea.plot or ())[:MAX_PLOT_POINTS],
        "audience": idea.audience,
        "duration": idea.duration_seconds,
        "visual_style": idea.visual_style,
        "mood": idea.mood,
    }
    return {e: v[: _LONGEST.get(e, 500)] if isinstance(v, str) else v for e, v in values.items()}


def _values_of(idea: IdeaDraft) -> dict[Element, Any]:
    return {element: idea.value(element) for element in FIELD_OF}


def _draft(values: dict[Element, Any]) -> IdeaDraft:
    return IdeaDraft(**{FIELD_OF[element]: value for element, value in values.items()})


def _with_theme(idea: IdeaDraft, sources: dict[Element, Source]) -> IdeaDraft:
    """Who names a genre alone has said what the film is about, for the time being."""
    if idea.theme or not idea.genre:
        return idea
    if "genre" in sources:
        sources["theme"] = sources["genre"]
    return idea.model_copy(update={"theme": idea.genre})


def _genre_stands_in(brief: Brief) -> bool:
    """Whether the theme is but the genre that was named; it goes where the genre goes."""
    source = brief.sources.get("theme")
    by_hand = source is None or source.by == "hand"
    return not by_hand and brief.idea.theme == brief.idea.genre


def _quotes(said: list[Quote], message: str) -> dict[Element, str]:
    """The quotes that really are in the message, by their element."""
    return {quote.element: quote.quote[:_EXCERPT] for quote in said if _holds(message, quote)}


def _place(quote: PlacedQuote, messages: Sequence[Message]) -> int | None:
    """The person's message that a quote is from: models often miscount."""
    said = [n for n, message in enumerate(messages) if message.role == "user"]
    named = [quote.message] if quote.message in said else []
    holding = [n for n in [*named, *said] if _holds(messages[n].content, quote)]
    return next(iter([*holding, *named]), None)


def _holds(message: str, quote: Quote) -> bool:
    """Whether the quote's words are in the message; a mere comma is no quote."""
    words = _plain(quote.quote)
    return bool(words) and words in _plain(message)


def _plain(words: str) -> str:
    return _BETWEEN_WORDS.sub("", words).casefold()


def _distinct(entries: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(entry.strip() for entry in entries if entry.strip()))


def _notes(
    names: list[str], told: list[CharacterNote] | None, before: dict[str, str]
) -> dict[str, str]:
    """What is known of each character there is now."""
    fresh = {c.name[:MAX_NAME].strip(): c.note[:_LONGEST_NOTE] for c in told or () if c.note}
    notes = {name: fresh.get(name) or before.get(name, "") for name in names}
    return {name: note for name, note in notes.items() if note}
