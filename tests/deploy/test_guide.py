"""docs/deployment*.md: what they name is there, and both tell the same."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from src.spark.api.config import Config

from ..servers import REPOSITORY
from .context import compose, variables_of

NAMES = ["deployment.md", "deployment.en.md"]
GUIDES = {name: (REPOSITORY / "docs" / name).read_text(encoding="utf-8") for name in NAMES}
OF_OTHERS = {"WEB_CONCURRENCY", "SSL_CERT_FILE"}
"""Variables of gunicorn and of OpenSSL."""

COMMANDS = {"migrate", "copy-store", "reindex"}

guide = pytest.mark.parametrize("name", NAMES)


def commands_of(text):
    """The commands of run_api.py that a text names."""
    return set(re.findall(r"run_api\.py ([a-z][a-z-]+)", text))


@guide
def test_the_files_it_names_are_there(name):
    pattern = r"\b((?:deploy|docs|tests|src)/[\w./-]*\w|requirements_\w+\.txt|compose\.yaml)"
    named = set(re.findall(pattern, GUIDES[name])) | {".env.example"}
    assert len(named) > 10
    assert {path for path in named if not (REPOSITORY / path).is_file()} == set()


@guide
def test_the_commands_it_names_are_there(name):
    program = [sys.executable, REPOSITORY / "run_api.py", "--help"]
    told = subprocess.run(program, capture_output=True, text=True, timeout=60, check=True).stdout
    named = commands_of(GUIDES[name])
    migrate = compose({"SECRET_KEY": "x", "POSTGRES_PASSWORD": "x"})["services"]["migrate"]
    named.add(migrate["command"][2])
    assert named == COMMANDS
    assert {command for command in named if command not in told} == set()
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"make ([a-z-]+)`", GUIDES[name]))
    assert targets <= set(re.findall(r"^([\w-]+):", makefile, re.MULTILINE))


@guide
def test_commands_of_a_machine_are_run_as_its_service_is(name):
    """With the service's user, and its settings: the folder with everything is one of them."""
    lines = GUIDES[name].replace("\\\n", "").splitlines()
    by_hand = [line for line in lines if ".venv/bin/python run_api.py" in line]
    assert {re.search(r"run_api\.py ([\w-]+)", line)[1] for line in by_hand} == COMMANDS
    assert all("--uid=spark" in line for line in by_hand)
    assert all("EnvironmentFile=/etc/spark.env" in line for line in by_hand)
    assert not re.search(r"`run_api\.py", GUIDES[name])
    settings = (REPOSITORY / "deploy" / "spark.env.example").read_text(encoding="utf-8")
    unit = (REPOSITORY / "deploy" / "spark.service").read_text(encoding="utf-8")
    (folder,) = re.findall(r"^SPARK_DATA_DIR=.*$", settings, re.MULTILINE)
    assert f"Environment={folder} " in unit


@guide
def test_the_settings_it_names_are_there(name):
    named = set(re.findall(r"`([A-Z][A-Z_]{4,})[`=]", GUIDES[name]))
    composed = variables_of((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))
    assert named <= set(Config.model_fields) | composed | OF_OTHERS
    assert len(named) > 12


@guide
def test_its_links_lead_somewhere(name):
    headings = re.findall(r"^#+ (.+)$", GUIDES[name], re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}
    for target in re.findall(r"\]\(([^)]+)\)", GUIDES[name]):
        if target.startswith("#"):
            assert target.removeprefix("#") in anchors, target
        else:
            assert (REPOSITORY / "docs" / target).is_file()


def test_both_languages_tell_the_same():
    shapes = [
        (
            [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")],
            re.findall(r"```\w*\n(.*?)```", text, re.DOTALL),
            [line.count("|") for line in text.splitlines() if line.startswith("|")],
            sorted(re.findall(r"`([A-Z][A-Z_]{4,}|deploy/[\w./-]+)`", text)),
        )
        for text in GUIDES.values()
    ]
    assert shapes[0] == shapes[1]
