"""What is asked of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from ...models import ProjectStatus
from ...ports import Sort
from ...search.texts import GROUPS
from ...search.words import phrase
from .cards import EPOCH, MICROSECOND, microseconds, status_word
from .database import DatabaseBroken
from .folders import Place, Shelfmark
from .tables import DAY_BITS

_RANKED = 300
"""Up to so many hits are ranked by their mentions; of more, the newest of a group come first."""
_DAYS = {"created", "updated"}
_DEEP = 100
_COLUMNS = {"created_at": "created", "updated_at": "updated", "name": "name"}


@dataclass(frozen=True)
class Entry:
    """A project as the index has it."""

    project_id: str
    stamp: str
    summary: str
    """A `ProjectSummary` as JSON."""


@dataclass(frozen=True)
class Trashed(Entry):
    """A project in the trash as the index has it."""

    deleted_at: datetime


@dataclass(frozen=True)
class Hit(Entry):
    """A project that was searched for, with its texts, those to read in first."""

    texts: str
    """With `BETWEEN` between them."""


class Reader:
    """The index at one moment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def page(
        self, start: int, count: int, status: ProjectStatus | None, sort: Sort
    ) -> tuple[list[Entry], int]:
        """`count` projects from the `start`-th on, and how many there are in all."""
        if start + count <= _DEEP:
            return self._near(start, count, status, sort)
        total = self._total(status)
        count = min(count, total - start)
        if count <= 0:
            return [], total
        from_end = total - start - count
        backwards = from_end < start  # from whichever end is nearer
        rows = self._ids(min(start, from_end), count, status, sort, backwards)
        return self._entries(rows[::-1] if backwards else rows), total

    def _near(
        self, start: int, count: int, status: ProjectStatus | None, sort: Sort
    ) -> tuple[list[Entry], int]:
        """A page near the beginning, as one row.

        With each row that SQLite gives, other threads get their turn, which under load costs more
        than the row.
        """
        column, way = _COLUMNS[sort.lstrip("-")], "desc" if sort[0] == "-" else "asc"
        where, values = ("where status = ?", [status]) if status else ("", [])
        total, page = self._connection.execute(
            f"select (select coalesce(sum(projects), 0) from tally {where}),"
            " (select json_group_array(json_array(project_id, stamp, summary)) from"
            f" (select project_id, stamp, summary from documents {where}"
            f" order by {column} {way}, id {way} limit ? offset ?))",
            (*values, *values, count, start),
        ).fetchone()
        return [Entry(*row) for row in orjson.loads(page)], total

    def trash(self, start: int, count: int, since: datetime) -> tuple[list[Trashed], int]:
        """`count` projects of the trash, of those put there after `since`, latest first."""
        after = microseconds(since)
        total = self._one("select count(*) from trash where deleted > ?", after)
        rows = self._connection.execute(
            "select project_id, stamp, summary, deleted from trash where deleted > ?"
            " order by deleted desc, project_id limit ? offset ?",
            (after, count, start),
        )
        return [Trashed(i, st, s, EPOCH + d * MICROSECOND) for i, st, s, d in rows], total

    def expired(self, since: datetime) -> list[str]:
        """The projects that were put into the trash no later than `since`."""
        rows = self._connection.execute(
            "select project_id from trash where deleted <= ?", (microseconds(since),)
        )
        return [project_id for (project_id,) in rows]

    def search(
        self, terms: Sequence[Sequence[str]], start: int, count: int, status: ProjectStatus | None
    ) -> tuple[list[Hit], int]:
        """`count` of the projects that hold all of `terms`, best first, and how many there are."""
        within = [_expression(terms, GROUPS[: n + 1], status) for n in range(len(GROUPS))]
        total = self._one("select count(*) from words where words match ?", within[-1])
        if start >= total:
            return [], total
        order = "rowid desc" if total > _RANKED else "bm25(words), rowid desc"
        ids = self._group_after_group(within, start, count, order)
        return self._hits(ids), total

    def stamps(self, mark: Shelfmark) -> dict[str, str]:
        """The stamps of the projects on one shelf, damaged ones too."""
        return dict(self._on_shelf("project_id, stamp", mark))

    def ids(self, mark: Shelfmark) -> set[str]:
        """The ids of the projects on one shelf, damaged ones too."""
        return {project_id for (project_id,) in self._on_shelf("project_id", mark)}

    def oddities(self) -> dict[str, str]:
        """The stamps of damaged projects, and of folders that hold none."""
        return dict(self._connection.execute("select project_id, stamp from oddities"))

    def damaged(self) -> list[str]:
        """The ids of damaged projects outside of the trash."""
        rows = self._connection.execute(
            "select project_id from oddities"
            " where damage is not null and stamp not like 'trash%' order by project_id"
        )
        return [project_id for (project_id,) in rows]

    def held_shelves(self) -> set[Shelfmark]:
        """The shelves of all projects in the index."""
        held: set[Shelfmark] = set()
        places: tuple[Place, ...] = ("projects", "projects", "trash")
        for place, table in zip(places, ("documents", "oddities", "trash"), strict=True):
            select = f"select distinct substr(project_id, 1, 2) from {table}"
            rows = self._connection.execute(select)
            held |= {Shelfmark(place, prefix) for (prefix,) in rows}
        return held

    def shelves(self) -> dict[Shelfmark, int]:
        """When each shelf was last changed of which everything is in the index."""
        rows = self._connection.execute("select place, prefix, changed from shelves")
        return {Shelfmark(place, prefix): changed for place, prefix, changed in rows}

    def _on_shelf(self, columns: str, mark: Shelfmark) -> Iterator[Any]:
        for table in ("documents" if mark.place == "projects" else "trash", "oddities"):
            yield from self._connection.execute(
                f"select {columns} from {table} where project_id between ? and ?",
                (mark.prefix, f"{mark.prefix}~"),
            )

    def _total(self, status: ProjectStatus | None) -> int:
        where = "where status = ?" if status else ""
        return self._one(
            f"select coalesce(sum(projects), 0) from tally {where}", *([status] if status else [])
        )

    def _one(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])

    def _ids(
        self, start: int, count: int, status: ProjectStatus | None, sort: Sort, backwards: bool
    ) -> list[int]:
        """Ids alone, which an index of SQLite's answers without looking at the projects."""
        column = _COLUMNS[sort.lstrip("-")]
        falling = (sort[0] == "-") != backwards
        way = "desc" if falling else "asc"
        where = "where status = ?" if status else ""
        values: list[object] = [status] if status else []
        if not status and start >= _DEEP and column in _DAYS:
            day, start = self._day(column, falling, start)
            limit = (day + 1) << DAY_BITS if falling else day << DAY_BITS
            where, values = f"where {column} {'<' if falling else '>='} ?", [limit]
        rows = self._connection.execute(
            f"select id from documents {where} order by {column} {way}, id {way} limit ? offset ?",
            (*values, count, start),
        )
        return [row[0] for row in rows]

    def _day(self, column: str, falling: bool, start: int) -> tuple[int, int]:
        """The day in which the `start`-th project stands, and how many of it come before."""
        way = "desc" if falling else "asc"
        days = self._connection.execute(
            f"select day, projects from days where sort = ? order by day {way}", (column,)
        )
        for day, projects in days:
            if start < projects:
                return day, start
            start -= projects
        raise DatabaseBroken()  # the days hold every project

    def _entries(self, ids: Sequence[int]) -> list[Entry]:
        rows = self._rows("select id, project_id, stamp, summary from documents", ids)
        return [Entry(*rows[row]) for row in ids]

    def _hits(self, ids: Sequence[int]) -> list[Hit]:
        rows = self._rows(
            "select id, project_id, stamp, summary, texts from documents join texts using (id)", ids
        )
        return [Hit(*row) for row in map(rows.__getitem__, ids)]

    def _rows(self, select: str, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        places = ", ".join("?" * len(ids))
        found = self._connection.execute(f"{select} where id in ({places})", ids)
        return {row[0]: row[1:] for row in found}

    def _group_after_group(
        self, within: Sequence[str], start: int, count: int, order: str
    ) -> list[int]:
        """Ids by the narrowest of the groups that hold all words, in each of them by `order`."""
        ids: list[int] = []
        for wide, narrow in zip(within, [None, *within], strict=False):
            of_group = f"({wide}) NOT ({narrow})" if narrow else wide
            rows = self._connection.execute(
                f"select rowid from words where words match ? order by {order} limit ? offset ?",
                (of_group, count - len(ids), start),
            ).fetchall()
            ids += [row[0] for row in rows]
            if len(ids) == count:
                break
            if rows:
                start = 0
            elif start:
                start -= self._one("select count(*) from words where words match ?", of_group)
        return ids


def _expression(
    terms: Sequence[Sequence[str]], groups: Sequence[str], status: ProjectStatus | None
) -> str:
    """What finds the projects that hold all of `terms` in these groups."""
    columns = "" if groups == GROUPS else f"{{{' '.join(groups)}}} : "  # all are fastest unnamed
    parts = [f"({columns}{_quoted(term)})" for term in terms]
    if status:
        parts.append(f'(status : "{status_word(status)}")')
    return " AND ".join(parts)


def _quoted(term: Sequence[str]) -> str:
    """One word of a query as FTS5 asks for it."""
    entries, is_open = phrase(term)
    return f'"{" ".join(entries)}"{" *" if is_open else ""}'
