"""A project's version in HTTP's words: the tag of an answer, and the one that a caller last saw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from ..models import Project
from ..services.versions import Expected
from .http import success

VERSION_HEADER = "If-Match"
_ONE_PROJECT = "/api/projects/{project_id}"


def takes_version(method: str, path: str) -> bool:
    """Whether the operation at `path` heeds `expected_versions`: all that change a project do."""
    return method in {"PATCH", "DELETE", "POST"} and path.startswith(_ONE_PROJECT)


def tagged(
    project: Project,
    data: Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A success body that holds `project`, tagged with its version; 304 where a GET knows it."""
    tag = f'"{project.version}"'
    response = success(data, status, {**(headers or {}), "ETag": tag})
    response.make_conditional(request)
    return response


def expected_versions(said: int | None = None) -> Expected:
    """What the caller last saw, from `If-Match` and as `said` in the body: both have to be true.

    A foreign tag can match no version of ours, nor can a header in which no tag stands.
    """
    expected = [] if said is None else [{said}]
    tags = request.if_match
    if VERSION_HEADER in request.headers and not tags.star_tag:
        known = (tag for tag in tags.as_set() if tag and tag.isdecimal() and len(tag) < 10)
        expected.append({int(tag) for tag in known})
    return expected
