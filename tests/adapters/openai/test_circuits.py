"""A circuit leaves a dead service alone, and finds out when it works again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from src.spark.adapters.openai import circuits
from src.spark.adapters.openai.circuits import Circuit


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""
    clock = SimpleNamespace(moment=1000.0)
    monkeypatch.setattr(circuits, "time", SimpleNamespace(monotonic=lambda: clock.moment))
    return clock


@pytest.fixture
def circuit(clock):
    return Circuit()


def fail(circuit, times):
    for _ in range(times):
        circuit.fail()


def test_a_service_that_works_is_called(circuit):
    assert circuit.rest() == 0
    assert not circuit.is_open


def test_a_few_failures_are_borne(circuit):
    fail(circuit, 4)
    assert circuit.rest() == 0
    assert not circuit.is_open


def test_after_five_failures_in_a_row_the_service_is_left_alone_for_a_while(circuit, clock):
    fail(circuit, 5)
    assert circuit.is_open
    assert circuit.rest() == 15
    clock.moment += 10
    assert circuit.rest() == 5
    assert circuit.is_open


def test_a_success_between_them_makes_failures_count_anew(circuit):
    fail(circuit, 4)
    circuit.succeed()
    fail(circuit, 4)
    assert circuit.rest() == 0


def test_after_the_rest_one_call_tries_and_the_others_wait_for_it(circuit, clock):
    fail(circuit, 5)
    clock.moment += 15
    assert not circuit.is_open
    assert [circuit.rest() for _ in range(3)] == [0, 15, 15]


def test_of_many_at_once_one_tries(circuit, clock):
    fail(circuit, 5)
    clock.moment += 16
    with ThreadPoolExecutor(8) as pool:
        rests = list(pool.map(lambda _: circuit.rest(), range(64)))
    assert sorted(rests) == [0] + [15] * 63


def test_where_the_try_succeeds_all_may_call_again(circuit, clock):
    fail(circuit, 5)
    clock.moment += 15
    circuit.rest()
    circuit.succeed()
    assert [circuit.rest() for _ in range(3)] == [0, 0, 0]
    assert not circuit.is_open


def test_where_the_try_fails_the_rest_begins_again(circuit, clock):
    fail(circuit, 5)
    clock.moment += 15
    circuit.rest()
    clock.moment += 3
    circuit.fail()
    assert circuit.is_open
    assert circuit.rest() == 15


def test_a_try_that_is_never_heard_of_again_is_followed_by_another(circuit, clock):
    fail(circuit, 5)
    clock.moment += 15
    assert circuit.rest() == 0
    clock.moment += 15
    assert [circuit.rest() for _ in range(2)] == [0, 15]
