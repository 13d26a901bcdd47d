"""Screenplays that a model writes, passage by passage."""

from __future__ import annotations

import json

import pytest

from ..samples import OUTLINE, PROJECT_BODY
from ..upstream import Scenario
from .talk import latest

STORIES = {
    "zh": "宇航员关上舱门。“有人吗？”她问。\n\nAI助手醒来。“我在。”",
    "en": "Mia shuts the hatch. “Anyone?”\n\nBolt wakes up. “Here.”",
}
CASTS = {"zh": ["宇航员", "AI助手"], "en": ["Mia", "Bolt"]}
PARAGRAPH = "宇航员往前走了很久。“还有多远？”" * 60
LONG = "\n\n".join(f"第{n}天。{PARAGRAPH}" for n in range(6))


def a_project(client, narrative=STORIES["zh"], names=CASTS["zh"]):
    body = {
        **PROJECT_BODY,
        "story_outline": {**OUTLINE, "narrative_text": narrative},
        "character_profiles": [{"name": name} for name in names],
    }
    return client.post("/api/projects", json=body).json["project_id"]


def script(client, project_id, name="fountain"):
    return client.get(f"/api/projects/{project_id}/export?format={name}")


def scenes(*elements, **fields):
    told = {"setting": "int", "place": "舱内", "hour": "night", "elements": elements, **fields}
    return Scenario(content=json.dumps({"scenes": [told]}, ensure_ascii=False))


def says(speaker, text="“有人吗？”她问，然后等了很久。"):
    return {"speaker": speaker, "manner": "", "text": text}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_screenplay_is_one_call_that_tells_story_and_names(client, server, language):
    project = a_project(client, STORIES[language], CASTS[language])
    text = script(client, project).text
    cues = {"zh": ["@宇航员", "@AI助手"], "en": ["MIA", "BOLT"]}[language]
    assert all(f"\n\n{cue}\n" in text for cue in cues)
    (exchange,) = server.requests
    assert exchange.kind == "screenplay"
    task = json.loads(latest(exchange))
    assert task == {"people": CASTS[language], "before": None, "narrative": STORIES[language]}
    assert ("编剧" in exchange.body["messages"][0]["content"]) == (language == "zh")


def test_a_story_of_nothing_that_can_be_read_is_asked_about_by_nobody(client, server):
    response = script(client, a_project(client, "\x00\ufeff"))
    assert (response.status_code, server.requests) == (200, [])
    assert f"\n\n{OUTLINE['title']}\n" in response.text
    assert client.get("/api/usage").json["attempts"] == 0


def test_the_second_export_asks_nobody(client, server):
    project = a_project(client)
    first = script(client, project)
    assert script(client, project).data == first.data
    assert script(client, project, "fdx").status_code == 200
    assert len(server.requests) == 1


def test_another_story_or_another_cast_is_asked_about(client, server):
    for narrative, names in (
        (LONG[:200], CASTS["zh"]),
        (LONG[:300], CASTS["zh"]),
        (LONG[:200], []),
    ):
        script(client, a_project(client, narrative, names))
    assert len(server.requests) == 3


def test_a_long_story_is_asked_for_passage_by_passage(client, server):
    project = a_project(client, LONG)
    text = script(client, project).text
    tasks = [json.loads(latest(exchange)) for exchange in server.requests]
    assert len(tasks) == 3
    assert "\n\n".join(task["narrative"] for task in tasks) == LONG
    assert [task["before"] is None for task in tasks] == [True, False, False]
    assert tasks[1]["before"]["place"] == "某处"
    assert tasks[1]["before"]["end"]["text"] == "还有多远？"
    assert [text.index(f"第{n}天") for n in range(6)] == sorted(
        text.index(f"第{n}天") for n in range(6)
    )
    assert text.count("还有多远？") == LONG.count("还有多远？")


def test_what_all_passages_took_is_counted_together(client, server):
    script(client, a_project(client, LONG))
    usage = client.get("/api/usage").json
    assert (usage["calls"], usage["attempts"]) == (1, 3)
    assert usage["tokens_out"] == sum(exchange.chunks_sent for exchange in server.requests)


def test_a_scene_cut_in_two_by_a_passages_end_is_one(client, server):
    told = says("宇航员", "走。" * 300)
    server.next(*[scenes(told).model_copy(update={"chunk_chars": 900}) for _ in range(3)])
    text = script(client, a_project(client, LONG)).text
    assert text.count(".内景 舱内 - 夜") == 1
    assert text.count("@宇航员") == 3


def test_speakers_are_called_as_in_the_cast(client, server):
    server.next(scenes(says("宇航员（画外音）"), says(" ai助手")))
    text = script(client, a_project(client)).text
    assert "\n@宇航员\n(画外音)\n" in text
    assert "\n@AI助手\n" in text
    assert len(server.requests) == 1


def test_an_unclear_speaker_is_asked_about_once(client, server):
    names = ["Ann Lee", "Bob Lee"]
    server.next(scenes(says("Lee")), scenes(says("Ann Lee")))
    text = script(client, a_project(client, names=names)).text
    assert "\n@Ann Lee\n" in text
    assert len(server.requests) == 2
    assert "Ann Lee, Bob Lee" in latest(server.requests[1])


@pytest.mark.parametrize("fault", ["half_object", "not_json", "wrong_shape", "empty", "length"])
def test_a_bad_answer_is_asked_for_once_more(client, server, fault):
    server.next(Scenario(fault=fault))
    assert script(client, a_project(client)).status_code == 200
    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", ["fences", "think", "prose", "trailing_commas", "nonstream"])
def test_a_mended_answer_is_a_right_one(client, server, fault):
    server.default = Scenario(fault=fault)
    assert "\n\n@AI助手\n我在。\n" in script(client, a_project(client)).text
    assert len(server.requests) == 1


def test_scenes_with_nothing_in_them_are_no_screenplay(client, server):
    server.default = Scenario(content='{"scenes": []}')
    assert script(client, a_project(client)).status_code == 502
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ("refused", 502, "upstream_error"),
        ("cut", 502, "upstream_error"),
        ("length", 502, "upstream_error"),
        ("server_error", 503, "upstream_unavailable"),
    ],
)
def test_failures_go_their_usual_ways(client, server, fault, status, error):
    server.default = Scenario(fault=fault)
    response = script(client, a_project(client))
    assert (response.status_code, response.json["error"]) == (status, error)
    server.clear()
    assert script(client, a_project(client)).status_code == 200


def test_all_passages_share_one_deadline_and_asking_again_goes_on(connect, server):
    client = connect(SPARK_DEADLINE_SECONDS=3, SPARK_READ_SECONDS=3)
    project = a_project(client, LONG)
    server.next(Scenario(), Scenario(fault="silent"))
    response = script(client, project)
    assert (response.status_code, response.json["error"]) == (504, "upstream_timeout")
    usage = client.get("/api/usage").json
    assert usage["failed"] == 1
    assert usage["attempts"] == len(server.requests) == 2
    assert usage["tokens_out"] == server.requests[0].chunks_sent
    server.clear()
    assert script(client, project).status_code == 200
    narratives = [json.loads(latest(exchange))["narrative"] for exchange in server.requests]
    assert len(narratives) == 2
    assert narratives[0].startswith("第2天")
