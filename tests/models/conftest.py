from __future__ import annotations

import httpx2
import pytest

from src.spark.bootstrap.services import build_services

from ..engines import model_app, model_settings
from ..upstream import upstream
from ..upstream.answers import warm_up


@pytest.fixture(scope="session")
def service():
    """One stand-in for all tests of a process."""
    warm_up()
    with upstream() as server:
        yield server


@pytest.fixture
def server(service):
    """The stand-in, as if nobody had asked it before."""
    service.clear()
    yield service
    service.clear()


@pytest.fixture(scope="session")
def certificates():
    """Read once: reading them takes longer than most of the tests."""
    return httpx2.create_ssl_context()


@pytest.fixture(autouse=True)
def in_haste(monkeypatch, certificates):
    monkeypatch.setattr("httpx2.create_ssl_context", lambda: certificates)
    monkeypatch.setattr("src.spark.adapters.openai.calls._FIRST_WAIT", 0.01)


@pytest.fixture
def connect(server, tmp_path):
    """Open a browser at an app over the stand-in, with settings of the test's own."""

    def open_one(**settings):
        app = model_app(tmp_path, server, **settings)
        app.extensions["spark"].warm_up()
        return app.test_client()

    return open_one


@pytest.fixture(scope="session")
def shell(service, tmp_path_factory):
    """An app to be filled with services: making one takes longer than most of the tests."""
    return model_app(tmp_path_factory.mktemp("shell"), service)


@pytest.fixture
def client(shell, server, tmp_path):
    """A browser at an app without settings of the test's own; it cannot be asked for its health."""
    shell.extensions["spark"] = build_services(model_settings(tmp_path, server))
    shell.extensions.pop("spark_health", None)
    return shell.test_client()
