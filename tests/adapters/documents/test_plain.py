"""The treatment as plain text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from src.spark.adapters.documents.measures import columns
from src.spark.adapters.documents.plain import PlainPress, wrapped
from src.spark.adapters.documents.treatment import clean

from .manuscripts import HOSTILE, LANGUAGES, TEXTS, a_manuscript, saying, squeezed, whole


def lines(manuscript):
    return PlainPress().set(manuscript).decode().split("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told(language):
    manuscript = a_manuscript(language)
    page = squeezed("".join(lines(manuscript)))
    assert [text for text in whole(manuscript) if squeezed(text) not in page] == []


def test_a_title_is_underlined_as_far_as_it_goes():
    title, rule, name, *_ = lines(a_manuscript("zh"))
    assert (title, rule, name) == ("寂静频率", "=" * 8, "我的科幻项目")


def test_a_long_title_is_wrapped():
    page = lines(a_manuscript("zh", title="寂" * 200))
    assert page[: page.index("=" * 78)] == ["寂" * 39] * 5 + ["寂" * 5]


def test_parts_that_have_nothing_to_tell_are_left_out():
    page = lines(a_manuscript("en", profiles=[], summary="", narrative_text=""))
    assert not {"Logline", "Story", "Characters", "Continuity sheet"} & set(page)
    assert "Plot points" in page


def test_what_never_changes_about_a_character_is_told():
    page = lines(a_manuscript("en"))
    sheet = page[page.index("Continuity sheet") :]
    assert "Mia: A chipped front tooth." in sheet
    assert "Tags: silver hair, orange suit" in sheet


def test_numbered_points_stand_under_themselves():
    page = lines(a_manuscript("en", idea={"plot_points": ["word " * 30] * 12}))
    line = "word " * 14 + "word"
    first, last = page.index(f"1. {line}"), page.index(f"12. {line}")
    assert page[first + 1].startswith("   word")
    assert page[last + 1].startswith("    word")


def test_chinese_lines_end_where_they_may():
    text = "她说：“我们走吧。”（他没有回答，只是望着窗外……）" * 20
    page = wrapped(text)
    assert len(page) > 10
    assert all(columns(line) <= 78 for line in page)
    assert all(line[0] not in "，。：”）…" for line in page)
    assert all(line[-1] not in "“（" for line in page)
    assert all(columns(line) >= 70 for line in page[:-1])


def test_a_run_of_one_sign_is_broken_like_any_other():
    assert [len(line) for line in wrapped("哈" * 100)] == [39, 39, 22]


@pytest.mark.parametrize("joined", ["👨‍👩‍👧", "👍🏽", "❤️", "汉\u0301", "e\u0301"])
def test_signs_that_are_joined_stay_together(joined):
    page = wrapped(joined * 90)
    assert "".join(page) == joined * 90
    assert all(len(line) % len(joined) == 0 for line in page)


def test_an_address_stays_whole():
    address = "https://example.test/" + "a" * 100
    assert wrapped(f"see {address} there") == ["see", address, "there"]


def test_words_with_an_unbreakable_blank_stay_together():
    page = wrapped(("x" * 24 + " ") * 3 + "10\u00a0000")
    assert page[-1] == "10\u00a0000"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_lost(text):
    page = "\n".join(lines(saying(text)))
    assert squeezed(page).count(squeezed(clean(text))) >= 10
    assert {unicodedata.category(sign) for sign in page if sign not in "\n\t"}.isdisjoint({"Cc"})


@given(TEXTS)
def test_any_text_comes_back_as_it_went_in(text):
    page = wrapped(clean(text), "  ")
    assert squeezed("".join(page)) == squeezed(text)
    assert all(line == line.rstrip() for line in page)
