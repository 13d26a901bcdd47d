"""What belongs to the request that is being answered, wherever it is looked at."""

from __future__ import annotations

from contextvars import ContextVar

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="-")
"""The request's id, for logs and for the services that are asked on its behalf."""
