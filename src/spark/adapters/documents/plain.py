"""The treatment as plain text, wrapped so that any screen or printer shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ...models import Language
from ...renditions import Manuscript
from .treatment import Sheet, Treatment

_WIDTH = 78
"""Columns; a Chinese character takes two."""
_NOT_FIRST = frozenset("，。、；：？！…—”’」』）》〉】·,.;:?!)]}%")
"""Signs that no line begins with (GB/T 15834)."""
_NOT_LAST = frozenset("“‘「『（《〈【([{")


class PlainPress:
    """A `Press` for text files."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The treatment as UTF-8 text."""
        treatment = Treatment.of(manuscript)
        return "\n".join(_lines(treatment)).encode() + b"\n"


def _lines(told: Treatment) -> Iterator[str]:
    heads, language = told.heads, told.language
    yield from _title(told.title, "=")
    if told.name:
        yield told.name
    yield f"{heads.treatment} · {told.version} · {told.date}"
    if told.logline:
        yield from _part(heads.logline)
        yield from wrapped(told.logline, language)
    yield from _part(heads.idea)
    for fact in told.facts:
        yield from wrapped(f"{fact.head}{heads.colon}{fact.text}", language)
    yield from _part(heads.plot)
    for number, point in enumerate(told.plot, 1):
        yield from wrapped(f"{number}. {point}", language, "   ")
    if told.story:
        yield from _part(heads.story)
        for place, paragraph in enumerate(told.story):
            yield from [""] if place else []
            yield from wrapped(paragraph, language)
    if told.sheets:
        yield from _part(heads.cast)
        for sheet in told.sheets:
            yield from _sheet(sheet, told)


def _sheet(sheet: Sheet, told: Treatment) -> Iterator[str]:
    heads, language = told.heads, told.language
    yield ""
    yield from _title(f"{sheet.name} · {sheet.role}" if sheet.role else sheet.name, "-")
    for part in sheet.parts:
        yield from wrapped(f"{part.head}{heads.colon}{part.text}", language)
    for head, texts in (
        (heads.motivations, sheet.motivations),
        (heads.relationships, [f"{tie.other}{heads.colon}{tie.text}" for tie in sheet.ties]),
    ):
        if texts:
            yield f"{head}{heads.colon}".rstrip()
            for text in texts:
                yield from wrapped(f"  - {text}", language, "    ")
    if sheet.tags:
        yield from wrapped(
            f"{heads.continuity}{heads.colon}{heads.separator.join(sheet.tags)}", language
        )


def _part(head: str) -> list[str]:
    return ["", "", *_title(head, "-"), ""]


def _title(text: str, rule: str) -> list[str]:
    return [text, rule * min(_WIDTH, columns(text))]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrapped(text: str, language: Language, indent: str = "") -> list[str]:
    """`text` in lines, each but the first behind `indent`; its own line breaks stay."""
    lines: list[str] = []
    for part in text.split("\n"):
        held = indent if lines else ""
        for piece in _pieces(part):
            if columns(held) + columns(piece.rstrip()) > _WIDTH and held.strip():
                lines.append(held.rstrip())
                held = indent + piece.lstrip()
            else:
                held += piece
        lines.append(held.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """What stays together on a line: a word with its blank, or a Chinese sign and its stop."""
    held = ""
    for sign in text:
        if held and _can_break(held[-1], sign):
            yield held
            held = ""
        held += sign
    if held:
        yield held


def _can_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after.isspace():
        return False
    wide = _columns(before) == 2 or _columns(after) == 2
    return before.isspace() or (wide and before != after)
