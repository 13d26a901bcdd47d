"""Deleting projects, and taking them back."""

from __future__ import annotations

from functools import partial

from ..models import Page, Project, TrashedProject
from ..ports import Allow, ProjectStore
from .versions import Expected, require_version


class TrashService:
    """Keeps deleted projects for a while."""

    def __init__(self, projects: ProjectStore, days: float) -> None:
        """What is deleted stays for `days`; with 0 it is gone at once."""
        self._projects, self._days = projects, days

    def delete(self, project_id: str, permanent: bool = False, expected: Expected = ()) -> float:
        """Move the project to the trash; for how many days: 0 where it is gone for good.

        With `permanent` it is, from the trash too. Raises `ProjectNotFound`, and `Conflict` where
        the present version is missing in one of `expected`.
        """
        allow = _allowing(expected)
        if permanent or not self._days:
            self._projects.delete(project_id, allow)
            return 0
        self._projects.discard(project_id, allow)
        return self._days

    def browse(self, page: int, per_page: int) -> Page[TrashedProject]:
        """One page of the trash, the latest first."""
        return self._projects.trash(page, per_page)

    def restore(self, project_id: str, expected: Expected = ()) -> Project:
        """Take a project back out of the trash, as it was.

        Raises `ProjectNotFound`, and `Conflict` as a deletion.
        """
        return self._projects.restore(project_id, _allowing(expected))


def _allowing(expected: Expected) -> Allow | None:
    """What asks for the version; nothing where any will do, so that damage keeps nobody back."""
    return partial(require_version, expected=expected) if expected else None
