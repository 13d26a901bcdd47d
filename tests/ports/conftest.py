from __future__ import annotations

import functools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from ..servers import postgres_server, redis_server
from ..upstream import upstream
from . import buckets
from .processes import PATIENCE, working_together
from .projects import MANY, one_of_many
from .stores import LEASE_SECONDS, POSTGRES, PROJECT_STORES, REDIS_ADDRESS


@pytest.fixture(scope="session", autouse=True)
def redis_address(tmp_path_factory):
    """A Redis for all tests of a process; other processes find it by its variable."""
    with (
        redis_server(tmp_path_factory.mktemp("redis")) as (address, _),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv(REDIS_ADDRESS, address)
        yield address


@pytest.fixture
def short_leases(monkeypatch):
    """Leases of the dead end soon: for tests in which nobody waits for the living."""
    monkeypatch.setenv(LEASE_SECONDS, "0.2")


@pytest.fixture(scope="session")
def standin():
    """A call that gives one stand-in for all tests of a process, started with the first."""
    with ExitStack() as running:
        yield functools.cache(lambda: running.enter_context(upstream()))


@pytest.fixture(scope="session")
def storage(tmp_path_factory):
    """Storage that speaks S3, for all places of a process's tests."""
    with buckets.storage(tmp_path_factory.getbasetemp()) as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def in_processes():
    """Run one job in three processes at the same moment."""
    with working_together() as run:
        yield run


@pytest.fixture
def in_threads():
    """Run one job, told its number, in several threads at the same moment."""

    def run(count, job):
        barrier = threading.Barrier(count)

        def start(number):
            barrier.wait(PATIENCE)
            return job(number)

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(start, range(count), timeout=PATIENCE))

    return run


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The PostgreSQL of this process and of those it starts."""
    with (
        postgres_server(tmp_path_factory.mktemp("postgres")) as (url, _),
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv(POSTGRES, url)
        yield url


# A project store, where a module says nothing else.


@pytest.fixture(scope="session", params=PROJECT_STORES)
def adapter(request):
    if request.param == "postgres":
        request.getfixturevalue("postgres")
    return request.param


@pytest.fixture
def place(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def opened(adapter, place):
    """A call that opens the store once more, as another process has it."""
    return functools.partial(PROJECT_STORES[adapter], place)


@pytest.fixture
def store(opened):
    return opened()


@pytest.fixture
def other(opened):
    """The same projects as another process has them."""
    return opened()


@pytest.fixture(scope="session")
def stocked(adapter, tmp_path_factory):
    """A call that gives a new store with these projects in it."""

    def stock(projects, **settings):
        store = PROJECT_STORES[adapter](tmp_path_factory.mktemp("data"), **settings)
        for project in projects:
            store.create(project)
        return store

    return stock


@pytest.fixture(scope="session")
def many(stocked):
    """A store of a few hundred projects, only to be read."""
    return stocked(one_of_many(number) for number in range(MANY))
