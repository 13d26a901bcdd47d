"""Keeping confirmed projects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypedDict

from ..errors import CharacterNotFound, Conflict, InvalidInput
from ..models import (
    CharacterProfile,
    Page,
    Portrait,
    Project,
    ProjectStatus,
    ProjectSummary,
    SearchHit,
    StoryOutline,
    UserIdea,
)
from ..ports import ConversationStore, Illustrator, MediaStore, ProjectStore, Sort
from .assessment import repeated_names
from .portraits import image_url

_TRIES = 8
_LONGEST_PROMPT = 2000


class Edit(TypedDict, total=False):
    """What of a project can be edited; what is absent stays as it is."""

    project_name: str
    status: ProjectStatus
    user_idea: UserIdea
    story_outline: StoryOutline
    character_profiles: list[CharacterProfile]


class ProjectService:
    """Projects from their confirmation on."""

    def __init__(
        self,
        projects: ProjectStore,
        conversations: ConversationStore,
        illustrator: Illustrator,
        media: MediaStore,
    ) -> None:
        self._projects, self._conversations = projects, conversations
        self._illustrator, self._media = illustrator, media

    def create(
        self,
        session_id: str,
        idea: UserIdea,
        outline: StoryOutline,
        profiles: list[CharacterProfile],
        name: str | None = None,
    ) -> Project:
        """Keep what a person confirmed, with the conversation it came from."""
        _require_distinct_names(profiles)
        project = Project(
            project_name=name or outline.title,
            user_idea=idea,
            story_outline=outline,
            character_profiles=profiles,
            conversation=self._conversations.load(session_id).messages,
            portraits=_with_portraits({}, profiles),
        )
        self._projects.create(project)
        return project

    def get(self, project_id: str) -> Project:
        """The project. Raises `ProjectNotFound`."""
        return self._projects.get(project_id)

    def edit(
        self, project_id: str, edit: Edit, expected: Sequence[Collection[int]] = ()
    ) -> Project:
        """Change some fields; an edit of nothing leaves the version as it is.

        Raises `Conflict` where the present version is missing in one of `expected`.
        """
        _require_distinct_names(edit.get("character_profiles", []))

        def change(project: Project) -> Project:
            _require_version(project, expected)
            profiles = edit.get("character_profiles", project.character_profiles)
            portraits = _with_portraits(project.portraits, profiles)
            return project.model_copy(update={**edit, "portraits": portraits})

        if edit:
            return self._projects.update(project_id, change)
        project = self._projects.get(project_id)
        _require_version(project, expected)
        return project

    def delete(self, project_id: str) -> None:
        """Remove the project. Raises `ProjectNotFound`."""
        self._projects.delete(project_id)

    def browse(
        self, page: int, per_page: int, status: ProjectStatus | None, sort: Sort
    ) -> Page[ProjectSummary]:
        """One page of the projects."""
        return self._projects.browse(page, per_page, status, sort)

    def search(self, query: str, page: int, per_page: int) -> Page[SearchHit]:
        """One page of the projects in which every word of `query` is found."""
        return self._projects.search(query, page, per_page)

    def character(self, project_id: str, name: str) -> CharacterProfile:
        """One character of a project. Raises `ProjectNotFound` or `CharacterNotFound`."""
        return _character(self._projects.get(project_id), name)

    def portraits(self, project_id: str, name: str) -> list[Portrait]:
        """Every version of a character's picture, oldest first."""
        project = self._projects.get(project_id)
        return project.portraits.get(_character(project, name).name, [])

    def redraw(self, project_id: str, name: str, feedback: str | None) -> Portrait:
        """Draw a character anew with all feedback so far; earlier versions stay.

        It is drawn from the project as it stands, without holding it, so that nobody waits for a
        slow illustrator. Where another picture was added meanwhile it is drawn again, so that
        every version heeds all feedback before it. Raises `Conflict` where that never ends.
        """
        for _ in range(_TRIES):
            project = self._projects.get(project_id)
            profile = _character(project, name)
            versions = project.portraits.get(name, [])
            portrait = self._drawn(project, profile, versions, feedback or "")
            try:
                self._projects.update(project_id, _adding(portrait, name, versions))
            except _Outrun:
                continue
            return portrait
        raise Conflict(version=project.version)

    def _drawn(
        self,
        project: Project,
        profile: CharacterProfile,
        versions: list[Portrait],
        feedback: str,
    ) -> Portrait:
        wishes = [v.feedback for v in versions if v.feedback is not None]
        if versions or feedback:
            wishes.append(feedback)
        picture = self._illustrator.portrait(profile, project.user_idea, wishes)
        return Portrait(
            version=len(versions) + 1,
            image_url=image_url(self._media.put(picture)),
            feedback=feedback,
            prompt=picture.prompt[:_LONGEST_PROMPT],
            provider=picture.provenance.engine,
            provenance=picture.provenance,
        )


class _Outrun(Exception):
    """Another picture was added while ours was drawn."""


def _require_version(project: Project, expected: Sequence[Collection[int]]) -> None:
    if any(project.version not in versions for versions in expected):
        raise Conflict(version=project.version)


def _character(project: Project, name: str) -> CharacterProfile:
    for profile in project.character_profiles:
        if profile.name == name:
            return profile
    raise CharacterNotFound(name=name)


def _adding(
    portrait: Portrait, name: str, drawn_after: list[Portrait]
) -> Callable[[Project], Project]:
    """The change that adds `portrait`, where the versions are still those it was drawn after."""

    def change(project: Project) -> Project:
        _character(project, name)
        if project.portraits.get(name, []) != drawn_after:
            raise _Outrun()
        profiles = [
            p.model_copy(update={"image_url": portrait.image_url}) if p.name == name else p
            for p in project.character_profiles
        ]
        portraits = {**project.portraits, name: [*drawn_after, portrait]}
        return project.model_copy(update={"character_profiles": profiles, "portraits": portraits})

    return change


def _with_portraits(
    portraits: dict[str, list[Portrait]], profiles: list[CharacterProfile]
) -> dict[str, list[Portrait]]:
    """`portraits` with a version added for each picture of `profiles` it does not hold yet."""
    kept = dict(portraits)
    for profile in profiles:
        versions = kept.get(profile.name, [])
        if profile.image_url and profile.image_url not in [v.image_url for v in versions]:
            portrait = Portrait(version=len(versions) + 1, image_url=profile.image_url)
            kept[profile.name] = [*versions, portrait]
    return kept


def _require_distinct_names(profiles: list[CharacterProfile]) -> None:
    problems = repeated_names([profile.name for profile in profiles], "character_profiles")
    if problems:
        raise InvalidInput(*problems)
