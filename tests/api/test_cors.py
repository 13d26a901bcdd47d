"""Which other sites' pages may call the API."""

from __future__ import annotations

import pytest

from src.spark.api.app import create_app

SECRET = "k3Jf-9dLq2Zx7WvB1nRt5YpM8sHc4GaE"
LISTED = ["https://good.example", "https://app.good.example:8443"]
FOREIGN = [
    "https://evil.example",
    "https://good.example.evil.example",
    "https://evilgood.example",
    "https://goodXexample",
    "http://good.example",
    "https://good.example:444",
    "https://app.good.example",
    "null",
]


@pytest.fixture
def development(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return create_app("development", SPARK_DATA_DIR=tmp_path / "data").test_client()


@pytest.fixture
def production(tmp_path, monkeypatch):
    """A production app with the given origins; what is asked of it here needs no Redis."""
    monkeypatch.chdir(tmp_path)

    def make(*origins):
        settings = {"SECRET_KEY": SECRET, "REDIS_URL": "redis://127.0.0.1:1"}
        if origins:
            settings["CORS_ORIGINS"] = list(origins)
        app = create_app("production", SPARK_DATA_DIR=tmp_path / "data", **settings)
        return app.test_client()

    return make


def get(client, origin, path="/api/openapi.json"):
    return client.get(path, headers={"Origin": origin})


def preflight(client, origin, method="PATCH", path="/api/projects/x"):
    return client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "content-type, if-match",
        },
    )


def assert_allowed(response, origin):
    assert response.headers["Access-Control-Allow-Origin"] == origin
    assert response.headers["Access-Control-Allow-Credentials"] == "true"
    assert "Origin" in response.headers["Vary"]


def assert_not_allowed(response):
    assert [name for name, _ in response.headers if name.startswith("Access-Control-Allow")] == []


@pytest.mark.parametrize("origin", ["http://localhost:3000", "https://anything.example"])
def test_development_echoes_every_origin_with_credentials(development, origin):
    assert_allowed(get(development, origin), origin)
    assert_allowed(preflight(development, origin), origin)


@pytest.mark.parametrize("origin", LISTED)
def test_production_allows_what_is_listed(production, origin):
    client = production(*LISTED)
    assert_allowed(get(client, origin), origin)
    assert_allowed(preflight(client, origin), origin)


@pytest.mark.parametrize("origin", FOREIGN)
def test_production_allows_nothing_that_only_looks_like_it(production, origin):
    client = production(*LISTED)
    assert_not_allowed(get(client, origin))
    assert_not_allowed(preflight(client, origin))


def test_production_with_no_origins_allows_none(production):
    client = production()
    for origin in (*LISTED, *FOREIGN):
        assert_not_allowed(get(client, origin))
        assert_not_allowed(preflight(client, origin))


def test_a_foreign_page_is_answered_all_the_same_since_the_browser_decides(production):
    assert get(production(*LISTED), FOREIGN[0]).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_a_preflight_allows_the_methods_and_headers_we_take(development, method):
    response = preflight(development, "https://a.example", method)
    assert response.status_code in (200, 204)
    assert method in response.headers["Access-Control-Allow-Methods"]
    allowed = response.headers["Access-Control-Allow-Headers"].lower()
    assert "content-type" in allowed
    assert "if-match" in allowed


def test_a_script_may_read_the_headers_we_promise(development):
    exposed = get(development, "https://a.example").headers["Access-Control-Expose-Headers"]
    assert {"X-Request-ID", "ETag", "Location", "Retry-After"} <= set(exposed.split(", "))


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/nothing", None, 404),
        ("PUT", "/api/health", None, 405),
        ("POST", "/api/chat/send", b"{", 400),
        ("POST", "/api/chat/send", b"x" * 2_000_000, 413),
    ],
)
def test_a_page_can_read_what_went_wrong(development, method, path, body, status):
    response = development.open(
        path,
        method=method,
        data=body,
        content_type="application/json" if body else None,
        headers={"Origin": "https://a.example"},
    )
    assert response.status_code == status
    assert_allowed(response, "https://a.example")


def test_a_caller_that_is_no_page_gets_no_such_headers(development):
    assert_not_allowed(development.get("/api/health"))
