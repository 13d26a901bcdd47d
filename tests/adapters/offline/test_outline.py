"""Stories told without a model: what they hold, how long they are, how they differ."""

from __future__ import annotations

import re

import pytest

from src.spark.adapters.offline.story.chinese import tell as tell_chinese
from src.spark.adapters.offline.story.english import tell as tell_english
from src.spark.adapters.offline.story.outline import write_outline
from src.spark.adapters.offline.story.people import people_of
from src.spark.models import UserIdea

CHINESE_POINTS = [
    "发现信号",
    "太空旅行",
    "外星接触",
    "飞船失控",
    "与地球失去联系",
    "AI背叛人类",
    "找到新的家园",
    "和解",
    "返航",
    "遇到流星雨",
]
ENGLISH_POINTS = [
    "finds a strange signal",
    "space travel",
    "first contact",
    "the ship loses power",
    "contact with Earth is lost",
    "decides to stay behind",
    "finds a new home",
    "reconciliation",
    "returns home",
    "meets a meteor storm",
]


def idea_of(theme, genre, characters, plot, duration=180, mood=None, style=None, audience=None):
    return UserIdea(
        theme=theme,
        genre=genre,
        basic_characters=characters,
        plot_points=plot,
        duration_preference=duration,
        mood=mood,
        visual_style=style,
        target_audience=audience,
    )


def space_adventure(**changes):
    given = {
        "theme": "太空冒险",
        "genre": "科幻",
        "characters": ["宇航员", "AI助手"],
        "plot": CHINESE_POINTS[:3],
        "mood": "紧张刺激",
        "style": "电影级",
        "audience": "成年人",
    } | changes
    return idea_of(**given)


def space_story(**changes):
    given = {
        "theme": "space adventure",
        "genre": "sci-fi",
        "characters": ["Mia", "AI assistant"],
        "plot": ENGLISH_POINTS[:3],
        "mood": "tense",
        "style": "cinematic",
    } | changes
    return idea_of(**given)


def spoken(text, chinese):
    return len("".join(text.split())) if chinese else len(text.split())


def sentences_of(text):
    return [part.strip() for part in re.split(r"[。！？!?.\n]", text) if len(part.strip(' ”"')) > 3]


def test_an_outline_has_every_part():
    outline = write_outline(space_adventure(), {})
    assert 2 <= len(outline.title) <= 30
    assert len(re.findall("。", outline.summary)) in (2, 3)
    assert "宇航员" in outline.summary
    assert outline.estimated_duration == 180


def test_the_same_idea_is_told_the_same_way():
    assert write_outline(space_adventure(), {}) == write_outline(space_adventure(), {})
    assert write_outline(space_story(), {}) == write_outline(space_story(), {})


@pytest.mark.parametrize("chinese", [True, False])
@pytest.mark.parametrize("seconds", [30, 45, 60, 90, 180, 300, 600])
@pytest.mark.parametrize("events", [1, 3, 6, 10])
def test_a_story_is_as_long_as_its_film(chinese, seconds, events):
    points = (CHINESE_POINTS if chinese else ENGLISH_POINTS)[:events]
    idea = (space_adventure if chinese else space_story)(plot=points, duration=seconds)
    told = spoken(write_outline(idea, {}).narrative_text, chinese)
    assert told == pytest.approx(seconds * (4 if chinese else 2.4), rel=0.2)


@pytest.mark.parametrize("seconds", [1, 5, 30])
def test_a_very_short_film_still_has_a_story(seconds):
    for idea in (space_adventure(duration=seconds), space_story(duration=seconds)):
        assert len(sentences_of(write_outline(idea, {}).narrative_text)) >= 3


@pytest.mark.parametrize("seconds", [30, 180, 600, 3600])
def test_events_come_in_their_order(seconds):
    text = write_outline(space_adventure(plot=CHINESE_POINTS, duration=seconds), {}).narrative_text
    places = [text.find(point) for point in CHINESE_POINTS]
    assert -1 not in places
    assert places == sorted(places)


