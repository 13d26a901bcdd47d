"""The shapes of requests: they check what comes in and document it."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from flask import current_app
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from ..errors import UnsupportedFormat
from ..models import (
    FIELD_OF,
    MAX_CHARACTERS,
    MAX_PLOT_POINTS,
    SEEN,
    CharacterProfile,
    Name,
    ProjectStatus,
    Record,
    Seconds,
    Sentence,
    ShortText,
    StoryOutline,
    Theme,
    UserIdea,
    Version,
)
from ..ports import Sort
from ..renditions import FORMATS, FormatName
from ..services import batch
from ..services.imports import Existing


class _Text(BaseModel):
    """Query and path models: everything arrives as text."""

    _schemas: ClassVar[dict[tuple[type, str], dict[str, Any]]] = {}

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The schema, made once: the OpenAPI layer asks for it on every request."""
        key = (cls, repr((args, kwargs)))
        if key not in cls._schemas:
            cls._schemas[key] = super().model_json_schema(*args, **kwargs)
        return cls._schemas[key]


def _within_limit(message: str) -> str:
    """Hold a message to the length this app is set to."""
    limit = current_app.config["SPARK_MAX_MESSAGE_CHARS"]
    if len(message) > limit:
        raise PydanticCustomError("string_too_long", "too long", {"max_length": limit})
    return message


MessageText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, pattern=SEEN),
    AfterValidator(_within_limit),
]
Body = TypeVar("Body", bound=Record)
Feedback = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


def _with_something_given(body: Body) -> Body:
    """Refuse a body with none of the fields it could have."""
    if not body.model_fields_set:
        raise PydanticCustomError("nothing_given", "nothing given")
    return body


class SendMessage(Record):
    """One message of a conversation."""

    message: MessageText = Field(examples=["我想制作一个科幻视频"])
    is_first_message: bool | None = None


class EditIdea(Record):
    """Parts of the idea; at least one. Null, or an empty list, takes a part back to “not said”."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": [field]} for field in FIELD_OF.values()]}
    )

    theme: Theme | None = None
    genre: Name | None = None
    target_audience: ShortText | None = None
    duration_preference: Seconds | None = None
    basic_characters: Annotated[list[Name], Field(max_length=MAX_CHARACTERS)] | None = None
    plot_points: Annotated[list[Sentence], Field(max_length=MAX_PLOT_POINTS)] | None = None
    visual_style: ShortText | None = None
    mood: ShortText | None = None

    @model_validator(mode="after")
    def _something_given(self) -> Self:
        return _with_something_given(self)


class SpokenMessage(Record):
    """One utterance of a conversation brought along by the caller."""

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=20_000)]


class OptionalBody(Record):
    """A body that may be left out."""

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_empty(cls, value: Any) -> Any:
        return {} if value is None else value


class StructureIdea(OptionalBody):
    """The conversation to structure; without it, the session's own."""

    messages: Annotated[list[SpokenMessage], Field(max_length=1000)] | None = None


Fresh = Annotated[
    bool | None,
    Field(description="Write anew, though the same was asked before and could be given again."),
]


class GenerateStory(Record):
    """The idea to tell a story from."""

    user_idea: UserIdea
    fresh: Fresh = None


class GenerateCharacters(Record):
    """The idea, and the outline where there is one, to make character sheets from."""

    user_idea: UserIdea
    story_outline: StoryOutline | None = None
    generate_images: bool | None = True
    fresh: Fresh = None


class ValidateContent(Record):
    """Records to look over; at least one. What is wrong with them is told, not refused."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    user_idea: dict[str, Any] = Field(default_factory=dict)
    story_outline: dict[str, Any] = Field(default_factory=dict)
    character_profiles: list[dict[str, Any]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _something_given(self) -> Self:
        return _with_something_given(self)


Profiles = Annotated[list[CharacterProfile], Field(max_length=MAX_CHARACTERS)]


class CreateProject(Record):
    """What a person confirmed."""

    user_idea: UserIdea
    story_outline: StoryOutline
    character_profiles: Profiles
    project_name: Name | None = Field(None, examples=["我的科幻项目"])


class EditProject(Record):
    """The fields to change; `version`, where given, is the one the caller last saw."""

    name: Name | None = Field(None, description="Another word for `project_name`.")
    project_name: Name | None = None
    status: ProjectStatus | None = None
    user_idea: UserIdea | None = None
    story_outline: StoryOutline | None = None
    character_profiles: Profiles | None = None
    version: Version | None = None


class DuplicateProject(OptionalBody):
    """What the copy is called, where the name is not made from the original's."""

    project_name: Name | None = None


