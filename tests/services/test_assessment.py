"""How far an idea has come."""

from __future__ import annotations

import pytest

from src.spark.defaults import DEFAULTS
from src.spark.models import FIELD_OF, OPTIONAL, REQUIRED, IdeaDraft
from src.spark.services.assessment import RECORDS, assess, problems_of, with_defaults

from ..samples import OUTLINE, PROFILES, SEED_IDEA

SHARE = {**dict.fromkeys(REQUIRED, 0.2), **dict.fromkeys(OPTIONAL, 0.05)}


def draft(*elements):
    """A draft that knows `elements` and nothing else."""
    return IdeaDraft.model_validate({FIELD_OF[e]: SEED_IDEA[FIELD_OF[e]] for e in elements})


def fields(name, value):
    return [".".join(map(str, p["loc"])) for p in problems_of(RECORDS[name], value)]


def test_nothing_known_is_nothing_and_everything_is_one():
    nothing, everything = (assess(d, "zh") for d in (IdeaDraft(), draft(*FIELD_OF)))
    assert (nothing.completeness_score, nothing.is_complete) == (0, False)
    assert (nothing.missing_elements, nothing.optional_missing) == ([*REQUIRED], [*OPTIONAL])
    assert (everything.completeness_score, everything.is_complete) == (1, True)
    assert (
        everything.missing_elements == everything.optional_missing == everything.suggestions == []
    )


@pytest.mark.parametrize("element", FIELD_OF)
def test_each_element_counts_its_share_and_is_missed_by_name(element):
    with_it = assess(draft(element), "zh")
    without_it = assess(draft(*[e for e in FIELD_OF if e != element]), "zh")
    assert with_it.completeness_score == SHARE[element]
    assert without_it.completeness_score == round(1 - SHARE[element], 2)
    assert [*without_it.missing_elements, *without_it.optional_missing] == [element]
    assert without_it.is_complete is (element in OPTIONAL)
    assert len(without_it.suggestions) == 1
    assert [e for e, detail in with_it.details.items() if detail.known] == [element]
    assert with_it.details[element].value == SEED_IDEA[FIELD_OF[element]]
    assert with_it.details[element].required is (element in REQUIRED)


def test_suggestions_stand_in_the_order_of_what_is_missing_and_in_the_language_asked_for():
    chinese, english = (assess(draft("genre", "mood"), language) for language in ("zh", "en"))
    assert len(chinese.suggestions) == len(english.suggestions) == 6
    assert "主题" in chinese.suggestions[0]
    assert "about" in english.suggestions[0]
    assert all(text.isascii() for text in english.suggestions)
    assert len({*chinese.suggestions, *english.suggestions}) == 12


@pytest.mark.parametrize("language", ["zh", "en"])
def test_defaults_fill_what_nobody_said_and_nothing_else(language):
    filled = with_defaults(draft("genre", "mood"), language)
    assert filled.genre == "科幻"
    assert filled.mood == SEED_IDEA["mood"]
    assert filled.duration_preference == DEFAULTS[language]["duration_preference"] == 180
    assert filled.target_audience == DEFAULTS[language]["target_audience"]
    assert filled.theme is None
    assert filled.missing() == ["theme", "characters", "plot"]


def test_whole_records_have_no_problems():
    whole = {"user_idea": SEED_IDEA, "story_outline": OUTLINE, "character_profiles": PROFILES}
    assert {name: fields(name, value) for name, value in whole.items()} == {
        "user_idea": [],
        "story_outline": [],
        "character_profiles": [],
    }


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("user_idea", {}, ["theme", "genre", "basic_characters", "plot_points"]),
        ("user_idea", {**SEED_IDEA, "theme": " \u3000"}, ["theme"]),
        ("user_idea", {**SEED_IDEA, "theme": 5}, ["theme"]),
        ("user_idea", {**SEED_IDEA, "duration_preference": 0}, ["duration_preference"]),
        ("user_idea", {**SEED_IDEA, "duration_preference": 3601}, ["duration_preference"]),
        ("user_idea", {**SEED_IDEA, "duration_preference": "180"}, ["duration_preference"]),
        ("user_idea", {**SEED_IDEA, "duration_preference": True}, ["duration_preference"]),
        ("user_idea", {**SEED_IDEA, "basic_characters": []}, ["basic_characters"]),
        ("user_idea", {**SEED_IDEA, "basic_characters": ["甲"] * 21}, ["basic_characters"]),
        ("user_idea", {**SEED_IDEA, "basic_characters": ["甲", ""]}, ["basic_characters.1"]),
        ("user_idea", {**SEED_IDEA, "plot_points": ["事"] * 101}, ["plot_points"]),
        ("story_outline", {"title": ""}, ["title"]),
        ("story_outline", {"title": "题", "estimated_duration": 1.5}, ["estimated_duration"]),
        ("character_profiles", [PROFILES[0], {}], ["1.name"]),
        ("character_profiles", [{"name": "甲", "motivations": "一"}], ["0.motivations"]),
    ],
)
def test_what_is_wrong_is_named_by_its_field(name, value, wrong):
    assert fields(name, value) == wrong
