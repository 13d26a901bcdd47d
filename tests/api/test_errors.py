"""Every failure as the one error body."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from src.spark.api.app import create_app
from src.spark.api.errors import STATUS
from src.spark.errors import (
    ConversationBusy,
    SparkError,
    StorageFull,
    StorageUnavailable,
    UpstreamError,
    UpstreamTimeout,
    UpstreamUnavailable,
)

JSON = "application/json"
EVERY_KIND = [
    pytest.param("POST", "/api/chat/send", b"{", JSON, 400, "invalid_json", id="400 json"),
    pytest.param("POST", "/api/chat/send", b"", JSON, 400, "invalid_json", id="400 no body"),
    pytest.param("POST", "/api/chat/send", None, None, 400, "invalid_json", id="400 nothing"),
    pytest.param("POST", "/api/chat/send", b"{}", JSON, 400, "validation_error", id="400 field"),
    pytest.param(
        "GET", "/api/projects?page=0", None, None, 400, "validation_error", id="400 query"
    ),
    pytest.param(
        "POST", "/api/content/structure", b"", None, 400, "no_conversation", id="400 structure"
    ),
    pytest.param("GET", "/api/nothing", None, None, 404, "not_found", id="404 address"),
    pytest.param("GET", "/nothing", None, None, 404, "not_found", id="404 outside"),
    pytest.param("GET", "/api/projects/x", None, None, 404, "project_not_found", id="404 project"),
    pytest.param("PUT", "/api/chat/send", b"{}", JSON, 405, "method_not_allowed", id="405"),
    pytest.param("POST", "/api/chat/send", b"x" * 2**21, JSON, 413, "payload_too_large", id="413"),
    pytest.param(
        "POST", "/api/chat/send", b"hi", "text/plain", 415, "unsupported_media_type", id="415"
    ),
]


def ask(client, method, path, body=None, content_type=None, **headers):
    return client.open(
        path,
        method=method,
        data=body,
        content_type=content_type,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def assert_error_body(response, code):
    body = response.json
    assert response.mimetype == "application/json"
    assert body.keys() - {"details"} == {"error", "message", "timestamp", "request_id"}
    assert body["error"] == code
    assert body["message"].strip()
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert datetime.fromisoformat(body["timestamp"]).utcoffset() == timedelta(0)


@pytest.mark.parametrize(("method", "path", "body", "content_type", "status", "code"), EVERY_KIND)
@pytest.mark.parametrize("prefix", ["/api/", "/api/v1/"])
def test_every_failure_has_the_one_body(
    client, method, path, body, content_type, status, code, prefix
):
    path = path.replace("/api/", prefix)
    response = ask(client, method, path, body, content_type)
    assert response.status_code == status
    assert_error_body(response, code)


@pytest.mark.parametrize(("method", "path", "body", "content_type", "status", "code"), EVERY_KIND)
def test_the_message_is_chinese_unless_english_is_preferred(
    client, method, path, body, content_type, status, code
):
    def message(accept):
        headers = {"Accept_Language": accept} if accept else {}
        return ask(client, method, path, body, content_type, **headers).json["message"]

    english = message("en-GB,en;q=0.9,zh;q=0.1")
    chinese = message(None)
    assert english.isascii() or "“" in english
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)
    assert message("zh-CN,zh;q=0.9,en;q=0.8") == message("fr-FR") == message("*") == chinese
    assert message("en") == message("en-US") == english


def test_the_fields_that_are_wrong_are_named_in_the_callers_language(client, seed_idea):
    broken = {**seed_idea, "theme": " ", "duration_preference": 3601}
    del broken["genre"]
    body = {"user_idea": broken}
    path = "/api/content/story/generate"
    chinese = client.post(path, json=body).json["details"]
    english = client.post(path, json=body, headers={"Accept-Language": "en"}).json["details"]
    fields = ["user_idea.theme", "user_idea.genre", "user_idea.duration_preference"]
    assert sorted(d["field"] for d in chinese) == sorted(fields)
    assert [d["field"] for d in english] == [d["field"] for d in chinese]
    assert all(d["message"].isascii() for d in english)
    assert "3600" in next(d["message"] for d in chinese if "duration" in d["field"])


def test_details_stand_only_where_there_are_fields_to_name(client):
    assert "details" not in client.get("/api/nothing").json
    assert "details" not in client.post("/api/chat/send", data=b"{", content_type=JSON).json
    assert client.post("/api/chat/send", json={}).json["details"] == [
        {"field": "message", "message": "必填。"}
    ]


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/chat/send", {"POST", "OPTIONS"}),
        ("/api/projects/x", {"GET", "HEAD", "PATCH", "DELETE", "OPTIONS"}),
        ("/api/v1/projects", {"GET", "HEAD", "POST", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client, path, methods):
    response = client.put(path, json={})
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == methods


@pytest.mark.parametrize("path", ["/api/health", "/api/nothing", "/api/chat/history"])
def test_the_request_id_comes_back_on_every_answer(client, path):
    assert client.get(path, headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    made = {client.get(path).headers["X-Request-ID"] for _ in range(3)}
    assert len(made) == 3


# --- failures that are not the caller's ---


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UpstreamError(), 502),
        (UpstreamUnavailable(retry_after=2.3), 503),
        (UpstreamTimeout(), 504),
        (StorageUnavailable(), 503),
        (StorageFull(), 507),
        (ConversationBusy(retry_after=1), 409),
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_foreseen_failures_have_their_status_and_say_when_to_come_back(
    client, replaced, chat_that_fails, error, status
):
    replaced(chat=chat_that_fails(error))
    response = client.post("/api/chat/send", json={"message": "你好"})
    assert response.status_code == status
    assert_error_body(response, error.code)
    expected = {2.3: "3", 1: "1"}.get(error.retry_after)
    assert response.headers.get("Retry-After") == expected
    streamed = client.post("/api/chat/stream", json={"message": "你好"})
    assert streamed.text.startswith("event: error\n")
    assert f'"error":"{error.code}"' in streamed.text


def test_a_bug_answers_500_and_leaks_nothing(client, replaced, chat_that_fails):
    replaced(chat=chat_that_fails(ZeroDivisionError("geheim at /srv/secret.py sk-12345")))
    for language, word in (("zh", "服务器"), ("en", "Something")):
        response = client.post(
            "/api/chat/send", json={"message": "你好"}, headers={"Accept-Language": language}
        )
        assert response.status_code == 500
        assert_error_body(response, "internal_error")
        assert word in response.json["message"]
        for leaked in ("geheim", "secret", "sk-", "ZeroDivision", "Traceback", ".py"):
            assert leaked not in response.text


def test_a_bug_in_a_stream_is_its_last_event_and_leaks_nothing(client, replaced, chat_that_fails):
    replaced(chat=chat_that_fails(ZeroDivisionError("geheim")))
    response = client.post("/api/chat/stream", json={"message": "你好"})
    assert "geheim" not in response.text
    assert '"error":"internal_error"' in response.text


def test_a_test_sees_the_bug_itself(app, client, replaced, chat_that_fails):
    replaced(chat=chat_that_fails(ZeroDivisionError("a bug")))
    app.config["PROPAGATE_EXCEPTIONS"] = None
    with pytest.raises(ZeroDivisionError, match="a bug"):
        client.post("/api/chat/send", json={"message": "你好"})


def test_every_one_of_our_failures_has_a_status():
    def family(kind):
        return {kind, *(k for child in kind.__subclasses__() for k in family(child))}

    assert {kind.code for kind in family(SparkError)} == STATUS.keys()


@pytest.mark.parametrize("limit", [100, 4000])
def test_the_limits_are_the_ones_that_are_set(tmp_path, limit):
    app = create_app(
        "testing",
        SPARK_DATA_DIR=tmp_path,
        SPARK_MAX_MESSAGE_CHARS=limit,
        SPARK_MAX_BODY_BYTES=20_000,
    )
    client = app.test_client()
    fits = client.post("/api/chat/send", json={"message": "长" * limit})
    exceeds = client.post("/api/chat/send", json={"message": "长" * (limit + 1)})
    assert (fits.status_code, exceeds.status_code) == (200, 400)
    assert exceeds.json["details"][0]["field"] == "message"
    assert str(limit) in exceeds.json["details"][0]["message"]
    assert client.post("/api/chat/send", json={"message": "x" * 20_000}).status_code == 413
