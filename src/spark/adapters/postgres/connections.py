"""Connections to PostgreSQL that answer soon, or say soon that they do not."""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

from ...errors import StorageFull, StorageUnavailable

Values = Mapping[str, Any]

LOCK_SECONDS = 0.5
"""So long the server waits for a lock before it asks us whether we still want it."""
_SERVERS_SHARE = 0.9
"""A statement is given up by the server, which then does nothing for nobody, before by us."""
_LIGHT = 10_000
_SECONDS_EACH = 1 / 20_000
"""What a word beyond the usual number of them may take to be written."""
_QUIET_SECONDS = 1.0
"""So long nobody tries again what has just failed: they are told at once."""
_CONNECT: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 2000,
}
_SETTINGS = {
    "lock_timeout": f"{LOCK_SECONDS}s",
    # A machine that went away in the middle of a change must not keep others from it for long.
    "idle_in_transaction_session_timeout": "30s",
    # What it takes to unpack the words of a whole table is not known to the planner, which would
    # rather do that than ask the index of them.
    "enable_seqscan": "off",
    # Plans for values nobody knows read whole tables; compiling them takes longer than they do.
    "plan_cache_mode": "force_custom_plan",
    "jit": "off",
    # Moments come back in the zone of the session.
    "TimeZone": "UTC",
    "spark.examines": "yes",
}

_log = logging.getLogger("spark.postgres")


class Busy(StorageUnavailable):
    """Somebody else holds what was asked for, or it took too long: the server is there."""


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """Waits for each answer so long and no longer, also where the server just hangs.

    The kernel of a machine whose server hangs goes on acknowledging what arrives: no setting of
    the connection's own takes notice of that.
    """

    answer_seconds = 1.4

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Run psycopg's generator to its end."""
        patience = self.answer_seconds if timeout is None else timeout
        try:
            return super().wait(gen, interval, patience)
        except errors.OperationalError as error:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            self.pgconn.finish()  # an answer that comes after all would be taken for another's
            raise errors.ConnectionTimeout("no answer in time") from error

    def carry(self, weight: int) -> None:
        """Wait for longer in this transaction, for it writes so many words."""
        if weight <= _LIGHT:
            return
        self.answer_seconds = type(self).answer_seconds + _SECONDS_EACH * weight
        milliseconds = int(1000 * self.answer_seconds * _SERVERS_SHARE)
        self.execute(f"set local statement_timeout = {milliseconds}")

    @property
    def is_dead(self) -> bool:
        """Whether the server ended it: nobody has asked anything, and something came."""
        poll = select.poll()
        poll.register(self.pgconn.socket, select.POLLIN)
        return bool(poll.poll(0))


