"""Conversations in one SQLite file."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from ...errors import ConversationBusy, StorageUnavailable
from ...models import Brief, Conversation, Message, Usage, now
from .database import Database
from .disk import locked

_SCHEMA = """
create table if not exists conversations (
    session_id text primary key, brief text not null, pending text, updated_at text not null
) without rowid;
create table if not exists messages (
    session_id text not null, position integer not null, role text not null,
    content text not null, timestamp text not null, primary key (session_id, position)
) without rowid;
create table if not exists ledger (
    id integer primary key, session_id text not null, entry text not null, open integer not null
);
create index if not exists ledger_by_session on ledger (session_id);
"""

_ENTER = "insert into ledger (session_id, entry, open) values (?, ?, ?)"


class SqliteConversationStore:
    """A `ConversationStore` for the processes of one machine."""

    def __init__(self, folder: Path, patience: float = 120) -> None:
        """Keep everything below `folder`; wait `patience` seconds for a held conversation."""
        self._folder, self._patience = folder, patience
        self._database = Database(folder / "conversations.sqlite", _SCHEMA)

    @contextmanager
    def hold(self, session_id: str) -> Iterator[None]:
        """Hold the conversation with a lock file.

        A million files shared by all sessions: their number stays bounded, and two conversations
        that happen to share one merely wait for each other.
        """
        digest = hashlib.sha256(session_id.encode()).hexdigest()
        path = self._folder / "locks" / digest[:2] / f"{digest[2:5]}.lock"
        with locked(path, self._patience, ConversationBusy(retry_after=1)):
            yield

    def load(self, session_id: str) -> Conversation:
        """The conversation as it stands; an empty one where nothing was said."""
        with self._database.reading() as database:
            head = database.execute(
                "select brief, pending from conversations where session_id = ?", (session_id,)
            ).fetchone()
            rows = database.execute(
                "select role, content, timestamp from messages"
                " where session_id = ? order by position",
                (session_id,),
            ).fetchall()
        try:
            return Conversation(
                session_id=session_id,
                messages=[Message(role=r, content=c, timestamp=t) for r, c, t in rows],
                brief=Brief.model_validate_json(head[0]) if head else Brief(),
                pending=head[1] if head else None,
            )
        except ValidationError as error:
            raise StorageUnavailable() from error

    def keep(self, session_id: str, message: str) -> None:
        """Remember a message that has no answer yet."""
        row = (session_id, Brief().model_dump_json(), message, now().isoformat())
        self._database.write(
            lambda database: database.execute(
                "insert into conversations values (?, ?, ?, ?) on conflict (session_id)"
                " do update set pending = excluded.pending, updated_at = excluded.updated_at",
                row,
            )
        )

    def append(
        self,
        session_id: str,
        question: Message,
        answer: Message,
        brief: Brief,
        usage: Usage | None = None,
    ) -> None:
        """Add a question with its answer, the brief and what it took, in one transaction."""
        head = (session_id, brief.model_dump_json(), now().isoformat())
        said = [(m.role, m.content, m.timestamp.isoformat()) for m in (question, answer)]
        entries = [_entry(session_id, usage, is_open=True)] if usage else []

        def add(database: sqlite3.Connection) -> None:
            database.execute("insert or replace into conversations values (?, ?, null, ?)", head)
            (count,) = database.execute(
                "select count(*) from messages where session_id = ?", (session_id,)
            ).fetchone()
            database.executemany(
                "insert into messages values (?, ?, ?, ?, ?)",
                [(session_id, count + offset, *row) for offset, row in enumerate(said)],
            )
            database.executemany(_ENTER, entries)

        self._database.write(add)

    def revise(self, session_id: str, brief: Brief) -> None:
        """Put `brief` in the place of the conversation's."""
        row = (session_id, brief.model_dump_json(), now().isoformat())
        self._database.write(
            lambda database: database.execute(
                "insert into conversations values (?, ?, null, ?) on conflict (session_id)"
                " do update set brief = excluded.brief, updated_at = excluded.updated_at",
                row,
            )
        )

    def record(self, session_id: str, *usage: Usage, aside: bool = False) -> None:
        """Enter what was spent."""
        entries = [_entry(session_id, entry, is_open=not aside) for entry in usage]
        self._database.write(lambda database: database.executemany(_ENTER, entries))

    def ledger(self, session_id: str, conversation: bool = False) -> list[Usage]:
        """All the session spent, oldest first; or the present conversation's part of it."""
        with self._database.reading() as database:
            rows = database.execute(
                "select entry from ledger where session_id = ? and open >= ? order by id",
                (session_id, int(conversation)),
            ).fetchall()
        try:
            return [Usage.model_validate_json(entry) for (entry,) in rows]
        except ValidationError as error:
            raise StorageUnavailable() from error

    def clear(self, session_id: str) -> None:
        """Forget the conversation; what it cost stays in the ledger, as that of an earlier one."""

        def forget(database: sqlite3.Connection) -> None:
            database.execute("update ledger set open = 0 where session_id = ?", (session_id,))
            for table in ("messages", "conversations"):
                database.execute(f"delete from {table} where session_id = ?", (session_id,))

        self._database.write(forget)

    def check(self) -> None:
        """Raise `StorageUnavailable` where the file cannot be read and written."""
        self._database.write(
            lambda database: database.execute("select 1 from conversations limit 1").fetchone()
        )


def _entry(session_id: str, usage: Usage, is_open: bool) -> tuple[str, str, int]:
    return session_id, usage.model_dump_json(), int(is_open)
