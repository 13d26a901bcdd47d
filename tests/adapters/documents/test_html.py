"""The treatment as one web page, read by a parser that we did not write."""

from __future__ import annotations

import base64
import hashlib
import re
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from lxml import html
from PIL import Image as Pictures

from src.spark.adapters.documents.html import HtmlPress
from src.spark.adapters.documents.treatment import clean
from src.spark.renditions import Image

from .manuscripts import (
    HOSTILE,
    LANGUAGES,
    TEXTS,
    a_manuscript,
    a_picture,
    saying,
    squeezed,
    whole,
)

TAGS = {"html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section"}
TAGS |= {"article", "div", "h1", "h2", "h3", "h4", "p", "a", "bdi", "ol", "ul", "li"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "img"}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "dir", "id", "href"}
ATTRIBUTES |= {"aria-labelledby", "scope", "src", "width", "height", "alt"}


def page_of(manuscript):
    return html.document_fromstring(HtmlPress().set(manuscript).decode())


def texts(page, path):
    return [element.text_content().strip() for element in page.xpath(path)]


def style_of(page):
    return page.xpath("//style")[0].text_content()


def font_in(page):
    data = re.search(r"url\(\"data:font/woff;base64,([^\"]+)\"\)", style_of(page))[1]
    return TTFont(BytesIO(base64.b64decode(data)))


