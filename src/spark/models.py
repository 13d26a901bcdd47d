"""The nouns of the project, as pydantic models. No input or output happens here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar
from uuid import uuid4

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    StringConstraints,
)

Language = Literal["zh", "en"]
Element = Literal[
    "theme", "genre", "characters", "plot", "audience", "duration", "visual_style", "mood"
]

REQUIRED: tuple[Element, ...] = ("theme", "genre", "characters", "plot")
OPTIONAL: tuple[Element, ...] = ("audience", "duration", "visual_style", "mood")

FIELD_OF: dict[Element, str] = {
    "theme": "theme",
    "genre": "genre",
    "characters": "basic_characters",
    "plot": "plot_points",
    "audience": "target_audience",
    "duration": "duration_preference",
    "visual_style": "visual_style",
    "mood": "mood",
}
"""Where each element of an idea stands in the UserIdea record."""

MAX_NAME = 200
MAX_CHARACTERS = 20
MAX_PLOT_POINTS = 100
MAX_DURATION = 3600


SEEN = r"[^\s\x85\ufeff]"
"""Something one can see. Written out, because what counts as blank differs between the engines
that check our schema."""


def _said(most: int) -> StringConstraints:
    """Text that holds something: blank is not enough."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most, pattern=SEEN)


Name = Annotated[str, _said(MAX_NAME)]
Theme = Annotated[str, _said(500)]
Sentence = Annotated[str, _said(2000)]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Paragraph = Annotated[str, StringConstraints(max_length=20_000)]
LongText = Annotated[str, StringConstraints(max_length=100_000)]


def _whole(value: object) -> object:
    """JSON knows no whole numbers apart: 180.0 is one too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Seconds = Annotated[int, Field(ge=1, le=MAX_DURATION), BeforeValidator(_whole)]
Version = Annotated[int, Field(ge=1), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=0, le=2**53), BeforeValidator(_whole)]


def now() -> datetime:
    """The present moment in UTC, with its offset."""
    return datetime.now(UTC)


class Record(BaseModel):
    """What every record shares: types are not guessed, unknown fields are dropped."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


def _with_offset(moment: datetime) -> datetime:
    """A date that somebody wrote without its offset is one in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, Field(strict=False), AfterValidator(_with_offset)]


class Provenance(Record):
    """Which engine made something, and what making it took."""

    engine: str
    """The adapter: `offline` or `openai`."""
    provider: str
    """Whose service it was: a host name, or `offline`."""
    model: str
    seconds: float
    tokens_in: Count | None = None
    """`None` where the service did not say."""
    tokens_out: Count | None = None
    attempts: Count = 1
    """Calls to the service, those that failed included."""
    cached: bool = False
    """Whether it is an earlier answer to the same request, which cost nothing now."""


Kind = Literal["turn", "structure", "outline", "cast", "image", "screenplay"]


class Usage(Provenance):
    """One entry of what was spent: a provenance, for what, and when."""

    kind: Kind
    about: str | None = None
    """A turn's position in the history, an image's character."""
    outcome: Literal["ok", "failed"] = "ok"
    created_at: Moment = Field(default_factory=now)

    @classmethod
    def of(
        cls,
        kind: Kind,
        made: Provenance,
        about: str | None = None,
        outcome: Literal["ok", "failed"] = "ok",
    ) -> Usage:
        """The entry for something that was made, or not."""
        return cls(**made.model_dump(), kind=kind, about=about, outcome=outcome)


Money = Annotated[Decimal, Field(strict=False, ge=0, le=1_000_000_000)]


class Price(Record):
    """What a model's service asks for."""

    # A misspelt word must not make a model free of charge.
    model_config = ConfigDict(extra="forbid")

    input: Money = Decimal(0)
    """For a million tokens it reads."""
    output: Money = Decimal(0)
    """For a million tokens it writes."""
    image: Money = Decimal(0)
    """For a picture, beside its tokens."""


class Message(Record):
    """One utterance of a conversation."""

    role: Literal["user", "assistant"]
    content: str
    timestamp: Moment = Field(default_factory=now)


