"""A key is sent to its own service and shows nowhere else."""

from __future__ import annotations

import json
import logging
from urllib.parse import quote

import pytest

from src.spark.api.config import load

from .engines import model_app
from .samples import IMAGE_KEY, MARK, OUTLINE, SEED_IDEA, TEXT_KEY
from .upstream import FAULTS, Scenario, upstream
from .upstream.pictures import picture

HANGING = {"silent", "stall", "slow_drip"}
CAST = json.dumps(
    {
        "characters": [
            {"name": name, "appearance": "短发", "personality": "沉着"}
            for name in SEED_IDEA["basic_characters"]
        ]
    }
)


@pytest.fixture(scope="module")
def services():
    """One stand-in for words and one for pictures."""
    with upstream() as text, upstream() as image:
        yield text, image


@pytest.fixture
def traced(services, tmp_path, monkeypatch):
    """An app that logs all there is to log, and never leaves a failing service alone."""
    monkeypatch.setattr("src.spark.adapters.openai.calls._FIRST_WAIT", 0.001)
    monkeypatch.setattr("src.spark.adapters.openai.circuits._FAILURES", 10**9)
    monkeypatch.setattr("src.spark.adapters.openai.illustrator._MOST_BYTES", 300_000)

    def make(**settings):
        text, image = services
        for server in services:
            server.clear()
        usual = {
            "LOG_LEVEL": "DEBUG",
            "SPARK_IMAGE_BASE_URL": image.base_url,
            "SPARK_IMAGE_API_KEY": IMAGE_KEY,
            "SPARK_CACHE_HOURS": 0,
        }
        app = model_app(tmp_path / "data", text, **{**usual, **settings})
        app.extensions["spark"].warm_up()
        return Listener(app.test_client())

    return make


@pytest.fixture
def talkative(monkeypatch):
    """The libraries below us log all they have to say, whatever we ask of them."""
    loggers = [logging.getLogger(name) for name in ("openai", "httpx2", "urllib3")]
    levels = [logger.level for logger in loggers]
    with monkeypatch.context() as patch:
        for logger in loggers:
            logger.setLevel(logging.DEBUG)
            patch.setattr(logger, "setLevel", lambda _: None)
        yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


class Listener:
    """A browser that keeps all it is told."""

    def __init__(self, client):
        self.client, self.heard = client, bytearray()

    def ask(self, method, path, **sent):
        response = self.client.open(path, method=method, **sent)
        self.heard += response.data + str(response.headers).encode()
        return response

    def use_everything(self):
        self.use_what_differs()
        self.ask("POST", "/api/content/structure", json={"messages": [_said("科幻")]})
        self.ask("POST", "/api/content/story/generate", json={"user_idea": SEED_IDEA})

    def use_what_differs(self):
        """The calls whose failures are told in ways of their own."""
        for path in ("send", "stream"):
            self.ask("POST", f"/api/chat/{path}", json={"message": "我想制作一个科幻视频"})
        self.ask("POST", "/api/content/characters/generate", json={"user_idea": SEED_IDEA})

    def look_everywhere(self):
        for path in ("health", "openapi.json", "docs", "session/info", "usage", "chat/history"):
            self.ask("GET", f"/api/{path}")
        self.ask("GET", "/api/docs", headers={"Accept": "text/html"})


def _said(text):
    return {"role": "user", "content": text}


