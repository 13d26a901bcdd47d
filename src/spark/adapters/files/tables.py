"""The tables of the index, and how cards go into them."""

from __future__ import annotations

import logging
import os
import sqlite3
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from ...search.texts import GROUPS, groups_of
from .cards import Card, Document, words
from .database import storage_error
from .folders import Shelfmark

_major, _minor, _ = map(int, unicodedata.unidata_version.split("."))
VERSION = 1_000_000 + 1000 * _major + _minor
"""Of the tables, and of how words are cut, which the characters' own tables have a part in: an
index of another version is built anew."""
DAY_BITS = 36
"""`days` count the projects of 2**36 microseconds each, 19 hours: there deep pages begin."""

_TABLES = """
create table documents (
    id integer primary key,
    project_id text not null unique, stamp text not null, status text not null,
    created integer not null, updated integer not null, name text not null, summary text not null
);
create table texts (id integer primary key, texts text not null);
create virtual table words using fts5 (
    head, topic, summary, body, status, content='', tokenize='ascii', prefix='1'
);
create table trash (
    project_id text primary key, stamp text not null, deleted integer not null,
    summary text not null
) without rowid;
create table oddities (project_id text primary key, stamp text not null, damage text) without rowid;
create table shelves (
    place text not null, prefix text not null, changed integer not null,
    primary key (place, prefix)
) without rowid;
create table tally (status text primary key, projects integer not null) without rowid;
create table days (
    sort text not null, day integer not null, projects integer not null, primary key (sort, day)
) without rowid;
"""
_ORDER = f"""
create index by_created on documents (created);
create index by_updated on documents (updated);
create index by_name on documents (name);
create index by_status_created on documents (status, created);
create index by_status_updated on documents (status, updated);
create index by_status_name on documents (status, name);
create index by_deleted on trash (deleted, project_id);
insert into tally select status, count(*) from documents group by status;
insert into days select 'created', created >> {DAY_BITS}, count(*) from documents group by 2;
insert into days select 'updated', updated >> {DAY_BITS}, count(*) from documents group by 2;
create trigger counted after insert on documents begin
    insert into tally values (new.status, 1)
    on conflict do update set projects = projects + 1;
    insert into days values
        ('created', new.created >> {DAY_BITS}, 1), ('updated', new.updated >> {DAY_BITS}, 1)
    on conflict do update set projects = projects + 1;
end;
create trigger discounted after delete on documents begin
    update tally set projects = projects - 1 where status = old.status;
    update days set projects = projects - 1
    where sort = 'created' and day = old.created >> {DAY_BITS}
    or sort = 'updated' and day = old.updated >> {DAY_BITS};
end;
"""
# What puts in order and counts comes after a new index is filled: above all, every statement that
# sets a trigger off makes SQLite write out the words it had gathered.
# An id is the moment of creation in microseconds, so that what is newer comes later in the index
# of words, too. `oddities` are damaged files, and folders that have none (`damage` is null).

_WORD_COLUMNS = ", ".join([*GROUPS, "status"])
_PUT_WORDS = f"insert into words (rowid, {_WORD_COLUMNS}) values (?, ?, ?, ?, ?, ?)"
_TAKE_WORDS = f"insert into words (words, rowid, {_WORD_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"
_BUILDING = (
    "pragma journal_mode = off",
    "pragma synchronous = off",
    "pragma cache_size = -64000",
    "pragma temp_store = memory",
)

_log = logging.getLogger("spark.index")


def enter(connection: sqlite3.Connection, card: Card) -> None:
    """Put a card in the place of whatever the tables hold of its project."""
    if card.damage and not _is_known(connection, card):
        _log.warning("damaged project set aside: %s: %s", card.project_id, card.damage)
    for table in ("trash", "oddities"):
        connection.execute(f"delete from {table} where project_id = ?", (card.project_id,))
    if _withdraw(connection, card):
        _insert(connection, card)


