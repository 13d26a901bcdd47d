"""Receipts in one SQLite file."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...errors import KeyReused, RequestRunning, StorageUnavailable
from ...ports import Receipt
from .database import Database
from .disk import locked

_SCHEMA = """
create table if not exists receipts (
    key text primary key, request text not null, status integer not null,
    headers text not null, body blob not null, kept_at real not null
);
create index if not exists receipts_by_age on receipts (kept_at);
"""


class SqliteReceipts:
    """`Receipts` for the processes of one machine.

    A key may be anything, secrets included: what is written down of it is its hash.
    """

    def __init__(self, folder: Path, hours: float = 24, patience: float = 120) -> None:
        """Keep everything below `folder` for `hours`; wait `patience` seconds for a held key."""
        self._folder, self._seconds, self._patience = folder, hours * 3600, patience
        self._database = Database(folder / "receipts.sqlite", _SCHEMA)

    @contextmanager
    def hold(self, key: str) -> Iterator[None]:
        """Hold the key with a lock file.

        A million files shared by all keys: their number stays bounded, and two keys that happen to
        share one merely wait for each other. They are none of the conversations' files: who holds
        a key goes on to hold a conversation.
        """
        digest = _digest(key)
        path = self._folder / "receipt_locks" / digest[:2] / f"{digest[2:5]}.lock"
        with locked(path, self._patience, RequestRunning(retry_after=1)):
            yield

    def find(self, key: str, request: str) -> Receipt | None:
        """What was answered to `request` under `key`; raises `KeyReused` for another request."""
        with self._database.reading() as database:
            row = database.execute(
                "select request, status, headers, body from receipts where key = ? and kept_at > ?",
                (_digest(key), self._oldest()),
            ).fetchone()
        if row is None:
            return None
        if row[0] != _digest(request):
            raise KeyReused()
        try:
            return Receipt(status=row[1], headers=json.loads(row[2]), body=row[3])
        except ValueError as error:
            raise StorageUnavailable() from error

    def keep(self, key: str, request: str, receipt: Receipt) -> None:
        """Remember the answer, and forget those that have been kept for long enough."""
        headers, moment = json.dumps(receipt.headers), time.time()
        row = (_digest(key), _digest(request), receipt.status, headers, receipt.body, moment)
        oldest = self._oldest()

        def enter(database: sqlite3.Connection) -> None:
            database.execute("delete from receipts where kept_at <= ?", (oldest,))
            database.execute("insert or replace into receipts values (?, ?, ?, ?, ?, ?)", row)

        self._database.write(enter)

    def _oldest(self) -> float:
        return time.time() - self._seconds


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
