"""Traces, sent to a real receiver that speaks OTLP over HTTP."""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from src.spark.api.app import create_app
from src.spark.api.config import ConfigurationError

from ..engines import model_app
from ..samples import INTERVIEWS, SEED_IDEA, TEXT_KEY
from ..servers import free_port, running
from ..upstream import Scenario, upstream

REPOSITORY = Path(__file__).parents[2]
TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
PARENT = f"00-{TRACE}-{CALLER}-01"
SERVER, CLIENT, ERROR = 2, 3, 2


class Collector:
    """Keeps every span it is sent."""

    def __init__(self):
        self.spans, self.resources, self.raw = [], [], b""
        self._told = threading.Condition()

    def take(self, body):
        message = ExportTraceServiceRequest.FromString(body)
        with self._told:
            self.raw += body
            for told in message.resource_spans:
                self.resources.append(attributes(told.resource))
                self.spans += [span for scope in told.scope_spans for span in scope.spans]
            self._told.notify_all()

    def wait_for(self, count, seconds=60):
        """All spans, as soon as there are so many."""
        with self._told:
            assert self._told.wait_for(lambda: len(self.spans) >= count, seconds), self.spans
            return list(self.spans)


def attributes(told):
    values = {item.key: item.value for item in told.attributes}
    return {key: getattr(value, value.WhichOneof("value")) for key, value in values.items()}


@contextmanager
def collecting():
    collector = Collector()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            assert self.path == "/v1/traces"
            assert self.headers["Content-Type"] == "application/x-protobuf"
            collector.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.end_headers()
            self.wfile.write(ExportTraceServiceResponse().SerializeToString())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield collector, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def collector(monkeypatch):
    with collecting() as (collector, address):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        yield collector


