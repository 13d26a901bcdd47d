"""The treatment as one web page that needs nothing else: pictures, font and style are inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...models import Language
from ...renditions import Manuscript
from .measures import length, shortened
from .portraits import printed
from .treatment import Sheet, Treatment
from .typeface import FAMILIES, cut

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_FOLDER = Path(__file__).with_name("web")
_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
_CHINESE = (
    '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", '
    '"Source Han Sans SC", "Noto Sans SC"'
)
_FONTS: dict[Language, str] = {
    "zh": f"'{FAMILIES['zh']}', {_CHINESE}, system-ui, sans-serif",
    "en": f"'{FAMILIES['en']}', system-ui, 'Segoe UI', Roboto, {_CHINESE}, sans-serif",
}
"""Ours, and whom to ask for what it lacks."""
_BY_PAGES = "0123456789/ "


class HtmlPress:
    """A `Press` for web pages."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The treatment as UTF-8 HTML; pictures nobody can read are left out."""
        from markupsafe import Markup

        told = Treatment.of(manuscript)
        templates = _templates()
        body = templates.get_template("treatment.html").render(
            told=told,
            portraits=[_portrait(sheet) for sheet in told.sheets],
            person=_linked({s.name: n for n, s in reversed(list(enumerate(told.sheets, 1)))}),
            length=length,
            shortened=shortened,
        )
        style = _style(told, body)
        page = templates.get_template("page.html").render(
            told=told,
            tag=_TAGS[told.language],
            digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            style=Markup(style),
            body=Markup(body),
        )
        return page.encode()


def warm_up() -> None:
    """Load what the first page waits for: the templates, and what cuts the font."""
    for name in ("treatment.html", "page.html"):
        _templates().get_template(name)
    cut(_BY_PAGES, "en", "woff")


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True)
class _Portrait:
    data: str
    width: int
    height: int


def _portrait(sheet: Sheet) -> _Portrait | None:
    made = printed(sheet.portrait) if sheet.portrait else None
    return (
        _Portrait(base64.b64encode(made.data).decode(), made.width, made.height) if made else None
    )


def _linked(places: dict[str, int]) -> Callable[[str], Markup]:
    """Shows a name, as a link to its sheet where it has one."""
    from markupsafe import Markup

    def person(name: str) -> Markup:
        if name in places:
            return Markup('<a href="#c{}" dir="auto">{}</a>').format(places[name], name)
        return Markup("<bdi>{}</bdi>").format(name)

    return person


def _style(told: Treatment, body: str) -> str:
    """The style sheet, with a font of all signs of the page in it."""
    family = FAMILIES[told.language]
    font = base64.b64encode(cut(body + _BY_PAGES, told.language, "woff")).decode()
    return "\n".join(
        [
            f'@font-face {{ font-family: "{family}"; '
            f'src: url("data:font/woff;base64,{font}") format("woff"); }}',
            f":root {{ --fonts: {_FONTS[told.language]}; }}",
            (_FOLDER / "treatment.css").read_text(encoding="utf-8"),
            *_pages(told),
        ]
    )


def _pages(told: Treatment) -> Iterator[str]:
    """Running heads and page numbers, and what begins on a page of its own."""
    heads, fonts = told.heads, _FONTS[told.language]
    made = f"{heads.treatment} · {told.version} · {told.date}"
    small = f"font: 400 8pt/1.4 {fonts}; color: #5f6670; white-space: nowrap"
    yield (
        "@page { margin: 32mm 30mm 28mm; "
        f"@top-left {{ content: {_quoted(shortened(told.title))}; {small} }} "
        f"@top-right {{ content: {_quoted(heads.idea)}; {small} }} "
        f"@bottom-left {{ content: {_quoted(made)}; {small} }} "
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {small} }} }}'
    )
    corners = "top-left", "top-right", "bottom-left", "bottom-right"
    yield f"@page cover {{ {' '.join(f'@{corner} {{ content: none }}' for corner in corners)} }}"
    labels = {"story": heads.story, "continuity": heads.continuity}
    labels |= {"relationships": heads.relationships}
    for name, label in labels.items():
        yield _named_page(f"#{name}", name, label)
    for number, sheet in enumerate(told.sheets, 1):
        label = f"{heads.cast} · {sheet.name}"
        yield _named_page(f"#c{number}", f"c{number}", label)
    if told.sheets:
        yield "@media print { #cast { page: c1 } }"


def _named_page(selector: str, name: str, label: str) -> str:
    return (
        f"@page {name} {{ @top-right {{ content: {_quoted(shortened(label))} }} }} "
        f"@media print {{ {selector} {{ page: {name} }} }}"
    )


def _quoted(text: str) -> str:
    """A string of CSS: every sign that is no letter is spelled by its number."""
    return '"' + "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in text) + '"'
