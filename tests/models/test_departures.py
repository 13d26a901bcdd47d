"""People who leave in the middle of an answer, over real servers."""

from __future__ import annotations

import http.client
import json
import os
import sys
import threading
from contextlib import closing, contextmanager
from http.cookies import SimpleCookie

import pytest
from werkzeug.serving import make_server

from ..engines import model_app
from ..samples import TEXT_KEY
from ..servers import free_port, running
from ..upstream import CANNED_MESSAGE, Scenario
from .talk import events, words


@pytest.fixture
def threaded(server, tmp_path):
    """The API over the development server's threads."""
    listening = make_server("127.0.0.1", 0, model_app(tmp_path, server), threaded=True)
    thread = threading.Thread(target=listening.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield listening.port
    listening.shutdown()
    thread.join(10)
    listening.server_close()


@pytest.fixture(scope="module")
def under_gunicorn(service, tmp_path_factory):
    """The API as it is deployed, but for its sessions in files."""
    port, folder = free_port(), tmp_path_factory.mktemp("gunicorn")
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}"]
    env = {
        **os.environ,
        "SPARK_DATA_DIR": str(folder / "data"),
        "OPENAI_API_KEY": TEXT_KEY,
        "OPENAI_BASE_URL": service.base_url,
        "SPARK_TEXT_MODEL": "standin",
    }
    app = "src.spark.api.app:create_app('testing')"
    with running([*command, app], port, folder / "gunicorn.log", env):
        yield port


@pytest.fixture(params=["threaded", "under_gunicorn"])
def port(request):
    return request.getfixturevalue(request.param)


@contextmanager
def asked(port, path, message, cookie=""):
    """The response to a message, while it is still coming."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        headers = {"Content-Type": "application/json", "Cookie": cookie}
        body = json.dumps({"message": message}).encode()
        connection.request("POST", f"/api/chat/{path}", body, headers)
        with connection.getresponse() as response:
            yield response


def cookie_of(response):
    (morsel,) = SimpleCookie(response.headers["Set-Cookie"]).values()
    return f"{morsel.key}={morsel.value}"


def read_to_the_first_words(response):
    while not (line := response.readline()).startswith(b"event: delta"):
        assert line


def test_a_caller_who_leaves_ends_the_call_and_finds_the_message_kept(port, server):
    server.next(Scenario(canned=True, rate=30))
    with asked(port, "stream", "我想制作一个科幻视频") as response:
        cookie = cookie_of(response)
        read_to_the_first_words(response)
        assert server.requests[0].ended_at is None
    server.wait_for(lambda requests: requests[0].gone)
    assert len(server.requests) == 1
    with asked(port, "send", "主角是宇航员林夏", cookie) as response:
        assert json.load(response)["missing_elements"] == ["plot"]
    assert server.requests[1].body["messages"][-1]["content"] == (
        "我想制作一个科幻视频\n主角是宇航员林夏"
    )
    with asked(port, "send", "三分钟", cookie) as response:
        assert response.status == 200
    told = [message["role"] for message in server.requests[2].body["messages"]]
    assert told == ["system", "user", "assistant", "user"]


def test_words_go_out_as_they_come_in(port, server):
    server.next(Scenario(canned=True, rate=200))
    with asked(port, "stream", CANNED_MESSAGE) as response:
        read_to_the_first_words(response)
        assert server.requests[0].first_reply_token_at
        assert server.requests[0].ended_at is None
        told = events("event: delta\n" + response.read().decode())
    assert told[-1][0] == "done"
    assert words(told) == told[-1][1]["response"]


def test_a_caller_who_leaves_during_long_thoughts_is_noticed(threaded, server, monkeypatch):
    monkeypatch.setattr("src.spark.adapters.openai.completion._STILL_THERE_SECONDS", 0.1)
    server.next(Scenario(canned=True, fault="reasoning", rate=4, chunk_chars=1))
    with asked(threaded, "stream", CANNED_MESSAGE) as response:
        assert response.readline() == b": \n"
    assert server.wait_for(lambda requests: requests[0].gone)
    assert server.requests[0].first_reply_token_at is None


def test_a_caller_who_leaves_while_the_model_says_nothing_is_noticed(port, server):
    server.next(Scenario(canned=True, fault="stall"))
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        body = json.dumps({"message": CANNED_MESSAGE}).encode()
        connection.request("POST", "/api/chat/stream", body, {"Content-Type": "application/json"})
        server.wait_for(lambda requests: requests[0].kind == "turn")
    assert server.wait_for(lambda requests: requests[0].gone, 5)
    assert len(server.requests) == 1


def test_what_was_begun_for_a_caller_who_left_is_entered(client, server):
    server.next(Scenario(canned=True, rate=100))
    response = client.post("/api/chat/stream", json={"message": CANNED_MESSAGE})
    assert next(iter(response.response)).startswith(b"event: delta")
    response.close()
    (entry,) = client.get("/api/usage").json["entries"]
    assert (entry["kind"], entry["outcome"], entry["tokens_out"]) == ("turn", "failed", None)
    assert entry["model"] == "standin"
    assert client.get("/api/usage").json["unreported"] == 1
