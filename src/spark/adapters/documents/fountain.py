"""The screenplay in Fountain, by version 1.1 of its syntax (fountain.io/syntax).

What the syntax has an escape for is escaped by it: a backslash before signs of emphasis, `!` before
action, `@` before cues, `.` before headings, blanks on an empty line of speech. For the rest there
is none, and an invisible word joiner keeps signs from being read as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...renditions import Manuscript
from .script import Part, Script
from .treatment import Sheet, Treatment, line

_JOINER = "\u2060"
_EMPHASIS = re.compile(r"[*_]")
_LONE = re.compile(r"(?<![\\/])[*_](?!/)")
"""A sign that nothing follows it up for is none of emphasis."""
_PAIRS = re.compile(r"\[(?=\[)|\](?=\])|\{(?=\{)")
"""Notes, and files that some editors would include."""
_ELEMENT = re.compile(r"[.@!>~#=]|(?:int|ext|est|i\.?/e)\b|fade in|superimpose:", re.IGNORECASE)
"""Beginnings of lines that are something else than text."""
_PLAIN_CUE = re.compile(r"(?!(?:INT|EXT|EST)\b)[A-Z][A-Z .\-]*[A-Z.]")
"""Names that every reader takes for a cue by their capitals alone."""
_LONGEST_ON_TITLE_PAGE = 600


class FountainPress:
    """A `Press` for Fountain."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The screenplay as UTF-8 text, behind a title page and notes on every character.

        Notes are what editors show beside a script and never print. In them stand those too who
        have nothing to say; sections would put the cast among the acts, and a boneyard is what
        many programs leave out.
        """
        script = Script.of(manuscript)
        title_page = "\n".join(_title_page(script.treatment))
        blocks = [title_page, *_notes(script.treatment), *_scenes(script)]
        return "\n\n".join(blocks).encode() + b"\n"


def _title_page(told: Treatment) -> Iterator[str]:
    """One line for each key: a value's second line could be taken for a key of its own."""
    yield f"Title: {_inline(told.title or told.name) or '?'}"
    if told.title and told.name:
        yield f"Project: {_inline(told.name)}"
    yield f"Draft date: {told.date}"
    yield f"Revision: {told.version}"
    if _is_short(told.logline):
        yield f"Notes: {_inline(line(told.logline))}"


def _is_short(logline: str) -> bool:
    return 0 < len(logline) <= _LONGEST_ON_TITLE_PAGE


def _notes(told: Treatment) -> Iterator[str]:
    heads = told.heads
    if told.logline and not _is_short(told.logline):
        yield _note([heads.logline, told.logline])
    for sheet in told.sheets:
        yield _note(_about(sheet, told))


def _about(sheet: Sheet, told: Treatment) -> Iterator[str]:
    heads = told.heads
    name = sheet.name or "?"
    yield f"{name} · {sheet.role}" if sheet.role else name
    for part in sheet.parts:
        yield f"{part.head}{heads.colon}{part.text}"
    for head, texts in (
        (heads.motivations, sheet.motivations),
        (heads.relationships, [f"{tie.other}{heads.colon}{tie.text}" for tie in sheet.ties]),
    ):
        yield from [f"{head}{heads.colon}{text}" for text in texts]


def _note(texts: Iterator[str] | list[str]) -> str:
    lines = [part.strip() for text in texts for part in text.split("\n")]
    # Blanks at either end keep brackets of the text apart from the note's own.
    return f"[[ {_unbroken([_inline(part) for part in lines])} ]]"


def _scenes(script: Script) -> Iterator[str]:
    for scene in script.scenes:
        heading = _inline(scene.heading)
        if heading.endswith("#"):  # else what stands between two of them were its number
            heading += _JOINER
        yield f".{heading}" if script.language == "zh" else heading
        for part in scene.parts:
            yield _speech(part) if part.speaker else _action(part.text)


def _action(text: str) -> str:
    lines = (part.rstrip() for part in text.split("\n"))
    return "\n".join(_forced(_inline(part)) for part in lines)


def _forced(text: str) -> str:
    """A line of action, marked as one where it would be read as something else."""
    bare = text.lstrip()
    if not _ELEMENT.match(bare) and not _is_shouted(bare):
        return text
    return f"!{_JOINER}{text}" if bare.startswith("!") else f"!{text}"


def _speech(part: Part) -> str:
    lines = [_cue(part.speaker)]
    if part.manner:
        lines.append(f"({_inline(part.manner)})")
    before = lines[-1]
    for spoken in part.text.split("\n"):
        said = _inline(spoken.strip())
        lines.append(_joined(said, after_a_blank=not before))
        before = said
    return _unbroken(lines)


def _cue(name: str) -> str:
    name = _inline(name)
    if _PLAIN_CUE.fullmatch(name):
        return name
    return f"@{_JOINER}{name}" if name.startswith("@") else f"@{name}"


def _joined(text: str, after_a_blank: bool) -> str:
    """A line of speech, joined to nothing where it would be read as something else."""
    is_other = text.startswith("(") or _ELEMENT.match(text)
    return _JOINER + text if is_other or (after_a_blank and _is_shouted(text)) else text


def _is_shouted(text: str) -> bool:
    """Whether a line could be a cue or a transition for its capitals."""
    head = text.partition("(")[0]
    return head.isupper() or (
        re.search("[A-Z]", head) is not None and re.search("[a-z]", head) is None
    )


def _unbroken(lines: list[str]) -> str:
    """Lines that belong together, the empty ones of two blanks."""
    return "\n".join(part or "  " for part in lines)


def _inline(text: str) -> str:
    """A line of text with no emphasis, note or boneyard in it."""
    text = _PAIRS.sub(rf"\g<0>{_JOINER}", text)
    signs = _EMPHASIS.findall(text)
    if len(signs) == 1 and _LONE.search(text):
        return text
    return _EMPHASIS.sub(r"\\\g<0>", text)
