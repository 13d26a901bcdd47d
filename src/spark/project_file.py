"""`project.json`: a project as a file, and the files that earlier versions wrote.

A file says in `schema_version` by which schema it was written. Whoever reads one of an earlier
schema brings it up to the present one, step by step; the file itself changes with the next write.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .models import Project

SCHEMA_VERSION = 2
SCHEMA_PATH = "/api/schemas/project.json"

Document = dict[str, Any]


class NewerSchema(ValueError):
    """The file was written by a later version of this software than the one that reads it."""

    def __init__(self, version: object) -> None:
        super().__init__(f"schema_version is {version}, and {SCHEMA_VERSION} is the latest known")


def document_of(project: Project) -> Document:
    """What the file of a project holds."""
    return {"schema_version": SCHEMA_VERSION, **project.model_dump()}


def project_of(document: object) -> Project:
    """The project of a file, whichever version wrote it.

    Raises `NewerSchema`, and pydantic's `ValidationError` where it is no project.
    """
    if isinstance(document, dict) and document.get("schema_version") != SCHEMA_VERSION:
        document = upgraded(document)
    return Project.model_validate(document)


def upgraded(document: Document) -> Document:
    """The document by the present schema; one that does not say its schema is of the first."""
    version = document.get("schema_version", 1)
    if not isinstance(version, int) or not 1 <= version <= SCHEMA_VERSION:
        raise NewerSchema(version)
    for step in range(version, SCHEMA_VERSION):
        document = _STEPS[step](document)
    return {**document, "schema_version": SCHEMA_VERSION}


def schema() -> Document:
    """The file's JSON Schema (draft 2020-12)."""
    described = Project.model_json_schema()
    version = {
        "const": SCHEMA_VERSION,
        "description": "The schema the file is written by. Files of earlier ones are read too.",
    }
    described["properties"] = {"schema_version": version, **described["properties"]}
    described["required"] = ["schema_version", *described["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_PATH,
        **described,
        "title": "project.json",
    }


def _with_histories(document: Document) -> Document:
    """From 1 to 2: every picture that a character shows stands in the history of its pictures."""
    portraits, profiles = document.get("portraits", {}), document.get("character_profiles")
    if not isinstance(profiles, list) or not isinstance(portraits, dict):
        return document  # no project: whoever checks it next says so
    added = dict(portraits)
    for profile in profiles:
        name, url = _name_and_picture(profile)
        if name and url and not portraits.get(name):
            moment = document.get("updated_at")
            dated = {"created_at": moment} if moment else {}
            added[name] = [{"version": 1, "image_url": url, **dated}]
    return {**document, "portraits": added}


def _name_and_picture(profile: object) -> tuple[str, str]:
    found = profile if isinstance(profile, dict) else {}
    said = (found.get(field) for field in ("name", "image_url"))
    name, url = (text if isinstance(text, str) else "" for text in said)
    return name, url


_STEPS: dict[int, Callable[[Document], Document]] = {1: _with_histories}
"""What brings a document from each schema to the next."""
