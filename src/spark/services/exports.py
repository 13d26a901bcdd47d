"""Taking a project along as a file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..errors import NotFound, PictureDamaged
from ..language import language_of
from ..models import CharacterProfile, Language, Project, StoryOutline, Usage
from ..ports import ConversationStore, MediaStore, Press, ProjectStore, Writer
from ..renditions import FORMATS, FormatName, Image, Manuscript, Rendition
from ..screenplay import Screenplay
from .portraits import image_name
from .spending import entering_failures

_DANGEROUS = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+'
)
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 150
"""Bytes of a file's name without its ending; file systems take 255."""


class ExportService:
    """Sets projects as documents and screenplays."""

    def __init__(
        self,
        projects: ProjectStore,
        media: MediaStore,
        writer: Writer,
        conversations: ConversationStore,
        presses: Mapping[FormatName, Press],
    ) -> None:
        self._projects, self._media = projects, media
        self._writer, self._conversations = writer, conversations
        self._presses = presses

    def render(
        self, session_id: str, project_id: str, name: FormatName, site: str = ""
    ) -> Rendition:
        """The project as a file of one format.

        `site` is where this server is found, for texts that only point to pictures. Raises
        `ProjectNotFound`, and what the writer raises.
        """
        project, wanted = self._projects.get(project_id), FORMATS[name]
        screenplay = self._screenplay(session_id, project) if wanted.is_screenplay else None
        manuscript = Manuscript(project, language_of_project(project), {}, screenplay)
        if not wanted.is_screenplay:
            manuscript = self._with_portraits(manuscript, site)
        data = self._presses[name].set(manuscript)
        return Rendition(data, wanted.media_type, file_name(project, wanted.extension))

    def _screenplay(self, session_id: str, project: Project) -> Screenplay:
        """The project's story in scenes; what that took is entered in the session's ledger."""
        about, profiles = project.project_id, project.character_profiles
        with entering_failures(self._conversations, session_id, "screenplay", about, aside=True):
            written = self._writer.screenplay(_story(project), profiles)
        spent = Usage.of("screenplay", written.provenance, about)
        self._conversations.record(session_id, spent, aside=True)
        return written.value

    def _with_portraits(self, manuscript: Manuscript, site: str) -> Manuscript:
        project = manuscript.project
        found = {p.name: self._portrait(p, site) for p in project.character_profiles}
        portraits = {name: image for name, image in found.items() if image}
        return Manuscript(project, manuscript.language, portraits, manuscript.screenplay)

    def _portrait(self, profile: CharacterProfile, site: str) -> Image | None:
        """The character's picture, where it is one of ours and can be read."""
        name = image_name(profile.image_url or "")
        if not name:
            return None
        try:
            data, media_type = self._media.get(name)
        except (NotFound, PictureDamaged):
            return None
        return Image(data, media_type, f"{site}{profile.image_url}")


def _story(project: Project) -> StoryOutline:
    """The outline with what there is of a story as its narrative."""
    outline = project.story_outline
    told = (outline.narrative_text, outline.summary, "\n".join(project.user_idea.plot_points))
    narrative = next(text for text in told if text.strip())
    return outline.model_copy(update={"narrative_text": narrative})


def language_of_project(project: Project) -> Language:
    """The language the story is told in, or else the idea."""
    outline, idea = project.story_outline, project.user_idea
    story = outline.narrative_text or outline.summary
    return language_of(story or f"{outline.title} {idea.theme} {' '.join(idea.plot_points)}")


def file_name(project: Project, extension: str) -> str:
    """The project's name as that of a file, on any system; in Chinese where it is Chinese."""
    name = " ".join(_DANGEROUS.sub(" ", project.project_name).split()).strip(". ")
    name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    if not name or _DEVICES.match(name):
        name = f"project-{project.project_id[:8]}"
    return f"{name}.{extension}"
