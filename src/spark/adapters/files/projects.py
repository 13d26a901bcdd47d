"""Projects as JSON files, one folder a project."""

from __future__ import annotations

import logging
import re
import shutil
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import orjson
from pydantic import ValidationError

from ...errors import ProjectNotFound, StorageUnavailable
from ...models import Page, Project, ProjectStatus, ProjectSummary, SearchHit, now
from ...ports import Sort
from .disk import locked, storage_errors, sync_folder, write_atomically
from .matching import Document, match, terms_of

SCHEMA_VERSION = 1

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
_log = logging.getLogger(__name__)

Item = TypeVar("Item", bound=ProjectSummary)


class FileProjectStore:
    """A `ProjectStore` whose truth is `<folder>/ab/<project_id>/project.json`.

    Lists and searches look at every project's file, but read again only what has changed.
    """

    def __init__(self, folder: Path, patience: float = 10) -> None:
        """Keep projects below `folder`; wait `patience` seconds for another writer."""
        self._folder, self._patience = folder, patience
        self._cache: dict[Path, tuple[tuple[int, int], Document | None]] = {}
        self._cache_lock = threading.Lock()

    def create(self, project: Project) -> None:
        """Store a new project."""
        with storage_errors():
            self._write(project)

    def get(self, project_id: str) -> Project:
        """The project. Raises `ProjectNotFound`, and `StorageUnavailable` where it is damaged."""
        with storage_errors():
            try:
                data = self._path(project_id).read_bytes()
            except FileNotFoundError as error:
                raise ProjectNotFound() from error
        return _parse(data)

    def update(self, project_id: str, change: Callable[[Project], Project]) -> Project:
        """Put `change(project)` in the project's place, one writer at a time."""
        with self._lock(project_id):
            project = self.get(project_id)
            changed = change(project).model_copy(
                update={"version": project.version + 1, "updated_at": now()}
            )
            with storage_errors():
                self._write(changed)
        return changed

    def delete(self, project_id: str) -> None:
        """Remove the project. Its file goes first, so that nobody finds half of it."""
        with self._lock(project_id), storage_errors():
            path = self._path(project_id)
            try:
                path.unlink()
            except FileNotFoundError as error:
                raise ProjectNotFound() from error
            shutil.rmtree(path.parent)
            sync_folder(path.parent.parent)

    def browse(
        self, page: int, per_page: int, status: ProjectStatus | None, sort: Sort
    ) -> Page[ProjectSummary]:
        """One page of the projects, of one status where it is given."""
        summaries = [d.summary for d in self._documents()]
        if status:
            summaries = [s for s in summaries if s.status == status]
        field = "project_name" if sort.endswith("name") else sort.lstrip("-")
        summaries.sort(key=lambda s: (getattr(s, field), s.project_id), reverse=sort[0] == "-")
        return _page(summaries, page, per_page)

    def search(self, query: str, page: int, per_page: int) -> Page[SearchHit]:
        """One page of the projects in which every word of `query` is found, best match first."""
        terms = terms_of(query)
        matches = [(m, d) for d in self._documents() if (m := match(d, terms))]
        matches.sort(key=lambda found: (-found[0].score, found[1].summary.project_id))
        hits = [SearchHit(**dict(d.summary), snippet=m.snippet) for m, d in matches]
        return _page(hits, page, per_page)

    def check(self) -> None:
        """Raise `StorageUnavailable` where the folder cannot be written."""
        with storage_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / ".check", b"")

    def _path(self, project_id: str) -> Path:
        if not _ID.fullmatch(project_id):
            raise ProjectNotFound()
        return self._folder / project_id[:2] / project_id / "project.json"

    def _write(self, project: Project) -> None:
        document = {"schema_version": SCHEMA_VERSION, **project.model_dump()}
        write_atomically(
            self._path(project.project_id), orjson.dumps(document, option=orjson.OPT_INDENT_2)
        )

    def _lock(self, project_id: str) -> AbstractContextManager[None]:
        """Keep other writers of the project out, with one of 4,096 lock files.

        They stand beside the projects' folders, not in them: a lock inside a folder that another
        writer deletes holds nobody back.
        """
        self._path(project_id)
        path = self._folder / ".locks" / f"{project_id[:3]}.lock"
        return locked(path, self._patience, StorageUnavailable(retry_after=1))

    def _documents(self) -> list[Document]:
        with storage_errors():
            paths = list(self._folder.glob("[0-9a-f][0-9a-f]/*/project.json"))
            found = [(path, self._document(path)) for path in paths]
        with self._cache_lock:
            for path in self._cache.keys() - set(paths):
                self._cache.pop(path, None)
        return [document for _, document in found if document]

    def _document(self, path: Path) -> Document | None:
        """What lists and searches need of one file; `None` where it is gone or damaged."""
        try:
            status = path.stat()
        except OSError:
            return None
        stamp = (status.st_mtime_ns, status.st_size)
        cached = self._cache.get(path)
        if cached and cached[0] == stamp:
            return cached[1]
        try:
            document: Document | None = Document.of(_parse(path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, StorageUnavailable):
            _log.warning("damaged project file left out of lists: %s", path, exc_info=True)
            document = None
        with self._cache_lock:
            self._cache[path] = (stamp, document)
        return document


def _parse(data: bytes) -> Project:
    try:
        return Project.model_validate(orjson.loads(data))
    except (orjson.JSONDecodeError, ValidationError) as error:
        raise StorageUnavailable() from error


def _page(items: list[Item], page: int, per_page: int) -> Page[Item]:
    start = (page - 1) * per_page
    return Page(
        items=items[start : start + per_page], page=page, per_page=per_page, total=len(items)
    )
