"""Projects as folders of JSON files: what is there, and changes that no crash leaves half done."""

from __future__ import annotations

import errno
import functools
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

import orjson
from pydantic import ValidationError

from ...errors import (
    ProjectDamaged,
    ProjectNotFound,
    RevisionNotFound,
    StorageUnavailable,
    storage_errors,
)
from ...models import Moment, Project, Record, now
from ...ports import Dossier
from ...project_file import NewerSchema, document_of, project_of
from .disk import locked, make_folder, sync_folder, write_atomically

_TRIES = 8

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
_REVISION = re.compile(r"(\d{6,9})\.json", re.ASCII)
SETTLED_NS = 50_000_000
"""A folder's date says nothing about changes within the clock's step after it."""
_SMALL = 64 * 1024
"""Larger files are not kept in memory once they were read."""
_NOT_ITS_FAULT = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR}
"""What keeps us from reading any file at all says nothing about this one."""

Place = Literal["projects", "trash"]
PLACES: tuple[Place, ...] = ("projects", "trash")


class Shelfmark(NamedTuple):
    """One of the folders that projects are fanned out over."""

    place: Place
    prefix: str


@dataclass(frozen=True)
class Found:
    """What the folders hold of one project."""

    project_id: str
    stamp: str
    """Changes whenever the project's file or its place does; empty where there is no file."""
    project: Project | None = None
    """`None` where there is no file, or none that can be read."""
    damage: str | None = None
    deleted_at: datetime | None = None
    has_folder: bool = False


class _Deletion(Record):
    deleted_at: Moment


