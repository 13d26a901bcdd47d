"""What was spent, seen from outside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from src.spark.models import Price
from src.spark.services.usage import UsageService

from .samples import SEED_IDEA

SUMS = {
    "calls",
    "attempts",
    "failed",
    "cached",
    "tokens_in",
    "tokens_out",
    "images",
    "seconds",
    "unreported",
    "cost",
    "unpriced",
    "by_model",
    "entries",
}


@pytest.fixture
def priced(app):
    """Set the prices of the app's models."""

    def set_prices(prices, currency="USD"):
        services = app.extensions["spark"]
        usage = UsageService(
            services.conversation_store,
            services.project_store,
            {model: Price.model_validate(price) for model, price in prices.items()},
            currency,
        )
        app.extensions["spark"] = replace(services, usage=usage)

    return set_prices


def send(client, message="我想制作一个科幻视频"):
    assert client.post("/api/chat/send", json={"message": message}).status_code == 200


def generate(client, part, **fields):
    response = client.post(f"/api/content/{part}/generate", json={"user_idea": SEED_IDEA, **fields})
    assert response.status_code == 200, response.text
    return response.json


def told(body):
    """For what and about whom the calls were, oldest first."""
    return [(entry["kind"], entry["about"]) for entry in body["entries"]]


def test_a_session_that_did_nothing_spent_nothing(client):
    body = client.get("/api/v1/usage").json["data"]
    assert body.keys() == SUMS
    assert (body["calls"], body["cost"], body["entries"]) == (0, None, [])


def test_everything_an_engine_makes_is_entered(client):
    send(client)
    generate(client, "story")
    generate(client, "characters")
    body = client.get("/api/usage").json
    assert told(body)[:3] == [("turn", "1"), ("outline", None), ("cast", None)]
    assert sorted(told(body)[3:]) == [("image", "AI助手"), ("image", "宇航员")]
    assert (body["calls"], body["images"], body["failed"]) == (5, 2, 0)
    assert (body["unreported"], body["unpriced"], body["cost"]) == (0, 0, None)
    (model,) = body["by_model"]
    assert (model["engine"], model["calls"], model["images"]) == ("offline", 5, 2)
    assert body["data"]["entries"] == body["entries"]


def test_two_sessions_know_nothing_of_each_others_spending(app):
    one, other = app.test_client(), app.test_client()
    send(one)
    send(one, "主角是宇航员林夏")
    send(other)
    assert [c.get("/api/usage").json["calls"] for c in (one, other)] == [2, 1]


def test_a_reset_conversation_stays_in_the_sessions_usage(client):
    send(client)
    client.post("/api/chat/reset")
    assert client.get("/api/usage").json["calls"] == 1


def test_what_has_a_price_has_a_cost(client, priced):
    priced({"off": {"image": 0.04}}, currency="CNY")
    generate(client, "characters")
    body = client.get("/api/usage").json
    assert body["cost"] == {"amount": 0.08, "currency": "CNY"}
    assert body["by_model"][0]["cost"] == body["cost"]