class Connections:
    """A pool of connections, in each process one of its own, opened when it is first wanted.

    Where the server is away, one who asks tries it once in a second.
    """

    def __init__(
        self,
        url: str,
        most: int,
        answer_seconds: float,
        queue_seconds: float,
        prepare: Callable[[Connection], None],
    ) -> None:
        """At most so many; each answer is waited for so long, and a free connection.

        `prepare` is asked with the first connection whether the database can be used.
        """
        self._url, self._most = url, most
        self._answer_seconds, self._queue_seconds = answer_seconds, queue_seconds
        self._prepare, self._is_prepared = prepare, False
        self._lock = threading.Lock()
        self._pool: ConnectionPool[Connection] | None = None
        self._process = 0
        self._inherited: list[object] = []
        self._failed_at: float | None = None
        self._answered_at = float("-inf")

    def rows(self, query: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        """What one query reads. It is asked again where its connection had died meanwhile."""
        with self._asking(query, values) as (_, cursor):
            return cursor.fetchall()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that reads everything as it was at one moment."""
        with self._transaction("begin isolation level repeatable read read only") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction: what is done inside is done at its end, or not at all."""
        with self._transaction("begin") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._asking(begin) as (connection, _):
            try:
                yield connection
                connection.execute("commit")
            except BaseException:
                with suppress(psycopg.Error):
                    connection.rollback()
                raise
            finally:
                connection.answer_seconds = self._answer_seconds

    @contextmanager
    def _asking(
        self, first: str, values: Values | None = None
    ) -> Iterator[tuple[Connection, psycopg.Cursor[tuple[Any, ...]]]]:
        """A connection, with the answer to what is asked first: it does no harm asked twice."""
        with _our_errors():
            self._require_hope()
            pool = self._opened()
            connection, cursor = self._answered(pool, first, values)
            try:
                yield connection, cursor
            except errors.ConnectionTimeout as error:
                self._note_failure(error)
                raise
            finally:
                pool.putconn(connection)

    def _answered(
        self, pool: ConnectionPool[Connection], first: str, values: Values | None
    ) -> tuple[Connection, psycopg.Cursor[tuple[Any, ...]]]:
        deadline = time.monotonic() + self._queue_seconds
        while True:
            connection = pool.getconn(max(deadline - time.monotonic(), 0))
            try:
                if connection.is_dead:
                    connection.close()
                    raise errors.OperationalError("the server ended the connection")
                if not self._is_prepared:
                    self._prepare(connection)
                    self._is_prepared = True
                cursor = connection.execute(first, values)
            except BaseException as error:
                is_lost = connection.closed
                pool.putconn(connection)
                if isinstance(error, errors.ConnectionTimeout):
                    self._note_failure(error)
                elif is_lost and isinstance(error, psycopg.OperationalError):
                    continue
                raise
            self._note_success()
            return connection, cursor

    # --- the pool ---

    def _opened(self) -> ConnectionPool[Connection]:
        with self._lock:
            if self._pool is None or self._process != os.getpid():
                # A process that was forked must not even close what it shares with its parent.
                self._inherited.append(self._pool)
                self._pool, self._process = self._new_pool(), os.getpid()
                self._pool.open()
            return self._pool

    def _new_pool(self) -> ConnectionPool[Connection]:
        note = self._note_refusal

        class Ours(Connection):
            answer_seconds = self._answer_seconds

            @classmethod
            def connect(cls, conninfo: str = "", **kwargs: Any) -> Any:
                try:
                    return super().connect(conninfo, **kwargs)
                except psycopg.Error as error:
                    note(error)
                    raise

        # What it would say of each attempt in vain we say once.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        return ConnectionPool(
            self._url,
            connection_class=Ours,
            kwargs=_CONNECT,
            configure=self._configure,
            min_size=0,
            max_size=self._most,
            open=False,
            num_workers=2,
            reconnect_timeout=0,  # who asks tries again
        )

    def _configure(self, connection: Connection) -> None:
        milliseconds = int(1000 * self._answer_seconds * _SERVERS_SHARE)
        settings = {**_SETTINGS, "statement_timeout": str(milliseconds)}
        each = ", ".join("set_config(%s, %s, false)" for _ in settings)
        connection.execute(f"select {each}", [part for item in settings.items() for part in item])

    # --- what we know of the server ---

    def _require_hope(self) -> None:
        """Raise `StorageUnavailable` where it failed just now, or somebody tries it already."""
        with self._lock:
            if self._failed_at is None:
                return
            if time.monotonic() - self._failed_at < _QUIET_SECONDS:
                raise StorageUnavailable(retry_after=1)
            self._failed_at = time.monotonic()

    def _note_failure(self, error: Exception) -> None:
        with self._lock:
            is_news, self._failed_at = self._failed_at is None, time.monotonic()
        if is_news:
            _log.warning("PostgreSQL cannot be used just now: %s", error)

    def _note_refusal(self, error: Exception) -> None:
        """Where others were answered just now, it may be that there are too many of us."""
        if time.monotonic() - self._answered_at > _QUIET_SECONDS:
            self._note_failure(error)

    def _note_success(self) -> None:
        self._answered_at = time.monotonic()
        if self._failed_at is not None:
            self._failed_at = None
            _log.warning("PostgreSQL can be used again")


@contextmanager
def _our_errors() -> Iterator[None]:
    """Turn PostgreSQL's complaints into ours."""
    try:
        yield
    except errors.DiskFull as error:
        raise StorageFull() from error
    except (errors.UndefinedTable, errors.UndefinedColumn) as error:
        _log.warning("the schema is missing: run `run_api.py migrate`: %s", error)
        raise StorageUnavailable(retry_after=1) from error
    except (errors.LockNotAvailable, errors.QueryCanceled) as error:
        raise Busy(retry_after=1) from error
    except psycopg.Error as error:
        raise StorageUnavailable(retry_after=1) from error
