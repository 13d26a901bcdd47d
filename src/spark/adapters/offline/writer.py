"""The writer that needs no key and no network: rules, vocabulary and templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...language import language_of
from ...models import (
    Brief,
    CharacterProfile,
    Conversation,
    Delta,
    Language,
    Message,
    StoryOutline,
    Turn,
    UserIdea,
)
from .chinese.reader import ChineseReader
from .english.reader import EnglishReader
from .interview import Step, advance
from .reading import Reader
from .story.cast import write_cast
from .story.outline import write_outline

_PIECE = re.compile(r"[^，。！？；、\s]*[，。！？；、\s]*")


class OfflineWriter:
    """A `Writer` that is the same for the same input, in Chinese and in English."""

    name = "offline"

    def __init__(self) -> None:
        self._readers: dict[Language, Reader] = {"zh": ChineseReader(), "en": EnglishReader()}

    def converse(self, conversation: Conversation, message: str) -> Iterator[Delta | Turn]:
        """Answer `message`, a few words at a time, then give the whole turn."""
        step = self._step(conversation.brief, message, len(conversation.messages))
        for piece in _PIECE.findall(step.reply):
            if piece:
                yield Delta(text=piece)
        yield Turn(reply=step.reply, brief=step.brief, provider=self.name)

    def structure(self, messages: Sequence[Message]) -> Brief:
        """The idea that the user's messages hold, read in their order."""
        brief = Brief()
        for position, message in enumerate(messages):
            if message.role == "user":
                brief = self._step(brief, message.content, position).brief
        return brief

    def outline(self, idea: UserIdea, notes: Mapping[str, str]) -> StoryOutline:
        """A story told from `idea`."""
        return write_outline(idea, notes)

    def cast(
        self, idea: UserIdea, outline: StoryOutline | None, notes: Mapping[str, str]
    ) -> list[CharacterProfile]:
        """One profile per character of `idea`."""
        return write_cast(idea, outline, notes)

    def _step(self, brief: Brief, message: str, position: int) -> Step:
        language = language_of(message, otherwise=brief.language or "zh")
        reading = self._readers[language].read(
            message, brief.idea, brief.asked, brief.notes
        )
        return advance(brief, reading, message, position, language)
