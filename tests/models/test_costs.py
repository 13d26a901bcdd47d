"""What models take, added up."""

from __future__ import annotations

import pytest

from ..upstream import CANNED_MESSAGE, Scenario
from .talk import HELLO, cast, send, story, stream

PRICES = {"standin": {"input": 1, "output": 10}, "standin-image": {"image": 0.04}}


def usage(client):
    return client.get("/api/usage").json


def test_the_tokens_of_all_calls_are_added_up(client, server):
    made = [
        send(client, HELLO["zh"]).json["provenance"],
        stream(client, "主角是宇航员林夏")[-1][1]["provenance"],
        story(client).json["story_outline"]["provenance"],
        cast(client).json["character_profiles"][0]["provenance"],
    ]
    told = usage(client)
    assert told["calls"] == told["attempts"] == len(server.requests) == 4
    for field in ("tokens_in", "tokens_out"):
        assert told[field] == sum(provenance[field] for provenance in made)
    assert told["tokens_out"] == sum(exchange.chunks_sent for exchange in server.requests)
    assert [entry["kind"] for entry in told["entries"]] == ["turn", "turn", "outline", "cast"]
    (model,) = told["by_model"]
    assert (model["engine"], model["model"]) == ("openai", "standin")
    assert model["provider"] == made[0]["provider"]
    assert (told["failed"], told["unreported"], told["unpriced"]) == (0, 0, 4)


def test_a_conversation_that_was_read_is_entered_too(client):
    messages = [{"role": "user", "content": HELLO["en"]}]
    client.post("/api/content/structure", json={"messages": messages})
    assert [entry["kind"] for entry in usage(client)["entries"]] == ["structure"]


@pytest.mark.parametrize(("fault", "attempts"), [("half_object", 2), ("wrong_shape", 2)])
def test_tokens_of_answers_that_were_no_good_are_counted(client, server, fault, attempts):
    server.default = Scenario(fault=fault)
    assert story(client).status_code == 502
    told = usage(client)
    assert (told["calls"], told["failed"], told["attempts"]) == (1, 1, attempts)
    assert told["tokens_out"] == sum(exchange.chunks_sent for exchange in server.requests) > 0


def test_failed_attempts_count_beside_the_one_that_worked(client, server):
    server.next(Scenario(fault="server_error"), Scenario(canned=True))
    send(client, CANNED_MESSAGE)
    told = usage(client)
    assert (told["calls"], told["failed"], told["attempts"]) == (1, 0, 2)
    assert told["tokens_out"] == server.requests[1].chunks_sent


def test_what_nobody_counted_is_said_to_be_unreported(client, server):
    server.default = Scenario(canned=True, fault="no_usage")
    send(client, CANNED_MESSAGE)
    told = usage(client)
    assert (told["tokens_in"], told["unreported"]) == (0, 1)


def test_what_has_a_price_costs_money(connect, server):
    client = connect(SPARK_PRICES=PRICES, SPARK_CURRENCY="CNY")
    send(client, HELLO["zh"])
    cast(client, generate_images=True)
    told = usage(client)
    words, pictures = told["by_model"]
    expected = (words["tokens_in"] + 10 * words["tokens_out"]) / 1_000_000
    assert words["cost"] == {"amount": pytest.approx(expected, abs=1e-6), "currency": "CNY"}
    assert (pictures["model"], pictures["images"]) == ("standin-image", 2)
    assert pictures["cost"]["amount"] == 0.08
    assert told["cost"]["amount"] == pytest.approx(expected + 0.08, abs=2e-6)
    assert told["unpriced"] == 0


def test_what_was_remembered_costs_nothing(connect):
    client = connect(SPARK_PRICES=PRICES)
    story(client)
    before = usage(client)["cost"]
    story(client)
    assert usage(client)["cost"] == before


def test_a_fallback_has_its_own_price(connect, server):
    client = connect(
        SPARK_TEXT_MODEL="dear?fault=quota",
        SPARK_TEXT_FALLBACKS="cheap",
        SPARK_PRICES={"dear": {"output": 1_000_000}, "cheap": {"output": 1_000}},
    )
    send(client, HELLO["zh"])
    told = usage(client)
    assert [model["model"] for model in told["by_model"]] == ["cheap"]
    assert told["cost"]["amount"] == pytest.approx(told["tokens_out"] / 1000)


def test_a_project_knows_what_its_making_took(client):
    send(client, HELLO["zh"])
    outline = story(client).json["story_outline"]
    profiles = cast(client, generate_images=True).json["character_profiles"]
    body = {
        "user_idea": {"theme": "a", "genre": "b", "basic_characters": ["c"], "plot_points": ["d"]},
        "story_outline": outline,
        "character_profiles": profiles,
    }
    project_id = client.post("/api/projects", json=body).json["project_id"]
    told = client.get(f"/api/projects/{project_id}/usage").json
    assert told["entries"] == usage(client)["entries"]
    assert (told["calls"], told["images"]) == (5, 2)
