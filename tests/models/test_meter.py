"""What is told of each attempt at a model, and what its service is told of the request."""

from __future__ import annotations

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ..samples import SEED_IDEA
from ..upstream import Scenario
from .talk import HELLO, cast, send, story, stream

NAMES = ["小林"]


@pytest.fixture
def client(connect):
    """A browser at an app of its own, since apps count for themselves."""
    return connect()


@pytest.fixture
def counted(server):
    """The series of a metric as {values of the labels asked for: value}."""

    def look(client, name, *labels):
        found = {}
        for family in text_string_to_metric_families(client.get("/metrics").text):
            for sample in family.samples:
                if sample.name == name:
                    assert sample.labels.get("provider", provider(server)) == provider(server)
                    key = tuple(sample.labels[label] for label in labels)
                    found[key] = found.get(key, 0) + sample.value
        return found

    return look


def provider(server):
    return server.base_url.split("/")[2]


def calls(counted, client):
    return counted(client, "spark_model_calls_total", "model", "outcome")


# --- what is counted ---


def test_an_answer_is_one_attempt_with_its_time_and_its_tokens(client, server, counted):
    body = send(client, HELLO["zh"]).json["provenance"]
    assert calls(counted, client) == {("standin", "ok"): 1}
    assert counted(client, "spark_model_call_seconds_count", "model") == {("standin",): 1}
    (seconds,) = counted(client, "spark_model_call_seconds_sum").values()
    assert 0 < seconds <= body["seconds"] + 1
    tokens = counted(client, "spark_model_tokens_total", "model", "direction")
    assert tokens == {("standin", "in"): body["tokens_in"], ("standin", "out"): body["tokens_out"]}


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("server_error", "upstream_unavailable"),
        ("quota", "upstream_quota"),
        ("unauthorized", "upstream_unauthorized"),
        ("unknown_model", "upstream_model_unknown"),
        ("refused", "upstream_refused"),
        ("cut", "upstream_broken"),
    ],
)
def test_an_attempt_that_fails_is_counted_by_what_went_wrong(
    client, server, counted, fault, outcome
):
    server.default = Scenario(fault=fault, after=1)
    send(client, HELLO["zh"])
    told = calls(counted, client)
    assert set(told) == {("standin", outcome)}
    assert sum(told.values()) == len(server.requests)


def test_a_model_that_is_too_slow_is_one_that_timed_out(connect, server, counted):
    client = connect(SPARK_DEADLINE_SECONDS=1)
    server.default = Scenario(fault="silent")
    assert send(client, HELLO["zh"]).status_code == 504
    assert calls(counted, client) == {("standin", "upstream_timeout"): 1}


def test_every_attempt_of_a_call_is_counted_under_its_own_model(connect, server, counted):
    client = connect(SPARK_TEXT_FALLBACKS="second")
    server.next(*[Scenario(fault="server_error")] * 3)
    assert story(client).status_code == 200
    assert calls(counted, client) == {
        ("standin", "upstream_unavailable"): 3,
        ("second", "ok"): 1,
    }


def test_a_stream_that_nobody_reads_to_its_end_was_abandoned(client, server, counted):
    server.default = Scenario(rate=20)
    with client.post("/api/chat/stream", json={"message": HELLO["zh"]}) as response:
        next(response.response)
    assert calls(counted, client) == {("standin", "abandoned"): 1}


def test_portraits_are_counted_under_the_image_model(client, server, counted):
    cast(client, user_idea={**SEED_IDEA, "basic_characters": NAMES}, generate_images=True)
    assert calls(counted, client) == {("standin", "ok"): 1, ("standin-image", "ok"): 1}


def test_a_service_that_tells_no_tokens_spent_none(client, server, counted):
    server.default = Scenario(fault="no_usage")
    send(client, HELLO["zh"])
    assert counted(client, "spark_model_tokens_total", "model") == {}


def test_the_offline_engines_call_nobody(connect, server, counted):
    client = connect(SPARK_WRITER="offline", SPARK_IMAGE_MODEL="")
    send(client, HELLO["zh"])
    assert calls(counted, client) == {}


# --- what the service is told ---


def asked_by(server):
    return {exchange.headers.get("x-request-id") for exchange in server.requests}


def test_the_requests_id_goes_with_every_call(client, server):
    headers = {"X-Request-ID": "from-the-front-end"}
    idea = {**SEED_IDEA, "basic_characters": NAMES}
    for path, body in {
        "/api/chat/send": {"message": HELLO["zh"]},
        "/api/chat/stream": {"message": HELLO["zh"]},
        "/api/content/story/generate": {"user_idea": idea},
        "/api/content/characters/generate": {"user_idea": idea},
    }.items():
        client.post(path, json=body, headers=headers).get_data()
    assert [exchange.kind for exchange in server.requests].count("image") == 1
    assert len(server.requests) == 5
    assert asked_by(server) == {"from-the-front-end"}


def test_a_request_without_an_id_has_one_too_and_keeps_it_over_attempts(client, server):
    server.next(Scenario(fault="server_error"), Scenario(fault="no_schema"))
    answer = send(client, HELLO["zh"])
    assert len(server.requests) > 2
    assert asked_by(server) == {answer.headers["X-Request-ID"]}
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_an_edit_of_a_picture_carries_it_too(client, server):
    idea = {**SEED_IDEA, "basic_characters": NAMES}
    told = cast(client, user_idea=idea, generate_images=True).json
    outline = story(client, user_idea=idea).json["story_outline"]
    project = {
        "user_idea": idea,
        "story_outline": outline,
        "character_profiles": told["character_profiles"],
    }
    project_id = client.post("/api/projects", json=project).json["project_id"]
    address = f"/api/projects/{project_id}/characters/{NAMES[0]}/regenerate"
    client.post(address, json={"feedback": "红头发"}, headers={"X-Request-ID": "edited"})
    (edit,) = [exchange for exchange in server.requests if exchange.kind == "edit"]
    assert edit.headers["x-request-id"] == "edited"


def test_an_address_that_a_picture_is_fetched_from_is_told_nothing(client, server):
    server.default = Scenario(as_url=True)
    cast(client, user_idea={**SEED_IDEA, "basic_characters": NAMES}, generate_images=True)
    kinds = {exchange.kind: exchange.headers for exchange in server.requests}
    assert "x-request-id" in kinds["image"]
    assert "x-request-id" not in kinds["file"]
    assert "traceparent" not in kinds["file"]


def test_a_stream_told_to_the_end_was_answered(client, server, counted):
    assert stream(client, HELLO["zh"])[-1][0] == "done"
    assert calls(counted, client) == {("standin", "ok"): 1}
