"""What every `ProjectStore` keeps to: one project, many at once, and what can go wrong."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from src.spark.errors import (
    Conflict,
    ProjectNotFound,
)

from ..samples import BEGINNING, a_project
from .processes import acknowledged_before_kills
from .projects import (
    IMPOSSIBLE_IDS,
    all_pages,
    everything_below,
    found,
    listed,
    named,
    names,
    plain,
    trashed,
    with_event,
    with_one_project,
    with_text,
    with_whole_text,
)
from .stores import LEFTOVERS, PROJECT_STORES

# --- one project ---


def test_a_created_project_comes_back_whole_in_another_process(store, other):
    project = a_project(
        project_name="🎬 مشروع \u202eطويل \u2028 \x00 「引号」\"'",
        conversation=[{"role": "user", "content": "想拍一部片\n第二行"}],
        portraits={"宇航员": [{"version": 1, "image_url": "/api/content/images/a.png"}]},
    )
    store.create(project)
    assert store.get(project.project_id) == project
    assert other.get(project.project_id) == project


def test_a_project_at_its_bounds_comes_back_whole(store):
    project = a_project(
        story_outline={"title": "长" * 200, "narrative_text": "字" * 100_000},
        character_profiles=[{"name": f"角色{n}", "backstory": "远" * 20_000} for n in range(20)],
    )
    store.create(project)
    assert store.get(project.project_id) == project


@pytest.mark.parametrize("project_id", IMPOSSIBLE_IDS.values(), ids=IMPOSSIBLE_IDS)
def test_ids_that_could_never_exist_are_not_found_and_touch_nothing(store, place, project_id):
    store.create(a_project())
    before = everything_below(place.parent)
    for attempt in with_one_project(store, project_id):
        with pytest.raises(ProjectNotFound):
            attempt()
    assert everything_below(place.parent) == before


def test_an_unknown_id_is_not_found_and_nobody_is_asked_about_it(store):
    asked_for = []
    for attempt in with_one_project(store, str(uuid4()), asked_for.append):
        with pytest.raises(ProjectNotFound):
            attempt()
    assert asked_for == []
    assert listed(store).total == store.trash(1, 10).total == 0


def test_a_second_project_of_the_same_id_is_refused_and_the_first_one_stays(store, other):
    project = a_project()
    store.create(project)
    for which in (store, other):
        with pytest.raises(Conflict):
            which.create(named("另一个")(project))
    assert other.get(project.project_id) == project
    assert names(listed(store)) == ["我的科幻项目"]
    assert found(store, "另一个") == []


def test_an_update_sets_the_next_version_and_the_moment_itself(store, other):
    project = a_project()
    store.create(project)
    changed = store.update(
        project.project_id,
        lambda p: p.model_copy(
            update={"project_name": "新名字", "version": 99, "updated_at": BEGINNING}
        ),
    )
    assert (changed.project_name, changed.version) == ("新名字", 2)
    assert changed.updated_at > project.updated_at
    assert changed.created_at == project.created_at
    assert other.get(project.project_id) == changed


def test_a_change_that_raises_leaves_the_project_as_it_was_and_the_next_one_free(store, other):
    project = a_project()
    store.create(project)

    def refuse(current):
        current.character_profiles.clear()
        raise Conflict(version=current.version)

    with pytest.raises(Conflict):
        store.update(project.project_id, refuse)
    assert other.get(project.project_id) == project
    assert other.update(project.project_id, named("之后")).version == 2


def test_a_stale_update_can_be_refused_by_the_version_it_finds(store):
    project = a_project()
    store.create(project)
    store.update(project.project_id, named("先到"))

    def only_version_1(current):
        if current.version != 1:
            raise Conflict(version=current.version)
        return named("后到")(current)

    with pytest.raises(Conflict) as refused:
        store.update(project.project_id, only_version_1)
    assert refused.value.words == {"version": 2}
    assert store.get(project.project_id).project_name == "先到"


def test_a_deleted_project_is_gone_everywhere_and_for_good(store, other):
    project, neighbour = a_project(project_name="要删除"), a_project(project_name="要留下")
    store.create(project)
    store.create(neighbour)
    assert listed(other).total == 2
    store.delete(project.project_id)
    with pytest.raises(ProjectNotFound):
        other.get(project.project_id)
    with pytest.raises(ProjectNotFound):
        other.delete(project.project_id)
    with pytest.raises(ProjectNotFound):
        other.update(project.project_id, named("复活"))
    assert names(listed(other)) == found(other, "太空") == ["要留下"]
    assert trashed(other) == []


def test_nothing_of_a_deleted_project_stays_on_the_disk(store, place):
    project = a_project(project_name="只此一处的暗号")
    store.create(project)
    store.update(project.project_id, with_text("又一处只此一处的暗号"))
    listed(store)
    store.delete(project.project_id)
    files = [path for path in place.rglob("*") if path.is_file()]
    assert not [f for f in files if "只此一处的暗号".encode() in f.read_bytes()]


# --- many at once ---


def test_updates_of_many_threads_lose_nothing(store, other, in_threads):
    project = a_project()
    store.create(project)

    def add_events(number):
        for event in range(6):
            which = store if number % 2 else other
            which.update(project.project_id, with_event(f"事件{number}-{event}"))

    in_threads(6, add_events)
    final = store.get(project.project_id)
    expected = {f"事件{n}-{event}" for n in range(6) for event in range(6)}
    assert final.version == 37
    assert len(final.user_idea.plot_points) == 3 + 36
    assert set(final.user_idea.plot_points[3:]) == expected


def update_in_a_process(number, adapter, place, project_id):
    store = PROJECT_STORES[adapter](Path(place))
    for event in range(8):
        store.update(project_id, with_event(f"进程{number}-{event}"))
    created = a_project(number, project_name=f"进程{number}")
    store.create(created)
    return created.project_id


def test_processes_lose_nothing_of_each_other(store, adapter, place, in_processes):
    project = a_project()
    store.create(project)
    created = in_processes(update_in_a_process, adapter, str(place), project.project_id)
    final = store.get(project.project_id)
    assert (final.version, len(set(final.user_idea.plot_points))) == (25, 27)
    assert {i.project_id for i in listed(store).items} == {project.project_id, *created}


def test_a_reader_sees_the_old_project_or_the_new_one_and_never_a_mixture(store, other, in_threads):
    text = "。" * 50_000
    outline = {"title": "1", "narrative_text": "1" + text}
    project = a_project(project_name="1", story_outline=outline)
    store.create(project)

    def renamed(version):
        def change(current):
            outline = current.story_outline.model_copy(
                update={"title": version, "narrative_text": version + text}
            )
            return current.model_copy(update={"project_name": version, "story_outline": outline})

        return change

    def work(number):
        if number == 0:
            for version in range(2, 25):
                store.update(project.project_id, renamed(str(version)))
            return set()
        seen, highest = set(), 0
        while highest < 24:
            read = other.get(project.project_id)
            title, narrative = read.story_outline.title, read.story_outline.narrative_text
            seen.add(
                {read.project_name, title, narrative.removesuffix(text)} == {str(read.version)}
            )
            assert read.version >= highest
            highest = read.version
        return seen

    assert set.union(*in_threads(3, work)) == {True}


def test_of_many_that_create_the_same_project_exactly_one_does(store, other, in_threads):
    project = a_project()

    def create(number):
        try:
            (store if number % 2 else other).create(named(str(number))(project))
        except Conflict:
            return None
        return str(number)

    created = [name for name in in_threads(6, create) if name]
    assert len(created) == 1
    assert names(listed(store)) == [store.get(project.project_id).project_name] == created


def test_of_many_deletes_at_once_exactly_one_finds_the_project(store, other, in_threads):
    project = a_project()
    store.create(project)

    def delete(number):
        try:
            (store if number % 2 else other).delete(project.project_id)
        except ProjectNotFound:
            return "not found"
        return "deleted"

    assert sorted(in_threads(6, delete)) == ["deleted", *["not found"] * 5]


def test_an_update_never_brings_a_deleted_project_back(store, other, in_threads):
    for _ in range(10):
        project = a_project()
        store.create(project)

        def work(number, project_id=project.project_id):
            try:
                if number == 0:
                    other.delete(project_id)
                else:
                    store.update(project_id, named("改"))
            except ProjectNotFound:
                pass

        in_threads(4, work)
        with pytest.raises(ProjectNotFound):
            store.get(project.project_id)
    assert listed(store).total == listed(other).total == 0


# --- what can go wrong ---


def in_version(project, version):
    """`project` with a text that belongs to that version alone."""
    return with_whole_text(project, version, length=60)


WRITING = {
    "files": [f"files/{name}.py" for name in ("projects", "folders", "upkeep", "disk", "index")],
    "postgres": [f"postgres/{name}.py" for name in ("projects", "changes", "locks")],
}
"""What writes; the rest turns one form into another."""


def live_for_a_while(adapter, place, run, acknowledge):
    """Lead a project through its life; says before each step where it is and where it goes."""
    store = PROJECT_STORES[adapter](Path(place))
    project = in_version(plain(run % 1000), 1)
    project_id = project.project_id
    steps = [
        ("live-1", lambda: store.create(project)),
        ("live-2", lambda: store.update(project_id, lambda p: in_version(p, 2))),
        ("trash-2", lambda: store.discard(project_id)),
        ("live-2", lambda: store.restore(project_id)),
        ("gone", lambda: store.delete(project_id)),
    ]
    before = "gone"
    for after, step in steps:
        acknowledge(f"{project_id} {before} {after}")
        step()
        acknowledge(f"{project_id} {after} {after}")
        before = after


def test_killed_writers_lose_nothing_acknowledged_and_leave_nothing_half(adapter, place):
    PROJECT_STORES[adapter](place).warm_up()  # so that no run only makes a first index
    said = acknowledged_before_kills(live_for_a_while, adapter, str(place), 1, *WRITING[adapter])
    fates = {line.split()[0]: line.split()[1:] for line in said}
    assert len(fates) > 24
    store = PROJECT_STORES[adapter](place)
    live = {s.project_id: s.version for s in all_pages(lambda *p: store.browse(*p, None, "name"))}
    trash = {t.project_id: t.version for t in all_pages(store.trash)}
    found = {hit.project_id: hit.version for hit in all_pages(lambda *p: store.search("版", *p))}
    assert found == live
    assert not live.keys() & trash.keys()
    assert live.keys() | trash.keys() <= fates.keys()
    for project_id, possible in fates.items():
        state = f"live-{live[project_id]}" if project_id in live else "gone"
        state = f"trash-{trash[project_id]}" if project_id in trash else state
        assert state in possible
        if state == "gone":
            with pytest.raises(ProjectNotFound):
                store.get(project_id)
        elif possible[0] != possible[1]:
            assert_it_goes_on(store, project_id, project_id in trash)
    assert [path for pattern in LEFTOVERS[adapter] for path in place.glob(pattern)] == []


def assert_it_goes_on(store, project_id, is_trashed):
    """Whoever died over it, the project and all its versions are whole, and it can be changed."""
    project = store.restore(project_id) if is_trashed else store.get(project_id)
    for version in range(1, project.version + 1):
        kept = store.revision(project_id, version)
        assert kept == in_version(kept, version)
        assert kept.version == version
    assert store.get(project_id) == project == kept
    assert store.update(project_id, named("之后")).version == project.version + 1
    versions = [revision.version for revision in store.revisions(project_id)]
    assert versions == list(range(project.version + 1, 0, -1))


def test_looking_after_the_place_leaves_no_project_in_it(store):
    store.check()
    store.check()
    store.warm_up()
    assert listed(store).total == store.trash(1, 10).total == 0
    assert found(store, "check") == store.damaged() == []
