"""Portraits that a model draws."""

from __future__ import annotations

import base64
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image

from ..samples import IMAGE_KEY, OUTLINE, SEED_IDEA, TEXT_KEY
from ..upstream import Scenario, upstream
from ..upstream.pictures import picture
from .talk import cast

NAME, OTHER = SEED_IDEA["basic_characters"]
PNG = b"\x89PNG\r\n\x1a\n"
WISH = "让角色看起来更年轻一些"


def portraits(client, **fields):
    """The profiles of a cast that was drawn."""
    response = cast(client, generate_images=True, **fields)
    assert response.status_code == 200, response.text
    return response.json["character_profiles"]


def drawn(server, kind="image"):
    """The requests for pictures."""
    return [exchange for exchange in server.requests if exchange.kind == kind]


def confirmed(client, profiles):
    """The address of the first character of a project."""
    body = {"user_idea": SEED_IDEA, "story_outline": OUTLINE, "character_profiles": profiles}
    project_id = client.post("/api/projects", json=body).json["project_id"]
    return f"/api/projects/{project_id}/characters/{quote(NAME)}"


def redraw(client, address, feedback=None):
    return client.post(f"{address}/regenerate", json={"feedback": feedback})


# --- getting them ---


@pytest.mark.parametrize("as_url", [False, True])
def test_pictures_are_kept_here_however_they_are_handed_over(client, server, as_url):
    server.default = Scenario(as_url=as_url)
    profiles = portraits(client)
    linked = len(drawn(server, "file"))
    assert linked == (2 if as_url else 0)
    server.default = Scenario(fault="server_error")
    for profile in profiles:
        assert profile["image_url"].startswith("/api/content/images/")
        assert profile["image_error"] is None
        shown = client.get(profile["image_url"])
        assert (shown.status_code, shown.mimetype) == (200, "image/png")
        assert shown.data.startswith(PNG)
    assert profiles[0]["image_url"] != profiles[1]["image_url"]
    assert len(drawn(server, "file")) == linked


