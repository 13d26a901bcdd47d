"""How a service wants to be asked for JSON."""

from __future__ import annotations

import pytest

from src.spark.adapters.openai.dialects import Dialect, Dialects

from ...fakes import FakeShelf

ADDRESS = "https://models.test/v1"
RICHEST, PLAINEST = Dialect(), Dialect("prompt", usage=False)


@pytest.fixture
def shelf():
    return FakeShelf()


@pytest.fixture
def dialects(shelf):
    return Dialects(ADDRESS, shelf)


def ladder(dialects, complaint=""):
    """Every dialect that is tried, one after the other."""
    tried = [dialects.of("m")]
    while following := dialects.plainer(tried[-1], complaint):
        tried.append(following)
    return [(dialect.format, dialect.usage) for dialect in tried]


def test_a_service_is_asked_in_ever_plainer_ways(dialects):
    assert ladder(dialects) == [
        ("json_schema", True),
        ("json_object", True),
        ("prompt", True),
        ("prompt", False),
    ]


def test_what_a_service_complains_of_goes_first(dialects):
    assert ladder(dialects, "Unknown parameter: 'stream_options'.") == [
        ("json_schema", True),
        ("json_schema", False),
        ("json_object", False),
        ("prompt", False),
    ]


@pytest.mark.parametrize("named", ["json_schema", "json_object", "prompt"])
def test_a_format_that_is_set_by_name_is_the_only_one_tried(shelf, named):
    for complaint in ("", "stream_options"):
        tried = ladder(Dialects(ADDRESS, shelf, named), complaint)
        assert tried == [(named, True), (named, False)]


@pytest.mark.parametrize(
    ("dialect", "options"),
    [
        (
            RICHEST,
            {
                "stream_options": {"include_usage": True},
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "turn", "schema": {"type": "object"}, "strict": True},
                },
            },
        ),
        (Dialect("json_object", usage=False), {"response_format": {"type": "json_object"}}),
        (Dialect("prompt"), {"stream_options": {"include_usage": True}}),
        (PLAINEST, {}),
    ],
)
def test_a_request_carries_what_its_dialect_has(dialect, options):
    assert dialect.options("turn", {"type": "object"}) == options


def test_what_a_model_took_is_asked_of_it_from_then_on(dialects):
    dialects.learn("m", PLAINEST)
    assert dialects.of("m") == PLAINEST
    assert dialects.of("another") == RICHEST


def test_what_was_learned_outlives_the_process(dialects, shelf):
    dialects.learn("m", Dialect("json_object", usage=False))
    assert Dialects(ADDRESS, shelf).of("m") == Dialect("json_object", usage=False)
    assert Dialects("https://other.test/v1", shelf).of("m") == RICHEST


def test_the_same_is_learned_once(dialects, shelf):
    dialects.learn("m", PLAINEST)
    shelf.kept.clear()
    dialects.learn("m", PLAINEST)
    assert shelf.kept == {}


def test_a_format_set_by_name_outdoes_what_was_learned(dialects, shelf):
    dialects.learn("m", PLAINEST)
    assert Dialects(ADDRESS, shelf, "json_schema").of("m") == Dialect("json_schema", usage=False)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"\xff\x00",
        b"null",
        b'{"format": "yaml", "usage": true}',
        b'{"format": "prompt"}',
    ],
)
def test_what_cannot_be_read_was_never_learned(dialects, shelf, broken):
    dialects.learn("m", PLAINEST)
    shelf.kept = dict.fromkeys(shelf.kept, broken)
    assert Dialects(ADDRESS, shelf).of("m") == RICHEST
    assert Dialects(ADDRESS, shelf, "prompt").of("m") == Dialect("prompt")
