"""Which engine works, by the settings, and where one can see it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

import run_api
from src.spark.api.app import create_app
from src.spark.api.config import ConfigurationError

from ..samples import IMAGE_KEY, TEXT_KEY
from .talk import HELLO, cast, send

ADDRESS = "http://127.0.0.1:9/v1"
ONE_KEY, ONE_ADDRESS = {"OPENAI_API_KEY": TEXT_KEY}, {"OPENAI_BASE_URL": ADDRESS}


def engines(folder, **settings):
    app = create_app("testing", SPARK_DATA_DIR=folder, **settings)
    return app.test_client().get("/api/health").json["engines"]


@pytest.mark.parametrize(
    ("settings", "text", "image"),
    [
        ({}, "offline", "offline"),
        ({"SPARK_WRITER": "auto"}, "offline", "offline"),
        (ONE_KEY, "openai", "offline"),
        (ONE_ADDRESS, "openai", "offline"),
        ({**ONE_KEY, "SPARK_WRITER": "openai"}, "openai", "offline"),
        ({**ONE_ADDRESS, "SPARK_WRITER": "openai"}, "openai", "offline"),
        ({**ONE_KEY, **ONE_ADDRESS, "SPARK_WRITER": "offline"}, "offline", "offline"),
        ({**ONE_KEY, "SPARK_IMAGE_MODEL": "i"}, "openai", "openai"),
        ({**ONE_KEY, "SPARK_WRITER": "offline", "SPARK_IMAGE_MODEL": "i"}, "offline", "openai"),
        ({"SPARK_IMAGE_API_KEY": IMAGE_KEY, "SPARK_IMAGE_MODEL": "i"}, "offline", "openai"),
        ({"SPARK_IMAGE_BASE_URL": ADDRESS, "SPARK_IMAGE_MODEL": "i"}, "offline", "openai"),
        ({"SPARK_IMAGE_API_KEY": IMAGE_KEY}, "offline", "offline"),
    ],
)
def test_the_settings_choose_the_engines(tmp_path, settings, text, image):
    assert engines(tmp_path, **settings) == {"text_model": text, "image_model": image}


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"SPARK_WRITER": "openai"}, "OPENAI_API_KEY"),
        ({"SPARK_WRITER": "openai", "SPARK_IMAGE_API_KEY": IMAGE_KEY}, "OPENAI_API_KEY"),
        ({"SPARK_IMAGE_MODEL": "i"}, "SPARK_IMAGE_MODEL"),
        ({"SPARK_WRITER": "gpt"}, "SPARK_WRITER"),
        ({"OPENAI_BASE_URL": "localhost"}, "OPENAI_BASE_URL"),
        ({"OPENAI_API_KEY": f"{TEXT_KEY} "}, "OPENAI_API_KEY"),
        ({"SPARK_TEXT_FORMAT": "xml"}, "SPARK_TEXT_FORMAT"),
        ({"SPARK_DEADLINE_SECONDS": "0"}, "SPARK_DEADLINE_SECONDS"),
        ({"SPARK_READ_SECONDS": "-1"}, "SPARK_READ_SECONDS"),
        ({"SPARK_IMAGES_AT_ONCE": "0"}, "SPARK_IMAGES_AT_ONCE"),
        ({"SPARK_CACHE_HOURS": "-1"}, "SPARK_CACHE_HOURS"),
        ({"SPARK_TEXT_OPTIONS": "thinking"}, "SPARK_TEXT_OPTIONS"),
        ({"SPARK_IMAGE_OPTIONS": "[1]"}, "SPARK_IMAGE_OPTIONS"),
        ({"SPARK_PRICES": '{"m": {"outputs": 1}}'}, "SPARK_PRICES"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(tmp_path, monkeypatch, settings, named):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=named) as refused:
        create_app("testing", SPARK_DATA_DIR=tmp_path)
    assert TEXT_KEY not in str(refused.value)


def test_the_settings_may_come_from_the_environment(server, tmp_path, monkeypatch):
    environment = {
        "OPENAI_API_KEY": TEXT_KEY,
        "OPENAI_BASE_URL": f"{server.base_url}/",
        "SPARK_TEXT_MODEL": "a?fault=quota",
        "SPARK_TEXT_FALLBACKS": "b?fault=quota , c",
        "SPARK_TEXT_OPTIONS": '{"enable_thinking": false}',
        "SPARK_IMAGE_MODEL": "",
        "SPARK_PRICES": '{"c": {"output": 1000}}',
        "SPARK_CURRENCY": "CNY",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    client = create_app("testing", SPARK_DATA_DIR=tmp_path).test_client()
    assert send(client, HELLO["zh"]).json["provenance"]["model"] == "c"
    assert [exchange.model for exchange in server.requests] == ["a", "b", "c"]
    assert all(e.body["enable_thinking"] is False for e in server.requests)
    assert client.get("/api/usage").json["cost"]["currency"] == "CNY"


def test_a_service_without_keys_is_asked_without_one(connect, server):
    client = connect(OPENAI_API_KEY="")
    assert send(client, HELLO["zh"]).json["provider"] == "openai"
    assert "never-to-be-seen" not in server.requests[0].headers["authorization"]


def test_the_rules_never_stand_in_for_a_model(connect, server):
    client = connect(OPENAI_BASE_URL=ADDRESS, SPARK_DEADLINE_SECONDS=2)
    assert send(client, HELLO["zh"]).status_code == 503
    assert cast(client).status_code == 503


def test_health_says_which_models_are_asked_and_whose_they_are(connect, server):
    body = connect().get("/api/health").json
    host = urlsplit(server.base_url).netloc
    assert body["engines"] == {"text_model": "openai", "image_model": "openai"}
    assert body["models"] == {
        "text_model": f"standin @ {host}",
        "image_model": f"standin-image @ {host}",
    }
    assert server.requests == []


@pytest.fixture
def greeting(tmp_path, monkeypatch, capsys):
    """What is printed when the API is started with these variables set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run_api, "_serve_with_flask", lambda *_: 0)

    def start(**settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        assert run_api.main(["--config", "testing"]) == 0
        printed = capsys.readouterr()
        return printed.out + printed.err

    return start


def test_the_start_says_which_models_write_and_draw(greeting):
    said = greeting(**ONE_KEY, SPARK_TEXT_MODEL="m-1", SPARK_IMAGE_MODEL="i-1")
    assert "openai: m-1 @ api.openai.com" in said
    assert "openai: i-1 @ api.openai.com" in said
    assert TEXT_KEY not in said


def test_the_start_shows_no_credentials_of_an_address(greeting):
    said = greeting(OPENAI_BASE_URL=f"https://someone:{TEXT_KEY}@models.example/v1?key={IMAGE_KEY}")
    assert "models.example" in said
    assert "never-to-be-seen" not in said
    assert "someone" not in said


def test_without_a_model_the_start_says_offline(greeting):
    said = greeting()
    assert said.count("offline") == 2


def test_a_start_that_cannot_be_names_the_variable(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPARK_WRITER", "openai")
    assert run_api.main(["--config", "testing"]) == 2
    assert "OPENAI_API_KEY" in capsys.readouterr().err
