"""Projects as an archive, and back: what is kept, what is refused, and what it costs in memory."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import struct
import tempfile
import tracemalloc
import zipfile
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.errors import (
    ArchiveTooLarge,
    InvalidArchive,
    ProjectNotFound,
    StorageFull,
    StorageUnavailable,
)
from src.spark.models import CharacterProfile, Usage
from src.spark.pictures import Picture, picture_name
from src.spark.project_file import SCHEMA_VERSION, document_of
from src.spark.services.archive_reader import ArchiveReader, Bounds
from src.spark.services.exports import ExportService
from src.spark.services.imports import ImportService
from src.spark.services.portraits import image_url

from ..fakes import FakeWriter
from ..samples import FAKED, a_project, asked

PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x10\0\0\0WEBPVP8 "
TYPES = {"image/png": PNG, "image/jpeg": JPEG, "image/webp": WEBP}
WIDE = Bounds(files=1000, unpacked=64 * 1024 * 1024)
NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"


@dataclass(frozen=True)
class Place:
    """A data directory with what exports from it and imports into it."""

    folder: Path
    store: FileProjectStore
    media: FileMediaStore

    @classmethod
    def at(cls, folder):
        return cls(folder, FileProjectStore(folder), FileMediaStore(folder / "media"))

    def archive(self, ids=None):
        service = ExportService(self.store, self.media, FakeWriter(), None, {})
        return b"".join(service.archive(ids))

    def take(self, data, existing="skip", bounds=WIDE, speech="en"):
        return ImportService(self.store, self.media, bounds).run(io.BytesIO(data), existing, speech)

    def everything(self):
        """All projects with all that is kept of them, and all pictures with their origins."""
        projects = {i: self.store.dossier(i) for i in self.store.ids()}
        pictures = {n: (self.media.get(n), self.media.origin(n)) for n in self.media.names()}
        return projects, pictures

    def files(self):
        """Every file but the index, which lists go by and which is made anew at will."""
        found = (p for p in self.folder.rglob("*") if p.is_file() and "index" not in p.name)
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in found}


@pytest.fixture
def here(tmp_path):
    return Place.at(tmp_path / "here")


@pytest.fixture
def there(tmp_path):
    return Place.at(tmp_path / "there")


def drawn(place, mime_type="image/png", size=1000):
    """The address of a new picture in a place's store."""
    data = TYPES[mime_type] + os.urandom(size)
    return image_url(place.media.put(Picture(data, mime_type, "一幅画像 · a portrait", FAKED)))


def created(place, number=0, **fields):
    """A project with two characters, pictures of every type, a conversation and two revisions."""
    urls = [drawn(place, mime_type) for mime_type in TYPES]
    profiles = [
        CharacterProfile(name="林夏", image_url=urls[1], relationships={"Mia": "朋友"}),
        CharacterProfile(name="Mia/O’Neil", image_url=urls[2]),
    ]
    project = a_project(
        number,
        project_name=f"项目 {number} · “Mars”",
        character_profiles=[p.model_dump() for p in profiles],
        conversation=[asked("我想制作一个科幻视频\0\u2028").model_dump()],
        usage=[Usage.of("cast", FAKED).model_dump()],
        **fields,
    )
    place.store.create(project)
    histories = {
        "林夏": [{"version": 1, "image_url": urls[0]}, {"version": 2, "image_url": urls[1]}],
        "Mia/O’Neil": [{"version": 1, "image_url": urls[2]}],
    }
    place.store.update(project.project_id, lambda p: with_fields(p, portraits=histories))
    place.store.update(project.project_id, lambda p: with_fields(p, status="in_production"))
    return place.store.get(project.project_id)


def with_fields(project, **fields):
    return type(project).model_validate({**project.model_dump(), **fields})


