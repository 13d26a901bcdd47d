"""Taking a project along as a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..errors import NotFound, PictureDamaged
from ..language import language_of
from ..models import CharacterProfile, Language, Project, StoryOutline, Usage
from ..ports import ConversationStore, MediaStore, Press, ProjectStore, Writer
from ..renditions import FORMATS, FormatName, Image, Manuscript, Rendition
from ..screenplay import Screenplay
from .abreast import abreast
from .archive_writer import ArchiveWriter
from .portraits import image_name
from .spending import entering_failures

_DANGEROUS = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+'
)
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)
Told = Callable[[int], None]
"""Is told how many projects are done."""

_PACKED_ALREADY = ".docx", ".pdf"
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
        if name == "zip":
            data: bytes | Iterator[bytes] = self._everything(session_id, project)
        else:
            script = self._screenplay(session_id, project) if wanted.is_screenplay else None
            portraits = {} if wanted.is_screenplay else self._portraits(project, site)
            data = self._presses[name].set(_manuscript(project, portraits, script))
        return Rendition(data, wanted.media_type, file_name(project, wanted.extension))

    def archive(
        self, project_ids: Sequence[str] | None = None, told: Told | None = None
    ) -> Iterator[bytes]:
        """An archive of these projects, or of all that are not in the trash, piece by piece.

        Raises `ProjectNotFound` where one of them is not there, before the first piece.
        """
        for project_id in project_ids or ():
            self._projects.get(project_id)
        chosen = self._projects.ids() if project_ids is None else dict.fromkeys(project_ids)
        return self._archived(chosen, told)

    def _everything(self, session_id: str, project: Project) -> Iterator[bytes]:
        """An archive of the project with every document and the characters' portraits beside it."""
        portraits = self._portraits(project, "")
        named = dict(zip(portraits, _image_names(portraits), strict=True))
        pointed = {name: replace(image, address=named[name]) for name, image in portraits.items()}
        manuscript = _manuscript(project, pointed, self._screenplay(session_id, project))
        names = [file_name(project, FORMATS[name].extension) for name in self._presses]
        made = abreast("press", lambda press: press.set(manuscript), self._presses.values())
        files = dict(zip(names, made, strict=True))
        return self._collected(project, files, {named[n]: i.data for n, i in portraits.items()})

    def _collected(
        self, project: Project, files: Mapping[str, bytes], pictures: Mapping[str, bytes]
    ) -> Iterator[bytes]:
        with ArchiveWriter(self._projects, self._media) as archive:
            for path, data in files.items():
                packed = not path.endswith(_PACKED_ALREADY)
                yield from archive.add(path, data, project.updated_at, packed=packed)
            for path, data in pictures.items():
                yield from archive.add(path, data, project.updated_at, packed=False)
            yield from archive.add_project(project.project_id)
            yield from archive.finish()

    def _archived(self, project_ids: Iterable[str], told: Told | None) -> Iterator[bytes]:
        with ArchiveWriter(self._projects, self._media) as archive:
            for done, project_id in enumerate(project_ids, 1):
                yield from archive.add_project(project_id)
                if told:
                    told(done)
            yield from archive.finish()

    def _screenplay(self, session_id: str, project: Project) -> Screenplay:
        """The project's story in scenes; what that took is entered in the session's ledger."""
        about, profiles = project.project_id, project.character_profiles
        with entering_failures(self._conversations, session_id, "screenplay", about, aside=True):
            written = self._writer.screenplay(_story(project), profiles)
        spent = Usage.of("screenplay", written.provenance, about)
        self._conversations.record(session_id, spent, aside=True)
        return written.value

    def _portraits(self, project: Project, site: str) -> dict[str, Image]:
        found = {p.name: self._portrait(p, site) for p in project.character_profiles}
        return {name: image for name, image in found.items() if image}

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


def _manuscript(
    project: Project, portraits: dict[str, Image], script: Screenplay | None
) -> Manuscript:
    return Manuscript(project, language_of_project(project), portraits, script)


def _image_names(portraits: Mapping[str, Image]) -> Iterator[str]:
    """Where each portrait stands in an archive: under its character's name, no two alike."""
    for number, (name, image) in enumerate(portraits.items(), 1):
        extension = image.address.rpartition(".")[2]
        yield f"images/{number:02}-{_plain(name) or 'character'}.{extension}"


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
    name = _plain(project.project_name) or f"project-{project.project_id[:8]}"
    return f"{name}.{extension}"


def _plain(name: str) -> str:
    """What of a name can stand in that of a file; empty where nothing can."""
    name = " ".join(_DANGEROUS.sub(" ", name).split()).strip(". ")
    name = name.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    return "" if _DEVICES.match(name) else name
