"""The treatment as a Word document, to edit and to comment on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from ...renditions import Manuscript
from .measures import length, shortened
from .office import TWIPS, blank, packed
from .portraits import Print, printed
from .treatment import Sheet, Treatment
from .wordml import Element, field, link, made, marked, paragraph, paragraphs, run, table

if TYPE_CHECKING:
    from docx.document import Document

_LARGE, _TALL = 60, 72
"""Millimetres a portrait may be wide and high on its page."""
_SMALL, _SMALLER, _MANY = 25, 17, 10
"""Millimetres of a portrait on the title page, and how many there are before it is smaller."""
_TITLES = {"short": 32.0, "long": 24.0, "longest": 15.0}
_NAMES = {"short": 18.0, "long": 14.0, "longest": 11.0}
_FEW_SHEETS, _SHORT_STORY = 4, 10_000
"""Up to which a table of contents helps nobody."""


class WordPress:
    """A `Press` for Word."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The treatment as DOCX with its typeface; pictures nobody can read are left out."""
        told = Treatment.of(manuscript)
        document = blank(told, manuscript.project)
        _run_heads(document, told)
        end = document.element.body[-1]
        for element in _Setting(document, told).everything():
            end.addprevious(element)
        return packed(document, told, manuscript.project.updated_at)


def _run_heads(document: Document, told: Treatment) -> None:
    """The title and the part we are in above every page but the first, its number below."""
    section = document.sections[0]
    made_of = f"{told.heads.treatment} · {told.version} · {told.date}"
    # Heading 1 by its number: in a Word of another language it has another name.
    above = [run(f"{shortened(told.title)}\t"), *field("STYLEREF 1", [run("")])]
    number, of = field("PAGE", [run("2")]), field("NUMPAGES", [run("2")])
    below = [run(f"{made_of}\t"), *number, run(" / "), *of]
    for part, style, inside in (
        (section.header, "Header", above),
        (section.footer, "Footer", below),
        (section.first_page_header, "Header", None),
        (section.first_page_footer, "Footer", None),
    ):
        part.is_linked_to_previous = False
        # The first page has none, nor the line that stands under one.
        filled = paragraph(style, *inside) if inside else paragraph("Normal")
        part._element[:] = [filled]


@dataclass(frozen=True)
class _Entry:
    """A line of the table of contents, and the heading it points to."""

    level: int
    name: str
    text: str


def _entries(told: Treatment) -> Iterator[_Entry]:
    heads = told.heads
    for there, name, text in (
        (told.logline, "logline", heads.logline),
        (told.facts, "idea", heads.idea),
        (told.plot, "plot", heads.plot),
        (told.story, "story", heads.story),
        (told.sheets, "cast", heads.cast),
    ):
        if there:
            yield _Entry(1, name, text)
    for number, sheet in enumerate(told.sheets, 1):
        yield _Entry(2, f"c{number}", sheet.name)
    if told.continuity:
        yield _Entry(1, "continuity", heads.continuity)
    if told.ties:
        yield _Entry(1, "relationships", heads.relationships)


