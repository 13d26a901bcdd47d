"""Projects out and in again over HTTP."""

from __future__ import annotations

import errno
import io
import re
import resource
import tempfile
import zipfile
from urllib.parse import unquote

import jsonschema
import orjson
import pytest

from src.spark.api.app import create_app
from src.spark.api.downloads import disposition

from ..samples import PROJECT_BODY, SEED_IDEA

ENGLISH = {"Accept-Language": "en"}
NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"


@pytest.fixture
def drawn(client):
    """A project with portraits, made as a front end makes one."""
    asked = {"user_idea": SEED_IDEA}
    told = client.post("/api/content/story/generate", json=asked).json["story_outline"]
    cast = client.post(
        "/api/content/characters/generate", json={**asked, "story_outline": told}
    ).json["character_profiles"]
    body = {**asked, "story_outline": told, "character_profiles": cast, "project_name": "火星 Mars"}
    return client.post("/api/projects", json=body).json["project"]


@pytest.fixture
def elsewhere(tmp_path):
    """Another server, with nothing in it yet."""
    return create_app("testing", SPARK_DATA_DIR=tmp_path / "elsewhere").test_client()


def archive(client, query="all=true"):
    response = client.get(f"/api/projects/export?{query}")
    assert response.status_code == 200, response.text
    return response


def test_all_projects_go_to_another_server(client, drawn, project, elsewhere):
    sent = archive(client)
    assert sent.mimetype == "application/zip"
    assert re.fullmatch(
        r"attachment; filename=\"spark-projects-\d{4}-\d\d-\d\d\.zip\"; filename\*=UTF-8''\S+",
        sent.headers["Content-Disposition"],
    )
    taken = elsewhere.post("/api/projects/import", data=sent.data, content_type="application/zip")
    assert taken.status_code == 200, taken.text
    assert taken.json["imported"] == 2
    assert taken.json["replaced"] == taken.json["skipped"] == taken.json["failed"] == 0
    names = {r["project_name"] for r in taken.json["results"]}
    assert names == {drawn["project_name"], project["project_name"]}
    for each in (drawn, project):
        there = elsewhere.get(f"/api/projects/{each['project_id']}").json["project"]
        assert there == client.get(f"/api/projects/{each['project_id']}").json["project"]
    for profile in drawn["character_profiles"]:
        url = profile["image_url"]
        assert elsewhere.get(url).data == client.get(url).data


def test_a_form_brings_the_file_too(client, project, elsewhere):
    form = {"file": (io.BytesIO(archive(client).data), "projects.zip")}
    taken = elsewhere.post("/api/v1/projects/import", data=form)
    assert taken.json["data"]["imported"] == 1
    assert taken.json.keys() == {"status", "data", "timestamp"}


def test_some_projects_are_chosen_by_their_ids(client, drawn, project):
    sent = archive(client, f"ids={project['project_id']}, {project['project_id']}")
    names = zipfile.ZipFile(io.BytesIO(sent.data)).namelist()
    assert names == [f"projects/{project['project_id']}/project.json", "manifest.jsonl"]


@pytest.mark.parametrize("query", ["", "all=false", "all=true&ids=x", "ids=,", "all=maybe"])
def test_either_ids_or_all_is_asked_for(client, query):
    response = client.get(f"/api/projects/export?{query}", headers=ENGLISH)
    assert (response.status_code, response.json["error"]) == (400, "validation_error")


def test_an_id_that_is_not_there_is_not_found(client, project):
    response = client.get(f"/api/projects/export?ids={project['project_id']},{NOBODY}")
    assert (response.status_code, response.json["error"]) == (404, "project_not_found")


def test_a_downloaded_json_comes_back(client, project, elsewhere):
    data = client.get(f"/api/projects/{project['project_id']}/export?format=json").data
    taken = elsewhere.post("/api/projects/import", data=data, content_type="application/json")
    assert [r["outcome"] for r in taken.json["results"]] == ["imported"]
    there = elsewhere.get(f"/api/projects/{project['project_id']}").json["project"]
    assert there == client.get(f"/api/projects/{project['project_id']}").json["project"]


