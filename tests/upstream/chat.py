"""Chat completions: whole, or event by event at the pace of the scenario."""

from __future__ import annotations

import asyncio
import functools
import itertools
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from .answers import (
    CANNED_TURN,
    Utterances,
    asks_to_mend,
    echo_of,
    format_of,
    utterances_of,
)
from .damage import damaged
from .exchange import Exchange
from .troubles import REFUSALS, Refusal, for_ever, invalid, refuse, send_value
from .wire import Answer

Compose = Callable[[str, Utterances], Awaitable[str]]

_EVENTS = {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache"}
_NUMBERS = itertools.count(1)
_PIECE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]{1,2}|[^\u3000-\u9fff\uff00-\uffef]{1,3}", re.S)
_REPLY = re.compile(r'"reply"\s*:\s*"((?:[^"\\]|\\.)*"?)', re.S)
_FIRST_TEXT = re.compile(r':\s*"')
_THOUGHTS = ("Let me think. ", "The person ", "tells of a film ", "{so far}.")
_REGRET = ("I'm sorry, ", "but I can't ", "help with that.")
_FEW = 3
_BREAKS = {"stall", "cut", "cut_clean", "error_event", "length", "content_filter"}


class Words(NamedTuple):
    """What is said, piece by piece, each as a JSON string."""

    pieces: tuple[bytes, ...]
    reply: range
    """The pieces that hold the reply's own words."""


async def complete(exchange: Exchange, answer: Answer, compose: Compose) -> None:
    """Answer a request for a chat completion."""
    scenario, faults, body = exchange.scenario, exchange.scenario.faults, exchange.body
    if refusal := _misfit(exchange):
        return refuse(exchange, answer, refusal)
    if "no_choices" in faults:
        opening = _opening(exchange, "chat.completion")
        return await send_value(exchange, answer, {**opening, "usage": _usage(exchange, 0)})
    content = await _content(exchange, compose)
    words = cut_up(content, scenario.chunk_chars, scenario.after == "reply")
    if not body.get("stream") or faults & {"nonstream", "bad_json"}:
        return await _send_whole(exchange, answer, content, words)
    answer.begin(200, {**_EVENTS, **scenario.headers})
    if await _Telling(exchange, answer).tell(words):
        answer.end()
    return None


@functools.lru_cache(1024)
def cut_up(content: str, chunk_chars: int | None, at_reply: bool) -> Words:
    """The content in pieces; with a cut right behind the reply where that is wanted."""
    *_, reply = [None, *_REPLY.finditer(content)]
    begin, end = reply.span(1) if reply else (0, 0)
    texts = [content[:end], content[end:]] if at_reply else [content]
    pieces = [piece for text in texts for piece in _pieces(text, chunk_chars)]
    ends = list(itertools.accumulate(map(len, pieces)))
    first = sum(e <= begin for e in ends)
    last = sum(e < end for e in ends) + 1 if reply else first
    encoded = (json.dumps(piece, ensure_ascii=False).encode() for piece in pieces)
    return Words(tuple(encoded), range(first, last))


def _pieces(text: str, chunk_chars: int | None) -> list[str]:
    if chunk_chars is None:
        return _PIECE.findall(text)
    return [text[i : i + chunk_chars] for i in range(0, len(text), chunk_chars)]


def _misfit(exchange: Exchange) -> Refusal | None:
    """Why the request is refused for what it asks, if it is."""
    faults, body = exchange.scenario.faults, exchange.body
    if not isinstance(body, dict) or not body.get("model") or not body.get("messages"):
        return invalid("The body must be JSON with a model and messages.")
    wanted = body.get("response_format") or {}
    if wanted and "no_format" in faults:
        return invalid("Unknown parameter: 'response_format'.", "response_format")
    if wanted.get("type") == "json_schema" and "no_schema" in faults:
        return invalid("response_format json_schema is not supported", "response_format")
    if "stream_options" in body and "no_stream_options" in faults:
        return invalid("Unknown parameter: 'stream_options'.", "stream_options")
    if wanted.get("type") == "json_schema":
        schema = wanted.get("json_schema", {})
        if schema.get("strict") and (problem := _unstrict(schema.get("schema"))):
            return invalid(f"Invalid schema for response_format: {problem}", "response_format")
    if wanted.get("type") == "json_object" and "json" not in str(body["messages"]).lower():
        return invalid("'messages' must contain the word 'json' to use json_object.", "messages")
    return None


