"""What holds for every offline story, whatever the idea: an editor's first look at many."""

from __future__ import annotations

import re
from functools import cache

import pytest

from src.spark.adapters.offline.story.cast import write_cast
from src.spark.adapters.offline.story.outline import write_outline
from src.spark.adapters.offline.story.people import people_of
from src.spark.models import CharacterProfile, StoryOutline, UserIdea

from .ideas import CHINESE, ENGLISH

IDEAS = {**CHINESE, **ENGLISH}
ABBREVIATIONS = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|[ap]\.m)\.")
NO_NOUN = re.compile(
    r"\b(?:the|an?) (?:over|in|on|to|at|with|never|can|back to|feels|is|are|has|she|he|they)\b"
)


@cache
def told(theme: str) -> tuple[StoryOutline, list[CharacterProfile]]:
    """The story and the cast of one idea."""
    outline = write_outline(IDEAS[theme], {})
    return outline, write_cast(IDEAS[theme], outline, {})


def prose_of(theme: str) -> str:
    """Everything one reads of a story but the names and tags."""
    outline, cast = told(theme)
    sheets = (
        "\n".join([profile.appearance, profile.personality, profile.backstory]) for profile in cast
    )
    return "\n".join([outline.title, outline.summary, outline.narrative_text, *sheets])


def unquoted(text: str) -> str:
    return re.sub(r'"[^"]*"|“[^”]*”', "", text)


def found_in(pattern: str, themes: dict[str, UserIdea]) -> list[str]:
    """The places in the stories of many ideas where a pattern is found."""
    return [match[0] for theme in themes for match in re.finditer(pattern, prose_of(theme))]


def test_no_sentence_is_closed_twice():
    assert (
        found_in(r"。。|，，|(?<!\.)\.\.(?!\.)|[。.!?！？][”\"][。.,，]|.{5}[，。][，。]", IDEAS)
        == []
    )


def test_quotation_marks_come_in_pairs():
    for theme in IDEAS:
        for paragraph in told(theme)[0].narrative_text.split("\n\n"):
            assert paragraph.count('"') % 2 == 0
            assert paragraph.count("“") == paragraph.count("”")


def test_every_english_sentence_begins_with_a_capital():
    for theme in ENGLISH:
        outline, _cast = told(theme)
        text = ABBREVIATIONS.sub("", f"{outline.summary}\n{outline.narrative_text}")
        assert re.findall(r"(?:^|\n|[.!?] )[a-z]\S*", text) == []


def test_an_article_stands_before_a_noun():
    for theme in ENGLISH:
        assert NO_NOUN.findall(unquoted(prose_of(theme))) == []


@pytest.mark.parametrize("name", ["A0\\", "\\1", "(Mia", "[Mia]", "{They}", "Mia+", "^$", "%s"])
def test_signs_of_patterns_in_a_name_are_only_signs(name):
    idea = UserIdea(
        theme="a storm",
        genre="drama",
        basic_characters=[name],
        plot_points=[f"{name} wakes up", f"the storm finds {name.lower()}"],
    )
    outline = write_outline(idea, {})
    assert len(write_cast(idea, outline, {})) == 1
    assert name.casefold() in outline.narrative_text.casefold()


def test_everybody_is_in_the_story():
    for theme, idea in IDEAS.items():
        text = told(theme)[0].narrative_text
        assert [p.name for p in people_of(idea, {}) if not p.is_named_in(text)] == []


def test_every_entry_has_a_sheet_under_a_name_of_its_own():
    for theme, idea in IDEAS.items():
        names = [profile.name for profile in told(theme)[1]]
        assert len(names) == len(idea.basic_characters) == len(set(names))


def test_no_chinese_comma_is_half_as_wide():
    assert found_in(r"[\u4e00-\u9fff],[\u4e00-\u9fff]", CHINESE) == []


def test_no_sentence_comes_back():
    for theme in IDEAS:
        text = told(theme)[0].narrative_text
        sentences = [s for s in re.split(r"(?<=[。！？.!?])[”\"]?\s*", text) if len(s) > 4]
        assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize(
    ("theme", "name", "role"),
    [
        ("在火星上求生", "周衡", "伙伴 · 指挥官"),
        ("大海与自由", "老李", "伙伴 · 水手大副"),
        ("等待", "小宝", "伙伴 · 孙子"),
        ("友谊", "王老师", "伙伴 · 班主任"),
        ("猫和狗的友情", "旺财", "伙伴 · 小狗"),
        ("AI伦理", "Leo", "主角 · 工程师"),
        ("信任", "老K", "伙伴 · 上线"),
        ("truth", "Ann Sharp", "companion, doctor"),
        ("freedom", "Red", "protagonist, captain"),
        ("an odd couple", "Kate Doyle", "companion, inspector"),
        ("dreams", "Mr. Zhao", "companion, investor"),
    ],
)
def test_a_rank_or_a_trade_is_no_part_of_the_name(theme, name, role):
    assert (name, role) in [(profile.name, profile.role) for profile in told(theme)[1]]


@pytest.mark.parametrize(
    ("theme", "sentence"),
    [
        ("survival on Mars", "Alpha, the robot, has half its power left."),
        ("survival on Mars", "they repair the launch tower together."),
        ("waiting", 'Joey asks, "Grandpa, who are you waiting for?" '),
        ("can a robot have a heart", "Seven plays the recording the professor left for her."),
        ("truth", "Who is the real killer? "),
        ("waiting", "the ferry comes, but nobody is on it."),
        ("solidarity", "the officer burns the village down."),
        ("family", "her son quits his job to take care of her."),
        ("never give up", "the coach resigns."),
        ("revenge", "Kenji leaves the mountain to take revenge."),
        ("the secret of the old house", "At night she hears someone singing."),
        ("真相", "谁才是真正的凶手？"),
        ("等待", "孙子小宝问他：“爷爷，你在等谁？”"),
        ("老宅里的秘密", "半夜，她听到有人在唱歌。"),
        ("末日求生", "天亮了，救援队终于到了。"),
        ("班级", "十年后，张伟与王芳重聚。"),
    ],
)
def test_a_plot_point_becomes_a_sentence(theme, sentence):
    assert sentence in told(theme)[0].narrative_text


def test_an_animal_is_drawn_as_one():
    entries = re.compile(
        r"cat$|dog$|parrot|hedgehog|wolf|Owl|rabbit|dragon|小[猫狗]|鸥|刺猬|狼|兔|狗$"
    )
    for theme, idea in IDEAS.items():
        for entry, profile in zip(idea.basic_characters, told(theme)[1], strict=True):
            if entries.search(entry):
                assert not re.match("human|人类", profile.visual_consistency_tags[0])


def test_the_same_rank_twice_leaves_two_names():
    idea = UserIdea(
        theme="战争",
        genre="战争",
        basic_characters=["医生李明", "宇航员李明", "李明", "李明"],
        plot_points=["李明回家"],
    )
    names = [profile.name for profile in write_cast(idea, None, {})]
    assert names == ["李明", "宇航员李明", "李明（二）", "李明（三）"]
