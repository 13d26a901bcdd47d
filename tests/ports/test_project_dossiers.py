"""What every `ProjectStore` keeps to: whole projects, as stores copy them from each other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from src.spark.errors import Conflict, ProjectNotFound, RevisionNotFound
from src.spark.models import ProjectSummary, now
from src.spark.ports import Dossier

from ..samples import BEGINNING, a_project
from .processes import acknowledged_before_kills
from .projects import (
    IMPOSSIBLE_IDS,
    NO_PROJECTS,
    found,
    ids,
    listed,
    named,
    names,
    plain,
    state_of,
    trashed,
    updated,
    with_whole_text,
)
from .stores import LEFTOVERS, PROJECT_STORES


@pytest.fixture
def another(adapter, tmp_path):
    """A store of the same kind, somewhere else."""
    return PROJECT_STORES[adapter](tmp_path / "another")


# --- what there is ---


def test_the_ids_of_all_projects_are_told_in_order_those_in_the_trash_too(store, other):
    projects = [a_project(minute) for minute in range(9)]
    for project in projects:
        store.create(project)
    for project in projects[:4]:
        store.discard(project.project_id)
    store.delete(projects[0].project_id)
    assert list(other.ids()) == sorted(project.project_id for project in projects[1:])


def test_an_empty_store_has_no_ids(store):
    assert list(store.ids()) == []


def test_a_dossier_holds_the_project_with_all_versions_that_are_kept(opened):
    store = opened(revisions=3)
    *_, second, third, fourth, present = updated(store, 5)
    dossier = store.dossier(present.project_id)
    assert dossier == Dossier(present, [second, third, fourth], None)


def test_a_dossier_of_a_project_in_the_trash_says_since_when(store, other):
    first, present = updated(store, 1)
    store.discard(present.project_id)
    (item,) = store.trash(1, 10).items
    assert other.dossier(present.project_id) == Dossier(present, [first], item.deleted_at)


@pytest.mark.parametrize("project_id", NO_PROJECTS.values(), ids=NO_PROJECTS)
def test_there_is_no_dossier_of_nothing(store, project_id):
    with pytest.raises(ProjectNotFound):
        store.dossier(project_id)


def test_there_is_no_dossier_of_what_has_been_in_the_trash_too_long(opened):
    store, strict = opened(trash_days=30), opened(trash_days=0)
    (project,) = updated(store, 0)
    store.discard(project.project_id)
    with pytest.raises(ProjectNotFound):
        strict.dossier(project.project_id)


# --- adopting ---


def test_an_adopted_project_is_the_same_with_its_versions_and_dates(store, another):
    *earlier, present = updated(store, 4, status="draft", created_at=BEGINNING)
    another.adopt(store.dossier(present.project_id))
    assert another.get(present.project_id) == present
    assert another.revisions(present.project_id) == store.revisions(present.project_id)
    for version in earlier:
        assert another.revision(present.project_id, version.version) == version
    assert listed(another, status="draft").items == [ProjectSummary.of(present)]
    assert found(another, "科幻项目") == ["我的科幻项目"]
    assert another.update(present.project_id, named("之后")).version == 6


def test_an_adopted_project_of_the_trash_is_there_since_the_same_moment(store, another):
    first, present = updated(store, 1)
    store.discard(present.project_id)
    another.adopt(store.dossier(present.project_id))
    assert another.trash(1, 10) == store.trash(1, 10)
    assert state_of(another, present.project_id) == "trash"
    assert (listed(another).total, found(another, "科幻项目")) == (0, [])
    assert another.restore(present.project_id) == present
    assert another.revision(present.project_id, 1) == first


@pytest.mark.parametrize("where", ["live", "trash"])
@pytest.mark.parametrize("before", ["live", "trash", "longer"])
def test_what_is_adopted_takes_the_place_of_all_there_was(store, another, where, before):
    first, present = updated(store, 1, project_name="本来")
    project_id = present.project_id
    if where == "trash":
        store.discard(project_id)
    another.create(named("别的灯塔")(first))
    for _ in range(7 if before == "longer" else 1):
        another.update(project_id, named("别的篝火"))
    if before == "trash":
        another.discard(project_id)
    dossier = store.dossier(project_id)
    for _ in range(2):
        another.adopt(dossier)
        assert another.dossier(project_id) == dossier
        assert state_of(another, project_id) == where
        assert list(another.ids()) == [project_id]
        assert found(another, "别的") == []
        shown = names(listed(another)) if where == "live" else trashed(another)
        assert shown == ["本来"]
        assert listed(another).total == (where == "live")
    if where == "trash":
        another.restore(project_id)
    with pytest.raises(RevisionNotFound):
        another.revision(project_id, 7)


@pytest.mark.parametrize("before", ["live", "trash"])
def test_what_may_only_be_new_takes_nobody_s_place(store, other, before):
    first, present = updated(store, 1)
    if before == "trash":
        store.discard(present.project_id)
    kept = store.dossier(present.project_id)
    with pytest.raises(Conflict) as conflict:
        other.adopt(Dossier(named("别的")(first), []), only_new=True)
    assert conflict.value.words == {"version": present.version}
    assert store.dossier(present.project_id) == kept


def test_what_is_new_is_adopted_once_of_many_at_once(store, other, in_threads):
    project = plain()
    told = []

    def work(number):
        try:
            which = (store, other)[number % 2]
            which.adopt(Dossier(named(f"第 {number} 个")(project), []), only_new=True)
        except Conflict:
            return
        told.append(f"第 {number} 个")

    in_threads(6, work)
    assert told == [store.get(project.project_id).project_name]


def test_what_has_been_in_the_trash_too_long_keeps_no_place(opened):
    store, strict = opened(trash_days=30), opened(trash_days=0)
    first, present = updated(store, 1)
    store.discard(present.project_id)
    strict.adopt(Dossier(first, []), only_new=True)
    assert strict.dossier(present.project_id) == Dossier(first, [])


def test_all_a_text_and_a_mapping_may_hold_comes_over(store, another):
    strange = "\x00\x01\x02 \\u0000 \\\x00 \x01\x01\x02 \u2028🎬\"'"
    friends = {"丙": "一", "甲乙": "\x00", "b": "二", "a\x00": "\x01", "aa": "", "": "空"}
    sheets = [{"name": strange, "role": strange, "relationships": friends}]
    faces = {name: [{"version": 1, "image_url": "/a.png"}] for name in ("乙", "甲", "z", "a\x01")}
    project = plain(project_name=strange, character_profiles=sheets, portraits=faces)
    store.create(project)
    another.adopt(store.dossier(project.project_id))
    for which in (store, another):
        held = which.get(project.project_id)
        assert held == project
        assert list(held.character_profiles[0].relationships) == list(friends)
        assert list(held.portraits) == list(faces)


@pytest.mark.parametrize("project_id", IMPOSSIBLE_IDS.values(), ids=IMPOSSIBLE_IDS)
def test_no_id_that_could_never_exist_is_adopted(store, project_id):
    with pytest.raises(ProjectNotFound):
        store.adopt(Dossier(a_project(project_id=project_id), []))
    assert list(store.ids()) == []


def test_of_many_that_adopt_and_update_at_once_none_leaves_a_mixture(store, other, in_threads):
    project = with_whole_text(plain(), 1)
    earlier = [project, with_whole_text(project.model_copy(update={"version": 2}), 2)]
    present = with_whole_text(project.model_copy(update={"version": 3}), 3)
    dossier = Dossier(present, earlier)
    store.adopt(dossier)

    def work(number):
        for _ in range(6):
            if number % 2:
                store.adopt(dossier)
            else:
                other.update(project.project_id, lambda p: with_whole_text(p, p.version + 1))

    in_threads(4, work)
    kept = store.dossier(project.project_id)
    versions = [*kept.revisions, kept.project]
    assert [version.version for version in versions] == list(range(1, len(versions) + 1))
    for version in versions:
        assert version == with_whole_text(version, version.version)
    assert ids(listed(store)) == [project.project_id]


# --- what can go wrong ---


def versions_of(project, count, word):
    """A dossier of so many versions, each of which says `word`."""
    kept = [
        with_whole_text(
            project.model_copy(update={"version": version, "project_name": word}), version, 40
        )
        for version in range(1, count + 1)
    ]
    return Dossier(kept[-1], kept[:-1])


ADOPTING = {
    "files": [
        f"files/folders.py:{name}"
        for name in ("adopt", "_fill", "_settle", "_move", "delete", "mark", "unmark")
    ],
    "postgres": ["postgres/projects.py:adopt", "postgres/changes.py:adopt"],
}
"""Where adopting differs from every other write, whose writers are killed elsewhere."""


def adopt_again_and_again(adapter, place, run, acknowledge):
    """Adopt a project where there was none, then another of its id, then one of the trash."""
    store = PROJECT_STORES[adapter](Path(place))
    project = plain(run % 1000, project_id=str(uuid4()))
    dossiers = {
        "first": versions_of(project, 2, "first"),
        "second": versions_of(project, 4, "second"),
        "third": Dossier(project, [], now() - timedelta(days=1)),
    }
    before = "nothing"
    for name, dossier in dossiers.items():
        acknowledge(f"{project.project_id} {before} {name}")
        store.adopt(dossier)
        acknowledge(f"{project.project_id} {name} {name}")
        before = name


def told_by(store, project_id):
    """Which of the dossiers is there, whole."""
    try:
        dossier = store.dossier(project_id)
    except ProjectNotFound:
        return "nothing"
    if dossier.deleted_at:
        assert dossier.revisions == []
        return "third"
    word = dossier.project.project_name
    assert dossier == versions_of(dossier.project, {"first": 2, "second": 4}[word], word)
    return word


def test_killed_adopters_leave_what_there_was_or_what_they_brought(adapter, place):
    PROJECT_STORES[adapter](place).warm_up()
    said = acknowledged_before_kills(
        adopt_again_and_again, adapter, str(place), 3, *ADOPTING[adapter]
    )
    fates = {line.split()[0]: line.split()[1:] for line in said}
    assert len(fates) > 12
    store = PROJECT_STORES[adapter](place)
    live = ids(store.browse(1, 1000, None, "name"))
    trash = ids(store.trash(1, 1000))
    for project_id, possible in fates.items():
        state = told_by(store, project_id)
        assert state in possible
        assert (project_id in live) == (state in ("first", "second"))
        assert (project_id in trash) == (state == "third")
    assert [path for pattern in LEFTOVERS[adapter] for path in place.glob(pattern)] == []
