"""FDX: held to a schema, and read again by a reader that is not ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree
from screenplay_tools.fdx.parser import Parser
from screenplay_tools.screenplay import ElementType

from src.spark.adapters.documents.fdx import FdxPress

from .scripts import (
    CASTS,
    HEADINGS,
    OUTLINES,
    SCENES,
    TEXTS,
    expected,
    lines_of,
    manuscript,
    merged,
)

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("fdx.rng")))


def set_of(told):
    """The file, after it was held to the schema."""
    data = FdxPress().set(told)
    SCHEMA.assertValid(etree.fromstring(data))
    return data


def read(data):
    """Each scene's heading and parts."""
    scenes = []
    for element in Parser().parse(data.decode()).elements:
        said = lines_of(element.text_raw)
        if element.type == ElementType.HEADING:
            scenes.append((element.text_raw, []))
        elif element.type == ElementType.CHARACTER:
            assert element.extension is None
            scenes[-1][1].append((element.name, "", []))
        elif element.type == ElementType.PARENTHETICAL:
            speaker, _, _ = scenes[-1][1].pop()
            scenes[-1][1].append((speaker, element.text_raw, []))
        elif element.type == ElementType.DIALOGUE:
            speaker, manner, _ = scenes[-1][1].pop()
            scenes[-1][1].append((speaker, manner, said))
        else:
            assert element.type == ElementType.ACTION
            scenes[-1][1].append(("", "", said))
    return [(heading, merged(parts)) for heading, parts in scenes]


def texts(data, path):
    return ["".join(found.itertext()) for found in etree.fromstring(data).iterfind(path)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_scenes_and_speakers_are_read_again(language):
    told = manuscript(language)
    assert read(set_of(told)) == [
        (heading, parts)
        for heading, (_, parts) in zip(HEADINGS[language], expected(told), strict=True)
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_title_story_and_everyone_are_found(language):
    page = texts(set_of(manuscript(language)), "TitlePage/Content/Paragraph/Text")
    assert page[0] == OUTLINES[language]["title"]
    assert OUTLINES[language]["summary"] in page
    for n, name in enumerate(CASTS[language]):
        assert f"{name} · role {n}" in page
        assert any(text.endswith(f"look {n}") for text in page)


def test_lists_to_complete_from_are_in_the_language_of_the_story():
    data = set_of(manuscript("zh"))
    assert texts(data, "SmartType/Characters/Character") == ["林夏", "小白 2号", "沉默的老人"]
    assert texts(data, "SmartType/SceneIntros/SceneIntro") == ["内景", "外景", "内外景"]
    assert texts(data, "SmartType/Locations/Location") == ["飞船驾驶舱", "木星轨道", "气闸舱"]
    assert texts(data, "SmartType/TimesOfDay/TimeOfDay")[:2] == ["日", "夜"]
    data = set_of(manuscript("en"))
    assert texts(data, "SmartType/Characters/Character") == [
        "MIA", "BOLT 2", "MCAVOY", "SILENT JOE"
    ]  # fmt: skip
    assert texts(data, "SmartType/SceneIntros/SceneIntro") == ["INT", "EXT", "INT./EXT"]
    assert texts(data, "SmartType/Locations/Location") == ["KITCHEN", "HARBOUR", "CAR"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_are_made_of_what_is_in_the_lists(language):
    root = etree.fromstring(set_of(manuscript(language)))
    smart = root.find("SmartType")
    intro_gap = smart.find("SceneIntros").get("Separator")
    time_gap = smart.find("TimesOfDay").get("Separator")
    listed = {
        tag: {e.text for e in smart.iter(tag)} for tag in ("SceneIntro", "Location", "TimeOfDay")
    }
    for heading in root.iterfind("Content/Paragraph[@Type='Scene Heading']/Text"):
        intro, place = heading.text.split(intro_gap, 1)
        place, _, time = place.partition(time_gap)
        assert (intro in listed["SceneIntro"], place in listed["Location"]) == (True, True)
        assert not time or time in listed["TimeOfDay"]


def test_a_scene_tells_who_speaks_in_it():
    root = etree.fromstring(set_of(manuscript("en")))
    beats = [
        [beat.get("Name") for beat in scene.iter("CharacterArcBeat")]
        for scene in root.iterfind("Content/Paragraph/SceneProperties")
    ]
    assert beats == [["MIA", "BOLT 2"], [], ["MCAVOY"]]


def test_it_says_what_it_is():
    data = set_of(manuscript("zh"))
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft ')


def test_paragraphs_of_action_are_paragraphs_and_broken_lines_stay_in_theirs():
    elements = [{"kind": "action", "text": "One.\nTwo.\n \nThree."}]
    data = set_of(manuscript("en", [{"setting": "int", "place": "x", "elements": elements}]))
    assert texts(data, "Content/Paragraph[@Type='Action']/Text") == ["One.\nTwo.", "Three."]


@pytest.mark.parametrize("language", ["zh", "en"])
@given(scenes=SCENES, title=TEXTS, summary=TEXTS, name=TEXTS)
def test_whatever_is_written_is_read_again(language, scenes, title, summary, name):
    outline = {"title": title[:200], "summary": summary}
    told = manuscript(language, scenes, cast=[name[:200]], **outline)
    found = read(set_of(told))
    assert [parts for _, parts in found] == [parts for _, parts in expected(told)]
    for (heading, _), (place, _) in zip(found, expected(told), strict=True):
        assert place.casefold() in heading.casefold()
