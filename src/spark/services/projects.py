"""Keeping confirmed projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from ..errors import CharacterNotFound, Conflict, FieldProblem, InvalidInput
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
from .portraits import image_url


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

    def edit(self, project_id: str, edit: Edit, version: int | None = None) -> Project:
        """Change some fields. Raises `Conflict` where `version` is given and no longer true."""
        _require_distinct_names(edit.get("character_profiles", []))

        def change(project: Project) -> Project:
            if version is not None and version != project.version:
                raise Conflict(version=project.version)
            profiles = edit.get("character_profiles", project.character_profiles)
            portraits = _with_portraits(project.portraits, profiles)
            return project.model_copy(update={**edit, "portraits": portraits})

        return self._projects.update(project_id, change)

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

        The picture is drawn from the project as it stands and then added to the project as it
        stands by then, so that nobody waits for a slow illustrator.
        """
        project = self._projects.get(project_id)
        profile = _character(project, name)
        versions = project.portraits.get(name, [])
        wishes = [v.feedback for v in versions if v.feedback is not None]
        if versions or feedback:
            wishes.append(feedback or "")
        picture = self._illustrator.portrait(profile, project.user_idea, wishes)
        url = image_url(self._media.put(picture))
        changed = self._projects.update(
            project_id, _adding_portrait(name, url, feedback or "", picture.provider)
        )
        return changed.portraits[name][-1]


def _character(project: Project, name: str) -> CharacterProfile:
    for profile in project.character_profiles:
        if profile.name == name:
            return profile
    raise CharacterNotFound(name=name)


def _adding_portrait(
    name: str, url: str, feedback: str | None, provider: str
) -> Callable[[Project], Project]:
    def change(project: Project) -> Project:
        _character(project, name)
        versions = project.portraits.get(name, [])
        portrait = Portrait(
            version=len(versions) + 1, image_url=url, feedback=feedback, provider=provider
        )
        profiles = [
            p.model_copy(update={"image_url": url}) if p.name == name else p
            for p in project.character_profiles
        ]
        portraits = {**project.portraits, name: [*versions, portrait]}
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
    """Characters are addressed by name, so no two may share one."""
    seen: set[str] = set()
    for position, profile in enumerate(profiles):
        if profile.name in seen:
            raise InvalidInput(
                FieldProblem(
                    f"character_profiles.{position}.name",
                    f"已经有一个角色叫“{profile.name}”，请换一个名字。",
                    f"Another character is already named “{profile.name}”.",
                )
            )
        seen.add(profile.name)
