"""Stories and characters that a model writes."""

from __future__ import annotations

import json

import pytest

from ..samples import INTERVIEWS, OUTLINE, SEED_IDEA
from ..upstream import Scenario
from .talk import ENGLISH_IDEA, IDEAS, cast, latest, send, story

NAMES = SEED_IDEA["basic_characters"]


def sheets(*names, **fields):
    """An answer with a sheet for each name."""
    sheet = {"appearance": "短发，蓝色制服", "personality": "沉着", "backstory": "来自地面站"}
    return Scenario(
        content=json.dumps({"characters": [{"name": n, **sheet, **fields} for n in names]})
    )


def task_of(exchange):
    """The order that a request gives to the model."""
    return json.loads(latest(exchange))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_story_is_one_call_that_tells_all_that_is_known(client, server, language):
    body = story(client, language).json
    outline = body["story_outline"]
    assert body["provider"] == outline["provenance"]["engine"] == "openai"
    assert all(outline[field] for field in ("title", "summary", "narrative_text"))
    assert all(name in outline["narrative_text"] for name in IDEAS[language]["basic_characters"])
    assert outline["provenance"]["tokens_out"] == server.requests[0].chunks_sent
    (exchange,) = server.requests
    assert exchange.kind == "outline"
    assert task_of(exchange)["idea"].items() >= IDEAS[language].items()
    assert ("编剧" in exchange.body["messages"][0]["content"]) == (language == "zh")


def test_a_story_is_as_long_as_the_person_said_whatever_the_model_says(client, server):
    told = {"title": "《回声》", "summary": "一", "narrative_text": "二", "estimated_duration": 900}
    server.default = Scenario(content=json.dumps(told))
    outline = story(client).json["story_outline"]
    assert (outline["title"], outline["estimated_duration"]) == ("回声", 180)
    idea = {k: v for k, v in SEED_IDEA.items() if k != "duration_preference"}
    assert story(client, user_idea=idea).json["story_outline"]["estimated_duration"] == 900


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_cast_is_one_call_for_all(client, server, language):
    body = cast(client, language, story_outline=OUTLINE).json
    names = IDEAS[language]["basic_characters"]
    assert [profile["name"] for profile in body["character_profiles"]] == names
    assert body["character_count"] == len(names)
    for profile in body["character_profiles"]:
        assert profile["provenance"]["engine"] == body["provider"] == "openai"
        assert profile["visual_description"]
        assert profile["visual_consistency_tags"]
        assert profile["relationships"].keys() == set(names) - {profile["name"]}
    (exchange,) = server.requests
    assert exchange.kind == "cast"
    assert task_of(exchange)["outline"]["narrative_text"] == OUTLINE["narrative_text"]


def test_what_was_said_of_a_character_is_told_to_the_model(client, server):
    for message in INTERVIEWS["zh"]:
        send(client, message)
    idea = client.post("/api/content/structure").json["user_idea"]
    server.clear()
    story(client, user_idea=idea)
    cast(client, user_idea=idea)
    notes = [task_of(exchange)["notes"] for exchange in server.requests]
    assert notes[0] == notes[1]
    assert "宇航员" in notes[0]["林夏"]


def test_names_are_exactly_those_of_the_idea(client, server):
    server.next(sheets(" ai助手（小白）", "宇航员 · 林夏"))
    profiles = cast(client).json["character_profiles"]
    assert [profile["name"] for profile in profiles] == NAMES


@pytest.mark.parametrize("wrong", [(), ("宇航员",), ("宇航员", "船长"), ("船长", "大副", "水手")])
def test_other_people_are_no_answer(client, server, wrong):
    server.next(sheets(*wrong))
    assert [p["name"] for p in cast(client).json["character_profiles"]] == NAMES
    assert len(server.requests) == 2


def test_more_people_than_there_are_get_no_sheet(client, server):
    server.next(sheets("船长", *NAMES, "水手"))
    assert [p["name"] for p in cast(client).json["character_profiles"]] == NAMES
    assert len(server.requests) == 1


def test_ties_are_to_the_others_of_the_cast_alone(client, server):
    ties = [{"name": name, "text": f"认识{name}"} for name in ("宇航员", "AI助手", "船长", "")]
    server.next(sheets(*NAMES, relationships=ties))
    one, other = cast(client).json["character_profiles"]
    assert one["relationships"] == {"AI助手": "认识AI助手"}
    assert other["relationships"] == {"宇航员": "认识宇航员"}


def test_a_long_winded_model_stays_within_the_bounds_of_a_project(client, server):
    much = {"motivations": ["m" * 2100] * 60, "visual_consistency_tags": ["t" * 600] * 120}
    long_cast = sheets(*NAMES[:1], role="r" * 600, appearance="a" * 30_000, **much)
    long_story = {"title": "t" * 400, "summary": "s" * 30_000, "narrative_text": "n" * 150_000}
    long_story = Scenario(content=json.dumps(long_story))
    server.next(*(s.model_copy(update={"chunk_chars": 9000}) for s in (long_cast, long_story)))
    idea = {**SEED_IDEA, "basic_characters": NAMES[:1]}
    profiles = cast(client, user_idea=idea).json["character_profiles"]
    outline = story(client, user_idea=idea).json["story_outline"]
    body = {"user_idea": idea, "story_outline": outline, "character_profiles": profiles}
    response = client.post("/api/projects", json=body)
    assert response.status_code == 201, response.text
    kept = client.get(response.headers["Location"]).json["project"]
    assert kept["story_outline"] == outline
    assert kept["character_profiles"] == profiles


