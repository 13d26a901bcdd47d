"""A treatment: what every document tells of a project, in which order and under which heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...models import CharacterProfile, Language, Project
from ...renditions import Image, Manuscript

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""What XML cannot hold, or no reader of a page should meet."""
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_PARAGRAPH = re.compile(r"\n\s*")
_NAMELESS = "—"


@dataclass(frozen=True)
class Heads:
    """The words a treatment brings along, in one language."""

    treatment: str
    logline: str
    idea: str
    theme: str
    genre: str
    audience: str
    duration: str
    style: str
    mood: str
    characters: str
    plot: str
    story: str
    cast: str
    role: str
    appearance: str
    personality: str
    backstory: str
    motivations: str
    relationships: str
    continuity: str
    continuity_note: str
    constant: str
    tags: str
    version: str
    date: str
    colon: str
    separator: str
    semicolon: str
    contents: str
    subject: str
    other: str
    tie: str


HEADS: dict[Language, Heads] = {
    "zh": Heads(
        treatment="影片大纲",
        logline="一句话故事",
        idea="创意一览",
        theme="主题",
        genre="类型",
        audience="目标观众",
        duration="时长",
        style="视觉风格",
        mood="情绪基调",
        characters="角色",
        plot="情节要点",
        story="故事",
        cast="角色设定",
        role="身份",
        appearance="外貌",
        personality="性格",
        backstory="背景",
        motivations="动机",
        relationships="人物关系",
        continuity="形象一致性表",
        continuity_note="每个镜头里都不改变的外观特征。",
        constant="固定形象",
        tags="标签",
        version="第 {} 版",
        date="{:%Y}年{:%-m}月{:%-d}日",
        colon="：",
        separator="、",
        semicolon="；",
        contents="目录",
        subject="人物",
        other="对象",
        tie="关系",
    ),
    "en": Heads(
        treatment="Treatment",
        logline="Logline",
        idea="The idea at a glance",
        theme="Theme",
        genre="Genre",
        audience="Audience",
        duration="Running time",
        style="Visual style",
        mood="Mood",
        characters="Characters",
        plot="Plot points",
        story="Story",
        cast="Characters",
        role="Role",
        appearance="Appearance",
        personality="Personality",
        backstory="Backstory",
        motivations="Motivations",
        relationships="Relationships",
        continuity="Continuity sheet",
        continuity_note="What never changes about how a character looks, in every shot.",
        constant="Always",
        tags="Tags",
        version="Version {}",
        date="{2:%-d} {1:%B} {0:%Y}",
        colon=": ",
        separator=", ",
        semicolon="; ",
        contents="Contents",
        subject="Who",
        other="To whom",
        tie="How they stand",
    ),
}


@dataclass(frozen=True)
class Fact:
    """One line of the idea at a glance, or one part of a character sheet."""

    head: str
    text: str


@dataclass(frozen=True)
class Tie:
    """How one character stands to another, or to someone who has no sheet."""

    subject: str
    other: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A character's page."""

    name: str
    role: str
    portrait: Image | None
    parts: list[Fact]
    """Appearance, personality and backstory, as far as they are told."""
    motivations: list[str]
    ties: list[Tie]
    constant: str
    """What never changes about how the character looks."""
    tags: list[str]


@dataclass(frozen=True)
class Treatment:
    """What a document tells: every text clean, every part that has nothing to tell empty."""

    language: Language
    heads: Heads
    title: str
    name: str
    """The project's name; empty where it is the title."""
    logline: str
    facts: list[Fact]
    plot: list[str]
    story: list[str]
    """Its paragraphs."""
    sheets: list[Sheet]
    ties: list[Tie]
    date: str
    version: str

    @classmethod
    def of(cls, manuscript: Manuscript) -> Treatment:
        """What is to be told of a project."""
        project, heads = manuscript.project, HEADS[manuscript.language]
        name = line(project.project_name)
        title = line(project.story_outline.title) or name or heads.treatment
        sheets = [_sheet(p, manuscript, heads) for p in project.character_profiles]
        changed = project.updated_at
        return cls(
            language=manuscript.language,
            heads=heads,
            title=title,
            name="" if name == title else name,
            logline=clean(project.story_outline.summary),
            facts=list(_facts(project, manuscript.language, heads)),
            plot=[text for point in project.user_idea.plot_points if (text := clean(point))],
            story=paragraphs(project.story_outline.narrative_text),
            sheets=sheets,
            ties=[tie for sheet in sheets for tie in sheet.ties],
            date=heads.date.format(changed, changed, changed),
            version=heads.version.format(project.version),
        )

    @property
    def continuity(self) -> list[Sheet]:
        """The characters of whom something is told that never changes."""
        return [sheet for sheet in self.sheets if sheet.constant or sheet.tags]


def clean(text: str) -> str:
    """`text` with plain line breaks, and nothing that cannot be printed."""
    return _UNPRINTABLE.sub("", _NEWLINES.sub("\n", text)).strip()


def line(text: str) -> str:
    """`text` on one line."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; each line that was broken by hand is one."""
    return [part.strip() for part in _PARAGRAPH.split(clean(text)) if part.strip()]


def running_time(seconds: int, language: Language) -> str:
    """A length as people say it: 3 分钟 20 秒, 3 min 20 s."""
    minutes, rest = divmod(seconds, 60)
    units = ("分钟", "秒") if language == "zh" else ("min", "s")
    said = [f"{n} {unit}" for n, unit in zip((minutes, rest), units, strict=True) if n]
    return " ".join(said)


def _facts(project: Project, language: Language, heads: Heads) -> Iterator[Fact]:
    idea = project.user_idea
    seconds = project.story_outline.estimated_duration or idea.duration_preference
    told = [
        (heads.theme, idea.theme),
        (heads.genre, idea.genre),
        (heads.audience, idea.target_audience),
        (heads.duration, running_time(seconds, language) if seconds else ""),
        (heads.style, idea.visual_style),
        (heads.mood, idea.mood),
        (heads.characters, _listed(list(map(line, idea.basic_characters)), heads)),
    ]
    for head, text in told:
        if text and clean(text):
            yield Fact(head, clean(text))


def _listed(texts: list[str], heads: Heads) -> str:
    """Texts one after the other, kept apart though there be commas in them."""
    plain = not any(heads.separator.strip() in text for text in texts)
    return (heads.separator if plain else heads.semicolon).join(texts)


def _sheet(profile: CharacterProfile, manuscript: Manuscript, heads: Heads) -> Sheet:
    name = line(profile.name) or _NAMELESS
    parts = [
        Fact(heads.appearance, clean(profile.appearance)),
        Fact(heads.personality, clean(profile.personality)),
        Fact(heads.backstory, clean(profile.backstory)),
    ]
    return Sheet(
        name=name,
        role=line(profile.role),
        portrait=manuscript.portraits.get(profile.name),
        parts=[part for part in parts if part.text],
        motivations=[text for m in profile.motivations if (text := clean(m))],
        ties=list(_ties(name, profile)),
        constant=clean(profile.visual_description or profile.appearance),
        tags=[text for tag in profile.visual_consistency_tags if (text := line(tag))],
    )


def _ties(name: str, profile: CharacterProfile) -> Iterator[Tie]:
    for other, text in profile.relationships.items():
        if line(other) or clean(text):
            yield Tie(name, line(other) or _NAMELESS, clean(text))
