"""How long exporting a project takes, beside the bare library writing the same text.

    python -m benchmarks.export [--rounds 5]

A normal project is made in Chinese and in English by the offline writer and illustrator: a film of
five minutes with four characters and their portraits. For each format one process asks for the
export once, cold, with nothing loaded, and then so many times; in turn with each of these the
library that the format is written with writes the same paragraphs and pictures with nothing around
them. Another process asks once, warm, as a server does that has loaded what it loads after its
start. Printed for each format: the cold answer and the warm one, the median of the others, the
library's median, the ratio of the two and the size of the file; at the end whether each took less
than a second, a PDF two.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import orjson

from src.spark.adapters.documents.treatment import Treatment
from src.spark.api.app import create_app
from src.spark.models import Project
from src.spark.renditions import FORMATS, Manuscript
from src.spark.services.exports import language_of_project

FONTS = Path(__file__).parents[1] / "src" / "spark" / "assets"
AIMS = dict.fromkeys(FORMATS, 1.0) | {"pdf": 2.0}
IDEAS: dict[str, dict[str, Any]] = {
    "zh": {
        "theme": "在火星上求生",
        "genre": "科幻",
        "basic_characters": ["宇航员林夏", "机器人阿尔法", "指挥官周衡", "植物学家许愿"],
        "plot_points": [
            "林夏在坠毁的飞船里醒来",
            "阿尔法只剩一半的电",
            "周衡在无线电里要她放弃温室",
            "许愿在风暴中走失",
            "他们一起修好了发射塔",
        ],
        "duration_preference": 300,
    },
    "en": {
        "theme": "survival on Mars",
        "genre": "sci-fi",
        "basic_characters": ["Mia Chen", "robot Alpha", "commander Hale", "botanist Ines"],
        "plot_points": [
            "Mia wakes up in the wrecked ship",
            "Alpha has half its power left",
            "Hale tells her over the radio to give up the greenhouse",
            "Ines is lost in the storm",
            "together they repair the launch tower",
        ],
        "duration_preference": 300,
    },
}


def main() -> None:
    """Print the table and the aims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "ID", "FORMAT"), help="a part of it")
    parser.add_argument("--warm", action="store_true", help="of that part the warm answer alone")
    options = parser.parse_args()
    if options.one:
        folder, project_id, name = options.one
        measure = warm if options.warm else measured
        print(json.dumps(measure(Path(folder), project_id, name, options.rounds)))
        return
    slow: dict[str, list[str]] = {"cold": [], "warm": [], "then": []}
    print("format     language    cold s   warm s   then s   bare s   ratio   KiB")
    with tempfile.TemporaryDirectory() as folder:
        for language, idea in IDEAS.items():
            project_id = make_project(Path(folder), idea)
            for name in FORMATS:
                part = folder, project_id, name, "--rounds", str(options.rounds)
                figures = in_process(*part) | in_process(*part, "--warm")
                print(row(name, language, figures), flush=True)
                for key, names in slow.items():
                    if figures[key] >= AIMS[name]:
                        names.append(f"{name} ({language})")
    print()
    for key, names in slow.items():
        print(f"under a second, PDF under two, {key}: {'no: ' if names else 'yes'}", end="")
        print(", ".join(names))


def row(name: str, language: str, figures: dict[str, float]) -> str:
    """One line of the table."""
    cold, warm, then, bare = (figures[key] for key in ("cold", "warm", "then", "bare"))
    size = figures["size"] / 1024
    seconds = f"{cold:9.3f} {warm:8.3f} {then:8.3f} {bare:8.3f}"
    return f"{name:10} {language:8} {seconds} {then / bare:7.1f} {size:6.0f}"


def make_project(folder: Path, idea: dict[str, Any]) -> str:
    """The id of a normal project, made as a front end makes one."""
    client = client_of(folder)
    asked = {"user_idea": idea}
    told = client.post("/api/content/story/generate", json=asked).json["story_outline"]
    body = {**asked, "story_outline": told}
    cast = client.post("/api/content/characters/generate", json=body).json["character_profiles"]
    made = client.post("/api/projects", json={**body, "character_profiles": cast})
    return str(made.json["project_id"])


def client_of(folder: Path) -> Any:
    """A client of the API over a data directory."""
    settings = {"SPARK_DATA_DIR": folder, "LOG_FILE": "", "LOG_LEVEL": "ERROR"}
    return create_app("testing", **settings).test_client()


