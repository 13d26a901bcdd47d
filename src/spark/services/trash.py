"""Deleting projects, and taking them back."""

from __future__ import annotations

from functools import partial

from ..errors import ProjectNotFound
from ..models import Page, Project, TrashedProject
from ..ports import ProjectStore
from .versions import Expected, require_version

_AT_ONCE = 100


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
        # Without anything to look at, a damaged file does not keep its project from going.
        allow = partial(require_version, expected=expected) if expected else None
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
        if expected:  # in the trash nobody changes it: what was looked at is what is restored
            require_version(self._trashed(project_id), expected)
        return self._projects.restore(project_id)

    def _trashed(self, project_id: str) -> TrashedProject:
        page = self._projects.trash(1, _AT_ONCE)
        while page.items:
            for trashed in page.items:
                if trashed.project_id == project_id:
                    return trashed
            page = self._projects.trash(page.page + 1, _AT_ONCE)
        raise ProjectNotFound()