def written(folder):
    """All that was written below a folder, by its file."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def check_that_no_key_shows(listener, tmp_path, capfd):
    files = written(tmp_path)
    assert b"INFO" in files[tmp_path / "data" / "logs" / "spark.log"]
    printed = capfd.readouterr()
    seen = {**files, "heard": bytes(listener.heard), "out": printed.out, "err": printed.err}
    for place, content in seen.items():
        assert MARK not in (content.encode() if isinstance(content, str) else content), place


def keys_sent(server):
    return {e.headers.get("authorization") for e in server.requests if e.kind != "file"}


def test_where_all_goes_well(talkative, traced, services, tmp_path, capfd):
    listener = traced()
    text, image = services
    listener.use_everything()
    cast = listener.ask("POST", "/api/content/characters/generate", json={"user_idea": SEED_IDEA})
    profiles = cast.json["character_profiles"]
    body = {"user_idea": SEED_IDEA, "story_outline": OUTLINE, "character_profiles": profiles}
    project = listener.ask("POST", "/api/projects", json=body).json["project_id"]
    address = f"/api/projects/{project}/characters/{quote(profiles[0]['name'])}"
    for _ in range(2):
        drawn = listener.ask("POST", f"{address}/regenerate", json={"feedback": "年轻一些"})
        assert drawn.status_code == 200
    listener.ask("GET", f"/api/projects/{project}/export")
    listener.look_everywhere()
    assert keys_sent(text) == {f"Bearer {TEXT_KEY}"}
    assert keys_sent(image) == {f"Bearer {IMAGE_KEY}"}
    check_that_no_key_shows(listener, tmp_path, capfd)


def test_whatever_goes_wrong(talkative, traced, services, tmp_path, capfd):
    listener = traced()
    for fault in sorted(FAULTS.keys() - HANGING):
        for server in services:
            server.default = Scenario(fault=fault)
        services[0].next(Scenario(content=CAST), kind="cast")
        listener.use_what_differs()
    listener.look_everywhere()
    assert keys_sent(services[0]) == {f"Bearer {TEXT_KEY}"}
    assert keys_sent(services[1]) == {f"Bearer {IMAGE_KEY}"}
    check_that_no_key_shows(listener, tmp_path, capfd)


@pytest.mark.parametrize("fault", sorted(HANGING))
def test_whatever_takes_too_long(talkative, traced, services, tmp_path, capfd, fault):
    listener = traced(SPARK_DEADLINE_SECONDS=0.3)
    for server in services:
        server.default = Scenario(fault=fault, every=0.05)
    services[0].next(Scenario(content=CAST), kind="cast")
    listener.use_what_differs()
    check_that_no_key_shows(listener, tmp_path, capfd)


def test_what_a_service_repeats_of_it(talkative, traced, services, tmp_path, capfd):
    listener = traced()
    for key, server in ((TEXT_KEY, services[0]), (IMAGE_KEY, services[1])):
        error = {"message": f"key {key} is no good", "code": key, "type": key, "param": key}
        told = [
            {"body": {"error": error}, "headers": {"X-Key": key}},
            {"body": f"<html>{key}</html>"},
        ]
        for status in (400, 403, 429, 500):
            for answer in told:
                server.default = Scenario(status=status, **answer)
                listener.use_what_differs()
        server.default = Scenario()
    check_that_no_key_shows(listener, tmp_path, capfd)


def test_in_the_address_of_a_picture(traced, services, tmp_path, capfd):
    listener = traced()
    text, image = services
    link = f"{image.base_url.removesuffix('/v1')}/files/{'ab' * 32}.png?sig={IMAGE_KEY}"
    text.next(Scenario(content=CAST), kind="cast")
    image.default = Scenario(status=200, body={"data": [{"url": link}]})
    body = {"user_idea": SEED_IDEA}
    cast = listener.ask("POST", "/api/content/characters/generate", json=body).json
    shown = listener.ask("GET", cast["character_profiles"][0]["image_url"])
    assert shown.data == picture("ab" * 32)
    check_that_no_key_shows(listener, tmp_path, capfd)


def test_in_the_address_of_a_service(traced, services, tmp_path, capfd):
    address = services[0].base_url.replace("http://", f"http://someone:{TEXT_KEY}@")
    listener = traced(OPENAI_BASE_URL=address, OPENAI_API_KEY="")
    listener.use_what_differs()
    services[0].default = Scenario(fault="server_error")
    listener.use_what_differs()
    listener.look_everywhere()
    check_that_no_key_shows(listener, tmp_path, capfd)


def test_in_the_words_for_the_settings():
    settings = load("testing", OPENAI_API_KEY=TEXT_KEY, SPARK_IMAGE_API_KEY=IMAGE_KEY)
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert MARK.decode() not in shown
