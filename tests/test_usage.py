"""What was spent, seen from outside."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from src.spark.api.app import create_app
from src.spark.errors import UpstreamTimeout

from .fakes import FakeIllustrator
from .samples import FAKED, OUTLINE, PROFILES, SEED_IDEA

NOBODY = "00000000-0000-4000-8000-000000000000"
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


def test_what_has_a_price_in_the_settings_has_a_cost(tmp_path):
    prices = {"offline": {"image": 0.04}, "other": {"input": 1, "output": 2}}
    app = create_app("testing", SPARK_DATA_DIR=tmp_path, SPARK_PRICES=prices, SPARK_CURRENCY="CNY")
    client = app.test_client()
    generate(client, "characters")
    body = client.get("/api/usage").json
    assert body["cost"] == {"amount": 0.08, "currency": "CNY"}
    assert body["by_model"][0]["cost"] == body["cost"]


# --- of a project ---


def confirm(client, profiles=PROFILES, **fields):
    body = {"user_idea": SEED_IDEA, "story_outline": OUTLINE, "character_profiles": profiles}
    response = client.post("/api/projects", json={**body, **fields})
    assert response.status_code == 201, response.text
    return response.json["project_id"]


def usage_of(client, project_id):
    response = client.get(f"/api/projects/{project_id}/usage")
    assert response.status_code == 200
    return response.json


def test_a_project_knows_what_the_conversation_up_to_it_took(client):
    send(client, "这一段会被重置")
    client.post("/api/chat/reset")
    send(client)
    profiles = generate(client, "characters")["character_profiles"]
    project_id = confirm(client, profiles)
    send(client, "确认之后说的")
    body = usage_of(client, project_id)
    assert sorted(told(body)) == [
        ("cast", None),
        ("image", "AI助手"),
        ("image", "宇航员"),
        ("turn", "1"),
    ]
    assert client.get("/api/usage").json["calls"] == 6


def test_a_picture_drawn_anew_is_the_projects_and_the_sessions(client, app):
    project_id = confirm(client)
    url = f"/api/projects/{project_id}/characters/{quote('宇航员')}/regenerate"
    stranger = app.test_client()
    assert stranger.post(url, json={"feedback": "红色外套"}).status_code == 200
    assert told(usage_of(client, project_id)) == [("image", "宇航员")]
    assert told(stranger.get("/api/usage").json) == [("image", "宇航员")]
    assert client.get("/api/usage").json["calls"] == 0
    assert usage_of(client, confirm(stranger))["calls"] == 0


def test_a_picture_that_failed_is_the_sessions_alone_and_no_new_version(client, app):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    project_id = confirm(client)
    failure = UpstreamTimeout()
    failure.spent = FAKED
    app.extensions["spark"].projects._illustrator = FakeIllustrator(failure)
    url = f"/api/projects/{project_id}/characters/{quote('宇航员')}/regenerate"
    assert client.post(url).status_code == 504
    body = client.get("/api/usage").json
    assert (body["calls"], body["failed"], body["images"]) == (1, 1, 0)
    assert (body["unreported"], body["unpriced"]) == (1, 1)
    assert usage_of(client, project_id)["calls"] == 0
    assert client.get(f"/api/projects/{project_id}").json["project"]["version"] == 1


def test_nobody_can_hand_in_what_was_spent(client):
    invented = [{**FAKED.model_dump(), "kind": "turn", "created_at": "2024-01-01T00:00:00Z"}]
    project_id = confirm(client, usage=invented)
    client.patch(f"/api/projects/{project_id}", json={"project_name": "新", "usage": invented})
    assert usage_of(client, project_id)["entries"] == []


@pytest.mark.parametrize("project_id", [NOBODY, "x", "..", "%00"])
def test_the_usage_of_no_project(client, project_id):
    response = client.get(f"/api/projects/{project_id}/usage")
    assert response.status_code == 404
    assert response.json["error"] == "project_not_found"
