"""Many changes asked for at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import SparkError
from ..models import Language, Name, Project, ProjectStatus, Record, Version
from .projects import ProjectService
from .trash import TrashService
from .versions import Expected


class _OnProject(Record):
    project_id: str
    version: Version | None = None
    """The one the caller last saw."""

    @property
    def expected(self) -> Expected:
        return [] if self.version is None else [{self.version}]


class Deletion(_OnProject):
    """Move a project to the trash, or remove it for good."""

    action: Literal["delete"]
    permanent: bool | None = None


class Restoration(_OnProject):
    """Take a project back out of the trash."""

    action: Literal["restore"]


class Move(_OnProject):
    """Give a project another status."""

    action: Literal["status"]
    status: ProjectStatus


class Duplication(_OnProject):
    """Copy a project."""

    action: Literal["duplicate"]
    project_name: Name | None = None


Operation = Deletion | Restoration | Move | Duplication


@dataclass(frozen=True)
class Outcome:
    """What came of an operation: a project, nothing after a deletion, or a failure."""

    operation: Operation
    project: Project | None = None
    error: SparkError | None = None


class BatchService:
    """Carries out one operation after the other."""

    def __init__(self, projects: ProjectService, trash: TrashService) -> None:
        self._projects, self._trash = projects, trash

    def run(self, operations: Sequence[Operation], speech: Language) -> list[Outcome]:
        """What came of each, in order; one that fails leaves the others alone.

        Copies are named in the language `speech`.
        """
        return [self._outcome(operation, speech) for operation in operations]

    def _outcome(self, operation: Operation, speech: Language) -> Outcome:
        try:
            return Outcome(operation, self._carry_out(operation, speech))
        except SparkError as error:
            return Outcome(operation, error=error)
        except Exception as error:  # what was done before it has to be told all the same
            failure = SparkError()
            failure.__cause__ = error
            return Outcome(operation, error=failure)

    def _carry_out(self, operation: Operation, speech: Language) -> Project | None:
        project_id, expected = operation.project_id, operation.expected
        match operation:
            case Deletion():
                self._trash.delete(project_id, bool(operation.permanent), expected)
                return None
            case Restoration():
                return self._trash.restore(project_id, expected)
            case Move():
                return self._projects.edit(project_id, {"status": operation.status}, expected)
            case Duplication():
                name = operation.project_name
                return self._projects.duplicate(project_id, speech, name, expected)
