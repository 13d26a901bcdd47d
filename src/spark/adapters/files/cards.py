"""A project as the index keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ...models import Project, ProjectSummary
from .folders import Found
from .passages import BETWEEN
from .words import index_entries

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
GROUPS = ("head", "topic", "summary", "body")
"""Where words are found, what weighs most first."""
_BETWEEN_GROUPS = BETWEEN * 2


class Document(NamedTuple):
    """What lists and searches hold of a project."""

    created: int
    status: str
    updated: int
    name: str
    summary: str
    texts: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """What the index keeps of one project, ready to be written."""

    project_id: str
    stamp: str
    document: Document | None = None
    """Of a project that is there and whole."""
    trashed: tuple[int, str] | None = None
    """When it was put into the trash, and its summary."""
    damage: str | None = None
    is_odd: bool = False
    """Whether there is something that is no whole project."""

    @classmethod
    def of(cls, found: Found) -> Card:
        """The card of what was found."""
        project = found.project
        if not project:
            is_odd = bool(found.damage or found.has_folder)
            return cls(found.project_id, found.stamp, damage=found.damage, is_odd=is_odd)
        if found.deleted_at:
            summary = ProjectSummary.of(project).model_dump_json()
            trashed = microseconds(found.deleted_at), summary
            return cls(found.project_id, found.stamp, trashed=trashed)
        return cls(found.project_id, found.stamp, _document(project))


def microseconds(moment: datetime) -> int:
    """`moment` as the index counts time."""
    return (moment - EPOCH) // MICROSECOND


def _document(project: Project) -> Document:
    groups = _texts(project)
    return Document(
        created=microseconds(project.created_at),
        status=project.status,
        updated=microseconds(project.updated_at),
        name=project.project_name,
        summary=ProjectSummary.of(project).model_dump_json(),
        texts=_joined(groups),
        words=words(groups, project.status),
    )


def words(groups: Sequence[Sequence[str]], status: str) -> tuple[str, ...]:
    """The columns of `words`."""
    return (*(index_entries(group) for group in groups), status_word(status))


def _texts(project: Project) -> list[list[str]]:
    """The texts that are searched, by group."""
    idea, outline, profiles = (
        project.user_idea,
        project.story_outline,
        project.character_profiles,
    )
    sheets = [(p.role, p.personality, p.appearance, p.backstory) for p in profiles]
    groups = [
        [project.project_name, outline.title],
        [idea.theme, idea.genre, idea.mood or "", *(profile.name for profile in profiles)],
        [outline.summary],
        [outline.narrative_text, *(text for sheet in sheets for text in sheet)],
    ]
    return [[text.replace(BETWEEN, " ") for text in group if text] for group in groups]


def _joined(groups: Sequence[Sequence[str]]) -> str:
    """All texts in one, running text first: it says more around a hit than a name does."""
    head, topic, summary, body = map(BETWEEN.join, groups)
    return _BETWEEN_GROUPS.join([summary, body, topic, head])


def groups_of(texts: str) -> list[list[str]]:
    """The groups that were joined."""
    summary, body, topic, head = texts.split(_BETWEEN_GROUPS)
    return [group.split(BETWEEN) for group in (head, topic, summary, body)]


def status_word(status: str) -> str:
    """`status` as no text has it."""
    return f"\ue001{status.replace('_', '')}"
