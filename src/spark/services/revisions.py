"""The versions a project had."""

from __future__ import annotations

from ..models import Project, Revision
from ..ports import MediaStore, ProjectStore
from .portraits import with_portraits
from .versions import Expected, require_version

_RESTORED = {"project_name", "user_idea", "story_outline", "character_profiles"}


class RevisionService:
    """Looks back at a project, and goes back."""

    def __init__(self, projects: ProjectStore, media: MediaStore) -> None:
        self._projects, self._media = projects, media

    def history(self, project_id: str) -> list[Revision]:
        """The versions there are, latest first; the first is the present one.

        Raises `ProjectNotFound`.
        """
        return self._projects.revisions(project_id)

    def get(self, project_id: str, version: int) -> Project:
        """The project as it was. Raises `ProjectNotFound` or `RevisionNotFound`."""
        return self._projects.revision(project_id, version)

    def restore(self, project_id: str, version: int, expected: Expected = ()) -> Project:
        """Give the project the name, idea, story and characters it had: that is a new version.

        Its status, conversation and usage, and every version of its pictures, stay as they are.
        The present version is there already. Raises `RevisionNotFound`, and `Conflict` as an edit.
        """
        wanted = self._projects.revision(project_id, version)
        restored = {field: getattr(wanted, field) for field in _RESTORED}

        def change(project: Project) -> Project:
            require_version(project, expected)
            portraits = with_portraits(project.portraits, wanted.character_profiles, self._media)
            return project.model_copy(update={**restored, "portraits": portraits})

        project = self._projects.get(project_id)
        require_version(project, expected)
        return project if version == project.version else self._projects.update(project_id, change)
