"""Reading an archive of projects that anybody may have made.

Nothing of it is believed: every path, size and hash is checked before anything is used, and what
is unpacked is counted while it is unpacked. Nothing is ever written where a path says.
"""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import IO, Annotated, Any, Generic, TypeVar

import orjson
from pydantic import StringConstraints, ValidationError

from ..errors import ArchiveTooLarge, FieldProblem, InvalidArchive
from ..models import ADDRESS, Origin, Project, Record
from ..pictures import is_picture, picture_type
from ..ports import Dossier
from ..project_file import NewerSchema, project_of
from .archive_directory import Members, entries_of
from .archive_index import Index
from .archive_writer import FORMAT, LONGEST_LINE, MANIFEST, VERSION, pictures_of
from .assessment import repeated_names

MOST_OF_A_PROJECT = 16 * 1024 * 1024
"""Bytes of a `project.json`, or of one revision."""
_MOST_OF_REVISIONS = 128 * 1024 * 1024
_MOST_OF_A_PICTURE = 32 * 1024 * 1024
_MOST_REVISIONS = 1000
_LATEST_VERSION = 999_999_998
_MOST_COUNTED = 10**12
"""Tokens or seconds of one call: sums of them are still numbers that JSON has."""
_ADDRESS = re.compile(ADDRESS)
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Between which moments a project can have been created and changed."""
_MOST_TOLD = 20
"""Things that are wrong with one file."""
_MOST_PARTS = 250_000
"""Values in one JSON file: what it takes in memory goes by their number, not by its bytes."""
_PARTS = (b",", b"{", b"[")
_PART_BYTES, _SIGN_BYTES = 400, 8
"""What a value, and a byte of it, take at most in memory while they are read, checked and written
again."""
_MOST_PICTURES = 10_000
"""What a project and its revisions show."""
_DENSEST = 100
"""How many times its size an archive may unpack to: texts give 10, their versions 30 at most, and
bombs 1,000."""
_ALLOWANCE = 16 * 1024 * 1024
_PIECE = 256 * 1024
_ID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_PLACE = re.compile(
    rf"projects/(?P<id>{_ID})/"
    r"(?P<file>project\.json|revisions\.jsonl|media/(?P<name>[0-9a-f]{40}\.(?:png|jpg|webp)))",
    re.ASCII,
)
_UNSAFE = re.compile(r"(?:^|/)\.\.?(?:/|$)|^/|//|\\|^[A-Za-z]:|[\x00-\x1f\x7f]")

Told = Callable[[int], None]
"""Is told how many projects were looked at."""
Item = TypeVar("Item")


class Anew(Generic[Item]):
    """What is made anew each time somebody goes through it, and never there all at once."""

    def __init__(self, make: Callable[[], Iterator[Item]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Item]:
        return self._make()


@dataclass(frozen=True)
class Bounds:
    """How much one archive may hold; `None` where that is the caller's own business."""

    files: int | None = None
    unpacked: int | None = None
    """Bytes."""


class _Header(Record):
    format: str
    version: int


class _Line(Record):
    """What the manifest says of a file, or of a project that could not be put in."""

    path: str | None = None
    size: int = 0
    sha256: str = ""
    origin: Origin | None = None
    project_id: Annotated[str, StringConstraints(pattern=f"^{_ID}$")] | None = None
    error: str | None = None

    @property
    def place(self) -> re.Match[str] | None:
        """Where it belongs; `None` for what is no part of a project."""
        return _PLACE.fullmatch(self.path or "")


@dataclass(frozen=True)
class Enclosure:
    """A picture that comes with a project, and what is known of how it was made."""

    name: str
    data: bytes
    origin: Origin | None


@dataclass(frozen=True)
class Delivery:
    """A project as an archive brings it; its past and its pictures are read when asked for."""

    dossier: Dossier
    pictures: Iterable[Enclosure]