@pytest.fixture
def server():
    with upstream() as standin:
        yield standin


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Make apps, and stop their exporters at the end."""
    apps = []

    def make(create=create_app, *arguments, **settings):
        app = create(*(arguments or ("testing",)), **settings)
        apps.append(app)
        return app

    yield make
    for app in apps:
        app.extensions["spark_tracing"].close()


@pytest.fixture
def client(collector, made, tmp_path):
    return made(SPARK_DATA_DIR=tmp_path).test_client()


@pytest.fixture
def talker(collector, made, server, tmp_path):
    return made(model_app, tmp_path, server).test_client()


def named(spans):
    return {span.name: span for span in spans}


def test_a_request_is_a_span_that_is_named_after_its_route(client, collector):
    client.get("/api/v1/projects/none", headers={"X-Request-ID": "first"})
    (span,) = collector.wait_for(1)
    assert (span.name, span.kind) == ("GET /api/projects/{project_id}", SERVER)
    assert attributes(span) == {
        "http.request.method": "GET",
        "url.scheme": "http",
        "http.route": "/api/projects/{project_id}",
        "http.response.status_code": 404,
        "spark.request_id": "first",
    }
    assert span.parent_span_id == b""
    assert span.status.code != ERROR
    (resource,) = collector.resources
    assert resource["service.name"] == "spark-ai"


def test_the_callers_trace_goes_on(client, collector):
    client.get("/api/projects", headers={"traceparent": PARENT})
    (span,) = collector.wait_for(1)
    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE, CALLER)


@pytest.mark.parametrize(
    "nonsense", ["", "x", "00-0-0-00", f"{PARENT}-求".encode().decode("latin-1")]
)
def test_a_trace_that_is_none_is_begun_anew(client, collector, nonsense):
    client.get("/api/projects", environ_overrides={"HTTP_TRACEPARENT": nonsense})
    (span,) = collector.wait_for(1)
    assert span.parent_span_id == b""
    assert span.trace_id.hex() != TRACE


def test_what_is_nowhere_has_its_method_for_a_name(client, collector):
    client.get("/api/nothing")
    (span,) = collector.wait_for(1)
    assert span.name == "GET"
    assert "http.route" not in attributes(span)


def test_scrapes_leave_no_trace(client, collector):
    client.get("/metrics")
    client.get("/api/projects")
    (span,) = collector.wait_for(1)
    assert span.name == "GET /api/projects"


def test_an_attempt_at_a_model_is_a_span_inside_of_the_requests(talker, collector, server):
    server.next(Scenario(fault="server_error"))
    talker.post("/api/chat/send", json={"message": INTERVIEWS["zh"][0]})
    spans = collector.wait_for(3)
    request = named(spans)["POST /api/chat/send"]
    first, second = sorted(
        (span for span in spans if span.kind == CLIENT), key=lambda span: span.start_time_unix_nano
    )
    for span, outcome in ((first, "upstream_unavailable"), (second, "ok")):
        told = attributes(span)
        assert (span.trace_id, span.parent_span_id) == (request.trace_id, request.span_id)
        assert told["server.address"] == server.base_url.split("/")[2]
        assert told["gen_ai.request.model"] == "standin"
        assert told["spark.outcome"] == outcome
        assert told["spark.request_id"] == attributes(request)["spark.request_id"]
        assert (span.status.code == ERROR) is (outcome != "ok")


def test_the_trace_is_passed_on_to_the_models_service(talker, collector, server):
    """Also by the threads that draw portraits side by side."""
    talker.post(
        "/api/content/characters/generate",
        json={"user_idea": SEED_IDEA},
        headers={"traceparent": PARENT, "tracestate": "a=b"},
    )
    spans = collector.wait_for(len(server.requests) + 1)
    sent = {exchange.headers["traceparent"] for exchange in server.requests}
    calls = [span for span in spans if span.kind == CLIENT]
    assert sent == {f"00-{TRACE}-{span.span_id.hex()}-01" for span in calls}
    assert {exchange.headers["tracestate"] for exchange in server.requests} == {"a=b"}
    assert len({span.parent_span_id for span in calls}) == 1


def test_a_stream_is_a_span_to_its_end(talker, collector, server):
    with talker.post("/api/chat/stream", json={"message": INTERVIEWS["zh"][0]}) as response:
        next(response.response)
        assert not collector.spans
        response.get_data()
    spans = named(collector.wait_for(2))
    request, call = spans["POST /api/chat/stream"], spans["model standin"]
    assert request.end_time_unix_nano >= call.end_time_unix_nano
    assert attributes(call)["spark.outcome"] == "ok"


def test_a_failure_of_ours_is_one_of_its_span(talker, collector, server):
    server.default = Scenario(fault="unauthorized")
    talker.post("/api/chat/send", json={"message": INTERVIEWS["zh"][0]})
    request = named(collector.wait_for(2))["POST /api/chat/send"]
    assert request.status.code == ERROR
    assert attributes(request)["error.type"] == "502"


def test_no_word_and_no_key_is_in_a_trace(talker, collector, server):
    talker.post("/api/chat/send", json={"message": "机密XYZZY"})
    talker.get("/api/projects/search?q=机密XYZZY")
    collector.wait_for(3)
    for secret in ("机密", "XYZZY", TEXT_KEY, "spark_session"):
        assert secret.encode() not in collector.raw


def test_json_lines_say_which_trace_they_belong_to(collector, made, tmp_path):
    app = made(SPARK_DATA_DIR=tmp_path, LOG_FORMAT="json")
    app.test_client().get("/api/nothing", headers={"traceparent": PARENT})
    (span,) = collector.wait_for(1)
    last = (tmp_path / "logs" / "spark.log").read_text(encoding="utf-8").splitlines()[-1]
    line = json.loads(last)
    assert (line["trace_id"], line["span_id"]) == (TRACE, span.span_id.hex())


# --- whether it is on ---


def test_without_an_endpoint_nothing_of_it_is_loaded(tmp_path):
    script = (
        "import sys\n"
        "from src.spark.api.app import create_app\n"
        "app = create_app('testing', SPARK_DATA_DIR=sys.argv[1], LOG_FILE='')\n"
        "app.test_client().get('/api/projects')\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60)
    assert result.stdout == "[]\n"


@pytest.mark.parametrize("said", ["true", " TRUE "])
def test_it_can_be_switched_off(collector, monkeypatch, tmp_path, said):
    monkeypatch.setenv("OTEL_SDK_DISABLED", said)
    app = create_app("testing", SPARK_DATA_DIR=tmp_path, LOG_FILE="")
    assert app.extensions["spark_tracing"] is None


@pytest.mark.parametrize(
    "name", ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]
)
def test_what_is_not_installed_is_named(monkeypatch, tmp_path, name):
    def without(module, *arguments, **how):
        if module.startswith("opentelemetry"):
            raise ModuleNotFoundError(f"No module named {module!r}")
        return imported(module, *arguments, **how)

    imported = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setenv(name, "http://127.0.0.1:4318")
    with pytest.raises(ConfigurationError, match=rf"{name}.*requirements_otel\.txt"):
        create_app("testing", SPARK_DATA_DIR=tmp_path, LOG_FILE="")


def test_workers_of_gunicorn_send_theirs_and_the_last_ones_at_their_end(tmp_path):
    """Also where the app is made before they are forked."""
    port, log = free_port(), tmp_path / "gunicorn.log"
    with collecting() as (collector, address):
        env = {
            **os.environ,
            "SPARK_DATA_DIR": str(tmp_path / "data"),
            "OTEL_EXPORTER_OTLP_ENDPOINT": address,
            "OTEL_BSP_SCHEDULE_DELAY": "600000",
        }
        gunicorn = [sys.executable, "-m", "gunicorn", "--preload", "-w", "2", "-k", "gthread"]
        command = [*gunicorn, "--no-control-socket", "-b", f"127.0.0.1:{port}"]
        with running([*command, "src.spark.api.app:create_app('testing')"], port, log, env):
            for _ in range(20):
                url = f"http://127.0.0.1:{port}/api/projects"
                with urllib.request.urlopen(url, timeout=60) as answer:
                    assert answer.status == 200
            assert collector.spans == []
        spans = collector.wait_for(20)
    assert [span.name for span in spans] == ["GET /api/projects"] * 20
