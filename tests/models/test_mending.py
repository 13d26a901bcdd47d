"""Answers that are not quite what was asked for, and still are answers."""

from __future__ import annotations

import json

import pytest

from ..samples import INTERVIEWS, SEED_IDEA
from ..upstream import CANNED_MESSAGE, CANNED_TURN, Scenario
from .talk import HELLO, cast, history, latest, send, story, stream, words

DAMAGED = ("fences", "think", "prose", "trailing_commas", "raw_newlines", "enum_drift")
SENT_OTHERWISE = ("wrong_types", "reasoning", "nonstream", "no_usage")
ALL_AT_ONCE = "fences,prose,trailing_commas,raw_newlines,enum_drift,reasoning,no_usage"
IDEA = json.loads(CANNED_TURN)["idea"]
HALF = CANNED_TURN[: CANNED_TURN.index('"plot"')]


def without_breaks(text):
    return "".join(text.split())


@pytest.mark.parametrize("fault", [*DAMAGED, *SENT_OTHERWISE, ALL_AT_ONCE])
def test_a_mended_turn_is_a_right_turn(client, server, fault):
    server.default = Scenario(content=CANNED_TURN, fault=fault)
    body = send(client, CANNED_MESSAGE).json
    expected = without_breaks(json.loads(CANNED_TURN)["reply"])
    assert without_breaks(body["response"]) == expected
    idea = body["user_idea"]
    assert (idea["theme"], idea["genre"], idea["duration_preference"]) == (
        "来自深空的信号",
        "科幻",
        180,
    )
    assert (idea["basic_characters"], idea["plot_points"]) == (["林夏"], IDEA["plot"])
    sources = client.get("/api/chat/idea").json["sources"]
    assert sources.keys() == {"theme", "genre", "characters", "plot", "duration"}
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", [*DAMAGED, *SENT_OTHERWISE, ALL_AT_ONCE])
def test_a_mended_turn_can_be_shown_as_it_comes(client, server, fault):
    server.default = Scenario(content=CANNED_TURN, fault=fault)
    *shown, (last, done) = stream(client, CANNED_MESSAGE)
    assert last == "done"
    assert words(shown) == done["response"]
    assert without_breaks(words(shown)) == without_breaks(json.loads(CANNED_TURN)["reply"])
    assert done["is_complete"] is True
    assert len(server.requests) == 1


@pytest.mark.parametrize("fault", [*DAMAGED, *SENT_OTHERWISE])
def test_a_mended_story_and_cast_are_right_ones(client, server, fault):
    server.default = Scenario(fault=fault)
    outline = story(client).json["story_outline"]
    assert outline["title"]
    assert outline["estimated_duration"] == SEED_IDEA["duration_preference"]
    assert len(outline["narrative_text"]) > 400
    assert "```" not in outline["narrative_text"]
    profiles = cast(client).json["character_profiles"]
    assert [profile["name"] for profile in profiles] == SEED_IDEA["basic_characters"]
    for profile in profiles:
        assert profile["appearance"]
        assert profile["motivations"]
        assert profile["relationships"].keys() == set(SEED_IDEA["basic_characters"]) - {
            profile["name"]
        }
    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", DAMAGED)
def test_a_conversation_is_read_out_of_a_mended_answer(client, server, fault):
    server.default = Scenario(fault=fault)
    messages = [{"role": "user", "content": message} for message in INTERVIEWS["en"]]
    body = client.post("/api/content/structure", json={"messages": messages}).json
    assert body["user_idea"]["basic_characters"] == ["Mia", "Bolt"]
    assert body["user_idea"]["duration_preference"] == 180
    assert body["validation"]["is_complete"] is True
    assert [exchange.kind for exchange in server.requests] == ["brief"]


@pytest.mark.parametrize("stray", ["\ud83d", "\x00", "\u2028"])
def test_characters_that_no_store_could_keep_do_not_get_that_far(client, server, stray):
    said = {**json.loads(CANNED_TURN), "reply": f"好{stray}的！谁会在那里？"}
    server.next(Scenario(content=json.dumps(said)))
    body = send(client, CANNED_MESSAGE).json
    assert body["response"].startswith("好")
    assert "\ud83d" not in body["response"]
    assert history(client)[1] == ("assistant", body["response"])


# --- asking once more ---


def test_a_bad_answer_is_asked_for_once_more_with_what_was_wrong(client, server):
    wrong = {"reply": "好", "idea": {"characters": [{"note": "宇航员"}], "plot": 7}}
    server.next(Scenario(content=json.dumps(wrong)), Scenario(content=CANNED_TURN))
    body = send(client, CANNED_MESSAGE).json
    assert body["response"] == json.loads(CANNED_TURN)["reply"]
    first, second = server.requests
    *before, said, complaint = second.body["messages"]
    assert before == first.body["messages"]
    assert (said["role"], complaint["role"]) == ("assistant", "user")
    assert "idea.plot" in complaint["content"]
    assert body["provenance"]["attempts"] == 2
    assert history(client)[0] == ("user", CANNED_MESSAGE)


@pytest.mark.parametrize("fault", ["half_object", "not_json", "wrong_shape", "empty", "length"])
@pytest.mark.parametrize("ask", [story, cast])
def test_a_bad_story_or_cast_is_asked_for_once_more(client, server, ask, fault):
    server.next(Scenario(fault=fault))
    assert ask(client).status_code == 200
    assert len(server.requests) == 2


