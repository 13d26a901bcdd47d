"""Fountain: read again by readers that are not ours, in both languages and whatever is in it.

What keeps a reader from being asked everything:
- screenplain 0.12 reads an underlined text between escaped underscores, and takes signs of the
  private use area for its own;
- jouvence 0.4.2 knows no notes, and takes the mark of forced action off the first line alone;
- screenplay-tools 0.0.10 sees no forced heading that begins with a Chinese character, and takes all
  brackets off the ends of a parenthetical.
"""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jouvence import document as jouvence_document
from jouvence.parser import JouvenceParser
from screenplain.parsers import fountain as screenplain
from screenplain.types import Action, Dialog, Slug
from screenplay_tools.fountain.format_helper import fountain_to_html
from screenplay_tools.fountain.parser import Parser as ToolsParser
from screenplay_tools.screenplay import ElementType

from src.spark.adapters.documents.fountain import FountainPress

from .scripts import (
    CASTS,
    HEADINGS,
    JOINER,
    OUTLINES,
    SCENES,
    TEXTS,
    expected,
    lines_of,
    manuscript,
    merged,
)


def set_of(told):
    return FountainPress().set(told).decode()


def plain(text):
    """What text says whose reader leaves its escapes to whoever shows it."""
    return re.sub(r"\\([*_])", r"\1", text.replace(JOINER, ""))


def with_screenplain(text):
    """The title page, and each scene's heading and parts."""
    script = screenplain.parse(io.StringIO(text))
    scenes = []
    for paragraph in script:
        if isinstance(paragraph, Slug):
            assert paragraph.scene_number is None
            scenes.append((str(paragraph.line).replace(JOINER, ""), []))
            continue
        assert type(paragraph) in (Action, Dialog)
        if isinstance(paragraph, Action):
            assert not paragraph.centered
            said = lines_of("\n".join(map(str, paragraph.lines)))
            scenes[-1][1].append(("", "", said))
        else:
            manner = "".join(str(said)[1:-1] for aside, said in paragraph.blocks if aside)
            said = "\n".join(str(said) for aside, said in paragraph.blocks if not aside)
            name = str(paragraph.character).replace(JOINER, "")
            scenes[-1][1].append((name, manner.replace(JOINER, ""), lines_of(said)))
    return script.title_page, [(heading, merged(parts)) for heading, parts in scenes]


def script_of(text):
    parser = ToolsParser()
    parser.add_text(text)
    return parser.script


def asides_with_tools(text):
    """The title page and the notes."""
    script = script_of(text)
    return {e.key: e.text for e in script.titleEntries}, [note.text for note in script.notes]


def with_tools(text):
    """The scenes by the other reader."""
    scenes = []
    for element in script_of(text).elements:
        said = lines_of(plain(element.text_raw))
        if element.type == ElementType.HEADING:
            assert element.scene_number is None
            scenes.append((plain(element.text_raw), []))
        elif element.type == ElementType.CHARACTER:
            assert element.extension is None
            assert element.is_dual_dialogue is False
            scenes[-1][1].append((plain(element.name), "", []))
        elif element.type == ElementType.PARENTHETICAL:
            speaker, _, _ = scenes[-1][1].pop()
            scenes[-1][1].append((speaker, plain(element.text_raw), []))
        elif element.type == ElementType.DIALOGUE:
            speaker, manner, _ = scenes[-1][1].pop()
            scenes[-1][1].append((speaker, manner, said))
        else:
            assert element.type == ElementType.ACTION
            if scenes:
                scenes[-1][1].append(("", "", said))
    return [(heading, merged(parts)) for heading, parts in scenes]


def with_jouvence(text):
    """The same by the third."""
    document = JouvenceParser().parseString(text)
    scenes = []
    for scene in filter(lambda s: s.header, document.scenes):
        parts = []
        for paragraph in scene.paragraphs:
            text = plain(paragraph.text)
            if paragraph.type == jouvence_document.TYPE_CHARACTER:
                parts.append((text, "", []))
            elif paragraph.type == jouvence_document.TYPE_PARENTHETICAL:
                parts[-1] = (parts[-1][0], text[1:-1], [])
            elif paragraph.type == jouvence_document.TYPE_DIALOG:
                parts[-1] = (*parts[-1][:2], lines_of(text))
            elif lines_of(text):
                assert paragraph.type == jouvence_document.TYPE_ACTION
                parts.append(("", "", lines_of(text)))
        scenes.append((plain(scene.header), merged(parts)))
    return document.title_values, scenes


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_scenes_and_speakers_are_read_again(language):
    told = manuscript(language)
    scenes = [
        (heading, parts)
        for heading, (_, parts) in zip(HEADINGS[language], expected(told), strict=True)
    ]
    text = set_of(told)
    assert with_screenplain(text)[1] == scenes
    assert with_jouvence(text)[1] == scenes
    if language == "en":
        assert with_tools(text) == scenes


@pytest.mark.parametrize("language", ["zh", "en"])
def test_title_story_and_everyone_are_found(language):
    text = set_of(manuscript(language))
    outline = OUTLINES[language]
    title_page, notes = asides_with_tools(text)
    for told in (with_screenplain(text)[0], with_jouvence(text)[0], title_page):
        values = {k.lower(): v[0] if isinstance(v, list) else v for k, v in told.items()}
        assert values["title"] == outline["title"]
        assert values["notes"] == outline["summary"]
        assert values.keys() == {"title", "project", "draft date", "revision", "notes"}
    assert [note.split(" · ")[0].strip() for note in notes] == CASTS[language]
    assert all(f"role {n}" in note and f"look {n}" in note for n, note in enumerate(notes))


