"""What every `ProjectStore` keeps to: the trash."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from src.spark.errors import Conflict, ProjectNotFound
from src.spark.models import ProjectSummary, now

from ..samples import a_project
from .projects import (
    NO_PROJECTS,
    all_pages,
    found,
    ids,
    listed,
    named,
    names,
    state_of,
    trashed,
)
from .stores import PROJECT_STORES


class Refused(Exception):
    """What an `allow` of these tests raises."""


def kept(store, *fields):
    """New projects, one for each of the fields given."""
    projects = [a_project(minute, **given) for minute, given in enumerate(fields or [{}])]
    for project in projects:
        store.create(project)
    return projects


# --- there and back ---


def test_a_discarded_project_is_in_the_trash_and_nowhere_else(store, other):
    project, neighbour = kept(store, {"project_name": "弃"}, {"project_name": "留"})
    store.discard(project.project_id)
    for which in (store, other):
        with pytest.raises(ProjectNotFound):
            which.get(project.project_id)
        with pytest.raises(ProjectNotFound):
            which.update(project.project_id, named("新"))
        assert names(listed(which)) == found(which, "太空") == ["留"]
        assert listed(which).total == which.search("太空", 1, 10).total == 1
        assert listed(which, status="approved").total == 1
        assert trashed(which) == ["弃"]
        assert which.get(neighbour.project_id) == neighbour


def test_a_restored_project_is_as_it_was(store, other):
    (project,) = kept(store)
    changed = store.update(project.project_id, named("改过"))
    store.discard(project.project_id)
    assert other.restore(project.project_id) == changed
    for which in (store, other):
        assert which.get(project.project_id) == changed
        assert listed(which).items == [ProjectSummary.of(changed)]
        assert found(which, "改过") == ["改过"]
        assert trashed(which) == []
    assert store.update(project.project_id, named("之后")).version == 3


def test_a_project_can_go_and_come_back_again_and_again(store, other):
    (project,) = kept(store)
    for _ in range(4):
        store.discard(project.project_id)
        assert state_of(other, project.project_id) == "trash"
        other.restore(project.project_id)
        assert state_of(store, project.project_id) == "live"
    assert store.get(project.project_id) == project


def test_the_trash_says_of_each_project_when_it_came_and_when_it_goes(opened):
    store = opened(trash_days=7)
    (project,) = kept(store)
    before = now()
    store.discard(project.project_id)
    after = now()
    (item,) = store.trash(1, 10).items
    assert before <= item.deleted_at <= after
    assert item.expires_at == item.deleted_at + timedelta(days=7)
    summary = item.model_dump(exclude={"deleted_at", "expires_at"})
    assert summary == ProjectSummary.of(project).model_dump()


def test_the_pages_of_the_trash_show_the_latest_first(store, other):
    projects = kept(store, *({"project_name": str(number)} for number in range(7)))
    for number in (3, 0, 6, 1, 5, 2, 4):
        store.discard(projects[number].project_id)
    pages = [other.trash(page, 3) for page in (1, 2, 3, 4)]
    assert [names(page) for page in pages] == [["4", "2", "5"], ["1", "6", "0"], ["3"], []]
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}
    moments = [item.deleted_at for item in all_pages(other.trash, 3)]
    assert moments == sorted(moments, reverse=True)
    store.restore(projects[6].project_id)
    assert trashed(other) == ["4", "2", "5", "1", "0", "3"]


def test_a_project_discarded_anew_stands_first_again(store):
    first, second = kept(store, {"project_name": "一"}, {"project_name": "二"})
    store.discard(first.project_id)
    store.discard(second.project_id)
    store.restore(first.project_id)
    store.discard(first.project_id)
    assert trashed(store) == ["一", "二"]


def test_an_empty_trash_has_no_page(store):
    page = store.trash(1, 10)
    assert (page.items, page.total, page.pages, page.page, page.per_page) == ([], 0, 0, 1, 10)


# --- what is refused ---


def test_what_is_in_the_trash_already_cannot_be_discarded_again(store, other):
    (project,) = kept(store)
    store.discard(project.project_id)
    (item,) = store.trash(1, 10).items
    for which in (store, other):
        with pytest.raises(ProjectNotFound):
            which.discard(project.project_id)
    assert store.trash(1, 10).items == [item]


def test_a_project_cannot_be_created_where_its_id_is_in_the_trash(store, other):
    (project,) = kept(store)
    changed = store.update(project.project_id, named("改过"))
    store.discard(project.project_id)
    with pytest.raises(Conflict) as refused:
        other.create(project)
    assert refused.value.words == {"version": 2}
    assert state_of(other, project.project_id) == "trash"
    assert other.restore(project.project_id) == changed


def test_a_live_project_cannot_be_restored(store):
    (project,) = kept(store)
    with pytest.raises(ProjectNotFound):
        store.restore(project.project_id)
    assert store.get(project.project_id) == project


@pytest.mark.parametrize("project_id", NO_PROJECTS.values(), ids=NO_PROJECTS)
def test_ids_of_nothing_are_not_found_in_the_trash_and_change_nothing(store, project_id):
    live, discarded = kept(store, {}, {})
    store.discard(discarded.project_id)
    for attempt in (store.discard, store.restore, store.delete):
        with pytest.raises(ProjectNotFound):
            attempt(project_id)
    assert (ids(listed(store)), ids(store.trash(1, 9))) == (
        [live.project_id],
        [discarded.project_id],
    )


@pytest.mark.parametrize("how", ["discard", "delete", "delete from the trash"])
def test_who_may_not_remove_a_project_leaves_it_where_it_is(store, other, how):
    (project,) = kept(store)
    project = store.update(project.project_id, named("现在的"))
    if how == "delete from the trash":
        store.discard(project.project_id)
    state = state_of(store, project.project_id)
    asked_about = []

    def refuse(current):
        asked_about.append(current)
        raise Refused

    with pytest.raises(Refused):
        getattr(store, how.split()[0])(project.project_id, refuse)
    assert asked_about == [project]
    assert state_of(other, project.project_id) == state
    getattr(other, how.split()[0])(project.project_id, asked_about.append)
    assert asked_about == [project, project]
    assert state_of(store, project.project_id) == ("trash" if how == "discard" else "nowhere")


def test_the_version_that_a_discard_expects_is_compared_with_the_one_it_finds(store):
    (project,) = kept(store)
    store.update(project.project_id, named("先到"))

    def only_version_1(current):
        if current.version != 1:
            raise Conflict(version=current.version)

    with pytest.raises(Conflict) as refused:
        store.discard(project.project_id, only_version_1)
    assert refused.value.words == {"version": 2}
    assert store.get(project.project_id).project_name == "先到"


# --- the end ---


def test_a_project_is_deleted_from_where_it_is(store, other):
    live, discarded = kept(store, {"project_name": "活"}, {"project_name": "弃"})
    store.discard(discarded.project_id)
    store.delete(live.project_id)
    assert (names(listed(other)), trashed(other)) == ([], ["弃"])
    store.delete(discarded.project_id)
    for project in (live, discarded):
        assert state_of(other, project.project_id) == "nowhere"
        for attempt in (other.restore, other.discard, other.delete):
            with pytest.raises(ProjectNotFound):
                attempt(project.project_id)


def test_what_has_been_in_the_trash_too_long_is_gone_for_good(opened):
    store, strict = opened(trash_days=30), opened(trash_days=0)
    live, discarded, another = kept(store, {"project_name": "活"}, {}, {})
    store.discard(discarded.project_id)
    store.discard(another.project_id)
    store.warm_up()
    assert store.trash(1, 10).total == 2
    with pytest.raises(ProjectNotFound):
        strict.restore(another.project_id)
    assert (strict.trash(1, 10).items, strict.trash(1, 10).total) == ([], 0)
    strict.warm_up()
    for project in (discarded, another):
        assert state_of(store, project.project_id) == "nowhere"
        with pytest.raises(ProjectNotFound):
            store.restore(project.project_id)
    assert names(listed(strict)) == ["活"]
    assert store.get(live.project_id) == live


def test_where_nothing_stays_in_the_trash_a_discard_is_the_end(opened, place):
    store = opened(trash_days=0)
    (project,) = kept(store, {"project_name": "只此一处的暗号"})
    store.update(project.project_id, lambda p: p)
    store.discard(project.project_id)
    store.trash(1, 10)
    store.warm_up()
    for which in (store, opened(trash_days=30)):
        assert state_of(which, project.project_id) == "nowhere"
    assert not [path for path in place.rglob("*") if project.project_id in path.name]
    files = [path for path in place.rglob("*") if path.is_file()]
    assert not [f for f in files if "只此一处的暗号".encode() in f.read_bytes()]


# --- many at once ---

STEPS = ("discard", "restore", "delete", "update")


def step(store, project_id, name):
    """Do one of `STEPS`; whether it found the project where it needs it."""
    try:
        if name == "update":
            store.update(project_id, named("改"))
        else:
            getattr(store, name)(project_id)
    except ProjectNotFound:
        return False
    return True


def test_of_many_that_do_the_same_at_once_exactly_one_finds_the_project(store, other, in_threads):
    (project,) = kept(store)
    for name, state in (("discard", "trash"), ("restore", "live"), ("delete", "nowhere")):

        def work(number, name=name):
            return step(store if number % 2 else other, project.project_id, name)

        assert sorted(in_threads(5, work)) == [False] * 4 + [True], name
        assert state_of(store, project.project_id) == state_of(other, project.project_id) == state


def test_threads_that_race_agree_on_where_the_project_is_in_the_end(store, other, in_threads):
    for _ in range(8):
        (project,) = kept(store)

        def work(number, project_id=project.project_id):
            which = store if number % 2 else other
            return step(which, project_id, STEPS[number % 4])

        discarded, restored, deleted, _ = in_threads(4, work)
        assert deleted
        assert state_of(store, project.project_id) == "nowhere"
        assert restored <= discarded
    assert listed(other).total == store.trash(1, 10).total == 0


def test_what_goes_and_comes_while_others_change_it_keeps_every_change(store, other, in_threads):
    (project,) = kept(store)

    def work(number):
        which = store if number % 2 else other
        names = ("discard", "restore") if number < 2 else ("update", "update")
        return sum(step(which, project.project_id, name) for name in names * 6)

    *_, first, second = in_threads(4, work)
    if state_of(store, project.project_id) == "trash":
        store.restore(project.project_id)
    final = store.get(project.project_id)
    assert final.version == 1 + first + second
    assert [r.version for r in other.revisions(project.project_id)] == list(
        range(final.version, 0, -1)
    )


def race_in_a_process(number, adapter, place, project_ids):
    store = PROJECT_STORES[adapter](Path(place))
    return [step(store, project_id, STEPS[number]) for project_id in project_ids]


def test_processes_that_race_leave_each_project_in_one_place(store, adapter, place, in_processes):
    projects = [p.project_id for p in kept(store, *[{}] * 12)]
    discarded, restored, deleted = in_processes(race_in_a_process, adapter, str(place), projects)
    assert deleted == [True] * 12
    assert not [1 for before, after in zip(discarded, restored, strict=True) if after > before]
    assert {state_of(store, project_id) for project_id in projects} == {"nowhere"}


def discard_and_restore(number, adapter, place, project_ids):
    store = PROJECT_STORES[adapter](Path(place))
    return [
        (step(store, project_id, "discard"), step(store, project_id, "restore"))
        for project_id in project_ids
    ]


def test_each_project_is_restored_as_often_as_it_was_discarded_or_once_less(
    store, adapter, place, in_processes
):
    projects = kept(store, *[{}] * 8)
    rounds = in_processes(
        discard_and_restore, adapter, str(place), [p.project_id for p in projects]
    )
    for project, outcomes in zip(projects, zip(*rounds, strict=True), strict=True):
        discards = sum(discarded for discarded, _ in outcomes)
        restores = sum(restored for _, restored in outcomes)
        state = state_of(store, project.project_id)
        assert discards - restores == (1 if state == "trash" else 0)
        if state == "trash":
            store.restore(project.project_id)
        assert store.get(project.project_id) == project
