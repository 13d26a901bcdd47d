"""Deleting projects and taking them back, through the API."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from src.spark.api.app import create_app
from src.spark.api.config import ConfigurationError

from ..samples import PROJECT_BODY

NOBODY = "00000000-0000-4000-8000-000000000000"
TRASHED = {
    "zh": "项目已移入回收站，保留 {} 天，期间可以恢复。",
    "en": "The project is in the trash. It can be restored for {} {}.",
}
GONE = {"zh": "项目已永久删除。", "en": "The project was deleted for good."}
both_languages = pytest.mark.parametrize("language", ["zh", "en"])


@pytest.fixture
def address(project):
    return f"/api/projects/{project['project_id']}"


def trash(client, query=""):
    return client.get(f"/api/projects/trash{query}").json["data"]


@both_languages
@pytest.mark.parametrize(
    ("days", "said"), [(30, ("30", "days")), (1, ("1", "day")), (0.5, ("0.5", "days"))]
)
def test_it_is_said_for_how_long_the_trash_keeps_a_project(tmp_path, language, days, said):
    app = create_app("testing", SPARK_DATA_DIR=tmp_path, SPARK_TRASH_DAYS=days)
    client = app.test_client()
    project_id = client.post("/api/projects", json=PROJECT_BODY).json["project_id"]
    response = client.delete(f"/api/projects/{project_id}", headers={"Accept-Language": language})
    assert response.json["data"] == {
        "project_id": project_id,
        "message": TRASHED[language].format(*said),
    }
    (trashed,) = trash(client)["projects"]
    moments = (datetime.fromisoformat(trashed[k]) for k in ("deleted_at", "expires_at"))
    deleted, expires = moments
    assert expires - deleted == timedelta(days=days)


@both_languages
def test_where_nothing_is_kept_a_project_is_gone(tmp_path, language):
    app = create_app("testing", SPARK_DATA_DIR=tmp_path, SPARK_TRASH_DAYS=0)
    client = app.test_client()
    project_id = client.post("/api/projects", json=PROJECT_BODY).json["project_id"]
    response = client.delete(f"/api/projects/{project_id}", headers={"Accept-Language": language})
    assert response.json["message"] == GONE[language]
    assert trash(client)["projects"] == []
    assert client.post(f"/api/projects/{project_id}/restore").status_code == 404
    assert not list(tmp_path.glob(f"**/{project_id}*"))


@both_languages
@pytest.mark.parametrize("trashed", [False, True], ids=["at once", "from the trash"])
def test_a_project_can_be_deleted_for_good(client, address, project, trashed, language):
    if trashed:
        client.delete(address)
    headers = {"Accept-Language": language}
    response = client.delete(f"{address}?permanent=true", headers=headers)
    assert response.json["message"] == GONE[language]
    assert trash(client)["pagination"]["total"] == 0
    assert client.post(f"{address}/restore").status_code == 404
    assert client.delete(f"{address}?permanent=true").status_code == 404


@pytest.mark.parametrize("said", ["false", "False"])
def test_a_deletion_that_is_not_permanent_is_as_without_the_word(client, address, said):
    client.delete(f"{address}?permanent={said}")
    assert trash(client)["pagination"]["total"] == 1


@pytest.mark.parametrize("said", ["", "1", "yes", "off", "真", "truee"])
@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", "必须是 true 或 false。"), ("en", "Must be true or false.")]
)
def test_a_word_that_is_neither_true_nor_false_deletes_nothing(
    client, address, project, said, language, sentence
):
    headers = {"Accept-Language": language}
    response = client.delete(f"{address}?permanent={said}", headers=headers)
    assert response.status_code == 400
    assert response.json["details"] == [{"field": "permanent", "message": sentence}]
    assert client.get(address).json["project"] == project


def test_the_trash_is_listed_page_by_page_the_latest_first(client):
    deleted = []
    for name in "甲乙丙":
        project_id = client.post("/api/projects", json={**PROJECT_BODY, "project_name": name}).json[
            "project_id"
        ]
        client.delete(f"/api/projects/{project_id}")
        deleted.insert(0, project_id)
    first = trash(client, "?page=1&per_page=2")
    assert [p["project_id"] for p in first["projects"]] == deleted[:2]
    assert first["pagination"] == {"page": 1, "per_page": 2, "total": 3, "pages": 2}
    rest = trash(client, "?page=2&per_page=2")["projects"]
    assert [(p["project_id"], p["project_name"]) for p in rest] == [(deleted[2], "甲")]
    assert trash(client, "?page=9")["projects"] == []
    assert client.get("/api/projects").json["pagination"]["total"] == 0


@pytest.mark.parametrize("query", ["page=0", "page=x", "per_page=0", "per_page=101"])
def test_bad_pages_of_the_trash_are_refused(client, query):
    response = client.get(f"/api/projects/trash?{query}")
    assert response.status_code == 400
    assert response.json["details"][0]["field"] == query.split("=")[0]


def test_a_project_comes_back_with_its_versions(client, address, project):
    before = client.patch(address, json={"project_name": "新名字"}).json["project"]
    client.delete(address)
    response = client.post(f"{address}/restore")
    assert response.status_code == 200
    assert response.json["data"] == {"project": before}
    assert client.get(f"{address}/revisions/1").json["project"] == project
    assert client.get("/api/projects/search?q=新名字").json["result_count"] == 1
    assert client.post(f"{address}/restore").json["error"] == "project_not_found"


def test_another_version_than_the_caller_saw_stays_in_the_trash(client, address, project):
    client.delete(address)
    response = client.post(f"{address}/restore", headers={"If-Match": '"2"'})
    assert (response.status_code, response.json["error"]) == (409, "conflict")
    assert client.post(f"{address}/restore", headers={"If-Match": '"1"'}).status_code == 200


@pytest.mark.parametrize("project_id", [NOBODY, "x", "项目", "..", "%00"])
def test_what_is_not_in_the_trash_is_not_found(client, project_id):
    response = client.post(f"/api/projects/{project_id}/restore")
    assert response.status_code == 404


@pytest.mark.parametrize("word", ["trash", "batch", "search"])
def test_an_address_is_no_project(client, word):
    for method in ("PATCH", "DELETE"):
        response = client.open(f"/api/projects/{word}", method=method, json={})
        assert (response.status_code, response.json["error"]) == (405, "method_not_allowed")
    for path in ("restore", "duplicate", "revisions", "export"):
        response = client.get(f"/api/projects/{word}/{path}")
        assert response.json["error"] in {"not_found", "method_not_allowed"}
    assert client.get(f"/api/content/project/{word}/complete").json["error"] == "not_found"


@pytest.mark.parametrize("days", [-1, 3651, "nan", "soon"])
def test_days_that_cannot_be_are_refused_by_name(tmp_path, days):
    with pytest.raises(ConfigurationError, match="SPARK_TRASH_DAYS"):
        create_app("testing", SPARK_DATA_DIR=tmp_path, SPARK_TRASH_DAYS=days)
