"""Character sheets written without a model: names, looks, bonds."""

from __future__ import annotations

import re

import pytest

from src.spark.adapters.offline.story.cast import as_many, write_cast
from src.spark.adapters.offline.story.names import split_entry
from src.spark.adapters.offline.story.outline import write_outline
from src.spark.models import UserIdea


def cast_of(*characters, notes=None, theme="太空冒险", genre="科幻", plot=("发现信号", "外星接触")):
    idea = UserIdea(
        theme=theme, genre=genre, basic_characters=list(characters), plot_points=list(plot)
    )
    return write_cast(idea, None, notes or {})


def english_cast(*characters, notes=None, genre="drama", plot=("finds a letter", "goes home")):
    return cast_of(*characters, notes=notes, theme="growing old", genre=genre, plot=plot)


@pytest.mark.parametrize(
    ("entry", "name", "role"),
    [
        ("宇航员李明", "李明", "宇航员"),
        ("李明（宇航员）", "李明", "宇航员"),
        ("李明(宇航员)", "李明", "宇航员"),
        ("李明，宇航员", "李明", "宇航员"),
        ("机器人阿七", "阿七", "机器人"),
        ("Mia (a retired astronaut)", "Mia", "a retired astronaut"),
        ("Mia, a retired astronaut", "Mia", "retired astronaut"),
        ("astronaut Mia", "Mia", "astronaut"),
        ("Whiskers the cat", "Whiskers", "cat"),
        ("宇航员", "宇航员", ""),
        ("AI助手", "AI助手", ""),
        ("外卖小哥", "外卖小哥", ""),
        ("失明的钢琴家", "失明的钢琴家", ""),
        ("blind pianist", "blind pianist", ""),
        ("欧阳娜娜", "欧阳娜娜", ""),
        ("李/雷", "李/雷", ""),
        ("..", "..", ""),
    ],
)
def test_an_entry_splits_into_name_and_role(entry, name, role):
    assert split_entry(entry) == (name, role)


def test_every_entry_gets_a_sheet_in_order():
    cast = cast_of("宇航员李明", "AI助手", "反派")
    assert [profile.name for profile in cast] == ["李明", "AI助手", "反派"]
    assert [profile.role for profile in cast] == ["主角 · 宇航员", "伙伴 · AI助手", "对手"]
    for profile in cast:
        assert profile.appearance
        assert profile.personality
        assert profile.backstory
        assert 2 <= len(profile.motivations) <= 3
        assert 5 <= len(profile.visual_consistency_tags) <= 8
        assert profile.image_url is None


def test_equal_names_are_told_apart():
    assert [p.name for p in cast_of("小明", "小明", "小明")] == ["小明", "小明（二）", "小明（三）"]
    assert [p.name for p in english_cast("Tom", "Tom")] == ["Tom", "Tom (2)"]
    twenty = cast_of(*["小明"] * 20)
    assert len({profile.name for profile in twenty}) == 20


def test_the_same_input_gives_the_same_cast():
    assert cast_of("李明", "小红") == cast_of("李明", "小红")


def test_the_outline_may_be_given():
    idea = UserIdea(theme="家", genre="剧情", basic_characters=["奶奶"], plot_points=["回家"])
    outline = write_outline(idea, {})
    assert write_cast(idea, outline, {}) == write_cast(idea, outline, {})


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("小女孩米米", "人类女孩"),
        ("老奶奶", "人类女性"),
        ("和尚", "人类男性"),
        ("机器人", "机器人"),
        ("AI助手", "机器人"),
        ("会说话的猫", "猫"),
        ("三个孩子", "人类群体"),
        ("乌龟", "乌龟"),
        ("幽灵", "幽灵"),
    ],
)
def test_the_first_tag_is_the_kind(entry, kind):
    assert cast_of(entry)[0].visual_consistency_tags[0] == kind


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("grandma", "human woman"),
        ("a small robot", "robot"),
        ("the dragon", "dragon"),
        ("Mia", "human woman"),
        ("Tom", "human man"),
        ("stray cat", "cat"),
        ("little girl", "human girl"),
        ("cat lady", "human woman"),
    ],
)
def test_the_first_english_tag_is_the_kind(entry, kind):
    assert english_cast(entry)[0].visual_consistency_tags[0] == kind


def test_no_animal_is_described_as_a_person():
    for entry in ("会说话的猫", "机器人", "巨龙", "幽灵", "大灰狼"):
        profile = cast_of("李明", entry)[1]
        assert "女性" not in profile.appearance
        assert "男性" not in profile.appearance
        assert "身穿" not in profile.appearance


def test_tags_stand_in_the_appearance():
    for profile in cast_of("宇航员李明", "老奶奶", "小女孩米米"):
        hair, wear, mark, prop = profile.visual_consistency_tags[2:6]
        for tag in (hair, wear, mark, prop):
            assert tag in profile.appearance