def manifest_of(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    return [orjson.loads(line) for line in archive.read("manifest.jsonl").splitlines()]


# --- out and back ---


def test_what_is_exported_and_imported_elsewhere_is_equal(here, there):
    for number in range(7):
        created(here, number)
    report = there.take(here.archive())
    assert there.everything() == here.everything()
    assert report.count("imported") == 7
    assert all(r.missing_images == [] and r.reason is None for r in report.results)
    assert there.store.browse(1, 10, None, "-created_at").total == 7
    assert there.store.search("林夏", 1, 10).total == 7


def test_another_library_finds_every_file_with_its_hash(here):
    project = created(here)
    data = here.archive([project.project_id])
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    header, *lines = manifest_of(data)
    assert header["format"] == "spark-projects"
    assert {line["path"] for line in lines} | {"manifest.jsonl"} == set(archive.namelist())
    for line in lines:
        content = archive.read(line["path"])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (line["size"], line["sha256"])
    folder = f"projects/{project.project_id}"
    stored = orjson.loads(archive.read(f"{folder}/project.json"))
    assert stored["schema_version"] == SCHEMA_VERSION
    assert stored["project_name"] == project.project_name
    revisions = archive.read(f"{folder}/revisions.jsonl").splitlines()
    assert [orjson.loads(line)["version"] for line in revisions] == [1, 2]
    assert sum(name.startswith(f"{folder}/media/") for name in archive.namelist()) == 3
    origins = [line["origin"]["prompt"] for line in lines if "/media/" in line["path"]]
    assert origins == ["一幅画像 · a portrait"] * 3


def test_some_projects_are_exported_in_the_order_asked_for_and_once(here, there):
    first, second, _ = (created(here, n) for n in range(3))
    data = here.archive([second.project_id, first.project_id, second.project_id])
    report = there.take(data)
    assert [r.project_id for r in report.results] == [second.project_id, first.project_id]


def test_a_project_that_is_not_there_is_told_before_the_first_byte(here):
    project = created(here)
    with pytest.raises(ProjectNotFound):
        ExportService(here.store, here.media, FakeWriter(), None, {}).archive(
            [project.project_id, NOBODY]
        )


def test_what_is_in_the_trash_is_left_out(here, there):
    kept, gone = created(here, 1), created(here, 2)
    here.store.discard(gone.project_id)
    there.take(here.archive())
    assert list(there.store.ids()) == [kept.project_id]


def test_a_damaged_project_is_told_and_the_others_are_exported(here, there):
    kept, broken = created(here, 1), created(here, 2)
    path = here.folder / "projects" / broken.project_id[:2] / broken.project_id / "project.json"
    path.write_bytes(b"{")
    report = there.take(here.archive())
    outcomes = {r.project_id: r.outcome for r in report.results}
    assert outcomes == {kept.project_id: "imported", broken.project_id: "damaged"}
    assert list(there.store.ids()) == [kept.project_id]


def test_a_picture_comes_over_however_many_words_it_was_drawn_from(here, there):
    words = "\x01想" * 40_000
    name = here.media.put(Picture(PNG + b"drawn", "image/png", words, FAKED))
    here.store.create(a_project(character_profiles=[{"name": "甲", "image_url": image_url(name)}]))
    assert there.take(here.archive()).count("imported") == 1
    assert there.media.origin(name).prompt == words


def test_pictures_that_are_nowhere_are_named(here, there):
    project = created(here)
    name = picture_name(PNG + b"lost", "image/png")
    here.store.update(
        project.project_id,
        lambda p: with_fields(
            p, character_profiles=[{"name": "甲", "image_url": image_url(name)}], portraits={}
        ),
    )
    assert there.take(here.archive()).results[0].missing_images == [name]


def test_an_empty_store_gives_an_empty_archive(here, there):
    assert there.take(here.archive()).results == []


def test_an_archive_packed_again_by_hand_is_taken(here, there):
    created(here)
    data, again = here.archive(), io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(data))
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("projects/", b"")
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))
    assert there.take(again.getvalue()).count("imported") == 1
    assert there.everything() == here.everything()


def test_an_archive_behind_other_bytes_is_taken(here, there):
    created(here)
    script = b"PK\3\4" + b"#!/bin/sh\n" * 10
    assert there.take(script + here.archive()).count("imported") == 1


