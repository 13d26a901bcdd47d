"""How many calls are made at once, and who waits."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from src.spark.adapters.openai.deadline import Deadline
from src.spark.adapters.openai.gate import Gate
from src.spark.errors import ModelsOccupied, UpstreamTimeout

PATIENCE = 30


@pytest.fixture
def pool():
    with ThreadPoolExecutor(64) as pool:
        yield pool


def waiting(gate, count):
    """Return when so many wait before the gate."""
    moment = threading.Event()
    for _ in range(PATIENCE * 100):
        if len(gate._queue) == count:
            return
        moment.wait(0.01)
    raise AssertionError(f"{len(gate._queue)} wait, not {count}")


def test_never_more_than_so_many_are_inside(pool):
    gate, lock = Gate(5, 100), threading.Lock()
    inside, most = [0], [0]

    def pass_through(_):
        gate.enter(Deadline(PATIENCE))
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        with lock:
            inside[0] -= 1
        gate.leave()

    list(pool.map(pass_through, range(500)))
    assert 1 <= most[0] <= 5
    assert inside[0] == 0
    for _ in range(5):  # every place is free again
        gate.enter(Deadline(0.01))


def test_who_waited_longest_goes_first(pool):
    gate, order = Gate(1, 10), []
    gate.enter(Deadline(PATIENCE))

    def wait(number):
        gate.enter(Deadline(PATIENCE))
        order.append(number)
        gate.leave()

    jobs = []
    for number in range(5):
        jobs.append(pool.submit(wait, number))
        waiting(gate, number + 1)
    gate.leave()
    for job in jobs:
        job.result(PATIENCE)
    assert order == [0, 1, 2, 3, 4]


def test_where_too_many_wait_the_next_one_is_told_at_once_when_to_come_back(pool):
    gate = Gate(1, 1)
    gate.enter(Deadline(PATIENCE))
    waiter = pool.submit(gate.enter, Deadline(PATIENCE))
    waiting(gate, 1)
    with pytest.raises(ModelsOccupied) as refused:
        gate.enter(Deadline(PATIENCE))
    assert refused.value.retry_after
    gate.leave()
    waiter.result(PATIENCE)


def test_who_waits_beyond_the_deadline_takes_no_place_with_them():
    gate = Gate(1, 1)
    gate.enter(Deadline(PATIENCE))
    with pytest.raises(UpstreamTimeout):
        gate.enter(Deadline(0.02))
    gate.leave()
    gate.enter(Deadline(0.02))
