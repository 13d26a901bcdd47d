"""Reading a completion, streamed or whole, off the wire.

The wire format is OpenAI's chat completions: server-sent events whose data are chunks with a
`delta`, ended by `[DONE]`. The lines are read here and not by the SDK, whose objects for every few
characters cost several times as much.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from ...errors import (
    UpstreamBroken,
    UpstreamError,
    UpstreamRefused,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from .deadline import Deadline
from .failures import Garbled, foreign_errors, of_event

if TYPE_CHECKING:
    import httpx2

_MOST_CHARACTERS = 400_000
"""No answer of ours is a tenth as long: past this a model has lost its way."""

_MOST_BYTES, _LONGEST_LINE = 32 * 1024 * 1024, 4 * 1024 * 1024

_STILL_THERE_SECONDS = 1.0

_MANY = 32
_PAUSE_A_STREAM, _LONGEST_PAUSE = 0.00125, 0.25
"""With many streams open their words are gathered for a moment before they are passed on: waking
up for each few characters of each stream is what the processor would be busiest with."""

_WAITED = 0.001
"""A read that took as long had to wait, so that there is nothing more to be had at once."""


@dataclass
class Completion:
    """What a model has said so far."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    finish: str | None = None
    is_done: bool = False
    """Whether the service said that this was all."""
    tokens_in: Any = None
    """As the service says it."""
    tokens_out: Any = None
    refusal: str = ""
    model: str | None = None
    """The model that answered, as the service calls it."""

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)

    def take(self, chunk: dict[str, Any]) -> str:
        """Take in one chunk, or a whole completion, and return its words."""
        if error := chunk.get("error"):
            raise of_event(error)
        if usage := chunk.get("usage"):
            self.tokens_in = usage.get("prompt_tokens")
            self.tokens_out = usage.get("completion_tokens")
        if isinstance(model := chunk.get("model"), str):
            self.model = model or self.model
        words = ""
        for choice in chunk.get("choices") or ():
            said = choice.get("delta") or choice.get("message") or {}
            if isinstance(reason := choice.get("finish_reason"), str):
                self.finish = reason or self.finish
            self.refusal += said.get("refusal") or ""
            words += _words(said.get("content"))
        if words:
            self.pieces.append(words)
            self.length += len(words)
            if self.length > _MOST_CHARACTERS:
                raise UpstreamError()
        return words


class Reception:
    """Receives answers, each within its deadline."""

    def __init__(self) -> None:
        self._open = 0
        self._counting = threading.Lock()

    def read(
        self,
        response: httpx2.Response,
        completion: Completion,
        deadline: Deadline,
        begins: Deadline,
    ) -> Generator[str, None, None]:
        """The words as they come, taken into `completion`; an empty piece for a long thought.

        The first of them have to come by `begins`.
        """
        if "text/event-stream" in response.headers.get("content-type", "").lower():
            try:
                with in_time(deadline), self._counted():
                    yield from self._stream(response, completion, begins)
            except UpstreamError:
                if not completion.is_done:  # else all was said, and only the line broke
                    raise
        else:
            yield _whole(self.body(response, _MOST_BYTES, deadline), completion)
        if not completion.is_done:
            _require_time(deadline)
        if completion.refusal and not completion.length:
            raise UpstreamRefused()
        if not completion.finish and not completion.is_done and not completion.length:
            raise UpstreamBroken()

    def body(self, response: httpx2.Response, most: int, deadline: Deadline) -> bytes:
        """A body of at most `most` bytes. Raises `UpstreamError` where it is larger."""
        body = bytearray()
        with in_time(deadline):
            for part in response.iter_bytes():
                body += part
                if len(body) > most:
                    raise UpstreamError()
        _require_time(deadline)
        return bytes(body)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._counting:
            self._open += 1
        try:
            yield
        finally:
            with self._counting:
                self._open -= 1

    def _gathered(self, response: httpx2.Response) -> Iterator[bytes]:
        """What there is to read; where many streams are open, with the piece that comes next."""
        held: list[bytes] = []
        asked = time.monotonic()
        for part in response.iter_raw():
            held.append(part)
            has_waited = time.monotonic() - asked > _WAITED
            if has_waited or self._open < _MANY:
                yield b"".join(held)
                held.clear()
            if has_waited and self._open >= _MANY:
                time.sleep(min(self._open * _PAUSE_A_STREAM, _LONGEST_PAUSE))
            asked = time.monotonic()
        yield b"".join(held)

    def _stream(
        self, response: httpx2.Response, completion: Completion, begins: Deadline
    ) -> Iterator[str]:
        rest, spoke, received = b"", time.monotonic(), 0
        for part in self._gathered(response):
            received += len(part)
            if received > _MOST_BYTES or len(rest) > _LONGEST_LINE:
                raise UpstreamError()
            lines = (rest + part).split(b"\n")
            rest = lines.pop()
            words = "".join([_event(line, completion) for line in lines if line[:5] == b"data:"])
            moment = time.monotonic()
            if words or moment - spoke > _STILL_THERE_SECONDS:
                spoke = moment
                yield words
            if completion.is_done:
                response.extensions["hurry"]()
            elif not completion.length and begins.is_over:
                raise UpstreamTimeout()
        if rest[:5] == b"data:" and (words := _event(rest, completion)):
            yield words


@contextmanager
def in_time(deadline: Deadline) -> Iterator[None]:
    """Foreign errors as ours; what breaks off because its time was up is a time-out."""
    try:
        with foreign_errors():
            yield
    except (UpstreamBroken, UpstreamUnavailable) as error:
        if deadline.is_over:
            raise UpstreamTimeout() from error.__cause__
        raise


def _require_time(deadline: Deadline) -> None:
    """Where a connection's end is the answer's, one that was cut at the deadline looks whole."""
    if deadline.is_over:
        raise UpstreamTimeout()


def _event(line: bytes, completion: Completion) -> str:
    data = line[5:].strip()
    if data == b"[DONE]":
        completion.is_done = True
    if not data or data == b"[DONE]":
        return ""
    try:
        return completion.take(orjson.loads(data))
    except (orjson.JSONDecodeError, AttributeError, TypeError) as error:
        raise UpstreamBroken() from error


def _whole(body: bytes, completion: Completion) -> str:
    """A completion that came in one piece, though a stream was asked for."""
    try:
        answer = orjson.loads(body)
        if not answer["choices"]:
            raise Garbled()
        completion.is_done = True
        return completion.take(answer)
    except (orjson.JSONDecodeError, AttributeError, TypeError, KeyError) as error:
        raise Garbled() from error


def _words(content: Any) -> str:
    """The words of a message; some services send them as a list of parts."""
    if isinstance(content, list):
        return "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""
