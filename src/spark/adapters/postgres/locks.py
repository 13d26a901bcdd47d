"""One writer of a project at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import errors

from ...errors import ProjectNotFound
from .connections import Busy, Connection, Connections
from .documents import require_id
from .rows import HELD, Held

_STRIPES = 64


class Locks:
    """Transactions that hold a project's row, or the counts of all, until they end."""

    def __init__(self, database: Connections, patience: float) -> None:
        """Another writer is waited for `patience` seconds."""
        self._database, self._patience = database, patience
        # Who waits for a project in the database keeps a connection meanwhile: of each of our
        # processes that is one thread a project, and the others wait here.
        self._stripes = [threading.RLock() for _ in range(_STRIPES)]

    @contextmanager
    def holding(
        self, project_id: str, patience: float | None = None
    ) -> Iterator[tuple[Connection, Held]]:
        """A transaction that holds the project's row. Raises `ProjectNotFound`.

        Raises `Busy` where somebody else holds it for longer than `patience`; without any, at
        once.
        """
        require_id(project_id)
        patience = self._patience if patience is None else patience
        deadline = time.monotonic() + patience
        with self._alone(project_id, patience), self._database.writing() as connection:
            query = f"{HELD} for update" if patience else f"{HELD} for update nowait"
            row = _waited_for(connection, query, {"id": project_id}, deadline)
            if not row:
                raise ProjectNotFound()
            yield connection, Held(*row)

    @contextmanager
    def holding_tally(self) -> Iterator[Connection]:
        """A transaction that counts: who changes a project does so in the end, and waits for us."""
        deadline = time.monotonic() + self._patience
        with self._database.writing() as connection:
            _waited_for(connection, "lock table tally in exclusive mode", {}, deadline)
            yield connection

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
