from __future__ import annotations

import time
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings

# A loaded machine is no failure, and a run tomorrow is the one of today.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


@pytest.fixture
def in_a_second():
    """Make sure that what is done takes the processor about a second, and never minutes."""

    @contextmanager
    def limited(seconds=4):
        begun = time.thread_time()
        yield
        assert time.thread_time() - begun < seconds

    return limited
