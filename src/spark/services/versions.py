"""Which version of a project a caller means to change."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..errors import Conflict
from ..models import Project

Expected = Sequence[Collection[int]]
"""What the caller last saw, told in several ways: the present version has to be in all of them."""


def require_version(project: Project, expected: Expected) -> None:
    """Raise `Conflict` where the project's version is missing in one of `expected`."""
    if any(project.version not in versions for versions in expected):
        raise Conflict(version=project.version)
