from __future__ import annotations

import pytest

from ..engines import model_app
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


@pytest.fixture(autouse=True)
def waits_are_short(monkeypatch):
    monkeypatch.setattr("src.spark.adapters.openai.calls._FIRST_WAIT", 0.01)


@pytest.fixture
def connect(server, tmp_path):
    """Open a browser at an app over the stand-in, with settings of the test's own."""

    def open_one(**settings):
        app = model_app(tmp_path, server, **settings)
        app.extensions["spark"].warm_up()
        return app.test_client()

    return open_one


@pytest.fixture
def client(connect):
    return connect()
