"""Long stories in passages: all of them, in order, cut where a reader would pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai.passages import cut, passages

PARAGRAPH = {
    "zh": "她打开舱门。“有人吗？”没有人回答，只有风。",
    "en": "She opens it. “Hello?” Nobody. ",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_story_that_we_write_is_one_passage(language):
    story = "\n\n".join([PARAGRAPH[language].strip() * 6] * 15)
    assert passages(story, language) == [story]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_one_is_cut_at_the_ends_of_paragraphs(language):
    paragraphs = [f"{n} {PARAGRAPH[language].strip()}" for n in range(2000)]
    parts = passages("\n\n".join(paragraphs), language)
    assert [p for part in parts for p in part.split("\n\n")] == paragraphs
    assert max(map(len, parts)) < 2 * min(map(len, parts))


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence():
    parts = passages(PARAGRAPH["zh"] * 400, "zh")
    assert "".join(parts) == PARAGRAPH["zh"] * 400
    assert all(part[-1] in "。？！”" for part in parts)


@pytest.mark.parametrize("sign", ["a", "灯", "a ", "\n", "。"])
def test_the_longest_story_of_one_sign_is_cut_in_no_time(sign, in_a_second):
    with in_a_second():
        parts = passages((sign * 100_000)[:100_000], "zh")
    assert all(len(part) <= 2500 for part in parts)


@given(st.text(st.sampled_from("ab。，. \n\u3000"), max_size=200), st.integers(1, 40))
def test_no_word_is_lost_and_none_is_moved(text, most):
    pieces = cut(text, most)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(0 < len(piece) <= most for piece in pieces)
