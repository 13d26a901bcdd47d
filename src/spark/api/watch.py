"""What is noted of every request, from its first moment to the last byte of its answer."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Response
from werkzeug.wsgi import get_path_info

from .logs import begin_request, log_request
from .metrics import Metrics
from .tracing import Tracing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_UNSEEN = "/metrics"
"""Prometheus notes for itself how its scrapes went."""
_ANSWER, _RULE = "spark.answer", "spark.rule"


class Watch:
    """Gives each request its id, and writes, counts and traces how it went."""

    def __init__(self, metrics: Metrics, tracing: Tracing | None) -> None:
        self._metrics, self._tracing = metrics, tracing

    def over(
        self, app: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request with `app`."""
        begin_request(environ)
        if environ["PATH_INFO"] == _UNSEEN:
            return app(environ, start_response)
        request = _Request(environ, self._metrics, self._tracing)
        try:
            answered = app(environ, start_response)
        except BaseException:  # a bug that is let through for a debugger or a test to see
            request.end()
            raise
        request.answered()
        return answered


def note_answer(environ: WSGIEnvironment, answer: Response, rule: object) -> None:
    """Remember what a request is answered with; what is said last is what is sent."""
    environ[_ANSWER], environ[_RULE] = answer, rule


class _Request:
    """One request, being watched."""

    __slots__ = ("_environ", "_metrics", "_span", "_started", "_tracing")

    def __init__(self, environ: WSGIEnvironment, metrics: Metrics, tracing: Tracing | None) -> None:
        self._started = time.perf_counter()
        self._environ, self._metrics, self._tracing = environ, metrics, tracing
        metrics.begin()
        self._span: Any = tracing.begin(environ) if tracing else None

    def answered(self) -> None:
        """There is an answer; it ends now, or when all of it was passed on."""
        answer: Response | None = self._environ.get(_ANSWER)
        if answer is None or not answer.is_streamed or answer.direct_passthrough:
            self.end()
            return
        if answer.mimetype == "text/event-stream":
            self._metrics.begin_stream()
            answer.call_on_close(self._metrics.end_stream)
        answer.call_on_close(self.end)

    def end(self) -> None:
        """It is over."""
        environ = self._environ
        seconds = time.perf_counter() - self._started
        answer: Response | None = environ.get(_ANSWER)
        status = answer.status_code if answer else 500
        rule = getattr(environ.get(_RULE), "rule", "")
        method = environ["REQUEST_METHOD"]
        self._metrics.end(method, rule, status, seconds)
        log_request(environ, get_path_info(environ), status, seconds)
        if self._tracing:
            self._tracing.end(self._span, method, rule, status)
