"""The seed's production command, with real gunicorn and a real Redis."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from http.cookies import SimpleCookie

import pytest
import redis

from src.spark.api.app import create_app

from .production import until
from .samples import INTERVIEWS
from .servers import free_port, redis_server, running

SOON = 3
"""Two seconds are promised; a loaded machine may take a while for the rest."""
SECRET = "a-production-secret-of-this-test-alone"


class Browser:
    """Keeps the session cookie, as a browser behind HTTPS would."""

    def __init__(self, base):
        self.base, self.cookie, self.headers = base, None, {}

    def call(self, path, body=None, method=None, headers=None):
        request = urllib.request.Request(self.base + path, method=method, headers=headers or {})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return self._taken(response)
        except urllib.error.HTTPError as error:
            with error:
                return self._taken(error)

    def _taken(self, response):
        self.status, self.headers = response.status, response.headers
        for morsel in SimpleCookie(response.headers.get("Set-Cookie", "")).values():
            self.cookie = f"{morsel.key}={morsel.value}"
        data = response.read()
        return json.loads(data) if response.headers["Content-Type"] == "application/json" else data


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """Four workers of the seed's own command, and the Redis they share."""
    folder = tmp_path_factory.mktemp("production")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-w",
        "4",
        "-b",
        f"127.0.0.1:{port}",
        "src.spark.api.app:create_app('production')",
    ]
    with redis_server(folder) as (url, _):
        env = {**os.environ, "SECRET_KEY": SECRET, "REDIS_URL": url}
        env["SPARK_DATA_DIR"] = str(folder / "data")
        with running(command, port, folder / "gunicorn.log", env):
            yield f"http://127.0.0.1:{port}", url, folder


def test_the_whole_flow_over_four_workers(production):
    browser = Browser(production[0])
    for message in INTERVIEWS["zh"]:
        reply = browser.call("/api/chat/send", {"message": message})
    assert reply["is_complete"] is True
    idea = browser.call("/api/content/structure", method="POST")
    story = browser.call("/api/content/story/generate", {"user_idea": idea["user_idea"]})
    cast = browser.call("/api/content/characters/generate", {"user_idea": idea["user_idea"]})
    confirmed = browser.call("/api/projects", {**idea["data"], **story["data"], **cast["data"]})
    assert browser.status == 201
    project_id = confirmed["project_id"]
    portrait = browser.call(cast["character_profiles"][0]["image_url"])
    assert portrait.startswith(b"\x89PNG")
    found = browser.call("/api/projects/search?q=%E7%A7%91%E5%B9%BB")
    assert project_id in [hit["project_id"] for hit in found["results"]]
    exported = browser.call(f"/api/projects/{project_id}/export?format=json")
    assert exported["data"] == confirmed["project"]
    browser.call(f"/api/projects/{project_id}", method="DELETE")
    browser.call(f"/api/projects/{project_id}")
    assert browser.status == 404


def test_redis_keeps_what_is_said_and_the_session_holds_none_of_it(production):
    base, url, folder = production
    browser = Browser(base)
    session_id = browser.call("/api/chat/send", {"message": "一句只此一次的话"})["session_id"]
    said = "一句只此一次的话".encode()
    with redis.Redis.from_url(url) as client:
        records = {key: client.get(key) for key in client.keys("spark:session:*")}
        talks = [client.lrange(key, 0, -1) for key in client.keys("spark:conversation:*:said")]
        kept = [key for key in client.keys("*") if not key.endswith((b":held", b":check"))]
        passing = (b"spark:receipt:", b"spark:count:")
        lasting = [key for key in kept if not key.startswith(passing)]
        assert all(client.ttl(key) > 30 * 24 * 3600 for key in lasting)
    mine = [record for record in records.values() if session_id.encode() in record]
    assert len(mine) == 1
    assert said not in mine[0]
    assert len([talk for talk in talks if said in b"".join(talk)]) == 1
    assert not (folder / "data" / "conversations.sqlite").exists()
    assert not (folder / "data" / "receipts.sqlite").exists()


def test_a_request_sent_again_to_another_worker_is_answered_again(production):
    browser = Browser(production[0])
    browser.call("/api/session/info")
    keyed = {"Idempotency-Key": "a-key-of-this-test"}
    first = browser.call("/api/chat/send", {"message": "只说一次"}, headers=keyed)
    for _ in range(8):
        assert browser.call("/api/chat/send", {"message": "只说一次"}, headers=keyed) == first
        assert browser.headers["Idempotent-Replayed"] == "true"
    assert len(browser.call("/api/chat/history")["history"]) == 2


