"""What pictures are made from: one sheet a character, so that it stays the same person."""

from __future__ import annotations

from collections.abc import Sequence

from ...language import language_of
from ...models import CharacterProfile, UserIdea
from .prompts import prompts

_LONGEST_DESCRIPTION = 1500
_LONGEST_WISHES = 4000


def portrait_prompt(
    profile: CharacterProfile, idea: UserIdea | None, feedback: Sequence[str]
) -> str:
    """The order for a portrait from nothing: the continuity sheet, the look, and all wishes."""
    words = _words(profile)
    parts = [words["portrait"].format(name=profile.name, description=_description(profile))]
    if tags := [tag for tag in profile.visual_consistency_tags if tag]:
        joined = words["separator"].join(tags)[:_LONGEST_DESCRIPTION]
        parts.append(words["tags"].format(tags=joined))
    if idea and idea.visual_style:
        parts.append(words["style"].format(style=idea.visual_style))
    if idea and idea.mood:
        parts.append(words["mood"].format(mood=idea.mood))
    parts.append(words["frame"])
    if wishes := _latest([wish for wish in feedback if wish]):
        parts.append(words["wishes"].format(wishes=words["separator"].join(wishes)))
    return "\n".join(parts)


def edit_prompt(profile: CharacterProfile, wish: str) -> str:
    """The order for changing one thing of a portrait that is there."""
    words = _words(profile)
    return str(
        words["edit"].format(name=profile.name, wish=wish, description=_description(profile))
    )


def _latest(wishes: list[str]) -> list[str]:
    """As many of the latest wishes as a service will read, in their order."""
    kept, room = 0, _LONGEST_WISHES
    for wish in reversed(wishes):
        room -= len(wish)
        if room < 0 and kept:
            break
        kept += 1
    return wishes[len(wishes) - kept :]


def _words(profile: CharacterProfile) -> dict[str, str]:
    language = language_of(f"{_description(profile)} {profile.name}")
    words: dict[str, str] = prompts(language)["image"]
    return words


def _description(profile: CharacterProfile) -> str:
    return (profile.visual_description or profile.appearance or profile.role)[:_LONGEST_DESCRIPTION]