class IdeaDraft(Record):
    """What is known of an idea so far; `None` and empty lists mean: not said yet."""

    theme: str | None = None
    genre: str | None = None
    target_audience: str | None = None
    duration_preference: int | None = None
    basic_characters: list[str] = []
    plot_points: list[str] = []
    visual_style: str | None = None
    mood: str | None = None

    def value(self, element: Element) -> str | int | list[str] | None:
        """What the draft holds for one element."""
        value: str | int | list[str] | None = getattr(self, FIELD_OF[element])
        return value

    def missing(self, elements: tuple[Element, ...] = REQUIRED) -> list[Element]:
        """Those of `elements` that nothing is known of, in the same order."""
        return [element for element in elements if not self.value(element)]

    @property
    def is_complete(self) -> bool:
        """Whether all four required elements are known."""
        return not self.missing()


class UserIdea(Record):
    """A whole idea: the required elements given, the optional ones given or defaulted."""

    theme: Theme
    genre: Name
    target_audience: ShortText | None = None
    duration_preference: Seconds | None = None
    basic_characters: Annotated[list[Name], Field(min_length=1, max_length=MAX_CHARACTERS)]
    plot_points: Annotated[list[Sentence], Field(min_length=1, max_length=MAX_PLOT_POINTS)]
    visual_style: ShortText | None = None
    mood: ShortText | None = None


class Source(Record):
    """Where an element of an idea comes from."""

    message: int | None
    """Position of the message in the conversation's history, from 0; `None` if set by hand."""
    text: str
    by: Literal["conversation", "hand"] = "conversation"


class Brief(Record):
    """An idea as it grows turn by turn, with where each part of it was said."""

    idea: IdeaDraft = IdeaDraft()
    sources: dict[Element, Source] = {}
    notes: dict[str, str] = {}
    """What was told of each character, by its name in the idea."""
    asked: Element | None = None
    """The element the assistant last asked about."""
    offers: list[str] = []
    """What the assistant last proposed for it, in the order proposed."""
    waived: list[Element] = []
    """Elements the person does not mind about: they are not asked again."""
    language: Language | None = None


class Conversation(Record):
    """One browser session's conversation."""

    session_id: str
    messages: list[Message] = []
    brief: Brief = Brief()
    pending: str | None = None
    """A message whose answer failed: it is kept and taken along with the next one."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said and answered, nor set by hand."""
        return not self.messages and self.brief.idea == IdeaDraft()


class Delta(Record):
    """Some words of an answer, as they come."""

    text: str
    provenance: Provenance | None = None
    """Told with the first of them: where they come from, should the rest never be heard."""


class Turn(Record):
    """A whole answer, with the brief as it stands after it."""

    reply: str
    brief: Brief
    provenance: Provenance


class StoryOutline(Record):
    """A story told in prose, with its title and its length in seconds."""

    title: Name
    summary: Paragraph = ""
    narrative_text: LongText = ""
    estimated_duration: Seconds | None = None
    provenance: Provenance | None = None


ADDRESS = r"^(/|https?://)"
"""Where a picture may be: on this server or another, never a script."""


class CharacterProfile(Record):
    """A character sheet."""

    name: Name
    role: ShortText = ""
    appearance: Paragraph = ""
    personality: Paragraph = ""
    backstory: Paragraph = ""
    motivations: Annotated[list[Sentence], Field(max_length=50)] = []
    relationships: Annotated[dict[str, str], Field(max_length=50)] = {}
    image_url: Annotated[str, StringConstraints(max_length=2000, pattern=ADDRESS)] | None = None
    image_error: ShortText | None = None
    """Why there is no picture, where one was wanted."""
    visual_consistency_tags: Annotated[list[ShortText], Field(max_length=100)] = []
    visual_description: Paragraph = ""
    """What never changes about how the character looks; with the tags it is the continuity sheet
    that every picture is made from. Where it is empty, `appearance` stands for it."""
    provenance: Provenance | None = None


ProjectStatus = Literal["draft", "approved", "in_production", "completed", "archived"]