def test_a_single_project_comes_as_its_file_or_as_an_answer_of_ours(here, there):
    project = created(here)
    file = here.folder / "projects" / project.project_id[:2] / project.project_id / "project.json"
    answers = [
        file.read_bytes(),
        orjson.dumps({"status": "success", "data": project.model_dump(), "format": "json"}),
        orjson.dumps({"status": "success", "data": {"project": project.model_dump()}}),
    ]
    for number, data in enumerate(answers):
        place = Place.at(there.folder / str(number))
        report = place.take(data)
        assert place.store.get(project.project_id) == project
        assert len(report.results[0].missing_images) == 3


# --- what is there already ---


def test_a_project_that_is_there_is_left_alone(here, there):
    project = created(here)
    data = here.archive()
    there.take(data)
    changed = there.store.update(project.project_id, lambda p: with_fields(p, project_name="新"))
    (result,) = there.take(data, "skip").results
    assert (result.outcome, result.in_trash) == ("skipped", False)
    assert there.store.get(project.project_id) == changed
    there.store.discard(project.project_id)
    (result,) = there.take(data, "skip").results
    assert (result.outcome, result.in_trash) == ("skipped", True)
    assert there.store.browse(1, 10, None, "name").total == 0


def test_a_copy_is_another_project_with_the_same_past(here, there):
    project = created(here)
    data = here.archive()
    there.take(data)
    before = there.store.dossier(project.project_id)
    (result,) = there.take(data, "copy", speech="zh").results
    assert there.store.dossier(project.project_id) == before
    copy = there.store.dossier(result.new_project_id)
    assert copy.project.project_name == f"{project.project_name}（副本）"
    assert copy.project.duplicate_of == project.project_id
    assert copy.project.usage == []
    assert copy.project.portraits == project.portraits
    assert [r.version for r in copy.revisions] == [1, 2]
    assert {r.project_id for r in copy.revisions} == {result.new_project_id}


def test_what_is_replaced_stays_as_the_version_before(here, there):
    project = created(here)
    data = here.archive()
    there.take(data)
    edited = there.store.update(project.project_id, lambda p: with_fields(p, project_name="改过"))
    (result,) = there.take(data, "replace").results
    assert result.outcome == "replaced"
    present = there.store.get(project.project_id)
    assert present.version == edited.version + 1
    same = {"version", "updated_at"}
    assert present.model_dump(exclude=same) == project.model_dump(exclude=same)
    assert there.store.revision(project.project_id, edited.version) == edited


def test_replacing_takes_a_project_out_of_the_trash(here, there):
    project = created(here)
    data = here.archive()
    there.take(data)
    there.store.discard(project.project_id)
    assert there.take(data, "replace").results[0].outcome == "replaced"
    assert there.store.get(project.project_id).project_name == project.project_name


def test_replacing_with_the_same_changes_nothing(here):
    project = created(here)
    data, before = here.archive(), here.everything()
    assert here.take(data, "replace").results[0].outcome == "unchanged"
    assert here.everything() == before
    assert here.store.get(project.project_id).version == project.version


class Overtaken:
    """A store in which others do something just after we looked."""

    def __init__(self, store, happens):
        self._store, self._happens = store, [happens]

    def __getattr__(self, name):
        return getattr(self._store, name)

    def dossier(self, project_id):
        try:
            return self._store.dossier(project_id)
        finally:
            while self._happens:
                self._happens.pop()()


@pytest.mark.parametrize("existing", ["skip", "copy", "replace"])
def test_what_somebody_wrote_meanwhile_is_kept(here, there, existing):
    project = created(here)
    data, written = here.archive(), with_fields(project, project_name="刚写好的", version=1)
    store = Overtaken(there.store, lambda: there.store.create(written))
    (result,) = (
        ImportService(store, there.media, WIDE).run(io.BytesIO(data), existing, "en").results
    )
    if existing == "replace":
        assert result.outcome == "replaced"
        assert there.store.revision(project.project_id, 1) == written
    else:
        assert result.outcome == {"skip": "skipped", "copy": "copied"}[existing]
        assert there.store.get(project.project_id) == written


