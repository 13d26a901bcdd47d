"""Whether requests may be sent here."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from src.spark.api.health import HealthCheck
from src.spark.errors import StorageUnavailable, UpstreamUnavailable

READY = "/api/health/ready"
COMPONENTS = ("store", "conversations", "sessions", "text_model", "image_model")


def health(app, *away, failure=StorageUnavailable):
    """Put a health check in the app's place that finds these components away."""

    def check(name):
        if name in away:
            raise failure()

    checks = {name: lambda name=name: check(name) for name in COMPONENTS}
    app.extensions["spark_health"] = HealthCheck(checks, lambda: [])


def test_it_is_ready_though_nobody_asked_for_the_word_lists(client):
    response = client.get(READY)
    assert response.status_code == 200
    assert response.json["status"] == "ready"
    expected = dict.fromkeys((*COMPONENTS, "index", "words"), "healthy")
    assert response.json["components"] == expected
    assert response.json.keys() == {"status", "timestamp", "components"}


def test_it_is_the_same_below_the_version(client):
    bodies = [client.get(path).json for path in (READY, "/api/v1/health/ready")]
    assert bodies[0].keys() == bodies[1].keys()


def test_it_is_not_ready_while_word_lists_are_loaded_and_then_by_itself(app, client):
    """Health goes on answering meanwhile: the worker is alive."""
    loading, loaded = threading.Event(), threading.Event()

    class SlowWriter:
        def warm_up(self):
            loading.set()
            loaded.wait(60)

    services = app.extensions["spark"]
    warm = replace(services, writer=SlowWriter())
    thread = threading.Thread(target=warm.warm_up)
    thread.start()
    loading.wait(60)
    response = client.get(READY)
    assert response.status_code == 503
    assert response.json["status"] == "not_ready"
    assert response.json["components"]["words"] == "loading"
    assert client.get("/api/health").status_code == 200
    loaded.set()
    thread.join(60)
    assert client.get(READY).status_code == 200


def test_word_lists_that_cannot_be_loaded_do_not_keep_it_from_being_ready(app, client):
    class BrokenWriter:
        def warm_up(self):
            raise MemoryError

    with pytest.raises(MemoryError):
        replace(app.extensions["spark"], writer=BrokenWriter()).warm_up()
    assert client.get(READY).status_code == 200


@pytest.mark.parametrize("away", ["store", "sessions"])
def test_it_is_not_ready_while_nothing_can_be_kept(app, client, away):
    health(app, away)
    response = client.get(READY)
    assert response.status_code == 503
    assert response.json["status"] == "not_ready"
    assert response.json["components"][away] == "degraded"
    health(app)
    assert client.get(READY).status_code == 200


def test_a_model_that_is_away_leaves_it_ready(app, client):
    health(app, "text_model", "image_model", failure=UpstreamUnavailable)
    response = client.get(READY)
    assert response.status_code == 200
    assert response.json["components"]["text_model"] == "degraded"


def test_it_asks_for_no_session(client):
    assert "Set-Cookie" not in client.get(READY).headers
