"""The seed's production command, with real gunicorn and a real Redis."""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from http.cookies import SimpleCookie

import pytest
import redis

from src.spark.api.app import create_app

from .samples import INTERVIEWS
from .servers import free_port, redis_server, running

SECRET = "a-production-secret-of-this-test-alone"


class Browser:
    """Keeps the session cookie, as a browser behind HTTPS would."""

    def __init__(self, base):
        self.base, self.cookie, self.headers = base, None, {}

    def call(self, path, body=None, method=None):
        request = urllib.request.Request(self.base + path, method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
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


def test_redis_keeps_the_session_and_nothing_said_in_it(production):
    base, url, _ = production
    browser = Browser(base)
    session_id = browser.call("/api/chat/send", {"message": "一句只此一次的话"})["session_id"]
    with redis.Redis.from_url(url) as client:
        records = {key: client.get(key) for key in client.keys("spark:session:*")}
        assert all(client.ttl(key) > 0 for key in records)
    mine = [record for record in records.values() if session_id.encode() in record]
    assert len(mine) == 1
    assert "一句只此一次的话".encode() not in mine[0]


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
    body = Browser(production[0]).call("/api/health")
    assert body["environment"] == "production"
    assert body["status"] == "healthy"


def test_without_redis_the_answer_is_503_and_it_recovers_by_itself(tmp_path):
    """Sessions live in Redis alone: without it chat says so at once, and the rest goes on."""
    port = free_port()
    app = create_app(
        "production",
        SECRET_KEY=SECRET,
        REDIS_URL=f"redis://127.0.0.1:{port}",
        SPARK_DATA_DIR=tmp_path / "data",
    )
    client = app.test_client()
    response = client.post("/api/chat/send", json={"message": "你好"})
    assert response.status_code == 503
    assert response.json["error"] == "storage_unavailable"
    assert response.headers["Retry-After"] == "1"
    health = client.get("/api/health")
    assert health.status_code == 503
    assert health.json["components"]["sessions"] == "degraded"
    assert health.json["components"]["store"] == "healthy"
    assert client.get("/api/projects").status_code == 200
    with redis_server(tmp_path, port):
        browser = app.test_client()
        opened = browser.get("/api/session/info", base_url="https://localhost")
        assert opened.status_code == 200
    for path in ("/api/projects", "/api/docs", "/api/openapi.json", "/api/nothing"):
        assert browser.get(path, base_url="https://localhost").status_code in {200, 404}
    lost = browser.post("/api/chat/send", json={"message": "x"}, base_url="https://localhost")
    assert lost.status_code == 503
    assert lost.json["request_id"] == lost.headers["X-Request-ID"]
    assert client.get("/api/projects").status_code == 200
