"""The project's nginx, run for real in front of machines that stand in for the API's."""

from __future__ import annotations

import gzip
import json
import re
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from src.spark.api.messages import HTTP_MESSAGES

from ..servers import REPOSITORY, nginx_server
from .machines import PATIENCE, Caller, ask, machine, nobody, take_and_die

CONFIGURATION = (REPOSITORY / "deploy" / "nginx.conf").read_text(encoding="utf-8")
UNAVAILABLE = {
    "zh": "服务暂时不可用，请稍后重试。",
    "en": "The service is unavailable just now. Please try again later.",
}
IDENTIFIER = re.compile(r"[0-9a-f]{32}")


@pytest.fixture
def front(tmp_path):
    """nginx before two machines that are well, and the machines."""
    with (
        machine() as first,
        machine() as second,
        nginx_server(tmp_path, [first.port, second.port]) as base,
    ):
        yield base, first, second


@pytest.fixture
def deserted(tmp_path):
    """nginx before two machines of which none is there."""
    with nobody() as first, nobody() as second, nginx_server(tmp_path, [first, second]) as base:
        yield base


def log_lines(folder):
    """The log of an nginx that has ended: a line is written after its answer."""
    lines = (folder / "access.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def arrivals(*machines):
    return [arrival for one in machines for arrival in one.arrivals]


# What a machine is told of the caller


def test_a_machine_hears_where_a_request_came_from_and_what_for(front):
    base, *machines = front
    assert ask(base, "GET", "/api/health", Host="spark.example.com:8443")[0] == 200
    (arrival,) = arrivals(*machines)
    told = {
        "host": "spark.example.com:8443",
        "x-forwarded-host": "spark.example.com:8443",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
    }
    assert told.items() <= arrival.headers.items()


def test_what_a_caller_says_of_its_own_address_is_not_passed_on(front):
    base, *machines = front
    lies = {
        "X_Forwarded_For": "203.0.113.9",
        "X_Forwarded_Proto": "https",
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Prefix": "/evil",
        "X_Forwarded_Port": "evil",
        "X_Real_IP": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
    }
    ask(base, "GET", "/api/health", **lies)
    (arrival,) = arrivals(*machines)
    assert arrival.headers["x-forwarded-for"] == "127.0.0.1"
    assert arrival.headers["x-forwarded-proto"] == "http"
    assert not re.search(r"203\.0\.113|evil", json.dumps(arrival.headers))


@pytest.mark.parametrize("given", ["abc-1.2:3_4", "x" * 128])
def test_a_caller_s_request_id_is_passed_on(front, given):
    base, *machines = front
    ask(base, "GET", "/api/health", X_Request_ID=given)
    assert [a.headers["x-request-id"] for a in arrivals(*machines)] == [given]


@pytest.mark.parametrize("given", [None, "", "with space", "x" * 129, 'quote"', "a;b", "é"])
def test_a_request_without_a_usable_id_gets_one(front, given):
    base, *machines = front
    ask(base, "GET", "/api/health", **({} if given is None else {"X_Request_ID": given}))
    (passed,) = [a.headers["x-request-id"] for a in arrivals(*machines)]
    assert IDENTIFIER.fullmatch(passed)


@pytest.mark.parametrize(
    "path",
    [
        "/api/content/project/1/character/%E5%90%8D%2F%E5%AD%97/image",
        "/api/projects//1",
        "/api/projects/search?q=%E7%A7%91%E5%B9%BB&page=2",
        "/api/v1/projects/%252e",
    ],
)
def test_an_address_arrives_as_it_was_written(front, path):
    base, *machines = front
    ask(base, "GET", path)
    assert [a.path for a in arrivals(*machines)] == [path]


# Streams


@pytest.mark.parametrize("prefix", ["/api", "/api/v1"])
def test_words_of_a_stream_are_passed_on_while_the_rest_is_yet_to_come(tmp_path, prefix):
    heard = threading.Event()

    def speak(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"3\r\none\r\n")
        assert heard.wait(PATIENCE)
        handler.wfile.write(b"3\r\ntwo\r\n0\r\n\r\n")

    with machine(speak) as only, nginx_server(tmp_path, [only.port]) as base:
        connection = HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE)
        connection.request("POST", f"{prefix}/chat/stream", b"{}", {"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        assert response.getheader("Content-Encoding") is None
        assert response.read1() == b"one"
        heard.set()
        assert response.read() == b"two"
        connection.close()


def test_a_machine_hears_at_once_that_the_caller_has_left(tmp_path):
    left, arrived = threading.Event(), threading.Event()

    def listen(handler):
        arrived.set()
        if handler.connection.recv(1) == b"":
            left.set()
        handler.close_connection = True

    with machine(listen) as only, nginx_server(tmp_path, [only.port]) as base:
        connection = HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE)
        connection.request("POST", "/api/chat/stream", b"{}")
        assert arrived.wait(PATIENCE)
        connection.close()
        assert left.wait(PATIENCE)


# Machines that fail


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_machine_that_is_not_there_is_left_out(tmp_path, method):
    """Nobody notices, and after the first refusal nobody knocks there for a while."""
    with (
        nobody() as gone,
        machine() as alive,
        nginx_server(tmp_path, [gone, alive.port]) as base,
    ):
        answers = [ask(base, method, "/api/projects/1", b"{}")[0] for _ in range(30)]
    assert answers == [200] * 30
    assert len(alive.arrivals) == 30
    knocked = [line for line in log_lines(tmp_path) if f":{gone}" in line["machine"]]
    assert 1 <= len(knocked) <= 3


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_a_machine_has_taken_is_never_sent_to_another(tmp_path, method):
    """A turn must not be spoken twice: the caller hears of the failure and decides."""
    with (
        machine(take_and_die) as dying,
        machine() as alive,
        nginx_server(tmp_path, [dying.port, alive.port]) as base,
    ):
        answers = {
            number: ask(base, method, "/api/chat/send", {"message": number}) for number in range(12)
        }
    sent = [json.loads(body)["message"] for body in dying.bodies + alive.bodies]
    assert sorted(sent) == list(range(12))
    taken = {json.loads(body)["message"] for body in dying.bodies}
    assert taken
    for number, (status, _, body) in answers.items():
        assert status == (502 if number in taken else 200)
        assert number not in taken or body["error"] == "service_unavailable"


def test_a_read_is_asked_again_of_the_next_machine(tmp_path):
    with (
        machine(take_and_die) as dying,
        machine() as alive,
        nginx_server(tmp_path, [dying.port, alive.port]) as base,
    ):
        answers = [ask(base, "GET", "/api/projects/1")[0] for _ in range(12)]
    assert answers == [200] * 12
    assert dying.arrivals


def test_only_reads_share_connections(tmp_path):
    """What was sent over a connection that is just being closed may or may not have been heard."""
    with machine() as only, nginx_server(tmp_path, [only.port]) as base, Caller(base) as caller:
        for method in ["GET"] * 5 + ["POST"] * 5:
            assert caller.ask(method, "/api/health", b"{}")[0] == 200
    peers = {
        method: {a.peer for a in only.arrivals if a.method == method} for method in ("GET", "POST")
    }
    assert len(peers["GET"]) == 1
    assert len(peers["POST"]) == 5
    assert peers["GET"].isdisjoint(peers["POST"])


def test_a_failure_that_a_machine_answered_is_the_answer(tmp_path):
    """The API's own 503 is passed on as it is, and its machine stays in."""

    def fail(handler):
        handler.send({"error": "storage_unavailable"}, 503, Retry_After="7")

    with (
        machine(fail) as first,
        machine(fail) as second,
        nginx_server(tmp_path, [first.port, second.port]) as base,
    ):
        answers = [ask(base, "POST", "/api/chat/send", b"{}") for _ in range(6)]
    for status, headers, body in answers:
        assert (status, body) == (503, {"error": "storage_unavailable"})
        assert headers["retry-after"] == "7"
    assert len(arrivals(first, second)) == 6


# What nginx says itself


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en", "en"),
        ("en-US,en;q=0.9", "en"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("fr-FR,en;q=0.5", "en"),
        ("zh;q=0.5, en", "en"),
        ("fr", "zh"),
        ("*", "zh"),
        ("en;q=0.5,zh", "zh"),
    ],
)
def test_without_a_machine_the_error_is_the_api_s_in_the_caller_s_language(
    deserted, client, accepted, language
):
    sent = {"Accept_Language": accepted} if accepted else {}
    status, headers, body = ask(deserted, "POST", "/api/chat/send", b"{}", **sent)
    assert status == 502
    assert headers["content-type"] == "application/json"
    assert headers["retry-after"] == "1"
    assert headers["x-request-id"] == body["request_id"]
    assert body["error"] == "service_unavailable"
    assert body["message"] == UNAVAILABLE[language]
    lost = client.get("/api/nothing", headers={"Accept-Language": accepted or ""}).json
    assert body.keys() == lost.keys()
    assert lost["message"] == HTTP_MESSAGES["not_found"][language]


