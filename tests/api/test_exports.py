"""Every format of a project, opened with a library that did not write it."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import orjson
import pypdfium2
import pytest
import screenplain.parsers.fountain
from lxml import etree
from PIL import Image

from src.spark.api.app import create_app
from src.spark.renditions import FORMATS

IDEAS = {
    "zh": {
        "theme": "在火星上求生",
        "genre": "科幻",
        "basic_characters": ["宇航员林夏", "机器人阿尔法", "指挥官周衡"],
        "plot_points": ["林夏在坠毁的飞船里醒来", "阿尔法说：“别怕。”", "周衡要她放弃温室"],
        "duration_preference": 180,
    },
    "en": {
        "theme": "survival on Mars",
        "genre": "sci-fi",
        "basic_characters": ["Mia Chen", "robot Alpha", "commander Hale"],
        "plot_points": [
            "Mia wakes up in the wrecked ship",
            'Alpha says, "Don\'t be afraid."',
            "Hale tells her to give up the greenhouse",
        ],
        "duration_preference": 180,
    },
}
DOCUMENTS = ["md", "txt", "html", "docx", "pdf"]
SCREENPLAYS = ["fountain", "fdx"]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return create_app("testing", SPARK_DATA_DIR=tmp_path_factory.mktemp("exports")).test_client()


@pytest.fixture(scope="module")
def projects(client):
    """A normal project in each language, with portraits."""
    made = {}
    for language, idea in IDEAS.items():
        asked = {"user_idea": idea}
        told = client.post("/api/content/story/generate", json=asked).json["story_outline"]
        body = {**asked, "story_outline": told}
        cast = client.post("/api/content/characters/generate", json=body).json["character_profiles"]
        confirmed = {**body, "character_profiles": cast, "project_name": f"项目 {language}"}
        made[language] = client.post("/api/projects", json=confirmed).json["project"]
    return made


def export(client, project, made):
    response = client.get(f"/api/projects/{project['project_id']}/export?format={made}")
    assert response.status_code == 200, response.text
    return response


class _Words(HTMLParser):
    """The words of a page that a person sees."""

    def __init__(self):
        super().__init__()
        self.words, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data):
        self.words += [] if self.hidden else [data]


def words_of_page(data):
    page = _Words()
    page.feed(data.decode())
    return "\n".join(page.words)


def words_of_docx(data):
    document = docx.Document(io.BytesIO(data))
    texts = [p.text for p in document.paragraphs]
    for table in document.tables:
        texts += [cell.text for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def words_of_pdf(data):
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def words_of_fountain(data):
    """Title page and scenes as a reader of the format has them, notes too."""
    script = screenplain.parsers.fountain.parse(io.StringIO(data.decode()))
    lines = [value for values in script.title_page.values() for value in values]
    for paragraph in script.paragraphs:
        lines += [str(line) for line in getattr(paragraph, "lines", [])]
        lines += [str(text) for _, text in getattr(paragraph, "blocks", [])]
        lines += [str(getattr(paragraph, "line", "")), str(getattr(paragraph, "character", ""))]
    return "\n".join(lines)


def words_of_fdx(data):
    return "\n".join(text for text in etree.fromstring(data).itertext())


READERS = {
    "md": lambda data: data.decode().replace("\\", ""),
    "txt": bytes.decode,
    "html": words_of_page,
    "docx": words_of_docx,
    "pdf": words_of_pdf,
    "fountain": words_of_fountain,
    "fdx": words_of_fdx,
}


def compact(text):
    """`text` without what setting it may change: blanks, hyphens, capitals, kinds of quotes."""
    return re.sub(r"[\s\u00ad\u2010\u2060\ufffe\x02-]", "", text).casefold()


def sentences(story):
    """The parts of a story in which nobody speaks."""
    parts = re.split(r"(?<=[。！？.!?])\s*", re.sub(r"[“\"「][^”\"」]*[”\"」]", "|", story))
    return [part for part in parts if len(part) > 8 and "|" not in part]


@pytest.mark.parametrize("language", IDEAS)
@pytest.mark.parametrize("made", DOCUMENTS + SCREENPLAYS)
def test_title_story_and_every_character_are_found(client, projects, language, made):
    project = projects[language]
    words = compact(READERS[made](export(client, project, made).data))
    outline = project["story_outline"]
    assert compact(outline["title"]) in words
    told = sentences(outline["narrative_text"])
    assert len(told) > 8
    assert [part for part in told if compact(part) not in words] == []
    for profile in project["character_profiles"]:
        assert compact(profile["name"]) in words
        if made in DOCUMENTS:
            assert compact(profile["personality"]) in words


@pytest.mark.parametrize("language", IDEAS)
@pytest.mark.parametrize("made", [*DOCUMENTS, *SCREENPLAYS, "zip"])
def test_a_file_has_its_type_and_its_name(client, projects, language, made):
    response = export(client, projects[language], made)
    assert response.mimetype == FORMATS[made].media_type
    assert response.headers["Content-Disposition"] == (
        f"attachment; filename=\"{language}.{made}\"; "
        f"filename*=UTF-8''%E9%A1%B9%E7%9B%AE%20{language}.{made}"
    )
    assert ("charset=utf-8" in response.content_type) == response.mimetype.startswith("text/")


@pytest.mark.parametrize("language", IDEAS)
def test_everything_is_in_one_archive_with_the_images(client, projects, language, tmp_path):
    project = projects[language]
    data = export(client, project, "zip").data
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    for made in DOCUMENTS + SCREENPLAYS:
        name = f"项目 {language}.{made}"
        if made != "md":
            assert archive.read(name) == export(client, project, made).data
    folder = f"projects/{project['project_id']}"
    stored = orjson.loads(archive.read(f"{folder}/project.json"))
    assert stored["project_name"] == project["project_name"]
    images = [name for name in archive.namelist() if name.startswith("images/")]
    assert len(images) == len(project["character_profiles"])
    pointed = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", archive.read(f"项目 {language}.md").decode())
    assert [address.replace("%20", " ") for address in pointed] == images
    for name, profile in zip(images, project["character_profiles"], strict=True):
        assert archive.read(name) == client.get(profile["image_url"]).data
        assert Image.open(io.BytesIO(archive.read(name))).size == (1024, 1024)
    elsewhere = create_app("testing", SPARK_DATA_DIR=tmp_path).test_client()
    taken = elsewhere.post("/api/projects/import", data=data, content_type="application/zip")
    assert [r["outcome"] for r in taken.json["results"]] == ["imported"]
    there = elsewhere.get(f"/api/projects/{project['project_id']}").json["project"]
    assert there == project


def test_markdown_points_to_the_pictures_of_this_server(client, projects):
    text = export(client, projects["zh"], "md").data.decode()
    for profile in projects["zh"]["character_profiles"]:
        assert f"](http://localhost{profile['image_url']})" in text


@pytest.mark.parametrize("made", DOCUMENTS)
def test_an_export_is_the_same_each_time(client, projects, made):
    project = projects["zh"]
    assert export(client, project, made).data == export(client, project, made).data


@pytest.mark.parametrize("made", [*DOCUMENTS, *SCREENPLAYS, "zip"])
def test_the_least_that_a_project_can_be_has_every_format(client, made):
    body = {
        "user_idea": {
            "theme": "x",
            "genre": "y",
            "basic_characters": ["z"],
            "plot_points": ["门开了。"],
        },
        "story_outline": {"title": "?"},
        "character_profiles": [],
    }
    project = client.post("/api/projects", json=body).json["project"]
    assert export(client, project, made).data


@pytest.mark.parametrize("made", [*DOCUMENTS, *SCREENPLAYS, "zip"])
def test_a_lost_picture_is_left_out(client, made):
    lost = f"/api/content/images/{'a' * 40}.png"
    body = {
        "user_idea": IDEAS["zh"],
        "story_outline": {"title": "灯塔", "narrative_text": "夜里，灯塔亮了。"},
        "character_profiles": [
            {"name": "守塔人", "image_url": lost},
            {"name": "渔夫", "image_url": "https://example.com/x.png"},
        ],
    }
    project = client.post("/api/projects", json=body).json["project"]
    data = export(client, project, made).data
    assert data
    if made in READERS:
        assert "守塔人" in READERS[made](data)


def test_a_screenplay_is_written_by_the_writer_of_the_time_and_entered(client, projects):
    before = client.get("/api/usage").json["data"]
    export(client, projects["en"], "fountain")
    after = client.get("/api/usage").json["data"]
    assert before != after
