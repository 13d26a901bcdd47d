"""How a request is to be answered: how fast, with what, and what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, field_validator

FAULTS = {
    "unauthorized": "401 invalid_api_key",
    "forbidden": "403",
    "unknown_model": "404 model_not_found",
    "rate_limit": "429 rate_limit_exceeded; see retry_after",
    "quota": "429 insufficient_quota",
    "refused": "400 content_policy_violation, or moderation_blocked for pictures",
    "server_error": "500",
    "overloaded": "503; see retry_after",
    "bad_gateway": "502 with a page of HTML",
    "echo_key": "401 whose body repeats the key it was sent",
    "html": "200 with a page of HTML",
    "bad_json": "200 with half a JSON body",
    "no_choices": "200 with a JSON body that lacks its choices, or its pictures",
    "silent": "the request is taken and never answered",
    "reset": "the connection is reset before any header",
    "stall": "headers and then nothing, or nothing more from `after` on",
    "slow_drip": "a chunk every `every` seconds, for ever",
    "cut": "the connection ends after `after` chunks",
    "cut_clean": "the body ends as it should, but after `after` chunks",
    "length": "finish_reason length after `after` chunks",
    "content_filter": "finish_reason content_filter after `after` chunks",
    "error_event": "an error inside the stream after `after` chunks",
    "refusal": "a refusal where the content should be",
    "reasoning": "reasoning_content before the content",
    "nonstream": "one JSON body where a stream was asked for",
    "no_usage": "no usage is told",
    "no_schema": "400 for a response_format of json_schema",
    "no_format": "400 for any response_format",
    "no_stream_options": "400 for stream_options",
    "enum_drift": "elements and durations in words of the model's own",
    "wrong_types": "texts for lists, objects for lists",
    "too_few": "one character less than asked for",
    "wrong_shape": "JSON of another shape",
    "raw_newlines": "line breaks inside JSON strings",
    "trailing_commas": "a comma before every closing bracket",
    "half_object": "JSON that stops in the middle of the idea, as if it were whole",
    "not_json": "plain prose",
    "empty": "no content at all",
    "fences": "content in a Markdown fence",
    "prose": "sentences around the content",
    "think": "content after a <think> passage with braces of its own",
    "no_edit": "404 for edits of pictures",
    "not_an_image": "text where a picture should be",
    "bad_b64": "a picture whose base64 is none",
    "huge": "a link to a picture that never ends",
    "dead_link": "a link to nothing",
}
"""Everything that can go wrong, by name."""


class Scenario(BaseModel):
    """How one request is to be answered; times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fault: str = ""
    """A name of `FAULTS`, or several with commas between them."""
    latency: float = 0
    """Before the headers."""
    first_token: float = 0
    """Between the headers and the first chunk."""
    rate: float | None = None
    """Chunks per second; as fast as it goes where it is None."""
    chunk_chars: int | None = None
    """Characters in a chunk; three, of Chinese two, where it is None."""
    after: int | Literal["reply"] | None = None
    """How many chunks come before the fault; "reply": those up to the reply's last character."""
    every: float = 1
    """Between the chunks of `slow_drip`."""
    content: str | None = None
    """What to say instead of a composed answer."""
    repair: str | None = None
    """What to say to a request that asks to mend an answer: no fault changes it."""
    canned: bool = False
    """Answer turns with `CANNED_TURN`, which costs nothing to compose."""
    echo: bool = False
    """Answer turns with what was said last, which tells whose answer it is."""
    finish_reason: str = "stop"
    status: int | None = None
    """An HTTP error of one's own, with `body` and `headers`."""
    body: Any = None
    headers: Mapping[str, str] = {}
    """Further headers, of any answer."""
    retry_after: float | None = None
    """The Retry-After header of an error."""
    stamp: bool = False
    """Whether each chunk tells when it was sent, as `x_sent_at`."""
    as_url: bool = False
    """Whether pictures are linked to rather than sent along."""

    @field_validator("fault")
    @classmethod
    def _is_known(cls, fault: str) -> str:
        for name in filter(None, fault.split(",")):
            if name not in FAULTS:
                raise ValueError(f"no such fault: {name}")
        return fault

    @property
    def faults(self) -> frozenset[str]:
        """The names of all that goes wrong."""
        return frozenset(filter(None, self.fault.split(",")))

    def overridden_by(self, model: str) -> Scenario:
        """The scenario with what a model's name says; raises `ValueError` where it is nonsense."""
        _, mark, query = model.partition("?")
        if not mark:
            return self
        return Scenario.model_validate({**dict(self), **dict(parse_qsl(query))})
