"""Everything that can go wrong with a model's service, and what the caller is told of it."""

from __future__ import annotations

import re
import time

import pytest

from ..samples import INTERVIEWS
from ..upstream import FAULTS, Scenario
from .talk import HELLO, cast, history, latest, send, story, stream, words

STATUS = {"upstream_error": 502, "upstream_unavailable": 503, "upstream_timeout": 504}
FAILURES = {
    "unauthorized": ("key", 1),
    "forbidden": ("key", 1),
    "echo_key": ("key", 1),
    "unknown_model": ("model", 1),
    "rate_limit": ("busy", 3),
    "quota": ("quota", 1),
    "refused": ("refused", 1),
    "refusal": ("refused", 1),
    "content_filter": ("refused", 1),
    "server_error": ("down", 3),
    "overloaded": ("down", 3),
    "bad_gateway": ("down", 3),
    "reset": ("down", 3),
    "cut": ("broken", 3),
    "cut_clean": ("broken", 3),
    "error_event": ("broken", 3),
    "length": ("too long", 2),
    "html": ("unusable", 3),
    "bad_json": ("unusable", 3),
    "no_choices": ("unusable", 3),
    "half_object": ("unusable", 2),
    "not_json": ("unusable", 2),
    "wrong_shape": ("unusable", 2),
    "empty": ("unusable", 2),
}
"""What each fault is to the caller, and how many requests are made before it is told."""

HANGING = ("silent", "stall", "slow_drip")
REPAIRED = {
    *("reasoning", "nonstream", "no_usage", "no_schema", "no_format", "no_stream_options"),
    *("enum_drift", "wrong_types", "raw_newlines", "trailing_commas", "fences", "prose", "think"),
}
OF_CASTS, OF_PICTURES = {"too_few"}, {"no_edit", "not_an_image", "bad_b64", "huge", "dead_link"}

KINDS = {
    "key": ("upstream_error", "不接受本站的密钥", "does not accept this site's key"),
    "model": ("upstream_error", "找不到本站设置的模型", "does not know the model"),
    "busy": ("upstream_unavailable", "请求过多", "too many requests"),
    "quota": ("upstream_unavailable", "额度已用完", "quota"),
    "refused": ("upstream_error", "拒绝作答", "declined to answer"),
    "down": ("upstream_unavailable", "暂时不可用", "is unavailable just now"),
    "broken": ("upstream_error", "中途断开", "broke off"),
    "too long": ("upstream_error", "超出了长度限制", "length limit"),
    "unusable": ("upstream_error", "无法使用", "unusable"),
    "late": ("upstream_timeout", "没有及时回答", "took too long"),
}
KEPT = {"zh": "您的消息已保留。", "en": "Your message is kept."}
MARGIN = 1.5
"""How late a busy machine may be, in seconds."""

HAN = re.compile(r"[\u4e00-\u9fff]")


def sentence(kind, language):
    return KINDS[kind][1 if language == "zh" else 2]


def check(body, kind, language, kept=False):
    """An error body tells of this kind of failure in this language, and of nothing else."""
    assert body["error"] == KINDS[kind][0]
    assert [k for k in KINDS if sentence(k, language) in body["message"]] == [kind]
    assert bool(HAN.search(body["message"])) == (language == "zh")
    assert (KEPT[language] in body["message"]) == kept
    assert body.keys() == {"error", "message", "timestamp", "request_id"}


def outcome(client, entrance, language):
    """The status and the error body that an entrance answers with."""
    if entrance == "stream":
        told = stream(client, HELLO[language], language)
        assert [name for name, _ in told] == ["delta"] * (len(told) - 1) + ["error"]
        return None, told[-1][1]
    asked = {"send": lambda: send(client, HELLO[language], language)}
    ask = asked.get(entrance, lambda: {"story": story, "cast": cast}[entrance](client, language))
    response = ask()
    return response.status_code, response.json


def test_every_fault_of_the_stand_in_is_looked_at():
    looked_at = {*FAILURES, *HANGING, *REPAIRED, *OF_CASTS, *OF_PICTURES}
    assert looked_at == FAULTS.keys()


@pytest.mark.parametrize(
    ("entrance", "language"), [("send", "zh"), ("stream", "en"), ("story", "en"), ("cast", "zh")]
)
@pytest.mark.parametrize("fault", FAILURES)
def test_a_failure_says_what_it_is(client, server, fault, entrance, language, caplog):
    kind, attempts = FAILURES[fault]
    talks = entrance in ("send", "stream")
    server.default = Scenario(fault=fault)
    status, body = outcome(client, entrance, language)
    assert status == (None if entrance == "stream" else STATUS[KINDS[kind][0]])
    check(body, kind, language, kept=talks)
    assert len(server.requests) == attempts
    assert f"attempt {attempts} failed" in caplog.text
    (entry,) = client.get("/api/usage").json["entries"]
    assert (entry["outcome"], entry["attempts"]) == ("failed", attempts)
    if talks:
        server.clear()
        check_that_the_message_is_kept(client, server, language)


