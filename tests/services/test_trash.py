"""Deleting projects, and taking them back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from src.spark.errors import Conflict, ProjectNotFound
from src.spark.services.trash import TrashService

from ..samples import a_project


@pytest.fixture
def trash(store):
    return TrashService(store, days=30)


@pytest.fixture
def shredder(store):
    """A trash in which nothing stays."""
    return TrashService(store, days=0)


def test_a_deleted_project_is_in_the_trash_and_nowhere_else(trash, service, project):
    assert service.search("太空", 1, 10).total == 1
    assert trash.delete(project.project_id) == 30
    assert service.browse(1, 10, None, "-created_at").total == 0
    assert service.search("太空", 1, 10).total == 0
    (trashed,) = trash.browse(1, 10).items
    assert (trashed.project_id, trashed.project_name) == (project.project_id, "我的科幻项目")
    assert trashed.expires_at - trashed.deleted_at == timedelta(days=30)
    for attempt in (service.get, trash.delete, lambda p: service.edit(p, {"status": "draft"})):
        with pytest.raises(ProjectNotFound):
            attempt(project.project_id)


def test_a_project_comes_back_as_it_was(trash, service, project):
    before = service.edit(project.project_id, {"project_name": "新名字"})
    trash.delete(project.project_id)
    assert trash.restore(project.project_id) == before
    assert service.get(project.project_id) == before
    assert trash.browse(1, 10).total == 0
    assert service.search("新名字", 1, 10).total == 1
    with pytest.raises(ProjectNotFound):
        trash.restore(project.project_id)


def test_what_is_deleted_for_good_is_gone(trash, service, project):
    assert trash.delete(project.project_id, permanent=True) == 0
    assert trash.browse(1, 10).total == 0
    for attempt in (service.get, trash.restore, trash.delete):
        with pytest.raises(ProjectNotFound):
            attempt(project.project_id)


def test_the_trash_can_be_emptied_one_by_one(trash, project):
    trash.delete(project.project_id)
    assert trash.delete(project.project_id, permanent=True) == 0
    assert trash.browse(1, 10).total == 0
    with pytest.raises(ProjectNotFound):
        trash.delete(project.project_id, permanent=True)


def test_where_nothing_is_kept_a_deletion_is_for_good(shredder, service, project):
    assert shredder.delete(project.project_id) == 0
    assert shredder.browse(1, 10).total == 0
    with pytest.raises(ProjectNotFound):
        shredder.restore(project.project_id)
    with pytest.raises(ProjectNotFound):
        service.get(project.project_id)


@pytest.mark.parametrize("permanent", [False, True])
def test_what_somebody_else_changed_is_not_deleted(trash, service, project, permanent):
    before = service.edit(project.project_id, {"project_name": "先到"})
    with pytest.raises(Conflict) as refused:
        trash.delete(project.project_id, permanent, [{1}])
    assert refused.value.words == {"version": 2}
    assert service.get(project.project_id) == before
    trash.delete(project.project_id, permanent, [{2}])
    assert service.browse(1, 10, None, "-created_at").total == 0


def test_another_version_than_the_caller_saw_stays_in_the_trash(trash, store, service, project):
    for minute in range(101):
        other = a_project(minute)
        store.create(other)
        store.discard(other.project_id)
    service.edit(project.project_id, {"project_name": "先到"})
    trash.delete(project.project_id)
    older = trash.browse(102, 1).items[0].project_id
    with pytest.raises(Conflict):
        trash.restore(project.project_id, [{1}])
    assert trash.browse(1, 1).total == 102
    assert trash.restore(project.project_id, [{2}]).project_name == "先到"
    assert trash.restore(older, [{1}]).project_id == older
    with pytest.raises(ProjectNotFound):
        trash.restore(project.project_id, [{2}])
