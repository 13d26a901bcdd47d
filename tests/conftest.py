from __future__ import annotations

import copy
import logging
import os

import pytest
from hypothesis import HealthCheck, settings
from werkzeug.routing import Rule

from src.spark.api.config import Config

from .fakes import RememberingIllustrator
from .samples import MARK, PROJECT_BODY, SEED_IDEA, STORAGE_KEYS

PICTURES = {".png", ".jpg", ".jpeg", ".webp"}

# A loaded machine is no failure, and a run tomorrow is the one of today.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# These need servers that `make test-live` installs.
collect_ignore = ["live"]


def pytest_configure():
    """No test sees the variables of whoever runs it, not even while tests are collected."""
    ours = {*Config.model_fields, "WEB_CONCURRENCY", "WERKZEUG_RUN_MAIN"}
    theirs = ("OPENAI_", "AWS_", "OTEL_", "PROMETHEUS_")
    for name in [n for n in os.environ if n.upper() in ours or n.upper().startswith(theirs)]:
        del os.environ[name]
    os.environ.update(STORAGE_KEYS)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Three for two cores: a good part of their time tests wait for servers."""
    return max(2, 3 * (os.cpu_count() or 1) // 2)


@pytest.fixture(scope="session", autouse=True)
def no_key_was_written(tmp_path_factory):
    """Whatever the tests wrote, none of the keys they worked with is in it."""
    yield
    written = (p for p in tmp_path_factory.getbasetemp().rglob("*") if p.is_file())
    texts = (p for p in written if p.suffix not in PICTURES and os.access(p, os.R_OK))
    assert [path for path in texts if MARK in path.read_bytes()] == []


@pytest.fixture(autouse=True)
def no_log_outlives_its_test():
    level = logging.root.level
    yield
    for handler in [h for h in logging.root.handlers if getattr(h, "of_spark", False)]:
        logging.root.removeHandler(handler)
        handler.close()
    logging.root.setLevel(level)


def _compile_routes_once():
    """Thousands of apps are made here, and most of what that takes is compiling their routes.

    What Werkzeug compiles is decided by the rule's parts and defaults alone.
    """
    compiled, compile_builder = {}, Rule._compile_builder

    def once(rule, append_unknown=True):
        key = tuple(rule._trace), repr(rule.defaults), append_unknown
        if key not in compiled:
            compiled[key] = compile_builder(rule, append_unknown)
        return compiled[key]

    Rule._compile_builder = once


_compile_routes_once()


@pytest.fixture
def quick_portraits(monkeypatch):
    """Apps that are made draw no picture twice, unless a model draws."""
    from src.spark.bootstrap import engines

    monkeypatch.setattr(engines, "OfflineIllustrator", RememberingIllustrator)


@pytest.fixture
def app(tmp_path, quick_portraits):
    from src.spark.api.app import create_app

    return create_app("testing", SPARK_DATA_DIR=tmp_path)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def seed_idea():
    return copy.deepcopy(SEED_IDEA)


@pytest.fixture
def idea_body(seed_idea):
    return {"user_idea": seed_idea}


@pytest.fixture
def project(client):
    """A confirmed project, as the API answered its creation."""
    response = client.post("/api/projects", json=copy.deepcopy(PROJECT_BODY))
    assert response.status_code == 201, response.text
    return response.json["project"]
