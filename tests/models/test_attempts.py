"""Asking again, asking another model, and leaving a dead service alone."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from src.spark.adapters.openai import circuits

from ..upstream import CANNED_MESSAGE, CANNED_TURN, Scenario
from .talk import HELLO, cast, history, send, story, stream, words

DOWN = Scenario(fault="server_error")
GOOD = Scenario(canned=True)


def asked_models(server):
    return [exchange.model for exchange in server.requests]


def test_a_hiccup_is_waited_out(client, server):
    server.next(DOWN, Scenario(fault="reset"), GOOD)
    body = send(client, HELLO["zh"]).json
    assert body["provenance"]["attempts"] == len(server.requests) == 3
    assert body["provenance"]["tokens_out"] == server.requests[-1].chunks_sent


def test_the_second_wait_is_longer_than_the_first(connect, server, monkeypatch):
    monkeypatch.setattr("src.spark.adapters.openai.calls._FIRST_WAIT", 0.2)
    server.next(DOWN, DOWN, GOOD)
    assert send(connect(), HELLO["zh"]).status_code == 200
    first, second, third = (exchange.arrived_at for exchange in server.requests)
    assert second - first >= 0.1
    assert third - second >= 0.2


def test_a_service_is_left_alone_for_as_long_as_it_asks(client, server):
    server.next(Scenario(fault="rate_limit", retry_after=0.6), GOOD)
    assert send(client, HELLO["zh"]).status_code == 200
    first, second = server.requests
    assert 0.6 <= second.arrived_at - first.arrived_at < 3


@pytest.mark.parametrize(("fault", "seconds"), [("rate_limit", 120), ("overloaded", 31.5)])
def test_a_rest_longer_than_the_deadline_is_told_and_not_waited_for(
    connect, server, fault, seconds
):
    client = connect(SPARK_DEADLINE_SECONDS=10)
    server.default = Scenario(fault=fault, retry_after=seconds)
    begun = time.monotonic()
    for response in (send(client, HELLO["zh"]), story(client), cast(client)):
        assert response.status_code == 503
        assert response.headers["Retry-After"] in ("120", "32")
    assert time.monotonic() - begun < 5
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "90500"}, "91"),
        ({"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}, None),
        ({"Retry-After": "soon"}, ""),
        ({"Retry-After": "-5"}, ""),
        ({"Retry-After": "inf"}, ""),
        ({"Retry-After": "nan"}, ""),
        ({"retry-after-ms": "1e999"}, ""),
    ],
)
def test_when_to_come_back_may_be_told_in_several_ways(client, server, headers, seconds):
    server.default = Scenario(status=429, headers=headers)
    response = send(client, HELLO["zh"])
    assert response.status_code == 503
    told = response.headers.get("Retry-After", "")
    assert told == seconds if seconds is not None else int(told) > 10**9


def test_attempts_end_with_the_deadline(connect, server):
    client = connect(SPARK_DEADLINE_SECONDS=2, SPARK_READ_SECONDS=0.4)
    server.default = Scenario(fault="silent")
    begun = time.monotonic()
    assert send(client, HELLO["zh"]).status_code == 504
    assert time.monotonic() - begun < 3.5
    assert 1 <= len(server.requests) <= 3


# --- other models ---


def test_fallbacks_are_tried_in_their_order(connect, server):
    client = connect(
        SPARK_TEXT_MODEL="a?fault=unknown_model", SPARK_TEXT_FALLBACKS="b?fault=quota, c,d"
    )
    body = send(client, HELLO["zh"]).json
    assert asked_models(server) == ["a", "b", "c"]
    assert body["provenance"]["model"] == "c"
    assert body["provenance"]["attempts"] == 3
    (entry,) = client.get("/api/usage").json["entries"]
    assert (entry["model"], entry["attempts"]) == ("c", 3)


def test_each_model_gets_its_tries(connect, server):
    client = connect(SPARK_TEXT_MODEL="a?fault=server_error", SPARK_TEXT_FALLBACKS="b")
    assert send(client, HELLO["zh"]).status_code == 200
    assert asked_models(server) == ["a", "a", "a", "b"]


def test_a_fallback_has_time_left_when_the_first_model_is_silent(connect, server):
    client = connect(
        SPARK_TEXT_MODEL="a?fault=silent",
        SPARK_TEXT_FALLBACKS="b",
        SPARK_DEADLINE_SECONDS=4,
        SPARK_READ_SECONDS=30,
    )
    server.default = GOOD
    begun = time.monotonic()
    assert send(client, HELLO["zh"]).status_code == 200
    assert time.monotonic() - begun < 5
    assert asked_models(server) == ["a", "b"]


def test_when_no_model_answers_the_last_failure_is_told(connect, server):
    client = connect(SPARK_TEXT_MODEL="a?fault=unknown_model", SPARK_TEXT_FALLBACKS="b?fault=quota")
    response = send(client, HELLO["zh"])
    assert response.status_code == 503
    assert "额度" in response.json["message"]
    assert asked_models(server) == ["a", "b"]


@pytest.mark.parametrize("fault", ["unauthorized", "forbidden", "refused", "refusal"])
def test_no_other_model_is_asked_where_it_would_say_the_same(connect, server, fault):
    client = connect(SPARK_TEXT_MODEL=f"a?fault={fault}", SPARK_TEXT_FALLBACKS="b")
    assert send(client, HELLO["zh"]).status_code == 502
    assert asked_models(server) == ["a"]


def test_a_key_that_may_not_use_a_model_may_use_another(connect, server):
    error = {"message": "Project x does not have access to model a", "code": "model_not_found"}
    server.next(Scenario(status=403, body={"error": error}), GOOD)
    assert send(connect(SPARK_TEXT_FALLBACKS="b"), HELLO["zh"]).status_code == 200
    assert asked_models(server) == ["standin", "b"]


def test_a_rate_limit_that_speaks_of_billing_is_still_a_rate_limit(client, server):
    words = "Rate limit reached. Add a payment method at https://example.com/account/billing."
    error = {"message": words, "type": "requests", "code": "rate_limit_exceeded"}
    server.next(Scenario(status=429, body={"error": error}), GOOD)
    assert send(client, HELLO["zh"]).status_code == 200


@pytest.mark.parametrize("fault", ["cut", "cut_clean", "error_event", "half_object,cut"])
def test_what_was_shown_is_never_begun_again(connect, server, fault):
    client = connect(SPARK_TEXT_FALLBACKS="b")
    server.next(Scenario(content=CANNED_TURN, fault=fault, after=12))
    *shown, (last, body) = stream(client, CANNED_MESSAGE)
    assert words(shown)
    assert (last, body["error"]) == ("error", "upstream_error")
    assert len(server.requests) == 1
    assert history(client) == []
    assert send(client, CANNED_MESSAGE).status_code == 200


@pytest.mark.parametrize("fault", ["cut", "cut_clean", "error_event"])
def test_what_nobody_saw_may_be_begun_again(client, server, fault):
    server.next(Scenario(content=CANNED_TURN, fault=fault, after=12))
    body = send(client, HELLO["zh"]).json
    assert body["missing_elements"] == ["characters", "plot"]
    assert len(server.requests) == 2
    assert body["provenance"]["attempts"] == 2


def test_a_stream_that_broke_before_its_first_word_is_begun_again(client, server):
    server.next(Scenario(content=CANNED_TURN, fault="cut", after=1, chunk_chars=2))
    *shown, (last, done) = stream(client, HELLO["zh"])
    assert last == "done"
    assert words(shown) == done["response"]
    assert len(server.requests) == 2


# --- the circuit ---


@pytest.fixture
def later(monkeypatch):
    """Let the circuits believe that so many seconds have passed."""

    def pass_by(seconds):
        clock = SimpleNamespace(monotonic=lambda: time.monotonic() + seconds)
        monkeypatch.setattr(circuits, "time", clock)

    return pass_by


def fail_until_it_is_left_alone(client, server):
    server.default = DOWN
    for _ in range(2):
        assert send(client, HELLO["zh"]).status_code == 503
    assert len(server.requests) == circuits._FAILURES


@pytest.fixture
def health(monkeypatch):
    """How the service is this very moment."""
    monkeypatch.setattr("src.spark.api.health._FRESH_SECONDS", -1)
    return lambda client: client.get("/api/health")


def test_a_dead_service_is_left_alone(connect, server, health):
    client = connect()
    assert health(client).json["components"]["text_model"] == "healthy"
    fail_until_it_is_left_alone(client, server)
    begun = time.monotonic()
    for response in (send(client, HELLO["zh"]), story(client), cast(client)):
        assert response.status_code == 503
        assert response.json["error"] == "upstream_unavailable"
        assert 1 <= int(response.headers["Retry-After"]) <= circuits._REST_SECONDS
    assert time.monotonic() - begun < 2
    assert len(server.requests) == circuits._FAILURES
    told = health(client)
    assert told.status_code == 200
    assert told.json["status"] == "degraded"
    assert told.json["components"] == {
        "store": "healthy",
        "conversations": "healthy",
        "sessions": "healthy",
        "index": "healthy",
        "text_model": "degraded",
        "image_model": "healthy",
    }


def test_a_service_that_works_again_is_used_again(connect, server, health, later):
    client = connect()
    fail_until_it_is_left_alone(client, server)
    server.clear()
    assert send(client, HELLO["zh"]).status_code == 503
    later(circuits._REST_SECONDS + 1)
    body = send(client, HELLO["zh"]).json
    assert body["missing_elements"] == ["characters", "plot"]
    assert len(server.requests) == 1
    assert health(client).json["status"] == "healthy"
    assert send(client, "主角是林夏").status_code == 200


def test_after_the_rest_one_call_tries_and_the_others_wait_for_it(client, server, later):
    fail_until_it_is_left_alone(client, server)
    server.clear()
    later(circuits._REST_SECONDS + 1)
    others = [client.application.test_client() for _ in range(3)]
    server.default = Scenario(canned=True, latency=0.7)
    with ThreadPoolExecutor(1) as pool:
        trying = pool.submit(send, client, HELLO["zh"])
        server.wait_for(lambda requests: requests[0])
        assert [send(other, HELLO["zh"]).status_code for other in others] == [503] * 3
        assert trying.result(10).status_code == 200
    assert len(server.requests) == 1
    assert send(others[0], HELLO["zh"]).status_code == 200


def test_a_service_that_still_fails_is_left_alone_again(client, server, later):
    fail_until_it_is_left_alone(client, server)
    later(circuits._REST_SECONDS + 1)
    assert send(client, HELLO["zh"]).status_code == 503
    assert send(client, HELLO["zh"]).status_code == 503
    assert len(server.requests) == circuits._FAILURES + 1


def test_a_model_left_alone_does_not_keep_its_fallback_from_answering(connect, server, health):
    client = connect(SPARK_TEXT_MODEL="a?fault=server_error", SPARK_TEXT_FALLBACKS="b")
    for _ in range(3):
        assert send(client, HELLO["zh"]).status_code == 200
    server.clear()
    assert send(client, HELLO["zh"]).json["provenance"]["attempts"] == 1
    assert asked_models(server) == ["b"]
    assert health(client).json["components"]["text_model"] == "healthy"


@pytest.mark.parametrize("fault", ["rate_limit", "unauthorized", "refused", "quota", "not_json"])
def test_a_service_that_answers_is_no_dead_one(connect, server, fault, health):
    client = connect()
    server.default = Scenario(fault=fault)
    for _ in range(circuits._FAILURES + 1):
        send(client, HELLO["zh"])
    assert health(client).json["components"]["text_model"] == "healthy"
    server.clear()
    assert send(client, HELLO["zh"]).status_code == 200


def test_many_at_once_fail_as_one(client, server):
    """However many fail together, the service is asked no more often than each would alone."""
    server.default = Scenario(fault="server_error", latency=0.05)
    browsers = [client.application.test_client() for _ in range(8)]
    barrier = threading.Barrier(len(browsers))

    def ask(browser):
        barrier.wait(10)
        return send(browser, HELLO["zh"]).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert set(pool.map(ask, browsers)) == {503}
    assert len(server.requests) <= 2 * len(browsers)
