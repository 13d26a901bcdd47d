"""One SQLite file for the threads and processes of one machine."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...errors import StorageFull, StorageUnavailable, storage_errors
from .disk import make_folder

Work = Callable[[sqlite3.Connection], object]

_MOST_IDLE = 16
_PATIENCE, _POLL_SECONDS = 10.0, 0.005
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ")


class DatabaseBroken(StorageUnavailable):
    """The file is not there, or is not what it should be."""


@dataclass
class _Job:
    work: Work
    is_done: bool = False
    failure: BaseException | None = None


class Database:
    """A file with write-ahead logging.

    Readers never wait, and what was acknowledged survives a killed process, with full sync a power
    cut too. Raises `DatabaseBroken` where the file cannot be used at all.
    What several threads write at the same moment goes to the disk together: waiting for the disk
    is what a write is made of, and one wait serves them all.
    """

    def __init__(self, path: Path, schema: str) -> None:
        """The file is made with its first use."""
        self._path, self._schema = path, schema
        self._idle: deque[sqlite3.Connection] = deque()
        self._waiting: deque[_Job] = deque()
        self._writing = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees the file as it is at its first statement, to the end."""
        with self._transaction("begin") as connection:
            yield connection

    def write(self, work: Work) -> None:
        """Do `work`, all or nothing; it is on the disk when this returns."""
        job = _Job(work)
        self._waiting.append(job)
        with self._writing:
            if not job.is_done:
                self._write_waiting()
        if job.failure:
            raise job.failure

    def truncate(self) -> None:
        """Empty the log of what was written, where nobody reads from it just now."""
        with self._connection() as connection:
            connection.execute("pragma wal_checkpoint(truncate)")

    def _write_waiting(self) -> None:
        """Do everything that waits, in one transaction; what fails fails alone."""
        jobs = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            with self._transaction("begin immediate") as connection:
                for job in jobs:
                    _do(job, connection)
        except StorageUnavailable as error:
            for job in jobs:
                job.failure = type(error)()
                job.failure.__cause__ = error.__cause__
        except BaseException:
            for job in jobs:
                job.failure = job.failure or StorageUnavailable()
            raise
        finally:
            for job in jobs:
                job.is_done = True

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """A connection of our own, in a transaction that ends with the block."""
        with self._connection() as connection:
            connection.execute(begin)
            with connection:
                yield connection

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except sqlite3.Error as error:
            raise storage_error(error) from error
        finally:
            # A transaction that could be ended neither way, or one connection of too many.
            if connection.in_transaction or len(self._idle) >= _MOST_IDLE:
                connection.close()
            else:
                self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = self._open()
        except sqlite3.Error as error:
            raise storage_error(error) from error
        try:
            self._prepare(connection)
        except sqlite3.Error as error:
            connection.close()
            raise storage_error(error) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _open(self) -> sqlite3.Connection:
        with storage_errors():
            make_folder(self._path.parent)
        return sqlite3.connect(
            self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )

    def _prepare(self, connection: sqlite3.Connection) -> None:
        _log_ahead(connection)
        connection.execute("pragma synchronous = full")
        connection.executescript(self._schema)


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on. SQLite does not wait for others who do the same: we do."""
    deadline = time.monotonic() + 2 * _PATIENCE  # SQLite itself may have waited once
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith("SQLITE_BUSY")
            if not busy or time.monotonic() >= deadline:
                raise
            time.sleep(_POLL_SECONDS)


def _do(job: _Job, connection: sqlite3.Connection) -> None:
    connection.execute("savepoint job")
    try:
        job.work(connection)
    except (sqlite3.IntegrityError, sqlite3.DataError) as error:
        connection.execute("rollback to job")
        job.failure = storage_error(error)
    except sqlite3.Error:
        raise  # the file's failure, which is everyone's
    except BaseException as error:
        connection.execute("rollback to job")
        job.failure = error
    connection.execute("release job")


def storage_error(error: sqlite3.Error) -> StorageUnavailable:
    """Our word for what SQLite complains of."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return StorageFull()
    return DatabaseBroken() if name.startswith(_BROKEN) else StorageUnavailable()
