"""Projects as JSON files, one folder a project, with an index beside them."""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from ...errors import (
    Conflict,
    ProjectDamaged,
    ProjectNotFound,
    RevisionNotFound,
    StorageUnavailable,
    storage_errors,
)
from ...models import (
    Page,
    Project,
    ProjectStatus,
    ProjectSummary,
    Revision,
    SearchHit,
    TrashedProject,
    now,
)
from ...ports import Allow, Dossier, Sort
from ...search.passages import Passages
from ...search.words import terms_of
from .disk import make_folder, write_atomically
from .folders import PLACES, Place, ProjectFolders
from .index import IndexMissing, ProjectIndex
from .reader import Entry, Reader
from .upkeep import Progress, Upkeep

Listed = TypeVar("Listed", bound=Entry)
Answer = TypeVar("Answer")

_TRIES = 5
_GLANCE_SECONDS = 0.05
"""For so long a page is as it was when it was last held against its files."""
_MOST_PAGES = 64

_log = logging.getLogger("spark.files")


class FileProjectStore:
    """A `ProjectStore` whose truth are the files, and whose lists come from an index of them.

    What is told of a project is read from its file; what a list shows was held against the dates
    of the files it speaks of.
    """

    def __init__(
        self,
        folder: Path,
        *,
        patience: float = 10,
        revisions: int = 50,
        trash_days: float = 30,
        notice_seconds: float = 1,
    ) -> None:
        """Keep everything in the data directory `folder`.

        Another writer is waited for `patience` seconds; at most so many `revisions` are kept of
        a project, and the trash for `trash_days`. Lists look for folders that came or went by
        hand once in `notice_seconds`.
        """
        self._folder = folder
        self._most, self._trash_days = revisions, timedelta(days=trash_days)
        self._folders = ProjectFolders(folder, patience)
        self._index = ProjectIndex(folder)
        self._glance_seconds = min(notice_seconds, _GLANCE_SECONDS)
        self._verified: dict[tuple[tuple[str, str], ...], float] = {}
        self._upkeep = Upkeep(folder, self._folders, self._index, notice_seconds)

    # --- one project ---

    def create(self, project: Project) -> None:
        """Store a new project. Raises `Conflict` where there is one of its id."""
        project_id = project.project_id
        with self._folders.lock(project_id):
            self._require_none(project_id)
            with self._upkeep.changing(project_id) as tell:
                self._folders.write(project)
                tell(project)

    def get(self, project_id: str) -> Project:
        """The project. Raises `ProjectNotFound`, and `ProjectDamaged` where it cannot be read."""
        try:
            return self._read(project_id)
        except ProjectDamaged:
            with suppress(IndexMissing), self._upkeep.lenient():
                self._upkeep.refresh([project_id])
            raise

    def update(self, project_id: str, change: Callable[[Project], Project]) -> Project:
        """Put `change(project)` in the project's place, one writer at a time."""
        with self._folders.lock(project_id):
            project = self._folders.read(project_id)
            # Later versions than the present one are there where it was put back by hand.
            latest = max([project.version, *self._folders.revisions(project_id)])
            changed = change(project).model_copy(
                update={"version": latest + 1, "updated_at": now()}
            )
            with self._upkeep.changing(project_id) as tell:
                self._folders.replace(changed, project.version, self._most)
                tell(changed)
        return changed

    def discard(self, project_id: str, allow: Allow | None = None) -> None:
        """Move the project's folder to the trash."""
        if not self._trash_days:
            return self._delete(project_id, ("projects",), allow)
        with self._folders.lock(project_id):
            self._require(project_id, "projects", allow)
            with self._upkeep.changing(project_id):
                self._folders.discard(project_id)
        return None

    def restore(self, project_id: str, allow: Allow | None = None) -> Project:
        """Move the project's folder back out of the trash."""
        with self._folders.lock(project_id):
            deleted_at = self._folders.deleted_at(project_id)
            # One that came back by hand is not overwritten.
            if self._is_expired(deleted_at) or self._folders.exists(project_id):
                raise ProjectNotFound()
            self._require(project_id, "trash", allow)
            with self._upkeep.changing(project_id):
                self._folders.restore(project_id)
            return self._folders.read(project_id)

    def delete(self, project_id: str, allow: Allow | None = None) -> None:
        """Remove the project's folder, wherever it is."""
        self._delete(project_id, ("projects", "trash"), allow)

    def revisions(self, project_id: str) -> list[Revision]:
        """The present version and the earlier ones that are kept."""
        with self._folders.lock(project_id):
            present = self._folders.read(project_id)
            numbers = self._folders.revisions(project_id)
            kept = [self._kept(project_id, n) for n in numbers if n != present.version]
        versions = [present, *(version for version in reversed(kept) if version)]
        before: list[Project | None] = [*versions[1:], None]
        return [
            Revision.of(after, earlier) for after, earlier in zip(versions, before, strict=True)
        ]

    def revision(self, project_id: str, version: int) -> Project:
        """The project as it was."""
        present = self._read(project_id)
        if version == present.version:
            return present
        return self._folders.revision(project_id, version)

    # --- many projects ---

    def browse(
        self, page: int, per_page: int, status: ProjectStatus | None, sort: Sort
    ) -> Page[ProjectSummary]:
        """One page of the projects, of one status where it is given."""
        start = (page - 1) * per_page
        entries, total = self._ask(lambda index: index.page(start, per_page, status, sort))
        summaries = [_summary(entry.summary) for entry in entries]
        return Page(items=summaries, page=page, per_page=per_page, total=total)

    def search(
        self, query: str, page: int, per_page: int, status: ProjectStatus | None = None
    ) -> Page[SearchHit]:
        """One page of the projects in which every word of `query` is found, best match first."""
        terms = terms_of(query)
        if not terms:
            return Page(items=[], page=page, per_page=per_page, total=0)
        start = (page - 1) * per_page
        hits, total = self._ask(lambda index: index.search(terms, start, per_page, status))
        passages = Passages(terms if hits else [])
        shown = [
            SearchHit.model_construct(
                **vars(_summary(hit.summary)), snippet=passages.best(hit.texts)
            )
            for hit in hits
        ]
        return Page(items=shown, page=page, per_page=per_page, total=total)

    def trash(self, page: int, per_page: int) -> Page[TrashedProject]:
        """One page of the trash, the latest first."""
        start, since = (page - 1) * per_page, now() - self._trash_days
        entries, total = self._ask(lambda index: index.trash(start, per_page, since))
        projects = [
            TrashedProject(
                **vars(_summary(entry.summary)),
                deleted_at=entry.deleted_at,
                expires_at=entry.deleted_at + self._trash_days,
            )
            for entry in entries
        ]
        return Page(items=projects, page=page, per_page=per_page, total=total)

    def damaged(self) -> list[str]:
        """The ids of projects outside of the trash that cannot be read; they are in no list."""
        self._upkeep.wait_for_index(patience=0)
        return self._with_index(lambda index: index.damaged())

    # --- as another store keeps them ---

    def ids(self) -> Iterator[str]:
        """The ids of all projects, damaged ones and those in the trash too, in order."""
        with storage_errors():
            yield from self._folders.ids()

    def dossier(self, project_id: str) -> Dossier:
        """Everything there is of a project. Raises `ProjectNotFound`, and `ProjectDamaged`."""
        with self._folders.lock(project_id):
            place: Place = "projects" if self._folders.exists(project_id) else "trash"
            project = self._folders.read(project_id, place)
            numbers = self._folders.revisions(project_id, place)
            found = {n: self._kept(project_id, n, place) for n in numbers if n != project.version}
            deleted_at = self._folders.deleted_at(project_id) if place == "trash" else None
            if deleted_at and self._is_expired(deleted_at):
                raise ProjectNotFound()
        for version in (version for version, kept in found.items() if not kept):
            _log.warning("damaged revision left out: %s, version %s", project_id, version)
        return Dossier(project, [kept for kept in found.values() if kept], deleted_at)

    def adopt(self, dossier: Dossier, only_new: bool = False) -> None:
        """Put what another store keeps of a project in the place of whatever is here of it."""
        project_id = dossier.project.project_id
        with self._folders.lock(project_id):
            if only_new:
                self._require_none(project_id)
            with self._upkeep.changing(project_id) as tell:
                self._folders.adopt(dossier)
                if not dossier.deleted_at:
                    tell(dossier.project)

    # --- the whole ---

    def warm_up(self) -> None:
        """Look at the date of every file; build the index where there is none."""
        with self._upkeep.lenient():
            self._with_index(lambda index: None)
            self._upkeep.sweep()

    def reindex(self, progress: Progress | None = None, processes: int = 1) -> int:
        """Build the index anew from the files, and say how many projects there are."""
        with storage_errors():
            return self._upkeep.rebuild(progress, processes)

    def check(self) -> None:
        """Raise `StorageUnavailable` where the folder cannot be written."""
        folder = self._folder / "projects"
        with storage_errors():
            make_folder(folder)
            write_atomically(folder / ".check", b"")

    def _read(self, project_id: str) -> Project:
        """The project, also where another takes its place just now, or somebody died at that."""
        try:
            return self._folders.look_up(project_id)
        except ProjectNotFound:
            if self._folders.has_arrived(project_id):
                with self._folders.lock(project_id):
                    pass  # which brings it to its place
            return self._folders.look_up(project_id)

    def _kept(self, project_id: str, version: int, place: Place = "projects") -> Project | None:
        """An earlier version; `None` where its file is damaged, just went, or tells of another."""
        try:
            kept = self._folders.revision(project_id, version, place)
        except (ProjectDamaged, RevisionNotFound):
            return None
        return kept if (kept.project_id, kept.version) == (project_id, version) else None

    def _require_none(self, project_id: str) -> None:
        """Raise `Conflict` where there is a project of this id; not for what is there no longer."""
        for place in PLACES:
            if not self._folders.exists(project_id, place):
                continue
            if place == "projects" or not self._is_expired(self._folders.deleted_at(project_id)):
                raise Conflict(version=self._folders.read(project_id, place).version)

    def _require(self, project_id: str, place: Place, allow: Allow | None) -> None:
        """Raise `ProjectNotFound` where there is no such project, or what `allow` does."""
        try:
            project = self._folders.read(project_id, place)
        except ProjectDamaged:
            if allow:
                raise
            return
        if allow:
            allow(project)

    def _delete(self, project_id: str, places: Sequence[Place], allow: Allow | None) -> None:
        with self._folders.lock(project_id):
            found = [place for place in places if self._folders.exists(project_id, place)]
            if not found:
                raise ProjectNotFound()
            self._require(project_id, found[0], allow)
            with self._upkeep.changing(project_id):
                for place in found:
                    self._folders.delete(project_id, place)
        self._forget()

    def _ask(self, ask: Callable[[Reader], tuple[list[Listed], int]]) -> tuple[list[Listed], int]:
        """What the index answers, once every project it names is as its file is."""
        for _ in range(_TRIES):
            entries, total = self._with_index(ask)
            stale = self._stale(entries)
            if not stale:
                break
            with self._upkeep.lenient():
                self._upkeep.refresh(stale)
        return [entry for entry in entries if entry.project_id not in stale], total

    def _stale(self, entries: Sequence[Entry]) -> set[str]:
        """The projects among these whose files are not as the index has them.

        A list that is asked for all the time is not held against its files each time.
        """
        page = tuple((entry.project_id, entry.stamp) for entry in entries)
        moment = time.monotonic()
        if moment - self._verified.get(page, float("-inf")) < self._glance_seconds:
            return set()
        with storage_errors():
            stale = {i for i, stamp in page if self._folders.stamp(i) != stamp}
        if not stale:
            if len(self._verified) >= _MOST_PAGES:
                self._verified = {}
            self._verified[page] = moment
        return stale

    def _with_index(self, ask: Callable[[Reader], Answer]) -> Answer:
        """What the index answers, once it is there and has caught up."""
        for _ in range(_TRIES):
            try:
                with storage_errors():
                    with self._upkeep.lenient():
                        self._upkeep.catch_up()
                        self._empty_trash()
                    with self._index.reading() as index:
                        return ask(index)
            except IndexMissing:
                self._upkeep.wait_for_index()
        raise StorageUnavailable()

    def _empty_trash(self) -> None:
        if not self._upkeep.is_time_to_empty():
            return
        with self._index.reading() as index:
            expired = index.expired(now() - self._trash_days)
        for project_id in expired:
            with suppress(ProjectNotFound, StorageUnavailable), self._folders.lock(project_id, 0):
                if self._is_expired(self._folders.deleted_at(project_id)):
                    with self._upkeep.changing(project_id):
                        self._folders.delete(project_id, "trash")
        if expired:
            self._forget()

    def _forget(self) -> None:
        """Wipe out what the index has left of deleted projects, where that can be done now."""
        with suppress(IndexMissing, StorageUnavailable):
            self._index.forget()

    def _is_expired(self, deleted_at: datetime) -> bool:
        return deleted_at <= now() - self._trash_days


@functools.lru_cache(2048)
def _summary(text: str) -> ProjectSummary:
    """The summary that an entry holds; a list shows the same ones again and again."""
    return ProjectSummary.model_validate_json(text)
