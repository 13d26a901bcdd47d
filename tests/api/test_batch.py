"""Many changes in one request."""

from __future__ import annotations

import pytest

from src.spark.errors import StorageFull
from src.spark.services.batch import BatchService
from src.spark.services.trash import TrashService

from ..samples import PROJECT_BODY

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ids(client):
    """The ids of three projects."""
    bodies = [{**PROJECT_BODY, "project_name": name} for name in "甲乙丙"]
    return [client.post("/api/projects", json=body).json["project_id"] for body in bodies]


@pytest.fixture
def run(client):
    def post(*operations, language="zh", path="/api/projects/batch"):
        headers = {"Accept-Language": language}
        return client.post(path, json={"operations": list(operations)}, headers=headers)

    return post


def test_each_operation_tells_what_came_of_it(client, run, ids):
    one, two, three = ids
    response = run(
        {"action": "delete", "project_id": one},
        {"action": "restore", "project_id": one, "version": 1},
        {"action": "status", "project_id": two, "status": "archived", "version": 1},
        {"action": "duplicate", "project_id": three},
        {"action": "delete", "project_id": three, "permanent": True},
    )
    assert response.status_code == 200
    body = response.json["data"]
    assert (body["succeeded"], body["failed"]) == (5, 0)
    deleted, restored, moved, copied, gone = body["results"]
    assert deleted == {"action": "delete", "project_id": one, "ok": True}
    assert gone == {"action": "delete", "project_id": three, "ok": True}
    assert restored["project"]["project_id"] == one
    assert (moved["project"]["status"], moved["project"]["version"]) == ("archived", 2)
    assert (copied["project_id"], copied["project"]["project_name"]) == (three, "丙（副本）")
    listed = client.get("/api/projects").json["projects"]
    for result in (restored, moved, copied):
        assert result["project"] in listed
    assert len(listed) == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_failure_is_what_the_single_call_answers(client, run, ids, language):
    address = f"/api/projects/{ids[0]}"
    client.patch(address, json={"project_name": "新名字"})
    headers = {"Accept-Language": language}
    stale = {**headers, "If-Match": '"1"'}
    single = [
        client.delete(f"/api/projects/{NOBODY}", headers=headers),
        client.patch(address, json={"status": "completed"}, headers=headers),
        client.post(f"/api/projects/{NOBODY}/restore", headers=headers),
        client.delete(address, headers=stale),
        client.patch(address, json={"status": "archived", "version": 1}, headers=headers),
        client.post(f"{address}/duplicate", headers=stale),
    ]
    response = run(
        {"action": "delete", "project_id": NOBODY},
        {"action": "status", "project_id": ids[0], "status": "completed"},
        {"action": "restore", "project_id": NOBODY},
        {"action": "delete", "project_id": ids[0], "version": 1},
        {"action": "status", "project_id": ids[0], "status": "archived", "version": 1},
        {"action": "duplicate", "project_id": ids[0], "version": 1},
        {"action": "duplicate", "project_id": ids[1]},
        language=language,
    )
    *failed, last = response.json["results"]
    assert response.status_code == 200
    assert (response.json["succeeded"], response.json["failed"]) == (1, 6)
    assert last["project"]["project_name"] == {"zh": "乙（副本）", "en": "乙 (copy)"}[language]
    for result, alone in zip(failed, single, strict=True):
        expected = {k: v for k, v in alone.json.items() if k in ("error", "message", "details")}
        assert result.keys() == {"action", "project_id", "ok", "error"}
        assert result["ok"] is False
        assert result["error"] == expected
    assert failed[1]["error"]["details"][0]["field"] == "status"


@pytest.mark.parametrize("project_id", ["", "..", "../../etc", "x" * 300, "\0", "trash", "项目"])
def test_what_could_never_be_a_project_is_not_found(run, project_id):
    operations = [
        {"action": a, "project_id": project_id} for a in ("delete", "restore", "duplicate")
    ]
    results = run(*operations).json["results"]
    assert [r["project_id"] for r in results] == [project_id] * 3
    assert {r["error"]["error"] for r in results} == {"project_not_found"}


