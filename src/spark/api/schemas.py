"""The shapes of requests and answers: they check the one and document both."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from flask import current_app
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ..models import (
    MAX_CHARACTERS,
    SEEN,
    CharacterProfile,
    Element,
    IdeaDraft,
    Message,
    Moment,
    Name,
    Portrait,
    Project,
    ProjectStatus,
    ProjectSummary,
    Record,
    SearchHit,
    Source,
    StoryOutline,
    UserIdea,
    Version,
)
from ..ports import Sort
from ..services.assessment import Assessment


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
Feedback = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


# --- requests ---


class SendMessage(Record):
    """One message of a conversation."""

    message: MessageText = Field(examples=["我想制作一个科幻视频"])
    is_first_message: bool | None = None


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


class GenerateStory(Record):
    """The idea to tell a story from."""

    user_idea: UserIdea


class GenerateCharacters(Record):
    """The idea, and the outline where there is one, to make character sheets from."""

    user_idea: UserIdea
    story_outline: StoryOutline | None = None
    generate_images: bool | None = True


class ValidateContent(Record):
    """Records to look over; at least one. What is wrong with them is told, not refused."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    user_idea: dict[str, Any] = Field(default_factory=dict)
    story_outline: dict[str, Any] = Field(default_factory=dict)
    character_profiles: list[dict[str, Any]] = Field(default_factory=list)

    @model_validator(mode="after")
    def _something_given(self) -> ValidateContent:
        if not self.model_fields_set:
            raise PydanticCustomError("nothing_given", "nothing given")
        return self


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


class RegenerateImage(OptionalBody):
    """What should be different in the new picture."""

    feedback: Feedback | None = Field(None, examples=["让角色看起来更年轻一些"])


class ProjectPath(_Text):
    """A project's address."""

    project_id: str


class CharacterPath(ProjectPath):
    """A character's address in a project."""

    name: str


class ImagePath(_Text):
    """A picture's address."""

    image: str


EXPORT_FORMATS = ("json",)
PageNumber = Annotated[int, Field(ge=1, le=2**53)]
PageSize = Annotated[int, Field(ge=1, le=100)]


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


class ExportQuery(_Text):
    """The format to export in."""

    format: str = Field("json", json_schema_extra={"enum": list(EXPORT_FORMATS)})


# --- answers ---


class FieldError(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class ErrorBody(BaseModel):
    """The body of every error."""

    error: str = Field(description="A stable code a program can switch on.")
    message: str = Field(
        description="A sentence for a person, Chinese unless English is preferred."
    )
    timestamp: Moment
    request_id: str
    details: list[FieldError] | None = None


class ChatReply(BaseModel):
    """The answer to a message."""

    status: Literal["engaged", "continued"]
    response: str
    is_complete: bool
    missing_elements: list[Element]
    optional_missing: list[Element]
    user_idea: IdeaDraft
    session_id: str
    timestamp: Moment
    provider: str


class Analysis(BaseModel):
    """How far the idea of a conversation has come."""

    is_complete: bool
    found_elements: list[Element]
    missing_elements: list[Element]
    optional_missing: list[Element]


class HistoryContext(BaseModel):
    """The state of a conversation beside its messages."""

    message_count: int
    last_analysis: Analysis


class History(BaseModel):
    """A conversation, oldest message first."""

    session_id: str
    history: list[Message]
    context: HistoryContext


class ChatStatus(BaseModel):
    """The state of a conversation."""

    session_id: str
    state: Literal["empty", "engaged", "complete"]
    message_count: int
    last_analysis: Analysis


class ChatIdea(BaseModel):
    """The idea so far, with where each part of it was said."""

    session_id: str
    user_idea: IdeaDraft
    sources: dict[Element, Source]
    notes: dict[str, str]


class ChatReset(BaseModel):
    """A conversation was forgotten."""

    session_id: str
    message: str


class StructuredIdea(BaseModel):
    """The idea a conversation holds, and what it still lacks."""

    user_idea: IdeaDraft
    validation: Assessment
    provider: str


class Story(BaseModel):
    """A written outline."""

    story_outline: StoryOutline
    provider: str


class Cast(BaseModel):
    """Written character sheets."""

    character_profiles: list[CharacterProfile]
    character_count: int
    provider: str


class ValidationResult(BaseModel):
    """Whether one record is fit to be kept, and what an idea still lacks."""

    is_valid: bool
    errors: list[FieldError]
    validation: Assessment | None = None


class ValidationResults(BaseModel):
    """One result for each record that was given."""

    validation_results: dict[str, ValidationResult]


class ProjectOutline(BaseModel):
    """A project's story."""

    project_id: str
    outline: StoryOutline


class ProjectCharacters(BaseModel):
    """A project's characters."""

    project_id: str
    characters: list[CharacterProfile]
    character_count: int


class CharacterImage(BaseModel):
    """A character's present picture."""

    character_name: str
    image_url: str | None
    visual_tags: list[str]


class Pagination(BaseModel):
    """Where in a list a page stands."""

    page: int
    per_page: int
    total: int
    pages: int


class ProjectList(BaseModel):
    """One page of projects."""

    projects: list[ProjectSummary]
    pagination: Pagination


class SearchResults(BaseModel):
    """One page of what a search found."""

    query: str
    results: list[SearchHit]
    result_count: int
    pagination: Pagination


class CreatedProject(BaseModel):
    """A project that was just created."""

    project_id: str
    project_name: str
    project: Project


class WholeProject(BaseModel):
    """A project."""

    project: Project


class DeletedProject(BaseModel):
    """A project that is gone."""

    project_id: str
    message: str


class RegeneratedImage(BaseModel):
    """A character's new picture."""

    character_name: str
    image_url: str
    image_version: int
    feedback: str | None
    provider: str | None


class CharacterImages(BaseModel):
    """Every version of a character's picture, oldest first."""

    character_name: str
    images: list[Portrait]


class Health(BaseModel):
    """How the service is."""

    status: Literal["healthy", "degraded"]
    version: str
    environment: str
    timestamp: Moment
    components: dict[str, Literal["healthy", "degraded"]]
    engines: dict[str, str]


class SessionInfo(BaseModel):
    """The caller's session."""

    session_id: str
    status: Literal["active"]
    timestamp: Moment


class ApiIndex(BaseModel):
    """What the API offers."""

    title: str
    version: str
    description: str
    endpoints: dict[str, dict[str, str]]


Data = TypeVar("Data", bound=BaseModel)


@cache
def success_of(data: type[Data]) -> type[BaseModel]:
    """The success body around `data` on the unversioned paths."""
    fields: dict[str, Any] = {
        "status": (Literal["success"], ...),
        "data": (data, ...),
        "timestamp": (Moment, ...),
    }
    return create_model(f"{data.__name__}Success", __base__=data, __doc__=data.__doc__, **fields)


class ExportedProject(success_of(Project)):  # type: ignore[misc]
    """A project as the JSON export gives it."""

    format: Literal["json"]
    exported_at: Moment
