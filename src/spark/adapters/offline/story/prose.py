"""The narrative itself: scenes around the events, set in paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ....models import Language
from .beats import embellish
from .phrases import sentence
from .scenes import Material, Scene, frame

_PARAGRAPH = 5


def tell(material: Material) -> str:
    """The whole narrative, in paragraphs."""
    scenes = frame(material)
    embellish(scenes, material)
    for scene in scenes:
        scene.settle()
    return "\n\n".join(_paragraphs(scenes, material.language))


def _paragraphs(scenes: Sequence[Scene], language: Language) -> Iterator[str]:
    gap = "" if language == "zh" else " "
    held: list[str] = []
    for scene in scenes:
        lines = scene.sentences
        if held and (len(held) + len(lines) > _PARAGRAPH or scene is scenes[-1]):
            yield gap.join(map(sentence, held))
            held = []
        held += lines
        while len(held) > _PARAGRAPH + 2:
            yield gap.join(map(sentence, held[:_PARAGRAPH]))
            held = held[_PARAGRAPH:]
        if scene is scenes[0] and len(held) > 2:
            yield gap.join(map(sentence, held))
            held = []
    if held:
        yield gap.join(map(sentence, held))