class ProjectFolders:
    """`projects/ab/<project_id>/project.json` and what stands beside it, and the same in `trash`.

    A change is done by who holds the project's lock. A project's mark says that it is being
    changed: where it stands and nobody holds the lock, somebody died on the way, and whoever takes
    the lock next finishes that.
    """

    def __init__(self, folder: Path, patience: float) -> None:
        """`folder` is the data directory; a lock is waited for `patience` seconds."""
        self._folder, self._patience = folder, patience
        self._root = str(folder)
        self._marks = folder / "projects" / ".changing"
        self._arriving = folder / "projects" / ".arriving"
        self._empty_since: dict[Path, int] = {}
        self._arrived = folder / "projects" / ".arrived"
        self._deferred = folder / "projects" / ".changed"

    # --- reading ---

    def look_up(self, project_id: str) -> Project:
        """The project, only to be looked at. Raises `ProjectNotFound` or `ProjectDamaged`.

        A file that has not changed since is not read again.
        """
        path = self._path(project_id, "projects")
        with suppress(OSError):
            status = os.stat(path)
            if status.st_size <= _SMALL:
                stamp = status.st_mtime_ns, status.st_size, status.st_ino
                project = _as_it_was(path, stamp)
                if project.project_id == project_id:
                    return project.model_copy()
        return self.read(project_id)

    def read(self, project_id: str, place: Place = "projects") -> Project:
        """The project. Raises `ProjectNotFound` or `ProjectDamaged`."""
        with storage_errors():
            try:
                with open(self._path(project_id, place), "rb", buffering=0) as file:
                    data = file.readall()
            except FileNotFoundError as error:
                raise ProjectNotFound() from error
            except OSError as error:
                if error.errno in _NOT_ITS_FAULT:
                    raise
                raise ProjectDamaged() from error
        project = _parse(data)
        if project.project_id != project_id:
            raise ProjectDamaged() from ValueError(f"its project_id is {project.project_id}")
        return project

    def stamp(self, project_id: str) -> str:
        """Changes whenever the project's file or its place does; empty where there is no file."""
        for place in PLACES:
            try:
                status = os.stat(f"{self._root}/{place}/{project_id[:2]}/{project_id}/project.json")
            except FileNotFoundError:
                continue
            except OSError as error:
                if error.errno in _NOT_ITS_FAULT:
                    raise
                return f"{place} {error.errno}"
            return f"{place} {status.st_mtime_ns} {status.st_size} {status.st_ino}"
        return ""

    def look(self, project_id: str) -> Found:
        """What is there of the project."""
        for _ in range(_TRIES):
            with suppress(ProjectNotFound), storage_errors():  # it went elsewhere meanwhile
                return self._look(project_id)
        raise StorageUnavailable()

    def _look(self, project_id: str) -> Found:
        stamp = self.stamp(project_id)
        if not stamp:
            folders = (self._file(project_id, place).parent for place in PLACES)
            return Found(project_id, "", has_folder=any(f.is_dir() for f in folders))
        place: Place = "trash" if stamp.startswith("trash") else "projects"
        deleted_at = self.deleted_at(project_id) if place == "trash" else None
        try:
            project = self.read(project_id, place)
        except ProjectDamaged as error:
            damage = repr(error.__cause__)[:500]
            return Found(project_id, stamp, damage=damage, deleted_at=deleted_at)
        return Found(project_id, stamp, project, deleted_at=deleted_at)

    def deleted_at(self, project_id: str) -> datetime:
        """When a project in the trash was put there. Raises `ProjectNotFound`."""
        folder = self._file(project_id, "trash").parent
        try:
            data = (folder / "deleted.json").read_bytes()
            return min(_Deletion.model_validate_json(data).deleted_at, now())
        except (OSError, ValidationError):
            pass  # it was moved there by hand
        with storage_errors():
            try:
                return datetime.fromtimestamp(folder.stat().st_ctime, UTC)
            except FileNotFoundError as error:
                raise ProjectNotFound() from error

    def shelves(self) -> dict[Shelfmark, int]:
        """The folders that projects are fanned out over, with when each was last changed.

        They change whenever a project's folder comes or goes.
        """
        found = {}
        for place in PLACES:
            with suppress(FileNotFoundError), os.scandir(self._folder / place) as entries:
                for entry in entries:
                    if len(entry.name) == 2 and entry.is_dir():
                        mark = Shelfmark(place, entry.name)
                        found[mark] = entry.stat().st_mtime_ns
        return found

    def on_shelf(self, mark: Shelfmark) -> list[str]:
        """The ids of the projects in one of those folders, in order."""
        try:
            names = os.listdir(self._folder / mark.place / mark.prefix)
        except FileNotFoundError:
            return []
        return sorted(n for n in names if _ID.fullmatch(n) and n[:2] == mark.prefix)

    def ids(self) -> Iterator[str]:
        """The ids of all projects there is a file of, in order."""
        for prefix in sorted(
            {*(m.prefix for m in self.shelves()), *(i[:2] for i in self._on_way())}
        ):
            # Whoever is brought to its place just then is seen on its way or there.
            there = set(self._on_way())
            there.update(*(self.on_shelf(Shelfmark(place, prefix)) for place in PLACES))
            there.update(self._on_way())
            for project_id in sorted(i for i in there if i.startswith(prefix)):
                if self.has_arrived(project_id) or any(
                    self.exists(project_id, place) for place in PLACES
                ):
                    yield project_id

    # --- revisions ---

    def revisions(self, project_id: str, place: Place = "projects") -> list[int]:
        """The numbers of the earlier versions there are, oldest first."""
        try:
            names = os.listdir(self._revisions(project_id, place))
        except FileNotFoundError:
            return []
        return sorted(int(match[1]) for name in names if (match := _REVISION.fullmatch(name)))

    def revision(self, project_id: str, version: int, place: Place = "projects") -> Project:
        """An earlier version. Raises `RevisionNotFound` or `ProjectDamaged`."""
        with storage_errors():
            try:
                data = self._revision(project_id, version, place).read_bytes()
            except FileNotFoundError as error:
                raise RevisionNotFound(version=version) from error
        return _parse(data)

    # --- changes, by who holds the lock ---

    @contextmanager
    def lock(self, project_id: str, patience: float | None = None) -> Iterator[None]:
        """Keep other writers of the project out, with one of 4,096 lock files.

        They stand beside the projects' folders, not in them: a lock inside a folder that another
        writer moves holds nobody back. What a dead writer left is cleared away first. Raises
        `ProjectNotFound` for an id that cannot be one.
        """
        self._file(project_id, "projects")
        path = self._folder / "projects" / ".locks" / f"{project_id[:3]}.lock"
        wait = self._patience if patience is None else patience
        with locked(path, wait, StorageUnavailable(retry_after=1)):
            if os.path.exists(self._marks / project_id):
                self._tidy(project_id)
            yield

    def mark(self, project_id: str) -> None:
        """Say that the project is being changed."""
        with storage_errors():
            try:
                open(self._marks / project_id, "ab").close()
            except FileNotFoundError:
                make_folder(self._marks)
                make_folder(self._deferred)
                open(self._marks / project_id, "ab").close()

    def unmark(self, project_id: str) -> None:
        """Say that the change is done, and everyone knows of it.

        Where something that arrived could not be brought to its place, it is not done.
        """
        with suppress(OSError):
            if not self.has_arrived(project_id):
                (self._marks / project_id).unlink()

    def defer(self, project_id: str) -> None:
        """Say that the change is done, and that an index being built may not know of it."""
        if self.has_arrived(project_id):
            return
        with suppress(OSError):
            os.replace(self._marks / project_id, self._deferred / project_id)

    def undefer(self, project_id: str) -> None:
        """Say that who builds the index will look at the project now."""
        with suppress(OSError):
            (self._deferred / project_id).unlink()

    def marked(self) -> list[str]:
        """The projects that are being changed, or were when somebody died."""
        return self._noted_in(self._marks)

    def deferred(self) -> list[str]:
        """The projects that were changed while an index was being built."""
        return self._noted_in(self._deferred)

    def _noted_in(self, folder: Path) -> list[str]:
        """The ids in a folder that is empty most of the time, and asked about all the time."""
        try:
            changed = os.stat(folder).st_mtime_ns
        except FileNotFoundError:
            return []
        if self._empty_since.get(folder) == changed:
            return []
        ids = _ids_in(folder)
        # A date says nothing about what came within the clock's step after it.
        if not ids and time.time_ns() - changed > SETTLED_NS:
            self._empty_since[folder] = changed
        return ids

    def has_arrived(self, project_id: str) -> bool:
        """Whether an adopted folder of the project has yet to be brought to its place."""
        return bool(_ID.fullmatch(project_id)) and any(
            os.path.exists(self._arrived / place / project_id) for place in PLACES
        )

    def _on_way(self) -> list[str]:
        return [i for place in PLACES for i in _ids_in(self._arrived / place)]

    def exists(self, project_id: str, place: Place = "projects") -> bool:
        """Whether there is a file of this project, whatever it holds."""
        with storage_errors():
            try:
                os.lstat(self._file(project_id, place))
            except FileNotFoundError:
                return False
        return True

    def write(self, project: Project) -> None:
        """Put the project's file in its place, whole or not at all."""
        with storage_errors():
            write_atomically(self._file(project.project_id, "projects"), _document(project))

    def replace(self, project: Project, before: int, most: int) -> None:
        """Put the project in the place of its version `before`, which is kept as a revision.

        It is linked, not copied: what replaces it is a new file. Of more than `most` revisions
        the oldest go.
        """
        kept = self._revision(project.project_id, before)
        with storage_errors():
            if most:
                make_folder(kept.parent)
                _link(self._file(project.project_id, "projects"), kept)
                sync_folder(kept.parent)
            try:
                self.write(project)
            except BaseException:
                if most:
                    kept.unlink(missing_ok=True)
                raise
            for number in self.revisions(project.project_id)[: -most or None]:
                self._revision(project.project_id, number).unlink(missing_ok=True)

    def discard(self, project_id: str) -> None:
        """Move the project's folder into the trash."""
        live, trashed = self._both(project_id)
        with storage_errors():
            deletion = _Deletion(deleted_at=now()).model_dump_json()
            (live / "deleted.json").unlink(missing_ok=True)
            with suppress(OSError):  # where there is no room, the folder's own date stands for it
                write_atomically(live / "deleted.json", deletion.encode())
            self._move(live, trashed)

    def restore(self, project_id: str) -> None:
        """Move the project's folder back out of the trash."""
        live, trashed = self._both(project_id)
        with storage_errors():
            self._move(trashed, live)
            (live / "deleted.json").unlink(missing_ok=True)

    def adopt(self, dossier: Dossier) -> None:
        """Put a whole folder in the place of whatever there is of the project.

        It is made beside. Once it has its name among those that arrived, nothing undoes it: who
        clears away after a dead writer brings it to its place.
        """
        project_id = dossier.project.project_id
        place: Place = "trash" if dossier.deleted_at else "projects"
        arriving = self._arriving / project_id
        arrived = self._arrived / place / project_id
        with storage_errors():
            shutil.rmtree(arriving, ignore_errors=True)
            try:
                self._fill(arriving, dossier)
            except BaseException:
                shutil.rmtree(arriving, ignore_errors=True)
                raise
            make_folder(arrived.parent)
            os.rename(arriving, arrived)
            sync_folder(arrived.parent)
            self._settle(project_id)

    def _fill(self, folder: Path, dossier: Dossier) -> None:
        for revision in dossier.revisions:
            path = folder / "revisions" / f"{revision.version:06}.json"
            write_atomically(path, _document(revision))
        if dossier.deleted_at:
            deletion = _Deletion(deleted_at=dossier.deleted_at).model_dump_json()
            write_atomically(folder / "deleted.json", deletion.encode())
        write_atomically(folder / "project.json", _document(dossier.project))

    def _settle(self, project_id: str) -> None:
        """Bring a folder that arrived to its place."""
        for place in PLACES:
            arrived = self._arrived / place / project_id
            if arrived.exists():
                other: Place = "projects" if place == "trash" else "trash"
                if self._file(project_id, other).parent.exists():
                    self.delete(project_id, other)
                self._move(arrived, self._file(project_id, place).parent)

    def delete(self, project_id: str, place: Place) -> None:
        """Remove the project for good. Its file goes first, so that nobody finds half of it."""
        file = self._file(project_id, place)
        with storage_errors():
            with suppress(FileNotFoundError, IsADirectoryError):
                file.unlink()
            sync_folder(file.parent)
            shutil.rmtree(file.parent)
            sync_folder(file.parent.parent)

    def _tidy(self, project_id: str) -> None:
        """Clear away what a writer left that died."""
        with storage_errors():
            shutil.rmtree(self._arriving / project_id, ignore_errors=True)
            self._settle(project_id)
            for place in PLACES:
                file = self._file(project_id, place)
                if self.exists(project_id, place):
                    for left in [*file.parent.glob(".*.tmp"), *file.parent.glob("*/.*.tmp")]:
                        left.unlink(missing_ok=True)
                else:
                    shutil.rmtree(file.parent, ignore_errors=True)

    def _move(self, source: Path, target: Path) -> None:
        make_folder(target.parent)
        if target.exists():  # an older one of the same id, which came back by hand
            shutil.rmtree(target)
        os.rename(source, target)
        sync_folder(target.parent)
        sync_folder(source.parent)

    def _both(self, project_id: str) -> tuple[Path, Path]:
        live, trashed = (self._file(project_id, place).parent for place in PLACES)
        return live, trashed

    def _file(self, project_id: str, place: Place) -> Path:
        return Path(self._path(project_id, place))

    def _path(self, project_id: str, place: Place) -> str:
        if not _ID.fullmatch(project_id):
            raise ProjectNotFound()
        return f"{self._root}/{place}/{project_id[:2]}/{project_id}/project.json"

    def _revisions(self, project_id: str, place: Place = "projects") -> Path:
        return self._file(project_id, place).parent / "revisions"

    def _revision(self, project_id: str, version: int, place: Place = "projects") -> Path:
        return self._revisions(project_id, place) / f"{version:06}.json"


def _ids_in(folder: Path) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if _ID.fullmatch(name)]
    except FileNotFoundError:
        return []


def _link(file: Path, other: Path) -> None:
    """Give `file` another name, in the place of whatever has that name."""
    if other.exists():
        if other.samefile(file):
            return
        other.unlink()
    try:
        os.link(file, other)
    except OSError:  # not every file system has links
        write_atomically(other, file.read_bytes())


def _document(project: Project) -> bytes:
    return orjson.dumps(document_of(project), option=orjson.OPT_INDENT_2)


@functools.lru_cache(128)
def _as_it_was(path: str, stamp: tuple[int, int, int]) -> Project:
    """The project of a small file that had this stamp before it was read."""
    with open(path, "rb", buffering=0) as file:
        return _parse(file.readall())


def _parse(data: bytes) -> Project:
    try:
        return project_of(orjson.loads(data))
    except (orjson.JSONDecodeError, NewerSchema, ValidationError) as error:
        raise ProjectDamaged() from error
