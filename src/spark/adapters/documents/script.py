"""A screenplay as the trade sets it: headings written out, cues named, texts clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...models import Language
from ...renditions import Manuscript
from ...screenplay import Element, Hour, Scene, Setting
from .treatment import Treatment, clean, line

_SIGNS_OF_CUES = str.maketrans("()^", "（）＾")
"""In a cue they tell where a voice comes from, and who speaks together; in a name they are part
of it."""


@dataclass(frozen=True)
class Slugs:
    """The words of scene headings in one language."""

    settings: dict[Setting, str]
    after_setting: str
    hours: dict[Hour, str]
    before_hour: str = " - "


SLUGS: dict[Language, Slugs] = {
    "zh": Slugs(
        settings={"int": "内景", "ext": "外景", "int_ext": "内外景"},
        after_setting=" ",
        hours={
            "day": "日",
            "night": "夜",
            "dawn": "晨",
            "dusk": "黄昏",
            "later": "稍后",
            "continuous": "紧接上场",
        },
    ),
    "en": Slugs(
        settings={"int": "INT", "ext": "EXT", "int_ext": "INT./EXT"},
        after_setting=". ",
        hours={
            "day": "DAY",
            "night": "NIGHT",
            "dawn": "DAWN",
            "dusk": "DUSK",
            "later": "LATER",
            "continuous": "CONTINUOUS",
        },
    ),
}


@dataclass(frozen=True)
class Part:
    """A paragraph of action, or what someone says."""

    text: str
    speaker: str = ""
    """As cues name them; empty for action."""
    manner: str = ""


@dataclass(frozen=True)
class SetScene:
    """A scene with its heading."""

    place: str
    heading: str
    parts: list[Part]

    @property
    def speakers(self) -> list[str]:
        """Who speaks, in the order of their first words."""
        return list(dict.fromkeys(part.speaker for part in self.parts if part.speaker))


@dataclass(frozen=True)
class Script:
    """What a screenplay's file tells."""

    language: Language
    treatment: Treatment
    scenes: list[SetScene]
    names: list[str]
    """Everyone, as cues name them: those of the project first, those who do not speak too."""

    @classmethod
    def of(cls, manuscript: Manuscript) -> Script:
        """What is to be told of a project and its screenplay."""
        treatment, screenplay = Treatment.of(manuscript), manuscript.screenplay
        language = screenplay.language if screenplay else manuscript.language
        scenes = [_scene(scene, language) for scene in screenplay.scenes] if screenplay else []
        sheets = [called(sheet.name, language) for sheet in treatment.sheets]
        speakers = [name for scene in scenes for name in scene.speakers]
        return cls(language, treatment, scenes, list(dict.fromkeys([*sheets, *speakers])))


def called(name: str, language: Language) -> str:
    """A name as cues and reports give it."""
    return _capitals(line(name).translate(_SIGNS_OF_CUES), language) or "?"


def _scene(scene: Scene, language: Language) -> SetScene:
    words = SLUGS[language]
    place = _capitals(line(scene.place), language) or "?"
    hour = words.before_hour + words.hours[scene.hour] if scene.hour else ""
    heading = words.settings[scene.setting] + words.after_setting + place + hour
    return SetScene(place, heading, list(_parts(scene.elements, language)))


def _parts(elements: list[Element], language: Language) -> Iterator[Part]:
    for element in elements:
        text = clean(element.text)
        if not text:
            continue
        if element.kind == "speech":
            yield Part(text, called(element.speaker, language), line(element.manner))
        else:
            yield Part(text)


def _capitals(text: str, language: Language) -> str:
    """`text` in capitals, as English scripts have it, unless that would make it another word."""
    capitals = text.upper()
    is_same = language == "en" and capitals.casefold() == text.casefold()
    return capitals if is_same else text