def test_notes_show_in_the_sheet():
    note = "宇航员，三十岁，左脸有疤，固执，想回到地球见女儿"
    profile = cast_of("李明", "AI助手", notes={"李明": note})[0]
    assert profile.role == "主角 · 宇航员"
    assert "三十岁" in profile.appearance
    assert "左脸有疤" in profile.appearance
    assert "左脸有疤" in profile.visual_consistency_tags
    assert "宇航服" in profile.appearance
    assert profile.personality.startswith("固执")
    assert profile.motivations[0] == "回到地球见女儿"


def test_english_notes_show_in_the_sheet():
    notes = {"Nova": "retired astronaut, 71 years old, red hair, stubborn, wants to go home"}
    profile = english_cast("Nova", "Ben", notes=notes)[0]
    assert profile.role == "protagonist, retired astronaut"
    assert "71" in profile.appearance
    assert "red hair" in profile.appearance
    assert "stubborn" in profile.personality
    assert profile.motivations[0] == "To go home"


def test_looks_differ_within_a_cast():
    cast = cast_of("李明", "王强", "张伟", "赵刚", "陈勇", "林峰")
    for place in (2, 3, 4, 5):
        tags = [profile.visual_consistency_tags[place] for profile in cast]
        assert len(set(tags)) == len(tags)


def test_everyone_knows_everyone():
    cast = cast_of("李明", "小红", "AI助手", "反派", "奶奶")
    names = {profile.name for profile in cast}
    for profile in cast:
        assert set(profile.relationships) == names - {profile.name}


def test_bonds_have_two_ends_that_agree():
    cast = {p.name: p for p in cast_of("李明", "小红", "张伟", "王芳", "林峰", "赵刚")}
    opposite = {"引路人": "后辈", "后辈": "引路人", "欠着人情的人": "恩人", "恩人": "欠着人情的人"}
    for profile in cast.values():
        for name, text in profile.relationships.items():
            mine, theirs = (
                text.split("：")[0],
                cast[name].relationships[profile.name].split("：")[0],
            )
            assert theirs == opposite.get(mine, mine)


@pytest.mark.parametrize(
    ("entries", "notes", "first", "second"),
    [
        (("老周", "女儿"), {}, "女儿", "父亲"),
        (("小雨", "奶奶"), {}, "奶奶", "孙女"),
        (("李明", "小芳"), {"小芳": "李明的妹妹"}, "妹妹", "哥哥"),
        (("母亲", "女儿"), {}, "女儿", "母亲"),
        (("宇航员", "AI助手"), {}, "得力助手", "搭档与主心骨"),
        (("李明", "反派"), {}, "对手", "对手"),
    ],
)
def test_kin_and_service_are_respected(entries, notes, first, second):
    notes = {"老周": "男，侦探", "小雨": "女孩", "李明": "男"} | notes
    one, two = cast_of(*entries, notes=notes)
    assert one.relationships[two.name].startswith(first)
    assert two.relationships[one.name].startswith(second)


def test_english_kin_is_respected():
    one, two = english_cast("Mia", "her daughter")
    assert one.relationships["her daughter"].startswith("daughter")
    assert two.relationships["Mia"].startswith("mother")


def test_a_crowd_takes_plural_verbs():
    profile = english_cast("the twins")[0]
    told = profile.personality + profile.backstory
    assert not re.search(r"\b(?:They|twins) (?:is|has|was|does)\b", told)


def test_only_verbs_are_put_in_the_plural():
    assert as_many("{They} has done it, but is curious and cautious") == (
        "{They} have done it, but are curious and cautious"
    )


def test_a_backstory_speaks_of_the_theme_and_of_an_event():
    profile = cast_of("李明", theme="友谊", genre="剧情", plot=["捡到一只猫"])[0]
    assert "友谊" in profile.backstory
    assert "捡到一只猫" in profile.backstory


def test_strange_casts_stay_within_bounds():
    names = [
        "李/雷",
        "..",
        "😀",
        "مرحبا بالعالم",
        "a" * 200,
        "{a}",
        "{b?x|y}",
        "\\1",
        "%s",
        "名" * 200,
        *["重" * 200] * 10,
    ]
    idea = UserIdea(
        theme="太" * 500,
        genre="g" * 200,
        basic_characters=names,
        plot_points=["事" * 2000 for _ in range(100)],
        mood="m" * 500,
        visual_style="s" * 500,
    )
    notes = dict.fromkeys(names, "眼睛很大，" * 2000)
    write_cast(idea, None, notes)
    cast = write_cast(idea, None, notes)
    assert len({profile.name for profile in cast}) == len(names)