def test_times_are_told_with_their_offset(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    with nobody() as gone, nginx_server(tmp_path, [gone]) as base:
        body = ask(base, "GET", "/api/health")[2]
    for told in (body["timestamp"], log_lines(tmp_path)[0]["time"]):
        assert abs(datetime.now(UTC) - datetime.fromisoformat(told)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/metrics", 403, "forbidden"),
        ("/metrics/", 403, "forbidden"),
        ("//metrics", 403, "forbidden"),
        ("/%6detrics", 403, "forbidden"),
        ("/api/../metrics", 403, "forbidden"),
        ("/api/%2e%2e/metrics", 403, "forbidden"),
        ("/", 404, "not_found"),
        ("/index.html", 404, "not_found"),
        ("/api", 404, "not_found"),
        ("/apix/health", 404, "not_found"),
    ],
)
def test_nothing_but_the_api_can_be_reached(front, path, status, error):
    base, *machines = front
    found, headers, body = ask(base, "GET", path)
    assert (found, body["error"]) == (status, error)
    assert body["message"] == HTTP_MESSAGES[error]["zh"]
    assert headers["content-type"] == "application/json"
    assert arrivals(*machines) == []


def test_it_does_not_say_which_version_it_is(front):
    assert ask(front[0], "GET", "/")[1]["server"] == "nginx"


