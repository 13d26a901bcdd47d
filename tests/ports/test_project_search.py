"""What every `ProjectStore` keeps to: its search."""

from __future__ import annotations

import re
import unicodedata
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from src.spark.models import ProjectSummary

from ..samples import a_project
from .projects import (
    MANY,
    PLAIN_IDEA,
    STATUSES,
    TIDE,
    found,
    ids,
    marked,
    named,
    names,
    one_of_many,
    plain,
    shown,
    told,
    with_text,
)

THEMES = ("theme", "genre", "mood")
TEXTS = ("summary", "narrative_text")
TRAITS = ("role", "appearance", "personality", "backstory")
FIELDS = {
    "project_name": lambda text: {"project_name": text},
    "title": lambda text: {"story_outline": {"title": text}},
    **{f: lambda text, f=f: {"user_idea": {**PLAIN_IDEA, f: text}} for f in THEMES},
    **{f: lambda text, f=f: {"story_outline": {"title": "题", f: text}} for f in TEXTS},
    "character name": lambda text: {"character_profiles": [{"name": text}]},
    **{f: lambda text, f=f: {"character_profiles": [{"name": "甲", f: text}]} for f in TRAITS},
}
"""Every field that is searched, as a call that gives a project's fields with a text in it."""
GROUPS = [("project_name", "title"), (*THEMES, "character name"), TEXTS]
"""Fields whose hits count alike; those of an earlier group count for more."""


def in_field(field, text, minute=0):
    """A project with `text` in one of its fields."""
    return plain(minute, **FIELDS[field](text))


@pytest.fixture(scope="module")
def searched(stocked):
    """A call that gives a store with one project per text: its name, and nothing else to find."""
    return lambda *texts: stocked(plain(project_name=text) for text in texts)


# --- where words are found ---


@pytest.fixture(scope="module")
def of_every_field(stocked):
    projects = {field: in_field(field, "走到玄武湖畔了") for field in FIELDS}
    fields = {project.project_id: field for field, project in projects.items()}
    store = stocked([*projects.values(), a_project(project_name="走到玄潭武大湖畔")])
    return [(fields[hit.project_id], hit) for hit in store.search("武湖", 1, 100).items]


@pytest.mark.parametrize("field", FIELDS)
def test_two_chinese_characters_are_found_in_every_field(of_every_field, field):
    (hit,) = [hit for where, hit in of_every_field if where == field]
    assert marked(hit.snippet) == ["武湖"]
    assert shown(hit.snippet).strip("…") in "走到玄武湖畔了"


def test_a_hit_is_the_summary_of_its_project_and_a_passage(store):
    project = a_project()
    store.create(project)
    (hit,) = store.search("信号", 1, 10).items
    assert hit.model_dump(exclude={"snippet"}) == ProjectSummary.of(project).model_dump()
    assert marked(hit.snippet) == ["信号"]


@pytest.fixture(scope="module")
def library(searched):
    return searched(
        "我的科幻电影",
        "友谊地久天长",
        "幻科",
        "AI助手与城市",
        "The Art of Starting over",
        "Straße",
        "İstanbul",
        "ΟΔΟΣ",
        "café",
        "cafe",
        "ｍｏｏｎ １２３",
        "ｶﾒﾗ",
        "2049年",
        "the captain's ship",
        "第一行\n第二行",
    )


