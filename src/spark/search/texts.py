"""The texts of a project that are searched, in groups, and as one string."""

from __future__ import annotations

from collections.abc import Sequence

from ..models import Project
from .passages import BETWEEN

GROUPS = ("head", "topic", "summary", "body")
"""Where words are found, what weighs most first."""
_BETWEEN_GROUPS = BETWEEN * 2


def texts_of(project: Project) -> list[list[str]]:
    """The texts that are searched, by group."""
    idea, outline, profiles = (
        project.user_idea,
        project.story_outline,
        project.character_profiles,
    )
    sheets = [(p.role, p.personality, p.appearance, p.backstory) for p in profiles]
    groups = [
        [project.project_name, outline.title],
        [idea.theme, idea.genre, idea.mood or "", *(profile.name for profile in profiles)],
        [outline.summary],
        [outline.narrative_text, *(text for sheet in sheets for text in sheet)],
    ]
    return [[text.replace(BETWEEN, " ") for text in group if text] for group in groups]


def joined(groups: Sequence[Sequence[str]]) -> str:
    """All texts in one, running text first: it says more around a hit than a name does."""
    head, topic, summary, body = map(BETWEEN.join, groups)
    return _BETWEEN_GROUPS.join([summary, body, topic, head])


def groups_of(texts: str) -> list[list[str]]:
    """The groups that were joined."""
    summary, body, topic, head = texts.split(_BETWEEN_GROUPS)
    return [group.split(BETWEEN) for group in (head, topic, summary, body)]
