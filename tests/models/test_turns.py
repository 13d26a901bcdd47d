"""A turn of the interview, asked of a model."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from ..samples import INTERVIEWS, TEXT_KEY
from ..upstream import CANNED_MESSAGE, CANNED_TURN, Scenario
from .talk import HELLO, history, latest, send, stream, words

both_languages = pytest.mark.parametrize("language", ["zh", "en"])
CAST = {"zh": ["林夏", "小白"], "en": ["Mia", "Bolt"]}


@both_languages
def test_a_turn_is_one_call(client, server, language):
    for count, message in enumerate(INTERVIEWS[language], 1):
        assert send(client, message).status_code == 200
        assert [e.kind for e in server.requests] == ["turn"] * count


@both_languages
def test_a_streamed_turn_is_one_call_and_its_words_add_up(client, server, language):
    *shown, (last, done) = stream(client, HELLO[language])
    assert last == "done"
    assert {name for name, _ in shown} == {"delta"}
    assert len(shown) > 3
    assert words(shown) == done["response"] == history(client)[1][1]
    assert len(server.requests) == 1


def test_words_are_shown_while_the_rest_is_still_being_said(client, server):
    server.next(Scenario(canned=True, chunk_chars=4, fault="stall", after="reply"))
    response = client.post("/api/chat/stream", json={"message": CANNED_MESSAGE}, buffered=False)
    first = next(response.response)
    assert "event: delta" in (first.decode() if isinstance(first, bytes) else first)
    assert server.requests[0].ended_at is None
    response.close()


def test_the_whole_answer_says_who_gave_it(client, server):
    server.next(Scenario(canned=True))
    body = send(client, CANNED_MESSAGE).json
    made = body["provenance"]
    assert body["provider"] == made["engine"] == "openai"
    assert made["provider"] == urlsplit(server.base_url).netloc
    assert made["model"] == "standin"
    assert (made["attempts"], made["cached"]) == (1, False)
    assert 0 < made["seconds"] < 20
    assert made["tokens_in"] > 100
    assert made["tokens_out"] == server.requests[0].chunks_sent


def test_tokens_nobody_counted_are_not_known(client, server):
    server.next(Scenario(canned=True, fault="no_usage"))
    made = send(client, CANNED_MESSAGE).json["provenance"]
    assert (made["tokens_in"], made["tokens_out"]) == (None, None)


def test_the_idea_and_where_each_part_was_said(client, server):
    server.next(Scenario(canned=True))
    said = json.loads(CANNED_TURN)
    body = send(client, CANNED_MESSAGE).json
    assert body["response"] == said["reply"]
    assert body["is_complete"] is True
    assert body["missing_elements"] == []
    assert body["optional_missing"] == ["audience", "visual_style", "mood"]
    told = client.get("/api/chat/idea").json
    assert told["user_idea"] == body["user_idea"]
    assert told["user_idea"]["basic_characters"] == ["林夏"]
    assert told["user_idea"]["plot_points"] == said["idea"]["plot"]
    assert told["user_idea"]["duration_preference"] == 180
    assert told["notes"] == {"林夏": "宇航员"}
    assert {e: source["text"] for e, source in told["sources"].items()} == {
        quote["element"]: quote["quote"] for quote in said["said"]
    }
    assert {source["message"] for source in told["sources"].values()} == {0}


@both_languages
def test_an_interview_fills_the_idea_in_its_own_language(client, language):
    for message in INTERVIEWS[language]:
        body = send(client, message).json
        is_chinese = any("\u4e00" <= character <= "\u9fff" for character in body["response"])
        assert is_chinese == (language == "zh")
    assert body["user_idea"]["basic_characters"] == CAST[language]
    assert body["missing_elements"] == body["optional_missing"] == []
    assert client.get("/api/chat/idea").json["sources"]["duration"]["message"] == 6


@both_languages
def test_the_request_is_as_the_service_wants_it(client, server, language):
    send(client, HELLO[language])
    (exchange,) = server.requests
    assert (exchange.method, exchange.path) == ("POST", "/v1/chat/completions")
    assert exchange.headers["authorization"] == f"Bearer {TEXT_KEY}"
    assert exchange.body["stream"] is True
    assert exchange.body["stream_options"] == {"include_usage": True}
    assert exchange.body["model"] == "standin"
    assert exchange.body["response_format"]["json_schema"]["strict"] is True
    system, question = exchange.body["messages"]
    assert system["role"] == "system"
    assert ("你" in system["content"]) == (language == "zh")
    assert question == {"role": "user", "content": HELLO[language]}


def test_options_go_with_every_request(connect, server):
    client = connect(SPARK_TEXT_OPTIONS={"enable_thinking": False, "temperature": 0.4})
    send(client, HELLO["zh"])
    body = server.requests[0].body
    assert (body["enable_thinking"], body["temperature"]) == (False, 0.4)


def test_what_was_said_before_is_told_again(client, server):
    for message in INTERVIEWS["zh"]:
        send(client, message)
    told = [(m["role"], m["content"]) for m in server.requests[-1].body["messages"]]
    assert told[0][0] == "system"
    assert told[1:] == history(client)[:-1]
    assert "林夏" in told[0][1]


def test_of_a_long_talk_the_latest_part_is_told_and_the_idea_holds_the_rest(client, server):
    server.default = Scenario(canned=True)
    send(client, CANNED_MESSAGE)
    for number in range(30):
        send(client, f"第{number}句" + "长" * 900)
    system, *told = server.requests[-1].body["messages"]
    assert "来自深空的信号" in system["content"]
    assert 10 < len(told) <= 41
    assert sum(len(message["content"]) for message in told) < 30_000
    assert [message["role"] for message in told] == ["user", "assistant"] * (len(told) // 2) + [
        "user"
    ]
    assert told[-1]["content"].startswith("第29句")
    assert told[-3]["content"].startswith("第28句")


def test_no_message_can_be_so_long_that_another_is_lost(client, server):
    server.default = Scenario(canned=True)
    for number in range(8):
        assert send(client, f"第{number}句" + "长" * 3990).status_code == 200
    told = server.requests[-1].body["messages"]
    assert latest(server.requests[-1]).startswith("第7句")
    assert sum(len(message["content"]) for message in told) < 34_000


def test_braces_in_words_are_words(client, server):
    message = 'Call it {title}, with {0} and {"reply": "x"} in it, please, and a hero named Mia'
    body = send(client, message).json
    assert latest(server.requests[0]) == message
    assert body["response"]
    again = send(client, "It is a comedy about {braces}").json
    assert again["user_idea"]["genre"] == "comedy"


def test_two_messages_at_once_are_answered_one_after_the_other(client, server):
    send(client, HELLO["zh"])  # so that both have a session
    server.default = Scenario(canned=True, latency=0.2)
    cookie = client.get_cookie("spark_session").value
    browsers = [client.application.test_client() for _ in range(2)]
    for browser in browsers:
        browser.set_cookie("spark_session", cookie)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(send, b, f"第{n}句") for n, b in enumerate(browsers)]
        assert [answer.result(20).status_code for answer in asked] == [200, 200]
    _, first, second = server.requests
    assert first.ended_at < second.arrived_at
    assert latest(first) in [message["content"] for message in second.body["messages"]]
    said = [content for role, content in history(client) if role == "user"]
    assert said == [HELLO["zh"], latest(first), latest(second)]


def test_two_sessions_never_see_each_others_words(client, server):
    other = client.application.test_client()
    send(client, "我想拍一个关于灯塔的片子")
    send(other, HELLO["zh"])
    assert "灯塔" not in json.dumps(server.requests[1].body, ensure_ascii=False)
