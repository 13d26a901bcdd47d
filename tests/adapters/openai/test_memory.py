"""Answers that were paid for once."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from src.spark.adapters.openai.forms import CAST, OUTLINE
from src.spark.adapters.openai.memory import Memory

from ...fakes import FakeShelf

REQUEST = ["outline", [{"role": "system", "content": "写故事"}, {"role": "user", "content": "{}"}]]
ANSWER = OUTLINE.read('{"title": "深空", "summary": "她醒来。", "narrative_text": "她出发。"}')
SHAPE = type(ANSWER)


@pytest.fixture
def shelf():
    return FakeShelf()


@pytest.fixture
def memory(shelf):
    return Memory(shelf, "models.test", ["https://models.test/v1", ("a", "b"), {"seed": 1}])


def test_nothing_is_remembered_at_first(memory):
    assert memory.recall(REQUEST, SHAPE) is None


def test_the_same_request_has_the_same_answer_and_costs_nothing(memory):
    memory.keep(REQUEST, "a-2024", ANSWER)
    recalled = memory.recall(REQUEST, SHAPE)
    assert recalled.value == ANSWER
    made = recalled.provenance
    assert (made.engine, made.provider, made.model) == ("openai", "models.test", "a-2024")
    assert (made.tokens_in, made.tokens_out, made.attempts, made.seconds) == (0, 0, 0, 0)
    assert made.cached


def test_another_request_has_another_answer(memory):
    memory.keep(REQUEST, "a", ANSWER)
    form, (system, user) = REQUEST
    for other in (
        ["cast", [system, user]],
        [form, [system]],
        [form, [system, {**user, "content": "{ }"}]],
        [form, [user, system]],
    ):
        assert memory.recall(other, SHAPE) is None


@pytest.mark.parametrize(
    "depends",
    [
        ["https://other.test/v1", ("a", "b"), {"seed": 1}],
        ["https://models.test/v1", ("b", "a"), {"seed": 1}],
        ["https://models.test/v1", ("a", "b"), {"seed": 2}],
        ["https://models.test/v1", ("a", "b"), {}],
    ],
)
def test_another_service_model_or_option_has_another_answer(memory, shelf, depends):
    memory.keep(REQUEST, "a", ANSWER)
    assert Memory(shelf, "models.test", depends).recall(REQUEST, SHAPE) is None


def test_the_latest_answer_is_the_one_remembered(memory):
    memory.keep(REQUEST, "a", ANSWER)
    memory.keep(REQUEST, "b", ANSWER.model_copy(update={"title": "近海"}))
    assert memory.recall(REQUEST, SHAPE).value.title == "近海"
    assert memory.recall(REQUEST, SHAPE).provenance.model == "b"


def test_answers_of_every_shape_come_back_as_they_were(memory):
    sheet = '{"name": "林夏", "appearance": "短发", "personality": "沉着", "relationships": %s}'
    cast = CAST.read('{"characters": [%s]}' % (sheet % '{"小白": "搭档"}'))
    memory.keep(REQUEST, "a", cast)
    assert memory.recall(REQUEST, type(cast)).value == cast


class Renamed(BaseModel):
    """A shape as it might be after a change."""

    headline: str


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"\xff", b"null", b'{"model": "a"}', b'{"model": "a", "answer": []}']
)
def test_what_cannot_be_read_is_not_remembered(memory, shelf, broken):
    memory.keep(REQUEST, "a", ANSWER)
    shelf.kept = dict.fromkeys(shelf.kept, broken)
    assert memory.recall(REQUEST, SHAPE) is None


def test_what_has_another_shape_by_now_is_not_remembered(memory):
    memory.keep(REQUEST, "a", ANSWER)
    assert memory.recall(REQUEST, Renamed) is None
