"""Which version of a project an answer shows, and which one a change is meant for."""

from __future__ import annotations

import pytest

from ..samples import PROFILES

NAME = PROFILES[0]["name"]
STALE = {
    "zh": "内容已被更新（当前版本 2），请刷新后再改。",
    "en": "This was changed meanwhile (now version 2).",
}
CHANGES = {
    "edit": ("PATCH", "", {"project_name": "后到"}),
    "edit of nothing": ("PATCH", "", {}),
    "delete": ("DELETE", "", None),
    "delete for good": ("DELETE", "?permanent=true", None),
    "duplicate": ("POST", "/duplicate", None),
    "go back": ("POST", "/revisions/1/restore", None),
    "stay": ("POST", "/revisions/2/restore", None),
    "draw anew": ("POST", f"/characters/{NAME}/regenerate", {"feedback": "红色外套"}),
    "restore a picture": ("POST", f"/characters/{NAME}/images/1/restore", None),
}
every_change = pytest.mark.parametrize(
    ("method", "path", "body"), CHANGES.values(), ids=CHANGES.keys()
)


@pytest.fixture
def address(project):
    return f"/api/projects/{project['project_id']}"


@pytest.fixture
def changed(client, address):
    """The project in its second version, with a picture."""
    client.post(f"{address}/characters/{NAME}/regenerate")
    return client.get(address).json["project"]


@pytest.mark.parametrize("prefix", ["/api", "/api/v1"])
@pytest.mark.parametrize(
    "path",
    ["/projects/{}", "/content/project/{}/complete", "/projects/{}/revisions/2"],
)
def test_a_project_that_is_known_already_is_not_sent_again(client, changed, prefix, path):
    address = prefix + path.format(changed["project_id"])
    response = client.get(address)
    assert response.json["data"]["project"] == changed
    assert response.headers["ETag"] == '"2"'
    for known in ('"2"', '"1", "2"', "*"):
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == '"2"'
    for other in ('"1"', '"x"', "2x"):
        assert client.get(address, headers={"If-None-Match": other}).status_code == 200


def test_every_answer_with_a_whole_project_carries_its_tag(client, address, changed):
    edited = client.patch(address, json={"project_name": "新名字"})
    back = client.post(f"{address}/revisions/1/restore")
    copy = client.post(f"{address}/duplicate")
    client.delete(address)
    restored = client.post(f"{address}/restore")
    tags = [response.headers["ETag"] for response in (edited, back, copy, restored)]
    assert tags == ['"3"', '"4"', '"1"', '"4"']
    for response in (edited, back, copy, restored):
        assert response.headers["ETag"] == f'"{response.json["project"]["version"]}"'


@every_change
@pytest.mark.parametrize("tag", ['"1"', '"3"', '"foreign"', 'W/"2"', ",", '""', ""])
def test_a_change_meant_for_another_version_is_refused(
    client, address, changed, method, path, body, tag
):
    response = client.open(address + path, method=method, json=body, headers={"If-Match": tag})
    assert response.status_code == 409
    assert response.json["error"] == "conflict"
    assert response.json["message"] == STALE["zh"]
    assert client.get(address).json["project"] == changed
    assert client.get("/api/projects").json["pagination"]["total"] == 1


@every_change
@pytest.mark.parametrize("tag", ['"2"', '"1", "2"', "*"])
def test_a_change_meant_for_the_present_version_is_made(
    client, address, changed, method, path, body, tag
):
    response = client.open(address + path, method=method, json=body, headers={"If-Match": tag})
    assert response.status_code in {200, 201}


@every_change
def test_a_change_of_nothing_there_is_not_found_whatever_was_seen(client, method, path, body):
    address = f"/api/projects/0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01{path}"
    response = client.open(address, method=method, json=body, headers={"If-Match": '"1"'})
    assert response.status_code == 404
    assert response.json["error"] == "project_not_found"


@pytest.mark.parametrize(
    "path",
    [
        "/revisions/9/restore",
        "/characters/nobody/regenerate",
        f"/characters/{NAME}/images/9/restore",
    ],
)
def test_what_is_not_there_is_told_before_a_stale_version(client, address, changed, path):
    response = client.post(address + path, headers={"If-Match": '"1"'})
    assert response.status_code == 404
    assert client.get(address).json["project"] == changed


def test_a_stale_version_is_told_in_english_too(client, address, changed):
    headers = {"If-Match": '"1"', "Accept-Language": "en"}
    response = client.delete(address, headers=headers)
    assert response.json["message"].startswith(STALE["en"])
