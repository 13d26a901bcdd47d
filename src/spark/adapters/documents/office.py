"""An empty Word document in our styles, and the package that it becomes in the end."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ...models import Language, Project
from .treatment import Treatment
from .typeface import FAMILIES, WHOLE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.coreprops import CoreProperties

WIDTH, HEIGHT = 142, 241
"""Millimetres of a page of A4 that are written on."""
TWIPS = 56.6929
"""To the millimetre; there are 1440 to the inch."""

_PARTS = Path(__file__).with_name("parts")
_EASTERN = re.compile("[\u2e80-\ufaff\ufe30-\uffef]")
_VARIABLES: dict[Language, dict[str, str]] = {
    "zh": {
        "latin": "en-US",
        "line": "272",
        "tight": "245",
        "tracking": "60",
        "after": "60",
        "indent": '<w:ind w:firstLine="420" w:firstLineChars="200"/>',
        "justified": "both",
        "instead": "Microsoft YaHei",
        "charset": "86",
    },
    "en": {
        "latin": "en-US",
        "line": "245",
        "tight": "228",
        "tracking": "12",
        "after": "140",
        "indent": "",
        "justified": "left",
        "instead": "Segoe UI",
        "charset": "00",
    },
}
_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}
_FOREIGN = (
    "/thumbnail",
    "/extended-properties",
    "/customXml",
    "/stylesWithEffects",
    "/webSettings",
)
"""What the library's own template brings along and we have no use for."""
_FONTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_BEGINNING = datetime(1980, 1, 1, tzinfo=UTC)
"""No file in a ZIP archive is older."""


def warm_up() -> None:
    """Load what the first document waits for."""
    import docx

    docx.Document()


def blank(told: Treatment, project: Project) -> Document:
    """A document of A4 pages that has our styles, and nothing in it but what it is about."""
    import docx
    from docx.oxml.parser import parse_xml
    from docx.shared import Mm

    document = docx.Document()
    part = document.part
    for owner in (part, part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(_FOREIGN):
                del owner.rels[key]
    for name, element in (
        ("styles", document.styles.element),
        ("numbering", part.numbering_part.element),
        ("settings", document.settings.element),
    ):
        element[:] = list(parse_xml(_part(name, told.language)))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - WIDTH) / 2)
    section.top_margin, section.bottom_margin = Mm(30), Mm(297 - 30 - HEIGHT)
    section.header_distance, section.footer_distance = Mm(16), Mm(14)
    section.different_first_page_header_footer = True
    _describe(document.core_properties, told, project)
    return document


def _part(name: str, language: Language, **more: str) -> str:
    text = (_PARTS / f"{name}.xml").read_text(encoding="utf-8")
    width = str(round(WIDTH * TWIPS))
    return Template(text).substitute(
        _VARIABLES[language], family=FAMILIES[language], eastern=FAMILIES["zh"], width=width, **more
    )


def _describe(about: CoreProperties, told: Treatment, project: Project) -> None:
    about.title, about.subject = told.title, told.heads.treatment
    about.language, about.version = _TAGS[told.language], str(project.version)
    about.created = project.created_at.astimezone(UTC)
    about.modified = project.updated_at.astimezone(UTC)
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.revision = 1


def packed(document: Document, told: Treatment, moment: datetime) -> bytes:
    """The document as a file, with its typefaces; the same today and tomorrow."""
    fonts = _typefaces(document, told.language)
    loose = BytesIO()
    document.save(loose)
    file, date = BytesIO(), max(moment.astimezone(UTC), _BEGINNING).timetuple()[:6]
    with ZipFile(loose) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, date)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, fonts.get(name) or source.read(name))
    return file.getvalue()


def _typefaces(document: Document, language: Language) -> dict[str, bytes]:
    """The document's fonts by their files, which are still empty, to be compressed only once.

    They do not depend on what is written: who goes on writing needs other signs, too, and would
    find them in another typeface. Chinese signs come along where there are any.
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    main, fonts, entries = document.part, {}, ""
    known = main.part_related_by(_FONTS)
    for number, spoken in enumerate(_needed(document, language), 1):
        data = WHOLE[spoken].read_bytes()
        key = UUID(bytes=hashlib.sha256(data).digest()[:16])
        fonts[f"word/fonts/font{number}.odttf"] = obfuscated(data, key)
        entries += _part("font", spoken, relation=f"rId{number}", key=f"{{{key}}}".upper())
    table = Part(known.partname, known.content_type, _fonts_table(entries), main.package)
    for name in fonts:
        table.relate_to(Part(PackURI(f"/{name}"), _OBFUSCATED, b"", main.package), _FONT)
    for place, relation in list(main.rels.items()):
        if relation.reltype == _FONTS:
            del main.rels[place]
    main.relate_to(table, _FONTS)
    return fonts


def _needed(document: Document, language: Language) -> list[Language]:
    """Whose fonts a document needs, its own first."""
    text = str(document.element.body.xpath("string()"))
    return ["en", "zh"] if language == "en" and _EASTERN.search(text) else [language]


def _fonts_table(entries: str) -> bytes:
    return f"<w:fonts {_NAMESPACES}>{entries}</w:fonts>".encode()


def obfuscated(font: bytes, key: UUID) -> bytes:
    """A font as Word embeds it (ECMA-376, part 4, section 17.8.1)."""
    mask = key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]
