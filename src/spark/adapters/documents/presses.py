"""Which press sets which format."""

from __future__ import annotations

from ...ports import Press
from ...renditions import FormatName
from . import html, office, portraits
from .fdx import FdxPress
from .fountain import FountainPress
from .html import HtmlPress
from .markdown import MarkdownPress
from .pdf import PdfPress
from .plain import PlainPress
from .word import WordPress


def warm_up() -> None:
    """Load the libraries that the first documents would otherwise wait for."""
    for part in (portraits, office, html):
        part.warm_up()


def presses() -> dict[FormatName, Press]:
    """A press for each format that one project's manuscript is all there is to."""
    return {
        "md": MarkdownPress(),
        "txt": PlainPress(),
        "html": HtmlPress(),
        "docx": WordPress(),
        "pdf": PdfPress(),
        "fountain": FountainPress(),
        "fdx": FdxPress(),
    }