def test_its_words_are_the_api_s(client):
    pattern = re.compile(r'"(\w+) (zh|en)" "([^"]+)";')
    said = {(code, language): text for code, language, text in pattern.findall(CONFIGURATION)}
    shared = {code for code, _ in said} & HTTP_MESSAGES.keys()
    assert shared >= {"validation_error", "not_found", "payload_too_large", "rate_limited"}
    for code in shared:
        for language in ("zh", "en"):
            assert said[code, language] == HTTP_MESSAGES[code][language]
    for language, text in HTTP_MESSAGES["internal_error"].items():
        assert f'"{text}";' in CONFIGURATION, language


def test_an_address_with_too_many_requests_open_has_to_wait(tmp_path):
    arrived, go_on = threading.Semaphore(0), threading.Event()

    def wait(handler):
        arrived.release()
        assert go_on.wait(PATIENCE)
        handler.send({})

    with (
        machine(wait) as only,
        nginx_server(tmp_path, [only.port], connections=2) as base,
        ExitStack() as open_ones,
    ):
        callers = [open_ones.enter_context(Caller(base)) for _ in range(2)]
        for caller in callers:
            caller.connection.request("POST", "/api/chat/send", b"{}")
            assert arrived.acquire(timeout=PATIENCE)
        status, headers, body = ask(base, "GET", "/api/health")
        go_on.set()
        assert [caller.connection.getresponse().read() for caller in callers] == [b"{}"] * 2
    assert (status, body["error"], headers["retry-after"]) == (429, "rate_limited", "1")