@pytest.mark.parametrize("way", ["discard", "delete"])
def test_what_is_replaced_may_be_deleted_meanwhile(here, there, way):
    project = created(here)
    data = here.archive()
    there.take(data)
    there.store.update(project.project_id, lambda p: with_fields(p, project_name="改过"))
    store = Overtaken(there.store, lambda: getattr(there.store, way)(project.project_id))
    service = ImportService(store, there.media, WIDE)
    (result,) = service.run(io.BytesIO(data), "replace", "en").results
    assert result.outcome == {"discard": "replaced", "delete": "imported"}[way]
    assert there.store.get(project.project_id).project_name == project.project_name


def test_an_archive_does_not_say_how_a_picture_that_is_here_was_made(here, there):
    created(here)
    forged = Forgery(here.archive())
    for line in forged.lines:
        if "origin" in line:
            line["origin"]["prompt"] = "something else"
    (name, *_) = here.media.names()
    there.media.adopt(name, here.media.get(name)[0], here.media.origin(name))
    there.take(forged.packed())
    assert there.media.origin(name) == here.media.origin(name)
    assert {there.media.origin(n).prompt for n in there.media.names()} == {
        "something else",
        "一幅画像 · a portrait",
    }


# --- what is refused ---


class Forgery:
    """An archive as somebody else might make it: files, and a manifest that lists them."""

    def __init__(self, data=None):
        self.files, self.lines = {}, [{"format": "spark-projects", "version": 1}]
        if data:
            archive = zipfile.ZipFile(io.BytesIO(data))
            names = [n for n in archive.namelist() if n != "manifest.jsonl"]
            self.files = {name: archive.read(name) for name in names}
            self.lines = manifest_of(data)

    def add(self, path, data, **line):
        self.files[path] = data
        digest = hashlib.sha256(data).hexdigest()
        self.lines.append({"path": path, "size": len(data), "sha256": digest, **line})
        return self

    def add_project(self, document, **files):
        folder = f"projects/{document['project_id']}"
        self.add(f"{folder}/project.json", orjson.dumps(document))
        for name, data in files.items():
            self.add(f"{folder}/{name}", data)
        return self

    def change(self, ending, data):
        """Other bytes for a file, which the manifest knows nothing of."""
        name = next(n for n in self.files if n.endswith(ending))
        self.files[name] = data
        return self

    def rewrite(self, ending, data):
        """Other bytes for a file, and the manifest says so."""
        self.change(ending, data)
        line = next(line for line in self.lines if line.get("path", "").endswith(ending))
        line |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        return self

    def packed(self, compression=zipfile.ZIP_DEFLATED):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", compression) as archive:
            for name, data in self.files.items():
                archive.writestr(name, data)
            archive.writestr("manifest.jsonl", b"\n".join(map(orjson.dumps, self.lines)))
        return held.getvalue()


def a_document(**fields):
    return {**document_of(a_project(1)), "portraits": {}, **fields}


DOCUMENT = a_document()