def in_process(*part: str) -> dict[str, float]:
    """What `measured` or `warm` finds in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.export", "--one", *part]
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def measured(folder: Path, project_id: str, name: str, rounds: int) -> dict[str, float]:
    """The seconds of the first export, of those after it, and of the bare library."""
    client = client_of(folder)
    client.get("/api/health")
    project = Project.model_validate(client.get(f"/api/projects/{project_id}").json["project"])
    pictures = [client.get(p.image_url).data for p in project.character_profiles if p.image_url]
    texts = texts_of(project)
    cold, size = timed(lambda: export(client, project_id, name))
    bare = BARE[name]
    bare(project, texts, pictures)
    times = [
        (
            timed(lambda: export(client, project_id, name))[0],
            timed(lambda: bare(project, texts, pictures))[0],
        )
        for _ in range(rounds)
    ]
    then, plain = (statistics.median(column) for column in zip(*times, strict=True))
    return {"cold": cold, "then": then, "bare": plain, "size": size}


def warm(folder: Path, project_id: str, name: str, rounds: int) -> dict[str, float]:
    """The seconds of the first export of a server that is warm."""
    client = client_of(folder)
    client.application.extensions["spark"].warm_up()
    client.get(f"/api/projects/{project_id}")
    return {"warm": timed(lambda: export(client, project_id, name))[0]}


def export(client: Any, project_id: str, name: str) -> int:
    """Ask for an export; its size."""
    response = client.get(f"/api/projects/{project_id}/export?format={name}")
    assert response.status_code == 200, response.text
    return len(response.data)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds it took, and what came of it."""
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def texts_of(project: Project) -> list[str]:
    """Every text a document tells, in order."""
    told = Treatment.of(Manuscript(project, language_of_project(project), {}))
    texts = [told.title, told.logline, *(f"{f.head} {f.text}" for f in told.facts), *told.plot]
    texts += told.story
    for sheet in told.sheets:
        texts += [sheet.name, sheet.role, *(part.text for part in sheet.parts), *sheet.motivations]
        texts += [sheet.constant, *sheet.tags, *(f"{tie.other} {tie.text}" for tie in sheet.ties)]
    return [text for text in texts if text]


# --- the bare libraries ---


def bare_json(project: Project, texts: list[str], pictures: list[bytes]) -> bytes:
    """The record through orjson."""
    return orjson.dumps(project.model_dump())


def bare_text(project: Project, texts: list[str], pictures: list[bytes]) -> bytes:
    """The texts one after the other."""
    return "\n\n".join(texts).encode()


def bare_html(project: Project, texts: list[str], pictures: list[bytes]) -> bytes:
    """Paragraphs and pictures through jinja2."""
    from jinja2 import Environment

    page = Environment(autoescape=True).from_string(
        "<!doctype html>{% for text in texts %}<p>{{ text }}</p>{% endfor %}"
        "{% for picture in pictures %}<img src='data:image/png;base64,{{ picture }}'>{% endfor %}"
    )
    encoded = [base64.b64encode(picture).decode() for picture in pictures]
    return page.render(texts=texts, pictures=encoded).encode()


def bare_docx(project: Project, texts: list[str], pictures: list[bytes]) -> bytes:
    """Paragraphs and pictures through python-docx."""
    from docx import Document

    document, held = Document(), io.BytesIO()
    for text in texts:
        document.add_paragraph(text)
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    document.save(held)
    return held.getvalue()


def bare_pdf(project: Project, texts: list[str], pictures: list[bytes]) -> bytes:
    """Paragraphs and pictures through typst."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        for number, picture in enumerate(pictures):
            (Path(folder) / f"{number}.png").write_bytes(picture)
        (Path(folder) / "texts.json").write_bytes(orjson.dumps(texts))
        images = "\n".join(f'#image("{number}.png")' for number in range(len(pictures)))
        source = Path(folder) / "main.typ"
        source.write_text(
            '#set text(font: "Noto Sans CJK SC")\n'
            f'#for text in json("texts.json") [#text #parbreak()]\n{images}',
            encoding="utf-8",
        )
        made: bytes = typst.compile(str(source), font_paths=[str(FONTS)])
        return made


def bare_fdx(project: Project, texts: list[str], pictures: list[bytes]) -> bytes:
    """A paragraph of action for each text through ElementTree."""
    root = ElementTree.Element("FinalDraft", DocumentType="Script", Version="5")
    content = ElementTree.SubElement(root, "Content")
    for text in texts:
        paragraph = ElementTree.SubElement(content, "Paragraph", Type="Action")
        ElementTree.SubElement(paragraph, "Text").text = text
    written: bytes = ElementTree.tostring(root, "utf-8")
    return written


def bare_zip(project: Project, texts: list[str], pictures: list[bytes]) -> bytes:
    """Every file above through zipfile."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("json", "md", "txt", "html", "docx", "pdf", "fountain", "fdx"):
            archive.writestr(f"project.{name}", BARE[name](project, texts, pictures))
        for number, picture in enumerate(pictures):
            archive.writestr(f"{number}.png", picture, zipfile.ZIP_STORED)
    return held.getvalue()


BARE: dict[str, Callable[[Project, list[str], list[bytes]], bytes]] = {
    "json": bare_json,
    "md": bare_text,
    "txt": bare_text,
    "html": bare_html,
    "docx": bare_docx,
    "pdf": bare_pdf,
    "fountain": bare_text,
    "fdx": bare_fdx,
    "zip": bare_zip,
}


if __name__ == "__main__":
    main()
