"""How projects in PostgreSQL bear a server that is away, dies, hangs or has no room left."""

from __future__ import annotations

import logging
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import psycopg
import pytest

from src.spark.adapters.postgres.projects import PostgresProjectStore
from src.spark.adapters.postgres.schema import migrate
from src.spark.errors import StorageFull, StorageUnavailable
from src.spark.ports import Dossier

from ...ports.projects import found, listed, named, names, with_one_project, with_whole_text
from ...samples import a_project
from ...servers import free_port

SLACK = 4.0
"""Seconds beyond the promised 2 that a busy machine may take."""
PATIENCE = 60.0


def all_calls(store, project):
    return (
        store.check,
        lambda: store.create(project),
        *with_one_project(store, project.project_id),
        lambda: listed(store),
        lambda: store.search("太空", 1, 10),
        lambda: store.trash(1, 10),
        store.damaged,
        lambda: list(store.ids()),
        lambda: store.dossier(project.project_id),
        lambda: store.adopt(Dossier(project, [])),
    )


def eventually(attempt):
    """What `attempt` returns once it no longer says that storage is unavailable."""
    moment, deadline = threading.Event(), time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except StorageUnavailable:
            assert time.monotonic() < deadline
            moment.wait(0.1)


def assert_unavailable(attempt):
    begun = time.monotonic()
    with pytest.raises(StorageUnavailable) as refused:
        attempt()
    assert time.monotonic() - begun < 2 + SLACK
    assert refused.value.retry_after == 1


def test_a_server_that_is_away_at_the_start_is_said_by_every_method_and_used_once_there(server):
    store, project = server.store(), a_project()
    for attempt in all_calls(store, project):
        assert_unavailable(attempt)
    store.warm_up()
    with server.running():
        for attempt in (store.check, lambda: listed(store)):
            assert_unavailable(attempt)  # nothing is in there yet
        migrate(server.url, lambda name: None)
        eventually(lambda: store.create(project))
        assert store.get(project.project_id) == project


def test_nothing_connects_before_it_is_needed():
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: None).result()
        before = threading.active_count()
        PostgresProjectStore(f"postgresql://127.0.0.1:{free_port()}/nowhere")
        assert threading.active_count() == before


def test_a_server_that_is_killed_and_comes_back_keeps_what_was_acknowledged(server, caplog):
    store, projects = server.store(), [a_project(minute) for minute in range(8)]
    with server.running(fsync="on"):
        migrate(server.url, lambda name: None)
        with ThreadPoolExecutor(8) as pool:  # so that several connections stand open
            list(pool.map(store.create, projects))
    for attempt in all_calls(store, projects[0]):
        assert_unavailable(attempt)
    with server.running(fsync="on"):
        eventually(lambda: listed(store))
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda p: store.get(p.project_id), projects)) == projects
        assert listed(store).total == 8
        assert store.update(projects[0].project_id, named("之后")).version == 2
    said = [r.getMessage() for r in caplog.records if r.name == "spark.postgres"]
    assert any("cannot be used" in message for message in said)
    assert any("can be used again" in message for message in said)


def test_connections_that_died_while_nobody_used_them_are_not_noticed(server):
    store, project = server.store(), a_project()
    with server.running():
        migrate(server.url, lambda name: None)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(store.create, [project, *(a_project(n) for n in range(7))]))
        for number in range(1, 6):
            with psycopg.connect(server.url, autocommit=True) as connection:
                connection.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where pid <> pg_backend_pid() and backend_type = 'client backend'"
                )
            assert store.update(project.project_id, named(str(number))).version == number + 1
            assert store.get(project.project_id).project_name == str(number)


def test_a_server_that_hangs_is_answered_for_and_used_again_when_it_moves(server):
    store, project = server.store(), a_project()
    with server.running() as process:
        migrate(server.url, lambda name: None)
        store.create(project)
        with server.hanging(process):
            for attempt in all_calls(store, a_project()):
                assert_unavailable(attempt)
            with ThreadPoolExecutor(16) as pool:
                waiting = [
                    pool.submit(assert_unavailable, lambda: store.get(project.project_id))
                    for _ in range(16)
                ]
                for each in waiting:
                    each.result(PATIENCE)
            begun = time.monotonic()
            refused = 0
            for _ in range(50):  # it failed just now: most are told at once
                with pytest.raises(StorageUnavailable):
                    store.get(project.project_id)
                refused += 1
            assert (refused, time.monotonic() - begun < PATIENCE) == (50, True)
        assert eventually(lambda: store.get(project.project_id)) == project
        assert store.update(project.project_id, named("之后")).version == 2
        assert names(listed(store)) == found(store, "之后") == ["之后"]


def test_a_writer_that_takes_too_long_is_waited_for_so_long_and_no_longer(server):
    project = a_project()
    with server.running():
        migrate(server.url, lambda name: None)
        impatient, patient = server.store(patience=0.6), server.store(patience=PATIENCE)
        impatient.create(project)
        begun, go_on = threading.Event(), threading.Event()

        def slowly(current):
            begun.set()
            assert go_on.wait(PATIENCE)
            return named("慢")(current)

        with ThreadPoolExecutor(2) as pool:
            slow = pool.submit(patient.update, project.project_id, slowly)
            assert begun.wait(PATIENCE)
            with pytest.raises(StorageUnavailable):
                impatient.update(project.project_id, named("急"))
            assert impatient.get(project.project_id) == project  # nobody else waits
            queued = pool.submit(patient.update, project.project_id, named("等"))
            go_on.set()
            assert (slow.result(PATIENCE).version, queued.result(PATIENCE).version) == (2, 3)


