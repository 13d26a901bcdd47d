"""Entering what a message says into the brief."""

from __future__ import annotations

from ...models import (
    FIELD_OF,
    MAX_CHARACTERS,
    MAX_DURATION,
    MAX_NAME,
    MAX_PLOT_POINTS,
    Brief,
    Element,
    IdeaDraft,
    Source,
)
from .reading import Change, Reading

_MOST: dict[Element, int] = {"characters": MAX_CHARACTERS, "plot": MAX_PLOT_POINTS}
_LONGEST: dict[Element, int] = {"theme": 500, "plot": 2000}
_EXCERPT = 200


def enter(brief: Brief, reading: Reading, text: str, position: int) -> Brief:
    """`brief` after a message: its changes made, and the message noted as their source.

    `position` is the message's place in the history. Values beyond the bounds of an idea are cut
    to them, so that what the interview gathers can always be generated from.
    """
    idea, notes = brief.idea, {**brief.notes}
    for change in reading.changes:
        idea = _changed(idea, change)
        if change.element == "characters" and change.action == "replace" and change.old in notes:
            notes[str(change.value)] = notes.pop(change.old)
    for name, said in reading.notes.items():
        notes[name] = _joined(notes.get(name), said)
    source = Source(message=position, text=text[:_EXCERPT])
    touched = [e for e in FIELD_OF if idea.value(e) != brief.idea.value(e)]
    kept = {e: s for e, s in brief.sources.items() if idea.value(e)}
    return brief.model_copy(
        update={
            "idea": idea,
            "notes": {name: n for name, n in notes.items() if name in idea.basic_characters},
            "sources": {**kept, **{e: source for e in touched if idea.value(e)}},
            "waived": [e for e in brief.waived if e not in touched],
        }
    )


def _changed(idea: IdeaDraft, change: Change) -> IdeaDraft:
    held = idea.value(change.element)
    if isinstance(held, list):
        value: object = _changed_list(held, change)
    else:
        value = _changed_value(held, change)
    return idea.model_copy(update={FIELD_OF[change.element]: value})


def _changed_value(held: str | int | None, change: Change) -> str | int | None:
    if change.action == "clear" or (change.action == "remove" and held == change.value):
        return None
    if change.action == "remove":
        return held
    if isinstance(change.value, int):
        return min(max(change.value, 1), MAX_DURATION)
    return _trimmed(change) or held


def _changed_list(held: list[str], change: Change) -> list[str]:
    value = _trimmed(change)
    if change.action == "clear":
        return []
    if change.action == "remove":
        return [entry for entry in held if entry != value]
    if change.action == "replace" and change.old in held and value:
        renamed = [value if entry == change.old else entry for entry in held]
        return list(dict.fromkeys(renamed))
    if not value or value in held or len(held) >= _MOST[change.element]:
        return held
    return [*held, value]


def _trimmed(change: Change) -> str:
    return str(change.value).strip()[: _LONGEST.get(change.element, MAX_NAME)].strip()


def _joined(before: str | None, said: str) -> str:
    """What was said of a character before and now, each thing once."""
    if not before or before in said:
        return said
    return before if said in before else f"{before}；{said}"
