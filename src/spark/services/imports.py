"""Taking projects back in, from an archive or from a single file."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import IO, Any, Literal
from uuid import uuid4

from pydantic import Field

from ..errors import (
    ArchiveTooLarge,
    Conflict,
    FieldProblem,
    NotFound,
    PictureDamaged,
    ProjectDamaged,
    ProjectNotFound,
    SparkError,
)
from ..models import Language, Project, Record
from ..ports import Dossier, MediaStore, ProjectStore
from .abreast import abreast
from .archive_reader import (
    MOST_OF_A_PROJECT,
    Anew,
    ArchiveReader,
    Bounds,
    Delivery,
    read_json,
    read_project,
)
from .archive_writer import pictures_of
from .copies import name_of_copy

Existing = Literal["skip", "copy", "replace"]
"""What to do with a project whose id is there already."""
Outcome = Literal["imported", "skipped", "copied", "replaced", "unchanged", "damaged", "failed"]
Stage = Literal["checked", "imported"]
Progress = Callable[[Stage, int], None]
"""Is told how many projects were checked, and then how many were taken in."""

_log = logging.getLogger("spark.imports")


class Result(Record):
    """What became of one project."""

    project_id: str
    project_name: str | None = None
    outcome: Outcome
    new_project_id: str | None = None
    """The id of the copy."""
    in_trash: bool = False
    """Whether the one that is there already is in the trash."""
    missing_images: list[str] = Field(default=[])
    """Pictures that it shows or showed, and that are neither in the archive nor here."""
    reason: str | None = None
    """Why it failed."""


class ImportReport(Record):
    """What became of every project."""

    results: list[Result]

    def count(self, *outcomes: Outcome) -> int:
        """How many came out so."""
        return sum(result.outcome in outcomes for result in self.results)


class ImportService:
    """Takes projects in: all is checked before anything is written."""

    def __init__(self, projects: ProjectStore, media: MediaStore, bounds: Bounds) -> None:
        self._projects, self._media, self._bounds = projects, media, bounds

    def run(
        self,
        file: IO[bytes],
        existing: Existing,
        speech: Language,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Take in what a file holds, as `each` does, and report on all of it."""
        return ImportReport(results=list(self.each(file, existing, speech, progress)))

    def each(
        self,
        file: IO[bytes],
        existing: Existing,
        speech: Language,
        progress: Progress | None = None,
    ) -> Iterator[Result]:
        """Take in what a file holds, an archive or a single project as JSON, one by one.

        Raises `InvalidArchive`, or `ArchiveTooLarge`, before anything is written. What fails
        later fails for one project alone, and its result says so. `speech` is the language that
        copies are named in and reasons are told in.
        """

        def tell(stage: Stage, count: int) -> None:
            time.sleep(0)  # greenlets wait for each other, and reading a file lets nobody in
            if progress:
                progress(stage, count)

        file.seek(0)
        is_archive = file.read(2) == b"PK"
        file.seek(0)
        intake = _Intake(self._projects, self._media, existing, speech)
        if not is_archive:
            delivery = Delivery(Dossier(_single(file), []), [])
            tell("checked", 1)
            yield intake.take(delivery)
            tell("imported", 1)
            return
        with closing(ArchiveReader(file, self._bounds)) as archive:
            archive.check(lambda count: tell("checked", count))
            for project_id in archive.damaged():
                yield Result(project_id=project_id, outcome="damaged")

            def take(project: tuple[str, int]) -> Result:
                return intake.take(archive.delivery(project[0]))

            taken = abreast("import", take, archive.projects(), weigh=lambda project: project[1])
            for count, result in enumerate(taken, 1):
                yield result
                tell("imported", count)


