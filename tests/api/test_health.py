"""How the service says that it is, where some of what it keeps is not well."""

from __future__ import annotations

from functools import partial

import pytest

from src.spark.adapters.files.projects import FileProjectStore
from src.spark.api.health import HealthCheck
from src.spark.errors import IndexBuilding

HEALTHY = dict.fromkeys(
    ("store", "conversations", "sessions", "text_model", "image_model", "index"), "healthy"
)
DAMAGED = {
    "zh": "项目文件已损坏，已被搁置；请联系管理员。",
    "en": "The project's file is damaged and was set aside. Please tell the operator.",
}


@pytest.fixture(autouse=True)
def never_fresh(monkeypatch):
    """Look anew each time we ask, at the files too."""
    monkeypatch.setattr("src.spark.api.health._FRESH_SECONDS", -1)
    watchful = partial(FileProjectStore, notice_seconds=0)
    monkeypatch.setattr("src.spark.bootstrap.stores.FileProjectStore", watchful)


@pytest.fixture
def address(project):
    return f"/api/projects/{project['project_id']}"


@pytest.fixture
def file(tmp_path, project):
    (file,) = tmp_path.glob(f"projects/*/{project['project_id']}/project.json")
    return file


@pytest.fixture
def damaged(client, address, file):
    """The project in its second version, with half of its file gone."""
    client.patch(address, json={"project_name": "新名字"})
    file.write_bytes(file.read_bytes()[:100])
    client.get("/api/projects")


@pytest.mark.usefixtures("damaged")
def test_damaged_projects_are_named_and_everything_else_works(client, project):
    response = client.get("/api/health")
    assert response.status_code == 200
    assert response.json["status"] == "degraded"
    assert response.json["components"] == HEALTHY
    assert response.json["damaged_projects"] == [project["project_id"]]
    assert client.get("/api/projects").json["projects"] == []


def test_a_healthy_store_names_none(client, project):
    body = client.get("/api/health").json
    assert (body["status"], body["damaged_projects"]) == ("healthy", [])


@pytest.mark.usefixtures("damaged")
@pytest.mark.parametrize("language", DAMAGED)
def test_a_damaged_project_says_so(client, address, language):
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == 503
    assert response.json["error"] == "storage_unavailable"
    assert response.json["message"] == DAMAGED[language]


@pytest.mark.usefixtures("damaged")
def test_a_damaged_project_is_mended_with_its_latest_revision(client, address, project, file):
    latest = max((file.parent / "revisions").iterdir())
    file.write_bytes(latest.read_bytes())
    assert client.get(address).json["project"] == project
    assert client.get("/api/projects").json["pagination"]["total"] == 1
    body = client.get("/api/health").json
    assert (body["status"], body["damaged_projects"]) == ("healthy", [])


@pytest.mark.usefixtures("damaged")
def test_a_damaged_project_can_be_deleted(client, address):
    assert client.delete(address).status_code == 200
    assert client.get(address).status_code == 404
    assert client.delete(f"{address}?permanent=true").status_code == 200
    assert client.get("/api/health").json["status"] == "healthy"


@pytest.mark.usefixtures("damaged")
def test_nobody_knows_whether_a_damaged_project_is_the_version_that_was_seen(client, address):
    assert client.delete(address, headers={"If-Match": '"2"'}).status_code == 503
    assert client.get(address).status_code == 503


def test_at_most_twenty_are_named(app, client):
    names = [f"{n:02}" for n in range(25)]
    app.extensions["spark_health"] = HealthCheck(
        {name: lambda: None for name in HEALTHY}, lambda: names
    )
    assert client.get("/api/health").json["damaged_projects"] == names[:20]


def test_an_index_that_is_being_built_takes_lists_away_and_nothing_else(app, client):
    def damaged():
        raise IndexBuilding(percent=40)

    app.extensions["spark_health"] = HealthCheck({name: lambda: None for name in HEALTHY}, damaged)
    response = client.get("/api/health")
    assert response.status_code == 200
    assert response.json["status"] == "degraded"
    assert response.json["components"] == {**HEALTHY, "index": "degraded"}
    assert response.json["damaged_projects"] == []


def test_who_asks_again_at_once_is_answered_from_memory(app, client, monkeypatch):
    monkeypatch.setattr("src.spark.api.health._FRESH_SECONDS", 3600)
    asked = []
    app.extensions["spark_health"] = HealthCheck(
        {name: lambda: None for name in HEALTHY}, lambda: asked.append("damaged") or ["x"]
    )
    bodies = [client.get("/api/health").json["damaged_projects"] for _ in range(3)]
    assert bodies == [["x"]] * 3
    assert asked == ["damaged"]
