"""The one limit that a whole call keeps."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress

import pytest

from src.spark.adapters.openai import deadline
from src.spark.adapters.openai.calls import Calls, TextModels
from src.spark.adapters.openai.completion import Completion
from src.spark.adapters.openai.deadline import Deadline, Watchdog
from src.spark.adapters.openai.dialects import Dialects
from src.spark.adapters.openai.service import Service
from src.spark.errors import UpstreamTimeout

from ...fakes import FakeShelf

PATIENCE = 5
EVENT = b'data: {"choices": [{"delta": {"content": "hi"}}]}\n\n'


@pytest.fixture
def pair():
    """Two ends of one connection."""
    near, far = socket.socketpair()
    near.settimeout(PATIENCE)
    with near, far:
        yield near, far


def shutting(connection):
    return lambda: connection.shutdown(socket.SHUT_RD)


def watchdogs():
    return [thread for thread in threading.enumerate() if thread.name == "watchdog"]


# --- the moment ---


def test_the_time_left_runs_out():
    assert 4 < Deadline(5).left <= 5
    assert not Deadline(5).is_over
    over = Deadline(-1)
    assert over.is_over
    with pytest.raises(UpstreamTimeout):
        _ = over.left


# --- whoever waits beyond it ---


def test_a_read_ends_at_the_deadline(pair):
    near, _ = pair
    begun = time.monotonic()
    with Watchdog().over(shutting(near), Deadline(0.05)):
        assert near.recv(1) == b""
    assert 0.05 <= time.monotonic() - begun < 2


def test_a_service_that_sends_a_word_now_and_then_is_ended_too(pair):
    near, far = pair
    heard = b""
    with Watchdog().over(shutting(near), Deadline(0.1)), suppress(BrokenPipeError):
        far.sendall(b".")
        while word := near.recv(1):
            heard += word
            far.sendall(b".")
    assert heard


def test_what_ended_in_time_is_left_alone(pair):
    near, far = pair
    watchdog = Watchdog()
    with watchdog.over(shutting(near), Deadline(0.02)):
        far.sendall(b"a")
        assert near.recv(1) == b"a"
    other_near, _far = socket.socketpair()
    with other_near, _far, watchdog.over(shutting(other_near), Deadline(0.06)):
        other_near.settimeout(PATIENCE)
        assert other_near.recv(1) == b""  # so the first deadline has passed too
    far.sendall(b"b")
    assert near.recv(1) == b"b"


def test_the_earliest_deadline_comes_first_whenever_it_was_set():
    watchdog, ended = Watchdog(), []
    everyone = threading.Event()

    def end(name):
        ended.append(name)
        if len(ended) == 3:
            everyone.set()

    with (
        watchdog.over(lambda: end("late"), Deadline(0.15)),
        watchdog.over(lambda: end("early"), Deadline(0.05)),
        watchdog.over(lambda: end("between"), Deadline(0.1)),
    ):
        assert everyone.wait(PATIENCE)
    assert ended == ["early", "between", "late"]


def test_hundreds_are_watched_by_one_thread_and_nothing_is_left_behind():
    watchdog, ended = Watchdog(), []
    before, everyone = len(watchdogs()), threading.Event()

    def end(number):
        ended.append(number)
        if len(ended) == 150:
            everyone.set()

    with ExitStack() as late:
        for number in range(300):
            seconds = 0.1 if number % 2 else 60
            late.enter_context(watchdog.over(lambda n=number: end(n), Deadline(seconds)))
        assert len(watchdogs()) == before + 1
        assert everyone.wait(PATIENCE)
    assert sorted(ended) == list(range(1, 300, 2))
    assert watchdog._watched == {}
    last = threading.Event()
    with watchdog.over(last.set, Deadline(0)):
        assert last.wait(PATIENCE)
    assert len(ended) == 150
    assert len(watchdogs()) == before + 1


def test_hundreds_of_threads_may_come_and_go(pair):
    watchdog, ended = Watchdog(), []

    def call(number):
        for _ in range(50):
            with watchdog.over(lambda: ended.append(number), Deadline(60)):
                pass

    threads = [threading.Thread(target=call, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert ended == []
    assert watchdog._watched == {}


def test_what_nobody_listens_to_any_more_is_ended_long_before_its_deadline(monkeypatch):
    monkeypatch.setattr(deadline, "_LOOK_SECONDS", 0.01)
    watchdog, heard, gone = Watchdog(), threading.Event(), threading.Event()
    is_there = [True]
    with (
        watchdog.over(heard.set, Deadline(60), lambda: True),
        watchdog.over(gone.set, Deadline(60), lambda: is_there[0]),
    ):
        assert not gone.wait(0.05)
        is_there[0] = False
        assert gone.wait(PATIENCE)
    assert not heard.is_set()


@pytest.mark.parametrize("error", [OSError, ValueError, RuntimeError])
def test_what_was_over_already_does_not_end_the_watch(error):
    watchdog, next_one = Watchdog(), threading.Event()

    def gone():
        raise error

    with watchdog.over(gone, Deadline(0)), watchdog.over(next_one.set, Deadline(0.02)):
        assert next_one.wait(PATIENCE)


def test_leaving_with_an_error_ends_the_watch_as_well():
    watchdog = Watchdog()
    with pytest.raises(KeyError), watchdog.over(lambda: None, Deadline(60)):
        raise KeyError
    assert watchdog._watched == {}


# --- a service that closes each connection ---


@contextmanager
def closing_service(head, *parts):
    """A service of one answer, whose body ends where its connection does."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()

        def serve():
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as request:
                _read_whole(request)
                connection.sendall(head + b"\r\n\r\n")
                for part in parts:
                    connection.sendall(part or b"")
                    if part is None:
                        stop.wait(PATIENCE)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        finally:
            stop.set()
            thread.join(PATIENCE)


def _read_whole(request):
    """Read a request to its end: what is left unread resets the connection that is closed."""
    length = 0
    while (line := request.readline().strip().lower()) != b"":
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    request.read(length)


def ask(address, seconds):
    """The words of the one answer there is."""
    service = Service(address, "", deadline=seconds, connect=PATIENCE, read=PATIENCE)
    calls, completion = Calls(service, ["standin"]), Completion()
    calls.clients.warm_up()
    models = TextModels(calls, Dialects(address, FakeShelf()), {})
    attempt = next(calls.begin()).__enter__()
    chat = [{"role": "system", "content": "JSON"}]
    for _ in models.ask(attempt, "turn", {"type": "object"}, chat, completion):
        pass
    return completion.text


HEADS = {
    "connection: close": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/event-stream",
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_an_answer_that_ends_with_its_connection_is_read(head):
    with closing_service(head, EVENT, EVENT, b"data: [DONE]\n\n") as address:
        assert ask(address, PATIENCE) == "hihi"


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_an_answer_that_ends_with_its_connection_keeps_the_deadline_too(head):
    with closing_service(head, EVENT, None) as address:
        begun = time.monotonic()
        with pytest.raises(UpstreamTimeout):
            ask(address, 0.3)
        assert time.monotonic() - begun < PATIENCE
