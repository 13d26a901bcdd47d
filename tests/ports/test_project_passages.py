"""What every `ProjectStore` keeps to: the passages that a search shows."""

from __future__ import annotations

import re

import pytest

from .projects import marked, plain, shown, told

TEXTS = {
    "a sentence": ("信号来自木星背后。她把舱门关上。", "木星", ["木星"]),
    "every hit": ("木星，木星，还有木星。", "木星", ["木星", "木星", "木星"]),
    "several words": ("木星背后有光，她关上舱门。", "舱门 木星", ["木星", "舱门"]),
    "tags": ("a <b>bold</b> & \"quoted\" 'word' 木星 <mark>x</mark>", "木星", ["木星"]),
    "a tag itself": ("say <b> or </mark> here", "<b>", ["<b>"]),
    "an ampersand": ("salt &amp; pepper & more", "&", ["&", "&"]),
    "plural": ("One robot met two Robots.", "robots", ["robot", "Robots"]),
    "singular": ("Two cities and a City", "city", ["cities", "City"]),
    "full width": ("她的ＡＩ助手醒了。", "ai助手", ["ＡＩ助手"]),
    "half width": ("她的AI助手醒了。", "ＡＩ助手", ["AI助手"]),
    "sharp s": ("in der Straße dort", "STRASSE", ["Straße"]),
    "dotted i": ("to İstanbul and back", "İSTANBUL", ["İstanbul"]),
    "decomposed": ("a cafe\u0301 there", "café", ["cafe\u0301"]),
    "ligature": ("the ﬁlm ends", "film", ["ﬁlm"]),
    "emoji": ("去看👩‍🚀出发", "👩‍🚀", ["👩‍🚀"]),
    "not inside words": ("start art tart", "art", ["art"]),
    "quoted": ("the red moon and a red sea", '"red moon"', ["red moon"]),
    "a line break": ("the red\n\n moon", "“red moon”", ["red moon"]),
}


@pytest.fixture(scope="module")
def passages(stocked):
    store = stocked(told(text, project_name=name) for name, (text, *_) in TEXTS.items())
    return lambda name, query: next(
        hit.snippet for hit in store.search(query, 1, 100).items if hit.project_name == name
    )


@pytest.mark.parametrize("name", TEXTS)
def test_a_passage_is_the_text_with_every_hit_marked_and_all_else_escaped(passages, name):
    text, query, hits = TEXTS[name]
    snippet = passages(name, query)
    assert [" ".join(hit.split()) for hit in marked(snippet)] == hits
    assert " ".join(shown(snippet).strip("…").split()) in " ".join(text.split())
    assert not re.search("[<>\"']", re.sub(r"</?mark>", "", snippet))
    assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#)", snippet)
    assert re.sub(r"[^<]|<(?!/?mark>)", "", snippet) == "<<" * snippet.count("<mark>")


@pytest.mark.parametrize(
    "before",
    ["。", "他说……", "㍿", "ﬃ", "İ", "e\u0301", "👩‍🚀", "word ", "w", "&<", "\n\n", "\x00"],
)
def test_a_passage_shows_the_hit_whatever_stands_before_it(stocked, before):
    text = f"{before * 400}然后看见了极光，{'很久' * 500}"
    (hit,) = stocked([told(text)]).search("极光", 1, 10).items
    assert marked(hit.snippet) == ["极光"]
    passage = shown(hit.snippet)
    assert len(passage) < 250
    assert "看见了极光，很久" in passage
    assert " ".join(passage.strip("…").split()) in " ".join(text.split())


def test_a_passage_is_short_however_long_the_words(stocked):
    long = "x" * 5000
    for query in (long, f'"{"极光" * 300}"', "极光 " * 50 + "末"):
        store = stocked([told(f"{'前' * 300}{long} {'极光' * 400}{'后' * 300}末")])
        (hit,) = store.search(query, 1, 10).items
        assert 0 < len(shown(hit.snippet)) < 250
        assert marked(hit.snippet)


def test_a_passage_is_of_the_running_text_where_there_is_a_hit(stocked):
    outline = {"title": "鲸鱼", "summary": "", "narrative_text": "她听见鲸鱼在唱。"}
    store = stocked([plain(project_name="鲸鱼", story_outline=outline)])
    (hit,) = store.search("鲸鱼", 1, 10).items
    assert hit.snippet == "她听见<mark>鲸鱼</mark>在唱。"
    store = stocked([plain(project_name="鲸鱼", story_outline={"title": "题"})])
    (hit,) = store.search("鲸鱼", 1, 10).items
    assert hit.snippet == "<mark>鲸鱼</mark>"


def test_text_with_strange_characters_is_found_by_its_words_and_shown(store):
    strange = "前\x00\x01\x02\x03\x1b\x7f\ue000\ue001\u202e\ufffe鲸鱼\x00\x02后"
    store.create(told(strange))
    (hit,) = store.search("鲸鱼", 1, 10).items
    assert marked(hit.snippet) == ["鲸鱼"]
    assert store.get(hit.project_id).story_outline.narrative_text == strange


def test_what_is_left_of_a_word_far_before_the_hit_is_not_taken_for_one(stocked):
    for shift in range(-6, 7):
        text = "a start " + "-" * (152 + shift) + " art and nothing else." + " filler" * 60
        store = stocked([told(text)])
        (hit,) = store.search("art", 1, 10).items
        assert hit.snippet.startswith("…")
        assert marked(hit.snippet) == ["art"]
        assert "<mark>art</mark> and nothing" in hit.snippet
