"""Browser sessions: a signed id in a cookie, and nothing behind it but the id."""

from __future__ import annotations

import pickle
import shutil
import time
from uuid import UUID

import msgspec
import pytest
from itsdangerous import Signer
from redis import Redis

from src.spark.api.app import create_app
from src.spark.api.config import ConfigurationError

from ..servers import redis_server

COOKIE, SECURE = "spark_session", "https://localhost"
SECRET = "k3Jf-9dLq2Zx7WvB1nRt5YpM8sHc4GaE"


def session_of(client):
    response = client.get("/api/session/info")
    assert response.status_code == 200, response.text
    return response.json["session_id"]


def flags(response):
    (cookie,) = response.headers.getlist("Set-Cookie")
    name_and_value, *flags = cookie.split("; ")
    assert name_and_value.startswith(f"{COOKIE}=")
    return {flag for flag in flags if not flag.startswith("Expires=")}


@pytest.fixture
def redis(tmp_path):
    """A Redis that is ours alone."""
    (tmp_path / "redis").mkdir()
    with redis_server(tmp_path / "redis") as (url, _), Redis.from_url(url) as client:
        client.url = url
        yield client


@pytest.fixture
def production(redis, tmp_path):
    """A call that makes one more process of an installation in production."""

    def make(**settings):
        places = {"SPARK_DATA_DIR": tmp_path / "data", "REDIS_URL": redis.url}
        return create_app("production", SECRET_KEY=SECRET, **places, **settings)

    return make


def history(client):
    return [m["content"] for m in client.get("/api/chat/history").json["history"]]


def with_cookie(app, value):
    client = app.test_client()
    client.set_cookie(COOKIE, value)
    return client


# --- the cookie ---


def test_the_cookie_is_out_of_the_reach_of_scripts_and_other_sites(client):
    assert flags(client.get("/api/session/info")) == {"HttpOnly", "SameSite=Lax", "Path=/"}


@pytest.mark.parametrize("same_site", ["Lax", "Strict", "None"])
def test_in_production_the_cookie_also_stays_on_secure_connections(production, tmp_path, same_site):
    browser = production(SPARK_COOKIE_SAMESITE=same_site).test_client()
    response = browser.get("/api/session/info", base_url=SECURE)
    assert flags(response) == {"HttpOnly", f"SameSite={same_site}", "Path=/", "Secure"}
    again = browser.get("/api/session/info", base_url=SECURE)
    assert again.json["session_id"] == response.json["session_id"]
    assert not (tmp_path / "sessions").exists()


@pytest.mark.parametrize("environment", ["development", "testing"])
def test_a_cookie_for_other_sites_needs_secure_connections(environment, tmp_path):
    with pytest.raises(ConfigurationError, match="SPARK_COOKIE_SAMESITE"):
        create_app(environment, SPARK_DATA_DIR=tmp_path, SPARK_COOKIE_SAMESITE="None")
    app = create_app(environment, SPARK_DATA_DIR=tmp_path, SPARK_COOKIE_SAMESITE="Strict")
    response = app.test_client().get("/api/session/info")
    assert flags(response) == {"HttpOnly", "SameSite=Strict", "Path=/"}


def test_the_cookie_is_set_once_and_the_session_stays(client):
    first = client.get("/api/session/info")
    second = client.post("/api/chat/send", json={"message": "你好"})
    assert first.json["session_id"] == second.json["session_id"] == session_of(client)
    assert client.get("/api/v1/session/info").json["session_id"] == first.json["session_id"]
    assert "Set-Cookie" not in second.headers
    assert UUID(first.json["session_id"]).version == 4


@pytest.mark.parametrize("path", ["/api/health", "/api/docs", "/api/openapi.json", "/api/nothing"])
def test_what_needs_no_session_makes_none(app, tmp_path, path):
    assert "Set-Cookie" not in app.test_client().get(path).headers


