"""Writes that share a transaction: what fails fails alone, and nobody is told what is not so."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from src.spark.adapters.files.database import Database
from src.spark.errors import StorageUnavailable

SCHEMA = "create table if not exists names (name text primary key);"


@pytest.fixture
def database(tmp_path):
    return Database(tmp_path / "names.sqlite", SCHEMA)


def insert(name):
    return lambda connection: connection.execute("insert into names values (?)", (name,))


def names(database):
    with database.reading() as connection:
        return {name for (name,) in connection.execute("select name from names")}


def together(database, works):
    """Have each of `works` written by a thread of its own, all in one transaction."""
    failures = [None] * len(works)

    def write(number, work):
        try:
            database.write(work)
        except Exception as error:
            failures[number] = error

    database._writing.acquire()  # until all of them wait
    threads = [threading.Thread(target=write, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    while len(database._waiting) < len(works):
        threading.Event().wait(0.001)
    database._writing.release()
    for thread in threads:
        thread.join(10)
    return failures


def test_all_that_waits_is_written(database):
    assert together(database, [insert(f"{n}") for n in range(20)]) == [None] * 20
    assert names(database) == {f"{n}" for n in range(20)}


def test_what_fails_fails_alone(database):
    database.write(insert("there"))

    def buggy(connection):
        connection.execute("insert into names values ('half')")
        raise KeyError("bug")

    first, second, third, fourth = together(
        database, [insert("a"), insert("there"), buggy, insert("b")]
    )
    assert (first, fourth) == (None, None)
    assert isinstance(second, StorageUnavailable)
    assert isinstance(third, KeyError)
    assert names(database) == {"there", "a", "b"}


def test_nobody_is_told_that_a_write_is_done_which_is_not(database):
    def breaks(connection):
        connection.rollback()  # so that not even the end of the transaction succeeds
        raise sqlite3.OperationalError("disk I/O error")

    failures = together(database, [insert("a"), breaks, insert("b")])
    assert [type(failure) for failure in failures] == [StorageUnavailable] * 3
    assert names(database) == set()
    database.write(insert("c"))
    assert names(database) == {"c"}


def test_who_is_first_at_a_new_file_with_others_waits_for_them(tmp_path, monkeypatch):
    path, waited = tmp_path / "new.sqlite", []
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    other.execute("begin exclusive")
    monkeypatch.setattr(
        "src.spark.adapters.files.database.time.sleep",
        lambda seconds: waited.append(seconds) or other.rollback(),
    )
    monkeypatch.setattr("src.spark.adapters.files.database._PATIENCE", 0.2)
    with Database(path, "create table t (x);").reading() as connection:
        assert connection.execute("select count(*) from t").fetchone() == (0,)
    assert len(waited) == 1
    other.close()
