"""A screenplay made of a narrative, always in the same way."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from ....language import language_of
from ....models import MAX_NAME, CharacterProfile, Language, StoryOutline
from ....screenplay import Action, Element, Scene, Screenplay, Speech
from .cast import Cast
from .dialogue import Line, merged, read_lines
from .headings import settle
from .quotes import quoted
from .scenes import Draft, gather
from .text import paragraphs, within
from .tongue import Tongue

_LONGEST = 2000
_SENTENCES = 4


def write_screenplay(outline: StoryOutline, profiles: Sequence[CharacterProfile]) -> Screenplay:
    """The narrative of `outline` in scenes, all of it and nothing else."""
    narrative = outline.narrative_text
    language = language_of(narrative)
    tongue = _tongue(language)
    told = paragraphs(narrative) or [outline.title]
    cast = Cast(tongue.figures(profiles, narrative), is_latin=language == "en")
    lines = merged(read_lines(quoted(told), tongue, cast))
    drafts = gather(lines, tongue)
    if not drafts:
        drafts = [Draft([Line(text, 0) for text in told])]
    scenes = [
        Scene(
            setting=draft.setting or "int",
            place=draft.place[:MAX_NAME],
            hour=draft.hour,
            elements=elements,
        )
        for draft in settle(drafts, outline, profiles, tongue)
        if (elements := list(_elements(draft.lines, tongue)))
    ]
    return Screenplay(language=language, scenes=scenes)


@functools.cache
def _tongue(language: Language) -> Tongue:
    """The rules of a language, imported here: their vocabulary takes a while to load."""
    if language == "zh":
        from .chinese import Chinese

        return Chinese()
    from .english import English

    return English()


def _elements(lines: Sequence[Line], tongue: Tongue) -> Iterator[Element]:
    """Action in short paragraphs, and speech; whatever is too long is parted."""
    held: list[Line] = []
    for line in lines:
        if line.speaker:
            yield from _actions(held, tongue)
            held = []
            for piece in within(line.text, _LONGEST, tongue.sentences):
                yield Speech(speaker=line.speaker[:MAX_NAME], manner=line.manner[:500], text=piece)
            continue
        if held and line.paragraph != held[-1].paragraph:
            yield from _actions(held, tongue)
            held = []
        held.append(line)
    yield from _actions(held, tongue)


def _actions(lines: Sequence[Line], tongue: Tongue) -> Iterator[Action]:
    """The sentences of one paragraph, a few at a time."""
    if not lines:
        return
    gap = "" if tongue.language == "zh" else " "
    parts = -(-len(lines) // _SENTENCES)
    size = -(-len(lines) // parts)
    for start in range(0, len(lines), size):
        text = ""
        for line in lines[start : start + size]:
            text += (
                (gap or (" " if text[-1:].isascii() and text else "")) + line.text
                if text
                else line.text
            )
        for piece in within(text, _LONGEST, tongue.sentences):
            yield Action(text=piece)
