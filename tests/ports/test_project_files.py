"""What is only true of the project store that keeps files: what people find and do in its folder.

How it bears damage is in `test_project_damage.py`.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from src.spark.adapters.files.folders import ProjectFolders
from src.spark.adapters.files.upkeep import Upkeep
from src.spark.errors import ProjectDamaged, ProjectNotFound, StorageFull, StorageUnavailable
from src.spark.models import now
from src.spark.ports import Dossier

from ..samples import a_project
from .folders import (
    assert_lists_say_what_the_files_say,
    edited,
    folder_of,
    project_file,
    without_privileges,
)
from .processes import acknowledged_before_kills, full_disk, spawn
from .projects import (
    everything_below,
    found,
    listed,
    named,
    names,
    plain,
    told,
    trashed,
    updated,
    with_one_project,
    with_text,
    with_whole_text,
)
from .stores import LEFTOVERS, PROJECT_STORES

files_store = PROJECT_STORES["files"]


class Killed(BaseException):
    """Ends whoever it meets."""


@pytest.fixture
def store(place):
    return files_store(place)


@pytest.fixture
def other(place):
    return files_store(place)


# --- what stands in the folder ---


def test_a_project_is_one_json_file_that_anyone_can_read(store, place):
    project = a_project()
    store.create(project)
    text = project_file(place, project).read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["project_name"] == "我的科幻项目"
    assert document["created_at"] == "2024-01-01T00:00:00+00:00"
    assert "我的科幻项目" in text


def test_earlier_versions_stand_beside_the_present_one(store, place):
    project = plain(project_name="一")
    store.create(project)
    for name in ("二", "三"):
        store.update(project.project_id, named(name))
    kept = sorted((folder_of(place, project) / "revisions").iterdir())
    assert [path.name for path in kept] == ["000001.json", "000002.json"]
    assert [json.loads(path.read_bytes())["project_name"] for path in kept] == ["一", "二"]


def test_the_trash_holds_the_whole_folder_and_when_it_came(store, place):
    project = plain()
    store.create(project)
    store.update(project.project_id, named("二"))
    before = everything_below(folder_of(place, project))
    store.discard(project.project_id)
    trash = folder_of(place, project, "trash")
    assert not folder_of(place, project).exists()
    assert everything_below(trash) == sorted([*before, Path("deleted.json")])
    deletion = json.loads((trash / "deleted.json").read_bytes())
    (item,) = store.trash(1, 10).items
    assert item.model_dump(mode="json")["deleted_at"] == deletion["deleted_at"]
    store.restore(project.project_id)
    assert not trash.exists()
    assert everything_below(folder_of(place, project)) == before


def test_nothing_of_a_change_under_way_stays(store, place):
    for number in range(3):
        project = plain(project_name=f"第{number}部")
        store.create(project)
        store.update(project.project_id, with_text("新的。"))
        store.discard(project.project_id)
        if number:
            store.restore(project.project_id)
    store.delete(project.project_id)
    listed(store)
    assert [path for pattern in LEFTOVERS["files"] for path in place.glob(pattern)] == []


def test_strange_things_among_the_projects_are_passed_over(store, place):
    store.create(a_project())
    projects = place / "projects"
    (projects / "README.txt").write_text("not a project")
    (projects / "zz" / "not-an-id").mkdir(parents=True)
    (projects / "zz" / "not-an-id" / "project.json").write_text("{}")
    (projects / "00" / str(uuid4())).mkdir(parents=True)
    (projects / "00" / f"00{str(uuid4())[2:]}").mkdir(parents=True)
    (projects / "ff").write_text("not a folder")
    (place / "trash" / "00" / "lost").mkdir(parents=True)
    for reader in (store, files_store(place)):
        assert names(listed(reader)) == ["我的科幻项目"]
        assert (trashed(reader), reader.damaged()) == ([], [])
        assert reader.reindex() >= 1
        reader.warm_up()
    assert names(listed(store)) == found(store, "科幻") == ["我的科幻项目"]


# --- what is adopted, and half of it done ---


STEPS = {
    # what fails or ends whoever adopts, once the new folder is whole
    "no room": OSError(errno.ENOSPC, "no room"),
    "killed": Killed(),
}


@pytest.fixture
def adopting(store, place, monkeypatch):
    """A call that adopts a dossier, and is broken off before the folder is in its place."""

    def adopt(dossier, failure):
        arrived = place / "projects" / ".arrived"

        def rename(source, target, rename=os.rename):
            if Path(source).is_relative_to(arrived):
                raise failure
            rename(source, target)

        with monkeypatch.context() as patch:
            patch.setattr(os, "rename", rename)
            if isinstance(failure, Killed):  # nothing else is done by the dead
                patch.setattr(ProjectFolders, "unmark", lambda *_: None)
                patch.setattr(Upkeep, "refresh", lambda *_: None)
            with pytest.raises((StorageFull, Killed)):
                store.adopt(dossier)

    return adopt


LOOKS = {
    "get": lambda store, project: store.get(project.project_id).project_name,
    "revision": lambda store, project: store.revision(project.project_id, 8).project_name,
    "revisions": lambda store, project: store.revisions(project.project_id)[0].project_name,
    "dossier": lambda store, project: store.dossier(project.project_id).project.project_name,
    "update": lambda store, project: store.update(project.project_id, lambda p: p).project_name,
    "list": lambda store, project: names(listed(store))[0],
}


@pytest.mark.parametrize("failure", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("before", [True, False], ids=["in place of one", "new"])
def test_what_was_adopted_half_is_brought_to_its_place_by_whoever_looks(
    store, other, place, adopting, failure, look, before
):
    project = plain(project_name="旧")
    if before:
        store.create(project)
    adopted = project.model_copy(update={"project_name": "新", "version": 8})
    adopting(Dossier(adopted, [project]), failure)
    assert list(other.ids()) == [project.project_id]
    assert LOOKS[look](other, project) == "新"
    assert list(other.ids()) == [project.project_id]
    assert names(listed(other)) == found(other, "新") == ["新"]
    assert [r.version for r in other.revisions(project.project_id)][-2:] == [8, 1]
    assert [path for pattern in LEFTOVERS["files"] for path in place.glob(pattern)] == []


def test_what_was_adopted_half_keeps_nobody_from_adopting_again(store, other, place, adopting):
    project = plain(project_name="旧")
    adopted = Dossier(project.model_copy(update={"project_name": "新"}), [])
    for trashed_at in (None, now()):
        adopting(Dossier(project, [], trashed_at), OSError(errno.ENOSPC, "no room"))
        other.adopt(adopted)
        assert other.dossier(project.project_id) == adopted
        assert (names(listed(other)), trashed(other)) == (["新"], [])
    assert [path for pattern in LEFTOVERS["files"] for path in place.glob(pattern)] == []


@pytest.mark.parametrize("fields", [{"version": 3}, {"version": 1}, {"project_id": str(uuid4())}])
def test_a_revision_that_is_another_one_is_left_out_and_named(store, place, caplog, fields):
    project = plain(project_name="一")
    store.create(project)
    for name in ("二", "三"):
        store.update(project.project_id, named(name))
    path = folder_of(place, project) / "revisions" / "000002.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **fields}), encoding="utf-8")
    assert [r.version for r in store.revisions(project.project_id)] == [3, 1]
    assert store.dossier(project.project_id).revisions == [project]
    assert f"{project.project_id}, version 2" in caplog.text


# --- what is done by hand ---


def test_a_folder_that_was_copied_in_is_noticed(store, other, place):
    project = told("灯塔。", project_name="原件")
    store.create(project)
    assert names(listed(other)) == ["原件"]
    copy = project.model_copy(update={"project_id": str(uuid4())})
    shutil.copytree(folder_of(place, project), folder_of(place, copy))
    edited(place, copy, project_id=copy.project_id, project_name="副本")
    for reader in (store, other):
        assert sorted(names(listed(reader))) == sorted(found(reader, "灯塔")) == ["副本", "原件"]
        assert listed(reader).total == 2
        assert found(reader, "副本") == ["副本"]
    assert store.update(copy.project_id, with_text("篝火。")).version == 2
    assert (found(other, "灯塔"), found(other, "篝火")) == (["原件"], ["副本"])


def test_a_folder_that_was_taken_out_by_hand_is_noticed_and_so_is_its_return(
    store, other, place, tmp_path
):
    project = told("灯塔。")
    store.create(project)
    store.update(project.project_id, named("第二版"))
    assert names(listed(other)) == ["第二版"]
    folder = folder_of(place, project)
    for _ in range(3):
        shutil.move(folder, tmp_path / "elsewhere")
        for reader in (store, other):
            assert names(listed(reader)) == found(reader, "灯塔") == []
            assert listed(reader).total == 0
            with pytest.raises(ProjectNotFound):
                reader.get(project.project_id)
        shutil.copytree(tmp_path / "elsewhere", folder)
        shutil.rmtree(tmp_path / "elsewhere")
        for reader in (store, other):
            assert names(listed(reader)) == found(reader, "灯塔") == ["第二版"]
    assert [r.version for r in store.revisions(project.project_id)] == [2, 1]


def test_an_older_copy_put_back_in_a_projects_place_is_what_lists_show(store, place, tmp_path):
    project = told("旧的篝火。", project_name="旧")
    store.create(project)
    shutil.copytree(folder_of(place, project), tmp_path / "copy")
    store.update(project.project_id, lambda p: named("新")(with_text("灯塔。")(p)))
    assert names(listed(store)) == ["新"]
    shutil.rmtree(folder_of(place, project))
    shutil.copytree(tmp_path / "copy", folder_of(place, project))
    assert names(listed(store)) == ["旧"]
    assert (found(store, "篝火"), found(store, "灯塔")) == (["旧"], [])
    assert store.get(project.project_id) == project


def test_a_copy_that_still_says_the_id_of_another_is_never_taken_for_it(store, place):
    project, copy = plain(project_name="原件"), plain()
    store.create(project)
    shutil.copytree(folder_of(place, project), folder_of(place, copy))
    assert names(listed(store)) == found(store, "原件") == ["原件"]
    for attempt in (store.get, lambda copied: store.update(copied, named("改"))):
        with pytest.raises(ProjectDamaged):
            attempt(copy.project_id)
    assert store.damaged() == [copy.project_id]
    assert store.get(project.project_id) == project
    store.delete(copy.project_id)
    assert store.get(project.project_id) == project
    assert store.damaged() == []


def test_a_name_edited_by_hand_is_shown_and_found(store, other, place):
    project, neighbour = plain(1, project_name="旧名"), plain(2, project_name="邻居")
    store.create(project)
    store.create(neighbour)
    assert names(listed(other)) == ["邻居", "旧名"]
    edited(place, project, project_name="新名", status="archived")
    for reader in (other, store):
        assert names(listed(reader)) == ["邻居", "新名"]
        assert (found(reader, "新名"), found(reader, "旧名")) == (["新名"], [])
        assert names(listed(reader, status="archived")) == ["新名"]
        assert reader.get(project.project_id).project_name == "新名"


@pytest.mark.parametrize("look", ["warm_up", "list"])
def test_a_text_edited_by_hand_is_found_once_somebody_looked(store, other, place, look):
    project = told("旧的篝火。", project_name="一")
    store.create(project)
    assert found(other, "篝火") == ["一"]
    outline = {"title": "题", "narrative_text": "新的灯塔。"}
    edited(place, project, story_outline=outline)
    if look == "warm_up":
        other.warm_up()
    else:
        listed(other)
    for reader in (other, store):
        assert (found(reader, "篝火"), found(reader, "灯塔")) == ([], ["一"])


def test_a_search_never_shows_a_project_for_words_that_were_taken_out_by_hand(store, place):
    project = told("旧的篝火。", project_name="一")
    store.create(project)
    edited(place, project, story_outline={"title": "题", "narrative_text": "新的灯塔。"})
    assert (found(store, "篝火"), store.search("篝火", 1, 10).total) == ([], 0)
    assert found(store, "灯塔") == ["一"]


def test_a_folder_moved_into_the_trash_by_hand_can_be_restored(store, other, place):
    project = told("灯塔。", project_name="一")
    store.create(project)
    assert names(listed(other)) == ["一"]
    trash = folder_of(place, project, "trash")
    trash.parent.mkdir(parents=True)
    folder_of(place, project).rename(trash)
    for reader in (store, other):
        assert (names(listed(reader)), found(reader, "灯塔"), trashed(reader)) == ([], [], ["一"])
    assert other.restore(project.project_id) == project
    assert (names(listed(store)), found(store, "灯塔"), trashed(store)) == (["一"], ["一"], [])


def test_what_changed_while_nobody_looked_is_found_by_warming_up_alone(place):
    store = files_store(place, notice_seconds=10**6)
    project, edit = plain(1, project_name="一"), plain(2, project_name="二")
    for each in (project, edit):
        store.create(each)
    assert names(listed(store)) == ["二", "一"]
    copy = project.model_copy(update={"project_id": str(uuid4())})
    shutil.copytree(folder_of(place, project), folder_of(place, copy))
    edited(place, copy, project_id=copy.project_id, project_name="副本")
    shutil.rmtree(folder_of(place, project))
    edited(place, edit, story_outline={"title": "题", "narrative_text": "灯塔。"})
    store.warm_up()
    assert sorted(names(listed(store))) == ["二", "副本"]
    assert found(store, "灯塔") == ["二"]
    assert_lists_say_what_the_files_say(store, place)


# --- building the index anew ---


def work_on_projects(store, number):
    """Create, change, discard, restore and delete some projects."""
    for turn in range(8):
        projects = [plain(project_name=f"第{number}-{turn}-{n}部") for n in range(2)]
        for project in projects:
            store.create(project)
        first, second = (project.project_id for project in projects)
        store.update(first, named(f"改过的第{number}-{turn}部"))
        store.discard(second)
        if turn % 3 == 1:
            store.restore(second)
        elif turn % 3 == 2:
            store.delete(second)


def test_a_reindex_says_how_far_it_is_and_how_many_there_were(store, place):
    for number in range(7):
        store.create(plain(project_name=f"第{number}部"))
    told = []
    assert store.reindex(lambda done, total: told.append((done, total))) == 7
    assert told == sorted(told)
    assert told[-1] == (7, 7)
    assert_lists_say_what_the_files_say(store, place)
    assert files_store(place).reindex() == 7


def test_what_is_changed_in_the_middle_of_a_reindex_is_in_the_new_index(store, other, place):
    projects = [plain(project_name=f"第{number}部") for number in range(12)]
    for project in projects:
        store.create(project)
    live = [project.project_id for project in projects]

    def change(done, total):
        other.discard(live.pop())
        for project_id in live:
            other.update(project_id, named(f"改到{done}的一部"))
        other.create(plain(project_name=f"{done}之后的一部"))
        assert_lists_say_what_the_files_say(other, place)  # from the old index

    store.reindex(change)
    assert 0 < len(live) < 12
    assert store.search("改到", 1, 100).total == len(live)  # before any list looks at the files
    assert_lists_say_what_the_files_say(store, place)
    assert_lists_say_what_the_files_say(other, place)


def test_a_reindex_while_threads_write_loses_nothing(store, other, place, in_threads):
    def work(number):
        if number == 0:
            for _ in range(6):
                store.reindex()
        else:
            work_on_projects(store if number == 1 else other, number)

    in_threads(3, work)
    for reader in (store, other, files_store(place)):
        assert_lists_say_what_the_files_say(reader, place)
    assert len(listed(store).items) == 2 * 8 + 2 * 3
    assert [path for pattern in LEFTOVERS["files"] for path in place.glob(pattern)] == []


def work_or_reindex(number, place):
    store = files_store(Path(place))
    if number == 0:
        return [store.reindex() for _ in range(8)]
    return work_on_projects(store, number)


def test_a_reindex_while_processes_write_loses_nothing(store, place, in_processes):
    in_processes(work_or_reindex, str(place))
    assert_lists_say_what_the_files_say(store, place)
    assert len(listed(store).items) == 2 * 8 + 2 * 3


def reindex_until_killed(adapter, place, run, acknowledge):
    acknowledge("begun")
    files_store(Path(place)).reindex()
    acknowledge("done")


def test_a_killed_reindex_leaves_lists_that_are_right(place):
    for number in range(3):
        files_store(place).create(plain(project_name=f"第{number}部"))
    code = f"files{os.sep}index.py"
    said = acknowledged_before_kills(reindex_until_killed, "files", str(place), 3, code)
    assert said.count("begun") > 40
    store = files_store(place)
    assert len(listed(store).items) == 3
    assert_lists_say_what_the_files_say(store, place)
    store.reindex()
    assert_lists_say_what_the_files_say(store, place)
    (index,) = place.glob("index-*.sqlite")
    assert (place / "index.sqlite").resolve() == index.resolve()


def create_a_long_conversation(place):
    """Its process is at its end while the index is still built of what it wrote."""
    said = {"role": "user", "content": "…", "timestamp": now()}
    files_store(Path(place)).create(a_project(conversation=[said] * 60_000))


def test_a_process_that_ends_while_its_index_is_built_ends_well(place):
    process = spawn.Process(target=create_a_long_conversation, args=(place,))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert listed(files_store(place)).total == 1


# --- no room, no right ---


def fill_the_disk_beside_the_index(number, place):
    """Write projects that fit where the index has no room to follow."""
    place = Path(place) / str(number)
    store = files_store(place)
    names = ["改", "弃", "删", "留"]
    projects = [plain(minute, project_name=name) for minute, name in enumerate(names)]
    for project in projects:
        store.create(project)
    changed, discarded, deleted, _ = (project.project_id for project in projects)
    created = plain(9, project_name="新")
    with full_disk(8192):
        store.create(created)
        store.update(changed, named("改过"))
        store.discard(discarded)
        store.delete(deleted)
        assert store.get(created.project_id) == created
        assert store.get(changed).project_name == "改过"
        for project_id in (discarded, deleted):
            with pytest.raises(ProjectNotFound):
                store.get(project_id)
        with suppress(StorageUnavailable):
            assert listed(store).total >= 3  # as they were, or as they are
    assert [item.project_name for item in listed(store).items] == ["新", "留", "改过"]
    assert (found(store, "改过"), trashed(store)) == (["改过"], ["弃"])
    assert_lists_say_what_the_files_say(store, place)
    assert_lists_say_what_the_files_say(files_store(place), place)
    return [str(path) for pattern in LEFTOVERS["files"] for path in place.glob(pattern)]


def test_what_is_acknowledged_is_kept_where_the_index_cannot_follow(tmp_path, in_processes):
    assert in_processes(fill_the_disk_beside_the_index, str(tmp_path)) == [[], [], []]


def read_on_a_full_disk(number, place):
    """Where nothing at all can be written, everything can be read."""
    place = Path(place) / str(number)
    store = files_store(place)
    project, discarded = told("灯塔。", project_name="一"), plain(project_name="弃")
    for each in (project, discarded):
        store.create(each)
    store.discard(discarded.project_id)
    for _ in range(2):
        assert names(listed(store)) == ["一"]
    with full_disk(0):
        assert store.get(project.project_id) == project
        assert names(listed(store)) == found(store, "灯塔") == ["一"]
        assert trashed(store) == ["弃"]
        with pytest.raises(StorageFull):
            store.create(plain())
        with pytest.raises(StorageFull):
            store.update(project.project_id, named("二"))
        assert names(listed(store)) == ["一"]
        assert store.get(project.project_id) == project
    store.update(project.project_id, named("二"))
    assert names(listed(store)) == ["二"]


def test_lists_are_shown_where_there_is_no_room_left_at_all(tmp_path, in_processes):
    in_processes(read_on_a_full_disk, str(tmp_path))


def test_a_folder_that_may_only_be_read_is_said_and_its_projects_are_still_told(
    store, place, tmp_path
):
    project = plain(project_name="一")
    store.create(project)
    assert names(listed(store)) == ["一"]
    before = {path: path.read_bytes() for path in place.rglob("project.json")}
    paths = [place, *place.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths if not path.is_symlink()}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)

    def look():
        reader = files_store(place)
        assert reader.get(project.project_id) == project
        attempts = [
            reader.check,
            lambda: reader.create(plain()),
            lambda: reader.update(project.project_id, named("二")),
            lambda: reader.discard(project.project_id),
            lambda: reader.delete(project.project_id),
        ]
        for attempt in attempts:
            with pytest.raises(StorageUnavailable):
                attempt()
        with suppress(StorageUnavailable):  # the index may not be readable without writing
            assert names(listed(reader)) == ["一"]

    try:
        without_privileges(look)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    assert {path: path.read_bytes() for path in place.rglob("project.json")} == before
    store.update(project.project_id, named("二"))
    assert names(listed(files_store(place))) == ["二"]


# --- no room, and no place ---


def fill_the_disk(number, place):
    """What a store does on a full disk, and after there is room again."""
    place = Path(place) / str(number)
    store = files_store(place)
    kept, refused = a_project(project_name="留下"), with_whole_text(a_project(), 1)
    store.create(kept)
    store.check()
    before = everything_below(place)
    with full_disk():
        with pytest.raises(StorageFull):
            store.create(refused)
        with pytest.raises(StorageFull):
            store.update(kept.project_id, lambda p: with_whole_text(p, 2))
        assert store.get(kept.project_id) == kept
        assert [r.version for r in store.revisions(kept.project_id)] == [1]
        assert names(listed(store)) == ["留下"]
    left = [place / path for path in everything_below(place) if path not in before]
    assert [path for path in left if path.is_file() and path.stat().st_size] == []
    with pytest.raises(ProjectNotFound):
        store.get(refused.project_id)
    store.create(refused)
    store.update(kept.project_id, lambda p: with_whole_text(p, 2))
    assert store.revision(kept.project_id, 1) == kept
    return listed(store).total


def test_a_full_disk_is_said_and_changes_nothing(tmp_path, in_processes):
    assert in_processes(fill_the_disk, str(tmp_path)) == [2, 2, 2]


def test_a_place_that_cannot_be_used_is_said_by_every_method(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = files_store(tmp_path / "file")
    project = a_project()
    for attempt in (
        store.check,
        lambda: store.create(project),
        *with_one_project(store, project.project_id),
        lambda: listed(store),
        lambda: store.search("太空", 1, 10),
        lambda: store.trash(1, 10),
    ):
        with pytest.raises(StorageUnavailable):
            attempt()
    assert (tmp_path / "file").read_text() == "in the way"


def fill_the_disk_at_an_update(number, place):
    store = files_store(Path(place) / str(number))
    states = updated(store, 2)
    project_id = states[0].project_id
    before = store.revisions(project_id)
    for room in (0, 512, 4096):
        with full_disk(room), pytest.raises(StorageFull):
            store.update(project_id, lambda p: with_whole_text(p, 4))
        assert store.get(project_id) == states[-1]
        assert store.revisions(project_id) == before
        assert [store.revision(project_id, state.version) for state in states] == states
    store.update(project_id, named("之后"))
    return [r.version for r in store.revisions(project_id)]


def test_a_full_disk_at_an_update_leaves_project_and_revisions_as_they_were(tmp_path, in_processes):
    left = in_processes(fill_the_disk_at_an_update, str(tmp_path))
    assert left == [[4, 3, 2, 1]] * 3