class _Intake:
    """Puts one project after the other into the stores."""

    def __init__(
        self, projects: ProjectStore, media: MediaStore, existing: Existing, speech: Language
    ) -> None:
        self._projects, self._media = projects, media
        self._existing, self._speech = existing, speech

    def take(self, delivery: Delivery) -> Result:
        """Take a project in, by the rule where there is one of its id."""
        project = delivery.dossier.project
        result = Result(
            project_id=project.project_id, project_name=project.project_name, outcome="failed"
        )
        try:
            return result.model_copy(update=self._take(delivery))
        except SparkError as error:
            _log.warning("%s was not imported", project.project_id, exc_info=error)
            return result.model_copy(update={"reason": error.message(self._speech)})

    def _take(self, delivery: Delivery) -> dict[str, Any]:
        ours = delivery.dossier
        is_there, theirs = self._present(ours.project.project_id)
        if not is_there:
            missing = self._keep_pictures(delivery)
            try:
                self._projects.adopt(ours, only_new=True)
            except Conflict:  # somebody else was faster
                return self._take(delivery)
            return {"outcome": "imported", "missing_images": missing}
        if self._existing == "skip":
            return {"outcome": "skipped", "in_trash": bool(theirs and theirs.deleted_at)}
        if self._existing == "copy":
            missing = self._keep_pictures(delivery)
            copy = _copy_of(ours, self._speech)
            self._projects.adopt(copy)
            copied = copy.project.project_id
            return {"outcome": "copied", "new_project_id": copied, "missing_images": missing}
        if theirs and theirs.project == ours.project and not theirs.deleted_at:
            return {"outcome": "unchanged"}
        missing = self._keep_pictures(delivery)
        try:
            self._replace(ours, theirs)
        except ProjectNotFound:  # it was deleted meanwhile, or taken out of the trash
            return self._take(delivery)
        return {"outcome": "replaced", "missing_images": missing}

    def _present(self, project_id: str) -> tuple[bool, Dossier | None]:
        """Whether there is a project of this id, and the project as far as it is legible.

        Its past, which may be long, is read for none but those in the trash.
        """
        try:
            with suppress(ProjectNotFound):
                return True, Dossier(self._projects.get(project_id), [])
            return True, self._projects.dossier(project_id)
        except ProjectNotFound:
            return False, None
        except ProjectDamaged:
            return True, None

    def _replace(self, ours: Dossier, theirs: Dossier | None) -> None:
        """Make `ours` the latest version of what is there, which stays as the one before it.

        A version's number never comes to mean something else: those who hold the tag of the
        present one find out that it is no longer.
        """
        project_id = ours.project.project_id
        if theirs is None:
            self._projects.adopt(ours)
            return
        if theirs.deleted_at:
            self._projects.restore(project_id)
        self._projects.update(project_id, lambda _: ours.project)

    def _keep_pictures(self, delivery: Delivery) -> list[str]:
        """Store the pictures that came along; the names of those that are nowhere."""
        came = set()
        for picture in delivery.pictures:
            # What is known here of a picture is not up to an archive.
            known = self._media.origin(picture.name)
            self._media.adopt(picture.name, picture.data, known or picture.origin)
            came.add(picture.name)
        wanted = pictures_of(delivery.dossier)
        return [name for name in wanted if name not in came and self._lacks(name)]

    def _lacks(self, name: str) -> bool:
        try:
            self._media.get(name)
        except (NotFound, PictureDamaged):
            return True
        return False


def _copy_of(dossier: Dossier, speech: Language) -> Dossier:
    """The dossier under a new id; what was spent on the original is not spent twice."""
    new = {
        "project_id": str(uuid4()),
        "duplicate_of": dossier.project.project_id,
        "usage": [],
    }
    name = name_of_copy(dossier.project.project_name, speech)
    return Dossier(
        dossier.project.model_copy(update={**new, "project_name": name}),
        Anew(lambda: (past.model_copy(update=new) for past in dossier.revisions)),
    )


def _single(file: IO[bytes]) -> Project:
    """The project of a JSON file: `project.json`, or an answer of ours with a project in it."""
    data = file.read(MOST_OF_A_PROJECT + 1)
    if len(data) > MOST_OF_A_PROJECT:
        most = MOST_OF_A_PROJECT
        raise ArchiveTooLarge(
            FieldProblem("", f"最多 {most:,} 字节。", f"At most {most:,} bytes are taken.")
        )
    return read_project(_unwrapped(read_json(data, "")), "")


def _unwrapped(document: object) -> object:
    for name in ("data", "project"):
        if isinstance(document, dict) and isinstance(inner := document.get(name), dict):
            version = {key: document[key] for key in ("schema_version",) if key in document}
            document = {**version, **inner}
    return document