def policy(page):
    content = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    return dict(part.strip().split(" ", 1) for part in content.split(";"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told(language):
    manuscript = a_manuscript(language)
    page = squeezed(page_of(manuscript).xpath("//body")[0].text_content())
    assert [text for text in whole(manuscript) if squeezed(text) not in page] == []


@pytest.mark.parametrize(
    ("language", "tag", "title", "logline", "names"),
    [
        ("zh", "zh-CN", "寂静频率", "一名宇航员循着信号飞向远方。", ["林夏", "小白"]),
        ("en", "en", "Silent Frequency", "An astronaut follows a signal.", ["Mia", "Bolt"]),
    ],
)
def test_title_logline_and_characters_have_their_places(language, tag, title, logline, names):
    page = page_of(a_manuscript(language))
    assert page.get("lang") == tag
    assert texts(page, "//h1") == [title]
    assert texts(page, "//section[@id='logline']//p") == [logline]
    assert texts(page, "//article//h3") == names


def test_every_line_of_the_story_is_a_paragraph():
    assert texts(page_of(a_manuscript("zh")), "//section[@id='story']/p") == [
        "信号来自木星背后。",
        "她说：“我听见了——就在那里……”",
        "门关上了。",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_level_of_headings_is_skipped(language):
    page = page_of(a_manuscript(language, portraits={"林夏": a_picture()}))
    levels = [int(element.tag[1]) for element in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_leads_somewhere_and_every_part_is_linked():
    page = page_of(a_manuscript("en"))
    places = {element.get("id") for element in page.xpath("//*[@id]")}
    assert {link.removeprefix("#") for link in page.xpath("//a/@href")} <= places
    assert texts(page, "//nav//a") == [
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
    named = [element.get("aria-labelledby") for element in page.xpath("//section|//article|//nav")]
    assert None not in named
    assert set(named) <= places


def test_parts_that_have_nothing_to_tell_are_left_out():
    page = page_of(a_manuscript("en", profiles=[], summary="", narrative_text=""))
    parts = ["The idea at a glance", "Plot points"]
    assert texts(page, "//main//h2") == texts(page, "//nav//a") == parts


def test_table_heads_say_what_they_are_the_head_of():
    page = page_of(a_manuscript("en"))
    assert set(page.xpath("//thead//th/@scope")) == {"col"}
    assert set(page.xpath("//tbody//th/@scope")) == {"row"}
    assert texts(page, "//section[@id='relationships']//tbody/tr[1]/*") == [
        "Mia",
        "Bolt",
        "partner",
    ]
    assert texts(page, "//section[@id='continuity']//tbody/tr[1]//li") == [
        "silver hair",
        "orange suit",
    ]


def test_who_has_a_sheet_is_linked_to_it_and_a_stranger_is_told_all_the_same():
    page = page_of(a_manuscript("en"))
    assert page.xpath("//article[@id='c1']//a[text()='Bolt']/@href") == ["#c2"]
    assert texts(page, "//section[@id='relationships']//bdi") == ["A stranger"]


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("WEBP", "RGB"), ("JPEG", "CMYK")])
def test_portraits_are_inside_and_no_larger_than_needed(kind, mode):
    page = page_of(a_manuscript("zh", portraits={"林夏": a_picture((1600, 800), kind, mode)}))
    [image] = page.xpath("//img")
    data = image.get("src").removeprefix("data:image/jpeg;base64,")
    picture = Pictures.open(BytesIO(base64.b64decode(data)))
    picture.load()
    assert picture.size == (720, 360) == (int(image.get("width")), int(image.get("height")))
    assert image.get("alt") == "林夏"
    assert image.xpath("ancestor::article")[0].get("id") == "c1"


@pytest.mark.parametrize("data", [b"", b"no picture", a_picture().data[:200], b"GIF89a"])
def test_a_picture_nobody_can_read_is_left_out(data):
    portraits = {"林夏": Image(data, "image/png", "/x"), "小白": a_picture()}
    page = page_of(a_manuscript("zh", portraits=portraits))
    assert page.xpath("//img/@alt") == ["小白"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_inside_has_every_sign_of_the_page(language):
    page = page_of(a_manuscript(language))
    signs = {sign for sign in page.xpath("//body")[0].text_content() if not sign.isspace()}
    font = font_in(page)
    assert {sign for sign in signs if ord(sign) not in font.getBestCmap()} == set()
    assert font["maxp"].numGlyphs < 1000
    family = {"zh": "Spark Sans SC", "en": "Spark Sans"}[language]
    assert font["name"].getDebugName(1) == family
    assert f"--fonts: '{family}'," in style_of(page)
    assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert "Copyright" in font["name"].getDebugName(0)


@pytest.mark.parametrize(("language", "is_wide"), [("zh", True), ("en", False)])
def test_quotes_are_as_wide_as_the_language_has_them(language, is_wide):
    font = font_in(page_of(a_manuscript(language)))
    widths = {sign: font["hmtx"][font.getBestCmap()[ord(sign)]][0] for sign in "“”…"}
    assert {sign: width == 1000 for sign, width in widths.items()} == dict.fromkeys("“”…", is_wide)


def test_signs_that_the_font_lacks_fall_to_the_system():
    page = page_of(saying("😀 مرحبا 龘"))
    assert ord("😀") not in font_in(page).getBestCmap()
    assert "PingFang SC" in style_of(page)
    assert "Microsoft YaHei" in style_of(page)
    assert "😀 مرحبا 龘" in texts(page, "//h1")


def test_nothing_is_fetched_and_nothing_is_run():
    page = page_of(a_manuscript("zh", portraits={"林夏": a_picture()}))
    assert page.xpath("//script|//link|//iframe|//object|//form") == []
    digest = base64.b64encode(hashlib.sha256(style_of(page).encode()).digest()).decode()
    assert policy(page) == {
        "default-src": "'none'",
        "img-src": "data:",
        "font-src": "data:",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert page.xpath("//@style") == []
    assert set(re.findall(r"url\(\"(\w+):", style_of(page))) == {"data"}
    assert "@import" not in style_of(page)


def test_pages_have_running_heads_and_numbers_but_the_first():
    style = style_of(page_of(a_manuscript("en")))
    assert 'counter(page) " / " counter(pages)' in style
    assert '@top-left { content: "Silent\\20 Frequency"' in style
    assert '@page c2 { @top-right { content: "Characters\\20 \\b7 \\20 Bolt"' in style
    assert "@page cover { @top-left { content: none }" in style


def test_the_same_manuscript_gives_the_same_page():
    manuscript = a_manuscript("zh", portraits={"林夏": a_picture()})
    assert HtmlPress().set(manuscript) == HtmlPress().set(manuscript)


def is_sound(page, text):
    """Whether a page holds nothing that its template does not have, and all of a text."""
    assert {e.tag for e in page.iter() if isinstance(e.tag, str)} <= TAGS
    assert {name for e in page.iter() for name in e.attrib} <= ATTRIBUTES
    assert len(page.xpath("//style")) == len(page.xpath("//h1")) == 1
    body = squeezed(page.xpath("//body")[0].text_content())
    assert body.count(squeezed(clean(text))) >= 10
    assert len(texts(page, "//nav//a")) == 8


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_lost_or_becomes_markup(text):
    is_sound(page_of(saying(text)), text)


@settings(max_examples=30)
@given(TEXTS)
def test_any_text_comes_back_as_it_went_in(text):
    is_sound(page_of(saying(f"x{text}")), f"x{text}")


def test_no_name_ends_the_style_sheet():
    page = page_of(saying('</style>"} @page { } \\ * { display: none } /*'))
    heads = re.findall(r"@page c1 \{ @top-right \{ content: \"([^\"]*)\"", style_of(page))
    assert len(heads) == 1
    assert re.fullmatch(r"(?:\w|\\[0-9a-f]+ )+", heads[0])
