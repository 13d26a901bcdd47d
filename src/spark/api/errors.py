"""Every failure as the one error body."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable
from typing import Any

from flask import Response, current_app, request
from flask_openapi3 import OpenAPI
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from ..errors import FieldProblem, InvalidInput, InvalidJson, SparkError
from ..models import Language, now
from .http import flat, language
from .logs import request_id
from .messages import HTTP_MESSAGES, field_message

STATUS: dict[str, int] = {
    "invalid_json": 400,
    "validation_error": 400,
    "no_conversation": 400,
    "unsupported_format": 400,
    "invalid_archive": 400,
    "forbidden": 403,
    "not_found": 404,
    "project_not_found": 404,
    "character_not_found": 404,
    "conflict": 409,
    "payload_too_large": 413,
    "unsupported_media_type": 415,
    "idempotency_key_reused": 422,
    "rate_limited": 429,
    "internal_error": 500,
    "upstream_error": 502,
    "upstream_unavailable": 503,
    "storage_unavailable": 503,
    "upstream_timeout": 504,
    "storage_full": 507,
}
"""The HTTP status of each of our codes."""

_CODES = {
    400: "validation_error",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "payload_too_large",
    415: "unsupported_media_type",
    429: "rate_limited",
}

_log = logging.getLogger("spark.errors")


def register_errors(app: OpenAPI) -> None:
    """Answer our failures and Werkzeug's with the one error body."""
    app.register_error_handler(SparkError, _answer_spark_error)
    app.register_error_handler(HTTPException, _answer_http_error)


def error_body(code: str, message: str, details: Iterable[dict[str, str]] = ()) -> dict[str, Any]:
    """The one error body."""
    body = {"error": code, "message": message, "timestamp": now(), "request_id": request_id()}
    listed = list(details)
    return {**body, "details": listed} if listed else body


def spark_error_body(error: SparkError, speech: Language) -> dict[str, Any]:
    """The error body of one of our failures, in the caller's language."""
    details = ({"field": p.field, "message": getattr(p, speech)} for p in error.problems)
    return error_body(error.code, error.message(speech), details)


def log_failure(error: SparkError) -> None:
    """Write a failure that is ours or an upstream's to the log, once, with its traceback."""
    if STATUS[error.code] >= 500:
        _log.error("%s %s: %s", request.method, request.path, error.code, exc_info=error)


def invalid_input(error: ValidationError) -> InvalidInput:
    """Our failure for what pydantic found wrong with a request."""
    found = error.errors(include_url=False, include_input=True)
    if any(not p["loc"] and p.get("input") is None for p in found):
        return InvalidJson()
    return InvalidInput(*(field_problem(p) for p in found))


def field_problem(problem: Any) -> FieldProblem:
    """One of pydantic's findings in our words."""
    field = ".".join(str(part) for part in problem["loc"])
    return FieldProblem(field or "body", field_message(problem, "zh"), field_message(problem, "en"))


def raise_invalid_input(error: ValidationError) -> Response:
    """What the OpenAPI layer calls when a request does not fit its models."""
    raise invalid_input(error) from error


def _answer_spark_error(error: SparkError) -> Response:
    log_failure(error)
    return _response_for(error)


def _response_for(error: SparkError) -> Response:
    headers = {"Retry-After": str(math.ceil(error.retry_after))} if error.retry_after else None
    return flat(spark_error_body(error, language()), STATUS[error.code], headers)


def _answer_http_error(error: HTTPException) -> Response:
    """Start from Werkzeug's own response, whose headers (Allow, Location) belong to the answer."""
    original = getattr(error, "original_exception", None)
    if isinstance(original, SparkError):  # outside of a route, and logged by Flask already
        return _response_for(original)
    response = error.get_response()
    status = response.status_code
    if status < 400:
        return response  # type: ignore[return-value]
    code = _CODES.get(status, "internal_error" if status >= 500 else "validation_error")
    message = HTTP_MESSAGES.get(code, HTTP_MESSAGES["validation_error"])[language()]
    response.data = current_app.json.dumps(error_body(code, message))
    response.content_type = "application/json"
    return response  # type: ignore[return-value]
