"""How the project store that keeps files bears damage: of a project's file, and of its index."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import shutil
import sqlite3
from pathlib import Path
from random import Random

import pytest

from src.spark.adapters.files.folders import ProjectFolders
from src.spark.errors import (
    IndexBuilding,
    ProjectDamaged,
    ProjectNotFound,
    StorageUnavailable,
)

from ..samples import a_project
from .folders import assert_lists_say_what_the_files_say, edited, folder_of, project_file
from .projects import found, listed, named, names, plain, trashed
from .stores import LEFTOVERS, PROJECT_STORES

files_store = PROJECT_STORES["files"]


@pytest.fixture
def store(place):
    return files_store(place)


# --- of a project's file ---

DAMAGE = {
    "empty": b"",
    "half": b'{"project_id": "0b8',
    "another shape": b'{"schema_version": 1, "project_id": 5}',
    "a list": b"[]",
    "null": b"null",
    "bytes": bytes(range(256)),
    "nested": b"[" * 100_000,
    "zeros": bytes(4096),
}
STRANGE = ["a folder", "a circle", "another project"]


def damage(place, project, how, part="projects"):
    """Damage the file of `project`; returns what stood there before."""
    path = project_file(place, project, part)
    before = path.read_bytes()
    path.unlink()
    if how == "a folder":
        path.mkdir()
    elif how == "a circle":
        path.symlink_to(path.name)
    elif how == "another project":
        path.write_bytes(before.replace(project.project_id.encode(), b"0" * 36))
    else:
        path.write_bytes(DAMAGE[how])
    return before


def mend(place, project, content):
    path = project_file(place, project)
    path.rmdir() if path.is_dir() else path.unlink()
    path.write_bytes(content)


def warnings_of(caplog, project):
    """The lines of the log that speak of `project`."""
    messages = (record.getMessage() for record in caplog.records)
    return [message for message in messages if project.project_id in message]


@pytest.mark.parametrize("how", [*DAMAGE, *STRANGE])
def test_a_damaged_file_never_breaks_a_list_or_a_search(store, place, how):
    whole, broken = a_project(project_name="完好"), a_project(project_name="损坏")
    store.create(whole)
    store.create(broken)
    assert listed(store).total == 2
    damage(place, broken, how)
    for reader in (store, files_store(place)):
        assert names(listed(reader)) == found(reader, "太空") == ["完好"]
        assert listed(reader).total == reader.search("太空", 1, 10).total == 1
        assert reader.damaged() == [broken.project_id]
        for attempt in (reader.get, reader.revisions):
            with pytest.raises(ProjectDamaged):
                attempt(broken.project_id)
        with pytest.raises(ProjectDamaged):
            reader.update(broken.project_id, named("新"))
        reader.reindex()
        assert names(listed(reader)) == ["完好"]
        assert reader.damaged() == [broken.project_id]


@pytest.mark.parametrize("how", ["half", "a folder", "a circle"])
def test_a_damage_is_logged_once_and_named_until_it_is_mended(store, place, how, caplog):
    project, neighbour = plain(project_name="损坏"), plain(project_name="完好")
    store.create(project)
    store.create(neighbour)
    for times in (1, 2):
        content = damage(place, project, how)
        for reader in (store, files_store(place)):
            for _ in range(3):
                assert names(listed(reader)) == found(reader, "完好") == ["完好"]
                assert reader.damaged() == [project.project_id]
            reader.warm_up()
        assert len(warnings_of(caplog, project)) == times
        mend(place, project, content)
        for reader in (store, files_store(place)):
            assert sorted(names(listed(reader))) == ["完好", "损坏"]
            assert found(reader, "损坏") == ["损坏"]
            assert reader.damaged() == []
    assert store.get(project.project_id) == project
    assert warnings_of(caplog, neighbour) == []
    loud = [r for r in caplog.records if r.name.startswith("spark") and r.levelno > logging.INFO]
    assert {r.levelname for r in loud} == {"WARNING"}


@pytest.mark.parametrize("how", [*DAMAGE, *STRANGE])
def test_a_damaged_project_can_be_deleted(store, place, how):
    project = a_project()
    store.create(project)
    damage(place, project, how)
    assert listed(store).total == 0
    store.delete(project.project_id)
    assert store.damaged() == []
    assert not folder_of(place, project).exists()
    with pytest.raises(ProjectNotFound):
        store.get(project.project_id)


@pytest.mark.parametrize("how", [*DAMAGE, *STRANGE])
def test_a_damaged_project_can_go_to_the_trash_and_come_back_to_be_mended(store, place, how):
    project, neighbour = a_project(project_name="损坏"), a_project(project_name="完好")
    store.create(project)
    store.create(neighbour)
    store.discard(neighbour.project_id)
    content = damage(place, project, how)
    store.discard(project.project_id)
    assert folder_of(place, project, "trash").exists()
    assert not folder_of(place, project).exists()
    assert (names(listed(store)), trashed(store)) == ([], ["完好"])
    with pytest.raises(ProjectNotFound):
        store.get(project.project_id)
    with contextlib.suppress(ProjectDamaged):  # it is back, and that is all there is to tell
        store.restore(project.project_id)
    assert store.damaged() == [project.project_id]
    with pytest.raises(ProjectDamaged):
        store.get(project.project_id)
    mend(place, project, content)
    assert store.get(project.project_id) == project
    assert names(listed(store)) == ["损坏"]


def test_a_project_damaged_in_the_trash_can_be_deleted_from_there(store, place):
    project = plain()
    store.create(project)
    store.discard(project.project_id)
    damage(place, project, "half", "trash")
    assert trashed(store) == []
    store.delete(project.project_id)
    assert not folder_of(place, project, "trash").exists()
    assert store.damaged() == []


def test_a_damaged_revision_hides_nothing_else(store, place):
    project = plain(project_name="一")
    store.create(project)
    for name in ("二", "三"):
        store.update(project.project_id, named(name))
    (folder_of(place, project) / "revisions" / "000002.json").write_bytes(b"{")
    with pytest.raises(ProjectDamaged):
        store.revision(project.project_id, 2)
    assert store.revision(project.project_id, 1) == project
    assert store.get(project.project_id).project_name == "三"
    assert store.update(project.project_id, named("四")).version == 4
    assert names(listed(store)) == ["四"]
    assert store.damaged() == []


# --- of the index ---


def index_of(place):
    """The file of the present index."""
    return (place / "index.sqlite").resolve()


def remove_index(place):
    for path in place.glob("index*"):
        path.unlink()


def without_log(place):
    for path in place.glob("index-*.sqlite-*"):
        path.unlink()


def overwrite(place, data, at=0):
    with open(index_of(place), "r+b") as file:
        file.seek(at)
        file.write(data)


def truncate(place, part):
    path = index_of(place)
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.truncate(int(size * part))


def of_version(place, version):
    with contextlib.closing(sqlite3.connect(index_of(place))) as connection:
        connection.execute(f"pragma user_version = {version}")


def in_its_place(place, put):
    (place / "index.sqlite").unlink()
    put(place / "index.sqlite")


def settled(damaging):
    """`damaging` an index whose log was written back into it."""

    def whole(place):
        with contextlib.closing(sqlite3.connect(index_of(place))) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
        without_log(place)
        damaging(place)

    return whole


NOISE = Random(5).randbytes(400_000)
INDEX_DAMAGE = {
    "no index": remove_index,
    "no link": lambda place: (place / "index.sqlite").unlink(),
    "a link to nothing": lambda place: index_of(place).unlink(),
    "a circle": lambda place: in_its_place(place, lambda path: path.symlink_to(path.name)),
    "a folder": lambda place: in_its_place(place, Path.mkdir),
    "text": lambda place: in_its_place(place, lambda path: path.write_text("hello")),
    "empty": settled(lambda place: truncate(place, 0)),
    "a half": settled(lambda place: truncate(place, 0.5)),
    "a half beside its log": lambda place: truncate(place, 0.5),
    "no log": without_log,
    "noise": settled(lambda place: overwrite(place, NOISE)),
    "noise beside its log": lambda place: overwrite(place, NOISE),
    "noise after its head": settled(lambda place: overwrite(place, NOISE, at=4096)),
    "an older version": lambda place: of_version(place, 0),
    "a later version": lambda place: of_version(place, 999),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A folder with some projects, some of them changed and some in the trash; to be copied."""
    place = tmp_path_factory.mktemp("library") / "data"
    store = files_store(place)
    projects = [plain(minute, project_name=f"第{minute}部") for minute in range(7)]
    for project in projects:
        store.create(project)
    for project in projects[:3]:
        store.update(project.project_id, named(f"改过的{project.project_name}"))
    for project in projects[2:4]:
        store.discard(project.project_id)
    assert len(listed(store).items) == 5
    assert_lists_say_what_the_files_say(store, place)
    return place


