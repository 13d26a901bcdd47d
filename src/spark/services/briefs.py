"""Setting parts of an idea by hand, beside what the conversation makes of it."""

from __future__ import annotations

from typing import TypedDict

from ..errors import InvalidInput
from ..language import language_of
from ..models import FIELD_OF, Brief, IdeaDraft, Language, Source
from .assessment import repeated_names

_EXCERPT = 200


class IdeaChanges(TypedDict, total=False):
    """What of an idea is set; nothing, or an empty list, takes a part back to “not said”."""

    theme: str | None
    genre: str | None
    target_audience: str | None
    duration_preference: int | None
    basic_characters: list[str] | None
    plot_points: list[str] | None
    visual_style: str | None
    mood: str | None


def set_by_hand(brief: Brief, changes: IdeaChanges) -> Brief:
    """`brief` with `changes` made to its idea, and noted as made by hand.

    What was set is no longer asked for, what was taken back may be asked for again. Raises
    `InvalidInput` where two characters are to have one name.
    """
    problems = repeated_names(changes.get("basic_characters") or [], "basic_characters.{}")
    if problems:
        raise InvalidInput(*problems)
    given = {field: value for field, value in changes.items() if value}
    idea = IdeaDraft.model_validate({**brief.idea.model_dump(exclude=set(changes)), **given})
    touched = [element for element, field in FIELD_OF.items() if field in changes]
    sources = {e: source for e, source in brief.sources.items() if e not in touched}
    answered = any(e == brief.asked and idea.value(e) for e in touched)
    return brief.model_copy(
        update={
            "idea": idea,
            "sources": {
                **sources,
                **{e: _by_hand(idea.value(e)) for e in touched if idea.value(e)},
            },
            "notes": {n: said for n, said in brief.notes.items() if n in idea.basic_characters},
            "waived": [element for element in brief.waived if element not in touched],
            **({"asked": None, "offers": []} if answered else {}),
        }
    )


def language_of_brief(brief: Brief, otherwise: Language) -> Language:
    """The language of the conversation, or else that of what was set by hand."""
    idea = brief.idea
    words = [idea.theme, idea.genre, *idea.basic_characters, *idea.plot_points]
    return brief.language or language_of(" ".join(filter(None, words)), otherwise)


def _by_hand(value: str | int | list[str] | None) -> Source:
    entries = value if isinstance(value, list) else [str(value)]
    separator = "、" if language_of("".join(entries)) == "zh" else ", "
    return Source(message=None, text=separator.join(entries)[:_EXCERPT], by="hand")
