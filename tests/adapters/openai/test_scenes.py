"""A model's scenes as records: what it may call things, who speaks, and nothing lost on the way."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai.forms import SCREENPLAY
from src.spark.adapters.openai.prompts import prompts
from src.spark.adapters.openai.repair import Unreadable
from src.spark.adapters.openai.scenes import ScenesCheck, joined, scenes_of
from src.spark.screenplay import Action, Scene, Screenplay, Speech

from .strategies import TALK, VALUES

NAMES = ["Mia Chen", "Bolt", "林夏", "宇航员周建国", "小红", "小红帽", "小白（AI）"]


def read(*scenes, names=NAMES, **fields):
    answer = SCREENPLAY.read(json.dumps({"scenes": list(scenes), **fields}))
    return scenes_of(answer, names, "somewhere")


def scene(*elements, **fields):
    return {"setting": "int", "place": "kitchen", "hour": None, "elements": elements, **fields}


def says(speaker, text="Hm.", **fields):
    return {"speaker": speaker, "manner": "", "text": text, **fields}


def action(text="It rains."):
    return {"speaker": "", "manner": "", "text": text}


WANTED = [
    Scene(
        setting="int",
        place="kitchen",
        hour="night",
        elements=[
            Action(text="It rains."),
            Speech(speaker="Bolt", manner="softly", text="Who is there?"),
        ],
    )
]
MESSY = {
    "as asked": {
        "setting": "int",
        "place": "kitchen",
        "hour": "night",
        "elements": [action(), says("Bolt", "Who is there?", manner="softly")],
    },
    "a heading": {
        "heading": "INT. kitchen - NIGHT",
        "elements": [
            {"type": "action", "text": "It rains."},
            {"type": "dialogue", "character": "BOLT", "parenthetical": "(softly)",
             "dialogue": "Who is there?"},
        ],
    },
    "a heading for a place": {
        "setting": "",
        "place": "INT. kitchen — night",
        "elements": [{"action": "It rains."}, {"name": "bolt", "how": "softly",
                                               "line": "Who is there?"}],
    },
    "a heading for a setting": {
        "setting": "Interior, kitchen, night",
        "content": ["It rains.", {"character": "Bolt (softly)", "text": "Who is there?"}],
    },
    "action and dialogue apart": {
        "location": "kitchen",
        "setting": "indoors",
        "time_of_day": "Night",
        "action": "It rains.",
        "dialogue": [{"speaker": "Bolt", "manner": "softly", "text": ["Who is there?"]}],
    },
    "action beside speech": {
        "setting": "INT.",
        "place": "kitchen",
        "time": "late at night",
        "elements": [{"action": "It rains.", "character": "Bolt", "parenthetical": "softly",
                      "lines": "Who is there?"}],
    },
    "speech within": {
        "setting": "interior",
        "place": "kitchen",
        "hour": "NIGHT",
        "elements": [{"action": "It rains.", "dialogue": [
            {"character": "Bolt", "parenthetical": "[softly]", "line": "Who is there?"}]}],
    },
    "nobody by name": {
        "setting": "室内",
        "place": "kitchen",
        "hour": "深夜",
        "elements": [{"speaker": "action", "text": "It rains."},
                     {"speaker": None, "text": ""}, {},
                     says("Bolt", "Who is there?", manner="softly")],
    },
}  # fmt: skip


@pytest.mark.parametrize("said", MESSY.values(), ids=MESSY)
def test_scenes_in_other_words_are_the_same_scenes(said):
    assert read(said) == WANTED


def test_scenes_are_taken_by_other_names_and_as_a_mapping():
    (asked,) = [MESSY["as asked"]]
    for value in ({"screenplay": [asked]}, {"script": {"1": asked}}, {"scenes": asked}):
        answer = SCREENPLAY.read(json.dumps(value))
        assert scenes_of(answer, NAMES, "somewhere") == WANTED


@pytest.mark.parametrize(
    ("said", "setting"),
    [
        ("int", "int"), ("INT.", "int"), ("Interior", "int"), ("内景", "int"), ("室内", "int"),
        ("ext", "ext"), ("EXT.", "ext"), ("外景", "ext"), ("outdoors", "ext"), ("户外", "ext"),
        ("INT./EXT.", "int_ext"), ("I/E", "int_ext"), ("内外景", "int_ext"), ("int_ext", "int_ext"),
        ("the moon", "int"), (None, "int"), (7, "int"),
    ],
)  # fmt: skip
def test_settings(said, setting):
    assert read(scene(action(), setting=said))[0].setting == setting


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("DAY", "day"), ("日", "day"), ("白天", "day"), ("afternoon", "day"), ("上午", "day"),
        ("NIGHT", "night"), ("夜", "night"), ("晚上", "night"), ("dawn", "dawn"), ("清晨", "dawn"),
        ("early morning", "dawn"), ("黄昏", "dusk"), ("EVENING", "dusk"), ("稍后", "later"),
        ("Moments later", "later"), ("CONTINUOUS", "continuous"), ("紧接上场", "continuous"),
        ("unknown", None), (None, None), ("2087", None),
    ],
)  # fmt: skip
def test_hours(said, hour):
    assert read(scene(action(), hour=said))[0].hour == hour


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("内景 飞船驾驶舱 - 夜", ("int", "飞船驾驶舱", "night")),
        ("外景．木星轨道，黄昏", ("ext", "木星轨道", "dusk")),
        ("内外景 气闸舱 日", ("int_ext", "气闸舱", "day")),
        ("INT./EXT. CAR - DAY", ("int_ext", "CAR", "day")),
        ("EXT. STATION 9 - PLATFORM - NIGHT", ("ext", "STATION 9 - PLATFORM", "night")),
        ("EXT. A DAY-CARE", ("ext", "A DAY-CARE", None)),
        ("The harbour", ("int", "The harbour", None)),
        ("INT.", ("int", "somewhere", None)),
    ],
)
def test_headings(heading, told):
    (one,) = read({"heading": heading.replace("．", " "), "elements": [action()]})
    assert (one.setting, one.place, one.hour) == told


# --- who speaks ---


@pytest.mark.parametrize(
    ("said", "speaker", "manner"),
    [
        ("Mia Chen", "Mia Chen", ""),
        ("MIA  CHEN", "Mia Chen", ""),
        ("Mia", "Mia Chen", ""),
        ("CHEN", "Mia Chen", ""),
        ("BOLT (V.O.)", "Bolt", "V.O."),
        ("Captain Bolt", "Bolt", ""),
        ("林夏（画外音）", "林夏", "画外音"),
        ("宇航员林夏", "林夏", ""),
        ("周建国", "宇航员周建国", ""),
        ("建国", "宇航员周建国", ""),
        ("小红帽", "小红帽", ""),
        ("小白", "小白（AI）", ""),
        ("小白(ai)", "小白（AI）", ""),
        ("Mia's mother", "Mia's mother", ""),
        ("Bolt and Mia", "Bolt and Mia", ""),
        ("林夏的母亲", "林夏的母亲", ""),
        ("林夏妈妈", "林夏妈妈", ""),
        ("众人与小红帽", "众人与小红帽", ""),
        ("Thunderbolt", "Thunderbolt", ""),
        ("A guard (tired)", "A guard", "tired"),
        ("(off)", "(off)", ""),
    ],
)
def test_whoever_has_a_profile_is_called_as_there(said, speaker, manner):
    (one,) = read(scene(says(said)))
    assert one.elements == [Speech(speaker=speaker, manner=manner, text="Hm.")]


def complaints(*scenes, names=NAMES, passage="It rains.", times=1):
    check = ScenesCheck(passage, names, prompts("en"))
    answer = SCREENPLAY.read(json.dumps({"scenes": list(scenes)}))
    return [check(answer) for _ in range(times)]


def test_scenes_are_as_good_as_they_look():
    assert complaints(scene(action(), says("Bolt"), says("A guard"))) == [None]


@pytest.mark.parametrize("scenes", [[], [scene()], [scene(action(" "), says("Bolt", ""))]])
def test_nothing_is_no_screenplay_however_often(scenes):
    first, second = complaints(*scenes, times=2)
    assert first == second
    assert "nothing" in first


def test_two_who_may_be_meant_are_asked_about_once():
    names = ["Ann Lee", "Bob Lee", "Bolt"]
    told = scene(says("Lee"), says("Bolt"))
    first, second = complaints(told, names=names, times=2)
    assert "Lee" in first
    assert "Ann Lee, Bob Lee, Bolt" in first
    assert second is None
    assert [e.speaker for e in read(told, names=names)[0].elements] == ["Lee", "Bolt"]


def test_a_passage_that_is_mostly_left_out_is_asked_for_once():
    first, second = complaints(scene(action("He dies.")), passage="x" * 1000, times=2)
    assert "leave out" in first
    assert second is None


# --- what becomes of it ---


def test_empty_elements_and_scenes_are_dropped():
    told = read(scene(action("")), scene(action(" \n"), says("Bolt", ""), action()), scene())
    assert [s.elements for s in told] == [[Action(text="It rains.")]]


def test_a_scene_without_a_place_is_where_the_one_before_was():
    told = read(scene(action(), place=""), scene(action()), scene(action(), place=None))
    assert [s.place for s in told] == ["somewhere", "kitchen", "kitchen"]


def test_what_is_too_long_is_split_and_never_cut_off():
    words = " ".join(f"word{n}." for n in range(900))
    long_name, long_place, long_manner = "n" * 5000, "p" * 4500, "m" * 700
    (one,) = read(
        scene(
            action(words),
            says("Bolt", words, manner="softly"),
            says(long_name, manner=long_manner),
            place=long_place,
        )
    )
    assert Scene.model_validate(one.model_dump()) == one
    actions = [e.text for e in one.elements if e.kind == "action"]
    spoken = [e for e in one.elements if e.kind == "speech"]
    assert "".join(actions).replace(" ", "") == (
        long_place + words.replace(" ", "") + long_name + long_manner
    )
    assert " ".join(e.text for e in spoken) == f"{words} Hm."
    assert [e.manner for e in spoken if e.manner] == ["softly"]
    assert {e.speaker for e in spoken} == {"Bolt", "n" * 200}


ELEMENTS = st.dictionaries(
    st.sampled_from(["speaker", "character", "manner", "text", "line", "action", "dialogue"]),
    VALUES | TALK | st.sampled_from(NAMES),
)
SCENES = st.dictionaries(
    st.sampled_from(["setting", "place", "hour", "heading", "elements", "action", "dialogue"]),
    VALUES | TALK | ELEMENTS | st.lists(ELEMENTS | TALK),
)


@given(st.lists(SCENES | VALUES) | SCENES | VALUES)
def test_whatever_scenes_tell_they_are_scenes_or_unreadable(told):
    try:
        answer = SCREENPLAY.read(json.dumps({"scenes": told}))
    except Unreadable:
        return
    scenes = scenes_of(answer, NAMES, "somewhere")
    assert [Scene.model_validate(one.model_dump()) for one in scenes] == scenes
    if ScenesCheck("x", NAMES, prompts("zh"))(answer) is None:
        assert Screenplay(language="zh", scenes=scenes).scenes == scenes
    again = SCREENPLAY.shape.model_validate(answer.model_dump())
    assert again == answer


@pytest.mark.parametrize(
    "long",
    [
        "a " * 50_000,
        "(" * 100_000,
        "a(" * 50_000,
        " - " * 30_000,
        "INT. " * 20_000,
        "夜，" * 30_000,
    ],
    ids=["words", "brackets", "parts", "dashes", "settings", "nights"],
)
def test_long_words_take_no_long_time(long, in_a_second):
    with in_a_second():
        told = {"heading": long, "setting": long, "place": long, "hour": long}
        read({**told, "elements": [says(long, long, manner=long)]}, {"heading": long, **scene()})


# --- scene upon scene ---


def test_a_scene_that_goes_on_is_one():
    first, again, other = (
        read(scene(action(text), place=place))[0]
        for text, place in (("One.", "kitchen"), ("Two.", "kitchen"), ("Three.", "hall"))
    )
    assert joined([], [first]) == [first]
    assert joined([other, first], [again, other]) == [
        other,
        first.model_copy(update={"elements": [*first.elements, *again.elements]}),
        other,
    ]
    assert joined([first], [other]) == [first, other]
