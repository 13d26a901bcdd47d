"""Many changes asked for at once."""

from __future__ import annotations

import pytest

from src.spark.errors import Conflict, MoveNotAllowed, ProjectNotFound, SparkError, StorageFull
from src.spark.services.batch import BatchService, Deletion, Duplication, Move, Restoration
from src.spark.services.trash import TrashService

from ..samples import a_project

NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"


@pytest.fixture
def trash(store):
    return TrashService(store, days=30)


@pytest.fixture
def batch(service, trash):
    return BatchService(service, trash)


@pytest.fixture
def projects(store):
    """The ids of three projects."""
    made = [a_project(minute, project_name=f"项目{minute}") for minute in range(3)]
    for project in made:
        store.create(project)
    return [project.project_id for project in made]


def delete(project_id, **fields):
    return Deletion(action="delete", project_id=project_id, **fields)


def restore(project_id, **fields):
    return Restoration(action="restore", project_id=project_id, **fields)


def move(project_id, status, **fields):
    return Move(action="status", project_id=project_id, status=status, **fields)


def duplicate(project_id, **fields):
    return Duplication(action="duplicate", project_id=project_id, **fields)


def failures(outcomes):
    return [type(outcome.error) for outcome in outcomes if outcome.error]


def test_each_operation_is_carried_out_in_its_turn(batch, service, trash, projects):
    one, two, three = projects
    wanted = [
        delete(one),
        move(two, "in_production"),
        duplicate(three, project_name="续集"),
        restore(one),
        move(one, "archived"),
        delete(two, permanent=True),
    ]
    outcomes = batch.run(wanted, "zh")
    assert [outcome.operation for outcome in outcomes] == wanted
    assert failures(outcomes) == []
    deleted, moved, copied, restored, archived, gone = (o.project for o in outcomes)
    assert (deleted, gone) == (None, None)
    assert (moved.project_id, moved.status) == (two, "in_production")
    assert (copied.duplicate_of, copied.project_name) == (three, "续集")
    assert (restored.project_id, restored.status) == (one, "approved")
    assert archived == service.get(one)
    assert archived.status == "archived"
    assert trash.browse(1, 10).total == 0
    listed = service.browse(1, 10, None, "created_at").items
    assert {p.project_id for p in listed} == {one, three, copied.project_id}


def test_one_that_fails_leaves_the_others_alone(batch, service, projects):
    one, two, three = projects
    outcomes = batch.run(
        [
            delete(NOBODY),
            move(one, "completed"),
            restore(two),
            delete(two, version=2),
            duplicate(two, version=2),
            move(three, "archived", version=2),
            move(three, "archived", version=1),
        ],
        "zh",
    )
    assert failures(outcomes) == [
        ProjectNotFound,
        MoveNotAllowed,
        ProjectNotFound,
        Conflict,
        Conflict,
        Conflict,
    ]
    assert outcomes[-1].project == service.get(three)
    assert service.browse(1, 10, None, "created_at").total == 3


def test_a_version_that_is_not_in_the_trash_is_not_restored(batch, trash, projects):
    trash.delete(projects[0])
    outcomes = batch.run([restore(projects[0], version=2), restore(projects[0], version=1)], "zh")
    assert failures(outcomes) == [Conflict]
    assert outcomes[1].project.project_id == projects[0]


def test_copies_are_named_in_the_callers_language(batch, projects):
    (outcome,) = batch.run([duplicate(projects[0])], "en")
    assert outcome.project.project_name == "项目0 (copy)"


def test_a_bug_in_one_does_not_lose_what_the_others_did(service, store, trash, projects):
    class Broken(TrashService):
        def delete(self, *args):
            raise ZeroDivisionError("a bug")

    batch = BatchService(service, Broken(store, days=30))
    before, failed, after = batch.run(
        [move(projects[0], "archived"), delete(projects[1]), move(projects[2], "archived")], "zh"
    )
    assert (before.project.status, after.project.status) == ("archived", "archived")
    assert type(failed.error) is SparkError
    assert failed.error.code == "internal_error"
    assert isinstance(failed.error.__cause__, ZeroDivisionError)
    assert service.get(projects[1]).project_name == "项目1"


def test_a_full_disk_is_told_for_each(service, store, trash, projects, monkeypatch):
    def full(project_id, change):
        raise StorageFull()

    monkeypatch.setattr(store, "update", full)
    outcomes = BatchService(service, trash).run([move(p, "archived") for p in projects], "zh")
    assert failures(outcomes) == [StorageFull] * 3
