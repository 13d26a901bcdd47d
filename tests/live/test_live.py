"""The API over servers of other people: `make test-live`."""

from __future__ import annotations

import json

import pytest

from src.spark.api.app import create_app

from . import server

MESSAGE = (
    "我想做一部三分钟的科幻短片：退休的宇航员林夏和机器人小白，"
    "收到一段来自深空的信号，一起去找它的源头"
)
IDEA = {
    "theme": "深空来信",
    "genre": "科幻",
    "duration_preference": 180,
    "basic_characters": ["林夏"],
    "plot_points": ["收到一段来自深空的信号"],
}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def llama_cpp(tmp_path_factory):
    with server.llama_cpp(tmp_path_factory.mktemp("llama")) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def litellm(tmp_path_factory):
    with server.litellm(tmp_path_factory.mktemp("litellm")) as base_url:
        yield base_url


@pytest.fixture
def api(tmp_path):
    """A client of our API over a model at an address."""

    def client(base_url, model, key=server.KEY, **settings):
        app = create_app(
            "testing",
            SPARK_DATA_DIR=tmp_path,
            SPARK_WRITER="openai",
            OPENAI_API_KEY=key,
            OPENAI_BASE_URL=base_url,
            SPARK_TEXT_MODEL=model,
            SPARK_DEADLINE_SECONDS=20,
            **settings,
        )
        return app.test_client()

    return client


def events(client, message=MESSAGE):
    """The events of one streamed answer, as names and data."""
    response = client.post("/api/chat/stream", json={"message": message}, headers=ENGLISH)
    assert response.status_code == 200, response.text
    blocks = [block.split("\n") for block in response.text.strip().split("\n\n")]
    return [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data in blocks
    ]


def answered(client):
    """The deltas and the whole of a streamed answer that went well."""
    *deltas, (name, done) = events(client)
    assert name == "done", done
    assert {name for name, _ in deltas} == {"delta"}
    return [data["text"] for _, data in deltas], done


def written(client, part, idea=IDEA, **fields):
    body = {"user_idea": idea, **fields}
    return client.post(f"/api/content/{part}/generate", json=body, headers=ENGLISH)


def refused(client, words):
    """Both ways of asking fail with the same words for the person, and nothing leaks."""
    *_, (name, error) = events(client)
    story = written(client, "story")
    assert name == "error"
    assert story.status_code in {502, 503}
    assert story.json["error"] == error["error"]
    assert words in story.json["message"]
    assert words in error["message"]
    assert server.KEY not in story.text + json.dumps(error)


class TestLlamaCpp:
    """A real engine that holds a model to our schemas, whatever the model would say."""

    def test_a_turn_comes_word_by_word_and_fits_our_form(self, api, llama_cpp):
        deltas, done = answered(api(llama_cpp, server.LLAMA_MODEL))
        assert len(deltas) > 1
        assert "".join(deltas) == done["response"]
        assert done["response"].startswith("林夏")
        assert done["user_idea"]["theme"]
        provenance = done["provenance"]
        assert provenance["engine"] == "openai"
        assert provenance["model"] == server.LLAMA_MODEL
        assert provenance["attempts"] == 1
        assert provenance["tokens_in"] > 100
        assert provenance["tokens_out"] > 50

    def test_a_second_turn_follows_the_first(self, api, llama_cpp):
        client = api(llama_cpp, server.LLAMA_MODEL)
        answered(client)
        _, done = answered(client)
        assert done["status"] == "continued"
        assert len(client.get("/api/chat/history").json["history"]) == 4

    def test_a_story_is_written(self, api, llama_cpp):
        response = written(api(llama_cpp, server.LLAMA_MODEL), "story")
        assert response.status_code == 200, response.text
        outline = response.json["story_outline"]
        assert outline["title"]
        assert outline["narrative_text"]
        assert outline["estimated_duration"] == IDEA["duration_preference"]

    def test_characters_are_written(self, api, llama_cpp):
        response = written(api(llama_cpp, server.LLAMA_MODEL), "characters", generate_images=False)
        assert response.status_code == 200, response.text
        (profile,) = response.json["character_profiles"]
        assert profile["name"] == "林夏"
        assert profile["appearance"]
        assert profile["visual_consistency_tags"]

    def test_a_conversation_is_read_as_a_whole(self, api, llama_cpp):
        said = {"messages": [{"role": "user", "content": MESSAGE}]}
        client = api(llama_cpp, server.LLAMA_MODEL)
        response = client.post("/api/content/structure", json=said)
        assert response.status_code == 200, response.text
        assert response.json["user_idea"]["theme"]

    def test_a_wrong_key(self, api, llama_cpp):
        refused(api(llama_cpp, server.LLAMA_MODEL, key="sk-another"), "key")

    def test_an_answer_that_runs_into_its_limit(self, api, llama_cpp):
        client = api(llama_cpp, server.LLAMA_MODEL, SPARK_TEXT_OPTIONS={"max_tokens": 12})
        refused(client, "length limit")

    def test_more_than_the_model_can_take_in(self, api, llama_cpp):
        options = {"SPARK_MAX_MESSAGE_CHARS": 100_000}
        client = api(llama_cpp, server.LLAMA_MODEL, **options)
        *_, (name, error) = events(client, "星" * 20_000)
        assert name == "error"
        assert error["error"] == "upstream_error"


class TestLiteLLM:
    """A proxy that many put before their models, with the answers of `litellm.yaml`."""

    def test_a_turn_comes_word_by_word(self, api, litellm):
        deltas, done = answered(api(litellm, "spark-turn"))
        assert len(deltas) > 3
        assert "".join(deltas) == done["response"]
        assert done["response"].endswith("\n林夏听到的“信号”，最后带她去了哪里？")
        assert done["is_complete"] is True
        assert done["user_idea"]["basic_characters"] == ["林夏", "小白"]
        assert done["user_idea"]["duration_preference"] == 180
        assert done["provenance"]["tokens_out"] > 100

    def test_what_was_said_is_found_in_the_message(self, api, litellm):
        client = api(litellm, "spark-turn")
        answered(client)
        sources = client.get("/api/chat/idea").json["sources"]
        assert sources["characters"]["text"] == "退休的宇航员林夏和机器人小白"
        assert all(source["text"] in MESSAGE for source in sources.values())

    def test_a_story_is_written(self, api, litellm):
        response = written(api(litellm, "spark-outline"), "story")
        assert response.status_code == 200, response.text
        assert response.json["story_outline"]["title"] == "深空来信"
        assert '"回家。"' in response.json["story_outline"]["narrative_text"]

    def test_characters_are_written(self, api, litellm):
        idea = {**IDEA, "basic_characters": ["小白", "林夏"]}
        response = written(api(litellm, "spark-cast"), "characters", idea, generate_images=False)
        assert response.status_code == 200, response.text
        robot, hero = response.json["character_profiles"]
        assert (robot["name"], hero["name"]) == ("小白", "林夏")
        assert hero["relationships"] == {"小白": "唯一的同伴"}

    def test_a_wrong_key(self, api, litellm):
        refused(api(litellm, "spark-turn", key="sk-another"), "model's service")

    def test_an_unknown_model(self, api, litellm):
        refused(api(litellm, "spark-nobody"), "model's service")

    @pytest.mark.parametrize("model", ["spark-busy", "spark-down"])
    def test_a_service_in_trouble(self, api, litellm, model):
        response = written(api(litellm, model), "story")
        assert response.status_code == 503
        assert response.json["error"] == "upstream_unavailable"
