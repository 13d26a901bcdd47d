from __future__ import annotations

import time
from contextlib import contextmanager

import pytest


@pytest.fixture
def in_a_second():
    """Make sure that what is done takes the processor about a second, and never minutes."""

    @contextmanager
    def limited(seconds=4):
        begun = time.thread_time()
        yield
        assert time.thread_time() - begun < seconds

    return limited
