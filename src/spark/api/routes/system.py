"""The service itself: its health, its sessions, its documentation."""

from __future__ import annotations

import secrets

from flask import Response, current_app, make_response, render_template, request
from flask_openapi3 import APIBlueprint, Tag

from ...models import now
from ...project_file import schema
from ..answers import ApiIndex, Health, Readiness, SessionInfo
from ..browsers import policy_of_page
from ..described import flat_of, success_of
from ..health import is_down, readiness, report
from ..http import flat, language, session_id, success
from ..openapi import document, index

SYSTEM = Tag(name="system", description="系统 · The service itself")

system = APIBlueprint("system", __name__, abp_tags=[SYSTEM])


@system.get("/health", responses={200: flat_of(Health), 503: flat_of(Health)})
def health() -> Response:
    """健康检查 · How the service and its parts are."""
    body = report()
    return flat(body, 503 if is_down(body["components"]) else 200)


@system.get("/health/ready", responses={200: flat_of(Readiness), 503: flat_of(Readiness)})
def ready() -> Response:
    """就绪检查 · Whether requests may be sent here; 503 where they may not, yet."""
    body = readiness()
    return flat(body, 200 if body["status"] == "ready" else 503)


@system.get("/session/info", responses={200: flat_of(SessionInfo)})
def session_info() -> Response:
    """会话信息 · The caller's session."""
    return flat({"session_id": session_id(), "status": "active", "timestamp": now()})


@system.get("/docs", responses={200: success_of(ApiIndex)})
def docs() -> Response:
    """API文档 · An interactive page for a browser, an index of the endpoints for everyone else."""
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    if best == "text/html":
        nonce = secrets.token_urlsafe(16)
        response = make_response(render_template("docs.html", language=language(), nonce=nonce))
        response.headers["Content-Security-Policy"] = policy_of_page(nonce)
    else:
        response = success(index(current_app))
    response.vary.update(["Accept", "Accept-Language"])
    return response


@system.get(
    "/openapi.json",
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
def openapi() -> Response:
    """OpenAPI 文档 · This API as OpenAPI 3.1."""
    return flat(document(current_app))


@system.get(
    "/schemas/project.json",
    responses={200: {"content": {"application/schema+json": {"schema": {"type": "object"}}}}},
)
def project_schema() -> Response:
    """project.json 的格式 · The JSON Schema of a project's file."""
    response = flat(schema())
    response.mimetype = "application/schema+json"
    return response