class _Setting:
    """Sets the parts of one treatment."""

    def __init__(self, document: Document, told: Treatment) -> None:
        self._document, self._told, self._heads = document, told, told.heads
        self._entries = list(_entries(told))
        self._numbers = {entry.name: number for number, entry in enumerate(self._entries)}
        self._prints = [printed(s.portrait) if s.portrait else None for s in told.sheets]

    def everything(self) -> Iterator[Element]:
        """All of it, in the order of the pages."""
        yield from self._title_page()
        contents = len(self._told.sheets) > _FEW_SHEETS or self._is_long()
        if contents:
            yield from self._contents()
        yield from self._idea()
        if self._told.story:
            yield self._heading("story", new_page=True)
            yield from (paragraph("BodyText", run(text)) for text in self._told.story)
        for number, sheet in enumerate(self._told.sheets, 1):
            yield from self._sheet(number, sheet, self._prints[number - 1])
        if self._told.continuity:
            yield from self._continuity()
        if self._told.ties:
            yield from self._relationships()

    def _is_long(self) -> bool:
        return sum(map(len, self._told.story)) > _SHORT_STORY

    def _title_page(self) -> Iterator[Element]:
        told = self._told
        yield paragraph("Eyebrow", run(self._heads.treatment))
        yield paragraph("Title", run(told.title, points=_TITLES[length(told.title)]))
        if told.name:
            yield paragraph("Subtitle", run(told.name))
        yield paragraph("Edition", run(f"{told.version} · {told.date}"))
        pictured = [(s, p) for s, p in zip(told.sheets, self._prints, strict=True) if p]
        if pictured and length(told.title + told.name) != "longest":
            side = _SMALL if len(pictured) <= _MANY else _SMALLER
            yield paragraph("Portrait", *self._band(pictured, side))

    def _band(self, pictured: list[tuple[Sheet, Print]], side: int) -> Iterator[Element]:
        for sheet, made_print in pictured:
            yield self._picture(made_print, sheet.name, side, side)
            yield run("   ")

    def _contents(self) -> Iterator[Element]:
        """A table of contents that is there at once: page numbers would have to be asked for."""
        yield paragraph("TOCHeading", run(self._heads.contents))
        begin, code, separate, end = field(r'TOC \o "1-2" \n \h \z \u')
        for entry in self._entries:
            first, last = entry is self._entries[0], entry is self._entries[-1]
            shown = link(_bookmark(entry.name), run(entry.text))
            inside = [*((begin, code, separate) if first else ()), shown, *((end,) if last else ())]
            yield paragraph(f"TOC{entry.level}", *inside)

    def _heading(self, name: str, new_page: bool = False, points: float = 0) -> Element:
        number = self._numbers[name]
        entry = self._entries[number]
        inside = marked(_bookmark(name), number, run(entry.text, points=points))
        return paragraph(f"Heading{entry.level}", *inside, new_page=new_page)

    def _idea(self) -> Iterator[Element]:
        told = self._told
        if told.logline:
            yield self._heading("logline", new_page=True)
            yield from paragraphs("Quote", told.logline)
        yield self._heading("idea", new_page=not told.logline)
        rows = [
            [[paragraph("TableHead", run(fact.head))], paragraphs("TableText", fact.text)]
            for fact in told.facts
        ]
        yield table(self._heads.idea, _widths(30, 112), rows)
        if told.plot:
            yield self._heading("plot")
            for point in told.plot:
                yield from paragraphs("ListNumber", point, rest="ListContinue")

    def _sheet(self, number: int, sheet: Sheet, made_print: Print | None) -> Iterator[Element]:
        if number == 1:
            yield self._heading("cast", new_page=True)
        points = _NAMES[length(sheet.name)]
        yield self._heading(f"c{number}", new_page=number > 1, points=points)
        if sheet.role:
            yield paragraph("Role", run(sheet.role))
        if made_print:
            yield paragraph("Portrait", self._picture(made_print, sheet.name, _LARGE, _TALL))
        for part in sheet.parts:
            yield paragraph("Heading3", run(part.head))
            yield from paragraphs("Normal", part.text)
        if sheet.motivations:
            yield paragraph("Heading3", run(self._heads.motivations))
            for text in sheet.motivations:
                yield from paragraphs("ListBullet", text, rest="ListContinue")
        if sheet.ties:
            yield paragraph("Heading3", run(self._heads.relationships))
            for tie in sheet.ties:
                label = [run(tie.other, style="Person")]
                if tie.text:
                    label.append(run(self._heads.colon))
                yield from paragraphs("ListBullet", tie.text, label, rest="ListContinue")

    def _continuity(self) -> Iterator[Element]:
        heads = self._heads
        yield self._heading("continuity", new_page=True)
        yield paragraph("Caption", run(heads.continuity_note))
        rows = [
            [
                [paragraph("TableText", run(sheet.name))],
                paragraphs("TableText", sheet.constant),
                [paragraph("TableText", run(heads.separator.join(sheet.tags)))],
            ]
            for sheet in self._told.continuity
        ]
        head = [heads.characters, heads.constant, heads.tags]
        yield table(heads.continuity, _widths(30, 70, 42), rows, head)

    def _relationships(self) -> Iterator[Element]:
        heads = self._heads
        yield self._heading("relationships", new_page=True)
        rows = [
            [
                [paragraph("TableText", run(tie.subject))],
                [paragraph("TableText", run(tie.other))],
                paragraphs("TableText", tie.text),
            ]
            for tie in self._told.ties
        ]
        head = [heads.subject, heads.other, heads.tie]
        yield table(heads.relationships, _widths(34, 34, 74), rows, head)

    def _picture(self, picture: Print, name: str, wide: float, high: float) -> Element:
        """A picture within a line, as large as `wide` and `high` allow, in millimetres."""
        from docx.shared import Mm

        width = min(wide, high * picture.width / picture.height)
        inline = self._document.part.new_pic_inline(BytesIO(picture.data), width=Mm(width))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        inline.docPr.set("name", f"portrait {inline.docPr.id}")
        inline.docPr.set("descr", name)
        return made("r", made("drawing", inline))


def _bookmark(name: str) -> str:
    return f"_Toc_{name}"


def _widths(*millimetres: int) -> list[int]:
    return [round(width * TWIPS) for width in millimetres]
