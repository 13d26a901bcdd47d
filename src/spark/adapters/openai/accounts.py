"""What is told of each attempt to those who run the service."""

from __future__ import annotations

import re
import time
from typing import Any, TypeGuard

from ...context import REQUEST_ID
from ...errors import UpstreamError
from ...ports import Meter, Tracer

OK, ABANDONED, FAILED = "ok", "abandoned", "failed"
"""How an attempt ends that ends with no failure of the service's: well, unheard, or by a bug."""

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class Account:
    """Measures one attempt, from now to its end."""

    def __init__(self, provider: str, model: str, meter: Meter, tracer: Tracer) -> None:
        self._provider, self._model, self._meter = provider, model, meter
        self._trail = tracer.follow(provider, model)
        self._started = time.monotonic()
        self.headers = dict(self._trail.headers)
        """What goes with each request of the attempt."""
        if (request_id := REQUEST_ID.get()) != "-":
            self.headers["X-Request-ID"] = request_id

    def tokens(self, tokens_in: Any, tokens_out: Any) -> None:
        """Enter what the service says of one answer; it may say nothing, or nonsense."""
        told = [tokens if is_count(tokens) else 0 for tokens in (tokens_in, tokens_out)]
        if any(told):
            self._meter.tokens_used(self._provider, self._model, *told)

    def close(self, outcome: str) -> None:
        """Enter how it ended."""
        seconds = time.monotonic() - self._started
        self._meter.model_called(self._provider, self._model, outcome, seconds)
        self._trail.end(outcome)


def outcome_of(error: UpstreamError) -> str:
    """What went wrong, in a word: `upstream_timeout` for `UpstreamTimeout`.

    It is finer than the code in the answers: a service that is busy is not one that is down.
    """
    return _WORD.sub("_", type(error).__name__).lower()


def is_count(value: object) -> TypeGuard[int]:
    """Whether this is a number of tokens."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
