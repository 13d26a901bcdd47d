"""Keeping confirmed projects."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypedDict

from ..errors import Conflict, InvalidInput, NotFound
from ..models import (
    CharacterProfile,
    Origin,
    Page,
    Portrait,
    Project,
    ProjectStatus,
    ProjectSummary,
    SearchHit,
    StoryOutline,
    Usage,
    UserIdea,
)
from ..ports import ConversationStore, Illustrator, MediaStore, ProjectStore, Sort
from .assessment import repeated_names
from .portraits import CharacterImages, Pictures, character, image_name, image_url, showing
from .spending import entering_failures

_TRIES = 8


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
        """Keep what a person confirmed, with the conversation it came from and what that took."""
        _require_distinct_names(profiles)
        project = Project(
            project_name=name or outline.title,
            user_idea=idea,
            story_outline=outline,
            character_profiles=profiles,
            conversation=self._conversations.load(session_id).messages,
            portraits=self._with_portraits({}, profiles),
            usage=self._conversations.ledger(session_id, conversation=True),
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
            portraits = self._with_portraits(project.portraits, profiles)
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
        return character(self._projects.get(project_id), name)

    def portraits(self, project_id: str, name: str) -> CharacterImages:
        """Every version of a character's picture, and which of them is the present one."""
        pictures = Pictures.of(self._projects.get(project_id), name)
        return CharacterImages(
            character_name=name,
            images=pictures.versions,
            current=pictures.present.version if pictures.present else None,
        )

    def redraw(self, session_id: str, project_id: str, name: str, feedback: str | None) -> Portrait:
        """Draw a character anew after its present picture; earlier versions stay.

        It is drawn from the project as it stands, without holding it, so that nobody waits for a
        slow illustrator. Where the character got another picture meanwhile it is drawn again, so
        that every version heeds all feedback before it. Raises `Conflict` where that never ends.
        """
        spent: list[Usage] = []
        for _ in range(_TRIES):
            project = self._projects.get(project_id)
            before = Pictures.of(project, name)
            portrait, usage = self._drawn(session_id, project.user_idea, before, feedback or "")
            spent.append(usage)
            try:
                self._projects.update(project_id, _adding(portrait, before, spent))
            except _Outrun:
                continue
            return portrait
        raise Conflict(version=project.version)

    def restore(self, project_id: str, name: str, version: int) -> Portrait:
        """Make an earlier version the character's picture again; all versions stay.

        The version that is its picture already leaves the project as it is. Raises `NotFound`.
        """
        pictures = Pictures.of(self._projects.get(project_id), name)
        portrait = pictures.version(version)
        if showing(pictures.profile, portrait) != pictures.profile:
            self._projects.update(project_id, lambda project: _showing(project, name, portrait))
        return portrait

    def _drawn(
        self, session_id: str, idea: UserIdea, before: Pictures, feedback: str
    ) -> tuple[Portrait, Usage]:
        """The version after `before`, and what drawing it took."""
        name, base, wishes = before.profile.name, before.base, before.wishes()
        if base or feedback:
            wishes.append(feedback)
        previous = self._bytes(base)
        with entering_failures(self._conversations, session_id, "image", name, aside=True):
            picture = self._illustrator.portrait(before.profile, idea, wishes, previous)
        usage = Usage.of("image", picture.provenance, name)
        self._conversations.record(session_id, usage, aside=True)
        origin = Origin(prompt=picture.prompt, provenance=picture.provenance)
        url = image_url(self._media.put(picture))
        return before.next_version(url, origin, feedback, base), usage

    def _bytes(self, portrait: Portrait | None) -> bytes | None:
        """The picture itself, where it is ours and still there."""
        name = image_name(portrait.image_url) if portrait else None
        try:
            return self._media.get(name)[0] if name else None
        except NotFound:
            return None

    def _with_portraits(
        self, portraits: dict[str, list[Portrait]], profiles: list[CharacterProfile]
    ) -> dict[str, list[Portrait]]:
        """`portraits` with a version added for each picture of `profiles` it does not hold yet."""
        kept = dict(portraits)
        for profile in profiles:
            pictures = Pictures(profile, kept.get(profile.name, []))
            if profile.image_url and not pictures.present:
                origin = self._origin(profile.image_url)
                added = pictures.next_version(profile.image_url, origin)
                kept[profile.name] = [*pictures.versions, added]
        return kept

    def _origin(self, url: str) -> Origin | None:
        """How the picture at `url` came to be, where it is ours and that is known."""
        name = image_name(url)
        return self._media.origin(name) if name else None


class _Outrun(Exception):
    """The character got another picture while ours was drawn."""


def _require_version(project: Project, expected: Sequence[Collection[int]]) -> None:
    if any(project.version not in versions for versions in expected):
        raise Conflict(version=project.version)


def _adding(
    portrait: Portrait, before: Pictures, spent: list[Usage]
) -> Callable[[Project], Project]:
    """The change that adds `portrait`, where the pictures are still those it was drawn after."""
    name = before.profile.name

    def change(project: Project) -> Project:
        pictures = Pictures.of(project, name)
        if (pictures.versions, pictures.present) != (before.versions, before.present):
            raise _Outrun()
        portraits = {**project.portraits, name: [*pictures.versions, portrait]}
        added = {"portraits": portraits, "usage": [*project.usage, *spent]}
        return _showing(project.model_copy(update=added), name, portrait)

    return change


def _showing(project: Project, name: str, portrait: Portrait) -> Project:
    """`project` with `portrait` as the picture of the character called `name`."""
    character(project, name)
    profiles = [showing(p, portrait) if p.name == name else p for p in project.character_profiles]
    return project.model_copy(update={"character_profiles": profiles})


def _require_distinct_names(profiles: list[CharacterProfile]) -> None:
    names = [profile.name for profile in profiles]
    problems = repeated_names(names, "character_profiles.{}.name")
    if problems:
        raise InvalidInput(*problems)
