"""An idea set by hand, beside a model that has an opinion of its own."""

from __future__ import annotations

import json

import pytest

from ..upstream import Scenario
from .talk import HELLO, send


def opinion(said, **idea):
    """An answer that holds this of the idea, and says that these words gave it."""
    quotes = [{"element": element, "quote": quote} for element, quote in said.items()]
    answer = {"reply": "记下了。接下来呢？", "idea": idea, "said": quotes, "waived": []}
    return Scenario(content=json.dumps(answer, ensure_ascii=False))


def by_hand(client, **fields):
    response = client.patch("/api/chat/idea", json=fields)
    assert response.status_code == 200, response.text


def idea_of(client):
    return client.get("/api/chat/idea").json


@pytest.fixture
def client(client):
    send(client, HELLO["zh"])
    by_hand(client, theme="灯塔", genre="悬疑", duration_preference=90, basic_characters=["阿岚"])
    return client


OTHERWISE = {
    "theme": "友谊",
    "genre": "喜剧",
    "duration_seconds": 600,
    "characters": [{"name": "小明", "note": ""}],
}


@pytest.mark.parametrize("said", [{}, {"genre": "喜剧", "theme": "友谊", "duration": "十分钟"}])
def test_what_was_set_by_hand_outlasts_the_models_opinion(client, server, said):
    """Also where the model claims words that the person never said."""
    server.next(opinion(said, **OTHERWISE))
    body = send(client, "画面要电影感").json
    idea = body["user_idea"]
    assert (idea["theme"], idea["genre"], idea["duration_preference"]) == ("灯塔", "悬疑", 90)
    assert idea["basic_characters"] == ["阿岚"]
    sources = idea_of(client)["sources"]
    assert {sources[e]["by"] for e in ("theme", "genre", "duration", "characters")} == {"hand"}


def test_it_outlasts_a_model_that_forgets_it(client, server):
    server.next(opinion({}, visual_style="电影感"))
    idea = send(client, "画面要电影感").json["user_idea"]
    assert (idea["theme"], idea["genre"], idea["visual_style"]) == ("灯塔", "悬疑", "电影感")


def test_a_message_that_asks_for_a_change_changes_it(client, server):
    server.next(opinion({"genre": "改成喜剧"}, **OTHERWISE))
    idea = send(client, "还是改成喜剧吧").json["user_idea"]
    assert (idea["genre"], idea["theme"], idea["duration_preference"]) == ("喜剧", "灯塔", 90)
    source = idea_of(client)["sources"]["genre"]
    assert (source["by"], source["message"], source["text"]) == ("conversation", 2, "改成喜剧")


def test_a_message_may_take_it_back(client, server):
    server.next(opinion({"duration": "时长先不定"}, theme="灯塔", genre="悬疑"))
    body = send(client, "时长先不定").json
    assert body["user_idea"]["duration_preference"] is None
    assert "duration" in body["optional_missing"]
    assert body["user_idea"]["theme"] == "灯塔"


def test_the_model_is_told_what_was_set_by_hand(client, server):
    send(client, "画面要电影感")
    system = server.requests[-1].body["messages"][0]["content"]
    line = next(line for line in system.splitlines() if line.startswith("本人填写"))
    assert all(element in line for element in ("theme", "genre", "duration", "characters"))
    assert "阿岚" in system


def test_what_was_said_of_a_character_stays_with_it(client, server):
    told = [{"name": "阿岚", "note": "守塔人，四十岁"}]
    server.next(opinion({"characters": "阿岚是守塔人，四十岁"}, characters=told))
    send(client, "阿岚是守塔人，四十岁")
    assert idea_of(client)["notes"] == {"阿岚": "守塔人，四十岁"}
    server.next(opinion({}, characters=[{"name": "阿岚", "note": ""}]))
    send(client, "就这样")
    assert idea_of(client)["notes"] == {"阿岚": "守塔人，四十岁"}


def test_an_idea_set_by_hand_while_a_message_waits_is_taken_along(client, server):
    server.next(Scenario(fault="unauthorized"))
    send(client, "主角怕黑")
    by_hand(client, mood="阴郁")
    body = send(client, "三分钟").json
    assert body["user_idea"]["mood"] == "阴郁"
    assert server.requests[-1].body["messages"][-1]["content"] == "主角怕黑\n三分钟"
