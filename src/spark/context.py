"""What belongs to the request that is being answered, wherever it is looked at."""

from __future__ import annotations

from contextvars import ContextVar

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="-")
"""The request's id, for logs and for the services that are asked on its behalf."""

SESSION_ID: ContextVar[str] = ContextVar("session_id", default="")
"""The id of the session, once the request has looked into it; never the cookie."""

PROJECT_ID: ContextVar[str] = ContextVar("project_id", default="")
"""The project that the request's address names, as it names it."""

TRACE: ContextVar[tuple[str, str] | None] = ContextVar("trace", default=None)
"""The ids of the trace and of the span that the request is, where it is traced."""


def begin(request_id: str) -> None:
    """Nothing is known of a request yet but its id; the last one of this thread is forgotten."""
    REQUEST_ID.set(request_id)
    SESSION_ID.set("")
    PROJECT_ID.set("")
    TRACE.set(None)