def test_a_project_is_larger_than_other_bodies_may_be(client, project):
    whole = {**project, "conversation": [{"role": "user", "content": "想" * 700_000}]}
    data = orjson.dumps(whole)
    assert len(data) > client.application.config["SPARK_MAX_BODY_BYTES"]
    client.delete(f"/api/projects/{project['project_id']}?permanent=true")
    taken = client.post("/api/projects/import", data=data, content_type="application/json")
    assert taken.json["imported"] == 1


@pytest.mark.parametrize("existing", ["skip", "copy", "replace"])
def test_the_rule_for_what_is_there_already(client, project, existing):
    data = archive(client).data
    changed = {"name": "改过的名字"}
    assert client.patch(f"/api/projects/{project['project_id']}", json=changed).status_code == 200
    response = client.post(
        f"/api/projects/import?existing={existing}", data=data, content_type="application/zip"
    )
    names = [
        p["project_name"] for p in client.get("/api/projects?sort=created_at").json["projects"]
    ]
    assert sorted(names) == sorted(
        {
            "skip": ["改过的名字"],
            "copy": ["改过的名字", f"{project['project_name']}（副本）"],
            "replace": [project["project_name"]],
        }[existing]
    )
    told = {k: response.json[k] for k in ("imported", "replaced", "skipped", "failed")}
    assert told == {
        "imported": int(existing == "copy"),
        "replaced": int(existing == "replace"),
        "skipped": int(existing == "skip"),
        "failed": 0,
    }


def test_an_unknown_rule_is_refused(client):
    response = client.post(
        "/api/projects/import?existing=merge", data=b"{}", content_type="application/json"
    )
    assert response.json["details"][0]["field"] == "existing"


@pytest.mark.parametrize(
    ("speech", "words"), [("zh", "没有任何改动"), ("en", "nothing was changed")]
)
def test_a_broken_archive_is_refused_in_the_caller_s_language(client, project, speech, words):
    data = archive(client).data[:-40]
    response = client.post(
        "/api/projects/import",
        data=data,
        content_type="application/zip",
        headers={"Accept-Language": speech},
    )
    assert (response.status_code, response.json["error"]) == (400, "invalid_archive")
    assert words in response.json["message"]
    assert response.json["details"][0]["message"]


def test_a_file_beyond_the_limit_is_too_large_whole_and_in_pieces(tmp_path):
    client = create_app(
        "testing", SPARK_DATA_DIR=tmp_path, SPARK_IMPORT_MAX_BYTES=2048
    ).test_client()
    data = b"PK" + bytes(4000)
    for sent in ({"data": data}, {"data": {"file": (io.BytesIO(data), "a.zip")}}, chunked(data)):
        kind = {} if isinstance(sent["data"], dict) else {"content_type": "application/zip"}
        response = client.post("/api/projects/import", **kind, **sent)
        assert (response.status_code, response.json["error"]) == (413, "payload_too_large")


def chunked(data):
    return {
        "data": data,
        "environ_overrides": {"CONTENT_LENGTH": "", "wsgi.input_terminated": True},
    }


def test_more_files_than_the_limit_are_too_large(tmp_path, client, drawn):
    other = create_app("testing", SPARK_DATA_DIR=tmp_path / "o", SPARK_IMPORT_MAX_FILES=2)
    response = other.test_client().post(
        "/api/projects/import", data=archive(client).data, content_type="application/zip"
    )
    assert (response.status_code, response.json["error"]) == (413, "payload_too_large")