def _withdraw(connection: sqlite3.Connection, card: Card) -> bool:
    """Take out what is there of the project; false where the card is put in its place already.

    Words are the dear part: they stay where the texts are still the same.
    """
    old = connection.execute(
        "select id, created, status, texts from documents join texts using (id)"
        " where project_id = ?",
        (card.project_id,),
    ).fetchone()
    if not old:
        return True
    row_id, created, status, texts = old
    connection.execute("delete from documents where id = ?", (row_id,))
    new = card.document
    if new and (new.created, new.status, new.texts) == (created, status, texts):
        _insert_row(connection, row_id, card, new)
        return False
    connection.execute("delete from texts where id = ?", (row_id,))
    entries = words(groups_of(texts), status)
    connection.execute(_TAKE_WORDS, ("delete", row_id, *entries))
    return True


def _insert(connection: sqlite3.Connection, card: Card) -> None:
    """Put in what the index does not hold yet."""
    if card.document:
        row_id = _free_id(connection, card.document.created)
        _insert_row(connection, row_id, card, card.document)
        connection.execute("insert into texts values (?, ?)", (row_id, card.document.texts))
        connection.execute(_PUT_WORDS, (row_id, *card.document.words))
    elif card.trashed:
        connection.execute(
            "insert into trash values (?, ?, ?, ?)", (card.project_id, card.stamp, *card.trashed)
        )
    elif card.is_odd:
        connection.execute(
            "insert into oddities values (?, ?, ?)", (card.project_id, card.stamp, card.damage)
        )


def _insert_row(
    connection: sqlite3.Connection, row_id: int, card: Card, document: Document
) -> None:
    connection.execute(
        "insert into documents (id, project_id, stamp, status, created, updated, name, summary)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row_id,
            card.project_id,
            card.stamp,
            document.status,
            document.created,
            document.updated,
            document.name,
            document.summary,
        ),
    )


def _free_id(connection: sqlite3.Connection, created: int) -> int:
    """The moment of creation, or a moment later where many have the same one."""
    while connection.execute("select 1 from documents where id = ?", (created,)).fetchone():
        (last,) = connection.execute(
            "select max(id) from documents where id between ? and ?", (created, created + 999_999)
        ).fetchone()
        created = last + 1
    return created


def _is_known(connection: sqlite3.Connection, card: Card) -> bool:
    row = connection.execute(
        "select stamp from oddities where project_id = ? and damage is not null", (card.project_id,)
    ).fetchone()
    return row is not None and row[0] == card.stamp


def fill(
    path: Path,
    shelves: Mapping[Shelfmark, int],
    cards: Iterable[Sequence[Card]],
    missed: Iterable[Sequence[Card]],
) -> None:
    """Write a whole new index; nobody reads it before its end, so nothing needs to be undone."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for setting in _BUILDING:
                connection.execute(setting)
            connection.executescript(_TABLES)
            _set_words(connection, automerge=0, hashsize=64 << 20)
            for chunk in cards:
                connection.execute("begin")
                # In the order of their ids, or the index of words writes each by itself.
                for card in sorted(chunk, key=_row_order):
                    if card.damage:
                        _log.warning(
                            "damaged project set aside: %s: %s", card.project_id, card.damage
                        )
                    _insert(connection, card)
                connection.execute("commit")
            connection.execute("insert into words (words) values ('optimize')")
            connection.executescript(_ORDER)
            _set_words(connection, automerge=4, hashsize=1 << 20)
            rows = [(*mark, changed) for mark, changed in shelves.items()]
            connection.executemany("insert into shelves values (?, ?, ?)", rows)
            for chunk in missed:
                for card in chunk:
                    enter(connection, card)
            connection.execute(f"pragma user_version = {VERSION}")
            connection.execute("pragma journal_mode = wal")
    except sqlite3.Error as error:
        raise storage_error(error) from error
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def rewrite_words(connection: sqlite3.Connection) -> None:
    """Write the words anew, and zeros where they stood."""
    connection.execute("pragma secure_delete = on")
    connection.execute("insert into words (words) values ('optimize')")
    connection.execute("pragma secure_delete = fast")


def _row_order(card: Card) -> int:
    return card.document.created if card.document else 0


def _set_words(connection: sqlite3.Connection, **settings: int) -> None:
    for name, value in settings.items():
        connection.execute("insert into words (words, rank) values (?, ?)", (name, value))
