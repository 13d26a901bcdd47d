"""Projects in PostgreSQL."""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import errors

from ...errors import (
    Conflict,
    ProjectDamaged,
    ProjectNotFound,
    RevisionNotFound,
    StorageFull,
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
from . import queries
from .connections import Busy, Connection, Connections
from .documents import read, require_id, told, written
from .rows import asked, project_row, searched, words_row
from .schema import require_schema

Progress = Callable[[int, int], None]
"""Told how many of how many projects are done."""

_EMPTY_SECONDS, _GO_ON_SECONDS = 3600.0, 60.0
"""The trash is emptied so often, and gone on with so soon where there was more than a moment's."""
_MOMENT = 1.0
_TOGETHER = 500
_FEW = 10
"""So many projects are deleted at once: each may have many revisions."""
_STRIPES = 64
_MOST_VERSION = 2**63 - 1

_ROW = (
    "project_id",
    "document",
    "summary",
    "version",
    "status",
    "name",
    "created_at",
    "updated_at",
)
_HELD = """
select project_id::text, document::text, version, deleted_at, damage, examined
from projects where project_id = %(id)s
"""
_PLACES = ", ".join(f"%({column})s" for column in _ROW)
_INSERT = f"insert into projects ({', '.join(_ROW)}, examined) values ({_PLACES}, true)"
_SET = ", ".join(f"{column} = %({column})s" for column in _ROW[1:])
_DESCRIBE = ", ".join(f"{column} = %({column})s" for column in _ROW[2:])
_WORDS = (
    "project_id",
    "created_at",
    "status",
    "words",
    "head",
    "topic",
    "summary",
    "body",
    "texts",
)
_PUT_WORDS = f"""
insert into project_words ({", ".join(_WORDS)})
values ({", ".join(f"%({column})s" for column in _WORDS)})
on conflict (project_id) do update
set {", ".join(f"{column} = excluded.{column}" for column in _WORDS[1:])}
"""
_PRUNE = """
delete from revisions where project_id = %(id)s and version <= (
    select version from revisions where project_id = %(id)s
    order by version desc offset %(most)s limit 1
)
"""
_EMPTY = """
delete from projects where project_id in (
    select project_id from projects where deleted_at <= %(since)s
    limit %(most)s for update skip locked
)
"""
_UNHELD = (errors.DataError, errors.ProgramLimitExceeded)
"""What is said of a document whose values no column can hold."""

_log = logging.getLogger("spark.postgres")


@dataclass(frozen=True)
class _Held:
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
        self._patience, self._most = patience, revisions
        self._trash_days, self._notice_seconds = timedelta(days=trash_days), notice_seconds
        self._database = Connections(
            url, connections, answer_seconds, queue_seconds, require_schema
        )
        # Who waits for a project in the database keeps a connection meanwhile: of each of our
        # processes that is one thread a project, and the others wait here.
        self._stripes = [threading.RLock() for _ in range(_STRIPES)]
        self._noticed_at = self._empty_at = float("-inf")

    # --- one project ---

    def create(self, project: Project) -> None:
        """Store a new project. Raises `Conflict` where there is one of its id."""
        require_id(project.project_id)
        row = project_row(project)
        with self._database.writing() as connection:
            created = connection.execute(f"{_INSERT} on conflict do nothing", row).rowcount
            if created:
                _put_words(connection, project)
            else:
                raise Conflict(version=_version(connection, project.project_id))

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
                self._examine(project_id, patience=0)
            raise

    def update(self, project_id: str, change: Callable[[Project], Project]) -> Project:
        """Put `change(project)` in the project's place, one writer at a time."""
        with self._holding(project_id) as (connection, held):
            _require_live(held)
            project = held.project
            query = "select max(version) from revisions where project_id = %(id)s"
            ((last,),) = connection.execute(query, {"id": project_id}).fetchall()
            version, before = project.version, searched(project)
            changed = change(project).model_copy(
                update={"version": max(version, last or 0) + 1, "updated_at": now()}
            )
            self._keep_version(connection, project_id, version)
            connection.execute(
                f"update projects set {_SET}, damage = null where project_id = %(project_id)s",
                project_row(changed),
            )
            # Words are the dear part: they are written where they are new.
            if not held.is_described or searched(changed) != before:
                _put_words(connection, changed)
            else:
                connection.execute(
                    "update project_words set status = %(status)s"
                    " where project_id = %(id)s and status <> %(status)s",
                    {"status": changed.status, "id": project_id},
                )
        return changed

    def discard(self, project_id: str, allow: Allow | None = None) -> None:
        """Move the project to the trash."""
        with self._holding(project_id) as (connection, held):
            _require_live(held)
            _ask(allow, held)
            if self._trash_days:
                connection.execute(
                    "update projects set deleted_at = %(now)s where project_id = %(id)s",
                    {"now": now(), "id": project_id},
                )
                connection.execute(
                    "delete from project_words where project_id = %(id)s", {"id": project_id}
                )
            else:
                _delete(connection, project_id)

    def restore(self, project_id: str, allow: Allow | None = None) -> Project:
        """Take the project back out of the trash."""
        with self._holding(project_id) as (connection, held):
            if not held.deleted_at or self._is_expired(held.deleted_at):
                raise ProjectNotFound()
            _ask(allow, held)
            connection.execute(
                "update projects set deleted_at = null where project_id = %(id)s",
                {"id": project_id},
            )
            with suppress(ProjectDamaged):  # it is back, and that is all there is to tell
                _put_words(connection, held.project)
        return held.project

    def delete(self, project_id: str, allow: Allow | None = None) -> None:
        """Remove the project for good, wherever it is."""
        with self._holding(project_id) as (connection, held):
            _ask(allow, held)
            _delete(connection, project_id)

    def revisions(self, project_id: str) -> list[Revision]:
        """The present version and the earlier ones that are kept."""
        require_id(project_id)
        with self._database.snapshot() as connection:
            present, kept, _ = self._versions(connection, project_id, "and deleted_at is null")
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
        self._look_after()
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
        self._look_after()
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
        self._look_after()
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
        self._look_after()
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
            present, kept, damaged = self._versions(connection, project_id)
        if present.deleted_at and self._is_expired(present.deleted_at):
            raise ProjectNotFound()
        for version in damaged:
            _log.warning("damaged revision left out: %s, version %s", project_id, version)
        return Dossier(present.project, kept, present.deleted_at)

    def adopt(self, dossier: Dossier, only_new: bool = False) -> None:
        """Put what another store keeps of a project in the place of whatever is here of it."""
        project = dossier.project
        require_id(project.project_id)
        key = {"id": project.project_id}
        with self._database.writing() as connection:
            stored = connection.execute(
                f"{_INSERT} on conflict (project_id) do update set {_SET}, damage = null"
                " where not %(only_new)s or projects.deleted_at <= %(expired)s",
                {**project_row(project), "only_new": only_new, "expired": now() - self._trash_days},
            ).rowcount
            if not stored:
                raise Conflict(version=_version(connection, project.project_id))
            connection.execute(
                "update projects set deleted_at = %(at)s where project_id = %(id)s",
                {**key, "at": dossier.deleted_at},
            )
            connection.execute("delete from revisions where project_id = %(id)s", key)
            connection.cursor().executemany(
                "insert into revisions (project_id, version, document) values (%s, %s, %s)",
                ((project.project_id, r.version, written(r)) for r in dossier.revisions),
            )
            if dossier.deleted_at:
                connection.execute("delete from project_words where project_id = %(id)s", key)
            else:
                _put_words(connection, project)

    # --- the whole ---

    def warm_up(self) -> None:
        """Connect, and look for what others wrote."""
        with suppress(StorageUnavailable):
            self._look_after()

    def reindex(self, progress: Progress | None = None, processes: int = 1) -> int:
        """Make all columns and words anew from the documents, and count anew.

        Returns how many projects there are.
        """
        self._count_anew()
        ((total,),) = self._database.rows("select count(*) from projects")
        done = 0
        for project_id in self.ids():
            self._try_to_examine(project_id, self._patience)
            done += 1
            if progress:
                progress(done, max(done, total))
        return done

    def check(self) -> None:
        """Raise `StorageUnavailable` where the database cannot be written."""
        ((setting,),) = self._database.rows("select current_setting('transaction_read_only')")
        if setting == "on":
            raise StorageUnavailable(retry_after=1)

    # --- inside ---

    @contextmanager
    def _holding(
        self, project_id: str, patience: float | None = None
    ) -> Iterator[tuple[Connection, _Held]]:
        """A transaction that holds the project's row. Raises `ProjectNotFound`.

        Raises `Busy` where somebody else holds it for longer than `patience`; without any, at
        once.
        """
        require_id(project_id)
        patience = self._patience if patience is None else patience
        deadline = time.monotonic() + patience
        with self._alone(project_id, patience), self._database.writing() as connection:
            query = f"{_HELD} for update" if patience else f"{_HELD} for update nowait"
            row = _waited_for(connection, query, {"id": project_id}, deadline)
            if not row:
                raise ProjectNotFound()
            yield connection, _Held(*row)

    @contextmanager
    def _alone(self, project_id: str, patience: float) -> Iterator[None]:
        """Keep the other threads of this process from the project."""
        stripe = self._stripes[hash(project_id) % _STRIPES]
        if not stripe.acquire(timeout=patience):
            raise Busy(retry_after=1)
        try:
            yield
        finally:
            stripe.release()

    def _keep_version(self, connection: Connection, project_id: str, version: int) -> None:
        """Keep the present version as a revision; of more than so many the oldest go."""
        key = {"id": project_id, "version": version, "most": self._most}
        if self._most:
            connection.execute(
                "insert into revisions (project_id, version, document)"
                " select project_id, %(version)s, document from projects"
                " where project_id = %(id)s"
                " on conflict (project_id, version) do update set document = excluded.document",
                key,
            )
        connection.execute(_PRUNE, key)

    def _versions(
        self, connection: Connection, project_id: str, where: str = ""
    ) -> tuple[_Held, list[Project], list[int]]:
        """The present version, the earlier ones oldest first, and which of these are damaged."""
        key = {"id": project_id}
        row = connection.execute(f"{_HELD} {where}", key).fetchone()
        if not row:
            raise ProjectNotFound()
        held = _Held(*row)
        rows = connection.execute(
            "select version, document::text from revisions where project_id = %(id)s"
            " and version <> %(version)s order by version",
            {**key, "version": held.version},
        ).fetchall()
        found = {version: _kept(document, project_id, version) for version, document in rows}
        kept = [project for project in found.values() if project]
        return held, kept, [version for version, project in found.items() if not project]

    def _look_after(self) -> None:
        """Look at what others wrote, and empty the trash, both now and then."""
        if time.monotonic() - self._noticed_at >= self._notice_seconds:
            self._noticed_at = time.monotonic()
            rows = self._database.rows(
                "select project_id::text from projects where not examined limit %(most)s",
                {"most": _TOGETHER},
            )
            for (project_id,) in rows:
                self._try_to_examine(project_id, patience=0)
        if time.monotonic() >= self._empty_at:
            self._empty_at = time.monotonic() + _EMPTY_SECONDS
            self._empty_trash()

    def _empty_trash(self) -> None:
        """Delete what is there too long, for about a second; no list fails where that does."""
        deadline, deleted = time.monotonic() + _MOMENT, _FEW
        values = {"since": now() - self._trash_days, "most": _FEW}
        try:
            while deleted == _FEW and time.monotonic() < deadline:
                with self._database.writing() as connection:
                    deleted = connection.execute(_EMPTY, values).rowcount
        except StorageUnavailable as error:
            _log.warning("the trash cannot be emptied just now: %r", error.__cause__)
        if deleted == _FEW:
            self._empty_at = time.monotonic() + _GO_ON_SECONDS

    def _count_anew(self) -> None:
        """Who changes a project counts it in the end, and waits for us; then all are counted."""
        deadline = time.monotonic() + self._patience
        with self._database.writing() as connection:
            _waited_for(connection, "lock table tally in exclusive mode", {}, deadline)
            connection.execute("delete from tally")
            connection.execute(
                "insert into tally select status, 0, count(*) from projects"
                " where deleted_at is null and damage is null group by status"
            )

    def _try_to_examine(self, project_id: str, patience: float) -> None:
        """Examine a project where that can be done just now: the others are not kept from it."""
        try:
            self._examine(project_id, patience)
        except ProjectNotFound:
            pass
        except (Busy, StorageFull) as error:
            _log.warning("%s cannot be examined just now: %r", project_id, error.__cause__)

    def _examine(self, project_id: str, patience: float) -> None:
        """Make the columns of a project from its document; one that is damaged is set aside."""
        with self._holding(project_id, patience) as (connection, held):
            try:
                project = held.project
            except ProjectDamaged as error:
                return _set_aside(connection, held, error.__cause__)
            try:
                with connection.transaction():
                    _describe(connection, held, project)
            except _UNHELD as error:
                _set_aside(connection, held, error)
        return None

    def _is_expired(self, deleted_at: datetime) -> bool:
        return deleted_at <= now() - self._trash_days


def _version(connection: Connection, project_id: str) -> int | None:
    """The number of the project's version; `None` where it went just now."""
    query = "select version from projects where project_id = %(id)s"
    row = connection.execute(query, {"id": project_id}).fetchone()
    return row[0] if row else None


def _require_live(held: _Held) -> None:
    if held.deleted_at:
        raise ProjectNotFound()


def _ask(allow: Allow | None, held: _Held) -> None:
    """Let `allow` look at the project; damage keeps back only those who want to look."""
    if allow:
        allow(held.project)


def _waited_for(
    connection: Connection, query: str, values: dict[str, Any], deadline: float
) -> tuple[Any, ...] | None:
    """What `query`, the first of its transaction, finds once it gets its lock."""
    while True:
        try:
            cursor = connection.execute(query, values)
            return cursor.fetchone() if cursor.description else None
        except errors.LockNotAvailable:
            if time.monotonic() >= deadline:
                raise
            connection.execute("rollback")
            connection.execute("begin")


def _kept(document: str, project_id: str, version: int) -> Project | None:
    """An earlier version; `None` where it is damaged, or another than its number says."""
    try:
        project = read(document, project_id)
    except ProjectDamaged:
        return None
    return project if project.version == version else None


def _describe(connection: Connection, held: _Held, project: Project) -> None:
    connection.execute(
        f"update projects set {_DESCRIBE}, damage = null, examined = true"
        " where project_id = %(project_id)s",
        project_row(project),
    )
    if not held.deleted_at:
        _put_words(connection, project)


def _set_aside(connection: Connection, held: _Held, cause: BaseException | None) -> None:
    damage = repr(cause)[:500]
    if not held.damage:
        _log.warning("damaged project set aside: %s: %s", held.project_id, damage)
    key = {"damage": damage, "id": held.project_id}
    connection.execute(
        "update projects set damage = %(damage)s, examined = true where project_id = %(id)s", key
    )
    connection.execute("delete from project_words where project_id = %(id)s", key)


def _put_words(connection: Connection, project: Project) -> None:
    row = words_row(project)
    connection.carry(len(row["words"]))
    connection.execute(_PUT_WORDS, row)


def _delete(connection: Connection, project_id: str) -> None:
    connection.execute("delete from projects where project_id = %(id)s", {"id": project_id})


@functools.lru_cache(2048)
def _summary(text: str) -> ProjectSummary:
    return ProjectSummary.model_validate_json(text)
