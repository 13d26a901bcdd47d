"""Talking an idea into shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from ..errors import UpstreamError
from ..models import Brief, Conversation, Delta, Message, Provenance, Turn, Usage, now
from ..ports import ConversationStore, Listening, Writer
from .briefs import IdeaChanges, set_by_hand
from .spending import entering_failures

_MOST_KEPT = 20_000
"""How much of the messages without an answer is taken along; the latest count."""


@dataclass(frozen=True)
class Reply:
    """The answer to one message, and where the idea stands after it."""

    session_id: str
    opening: bool
    """Whether this is the conversation's first turn, or the caller calls it one."""
    turn: Turn


class ChatService:
    """The interview: one conversation per session, answered in the order it was asked."""

    def __init__(self, writer: Writer, conversations: ConversationStore) -> None:
        self._writer, self._conversations = writer, conversations

    def send(self, session_id: str, message: str, is_first: bool = False) -> Reply:
        """Answer one message: what `stream` passes on, collected."""
        for part in self.stream(session_id, message, is_first, whole=True):
            if isinstance(part, Reply):
                return part
        raise RuntimeError(f"{self._writer.name} ended without a turn")

    def stream(
        self,
        session_id: str,
        message: str,
        is_first: bool = False,
        whole: bool = False,
        listening: Listening | None = None,
    ) -> Iterator[Delta | Reply]:
        """The words of the answer as they come, then the whole reply.

        With `whole` the words on the way are of no interest, and need not come.
        Messages sent at once in one session are answered one after the other. The message is
        kept before the writer is asked; where that fails it is taken along with the next one, so
        that the history stays question, answer, question, answer.
        """
        with self._conversations.hold(session_id):
            conversation = self._conversations.load(session_id)
            message = _with_pending(conversation.pending, message)
            question = Message(role="user", content=message, timestamp=now())
            self._conversations.keep(session_id, message)
            opening = is_first or not conversation.messages
            with (
                self._failures(session_id),
                closing(self._writer.converse(conversation, message, whole, listening)) as parts,
            ):
                begun = None
                for part in parts:
                    if isinstance(part, Turn):
                        self._conclude(conversation, question, part)
                        yield Reply(session_id, opening, part)
                    else:
                        begun = begun or part.provenance
                        with self._departures(session_id, begun):
                            yield part

    def conversation(self, session_id: str) -> Conversation:
        """Everything said in the session, and the brief that came of it."""
        return self._conversations.load(session_id)

    def brief(self, session_id: str) -> Brief:
        """The idea as it stands, with where each part of it was said."""
        return self._conversations.load(session_id).brief

    def set_idea(self, session_id: str, changes: IdeaChanges) -> Brief:
        """Set parts of the idea by hand; the brief after it.

        Raises `ConversationBusy` where a message is still being answered, and `InvalidInput`.
        """
        with self._conversations.hold(session_id):
            brief = set_by_hand(self._conversations.load(session_id).brief, changes)
            self._conversations.revise(session_id, brief)
        return brief

    def reset(self, session_id: str) -> None:
        """Forget the session's conversation."""
        with self._conversations.hold(session_id):
            self._conversations.clear(session_id)

    @contextmanager
    def _departures(self, session_id: str, begun: Provenance | None) -> Iterator[None]:
        """Enter what was begun for a caller who left; how much it took nobody knows."""
        try:
            yield
        except GeneratorExit:
            if begun:
                self._conversations.record(session_id, Usage.of("turn", begun, outcome="failed"))
            raise

    def _conclude(self, conversation: Conversation, question: Message, turn: Turn) -> None:
        """Add the question and its answer, and enter what it took."""
        answer = Message(role="assistant", content=turn.reply, timestamp=now())
        usage = Usage.of("turn", turn.provenance, about=str(len(conversation.messages) + 1))
        self._conversations.append(conversation.session_id, question, answer, turn.brief, usage)

    @contextmanager
    def _failures(self, session_id: str) -> Iterator[None]:
        """Enter what a failed turn took, and say that the message is kept."""
        try:
            with entering_failures(self._conversations, session_id, "turn"):
                yield
        except UpstreamError as error:
            error.keeps_message = True
            raise


def _with_pending(pending: str | None, message: str) -> str:
    """A message together with an earlier one that got no answer, unless it says it again."""
    if not pending or pending == message or pending.endswith("\n" + message):
        return pending or message
    return f"{pending}\n{message}"[-_MOST_KEPT:]
