"""Several things at a time, and how much of it."""

from __future__ import annotations

import threading

import pytest

from src.spark.services.abreast import AT_ONCE, abreast

MB = 1024 * 1024


class Scales:
    """Work that notes what was under way together."""

    def __init__(self, meet=1):
        self.lock, self.barrier = threading.Lock(), threading.Barrier(meet)
        self.under_way, self.together = [], []

    def work(self, weight):
        with self.lock:
            self.under_way.append(weight)
            self.together.append(list(self.under_way))
        self.barrier.wait(60)
        with self.lock:
            self.under_way.remove(weight)
        return weight


def test_light_things_are_done_at_the_same_time_and_come_in_order():
    scales = Scales(meet=AT_ONCE)
    weights = [n * MB for n in range(AT_ONCE)]
    assert list(abreast("test", scales.work, weights, weigh=lambda w: w)) == weights
    assert max(map(len, scales.together)) == AT_ONCE


@pytest.mark.parametrize("heavy", [128 * MB, 4000 * MB])
def test_a_heavy_thing_goes_alone(heavy):
    scales = Scales()
    weights = [MB, 2 * MB, heavy, 3 * MB, heavy, heavy, 4 * MB]
    assert list(abreast("test", scales.work, weights, weigh=lambda w: w)) == weights
    assert [held for held in scales.together if heavy in held] == [[heavy]] * 3


def test_together_they_are_no_heavier_than_they_may():
    scales = Scales()
    weights = [50 * MB] * 20
    assert list(abreast("test", scales.work, weights, weigh=lambda w: w)) == weights
    assert max(map(sum, scales.together)) <= 100 * MB
