"""What Docker and Compose make of our files, as far as tests need it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import yaml

from ..servers import REPOSITORY

_VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")


class Refused(Exception):
    """Compose does not start: a variable it insists on is missing."""


def interpolated(text: str, variables: dict[str, str]) -> str:
    """`text` with `${NAME:-default}` and `${NAME:?message}` filled in. Raises `Refused`."""

    def value(found: re.Match[str]) -> str:
        if said := variables.get(found["name"]):
            return said
        if found["kind"] == "?":
            raise Refused(f"{found['name']}: {found['text']}")
        return found["text"] or ""

    return _VARIABLE.sub(value, text)


def variables_of(text: str) -> set[str]:
    """The variables that compose fills in."""
    return {found["name"] for found in _VARIABLE.finditer(text)}


def compose(variables: dict[str, str]) -> dict[str, Any]:
    """The project's compose.yaml, filled in."""
    text = (REPOSITORY / "compose.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(interpolated(text, variables)))


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with their arguments, in order."""
    text = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.split()[0], line.split(None, 1)[1]) for line in joined.splitlines() if line]


def command(name: str) -> list[str]:
    """The command of the image's CMD or HEALTHCHECK, written as a list."""
    (arguments,) = [rest for instruction, rest in instructions() if instruction == name]
    return [str(word) for word in json.loads(arguments[arguments.index("[") :])]


def is_sent(path: str) -> bool:
    """Whether the builder is sent `path`: the last line of .dockerignore that fits it says."""
    sent = True
    for line in (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!")
            if _fits(pattern, path):
                sent = line.startswith("!")
    return sent


def _fits(pattern: str, path: str) -> bool:
    """A pattern fits a path itself or a folder above it."""
    expression = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    expression = expression.replace(r"\[", "[").replace(r"\]", "]")
    return re.fullmatch(rf"{expression}(?:/.*)?", path) is not None


def copied() -> list[tuple[str, str]]:
    """What is copied from the repository, and where to."""
    pairs = []
    for instruction, arguments in instructions():
        if instruction == "COPY" and not arguments.startswith("--from"):
            *sources, target = arguments.split()
            pairs += [(source, target) for source in sources]
    return pairs


def build(folder: Path) -> None:
    """Copy into `folder` what the image's working folder holds."""
    for source, target in copied():
        for found in REPOSITORY.glob(source):
            place = folder / target
            if found.is_file():
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(found, place)
                continue
            for file in (file for file in found.rglob("*") if file.is_file()):
                if is_sent(str(file.relative_to(REPOSITORY))):
                    inside = place / file.relative_to(found)
                    inside.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(file, inside)
