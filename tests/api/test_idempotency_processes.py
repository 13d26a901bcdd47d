"""A repetition under an `Idempotency-Key` is known in every process."""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from ..samples import PROJECT_BODY, TEXT_KEY
from ..servers import free_port, running
from ..upstream import CANNED_MESSAGE, Scenario, upstream
from ..upstream.answers import warm_up

PATIENCE = 20
KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"
SEND, STREAM = "/api/chat/send", "/api/chat/stream"
HELLO = {"message": "我想制作一个科幻视频"}


class Worker:
    """A server of its own process, as it is deployed but for its sessions in files."""

    def __init__(self, port, master):
        self.port, self._master = port, master

    def kill(self):
        """Kill the process that answers; its master starts another one."""
        children = Path(f"/proc/{self._master}/task/{self._master}/children").read_text()
        os.kill(int(children), signal.SIGKILL)

    @contextmanager
    def asked(self, path, body, cookie=""):
        """The response, while it is still coming."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with closing(connection):
            headers = {"Content-Type": "application/json", "Cookie": cookie, "Idempotency-Key": KEY}
            connection.request("POST", path, json.dumps(body).encode(), headers)
            with connection.getresponse() as response:
                yield response

    def ask(self, path, body, cookie=""):
        """The status, whether it is a repetition, and the body."""
        with self.asked(path, body, cookie) as response:
            return response.status, response.headers["Idempotent-Replayed"], response.read()

    def begin(self):
        """The cookie of a new session."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            connection.request("GET", "/api/session/info")
            with connection.getresponse() as response:
                return cookie_of(response)


def cookie_of(response):
    (morsel,) = SimpleCookie(response.headers["Set-Cookie"]).values()
    return f"{morsel.key}={morsel.value}"


@pytest.fixture(scope="module")
def service():
    warm_up()
    with upstream() as server:
        yield server


@pytest.fixture
def server(service):
    """The stand-in for a model's service, as if nobody had asked it before."""
    service.clear()
    yield service
    service.clear()


@pytest.fixture(scope="module")
def workers(service, tmp_path_factory):
    """Two processes that share a data directory and nothing else."""
    folder = tmp_path_factory.mktemp("workers")
    env = {
        **os.environ,
        "SPARK_DATA_DIR": str(folder / "data"),
        "OPENAI_API_KEY": TEXT_KEY,
        "OPENAI_BASE_URL": service.base_url,
        "SPARK_TEXT_MODEL": "standin",
    }
    app = "src.spark.api.app:create_app('testing')"
    with ExitStack() as servers:
        both = []
        for name in ("one", "two"):
            port = free_port()
            command = [sys.executable, "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", app]
            log = folder / f"{name}.log"
            process = servers.enter_context(running(command, port, log, env))
            both.append(Worker(port, process.pid))
        yield both


def test_a_repetition_at_another_worker_waits_for_the_first_answer(workers, server):
    one, two = workers
    cookie = one.begin()
    server.next(Scenario(canned=True, latency=0.5))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(one.ask, SEND, HELLO, cookie)
        server.wait_for(lambda requests: requests[0])
        again = pool.submit(two.ask, SEND, HELLO, cookie)
    status, replayed, body = first.result()
    assert (status, replayed) == (200, None)
    assert again.result() == (200, "true", body)
    assert len(server.requests) == 1


def test_a_project_created_at_two_workers_at_once_is_one(workers, server):
    barrier = threading.Barrier(6)
    cookie = workers[0].begin()

    def at_once(number):
        barrier.wait(PATIENCE)
        return workers[number % 2].ask("/api/projects", PROJECT_BODY, cookie)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(at_once, range(6)))
    assert sorted(str(replayed) for _, replayed, _ in answers) == ["None", *["true"] * 5]
    assert len({(status, body) for status, _, body in answers}) == 1
    assert answers[0][0] == 201


def test_where_the_first_worker_dies_another_carries_the_request_out(workers, server):
    one, two = workers
    cookie = one.begin()
    server.next(Scenario(fault="silent"))
    with ThreadPoolExecutor(1) as pool:
        lost = pool.submit(one.ask, SEND, HELLO, cookie)
        server.wait_for(lambda requests: requests[0])
        one.kill()
        with pytest.raises((OSError, http.client.HTTPException)):
            lost.result()
    server.next(Scenario(canned=True))
    status, replayed, body = two.ask(SEND, HELLO, cookie)
    assert (status, replayed) == (200, None)
    assert two.ask(SEND, HELLO, cookie) == (200, "true", body)
    assert len(server.requests) == 2


def test_over_the_wire_a_stream_comes_word_by_word_and_frees_its_key_when_left(workers, server):
    one, two = workers
    message = {"message": CANNED_MESSAGE}
    server.next(Scenario(canned=True, rate=30), Scenario(canned=True))
    with one.asked(STREAM, message) as response:
        cookie = cookie_of(response)
        while not (line := response.readline()).startswith(b"event: delta"):
            assert line
        assert server.requests[0].ended_at is None
    status, replayed, body = two.ask(STREAM, message, cookie)
    assert (status, replayed) == (200, None)
    assert b"event: done" in body
    assert server.requests[0].gone
    assert one.ask(STREAM, message, cookie) == (200, "true", body)
    assert len(server.requests) == 2


def test_who_leaves_while_the_model_says_nothing_is_noticed_under_a_key_too(workers, server):
    server.next(Scenario(canned=True, fault="stall"))
    connection = http.client.HTTPConnection("127.0.0.1", workers[1].port, timeout=PATIENCE)
    with closing(connection):
        headers = {"Content-Type": "application/json", "Idempotency-Key": "left"}
        connection.request("POST", STREAM, json.dumps(HELLO).encode(), headers)
        server.wait_for(lambda requests: requests[0].kind == "turn")
    assert server.wait_for(lambda requests: requests[0].gone)
