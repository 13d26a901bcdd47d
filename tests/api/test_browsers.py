"""What other sites' pages cannot do in a person's name, and how answers say they are to be read."""

from __future__ import annotations

import pytest

from src.spark.api.app import create_app

from ..samples import PROJECT_BODY
from ..servers import redis_server

SECRET = "k3Jf-9dLq2Zx7WvB1nRt5YpM8sHc4GaE"
LISTED = "https://studio.example"
OWN = ["http://localhost", "https://localhost", "http://localhost:80", "https://LOCALHOST:443"]
FOREIGN = [
    "https://evil.example",
    "http://localhost.evil.example",
    "http://localhost:8080",
    "null",
    "",
]


@pytest.fixture
def app(tmp_path):
    return create_app("testing", SPARK_DATA_DIR=tmp_path, CORS_ORIGINS=[LISTED])


@pytest.fixture
def person(app):
    """A browser with a session."""
    client = app.test_client()
    client.get("/api/session/info")
    return client


def reset(client, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/api/chat/reset", headers=named)


@pytest.mark.parametrize("origin", [*OWN, LISTED])
def test_our_own_pages_and_those_listed_may_change_something(person, origin):
    assert reset(person, Origin=origin).status_code == 200


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_foreign_page_may_not(person, origin, language):
    response = reset(person, Origin=origin, Accept_Language=language)
    assert response.status_code == 403
    assert response.json["error"] == "forbidden"
    assert response.json["message"].startswith("不接受" if language == "zh" else "Requests from")


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_nothing_happens_to_what_a_foreign_page_wants_changed(person, method):
    made = person.post("/api/projects", json=PROJECT_BODY).json["project"]
    path = f"/api/projects/{made['project_id']}" + ("/duplicate" if method == "POST" else "")
    response = person.open(
        path, method=method, json={"project_name": "x"}, headers={"Origin": FOREIGN[0]}
    )
    assert response.status_code == 403
    assert person.get(f"/api/projects/{made['project_id']}").json["project"] == made
    assert person.get("/api/projects").json["pagination"]["total"] == 1


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_browser_that_names_no_origin_says_where_its_page_is(person, site):
    assert reset(person, Sec_Fetch_Site=site).status_code == 403
    assert reset(person, Sec_Fetch_Site="same-origin").status_code == 200
    assert reset(person, Sec_Fetch_Site="none").status_code == 200


def test_a_foreign_page_may_read_what_the_browser_lets_it(person):
    assert person.get("/api/chat/history", headers={"Origin": FOREIGN[0]}).status_code == 200


def test_an_unencrypted_page_is_not_ours_where_we_are_encrypted(person):
    for origin, status in (("http://localhost", 403), ("https://localhost", 200)):
        response = person.post(
            "/api/chat/reset", headers={"Origin": origin}, base_url="https://localhost"
        )
        assert response.status_code == status


def test_without_a_cookie_there_is_nobodys_name_to_ask_in(app):
    response = app.test_client().post("/api/chat/reset", headers={"Origin": FOREIGN[0]})
    assert response.status_code == 200


def test_programs_name_no_origin_and_are_answered(person):
    assert reset(person).status_code == 200


def test_where_any_origin_is_allowed_none_is_foreign(tmp_path):
    client = create_app("testing", SPARK_DATA_DIR=tmp_path).test_client()
    client.get("/api/session/info")
    assert reset(client, Origin=FOREIGN[0]).status_code == 200


# --- headers ---

PATHS = ["/api/health", "/api/projects", "/api/docs", "/api/openapi.json", "/api/nothing", "/x"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_says_how_it_is_to_be_read(person, path):
    headers = person.get(path).headers
    assert headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_only_the_scripts_of_the_interactive_page_run_in_it(person):
    page = person.get("/api/docs", headers={"Accept": "text/html"})
    policy = page.headers["Content-Security-Policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert f'<script nonce="{nonce}">' in page.text
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'nonce-" in policy
    again = person.get("/api/docs", headers={"Accept": "text/html"})
    assert nonce not in again.headers["Content-Security-Policy"]


def test_a_picture_is_a_picture_and_nothing_that_runs(person, seed_idea):
    cast = person.post("/api/content/characters/generate", json={"user_idea": seed_idea}).json
    response = person.get(cast["character_profiles"][0]["image_url"])
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "immutable" in response.headers["Cache-Control"]


def test_what_belongs_to_a_person_is_kept_by_no_cache(person):
    person.post("/api/chat/send", json={"message": "你好"})
    assert person.get("/api/chat/history").headers["Cache-Control"] == "no-store"
    made = person.post("/api/projects", json=PROJECT_BODY).json
    project = person.get(f"/api/projects/{made['project_id']}")
    assert project.headers["Cache-Control"] == "no-cache"


def test_production_asks_for_https_once_it_is_spoken(tmp_path):
    with redis_server(tmp_path) as (url, _):
        app = create_app("production", SPARK_DATA_DIR=tmp_path, SECRET_KEY=SECRET, REDIS_URL=url)
        client = app.test_client()
        spoken = client.get("/api/health", base_url="https://localhost")
        assert spoken.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "Strict-Transport-Security" not in client.get("/api/health").headers


def test_a_preflight_is_not_asked_again_for_a_while(person):
    asks = {"Origin": LISTED, "Access-Control-Request-Method": "PATCH"}
    response = person.options("/api/projects/x", headers=asks)
    assert response.headers["Access-Control-Max-Age"] == "600"
    assert response.headers["Access-Control-Allow-Origin"] == LISTED
