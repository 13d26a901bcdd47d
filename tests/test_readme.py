"""What the READMEs say twice is held against the app."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from src.spark.api.config import Config

REPOSITORY = Path(__file__).parents[1]
README = pytest.mark.parametrize("name", ["README.md", "README.en.md"])
ROW = re.compile(r"^\| (GET|POST|PATCH|PUT|DELETE) \| `([^`]+)` \|", re.MULTILINE)


def routes(app):
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        if not path.startswith(("/api/v1/", "/api/docs/assets")):
            yield from ((method, path) for method in rule.methods - {"HEAD", "OPTIONS"})


@README
def test_its_table_holds_every_endpoint_and_no_other(app, name):
    told = ROW.findall((REPOSITORY / name).read_text(encoding="utf-8"))
    assert sorted(told) == sorted(routes(app))


@README
def test_its_settings_are_those_there_are(name):
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[A-Z_]+`(?:[、, ]+`[A-Z_]+`)*) \|", text, re.MULTILINE)
    told = [variable for row in rows for variable in re.findall(r"`([A-Z_]+)`", row)]
    assert sorted(told) == sorted(Config.model_fields)


@README
def test_every_command_it_names_is_in_the_makefile(name):
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make ([\w-]+)", text, re.MULTILINE))
    assert targets >= {"run", "test", "check", "bench-interview"}
    assert targets <= set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))
