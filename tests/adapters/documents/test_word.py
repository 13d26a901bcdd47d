"""The treatment as a Word document, opened with python-docx and by hand."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import docx
import pytest
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from lxml import etree
from PIL import Image as Pictures

from src.spark.adapters.documents.treatment import clean
from src.spark.adapters.documents.word import WordPress
from src.spark.renditions import Image, Manuscript

from .manuscripts import (
    HOSTILE,
    LANGUAGES,
    MOMENT,
    TEXTS,
    a_manuscript,
    a_picture,
    saying,
    squeezed,
    whole,
)


def package(manuscript):
    return zipfile.ZipFile(BytesIO(WordPress().set(manuscript)))


def document(manuscript):
    return docx.Document(BytesIO(WordPress().set(manuscript)))


def styled(opened, *styles):
    return [p.text for p in opened.paragraphs if p.style.name in styles]


def told_in(opened):
    """All text of the body, tables included, in the order of the pages."""
    paragraphs = opened.element.body.iter(qn("w:p"))
    return "\n".join("".join(map(str, p.itertext())) for p in paragraphs)


def rows(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def fields(part):
    return [e.text.strip() for e in part._element.iter(qn("w:instrText"))]


def fonts_in(opened):
    """The embedded fonts by the names that the document calls them by."""
    links = etree.fromstring(opened.read("word/_rels/fontTable.xml.rels"))
    files = {link.get("Id"): link.get("Target") for link in links}
    found = {}
    for entry in etree.fromstring(opened.read("word/fontTable.xml")):
        embedded = entry.find(qn("w:embedRegular"))
        data = opened.read(f"word/{files[embedded.get(qn('r:id'))]}")
        mask = UUID(embedded.get(qn("w:fontKey"))).bytes[::-1]
        plain = bytes(data[place] ^ mask[place % 16] for place in range(32))
        found[entry.get(qn("w:name"))] = TTFont(BytesIO(plain + data[32:]))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told(language):
    manuscript = a_manuscript(language)
    page = squeezed(told_in(document(manuscript)))
    assert [text for text in whole(manuscript) if squeezed(text) not in page] == []


@pytest.mark.parametrize(
    ("language", "title", "name", "logline", "names"),
    [
        ("zh", "寂静频率", "我的科幻项目", "一名宇航员循着信号飞向远方。", ["林夏", "小白"]),
        (
            "en",
            "Silent Frequency",
            "My sci-fi project",
            "An astronaut follows a signal.",
            ["Mia", "Bolt"],
        ),
    ],
)
def test_every_part_has_the_style_that_word_knows_for_it(language, title, name, logline, names):
    opened = document(a_manuscript(language))
    assert styled(opened, "Title") == [title]
    assert styled(opened, "Subtitle") == [name]
    assert styled(opened, "Quote") == [logline]
    assert styled(opened, "Heading 2") == names
    assert len(styled(opened, "Body Text")) == 3
    assert len(styled(opened, "List Number")) == 2
    assert styled(opened, "Caption") != []
    assert {table.style.name for table in opened.tables} == {"Treatment Table"}


def test_headings_tell_the_parts():
    opened = document(a_manuscript("en"))
    assert styled(opened, "Heading 1", "Heading 2") == [
        "Logline",
        "The idea at a glance",
        "Plot points",
        "Story",
        "Characters",
        "Mia",
        "Bolt",
        "Continuity sheet",
        "Relationships",
    ]


def test_parts_that_have_nothing_to_tell_are_left_out():
    opened = document(a_manuscript("en", profiles=[], summary="", narrative_text=""))
    assert styled(opened, "Heading 1") == ["The idea at a glance", "Plot points"]
    assert len(opened.tables) == 1


def test_every_character_begins_a_page_and_no_head_is_left_behind():
    opened = document(a_manuscript("zh", portraits={"林夏": a_picture()}))
    broken = [p.text for p in opened.paragraphs if p.paragraph_format.page_break_before]
    assert broken == ["一句话故事", "故事", "角色设定", "小白", "形象一致性表", "人物关系"]
    kept = [f"Heading {n}" for n in (1, 2, 3)] + ["Title", "Portrait", "Caption", "Table Head"]
    formats = [opened.styles[name].paragraph_format for name in kept]
    assert all(look.keep_with_next for look in formats)


def test_heads_of_tables_are_repeated():
    _, continuity, ties = document(a_manuscript("en")).tables
    for table in (continuity, ties):
        assert table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
    assert rows(continuity)[1] == ["Mia", "A chipped front tooth.", "silver hair, orange suit"]
    assert rows(ties)[1:] == [
        ["Mia", "Bolt", "partner"],
        ["Mia", "A stranger", "not met yet"],
        ["Bolt", "Mia", "friend"],
    ]


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_portraits_are_inline_with_their_names(kind, mode):
    opened = document(a_manuscript("zh", portraits={"小白": a_picture((1600, 800), kind, mode)}))
    band, portrait = opened.inline_shapes
    for shape in (band, portrait):
        assert shape._inline.docPr.get("descr") == "小白"
        assert shape.width == pytest.approx(2 * shape.height, rel=0.01)
    assert portrait.width.mm == pytest.approx(60, abs=0.1)
    [part] = [p for p in opened.part.package.iter_parts() if "/media/" in p.partname]
    assert Pictures.open(BytesIO(part.blob)).size == (720, 360)
    names = [e.get("id") for e in opened.element.body.iter(qn("wp:docPr"))]
    assert len(set(names)) == len(names) == 2


@pytest.mark.parametrize("data", [b"", b"no picture", a_picture().data[:200], b"GIF89a"])
def test_a_picture_nobody_can_read_is_left_out(data):
    opened = document(a_manuscript("zh", portraits={"林夏": Image(data, "image/png", "/x")}))
    assert len(opened.inline_shapes) == 0
    assert "林夏" in styled(opened, "Heading 2")


def test_every_page_but_the_first_has_running_heads():
    [section] = document(a_manuscript("en")).sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert section.first_page_footer.paragraphs[0].text == ""
    assert section.header.paragraphs[0].text.startswith("Silent Frequency\t")
    assert fields(section.header) == ["STYLEREF 1"]
    assert section.footer.paragraphs[0].text.startswith("Treatment · Version 3 · 17 May 2026\t")
    assert fields(section.footer) == ["PAGE", "NUMPAGES"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_a_long_document_has_contents_that_are_there_at_once():
    profiles = [{"name": f"Person {number}"} for number in range(20)]
    opened = document(a_manuscript("en", profiles=profiles))
    assert styled(opened, "toc 2") == [f"Person {number}" for number in range(20)]
    body = opened.element.body
    marks = {e.get(qn("w:name")) for e in body.iter(qn("w:bookmarkStart"))}
    links = [e.get(qn("w:anchor")) for e in body.iter(qn("w:hyperlink"))]
    assert len(links) == 25
    assert set(links) <= marks
    kinds = [e.get(qn("w:fldCharType")) for e in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert not any(e.get(qn("w:dirty")) for e in body.iter(qn("w:fldChar")))
    assert opened.settings.element.find(qn("w:updateFields")) is None


def test_a_short_document_has_no_contents():
    assert fields(document(a_manuscript("en"))) == []


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en-US")])
def test_properties_tell_of_the_project_and_invent_nobody(language, tag):
    manuscript = a_manuscript(language)
    about = document(manuscript).core_properties
    assert about.title == manuscript.project.story_outline.title
    assert about.language == tag
    assert (about.created, about.modified) == (MOMENT, MOMENT)
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    names = package(manuscript).namelist()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]


@pytest.mark.parametrize(("language", "western"), [("zh", "Spark Sans SC"), ("en", "Spark Sans")])
def test_typefaces_are_named_for_all_scripts_and_languages_are_told(language, western):
    styles = document(a_manuscript(language)).styles.element
    for path in ("w:docDefaults//w:rFonts", "w:style[@w:styleId='Normal']//w:rFonts"):
        [fonts] = styles.xpath(path)
        assert fonts.get(qn("w:ascii")) == fonts.get(qn("w:hAnsi")) == western
        assert fonts.get(qn("w:eastAsia")) == "Spark Sans SC"
    [speech] = styles.xpath("w:docDefaults//w:lang")
    assert speech.get(qn("w:eastAsia")) == "zh-CN"
    assert speech.get(qn("w:val")) == "en-US"


@pytest.mark.parametrize(
    ("language", "name", "more"),
    [
        ("zh", "Spark Sans SC", "的一是不了在人有我他"),
        ("en", "Spark Sans", "ABCxyz0189éüñß“”’–—Ωя"),
    ],
)
def test_the_typeface_is_inside_with_all_that_writing_on_needs(language, name, more):
    manuscript = a_manuscript(language)
    opened = package(manuscript)
    [(called, font)] = fonts_in(opened).items()
    signs = set(told_in(document(manuscript))) - {"\n"}
    known = font.getBestCmap()
    assert {sign for sign in signs | set(more) if ord(sign) not in known} == set()
    assert called == font["name"].getDebugName(1) == name
    assert "glyf" in font
    assert font["OS/2"].fsType == 0
    settings_part = etree.fromstring(opened.read("word/settings.xml"))
    assert settings_part.find(qn("w:embedTrueTypeFonts")) is not None


def test_chinese_in_an_english_document_brings_its_typeface_along():
    fonts = fonts_in(package(a_manuscript("en", summary="She says 你好.")))
    assert list(fonts) == ["Spark Sans", "Spark Sans SC"]
    assert ord("你") in fonts["Spark Sans SC"].getBestCmap()


def test_typefaces_of_one_name_are_the_same_in_every_document():
    texts = ["one", "twö", "3 你", "4 好"]
    files = [
        package(a_manuscript("en", summary=text)).read("word/fonts/font1.odttf") for text in texts
    ]
    assert len(set(files)) == 1


def test_the_same_manuscript_gives_the_same_file_whenever_it_is_set():
    manuscript = a_manuscript("zh", portraits={"林夏": a_picture()})
    data = WordPress().set(manuscript)
    assert data == WordPress().set(manuscript)
    entries = zipfile.ZipFile(BytesIO(data)).infolist()
    assert {entry.date_time for entry in entries} == {(2026, 5, 17, 9, 30, 0)}
    assert entries[0].filename == "[Content_Types].xml"


def test_a_project_older_than_any_archive_can_be_set():
    told = a_manuscript("zh")
    moment = datetime(1970, 1, 1, tzinfo=UTC)
    project = told.project.model_copy(update={"updated_at": moment})
    [date] = {e.date_time for e in package(Manuscript(project, "zh", {})).infolist()}
    assert date == (1980, 1, 1, 0, 0, 0)


def is_sound(manuscript, text):
    """Whether every part of a document is well-formed, and all of a text in it."""
    opened = package(manuscript)
    parts = [name for name in opened.namelist() if name.endswith((".xml", ".rels"))]
    assert len(parts) > 10
    for name in parts:
        etree.fromstring(opened.read(name))
    written = document(manuscript)
    assert squeezed(told_in(written)).count(squeezed(clean(text))) >= 10
    assert len(styled(written, "Heading 1")) == 7
    assert written.core_properties.title == " ".join(clean(text[:200]).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_lost_or_becomes_markup(text):
    is_sound(saying(text), text)


@settings(max_examples=30)
@given(TEXTS)
def test_any_text_comes_back_as_it_went_in(text):
    is_sound(saying(f"x{text}", "en"), f"x{text}")


def test_line_breaks_within_a_text_stay():
    opened = document(a_manuscript("en", idea={"plot_points": ["one\ntwo\tthree", "four"]}))
    assert styled(opened, "List Number", "List Continue") == ["one", "two\tthree", "four"]


def test_a_very_long_title_is_shortened_in_the_running_head_alone():
    opened = document(a_manuscript("zh", title="寂" * 200))
    assert styled(opened, "Title") == ["寂" * 200]
    head = opened.sections[0].header.paragraphs[0].text
    assert re.match("寂{21}…\t", head)
