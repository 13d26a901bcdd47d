"""What every `ProjectStore` keeps to: the earlier versions of a project."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from src.spark.errors import Conflict, ProjectNotFound, RevisionNotFound

from ..samples import a_project
from .projects import (
    NO_PROJECTS,
    listed,
    named,
    names,
    updated,
    with_event,
    with_text,
    with_whole_text,
)
from .stores import PROJECT_STORES


def versions(store, project):
    return [revision.version for revision in store.revisions(project.project_id)]


def test_a_new_project_has_one_version_the_present_one(store):
    project = a_project(status="draft")
    store.create(project)
    (present,) = store.revisions(project.project_id)
    assert present.model_dump() == {
        "version": 1,
        "updated_at": project.updated_at,
        "project_name": "我的科幻项目",
        "status": "draft",
        "changed": [],
    }
    assert store.revision(project.project_id, 1) == project


def test_every_update_keeps_the_version_before_it_whole(store, other):
    states = updated(store, 7)
    project_id = states[0].project_id
    assert versions(other, states[0]) == [8, 7, 6, 5, 4, 3, 2, 1]
    assert [other.revision(project_id, state.version) for state in states] == states
    told = [(r.version, r.updated_at, r.project_name) for r in other.revisions(project_id)]
    assert told == [(s.version, s.updated_at, s.project_name) for s in reversed(states)]


def test_each_revision_names_the_fields_that_its_update_changed(store):
    project = a_project(status="draft")
    store.create(project)
    for change in (
        named("新名字"),
        with_text("新的故事。"),
        lambda p: named("又一个")(with_event("又一件")(p)),
        lambda p: p.model_copy(update={"status": "approved", "character_profiles": []}),
        lambda p: p,
    ):
        store.update(project.project_id, change)
    told = [(r.project_name, r.status, set(r.changed)) for r in store.revisions(project.project_id)]
    assert told == [
        ("又一个", "approved", set()),
        ("又一个", "approved", {"status", "character_profiles"}),
        ("又一个", "draft", {"project_name", "user_idea"}),
        ("新名字", "draft", {"story_outline"}),
        ("新名字", "draft", {"project_name"}),
        ("我的科幻项目", "draft", set()),
    ]


def test_only_so_many_earlier_versions_are_kept_and_the_oldest_go(opened):
    store = opened(revisions=3)
    states = updated(store, 6)
    project_id = states[0].project_id
    assert versions(store, states[0]) == [7, 6, 5, 4]
    assert [r.changed for r in store.revisions(project_id)] == [["user_idea"]] * 3 + [[]]
    assert store.revision(project_id, 4) == states[3]
    for version in (1, 2, 3):
        with pytest.raises(RevisionNotFound):
            store.revision(project_id, version)


def test_where_none_are_kept_there_is_the_present_alone(opened):
    store = opened(revisions=0)
    *_, present = updated(store, 2)
    assert versions(store, present) == [3]
    assert store.revision(present.project_id, 3) == present
    with pytest.raises(RevisionNotFound):
        store.revision(present.project_id, 2)


def test_a_smaller_bound_holds_from_the_next_update_on(opened):
    *_, present = updated(opened(revisions=9), 6)
    store = opened(revisions=2)
    store.update(present.project_id, named("再改"))
    assert versions(store, present) == [8, 7, 6]
    assert opened(revisions=9).revision(present.project_id, 7) == present


@pytest.mark.parametrize("version", [0, -1, 2, 3, 10**30, 10**300])
def test_a_version_that_is_not_there_is_said_in_both_languages(store, version):
    project = a_project()
    store.create(project)
    with pytest.raises(RevisionNotFound) as missing:
        store.revision(project.project_id, version)
    assert str(version) in missing.value.message("zh")
    assert str(version) in missing.value.message("en")


@pytest.mark.parametrize("project_id", NO_PROJECTS.values(), ids=NO_PROJECTS)
def test_where_there_is_no_project_there_are_no_revisions_of_it(store, project_id):
    with pytest.raises(ProjectNotFound):
        store.revisions(project_id)
    with pytest.raises(ProjectNotFound):
        store.revision(project_id, 1)


def test_an_update_that_is_refused_leaves_no_revision(store):
    first, present = updated(store, 1)

    def refuse(project):
        raise Conflict(version=project.version)

    with pytest.raises(Conflict):
        store.update(first.project_id, refuse)
    assert versions(store, first) == [2, 1]
    assert store.revision(first.project_id, 2) == present


def test_revisions_go_to_the_trash_and_come_back_with_their_project(store, other):
    states = updated(store, 3)
    project_id = states[0].project_id
    store.discard(project_id)
    with pytest.raises(ProjectNotFound):
        other.revisions(project_id)
    with pytest.raises(ProjectNotFound):
        other.revision(project_id, 1)
    other.restore(project_id)
    assert versions(store, states[0]) == [4, 3, 2, 1]
    assert [store.revision(project_id, state.version) for state in states] == states
    store.update(project_id, named("之后"))
    assert versions(other, states[0]) == [5, 4, 3, 2, 1]


def test_revisions_go_for_good_with_their_project(store):
    live, discarded = updated(store, 2)[0], updated(store, 2)[0]
    store.discard(discarded.project_id)
    for project in (live, discarded):
        store.delete(project.project_id)
        with pytest.raises(ProjectNotFound):
            store.revisions(project.project_id)
        with pytest.raises(ProjectNotFound):
            store.revision(project.project_id, 1)


def test_earlier_versions_are_not_listed_and_their_words_not_found(store):
    project = a_project(project_name="旧名字")
    store.create(project)
    store.update(project.project_id, named("新的"))
    assert names(listed(store)) == ["新的"]
    assert store.search("旧名字", 1, 10).total == 0


def test_updates_of_many_threads_leave_a_row_of_whole_revisions(store, other, in_threads):
    project = with_whole_text(a_project(), 1)
    store.create(project)

    def update(number):
        for _ in range(5):
            which = store if number % 2 else other
            which.update(project.project_id, lambda p: with_whole_text(p, p.version + 1))

    in_threads(5, update)
    assert_a_whole_row(store, project.project_id, 26)


def assert_a_whole_row(store, project_id, last):
    assert [r.version for r in store.revisions(project_id)] == list(range(last, 0, -1))
    for version in range(1, last + 1):
        kept = store.revision(project_id, version)
        assert kept == with_whole_text(kept, version)
        assert kept.version == version


def update_whole_texts(number, adapter, place, project_id):
    store = PROJECT_STORES[adapter](Path(place))
    seen = []
    for _ in range(6):
        store.update(project_id, lambda p: with_whole_text(p, p.version + 1))
        seen.append([r.version for r in store.revisions(project_id)])
    return seen


def test_updates_of_many_processes_leave_a_row_without_a_gap_at_any_moment(
    store, adapter, place, in_processes
):
    project = with_whole_text(a_project(), 1)
    store.create(project)
    looks = in_processes(update_whole_texts, adapter, str(place), project.project_id)
    for seen in itertools.chain(*looks):
        assert seen == list(range(seen[0], 0, -1))
    assert_a_whole_row(store, project.project_id, 19)