def link(data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        entry = zipfile.ZipInfo("images/link.png")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("manifest.jsonl", b'{"format":"spark-projects","version":1}')
    return held.getvalue()


def encrypted(data):
    """The flag alone: whoever reads it has to ask for a password."""
    patched, place = bytearray(Forgery(data).packed()), 0
    while (place := patched.find(b"PK\1\2", place)) >= 0:
        patched[place + 8] |= 1
        place += 4
    return bytes(patched)


def twice(data):
    forged = Forgery(data)
    held = io.BytesIO(forged.packed())
    with zipfile.ZipFile(held, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(next(iter(forged.files)), b"{}")
    return held.getvalue()


def overlapping(data):
    """Two entries of the directory that lead to the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * 1000)
        archive.writestr("b.txt", b"x" * 1000)
        archive.writestr("manifest.jsonl", b'{"format":"spark-projects","version":1}')
        archive.filelist[1].header_offset = 0
    return held.getvalue()


def bomb(data):
    return Forgery(data).add("bomb.txt", bytes(200_000_000)).packed()


def lying_bomb(data):
    """A file that says it is small and unpacks to much."""
    packed = bytearray(Forgery(data).add("bomb.txt", bytes(30_000_000)).packed())
    size = struct.pack("<L", 30_000_000)
    for place in range(len(packed) - 4):
        if packed[place : place + 4] == size:
            packed[place : place + 4] = struct.pack("<L", 1000)
    return bytes(packed)


def many_entries(data):
    forged = Forgery(data)
    for number in range(10_000):
        forged.add(f"more/{number}.txt", b"")
    return forged.packed(zipfile.ZIP_STORED)


def false_count(data):
    """A directory of 10,000 entries whose end says that there are three."""
    packed = bytearray(many_entries(data))
    end = packed.rfind(b"PK\5\6")
    packed[end + 8 : end + 12] = struct.pack("<HH", 3, 3)
    return bytes(packed)


def media_of(data):
    return next(n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if "/media/" in n)


FORGED = {
    "cut off in the middle": (lambda d: d[: len(d) // 2], "whole ZIP"),
    "cut off before its end": (lambda d: d[:-30], "whole ZIP"),
    "no more than its beginning": (lambda d: d[:2], "whole ZIP"),
    "a byte is another": (lambda d: d.replace(b"\xff\xd8\xff", b"\xff\xd8\xfe", 1), "ZIP"),
    "no archive": (lambda d: b"PK is what it begins with", "whole ZIP"),
    "a path that climbs out": (
        lambda d: Forgery(d).add("../../etc/cron.d/x", b"x").packed(),
        "may have this path",
    ),
    "a path that climbs out of a project": (
        lambda d: Forgery(d).add(f"projects/{NOBODY}/media/../../x.png", b"x").packed(),
        "may have this path",
    ),
    "a path from the root": (lambda d: Forgery(d).add("/etc/passwd", b"x").packed(), "path"),
    "a path of another system": (lambda d: Forgery(d).add("..\\x", b"x").packed(), "path"),
    "a drive": (lambda d: Forgery(d).add("C:/x", b"x").packed(), "path"),
    "another file in a project": (
        lambda d: Forgery(d).add(f"projects/{NOBODY}/run.sh", b"x").packed(),
        "may have this path",
    ),
    "a link": (link, "links"),
    "encryption": (encrypted, "Encryption"),
    "an unusual compression": (lambda d: Forgery(d).packed(zipfile.ZIP_LZMA), "compression"),
    "a path twice": (twice, "twice"),
    "overlapping files": (overlapping, ""),
    "a bomb": (bomb, "unpacks to"),
    "a bomb that lies": (lying_bomb, ""),
    "10,000 entries": (many_entries, "1,000 entries"),
    "10,000 entries behind a false count": (false_count, "1,000 entries"),
    "a wrong hash": (
        lambda d: Forgery(d).change("project.json", b"{}").packed(),
        "not what the manifest says",
    ),
    "a picture that is another": (
        lambda d: Forgery(d).change(media_of(d), PNG + b"x" * 1000).packed(),
        "not what the manifest says",
    ),
    "a picture by a false name": (
        lambda d: Forgery(d).rewrite(media_of(d), PNG + b"x").packed(),
        "no picture of that name",
    ),
    "a page that is called a picture": (
        lambda d: (
            Forgery()
            .add_project(
                a_document(), **{f"media/{picture_name(b'<html>', 'image/png')}": b"<html>"}
            )
            .packed()
        ),
        "no picture of that name",
    ),
    "a file nobody listed": (lambda d: _unlisted(d), "not listed"),
    "a file that is missing": (lambda d: _missing(d), "not there"),
    "no manifest": (lambda d: _without_manifest(d), "no manifest"),
    "another kind of archive": (
        lambda d: _with_header(d, {"format": "photos", "version": 1}),
        "no archive of projects",
    ),
    "an archive of later days": (
        lambda d: _with_header(d, {"format": "spark-projects", "version": 2}),
        "later version",
    ),
    "a manifest that is none": (lambda d: _with_header(d, ["x"]), "cannot be read"),
    "a project of later days": (
        lambda d: Forgery().add_project(a_document(schema_version=99)).packed(),
        "later version",
    ),
    "a project without a story": (
        lambda d: Forgery().add_project(a_document(story_outline=None)).packed(),
        "cannot be used",
    ),
    "a project that is no JSON": (
        lambda d: Forgery(d).rewrite("project.json", b"{").packed(),
        "JSON",
    ),
    "another project's folder": (
        lambda d: Forgery(d).rewrite("project.json", orjson.dumps(a_document())).packed(),
        "not its folder's",
    ),
    "a version beyond all": (
        lambda d: Forgery().add_project(a_document(version=10**15)).packed(),
        "out of range",
    ),
    "a date before all": (
        lambda d: (
            Forgery().add_project(a_document(created_at="0001-01-01T00:00:00+14:00")).packed()
        ),
        "out of range",
    ),
    "two characters of one name": (
        lambda d: (
            Forgery()
            .add_project(a_document(character_profiles=[{"name": "甲"}, {"name": "甲"}]))
            .packed()
        ),
        "already named",
    ),
    "revisions out of order": (
        lambda d: (
            Forgery()
            .add_project({**DOCUMENT, "version": 3}, **{"revisions.jsonl": _lines(2, 1)})
            .packed()
        ),
        "follow each other",
    ),
    "a revision newer than the project": (
        lambda d: (
            Forgery()
            .add_project({**DOCUMENT, "version": 3}, **{"revisions.jsonl": _lines(3)})
            .packed()
        ),
        "follow each other",
    ),
    "a project twice": (lambda d: _twice_listed(d), ""),
    "one large file again and again": (
        lambda d: _listed_again(Forgery().add("a.txt", bytes(1_000_000)), 900),
        "listed twice",
    ),
    "a project's file again and again": (
        lambda d: _listed_again(Forgery().add_project(a_document()), 900),
        "more files than there are",
    ),
    "a file listed twice, another never": (
        lambda d: _listed_again(Forgery().add("b.txt", b"b").add("a.txt", b"a"), 1, leave=1),
        "listed twice",
    ),
    "more damaged projects than files may be": (
        lambda d: _with_lines([{"project_id": NOBODY, "error": "damaged"}] * 1001),
        "1,000 entries",
    ),
    "a damaged project whose id is a page": (
        lambda d: _with_lines([{"project_id": "<script>", "error": "damaged"}]),
        "cannot be read",
    ),
    "a directory behind a comment and a false end": (
        lambda d: _behind_a_false_end(70_000),
        "1,000 entries",
    ),
    "a million parts": (
        lambda d: Forgery().add_project(a_document(conversation=[0] * 1_000_000)).packed(),
        "250,000 entries",
    ),
    "a portrait that is a script": (
        lambda d: _with_portraits({"version": 1, "image_url": "javascript:alert(1)"}),
        "no history of pictures",
    ),
    "portraits beyond all numbers": (
        lambda d: _with_portraits({"version": 2**64 - 1, "image_url": "/a.png"}),
        "no history of pictures",
    ),
    "portraits of one number": (
        lambda d: _with_portraits(*[{"version": 1, "image_url": "/a.png"}] * 2),
        "no history of pictures",
    ),
    "more tokens than JSON can count": (
        lambda d: _with_usage(tokens_in=2**64 - 1),
        "cannot be used",
    ),
    "fewer attempts than none": (lambda d: _with_usage(attempts=-1), "cannot be used"),
    "more seconds than there were": (lambda d: _with_usage(seconds=1e308), "number"),
}


def _listed_again(forged, times, leave=0):
    forged.lines += forged.lines[-1:] * times
    del forged.lines[1 : 1 + leave]
    return forged.packed()


def _with_lines(lines):
    forged = Forgery()
    forged.lines += lines
    return forged.packed()


def _with_portraits(*versions):
    return Forgery().add_project(a_document(portraits={"甲": list(versions)})).packed()


def _with_usage(**spent):
    entry = {**Usage.of("cast", FAKED).model_dump(), **spent}
    return Forgery().add_project(a_document(usage=[entry])).packed()


def _behind_a_false_end(count):
    """The records of an archive that is too large for the old ones, which tell of three files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(count):
            archive.writestr(str(number), b"")
    packed = bytearray(held.getvalue())
    end, comment = packed.rfind(b"PK\5\6"), 65535
    packed[end + 8 : end + 22] = struct.pack("<HHLLH", 3, 3, 100, 0, comment)
    return bytes(packed) + bytes(comment)


def _lines(*versions):
    return b"\n".join(orjson.dumps({**DOCUMENT, "version": version}) for version in versions)


def _unlisted(data):
    forged = Forgery(data)
    forged.files["more.txt"] = b"x"
    return forged.packed()


def _missing(data):
    forged = Forgery(data)
    del forged.files[media_of(data)]
    return forged.packed()


def _without_manifest(data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in Forgery(data).files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _with_header(data, header):
    forged = Forgery(data)
    forged.lines[0] = header
    return forged.packed()


def _twice_listed(data):
    forged = Forgery(data)
    forged.lines += [{"path": "a.txt", "size": 1, "sha256": hashlib.sha256(b"a").hexdigest()}]
    forged.files["a.txt"] = b"a"
    forged.lines += forged.lines[1:2]
    return forged.packed()


@pytest.mark.parametrize(("forge", "words"), FORGED.values(), ids=list(FORGED))
def test_what_is_not_as_it_should_be_is_refused_and_changes_nothing(here, there, forge, words):
    created(here)
    kept = created(there, 5)
    forged = forge(here.archive())
    before = there.files()
    with pytest.raises(InvalidArchive) as refusal:
        there.take(forged, "replace")
    assert there.files() == before
    assert list(there.store.ids()) == [kept.project_id]
    told = [problem.en for problem in refusal.value.problems]
    assert any(words in text for text in told), told
    assert all(problem.zh for problem in refusal.value.problems)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b"", ""),
        (b"[]", ""),
        (b"null", ""),
        (b'{"data": {"project_name": "x"}}', "user_idea"),
        (b'{"a":' * 2000, ""),
        ("{}".encode("utf-16"), ""),
    ],
    ids=ascii,
)
def test_json_that_is_no_project_is_refused(there, data, field):
    with pytest.raises(InvalidArchive) as refusal:
        there.take(data)
    assert field in [problem.field for problem in refusal.value.problems]
    assert list(there.store.ids()) == []