def test_nothing_but_the_id_and_the_day_is_in_the_record(client, tmp_path, idea_body):
    client.post("/api/chat/send", json={"message": "机密XYZZY"})
    client.post("/api/content/story/generate", json=idea_body)
    with client.session_transaction() as record:
        assert record["id"] == session_of(client)
        assert set(record) == {"id", "day", "_permanent"}
    files = [path for path in (tmp_path / "sessions").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"XYZZY" in path.read_bytes()]


# --- forged, stale and strange cookies ---


def changed(value, position):
    other = "A" if value[position] != "A" else "B"
    return value[:position] + other + value[position + 1 :]


@pytest.mark.parametrize("position", [0, 20, 44, -20])
def test_a_changed_cookie_is_a_new_session(app, client, position):
    own = session_of(client)
    client.post("/api/chat/send", json={"message": "我的话"})
    value = client.get_cookie(COOKIE).value
    stranger = with_cookie(app, changed(value, position))
    assert session_of(stranger) != own
    assert history(stranger) == []
    assert session_of(client) == own


def test_an_id_signed_with_another_key_or_not_at_all_is_a_new_session(app, client):
    own = session_of(client)
    signed = client.get_cookie(COOKIE).value
    sid = signed.rpartition(".")[0]
    forged = Signer("another key", salt="flask-session", key_derivation="hmac").sign(sid).decode()
    for value in (sid, own, forged, f"{sid}.", f".{signed}"):
        stranger = with_cookie(app, value)
        assert session_of(stranger) != own
        assert stranger.get_cookie(COOKIE).value not in (value, signed)


@pytest.mark.parametrize(
    "value",
    ["", ".", "..", "../../etc/passwd", "%00", "x" * 3000, "null", "{}", "a.b.c", "🎬", '"', "é"],
)
def test_garbage_is_a_new_session_that_works(app, value):
    client = app.test_client()
    wire = f"{COOKIE}={value}".encode().decode("latin-1")
    response = client.get("/api/session/info", environ_overrides={"HTTP_COOKIE": wire})
    assert response.status_code == 200
    assert UUID(response.json["session_id"]).version == 4
    assert client.post("/api/chat/send", json={"message": "你好"}).status_code == 200
    assert session_of(client) == response.json["session_id"]


def test_an_expired_session_is_a_new_one_without_a_failure(app, client, tmp_path):
    own = session_of(client)
    client.post("/api/chat/send", json={"message": "我的话"})
    shutil.rmtree(tmp_path / "sessions")
    (tmp_path / "sessions").mkdir()
    assert session_of(client) not in ("", own)
    assert history(client) == []


@pytest.mark.parametrize("damage", [b"", b"\x00" * 3, b"garbage" * 100])
def test_a_damaged_record_is_a_new_session_without_a_failure(client, tmp_path, damage):
    own = session_of(client)
    for path in (tmp_path / "sessions").rglob("*"):
        if path.is_file():
            path.write_bytes(damage)
    fresh = session_of(client)
    assert fresh != own
    assert session_of(client) == fresh


def test_a_cookie_of_another_installation_is_a_new_session(app, client, tmp_path):
    own = session_of(client)
    other = create_app("testing", SPARK_DATA_DIR=tmp_path / "other")
    assert session_of(with_cookie(other, client.get_cookie(COOKIE).value)) != own


# --- who sees what ---


def test_two_browsers_never_see_each_other(app):
    one, two = app.test_client(), app.test_client()
    one.post("/api/chat/send", json={"message": "我想拍太空"})
    two.post("/api/chat/send", json={"message": "我想拍海底"})
    assert session_of(one) != session_of(two)
    assert history(one)[0] == "我想拍太空"
    assert history(two)[0] == "我想拍海底"
    assert "海底" not in one.get("/api/chat/idea").text
    two.post("/api/chat/reset")
    assert history(two) == []
    assert len(history(one)) == 2


