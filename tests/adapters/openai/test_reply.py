"""The words for the person, out of an object that is still growing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai.forms import TURN
from src.spark.adapters.openai.repair import Unreadable
from src.spark.adapters.openai.reply import GrowingReply

from .strategies import TALK, WORDS

IDEA = {"theme": "SECRET", "plot": ["SECRET"], "characters": [{"name": "SECRET"}]}
FAKE = '{"reply": "SECRET", "idea": {"theme": "SECRET"}}'
WRAPPINGS = [
    "{}",
    " \n\t{}",
    "```json\n{}\n```",
    "Here is the JSON, {as you wish}:\n{}\nAnything {else}?",
    f"<think>{FAKE}</think>{{}}",
    f"<Think>\nI < you {{and}} {FAKE}\n</THINK>\n\n```{{}}```",
    f"<reasoning>{FAKE}</reasoning> {{}} <think>{FAKE}",
    '{"re": 1} {}',
    "a <b> {} </b>",
]


def grown(pieces):
    """A reply that took in the pieces, and the words it gave for each of them."""
    reply = GrowingReply()
    return reply, [reply.add(piece) for piece in pieces]


def cut(words, size):
    return [words[i : i + size] for i in range(0, len(words), size)]


def turn(text, **options):
    """An answer as JSON, with a reply."""
    return json.dumps({"reply": text, "idea": IDEA, "said": [], "waived": []}, **options)


# --- the words ---


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("plain", [True, False])
def test_the_words_come_as_they_are_said_and_nothing_else_does(size, wrapping, plain):
    text = '好的！“林夏” said:\n"let\'s go" 🎬 \\o/ — who else?'
    said = wrapping.replace("{}", turn(text, ensure_ascii=plain))
    reply, given_words = grown(cut(said, size))
    assert "".join(given_words) == reply.shown == text
    assert reply.is_complete


def test_each_piece_gives_the_words_that_are_new():
    pieces = ['{"rep', 'ly": "好', "的", "！\\", "n她", '", "idea": {"theme": "x"']
    assert grown(pieces)[1] == ["", "好", "的", "！", "\n她", ""]


def test_half_of_a_character_waits_for_the_other_half():
    pieces = ['{"reply":"a\\', "ud8", "3c", "\\udf", 'ac b\\ud83c"']
    assert grown(pieces)[1] == ["a", "", "", "", "🎬 b"]


def test_blanks_wait_for_the_words_after_them():
    pieces = ['{"reply": "\\n \ufeff', ' Well."', ', "idea": {}}']
    assert grown(pieces)[1] == ["", "Well.", ""]
    pieces = ['{"reply": "Well', ". ", "\\n", 'Who? \\n", ']
    assert grown(pieces)[1] == ["Well", ".", "", " \nWho?"]


def test_a_reply_that_speaks_of_replies_is_one_reply():
    text = 'Say "reply": "x", or {"reply": "y"}, "idea": {} and <think>.'
    for size in (1, 3, 10_000):
        reply, given_words = grown(cut(turn(text), size))
        assert "".join(given_words) == text
        assert reply.is_complete


@pytest.mark.parametrize(
    "said",
    [
        "",
        "好的，没问题！",
        f"<think>{FAKE}",
        f"<think>{FAKE}</thi",
        '{"idea": {"theme": "SECRET"}, "reply": "late"',
        '{"status": "SECRET"}',
        '{"reply": ["SECRET"]}',
        '{"reply": null, "idea": {}}',
        '{"reply": ',
        '["reply", "SECRET"]',
        "{" * 100,
    ],
)
def test_what_is_no_reply_is_not_shown(said):
    for size in (1, 5, 1000):
        reply, given_words = grown(cut(said, size))
        assert "".join(given_words) == reply.shown == ""
        assert not reply.is_complete


# --- its end ---


@pytest.mark.parametrize(
    ("said", "complete"),
    [
        ('{"reply": "Well', False),
        ('{"reply": "Well\\', False),
        ('{"reply": "Well"', True),
        ('{"reply": "Well" \n', True),
        ('{"reply": "Well" \n,', True),
        ('{"reply": "Well", "idea": {"theme"', True),
        ('{"reply": "Well"}', True),
        ('{"reply": "He said "hi" to her', False),
        ('{"reply": "Well"\n"idea": {', False),
        ('{"reply": "Well\\u12zz then', False),
    ],
)
def test_it_is_complete_once_its_last_word_is_in(said, complete):
    for size in (1, 3, 1000):
        assert grown(cut(said, size))[0].is_complete == complete


def test_what_of_the_whole_reply_was_not_given_is_known():
    reply, _ = grown(['{"reply": "Well, wh'])
    assert reply.rest_of("Well, who is in it?") == "o is in it?"
    assert reply.rest_of("Something else") == ""
    assert GrowingReply().rest_of("All of it") == "All of it"


# --- any words, cut anywhere ---


@st.composite
def pieces_of(draw, said):
    """A text in pieces, cut anywhere."""
    ends = sorted(draw(st.lists(st.integers(0, len(said)), max_size=12)))
    return [said[a:b] for a, b in zip([0, *ends], [*ends, len(said)], strict=True)]


def escaped_at_will(draw, text):
    """A text as a JSON string, each character written in one of the ways there are."""
    written = []
    for character in text:
        plain = character if character not in '"\\' else f"\\{character}"
        short = json.dumps(character, ensure_ascii=False)[1:-1]
        units = character.encode("utf-16-be")
        long = "".join(f"\\u{units[i]:02x}{units[i + 1]:02X}" for i in range(0, len(units), 2))
        written.append(draw(st.sampled_from([plain, short, long])))
    return "".join(written)


@given(st.data(), WORDS | TALK, st.sampled_from(WRAPPINGS))
def test_any_reply_cut_anywhere_adds_up_to_the_final_one(data, text, wrapping):
    rest = json.dumps({"idea": IDEA, "said": [], "waived": []})[1:]
    written = f'{{ "reply" :\n"{escaped_at_will(data.draw, text)}" , {rest}'
    said = wrapping.replace("{}", written)
    reply, given_words = grown(data.draw(pieces_of(said)))
    shown = "".join(given_words)
    try:
        final = TURN.read(said).reply
    except Unreadable:  # it is empty
        assert shown == ""
        return
    assert shown == reply.shown == final
    assert reply.rest_of(final) == ""
    assert reply.is_complete


@given(st.data(), TALK)
def test_whatever_is_said_is_taken_in_piece_by_piece_as_at_once(data, said):
    reply, given_words = grown(data.draw(pieces_of(said)))
    at_once, (words,) = grown([said])
    assert ("".join(given_words), reply.is_complete) == (words, at_once.is_complete)


@given(st.data(), TALK)
def test_a_broken_reply_is_the_beginning_of_a_whole_one(data, text):
    written = turn(text, ensure_ascii=False)
    end = data.draw(st.integers(0, len(written)))
    cut_short, given_words = grown(data.draw(pieces_of(written[:end])))
    whole, _ = grown([written])
    assert whole.shown.startswith("".join(given_words))
    assert cut_short.shown == "".join(given_words)


# --- how long it takes ---

LONG = {
    "a reply": turn('字 "q"\n' * 4_000, ensure_ascii=False),
    "an escaped reply": turn("字🎬" * 2_000),
    "raw line breaks": '{"reply": "' + "line\n" * 5_000 + '"}',
    "a thought": f"<think>{FAKE * 800}</think>{turn('Well')}",
    "an open thought": "<think>" + "hm " * 30_000,
    "a long idea": '{"reply": "Well", "idea": {"plot": "' + "a" * 60_000,
    "prose": "Well, " * 15_000,
    "braces": "{" * 90_000,
    "blanks": "{" + " " * 90_000,
    "blanks in the reply": '{"reply": "a' + " " * 60_000,
    "blanks after the reply": '{"reply": "a"' + " " * 90_000,
    "no JSON": '{"reply": "\\uzz' + "a" * 90_000,
    "angles": "<" * 90_000,
    "backslashes": '{"reply": "' + "\\" * 60_000,
}


@pytest.mark.parametrize("said", LONG.values(), ids=LONG)
def test_a_long_answer_in_small_pieces_takes_no_second(said, in_a_second):
    with in_a_second():
        grown(cut(said, 3))
