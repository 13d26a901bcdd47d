"""The versions of a project, as the API tells of them."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from src.spark.api.app import create_app
from src.spark.api.config import ConfigurationError

from ..samples import PROJECT_BODY

ODD = ["0", "3", "-1", "+1", "x", "1.0", "1e0", "١", "9" * 5000]


@pytest.fixture
def address(project):
    return f"/api/projects/{project['project_id']}"


@pytest.fixture
def changed(client, address):
    return client.patch(address, json={"project_name": "新名字"}).json["project"]


def test_versions_are_listed_latest_first_and_can_be_read(client, address, project, changed):
    body = client.get(f"{address}/revisions").json
    assert body["data"].keys() == {"project_id", "revisions", "current"}
    assert (body["project_id"], body["current"]) == (project["project_id"], 2)
    assert body["revisions"] == [
        {
            "version": 2,
            "updated_at": changed["updated_at"],
            "project_name": "新名字",
            "status": "approved",
            "changed": ["project_name"],
        },
        {
            "version": 1,
            "updated_at": project["updated_at"],
            "project_name": "我的科幻项目",
            "status": "approved",
            "changed": [],
        },
    ]
    for version, whole in ((1, project), (2, changed)):
        told = client.get(f"{address}/revisions/{version}").json["data"]
        assert told == {
            "project_id": project["project_id"],
            "version": version,
            "project": whole,
        }


def test_going_back_answers_with_the_project(client, address, project, changed):
    response = client.post(f"{address}/revisions/1/restore")
    assert response.status_code == 200
    assert response.json["data"].keys() == {"project"}
    assert response.json["project"]["project_name"] == project["project_name"]
    assert response.json["project"]["version"] == 3
    again = client.post(f"{address}/revisions/3/restore").json["project"]
    assert again == response.json["project"]
    assert client.get(f"{address}/revisions").json["current"] == 3


@pytest.mark.parametrize("version", ODD)
def test_a_version_that_never_was_is_not_found(client, address, changed, version):
    for response in (
        client.get(f"{address}/revisions/{quote(version)}"),
        client.post(f"{address}/revisions/{quote(version)}/restore"),
    ):
        assert response.status_code == 404
        assert response.json["error"] == "not_found"
    assert client.get(address).json["project"] == changed


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "项目没有第 9 版，或该版本已不再保留。"),
        ("en", "The project has no version 9, or it is no longer kept."),
    ],
)
def test_it_is_said_that_a_version_is_not_there(client, address, language, sentence):
    headers = {"Accept-Language": language}
    assert client.get(f"{address}/revisions/9", headers=headers).json["message"] == sentence


def test_a_project_that_is_not_there_has_no_versions(client, address, project):
    client.delete(address)
    for path in ("revisions", "revisions/1"):
        response = client.get(f"{address}/{path}")
        assert (response.status_code, response.json["error"]) == (404, "project_not_found")
    assert client.post(f"{address}/revisions/1/restore").status_code == 404


@pytest.mark.parametrize(("most", "kept"), [(0, [4]), (2, [4, 3, 2])])
def test_as_many_versions_are_kept_as_are_set(tmp_path, most, kept):
    client = create_app("testing", SPARK_DATA_DIR=tmp_path, SPARK_REVISIONS=most).test_client()
    project_id = client.post("/api/projects", json=PROJECT_BODY).json["project_id"]
    for name in "甲乙丙":
        client.patch(f"/api/projects/{project_id}", json={"project_name": name})
    told = client.get(f"/api/projects/{project_id}/revisions").json["revisions"]
    assert [revision["version"] for revision in told] == kept
    assert client.get(f"/api/projects/{project_id}/revisions/1").status_code == 404


@pytest.mark.parametrize("most", [-1, 1001, "many"])
def test_a_number_of_versions_that_cannot_be_is_refused_by_name(tmp_path, most):
    with pytest.raises(ConfigurationError, match="SPARK_REVISIONS"):
        create_app("testing", SPARK_DATA_DIR=tmp_path, SPARK_REVISIONS=most)
