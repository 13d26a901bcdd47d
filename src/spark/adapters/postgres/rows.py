"""A project as the tables hold it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...models import Project, ProjectSummary
from ...search.texts import GROUPS, joined, texts_of
from ...search.words import FIRST_JOINED, index_entries, phrase, row_of, row_within
from .documents import held, written


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
        entries.update(found, pairs)
        rows[row_within(term)] = None
        if len(found) > 2 or len(found) > len(pairs) + 1:  # a pair says the order by itself
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
        yield entry
        if entry >= FIRST_JOINED:
            yield entry[0]
    yield from _pairs(entries)


def _pairs(entries: Sequence[str]) -> list[str]:
    """Words that follow each other."""
    return [
        f"{first} {second}"
        for first, second in itertools.pairwise(entries)
        if "" < first < FIRST_JOINED and "" < second < FIRST_JOINED
    ]
