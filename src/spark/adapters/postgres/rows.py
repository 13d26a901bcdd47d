"""A project as the tables hold it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...models import Project, ProjectSummary
from ...search.texts import GROUPS, joined, texts_of
from ...search.words import FIRST_JOINED, index_entries, phrase, row_of, row_within
from .documents import held, read, written

_LONGEST = 100
"""An index of PostgreSQL's holds keys of up to 2,712 bytes."""

HELD = """
select project_id::text, document::text, version, deleted_at, damage, examined
from projects where project_id = %(id)s
"""


@dataclass(frozen=True)
class Held:
    """A project's row, which nobody else changes meanwhile."""

    project_id: str
    document: str
    version: int
    deleted_at: datetime | None
    damage: str | None
    examined: bool

    @property
    def is_described(self) -> bool:
        """Whether the columns say what the document says."""
        return self.examined and not self.damage

    @property
    def project(self) -> Project:
        """The project. Raises `ProjectDamaged`."""
        return read(self.document, self.project_id)


def project_row(project: Project) -> dict[str, Any]:
    """The columns of `projects` that are made from a project."""
    return {
        "project_id": project.project_id,
        "document": written(project),
        "summary": ProjectSummary.of(project).model_dump_json(),
        "version": project.version,
        "status": project.status,
        "name": held(project.project_name),
        "created_at": project.created_at,
        "updated_at": project.updated_at,
    }


def words_row(project: Project) -> dict[str, Any]:
    """The columns of `project_words`."""
    groups = texts_of(project)
    words: set[str] = set()
    for number, group in enumerate(groups):
        entries = set(_entries_and_parts(index_entries(group).split(" ")))
        for level in range(number, len(GROUPS)):
            words.update(f"{level}{entry}" for entry in entries)
    return {
        "project_id": project.project_id,
        "created_at": project.created_at,
        "status": project.status,
        "words": list(words),
        **dict(zip(GROUPS, map(row_of, groups), strict=True)),
        "texts": held(joined(groups)),
    }


def searched(project: Project) -> tuple[object, ...]:
    """All that the words' columns are made from, but the status."""
    return texts_of(project), project.created_at


def asked(terms: Iterable[list[str]]) -> dict[str, Any]:
    """What a query's words ask of `project_words`."""
    entries: set[str] = set()
    rows: dict[str, None] = {}
    phrases: dict[str, None] = {}
    for term in terms:
        found, _ = phrase(term)
        pairs = _pairs(found)
        short = set(map(_short, (*found, *pairs)))
        entries.update(short)
        rows[row_within(term)] = None
        # A pair says the order by itself, and what was shortened says nothing for sure.
        if len(found) > 2 or len(found) > len(pairs) + 1 or not short.issuperset((*found, *pairs)):
            phrases[row_within(term)] = None
    levels = {
        f"level{level}": [f"{level}{entry}" for entry in entries] for level in range(len(GROUPS))
    }
    return {**levels, "phrases": list(phrases), "rows": list(rows)}


def _entries_and_parts(entries: Sequence[str]) -> Iterator[str]:
    """A sign is asked for by itself, whatever it is paired with; words are also in pairs.

    Frequent words that stand together are rarer than texts that hold both.
    """
    for entry in filter(None, entries):
        yield _short(entry)
        if entry >= FIRST_JOINED:
            yield entry[0]
    yield from map(_short, _pairs(entries))


def _short(entry: str) -> str:
    """An entry as the index has it; no entry of words begins with the sign of a shortened one."""
    if len(entry) <= _LONGEST:
        return entry
    return f"#{hashlib.sha256(entry.encode(errors='surrogatepass')).hexdigest()}"


def _pairs(entries: Sequence[str]) -> list[str]:
    """Words that follow each other."""
    return [
        f"{first} {second}"
        for first, second in itertools.pairwise(entries)
        if "" < first < FIRST_JOINED and "" < second < FIRST_JOINED
    ]
