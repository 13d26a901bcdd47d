"""Turning an idea into a story and its characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from ..errors import NoConversation
from ..models import Brief, CharacterProfile, Message, StoryOutline, UserIdea
from ..ports import ConversationStore, Illustrator, MediaStore, Writer
from .portraits import image_url

PORTRAITS_AT_ONCE = 4


class ContentService:
    """Structures what was said, and writes and draws from it."""

    def __init__(
        self,
        writer: Writer,
        illustrator: Illustrator,
        conversations: ConversationStore,
        media: MediaStore,
    ) -> None:
        self._writer, self._illustrator = writer, illustrator
        self._conversations, self._media = conversations, media

    @property
    def writer(self) -> str:
        """Which engine writes."""
        return self._writer.name

    def structure(self, session_id: str, messages: Sequence[Message] | None = None) -> Brief:
        """The brief that `messages` hold, or else the session's conversation.

        Raises `NoConversation` where nobody said anything.
        """
        if messages is None:
            conversation = self._conversations.load(session_id)
            if not conversation.messages:
                raise NoConversation()
            return conversation.brief
        if not any(m.role == "user" and m.content.strip() for m in messages):
            raise NoConversation()
        return self._writer.structure(messages)

    def outline(self, session_id: str, idea: UserIdea) -> StoryOutline:
        """A story told from `idea` and what the session's conversation tells of its characters."""
        return self._writer.outline(idea, self._notes(session_id, idea))

    def cast(
        self, session_id: str, idea: UserIdea, outline: StoryOutline | None, with_images: bool
    ) -> list[CharacterProfile]:
        """A profile for each character of `idea`, with a portrait where that is wanted."""
        profiles = self._writer.cast(idea, outline, self._notes(session_id, idea))
        if not with_images:
            return profiles
        with ThreadPoolExecutor(PORTRAITS_AT_ONCE, "portrait") as pool:
            urls = pool.map(lambda profile: self._draw(profile, idea), profiles)
            return [
                profile.model_copy(update={"image_url": url})
                for profile, url in zip(profiles, urls, strict=True)
            ]

    def image(self, name: str) -> tuple[bytes, str]:
        """The bytes and the mime type of a stored picture. Raises `NotFound`."""
        return self._media.get(name)

    def _draw(self, profile: CharacterProfile, idea: UserIdea) -> str:
        return image_url(self._media.put(self._illustrator.portrait(profile, idea, [])))

    def _notes(self, session_id: str, idea: UserIdea) -> Mapping[str, str]:
        notes = self._conversations.load(session_id).brief.notes
        return {name: notes[name] for name in idea.basic_characters if name in notes}