def _unstrict(schema: Any) -> str:
    """What keeps a schema from being taken as a strict one."""
    if isinstance(schema, list):
        return next(filter(None, map(_unstrict, schema)), "")
    if not isinstance(schema, dict):
        return ""
    if "allOf" in schema or "default" in schema:
        return "'allOf' and 'default' are not permitted"
    fields = schema.get("properties")
    if isinstance(fields, dict):
        if schema.get("additionalProperties") is not False:
            return "'additionalProperties' is required to be false"
        if set(schema.get("required", [])) != fields.keys():
            return "'required' is required to include every key in properties"
        return _unstrict([*fields.values(), *schema.get("$defs", {}).values()])
    return _unstrict(list(schema.values()))


async def _content(exchange: Exchange, compose: Compose) -> str:
    scenario = exchange.scenario
    form, utterances = format_of(exchange.body), utterances_of(exchange.body)
    if scenario.repair is not None and asks_to_mend(form, utterances):
        return scenario.repair
    if scenario.content is not None:
        content = scenario.content
    elif scenario.echo and form == "turn":
        content = echo_of(utterances)
    elif scenario.canned and form == "turn":
        content = CANNED_TURN
    else:
        content = await compose(form, utterances)
    return damaged(content, scenario.faults)


def _opening(exchange: Exchange, kind: str) -> dict[str, Any]:
    number = f"chatcmpl-{next(_NUMBERS):08}"
    return {"id": number, "object": kind, "created": int(time.time()), "model": exchange.model}


def _usage(exchange: Exchange, completion: int) -> dict[str, int]:
    prompt = sum(len(text) for _, text in utterances_of(exchange.body)) // 3
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


async def _send_whole(exchange: Exchange, answer: Answer, content: str, words: Words) -> None:
    """Answer in one JSON body, after the time that a stream of it would take."""
    scenario, faults = exchange.scenario, exchange.scenario.faults
    await asyncio.sleep(scenario.first_token)
    if "error_event" in faults:
        return refuse(exchange, answer, REFUSALS["server_error"])
    if scenario.rate:
        await asyncio.sleep(len(words.pieces) / scenario.rate)
    finish = scenario.finish_reason
    if broken_off := _broken_off(faults):
        kept = words.pieces[: _after(exchange, words)]
        finish, content = broken_off, "".join(map(json.loads, kept))
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": None}
    if "refusal" in faults:
        message |= {"content": None, "refusal": "".join(_REGRET)}
    if "reasoning" in faults:
        message["reasoning_content"] = "".join(_THOUGHTS)
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    value = {**_opening(exchange, "chat.completion"), "choices": [choice]}
    if "no_usage" not in faults:
        value["usage"] = _usage(exchange, len(words.pieces))
    exchange.count(of_reply=bool(words.reply))
    return await send_value(exchange, answer, value)


def _broken_off(faults: frozenset[str]) -> str:
    """Why the model stops before it is done, if it does."""
    return next((reason for reason in ("length", "content_filter") if reason in faults), "")


def _after(exchange: Exchange, words: Words) -> int:
    """How many pieces come before the fault."""
    after = exchange.scenario.after
    if after == "reply":
        return words.reply.stop or _FEW
    return _FEW if after is None else after


