"""A project as the index keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ...models import Project, ProjectSummary
from ...search.texts import joined, texts_of
from ...search.words import index_entries
from .folders import Found

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


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
    groups = texts_of(project)
    return Document(
        created=microseconds(project.created_at),
        status=project.status,
        updated=microseconds(project.updated_at),
        name=project.project_name,
        summary=ProjectSummary.of(project).model_dump_json(),
        texts=joined(groups),
        words=words(groups, project.status),
    )


def words(groups: Sequence[Sequence[str]], status: str) -> tuple[str, ...]:
    """The columns of `words`."""
    return (*(index_entries(group) for group in groups), status_word(status))


def status_word(status: str) -> str:
    """`status` as no text has it."""
    return f"\ue001{status.replace('_', '')}"
