"""Finding words in projects: which match, how well, and the passage to show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from ...models import Project, ProjectSummary

_WEIGHTS = {"name": 8, "title": 8, "theme": 5, "genre": 5, "characters": 4, "summary": 2, "rest": 1}
_BEFORE, _AFTER = 20, 60
_TERM = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')


class Match(NamedTuple):
    """How well a document matches, and a passage in which it does."""

    score: float
    snippet: str


@dataclass(frozen=True)
class Document:
    """A project as lists and searches see it."""

    summary: ProjectSummary
    texts: dict[str, str]
    folded: dict[str, str]

    @classmethod
    def of(cls, project: Project) -> Document:
        """The searchable side of `project`."""
        idea, outline = project.user_idea, project.story_outline
        texts = {
            "name": project.project_name,
            "title": outline.title,
            "theme": idea.theme,
            "genre": idea.genre,
            "characters": " · ".join(
                f"{p.name} {p.role} {p.personality} {p.appearance} {p.backstory}".strip()
                for p in project.character_profiles
            ),
            "summary": outline.summary,
            "rest": "\n".join(filter(None, [outline.narrative_text, idea.mood, idea.visual_style])),
        }
        return cls(
            ProjectSummary.of(project), texts, {field: fold(t) for field, t in texts.items()}
        )


def fold(text: str) -> str:
    """`text` as it is compared: width and case make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


def terms_of(query: str) -> list[str]:
    """The words of a query; what stands in quotes is one word."""
    found = ("".join(groups).strip() for groups in _TERM.findall(query))
    return [fold(term) for term in found if term]


def match(document: Document, terms: list[str]) -> Match | None:
    """How well `document` holds all of `terms`; `None` where one of them is missing."""
    score = 0.0
    for term in terms:
        held = {f: text.count(term) for f, text in document.folded.items() if term in text}
        if not held:
            return None
        score += sum(_WEIGHTS[f] * (1 + min(count, 9) / 10) for f, count in held.items())
    return Match(score, _snippet(document, terms[0])) if terms else None


def _snippet(document: Document, term: str) -> str:
    """The passage around the first hit, in the longest of the fields that hold it."""
    field = max((f for f, text in document.folded.items() if term in text), key=_reading_order)
    text = " ".join(document.texts[field].split())
    at = _position(text, term)
    start, end = max(at - _BEFORE, 0), at + len(term) + _AFTER
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _position(text: str, term: str) -> int:
    """Where `term` stands in `text`; folding may make characters longer, so they are counted."""
    folded, origins = "", []
    for position, character in enumerate(text):
        piece = fold(character)
        folded += piece
        origins.extend([position] * len(piece))
    found = folded.find(term)
    return origins[found] if found >= 0 else 0


def _reading_order(field: str) -> int:
    """Running text says more around a hit than a name does."""
    return list(_WEIGHTS).index(field)