@pytest.fixture
def copied(library, place):
    """The place of a copy that nobody has opened yet."""
    shutil.copytree(library, place, symlinks=True)
    return place


def test_a_copy_of_the_whole_folder_is_a_store_of_its_own(copied, library):
    store = files_store(copied)
    assert_lists_say_what_the_files_say(store, copied)
    store.create(plain(project_name="只在这里的一部"))
    assert_lists_say_what_the_files_say(store, copied)
    assert_lists_say_what_the_files_say(files_store(library), library)


@pytest.mark.parametrize("how", INDEX_DAMAGE)
def test_lists_are_right_again_by_themselves_whatever_became_of_the_index(copied, how):
    INDEX_DAMAGE[how](copied)
    store = files_store(copied)
    assert_lists_say_what_the_files_say(store, copied)
    store.create(plain(project_name="之后的一部"))
    for reader in (store, files_store(copied)):
        assert_lists_say_what_the_files_say(reader, copied)
        assert listed(reader).total == 6
    assert [path for pattern in LEFTOVERS["files"] for path in copied.glob(pattern)] == []


@pytest.mark.parametrize("how", ["no index", "noise", "a folder"])
@pytest.mark.parametrize("first", ["create", "update", "discard", "restore", "delete", "warm_up"])
def test_a_change_does_not_wait_for_an_index_and_is_in_the_next_one(copied, how, first):
    INDEX_DAMAGE[how](copied)
    store = files_store(copied)
    live = next(copied.glob("projects/*/*/project.json")).parent.name
    trash = next(copied.glob("trash/*/*/project.json")).parent.name
    steps = {
        "create": lambda: store.create(plain(project_name="新的一部")),
        "update": lambda: store.update(live, named("改的一部")),
        "discard": lambda: store.discard(live),
        "restore": lambda: store.restore(trash),
        "delete": lambda: store.delete(live),
        "warm_up": store.warm_up,
    }
    steps[first]()
    assert_lists_say_what_the_files_say(store, copied)
    assert_lists_say_what_the_files_say(files_store(copied), copied)


