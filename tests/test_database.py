"""The API over PostgreSQL: from the setting to an answer, with the database there and away."""

from __future__ import annotations

import copy
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from run_api import _greeting
from src.spark.adapters.postgres.schema import migrate
from src.spark.api.app import create_app
from src.spark.api.config import load
from src.spark.bootstrap.commands import rebuild_index

from .samples import PROJECT_BODY
from .servers import free_port, postgres_server

REPOSITORY = Path(__file__).parents[1]
SLACK = 6.0
"""Seconds beyond the promised 2 that a busy machine may take."""


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    with postgres_server(tmp_path_factory.mktemp("postgres")) as (url, _):
        yield url


def run(command, url, folder):
    return subprocess.run(
        [sys.executable, "-B", str(REPOSITORY / "run_api.py"), command],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "SPARK_DATA_DIR": str(folder), "DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
    )


def app_over(url, folder):
    return create_app("testing", SPARK_DATA_DIR=folder, DATABASE_URL=url).test_client()


def test_projects_are_kept_in_the_database_and_nowhere_else(postgres, tmp_path):
    assert run("migrate", postgres, tmp_path).returncode == 0
    client = app_over(postgres, tmp_path)
    created = client.post("/api/projects", json=copy.deepcopy(PROJECT_BODY))
    assert created.status_code == 201
    address = f"/api/projects/{created.json['project_id']}"
    assert client.patch(address, json={"project_name": "灯塔"}).status_code == 200
    other = app_over(postgres, tmp_path / "other")
    assert other.get(address).json["project"]["project_name"] == "灯塔"
    assert [hit["project_name"] for hit in other.get("/api/projects/search?q=灯塔").json["results"]]
    assert other.get("/api/projects").json["pagination"]["total"] == 1
    health = client.get("/api/health")
    assert (health.status_code, health.json["components"]["store"]) == (200, "healthy")
    assert not (tmp_path / "projects").exists()
    result = run("reindex", postgres, tmp_path)
    assert result.stdout == "索引已重建：1 个项目 · index built: 1 projects\n"


def test_a_reindex_has_more_time_than_a_request(postgres, tmp_path):
    migrate(postgres, lambda name: None)
    settings = load("testing", SPARK_DATA_DIR=tmp_path, DATABASE_URL=postgres)
    client = app_over(postgres, tmp_path)
    assert client.post("/api/projects", json=copy.deepcopy(PROJECT_BODY)).status_code == 201
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("delete from project_words")
        connection.execute("""
            create function slow() returns trigger language plpgsql as $$
            begin perform pg_sleep(2); return new; end $$
        """)
        connection.execute(
            "create trigger slow before insert on project_words"
            " for each statement execute function slow()"
        )
        count = rebuild_index(settings, lambda done, total: None)
        connection.execute("drop function slow cascade")
        query = "select count(*) from project_words"
        assert connection.execute(query).fetchone() == (count,)


def test_with_the_database_away_the_app_starts_says_so_and_answers_soon(tmp_path):
    url = f"postgresql://spark:never-to-be-said@127.0.0.1:{free_port()}/spark"
    client = app_over(url, tmp_path)
    health = client.get("/api/health")
    assert (health.status_code, health.json["components"]["store"]) == (503, "degraded")
    for ask in (
        lambda: client.post("/api/projects", json=copy.deepcopy(PROJECT_BODY)),
        lambda: client.get("/api/projects"),
        lambda: client.get("/api/projects/search?q=灯塔"),
    ):
        begun = time.monotonic()
        answer = ask()
        assert time.monotonic() - begun < 2 + SLACK
        assert (answer.status_code, answer.json["error"]) == (503, "storage_unavailable")
        assert answer.headers["Retry-After"] == "1"
        assert "never-to-be-said" not in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://spark:never-to-be-said@db.example:5433/films?sslmode=require",
        "postgres://spark:never-to-be-said@db.example:5433/films",
    ],
)
def test_the_greeting_names_the_database_and_no_password(tmp_path, url):
    settings = load("testing", SPARK_DATA_DIR=tmp_path, DATABASE_URL=url)
    greeting = _greeting(settings, "127.0.0.1", 5000)
    assert "PostgreSQL, db.example:5433/films" in greeting
    assert "never-to-be-said" not in greeting
    assert "spark:" not in greeting


GEVENT = """
from gevent import monkey; monkey.patch_all()
import sys, time, gevent
from src.spark.adapters.postgres.projects import PostgresProjectStore
from tests.samples import a_project
store = PostgresProjectStore(sys.argv[1], answer_seconds=30, queue_seconds=30)
ticks = []
def tick():
    while True:
        ticks.append(time.monotonic())
        gevent.sleep(0.01)
ticking = gevent.spawn(tick)
jobs = [gevent.spawn(store.create, a_project(n)) for n in range(40)]
gevent.joinall(jobs, raise_error=True)
with store._database.writing() as connection:
    before = len(ticks)
    connection.execute("select pg_sleep(1)")
    print(len(ticks) - before > 10, store.browse(1, 1, None, "name").total >= 40)
"""


def test_greenlets_wait_for_the_database_without_keeping_others_waiting(postgres, tmp_path):
    assert run("migrate", postgres, tmp_path).returncode == 0
    result = subprocess.run(
        [sys.executable, "-B", "-c", GEVENT, postgres],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (result.stdout.strip(), result.returncode) == ("True True", 0), result.stderr