# Bodies


def test_larger_bodies_are_the_api_s_to_refuse(front):
    base, *machines = front
    body = b"x" * (1024 * 1024 + 200_000)
    assert ask(base, "POST", "/api/chat/send", body)[0] == 200
    assert [len(a.body) for a in arrivals(*machines)] == [len(body)]


def test_much_larger_bodies_are_refused_in_the_same_words(front):
    base, *machines = front
    with Caller(base) as caller:
        caller.connection.putrequest("POST", "/api/chat/send")
        caller.connection.putheader("Content-Length", str(3 * 1024 * 1024))
        caller.connection.putheader("Accept-Language", "en")
        caller.connection.endheaders()
        response = caller.connection.getresponse()
        body = json.loads(response.read())
    assert (response.status, body["error"]) == (413, "payload_too_large")
    assert body["message"] == HTTP_MESSAGES["payload_too_large"]["en"]
    assert arrivals(*machines) == []


@pytest.mark.parametrize("path", ["/api/projects/import", "/api/v1/projects/import?existing=copy"])
def test_archives_reach_the_api_whole(front, path):
    base, *machines = front
    body = b"PK" + b"x" * (8 * 1024 * 1024)
    assert ask(base, "POST", path, body)[0] == 200
    assert [len(a.body) for a in arrivals(*machines)] == [len(body)]


LONG = {"text": "科幻" * 2000}


def test_json_is_sent_compressed_to_who_takes_it_so(tmp_path):
    with machine(lambda h: h.send(LONG)) as only, nginx_server(tmp_path, [only.port]) as base:
        _, headers, data = ask(base, "GET", "/api/projects/search", Accept_Encoding="gzip")
        assert headers["content-encoding"] == "gzip"
        assert json.loads(gzip.decompress(data)) == LONG
        assert len(data) < 1000
        assert "accept-encoding" in headers["vary"].lower()
        assert ask(base, "GET", "/api/projects/search")[2] == LONG


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/projects/1"),
        ("POST", "/api/projects"),
        ("POST", "/api/v1/projects/1/revisions/2/restore"),
        ("PATCH", "/api/projects/1"),
    ],
)
def test_a_project_s_tag_stays_one_that_if_match_takes(tmp_path, method, path):
    """A compressed answer's tag would be weak, and weak tags match nothing."""

    def tagged(handler):
        handler.send(LONG, ETag='"3"')

    with machine(tagged) as only, nginx_server(tmp_path, [only.port]) as base:
        headers = ask(base, method, path, b"{}", Accept_Encoding="gzip")[1]
    assert headers["etag"] == '"3"'


# The log


def test_a_line_of_the_log_tells_of_a_request_and_nothing_private(tmp_path):
    secret = {"Cookie": "spark_session=secret", "Authorization": "secret", "User_Agent": 'a "b"'}
    with machine() as only, nginx_server(tmp_path, [only.port]) as base:
        ask(base, "POST", "/api/chat/send?secret=1", {"message": "secret"}, **secret)
    (line,) = log_lines(tmp_path)
    (arrival,) = only.arrivals
    assert "secret" not in json.dumps(line)
    assert line["request_id"] == arrival.headers["x-request-id"]
    assert (line["method"], line["path"], line["status"]) == ("POST", "/api/chat/send", 200)
    assert line["machine"] == f"127.0.0.1:{only.port}"
    assert line["machine_status"] == "200"
    assert float(line["machine_seconds"]) <= line["seconds"] + 0.01
    assert line["agent"] == 'a "b"'