class ArchiveReader:
    """An archive of projects: first it is `checked`, then its projects can be taken one by one.

    Whatever it holds, one project at a time is in memory, and of its past one version.
    """

    def __init__(self, file: IO[bytes], bounds: Bounds) -> None:
        """Raises `InvalidArchive`, or `ArchiveTooLarge`, where it is not worth opening."""
        self._bounds = bounds
        self._index = Index()
        try:
            with _readable():
                self._take_stock(file)
        except BaseException:
            self._index.close()
            raise
        self._zip = Members(file)

    def check(self, told: Told) -> int:
        """Look at every file of the archive; the number of projects in it.

        Raises `InvalidArchive`, or `ArchiveTooLarge`, where anything is not as it should be.
        """
        found = 0
        self._index.tick(MANIFEST)
        for place, (project_id, lines) in enumerate(self._groups(), 1):
            for line in lines:
                self._check_file(line)
            if project_id:
                found += 1
                if not self._index.add_project(project_id, self._weight_of(project_id)):
                    raise _refused(
                        MANIFEST, f"重复的项目 {project_id}。", f"{project_id} comes twice."
                    )
            told(place)
        if path := self._index.unlisted():
            raise _refused(path, "清单没有列出它。", "It is there and not listed.")
        return found

    def projects(self) -> Iterator[tuple[str, int]]:
        """The projects of an archive that was checked: their ids, and what each takes in memory."""
        return self._index.projects()

    def delivery(self, project_id: str) -> Delivery:
        """A project of an archive that was checked."""
        return Delivery(self._dossier(project_id), Anew(lambda: self._enclosures(project_id)))

    def damaged(self) -> Iterator[str]:
        """The projects that could not be read when the archive was made."""
        return (line.project_id for line in self._lines() if line.project_id and not line.path)

    def close(self) -> None:
        """Let go of the archive."""
        self._zip.close()
        self._index.close()

    # --- the directory ---

    def _take_stock(self, file: IO[bytes]) -> None:
        """Note what there is, as far as it is plain and not too much."""
        packed, unpacked = file.seek(0, 2), 0
        most = packed * _DENSEST + _ALLOWANCE
        most = min(self._bounds.unpacked or most, most)
        for count, entry in enumerate(entries_of(file)):
            if self._bounds.files is not None and count > self._bounds.files:
                raise _too_many(self._bounds.files)
            _require_plain(entry)
            unpacked += entry.file_size
            if unpacked > most:
                raise ArchiveTooLarge(
                    FieldProblem(
                        "",
                        f"解压后超过 {most:,} 字节。",
                        f"It unpacks to more than {most:,} bytes.",
                    )
                )
            if not 0 <= entry.header_offset <= packed - entry.compress_size:
                raise _broken(entry.filename)
            if not self._index.add(entry):
                raise _refused("", "有重复的路径。", "A path is there twice.")

    # --- the manifest ---

    def _lines(self) -> Iterator[_Line]:
        if not (entry := self._index.entry(MANIFEST)):
            raise _refused(MANIFEST, "压缩包中没有清单。", "The archive has no manifest.")
        with _readable(MANIFEST), self._zip.open(entry) as file:
            header = _said(_Header, file.readline(LONGEST_LINE))
            if header.format != FORMAT or header.version != VERSION:
                raise _refused(
                    MANIFEST,
                    "不是本系统的项目压缩包，或来自更新的版本。",
                    "This is no archive of projects, or a later version made it.",
                )
            most, count = self._bounds.files, 0
            while text := file.readline(LONGEST_LINE):
                count += 1
                if most is not None and count > most:
                    raise _too_many(most, MANIFEST)
                yield _said(_Line, text)

    def _groups(self) -> Iterator[tuple[str, Iterable[_Line]]]:
        """The lines about files, those of one project together; before an empty id all others."""

        def owner(line: _Line) -> str:
            return line.place["id"] if line.place else ""

        files = (line for line in self._lines() if line.path is not None)
        for project_id, lines in groupby(files, owner):
            if project_id:
                yield project_id, lines
            else:
                yield from (("", [line]) for line in lines)

    # --- the files ---

    def _check_file(self, line: _Line) -> None:
        path, place = line.path or "", line.place
        entry = self._entry(path)
        origin = line.origin.model_dump_json().encode() if line.origin else None
        if not self._index.tick(path, origin):
            raise _refused(path, "清单重复列出了它。", "It is listed twice.")
        if path.startswith("projects/") and not place:
            raise _refused(path, "不允许这样的路径。", "No file may have this path.")
        most = _MOST_OF_A_PICTURE if place and place["name"] else None
        if most is not None and line.size > most:
            raise _too_large(path, most)
        digest, size, beginning = self._digest(entry)
        if size != line.size or digest != line.sha256:
            raise _refused(
                path, "内容与清单中的校验值不符。", "Its content is not what the manifest says."
            )
        if place and (name := place["name"]):
            is_right = name.startswith(digest[:40]) and is_picture(
                beginning, picture_type(name) or ""
            )
            if not is_right:
                raise _refused(path, "不是这个名称的图片。", "This is no picture of that name.")

    def _digest(self, entry: zipfile.ZipInfo) -> tuple[str, int, bytes]:
        """The SHA-256 of a file, its size and how it begins."""
        digest, size, beginning = hashlib.sha256(), 0, b""
        with _readable(entry.filename), self._zip.open(entry) as file:
            while piece := file.read(_PIECE):
                beginning = beginning or piece[:16]
                digest.update(piece)
                size += len(piece)
        return digest.hexdigest(), size, beginning

    def _weight_of(self, project_id: str) -> int:
        """About how many bytes a project takes in memory, of which everything is looked at."""
        path, past = _document_of(project_id), _past_of(project_id)
        for count, _ in enumerate(pictures_of(self._dossier(project_id)), 1):
            if count > _MOST_PICTURES:
                raise _too_many(_MOST_PICTURES, path)
        heaviest = max(map(_weight, self._past(past)), default=0)
        pictures = (size for _, size, _ in self._index.below(_pictures_of(project_id)))
        largest = max(pictures, default=0)
        return _weight(self._read(path, MOST_OF_A_PROJECT)) + heaviest + largest

    def _dossier(self, project_id: str) -> Dossier:
        path = _document_of(project_id)
        data = self._read(path, MOST_OF_A_PROJECT)
        project = read_project(read_json(data, path), path, project_id)
        return Dossier(project, Anew(lambda: self._revisions(project)))

    def _revisions(self, project: Project) -> Iterator[Project]:
        """The earlier versions of a project; each is older than the next."""
        path, latest = _past_of(project.project_id), 0
        for line in self._past(path):
            revision = read_project(read_json(line, path), path, project.project_id)
            if not latest < revision.version < project.version:
                raise _refused(path, "版本号没有递增。", "The versions do not follow each other.")
            yield revision
            latest = revision.version

    def _past(self, path: str) -> Iterator[bytes]:
        """The earlier versions as they are written, one by one."""
        if not (entry := self._index.entry(path)):
            return
        if entry.file_size > _MOST_OF_REVISIONS:
            raise _too_large(path, _MOST_OF_REVISIONS)
        with _readable(path), self._zip.open(entry) as file:
            count = 0
            while line := file.readline(MOST_OF_A_PROJECT + 1):
                count += 1
                if count > _MOST_REVISIONS:
                    raise _too_many(_MOST_REVISIONS, path)
                if len(line) > MOST_OF_A_PROJECT:
                    raise _too_large(path, MOST_OF_A_PROJECT)
                yield line

    def _enclosures(self, project_id: str) -> Iterator[Enclosure]:
        for path, _, origin in self._index.below(_pictures_of(project_id)):
            known = Origin.model_validate_json(origin) if origin else None
            yield Enclosure(path.rpartition("/")[2], self._read(path, _MOST_OF_A_PICTURE), known)

    def _read(self, path: str, most: int) -> bytes:
        with _readable(path), self._zip.open(self._entry(path)) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise _too_large(path, most)
        return data

    def _entry(self, path: str) -> zipfile.ZipInfo:
        if not (entry := self._index.entry(path)):
            raise _refused(path, "清单列出了它，压缩包中却没有。", "It is listed and not there.")
        return entry


