"""What a model is told of a conversation and of an idea, and what it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from ...language import language_of
from ...models import (
    OPTIONAL,
    REQUIRED,
    Brief,
    CharacterProfile,
    Conversation,
    Language,
    Message,
    StoryOutline,
    UserIdea,
)
from ...screenplay import Scene
from .calls import Chat
from .prompts import prompts

_MOST_MESSAGES, _MOST_CHARACTERS = 40, 24_000
"""How much of a long conversation is told again; what came before is in the idea."""

_PER_SECOND: dict[Language, float] = {"zh": 5, "en": 2.5}
_LENGTHS: dict[Language, tuple[int, int]] = {"zh": (400, 2400), "en": (200, 1200)}
_USUAL_SECONDS = 180
_MOST_QUOTED = 8000
_MOST_BEFORE = 300
"""Characters of the scene before that are told of."""


def language_of_idea(idea: UserIdea) -> Language:
    """The language that an idea is written in."""
    return language_of(" ".join([idea.theme, *idea.basic_characters, *idea.plot_points]))


def interview(conversation: Conversation, message: str, language: Language) -> Chat:
    """The conversation up to `message`, after what is known so far."""
    brief, words = conversation.brief, prompts(language)
    by_hand = [e for e, source in brief.sources.items() if source.by == "hand"]
    separator = "、" if language == "zh" else ", "
    system = words["turn"].format(
        idea=_json(_state(brief)),
        by_hand=separator.join(by_hand) or words["none"],
        missing=separator.join(brief.idea.missing(REQUIRED)) or words["none"],
        optional=separator.join(e for e in brief.idea.missing(OPTIONAL) if e not in brief.waived)
        or words["none"],
    )
    return [_system(system), *_latest(conversation.messages), _user(message)]


def rest_of_turn(chat: Chat, reply: str, language: Language) -> Chat:
    """`chat` after the reply was given, asking for what belongs to it."""
    return [*chat, _assistant(reply), _user(prompts(language)["idea"])]


def record(messages: Sequence[Message], language: Language) -> Chat:
    """A whole conversation to read an idea out of."""
    said = {"messages": [m.model_dump(include={"role", "content"}) for m in messages]}
    return [_system(prompts(language)["brief"].format()), _user(_json(said))]


def story(idea: UserIdea, notes: Mapping[str, str], language: Language) -> Chat:
    """The order for a story."""
    words, seconds = prompts(language), idea.duration_preference
    least, most = _LENGTHS[language]
    length = (seconds or _USUAL_SECONDS) * _PER_SECOND[language]
    duration = words["duration"].format(seconds=seconds) if seconds else words["duration_free"]
    system = words["outline"].format(
        length=round(min(max(length, least), most), -1), duration=duration
    )
    return [_system(system), _user(_json({"idea": _bare(idea), "notes": dict(notes)}))]


def sheets(
    idea: UserIdea, outline: StoryOutline | None, notes: Mapping[str, str], language: Language
) -> Chat:
    """The order for all character sheets of a story."""
    names = "\n".join(f"- {name}" for name in idea.basic_characters)
    told = {
        "idea": _bare(idea),
        "notes": dict(notes),
        "outline": _bare(outline) if outline else None,
    }
    return [_system(prompts(language)["cast"].format(names=names)), _user(_json(told))]


def scenes(passage: str, names: Sequence[str], before: Scene | None, language: Language) -> Chat:
    """The order for a passage of a story in scenes; `before` is the scene it comes after."""
    told = {
        "people": list(names),
        "before": _end_of(before) if before else None,
        "narrative": passage,
    }
    return [_system(prompts(language)["screenplay"].format()), _user(_json(told))]


def corrected(chat: Chat, said: str, problem: str, language: Language) -> Chat:
    """`chat` with an answer that could not be used, and why, asking for another."""
    if not said.strip():
        return chat
    complaint = prompts(language)["again"].format(problem=problem)
    return [*chat, _assistant(said[:_MOST_QUOTED]), _user(complaint)]


def shorter(chat: Chat, language: Language) -> Chat:
    """`chat` asking for a shorter answer than the one that was cut."""
    last = chat[-1]
    asked = f"{last['content']}\n\n{prompts(language)['cut_short']}"
    return [*chat[:-1], {**last, "content": asked}]


def _end_of(scene: Scene) -> dict[str, Any]:
    """How a scene ended."""
    last = scene.elements[-1]
    return {
        **scene.model_dump(include={"setting", "place", "hour"}),
        "end": {**last.model_dump(exclude={"kind"}), "text": last.text[-_MOST_BEFORE:]},
    }


def _state(brief: Brief) -> dict[str, Any]:
    """The idea so far, in the words in which the model answers."""
    idea = brief.idea
    characters = [{"name": n, "note": brief.notes.get(n, "")} for n in idea.basic_characters]
    return {
        "theme": idea.theme,
        "genre": idea.genre,
        "characters": characters or None,
        "plot": idea.plot_points or None,
        "audience": idea.target_audience,
        "duration_seconds": idea.duration_preference,
        "visual_style": idea.visual_style,
        "mood": idea.mood,
    }


def _latest(messages: Sequence[Message]) -> Chat:
    """The latest messages within bounds, beginning with one of the person's."""
    kept: Chat = []
    length = 0
    for message in reversed(messages[-_MOST_MESSAGES:]):
        length += len(message.content)
        if length > _MOST_CHARACTERS:
            break
        kept.append({"role": message.role, "content": message.content})
    kept.reverse()
    return kept[1:] if kept and kept[0]["role"] == "assistant" else kept


def _bare(record: UserIdea | StoryOutline | CharacterProfile) -> dict[str, Any]:
    return record.model_dump(exclude={"provenance"}, exclude_none=True)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _system(content: str) -> dict[str, str]:
    return {"role": "system", "content": content.strip()}


def _user(content: str) -> dict[str, str]:
    return {"role": "user", "content": content.strip()}


def _assistant(content: str) -> dict[str, str]:
    return {"role": "assistant", "content": content}