@pytest.fixture
def no_room():
    """No file may become larger than 100,000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("as_form", [False, True])
@pytest.mark.usefixtures("no_room")
def test_a_file_that_there_is_no_room_for_is_told_so(client, project, as_form):
    data = b"PK" + bytes(300_000)
    form = {"data": {"file": (io.BytesIO(data), "a.zip")}}
    sent = form if as_form else {"data": data, "content_type": "application/zip"}
    response = client.post("/api/projects/import", headers=ENGLISH, **sent)
    assert (response.status_code, response.json["error"]) == (507, "storage_full")
    assert client.get(f"/api/projects/{project['project_id']}").json["project"] == project


@pytest.mark.parametrize("as_form", [False, True])
def test_a_file_that_can_be_kept_nowhere_is_told_so(client, monkeypatch, as_form):
    def refused(**_):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    form = {"data": {"file": (io.BytesIO(b"{}"), "a.json")}}
    sent = form if as_form else {"data": b"{}", "content_type": "application/json"}
    response = client.post("/api/projects/import", **sent)
    assert (response.status_code, response.json["error"]) == (503, "storage_unavailable")


def test_a_form_of_very_many_files_is_refused(client):
    parts = {f"file {number}": (io.BytesIO(b"{}"), "a.json") for number in range(300)}
    response = client.post("/api/projects/import", data=parts)
    assert (response.status_code, response.json["error"]) == (413, "payload_too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_called_no_file_is_refused(client, kind):
    response = client.post("/api/projects/import", data=b"a=b", content_type=kind)
    assert (response.status_code, response.json["error"]) == (415, "unsupported_media_type")
    assert "multipart/form-data" in response.json["message"]


def test_a_form_without_the_file_names_the_field(client):
    response = client.post("/api/projects/import", data={"archive": (io.BytesIO(b"x"), "a.zip")})
    assert response.json["details"][0]["field"] == "file"


def test_other_bodies_keep_their_limit_and_their_type(client):
    large = {**PROJECT_BODY, "project_name": "x" * 1_100_000}
    assert client.post("/api/projects", json=large).status_code == 413
    zipped = client.post("/api/projects", data=b"PK", content_type="application/zip")
    assert zipped.status_code == 415


def test_the_formats_are_told_in_the_caller_s_language(client):
    chinese = client.get("/api/projects/export/formats").json["formats"]
    english = client.get("/api/projects/export/formats", headers=ENGLISH).json["formats"]
    names = ["json", "md", "txt", "html", "docx", "pdf", "fountain", "fdx", "zip"]
    assert [f["format"] for f in chinese] == [f["format"] for f in english] == names
    for zh, en in zip(chinese, english, strict=True):
        assert re.search("[一-鿿]", zh["purpose"])
        assert not re.search("[一-鿿]", en["purpose"] + en["title"])
        assert zh["extension"] == en["extension"]
        assert zh["media_type"] == en["media_type"]


@pytest.mark.parametrize(
    ("name", "plain", "whole"),
    [
        ("我的科幻项目.pdf", "project.pdf", "我的科幻项目.pdf"),
        ("火星 Mars.docx", "Mars.docx", "火星 Mars.docx"),
        ('a"; filename="evil.exe.pdf', "a filename= evil.exe.pdf", None),
        ("50% off.md", "50 off.md", "50% off.md"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie x.txt", None),
        ("naïve.txt", "naive.txt", "naïve.txt"),
        ("😀.zip", "project.zip", "😀.zip"),
    ],
)
def test_a_file_name_survives_its_header(name, plain, whole):
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    match = re.fullmatch(
        r"attachment; filename=\"([^\"\\%]+)\"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)", header
    )
    assert match, header
    assert match[1] == plain
    assert unquote(match[2]) == (whole or name)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../etc/passwd", "etc passwd.txt"),
        ('我的:"科幻"<项目>|?*', "我的 科幻 项目.txt"),
        ("CON", "project-{}.txt"),
        ("...", "project-{}.txt"),
        ("a\u202etxt.exe", "a txt.exe.txt"),
        ("长" * 200, "长" * 50 + ".txt"),
    ],
    ids=ascii,
)
def test_a_project_s_name_becomes_one_that_every_system_can_keep(client, name, file):
    body = {**PROJECT_BODY, "project_name": name}
    project_id = client.post("/api/projects", json=body).json["project_id"]
    response = client.get(f"/api/projects/{project_id}/export?format=txt")
    encoded = response.headers["Content-Disposition"].partition("filename*=UTF-8''")[2]
    assert unquote(encoded) == file.format(project_id[:8])


def test_the_schema_describes_every_project_s_file(client, drawn, project, tmp_path):
    response = client.get("/api/schemas/project.json")
    assert response.mimetype == "application/schema+json"
    schema = response.json
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = list((tmp_path / "projects").rglob("project.json"))
    assert len(files) == 2
    for file in files:
        document = orjson.loads(file.read_bytes())
        validator.validate(document)
        for broken in ({"schema_version": 1}, {"project_name": " "}, {"status": "lost"}):
            with pytest.raises(jsonschema.ValidationError):
                validator.validate({**document, **broken})
