"""The application factory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_cors import CORS
from flask_openapi3 import OpenAPI
from werkzeug.routing import BaseConverter

from ..bootstrap.services import build_services
from .answers import ErrorBody
from .browsers import refuse_foreign_pages
from .config import Config, load
from .errors import raise_invalid_input, register_errors
from .headers import adding_headers
from .health import HealthCheck
from .http import JsonRequest, OrjsonProvider, check_body
from .idempotency import REPLAYED, once
from .limits import EXPOSED, register_limits
from .logs import configure_logs, register_request_log
from .metrics import Metrics
from .openapi import INFO, SECURITY_SCHEMES, assets
from .proxies import TrustedProxies
from .routes.chat import chat
from .routes.content import content
from .routes.metrics import metrics
from .routes.projects import projects
from .routes.system import system
from .routes.usage import usage
from .sessions import register_sessions
from .tracing import tracing_of_environment
from .watch import Watch, note_answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_PREFLIGHT_SECONDS = 600
"""How long a browser need not ask again what it may ask."""

_log = logging.getLogger("spark.app")

BLUEPRINTS = {
    "/chat": chat,
    "/content": content,
    "/projects": projects,
    "/usage": usage,
    "": system,
}


class ProjectIdConverter(BaseConverter):
    """Whatever can stand in a project's place, but for the words that are addresses themselves."""

    regex = r"(?!(?:search|trash|batch|export|import)(?:/|$))[^/]+"


class CharacterNameConverter(BaseConverter):
    """A character's name, whatever is in it: slashes and line breaks too."""

    regex = r"[\s\S]+?"
    part_isolating = False


class SparkApp(OpenAPI):
    """Flask with our JSON and our reading of request bodies."""

    request_class = JsonRequest
    json_provider_class = OrjsonProvider

    watch: Watch

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, watched from its first moment to its last."""
        return self.watch.over(self._answer, environ, start_response)

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start = adding_headers(environ, start_response, self.config["SESSION_COOKIE_SECURE"])
        return super().wsgi_app(environ, start)

    def finalize_request(self, *answer: Any, **how: Any) -> Response:
        """The answer as it will be sent."""
        response = super().finalize_request(*answer, **how)
        note_answer(request.environ, response, request.url_rule)
        return response

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """`func` as it is: nothing of ours is a coroutine, which Flask would ask each time."""
        return func

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer by the request's route, or as it was answered before."""
        return once(super().dispatch_request)


def create_app(config: str | Config = "development", **overrides: Any) -> SparkApp:
    """The API as a WSGI application.

    `config` names an environment (`development`, `production`, `testing`) whose settings come
    from the process's environment, with `overrides` on top; or it is the settings themselves.
    Raises `ConfigurationError` where a setting is missing or cannot be used.
    """
    settings = load(config, **overrides) if isinstance(config, str) else config
    app = _bare_app(settings)
    configure_logs(settings)
    register_request_log(app)
    refuse_foreign_pages(app, settings)
    counts, tracing = Metrics(), tracing_of_environment()
    app.watch = Watch(counts, tracing)
    app.extensions.update(spark_metrics=counts, spark_tracing=tracing)
    services = build_services(settings, counts, tracing)
    writer, illustrator = services.writer, services.illustrator
    _log.info("writer: %s (%s)", writer.name, writer.model)
    _log.info("illustrator: %s (%s)", illustrator.name, illustrator.model)
    app.extensions["spark"] = services
    register_limits(app, settings, services.counters)
    app.before_request(check_body)
    app.extensions["spark_health"] = HealthCheck(
        {
            "store": services.check_stores,
            "conversations": services.conversation_store.check,
            "sessions": register_sessions(app, settings, services),
            "text_model": services.writer.check,
            "image_model": services.illustrator.check,
        },
        services.project_store.damaged,
    )
    register_errors(app)
    _register_blueprints(app)
    _allow_origins(app, settings.CORS_ORIGINS)
    if settings.SPARK_TRUSTED_PROXIES:
        app.wsgi_app = TrustedProxies(  # type: ignore[method-assign]  # as Flask's own docs do
            app.wsgi_app, settings.SPARK_TRUSTED_PROXIES
        )
    return app


def _bare_app(settings: Config) -> SparkApp:
    app = SparkApp(
        __package__,
        info=INFO,
        security_schemes=SECURITY_SCHEMES,
        doc_ui=False,
        validation_error_status=400,
        validation_error_model=ErrorBody,
        validation_error_callback=raise_invalid_input,
        static_folder=None,
    )
    app.config.from_object(settings)
    app.config["SECRET_KEY"] = settings.secret_key()
    app.config["MAX_CONTENT_LENGTH"] = settings.SPARK_MAX_BODY_BYTES
    app.url_map.converters.update(project=ProjectIdConverter, name=CharacterNameConverter)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    return app


def _register_blueprints(app: SparkApp) -> None:
    """Every route twice: as the seed writes it, and below `/api/v1` with the clean envelope."""
    for prefix, blueprint in BLUEPRINTS.items():
        app.register_api(blueprint, url_prefix=f"/api{prefix}")
        app.register_blueprint(
            blueprint, url_prefix=f"/api/v1{prefix}", name=f"v1_{blueprint.name}"
        )
    app.register_blueprint(assets())
    app.register_blueprint(metrics)


def _allow_origins(app: SparkApp, origins: list[str]) -> None:
    """CORS with credentials: the caller's origin is echoed where it is allowed."""
    if origins:
        CORS(
            app,
            resources={r"/api/.*": {"origins": origins}},
            supports_credentials=True,
            expose_headers=[
                "X-Request-ID",
                "ETag",
                "Location",
                "Retry-After",
                "Content-Disposition",
                REPLAYED,
                *EXPOSED,
            ],
            max_age=_PREFLIGHT_SECONDS,
        )