class Broken(BatchService):
    """Has a bug in one of its operations."""

    def _carry_out(self, operation, speech):
        if operation.action == "restore":
            raise ZeroDivisionError("a secret of ours")
        return super()._carry_out(operation, speech)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "服务器出了点问题，请稍后再试。"),
        ("en", "Something went wrong on our side. Please try again."),
    ],
)
def test_a_bug_in_one_is_logged_and_loses_nothing(
    app, run, replaced, ids, caplog, language, sentence
):
    services = app.extensions["spark"]
    replaced(batch=Broken(services.projects, services.trash))
    response = run(
        {"action": "status", "project_id": ids[0], "status": "archived"},
        {"action": "restore", "project_id": ids[1]},
        {"action": "status", "project_id": ids[2], "status": "archived"},
        language=language,
    )
    before, failed, after = response.json["results"]
    assert (before["ok"], after["ok"]) == (True, True)
    assert failed["error"] == {"error": "internal_error", "message": sentence}
    assert "a secret of ours" not in response.text
    (record,) = [r for r in caplog.records if r.levelname == "ERROR"]
    assert "internal_error" in record.getMessage()
    assert "ZeroDivisionError: a secret of ours" in caplog.text


def test_a_foreseen_failure_of_the_store_is_logged_too(app, run, replaced, ids, caplog):
    class FullStore:
        def discard(self, project_id, allow):
            raise StorageFull()

    services = app.extensions["spark"]
    trash = TrashService(FullStore(), days=30)
    replaced(batch=BatchService(services.projects, trash))
    (result,) = run({"action": "delete", "project_id": ids[0]}).json["results"]
    assert result["error"]["error"] == "storage_full"
    assert "storage_full" in caplog.text


OPERATION = {"action": "delete", "project_id": NOBODY}


@pytest.mark.parametrize(
    ("operations", "field"),
    [
        ([], "operations"),
        ([OPERATION] * 101, "operations"),
        (None, "operations"),
        (OPERATION, "operations"),
        ([OPERATION, 5], "operations.1"),
        ([OPERATION, None], "operations.1"),
        ([{}], "operations.0.action"),
        ([{**OPERATION, "action": "explode"}], "operations.0.action"),
        ([{**OPERATION, "action": None}], "operations.0.action"),
        ([{**OPERATION, "action": ["delete"]}], "operations.0.action"),
        ([{"action": "delete"}], "operations.0.project_id"),
        ([{**OPERATION, "project_id": 5}], "operations.0.project_id"),
        ([{**OPERATION, "permanent": "yes"}], "operations.0.permanent"),
        ([{**OPERATION, "version": 0}], "operations.0.version"),
        ([{**OPERATION, "version": "1"}], "operations.0.version"),
        ([{**OPERATION, "action": "status"}], "operations.0.status"),
        ([{**OPERATION, "action": "status", "status": "gone"}], "operations.0.status"),
        ([{**OPERATION, "action": "duplicate", "project_name": " "}], "operations.0.project_name"),
    ],
)
def test_operations_that_cannot_be_are_refused_by_name(client, operations, field):
    response = client.post("/api/projects/batch", json={"operations": operations})
    assert response.status_code == 400
    assert response.json["error"] == "validation_error"
    assert [detail["field"] for detail in response.json["details"]] == [field]


def test_none_is_carried_out_where_one_cannot_be(client, run, ids):
    response = run({"action": "delete", "project_id": ids[0]}, {"action": "explode"})
    assert response.status_code == 400
    assert client.get("/api/projects").json["pagination"]["total"] == 3


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "必须是以下之一：delete, restore, status, duplicate。"),
        ("en", "Must be one of: delete, restore, status, duplicate."),
    ],
)
def test_the_actions_there_are_are_told(run, language, sentence):
    response = run({**OPERATION, "action": "explode"}, language=language)
    assert response.json["details"] == [{"field": "operations.0.action", "message": sentence}]


def test_a_hundred_operations_are_taken(run, ids):
    body = run(*[{"action": "duplicate", "project_id": ids[0]}] * 100).json
    assert body["succeeded"] == 100
    assert len({result["project"]["project_id"] for result in body["results"]}) == 100


def test_below_the_version_the_envelope_is_clean(run, ids):
    body = run({"action": "delete", "project_id": ids[0]}, path="/api/v1/projects/batch").json
    assert body.keys() == {"status", "data", "timestamp"}
    assert body["data"]["succeeded"] == 1