def _fields_as_sent(value: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """Name an operation's fields as the caller knows them: pydantic puts the action before them."""
    try:
        return check(value)
    except ValidationError as error:
        problems = [_problem_as_sent(problem) for problem in error.errors()]
        raise ValidationError.from_exception_data(error.title, problems) from error


def _problem_as_sent(problem: Any) -> InitErrorDetails:
    kind, context, value = problem["type"], problem.get("ctx", {}), problem["input"]
    if kind == "union_tag_invalid":
        known = {"expected": context["expected_tags"]}
        return {"type": "literal_error", "loc": ("action",), "input": value, "ctx": known}
    if kind == "union_tag_not_found":
        return {"type": "missing", "loc": ("action",), "input": value}
    if not problem["loc"]:
        return {"type": "dict_type", "loc": (), "input": value}
    return {"type": kind, "loc": problem["loc"][1:], "input": value, "ctx": context}


Operation = Annotated[
    batch.Operation, Field(discriminator="action"), WrapValidator(_fields_as_sent)
]


class RunBatch(Record):
    """What to do, one after the other."""

    operations: Annotated[list[Operation], Field(min_length=1, max_length=100)]


class RegenerateImage(OptionalBody):
    """What should be different in the new picture."""

    feedback: Feedback | None = Field(None, examples=["让角色看起来更年轻一些"])


class ProjectPath(_Text):
    """A project's address."""

    project_id: str


class CharacterPath(ProjectPath):
    """A character's address in a project."""

    name: str


def _version_number(text: str) -> int:
    """The number a path names; 0, which no version has, where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class RevisionPath(ProjectPath):
    """One version of a project."""

    version: Annotated[int, BeforeValidator(_version_number)]


class PortraitPath(CharacterPath):
    """One version of a character's picture."""

    version: Annotated[int, BeforeValidator(_version_number)]


class ImagePath(_Text):
    """A picture's address."""

    image: str


PageNumber = Annotated[int, Field(ge=1, le=2**53)]
PageSize = Annotated[int, Field(ge=1, le=100)]


def _true_or_false(text: object) -> object:
    """JSON's two words alone: pydantic would take “off” and “1” too."""
    said = {"true": True, "false": False}.get(str(text).lower())
    if said is None:
        raise PydanticCustomError("bool_parsing", "neither true nor false")
    return said


class DeleteQuery(_Text):
    """Whether the project shall not go to the trash, or is to be removed from it."""

    permanent: Annotated[bool, BeforeValidator(_true_or_false)] = False


class TrashQuery(_Text):
    """Which page of the trash."""

    page: PageNumber = 1
    per_page: PageSize = 10


class ListQuery(_Text):
    """Which projects to list."""

    page: PageNumber = 1
    per_page: PageSize = 10
    status: ProjectStatus | None = None
    sort: Sort = "-created_at"


class SearchQuery(_Text):
    """What to search for."""

    q: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=SEEN)
    ]
    page: PageNumber = 1
    per_page: PageSize = 10
    status: ProjectStatus | None = None


def _known_format(name: str) -> str:
    """A format's name; it has an error of its own."""
    if name not in FORMATS:
        raise UnsupportedFormat(format=name, known=", ".join(FORMATS))
    return name


class ExportManyQuery(_Text):
    """Which projects to take along: some, or all."""

    ids: Annotated[str, Field(max_length=4000, description="With commas between them.")] = ""
    all: Annotated[bool, BeforeValidator(_true_or_false)] = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.chosen) == self.all:
            raise PydanticCustomError("ids_or_all", "either ids or all=true")
        return self

    @property
    def chosen(self) -> list[str]:
        """The ids that were listed."""
        return [part for each in self.ids.split(",") if (part := each.strip())]


class ImportQuery(_Text):
    """What to do with a project whose id is there already."""

    existing: Existing = "skip"


class ExportQuery(_Text):
    """The format to export in."""

    format: Annotated[FormatName, BeforeValidator(_known_format)] = "json"
