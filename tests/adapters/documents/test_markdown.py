"""The treatment as Markdown, read back by a reader of CommonMark that we did not write."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt

from src.spark.adapters.documents.markdown import MarkdownPress, escaped
from src.spark.adapters.documents.treatment import clean

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

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAGS = {"h1", "h2", "h3", "p", "blockquote", "ul", "ol", "li", "strong", "br"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
TAG = re.compile(r"<[^>]*>")


def read(manuscript):
    """The Markdown of a manuscript as HTML, by the reader."""
    return READER.render(MarkdownPress().set(manuscript).decode())


def shown(page):
    """What a reader of a page sees of it."""
    return html.unescape(TAG.sub("", page))


def headings(page):
    return [(level, shown(text)) for level, text in re.findall(r"<h(\d)>(.*?)</h\d>", page)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told(language):
    manuscript = a_manuscript(language)
    page = squeezed(shown(read(manuscript)))
    assert [text for text in whole(manuscript) if squeezed(text) not in page] == []


def test_headings_tell_the_parts():
    assert headings(read(a_manuscript("en"))) == [
        ("1", "Silent Frequency"),
        ("2", "Logline"),
        ("2", "The idea at a glance"),
        ("3", "Plot points"),
        ("2", "Story"),
        ("2", "Characters"),
        ("3", "Mia"),
        ("3", "Bolt"),
        ("2", "Continuity sheet"),
        ("2", "Relationships"),
    ]


def test_parts_that_have_nothing_to_tell_are_left_out():
    page = read(a_manuscript("en", profiles=[], summary="", narrative_text=" \n "))
    assert [text for _, text in headings(page)] == [
        "Silent Frequency",
        "The idea at a glance",
        "Plot points",
    ]


def test_every_line_of_the_story_is_a_paragraph():
    page = read(a_manuscript("zh", profiles=[]))
    story = page[page.index("<h2>故事</h2>") :]
    assert [shown(text) for text in re.findall(r"<p>(.*?)</p>", story)] == [
        "信号来自木星背后。",
        "她说：“我听见了——就在那里……”",
        "门关上了。",
    ]


def test_plot_points_are_numbered_and_keep_their_lines():
    page = read(a_manuscript("en", idea={"plot_points": ["one\ntwo", "- three"] * 6}))
    plot = re.search(r"<ol>(.*?)</ol>", page, re.DOTALL)[1]
    items = re.findall(r"<li>(.*?)</li>", plot, re.DOTALL)
    assert items == ["one<br />\ntwo", "- three"] * 6


def test_portraits_are_pointed_to():
    page = read(a_manuscript("zh", portraits={"林夏": a_picture()}))
    assert f'<img src="https://spark.test/media/{"0" * 40}.png" alt="林夏" />' in page
    assert page.count("<img") == 1


def test_an_address_of_any_signs_stays_one_address():
    portrait = a_picture()
    strange = type(portrait)(portrait.data, portrait.media_type, 'https://x/a (b)\\<c>"\n图.png')
    page = read(a_manuscript("zh", portraits={"林夏": strange}))
    assert 'src="https://x/a%20%28b%29%5C%3Cc%3E%22%0A%E5%9B%BE.png"' in page


def test_relationships_and_continuity_are_tables():
    page = read(a_manuscript("en"))
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [[shown(c) for c in re.findall(r"<t[hd]>(.*?)</t[hd]>", row)] for row in rows]
    assert ["Mia", "A chipped front tooth.", "silver hair, orange suit"] in cells
    assert ["Mia", "A stranger", "not met yet"] in cells


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_lost_or_becomes_markup(text):
    manuscript = saying(text)
    page = read(manuscript)
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= TAGS
    assert page.count("<h1>") == 1
    assert squeezed(shown(page)).count(squeezed(clean(text))) >= 10


@given(TEXTS)
@example("a\n\n    b")
@example("&ampamp;")
def test_any_text_comes_back_as_it_went_in(text):
    text = clean(text)
    page = READER.render(f"{escaped(text)}\n\nend")
    assert squeezed(shown(page)) == squeezed(f"{text}end")
    assert set(re.findall(r"</?(\w+)", page)) <= {"p", "br"}


@given(TEXTS)
def test_any_name_can_be_told(text):
    if clean(text):
        manuscript = a_manuscript(
            "en", profiles=[{"name": f"x{text}", "relationships": {text: text}}], title=f"x{text}"
        )
        page = read(manuscript)
        name = squeezed(f"x{text}")
        assert [squeezed(said) for _, said in headings(page)].count(name) == 2
        assert page.count("<table>") == (2 if "<th>Tags</th>" in page else 1)