def test_more_than_the_bounds_is_too_large_and_exactly_so_much_is_not(here, there):
    created(here)
    data = here.archive()
    archive = zipfile.ZipFile(io.BytesIO(data))
    files, size = len(archive.namelist()) - 1, sum(e.file_size for e in archive.infolist())
    for bounds in (Bounds(files=files - 1), Bounds(unpacked=size - 1)):
        with pytest.raises(ArchiveTooLarge):
            there.take(data, bounds=bounds)
    assert there.take(data, bounds=Bounds(files, size)).count("imported") == 1


def test_a_directory_beyond_the_bounds_is_not_even_read():
    forged = _behind_a_false_end(70_000)

    def look():
        with pytest.raises(ArchiveTooLarge):
            ArchiveReader(io.BytesIO(forged), WIDE)

    assert peak_of(look) < 2_000_000


@pytest.mark.parametrize("field", ["conversation", "usage", "portraits"])
def test_what_is_wrong_everywhere_is_told_once(there, field):
    wrong = [{}] * 80_000
    document = a_document(**{field: {"甲": wrong} if field == "portraits" else wrong})
    forged = Forgery().add_project(document).packed()

    def take():
        with pytest.raises(InvalidArchive, match="invalid_archive") as refusal:
            there.take(forged)
        assert 0 < len(refusal.value.problems) <= 20

    assert peak_of(take) < 30_000_000


