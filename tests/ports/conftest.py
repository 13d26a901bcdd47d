from __future__ import annotations

import functools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from ..upstream import upstream
from .processes import PATIENCE, working_together


@pytest.fixture(scope="session")
def standin():
    """A call that gives one stand-in for all tests of a process, started with the first."""
    with ExitStack() as running:
        yield functools.cache(lambda: running.enter_context(upstream()))


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