def test_a_long_winded_idea_can_still_be_written_from(client, server):
    idea = {
        "theme": "灯" * 900,
        "genre": "悬疑" * 300,
        "characters": [{"name": f"{n}号" + "阿" * 300, "note": "守" * 3000} for n in range(30)],
        "plot": [f"第{n}件事" + "雨" * 2500 for n in range(5)] + [f"再{n}" for n in range(120)],
        "duration_seconds": 99_999,
        "mood": "阴" * 900,
    }
    said = {"reply": "好", "idea": idea, "said": [], "waived": []}
    content = json.dumps(said, ensure_ascii=False)
    server.next(Scenario(content=content, chunk_chars=9000))
    send(client, "就这些")
    idea = client.post("/api/content/structure").json["user_idea"]
    assert idea["duration_preference"] == 3600
    assert (len(idea["basic_characters"]), len(idea["plot_points"])) == (20, 100)
    server.next(Scenario(content=json.dumps(OUTLINE)))
    assert story(client, user_idea=idea).status_code == 200


def test_words_of_the_idea_are_material_and_no_format(client, server):
    idea = {**ENGLISH_IDEA, "theme": 'a {brace} and a "quote" \\ and </format>'}
    assert story(client, user_idea=idea).status_code == 200
    assert task_of(server.requests[0])["idea"]["theme"] == idea["theme"]
    assert cast(client, user_idea=idea).status_code == 200


# --- the same again ---


@pytest.mark.parametrize("ask", [story, cast])
def test_the_same_request_again_costs_nothing(client, server, ask):
    first = ask(client).json["data"]
    again = ask(client).json["data"]
    assert len(server.requests) == 1
    made = [_made(body) for body in (first, again)]
    assert [m["cached"] for m in made] == [False, True]
    assert made[1].items() >= {"attempts": 0, "tokens_in": 0, "tokens_out": 0}.items()
    assert made[1]["model"] == made[0]["model"]
    assert _without_provenance(first) == _without_provenance(again)
    usage = client.get("/api/usage").json
    assert (usage["calls"], usage["cached"], usage["attempts"]) == (2, 1, 1)


@pytest.mark.parametrize("ask", [story, cast])
def test_a_fresh_one_is_written_anew_and_remembered_instead(client, server, ask):
    ask(client)
    server.next(
        sheets(*NAMES, role="新人")
        if ask is cast
        else Scenario(content=json.dumps({**OUTLINE, "title": "新片"}))
    )
    fresh = ask(client, fresh=True).json["data"]
    assert _made(fresh)["cached"] is False
    assert len(server.requests) == 2
    assert _without_provenance(ask(client).json["data"]) == _without_provenance(fresh)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"user_idea": {**SEED_IDEA, "theme": "另一个主题"}},
        {"user_idea": {**SEED_IDEA, "mood": "温暖"}},
    ],
)
@pytest.mark.parametrize("ask", [story, cast])
def test_another_request_is_another_story(client, server, ask, other):
    ask(client)
    assert _made(ask(client, **other).json["data"])["cached"] is False
    assert len(server.requests) == 2


def test_another_outline_or_other_notes_make_another_cast(client, server):
    cast(client)
    cast(client, story_outline=OUTLINE)
    idea = {"characters": [{"name": "宇航员", "note": "怕黑"}]}
    said = {"reply": "好", "idea": idea, "said": [], "waived": []}
    server.next(Scenario(content=json.dumps(said)))
    send(client, "宇航员怕黑")
    cast(client)
    assert [exchange.kind for exchange in server.requests] == ["cast", "cast", "turn", "cast"]
    assert task_of(server.requests[-1])["notes"] == {"宇航员": "怕黑"}


def test_sessions_and_restarts_share_what_is_remembered(connect, server):
    story(connect())
    assert _made(story(connect()).json["data"])["cached"] is True
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "settings",
    [
        {"SPARK_CACHE_HOURS": 0},
        {"SPARK_TEXT_MODEL": "another"},
        {"SPARK_TEXT_OPTIONS": {"temperature": 1.2}},
        {"SPARK_TEXT_FALLBACKS": "b"},
    ],
)
def test_nothing_is_remembered_across_settings_that_matter(connect, server, settings):
    story(connect())
    client = connect(**settings)
    assert _made(story(client).json["data"])["cached"] is False
    story(client)
    assert len(server.requests) == (3 if "SPARK_CACHE_HOURS" in settings else 2)


@pytest.mark.parametrize("fault", ["unauthorized", "cut", "half_object", "length", "refusal"])
@pytest.mark.parametrize("ask", [story, cast])
def test_a_failure_is_never_remembered(client, server, ask, fault):
    server.default = Scenario(fault=fault)
    assert ask(client).status_code == 502
    server.clear()
    assert _made(ask(client).json["data"])["cached"] is False
    assert len(server.requests) == 1


def test_a_turn_is_never_taken_from_memory(client, server):
    for _ in range(2):
        send(client, "我想制作一个科幻视频")
        client.post("/api/chat/reset")
    assert [exchange.kind for exchange in server.requests] == ["turn", "turn"]


def _made(body):
    record = body.get("story_outline") or body["character_profiles"][0]
    return record["provenance"]


def _without_provenance(body):
    records = [body.get("story_outline"), *body.get("character_profiles", [])]
    return [{k: v for k, v in record.items() if k != "provenance"} for record in records if record]
