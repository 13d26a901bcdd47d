"""Turning an idea into a story and its characters."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from ..errors import NoConversation, UpstreamError
from ..language import language_of
from ..models import (
    Brief,
    CharacterProfile,
    Kind,
    Message,
    StoryOutline,
    Usage,
    UserIdea,
    Written,
)
from ..pictures import Picture
from ..ports import ConversationStore, Illustrator, MediaStore, Writer
from .portraits import image_url
from .spending import entering_failures

Made = TypeVar("Made")
_log = logging.getLogger("spark.content")


class ContentService:
    """Structures what was said, and writes and draws from it."""

    def __init__(
        self,
        writer: Writer,
        illustrator: Illustrator,
        conversations: ConversationStore,
        media: MediaStore,
        portraits_at_once: int = 4,
    ) -> None:
        self._at_once = portraits_at_once
        self._writer, self._illustrator = writer, illustrator
        self._conversations, self._media = conversations, media

    @property
    def writer(self) -> str:
        """Which engine writes."""
        return self._writer.name

    def structure(self, session_id: str, messages: Sequence[Message] | None = None) -> Brief:
        """The brief that `messages` hold, or else the session's conversation.

        Raises `NoConversation` where nobody said anything, nor set anything by hand.
        """
        if messages is None:
            conversation = self._conversations.load(session_id)
            if conversation.is_empty:
                raise NoConversation()
            return conversation.brief
        if not any(m.role == "user" and m.content.strip() for m in messages):
            raise NoConversation()
        return self._spend(session_id, "structure", lambda: self._writer.structure(messages)).value

    def outline(self, session_id: str, idea: UserIdea, fresh: bool = False) -> StoryOutline:
        """A story told from `idea` and what the session's conversation tells of its characters.

        A `fresh` one is wanted where an earlier answer to the same request will not do.
        """
        notes = self._notes(session_id, idea)
        told = self._spend(session_id, "outline", lambda: self._writer.outline(idea, notes, fresh))
        return told.value.model_copy(update={"provenance": told.provenance})

    def cast(
        self,
        session_id: str,
        idea: UserIdea,
        outline: StoryOutline | None,
        with_images: bool,
        fresh: bool = False,
    ) -> list[CharacterProfile]:
        """A profile for each character of `idea`, with a portrait where that is wanted.

        A portrait that fails does not fail the cast: its profile says why it has none.
        """
        notes = self._notes(session_id, idea)
        told = self._spend(
            session_id, "cast", lambda: self._writer.cast(idea, outline, notes, fresh)
        )
        profiles = [p.model_copy(update={"provenance": told.provenance}) for p in told.value]
        if not with_images:
            return profiles
        with ThreadPoolExecutor(self._at_once, "portrait") as pool:
            return list(
                pool.map(
                    # What is logged of a portrait belongs to this request too.
                    lambda profile, context: context.run(
                        self._with_portrait, session_id, profile, idea
                    ),
                    profiles,
                    [copy_context() for _ in profiles],
                )
            )

    def image(self, name: str) -> tuple[bytes, str]:
        """The bytes and the mime type of a stored picture. Raises `NotFound`."""
        return self._media.get(name)

    def _with_portrait(
        self, session_id: str, profile: CharacterProfile, idea: UserIdea
    ) -> CharacterProfile:
        """`profile` with its picture, or else with the reason why there is none."""

        def draw() -> Written[Picture]:
            picture = self._illustrator.portrait(profile, idea, [])
            return Written(picture, picture.provenance)

        try:
            picture = self._spend(session_id, "image", draw, about=profile.name).value
        except UpstreamError as error:
            _log.warning("no portrait: %s", error.code, exc_info=error)
            reason = error.message(language_of(idea.theme))
            return profile.model_copy(update={"image_error": reason})
        return profile.model_copy(update={"image_url": image_url(self._media.put(picture))})

    def _spend(
        self,
        session_id: str,
        kind: Kind,
        make: Callable[[], Written[Made]],
        about: str | None = None,
    ) -> Written[Made]:
        """What `make` gives; what that took is entered, also where it fails."""
        with entering_failures(self._conversations, session_id, kind, about):
            made = make()
        self._conversations.record(session_id, Usage.of(kind, made.provenance, about))
        return made

    def _notes(self, session_id: str, idea: UserIdea) -> Mapping[str, str]:
        notes = self._conversations.load(session_id).brief.notes
        return {name: notes[name] for name in idea.basic_characters if name in notes}
