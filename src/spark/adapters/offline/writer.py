"""The writer that needs no key and no network: rules, vocabulary and templates."""

from __future__ import annotations

import functools
import re
from collections.abc import Generator, Mapping, Sequence
from time import perf_counter

from ...language import language_of, language_to_answer
from ...models import (
    Brief,
    CharacterProfile,
    Conversation,
    Delta,
    Element,
    Language,
    Message,
    StoryOutline,
    Turn,
    UserIdea,
    Written,
)
from ...ports import Listening
from ...screenplay import Screenplay
from .interview import Step, advance
from .provenance import ENGINE, made_here
from .reading import Reader

_FEW_WORDS = 2
_BARE = 20
_CALLS = re.compile("好|亲|嗨|哈喽|喂|兄弟|哥|姐|同志|老师|在线|在[吗么不]")
_PIECE = re.compile(r"[^，。！？；、\s]*[，。！？；、\s]*")


class OfflineWriter:
    """A `Writer` that is the same for the same input, in Chinese and in English."""

    name = ENGINE
    model = ENGINE

    def converse(
        self,
        conversation: Conversation,
        message: str,
        whole: bool = False,
        listening: Listening | None = None,
    ) -> Generator[Delta | Turn, None, None]:
        """Answer `message`, a few words at a time, then give the whole turn."""
        started = perf_counter()
        step = self._step(conversation.brief, message, len(conversation.messages))
        provenance = made_here(started)
        for piece in [] if whole else _PIECE.findall(step.reply):
            if piece:
                yield Delta(text=piece)
        yield Turn(reply=step.reply, brief=step.brief, provenance=provenance)

    def structure(self, messages: Sequence[Message]) -> Written[Brief]:
        """The idea that the user's messages hold, read in their order."""
        started, brief = perf_counter(), Brief()
        for position, message in enumerate(messages):
            if message.role == "user":
                brief = self._step(brief, message.content, position).brief
        return Written(brief, made_here(started))

    def outline(
        self, idea: UserIdea, notes: Mapping[str, str], fresh: bool = False
    ) -> Written[StoryOutline]:
        """A story told from `idea`."""
        from .story.outline import write_outline

        started = perf_counter()
        return Written(write_outline(idea, notes), made_here(started))

    def cast(
        self,
        idea: UserIdea,
        outline: StoryOutline | None,
        notes: Mapping[str, str],
        fresh: bool = False,
    ) -> Written[list[CharacterProfile]]:
        """One profile per character of `idea`."""
        from .story.cast import write_cast

        started = perf_counter()
        return Written(write_cast(idea, outline, notes), made_here(started))

    def screenplay(
        self,
        outline: StoryOutline,
        profiles: Sequence[CharacterProfile],
        fresh: bool = False,
    ) -> Written[Screenplay]:
        """The narrative of `outline` in scenes, its quotations given to who speaks them."""
        from .staging.screenplay import write_screenplay

        started = perf_counter()
        return Written(write_screenplay(outline, profiles), made_here(started))

    def check(self) -> None:
        """There is nothing that could fail."""

    def warm_up(self) -> None:
        """Load what is known of words in both languages, by reading and staging a sentence each."""
        for name, message in (("林夏", "林夏收到一封信"), ("Mia", "Mia finds a letter")):
            self._step(Brief(), message, 0)
            outline = StoryOutline(title=message, narrative_text=message)
            self.screenplay(outline, [CharacterProfile(name=name)])

    def _step(self, brief: Brief, message: str, position: int) -> Step:
        written = language_of(message, otherwise=brief.language or "zh")
        asked = brief.asked or _asked_by_opening(brief, message)
        reading = _reader(written).read(message, brief.idea, asked, brief.notes)
        return advance(
            brief, reading, message, position, language_to_answer(message, brief.language)
        )


def _asked_by_opening(brief: Brief, message: str) -> Element | None:
    """Who opens with a bare word or two says what the film is about, as if we had asked."""
    is_bare = len(message) <= _BARE and len(message.split()) <= _FEW_WORDS
    calls = _CALLS.search(message)
    is_open = not brief.language and not brief.idea.theme
    return "theme" if is_bare and not calls and is_open else None


@functools.cache
def _reader(language: Language) -> Reader:
    """The reader of a language, imported here: its patterns and word lists take a while to load."""
    if language == "zh":
        from .chinese.reader import ChineseReader

        return ChineseReader()
    from .english.reader import EnglishReader

    return EnglishReader()
