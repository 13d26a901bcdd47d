"""Traces, where an exporter is configured: OpenTelemetry over OTLP and HTTP.

The variables are OpenTelemetry's own, which its SDK reads for itself. Without them nothing of it
is imported.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..context import REQUEST_ID, TRACE
from ..ports import Trail
from .config import ConfigurationError
from .metrics import route_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, Tracer

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_SPAN: ContextVar[Any] = ContextVar("span", default=None)
"""The span of the request that is being answered."""


def tracing_of_environment() -> Tracing | None:
    """What traces requests, where the environment names somewhere to send traces to.

    Raises `ConfigurationError` where it does, and what is needed for it is not installed.
    """
    name = next((name for name in _ENDPOINTS if os.environ.get(name, "").strip()), None)
    if name is None or os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return None
    try:
        return Tracing()
    except ImportError as error:
        raise ConfigurationError(
            f"{name}: 需要先安装 / needs pip install -r requirements_otel.txt"
        ) from error
    except (ValueError, OSError) as error:
        raise ConfigurationError(f"{name}: {error}") from error


class Tracing:
    """A span for each request, and one for each attempt at a model; a `Tracer`."""

    def __init__(self) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._exporter = OTLPSpanExporter()
        self._propagator = TraceContextTextMapPropagator()
        self._lock = threading.Lock()
        self._made: Tracer | None = None
        self._provider: TracerProvider | None = None

    def begin(self, environ: WSGIEnvironment) -> Span:
        """The span of a request, a part of the caller's trace where it came with one."""
        from opentelemetry.trace import SpanKind

        carrier = {
            name: environ[key]
            for name in ("traceparent", "tracestate")
            if (key := f"HTTP_{name.upper()}") in environ
        }
        span = self._tracer.start_span(
            environ["REQUEST_METHOD"],
            context=self._propagator.extract(carrier),
            kind=SpanKind.SERVER,
            attributes={
                "http.request.method": environ["REQUEST_METHOD"],
                "url.scheme": environ["wsgi.url_scheme"],
                "spark.request_id": REQUEST_ID.get(),
            },
        )
        _SPAN.set(span)
        TRACE.set(_ids(span))
        return span

    def end(self, span: Span, method: str, rule: str, status: int) -> None:
        """The request was answered by the route of `rule`."""
        if rule:
            route = route_of(rule)
            span.update_name(f"{method} {route}")
            span.set_attribute("http.route", route)
        span.set_attribute("http.response.status_code", status)
        if status >= 500:
            _mark_failed(span, str(status))
        span.end()

    def follow(self, provider: str, model: str) -> Trail:
        """Begin the span of an attempt at a model, inside of the request's."""
        from opentelemetry.trace import SpanKind, set_span_in_context

        request = _SPAN.get()
        span = self._tracer.start_span(
            f"model {model}",
            context=set_span_in_context(request) if request else None,
            kind=SpanKind.CLIENT,
            attributes={
                "server.address": provider,
                "gen_ai.request.model": model,
                "spark.request_id": REQUEST_ID.get(),
            },
        )
        headers: dict[str, str] = {}
        self._propagator.inject(headers, set_span_in_context(span))
        return _ModelTrail(span, headers)

    def close(self) -> None:
        """Send what was not sent yet, and stop. A process that ends does so by itself."""
        if self._provider:
            self._provider.shutdown()

    @property
    def _tracer(self) -> Tracer:
        """Made by the first request: its thread has to be one of the process that serves."""
        if self._made is None:
            with self._lock:
                self._made = self._made or self._make()
        return self._made

    def _make(self) -> Tracer:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        resource = Resource({"service.version": __version__}).merge(Resource.create())
        if str(resource.attributes["service.name"]).startswith("unknown_service"):
            resource = resource.merge(Resource({"service.name": "spark-ai"}))
        provider = self._provider = TracerProvider(resource=resource)
        provider.add_span_processor(BatchSpanProcessor(self._exporter))
        return provider.get_tracer("spark", __version__)


class _ModelTrail:
    """The span of one attempt at a model. What is asked and answered is not in it."""

    def __init__(self, span: Span, headers: Mapping[str, str]) -> None:
        self._span, self._headers = span, headers

    @property
    def headers(self) -> Mapping[str, str]:
        """The trace, for the model's service."""
        return self._headers

    def end(self, outcome: str) -> None:
        """The attempt came to its end."""
        self._span.set_attribute("spark.outcome", outcome)
        if outcome != "ok":
            _mark_failed(self._span, outcome)
        self._span.end()


def _ids(span: Span) -> tuple[str, str]:
    context = span.get_span_context()
    return f"{context.trace_id:032x}", f"{context.span_id:016x}"


def _mark_failed(span: Span, kind: str) -> None:
    from opentelemetry.trace import StatusCode

    span.set_attribute("error.type", kind)
    span.set_status(StatusCode.ERROR)
