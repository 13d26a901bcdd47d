"""Projects in PostgreSQL."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from ...errors import (
    Conflict,
    ProjectDamaged,
    ProjectNotFound,
    RevisionNotFound,
    StorageUnavailable,
)
from ...models import (
    Page,
    Project,
    ProjectStatus,
    ProjectSummary,
    Revision,
    SearchHit,
    TrashedProject,
    now,
)
from ...ports import Allow, Dossier, Sort
from ...search.passages import Passages
from ...search.words import terms_of
from . import changes, queries
from .connections import Connections
from .documents import read, require_id, told
from .locks import Locks
from .rows import Held, asked, project_row, searched
from .schema import require_schema
from .upkeep import Progress, Upkeep

_TOGETHER = 500
_MOST_VERSION = 2**63 - 1

_log = logging.getLogger("spark.postgres")


class PostgresProjectStore:
    """A `ProjectStore` whose truth are the documents, with columns made from them beside.

    Documents that somebody else writes are looked at before the next list, up to 500 of them; of
    more, others are looked at before each of the lists that follow. One that another transaction
    holds just then is left for later.
    """

    def __init__(
        self,
        url: str,
        *,
        patience: float = 10,
        revisions: int = 50,
        trash_days: float = 30,
        notice_seconds: float = 1,
        connections: int = 10,
        answer_seconds: float = 1.4,
        queue_seconds: float = 0.5,
    ) -> None:
        """Keep everything in the database at `url`; nothing connects before it is needed.

        Another writer of the same project is waited for `patience` seconds; at most so many
        `revisions` are kept of a project, and the trash for `trash_days`. Lists look for what
        others wrote once in `notice_seconds`. PostgreSQL is waited for `answer_seconds`, and one
        of its `connections` for `queue_seconds`: together that is less than 2.
        """
        self._most, self._trash_days = revisions, timedelta(days=trash_days)
        self._database = Connections(
            url, connections, answer_seconds, queue_seconds, require_schema
        )
        self._locks = Locks(self._database, patience)
        self._upkeep = Upkeep(self._database, self._locks, self._trash_days, notice_seconds)

    # --- one project ---

    def create(self, project: Project) -> None:
        """Store a new project. Raises `Conflict` where there is one of its id."""
        require_id(project.project_id)
        row = project_row(project)
        with self._database.writing() as connection:
            if not changes.insert(connection, row):
                raise Conflict(version=queries.version(connection, project.project_id))
            changes.put_words(connection, project)

    def get(self, project_id: str) -> Project:
        """The project. Raises `ProjectNotFound`, and `ProjectDamaged` where it cannot be read."""
        require_id(project_id)
        rows = self._database.rows(
            "select document::text from projects where project_id = %(id)s and deleted_at is null",
            {"id": project_id},
        )
        if not rows:
            raise ProjectNotFound()
        try:
            return read(rows[0][0], project_id)
        except ProjectDamaged:
            with suppress(StorageUnavailable, ProjectNotFound):
                self._upkeep.examine(project_id, patience=0)
            raise

    def update(self, project_id: str, change: Callable[[Project], Project]) -> Project:
        """Put `change(project)` in the project's place, one writer at a time."""
        with self._locks.holding(project_id) as (connection, held):
            _require_live(held)
            project = held.project
            latest = queries.latest_revision(connection, project_id)
            version, before = project.version, searched(project)
            changed = change(project).model_copy(
                update={"version": max(version, latest) + 1, "updated_at": now()}
            )
            changes.keep_version(connection, project_id, version, self._most)
            has_new_words = not held.is_described or searched(changed) != before
            changes.replace(connection, changed, has_new_words)
        return changed

    def discard(self, project_id: str, allow: Allow | None = None) -> None:
        """Move the project to the trash."""
        with self._locks.holding(project_id) as (connection, held):
            _require_live(held)
            _ask(allow, held)
            if self._trash_days:
                changes.set_deletion(connection, project_id, now())
            else:
                changes.delete(connection, project_id)

    def restore(self, project_id: str, allow: Allow | None = None) -> Project:
        """Take the project back out of the trash."""
        with self._locks.holding(project_id) as (connection, held):
            if not held.deleted_at or self._is_expired(held.deleted_at):
                raise ProjectNotFound()
            _ask(allow, held)
            changes.set_deletion(connection, project_id, None)
            with suppress(ProjectDamaged):  # it is back, and that is all there is to tell
                changes.put_words(connection, held.project)
        return held.project

    def delete(self, project_id: str, allow: Allow | None = None) -> None:
        """Remove the project for good, wherever it is."""
        with self._locks.holding(project_id) as (connection, held):
            _ask(allow, held)
            changes.delete(connection, project_id)

    def revisions(self, project_id: str) -> list[Revision]:
        """The present version and the earlier ones that are kept."""
        require_id(project_id)
        with self._database.snapshot() as connection:
            present, kept, _ = queries.versions(connection, project_id, "and deleted_at is null")
        versions = [present.project, *reversed(kept)]
        before: list[Project | None] = [*versions[1:], None]
        return [
            Revision.of(after, earlier) for after, earlier in zip(versions, before, strict=True)
        ]

    def revision(self, project_id: str, version: int) -> Project:
        """The project as it was."""
        present = self.get(project_id)
        if version == present.version:
            return present
        rows = self._database.rows(
            "select document::text from revisions"
            " where project_id = %(id)s and version = %(version)s",
            {"id": project_id, "version": max(0, min(version, _MOST_VERSION))},
        )
        if not rows:
            raise RevisionNotFound(version=version)
        return read(rows[0][0], project_id)

    # --- many projects ---

    def browse(
        self, page: int, per_page: int, status: ProjectStatus | None, sort: Sort
    ) -> Page[ProjectSummary]:
        """One page of the projects, of one status where it is given."""
        self._upkeep.look_after()
        start = (page - 1) * per_page
        with self._database.snapshot() as connection:
            summaries, total = queries.page(connection, start, per_page, status, sort)
        return Page(
            items=[_summary(summary) for summary in summaries],
            page=page,
            per_page=per_page,
            total=total,
        )

    def search(
        self, query: str, page: int, per_page: int, status: ProjectStatus | None = None
    ) -> Page[SearchHit]:
        """One page of the projects in which every word of `query` is found, best match first."""
        terms = terms_of(query)
        if not terms:
            return Page(items=[], page=page, per_page=per_page, total=0)
        self._upkeep.look_after()
        values = queries.search_values(asked(terms), (page - 1) * per_page, per_page, status)
        rows = self._database.rows(queries.search_query(status), values)
        hits = [(summary, texts) for _, summary, texts in rows if summary]
        passages = Passages(terms if hits else [])
        shown = [
            SearchHit.model_construct(**vars(_summary(summary)), snippet=passages.best(told(texts)))
            for summary, texts in hits
        ]
        return Page(items=shown, page=page, per_page=per_page, total=rows[0][0])

    def trash(self, page: int, per_page: int) -> Page[TrashedProject]:
        """One page of the trash, the latest first."""
        self._upkeep.look_after()
        since, start = now() - self._trash_days, (page - 1) * per_page
        values = {"since": since, "start": start, "count": per_page}
        with self._database.snapshot() as connection:
            rows, total = queries.trash(connection, values)
        projects = [
            TrashedProject(
                **vars(_summary(summary)),
                deleted_at=deleted_at,
                expires_at=deleted_at + self._trash_days,
            )
            for summary, deleted_at in rows
        ]
        return Page(items=projects, page=page, per_page=per_page, total=total)

    def damaged(self) -> list[str]:
        """The ids of projects outside of the trash that cannot be read; they are in no list."""
        self._upkeep.look_after()
        rows = self._database.rows(
            "select project_id::text from projects"
            " where damage is not null and deleted_at is null order by project_id"
        )
        return [project_id for (project_id,) in rows]

    # --- as another store keeps them ---

    def ids(self) -> Iterator[str]:
        """The ids of all projects, damaged ones and those in the trash too, in order."""
        last = "00000000-0000-0000-0000-000000000000"
        while True:
            rows = self._database.rows(
                "select project_id::text from projects where project_id > %(last)s"
                " order by project_id limit %(most)s",
                {"last": last, "most": _TOGETHER},
            )
            if not rows:
                return
            yield from (project_id for (project_id,) in rows)
            last = rows[-1][0]

    def dossier(self, project_id: str) -> Dossier:
        """Everything there is of a project. Raises `ProjectNotFound`, and `ProjectDamaged`."""
        require_id(project_id)
        with self._database.snapshot() as connection:
            present, kept, damaged = queries.versions(connection, project_id)
        if present.deleted_at and self._is_expired(present.deleted_at):
            raise ProjectNotFound()
        for version in damaged:
            _log.warning("damaged revision left out: %s, version %s", project_id, version)
        return Dossier(present.project, kept, present.deleted_at)

    def adopt(self, dossier: Dossier, only_new: bool = False) -> None:
        """Put what another store keeps of a project in the place of whatever is here of it."""
        project = dossier.project
        require_id(project.project_id)
        with self._database.writing() as connection:
            if not changes.adopt(connection, dossier, only_new, now() - self._trash_days):
                raise Conflict(version=queries.version(connection, project.project_id))

    # --- the whole ---

    def warm_up(self) -> None:
        """Connect, and look for what others wrote."""
        with suppress(StorageUnavailable):
            self._upkeep.look_after()

    def reindex(self, progress: Progress | None = None, processes: int = 1) -> int:
        """Make all columns and words anew from the documents, and count anew.

        Returns how many projects there are.
        """
        return self._upkeep.rebuild(self.ids(), progress)

    def check(self) -> None:
        """Raise `StorageUnavailable` where the database cannot be written."""
        ((setting,),) = self._database.rows("select current_setting('transaction_read_only')")
        if setting == "on":
            raise StorageUnavailable(retry_after=1)

    def _is_expired(self, deleted_at: datetime) -> bool:
        return deleted_at <= now() - self._trash_days


def _require_live(held: Held) -> None:
    if held.deleted_at:
        raise ProjectNotFound()


def _ask(allow: Allow | None, held: Held) -> None:
    """Let `allow` look at the project; damage keeps back only those who want to look."""
    if allow:
        allow(held.project)


@functools.lru_cache(2048)
def _summary(text: str) -> ProjectSummary:
    return ProjectSummary.model_validate_json(text)
