"""What lists and searches are answered from: a SQLite file derived from the projects' own."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ...models import Project, ProjectStatus, ProjectSummary
from ...ports import Sort
from .database import Database, DatabaseBroken, storage_error
from .disk import storage_errors, sync_folder
from .folders import Found, Shelfmark
from .passages import BETWEEN
from .words import index_entries, phrase

VERSION = 1
"""Of the schema below and of how words are cut: an index of another version is built anew."""

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
_ORDER = """
create index by_created on documents (created);
create index by_updated on documents (updated);
create index by_name on documents (name);
create index by_status_created on documents (status, created);
create index by_status_updated on documents (status, updated);
create index by_status_name on documents (status, name);
create index by_deleted on trash (deleted, project_id);
insert into tally select status, count(*) from documents group by status;
insert into days select 'created', created >> 36, count(*) from documents group by 2;
insert into days select 'updated', updated >> 36, count(*) from documents group by 2;
create trigger counted after insert on documents begin
    insert into tally values (new.status, 1)
    on conflict do update set projects = projects + 1;
    insert into days values ('created', new.created >> 36, 1), ('updated', new.updated >> 36, 1)
    on conflict do update set projects = projects + 1;
end;
create trigger discounted after delete on documents begin
    update tally set projects = projects - 1 where status = old.status;
    update days set projects = projects - 1
    where (sort, day) in (('created', old.created >> 36), ('updated', old.updated >> 36));
