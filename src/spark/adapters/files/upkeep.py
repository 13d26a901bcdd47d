"""Keeping the index in line with the projects' files, whoever changes them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from ...errors import IndexBuilding, ProjectNotFound, SparkError, StorageUnavailable, storage_errors
from ...models import Project
from .cards import Card
from .disk import locked
from .folders import SETTLED_NS, Found, ProjectFolders, Shelfmark
from .index import IndexMissing, ProjectIndex

Progress = Callable[[int, int], None]
"""Told how many of how many projects are done."""

_PATIENCE = 5.0
"""Seconds that a list waits for an index that is being built."""
_MOMENT = 0.2
_TRIES = 8
_EMPTY_SECONDS = 3600.0
_COMPLAIN_SECONDS = 60.0
_FEW = 16
_TOGETHER = 4
"""Shelves that are entered at once."""

_log = logging.getLogger("spark.index")


class _AnotherBuilds(SparkError):
    """Somebody else holds the lock of the builder."""


class _Leaving(Exception):  # nothing failed
    """The process ends."""


class Upkeep:
    """Sees to it that the index says what the files say.

    Our own changes are entered as they are made; a mark outlives a writer that dies in between.
    What others change is found by the dates of folders, by a look at every file that is shown,
    and by `sweep`.
    """

    def __init__(
        self, folder: Path, folders: ProjectFolders, index: ProjectIndex, notice_seconds: float
    ) -> None:
        self._folder, self._folders, self._index = folder, folders, index
        self._notice_seconds = notice_seconds
        self._noticed_at = self._emptied_at = self._complained_at = float("-inf")
        self._known: dict[Shelfmark, int] = {}
        self._known_of = ""
        self._building = threading.Lock()
        self._builder: threading.Thread | None = None
        self._failure: SparkError | None = None

    # --- our own changes ---

    @contextmanager
    def changing(self, project_id: str) -> Iterator[Callable[[Project], None]]:
        """Change the project's files inside; afterwards the index has followed.

        The caller holds the project's lock. Where it knows what the file says now, it tells.
        Where the index cannot follow just now, what was done is done: it follows later.
        """
        told: list[Project] = []
        self._folders.mark(project_id)
        try:
            yield told.append
        finally:
            self._follow(project_id, told[-1] if told else None)

    def _follow(self, project_id: str, project: Project | None = None) -> None:
        try:
            try:
                self._enter(project_id, project)
            except IndexMissing:
                if self._start_building():  # the first project of all, or a long work
                    self._builder_ended(_MOMENT)
                    self._enter(project_id, project)
        except IndexMissing:
            self._folders.defer(project_id)
        except (SparkError, OSError) as error:
            self._complain(error)

    def _enter(self, project_id: str, project: Project | None) -> None:
        generation = self._index.generation
        known = project and Found(project_id, self._folders.stamp(project_id), project)
        if not (known and self._index.enter(known, partial(self._is_still, project_id))):
            self.refresh([project_id])
        if not self._is_building() and self._index.generation == generation:
            self._folders.unmark(project_id)
        else:  # the generation that is being built may hold what was there before
            self._folders.defer(project_id)

    def refresh(self, project_ids: Iterable[str]) -> None:
        """Bring the entries of some projects in line with their files."""
        for project_id in project_ids:
            for _ in range(_TRIES):
                found = self._folders.look(project_id)
                if self._index.enter(found, partial(self._is_still, project_id)):
                    break

    def _is_still(self, project_id: str, stamp: str) -> bool:
        return self._folders.stamp(project_id) == stamp

    @contextmanager
    def lenient(self) -> Iterator[None]:
        """Let lists go on with what the index says where it cannot be written, on a full disk."""
        try:
            yield
        except (StorageUnavailable, OSError) as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        if time.monotonic() - self._complained_at >= _COMPLAIN_SECONDS:
            self._complained_at = time.monotonic()
            _log.warning("the index cannot be kept in line just now", exc_info=error)

    # --- the changes of others ---

    def catch_up(self) -> None:
        """Enter what writers left that died, and what was put in or taken out by hand."""
        for project_id in self._folders.marked():
            self._mend(project_id)
        deferred = self._folders.deferred()
        if deferred and not self._is_building():
            for project_id in deferred:
                self._make_up_for(project_id)
        if time.monotonic() - self._noticed_at >= self._notice_seconds:
            self._noticed_at = time.monotonic()
            self._notice()

    def sweep(self) -> None:
        """Look at the date of every file, and enter what is not as the index has it."""
        with self._index.reading() as reader:
            held = reader.held_shelves()
        for mark in sorted({*self._folders.shelves(), *held}):
            with self._index.reading() as reader:
                indexed = reader.stamps(mark)
            ids = {*self._folders.on_shelf(mark), *indexed}
            self.refresh(i for i in sorted(ids) if self._folders.stamp(i) != indexed.get(i))

    def _mend(self, project_id: str) -> None:
        """Finish the change of a writer that is no more; one that lives is left alone."""
        with suppress(StorageUnavailable), self._folders.lock(project_id, patience=0):
            if project_id in self._folders.marked():
                self._follow(project_id)

    def _make_up_for(self, project_id: str) -> None:
        """Enter a change that the present generation may have missed."""
        with suppress(StorageUnavailable), self._folders.lock(project_id, patience=0):
            self.refresh([project_id])
            self._folders.undefer(project_id)

    def _notice(self) -> None:
        generation = self._index.generation
        if generation != self._known_of:
            self._known, self._known_of = {}, generation
        shelves = self._folders.shelves()
        if shelves != self._known or not shelves:
            with self._index.reading() as reader:
                noted = reader.shelves()
            for mark in sorted({*shelves, *self._known, *noted}):
                changed = shelves.get(mark)
                if changed is None or noted.get(mark) != changed:
                    self._compare(mark, changed, generation)
                else:
                    self._known[mark] = changed
        with self._index.reading() as reader:
            odd = reader.oddities()
        self.refresh(i for i, stamp in odd.items() if self._folders.stamp(i) != stamp)

    def _compare(self, mark: Shelfmark, changed: int | None, generation: str) -> None:
        """Enter what came to a shelf and what went; remember its date where that is telling."""
        there = set(self._folders.on_shelf(mark))
        with self._index.reading() as reader:
            indexed = reader.ids(mark)
        self.refresh(sorted(there ^ indexed))
        if self._index.generation != generation:
            return  # the new one was not looked at
        if changed is None:
            self._known.pop(mark, None)
            self._index.forget_shelf(mark)
        elif time.time_ns() - changed > SETTLED_NS:
            self._index.note_shelf(mark, changed)
            self._known[mark] = changed

    def is_time_to_empty(self) -> bool:
        """Whether the trash was not looked through for an hour; then it is now."""
        if time.monotonic() - self._emptied_at < _EMPTY_SECONDS:
            return False
        self._emptied_at = time.monotonic()
        return True

    # --- building ---

    def wait_for_index(self, patience: float = _PATIENCE) -> None:
        """Return when there is an index, and build it where nobody else does.

        Raises `IndexBuilding` where that takes longer than a moment and `patience` seconds.
        """
        deadline = time.monotonic() + patience
        while not self._is_there():
            self._start_building()
            self._builder_ended(_MOMENT)
            if time.monotonic() >= deadline and not self._is_there():
                raise IndexBuilding(percent=self._percent(), retry_after=2)

    def _is_there(self) -> bool:
        try:
            return bool(self._index.generation)
        except IndexMissing:
            return False

    def _start_building(self) -> bool:
        """Let a thread build, which goes on when we have to answer; false where one does.

        A process that ends waits for it, a moment at most: at a thread that reads a project while
        the interpreter goes away, it would crash.
        """
        with self._building:
            if self._builder and self._builder.is_alive():
                return False
            self._failure = None
            self._builder = threading.Thread(target=self._try_to_build)
            self._builder.start()
        return True

    def _builder_ended(self, seconds: float) -> None:
        """Wait a moment for the thread that builds; raises what stopped it."""
        if builder := self._builder:
            builder.join(seconds)
        if self._failure:
            raise self._failure

    def _try_to_build(self) -> None:
        try:
            with storage_errors(), self._build_lock(patience=0):
                if not self._is_there():
                    self._build()
        except _Leaving:
            _log.info("the index is left to the next process")
        except _AnotherBuilds:
            time.sleep(_MOMENT / 10)  # its process may die: we are asked to try again soon
        except SparkError as error:
            self._failure = error
        except Exception:  # nobody else hears of what happens in this thread
            _log.exception("the index cannot be built")
            self._failure = StorageUnavailable()

    def rebuild(self, progress: Progress | None = None, processes: int = 1) -> int:
        """Build the index anew while the old one serves; the number of projects looked at.

        Raises `IndexBuilding` where another process builds one and does not come to an end.
        """
        try:
            with self._build_lock(patience=600):
                count = self._build(progress, processes)
        except _AnotherBuilds as error:
            raise IndexBuilding(percent=self._percent()) from error
        self.catch_up()
        return count

    def _build(self, progress: Progress | None = None, processes: int = 1) -> int:
        begun = time.time_ns()
        shelves = self._folders.shelves()
        total = sum(len(self._folders.on_shelf(mark)) for mark in shelves)
        done = 0

        def chunks() -> Iterator[list[Card]]:
            nonlocal done
            for cards in self._surveyed(sorted(shelves), processes):
                if not threading.main_thread().is_alive():
                    raise _Leaving
                yield cards
                done += len(cards)
                self._say_percent(done, total)
                if progress:
                    progress(done, max(done, total))

        settled = {m: at for m, at in shelves.items() if begun - at > SETTLED_NS}
        self._index.build(settled, chunks(), self._missed())
        if done:
            _log.info("index built: %d projects", done)
        return done

    def _missed(self) -> Iterator[list[Card]]:
        """The cards of what was changed while we looked at the rest, until hardly any is left."""
        for _ in range(_TRIES):
            project_ids = self._folders.deferred()
            for project_id in project_ids:
                self._folders.undefer(project_id)
            yield [Card.of(self._folders.look(project_id)) for project_id in project_ids]
            if len(project_ids) <= _FEW:
                break

    def _surveyed(self, marks: Sequence[Shelfmark], processes: int) -> Iterator[list[Card]]:
        """The cards of all projects, some shelves at a time."""
        groups = [marks[n : n + _TOGETHER] for n in range(0, len(marks), _TOGETHER)]
        survey = partial(_survey, self._folders)
        if processes == 1:
            yield from map(survey, groups)
            return
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            yield from pool.map(survey, groups)

    def _build_lock(self, patience: float) -> AbstractContextManager[None]:
        return locked(self._lock_file, patience, _AnotherBuilds())

    @property
    def _lock_file(self) -> Path:
        return self._folder / "projects" / ".locks" / "index.lock"

    def _is_building(self) -> bool:
        try:
            with self._build_lock(patience=0):
                return False
        except _AnotherBuilds:
            return True

    def _say_percent(self, done: int, total: int) -> None:
        """Tell the other processes, in the file whose lock we hold."""
        with suppress(OSError):
            self._lock_file.write_text(str(100 * done // max(1, total)))

    def _percent(self) -> int:
        with suppress(OSError, ValueError):
            return int(self._lock_file.read_text())
        return 0


def _survey(folders: ProjectFolders, marks: Sequence[Shelfmark]) -> list[Card]:
    """The card of every project on some shelves; one that is on two belongs to the first place."""
    cards = []
    for mark in marks:
        for project_id in folders.on_shelf(mark):
            with suppress(ProjectNotFound):
                found = folders.look(project_id)
                if mark.place == "projects" or found.stamp.startswith("trash"):
                    cards.append(Card.of(found))
    return cards
