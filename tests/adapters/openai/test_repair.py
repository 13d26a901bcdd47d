"""Finding the one JSON object in what a model said."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from src.spark.adapters.openai.repair import Unreadable, read_object

from .strategies import TALK, WORDS

KEYS = ["reply", "response"]
GOOD = {"reply": "好的，{她}呢？", "idea": {"theme": "深空, 信号,"}, "said": [], "waived": ["mood"]}
WRITTEN = json.dumps(GOOD, ensure_ascii=False)
FAKE = '{"reply": "draft", "idea": {}}'


def found(said):
    return read_object(said, KEYS)


def unreadable(said):
    with pytest.raises(Unreadable) as raised:
        found(said)
    return str(raised.value)


# --- what is around it ---


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "\ufeff\n {} \n",
        "```json\n{}\n```",
        "```\n{}\n```\n以上。",
        "Here is the JSON {with braces}: {}\nShall I {change} anything?",
        'A 5" screen, and {"quoted}: {}',
        'It has the form {"name": …}, so: {}',
        '{"status": "ok"} {}',
        '{"answer": {}, "status": "ok"}',
        "[{}]",
        f"<think>{FAKE}</think>{{}}",
        f"<THINK>\n{FAKE}\n</Think>\n\n{{}}",
        f"<thinking>Perhaps {FAKE}?</thinking><reasoning>no: {FAKE}</reasoning>{{}}",
        f"Well. <think>{FAKE}</think> So: {{}}",
        f"so {FAKE} would do</think>{{}}",
        "{}</think>",
        f"{{}}\n<think>or {FAKE}</think>",
        "{} " + FAKE,
    ],
)
def test_what_is_around_the_object_is_overlooked(around):
    assert found(around.replace("{}", WRITTEN)) == GOOD


def test_a_string_that_speaks_of_thoughts_is_no_thought():
    said = {"reply": "<think>a</think>b </think> <think>", "idea": {}}
    assert found(json.dumps(said)) == said


def test_any_of_the_keys_will_do_and_the_first_object_with_one_counts():
    assert found('{"other": 1} {"response": "a"} {"reply": "b"}') == {"response": "a"}


# --- what is wrong within it ---


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ('{"reply": "a", "waived": ["mood",],}', {"reply": "a", "waived": ["mood"]}),
        ('{"reply": "a",\n \t}', {"reply": "a"}),
        ('{"reply": "a,] b,}", "idea": {"x": 1,},}', {"reply": "a,] b,}", "idea": {"x": 1}}),
        ('{"reply": "\\",}",}', {"reply": '",}'}),
        ('{"reply": "one\ntwo\tthree\r\n"}', {"reply": "one\ntwo\tthree\r\n"}),
        ('{"reply": "it\\\'s \\_here\\_ \\u00e9"}', {"reply": "it's _here_ é"}),
        ('{"reply": "a\\\\\\\'b\\n",}', {"reply": "a\\'b\n"}),
        ('{"reply": "a\\ud83db"}', {"reply": "ab"}),
        ('{"reply": "\\ud83c\\udfac \\udfac\\ud83c"}', {"reply": "🎬 "}),
        ('{"reply": "a\\u0000b\x00c", "k\\u0000": ["\\u0000"]}', {"reply": "abc", "k": [""]}),
        ('{"reply": "a", "reply": "b"}', {"reply": "b"}),
        ('{"reply": 1e999}', {"reply": float("inf")}),
    ],
)
def test_slips_within_the_object_are_overlooked(said, meant):
    assert found(said) == meant


def test_prose_with_a_single_quote_mark_does_not_turn_strings_inside_out():
    assert found('A 5" one: {"reply": "a,}", "waived": ["mood",],}') == {
        "reply": "a,}",
        "waived": ["mood"],
    }


# --- what is no answer ---


@pytest.mark.parametrize(
    "said",
    [
        "",
        "好的，没问题！",
        "{}",
        "{reply: 1}",
        '["reply"]',
        '"reply"',
        "null",
        f"<think>{FAKE}",
        f"Well. <think> {FAKE}",
        f"<think>a</think> <think> {FAKE}",
        '{"status": "ok", "answer": {"text": "a"}}',
        '{"reply": ' + "9" * 5000 + "}",
        '{"reply": ' + "[" * 600 + "]" * 600 + "}",
        '{"reply": ' + "[" * 150 + "]" * 150 + "}",
        '{"a": ' * 2000 + "1" + "}" * 2000,
        '{"reply": "\\u12"}',
    ],
)
def test_where_there_is_no_object_nothing_is_made_up(said):
    assert "“reply”" in unreadable(said)


@pytest.mark.parametrize("end", range(1, len(WRITTEN)))
def test_an_unfinished_object_is_no_answer(end):
    said = WRITTEN[:end]
    assert unreadable(said) == unreadable(f"```json\n{said}")


def test_the_unfinished_whole_is_not_replaced_by_a_part_of_it():
    inner = '{"reply": "inner", "idea": {}}'
    assert "breaks off" in unreadable(f'{{"reply": "outer", "idea": {inner}')
    assert "breaks off" in unreadable(f'{{"reply": "outer", "said": [{inner}, {inner},')


def test_the_complaint_says_what_is_wrong_and_repeats_nothing():
    assert "there is none" in unreadable("林夏说好的")
    assert "other keys" in unreadable('{"status": "林夏"}')
    assert "breaks off" in unreadable('{"reply": "林夏')
    for said in ("林夏说好的", '{"status": "林夏"}', '{"reply": "林夏', '{"林夏": 1'):
        assert "林夏" not in unreadable(said)


# --- whatever is said ---

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | WORDS.filter(lambda w: "\0" not in w),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(WORDS.filter(lambda w: "\0" not in w), values, max_size=3)
    ),
    max_leaves=6,
)
OBJECTS = st.fixed_dictionaries({"reply": PLAIN}, optional={"idea": PLAIN, "said": PLAIN})
PROSE = TALK.filter(lambda talk: "{" not in talk and "<" not in talk)
WRAPPINGS = st.sampled_from(
    ["{}", "```json\n{}\n```", "<think>{fake}</think>\n{}", "{{}} {}", "[{}]", "{}</think>"]
)


@given(OBJECTS, PROSE, TALK, WRAPPINGS, st.booleans(), st.sampled_from([None, 1]))
def test_any_object_in_any_wrapping_is_found_unchanged(
    value, before, after, wrapping, plain, indent
):
    written = json.dumps(value, ensure_ascii=plain, indent=indent)
    wrapped = wrapping.replace("{fake}", FAKE).replace("{}", written)
    assume("</think>" not in after.lower() and "<think>" not in after.lower())
    assert found(f"{before}{wrapped}{after}") == value


@given(OBJECTS, PROSE, st.booleans())
def test_any_object_with_needless_commas_is_found_unchanged(value, before, plain):
    written = json.dumps(value, ensure_ascii=plain)
    assert found(f"{before}{written[:-1]},}}") == value


@given(OBJECTS, st.data())
def test_no_part_of_any_object_is_an_answer(value, data):
    written = json.dumps(value)
    end = data.draw(st.integers(1, len(written) - 1))
    unreadable(written[:end])


@given(TALK)
def test_whatever_is_said_is_an_object_with_a_key_or_unreadable(said):
    try:
        value = found(said)
    except Unreadable:
        return
    assert not value.keys().isdisjoint(KEYS)
    json.dumps(value).encode()


HOSTILE = {
    "braces": "{" * 400_000,
    "brackets": '{"reply":' + "[" * 400_000,
    "open objects": '{"a":' * 80_000,
    "open replies": '{"reply":' * 44_000,
    "objects in strings": '{"a":"' * 66_000,
    "other objects": '{"a":1}' * 57_000,
    "other objects with commas": '{"a":1,}' * 50_000,
    "other objects with escapes": '{"a":"\\x"}' * 40_000,
    "thoughts": "<think>" * 57_000,
    "thoughts that end": "</think>" * 50_000,
    "thoughts of objects": '<think>{"' * 44_000,
    "whole thoughts": "<think></think>" * 26_000,
    "escaped quotes": '"\\' * 200_000,
    "an escaped string": '{"' + '"\\' * 200_000,
    "needless escapes": '{"reply":"' + "\\x" * 200_000 + '"}',
    "an open string": '{"reply":"' + "a" * 400_000,
    "quotes": '"' * 400_000,
    "commas": "," * 400_000,
    "commas and blanks": ("," + " " * 50) * 8_000,
    "blanks": "{" + " " * 400_000,
    "entries": '{"reply":[' + "1," * 200_000 + "]",
    "digits": '{"reply":' + "9" * 400_000 + "}",
    "angles": "<" * 400_000,
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
def test_the_longest_answer_is_looked_through_in_a_second(said, in_a_second):
    with in_a_second():
        try:
            value = found(said)
        except Unreadable:
            value = {"reply": None}
    assert "reply" in value
