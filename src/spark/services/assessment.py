"""How far an idea has come, and whether records are fit to be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from ..defaults import DEFAULTS, USUAL_MOODS
from ..errors import FieldProblem
from ..models import (
    FIELD_OF,
    MAX_CHARACTERS,
    OPTIONAL,
    REQUIRED,
    CharacterProfile,
    Element,
    IdeaDraft,
    Language,
    Record,
    StoryOutline,
    UserIdea,
)

_REQUIRED_SHARE = 0.8

_SUGGESTIONS: dict[Element, dict[Language, str]] = {
    "theme": {"zh": "说说影片围绕什么主题。", "en": "Say what the film is about."},
    "genre": {
        "zh": "选一个类型，比如科幻或喜剧。",
        "en": "Pick a genre, such as sci-fi or comedy.",
    },
    "characters": {"zh": "介绍故事里有谁。", "en": "Tell who is in the story."},
    "plot": {"zh": "讲讲发生了哪些事。", "en": "Tell what happens, step by step."},
    "audience": {"zh": "说明拍给谁看。", "en": "Say who it is for."},
    "duration": {"zh": "说明影片时长。", "en": "Say how long it should be."},
    "visual_style": {"zh": "描述想要的画面风格。", "en": "Describe how it should look."},
    "mood": {"zh": "描述想要的氛围。", "en": "Describe the mood."},
}


class ElementDetail(Record):
    """What is known of one element."""

    known: bool
    required: bool
    value: str | int | list[str] | None


class Assessment(Record):
    """How far an idea has come."""

    is_complete: bool
    completeness_score: float
    """From 0 to 1: the required elements make up four fifths of it."""
    missing_elements: list[Element]
    optional_missing: list[Element]
    suggestions: list[str]
    details: dict[Element, ElementDetail]


def assess(idea: IdeaDraft, language: Language) -> Assessment:
    """How far `idea` has come, with suggestions in `language`."""
    missing, optional = idea.missing(REQUIRED), idea.missing(OPTIONAL)
    required_part = _REQUIRED_SHARE * (1 - len(missing) / len(REQUIRED))
    optional_part = (1 - _REQUIRED_SHARE) * (1 - len(optional) / len(OPTIONAL))
    return Assessment(
        is_complete=not missing,
        completeness_score=round(required_part + optional_part, 2),
        missing_elements=missing,
        optional_missing=optional,
        suggestions=[_SUGGESTIONS[element][language] for element in (*missing, *optional)],
        details={
            element: ElementDetail(
                known=bool(idea.value(element)),
                required=element in REQUIRED,
                value=idea.value(element),
            )
            for element in FIELD_OF
        },
    )


def with_defaults(idea: IdeaDraft, language: Language) -> IdeaDraft:
    """`idea` with the optional fields nobody spoke of set to their defaults."""
    usual = (m for g, m in USUAL_MOODS[language].items() if g in (idea.genre or "").casefold())
    defaults = {**DEFAULTS[language], "mood": next(usual, DEFAULTS[language]["mood"])}
    unsaid = {field: value for field, value in defaults.items() if not getattr(idea, field)}
    return idea.model_copy(update=unsaid)


def problems_of(model: type[BaseModel] | TypeAdapter[Any], value: object) -> list[Any]:
    """What keeps `value` from being a `model`, as pydantic lists it; nothing where it is one."""
    adapter = model if isinstance(model, TypeAdapter) else TypeAdapter(model)
    try:
        adapter.validate_python(value)
    except ValidationError as error:
        return error.errors(include_url=False, include_context=True, include_input=False)
    return []


def repeated_names(names: Sequence[str], field: str) -> list[FieldProblem]:
    """The characters whose name an earlier one has already; `field` is where one stands, by place.

    Characters are addressed by name, so no two of a project may share one.
    """
    return [
        FieldProblem(
            field.format(place),
            f"已经有一个角色叫“{name}”，请换一个名字。",
            f"Another character is already named “{name}”.",
        )
        for place, name in enumerate(names)
        if name in names[:place]
    ]


RECORDS: Mapping[str, TypeAdapter[Any]] = {
    "user_idea": TypeAdapter(UserIdea),
    "story_outline": TypeAdapter(StoryOutline),
    "character_profiles": TypeAdapter(
        Annotated[list[CharacterProfile], Field(max_length=MAX_CHARACTERS)]
    ),
}
"""The records that `/api/content/validate` can be asked about."""
