"""A model's answers as records: whose sheet is whose, and how much of it is kept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai.forms import CAST, OUTLINE
from src.spark.adapters.openai.records import (
    distinct,
    outline_of,
    problem_with_cast,
    profiles_of,
)
from src.spark.adapters.openai.repair import Unreadable
from src.spark.models import CharacterProfile, StoryOutline

from ...samples import an_idea
from .strategies import TALK, VALUES, WORDS


def cast_of(*sheets):
    """An answer with sheets; a name alone is a sheet that tells whose it is."""
    told = [
        {"name": s, "appearance": f"of {s}", "personality": "x"} if isinstance(s, str) else s
        for s in sheets
    ]
    return CAST.read(json.dumps({"characters": told}))


def matched(sheets, names):
    """Whose sheet each name got; nothing where they do not match."""
    profiles = profiles_of(cast_of(*sheets), names)
    assert [profile.name for profile in profiles] == names
    return [profile.appearance.removeprefix("of ").strip() for profile in profiles]


def problem(sheets, names):
    return problem_with_cast(cast_of(*sheets), names, "exactly {names}")


def sheet(name, **fields):
    return {"name": name, "appearance": "x", "personality": "y", **fields}


# --- whose sheet is whose ---


@pytest.mark.parametrize(
    ("sheets", "names", "whose"),
    [
        (["林夏", "小白"], ["林夏", "小白"], ["林夏", "小白"]),
        (["小白", "林夏"], ["林夏", "小白"], ["林夏", "小白"]),
        (["MIA", " bolt"], ["Mia", "Bolt"], ["MIA", "bolt"]),
        (["林夏（宇航员）", "AI助手小白"], ["林夏", "小白"], ["林夏（宇航员）", "AI助手小白"]),
        (["林夏", "小白"], ["宇航员林夏", "小白"], ["林夏", "小白"]),
        (["路人", "林夏", "小白", "旁白"], ["林夏", "小白"], ["林夏", "小白"]),
        (["小红帽", "小红"], ["小红", "小红帽"], ["小红", "小红帽"]),
        (
            ["小红帽（女孩）", "小红（猎人）"],
            ["小红", "小红帽"],
            ["小红（猎人）", "小红帽（女孩）"],
        ),
        (
            ["小红（小红帽的姐姐）", "小红帽（小红的妹妹）"],
            ["小红", "小红帽"],
            ["小红（小红帽的姐姐）", "小红帽（小红的妹妹）"],
        ),
        (["Annabel Lee", "Ann Lee"], ["Ann", "Annabel"], ["Ann Lee", "Annabel Lee"]),
        (["小白（AI）", "小白"], ["小白", "小白（机器人）"], ["小白", "小白（AI）"]),
        (["李明", "李明 2"], ["李明", "李明 2"], ["李明", "李明 2"]),
        (["李明 2", "李明"], ["李明", "李明 2"], ["李明", "李明 2"]),
    ],
)
def test_each_name_has_its_own_sheet(sheets, names, whose):
    assert problem(sheets, names) is None
    assert matched(sheets, names) == whose


@pytest.mark.parametrize(
    ("sheets", "names"),
    [
        ([], ["林夏"]),
        (["小白"], ["林夏"]),
        (["林夏"], ["林夏", "小白"]),
        (["林夏", "林夏"], ["林夏", "小白"]),
        (["小红帽"], ["小红", "小红帽"]),
        (["（无名）"], ["（路人）"]),
    ],
)
def test_a_cast_with_a_sheet_missing_is_none(sheets, names):
    assert problem(sheets, names) == f"exactly {', '.join(names)}"


def test_names_with_braces_are_told_as_they_are():
    assert problem([], ["{names}", "{0}"]) == "exactly {names}, {0}"


NAMES = st.lists(WORDS | st.sampled_from(["李明", "李明 2", "A", "a"]), min_size=1, max_size=6)


@given(NAMES)
def test_names_are_told_apart_and_stay_as_they_are_where_they_are_apart(names):
    apart = distinct(names)
    assert len(set(apart)) == len(apart) == len(names)
    assert distinct(apart) == apart
    assert apart[0] == names[0]
    assert all(new.startswith(name) for new, name in zip(apart, names, strict=True))


@given(
    st.permutations(["小红", "小红帽", "小红帽的奶奶", "Mia", "Mia 2", "AI", "AI助手"]), st.data()
)
def test_sheets_in_any_order_and_with_titles_find_their_names(sheets, data):
    names = sorted(sheets)
    titles = data.draw(st.sampled_from(["{}", "{}（主角）", " {} "]))
    whose = matched([titles.format(name) for name in sheets], names)
    assert whose == [titles.format(name).strip() for name in names]


# --- what is kept of them ---


def test_relationships_are_those_to_the_others_of_the_cast():
    told = {"小白（AI）": "搭档", "林夏": "自己", "老周": "船长", "路人": "谁？", "无名": ""}
    answer = cast_of(sheet("林夏", relationships=told), sheet("小白（AI）"), sheet("老周"))
    first, *_ = profiles_of(answer, ["林夏", "小白", "老周"])
    assert first.relationships == {"小白": "搭档", "老周": "船长"}


def test_a_sheet_is_a_profile_with_all_it_tells():
    answer = cast_of(
        sheet(
            "林夏",
            role="主角",
            appearance="短发",
            personality="沉着",
            backstory="退役",
            motivations=["回家"],
            visual_description="三十岁，短发",
            visual_consistency_tags=["短发", "银色宇航服"],
        )
    )
    (profile,) = profiles_of(answer, ["林夏"])
    assert profile == CharacterProfile(
        name="林夏",
        role="主角",
        appearance="短发",
        personality="沉着",
        backstory="退役",
        motivations=["回家"],
        visual_description="三十岁，短发",
        visual_consistency_tags=["短发", "银色宇航服"],
    )


def test_too_much_of_everything_is_a_profile_within_its_bounds():
    long = "长" * 30_000
    fields = ("role", "appearance", "personality", "backstory", "visual_description")
    many = {field: [long] * 200 for field in ("motivations", "visual_consistency_tags")}
    told = sheet(long, **dict.fromkeys(fields, long), **many, relationships={"小白": long})
    (profile, _) = profiles_of(cast_of(told, "小白"), [long[:200], "小白"])
    assert CharacterProfile.model_validate(profile.model_dump()) == profile
    assert (len(profile.motivations), len(profile.visual_consistency_tags)) == (50, 100)
    assert len(profile.relationships["小白"]) == 2000


FIELDS = st.sampled_from(
    ["role", "backstory", "motivations", "relationships", "visual_description", "tags"]
)


@given(st.dictionaries(FIELDS, VALUES | TALK | st.lists(TALK) | st.dictionaries(TALK, TALK)))
def test_whatever_a_sheet_tells_it_is_a_profile_or_unreadable(told):
    try:
        answer = cast_of(sheet("林夏", **told), "小白")
    except Unreadable:
        return
    for profile in profiles_of(answer, ["林夏", "小白"]):
        assert CharacterProfile.model_validate(profile.model_dump()) == profile


# --- outlines ---


def outline(title="深空", seconds=None, wished=None, **told):
    said = {"title": title, "summary": "她醒来。", "narrative_text": "她醒来，然后出发。", **told}
    answer = OUTLINE.read(json.dumps({**said, "estimated_duration": seconds}))
    return outline_of(answer, an_idea(duration_preference=wished))


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("深空", "深空"),
        ("《深空》", "深空"),
        ("“Deep Space”\n", "Deep Space"),
        ('"Deep Space"', "Deep Space"),
        ("「深空」", "深空"),
        ("《深空》之后", "深空》之后"),
        ("《》", "《》"),
        ("《\u3000\ufeff》", "《\u3000\ufeff》"),
        ("长" * 1000, "长" * 200),
    ],
)
def test_a_title_stands_without_its_quotation_marks(said, title):
    assert outline(said).title == title


@pytest.mark.parametrize(
    ("said", "wished", "seconds"),
    [(240, 180, 180), (240, None, 240), ("4分钟", None, 240), (None, 180, 180), (None, None, None)],
)
def test_a_story_is_as_long_as_was_wished_or_else_as_long_as_the_model_says(said, wished, seconds):
    assert outline(seconds=said, wished=wished).estimated_duration == seconds


def test_too_much_of_everything_is_an_outline_within_its_bounds():
    told = outline(summary="长" * 30_000, narrative_text="长" * 200_000, seconds=10**9)
    assert StoryOutline.model_validate(told.model_dump()) == told
    assert (len(told.summary), len(told.narrative_text)) == (20_000, 100_000)
    assert told.estimated_duration == 3600


@given(VALUES | TALK, VALUES | TALK)
def test_whatever_a_story_is_called_it_is_an_outline_or_unreadable(title, seconds):
    try:
        told = outline(title, seconds)
    except Unreadable:
        return
    assert StoryOutline.model_validate(told.model_dump()) == told
