"""The treatment as Markdown, by the CommonMark specification with GitHub's tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...renditions import Manuscript
from .treatment import Sheet, Treatment

_SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
_LEADING = re.compile(
    r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}\s*$|(?<!\d)\d{1,9}(?=[.)]))"
)
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_SPACES = {" ": "%20", "<": "%3C", ">": "%3E", "(": "%28", ")": "%29", "\\": "%5C", "\n": "%0A"}


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
        yield "\n".join(f"> {escaped(part)}" for part in told.logline.split("\n"))
    yield f"## {heads.idea}"
    yield _table(["", ""], [[f"**{fact.head}**", _cell(fact.text)] for fact in told.facts])
    yield f"### {heads.plot}"
    yield "\n".join(f"{n}. {_run(point)}" for n, point in enumerate(told.plot, 1))
    if told.story:
        yield f"## {heads.story}"
        yield from map(escaped, told.story)
    if told.sheets:
        yield f"## {heads.cast}"
        for sheet in told.sheets:
            yield from _sheet(sheet, told)
    if any(sheet.constant or sheet.tags for sheet in told.sheets):
        yield f"## {heads.continuity}"
        yield heads.continuity_note
        rows = [
            [_cell(s.name), _cell(s.constant), _cell(heads.separator.join(s.tags))]
            for s in told.sheets
        ]
        yield _table([heads.characters, heads.constant, heads.tags], rows)
    if told.ties:
        yield f"## {heads.relationships}"
        yield "\n".join(
            f"- **{_run(tie.subject)}** → **{_run(tie.other)}**{heads.colon}{_run(tie.text)}"
            for tie in told.ties
        )


def _sheet(sheet: Sheet, told: Treatment) -> Iterator[str]:
    heads = told.heads
    yield f"### {escaped(sheet.name)}"
    if sheet.portrait:
        yield f"![{_run(sheet.name)}]({address(sheet.portrait.address)})"
    if sheet.role:
        yield f"*{_run(sheet.role)}*"
    for part in sheet.parts:
        yield f"**{part.head}**{heads.colon}{_run(part.text)}"
    if sheet.motivations:
        yield f"**{heads.motivations}**"
        yield "\n".join(f"- {_run(text)}" for text in sheet.motivations)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is; single line breaks stay."""
    return "\\\n".join(_ENTITY.sub("&amp;", _escaped_line(part)) for part in text.split("\n"))


def _escaped_line(text: str) -> str:
    text = _SIGNS.sub(r"\\\1", text)
    return _LEADING.sub(_defused, text)


def _defused(match: re.Match[str]) -> str:
    """What would begin a heading, a list or a rule, made plain text."""
    blank, sign = match.groups()
    return f"{blank}{sign}\\" if sign.isdecimal() else f"{blank}\\{sign}"


def _run(text: str) -> str:
    """`text` within a line."""
    return escaped(" ".join(text.split()))


def _cell(text: str) -> str:
    """`text` in a cell of a table."""
    return "<br>".join(escaped(part) for part in text.split("\n") if part.strip())


def address(url: str) -> str:
    """An address as it stands between brackets."""
    return "".join(_SPACES.get(sign, sign) for sign in url)
