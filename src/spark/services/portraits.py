"""Where a character's pictures are found, and how they follow from each other."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import CharacterNotFound, NotFound
from ..models import CharacterProfile, Origin, Portrait, Project, Record
from ..ports import MediaStore

IMAGE_PATH = "/api/content/images/"

_LONGEST_PROMPT = 2000


class CharacterImages(Record):
    """Every version of a character's picture, oldest first."""

    character_name: str
    images: list[Portrait]
    current: int | None
    """The version that is the character's picture; `None` where it has none."""


def image_url(name: str) -> str:
    """The stable address of the picture called `name` in the media store."""
    return IMAGE_PATH + name


def image_name(url: str) -> str | None:
    """The name of the picture at `url` in the media store; `None` where it is not ours."""
    return url.removeprefix(IMAGE_PATH) if url.startswith(IMAGE_PATH) else None


@dataclass(frozen=True)
class Pictures:
    """A character of a project, and every version of its picture, oldest first."""

    profile: CharacterProfile
    versions: list[Portrait]

    @classmethod
    def of(cls, project: Project, name: str) -> Pictures:
        """The pictures of the character called `name`. Raises `CharacterNotFound`."""
        return cls(character(project, name), project.portraits.get(name, []))

    @property
    def present(self) -> Portrait | None:
        """The version that is the character's picture; the latest where several look the same."""
        url = self.profile.image_url
        return next((v for v in reversed(self.versions) if v.image_url == url), None)

    @property
    def base(self) -> Portrait | None:
        """What the next version is made from: the present one, or else the last there was."""
        return self.present or next(reversed(self.versions), None)

    def version(self, number: int) -> Portrait:
        """The version of this number. Raises `NotFound`."""
        for version in self.versions:
            if version.version == number:
                return version
        raise NotFound()

    def wishes(self) -> list[str]:
        """All feedback that `base` heeds, oldest first: its own after that of its bases.

        Where a record does not say what it was made from, that was the version before it.
        """
        wishes: list[str] = []
        wanted = self.base.version if self.base else 0
        for version in reversed(self.versions):
            if version.version == wanted:
                wanted = version.base or wanted - 1
                wishes += [] if version.feedback is None else [version.feedback]
        return wishes[::-1]

    def next_version(
        self,
        url: str,
        origin: Origin | None,
        feedback: str | None = None,
        base: Portrait | None = None,
    ) -> Portrait:
        """The version to come: the picture at `url`, with what is known of how it was made."""
        made = origin.provenance if origin else None
        return Portrait(
            version=len(self.versions) + 1,
            image_url=url,
            feedback=feedback,
            prompt=origin.prompt[:_LONGEST_PROMPT] if origin else None,
            provider=made.engine if made else None,
            provenance=made,
            base=base.version if base else None,
        )


def character(project: Project, name: str) -> CharacterProfile:
    """The character called `name`. Raises `CharacterNotFound`."""
    for profile in project.character_profiles:
        if profile.name == name:
            return profile
    raise CharacterNotFound(name=name)


def showing(profile: CharacterProfile, portrait: Portrait) -> CharacterProfile:
    """`profile` with `portrait` as its picture; what went wrong with an earlier one is past."""
    return profile.model_copy(update={"image_url": portrait.image_url, "image_error": None})


def with_portraits(
    portraits: dict[str, list[Portrait]], profiles: list[CharacterProfile], media: MediaStore
) -> dict[str, list[Portrait]]:
    """`portraits` with a version added for each picture of `profiles` it does not hold yet."""
    kept = dict(portraits)
    for profile in profiles:
        pictures = Pictures(profile, kept.get(profile.name, []))
        if profile.image_url and not pictures.present:
            name = image_name(profile.image_url)
            origin = media.origin(name) if name else None
            added = pictures.next_version(profile.image_url, origin)
            kept[profile.name] = [*pictures.versions, added]
    return kept
