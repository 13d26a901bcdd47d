"""The nouns of the project, as pydantic models. No input or output happens here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Generic, Literal, TypeVar
from uuid import uuid4

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

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

DEFAULTS: dict[Language, dict[str, str | int]] = {
    "zh": {
        "target_audience": "大众",
        "duration_preference": 180,
        "visual_style": "电影级",
        "mood": "温暖动人",
    },
    "en": {
        "target_audience": "general audience",
        "duration_preference": 180,
        "visual_style": "cinematic",
        "mood": "heartfelt",
    },
}
"""What the optional fields of an idea are where nobody said."""

USUAL_MOODS: dict[Language, dict[str, str]] = {
    "zh": {
        "科幻": "神秘而充满希望",
        "喜剧": "轻松幽默",
        "爱情": "浪漫动人",
        "恐怖": "阴森压抑",
        "悬疑": "紧张悬疑",
        "惊悚": "紧张压抑",
        "犯罪": "冷峻紧张",
        "动作": "紧张刺激",
        "冒险": "热血昂扬",
        "奇幻": "神秘瑰丽",
        "武侠": "苍凉豪迈",
        "战争": "沉重悲壮",
        "纪录": "真实沉静",
    },
    "en": {
        "sci-fi": "mysterious and hopeful",
        "comedy": "light and funny",
        "romance": "romantic",
        "horror": "eerie",
        "mystery": "suspenseful",
        "thriller": "tense",
        "crime": "cold and tense",
        "action": "tense and thrilling",
        "adventure": "rousing",
        "fantasy": "full of wonder",
        "war": "grave",
        "western": "dry and lonely",
        "documentary": "honest and calm",
    },
}
"""The mood of a genre where nobody said."""

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


def now() -> datetime:
    """The present moment in UTC, with its offset."""
    return datetime.now(UTC)


class Record(BaseModel):
    """What every record shares: types are not guessed, unknown fields are dropped."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


Moment = Annotated[datetime, Field(strict=False)]


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
    """Where an element of an idea was said."""

    message: int
    """Position of the message in the conversation's history, from 0."""
    text: str


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


class Delta(Record):
    """Some words of an answer, as they come."""

    text: str


class Turn(Record):
    """A whole answer, with the brief as it stands after it."""

    reply: str
    brief: Brief
    provider: str


class StoryOutline(Record):
    """A story told in prose, with its title and its length in seconds."""

    title: Name
    summary: Paragraph = ""
    narrative_text: LongText = ""
    estimated_duration: Seconds | None = None


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
    visual_consistency_tags: Annotated[list[ShortText], Field(max_length=100)] = []


ProjectStatus = Literal["draft", "approved", "in_production", "completed", "archived"]


class Portrait(Record):
    """One version of a character's picture."""

    version: int
    image_url: str
    feedback: str | None = None
    """What was asked for when it was drawn anew; `None` for the first picture."""
    prompt: str | None = None
    """The words it was drawn from."""
    provider: str | None = None
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
    conversation: list[Message] = []
    user_confirmed: bool = True
    portraits: dict[str, list[Portrait]] = {}
    """Every version of each character's picture, oldest first, by character name."""


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


Item = TypeVar("Item")


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
