"""What every `Shelf` keeps to: it may lose anything, and never raises."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from .processes import full_disk
from .stores import SHELVES

KEYS = {
    "empty": "",
    "plain": "dialect https://models.test/v1 gpt-4o",
    "path": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "nul": "a\0b",
    "long": "长" * 10_000,
    "lone half of a character": "\ud83d",
    "temporary": ".a.tmp",
}
VALUES = {"empty": b"", "text": b"no", "every byte": bytes(range(256)), "large": b"x" * 2_000_000}


@pytest.fixture(params=SHELVES)
def adapter(request):
    return request.param


@pytest.fixture
def place(tmp_path):
    return tmp_path / "deep" / "shelf"


@pytest.fixture
def shelf(adapter, place):
    return SHELVES[adapter](place, 100, 1)


@pytest.fixture
def clock(monkeypatch):
    """Move the clock on, by seconds."""
    real, ahead = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() + ahead[0])

    def move(seconds):
        ahead[0] += seconds

    return move


# --- keeping ---


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_what_was_put_is_there_again(shelf, adapter, place, key, value):
    shelf.put(key, value)
    assert shelf.get(key) == value
    assert SHELVES[adapter](place, 100, 1).get(key) == value
    outside = [path for path in place.parent.parent.rglob("*") if place not in path.parents]
    assert set(outside) == {place.parent, place}


def test_what_was_never_put_is_not_there(shelf, place):
    assert shelf.get("a") is None
    shelf.put("b", b"1")
    assert shelf.get("a") is None


def test_what_was_put_last_counts(shelf):
    shelf.put("a", b"1")
    shelf.put("b", b"2")
    shelf.put("a", b"3")
    assert (shelf.get("a"), shelf.get("b")) == (b"3", b"2")


def test_two_shelves_in_one_place_are_one(shelf, adapter, place):
    other = SHELVES[adapter](place, 100, 1)
    assert other.get("a") is None
    shelf.put("a", b"1")
    assert other.get("a") == b"1"
    other.put("a", b"2")
    assert shelf.get("a") == b"2"


# --- letting go ---


def test_each_thing_is_kept_for_its_time_and_no_longer(shelf, clock):
    shelf.put("a", b"1")
    clock(3590)
    assert shelf.get("a") == b"1"
    clock(20)
    assert shelf.get("a") is None


def test_the_time_begins_anew_where_something_is_put_again(shelf, clock):
    shelf.put("a", b"1")
    clock(3000)
    shelf.put("a", b"2")
    clock(3000)
    assert shelf.get("a") == b"2"


def test_the_shortest_time_is_not_for_ever(adapter, place, clock):
    shelf = SHELVES[adapter](place, 100, 1e-6)
    shelf.put("a", b"1")
    clock(1)
    assert shelf.get("a") is None


def test_where_there_are_too_many_the_oldest_go(adapter, place, clock):
    shelf = SHELVES[adapter](place, 10, 1)
    for number in range(30):
        shelf.put(f"{number}", b"1")
        clock(1)
    kept = [number for number in range(30) if shelf.get(f"{number}")]
    assert 0 < len(kept) <= 10
    assert kept == list(range(30))[-len(kept) :]


def test_putting_the_same_thing_again_drives_nothing_out(adapter, place, clock):
    shelf = SHELVES[adapter](place, 3, 1)
    for number in (0, 1, 2, 2, 2, 2):
        shelf.put(f"{number}", b"1")
        clock(1)
    assert all(shelf.get(f"{number}") for number in (0, 1, 2))


# --- many at once ---


def test_many_threads_put_and_get_without_harm(shelf, in_threads):
    def work(number):
        values = []
        for again in range(10):
            shelf.put("shared", f"{number}".encode() * 5000)
            shelf.put(f"{number} {again}", b"own")
            values += [shelf.get("shared"), shelf.get(f"{number} {again}")]
        return values

    whole = {f"{number}".encode() * 5000 for number in range(4)}
    assert {value for values in in_threads(4, work) for value in values} <= {*whole, b"own"}


def crowd_in_a_process(number, adapter, place):
    shelf = SHELVES[adapter](Path(place), 5, 1)
    for again in range(15):
        shelf.put(f"{number} {again}", b"1" * 1000)
        assert shelf.get(f"{number} {again}") in (b"1" * 1000, None)
    shelf.put(f"last of {number}", b"2")
    return sorted({shelf.get(f"{n} {again}") or b"" for n in range(3) for again in range(15)})


def test_processes_share_the_room_without_harm(adapter, place, in_processes):
    for seen in in_processes(crowd_in_a_process, adapter, str(place)):
        assert set(seen) <= {b"", b"1" * 1000}
    shelf = SHELVES[adapter](place, 5, 1)
    shelf.put("latest", b"3")
    assert shelf.get("latest") == b"3"
    everything = [f"{n} {again}" for n in range(3) for again in range(15)]
    assert sum(shelf.get(key) is not None for key in everything) <= 4


# --- what is broken ---

BROKEN = {
    "nothing": b"",
    "a byte": b"\x80",
    "zeros": bytes(64),
    "a pickle of a class that is not there": b"\0\0\0\0cnowhere\nNobody\n.",
    "a pickle of nothing whole": b"\0\0\0\0(lp0\nI1\na",
    "text": "坏".encode() * 100,
    "noise": bytes(range(255, -1, -1)) * 20,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_files_are_of_no_use_and_no_harm(adapter, place, content):
    shelf = SHELVES[adapter](place, 3, 1)
    for key in ("a", "b", "c"):
        shelf.put(key, b"1")
    for path in [path for path in place.rglob("*") if path.is_file()]:
        path.write_bytes(content)
    assert shelf.get("a") in (None, content)
    again = SHELVES[adapter](place, 3, 1)
    for key in ("a", "b", "c", "d"):
        again.put(key, b"2")
    assert again.get("d") == b"2"


def test_strange_things_in_the_place_do_no_harm(shelf, place):
    shelf.put("a", b"1")
    for path in [path for path in place.rglob("*") if path.is_file()]:
        path.unlink()
        path.mkdir()
    (place / "a folder").mkdir()
    assert shelf.get("a") is None
    shelf.put("a", b"2")
    shelf.put("b", b"2")
    assert shelf.get("b") == b"2"


def test_a_place_that_is_gone_is_made_again(shelf, place):
    shelf.put("a", b"1")
    shutil.rmtree(place)
    assert shelf.get("a") is None
    shelf.put("a", b"2")
    assert shelf.get("a") == b"2"


@pytest.mark.parametrize("place", ["file/in/the/way", "/proc/spark/shelf", "/dev/null"])
def test_a_place_that_cannot_be_used_keeps_nothing(adapter, tmp_path, place):
    (tmp_path / "file").write_text("in the way")
    shelf = SHELVES[adapter](tmp_path / place, 10, 1)
    shelf.put("a", b"1")
    assert shelf.get("a") is None


def put_on_a_full_disk(number, adapter, place):
    place = Path(place) / str(number)
    shelf = SHELVES[adapter](place, 10, 1)
    shelf.put("small", b"1")
    files = set(place.rglob("*"))
    with full_disk():
        for _ in range(3):
            shelf.put("large", b"2" * 100_000)
        assert shelf.get("large") is None
        assert shelf.get("small") == b"1"
    assert set(place.rglob("*")) == files
    shelf.put("large", b"2" * 100_000)
    return shelf.get("large") == b"2" * 100_000


def test_a_full_disk_keeps_nothing_more_and_leaves_nothing_behind(adapter, tmp_path, in_processes):
    assert in_processes(put_on_a_full_disk, adapter, str(tmp_path)) == [True] * 3