def test_english_events_keep_their_words_and_order():
    text = write_outline(space_story(plot=ENGLISH_POINTS), {}).narrative_text
    marks = [
        "strange signal",
        "space travel",
        "first contact",
        "loses power",
        "with Earth",
        "stay behind",
        "new home",
        "reconciliation",
        "returns home",
        "meteor storm",
    ]
    places = [text.find(mark) for mark in marks]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("seconds", [60, 600, 3600])
def test_no_sentence_is_told_twice(seconds):
    for idea in (
        space_adventure(duration=seconds),
        space_story(duration=seconds),
        space_adventure(duration=seconds, plot=["发现信号"] * 5),
    ):
        told = sentences_of(write_outline(idea, {}).narrative_text)
        assert len(told) == len(set(told))


def test_everyone_is_mentioned():
    names = [
        "李/雷",
        "..",
        "小明",
        "韩梅梅",
        "Tom",
        "{a}",
        "مرحبا",
        "😀",
        "反派",
        "三个孩子",
        *(f"路人{number}" for number in range(10)),
    ]
    for seconds in (30, 300):
        idea = space_adventure(characters=names, duration=seconds)
        text = write_outline(idea, {}).narrative_text
        assert [name for name in names if name not in text] == []


def test_an_entry_with_a_role_is_named_by_its_name():
    text = write_outline(space_adventure(characters=["宇航员李明", "AI助手"]), {}).narrative_text
    assert text.count("宇航员李明") < text.count("李明")


@pytest.mark.parametrize("phrase", ["本片", "本故事", "观众", "镜头", "{", "|", "['"])
def test_nothing_of_the_making_shows(phrase):
    for genre in (
        "科幻",
        "喜剧",
        "爱情",
        "恐怖",
        "悬疑",
        "动作",
        "冒险",
        "奇幻",
        "武侠",
        "家庭",
        "战争",
        "纪录片",
        "儿童",
        "别的",
    ):
        outline = write_outline(space_adventure(genre=genre, duration=600), {})
        assert phrase not in outline.narrative_text + outline.summary + outline.title


def test_different_ideas_give_different_stories():
    ideas = [
        space_adventure(),
        space_adventure(genre="喜剧", mood="搞笑"),
        space_adventure(characters=["船长阿海", "AI助手"]),
        idea_of("友谊", "校园", ["小明", "小红"], ["弄丢了班费", "一起寻找", "和好"]),
        idea_of("复仇", "武侠", ["剑客沈舟"], ["师父被杀", "下山复仇", "放下仇恨"]),
    ]
    stories = [set(sentences_of(write_outline(idea, {}).narrative_text)) for idea in ideas]
    for place, story in enumerate(stories):
        for other in stories[place + 1 :]:
            assert len(story & other) / len(story) < 0.5
    assert len({write_outline(idea, {}).title for idea in ideas}) == len(ideas)


def test_genre_and_mood_change_the_wording():
    dark = write_outline(space_adventure(mood="阴森恐怖", genre="恐怖"), {}).narrative_text
    light = write_outline(space_adventure(mood="轻松搞笑", genre="喜剧"), {}).narrative_text
    shared = set(sentences_of(dark)) & set(sentences_of(light))
    assert len(shared) < 0.4 * len(sentences_of(dark))


def test_what_nobody_said_is_no_obstacle():
    idea = UserIdea(theme="家", genre="剧情", basic_characters=["奶奶"], plot_points=["回家"])
    outline = write_outline(idea, {})
    assert outline.estimated_duration == 180
    assert spoken(outline.narrative_text, chinese=True) == pytest.approx(720, rel=0.2)


