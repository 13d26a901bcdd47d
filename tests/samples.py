"""Records to test with; the idea is the one the seed prints."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from src.spark.models import (
    Brief,
    IdeaDraft,
    Message,
    Project,
    Provenance,
    Turn,
    UserIdea,
)

FAKED = Provenance(engine="fake", provider="fake.test", model="fake-1", seconds=0.5, tokens_in=3)

MARK = b"never-to-be-seen"
"""What every key of the tests holds: what is written and said is searched for it."""

TEXT_KEY = "sk-text-never-to-be-seen-4f1c9e"
IMAGE_KEY = "sk-image-never-to-be-seen-b27a05"
STORAGE_KEYS = {
    "AWS_ACCESS_KEY_ID": "spark-tests",
    "AWS_SECRET_ACCESS_KEY": "storage-never-to-be-seen-93d1c8",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""What the library of S3 finds in the environment, and nothing else."""

SEED_IDEA: dict[str, Any] = {
    "theme": "太空冒险",
    "genre": "科幻",
    "target_audience": "成年人",
    "duration_preference": 180,
    "basic_characters": ["宇航员", "AI助手"],
    "plot_points": ["发现信号", "太空旅行", "外星接触"],
    "visual_style": "电影级",
    "mood": "紧张刺激",
}
INTERVIEWS: dict[str, list[str]] = {
    "zh": [
        "我想制作一个科幻视频",
        "主角是宇航员林夏和她的AI助手小白",
        "林夏收到一段来自深空的神秘信号，她和小白飞往信号的源头，最后他们第一次见到了外星文明",
        "三分钟左右，电影级画面，紧张刺激，给成年人看",
    ],
    "en": [
        "I want to make a sci-fi video",
        "The hero is Mia, a retired astronaut, and there is her robot Bolt",
        "Mia picks up a strange signal from deep space. She and Bolt fly out to its source. "
        "In the end they meet an alien civilisation",
        "About three minutes, cinematic, tense, for adults",
    ],
}
OUTLINE: dict[str, Any] = {
    "title": "寂静频率",
    "summary": "一名宇航员循着信号飞向远方。",
    "narrative_text": "信号来自木星背后。她把舱门关上，听见了回答。",
    "estimated_duration": 180,
}
PROFILES: list[dict[str, Any]] = [
    {"name": "宇航员", "role": "主角", "personality": "沉着"},
    {"name": "AI助手", "role": "伙伴", "personality": "好奇"},
]
PROJECT_BODY: dict[str, Any] = {
    "user_idea": SEED_IDEA,
    "story_outline": OUTLINE,
    "character_profiles": PROFILES,
    "project_name": "我的科幻项目",
}
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)


def an_idea(**fields: Any) -> UserIdea:
    return UserIdea.model_validate({**SEED_IDEA, **fields})


def a_project(minute: int = 0, **fields: Any) -> Project:
    """A project created `minute` minutes after the beginning."""
    moment = BEGINNING + timedelta(minutes=minute)
    return Project.model_validate(
        {**PROJECT_BODY, "created_at": moment, "updated_at": moment, **fields}
    )


def asked(text: str) -> Message:
    return Message(role="user", content=text)


def answered(text: str) -> Message:
    return Message(role="assistant", content=text)


def a_brief(theme: str) -> Brief:
    return Brief(idea=IdeaDraft(theme=theme))


def a_turn(reply: str, theme: str | None = None) -> Turn:
    return Turn(reply=reply, brief=Brief(idea=IdeaDraft(theme=theme)), provenance=FAKED)
