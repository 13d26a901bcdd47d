"""The elements that a Word document is made of (ECMA-376, part 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

Element: TypeAlias = "_Element"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WHOLE_ROW = 1200
"""Signs up to which a row is kept on one page."""


def made(tag: str, *inside: Element, **attributes: str) -> Element:
    """One element with its attributes and what is inside it."""
    from lxml.etree import Element as Making

    element = Making(_WORD + tag, {_WORD + name: value for name, value in attributes.items()})
    element.extend(inside)
    return element


def run(text: str, style: str = "", points: float = 0) -> Element:
    """Text of one look; its line breaks and tabs stay."""
    element = made("r")
    look = [made("rStyle", val=style)] if style else []
    if points:
        look += [made(tag, val=str(round(points * 2))) for tag in ("sz", "szCs")]
    if look:
        element.append(made("rPr", *look))
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            element.append(made("br"))
        for tab_number, part in enumerate(line.split("\t")):
            if tab_number:
                element.append(made("tab"))
            if part:
                element.append(_text(part))
    return element


def _text(text: str, tag: str = "t") -> Element:
    element = made(tag)
    element.set(_SPACE, "preserve")
    element.text = text
    return element


def paragraph(style: str, *inside: Element, new_page: bool = False) -> Element:
    """A paragraph of a style; it may begin a new page."""
    look = made("pPr", made("pStyle", val=style))
    if new_page:
        look.append(made("pageBreakBefore"))
    return made("p", look, *inside)


def paragraphs(
    style: str, text: str, first: Iterable[Element] = (), rest: str = ""
) -> list[Element]:
    """A paragraph for each line of `text`; `first` stands before it all, `rest` follow suit."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return [paragraph(style, *first)]
    begun = paragraph(style, *first, run(lines[0]))
    return [begun, *(paragraph(rest or style, run(line)) for line in lines[1:])]


def field(code: str, shown: Sequence[Element] = ()) -> list[Element]:
    """A field; `shown` is what it says until it is computed anew."""
    begin, separate, end = (
        made("r", made("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")
    )
    return [begin, made("r", _text(f" {code} ", "instrText")), separate, *shown, end]


def marked(name: str, number: int, *inside: Element) -> list[Element]:
    """What links and tables of contents can point to."""
    begin = made("bookmarkStart", id=str(number), name=name)
    return [begin, *inside, made("bookmarkEnd", id=str(number))]


def link(name: str, *inside: Element) -> Element:
    """A link to a bookmark."""
    return made("hyperlink", *inside, anchor=name, history="1")


def table(
    caption: str,
    widths: Sequence[int],
    rows: Iterable[Sequence[list[Element]]],
    head: Sequence[str] = (),
) -> Element:
    """A table; its head, where it has one, is repeated on every page."""
    look = made(
        "tblPr",
        made("tblStyle", val="TreatmentTable"),
        made("tblW", w=str(sum(widths)), type="dxa"),
        made("tblLayout", type="fixed"),
        made("tblLook", val="04A0" if head else "0480"),
        made("tblCaption", val=caption),
    )
    grid = made("tblGrid", *(made("gridCol", w=str(width)) for width in widths))
    element = made("tbl", look, grid)
    if head:
        names = [[paragraph("TableHead", run(text))] for text in head]
        element.append(_row(widths, names, made("cantSplit"), made("tblHeader")))
    for cells in rows:
        signs = sum(len(str(t)) for cell in cells for p in cell for t in p.itertext())
        element.append(_row(widths, cells, *([made("cantSplit")] if signs < _WHOLE_ROW else [])))
    return element


def _row(widths: Sequence[int], cells: Sequence[list[Element]], *look: Element) -> Element:
    row = made("tr", *([made("trPr", *look)] if look else []))
    for width, inside in zip(widths, cells, strict=True):
        row.append(made("tc", made("tcPr", made("tcW", w=str(width), type="dxa")), *inside))
    return row
