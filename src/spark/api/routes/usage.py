"""What the caller's session spent."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint

from ...services.usage import UsageReport
from ..described import success_of
from ..http import services, session_id, success
from .system import SYSTEM

usage = APIBlueprint("usage", __name__, abp_tags=[SYSTEM])


@usage.get("", responses={200: success_of(UsageReport)})
def session_usage() -> Response:
    """本会话的用量 · What this session's calls took, and what they cost."""
    return success(services().usage.of_session(session_id()))