# --- where the store fails ---


class Failing:
    """A store of which one method fails."""

    def __init__(self, store, method, error, times=1):
        self._store, self._method, self._error, self._left = store, method, error, times

    def __getattr__(self, name):
        if name != self._method:
            return getattr(self._store, name)

        def fail(*arguments, **more):
            self._left -= 1
            if self._left >= 0:
                raise self._error
            return getattr(self._store, name)(*arguments, **more)

        return fail


@pytest.mark.parametrize("error", [StorageUnavailable(), StorageFull()], ids=lambda e: e.code)
def test_a_project_that_cannot_be_stored_is_told_and_the_others_are_there(here, there, error):
    projects = [created(here, n) for n in range(3)]
    data = here.archive([p.project_id for p in projects])
    service = ImportService(Failing(there.store, "adopt", error), there.media, WIDE)
    report = service.run(io.BytesIO(data), "skip", "en")
    failed = [r for r in report.results if r.outcome == "failed"]
    assert [r.reason for r in failed] == [error.message("en")]
    kept = {p.project_id for p in projects} - {failed[0].project_id}
    assert set(there.store.ids()) == kept
    assert there.take(data).count("imported") == 1
    assert there.everything() == here.everything()


def test_no_project_is_there_without_a_picture_that_could_not_be_stored(here, there):
    created(here)
    service = ImportService(there.store, Failing(there.media, "adopt", StorageFull()), WIDE)
    assert service.run(io.BytesIO(here.archive()), "skip", "zh").count("failed") == 1
    assert list(there.store.ids()) == []