def test_a_long_logline_stands_in_a_note_and_not_on_the_title_page():
    summary = "Long ago. " * 100 + "\n\nThe end."
    title_page, notes = asides_with_tools(set_of(manuscript("en", summary=summary)))
    assert "Notes" not in title_page
    assert len(notes) == len(CASTS["en"]) + 1
    assert lines_of(notes[0]) == ["Logline", ("Long ago. " * 100).strip(), "The end."]


def test_cues_are_forced_where_capitals_do_not_make_them():
    speech = {"kind": "speech", "text": "Hm."}
    names = [
        "Mia",
        "Old Mr. Jones",
        "Bolt 2",
        "007",
        "O'Neil",
        "Int Ext",
        "Zoë",
        "ıx",
        "@x",
        "林夏",
    ]
    elements = [{**speech, "speaker": name} for name in names]
    scene = {"setting": "int", "place": "x", "elements": elements}
    text = set_of(manuscript("en", [scene]))
    cues = [block.split("\n")[0] for block in text.split("\n\n") if block.rstrip().endswith("Hm.")]
    assert cues == [
        "MIA", "OLD MR. JONES", "@BOLT 2", "@007", "@O'NEIL", "@INT EXT", "@ZOË", "@ıx",
        f"@{JOINER}@X", "@林夏",
    ]  # fmt: skip


def test_what_is_no_markup_stays_readable():
    elements = [{"kind": "action", "text": "She pays 2 * 3 dollars.\nR2_D2 beeps. [sic] {x}"}]
    text = set_of(manuscript("en", [{"setting": "int", "place": "x", "elements": elements}]))
    assert "\n\nShe pays 2 * 3 dollars.\nR2_D2 beeps. [sic] {x}\n" in text


def test_what_looks_like_a_number_is_part_of_a_heading():
    scene = {"setting": "int", "elements": [{"kind": "action", "text": "!Look!"}]}
    text = set_of(manuscript("en", [{**scene, "place": "room #5#"}, {**scene, "place": "#6#"}]))
    assert [heading for heading, _ in with_screenplain(text)[1]] == ["INT. ROOM #5#", "INT. #6#"]
    assert [heading for heading, _ in with_tools(text)] == ["INT. ROOM #5#", "INT. #6#"]


def test_a_call_is_neither_a_shot_nor_a_cue():
    """Two exclamation marks are a shot to some editors."""
    elements = [
        {"kind": "action", "text": "!Look"},
        {"kind": "speech", "speaker": "Mia", "text": "Wait.\n\nHELP\nme, and then\n\nCUT TO:"},
    ]
    told = manuscript("en", [{"setting": "int", "place": "x", "elements": elements}])
    text = set_of(told)
    assert f"\n\n!{JOINER}!Look\n" in text
    wanted = [parts for _, parts in expected(told)]
    for found in (with_screenplain(text)[1], with_jouvence(text)[1], with_tools(text)):
        assert [parts for _, parts in found] == wanted


@given(st.lists(st.sampled_from(["*", "**", "_", "\\", "a", " ", "b"]), min_size=1).map("".join))
def test_nothing_is_emphasis(text):
    """By the reader whose escapes are whole."""
    elements = [{"kind": "action", "text": f"a{text}b"}]
    told = set_of(manuscript("en", [{"setting": "int", "place": "x", "elements": elements}]))
    action = told.rstrip("\n").split("\n\n")[-1]
    assert fountain_to_html(action.removeprefix("!")) == f"a{text}b"


@pytest.mark.parametrize("language", ["zh", "en"])
@given(scenes=SCENES)
def test_whatever_is_written_is_read_again(language, scenes):
    told = manuscript(language, scenes)
    _, found = with_screenplain(set_of(told))
    assert [parts for _, parts in found] == [parts for _, parts in expected(told)]
    for (heading, _), (place, _) in zip(found, expected(told), strict=True):
        assert place.replace(JOINER, "").upper() in heading.upper()


@given(SCENES)
def test_whatever_is_written_is_read_again_by_another(scenes):
    told = manuscript("en", scenes)
    found = with_tools(set_of(told))
    wanted = [
        [(speaker, manner.strip("()").strip(), lines) for speaker, manner, lines in parts]
        for _, parts in expected(told)
    ]
    assert [parts for _, parts in found] == wanted


@given(title=TEXTS, summary=TEXTS, name=TEXTS)
def test_whatever_a_project_is_called_its_scenes_are_the_same(title, summary, name):
    outline = {"title": title[:200], "summary": summary}
    told = manuscript("zh", cast=[name[:200]], **outline)
    title_page, scenes = with_screenplain(set_of(told))
    assert [heading for heading, _ in scenes] == HEADINGS["zh"]
    assert title_page.keys() <= {"Title", "Project", "Draft date", "Revision", "Notes"}
    notes = asides_with_tools(set_of(told))[1]
    assert len(notes) == 1 + (len(told.project.story_outline.summary) > 600)