def test_the_cookie_is_signed_and_safe(production):
    browser = Browser(production[0])
    browser.call("/api/session/info")
    header = browser.headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "Secure" in header
    assert "SameSite=Lax" in header
    session_id = browser.call("/api/session/info")["session_id"]
    browser.cookie = browser.cookie[:-3] + "xyz"
    assert browser.call("/api/session/info")["session_id"] != session_id
    assert browser.status == 200


def test_health_says_production(production):
    browser = Browser(production[0])
    assert browser.call("/api/health")["environment"] == "production"
    # Four workers that start at once may be too busy to ask Redis within two seconds.
    until(lambda: browser.call("/api/health")["status"] == "healthy")


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def app(tmp_path, port):
    """The API in production; its Redis is not there yet."""
    return create_app(
        "production",
        SECRET_KEY=SECRET,
        REDIS_URL=f"redis://127.0.0.1:{port}",
        SPARK_DATA_DIR=tmp_path / "data",
    )


@pytest.fixture
def browser(app):
    client = app.test_client()

    def call(method, path, **options):
        begun = time.monotonic()
        response = client.open(path, method=method, base_url="https://localhost", **options)
        seconds = time.monotonic() - begun
        assert response.status_code != 503 or seconds < SOON
        return response

    return call


def assert_only_what_needs_redis_fails(browser):
    """Conversations and sessions say so in time, and the rest goes on."""
    asked = {"method": "POST", "path": "/api/chat/send", "json": {"message": "你好"}}
    for request in (asked, {**asked, "headers": {"Idempotency-Key": "one"}}):
        response = browser(**request)
        assert response.status_code == 503
        assert response.json["error"] == "storage_unavailable"
        assert response.headers["Retry-After"] == "1"
        assert response.json["request_id"] == response.headers["X-Request-ID"]
    health = browser("GET", "/api/health")
    assert health.status_code == 503
    states = health.json["components"]
    assert (states["sessions"], states["conversations"]) == ("degraded", "degraded")
    assert (states["store"], states["index"]) == ("healthy", "healthy")
    for path in ("/api/projects", "/api/projects/search?q=a", "/api/docs", "/api/openapi.json"):
        assert browser("GET", path).status_code == 200
    assert browser("GET", "/api/nothing").status_code == 404


def recovered(browser):
    deadline, pause = time.monotonic() + 60, threading.Event()
    while browser("POST", "/api/chat/send", json={"message": "你好"}).status_code != 200:
        assert time.monotonic() < deadline
        pause.wait(0.05)
    health = browser("GET", "/api/health")
    return health.status_code == 200 and health.json["status"] == "healthy"


@pytest.fixture
def always_fresh(monkeypatch):
    monkeypatch.setattr("src.spark.api.health._FRESH_SECONDS", -1)


@pytest.mark.usefixtures("always_fresh")
def test_without_redis_the_answer_is_503_and_it_recovers_by_itself(browser, tmp_path, port):
    assert_only_what_needs_redis_fails(browser)
    with redis_server(tmp_path, port):
        assert recovered(browser)
    assert_only_what_needs_redis_fails(browser)
    with redis_server(tmp_path, port):
        assert recovered(browser)


@pytest.mark.usefixtures("always_fresh")
def test_while_redis_hangs_the_answer_is_503_in_time(browser, tmp_path, port):
    with redis_server(tmp_path, port) as (_, process):
        assert recovered(browser)
        process.send_signal(signal.SIGSTOP)
        try:
            assert_only_what_needs_redis_fails(browser)
        finally:
            process.send_signal(signal.SIGCONT)
        assert recovered(browser)


def test_a_confirmed_project_keeps_the_conversation_whatever_becomes_of_redis(
    browser, tmp_path, port
):
    with redis_server(tmp_path, port):
        for message in INTERVIEWS["zh"]:
            assert browser("POST", "/api/chat/send", json={"message": message}).status_code == 200
        history = browser("GET", "/api/chat/history").json["history"]
        idea = browser("POST", "/api/content/structure").json["user_idea"]
        body = {"user_idea": idea}
        story = browser("POST", "/api/content/story/generate", json=body).json["story_outline"]
        cast = browser("POST", "/api/content/characters/generate", json=body).json
        profiles = {"character_profiles": cast["character_profiles"]}
        whole = {**body, "story_outline": story, **profiles}
        confirmed = browser("POST", "/api/projects", json=whole)
        assert confirmed.status_code == 201, confirmed.text
    project = browser("GET", f"/api/projects/{confirmed.json['project_id']}").json["project"]
    assert project["conversation"] == history
    assert len(history) == 2 * len(INTERVIEWS["zh"])