@pytest.mark.parametrize(
    ("query", "names_found"),
    [
        ("科幻", {"我的科幻电影"}),
        ("友谊", {"友谊地久天长"}),
        ("幻", {"我的科幻电影", "幻科"}),
        ("谊", {"友谊地久天长"}),
        ("科幻电影", {"我的科幻电影"}),
        ("我的科幻电影", {"我的科幻电影"}),
        ("友谊地久天长啊", set()),
        ("科电", set()),
        ("影电", set()),
        ("AI助手", {"AI助手与城市"}),
        ("ai助手", {"AI助手与城市"}),
        ("ＡＩ助手", {"AI助手与城市"}),
        ("AI", {"AI助手与城市"}),
        ("助手", {"AI助手与城市"}),
        ("助", {"AI助手与城市"}),
        ("手AI", set()),
        ("I助手", set()),
        ("A", set()),
        ("art", {"The Art of Starting over"}),
        ("ART", {"The Art of Starting over"}),
        ("start", set()),
        ("starting", {"The Art of Starting over"}),
        ("tar", set()),
        ("straße", {"Straße"}),
        ("STRASSE", {"Straße"}),
        ("strasse", {"Straße"}),
        ("İstanbul", {"İstanbul"}),
        ("οδος", {"ΟΔΟΣ"}),
        ("οδοσ", {"ΟΔΟΣ"}),
        ("café", {"café"}),
        ("CAFE\u0301", {"café"}),
        ("cafe", {"cafe"}),
        ("moon", {"ｍｏｏｎ １２３"}),
        ("Ｍoon", {"ｍｏｏｎ １２３"}),
        ("123", {"ｍｏｏｎ １２３"}),
        ("カメラ", {"ｶﾒﾗ"}),
        ("2049", {"2049年"}),
        ("2049年", {"2049年"}),
        ("204", set()),
        ("captain", {"the captain's ship"}),
        ("captain's", {"the captain's ship"}),
        ("captain’s", set()),
        ("第二行", {"第一行\n第二行"}),
        ("第一行 第二行", {"第一行\n第二行"}),
        ("", set()),
        (" \n\t\u3000", set()),
    ],
)
def test_a_word_finds_the_texts_that_hold_it_and_no_other(library, query, names_found):
    page = library.search(query, 1, 100)
    assert set(names(page)) == names_found
    assert page.total == len(names_found)


NUMBERS = [
    {"robot", "robots", "Robot", "ROBOTS"},
    {"city", "cities"},
    {"box", "boxes"},
    {"child", "children"},
    {"woman", "women"},
    {"man", "men"},
    {"bus", "buses"},
    {"glass", "glasses"},
    {"wish", "wishes"},
    {"hero", "heroes"},
    {"horse", "horses"},
    {"house", "houses"},
    {"boy", "boys"},
    {"series"},
    {"bu"},
    {"glas"},
    {"this"},
    {"thi"},
    {"is"},
    {"his"},
    {"hi"},
    {"gas"},
    {"ga"},
    {"childhood"},
    {"robotic"},
    {"mankind"},
]
"""English words, those together that differ in case or number alone."""


@pytest.fixture(scope="module")
def dictionary(searched):
    return searched(*(word for words in NUMBERS for word in words))


@pytest.mark.parametrize("words", NUMBERS, ids=min)
def test_case_and_plural_of_english_words_make_no_difference_and_all_else_does(dictionary, words):
    for word in words:
        assert set(found(dictionary, word)) == words


# --- several words ---


@pytest.fixture(scope="module")
def moons(stocked):
    return stocked(
        [
            plain(project_name="Red Moon Rising"),
            plain(project_name="Moon over the red sea"),
            plain(project_name="Red", user_idea={**PLAIN_IDEA, "theme": "moon"}),
            plain(project_name="红月升起"),
            plain(project_name="红色的月亮"),
            told("The red\n  moon", project_name="two lines"),
            told("他说：「红月」。", project_name="said"),
            plain(project_name="twins", character_profiles=[{"name": "红"}, {"name": "月"}]),
        ]
    )