def check_that_the_message_is_kept(client, server, language):
    """Nothing was answered, and what was said is taken along with the next message."""
    assert history(client) == []
    assert client.get("/api/chat/status").json["message_count"] == 0
    following = INTERVIEWS[language][1]
    body = send(client, following).json
    both = f"{HELLO[language]}\n{following}"
    assert latest(server.requests[0]) == both
    assert history(client) == [("user", both), ("assistant", body["response"])]
    assert body["missing_elements"] == ["plot"]


def test_a_cast_that_stays_too_small_is_no_answer(client, server):
    server.default = Scenario(fault="too_few")
    status, body = outcome(client, "cast", "en")
    assert status == 502
    check(body, "unusable", "en")
    assert len(server.requests) == 2


def test_a_message_sent_again_is_said_once(client, server):
    server.next(Scenario(fault="unauthorized"))
    send(client, HELLO["zh"])
    assert send(client, HELLO["zh"]).status_code == 200
    assert latest(server.requests[-1]) == HELLO["zh"]
    assert len(history(client)) == 2


def test_a_failure_in_the_middle_of_a_talk_leaves_what_was_before(client, server):
    send(client, HELLO["zh"])
    before, idea = history(client), client.get("/api/chat/idea").json["user_idea"]
    server.default = Scenario(fault="unauthorized")
    send(client, "主角是宇航员林夏")
    assert history(client) == before
    assert client.get("/api/chat/idea").json["user_idea"] == idea
    server.clear()
    send(client, "三分钟")
    assert [role for role, _ in history(client)] == ["user", "assistant"] * 2
    assert history(client)[2][1] == "主角是宇航员林夏\n三分钟"


# --- in time ---


@pytest.mark.parametrize("entrance", ["send", "stream", "story", "cast"])
@pytest.mark.parametrize("fault", HANGING)
def test_nobody_waits_past_the_deadline(connect, server, fault, entrance):
    client = connect(SPARK_DEADLINE_SECONDS=0.7, SPARK_READ_SECONDS=30)
    server.default = Scenario(fault=fault, every=0.1)
    begun = time.monotonic()
    status, body = outcome(client, entrance, "zh")
    assert 0.6 < time.monotonic() - begun < 0.7 + MARGIN
    assert status in (504, None)
    check(body, "late", "zh", kept=entrance in ("send", "stream"))
    assert server.wait_for(lambda requests: requests[0].gone)


def test_nor_where_the_connection_is_to_be_closed_afterwards(connect, server):
    client = connect(SPARK_DEADLINE_SECONDS=0.7, SPARK_READ_SECONDS=30)
    server.default = Scenario(fault="slow_drip", every=0.1, headers={"Connection": "close"})
    begun = time.monotonic()
    assert send(client, HELLO["zh"]).status_code == 504
    assert time.monotonic() - begun < 0.7 + MARGIN


@pytest.mark.parametrize("fault", ["silent", "stall"])
def test_silence_is_not_borne_for_longer_than_is_set(connect, server, fault):
    client = connect(SPARK_DEADLINE_SECONDS=30, SPARK_READ_SECONDS=0.3)
    server.next(Scenario(fault=fault))
    server.default = Scenario(canned=True)
    begun = time.monotonic()
    assert send(client, HELLO["zh"]).status_code == 200
    assert 0.3 <= time.monotonic() - begun < 5
    assert len(server.requests) == 2


def test_a_model_that_falls_silent_in_the_middle_of_a_stream(connect, server):
    client = connect(SPARK_DEADLINE_SECONDS=30, SPARK_READ_SECONDS=0.3)
    server.next(Scenario(canned=True, fault="stall", after=12))
    *shown, (last, body) = stream(client, HELLO["zh"])
    assert words(shown)
    assert last == "error"
    check(body, "late", "zh", kept=True)
    assert len(server.requests) == 1


def test_slow_thoughts_do_not_count_as_silence(connect, server):
    client = connect(SPARK_DEADLINE_SECONDS=20, SPARK_READ_SECONDS=0.9)
    server.next(Scenario(canned=True, fault="reasoning", rate=4, chunk_chars=1000))
    begun = time.monotonic()
    assert send(client, HELLO["zh"]).status_code == 200
    assert time.monotonic() - begun > 0.9
    assert len(server.requests) == 1


def test_a_service_that_is_not_there(connect, server, tmp_path):
    client = connect(OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    status, body = outcome(client, "send", "zh")
    assert status == 503
    check(body, "down", "zh", kept=True)
    assert server.requests == []