end;
"""
# What puts in order and counts comes after a new index is filled: above all, every statement that
# sets a trigger off makes SQLite write out the words it had gathered.
# `days` count the projects of 2**36 microseconds each, 19 hours: deep pages begin at the right one.
# An id is the moment of creation in microseconds, so that what is newer comes later in the index
# of words, too. `oddities` are damaged files, and folders that have none (`damage` is null).

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BETWEEN_GROUPS = BETWEEN * 2
_GROUPS = ("head", "topic", "summary", "body")
"""Where words are found, what weighs most first."""
_RANKED = 300
"""Up to so many hits are ranked by their mentions; of more, the newest of a group come first."""
_WORD_COLUMNS = ", ".join([*_GROUPS, "status"])
_PUT_WORDS = f"insert into words (rowid, {_WORD_COLUMNS}) values (?, ?, ?, ?, ?, ?)"
_TAKE_WORDS = f"insert into words (words, rowid, {_WORD_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)"
_BUILDING = (
    "pragma journal_mode = off",
    "pragma synchronous = off",
    "pragma cache_size = -64000",
    "pragma temp_store = memory",
)
_SMALL = 2000
_DAY_BITS = 36
_DAYS = {"created", "updated"}
_DEEP = 100
_COLUMNS = {"created_at": "created", "updated_at": "updated", "name": "name"}

_log = logging.getLogger("spark.index")


class IndexMissing(Exception):
    """There is no index that could be asked."""


@dataclass(frozen=True)
class Entry:
    """A project as the index has it."""

    project_id: str
    stamp: str
    summary: str
    """A `ProjectSummary` as JSON."""


@dataclass(frozen=True)
class Trashed(Entry):
    """A project in the trash as the index has it."""

    deleted_at: datetime


@dataclass(frozen=True)
class Hit(Entry):
    """A project that was searched for, with its texts, those to read in first."""

    texts: str
    """With `BETWEEN` between them."""


class Document(NamedTuple):
    """What lists and searches hold of a project."""

    created: int
    status: str
    updated: int
    name: str
    summary: str
    texts: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """What the index keeps of one project, ready to be written."""

    project_id: str
    stamp: str
    document: Document | None = None
    """Of a project that is there and whole."""
    trashed: tuple[int, str] | None = None
    """When it was put into the trash, and its summary."""
    damage: str | None = None
    is_odd: bool = False
    """Whether there is something that is no whole project."""

    @classmethod
    def of(cls, found: Found) -> Card:
        """The card of what was found."""
        project = found.project
        if not project:
            is_odd = bool(found.damage or found.has_folder)
            return cls(found.project_id, found.stamp, damage=found.damage, is_odd=is_odd)
        if found.deleted_at:
            summary = ProjectSummary.of(project).model_dump_json()
            trashed = microseconds(found.deleted_at), summary
            return cls(found.project_id, found.stamp, trashed=trashed)
        return cls(found.project_id, found.stamp, _document(project))


class ProjectIndex:
    """The present generation of the index, which `index.sqlite` links to.

    A new one is built beside it and takes its place at once; whoever still asks the old one gets
    its answer and asks the new one next time. Every method raises `IndexMissing` where there is
    none, or none that is whole.
    """

    def __init__(self, folder: Path) -> None:
        """The index of the data directory `folder`."""
        self._folder, self._link = folder, folder / "index.sqlite"
        self._present: tuple[str, Database] = ("", Database(Path(), ""))

    @property
    def generation(self) -> str:
        """The name of the present generation. Raises `IndexMissing`."""
        try:
            return os.readlink(self._link)
        except OSError as error:
            raise IndexMissing() from error

    # --- asking ---

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """The index as it is at this moment, to the end."""
        with self._whole() as database, database.reading() as connection:
            yield Reader(connection)

    # --- writing ---

    def enter(self, found: Found, is_still: Callable[[str], bool]) -> bool:
        """Bring the entry of a project in line with what was found of it.

        `is_still` is asked, while nobody else writes, whether its stamp is still the same: where
        it is not, nothing is written, and the answer is false.
        """
        card = Card.of(found)
        entered: list[bool] = []

        def write(connection: sqlite3.Connection) -> None:
            entered.append(is_still(card.stamp))
            if entered[0]:
                _enter(connection, card)

        with self._whole() as database:
            database.write(write)
        return entered[0]

    def forget(self) -> None:
        """Wipe out what is left of projects that were taken out, as far as readers let us.

        In a large index their words stay, though nothing finds them, until it is built anew:
        writing all of it again would hold everybody up.
        """
        with self._whole() as database:
            with database.reading() as connection:
                (count,) = connection.execute("select count(*) from documents").fetchone()
            if count <= _SMALL:
                database.write(_rewrite_words)
            database.truncate()

    def note_shelf(self, mark: Shelfmark, changed: int) -> None:
        """Note that everything on this shelf, last changed at that time, is in the index."""
        with self._whole() as database:
            database.write(
                lambda connection: connection.execute(
                    "insert or replace into shelves values (?, ?, ?)", (*mark, changed)
                )
            )

    # --- generations ---

    def build(
        self,
        shelves: Mapping[Shelfmark, int],
        cards: Iterable[Sequence[Card]],
        missed: Iterable[Sequence[Card]],
    ) -> None:
        """Build a new generation of `cards`, then of those `missed`, and put it in its place.

        `shelves` say when each was last changed before it was looked at.
        """
        name = f"index-{secrets.token_hex(6)}.sqlite"
        with storage_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            self._clear_away(keep=self._linked())
            _fill(self._folder / name, shelves, cards, missed)
            link = self._folder / f"{name}.link"
            link.symlink_to(name)
            os.replace(link, self._link)
            sync_folder(self._folder)
            self._clear_away(keep=name)

    def discard_broken(self, generation: str) -> None:
        """Take a generation out of its place, unless another is there already."""
        if self._linked() == generation:
            with storage_errors():
                self._link.unlink(missing_ok=True)

    def _linked(self) -> str:
        """What stands in the index's place; empty where nothing usable does."""
        try:
            return os.readlink(self._link)
        except FileNotFoundError:
            return ""
        except OSError:  # something that is no link
            with suppress(OSError):
                self._link.rename(self._folder / f"index-{secrets.token_hex(6)}.sqlite")
            return ""

    def _clear_away(self, keep: str) -> None:
        for path in self._folder.glob("index-*.sqlite*"):
            if keep and path.name.startswith(keep):
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    @contextmanager
    def _whole(self) -> Iterator[Database]:
        """The present generation's file; one that turns out to be broken is taken away."""
        generation = self.generation
        name, database = self._present
        if name != generation:
            database = Generation(self._folder / generation)
            self._present = generation, database
        try:
            yield database
        except DatabaseBroken as error:
            _log.warning("the index is broken or of another version", exc_info=error)
            self.discard_broken(generation)
            raise IndexMissing() from error


