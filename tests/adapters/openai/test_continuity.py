"""What a picture is made from: the same sheet every time, and all that was wished for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai.continuity import edit_prompt, portrait_prompt
from src.spark.models import CharacterProfile

from ...samples import an_idea
from .strategies import TALK, WORDS

PILOT = CharacterProfile(
    name="林夏",
    role="宇航员",
    appearance="三十岁，短发",
    visual_description="三十岁女子，黑色短发，银色宇航服",
    visual_consistency_tags=["黑色短发", "银色宇航服"],
)
MIA = CharacterProfile(
    name="Mia",
    visual_description="a woman of sixty, short grey hair, a silver suit",
    visual_consistency_tags=["short grey hair", "silver suit"],
)
FILM = an_idea(visual_style="水彩", mood="温暖")
ENGLISH_FILM = an_idea(visual_style="watercolour", mood="warm")


def in_order(prompt, *parts):
    """Whether the parts stand in the prompt, one after the other."""
    places = [prompt.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_a_prompt_holds_the_sheet_the_look_and_the_wishes_in_this_order():
    parts = ["林夏", PILOT.visual_description, "黑色短发；银色宇航服", "水彩", "温暖"]
    assert in_order(
        portrait_prompt(PILOT, FILM, ["更年轻", "红色披风"]), *parts, "更年轻；红色披风"
    )
    parts = ["Mia", MIA.visual_description, "short grey hair; silver suit", "watercolour", "warm"]
    wished = portrait_prompt(MIA, ENGLISH_FILM, ["younger", "a red coat"])
    assert in_order(wished, *parts, "younger; a red coat")


@pytest.mark.parametrize(
    ("profile", "film", "foreign"),
    [(PILOT, FILM, "Portrait"), (MIA, ENGLISH_FILM, "肖像")],
)
def test_a_prompt_is_in_the_language_of_the_sheet(profile, film, foreign):
    wishes = ["make her younger", "让她更年轻"]
    assert foreign not in portrait_prompt(profile, film, wishes)
    assert foreign.lower() not in edit_prompt(profile, wishes[0]).lower()
    assert foreign.lower() not in edit_prompt(profile, wishes[1]).lower()


@pytest.mark.parametrize(("profile", "film"), [(PILOT, FILM), (MIA, ENGLISH_FILM), (PILOT, None)])
def test_every_picture_of_a_character_is_made_from_the_same_but_for_the_wishes(profile, film):
    first = portrait_prompt(profile, film, [])
    wishes = []
    for wish in ("更年轻", "a red coat", "背景换成夜晚"):
        wishes.append(wish)
        prompt = portrait_prompt(profile, film, wishes)
        assert prompt.startswith(f"{first}\n")
        assert in_order(prompt.removeprefix(first), *wishes)


def test_where_there_is_no_description_the_appearance_stands_for_it_and_then_the_role():
    plain = PILOT.model_copy(update={"visual_description": ""})
    assert in_order(portrait_prompt(plain, None, []), "林夏", "三十岁，短发")
    plainer = plain.model_copy(update={"appearance": ""})
    assert in_order(portrait_prompt(plainer, None, []), "林夏", "宇航员")


def test_what_is_not_known_is_not_spoken_of():
    bare = CharacterProfile(name="Mia", visual_consistency_tags=["", ""])
    film = an_idea(visual_style=None, mood="")
    assert portrait_prompt(bare, film, ["", ""]) == portrait_prompt(bare, None, [])
    assert "None" not in portrait_prompt(bare, film, [])


def test_an_edit_says_what_is_to_change_and_what_is_to_stay():
    assert in_order(edit_prompt(PILOT, "红色披风"), "林夏", "红色披风", PILOT.visual_description)
    assert in_order(edit_prompt(MIA, "a red coat"), "Mia", "a red coat", MIA.visual_description)


def test_a_long_description_is_cut_to_what_services_take():
    tags = ["高" * 500] * 100
    long = CharacterProfile(
        name="林夏", visual_description="长" * 20_000, visual_consistency_tags=tags
    )
    prompt = portrait_prompt(long, None, [])
    assert (prompt.count("长"), prompt.count("高")) == (1500, 1498)
    assert edit_prompt(long, "红色披风").count("长") == 1500


@given(WORDS | TALK, st.lists(WORDS | TALK, max_size=5), st.lists(WORDS | TALK, max_size=3))
def test_words_of_any_kind_are_passed_on_as_they_are(description, tags, wishes):
    profile = CharacterProfile(
        name="{name} %s", visual_description=description, visual_consistency_tags=tags
    )
    prompt = portrait_prompt(profile, None, wishes)
    told = [profile.name, description, *profile.visual_consistency_tags, *wishes]
    assert all(part in prompt for part in told)
    for wish in wishes:
        assert wish in edit_prompt(profile, wish)


def test_of_very_many_wishes_the_latest_count():
    wishes = [f"{number} " + "更" * 1500 for number in range(20)]
    prompt = portrait_prompt(CharacterProfile(name="林夏", appearance="短发"), None, wishes)
    assert wishes[19] in prompt
    assert prompt.index(wishes[18]) < prompt.index(wishes[19])
    assert wishes[0] not in prompt
    assert len(prompt) < 6000