def _document_of(project_id: str) -> str:
    return f"projects/{project_id}/project.json"


def _past_of(project_id: str) -> str:
    return f"projects/{project_id}/revisions.jsonl"


def _pictures_of(project_id: str) -> str:
    return f"projects/{project_id}/media"


def _weight(document: bytes) -> int:
    return _SIGN_BYTES * len(document) + _PART_BYTES * _parts(document)


def _parts(document: bytes) -> int:
    return sum(map(document.count, _PARTS))


def _require_plain(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if _UNSAFE.search(name):
        raise _refused(name, "不允许这样的路径。", "No file may have this path.")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    known = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if is_link or entry.flag_bits & 1 or not known:
        raise _refused(
            name,
            "不支持加密、链接或这种压缩方式。",
            "Encryption, links and this compression are not supported.",
        )


def read_json(data: bytes, path: str) -> object:
    """What a JSON file holds. Raises `InvalidArchive`, and `ArchiveTooLarge` for too many parts."""
    if _parts(data) > _MOST_PARTS:
        raise _too_many(_MOST_PARTS, path)
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _refused(path, "不是有效的 JSON。", "This is not valid JSON.") from error


def read_project(document: object, path: str, project_id: str | None = None) -> Project:
    """The project of a file, of that id where one is given. Raises `InvalidArchive`."""
    try:
        project = project_of(document)
    except NewerSchema as error:
        raise _refused(
            path,
            "由更新版本的系统写成，请先升级。",
            "A later version wrote it; please update first.",
        ) from error
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise InvalidArchive(*(_misfit(path, misfit) for misfit in found[:_MOST_TOLD])) from error
    _require_sound(project, path)
    if project_id and project.project_id != project_id:
        raise _refused(path, "project_id 与所在文件夹不符。", "Its project_id is not its folder's.")
    return project


def _require_sound(project: Project, path: str) -> None:
    """Raise `InvalidArchive` for what no record of ours holds, though its shape would allow it."""
    if not _PLACE.fullmatch(f"projects/{project.project_id}/project.json"):
        raise _refused(path, "project_id 必须是 uuid4。", "The project_id must be a uuid4.")
    if not 1 <= project.version <= _LATEST_VERSION:
        raise _refused(path, "version 超出范围。", "Its version is out of range.")
    if not all(_FIRST <= moment <= _LAST for moment in (project.created_at, project.updated_at)):
        raise _refused(path, "日期超出范围。", "A date of it is out of range.")
    _require_countable(project, path)
    _require_histories(project, path)
    names = [profile.name for profile in project.character_profiles]
    if problems := repeated_names(names, "character_profiles.{}.name"):
        raise InvalidArchive(*(replace(p, field=_within(path, p.field)) for p in problems))


def _require_countable(project: Project, path: str) -> None:
    for place, entry in enumerate(project.usage):
        counts = (entry.seconds, entry.tokens_in or 0, entry.tokens_out or 0, entry.attempts)
        if not all(0 <= count <= _MOST_COUNTED for count in counts):
            field = _within(path, f"usage.{place}")
            raise _refused(field, "数值超出范围。", "A number of it is out of range.")


def _require_histories(project: Project, path: str) -> None:
    for name, versions in project.portraits.items():
        numbers = [portrait.version for portrait in versions]
        is_history = numbers == sorted(set(numbers)) and all(
            0 < n <= _LATEST_VERSION for n in numbers
        )
        if not is_history or not all(_ADDRESS.match(p.image_url) for p in versions):
            field = _within(path, f"portraits.{name}")
            raise _refused(field, "不是图片的历史版本。", "This is no history of pictures.")


def _misfit(path: str, found: Any) -> FieldProblem:
    """What pydantic found, of a field in a file."""
    field = _within(path, ".".join(map(str, found["loc"])))
    if found["type"] == "missing":
        return FieldProblem(field, "必填。", "This field is required.")
    return FieldProblem(field, "内容不合要求。", "This value cannot be used.")


def _within(path: str, field: str) -> str:
    return f"{path}: {field}" if path else field


def _said(shape: type[Any], text: bytes) -> Any:
    try:
        return shape.model_validate(orjson.loads(text))
    except (orjson.JSONDecodeError, ValidationError) as error:
        raise _refused(MANIFEST, "清单无法读取。", "The manifest cannot be read.") from error


@contextmanager
def _readable(path: str = "") -> Iterator[None]:
    """What is wrong with a ZIP file, as ours."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _broken(path) from error


def _broken(path: str) -> InvalidArchive:
    return _refused(
        path,
        "不是完整的 ZIP 文件，可能没有传完或已损坏。",
        "This is not a whole ZIP file; it may be cut off or damaged.",
    )


def _refused(path: str, zh: str, en: str) -> InvalidArchive:
    return InvalidArchive(FieldProblem(path, zh, en))


def _too_large(path: str, most: int) -> ArchiveTooLarge:
    return ArchiveTooLarge(
        FieldProblem(path, f"最多 {most:,} 字节。", f"At most {most:,} bytes are taken.")
    )


def _too_many(most: int, path: str = "") -> ArchiveTooLarge:
    return ArchiveTooLarge(
        FieldProblem(path, f"最多 {most:,} 项。", f"At most {most:,} entries are taken.")
    )