def test_an_index_deleted_under_an_open_store_is_built_anew(copied):
    store, other = files_store(copied), files_store(copied)
    for reader in (store, other):
        assert_lists_say_what_the_files_say(reader, copied)
    for number in range(3):
        remove_index(copied)
        assert_lists_say_what_the_files_say(store, copied)
        other.create(plain(project_name=f"之后的第{number}部"))
        assert_lists_say_what_the_files_say(other, copied)
        assert_lists_say_what_the_files_say(store, copied)


def test_an_index_from_before_the_last_changes_catches_up(copied, tmp_path):
    shutil.copytree(copied, tmp_path / "before", symlinks=True)
    store = files_store(copied)
    *_, first, second = (path.parent.name for path in copied.glob("projects/*/*/project.json"))
    trash = next(copied.glob("trash/*/*/project.json")).parent.name
    store.create(plain(project_name="之后的一部"))
    store.update(first, named("改过的一部"))
    store.discard(second)
    store.restore(trash)
    assert_lists_say_what_the_files_say(store, copied)
    del store
    remove_index(copied)
    for path in (tmp_path / "before").glob("index*"):
        shutil.copy2(path, copied, follow_symlinks=False)
    store = files_store(copied)
    store.warm_up()
    assert_lists_say_what_the_files_say(store, copied)


def look_for_the_index(number, place):
    assert_lists_say_what_the_files_say(files_store(Path(place)), Path(place))


