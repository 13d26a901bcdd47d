"""The same answer, as services and models write it down."""

from __future__ import annotations

import json

import pytest

from ..upstream import CANNED_MESSAGE, CANNED_TURN, Scenario
from .talk import send, stream, words

TURN = json.loads(CANNED_TURN)
REPLY = '他说："好😀"\\ 走\n吧 {"idea": 1}'
HEADERS = {"Content-Type": "text/event-stream"}


def chunk(content=None, finish=None):
    delta = {} if content is None else {"content": content}
    return {"model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


PIECES = [chunk(CANNED_TURN[i : i + 9]) for i in range(0, len(CANNED_TURN), 9)]
WHOLE = [*PIECES, chunk(finish="stop")]


def lines(chunks=WHOLE, head="data: ", end="\n", last="[DONE]"):
    """Chunks as the lines of a stream."""
    told = [*(json.dumps(c) for c in chunks), *([last] if last else [])]
    return "".join(f"{head}{line}{end}{end}" for line in told)


@pytest.mark.parametrize(
    "body",
    [
        lines(),
        lines(end="\r\n"),
        lines(head="data:"),
        lines(last=""),
        lines(PIECES),
        ": PROCESSING\n\nevent: message\nid: 4\nretry: 10\n" + lines(),
        lines(last="").rstrip("\n"),
        lines([{"choices": [], "prompt_filter_results": [{}]}, *WHOLE]),
        lines([{"choices": [{"delta": None}]}, {"choices": None}, *WHOLE]),
        lines([{"choices": [{"message": {"content": CANNED_TURN}, "finish_reason": "stop"}]}]),
        lines(
            [*WHOLE, {"choices": [], "usage": {"prompt_tokens": "9", "completion_tokens": None}}]
        ),
    ],
    ids=[
        *("plain", "CRLF", "no space", "no DONE", "no finish reason", "comments", "no last line"),
        *("empty choices", "nulls", "message for delta", "odd usage"),
    ],
)
def test_streams_of_other_services_are_read_too(client, server, body):
    server.default = Scenario(status=200, headers=HEADERS, body=body)
    *shown, (last, done) = stream(client, CANNED_MESSAGE)
    assert (last, words(shown)) == ("done", TURN["reply"])
    assert done["user_idea"]["plot_points"] == TURN["idea"]["plot"]
    assert len(server.requests) == 1


def test_the_type_of_a_stream_may_be_written_in_any_way(client, server):
    kind = {"Content-Type": "Text/Event-Stream; charset=UTF-8"}
    server.default = Scenario(status=200, headers=kind, body=lines())
    assert send(client, CANNED_MESSAGE).json["response"] == TURN["reply"]
    assert len(server.requests) == 1


@pytest.mark.parametrize("chunk_chars", [1, 4, 1000])
@pytest.mark.parametrize("layout", [{}, {"ensure_ascii": False}, {"indent": 4}])
def test_escapes_are_put_together_however_they_are_cut(client, server, layout, chunk_chars):
    content = json.dumps({**TURN, "reply": REPLY}, **layout)
    server.next(Scenario(content=content, chunk_chars=chunk_chars))
    *shown, (last, done) = stream(client, CANNED_MESSAGE)
    assert last == "done"
    assert words(shown) == done["response"] == REPLY


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({key: TURN[key] for key in ("idea", "said", "waived", "reply")}),
        json.dumps({"answer": TURN}),
        json.dumps([TURN]),
        json.dumps({"response": TURN["reply"], "user_idea": TURN["idea"]}),
        CANNED_TURN + CANNED_TURN,
        f"\ufeff  \n{CANNED_TURN}",
        f"<think>```json\n{{}}\n```</think>\n```json\n{CANNED_TURN}\n```",
    ],
    ids=["reply last", "in an object", "in a list", "other names", "twice", "BOM", "two fences"],
)
def test_an_answer_is_found_wherever_it_stands(client, server, content):
    server.next(Scenario(content=content))
    *shown, (last, done) = stream(client, CANNED_MESSAGE)
    assert (last, words(shown)) == ("done", TURN["reply"])
    assert done["user_idea"]["genre"] == "科幻"
    assert len(server.requests) == 1