@pytest.mark.parametrize(
    ("point", "told", "clause"),
    [
        ("发现信号", "宇航员发现信号", True),
        ("被困在火星", "宇航员被困在火星", True),
        ("最后回到地球", "宇航员回到地球", True),
        ("太空旅行", "太空旅行", False),
        ("一场暴风雨", "一场暴风雨", False),
        ("巨龙烧毁村庄", "巨龙烧毁村庄", True),
        ("她决定回家", "她决定回家", True),
        ("助手失控了", "助手失控了", True),
        ("救出宇航员", "AI助手救出宇航员", True),
        ("和解", "宇航员与AI助手和解", True),
        ("一起寻找出路", "宇航员和AI助手一起寻找出路", True),
        ("小雨在旧书店捡到一本会说话的日记", "小雨在旧书店捡到一本会说话的日记", True),
    ],
)
def test_a_chinese_event_gets_its_subject(point, told, clause):
    people = people_of(space_adventure(), {})
    assert tell_chinese(point, people) == (told, clause)


@pytest.mark.parametrize(
    ("point", "told", "clause"),
    [
        ("finds a strange signal", "Mia finds a strange signal", True),
        ("find a signal and lose the way", "Mia finds a signal and loses the way", True),
        ("found a signal", "Mia finds a signal", True),
        ("looking for his missing daughter", "Mia is looking for his missing daughter", True),
        ("to burn the house down", "Mia sets out to burn the house down", True),
        ("forges a sword", "Mia forges a sword", True),
        ("The dragon burns the village", "the dragon burns the village", True),
        ("Mia meets a stranger", "Mia meets a stranger", True),
        ("and then they make peace", "they make peace", True),
        ("first contact", "first contact", False),
        ("storm", "the storm", False),
        ("rescue mission", "the rescue mission", False),
        ("rescue the king", "Mia rescues the king", True),
        ("aliens attack", "aliens attack", True),
    ],
)
def test_an_english_event_gets_its_subject_and_tense(point, told, clause):
    people = people_of(space_story(), {})
    assert tell_english(point, people) == (told, clause)


def test_an_event_in_the_other_language_is_quoted():
    text = write_outline(space_adventure(plot=["发现信号", "finds a strange door"]), {})
    assert "“finds a strange door”" in text.narrative_text
    text = write_outline(space_story(plot=[*ENGLISH_POINTS[:2], "外星接触"]), {})
    assert "“外星接触”" in text.narrative_text


def test_several_heroes_agree_with_their_verbs():
    idea = space_story(characters=["two clerks"], plot=["hide in a shop", "escapes at dawn"])
    text = write_outline(idea, {}).narrative_text
    assert "two clerks escape" in text
    assert "two clerks has" not in text


def test_a_dead_hero_does_not_walk_on():
    idea = idea_of("勇气", "战争", ["老兵", "小战士"], ["被困在山谷", "老兵牺牲"], 60)
    ending = write_outline(idea, {}).narrative_text.split("\n\n")[-1]
    assert "老兵" not in ending


HOSTILE = [
    space_adventure(theme="太" * 500),
    space_adventure(plot=["事" * 2000] * 3 + [f"{number}" * 500 for number in range(90)]),
    space_adventure(plot=[f"第{number}件事发生了" for number in range(100)], duration=3600),
    space_adventure(characters=["名" * 200, "字" * 200, *(f"人{n}" * 40 for n in range(18))]),
    space_adventure(plot=["。", "{c}", "..", "\\1", "😀", "%s", "<a|b>", "{a?x|y}"]),
    space_story(plot=[f"the hero finds thing number {n}" for n in range(100)], duration=30),
    space_story(characters=["مرحبا بالعالم", "..", "O'Brien-Smith's dog", "a"]),
    space_story(theme="word " * 99, genre="g" * 200, mood="m" * 500, style="s" * 500),
]


@pytest.mark.parametrize("idea", HOSTILE)
def test_strange_input_stays_within_bounds(idea):
    write_outline(idea, {})
    outline = write_outline(idea, dict.fromkeys(idea.basic_characters, "x" * 5000))
    assert 0 < len(outline.title) <= 200
    assert 0 < len(outline.summary) <= 5000
    assert 0 < len(outline.narrative_text) <= 100_000
