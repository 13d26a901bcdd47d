"""The treatment as plain text, wrapped so that any screen or printer shows it."""

from __future__ import annotations

from collections.abc import Iterator

from ...renditions import Manuscript
from .measures import columns, columns_of, is_part
from .treatment import Sheet, Treatment

_WIDTH = 78
"""Columns; a Chinese character takes two."""
_NOT_FIRST = frozenset("，。、；：？！…—”’」』）》〉】·,.;:?!)]}%")
"""Signs that no line begins with (GB/T 15834)."""
_NOT_LAST = frozenset("“‘「『（《〈【([{")
_UNBROKEN = frozenset("\u00a0\u2007\u202f\u2060\ufeff\u200d")
"""Blanks that hold two words together, and what joins two signs to one."""


class PlainPress:
    """A `Press` for text files."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The treatment as UTF-8 text."""
        treatment = Treatment.of(manuscript)
        return "\n".join(_lines(treatment)).encode() + b"\n"


def _lines(told: Treatment) -> Iterator[str]:
    heads = told.heads
    yield from _title(told.title, "=")
    if told.name:
        yield from wrapped(told.name)
    yield f"{heads.treatment} · {told.version} · {told.date}"
    if told.logline:
        yield from _part(heads.logline)
        yield from wrapped(told.logline)
    yield from _part(heads.idea)
    for fact in told.facts:
        yield from wrapped(f"{fact.head}{heads.colon}{fact.text}")
    if told.plot:
        yield from _part(heads.plot)
        for number, point in enumerate(told.plot, 1):
            yield from _item(f"{number}. ", point)
    if told.story:
        yield from _part(heads.story)
        for place, paragraph in enumerate(told.story):
            yield from [""] if place else []
            yield from wrapped(paragraph)
    if told.sheets:
        yield from _part(heads.cast)
        for place, sheet in enumerate(told.sheets):
            yield from [""] if place else []
            yield from _sheet(sheet, told)
    if told.continuity:
        yield from _part(heads.continuity)
        yield from wrapped(heads.continuity_note)
        for sheet in told.continuity:
            yield from _constant(sheet, told)


def _sheet(sheet: Sheet, told: Treatment) -> Iterator[str]:
    heads = told.heads
    yield from _title(f"{sheet.name} · {sheet.role}" if sheet.role else sheet.name, "-")
    for part in sheet.parts:
        yield from wrapped(f"{part.head}{heads.colon}{part.text}")
    ties = [f"{tie.other}{heads.colon}{tie.text}" if tie.text else tie.other for tie in sheet.ties]
    for head, texts in ((heads.motivations, sheet.motivations), (heads.relationships, ties)):
        if texts:
            yield f"{head}{heads.colon}".rstrip()
            for text in texts:
                yield from _item("  - ", text)


def _constant(sheet: Sheet, told: Treatment) -> Iterator[str]:
    heads = told.heads
    yield ""
    yield from wrapped(f"{sheet.name}{heads.colon}{sheet.constant}".rstrip())
    if sheet.tags:
        yield from wrapped(f"{heads.tags}{heads.colon}{heads.separator.join(sheet.tags)}")


def _part(head: str) -> list[str]:
    return ["", "", *_title(head, "-"), ""]


def _title(text: str, rule: str) -> list[str]:
    lines = wrapped(text)
    return [*lines, rule * max(map(columns, lines))]


def _item(mark: str, text: str) -> list[str]:
    return wrapped(mark + text, " " * len(mark))


def wrapped(text: str, indent: str = "") -> list[str]:
    """`text` in lines, each but the first behind `indent`; its own line breaks stay.

    What has no place to be broken at, such as an address, stays whole though it be longer.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        held = indent if lines else ""
        taken = len(held)
        for piece in _pieces(part):
            if held.strip() and taken + columns(piece.rstrip()) > _WIDTH:
                lines.append(held.rstrip())
                held, taken, piece = indent, len(indent), piece.lstrip()
            held += piece
            taken += columns(piece)
        lines.append(held.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """What stays together on a line: a word with its blank, or a Chinese sign and its stop."""
    begin = 0
    for place in range(1, len(text)):
        if _can_break(text[place - 1], text[place]):
            yield text[begin:place]
            begin = place
    if text:
        yield text[begin:]


def _can_break(before: str, after: str) -> bool:
    if after.isspace() or after in _NOT_FIRST or is_part(after):
        return False
    if before in _NOT_LAST or before in _UNBROKEN:
        return False
    return before.isspace() or columns_of(before) == 2 or columns_of(after) == 2
