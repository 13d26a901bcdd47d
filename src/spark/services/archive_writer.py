"""Projects in a ZIP archive, with all that is kept of them.

    projects/<project_id>/project.json      as the schema says
    projects/<project_id>/revisions.jsonl   earlier versions, oldest first, one a line
    projects/<project_id>/media/<name>      the pictures it shows or ever showed
    manifest.jsonl                          one line about the archive, then one for each file

A line of the manifest says of a file its `path`, `size`, `sha256` and, of a picture, its `origin`;
or of a project that could not be read its `project_id` and the `error`. The manifest stands last
because the archive is written while it is sent. Other files may be in an archive too, as the
documents of a single project are: they are in the manifest, and importing passes over them.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import IO, Any, Self

import orjson

from ..errors import (
    NotFound,
    PictureDamaged,
    ProjectDamaged,
    ProjectNotFound,
    storage_errors,
)
from ..models import Project, now
from ..ports import Dossier, MediaStore, ProjectStore
from ..project_file import document_of
from .portraits import image_name

FORMAT, VERSION = "spark-projects", 1
MANIFEST = "manifest.jsonl"
LONGEST_LINE = 2 * 1024 * 1024
"""Bytes of a line of it: of a picture it tells the words that it was drawn from, however many."""

_PIECE = 256 * 1024
_IN_MEMORY = 4 * 1024 * 1024
_EARLIEST, _LATEST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)
"""What a date in a ZIP archive can be."""


def pictures_of(dossier: Dossier) -> Iterator[str]:
    """The names of all pictures of ours that a project shows or ever showed, each once."""
    seen: set[str] = set()
    for project in chain((dossier.project,), dossier.revisions):
        for name in map(image_name, _urls(project)):
            if name and name not in seen:
                seen.add(name)
                yield name


def _urls(project: Project) -> Iterator[str]:
    yield from (p.image_url for p in project.character_profiles if p.image_url)
    yield from (v.image_url for versions in project.portraits.values() for v in versions)


class ArchiveWriter:
    """An archive that is written while it is read: what was added is `drained` piece by piece.

    However much it comes to, only what was not drained yet is held in memory. It is closed at the
    end of a `with` block. Raises `StorageUnavailable` or `StorageFull` where there is no room for
    what is noted beside it until its end.
    """

    def __init__(self, projects: ProjectStore, media: MediaStore) -> None:
        self._projects, self._media = projects, media
        with storage_errors():
            self._manifest = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the archive
            self._pipe = _Pipe()
            self._zip = _Zip(self._pipe, "w")
        self._tell({"format": FORMAT, "version": VERSION, "created_at": now()})

    def add_project(self, project_id: str) -> Iterator[bytes]:
        """A project, its revisions and its pictures; nothing where it is gone, or in the trash."""
        try:
            dossier = self._projects.dossier(project_id)
        except ProjectNotFound:
            return
        except ProjectDamaged:
            self._tell({"project_id": project_id, "error": "damaged"})
            return
        if dossier.deleted_at:
            return
        folder, moment = f"projects/{project_id}", dossier.project.updated_at
        data = orjson.dumps(document_of(dossier.project), option=orjson.OPT_INDENT_2)
        yield from self.add(f"{folder}/project.json", data, moment)
        if dossier.revisions:
            lines = (orjson.dumps(document_of(revision)) for revision in dossier.revisions)
            yield from self.add(f"{folder}/revisions.jsonl", b"\n".join(lines), moment)
        for name in pictures_of(dossier):
            yield from self._add_picture(folder, name, moment)

    def add(
        self, path: str, data: bytes, moment: datetime, packed: bool = True, **beside: Any
    ) -> Iterator[bytes]:
        """A file, `packed` where that makes it smaller; `beside` goes into its manifest line."""
        digest = hashlib.sha256(data).hexdigest()
        self._tell({"path": path, "size": len(data), "sha256": digest, **beside})
        with storage_errors():
            self._zip.writestr(_entry(path, moment, packed), data)
            yield from self._pipe.drained()

    def finish(self) -> Iterator[bytes]:
        """The manifest, and the archive's end."""
        entry = _entry(MANIFEST, now(), packed=True)
        with storage_errors():
            entry.file_size = self._manifest.tell()
            self._manifest.seek(0)
            with self._zip.open(entry, "w") as file:
                while piece := self._manifest.read(_PIECE):
                    file.write(piece)
                    yield from self._pipe.drained()
            self._zip.close()
            yield from self._pipe.drained()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        """Let go of what was held; an archive that was not finished stays a broken one."""
        self._manifest.close()
        self._zip.release()
        self._pipe.close()

    def _add_picture(self, folder: str, name: str, moment: datetime) -> Iterator[bytes]:
        try:
            data, _ = self._media.get(name)
        except (NotFound, PictureDamaged):
            return
        beside = {"origin": origin} if (origin := self._media.origin(name)) else {}
        yield from self.add(f"{folder}/media/{name}", data, moment, packed=False, **beside)

    def _tell(self, line: dict[str, Any]) -> None:
        text = orjson.dumps(line, default=lambda r: r.model_dump()) + b"\n"
        with storage_errors():
            self._manifest.write(text)


def _entry(path: str, moment: datetime, packed: bool) -> zipfile.ZipInfo:
    utc = min(max(moment, _EARLIEST), _LATEST).astimezone(UTC)
    entry = zipfile.ZipInfo(path, utc.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    return entry


class _Pipe:
    """Where an archive is written to: nothing is kept of it once it was drained."""

    def __init__(self) -> None:
        self._held = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # see `close`

    def write(self, data: bytes) -> int:
        return self._held.write(data)

    def flush(self) -> None:
        """All that was written is there."""

    def drained(self) -> Iterator[bytes]:
        self._held.seek(0)
        while piece := self._held.read(_PIECE):
            yield piece
        self._held.seek(0)
        self._held.truncate()

    def close(self) -> None:
        self._held.close()


class _Spool(list[zipfile.ZipInfo]):
    """What an archive's directory will list at its end, in a file instead of in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed by `close`
        self._count = 0

    def append(self, entry: zipfile.ZipInfo) -> None:
        pickle.dump(entry, self._file)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        for _ in range(self._count):
            # Written a moment ago, by us, to a file without a name.
            yield pickle.load(self._file)

    def close(self) -> None:
        self._file.close()


class _Zip(zipfile.ZipFile):
    """A ZIP file that holds no list of its entries in memory."""

    def __init__(self, file: Any, mode: Any) -> None:
        super().__init__(file, mode)
        self.filelist: list[zipfile.ZipInfo] = _Spool()
        self.NameToInfo = _Forgetful()

    def release(self) -> None:
        self.fp = None  # or else deleting it would write an end that nobody asked for
        self.filelist.close()  # type: ignore[attr-defined]  # ours, see above


class _Forgetful(dict[str, zipfile.ZipInfo]):
    def __setitem__(self, name: str, entry: zipfile.ZipInfo) -> None:
        """Each path is added once; nobody asks for it again."""
