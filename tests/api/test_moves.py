"""Where a project may go from its status, as the API tells it."""

from __future__ import annotations

import pytest

WORDS = {
    "zh": (
        "项目不能从 approved 变为 completed；可以变为：draft, in_production, archived。",
        "必须是以下之一：",
    ),
    "en": (
        "A project cannot go from approved to completed; "
        "it can go to: draft, in_production, archived.",
        "Must be one of: ",
    ),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_move_that_is_not_allowed_is_a_conflict_that_names_the_field(client, project, language):
    sentence, ways = WORDS[language]
    response = client.patch(
        f"/api/projects/{project['project_id']}",
        json={"status": "completed", "project_name": "不会保存"},
        headers={"Accept-Language": language},
    )
    assert response.status_code == 409
    assert response.json["error"] == "conflict"
    assert response.json["message"] == sentence
    (detail,) = response.json["details"]
    assert detail["field"] == "status"
    assert detail["message"].startswith(f"{ways}draft, in_production, archived")
    now = client.get(f"/api/projects/{project['project_id']}").json["project"]
    assert now == project