@pytest.mark.parametrize(
    ("query", "names_found"),
    [
        ("moon RED", {"Red Moon Rising", "Moon over the red sea", "Red", "two lines"}),
        ("red rising", {"Red Moon Rising"}),
        ("red red red rising", {"Red Moon Rising"}),
        ("moon saturn", set()),
        ("红 月", {"红月升起", "红色的月亮", "said", "twins"}),
        ("红\u3000月\n升", {"红月升起"}),
        ("红月", {"红月升起", "said"}),
        ('"red moon"', {"Red Moon Rising", "two lines"}),
        ("“red moon”", {"Red Moon Rising", "two lines"}),
        ("“RED  moon” rising", {"Red Moon Rising"}),
        ('rising "red moon"', {"Red Moon Rising"}),
        ('"moon red"', set()),
        ('"red sea" "moon over"', {"Moon over the red sea"}),
        ('"红月"', {"红月升起", "said"}),
        ("“红月”升起", {"红月升起"}),
        ("「红月」", {"红月升起", "said"}),
        ("「red moon」 rising", {"Red Moon Rising"}),
        ('"月红"', set()),
    ],
)
def test_every_word_is_needed_and_quotes_hold_words_together(moons, query, names_found):
    page = moons.search(query, 1, 100)
    assert set(names(page)) == names_found
    assert page.total == len(names_found)


# --- the order ---


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("long", ["a short story", "a long story"])
def test_a_better_field_counts_for_more_than_any_number_of_hits_in_the_others(stocked, field, long):
    told_beside = "很久以前，有一片海。" * (1000 if long == "a long story" else 1)
    beside = {"title": "题", "narrative_text": told_beside}
    named_so = plain(0, project_name="鲸鱼", story_outline=beside)
    titled_so = plain(1, story_outline={**beside, "title": "鲸鱼之歌"})
    themed_so = plain(2, user_idea={**PLAIN_IDEA, "theme": "鲸鱼"}, story_outline=beside)
    played_so = plain(3, character_profiles=[{"name": "鲸鱼"}], story_outline=beside)
    often = in_field(field, "鲸鱼。" * 50, minute=9)
    others = [plain(minute) for minute in range(20)]
    store = stocked([often, themed_so, named_so, played_so, titled_so, *others])
    order = ids(store.search("鲸鱼", 1, 10))
    assert set(order[:2]) == {named_so.project_id, titled_so.project_id}
    assert set(order[2:4]) == {themed_so.project_id, played_so.project_id}
    assert order[4:] == [often.project_id]


def test_the_fields_stand_in_their_groups(of_every_field):
    order = [where for where, _ in of_every_field]
    placed = [next((n for n, g in enumerate(GROUPS) if field in g), None) for field in order]
    groups = [group for group in placed if group is not None]
    assert groups == sorted(groups)
    assert len(groups) == 8


def test_of_equals_the_one_that_says_it_more_often_comes_first_and_then_the_newest(stocked):
    store = stocked(
        [
            told("鲸鱼。", 5, project_name="旧的"),
            told("鲸鱼，鲸鱼。", 1, project_name="两次"),
            told("鲸鱼。", 7, project_name="新的"),
            told("鲸鱼，鲸鱼，还有鲸鱼。", 0, project_name="三次"),
            told("鲸鱼。", 6, project_name="一次"),
        ]
    )
    assert found(store, "鲸鱼") == ["三次", "两次", "新的", "一次", "旧的"]


