"""The screenplay for Final Draft: FDX, the XML that its eighth version began."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from ...renditions import Manuscript
from .script import SLUGS, Part, Script, SetScene
from .treatment import Sheet, Treatment

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n'
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_SOME_LINES = "12"


class FdxPress:
    """A `Press` for Final Draft."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The screenplay as FDX.

        Everyone of the project is in the list that cues are completed from, and on a page of its
        own behind the title page, which counts as none of the script's.
        """
        script = Script.of(manuscript)
        root = ET.Element("FinalDraft", DocumentType="Script", Template="No", Version="5")
        content = ET.SubElement(root, "Content")
        for scene in script.scenes:
            _set_scene(content, scene)
        _set_title_page(ET.SubElement(root, "TitlePage"), script.treatment)
        _set_lists(ET.SubElement(root, "SmartType"), script)
        ET.indent(root)
        body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
        return _HEAD + body + b"\n"


def _set_scene(content: ET.Element, scene: SetScene) -> None:
    heading = _paragraph(content, "", Type="Scene Heading")
    properties = ET.SubElement(heading, "SceneProperties", Title="")
    if scene.speakers:
        beats = ET.SubElement(properties, "SceneArcBeats")
        for name in scene.speakers:
            ET.SubElement(beats, "CharacterArcBeat", Name=name)
    _text(heading, scene.heading)
    for part in scene.parts:
        _set_part(content, part)


def _set_part(content: ET.Element, part: Part) -> None:
    if not part.speaker:
        for text in _BLANK_LINES.split(part.text):
            _paragraph(content, text, Type="Action")
        return
    _paragraph(content, part.speaker, Type="Character")
    if part.manner:
        _paragraph(content, f"({part.manner})", Type="Parenthetical")
    _paragraph(content, part.text, Type="Dialogue")


def _set_title_page(page: ET.Element, told: Treatment) -> None:
    content = ET.SubElement(page, "Content")
    _paragraph(content, told.title or told.name, Alignment="Center", SpaceBefore="240")
    if told.title and told.name:
        _paragraph(content, told.name, Alignment="Center", SpaceBefore=_SOME_LINES)
    _paragraph(
        content, f"{told.version} · {told.date}", Alignment="Center", SpaceBefore=_SOME_LINES
    )
    if told.logline:
        _paragraph(content, told.heads.logline, Alignment="Center", SpaceBefore="48")
        _paragraph(content, told.logline, Alignment="Center", SpaceBefore=_SOME_LINES)
    for place, sheet in enumerate(told.sheets):
        _set_sheet(content, sheet, told, is_first=place == 0)


def _set_sheet(content: ET.Element, sheet: Sheet, told: Treatment, is_first: bool) -> None:
    heads = told.heads
    if is_first:
        _paragraph(content, heads.cast, Alignment="Center", StartsNewPage="Yes")
    who = f"{sheet.name} · {sheet.role}" if sheet.role else sheet.name
    _paragraph(content, who, Alignment="Left", SpaceBefore="24")
    for part in sheet.parts:
        _paragraph(content, f"{part.head}{heads.colon}{part.text}", Alignment="Left")
    for text in sheet.motivations:
        _paragraph(content, f"{heads.motivations}{heads.colon}{text}", Alignment="Left")
    for tie in sheet.ties:
        _paragraph(
            content,
            f"{heads.relationships}{heads.colon}{tie.other}{heads.colon}{tie.text}",
            Alignment="Left",
        )


def _set_lists(smart: ET.Element, script: Script) -> None:
    """What Final Draft completes headings and cues from, and counts its reports by."""
    words = SLUGS[script.language]
    places = dict.fromkeys(scene.place for scene in script.scenes)
    characters = ET.SubElement(smart, "Characters")
    for name in script.names:
        ET.SubElement(characters, "Character").text = name
    intros = ET.SubElement(smart, "SceneIntros", Separator=words.after_setting)
    for intro in words.settings.values():
        ET.SubElement(intros, "SceneIntro").text = intro
    locations = ET.SubElement(smart, "Locations")
    for place in places:
        ET.SubElement(locations, "Location").text = place
    times = ET.SubElement(smart, "TimesOfDay", Separator=words.before_hour)
    for time in words.hours.values():
        ET.SubElement(times, "TimeOfDay").text = time


def _paragraph(parent: ET.Element, text: str, **attributes: str) -> ET.Element:
    paragraph = ET.SubElement(parent, "Paragraph", attributes)
    if text:
        _text(paragraph, text)
    return paragraph


def _text(paragraph: ET.Element, text: str) -> None:
    ET.SubElement(paragraph, "Text").text = text
