"""The shapes of a model's answers, and their JSON schemas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from ...models import Element
from .lenient import Position, Seconds, Text, TextOrNone, Texts, element, names, texts, ties
from .repair import Unreadable, read_object
from .scenery import HourOrNone, SettingOrNone, scenes


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, populate_by_name=True)


def _called(*words: str) -> Any:
    """A field by the name we ask for, and by others that models give it."""
    return Field(validation_alias=AliasChoices(*words))


def _named_quotes(value: Any) -> Any:
    """Quotes of the elements we know; a mapping gives its pairs."""
    if isinstance(value, dict):
        value = [{"element": key, "quote": quote} for key, quote in value.items()]
    if not isinstance(value, list):
        return []
    entries = [e if isinstance(e, dict) else {"element": e, "quote": ""} for e in value]
    known = ({**entry, "element": element(entry.get("element"))} for entry in entries)
    return [entry for entry in known if entry["element"]]


def _elements(value: Any) -> Any:
    """The elements we know of a list of names."""
    listed = texts(value)
    if not isinstance(listed, list):  # a number, or a yes
        return []
    return [known for entry in listed if (known := element(entry))]


class CharacterNote(_Answer):
    """Someone in the story, and what was told of them."""

    name: Text
    note: Text = ""


class IdeaAnswer(_Answer):
    """The idea as a model understands it; `None` for what nobody said."""

    theme: TextOrNone = None
    genre: TextOrNone = None
    characters: Annotated[
        list[CharacterNote] | None,
        BeforeValidator(names),
        _called("characters", "basic_characters"),
    ] = None
    plot: Annotated[Texts | None, _called("plot", "plot_points", "events")] = None
    audience: Annotated[TextOrNone, _called("audience", "target_audience")] = None
    duration_seconds: Annotated[
        Seconds, _called("duration_seconds", "duration", "duration_preference")
    ] = None
    visual_style: TextOrNone = None
    mood: TextOrNone = None


class Quote(_Answer):
    """An element and the words that gave it."""

    element: Element
    quote: Text = ""


class PlacedQuote(Quote):
    """A quote, and the message it is from."""

    message: Position = -1


_IDEA: Any = _called("idea", "user_idea")


class IdeaUpdate(_Answer):
    """The idea after a message, with what that message said of it."""

    idea: Annotated[IdeaAnswer, _IDEA]
    said: Annotated[list[Quote], BeforeValidator(_named_quotes)] = []
    waived: Annotated[list[Element], BeforeValidator(_elements)] = []


class TurnAnswer(_Answer):
    """A turn of the interview: first what is said to the person."""

    reply: Annotated[Text, Field(min_length=1), _called("reply", "response")]
    idea: Annotated[IdeaAnswer, _IDEA]
    said: Annotated[list[Quote], BeforeValidator(_named_quotes)] = []
    waived: Annotated[list[Element], BeforeValidator(_elements)] = []


class BriefAnswer(_Answer):
    """The idea that a whole conversation holds."""

    idea: Annotated[IdeaAnswer, _IDEA]
    sources: Annotated[list[PlacedQuote], BeforeValidator(_named_quotes)] = []


class OutlineAnswer(_Answer):
    """A story."""

    title: Annotated[Text, Field(min_length=1)]
    summary: Annotated[Text, Field(min_length=1), _called("summary", "logline")]
    narrative_text: Annotated[
        Text, Field(min_length=1), _called("narrative_text", "narrative", "story")
    ]
    estimated_duration: Seconds = None


class Tie(_Answer):
    """How a character stands to another."""

    name: Text
    text: Annotated[Text, _called("text", "relationship", "description")] = ""


class SheetAnswer(_Answer):
    """A character sheet."""

    name: Annotated[Text, Field(min_length=1)]
    role: Text = ""
    appearance: Annotated[Text, Field(min_length=1)]
    personality: Annotated[Text, Field(min_length=1)]
    backstory: Text = ""
    motivations: Texts = []
    relationships: Annotated[list[Tie], BeforeValidator(ties)] = []
    visual_description: Text = ""
    visual_consistency_tags: Annotated[Texts, _called("visual_consistency_tags", "tags")] = []


class CastAnswer(_Answer):
    """All character sheets of a story."""

    characters: Annotated[
        list[SheetAnswer], _called("characters", "character_profiles", "profiles", "cast")
    ]


class ElementAnswer(_Answer):
    """What is done, or said by someone."""

    speaker: Text = ""
    """Empty for action."""
    manner: Text = ""
    text: Text


class SceneAnswer(_Answer):
    """What happens in one place at one time."""

    setting: SettingOrNone = None
    place: Text = ""
    hour: HourOrNone = None
    elements: list[ElementAnswer]


class ScreenplayAnswer(_Answer):
    """A passage of a story in scenes."""

    scenes: Annotated[
        list[SceneAnswer], BeforeValidator(scenes), _called("scenes", "screenplay", "script")
    ]


Answer = TypeVar("Answer", bound=_Answer)


@dataclass(frozen=True)
class Form(Generic[Answer]):
    """A kind of answer: its name, its shape, and what else has to be true of it."""

    name: str
    shape: type[Answer]

    @cached_property
    def schema(self) -> dict[str, Any]:
        """Its JSON schema, closed and with every field required, as strict services want it."""
        schema: dict[str, Any] = _closed(self.shape.model_json_schema())
        return schema

    @cached_property
    def _opening(self) -> list[str]:
        """What the first field may be called."""
        name, field = next(iter(self.shape.model_fields.items()))
        alias = field.validation_alias
        return (
            [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else [name]
        )

    def read(self, said: str, check: Callable[[Answer], str | None] = lambda _: None) -> Answer:
        """The answer in what a model said. Raises `Unreadable` with what is wrong with it."""
        value = read_object(said, self._opening)
        try:
            answer = self.shape.model_validate(value)
        except ValidationError as error:
            raise Unreadable(_problems(error)) from None
        if problem := check(answer):
            raise Unreadable("It is not what was asked for.", told=problem)
        return answer


TURN = Form("turn", TurnAnswer)
IDEA = Form("idea", IdeaUpdate)
BRIEF = Form("brief", BriefAnswer)
OUTLINE = Form("outline", OutlineAnswer)
CAST = Form("cast", CastAnswer)
SCREENPLAY = Form("screenplay", ScreenplayAnswer)


def _problems(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)[:10]
    return "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in found)


def _closed(schema: Any) -> Any:
    """A schema in the subset that strict services take: no titles, no defaults, nothing open."""
    if isinstance(schema, list):
        return [_closed(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {k: _closed(v) for k, v in schema.items() if k not in _NOISE or not _is_noise(v)}
    if isinstance(kept.get("properties"), dict):
        kept["required"] = list(kept["properties"])
        kept["additionalProperties"] = False
    return kept


_NOISE = {"title", "default", "description", "minLength"}


def _is_noise(value: object) -> bool:
    """Whether a keyword is one, and not a property of that name."""
    return not (
        isinstance(value, dict) and ("type" in value or "anyOf" in value or "$ref" in value)
    )
