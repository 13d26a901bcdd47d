"""Copies of projects, as the API makes them."""

from __future__ import annotations

import pytest

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def duplicate(client, project):
    """Copy the project, with whatever goes along."""
    return lambda **request: client.post(
        f"/api/projects/{project['project_id']}/duplicate", **request
    )


def test_a_copy_is_a_new_project_that_tells_its_address(client, duplicate, project):
    response = duplicate()
    body = response.json["data"]
    assert response.status_code == 201
    assert body.keys() == {"project_id", "project_name", "project"}
    assert body["project_id"] == body["project"]["project_id"] != project["project_id"]
    assert response.headers["Location"] == f"/api/projects/{body['project_id']}"
    assert response.headers["ETag"] == '"1"'
    assert client.get(response.headers["Location"]).json["project"] == body["project"]
    assert body["project"]["created_at"] > project["created_at"]


def test_below_the_version_the_address_is_too(client, project):
    response = client.post(f"/api/v1/projects/{project['project_id']}/duplicate")
    assert response.json.keys() == {"status", "data", "timestamp"}
    location = response.headers["Location"]
    assert location == f"/api/v1/projects/{response.json['data']['project_id']}"


@pytest.mark.parametrize(("language", "mark"), [("zh", "（副本）"), ("en", " (copy)")])
@pytest.mark.parametrize("body", [None, {}, {"project_name": None}])
def test_a_copy_without_a_name_is_marked_in_the_callers_language(
    duplicate, project, body, language, mark
):
    request = {} if body is None else {"json": body}
    response = duplicate(headers={"Accept-Language": language}, **request)
    assert response.json["project_name"] == project["project_name"] + mark


def test_a_copy_can_be_named(duplicate):
    assert duplicate(json={"project_name": " 续集 "}).json["project_name"] == "续集"


@pytest.mark.parametrize("name", ["", "  ", "长" * 201, 5])
def test_a_name_that_cannot_be_is_refused(client, duplicate, name):
    response = duplicate(json={"project_name": name})
    assert response.status_code == 400
    assert response.json["details"][0]["field"] == "project_name"
    assert client.get("/api/projects").json["pagination"]["total"] == 1


def test_what_is_not_there_is_not_copied(client):
    response = client.post(f"/api/projects/{NOBODY}/duplicate")
    assert (response.status_code, response.json["error"]) == (404, "project_not_found")
