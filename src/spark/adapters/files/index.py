"""What lists and searches are answered from: a SQLite file derived from the projects' own."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ...errors import storage_errors
from .cards import Card
from .database import Database, DatabaseBroken
from .disk import sync_folder
from .folders import Found, Shelfmark
from .reader import Reader
from .tables import VERSION, enter, fill, rewrite_words

_SMALL = 2000

_log = logging.getLogger("spark.index")


class IndexMissing(Exception):
    """There is no index that could be asked."""


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
                enter(connection, card)

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
                database.write(rewrite_words)
            database.truncate()

    def note_shelf(self, mark: Shelfmark, changed: int) -> None:
        """Note that everything on this shelf, last changed at that time, is in the index."""
        with self._whole() as database:
            database.write(
                lambda connection: connection.execute(
                    "insert or replace into shelves values (?, ?, ?)", (*mark, changed)
                )
            )

    def forget_shelf(self, mark: Shelfmark) -> None:
        """Note that a shelf is there no more."""
        with self._whole() as database:
            database.write(
                lambda connection: connection.execute(
                    "delete from shelves where place = ? and prefix = ?", mark
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
            fill(self._folder / name, shelves, cards, missed)
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
