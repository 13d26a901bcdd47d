"""Keeping the columns in line with the documents, whoever writes them; emptying the trash."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from psycopg import errors

from ...errors import ProjectDamaged, ProjectNotFound, StorageFull, StorageUnavailable
from ...models import now
from . import changes
from .connections import Busy, Connection, Connections
from .locks import Locks
from .rows import Held

Progress = Callable[[int, int], None]
"""Told how many of how many projects are done."""

_EMPTY_SECONDS, _GO_ON_SECONDS = 3600.0, 60.0
"""The trash is emptied so often, and gone on with so soon where there was more than a moment's."""
_MOMENT = 1.0
_TOGETHER = 500
_FEW = 10
"""So many projects are deleted at once: each may have many revisions."""
_EMPTY = """
delete from projects where project_id in (
    select project_id from projects where deleted_at <= %(since)s
    limit %(most)s for update skip locked
)
"""
_UNHELD = (errors.DataError, errors.ProgramLimitExceeded)
"""What is said of a document whose values no column can hold."""

_log = logging.getLogger("spark.postgres")


class Upkeep:
    """Sees to it that the columns say what the documents say, and that the trash is emptied."""

    def __init__(
        self, database: Connections, locks: Locks, trash_days: timedelta, notice_seconds: float
    ) -> None:
        self._database, self._locks = database, locks
        self._trash_days, self._notice_seconds = trash_days, notice_seconds
        self._noticed_at = self._empty_at = float("-inf")

    def look_after(self) -> None:
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

    def examine(self, project_id: str, patience: float | None = None) -> None:
        """Make the columns of a project from its document; one that is damaged is set aside."""
        with self._locks.holding(project_id, patience) as (connection, held):
            try:
                project = held.project
            except ProjectDamaged as error:
                return _set_aside(connection, held, error.__cause__)
            try:
                with connection.transaction():
                    changes.describe(connection, project)
                    if not held.deleted_at:
                        changes.put_words(connection, project)
            except _UNHELD as error:
                _set_aside(connection, held, error)
        return None

    def rebuild(self, project_ids: Iterable[str], progress: Progress | None = None) -> int:
        """Count anew, and examine all of these projects; how many they are."""
        self._count_anew()
        ((total,),) = self._database.rows("select count(*) from projects")
        done = 0
        for project_id in project_ids:
            self._try_to_examine(project_id)
            done += 1
            if progress:
                progress(done, max(done, total))
        return done

    def _try_to_examine(self, project_id: str, patience: float | None = None) -> None:
        """Examine a project where that can be done just now: the others are not kept from it."""
        try:
            self.examine(project_id, patience)
        except ProjectNotFound:
            pass
        except (Busy, StorageFull) as error:
            _log.warning("%s cannot be examined just now: %r", project_id, error.__cause__)

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
        with self._locks.holding_tally() as connection:
            connection.execute("delete from tally")
            connection.execute(
                "insert into tally select status, 0, count(*) from projects"
                " where deleted_at is null and damage is null group by status"
            )


def _set_aside(connection: Connection, held: Held, cause: BaseException | None) -> None:
    damage = repr(cause)[:500]
    if not held.damage:
        _log.warning("damaged project set aside: %s: %s", held.project_id, damage)
    changes.set_aside(connection, held.project_id, damage)
