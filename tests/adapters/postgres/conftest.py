from __future__ import annotations

import os
import signal
from contextlib import contextmanager

import psycopg
import pytest

from src.spark.adapters.postgres.projects import PostgresProjectStore
from src.spark.adapters.postgres.schema import migrate

from ...servers import free_port, postgres_server


class Server:
    """A PostgreSQL of a test's own, to be ended and begun again at the same address."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    @contextmanager
    def running(self, **settings):
        """Run it until the block ends; it is killed there, and everybody connected with it."""
        with postgres_server(self.folder, self.port, **settings) as (_, process):
            try:
                yield process
            finally:
                os.kill(process.pid, signal.SIGKILL)
                process.wait(10)

    @contextmanager
    def hanging(self, process):
        """Nobody in there moves until the block ends; the kernel goes on taking what comes."""
        with psycopg.connect(self.url) as connection:
            query = "select pid from pg_stat_activity where pid <> pg_backend_pid()"
            pids = [process.pid, *(pid for (pid,) in connection.execute(query))]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def store(self, **settings):
        return PostgresProjectStore(self.url, **settings)


@pytest.fixture
def server(tmp_path):
    return Server(tmp_path)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    with postgres_server(tmp_path_factory.mktemp("postgres")) as (url, _):
        yield url


@pytest.fixture
def empty(postgres, request):
    """The address of a database with nothing in it."""
    name = f"db_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return f"{postgres.removesuffix('postgres')}{name}"


@pytest.fixture
def database(empty):
    """The address of a database with the schema."""
    migrate(empty, lambda name: None)
    return empty


@pytest.fixture
def store(database):
    return PostgresProjectStore(database, notice_seconds=0, answer_seconds=30, queue_seconds=30)


@pytest.fixture
def sql(database):
    """A call that does something as a person at the database's own prompt."""

    def run(query, *values):
        with psycopg.connect(database, autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    return run