def test_a_cast_that_lacks_someone_is_asked_for_again_by_name(client, server):
    server.next(Scenario(fault="too_few"))
    profiles = cast(client).json["character_profiles"]
    assert [profile["name"] for profile in profiles] == SEED_IDEA["basic_characters"]
    complaint = latest(server.requests[1])
    assert all(name in complaint for name in SEED_IDEA["basic_characters"])


def test_an_answer_that_was_cut_is_asked_for_shorter(client, server):
    server.next(Scenario(content=CANNED_TURN, fault="length", after=5))
    assert send(client, CANNED_MESSAGE).status_code == 200
    first, second = server.requests
    assert latest(second).startswith(CANNED_MESSAGE)
    assert "短" in latest(second).removeprefix(CANNED_MESSAGE)
    assert len(second.body["messages"]) == len(first.body["messages"])


@pytest.mark.parametrize(
    "broken",
    [
        {"fault": "half_object"},
        {"fault": "length", "after": "reply"},
        {"content": json.dumps({"reply": json.loads(CANNED_TURN)["reply"]}, ensure_ascii=False)},
        {"content": '{"reply": "很棒的想法！", "idea": "见上"}'},
    ],
    ids=["half", "cut", "no idea", "no object"],
)
def test_a_shown_reply_stays_as_it_is_while_its_idea_is_asked_for_again(client, server, broken):
    server.next(Scenario(**{"content": CANNED_TURN, **broken}), Scenario(content=CANNED_TURN))
    *shown, (last, done) = stream(client, CANNED_MESSAGE)
    assert last == "done"
    assert words(shown) == done["response"] == history(client)[1][1]
    assert done["user_idea"]["plot_points"] == IDEA["plot"]
    assert [exchange.kind for exchange in server.requests] == ["turn", "idea"]
    *_, said, _order = server.requests[1].body["messages"]
    assert said == {"role": "assistant", "content": done["response"]}
    assert done["provenance"]["attempts"] == 2


def test_a_reply_cut_in_the_middle_of_a_word_is_not_taken_for_whole(client, server):
    server.next(Scenario(content=CANNED_TURN, fault="length", after=10))
    *shown, (last, body) = stream(client, CANNED_MESSAGE)
    assert words(shown)
    assert (last, body["error"]) == ("error", "upstream_error")
    assert history(client) == []


def test_both_calls_for_one_turn_are_counted(client, server):
    server.next(Scenario(content=HALF), Scenario(content=CANNED_TURN))
    made = send(client, CANNED_MESSAGE).json["provenance"]
    assert made["tokens_out"] == sum(exchange.chunks_sent for exchange in server.requests)
    assert client.get("/api/usage").json["tokens_out"] == made["tokens_out"]


# --- how a service wants to be asked ---


@pytest.mark.parametrize(
    ("fault", "requests"),
    [
        ("no_schema", 2),
        ("no_format", 3),
        ("no_stream_options", 2),
        ("no_schema,no_stream_options", 3),
        ("no_format,no_stream_options", 4),
    ],
)
def test_how_to_ask_is_found_out_once_and_outlives_a_restart(connect, server, fault, requests):
    server.default = Scenario(fault=fault)
    client = connect()
    body = send(client, HELLO["zh"]).json
    assert body["missing_elements"] == ["characters", "plot"]
    assert body["provenance"]["attempts"] == len(server.requests) == requests
    assert send(client, INTERVIEWS["zh"][1]).json["provenance"]["attempts"] == 1
    assert story(client).status_code == 200
    assert send(connect(), HELLO["en"]).json["provenance"]["attempts"] == 1
    assert len(server.requests) == requests + 3


def test_a_service_that_takes_no_schema_is_told_the_shape_in_words(client, server):
    server.default = Scenario(fault="no_schema")
    send(client, HELLO["en"])
    body = server.requests[-1].body
    assert body["response_format"] == {"type": "json_object"}
    assert '"duration_seconds"' in body["messages"][0]["content"]


@pytest.mark.parametrize(
    ("set_format", "asked"),
    [("json_schema", "json_schema"), ("json_object", "json_object"), ("prompt", None)],
)
def test_a_format_set_by_name_is_the_only_one(connect, server, set_format, asked):
    client = connect(SPARK_TEXT_FORMAT=set_format)
    assert send(client, HELLO["zh"]).status_code == 200
    assert server.requests[0].body.get("response_format", {}).get("type") == asked
    server.clear()
    server.default = Scenario(fault="no_format,no_stream_options")
    assert send(client, "主角是林夏").status_code == (200 if asked is None else 502)
    formats = {e.body.get("response_format", {}).get("type") for e in server.requests}
    assert formats == {asked}


def test_how_to_ask_is_known_for_each_model(connect, server):
    server.default = Scenario(fault="no_schema")
    send(connect(), HELLO["zh"])
    server.clear()
    other = connect(SPARK_TEXT_MODEL="another")
    send(other, HELLO["zh"])
    assert server.requests[0].body["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("fault", ["cut", "cut_clean", "error_event"])
def test_a_stream_that_breaks_after_the_reply_is_completed_by_a_second_call(client, server, fault):
    server.next(Scenario(fault=fault, after="reply"))
    *shown, (last, done) = stream(client, HELLO["zh"])
    assert last == "done"
    assert words(shown) == done["response"]
    assert done["missing_elements"] == ["characters", "plot"]
    assert [exchange.kind for exchange in server.requests] == ["turn", "idea"]
