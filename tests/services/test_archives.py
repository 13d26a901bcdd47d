"""Projects as an archive, and back: what is kept, and what it costs in memory."""

from __future__ import annotations

import errno
import hashlib
import io
import tempfile
import zipfile

import orjson
import pytest

from src.spark.errors import (
    InvalidArchive,
    ProjectNotFound,
    StorageFull,
    StorageUnavailable,
)
from src.spark.pictures import Picture, picture_name
from src.spark.project_file import SCHEMA_VERSION
from src.spark.services.archive_reader import Bounds
from src.spark.services.exports import ExportService
from src.spark.services.imports import ImportService
from src.spark.services.portraits import image_url

from ..fakes import FakeWriter
from ..samples import FAKED, a_project
from .places import (
    NOBODY,
    PNG,
    WIDE,
    Place,
    created,
    drawn,
    manifest_of,
    peak_of,
    with_fields,
)

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
    """A store in which others do something just after we looked, by one of its methods."""

    def __init__(self, store, looked, happens):
        self._store, self._looked, self._happens = store, looked, [happens]

    def __getattr__(self, name):
        found = getattr(self._store, name)
        return self._overtaken(found) if name == self._looked else found

    def _overtaken(self, look):
        def overtaken(project_id):
            try:
                return look(project_id)
            finally:
                while self._happens:
                    self._happens.pop()()

        return overtaken


@pytest.mark.parametrize("existing", ["skip", "copy", "replace"])
def test_what_somebody_wrote_meanwhile_is_kept(here, there, existing):
    project = created(here)
    data, written = here.archive(), with_fields(project, project_name="刚写好的", version=1)
    store = Overtaken(there.store, "dossier", lambda: there.store.create(written))
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
    store = Overtaken(there.store, "get", lambda: getattr(there.store, way)(project.project_id))
    service = ImportService(store, there.media, WIDE)
    (result,) = service.run(io.BytesIO(data), "replace", "en").results
    assert result.outcome == {"discard": "replaced", "delete": "imported"}[way]
    assert there.store.get(project.project_id).project_name == project.project_name


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


def test_an_archive_that_nobody_reads_to_its_end_lets_go_of_its_files(here, monkeypatch):
    opened = []
    really = tempfile.TemporaryFile

    def remembered(*args, **kwargs):
        opened.append(really(*args, **kwargs))
        return opened[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", remembered)
    for number in range(3):
        created(here, number)
    pieces = ExportService(here.store, here.media, FakeWriter(), None, {}).archive()
    assert next(pieces)
    assert opened
    assert not any(file.closed for file in opened)
    pieces.close()
    assert all(file.closed for file in opened)


# --- what it costs ---


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
