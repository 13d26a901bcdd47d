"""What others write into the database by themselves: mended, damaged, or removed."""

from __future__ import annotations

import logging
import time
from uuid import uuid4

import orjson
import psycopg
import pytest

from src.spark.adapters.postgres.documents import held, read, told, written
from src.spark.adapters.postgres.projects import PostgresProjectStore
from src.spark.errors import ProjectDamaged, ProjectNotFound

from ...ports.projects import found, listed, named, names, plain, trashed
from ...samples import a_project

DAMAGE = {
    "another shape": '{"schema_version": 1, "project_id": 5}',
    "empty": "{}",
    "a list": "[]",
    "null": "null",
    "a text": '"x"',
    "another project": written(a_project()),
}


@pytest.fixture
def put(sql):
    """A call that puts another document in the place of a project's, and returns that one."""

    def put(project, document):
        query = "select document::text from projects where project_id = %s"
        ((before,),) = sql(query, project.project_id)
        query = "update projects set document = %s::jsonb where project_id = %s"
        assert sql(query, document, project.project_id) == 1
        return before

    return put


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_document_never_breaks_a_list_and_is_whole_again_when_mended(store, put, how):
    whole, broken = a_project(project_name="完好"), a_project(project_name="损坏")
    store.create(whole)
    store.create(broken)
    for _ in range(2):
        before = put(broken, DAMAGE[how])
        assert names(listed(store)) == found(store, "太空") == ["完好"]
        assert listed(store).total == store.search("太空", 1, 10).total == 1
        assert listed(store, status="approved").total == 1
        assert store.damaged() == [broken.project_id]
        for attempt in (store.get, store.revisions, store.dossier):
            with pytest.raises(ProjectDamaged):
                attempt(broken.project_id)
        with pytest.raises(ProjectDamaged):
            store.update(broken.project_id, named("新"))
        assert store.reindex() == 2
        assert sorted(store.ids()) == sorted([whole.project_id, broken.project_id])
        put(broken, before)
        assert sorted(names(listed(store))) == sorted(found(store, "太空")) == ["完好", "损坏"]
        assert store.damaged() == []
        assert store.get(broken.project_id) == broken


def test_a_damage_is_logged_once(store, put, caplog):
    project = plain()
    store.create(project)
    put(project, "{}")
    for _ in range(3):
        listed(store)
        store.damaged()
        store.warm_up()
        with pytest.raises(ProjectDamaged):
            store.get(project.project_id)
    warnings = [r for r in caplog.records if r.levelno > logging.INFO]
    assert [project.project_id in record.getMessage() for record in warnings] == [True]


def test_a_damaged_project_goes_to_the_trash_comes_back_and_is_deleted(store, put):
    project, neighbour = plain(project_name="损坏"), plain(project_name="完好")
    for each in (project, neighbour):
        store.create(each)
    store.discard(neighbour.project_id)
    before = put(project, "{}")
    store.discard(project.project_id)
    assert (names(listed(store)), trashed(store), store.damaged()) == ([], ["完好"], [])
    with pytest.raises(ProjectDamaged):
        store.restore(project.project_id)
    assert store.damaged() == [project.project_id]
    put(project, before)
    assert names(listed(store)) == ["损坏"]
    put(project, "{}")
    store.delete(project.project_id)
    assert store.damaged() == []
    with pytest.raises(ProjectNotFound):
        store.get(project.project_id)


def test_a_damaged_revision_hides_nothing_else(store, sql):
    project = plain(project_name="一")
    store.create(project)
    for name in ("二", "三"):
        store.update(project.project_id, named(name))
    sql("update revisions set document = '{}' where version = 2")
    with pytest.raises(ProjectDamaged):
        store.revision(project.project_id, 2)
    assert store.revision(project.project_id, 1) == project
    assert [r.version for r in store.revisions(project.project_id)] == [3, 1]
    assert [r.version for r in store.dossier(project.project_id).revisions] == [1]


@pytest.mark.parametrize("fields", [{"version": 3}, {"version": 1}, {"project_id": str(uuid4())}])
def test_a_revision_that_is_another_one_is_left_out_and_named(store, sql, caplog, fields):
    project = plain(project_name="一")
    store.create(project)
    for name in ("二", "三"):
        store.update(project.project_id, named(name))
    strange = written(project.model_copy(update=fields))
    sql("update revisions set document = %s::jsonb where version = 2", strange)
    assert [r.version for r in store.revisions(project.project_id)] == [3, 1]
    assert store.dossier(project.project_id).revisions == [project]
    assert f"{project.project_id}, version 2" in caplog.text


