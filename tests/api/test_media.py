"""Where pictures are kept is a setting; from outside they look the same wherever that is."""

from __future__ import annotations

import pytest

from src.spark.api.app import create_app
from src.spark.api.config import ConfigurationError, load

from ..ports.buckets import make_bucket
from ..samples import SEED_IDEA
from ..servers import free_port, s3_server

NOWHERE = "s3://spark-tests/media?endpoint_url=http://127.0.0.1:{}"
SECRET = "geheim-abc"
REFUSED = [
    "s3://",
    "s3://bucket?endpoint_url=minio",
    f"s3://KEY:{SECRET}@bucket/prefix",
    f"s3://bucket?endpoint_url=https://KEY:{SECRET}@minio",
    f"s3://bucket?secret={SECRET}",
    "https://bucket.s3.amazonaws.com",
    "file://host/share",
    "file:media",
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def drawn(tmp_path):
    """A call that has a portrait drawn with the pictures somewhere, and gives the client and it."""

    def draw(where):
        app = create_app("testing", SPARK_DATA_DIR=tmp_path / "data", SPARK_MEDIA_URL=where)
        client = app.test_client()
        body = {"user_idea": SEED_IDEA, "generate_images": True}
        response = client.post("/api/content/characters/generate", json=body)
        assert response.status_code == 200, response.text
        return client, response.json["character_profiles"][0]["image_url"]

    return draw


def pictures_below(folder):
    return [path for path in folder.rglob("*") if path.suffix in {".png", ".jpg", ".webp"}]


@pytest.mark.parametrize(
    ("where", "folder"),
    [
        ("", "data/media"),
        ("{}/shared media", "shared media"),
        ("file://{}/shared%20media", "shared media"),
        ("shared", "cwd/shared"),
    ],
)
def test_pictures_are_kept_in_the_folder_that_is_set(tmp_path, drawn, where, folder):
    client, url = drawn(where.format(tmp_path))
    assert client.get(url).status_code == 200
    there = pictures_below(tmp_path)
    assert there
    assert there == pictures_below(tmp_path / folder)


def test_pictures_are_kept_in_storage_that_is_set(tmp_path, drawn):
    with s3_server(tmp_path) as (endpoint, _):
        make_bucket(endpoint)
        client, url = drawn(f"s3://spark-tests/media?endpoint_url={endpoint}")
        response = client.get(url)
        assert response.status_code == 200
        assert response.mimetype == "image/png"
        assert response.data.startswith(b"\x89PNG")
        assert client.get("/api/health").json["components"]["store"] == "healthy"
    assert pictures_below(tmp_path) == []


def test_storage_that_is_away_is_said(tmp_path):
    where = NOWHERE.format(free_port())
    app = create_app("testing", SPARK_DATA_DIR=tmp_path / "data", SPARK_MEDIA_URL=where)
    client = app.test_client()
    health = client.get("/api/health")
    assert health.status_code == 503
    assert health.json["components"]["store"] == "degraded"
    response = client.get(f"/api/content/images/{'0' * 40}.png")
    assert response.status_code == 503
    assert response.json["error"] == "storage_unavailable"
    assert client.get("/api/projects").status_code == 200


@pytest.mark.parametrize("where", REFUSED)
def test_a_place_that_is_none_is_refused_by_name_and_not_repeated(elsewhere, monkeypatch, where):
    monkeypatch.setenv("SPARK_MEDIA_URL", where)
    with pytest.raises(ConfigurationError, match="SPARK_MEDIA_URL") as refused:
        load("production")
    assert SECRET not in str(refused.value)
    assert "KEY" not in str(refused.value).replace("ACCESS_KEY", "")
    assert list(elsewhere.iterdir()) == []


def test_a_folder_is_meant_from_where_the_setting_is_read(elsewhere):
    settings = load("testing", SPARK_MEDIA_URL="shared")
    assert str(elsewhere / "shared") == settings.SPARK_MEDIA_URL