MOVES: dict[ProjectStatus, tuple[ProjectStatus, ...]] = {
    "draft": ("approved", "archived"),
    "approved": ("draft", "in_production", "archived"),
    "in_production": ("approved", "completed", "archived"),
    "completed": ("in_production", "archived"),
    "archived": ("draft", "approved", "in_production", "completed"),
}
"""Where a project may go from each status: a step on, a step back, out of the way, and back."""


class Origin(Record):
    """How a picture came to be."""

    prompt: str
    provenance: Provenance


class Portrait(Record):
    """One version of a character's picture."""

    version: int
    image_url: str
    feedback: str | None = None
    """What was asked for when it was drawn anew; `None` for the first picture."""
    prompt: str | None = None
    """The words it was drawn from."""
    provider: str | None = None
    provenance: Provenance | None = None
    base: int | None = None
    """The version it was made from; `None` for the first picture."""
    created_at: Moment = Field(default_factory=now)


class Project(Record):
    """A film project: the idea, the story and the characters a person confirmed."""

    project_id: str = Field(default_factory=lambda: str(uuid4()))
    project_name: Name
    status: ProjectStatus = "approved"
    created_at: Moment = Field(default_factory=now)
    updated_at: Moment = Field(default_factory=now)
    version: int = 1
    user_idea: UserIdea
    story_outline: StoryOutline
    character_profiles: Annotated[list[CharacterProfile], Field(max_length=MAX_CHARACTERS)]
    conversation: Annotated[list[Message], FailFast()] = []
    user_confirmed: bool = True
    portraits: dict[str, Annotated[list[Portrait], FailFast()]] = {}
    """Every version of each character's picture, oldest first, by character name."""
    usage: Annotated[list[Usage], FailFast()] = []
    """What was spent on it: in the conversation up to its confirmation, and since."""
    duplicate_of: str | None = None
    """The id of the project this one began as a copy of."""


class ProjectSummary(Record):
    """What a list shows of a project."""

    project_id: str
    project_name: str
    status: ProjectStatus
    created_at: Moment
    updated_at: Moment
    version: int
    title: str
    theme: str
    genre: str
    summary: str
    character_count: int
    cover_url: str | None = None

    @classmethod
    def of(cls, project: Project) -> ProjectSummary:
        """The summary of `project`; its cover is the first portrait there is."""
        outline, profiles = project.story_outline, project.character_profiles
        return cls(
            **project.model_dump(include=cls.model_fields.keys() & Project.model_fields.keys()),
            title=outline.title,
            theme=project.user_idea.theme,
            genre=project.user_idea.genre,
            summary=outline.summary,
            character_count=len(profiles),
            cover_url=next((p.image_url for p in profiles if p.image_url), None),
        )


class SearchHit(ProjectSummary):
    """A project that was searched for, with the passage that was found."""

    snippet: str
    """HTML: the text escaped, what was searched for inside `<mark>`."""


class TrashedProject(ProjectSummary):
    """A project in the trash."""

    deleted_at: Moment
    expires_at: Moment
    """When the trash is emptied of it."""


_EVER_DIFFERENT = {"version", "updated_at"}
"""What differs between any two versions."""


class Revision(Record):
    """A version of a project, as a list of them shows it."""

    version: int
    updated_at: Moment
    project_name: str
    status: ProjectStatus
    changed: list[str]
    """The fields that differ from the version before it; none for the oldest that is kept."""

    @classmethod
    def of(cls, project: Project, before: Project | None) -> Revision:
        """`project` in a list of versions, beside the one before it."""
        earlier = before.model_dump() if before else {}
        changed = [
            field
            for field, value in project.model_dump().items()
            if before and field not in _EVER_DIFFERENT and earlier[field] != value
        ]
        shown = cls.model_fields.keys() & Project.model_fields.keys()
        return cls(**project.model_dump(include=shown), changed=changed)


Item = TypeVar("Item")


@dataclass(frozen=True)
class Written(Generic[Item]):
    """Something an engine made, with how it was made."""

    value: Item
    provenance: Provenance


class Page(Record, Generic[Item]):
    """One page of a longer list."""

    items: Sequence[Item]
    page: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return -(-self.total // self.per_page)
