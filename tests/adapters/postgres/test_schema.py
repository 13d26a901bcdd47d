"""Migrations of the database, and what is said where they are missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from src.spark.adapters.postgres.projects import PostgresProjectStore
from src.spark.adapters.postgres.schema import SchemaChanged, migrate, migrations
from src.spark.errors import StorageUnavailable

from ...servers import free_port

REPOSITORY = Path(__file__).parents[3]
PROCESSES = 3


def applied(url):
    with psycopg.connect(url) as connection:
        query = "select name from schema_migrations order by number"
        return [name for (name,) in connection.execute(query)]


def run(url, folder, *options):
    return subprocess.Popen(
        [sys.executable, "-B", str(REPOSITORY / "run_api.py"), "migrate", *options],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "SPARK_DATA_DIR": str(folder), "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_migrations_are_numbered_without_a_gap():
    assert [m.number for m in migrations()] == list(range(1, len(migrations()) + 1))


def test_what_is_missing_is_applied_once(empty):
    told = []
    count = migrate(empty, told.append)
    assert (count, told) == (len(migrations()), [m.name for m in migrations()])
    assert applied(empty) == told
    assert migrate(empty, told.append) == 0
    assert applied(empty) == told


def test_a_later_migration_is_added_to_the_earlier_ones(empty, tmp_path):
    (tmp_path / "0001_first.sql").write_text("create table first (id int)")
    assert migrate(empty, lambda name: None, tmp_path) == 1
    (tmp_path / "0002_second.sql").write_text("create table second (id int); drop table first")
    assert migrate(empty, lambda name: None, tmp_path) == 1
    assert applied(empty) == ["0001_first.sql", "0002_second.sql"]


def test_a_migration_that_fails_leaves_nothing_of_itself(empty, tmp_path):
    (tmp_path / "0001_first.sql").write_text("create table first (id int)")
    (tmp_path / "0002_second.sql").write_text("create table second (id int); select 1 / 0")
    with pytest.raises(StorageUnavailable):
        migrate(empty, lambda name: None, tmp_path)
    assert applied(empty) == ["0001_first.sql"]
    with psycopg.connect(empty) as connection:
        assert connection.execute("select to_regclass('second')").fetchone() == (None,)


def test_a_migration_that_was_changed_after_it_was_applied_is_named(empty, tmp_path):
    (tmp_path / "0001_first.sql").write_text("create table first (id int)")
    migrate(empty, lambda name: None, tmp_path)
    (tmp_path / "0001_first.sql").write_text("create table other (id int)")
    with pytest.raises(SchemaChanged) as refused:
        migrate(empty, lambda name: None, tmp_path)
    assert "0001_first.sql" in refused.value.message("zh")
    assert "0001_first.sql" in refused.value.message("en")


@pytest.mark.parametrize("how", ["missing", "older"])
def test_a_store_without_its_schema_says_what_to_do(empty, caplog, how):
    if how == "older":
        migrate(empty, lambda name: None)
        with psycopg.connect(empty, autocommit=True) as connection:
            connection.execute("update schema_migrations set number = 0")
    store = PostgresProjectStore(empty)
    with pytest.raises(StorageUnavailable):
        store.check()
    assert "run_api.py migrate" in caplog.text


def test_a_store_whose_schema_goes_says_what_to_do(empty, caplog):
    migrate(empty, lambda name: None)
    store = PostgresProjectStore(empty, answer_seconds=30)
    assert store.damaged() == []
    with psycopg.connect(empty, autocommit=True) as connection:
        connection.execute("drop table projects cascade")
    with pytest.raises(StorageUnavailable):
        store.damaged()
    assert "run_api.py migrate" in caplog.text


def test_the_command_says_what_it_applied_in_both_languages_however_many_run_it(empty, tmp_path):
    outputs = []
    for process in [run(empty, tmp_path) for _ in range(PROCESSES)]:
        output, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
        outputs.append(output)
    assert sum("已应用 · applied: 0001_projects.sql" in output for output in outputs) == 1
    assert sum("已是最新 · the schema is up to date" in output for output in outputs) == 2
    assert applied(empty) == [m.name for m in migrations()]


def test_the_command_says_why_it_could_not(tmp_path):
    url = f"postgresql://spark:never-to-be-said@127.0.0.1:{free_port()}/spark"
    process = run(url, tmp_path)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "存储暂时不可用" in errors
    assert "Storage is unavailable" in errors
    assert "127.0.0.1" in errors
    assert "never-to-be-said" not in errors
    assert "Traceback" not in errors


def test_the_command_needs_an_address(tmp_path):
    process = run("", tmp_path)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "DATABASE_URL" in errors
