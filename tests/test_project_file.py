"""`project.json` through the years."""

from __future__ import annotations

import orjson
import pytest
from pydantic import ValidationError

from src.spark.adapters.files.projects import FileProjectStore
from src.spark.project_file import (
    SCHEMA_VERSION,
    NewerSchema,
    document_of,
    project_of,
)

from .samples import PROFILES, a_project

URL = "/api/content/images/" + "a" * 40 + ".png"
FIRST = {
    "schema_version": 1,
    "project_id": "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01",
    "project_name": "我的科幻项目",
    "status": "approved",
    "created_at": "2024-01-01T00:00:00Z",
    "updated_at": "2024-01-02T00:00:00Z",
    "version": 1,
    "user_idea": a_project().user_idea.model_dump(),
    "story_outline": a_project().story_outline.model_dump(),
    "character_profiles": [{**PROFILES[0], "image_url": URL}, PROFILES[1]],
    "conversation": [],
    "user_confirmed": True,
}
"""A file as it was written before pictures had histories."""


def test_what_is_written_is_read_again():
    project = a_project(3)
    document = document_of(project)
    assert document["schema_version"] == SCHEMA_VERSION
    assert project_of(orjson.loads(orjson.dumps(document))) == project


@pytest.mark.parametrize("unsaid", [False, True], ids=["version 1", "no version"])
def test_a_file_of_the_first_schema_gets_the_histories_it_lacks(unsaid):
    document = {k: v for k, v in FIRST.items() if not (unsaid and k == "schema_version")}
    before = orjson.dumps(document)
    project = project_of(document)
    assert {name: [p.image_url for p in shown] for name, shown in project.portraits.items()} == {
        PROFILES[0]["name"]: [URL]
    }
    (portrait,) = project.portraits[PROFILES[0]["name"]]
    assert (portrait.version, portrait.created_at) == (1, project.updated_at)
    assert orjson.dumps(document) == before


def test_a_history_that_is_there_stays_as_it_is():
    other = {"version": 1, "image_url": "/api/content/images/" + "b" * 40 + ".png"}
    document = {**FIRST, "portraits": {PROFILES[0]["name"]: [other]}}
    shown = project_of(document).portraits[PROFILES[0]["name"]]
    assert [p.image_url for p in shown] == [other["image_url"]]


def test_the_store_reads_old_files_and_writes_new_ones(tmp_path):
    folder = tmp_path / "projects" / FIRST["project_id"][:2] / FIRST["project_id"]
    folder.mkdir(parents=True)
    (folder / "project.json").write_bytes(orjson.dumps(FIRST))
    store = FileProjectStore(tmp_path)
    assert store.browse(1, 10, None, "name").items[0].project_name == "我的科幻项目"
    assert store.get(FIRST["project_id"]).portraits
    store.update(FIRST["project_id"], lambda p: p.model_copy(update={"project_name": "新"}))
    written = orjson.loads((folder / "project.json").read_bytes())
    assert written["schema_version"] == SCHEMA_VERSION
    assert written["portraits"][PROFILES[0]["name"]][0]["image_url"] == URL


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 0, -1, "1", None, 1.5, []])
def test_a_file_of_an_unknown_schema_is_not_guessed_at(version):
    with pytest.raises(NewerSchema):
        project_of({**FIRST, "schema_version": version})


@pytest.mark.parametrize("document", [None, [], "x", 5, {}, {**FIRST, "portraits": []}])
def test_what_is_no_project_is_none(document):
    with pytest.raises(ValidationError):
        project_of(document)


@pytest.mark.parametrize("profiles", [None, "x", [None], [{"name": 5}], [{"image_url": 3}]])
def test_damage_is_found_by_the_check_and_not_by_the_migration(profiles):
    with pytest.raises(ValidationError):
        project_of({**FIRST, "character_profiles": profiles})
