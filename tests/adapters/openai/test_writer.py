"""The writer over whatever a model says; no service is asked."""

from __future__ import annotations

import json
import logging

import pytest

from src.spark.adapters.openai.calls import Calls
from src.spark.adapters.openai.service import Service
from src.spark.adapters.openai.writer import OpenAIWriter
from src.spark.errors import UpstreamError
from src.spark.models import Conversation, Turn

from ...samples import an_idea

IDEA = {"theme": "深空", "genre": "科幻", "characters": [{"name": "林夏", "note": ""}]}
GOOD = json.dumps({"reply": "好，她遇到了什么？", "idea": IDEA, "said": [], "waived": []})


class SayingModels:
    """Stands for the models: says what is queued, a few characters at a time."""

    def __init__(self, *answers):
        self.answers, self.chats = list(answers), []

    def ask(self, attempt, name, schema, chat, completion):
        self.chats.append(chat)
        said = self.answers.pop(0)
        for start in range(0, len(said), 3):
            piece = said[start : start + 3]
            completion.pieces.append(piece)
            completion.length += len(piece)
            yield piece
        completion.finish = "stop"


def writer_of(models):
    service = Service("http://models.test/v1", "", deadline=5, connect=1, read=1)
    return OpenAIWriter(Calls(service, ["standin"]), models, None)


def told(*answers, whole=False):
    """The words that were shown, and the turn."""
    writer = writer_of(SayingModels(*answers))
    *parts, turn = writer.converse(Conversation(session_id="a"), "深空，林夏", whole)
    assert isinstance(turn, Turn)
    return "".join(part.text for part in parts), turn


@pytest.mark.parametrize(
    "said",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f'<think>{{"reply": "draft"}}</think>{GOOD}',
        f'so {{"reply": "draft", "idea": {{}}}} it is</think>{GOOD}',
        GOOD.replace('"reply"', '"response"'),
        GOOD.replace('"好', '" \\n好').replace('？"', '？ \\n"'),
        GOOD.replace("好", "\\u0000好\\ud83c"),
        GOOD.replace('"好，她遇到了什么？"', '["好，", "她遇到了什么？"]'),
        json.dumps({"idea": IDEA, "reply": "好，她遇到了什么？"}),
    ],
)
def test_the_words_shown_are_the_reply_whatever_it_comes_in(said):
    shown, turn = told(said)
    assert shown == turn.reply
    assert turn.brief.idea.basic_characters == ["林夏"]
    assert "\0" not in turn.reply


def test_the_words_shown_are_the_reply_where_it_had_to_be_asked_for_again():
    for whole in (False, True):
        shown, turn = told("好的，没问题！", GOOD, whole=whole)
        assert shown == turn.reply == "好，她遇到了什么？"


def test_what_was_shown_stays_where_the_rest_had_to_be_asked_for_again():
    broken = GOOD[: GOOD.index('"said"')]
    rest = json.dumps({"reply": "something else", "idea": IDEA})
    shown, turn = told(broken, rest)
    assert shown == turn.reply == "好，她遇到了什么？"
    assert turn.brief.idea.theme == "深空"


def test_a_cast_without_someone_is_asked_for_again_by_name():
    sheet = {"name": "小白", "appearance": "白色", "personality": "好奇"}
    short = json.dumps({"characters": [sheet]})
    models = SayingModels(short, json.dumps({"characters": [{**sheet, "name": "林夏"}, sheet]}))
    idea = an_idea(basic_characters=["林夏", "小白"])
    profiles = writer_of(models).cast(idea, None, {}).value
    assert [profile.name for profile in profiles] == ["林夏", "小白"]
    first, again = models.chats
    assert again[: len(first)] == first
    assert "林夏, 小白" in again[-1]["content"]


def test_what_was_said_is_in_no_log(caplog):
    sheet = {"name": "小白", "appearance": "白色", "personality": "好奇"}
    short = json.dumps({"characters": [sheet]})
    idea = an_idea(basic_characters=["林夏", "小白"])
    with caplog.at_level(logging.DEBUG), pytest.raises(UpstreamError):
        writer_of(SayingModels(short, short)).cast(idea, None, {})
    assert "not what was asked for" in caplog.text
    assert not any(word in caplog.text for word in ("林夏", "小白", "白色"))