def test_what_no_column_can_hold_is_set_aside_and_whole_again_when_mended(store, put, caplog):
    whole, broken = a_project(project_name="完好"), a_project(project_name="损坏")
    for project in (whole, broken):
        store.create(project)
    before = put(broken, written(broken).replace('"version":1,', f'"version":{2**63},'))
    assert names(listed(store)) == found(store, "太空") == ["完好"]
    assert (listed(store).total, store.damaged()) == (1, [broken.project_id])
    assert f"set aside: {broken.project_id}" in caplog.text
    assert store.reindex() == 2
    put(broken, before)
    assert sorted(names(listed(store))) == sorted(found(store, "太空")) == ["完好", "损坏"]
    assert store.damaged() == []


def test_a_project_that_somebody_else_holds_keeps_no_list_waiting(database, put, caplog):
    store = PostgresProjectStore(database, notice_seconds=0, patience=60)
    project, neighbour = plain(project_name="旧"), plain(1, project_name="邻居")
    for each in (project, neighbour):
        store.create(each)
    put(project, written(named("新")(project)))
    with psycopg.connect(database) as connection:
        query = "select from projects where project_id = %s for update"
        connection.execute(query, [project.project_id])
        begun = time.monotonic()
        assert names(listed(store)) == ["邻居", "旧"]
        assert (found(store, "邻居"), store.damaged()) == (["邻居"], [])
        assert time.monotonic() - begun < 30
        assert PostgresProjectStore(database, patience=0.6).reindex() == 2
        assert f"{project.project_id} cannot be examined" in caplog.text
    assert names(listed(store)) == ["邻居", "新"]


def test_what_was_edited_in_the_database_is_listed_and_found(store, put, sql):
    project = plain(project_name="旧名字")
    store.create(project)
    put(project, written(named("新名字")(project)))
    assert names(listed(store)) == found(store, "新名字") == ["新名字"]
    assert found(store, "旧名字") == []
    put(project, written(named("又一个")(project)))
    assert store.update(project.project_id, lambda p: p).version == 2
    assert found(store, "又一个") == names(listed(store)) == ["又一个"]


def test_a_project_deleted_in_the_database_is_gone_and_not_counted(store, sql):
    for minute in range(3):
        store.create(plain(minute))
    assert (
        sql("delete from projects where created_at = (select min(created_at) from projects)") == 1
    )
    assert listed(store).total == len(listed(store).items) == 2


def test_a_reindex_makes_words_and_counts_anew_and_says_how_far_it_is(store, sql):
    projects = [plain(minute, project_name=f"灯塔{minute}") for minute in range(5)]
    for project in projects:
        store.create(project)
    store.discard(projects[0].project_id)
    sql("delete from project_words")
    sql("update tally set projects = 99")
    sql("update projects set name = 'x', summary = '{}', status = 'draft'")
    steps = []
    assert store.reindex(lambda *step: steps.append(step)) == 5
    assert steps == [(number, 5) for number in range(1, 6)]
    assert names(listed(store)) == found(store, "灯塔") == [f"灯塔{n}" for n in (4, 3, 2, 1)]
    assert listed(store).total == listed(store, status="approved").total == 4
    assert trashed(store) == ["灯塔0"]


# --- documents ---

TEXTS = [
    "",
    "a",
    "\x00",
    "\x01",
    "\x01\x01",
    "\x00\x01\x02",
    "\\u0000",
    "\\\x00",
    "\\\\u0001",
    "科",
]


def test_texts_are_held_without_what_cannot_be_and_told_as_they_were():
    kept = [held(text) for text in TEXTS]
    assert not any("\x00" in text for text in kept)
    assert [told(text) for text in kept] == TEXTS
    assert sorted(kept) == [held(text) for text in sorted(TEXTS)]


@pytest.mark.parametrize("text", TEXTS[1:], ids=ascii)
def test_a_document_holds_any_text(text):
    friends = {f"b{text}": text, f"a{text}": f"{text}\\"}
    project = a_project(character_profiles=[{"name": f"x{text}", "relationships": friends}])
    document = written(project)
    assert "\x00" not in str(orjson.loads(document))
    assert read(document, project.project_id) == project


@pytest.mark.parametrize("orders", [None, 5, [], [5], [[]], [["a", "a"]], [[{}, None]], {"a": 1}])
def test_an_order_of_keys_that_somebody_broke_is_passed_over(orders):
    project = a_project(character_profiles=[{"name": "x", "relationships": {"b": "", "a": ""}}])
    document = {**orjson.loads(written(project)), "key_orders": orders}
    assert read(orjson.dumps(document).decode(), project.project_id) == project