class _Telling:
    """A completion on its way, event by event."""

    def __init__(self, exchange: Exchange, answer: Answer) -> None:
        self._exchange, self._answer = exchange, answer
        self._scenario, self._faults = exchange.scenario, exchange.scenario.faults
        options = exchange.body.get("stream_options") or {}
        self._tells_usage = bool(options.get("include_usage")) and "no_usage" not in self._faults
        opening = _opening(exchange, "chat.completion.chunk")
        self._head = b"data: " + json.dumps(opening).encode()[:-1]
        self._choice_end = b'}],"usage":null' if self._tells_usage else b"}]"
        self._pace = _Pace(self._scenario.rate)

    async def tell(self, words: Words) -> bool:
        """Send it all, as far as the scenario lets it come; whether the body is to be ended."""
        faults, after = self._faults, _after(self._exchange, words)
        if "stall" in faults and self._scenario.after is None:
            await for_ever()
        await asyncio.sleep(self._scenario.first_token)
        self._delta(b'{"role":"assistant","content":"","refusal":null}')
        self._pace.begin()
        if "reasoning" in faults:
            await self._say_aside("reasoning_content", _THOUGHTS)
        if "refusal" in faults:
            await self._say_aside("refusal", _REGRET)
            self._finish("stop")
            return True
        if "slow_drip" in faults:
            await self._drip(words)
        breaks = faults & _BREAKS
        await self._say(words, after if breaks else None)
        if "stall" in breaks:
            await for_ever()
        if "error_event" in breaks:
            self._fail()
        elif not breaks & {"cut", "cut_clean"}:
            self._finish(_broken_off(faults) or self._scenario.finish_reason)
        return "cut" not in breaks

    async def _say(self, words: Words, most: int | None) -> None:
        for place, piece in enumerate(words.pieces[:most]):
            await self._pace.wait()
            self._piece(piece, place in words.reply)

    async def _say_aside(self, field: str, pieces: tuple[str, ...]) -> None:
        for piece in pieces:
            await self._pace.wait()
            self._delta(json.dumps({field: piece}).encode())

    async def _drip(self, words: Words) -> None:
        """Send the answer as far as its first text, and that text without an end."""
        content = "".join(map(json.loads, words.pieces))
        found = _FIRST_TEXT.search(content)
        begun = content[: found.end()] if found else ""
        for piece in itertools.chain([begun], itertools.repeat("…")):
            self._piece(json.dumps(piece).encode(), piece == "…" and bool(words.reply))
            await asyncio.sleep(self._scenario.every)

    def _fail(self) -> None:
        self._answer.chunk(b"data: %b\n\n" % json.dumps(REFUSALS["server_error"].body).encode())

    def _finish(self, reason: str) -> None:
        self._delta(b"{}", reason)
        if self._tells_usage:
            usage = json.dumps(_usage(self._exchange, self._exchange.chunks_sent)).encode()
            self._event(b',"choices":[],"usage":' + usage)
        self._answer.chunk(b"data: [DONE]\n\n")

    def _piece(self, piece: bytes, of_reply: bool) -> None:
        self._exchange.count(of_reply)
        self._delta(b'{"content":%b}' % piece)

    def _delta(self, delta: bytes, finish: str = "") -> None:
        reason = b'"%b"' % finish.encode() if finish else b"null"
        choice = b',"choices":[{"index":0,"delta":%b,"logprobs":null,"finish_reason":%b'
        self._event(choice % (delta, reason) + self._choice_end)

    def _event(self, body: bytes) -> None:
        stamp = b',"x_sent_at":%.6f' % time.time() if self._scenario.stamp else b""
        self._answer.chunk(b"%b%b%b}\n\n" % (self._head, body, stamp))


class _Pace:
    """So many pieces a second, whatever the sending of each takes."""

    def __init__(self, rate: float | None) -> None:
        self._step = 1 / rate if rate else 0
        self._loop = asyncio.get_running_loop()

    def begin(self) -> None:
        """Let the first piece be due now."""
        self._due = self._loop.time()

    async def wait(self) -> None:
        """Wait until the next piece is due."""
        await asyncio.sleep(max(self._due - self._loop.time(), 0))
        self._due += self._step