@pytest.mark.parametrize(
    ("kind", "mime_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_a_picture_is_served_as_what_it_is(client, server, kind, mime_type):
    server.default = Scenario(status=200, body=_answer(_encoded(kind)))
    server.next(Scenario(), kind="cast")
    shown = client.get(portraits(client)[0]["image_url"])
    assert shown.mimetype == mime_type
    assert shown.data == _encoded(kind)


def test_a_picture_may_come_as_a_data_address(client, server):
    data = base64.b64encode(picture("ab" * 32)).decode()
    answer = {"data": [{"url": f"data:image/png;base64,{data}"}]}
    server.default = Scenario(status=200, body=answer)
    server.next(Scenario(), kind="cast")
    assert client.get(portraits(client)[0]["image_url"]).data == picture("ab" * 32)


def test_a_portrait_is_made_from_the_continuity_sheet(client, server):
    profile, _ = portraits(client)
    exchange = next(e for e in drawn(server) if NAME in e.body["prompt"])
    assert (exchange.path, exchange.body["model"]) == ("/v1/images/generations", "standin-image")
    assert (exchange.body["n"], exchange.body["size"]) == (1, "1024x1024")
    wanted = [profile["visual_description"], *profile["visual_consistency_tags"]]
    assert all(words in exchange.body["prompt"] for words in wanted)
    assert SEED_IDEA["visual_style"] in exchange.body["prompt"]
    assert "stream" not in exchange.body


def test_options_go_with_every_picture(connect, server):
    portraits(connect(SPARK_IMAGE_OPTIONS={"size": "512x512", "watermark": False}))
    assert all(e.body["size"] == "512x512" for e in drawn(server))
    assert all(e.body["watermark"] is False for e in drawn(server))


def test_without_an_image_model_the_offline_illustrator_draws(connect, server):
    client = connect(SPARK_IMAGE_MODEL="")
    idea = {**SEED_IDEA, "basic_characters": [NAME]}
    (profile,) = portraits(client, user_idea=idea)
    assert client.get(profile["image_url"]).data.startswith(PNG)
    assert [exchange.kind for exchange in server.requests] == ["cast"]
    assert client.get("/api/health").json["engines"] == {
        "text_model": "openai",
        "image_model": "offline",
    }


@pytest.mark.parametrize("limit", [1, 2])
def test_portraits_are_drawn_side_by_side_and_never_too_many(connect, server, limit):
    client = connect(SPARK_IMAGES_AT_ONCE=limit)
    names = [f"角色{n}" for n in range(4)]
    server.default = Scenario(latency=0.2)
    server.next(Scenario(), kind="cast")
    portraits(client, user_idea={**SEED_IDEA, "basic_characters": names})
    spans = [(e.arrived_at, e.ended_at) for e in drawn(server)]
    assert len(spans) == 4
    in_flight = [sum(begun <= at < ended for begun, ended in spans) for at, _ in spans]
    assert max(in_flight) == limit


# --- drawing them anew ---


def test_feedback_changes_the_picture_there_is(client, server):
    profiles = portraits(client)
    address, before = confirmed(client, profiles), client.get(profiles[0]["image_url"]).data
    body = redraw(client, address, WISH).json
    (edit,) = drawn(server, "edit")
    assert edit.path == "/v1/images/edits"
    assert edit.files["image"] == before
    assert WISH in edit.fields["prompt"]
    assert profiles[0]["visual_description"] in edit.fields["prompt"]
    assert edit.fields["size"] == "1024x1024"
    assert (body["image_version"], body["provider"]) == (2, "openai")
    after = client.get(body["image_url"]).data
    assert after not in (before, b"")
    redraw(client, address, "换成红色外套")
    assert drawn(server, "edit")[1].files["image"] == after
    versions = client.get(f"{address}/images").json["images"]
    assert [version["feedback"] for version in versions] == [None, WISH, "换成红色外套"]
    assert versions[1]["provenance"]["model"] == "standin-image"
    assert WISH in versions[1]["prompt"]


def test_without_feedback_a_picture_is_drawn_from_nothing(client, server):
    address = confirmed(client, portraits(client))
    redraw(client, address)
    assert len(drawn(server)) == 3
    assert drawn(server, "edit") == []


def test_where_pictures_cannot_be_changed_they_are_drawn_with_all_wishes(connect, server):
    client = connect()
    address = confirmed(client, portraits(client))
    server.default = Scenario(fault="no_edit")
    assert redraw(client, address, WISH).json["image_version"] == 2
    assert len(drawn(server, "edit")) == 1
    redraw(client, address, "换成红色外套")
    assert redraw(connect(), address, "戴眼镜").json["image_version"] == 4
    assert len(drawn(server, "edit")) == 1
    prompt = drawn(server)[-1].body["prompt"]
    assert all(wish in prompt for wish in (WISH, "换成红色外套", "戴眼镜"))


def test_a_change_that_is_refused_is_not_drawn_another_way(client, server):
    address = confirmed(client, portraits(client))
    server.default = Scenario(fault="refused")
    response = redraw(client, address, WISH)
    assert response.status_code == 502
    assert "拒绝" in response.json["message"]
    server.clear()
    redraw(client, address, WISH)
    assert [exchange.kind for exchange in server.requests] == ["edit"]


# --- when it goes wrong ---


def test_one_failed_portrait_leaves_the_cast(client, server):
    server.next(Scenario(fault="refused"), kind="image")
    profiles = portraits(client)
    (failed,) = [profile for profile in profiles if profile["image_error"]]
    (good,) = [profile for profile in profiles if profile["image_url"]]
    assert failed["image_url"] is None
    assert "拒绝" in failed["image_error"]
    assert good["image_error"] is None
    told = client.get("/api/usage").json
    assert (told["images"], told["failed"]) == (1, 1)


def test_why_there_is_no_picture_is_said_in_the_idea_s_language(client, server):
    server.next(*[Scenario(fault="refused")] * 2, kind="image")
    for profile in portraits(client, language="en"):
        assert "declined" in profile["image_error"]


def test_a_failed_portrait_can_be_drawn_later(client, server):
    server.next(*[Scenario(fault="refused")] * 2, kind="image")
    address = confirmed(client, portraits(client))
    assert redraw(client, address).json["image_version"] == 1
    project_id = address.split("/")[3]
    profile = client.get(f"/api/projects/{project_id}").json["project"]["character_profiles"][0]
    assert profile["image_url"]
    assert profile["image_error"] is None


@pytest.mark.parametrize(
    ("fault", "as_url", "status", "words"),
    [
        ("not_an_image", False, 502, "无法使用"),
        ("not_an_image", True, 502, "无法使用"),
        ("bad_b64", False, 502, "无法使用"),
        ("no_choices", False, 502, "无法使用"),
        ("huge", True, 502, "无法使用"),
        ("dead_link", True, 503, "暂时不可用"),
        ("bad_json", False, 502, "无法使用"),
        ("html", False, 502, "无法使用"),
        ("cut", False, 502, "中途断开"),
        ("unauthorized", False, 502, "密钥"),
        ("quota", False, 503, "额度"),
        ("rate_limit", False, 503, "请求过多"),
        ("server_error", False, 503, "暂时不可用"),
    ],
)
def test_no_picture_is_told_apart_from_a_picture(
    client, server, monkeypatch, fault, as_url, status, words
):
    monkeypatch.setattr("src.spark.adapters.openai.illustrator._MOST_BYTES", 300_000)
    address = confirmed(client, portraits(client))
    server.default = Scenario(fault=fault, as_url=as_url)
    response = redraw(client, address, WISH)
    assert response.status_code == status
    assert words in response.json["message"]
    assert client.get(f"{address}/images").json["current"] == 1
    server.next(Scenario(), kind="cast")
    for profile in portraits(client, fresh=True):
        assert profile["image_url"] is None
        assert profile["image_error"]


def test_a_dead_painter_is_left_alone_and_the_writer_is_not(connect, server, monkeypatch):
    client = connect()
    monkeypatch.setattr("src.spark.api.health._FRESH_SECONDS", -1)
    server.default = Scenario(fault="server_error")
    server.next(Scenario(), kind="cast")
    assert all(profile["image_error"] for profile in portraits(client))
    told = client.get("/api/health")
    assert told.status_code == 200
    assert told.json["components"]["image_model"] == "degraded"
    assert told.json["components"]["text_model"] == "healthy"
    asked = len(server.requests)
    assert all(profile["image_error"] for profile in portraits(client))
    assert len(server.requests) == asked


def test_a_picture_without_end_is_not_read_to_its_end(client, server, monkeypatch):
    monkeypatch.setattr("src.spark.adapters.openai.illustrator._MOST_BYTES", 300_000)
    server.default = Scenario(fault="huge")
    server.next(Scenario(), kind="cast")
    portraits(client)
    assert server.wait_for(lambda requests: all(e.gone for e in requests if e.kind == "file"))


@pytest.mark.parametrize("fault", ["silent", "stall", "slow_drip"])
def test_a_slow_painter_is_not_waited_for_past_the_deadline(connect, server, fault):
    client = connect(SPARK_DEADLINE_SECONDS=1.2)
    server.next(Scenario(), kind="cast")
    server.default = Scenario(fault=fault, every=0.1)
    for profile in portraits(client):
        assert "没有及时" in profile["image_error"]
    begun, *_ = drawn(server)
    ended = server.wait_for(lambda requests: requests[-1].gone_at)
    assert ended - begun.arrived_at < 1.2 + 1.5


# --- another service for pictures ---


@pytest.fixture
def painter():
    with upstream() as server:
        yield server


def keys_seen(server):
    return {e.headers.get("authorization") for e in server.requests if e.kind != "file"}


def test_pictures_may_come_from_another_service_with_its_own_key(connect, server, painter):
    client = connect(SPARK_IMAGE_BASE_URL=painter.base_url, SPARK_IMAGE_API_KEY=IMAGE_KEY)
    painter.default = Scenario(as_url=True)
    (profile, _) = portraits(client)
    redraw(client, confirmed(client, [profile]), WISH)
    assert [exchange.kind for exchange in server.requests] == ["cast"]
    assert {exchange.kind for exchange in painter.requests} == {"image", "file", "edit"}
    assert keys_seen(server) == {f"Bearer {TEXT_KEY}"}
    assert keys_seen(painter) == {f"Bearer {IMAGE_KEY}"}
    told = client.get(f"/api/content/images/{profile['image_url'].rpartition('/')[2]}")
    assert told.status_code == 200


def test_the_text_services_key_never_reaches_another_service(connect, painter):
    client = connect(SPARK_IMAGE_BASE_URL=painter.base_url)
    portraits(client)
    assert len(painter.requests) == 2
    for exchange in painter.requests:
        assert TEXT_KEY not in "".join(exchange.headers.values())


def test_the_same_service_takes_the_same_key_or_one_of_its_own(connect, server):
    portraits(connect())
    assert keys_seen(server) == {f"Bearer {TEXT_KEY}"}
    server.clear()
    portraits(connect(SPARK_IMAGE_API_KEY=IMAGE_KEY), fresh=True)
    assert {e.headers["authorization"] for e in drawn(server)} == {f"Bearer {IMAGE_KEY}"}


def test_a_link_is_followed_without_any_key(connect, server, painter):
    server.default = Scenario(as_url=True)
    portraits(connect())
    assert len(drawn(server, "file")) == 2
    for exchange in drawn(server, "file"):
        assert "authorization" not in exchange.headers
        assert TEXT_KEY not in "".join(exchange.headers.values())


def _encoded(kind):
    made = BytesIO()
    Image.new("RGB", (32, 32), "teal").save(made, kind)
    return made.getvalue()


def _answer(data):
    return {"data": [{"b64_json": base64.b64encode(data).decode()}]}


def test_what_is_logged_of_a_portrait_belongs_to_its_request(connect, server, tmp_path):
    client = connect(SPARK_IMAGE_MODEL="standin-image")
    server.next(Scenario(fault="refused"), kind="image")
    response = cast(client, generate_images=True)
    log = next(tmp_path.rglob("spark.log")).read_text(encoding="utf-8")
    (line,) = [line for line in log.splitlines() if "no portrait" in line]
    assert f"[{response.headers['X-Request-ID']}]" in line