class Generation(Database):
    """An index file that is there already. It need not outlive a power cut: it can be rebuilt."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "")

    def _open(self) -> sqlite3.Connection:
        if not self._path.is_file():
            raise DatabaseBroken()
        return sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=10,
            isolation_level=None,
            check_same_thread=False,
        )

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("pragma user_version").fetchone()
        if version != VERSION:
            raise DatabaseBroken()
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma cache_size = -8000")
        connection.execute("pragma secure_delete = fast")


class Reader:
    """The index at one moment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def page(
        self, start: int, count: int, status: ProjectStatus | None, sort: Sort
    ) -> tuple[list[Entry], int]:
        """`count` projects from the `start`-th on, and how many there are in all."""
        total = self._total(status)
        count = min(count, total - start)
        if count <= 0:
            return [], total
        from_end = total - start - count
        backwards = from_end < start  # from whichever end is nearer
        rows = self._ids(min(start, from_end), count, status, sort, backwards)
        return self._entries(rows[::-1] if backwards else rows), total

    def trash(self, start: int, count: int, since: datetime) -> tuple[list[Trashed], int]:
        """`count` projects of the trash, of those put there after `since`, latest first."""
        after = microseconds(since)
        total = self._one("select count(*) from trash where deleted > ?", after)
        rows = self._connection.execute(
            "select project_id, stamp, summary, deleted from trash where deleted > ?"
            " order by deleted desc, project_id limit ? offset ?",
            (after, count, start),
        )
        return [Trashed(i, st, s, _EPOCH + d * _MICROSECOND) for i, st, s, d in rows], total

    def expired(self, since: datetime) -> list[str]:
        """The projects that were put into the trash no later than `since`."""
        rows = self._connection.execute(
            "select project_id from trash where deleted <= ?", (microseconds(since),)
        )
        return [project_id for (project_id,) in rows]

    def search(
        self, terms: Sequence[Sequence[str]], start: int, count: int, status: ProjectStatus | None
    ) -> tuple[list[Hit], int]:
        """`count` of the projects that hold all of `terms`, best first, and how many there are."""
        within = [_expression(terms, _GROUPS[: n + 1], status) for n in range(len(_GROUPS))]
        total = self._one("select count(*) from words where words match ?", within[-1])
        if start >= total:
            return [], total
        order = "rowid desc" if total > _RANKED else "bm25(words), rowid desc"
        ids = self._group_after_group(within, start, count, order)
        return self._hits(ids), total

    def stamps(self, mark: Shelfmark) -> dict[str, str]:
        """The stamps of the projects on one shelf, damaged ones too."""
        return dict(self._on_shelf("project_id, stamp", mark))

    def ids(self, mark: Shelfmark) -> set[str]:
        """The ids of the projects on one shelf, damaged ones too."""
        return {project_id for (project_id,) in self._on_shelf("project_id", mark)}

    def oddities(self) -> dict[str, str]:
        """The stamps of damaged projects, and of folders that hold none."""
        return dict(self._connection.execute("select project_id, stamp from oddities"))

    def damaged(self) -> list[str]:
        """The ids of damaged projects outside of the trash."""
        rows = self._connection.execute(
            "select project_id from oddities"
            " where damage is not null and stamp not like 'trash%' order by project_id"
        )
        return [project_id for (project_id,) in rows]

    def shelves(self) -> dict[Shelfmark, int]:
        """When each shelf was last changed of which everything is in the index."""
        rows = self._connection.execute("select place, prefix, changed from shelves")
        return {Shelfmark(place, prefix): changed for place, prefix, changed in rows}

    def _on_shelf(self, columns: str, mark: Shelfmark) -> Iterator[Any]:
        for table in ("documents" if mark.place == "projects" else "trash", "oddities"):
            yield from self._connection.execute(
                f"select {columns} from {table} where project_id between ? and ?",
                (mark.prefix, f"{mark.prefix}~"),
            )

    def _total(self, status: ProjectStatus | None) -> int:
        where = "where status = ?" if status else ""
        return self._one(
            f"select coalesce(sum(projects), 0) from tally {where}", *([status] if status else [])
        )

    def _one(self, query: str, *values: object) -> int:
        return int(self._connection.execute(query, values).fetchone()[0])

    def _ids(
        self, start: int, count: int, status: ProjectStatus | None, sort: Sort, backwards: bool
    ) -> list[int]:
        """Ids alone, which an index of SQLite's answers without looking at the projects."""
        column = _COLUMNS[sort.lstrip("-")]
        falling = (sort[0] == "-") != backwards
        way = "desc" if falling else "asc"
        where = "where status = ?" if status else ""
        values: list[object] = [status] if status else []
        if not status and start >= _DEEP and column in _DAYS:
            day, start = self._day(column, falling, start)
            limit = (day + 1) << _DAY_BITS if falling else day << _DAY_BITS
            where, values = f"where {column} {'<' if falling else '>='} ?", [limit]
        rows = self._connection.execute(
            f"select id from documents {where} order by {column} {way}, id {way} limit ? offset ?",
            (*values, count, start),
        )
        return [row[0] for row in rows]

    def _day(self, column: str, falling: bool, start: int) -> tuple[int, int]:
        """The day in which the `start`-th project stands, and how many of it come before."""
        way = "desc" if falling else "asc"
        days = self._connection.execute(
            f"select day, projects from days where sort = ? order by day {way}", (column,)
        )
        for day, projects in days:
            if start < projects:
                return day, start
            start -= projects
        raise DatabaseBroken()  # the days hold every project

    def _entries(self, ids: Sequence[int]) -> list[Entry]:
        rows = self._rows("select id, project_id, stamp, summary from documents", ids)
        return [Entry(*rows[row]) for row in ids]

    def _hits(self, ids: Sequence[int]) -> list[Hit]:
        rows = self._rows(
            "select id, project_id, stamp, summary, texts from documents join texts using (id)", ids
        )
        return [Hit(*row) for row in map(rows.__getitem__, ids)]

    def _rows(self, select: str, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        places = ", ".join("?" * len(ids))
        found = self._connection.execute(f"{select} where id in ({places})", ids)
        return {row[0]: row[1:] for row in found}

    def _group_after_group(
        self, within: Sequence[str], start: int, count: int, order: str
    ) -> list[int]:
        """Ids by the narrowest of the groups that hold all words, in each of them by `order`."""
        ids: list[int] = []
        for wide, narrow in zip(within, [None, *within], strict=False):
            of_group = f"({wide}) NOT ({narrow})" if narrow else wide
            rows = self._connection.execute(
                f"select rowid from words where words match ? order by {order} limit ? offset ?",
                (of_group, count - len(ids), start),
            ).fetchall()
            ids += [row[0] for row in rows]
            if len(ids) == count:
                break
            if rows:
                start = 0
            elif start:
                start -= self._one("select count(*) from words where words match ?", of_group)
        return ids


def microseconds(moment: datetime) -> int:
    """`moment` as the index counts time."""
    return (moment - _EPOCH) // _MICROSECOND


def _document(project: Project) -> Document:
    groups = _texts(project)
    return Document(
        created=microseconds(project.created_at),
        status=project.status,
        updated=microseconds(project.updated_at),
        name=project.project_name,
        summary=ProjectSummary.of(project).model_dump_json(),
        texts=_joined(groups),
        words=_words(groups, project.status),
    )


def _words(groups: Sequence[Sequence[str]], status: str) -> tuple[str, ...]:
    """The columns of `words`."""
    return (*(index_entries(group) for group in groups), _status_word(status))


def _texts(project: Project) -> list[list[str]]:
    """The texts that are searched, by group."""
    idea, outline, profiles = (
        project.user_idea,
        project.story_outline,
        project.character_profiles,
    )
    sheets = [(p.role, p.personality, p.appearance, p.backstory) for p in profiles]
    groups = [
        [project.project_name, outline.title],
        [idea.theme, idea.genre, idea.mood or "", *(profile.name for profile in profiles)],
        [outline.summary],
        [outline.narrative_text, *(text for sheet in sheets for text in sheet)],
    ]
    return [[text.replace(BETWEEN, " ") for text in group if text] for group in groups]


def _joined(groups: Sequence[Sequence[str]]) -> str:
    """All texts in one, running text first: it says more around a hit than a name does."""
    head, topic, summary, body = map(BETWEEN.join, groups)
    return _BETWEEN_GROUPS.join([summary, body, topic, head])


def _groups_of(texts: str) -> list[list[str]]:
    """The groups that were joined."""
    summary, body, topic, head = texts.split(_BETWEEN_GROUPS)
    return [group.split(BETWEEN) for group in (head, topic, summary, body)]


def _status_word(status: str) -> str:
    """`status` as no text has it."""
    return f"\ue001{status.replace('_', '')}"


def _expression(
    terms: Sequence[Sequence[str]], groups: Sequence[str], status: ProjectStatus | None
) -> str:
    """What finds the projects that hold all of `terms` in these groups."""
    columns = "" if groups == _GROUPS else f"{{{' '.join(groups)}}} : "  # all are fastest unnamed
    parts = [f"({columns}{phrase(term)})" for term in terms]
    if status:
        parts.append(f'(status : "{_status_word(status)}")')
    return " AND ".join(parts)


def _enter(connection: sqlite3.Connection, card: Card) -> None:
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
    words = _words(_groups_of(texts), status)
    connection.execute(_TAKE_WORDS, ("delete", row_id, *words))
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


def _fill(
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
                    _enter(connection, card)
            connection.execute(f"pragma user_version = {VERSION}")
            connection.execute("pragma journal_mode = wal")
    except sqlite3.Error as error:
        raise storage_error(error) from error
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _rewrite_words(connection: sqlite3.Connection) -> None:
    """Write the words anew, and zeros where they stood."""
    connection.execute("pragma secure_delete = on")
    connection.execute("insert into words (words) values ('optimize')")
    connection.execute("pragma secure_delete = fast")


def _row_order(card: Card) -> int:
    return card.document.created if card.document else 0


def _set_words(connection: sqlite3.Connection, **settings: int) -> None:
    for name, value in settings.items():
        connection.execute("insert into words (words, rank) values (?, ?)", (name, value))
