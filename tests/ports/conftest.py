from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from .processes import PATIENCE, working_together


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