@pytest.mark.parametrize("status", [None, *STATUSES])
@pytest.mark.parametrize("per_page", [10, 100])
def test_a_word_of_hundreds_keeps_its_order_over_all_pages(many, status, per_page):
    projects = [one_of_many(number) for number in range(MANY)]
    group = {p.project_name: number % 3 for number, p in enumerate(projects)}
    expected = [p for p in projects if status in (None, p.status)]
    expected.sort(key=lambda p: (group[p.project_name], -p.created_at.timestamp()))
    pages = []
    for page in range(1, -(-len(expected) // per_page) + 2):
        pages.append(many.search(TIDE, page, per_page, status))
    assert [name for page in pages for name in names(page)] == [p.project_name for p in expected]
    assert {page.total for page in pages} == {len(expected)}
    assert pages[-1].items == []


def test_every_page_of_hundreds_shows_the_passages(many):
    for page in (1, 3, MANY // 10 - 1):
        for hit in many.search(TIDE, page, 10).items:
            assert marked(hit.snippet) == [TIDE]


def test_words_longer_than_any_word_are_kept_and_found_by_their_last_letter(store):
    letters = "".join(Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=9000))
    words = [letters[:3000] + "q", letters[3000:4500] + "q", letters[4500:6000] + "q"]
    store.create(told(words[0], project_name="一"))
    store.create(told(" ".join(words[1:]), 1, project_name="二"))
    store.create(told(f"{words[2]} {words[1]}", 2, project_name="三"))
    assert found(store, words[0]) == ["一"]
    assert found(store, words[0] + "q") == found(store, words[0][:-1]) == []
    assert found(store, f'"{words[1]} {words[2]}"') == ["二"]
    assert found(store, f"{words[1]} {words[2]}") == ["三", "二"]


def test_a_status_picks_its_hits_and_counts_them_alone(store):
    for minute, status in enumerate(["draft", "approved", "draft", "archived", "draft"]):
        store.create(plain(minute, status=status, project_name=f"鲸鱼{minute}"))
    pages = [store.search("鲸鱼", page, 2, "draft") for page in (1, 2, 3)]
    assert [names(page) for page in pages] == [["鲸鱼4", "鲸鱼2"], ["鲸鱼0"], []]
    assert {(page.total, page.pages, page.per_page) for page in pages} == {(3, 2, 2)}
    assert store.search("鲸鱼", 1, 10, "completed").total == 0
    assert store.search("鲸鱼", 1_000_000, 100).items == []


# --- signs ---

SIGNS = [
    *"%_*'\\()[]{}^:-+\"“”;,.?!/|&<>=~`@#$，《",
    *("太%险", "太_险", "太空*", "*险", "太空冒险'", '太空"冒险', '"太空', '太空"', "“太空"),
    *("太^空", "^太空", "-太空", "+太空", "(太空", "太空)", "[太]", "{太}", "《太空》"),
    *("project_name:太空", "name:太空", "title:太空", "rowid:太空", "太空:冒险", "NEAR(太,空)"),
    *("NEAR", "AND", "OR", "NOT", "……", "——", "？！", "🎬", "👩‍🚀", "❤️", "مشروع", "שלום☆"),
]
SENTENCES = ["太* OR 空", "太空 AND 冒险", "NOT 太空", "太空 NEAR 冒险", "a - b", "( ) \" ' %"]
ODD = [
    '""',
    '"" ""',
    '" "',
    "“”",
    "”“",
    '"“"”',
    "%" * 200,
    "\"'*()^:-+\\" * 20,
    '"' * 199,
    "“" * 200,
    "(" * 200,
    "太 " * 200,
    "太" * 2000,
    "a" * 2000,
    "\x00",
    "太\x00空",
    "\x00" * 50,
    "".join(map(chr, range(32))),
    "\x7f\x85\xa0\u200b\u200d\u2028\ufeff\ufffe\uffff",
    "\u202e太空\u202c",
    "\ue000\ue001",
    "\u0301",
    "\U0010ffff",
    "👩‍👩‍👧‍👦" * 20,
]


@pytest.fixture(scope="module")
def of_signs(stocked):
    """A store with a plain project, and one for each query whose name holds it."""
    return stocked(
        [
            plain(project_name="太空冒险"),
            *(plain(project_name=f"甲{query}乙") for query in [*SIGNS, *SENTENCES]),
        ]
    )


@pytest.mark.parametrize("query", [*SIGNS, *SENTENCES])
def test_signs_of_other_query_languages_mean_only_themselves(of_signs, query):
    page = of_signs.search(query, 1, 100)
    assert f"甲{query}乙" in names(page)
    assert "太空冒险" not in names(page)
    assert page.total == len(page.items)
    folded = unicodedata.normalize("NFKC", query).casefold()
    for name in names(page):
        text = unicodedata.normalize("NFKC", name).casefold()
        assert all(word in text for word in folded.replace('"', " ").split()), name


@pytest.mark.parametrize("query", ODD, ids=[ascii(query[:9]) for query in ODD])
def test_a_search_for_anything_at_all_has_an_answer(of_signs, query):
    for status in (None, "draft"):
        page = of_signs.search(query, 1, 10, status)
        assert len(page.items) == min(page.total, 10)


# --- after changes ---


def test_an_update_is_found_by_its_new_words_and_no_longer_by_the_old(store, other):
    project = told("旧的篝火。", project_name="旧名")
    store.create(project)
    assert found(other, "篝火") == ["旧名"]
    store.update(project.project_id, lambda p: named("新名")(with_text("新的灯塔。")(p)))
    for which in (store, other):
        assert found(which, "篝火") == found(which, "旧名") == []
        assert found(which, "灯塔") == found(which, "新名") == ["新名"]


def test_what_is_in_the_trash_or_deleted_is_not_found(store, other):
    project, neighbour = told("灯塔一。", project_name="一"), told("灯塔二。", project_name="二")
    store.create(project)
    store.create(neighbour)
    store.discard(project.project_id)
    assert found(other, "灯塔") == ["二"]
    assert other.search("灯塔", 1, 10).total == 1
    store.restore(project.project_id)
    assert sorted(found(other, "灯塔")) == ["一", "二"]
    store.delete(project.project_id)
    assert found(other, "灯塔") == ["二"]
    store.discard(neighbour.project_id)
    store.delete(neighbour.project_id)
    assert (found(other, "灯塔"), other.search("灯塔", 1, 10).total) == ([], 0)


# --- anything against a plain reading ---

UNITS = re.compile(r"[a-z]+|.")
ALPHABET = "天地人天地人abAB%-'*。("
TOLD_IN = [field for group in GROUPS for field in group]


def units_of(text):
    """The words, characters and signs that `text` is a row of."""
    return UNITS.findall(text.casefold())


def hits_of(query, text):
    """At which units of `text` the row of `query` begins."""
    row, within = units_of(query), units_of(text)
    last = len(within) - len(row)
    return [at for at in range(last + 1) if within[at : at + len(row)] == row]


@pytest.fixture(scope="module")
def at_random(stocked):
    """A store of small texts of a few signs, each in some field: its field and text by id."""
    random = Random(7)
    texts = {}
    projects = []
    for _ in range(140):
        text = "".join(random.choices(ALPHABET, k=random.randint(1, 14)))
        field = random.choice(TOLD_IN)
        project = in_field(field, text)
        projects.append(project)
        texts[project.project_id] = (field, text)
    return stocked(projects), texts


@settings(max_examples=150)
@given(draw=st.data())
def test_a_search_finds_exactly_the_texts_that_hold_its_row_of_words_and_signs(at_random, draw):
    store, texts = at_random
    _, text = draw.draw(st.sampled_from(sorted(texts.values())))
    units = units_of(text)
    first = draw.draw(st.integers(0, len(units) - 1))
    query = "".join(units[first : first + draw.draw(st.integers(1, 3))])
    expected = {where for where, (_, text) in texts.items() if hits_of(query, text)}
    page = store.search(query, 1, 200)
    assert set(ids(page)) == expected
    assert page.total == len(expected) == len(page.items)
    groups = []
    for hit in page.items:
        field, text = texts[hit.project_id]
        groups.append(next(number for number, group in enumerate(GROUPS) if field in group))
        assert shown(hit.snippet) == text
        assert marked(hit.snippet)
        assert all(hits_of(query, piece) for piece in marked(hit.snippet))
    assert groups == sorted(groups)


@pytest.mark.parametrize("query", ["\ue001", "\ue000", "\ue125", "\ud800"])
def test_private_characters_and_halves_of_characters_find_nothing(many, query):
    assert many.search(query, 1, 10).total == 0