def test_a_store_that_fails_on_the_way_leaves_an_archive_that_nobody_takes(here, there):
    projects = [created(here, n) for n in range(3)]
    store = Failing(here.store, "dossier", StorageUnavailable(), times=1)
    sent = []

    def send():
        for piece in ExportService(store, here.media, FakeWriter(), None, {}).archive():
            sent.append(piece)

    with pytest.raises(StorageUnavailable):
        send()
    with pytest.raises(InvalidArchive):
        there.take(b"PK" + b"".join(sent))
    assert len(projects) == 3


def test_an_archive_that_finds_no_room_for_its_notes_says_so(here, monkeypatch):
    created(here)

    def refused(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    with pytest.raises(StorageFull):
        here.archive()


def test_an_archive_that_nobody_reads_to_its_end_lets_go_of_its_files(here):
    for number in range(3):
        created(here, number)
    before = len(os.listdir("/proc/self/fd"))
    pieces = ExportService(here.store, here.media, FakeWriter(), None, {}).archive()
    assert next(pieces)
    assert len(os.listdir("/proc/self/fd")) > before
    pieces.close()
    assert len(os.listdir("/proc/self/fd")) == before


# --- what it costs ---


def peak_of(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_number_of_projects(tmp_path):
    """Forty times as much goes out and in again, in memory for a few projects."""
    peaks = {}
    for count in (2, 80):
        source, target = Place.at(tmp_path / f"{count}"), Place.at(tmp_path / f"{count} in")
        for number in range(count):
            profiles = [{"name": "甲", "image_url": drawn(source, size=200_000)}]
            source.store.create(a_project(number, character_profiles=profiles))
        path = tmp_path / f"{count}.zip"
        service = ExportService(source.store, source.media, FakeWriter(), None, {})

        def export(path=path, service=service):
            with open(path, "wb") as file:
                for piece in service.archive():
                    file.write(piece)

        def take(path=path, target=target):
            with open(path, "rb") as file:
                ImportService(target.store, target.media, Bounds()).run(file, "skip", "en")

        peaks[count] = peak_of(export), peak_of(take)
        assert target.everything() == source.everything()
    assert (tmp_path / "80.zip").stat().st_size > 16_000_000
    assert peaks[80][0] < peaks[2][0] + 1_000_000
    # Up to sixteen projects are under way at once.
    assert peaks[80][1] < peaks[2][1] + 17 * 220_000
