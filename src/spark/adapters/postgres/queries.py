"""What is asked of the tables: pages of lists and searches, and the versions of a project."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...errors import ProjectDamaged, ProjectNotFound
from ...models import Project, ProjectStatus
from ...ports import Sort
from .connections import Connection, Values
from .documents import read
from .rows import HELD, Held

_RANKED = 300
"""Up to so many hits are ranked by their mentions; of more, the newest of a group come first."""
_LISTED = "deleted_at is null and damage is null"
_ORDERS = {
    "created_at": "created_at {way}, project_id {way}",
    "updated_at": "updated_at {way}, created_at {way}, project_id {way}",
    "name": "name {way}, created_at {way}, project_id {way}",
}
_TOTAL = "select coalesce(sum(projects), 0)::bigint from tally"
# The index of the order alone says which projects a page holds; only those are looked at.
_PAGE = f"""
select summary::text from projects join (
    select project_id from projects where {_LISTED} {{of_status}}
    order by {{order}} limit %(count)s offset %(start)s
) as page using (project_id) order by {{order}}
"""
_TRASH = "from projects where deleted_at > %(since)s and damage is null"
_TRASH_TOTAL = f"select count(*) {_TRASH}"
_TRASH_PAGE = f"""
select summary::text, deleted_at {_TRASH}
order by deleted_at desc, project_id limit %(count)s offset %(start)s
"""
# Of a project that is found the level says in which group all words are, looking no further down.
# Which they are comes from the index; the texts are read where the order of words counts, and to
# count mentions where hits are few.
_SEARCH = """
with hits as materialized (
    select project_id, created_at, {level} as level from project_words
    where words @> %(level3)s {of_status} {in_order3}
), size as (
    select count(*) as total from hits
), page as (
    select project_id, level, created_at, case when total <= %(ranked)s then (
        select sum(
            (length(row) - length(replace(row, asked, ''))) / length(asked)
        )
        from project_words as found,
            lateral (select concat(head, topic, summary, body)) as rows (row),
            unnest(%(rows)s::text[]) as asked
        where found.project_id = hits.project_id
    ) end as mentions
    from hits, size
    order by level, mentions desc nulls last, created_at desc, project_id desc
    limit %(count)s offset %(start)s
)
select total, projects.summary::text, texts
from size left join (
    page join projects using (project_id) join project_words using (project_id)
) on true
order by level, mentions desc nulls last, page.created_at desc, project_id desc
"""
_OF_LEVEL = """
project_id in (
    select project_id from project_words where words @> %(level{level})s {of_status} {in_order}
)
"""
_IN_ORDER = """
and not exists (
    select from unnest(%(phrases)s::text[]) as phrase where {nowhere}
)
"""
_GROUPS = ("head", "topic", "summary", "body")


class Found(NamedTuple):
    """A project that was searched for."""

    summary: str
    texts: str


def page(
    connection: Connection, start: int, count: int, status: ProjectStatus | None, sort: Sort
) -> tuple[list[str], int]:
    """The summaries of `count` projects from the `start`-th on, and how many there are in all."""
    of_status = "where status = %(status)s" if status else ""
    ((total,),) = connection.execute(f"{_TOTAL} {of_status}", {"status": status}).fetchall()
    count = min(count, total - start)
    if count <= 0:
        return [], total
    from_end = total - start - count
    backwards = from_end < start  # from whichever end is nearer
    falling = (sort[0] == "-") != backwards
    query = _PAGE.format(
        order=_ORDERS[sort.lstrip("-")].format(way="desc" if falling else "asc"),
        of_status="and status = %(status)s" if status else "",
    )
    values = {"status": status, "count": count, "start": min(start, from_end)}
    summaries = [summary for (summary,) in connection.execute(query, values)]
    return summaries[::-1] if backwards else summaries, total


def trash(connection: Connection, values: Values) -> tuple[list[tuple[str, Any]], int]:
    """A page of the trash, the latest first, and how many are in it."""
    ((total,),) = connection.execute(_TRASH_TOTAL, values).fetchall()
    return [(row[0], row[1]) for row in connection.execute(_TRASH_PAGE, values)], total


def search_query(status: ProjectStatus | None) -> str:
    """The query for a page of hits; it answers with their number in every row."""
    of_status = "and status = %(status)s" if status else ""
    in_order = [_in_order(level) for level in range(len(_GROUPS))]
    inside = [
        _OF_LEVEL.format(level=level, of_status=of_status, in_order=in_order[level])
        for level in range(len(_GROUPS) - 1)
    ]
    cases = " ".join(f"when {inside[level]} then {level}" for level in range(len(inside)))
    return _SEARCH.format(
        level=f"case {cases} else {len(inside)} end",
        of_status=of_status,
        in_order3=in_order[-1],
    )


def search_values(
    asked: Values, start: int, count: int, status: ProjectStatus | None
) -> dict[str, Any]:
    """What the query for a page of hits asks with."""
    return {**asked, "start": start, "count": count, "status": status, "ranked": _RANKED}


def version(connection: Connection, project_id: str) -> int | None:
    """The number of the project's version; `None` where it went just now."""
    query = "select version from projects where project_id = %(id)s"
    row = connection.execute(query, {"id": project_id}).fetchone()
    return row[0] if row else None


def latest_revision(connection: Connection, project_id: str) -> int:
    """The number of the latest revision that is kept; 0 where none is."""
    query = "select max(version) from revisions where project_id = %(id)s"
    ((latest,),) = connection.execute(query, {"id": project_id}).fetchall()
    return latest or 0


def versions(
    connection: Connection, project_id: str, where: str = ""
) -> tuple[Held, list[Project], list[int]]:
    """The present version, the earlier ones oldest first, and which of these are damaged."""
    key = {"id": project_id}
    row = connection.execute(f"{HELD} {where}", key).fetchone()
    if not row:
        raise ProjectNotFound()
    held = Held(*row)
    rows = connection.execute(
        "select version, document::text from revisions where project_id = %(id)s"
        " and version <> %(version)s order by version",
        {**key, "version": held.version},
    ).fetchall()
    found = {number: _kept(document, project_id, number) for number, document in rows}
    kept = [project for project in found.values() if project]
    return held, kept, [number for number, project in found.items() if not project]


def _kept(document: str, project_id: str, number: int) -> Project | None:
    """An earlier version; `None` where it is damaged, or another than its number says."""
    try:
        project = read(document, project_id)
    except ProjectDamaged:
        return None
    return project if project.version == number else None


def _in_order(level: int) -> str:
    """That each phrase stands in one of the groups up to this one."""
    nowhere = " and ".join(f"position(phrase in {group}) = 0" for group in _GROUPS[: level + 1])
    return _IN_ORDER.format(nowhere=nowhere)
