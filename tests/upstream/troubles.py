"""What goes wrong before, or instead of, an answer's content."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from .exchange import Exchange
from .scenarios import Scenario
from .wire import Answer

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = b"<!DOCTYPE html><html><head><title>Gateway</title></head><body>Not here.</body></html>"


class Refusal(NamedTuple):
    """An HTTP error with a body as OpenAI words it."""

    status: int
    code: str | None
    kind: str
    message: str
    param: str | None = None

    @property
    def body(self) -> dict[str, Any]:
        """The error as it is sent."""
        told = {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}
        return {"error": told}


_INVALID = "invalid_request_error"
REFUSALS = {
    "unauthorized": Refusal(401, "invalid_api_key", _INVALID, "Incorrect API key provided."),
    "forbidden": Refusal(
        403,
        "unsupported_country_region_territory",
        "request_forbidden",
        "Country, region, or territory not supported",
    ),
    "unknown_model": Refusal(404, "model_not_found", _INVALID, "The model does not exist."),
    "rate_limit": Refusal(429, "rate_limit_exceeded", "requests", "Rate limit reached."),
    "quota": Refusal(
        429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota."
    ),
    "server_error": Refusal(500, None, "server_error", "The server had an error."),
    "overloaded": Refusal(503, "overloaded", "server_error", "The engine is overloaded."),
}
_REFUSED = Refusal(
    400, "content_policy_violation", _INVALID, "Your request was rejected by our safety system."
)
_MODERATED = _REFUSED._replace(code="moderation_blocked", kind="image_generation_user_error")
_NO_EDIT = Refusal(404, "unknown_url", _INVALID, "Invalid URL (POST /v1/images/edits)")


async def meets_trouble(exchange: Exchange, answer: Answer) -> bool:
    """Do what the scenario says goes wrong at the door; whether that was all."""
    scenario, faults = exchange.scenario, exchange.scenario.faults
    await asyncio.sleep(scenario.latency)
    if "silent" in faults:
        await for_ever()
    if "reset" in faults:
        answer.reset()
    elif "bad_gateway" in faults:
        answer.send(502, {**HTML, **scenario.headers}, PAGE)
    elif "html" in faults:
        answer.send(200, {**HTML, **scenario.headers}, PAGE)
    elif scenario.status is not None:
        _send_own_error(answer, scenario)
    elif refusal := _refusal(exchange):
        refuse(exchange, answer, refusal)
    else:
        return False
    return True


async def for_ever() -> None:
    """Wait until the client goes."""
    await asyncio.get_running_loop().create_future()


def refuse(exchange: Exchange, answer: Answer, refusal: Refusal) -> None:
    """Answer with an error."""
    headers = {**JSON, **_retry_after(exchange.scenario), **exchange.scenario.headers}
    answer.send(refusal.status, headers, json.dumps(refusal.body).encode())


def invalid(message: str, param: str | None = None) -> Refusal:
    """The error for a request that cannot be understood."""
    return Refusal(400, None, _INVALID, message, param)


async def send_value(exchange: Exchange, answer: Answer, value: Mapping[str, Any]) -> None:
    """Answer with JSON, or with what the scenario leaves of it."""
    scenario, faults = exchange.scenario, exchange.scenario.faults
    headers = {**JSON, **scenario.headers}
    body = json.dumps(value, ensure_ascii=False).encode()
    if "bad_json" in faults:
        answer.send(200, headers, body[: len(body) // 2])
    elif "stall" in faults:
        answer.begin(200, headers, len(body))
        await for_ever()
    elif "slow_drip" in faults:
        answer.begin(200, headers)
        while True:
            answer.chunk(b" ")
            await asyncio.sleep(scenario.every)
    elif faults & {"cut", "cut_clean"}:
        answer.begin(200, headers, len(body))
        answer.write(body[: len(body) // 2])
    else:
        answer.send(200, headers, body)


def _refusal(exchange: Exchange) -> Refusal | None:
    faults = exchange.scenario.faults
    of_pictures = exchange.kind in ("image", "edit")
    if "refused" in faults:
        return _MODERATED if of_pictures else _REFUSED
    if "no_edit" in faults and exchange.kind == "edit":
        return _NO_EDIT
    if "echo_key" in faults:
        key = exchange.headers.get("authorization", "").removeprefix("Bearer ")
        told = f"Incorrect API key provided: {key}. You sent Authorization: Bearer {key}"
        return REFUSALS["unauthorized"]._replace(message=told)
    return next((refusal for name, refusal in REFUSALS.items() if name in faults), None)


def _send_own_error(answer: Answer, scenario: Scenario) -> None:
    assert scenario.status is not None
    body = scenario.body
    if body is None:
        body = Refusal(scenario.status, None, "error", f"Status {scenario.status}.").body
    sent = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    headers = {**JSON, **_retry_after(scenario), **scenario.headers}
    answer.send(scenario.status, headers, sent.encode())


def _retry_after(scenario: Scenario) -> dict[str, str]:
    return {} if scenario.retry_after is None else {"Retry-After": f"{scenario.retry_after:g}"}
