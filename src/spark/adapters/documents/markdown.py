"""The treatment as Markdown, by the CommonMark specification with GitHub's tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from ...renditions import Manuscript
from .treatment import Fact, Sheet, Treatment

_SIGNS = re.compile(r"([\\`*_\[\]<>|~#$])")
_LEADING = re.compile(r"^(?:[-+=]|:(?=-)|\d{1,9}(?=[.)]))")
"""What begins a list, a rule, the underline of a heading or of a table's head."""
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_IN_ADDRESSES = "/:?&=%@+,;!~-._"


class MarkdownPress:
    """A `Press` for Markdown."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The treatment as UTF-8 Markdown; portraits are pointed to by their addresses."""
        blocks = _blocks(Treatment.of(manuscript))
        return "\n\n".join(blocks).encode() + b"\n"


def _blocks(told: Treatment) -> Iterator[str]:
    heads = told.heads
    yield f"# {escaped(told.title)}"
    by = [told.name, heads.treatment, told.version, told.date]
    yield " · ".join(escaped(part) for part in by if part)
    if told.logline:
        yield f"## {heads.logline}"
        yield _behind("> ", "> ", told.logline)
    yield f"## {heads.idea}"
    yield "\n".join(f"- {_labelled(fact, told, '  ')}" for fact in told.facts)
    if told.plot:
        yield f"### {heads.plot}"
        yield "\n".join(_numbered(n, point) for n, point in enumerate(told.plot, 1))
    if told.story:
        yield f"## {heads.story}"
        yield from map(escaped, told.story)
    if told.sheets:
        yield f"## {heads.cast}"
        for sheet in told.sheets:
            yield from _sheet(sheet, told)
    if told.continuity:
        yield f"## {heads.continuity}"
        yield heads.continuity_note
        rows = [[s.name, s.constant, heads.separator.join(s.tags)] for s in told.continuity]
        yield _table([heads.characters, heads.constant, heads.tags], rows)
    if told.ties:
        yield f"## {heads.relationships}"
        rows = [[tie.subject, tie.other, tie.text] for tie in told.ties]
        yield _table([heads.subject, heads.other, heads.tie], rows)


def _sheet(sheet: Sheet, told: Treatment) -> Iterator[str]:
    heads = told.heads
    yield f"### {escaped(sheet.name)}"
    if sheet.portrait:
        address = quote(sheet.portrait.address, safe=_IN_ADDRESSES)
        yield f"![{escaped(sheet.name)}]({address})"
    parts = [Fact(heads.role, sheet.role)] if sheet.role else []
    yield from (_labelled(part, told) for part in [*parts, *sheet.parts])
    if sheet.motivations:
        yield f"**{heads.motivations}**"
        yield "\n".join(_behind("- ", "  ", text) for text in sheet.motivations)


def _labelled(fact: Fact, told: Treatment, indent: str = "") -> str:
    return _behind(f"**{fact.head}**{told.heads.colon}", indent, fact.text)


def _numbered(number: int, text: str) -> str:
    mark = f"{number}. "
    return _behind(mark, " " * len(mark), text)


def _behind(mark: str, indent: str, text: str) -> str:
    """`text` behind `mark`, and every line after the first one behind `indent`."""
    return mark + escaped(text).replace("\n", f"\n{indent}")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *(list(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(text: str) -> str:
    """`text` in a cell of a table, where no line can be broken but by HTML."""
    return "<br>".join(_escaped_line(part) for part in text.split("\n") if part.strip())


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is; single line breaks stay."""
    return "\\\n".join(map(_escaped_line, text.split("\n")))


def _escaped_line(text: str) -> str:
    signs = _ENTITY.sub("&amp;", _SIGNS.sub(r"\\\1", text.strip()))
    return _LEADING.sub(_defused, signs)


def _defused(match: re.Match[str]) -> str:
    sign = match[0]
    return f"{sign}\\" if sign[0].isdigit() else f"\\{sign}"
