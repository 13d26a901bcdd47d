"""What every `Receipts` keeps to."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from src.spark.errors import KeyReused, RequestRunning, StorageUnavailable
from src.spark.ports import Receipt

from .processes import PATIENCE, acknowledged_before_kills, full_disk, spawn
from .stores import RECEIPTS, WRITTEN

HOUR = 3600
ODD_KEYS = [
    *["", "..", "../../x", "a/b", "a", "A", "a ", "\0", "'; drop table receipts; --", "%", "*"],
    *["🎬", "\ud83d", "x" * 300, "x" * 299],
]
WHOLE = Receipt(
    status=201,
    headers={"Content-Type": "application/json", "Location": "/api/projects/1", "ETag": '"1"'},
    body=bytes(range(256)) * 10,
)


@pytest.fixture(params=RECEIPTS)
def adapter(request):
    return request.param


@pytest.fixture
def place(tmp_path):
    return tmp_path / "deep" / "receipts"


@pytest.fixture
def receipts(adapter, place):
    return RECEIPTS[adapter](place, 24, 30)


@pytest.fixture
def other(adapter, place):
    """The same receipts as another process has them."""
    return RECEIPTS[adapter](place, 24, 30)


@pytest.fixture
def hasty(adapter, place):
    """Receipts where nobody waits long for a key that is held."""
    return RECEIPTS[adapter](place, 24, 0.05)


@pytest.fixture
def clock(monkeypatch):
    """Move the clock on, by seconds."""
    real, ahead = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() + ahead[0])

    def move(seconds):
        ahead[0] += seconds

    return move


@pytest.fixture
def holder(adapter, place):
    """Another process that holds the key `a` until it is told or killed."""
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=hold_until_told, args=(adapter, str(place), theirs))
    process.start()
    assert ours.poll(PATIENCE)
    assert ours.recv() == "held"
    process.tell = ours.send
    yield process
    process.kill()
    process.join(PATIENCE)


def hold_until_told(adapter, place, pipe):
    with RECEIPTS[adapter](Path(place), 24, 30).hold("a"):
        pipe.send("held")
        pipe.recv()


def answer(text):
    return Receipt(200, {"Content-Type": "text/plain"}, text.encode())


def carry_out_once(receipts, key, work):
    """What the edge does: the receipt where there is one, else the work and its receipt."""
    with receipts.hold(key):
        found = receipts.find(key, "request")
        if found is None:
            found = answer(work())
            receipts.keep(key, "request", found)
    return found.body.decode()


# --- one key ---


def test_nothing_was_answered_under_a_new_key(receipts):
    assert receipts.find("a", "request") is None


def test_what_was_kept_comes_back_whole_in_another_process(receipts, other):
    receipts.keep("a", "request", WHOLE)
    assert receipts.find("a", "request") == other.find("a", "request") == WHOLE


def test_an_answer_may_have_neither_headers_nor_a_body(receipts):
    receipts.keep("a", "request", Receipt(204, {}, b""))
    assert receipts.find("a", "request") == Receipt(204, {}, b"")


def test_headers_may_hold_anything(receipts):
    odd = Receipt(200, {"Location": "/api/projects/宇航员/\x00\ud83d", "": ""}, b"1")
    receipts.keep("a", "request", odd)
    assert receipts.find("a", "request") == odd


def test_another_request_under_the_same_key_is_told_so(receipts, other):
    receipts.keep("a", "request", WHOLE)
    for _ in range(2):
        with pytest.raises(KeyReused):
            other.find("a", "another request")
    assert other.find("a", "request") == WHOLE


def test_the_same_request_may_come_under_many_keys(receipts):
    receipts.keep("a", "request", answer("一"))
    receipts.keep("b", "request", answer("二"))
    assert receipts.find("a", "request") == answer("一")
    assert receipts.find("b", "request") == answer("二")


def test_what_was_kept_last_counts(receipts, other):
    receipts.keep("a", "request", answer("一"))
    other.keep("a", "another request", answer("二"))
    assert receipts.find("a", "another request") == answer("二")
    with pytest.raises(KeyReused):
        receipts.find("a", "request")


@pytest.mark.parametrize("key", ODD_KEYS, ids=ascii)
def test_any_key_and_any_request_are_their_own(receipts, place, key):
    others = [other for other in ODD_KEYS if other != key]
    for other in others:
        receipts.keep(other, other, answer("别的"))
    assert receipts.find(key, key) is None
    with receipts.hold(key):
        receipts.keep(key, key, WHOLE)
    assert receipts.find(key, key) == WHOLE
    for request in others:
        with pytest.raises(KeyReused):
            receipts.find(key, request)
    assert {path.name for path in place.parent.parent.iterdir()} <= {place.parent.name}


def test_keys_are_not_written_down(receipts, adapter, place):
    with receipts.hold("a secret key"):
        receipts.keep("a secret key", "a secret request", WHOLE)
        written = WRITTEN[adapter](place)
    assert any(WHOLE.body[:200] in part for part in written)
    assert not any(b"secret" in part for part in written)


# --- for a while ---


def test_receipts_kept_for_no_time_are_never_found(adapter, place):
    receipts = RECEIPTS[adapter](place, 0, 30)
    receipts.keep("a", "request", WHOLE)
    assert receipts.find("a", "request") is None
    assert receipts.find("a", "another request") is None


# --- many at once ---


def test_of_many_threads_under_one_key_one_does_the_work(receipts, other, in_threads):
    done = []

    def work(number):
        done.append(number)
        return f"{number}"

    answers = in_threads(
        8, lambda n: carry_out_once(other if n % 2 else receipts, "a", lambda: work(n))
    )
    assert len(done) == 1
    assert answers == [f"{done[0]}"] * 8


def carry_out_in_a_process(number, adapter, place):
    receipts = RECEIPTS[adapter](Path(place), 24, 30)
    told = [carry_out_once(receipts, f"{again}", lambda: f"{number}") for again in range(20)]
    for again in range(20):
        receipts.keep(f"{number} {again}", "request", answer(f"{number} {again}"))
    return told


def test_of_many_processes_under_one_key_one_does_the_work(adapter, place, in_processes, receipts):
    told = in_processes(carry_out_in_a_process, adapter, str(place))
    assert told[0] == told[1] == told[2]
    assert set(told[0]) <= {"0", "1", "2"}
    for key in [f"{number} {again}" for number in range(3) for again in range(20)]:
        assert receipts.find(key, "request") == answer(key)


# --- holding ---


def test_only_one_thread_holds_a_key_at_a_time(receipts, other, in_threads):
    inside, most = [], []

    def hold(number):
        for _ in range(10):
            with (receipts if number % 2 else other).hold("a"):
                inside.append(number)
                most.append(len(inside))
                receipts.find("a", "request")
                inside.remove(number)

    in_threads(6, hold)
    assert most == [1] * 60


def test_a_key_that_stays_held_is_busy_and_says_when_to_come_back(receipts, hasty):
    with receipts.hold("a"):
        with pytest.raises(RequestRunning) as running, hasty.hold("a"):
            pytest.fail("two held one key")
        assert running.value.retry_after
        with hasty.hold("b"):
            hasty.keep("b", "request", WHOLE)
    with hasty.hold("a"):
        hasty.keep("a", "request", WHOLE)
    assert receipts.find("a", "request") == receipts.find("b", "request") == WHOLE


def test_whoever_waits_goes_on_with_what_was_answered_meanwhile(receipts, other):
    waiting, told = threading.Event(), []

    def wait():
        waiting.set()
        told.append(carry_out_once(other, "a", lambda: "二"))

    thread = threading.Thread(target=wait)
    with receipts.hold("a"):
        thread.start()
        assert waiting.wait(PATIENCE)
        receipts.keep("a", "request", answer("一"))
    thread.join(PATIENCE)
    assert told == ["一"]


def test_a_failure_inside_lets_go_of_the_key(receipts, hasty):
    with pytest.raises(ZeroDivisionError), receipts.hold("a"):
        raise ZeroDivisionError
    assert carry_out_once(hasty, "a", lambda: "接着做") == "接着做"


def test_a_key_taken_in_one_thread_can_be_let_go_in_another(receipts, hasty):
    held = receipts.hold("a")
    taking = threading.Thread(target=held.__enter__)
    taking.start()
    taking.join(PATIENCE)
    with pytest.raises(RequestRunning), hasty.hold("a"):
        pytest.fail("two held one key")
    held.__exit__(None, None, None)
    assert carry_out_once(hasty, "a", lambda: "自由了") == "自由了"


def test_another_process_holds_a_key_until_it_lets_go(holder, hasty, receipts):
    with pytest.raises(RequestRunning), hasty.hold("a"):
        pytest.fail("two held one key")
    holder.tell("go")
    assert carry_out_once(receipts, "a", lambda: "轮到我了") == "轮到我了"


def test_a_killed_holder_holds_nothing_any_more(holder, hasty, receipts):
    with pytest.raises(RequestRunning), hasty.hold("a"):
        pytest.fail("two held one key")
    holder.kill()
    assert carry_out_once(receipts, "a", lambda: "再做一次") == "再做一次"


# --- what can go wrong ---


def keep_until_killed(adapter, place, run, acknowledge):
    receipts = RECEIPTS[adapter](Path(place), 24, 30)
    for again in range(3):
        key = f"{run}-{again}"
        with receipts.hold("shared"):
            receipts.keep(key, key, answer(key * 1000))
        acknowledge(key)


@pytest.mark.usefixtures("short_leases")
@pytest.mark.parametrize("seed", [3])
def test_killed_keepers_lose_nothing_acknowledged_and_leave_nothing_half(adapter, place, seed):
    kept = acknowledged_before_kills(keep_until_killed, adapter, str(place), seed)
    receipts = RECEIPTS[adapter](place, 24, 5)
    runs = {int(key.split("-")[0]) for key in kept}
    assert len(runs) > 20
    for key in kept:
        assert receipts.find(key, key) == answer(key * 1000)
    for key in [f"{run}-{again}" for run in runs for again in range(3)]:
        assert receipts.find(key, key) in (None, answer(key * 1000))
    assert carry_out_once(receipts, "shared", lambda: "之后") == "之后"


def test_holding_leaves_no_file_open(receipts):
    receipts.keep("a", "request", WHOLE)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for number in range(200):
        with receipts.hold(f"{number}"):
            receipts.find("a", "request")
    assert len(list(Path("/proc/self/fd").iterdir())) < before + 50


# --- of the SQLite adapter ---


def test_a_receipt_is_kept_for_its_time_and_no_longer(place, clock):
    receipts, other = (RECEIPTS["sqlite"](place, 24, 1) for _ in range(2))
    receipts.keep("a", "request", WHOLE)
    clock(24 * HOUR - 10)
    assert other.find("a", "request") == WHOLE
    clock(20)
    assert receipts.find("a", "request") is other.find("a", "request") is None


def test_an_old_key_may_be_used_for_another_request(place, clock):
    receipts = RECEIPTS["sqlite"](place, 24, 1)
    receipts.keep("a", "request", WHOLE)
    clock(25 * HOUR)
    assert receipts.find("a", "another request") is None
    receipts.keep("a", "another request", answer("新"))
    assert receipts.find("a", "another request") == answer("新")


def test_old_receipts_make_room_for_new_ones(place, clock):
    receipts = RECEIPTS["sqlite"](place, 24, 1)
    for number in range(100):
        receipts.keep(f"{number}", "request", Receipt(200, {}, bytes(200_000)))
        clock(12 * HOUR)
    assert sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) < 8_000_000
    assert receipts.find("99", "request") is not None


def keep_on_a_full_disk(number, place):
    receipts = RECEIPTS["sqlite"](Path(place) / str(number), 24, 5)
    receipts.keep("a", "request", WHOLE)
    long = Receipt(200, {}, bytes(200_000))
    with full_disk():
        with pytest.raises(StorageUnavailable):
            receipts.keep("b", "request", long)
        with pytest.raises(StorageUnavailable):
            receipts.keep("a", "request", long)
        assert receipts.find("a", "request") == WHOLE
        assert receipts.find("b", "request") is None
    receipts.keep("b", "request", long)
    return receipts.find("b", "request") == long


def test_a_full_disk_is_said_and_changes_nothing(tmp_path, in_processes):
    assert in_processes(keep_on_a_full_disk, str(tmp_path)) == [True] * 3


def test_a_place_that_cannot_be_used_is_said_by_every_method(tmp_path):
    (tmp_path / "file").write_text("in the way")
    receipts = RECEIPTS["sqlite"](tmp_path / "file", 24, 1)
    for attempt in (
        lambda: receipts.hold("a").__enter__(),
        lambda: receipts.find("a", "request"),
        lambda: receipts.keep("a", "request", WHOLE),
    ):
        with pytest.raises(StorageUnavailable):
            attempt()
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_damaged_file_is_said_as_unavailable_storage(place):
    place.mkdir(parents=True)
    (place / "receipts.sqlite").write_bytes(b"this is no database" * 1000)
    receipts = RECEIPTS["sqlite"](place, 24, 1)
    for attempt in (
        lambda: receipts.find("a", "request"),
        lambda: receipts.keep("a", "request", WHOLE),
    ):
        with pytest.raises(StorageUnavailable):
            attempt()


def test_a_damaged_receipt_is_said_as_unavailable_storage(place):
    receipts = RECEIPTS["sqlite"](place, 24, 1)
    receipts.keep("a", "request", WHOLE)
    with sqlite3.connect(place / "receipts.sqlite") as database:
        database.execute("update receipts set headers = '{'")
    database.close()
    with pytest.raises(StorageUnavailable):
        receipts.find("a", "request")


def test_the_locks_are_none_of_the_conversations(place):
    """Who holds a key goes on to hold a conversation, perhaps one of the same name."""
    from .stores import CONVERSATION_STORES

    with (
        RECEIPTS["sqlite"](place, 24, 1).hold("a"),
        CONVERSATION_STORES["sqlite"](place, 1).hold("a"),
    ):
        assert len([path for path in place.rglob("*") if path.is_file()]) == 2