def test_many_who_wait_for_one_project_keep_nobody_from_the_others(database, sql):
    store = PostgresProjectStore(database, patience=PATIENCE, connections=3)
    project, other = a_project(), a_project(1)
    for each in (project, other):
        store.create(each)
    with psycopg.connect(database) as holder, ThreadPoolExecutor(12) as pool:
        query = "select from projects where project_id = %s for update"
        holder.execute(query, [project.project_id])
        waiting = [pool.submit(store.update, project.project_id, named("等")) for _ in range(12)]
        query = "select from pg_stat_activity where wait_event_type = 'Lock'"
        deadline = time.monotonic() + PATIENCE
        while not sql(query):
            assert time.monotonic() < deadline
        for _ in range(50):
            assert store.get(other.project_id) == other
            store.check()
        holder.rollback()
        assert sorted(each.result(PATIENCE).version for each in waiting) == list(range(2, 14))


def test_who_takes_long_to_the_end_keeps_nobody_from_being_counted(database, sql):
    store = PostgresProjectStore(database)
    store.create(a_project())
    columns = "document, summary, version, status, name, created_at, updated_at, examined"
    insert = (
        f"insert into projects (project_id, {columns})"
        f" select gen_random_uuid(), {columns} from projects limit 1"
    )
    with ExitStack() as opened:
        connections = [opened.enter_context(psycopg.connect(database)) for _ in range(17)]
        for connection in connections:  # two of them are sure to count in one place
            connection.execute("set lock_timeout = '0.5s'")
            connection.execute(insert)
        assert listed(store).total == 1
        for connection in connections:
            connection.commit()
    assert listed(store).total == 18
    assert sql("delete from projects") == 18
    assert listed(store).total == 0


def test_the_trash_is_emptied_a_few_at_a_time_and_no_list_fails_where_it_cannot_be(
    database, sql, caplog
):
    store = PostgresProjectStore(database)
    for number in range(25):
        store.create(project := a_project(number))
        store.discard(project.project_id)
    sql("update projects set deleted_at = now() - interval '31 days'")
    sql("""
        create function too_slow() returns trigger language plpgsql as $$
        begin raise exception 'too slow' using errcode = '57014'; end $$
    """)
    sql(
        "create trigger too_slow before delete on projects"
        " for each statement execute function too_slow()"
    )
    assert listed(PostgresProjectStore(database)).total == 0
    assert "trash cannot be emptied" in caplog.text
    sql("drop trigger too_slow on projects")
    sql("""
        create function at_most_ten() returns trigger language plpgsql as $$
        begin
            if (select count(*) from gone) > 10 then raise exception 'too many'; end if;
            return null;
        end $$
    """)
    sql(
        "create trigger at_most_ten after delete on projects referencing old table as gone"
        " for each statement execute function at_most_ten()"
    )
    listed(PostgresProjectStore(database))
    assert sql("select count(*) from projects") == [(0,)]


def test_moments_come_in_one_zone_whatever_the_servers_is(database, sql):
    sql(f"alter database {database.rpartition('/')[2]} set timezone = 'Asia/Shanghai'")
    store, project = PostgresProjectStore(database), a_project()
    store.create(project)
    store.discard(project.project_id)
    (item,) = store.trash(1, 10).items
    assert item.model_dump_json().count("+08:00") == 0
    assert item.deleted_at.utcoffset() == timedelta(0)


def test_a_disk_without_room_is_said_and_changes_nothing(server, monkeypatch):
    """PostgreSQL itself says so; a real full disk would end it."""
    project = a_project()
    with server.running():
        migrate(server.url, lambda name: None)
        store = server.store()
        store.create(project)
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("""
                create function no_room() returns trigger language plpgsql as $$
                begin raise exception 'could not extend file' using errcode = '53100'; end $$
            """)
            connection.execute(
                "create trigger full_disk before insert on project_words"
                " for each row execute function no_room()"
            )
        refused = with_whole_text(a_project(), 1)
        for attempt in (
            lambda: store.create(refused),
            lambda: store.adopt(Dossier(refused, [])),
            lambda: store.update(project.project_id, lambda p: with_whole_text(p, 2)),
        ):
            with pytest.raises(StorageFull):
                attempt()
        assert store.get(project.project_id) == project
        assert [r.version for r in store.revisions(project.project_id)] == [1]
        assert listed(store).total == 1


def test_a_database_that_may_only_be_read_cannot_keep_projects(database, sql):
    store = PostgresProjectStore(database)
    store.check()
    name = database.rpartition("/")[2]
    sql(f"alter database {name} set default_transaction_read_only = on")
    with pytest.raises(StorageUnavailable):
        PostgresProjectStore(database).check()


def test_a_process_that_was_forked_has_connections_of_its_own(store):
    project = a_project()
    store.create(project)
    child = os.fork()
    if not child:
        status = 1
        try:
            for number in range(5):
                store.update(project.project_id, named(str(number)))
            status = 0
        finally:
            os._exit(status)
    for _ in range(5):
        assert store.get(project.project_id).project_id == project.project_id
    assert os.waitpid(child, 0)[1] == 0
    assert store.get(project.project_id).version == 6
    assert store.update(project.project_id, named("之后")).version == 7


def test_no_password_is_in_the_log(caplog):
    caplog.set_level(logging.DEBUG)
    address = f"127.0.0.1:{free_port()}"
    store = PostgresProjectStore(f"postgresql://spark:never-to-be-said@{address}/spark")
    assert_unavailable(store.check)
    with pytest.raises(StorageUnavailable):
        migrate(f"postgresql://spark:never-to-be-said@{address}/spark", lambda name: None)
    assert "127.0.0.1" in caplog.text
    assert "never-to-be-said" not in caplog.text
