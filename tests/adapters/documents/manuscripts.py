"""Manuscripts to set, in both languages, and texts that have broken files before."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from hypothesis import strategies as st
from PIL import Image as Pictures

from src.spark.models import CharacterProfile, Language, Project, StoryOutline, UserIdea
from src.spark.renditions import Image, Manuscript

MOMENT = datetime(2026, 5, 17, 9, 30, tzinfo=UTC)

_TOLD: dict[Language, dict[str, Any]] = {
    "zh": {
        "project_name": "我的科幻项目",
        "idea": {
            "theme": "太空冒险",
            "genre": "科幻",
            "target_audience": "成年人",
            "duration_preference": 200,
            "basic_characters": ["宇航员林夏", "机器人小白"],
            "plot_points": ["收到神秘信号", "飞往信号的源头"],
            "visual_style": "电影级",
            "mood": "紧张刺激",
        },
        "outline": {
            "title": "寂静频率",
            "summary": "一名宇航员循着信号飞向远方。",
            "narrative_text": "信号来自木星背后。\n\n她说：“我听见了——就在那里……”\n门关上了。",
        },
        "profiles": [
            {
                "name": "林夏",
                "role": "主角",
                "appearance": "短发，白色宇航服。",
                "personality": "沉着。",
                "backstory": "独自值守多年。",
                "motivations": ["弄清信号从哪里来"],
                "relationships": {"小白": "搭档", "陌生人": "尚未见面"},
                "visual_consistency_tags": ["短发", "白色宇航服"],
                "visual_description": "额角有一道月牙形胎记。",
            },
            {
                "name": "小白",
                "role": "伙伴",
                "personality": "好奇",
                "relationships": {"林夏": "朋友"},
            },
        ],
    },
    "en": {
        "project_name": "My sci-fi project",
        "idea": {
            "theme": "First contact",
            "genre": "science fiction",
            "target_audience": "adults",
            "duration_preference": 180,
            "basic_characters": ["Mia, a retired astronaut", "Bolt"],
            "plot_points": ["Mia picks up a signal", "They fly to its source"],
            "visual_style": "cinematic",
            "mood": "tense",
        },
        "outline": {
            "title": "Silent Frequency",
            "summary": "An astronaut follows a signal.",
            "narrative_text": "It came from behind Jupiter.\n\n“I can’t hear…”\nThe door closed.",
        },
        "profiles": [
            {
                "name": "Mia",
                "role": "protagonist",
                "appearance": "Short silver hair, an orange suit.",
                "personality": "Calm.",
                "backstory": "Kept watch alone for years.",
                "motivations": ["To find where the signal comes from"],
                "relationships": {"Bolt": "partner", "A stranger": "not met yet"},
                "visual_consistency_tags": ["silver hair", "orange suit"],
                "visual_description": "A chipped front tooth.",
            },
            {"name": "Bolt", "role": "companion", "relationships": {"Mia": "friend"}},
        ],
    },
}
LANGUAGES: tuple[Language, ...] = ("zh", "en")

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "a & b &amp; &lt; &#60; &copy;",
    "\"quoted\" 'twice' ]]> --> */ {{ 7*7 }} {% x %}",
    "# no heading",
    "C# and #",
    "- no list",
    "1. no number",
    "-- -",
    "***",
    "a\n===",
    "a\n---",
    "a\n:-",
    "> no quote",
    "| a | b |\n|---|---|",
    "![x](javascript:alert(1)) [y](z) [r]: /u",
    "`code` ~~~ $x$ _a_ *b* **c** ~d~",
    "back\\slash \\* \\| \\",
    "one\r\ntwo\rthree\x0bfour\x0cfive\u2028six",
    "\tan indented line\n\n    and a deeper one",
    "\x00\x01\x07 rung \x1b[31mred\x7f\x9b \ufffe\uffff",
    "👨‍👩‍👧 😀 🇨🇳 👍🏽",
    "مرحبا بالعالم שלום",
    "\u202eturned around\u202c \u2067aside\u2069",
    "\u0301\u0301 e\u0301 lone marks",
    "\ufb01\u200b\u00ad\u2060x",
    "_x0041_ %41 \\u0041 \\3c",
    "http://example.test/?a=1&b=(2)",
    "哈" * 200,
    "W" * 200,
]


def a_picture(size: tuple[int, int] = (1200, 900), kind: str = "PNG", mode: str = "RGB") -> Image:
    file = BytesIO()
    Pictures.new(mode, size, "teal").save(file, kind)
    address = f"https://spark.test/media/{'0' * 40}.png"
    return Image(file.getvalue(), f"image/{kind.lower()}", address)


def a_manuscript(
    language: Language = "zh",
    portraits: dict[str, Image] | None = None,
    profiles: list[dict[str, Any]] | None = None,
    idea: dict[str, Any] | None = None,
    **outline: Any,
) -> Manuscript:
    """A manuscript; what is given takes the place of what it tells otherwise."""
    told = _TOLD[language]
    profiles = told["profiles"] if profiles is None else profiles
    project = Project(
        project_name=told["project_name"],
        created_at=MOMENT,
        updated_at=MOMENT,
        version=3,
        user_idea=UserIdea(**{**told["idea"], **(idea or {})}),
        story_outline=StoryOutline(**{**told["outline"], **outline}),
        character_profiles=[CharacterProfile(**fields) for fields in profiles],
    )
    return Manuscript(project, language, portraits or {})


def saying(text: str, language: Language = "zh") -> Manuscript:
    """A manuscript that says `text` wherever something can be said."""
    name, short = text[:200], text[:500]
    profile = {
        "name": name,
        "role": short,
        "appearance": text,
        "personality": text,
        "backstory": text,
        "motivations": [text[:2000]],
        "relationships": {short: text},
        "visual_consistency_tags": [short],
        "visual_description": text,
    }
    idea = {
        "theme": short,
        "genre": name,
        "target_audience": short,
        "basic_characters": [name],
        "plot_points": [text[:2000]],
        "visual_style": short,
        "mood": short,
    }
    return a_manuscript(
        language,
        profiles=[profile],
        idea=idea,
        title=name,
        summary=text,
        narrative_text=f"{text}\n\n{text}",
    )


def whole(manuscript: Manuscript) -> list[str]:
    """Everything that a treatment of the manuscript has to tell, text by text."""
    project = manuscript.project
    idea, outline = project.user_idea, project.story_outline
    texts = [
        project.project_name,
        outline.title,
        *outline.summary.split("\n"),
        *outline.narrative_text.split("\n"),
        idea.theme,
        idea.genre,
        idea.target_audience or "",
        idea.visual_style or "",
        idea.mood or "",
        *idea.basic_characters,
        *idea.plot_points,
    ]
    for profile in project.character_profiles:
        texts += [
            profile.name,
            profile.role,
            profile.appearance,
            profile.personality,
            profile.backstory,
            profile.visual_description,
            *profile.motivations,
            *profile.visual_consistency_tags,
            *profile.relationships.keys(),
            *profile.relationships.values(),
        ]
    return [text for text in texts if text]


def squeezed(text: str) -> str:
    """A text without its blanks, and without what nobody can print."""
    printed = (sign for sign in text if sign not in _UNPRINTABLE)
    return "".join("".join(printed).split())


_UNPRINTABLE = {*map(chr, [*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])}

_SIGNS = st.characters(exclude_categories=["Cs"])
_MARKS = st.sampled_from([*"\\`*_[]<>|~#$&-+=:.!()0123456789 \n\t", "。", "“", "汉", "\r\n"])
TEXTS = st.lists(st.one_of(_MARKS, _SIGNS), min_size=1, max_size=40).map("".join)
"""Any text, with more of what has a meaning somewhere."""
