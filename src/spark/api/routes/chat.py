"""Talking about an idea."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from flask import Response, current_app, stream_with_context
from flask_openapi3 import APIBlueprint, Tag

from ...errors import SparkError
from ...models import FIELD_OF, OPTIONAL, Brief, Conversation, Delta, now
from ...services.briefs import IdeaChanges
from ...services.chat import Reply
from ..answers import ChatIdea, ChatReply, ChatReset, ChatStatus, History
from ..described import flat_of, success_of
from ..errors import log_failure, spark_error_body
from ..http import flat, language, listening, services, session_id, success
from ..requests import EditIdea, SendMessage

chat = APIBlueprint(
    "chat", __name__, abp_tags=[Tag(name="chat", description="聊天 · Conversation")]
)

EVENT = {
    "type": "object",
    "description": "One event: words as `delta`, then the whole answer as `done`, or an `error`.",
    "properties": {
        "event": {"type": "string", "enum": ["delta", "done", "error"]},
        "data": {"description": "A JSON object, as text."},
    },
    "required": ["event", "data"],
}

_STILL_HERE = ": \n\n"
"""A comment, which event streams skip: it shows us whether the caller is still there."""

_RESET = {"zh": "对话已重置。", "en": "The conversation was reset."}


@chat.post("/send", responses={200: flat_of(ChatReply)})
def send(body: SendMessage) -> Response:
    """发送消息 · Answer one message of the caller's conversation."""
    reply = services().chat.send(session_id(), body.message, bool(body.is_first_message))
    return flat(_reply_body(reply))


@chat.post("/stream", responses={200: {"content": {"text/event-stream": {"schema": EVENT}}}})
def stream(body: SendMessage) -> Response:
    """发送消息（流式） · Answer one message, word by word, as server-sent events."""
    return Response(
        stream_with_context(_events(session_id(), body)),
        mimetype="text/event-stream",
        headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"},
    )


@chat.get("/history", responses={200: success_of(History)})
def history() -> Response:
    """获取聊天历史 · Everything said so far."""
    conversation = services().chat.conversation(session_id())
    return success(
        {
            "session_id": conversation.session_id,
            "history": conversation.messages,
            "context": _state(conversation),
        }
    )


@chat.get("/status", responses={200: success_of(ChatStatus)})
def status() -> Response:
    """对话状态 · How far the conversation has come."""
    conversation = services().chat.conversation(session_id())
    state = "complete" if conversation.brief.idea.is_complete else "engaged"
    return success(
        {
            "session_id": conversation.session_id,
            "state": "empty" if conversation.is_empty else state,
            **_state(conversation),
        }
    )


@chat.get("/idea", responses={200: success_of(ChatIdea)})
def idea() -> Response:
    """当前创意及其出处 · The idea so far, with where each part of it was said."""
    return success(_idea_body(services().chat.brief(session_id())))


@chat.patch("/idea", responses={200: success_of(ChatIdea)})
def set_idea(body: EditIdea) -> Response:
    """手工修改创意 · Set parts of the idea by hand; null or an empty list takes a part back."""
    changes = cast(IdeaChanges, body.model_dump(exclude_unset=True))
    return success(_idea_body(services().chat.set_idea(session_id(), changes)))


@chat.post("/reset", responses={200: success_of(ChatReset)})
def reset() -> Response:
    """重置聊天会话 · Forget the conversation and start afresh."""
    services().chat.reset(session_id())
    return success({"session_id": session_id(), "message": _RESET[language()]})


def _reply_body(reply: Reply) -> dict[str, Any]:
    idea = reply.turn.brief.idea
    return {
        "status": "engaged" if reply.opening else "continued",
        "response": reply.turn.reply,
        **_progress(reply.turn.brief),
        "user_idea": idea,
        "session_id": reply.session_id,
        "timestamp": now(),
        "provider": reply.turn.provenance.engine,
        "provenance": reply.turn.provenance,
    }


def _idea_body(brief: Brief) -> dict[str, Any]:
    return {
        "session_id": session_id(),
        "user_idea": brief.idea,
        "sources": brief.sources,
        "notes": brief.notes,
        **_progress(brief),
    }


def _progress(brief: Brief) -> dict[str, Any]:
    idea = brief.idea
    return {
        "is_complete": idea.is_complete,
        "missing_elements": idea.missing(),
        "optional_missing": idea.missing(OPTIONAL),
    }


def _state(conversation: Conversation) -> dict[str, Any]:
    idea = conversation.brief.idea
    found = [element for element in FIELD_OF if idea.value(element)]
    return {
        "message_count": len(conversation.messages),
        "last_analysis": {"found_elements": found, **_progress(conversation.brief)},
    }


def _events(caller: str, body: SendMessage) -> Iterator[str]:
    """The stream's events; a failure is its last one."""
    try:
        chat = services().chat
        for part in chat.stream(
            caller, body.message, bool(body.is_first_message), listening=listening()
        ):
            if isinstance(part, Delta):
                yield _event("delta", {"text": part.text}) if part.text else _STILL_HERE
            else:
                yield _event("done", _reply_body(part))
    except SparkError as error:
        log_failure(error)
        yield _event("error", spark_error_body(error, language()))
    except Exception as error:
        # The status line is sent already: nobody after us can tell the caller any more.
        current_app.logger.error("stream broke off", exc_info=error)
        yield _event("error", spark_error_body(SparkError(), language()))


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {current_app.json.dumps(data)}\n\n"
