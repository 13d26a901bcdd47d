"""Bringing everything that one store keeps into another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ..errors import (
    NotFound,
    PictureDamaged,
    ProjectDamaged,
    ProjectNotFound,
    StorageFull,
    StorageUnavailable,
)
from ..ports import Dossier, MediaStore, ProjectStore
from .abreast import abreast

Stage = Literal["pictures", "projects"]
Progress = Callable[[Stage, int, int], None]
"""Is told what is being copied, and how many of how many are done."""
Outcome = Literal["copied", "skipped", "conflict", "damaged", "failed", "gone"]

_log = logging.getLogger("spark.transfer")


@dataclass
class Tally:
    """What became of the projects, or of the pictures."""

    copied: int = 0
    skipped: int = 0
    """What was there already, equal."""
    conflicts: list[str] = field(default_factory=list)
    """What is there already, other, and not known to be older."""
    damaged: list[str] = field(default_factory=list)
    """What cannot be read, or is not what its name says."""
    failed: list[str] = field(default_factory=list)
    """What could not be copied while everything else could."""

    @property
    def is_whole(self) -> bool:
        """Whether everything is there now."""
        return not (self.conflicts or self.damaged or self.failed)

    def enter(self, name: str, outcome: Outcome) -> None:
        """Count one more. What went away while it was copied is not missed."""
        lists = {"conflict": self.conflicts, "damaged": self.damaged, "failed": self.failed}
        self.copied += outcome == "copied"
        self.skipped += outcome in ("skipped", "gone")
        if outcome in lists:
            lists[outcome].append(name)

    @property
    def done(self) -> int:
        """How many were looked at."""
        named = len(self.conflicts) + len(self.damaged) + len(self.failed)
        return self.copied + self.skipped + named


@dataclass(frozen=True)
class Transfer:
    """What became of everything."""

    projects: Tally = field(default_factory=Tally)
    pictures: Tally = field(default_factory=Tally)

    @property
    def is_whole(self) -> bool:
        """Whether everything is there now."""
        return self.projects.is_whole and self.pictures.is_whole


class TransferService:
    """Copies projects with all that is kept of them, and pictures with their origins.

    It may be interrupted at any point: run again it goes on. What is only in the target stays.
    """

    def __init__(
        self,
        source: ProjectStore,
        target: ProjectStore,
        media_source: MediaStore,
        media_target: MediaStore,
        overwrite: bool = False,
    ) -> None:
        """Where both sides have one media store, pictures stay where they are.

        With `overwrite` the target's other versions give way, newer ones too, and pictures that
        are there are written anew.
        """
        self._source, self._target = source, target
        self._media_source, self._media_target = media_source, media_target
        self._overwrite = overwrite

    def run(self, progress: Progress) -> Transfer:
        """Copy what is not there yet. Raises `StorageUnavailable` where a side is away.

        Pictures go first, so that no project is there before what it shows.
        """
        self._require_sides()
        transfer = Transfer()
        if self._media_source is not self._media_target:
            self._copy_pictures(transfer.pictures, progress)
        self._copy_projects(transfer.projects, progress)
        return transfer

    def _copy_pictures(self, tally: Tally, progress: Progress) -> None:
        names = list(self._media_source.names())
        missing = names if self._overwrite else self._missing(names, tally)
        for name, outcome in self._outcomes(missing, self._copy_picture):
            tally.enter(name, outcome)
            progress("pictures", tally.done, len(names))
        progress("pictures", tally.done, len(names))

    def _missing(self, names: Iterable[str], tally: Tally) -> Iterator[str]:
        """Those the target does not have. Both are in order, so that none need be held in mind."""
        there = iter(self._media_target.names())
        present = next(there, None)
        for name in names:
            while present is not None and present < name:
                present = next(there, None)
            if present == name:
                tally.enter(name, "skipped")
            else:
                yield name

    def _copy_projects(self, tally: Tally, progress: Progress) -> None:
        ids = list(self._source.ids())
        for project_id, outcome in self._outcomes(ids, self._copy_project):
            tally.enter(project_id, outcome)
            progress("projects", tally.done, len(ids))
        progress("projects", tally.done, len(ids))

    def _outcomes(
        self, names: Iterable[str], copy: Callable[[str], Outcome]
    ) -> Iterator[tuple[str, Outcome]]:
        """What became of each, several at a time."""
        return abreast("transfer", lambda name: (name, self._try(copy, name)), names)

    def _try(self, copy: Callable[[str], Outcome], name: str) -> Outcome:
        try:
            return copy(name)
        except NotFound:
            return "gone"
        except (ProjectDamaged, PictureDamaged):
            return "damaged"
        except StorageFull:
            raise
        except StorageUnavailable as error:
            self._require_sides()  # otherwise nothing else can be copied either
            _log.warning("%s could not be copied", name, exc_info=error)
            return "failed"

    def _copy_picture(self, name: str) -> Outcome:
        data, _ = self._media_source.get(name)
        self._media_target.adopt(name, data, self._media_source.origin(name))
        return "copied"

    def _copy_project(self, project_id: str) -> Outcome:
        ours = self._source.dossier(project_id)
        try:
            theirs = self._target.dossier(project_id)
        except ProjectNotFound:
            yields = True
        except ProjectDamaged:
            yields = False  # nobody knows what it was
        else:
            if ours == theirs:
                return "skipped"
            yields = _supersedes(ours, theirs)
        if not (yields or self._overwrite):
            return "conflict"
        self._target.adopt(ours)
        return "copied"

    def _require_sides(self) -> None:
        """Raise `StorageUnavailable` where there is a side that fails as a whole.

        The source is only read: it may be one that nobody can write.
        """
        self._target.check()
        self._media_target.check()
        next(iter(self._source.ids()), None)
        next(iter(self._media_source.names()), None)


def _supersedes(ours: Dossier, theirs: Dossier) -> bool:
    """Whether `ours` is newer than `theirs`, or the same with more of its past."""
    if ours.project == theirs.project:
        if ours.deleted_at == theirs.deleted_at:
            return all(revision in ours.revisions for revision in theirs.revisions)
        if not theirs.deleted_at:
            return False  # it may have been taken out of the trash since
    return _last_change(ours) > _last_change(theirs)


def _last_change(dossier: Dossier) -> datetime:
    return max(dossier.project.updated_at, dossier.deleted_at or dossier.project.updated_at)
