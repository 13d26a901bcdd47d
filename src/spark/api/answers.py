"""The shapes of answers."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from ..models import (
    CharacterProfile,
    Element,
    IdeaDraft,
    Message,
    Moment,
    Project,
    ProjectSummary,
    Provenance,
    Revision,
    SearchHit,
    Source,
    StoryOutline,
    TrashedProject,
)
from ..renditions import FormatName
from ..services.assessment import Assessment
from ..services.imports import Result


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
    provenance: Provenance


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
    is_complete: bool
    missing_elements: list[Element]
    optional_missing: list[Element]


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
    """A project that is in the trash, or gone for good: the message says which."""

    project_id: str
    message: str


class Trash(BaseModel):
    """One page of the trash, the latest first."""

    projects: list[TrashedProject]
    pagination: Pagination


class ProjectRevisions(BaseModel):
    """The versions there are of a project, latest first."""

    project_id: str
    revisions: list[Revision]
    current: int


class ProjectRevision(BaseModel):
    """A project as it was."""

    project_id: str
    version: int
    project: Project


class OperationError(BaseModel):
    """Why an operation failed, as the call for it alone would have said."""

    error: str
    message: str
    details: list[FieldError] | None = None


class OperationResult(BaseModel):
    """What came of an operation: a project, nothing after a deletion, or an error."""

    action: Literal["delete", "restore", "status", "duplicate"]
    project_id: str
    ok: bool
    project: ProjectSummary | None = None
    error: OperationError | None = None


class BatchResults(BaseModel):
    """What came of each operation, in the order asked for."""

    results: list[OperationResult]
    succeeded: int
    failed: int


class RegeneratedImage(BaseModel):
    """A character's new picture."""

    character_name: str
    image_url: str
    image_version: int
    feedback: str | None
    provider: str | None


class RestoredImage(BaseModel):
    """A character's picture, which is an earlier one again."""

    character_name: str
    image_url: str
    image_version: int


class Health(BaseModel):
    """How the service is."""

    status: Literal["healthy", "degraded"]
    version: str
    environment: str
    timestamp: Moment
    components: dict[str, Literal["healthy", "degraded"]]
    damaged_projects: list[str] = Field(
        max_length=20,
        description="The ids of projects whose file cannot be read, 20 at most; they are in no "
        "list until it is mended. With any, `status` is `degraded`, but the answer 200.",
    )
    engines: dict[str, str]
    models: dict[str, str]


class Readiness(BaseModel):
    """Whether requests may be sent here."""

    status: Literal["ready", "not_ready"]
    timestamp: Moment
    components: dict[str, Literal["healthy", "degraded", "loading"]] = Field(
        description="As `/api/health` tells them, and `words`: `loading` until the worker that "
        "answers has loaded its word lists."
    )


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


class ExportFormat(BaseModel):
    """A format a project can be taken along as."""

    format: FormatName
    title: str
    media_type: str
    extension: str
    purpose: str


class ExportFormats(BaseModel):
    """Every format."""

    formats: list[ExportFormat]


class ImportOutcome(Result):
    """What became of one project of an imported file."""


class ImportResults(BaseModel):
    """What became of every project of an imported file."""

    results: list[ImportOutcome]
    imported: int = Field(description="New here, copies included.")
    replaced: int
    skipped: int = Field(description="Left as they are, also where they are equal.")
    failed: int = Field(description="Not taken in: `reason` says why.")
