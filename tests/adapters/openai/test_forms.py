"""The shapes of a model's answers: what is asked of it, and what is taken from it."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai.forms import BRIEF, CAST, IDEA, OUTLINE, SCREENPLAY, TURN
from src.spark.adapters.openai.repair import Unreadable

from .strategies import NUMBERS

FORMS = {form.name: form for form in (TURN, IDEA, BRIEF, OUTLINE, CAST, SCREENPLAY)}
KEYWORDS = {
    "type", "properties", "required", "items", "anyOf", "enum", "$ref", "$defs",
    "additionalProperties",
}  # fmt: skip
"""What strict services take of JSON schema."""

IDEA_SAID = {
    "theme": "深空",
    "genre": "科幻",
    "characters": [{"name": "林夏", "note": "宇航员"}],
    "plot": ["她醒来"],
    "audience": None,
    "duration_seconds": 180,
    "visual_style": None,
    "mood": None,
}
SHEET = {"name": "林夏", "appearance": "短发", "personality": "沉着"}
OUTLINE_SAID = {"title": "深空", "summary": "她醒来。", "narrative_text": "她醒来，然后出发。"}


def said(value):
    return json.dumps(value, ensure_ascii=False)


def schemas(schema):
    """A schema and all those within it; properties' names are none."""
    yield schema
    inner = [schema.get("items"), *schema.get("anyOf", [])]
    inner += [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    for one in filter(None, inner):
        yield from schemas(one)


# --- what is asked ---


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_schemas_are_closed_and_want_every_field(form):
    objects = [s for s in schemas(form.schema) if "properties" in s]
    assert objects
    for one in objects:
        assert one["type"] == "object"
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_schemas_keep_to_what_strict_services_take(form):
    for one in schemas(form.schema):
        assert one.keys() <= KEYWORDS
        assert "$ref" not in one or one.keys() == {"$ref"}
        assert {"type", "anyOf", "$ref"} & one.keys()


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_reference_leads_somewhere(form):
    referred = {one["$ref"] for one in schemas(form.schema) if "$ref" in one}
    assert referred == {f"#/$defs/{name}" for name in form.schema.get("$defs", {})}


def test_fields_have_the_names_and_the_order_that_the_prompts_give():
    fields = {name: list(form.schema["properties"]) for name, form in FORMS.items()}
    assert fields == {
        "turn": ["reply", "idea", "said", "waived"],
        "idea": ["idea", "said", "waived"],
        "brief": ["idea", "sources"],
        "outline": ["title", "summary", "narrative_text", "estimated_duration"],
        "cast": ["characters"],
        "screenplay": ["scenes"],
    }
    assert list(TURN.schema["$defs"]["IdeaAnswer"]["properties"]) == list(IDEA_SAID)
    assert list(OUTLINE.schema["properties"]["title"]) == ["type"]


# --- what is taken ---


@pytest.mark.parametrize(
    ("form", "value"),
    [
        (TURN, {"reply": "好", "idea": IDEA_SAID, "said": [], "waived": []}),
        (TURN, {"response": "好", "user_idea": IDEA_SAID}),
        (TURN, {"result": {"reply": ["好"], "idea": {**IDEA_SAID, "budget": 7}, "notes": "x"}}),
        (IDEA, {"user_idea": IDEA_SAID, "said": None, "waived": None}),
        (BRIEF, {"idea": IDEA_SAID, "sources": {}}),
    ],
)
def test_an_idea_is_taken_by_the_names_that_models_give_it(form, value):
    assert form.read(said(value)).idea.model_dump() == IDEA_SAID


@pytest.mark.parametrize(
    "drift",
    [
        {"characters": "林夏"},
        {"characters": ["林夏"]},
        {"characters": {"林夏": ""}},
        {"characters": None, "basic_characters": [{"name": "林夏"}]},
        {"plot": "1. 她醒来"},
        {"plot": None, "plot_points": ["- 她醒来"]},
        {"plot": None, "events": [{"event": "她醒来"}]},
        {"duration_seconds": "三分钟"},
        {"duration_seconds": None, "duration": "3 minutes"},
        {"duration_seconds": None, "duration_preference": 180.0},
        {"audience": "未知", "mood": "", "visual_style": "N/A"},
        {"audience": None, "target_audience": []},
    ],
)
def test_an_idea_in_other_words_is_the_same_idea(drift):
    drifted = {f: value for f, value in {**IDEA_SAID, **drift}.items() if value is not None}
    idea = TURN.read(said({"reply": "好", "idea": drifted})).idea.model_dump()
    for character in idea["characters"]:
        character["note"] = "宇航员"
    assert idea == IDEA_SAID


def test_quotes_and_waivers_are_taken_of_the_elements_there_are():
    answer = TURN.read(
        said(
            {
                "reply": "好",
                "idea": {},
                "said": [
                    {"element": "主题", "quote": "深空"},
                    {"element": "Visual Style", "quote": 7},
                    {"element": "budget", "quote": "one million"},
                    "mood",
                    None,
                ],
                "waived": ["Mood", "目标观众", "nothing", None],
            }
        )
    )
    assert [(q.element, q.quote) for q in answer.said] == [
        ("theme", "深空"),
        ("visual_style", "7"),
        ("mood", ""),
    ]
    assert answer.waived == ["mood", "audience"]


@pytest.mark.parametrize("value", [True, 7, 1.5, None, {}, "", "nothing"])
def test_waivers_of_nothing_are_none(value):
    assert TURN.read(said({"reply": "好", "idea": {}, "waived": value})).waived == []


def test_sources_may_be_a_mapping_and_miss_their_message():
    answer = BRIEF.read(said({"idea": {}, "sources": {"theme": "深空", "类型": "科幻"}}))
    assert [(q.element, q.quote, q.message) for q in answer.sources] == [
        ("theme", "深空", -1),
        ("genre", "科幻", -1),
    ]
    placed = [{"element": "mood", "quote": "a", "message": m} for m in (2, "2", "message 2", None)]
    answer = BRIEF.read(said({"idea": {}, "sources": placed}))
    assert [q.message for q in answer.sources] == [2, 2, 2, -1]


@pytest.mark.parametrize(
    "value",
    [
        OUTLINE_SAID,
        {"title": "深空", "logline": "她醒来。", "narrative": ["她醒来，然后出发。"]},
        {"title": ["深空"], "summary": "她醒来。", "story": "她醒来，然后出发。", "genre": "科幻"},
    ],
)
def test_an_outline_is_taken_by_the_names_that_models_give_it(value):
    assert OUTLINE.read(said(value)).model_dump(exclude={"estimated_duration"}) == OUTLINE_SAID


@pytest.mark.parametrize("name", ["characters", "character_profiles", "profiles", "cast"])
def test_a_cast_is_taken_by_the_names_that_models_give_it(name):
    sheet = {
        **SHEET,
        "tags": "1. 短发\n2. 银色",
        "relationships": {"小白": "搭档"},
        "motivations": "家",
    }
    (taken,) = CAST.read(said({name: [sheet]})).characters
    assert (taken.name, taken.appearance, taken.personality) == ("林夏", "短发", "沉着")
    assert taken.visual_consistency_tags == ["短发", "银色"]
    assert taken.motivations == ["家"]
    assert [(tie.name, tie.text) for tie in taken.relationships] == [("小白", "搭档")]


# --- what is refused ---


@pytest.mark.parametrize(
    ("form", "value", "problem"),
    [
        (TURN, {"reply": "", "idea": {}}, "reply: "),
        (TURN, {"reply": " \ufeff ", "idea": {}}, "reply: "),
        (TURN, {"reply": True, "idea": {}}, "reply: "),
        (TURN, {"reply": "好"}, "idea: "),
        (TURN, {"reply": "好", "idea": "林夏"}, "idea: "),
        (TURN, {"reply": "好", "idea": {"characters": 7}}, "idea.characters: "),
        (OUTLINE, {"title": "深空"}, "summary: "),
        (OUTLINE, {**OUTLINE_SAID, "narrative_text": None}, "narrative_text: "),
        (CAST, {"characters": {"林夏": "宇航员"}}, "characters: "),
        (CAST, {"characters": [SHEET, {"name": "小白"}]}, "characters.1.appearance: "),
    ],
)
def test_what_is_missing_is_said_by_its_name(form, value, problem):
    with pytest.raises(Unreadable) as raised:
        form.read(said(value))
    assert problem in raised.value.told


def test_an_answer_that_is_not_what_was_asked_for_says_so_to_the_model_alone():
    with pytest.raises(Unreadable) as raised:
        CAST.read(said({"characters": [SHEET]}), lambda cast: f"not {cast.characters[0].name}")
    assert raised.value.told == "not 林夏"
    assert "林夏" not in str(raised.value)


SECRET = "SECRET"
NOT_SAID = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.just(SECRET),
    lambda values: (
        st.lists(values, max_size=2)
        | st.dictionaries(st.sampled_from(["name", "note", "element", "theme", "x"]), values)
    ),
    max_leaves=4,
)


@given(st.data(), st.sampled_from(list(FORMS.values())))
def test_a_complaint_never_repeats_what_was_said(data, form):
    fields = [*form.schema["properties"], "theme", "characters", "plot"]
    value = data.draw(st.dictionaries(st.sampled_from(fields), NOT_SAID))
    idea = data.draw(st.dictionaries(st.sampled_from(list(IDEA_SAID)), NOT_SAID))
    complaint = ""
    try:
        form.read(json.dumps({**value, "idea": idea} if data.draw(st.booleans()) else value))
    except Unreadable as problem:
        logged = logging.Formatter().formatException((type(problem), problem, None))
        complaint = f"{problem.told} {problem} {logged}"
    assert SECRET not in complaint