def test_the_session_survives_a_restart(app, client, tmp_path):
    client.post("/api/chat/send", json={"message": "我的话"})
    restarted = create_app("testing", SPARK_DATA_DIR=tmp_path)
    returned = with_cookie(restarted, client.get_cookie(COOKIE).value)
    assert session_of(returned) == session_of(client)
    assert history(returned)[0] == "我的话"


# --- in Redis ---


def id_behind(app, value):
    """The session's id behind a cookie's value, and the cookie the answer sets."""
    client = app.test_client()
    client.set_cookie(COOKIE, value, domain="localhost", secure=True)
    response = client.get("/api/session/info", base_url=SECURE)
    assert response.status_code == 200, response.text
    new = response.headers.getlist("Set-Cookie")
    return response.json["session_id"], new[0].split(";")[0].partition("=")[2] if new else value


def signed(sid):
    return Signer(SECRET, salt="flask-session", key_derivation="hmac").sign(sid).decode()


@pytest.mark.parametrize("sid", ["chosen", "../..", "spark:receipt:x", "*", "é"])
def test_an_id_we_never_gave_is_not_taken_on(production, redis, sid):
    """Not even where it is signed: its key may have leaked, or its session ended."""
    session_id, cookie = id_behind(production(), signed(sid))
    assert sid not in cookie
    assert not redis.exists(f"spark:session:{sid}")
    assert id_behind(production(), cookie) == (session_id, cookie)


def test_an_ended_sessions_cookie_is_replaced(production, redis):
    app = production()
    session_id, cookie = id_behind(app, "")
    (key,) = redis.keys("spark:session:*")
    redis.delete(key)
    fresh, replaced = id_behind(app, cookie)
    assert fresh != session_id
    assert replaced != cookie
    assert not redis.exists(key)


@pytest.mark.parametrize(
    "record", [b"", b"garbage", b"\x90", b"\x01", b"\xff" * 10, b"\x81\x01\x02"]
)
def test_a_damaged_record_in_redis_is_a_new_session(production, redis, record):
    app = production()
    session_id, cookie = id_behind(app, "")
    (key,) = redis.keys("spark:session:*")
    redis.set(key, record)
    fresh, replaced = id_behind(app, cookie)
    assert fresh != session_id
    assert replaced != cookie


class Bomb:
    def __reduce__(self):
        return pytest.fail, ("it was unpickled",)


def test_nothing_from_redis_is_unpickled(production, redis):
    app = production()
    session_id, cookie = id_behind(app, "")
    (key,) = redis.keys("spark:session:*")
    redis.set(key, pickle.dumps({"id": "chosen", "bomb": Bomb()}))
    assert id_behind(app, cookie)[0] not in ("chosen", session_id)


def test_a_session_in_redis_is_an_id_and_a_day_and_lasts_a_month(production, redis):
    session_id, _ = id_behind(production(), "")
    (key,) = redis.keys("spark:session:*")
    assert msgspec.msgpack.decode(redis.get(key)) == {
        "_permanent": True,
        "id": session_id,
        "day": time.strftime("%Y-%m-%d", time.gmtime()),
    }
    assert 30 * 24 * 3600 < redis.ttl(key) <= 31 * 24 * 3600


def test_sessions_conversations_receipts_and_limits_share_one_client(production, redis):
    app = production()
    browser = app.test_client()
    for _ in range(3):
        keyed = {"Idempotency-Key": "one"}
        sent = browser.post(
            "/api/chat/send", json={"message": "你好"}, headers=keyed, base_url=SECURE
        )
        assert sent.status_code == 200
    assert redis.info("clients")["connected_clients"] == 2  # theirs, and the one that asks
    kinds = {key.split(b":")[1] for key in redis.keys("*")}
    assert kinds == {b"session", b"conversation", b"receipt", b"count"}
    assert app.extensions["spark"].redis