@pytest.mark.parametrize("how", ["no index", "noise", "an older version"])
def test_processes_that_miss_the_index_at_once_all_get_right_lists(copied, how, in_processes):
    INDEX_DAMAGE[how](copied)
    in_processes(look_for_the_index, str(copied))
    assert_lists_say_what_the_files_say(files_store(copied), copied)
    (index,) = copied.glob("index-*.sqlite")
    assert index == index_of(copied)


def test_where_no_index_can_be_built_lists_say_so_and_projects_are_told(copied):
    remove_index(copied)
    locks = copied / "projects" / ".locks"
    shutil.rmtree(locks)
    locks.write_text("in the way")
    store = files_store(copied)
    for attempt in (lambda: listed(store), lambda: found(store, "部"), lambda: trashed(store)):
        with pytest.raises(StorageUnavailable):
            attempt()
    live = next(copied.glob("projects/*/*/project.json")).parent.name
    assert store.get(live).project_id == live
    locks.unlink()
    assert_lists_say_what_the_files_say(store, copied)


def test_who_asks_for_a_damaged_project_has_it_named(store, place):
    project = plain()
    store.create(project)
    assert store.damaged() == []
    file = project_file(place, project)
    file.write_text("{")  # in place: the dates of no folder tell of it
    assert store.damaged() == []
    with pytest.raises(ProjectDamaged):
        store.get(project.project_id)
    assert store.damaged() == [project.project_id]


def test_a_folder_whose_file_cannot_be_looked_at_is_not_cleared_away(store, place, monkeypatch):
    project = plain()
    store.create(project)
    (place / "projects" / ".changing" / project.project_id).touch()  # a writer died
    file = str(project_file(place, project))
    look = os.lstat

    def fails(path, *arguments, **keywords):
        if str(path) == file:
            raise OSError(errno.EIO, "passing")
        return look(path, *arguments, **keywords)

    with monkeypatch.context() as disk:
        disk.setattr(os, "lstat", fails)
        listed(store)
    assert store.get(project.project_id) == project
    assert names(listed(store)) == [project.project_name]


@pytest.mark.parametrize("field", ["created_at", "updated_at"])
def test_a_date_written_without_its_offset_is_one_in_utc(store, place, field):
    project, neighbour = plain(project_name="手改"), plain(project_name="完好")
    store.create(project)
    store.create(neighbour)
    edited(place, project, **{field: "2024-01-01T08:00:00"})
    store.warm_up()
    assert sorted(names(listed(store))) == ["完好", "手改"]
    told = getattr(store.get(project.project_id), field)
    assert told.isoformat() == "2024-01-01T08:00:00+00:00"


@pytest.mark.parametrize("date", ["2024-01-01", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
def test_an_odd_date_in_the_trash_breaks_no_list(store, place, date):
    project = plain()
    store.create(project)
    store.discard(project.project_id)
    note = folder_of(place, project, "trash") / "deleted.json"
    note.write_text(json.dumps({"deleted_at": date}))
    for reader in (store, files_store(place, trash_days=3650)):
        reader.reindex()
        assert reader.trash(1, 10).total <= 1
        assert listed(reader).total == 0


def test_what_was_taken_away_while_nobody_looked_is_in_no_list(store, place):
    projects = [plain(project_name=f"第{number}部") for number in range(40)]
    for project in projects:
        store.create(project)
    store.warm_up()
    for project in projects[5:]:
        shelf = folder_of(place, project).parent
        if shelf.name not in {kept.project_id[:2] for kept in projects[:5]}:
            shutil.rmtree(shelf, ignore_errors=True)
    fresh = files_store(place, notice_seconds=3600)
    fresh.warm_up()
    assert_lists_say_what_the_files_say(fresh, place)
    again = files_store(place)
    assert_lists_say_what_the_files_say(again, place)


def test_an_index_that_cannot_be_built_says_so(place, monkeypatch):
    def breaks(self, mark):
        raise RuntimeError("unforeseen")

    files_store(place).create(plain())
    (place / "index.sqlite").unlink()
    with monkeypatch.context() as code:
        code.setattr(ProjectFolders, "on_shelf", breaks)
        with pytest.raises(StorageUnavailable) as failure:
            listed(files_store(place))
        assert not isinstance(failure.value, IndexBuilding)
    assert listed(files_store(place)).total == 1
