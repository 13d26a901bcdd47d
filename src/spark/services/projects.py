"""Keeping confirmed projects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict
from uuid import uuid4

from ..errors import Conflict, FieldProblem, InvalidInput, MoveNotAllowed, NotFound
from ..models import (
    MOVES,
    CharacterProfile,
    Language,
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
    now,
)
from ..ports import ConversationStore, Illustrator, MediaStore, ProjectStore, Sort
from .assessment import repeated_names
from .copies import name_of_copy
from .portraits import (
    CharacterImages,
    Pictures,
    character,
    image_name,
    image_url,
    showing,
    with_portraits,
)
from .spending import entering_failures
from .versions import Expected, require_version

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
            portraits=with_portraits({}, profiles, self._media),
            usage=self._conversations.ledger(session_id, conversation=True),
        )
        self._projects.create(project)
        return project

    def get(self, project_id: str) -> Project:
        """The project. Raises `ProjectNotFound`."""
        return self._projects.get(project_id)

    def edit(self, project_id: str, edit: Edit, expected: Expected = ()) -> Project:
        """Change some fields; an edit of nothing leaves the version as it is.

        Raises `Conflict` where the present version is missing in one of `expected`, and
        `MoveNotAllowed` where its status does not lead to that one.
        """
        _require_distinct_names(edit.get("character_profiles", []))

        def change(project: Project) -> Project:
            require_version(project, expected)
            _require_move(project.status, edit.get("status", project.status))
            profiles = edit.get("character_profiles", project.character_profiles)
            portraits = with_portraits(project.portraits, profiles, self._media)
            return project.model_copy(update={**edit, "portraits": portraits})

        if edit:
            return self._projects.update(project_id, change)
        project = self._projects.get(project_id)
        require_version(project, expected)
        return project

    def duplicate(
        self, project_id: str, speech: Language, name: str | None = None, expected: Expected = ()
    ) -> Project:
        """A draft with the same content and conversation; nothing was spent on it yet.

        Without a name it has that of the original, marked as a copy in the language `speech`.
        Raises `ProjectNotFound`, and `Conflict` as an edit.
        """
        original = self._projects.get(project_id)
        require_version(original, expected)
        moment = now()
        copy = original.model_copy(
            update={
                "project_id": str(uuid4()),
                "project_name": name or name_of_copy(original.project_name, speech),
                "status": "draft",
                "version": 1,
                "created_at": moment,
                "updated_at": moment,
                "usage": [],
                "duplicate_of": original.project_id,
            }
        )
        self._projects.create(copy)
        return copy

    def browse(
        self, page: int, per_page: int, status: ProjectStatus | None, sort: Sort
    ) -> Page[ProjectSummary]:
        """One page of the projects."""
        return self._projects.browse(page, per_page, status, sort)

    def search(
        self, query: str, page: int, per_page: int, status: ProjectStatus | None = None
    ) -> Page[SearchHit]:
        """One page of the projects, of that status, in which every word of `query` is found."""
        return self._projects.search(query, page, per_page, status)

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

    def redraw(
        self,
        session_id: str,
        project_id: str,
        name: str,
        feedback: str | None,
        expected: Expected = (),
    ) -> Portrait:
        """Draw a character anew after its present picture; earlier versions stay.

        It is drawn from the project as it stands, without holding it, so that nobody waits for a
        slow illustrator. Where the character got another picture meanwhile it is drawn again, so
        that every version heeds all feedback before it. Raises `Conflict` where that never ends,
        and as an edit.
        """
        spent: list[Usage] = []
        for _ in range(_TRIES):
            project = self._projects.get(project_id)
            before = Pictures.of(project, name)
            require_version(project, expected)
            portrait, usage = self._drawn(session_id, project.user_idea, before, feedback or "")
            spent.append(usage)
            try:
                self._projects.update(project_id, _adding(portrait, before, spent, expected))
            except _Outrun:
                continue
            return portrait
        raise Conflict(version=project.version)

    def restore_portrait(
        self, project_id: str, name: str, version: int, expected: Expected = ()
    ) -> Portrait:
        """Make an earlier version the character's picture again; all versions stay.

        The version that is its picture already leaves the project as it is. Raises `NotFound`,
        and `Conflict` as an edit.
        """
        project = self._projects.get(project_id)
        pictures = Pictures.of(project, name)
        portrait = pictures.version(version)
        require_version(project, expected)

        def change(project: Project) -> Project:
            require_version(project, expected)
            return _showing(project, name, portrait)

        if showing(pictures.profile, portrait) != pictures.profile:
            self._projects.update(project_id, change)
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


class _Outrun(Exception):
    """The character got another picture while ours was drawn."""


def _adding(
    portrait: Portrait, before: Pictures, spent: list[Usage], expected: Expected
) -> Callable[[Project], Project]:
    """The change that adds `portrait`, where the pictures are still those it was drawn after."""
    name = before.profile.name

    def change(project: Project) -> Project:
        require_version(project, expected)
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


def _require_move(before: ProjectStatus, after: ProjectStatus) -> None:
    if after == before or after in MOVES[before]:
        return
    allowed = ", ".join(MOVES[before])
    problem = FieldProblem("status", f"必须是以下之一：{allowed}。", f"Must be one of: {allowed}.")
    raise MoveNotAllowed(problem, before=before, after=after, allowed=allowed)
