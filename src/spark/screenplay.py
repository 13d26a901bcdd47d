"""A story as a screenplay: scenes of action and speech. No input or output happens here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .models import Language, Name, Record, Sentence, ShortText

Setting = Literal["int", "ext", "int_ext"]
"""Indoors, out of doors, or both."""
Hour = Literal["day", "night", "dawn", "dusk", "later", "continuous"]


class Action(Record):
    """What is seen and heard, but for what is said."""

    kind: Literal["action"] = "action"
    text: Sentence


class Speech(Record):
    """What one character says."""

    kind: Literal["speech"] = "speech"
    speaker: Name
    manner: ShortText = ""
    """How it is said; no brackets."""
    text: Sentence


Element = Annotated[Action | Speech, Field(discriminator="kind")]


class Scene(Record):
    """What happens in one place at one time."""

    setting: Setting
    place: Name
    """Where, in the screenplay's language: 飞船驾驶舱, harbour."""
    hour: Hour | None = None
    """`None` where the story does not tell."""
    elements: Annotated[list[Element], Field(min_length=1)]


class Screenplay(Record):
    """A whole screenplay."""

    language: Language
    scenes: Annotated[list[Scene], Field(min_length=1)]

    @property
    def speakers(self) -> list[str]:
        """Who speaks, in the order of their first words."""
        spoken = (e.speaker for scene in self.scenes for e in scene.elements if e.kind == "speech")
        return list(dict.fromkeys(spoken))
