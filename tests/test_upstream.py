"""The stand-in answers as a model's service would, in good days and bad."""

from __future__ import annotations

import base64
import http.client
import io
import json
import sys
from contextlib import closing
from urllib.parse import urlsplit

import openai
import pytest
from PIL import Image

from .samples import INTERVIEWS, SEED_IDEA
from .servers import free_port, running
from .upstream import CANNED_MESSAGE, CANNED_TURN, FAULTS, Scenario, upstream

KEY = "sk-of-this-test"
GOOD = json.dumps(
    {
        "reply": "Good. Who is in it?",
        "idea": {
            "theme": "a signal",
            "genre": "sci-fi",
            "characters": [{"name": "Mia", "note": "astronaut"}],
            "plot": ["Mia hears it", "She flies"],
            "audience": None,
            "duration_seconds": 180,
            "visual_style": None,
            "mood": None,
        },
        "said": [{"element": "theme", "quote": "a signal"}],
        "waived": ["mood"],
    }
)
SCHEMA = {
    "type": "object",
    "properties": {"reply": {"type": "string"}},
    "required": ["reply"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def shared():
    with upstream() as server:
        client = openai.OpenAI(base_url=server.base_url, api_key=KEY, max_retries=0, timeout=10)
        with client:
            yield server, client


@pytest.fixture
def server(shared):
    yield shared[0]
    shared[0].clear()


@pytest.fixture
def client(shared):
    return shared[1]


def user(text):
    return {"role": "user", "content": text}


def assistant(text):
    return {"role": "assistant", "content": text}


def asked(form, *messages, **options):
    """The body of a request for an answer in one of the forms."""
    system = {"role": "system", "content": f'Answer in JSON. <format name="{form}">{{}}</format>'}
    return {"model": "standin", "messages": [system, *messages], **options}


def filled(client, form, *messages):
    """The answer to a request, read from a stream of few events."""
    request = asked(form, *messages, model="standin?chunk_chars=50", stream=True)
    stream = client.chat.completions.create(**request)
    deltas = [chunk.choices[0].delta.content or "" for chunk in stream]
    return json.loads("".join(deltas))


def post(server, path, body, timeout=5):
    """The answer to a request, unread, and its connection."""
    address = urlsplit(server.base_url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=timeout)
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    try:
        connection.request("POST", address.path + path, json.dumps(body), headers)
        return connection, connection.getresponse()
    except BaseException:
        connection.close()
        raise


def told(server, request=None, /, **scenario):
    """The status, the headers and the raw body of one completion; a body cut off ends in None."""
    if scenario:
        server.next(Scenario(**scenario))
    request = request or asked("turn", user("Hello"), stream=True)
    connection, response = post(server, "/chat/completions", request)
    with closing(connection), response:
        try:
            text = response.read().decode()
        except http.client.IncompleteRead as cut:
            text = cut.partial.decode() + "\n\ndata: null"
        return response.status, response.headers, text


def events(text):
    """The values of a stream's events; "[DONE]" as it stands."""
    data = [line.removeprefix("data: ") for line in text.split("\n") if line.startswith("data:")]
    return [value if value == "[DONE]" else json.loads(value) for value in data]


def content(text):
    """What a stream says."""
    chunks = [e for e in events(text) if isinstance(e, dict) and e.get("choices")]
    return "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks)


class TestGoodAnswers:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_an_interview_turn_by_turn(self, server, client, language):
        messages = []
        for text in INTERVIEWS[language]:
            messages.append(user(text))
            answer = filled(client, "turn", *messages)
            assert list(answer) == ["reply", "idea", "said", "waived"]
            assert answer["said"]
            assert all(one["quote"] in text for one in answer["said"])
            messages.append(assistant(answer["reply"]))
        assert {one["element"] for one in answer["said"]} >= {"audience", "duration"}
        idea = answer["idea"]
        assert all(idea.values())
        assert (len(idea["characters"]), len(idea["plot"])) == (2, 3)
        assert idea["duration_seconds"] == 180

    def test_the_idea_alone_once_the_reply_was_shown(self, server, client):
        first, second = INTERVIEWS["en"][:2]
        talk = [user(first), assistant("Who is in it?"), user(second), assistant("I see.")]
        answer = filled(client, "idea", *talk, user("Now fill in the form."))
        assert list(answer) == ["idea", "said", "waived"]
        assert [c["name"] for c in answer["idea"]["characters"]] == ["Mia", "Bolt"]
        assert answer["said"] == [{"element": "characters", "quote": second}]

    def test_what_the_system_message_knows_counts_for_more(self, server, client):
        idea = {**json.loads(GOOD)["idea"], "theme": "set by hand", "mood": "grave"}
        request = asked("turn", user("Make it five minutes long, please"))
        request["messages"][0]["content"] += f"\nThe idea so far: {json.dumps(idea)}"
        answer = client.chat.completions.create(**request).choices[0].message.content
        assert json.loads(answer)["idea"] == {**idea, "duration_seconds": 300}
        assert [one["element"] for one in json.loads(answer)["said"]] == ["duration"]

    def test_a_wish_for_a_shorter_answer_is_not_of_the_story(self, server, client):
        shorter = "A comedy about a lost dog\n\nYour answer was cut: the whole JSON object, please."
        good = filled(client, "turn", user("A comedy about a lost dog"))
        assert filled(client, "turn", user(shorter)) == good

    def test_a_brief_from_a_whole_conversation(self, server, client):
        texts = INTERVIEWS["zh"]
        messages = [m for text in texts for m in (user(text), assistant("好的。"))]
        task = user(f"Read this: {json.dumps({'messages': messages})}")
        answer = filled(client, "brief", task)
        assert answer["idea"]["genre"] == "科幻"
        for source in answer["sources"]:
            assert source["quote"] in messages[source["message"]]["content"]

    def test_a_story_and_its_characters(self, server, client):
        task = {"idea": SEED_IDEA, "notes": {"宇航员": "叫林夏"}}
        outline = filled(client, "outline", user(f"Tell this: {json.dumps(task)} Thank you."))
        assert outline["estimated_duration"] == 180
        cast = filled(client, "cast", user(json.dumps({**task, "outline": outline})))
        assert [c["name"] for c in cast["characters"]] == SEED_IDEA["basic_characters"]
        hero = cast["characters"][0]
        assert hero["relationships"][0].keys() == {"name", "text"}
        assert hero["visual_description"]
        assert hero["visual_consistency_tags"]

    @pytest.mark.parametrize("bad", ['{"reply": "Hm', "I would rather not."])
    @pytest.mark.parametrize("form", ["turn", "idea", "outline"])
    def test_mending_is_answered_as_the_task_was(self, server, client, form, bad):
        request = [user("A comedy about a lost dog")]
        if form == "idea":
            request += [assistant("Nice!"), user("Fill in the form by its schema.")]
        if form == "outline":
            request = [user(json.dumps({"idea": SEED_IDEA, "notes": {}}))]
        good = filled(client, form, *request)
        complaint = user("That does not fit the schema. Give the whole object.")
        assert filled(client, form, *request, assistant(bad), complaint) == good

    def test_a_mended_answer_may_be_set(self, server, client):
        server.default = Scenario(content="nonsense", fault="fences", repair=GOOD)
        request = user("A comedy")
        complaint = user("This does not fit the schema.")
        answer = filled(client, "turn", request, assistant("nonsense"), complaint)
        assert answer == json.loads(GOOD)

    def test_plain_words_where_no_form_is_asked_for(self, server, client):
        answer = client.chat.completions.create(model="standin", messages=[user("Hello")])
        assert answer.choices[0].message.content == "All right."
        assert server.requests[0].kind == "chat"

    def test_canned_turns_quote_their_message(self, server, client):
        server.default = Scenario(canned=True)
        answer = filled(client, "turn", user(CANNED_MESSAGE))
        assert answer == json.loads(CANNED_TURN)
        assert all(one["quote"] in CANNED_MESSAGE for one in answer["said"])


class TestStreams:
    def test_events_as_openai_sends_them(self, server, client):
        server.next(Scenario(content=GOOD))
        usage = {"include_usage": True}
        request = asked("turn", user("Hello"), stream=True, stream_options=usage)
        *chunks, last = client.chat.completions.create(**request)
        assert chunks[0].choices[0].delta.role == "assistant"
        assert [c.choices[0].finish_reason for c in chunks[-2:]] == [None, "stop"]
        assert last.choices == []
        (seen,) = server.requests
        assert last.usage.completion_tokens == seen.chunks_sent == len(chunks) - 2
        assert "".join(c.choices[0].delta.content or "" for c in chunks) == GOOD

    def test_pieces_are_small_in_chinese_too(self, server):
        said = events(told(server, content="很棒的想法，谁在里面？ok then")[2])
        pieces = [event["choices"][0]["delta"].get("content", "") for event in said[1:-1]]
        assert max(map(len, pieces)) == 3
        assert pieces[0] == "很棒"
        fives = events(told(server, content="0123456789", chunk_chars=5)[2])
        assert [e["choices"][0]["delta"].get("content") for e in fives[1:3]] == ["01234", "56789"]

    def test_no_usage_unless_asked_for(self, server):
        assert "usage" not in told(server)[2]
        usage = {"include_usage": True}
        request = asked("turn", user("Hello"), stream=True, stream_options=usage)
        assert "usage" not in told(server, request, fault="no_usage")[2]

    def test_what_is_remembered_of_a_request(self, server):
        told(server, content=GOOD, rate=1000)
        (seen,) = server.requests
        assert (seen.method, seen.path, seen.kind) == ("POST", "/v1/chat/completions", "turn")
        assert seen.headers["authorization"] == f"Bearer {KEY}"
        assert seen.body["messages"][1] == user("Hello")
        assert seen.arrived_at < seen.first_token_at < seen.first_reply_token_at < seen.ended_at
        assert not seen.gone

    def test_the_pace_is_kept(self, server):
        told(server, content="x" * 60, rate=100, latency=0.03, first_token=0.05)
        (seen,) = server.requests
        assert seen.first_token_at - seen.arrived_at >= 0.08
        assert 0.19 <= seen.ended_at - seen.first_token_at < 1

    def test_events_stamped_with_their_moment(self, server):
        moments = [event["x_sent_at"] for event in events(told(server, stamp=True)[2])[:-1]]
        assert moments == sorted(moments)

    @pytest.mark.parametrize(("fault", "whole"), [("cut", False), ("cut_clean", True)])
    def test_streams_that_end_too_soon(self, server, fault, whole):
        said = events(told(server, content=GOOD, fault=fault, after=4)[2])
        assert (said[-1] is not None) is whole
        assert "[DONE]" not in said
        assert server.requests[0].chunks_sent == 4

    def test_after_the_reply(self, server):
        text = told(server, content=GOOD, fault="cut_clean", after="reply")[2]
        assert content(text) == '{"reply": "Good. Who is in it?"'

    @pytest.mark.parametrize("reason", ["length", "content_filter"])
    def test_models_that_stop_for_a_reason(self, server, reason):
        said = events(told(server, content=GOOD, fault=reason, after=5)[2])
        assert said[-2]["choices"][0]["finish_reason"] == reason
        assert server.requests[0].chunks_sent == 5
        request = asked("turn", user("Hello"))
        choice = json.loads(told(server, request, content=GOOD, fault=reason)[2])["choices"][0]
        assert (choice["finish_reason"], choice["message"]["content"]) == (reason, GOOD[:9])

    def test_an_error_inside_the_stream(self, server, client):
        server.next(Scenario(content=GOOD, fault="error_event"))
        with pytest.raises(openai.APIError, match="had an error"):
            filled(client, "turn", user("Hello"))
        assert server.requests[0].chunks_sent == 3

    def test_words_beside_the_content(self, server):
        refused = told(server, fault="refusal")[2]
        assert content(refused) == ""
        assert "I'm sorry" in refused
        thought = told(server, content=GOOD, fault="reasoning")[2]
        assert content(thought) == GOOD
        assert thought.index("reasoning_content") < thought.index('"content":"{')

    def test_one_body_where_a_stream_was_asked_for(self, server):
        _, headers, text = told(server, content=GOOD, fault="nonstream")
        assert headers["Content-Type"] == "application/json"
        assert json.loads(text)["choices"][0]["message"]["content"] == GOOD


class TestLeaving:
    """The stand-in notices when a client has had enough."""

    def test_in_the_middle_of_a_stream(self, server):
        server.next(Scenario(fault="stall", after="reply", content=GOOD))
        connection, response = post(server, "/chat/completions", asked("turn", stream=True))
        with closing(connection), response:
            server.wait_for(lambda requests: requests[0].first_reply_token_at)
            assert response.readline().startswith(b"data: ")
            assert not server.requests[0].gone
        assert server.wait_for(lambda requests: requests[0].gone_at)
        assert server.requests[0].ended_at is None

    def test_out_of_an_endless_reply(self, server):
        server.next(Scenario(fault="slow_drip", every=0.001, content=GOOD))
        connection, response = post(server, "/chat/completions", asked("turn", stream=True))
        with closing(connection), response:
            assert server.wait_for(lambda requests: requests[0].chunks_sent > 20)
            for _ in range(20):
                line = response.readline()
            assert line.startswith(b"data: ") or line == b"\n"
        assert server.wait_for(lambda requests: requests[0].gone)

    @pytest.mark.parametrize("streams", [True, False])
    def test_after_waiting_for_the_first_word(self, server, streams):
        server.next(Scenario(fault="stall"))
        body = asked("turn", user("Hello"), stream=streams)
        connection, response = post(server, "/chat/completions", body)
        with closing(connection), response:
            assert response.status == 200
            connection.sock.settimeout(0.05)
            with pytest.raises(TimeoutError):
                response.read(1)
        assert server.wait_for(lambda requests: requests[0].gone)

    def test_after_waiting_for_any_answer(self, server):
        server.next(Scenario(fault="silent"))
        with pytest.raises(TimeoutError):
            post(server, "/chat/completions", asked("turn"), timeout=0.05)
        assert server.wait_for(lambda requests: requests[0].gone)
        assert server.requests[0].first_token_at is None

    def test_waiting_in_vain_for_something_to_happen(self, server):
        with pytest.raises(TimeoutError):
            server.wait_for(lambda requests: requests, seconds=0.01)


class TestErrors:
    @pytest.mark.parametrize(
        ("fault", "kind", "code"),
        [
            ("unauthorized", openai.AuthenticationError, "invalid_api_key"),
            ("forbidden", openai.PermissionDeniedError, "unsupported_country_region_territory"),
            ("unknown_model", openai.NotFoundError, "model_not_found"),
            ("rate_limit", openai.RateLimitError, "rate_limit_exceeded"),
            ("quota", openai.RateLimitError, "insufficient_quota"),
            ("refused", openai.BadRequestError, "content_policy_violation"),
            ("server_error", openai.InternalServerError, None),
            ("overloaded", openai.InternalServerError, "overloaded"),
            ("bad_gateway", openai.InternalServerError, None),
            ("reset", openai.APIConnectionError, None),
        ],
    )
    def test_as_the_sdk_knows_them(self, server, client, fault, kind, code):
        server.next(Scenario(fault=fault))
        with pytest.raises(kind) as raised:
            filled(client, "turn", user("Hello"))
        assert raised.value.code == code
        assert filled(client, "turn", user("Hello"))["reply"]

    def test_when_to_come_back(self, server):
        assert told(server, fault="rate_limit", retry_after=2)[1]["Retry-After"] == "2"
        assert told(server, fault="overloaded", retry_after=0.5)[1]["Retry-After"] == "0.5"
        assert told(server, fault="overloaded")[1]["Retry-After"] is None

    def test_an_error_of_ones_own(self, server):
        own = {"status": 418, "body": {"teapot": True}, "headers": {"X-Kettle": "on"}}
        status, headers, text = told(server, **own)
        assert (status, headers["X-Kettle"], json.loads(text)) == (418, "on", {"teapot": True})

    def test_an_error_that_repeats_the_key(self, server):
        status, _, text = told(server, fault="echo_key")
        assert status == 401
        assert KEY in text

    @pytest.mark.parametrize("fault", ["html", "bad_gateway"])
    def test_pages_from_what_stands_between(self, server, fault):
        status, headers, text = told(server, fault=fault)
        assert status == (200 if fault == "html" else 502)
        assert headers["Content-Type"].startswith("text/html")
        assert text.startswith("<!DOCTYPE html>")

    def test_bodies_that_are_no_answer(self, server):
        status, headers, text = told(server, fault="bad_json")
        assert (status, headers["Content-Type"]) == (200, "application/json")
        with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
            json.loads(text)
        assert "choices" not in json.loads(told(server, fault="no_choices")[2])

    def test_requests_in_a_form_not_supported(self, server):
        strict = {"name": "turn", "strict": True, "schema": SCHEMA}
        schema = asked("turn", response_format={"type": "json_schema", "json_schema": strict})
        plain = asked("turn", user("Hello"), response_format={"type": "json_object"})
        usage = asked("turn", user("Hello"), stream_options={"include_usage": True}, stream=True)
        tried = {
            fault: [told(server, body, fault=fault, content=GOOD)[0] for body in requests]
            for fault, requests in {
                "no_schema": [schema, plain, usage],
                "no_format": [schema, plain, usage],
                "no_stream_options": [schema, plain, usage],
            }.items()
        }
        assert tried == {
            "no_schema": [400, 200, 200],
            "no_format": [400, 400, 200],
            "no_stream_options": [200, 200, 400],
        }

    @pytest.mark.parametrize("flaw", [{"required": []}, {"additionalProperties": True}])
    def test_schemas_that_are_not_strict(self, server, flaw):
        inner = {**SCHEMA, "properties": {"reply": {"anyOf": [{**SCHEMA, **flaw}]}}}
        strict = {"name": "turn", "strict": True, "schema": inner}
        body = asked("turn", response_format={"type": "json_schema", "json_schema": strict})
        assert told(server, body)[0] == 400

    def test_addresses_and_scenarios_nobody_knows(self, server, client):
        with pytest.raises(openai.NotFoundError):
            client.embeddings.create(model="standin", input="x")
        with pytest.raises(openai.BadRequestError, match="no such fault"):
            client.chat.completions.create(model="standin?fault=plague", messages=[user("x")])
        with pytest.raises(ValueError, match="no such fault"):
            Scenario(fault="plague")

    def test_a_failure_of_the_stand_in_is_no_secret(self):
        with pytest.raises(ValueError, match="no JSON object"), upstream() as server:
            assert told(server, asked("outline", user("no task")))[0] == 500


class TestDamage:
    """What models make of the form."""

    @pytest.fixture
    def said(self, server):
        return lambda fault, good=GOOD: content(told(server, fault=fault, content=good)[2])

    def test_things_around_the_json(self, said):
        assert said("fences") == f"```json\n{GOOD}\n```"
        assert said("think").startswith("<think>")
        assert said("think").endswith(f"</think>\n\n{GOOD}")
        assert GOOD in said("prose")

    def test_nearly_json(self, said):
        with pytest.raises(ValueError, match="control character"):
            json.loads(said("raw_newlines"))
        assert json.loads(said("raw_newlines"), strict=False)["idea"] == json.loads(GOOD)["idea"]
        commas = said("trailing_commas")
        assert commas.endswith('"waived": ["mood",],}')
        assert said("trailing_commas", '{"a": [], "b": "]"}') == '{"a": [], "b": "]",}'
        half = said("half_object")
        assert GOOD.startswith(half)
        assert GOOD.index('"idea"') < len(half) < GOOD.index('"said"')

    def test_no_json(self, said):
        assert said("not_json") == "Good. Who is in it?"
        assert said("empty") == ""

    def test_other_words(self, said):
        answer = json.loads(said("enum_drift"))
        assert answer["said"][0]["element"] == "Theme"
        assert answer["waived"] == ["情绪"]
        assert answer["idea"]["duration_seconds"] == "3 minutes"
        assert json.loads(said("enum_drift", CANNED_TURN))["idea"]["duration_seconds"] == "180"

    def test_other_types(self, said):
        idea = json.loads(said("wrong_types"))["idea"]
        assert (idea["plot"], idea["characters"]) == ("Mia hears it\nShe flies", ["Mia"])
        sheet = {"name": "林夏", "motivations": ["回家", "求真"]}
        bond = {"relationships": [{"name": "小波", "text": "搭档"}]}
        cast = json.dumps({"characters": [{**sheet, **bond}]}, ensure_ascii=False)
        drawn = json.loads(said("wrong_types", cast))["characters"][0]
        assert drawn["motivations"] == "回家、求真"
        assert drawn["relationships"] == {"小波": "搭档"}

    def test_other_shapes(self, said):
        assert "idea" not in json.loads(said("wrong_shape"))
        assert json.loads(said("too_few"))["idea"] == json.loads(GOOD)["idea"]
        two = json.dumps({"characters": [{"name": "a"}, {"name": "b"}]})
        assert json.loads(said("too_few", two)) == {"characters": [{"name": "a"}]}

    def test_several_at_once(self, said):
        both = said("fences,enum_drift")
        assert json.loads(both.removeprefix("```json\n").removesuffix("\n```"))["waived"]


class TestPictures:
    @staticmethod
    def drawn(client, prompt="Mia, an astronaut", **options):
        return client.images.generate(model="standin", prompt=prompt, **options).data[0]

    def test_each_prompt_has_its_own(self, server, client):
        one, again, other = (self.drawn(client, p).b64_json for p in ("Mia", "Mia", "Bolt"))
        assert one == again != other
        with Image.open(io.BytesIO(base64.b64decode(one))) as picture:
            picture.load()
            assert picture.size == (64, 64)
        assert server.requests[0].kind == "image"
        assert server.requests[0].body["prompt"] == "Mia"

    def test_changes_of_a_picture(self, server, client):
        original = base64.b64decode(self.drawn(client).b64_json)
        changes = {
            client.images.edit(model="standin", image=("a.png", image), prompt="younger")
            .data[0]
            .b64_json
            for image in (original, original, original + b"\0")
        }
        assert len(changes) == 2
        seen = server.requests[1]
        assert (seen.kind, seen.fields["prompt"], seen.model) == ("edit", "younger", "standin")
        assert seen.files["image"] == original

    def test_links(self, server, client):
        server.default = Scenario(as_url=True)
        link = self.drawn(client).url
        assert link.startswith(server.base_url.removesuffix("/v1") + "/files/")
        assert _fetched(link)[:2] == (200, "image/png")
        assert _fetched(link)[2].startswith(b"\x89PNG")

    def test_no_pictures(self, server, client):
        server.next(Scenario(fault="not_an_image"), Scenario(fault="bad_b64"))
        assert base64.b64decode(self.drawn(client).b64_json).startswith(b"<!DOCTYPE")
        assert "!!!" in self.drawn(client).b64_json
        server.next(Scenario(fault="not_an_image", as_url=True), Scenario(fault="dead_link"))
        assert _fetched(self.drawn(client).url)[:2] == (200, "text/html; charset=utf-8")
        assert _fetched(self.drawn(client).url)[0] == 404

    def test_a_picture_without_end(self, server, client):
        server.next(Scenario(fault="huge"))
        link = self.drawn(client).url
        assert len(_fetched(link, most=500_000)[2]) == 500_000
        assert server.wait_for(lambda requests: requests[1].gone)

    def test_refusals(self, server, client):
        server.default = Scenario(fault="refused")
        with pytest.raises(openai.BadRequestError) as raised:
            self.drawn(client)
        assert raised.value.code == "moderation_blocked"
        server.default = Scenario(fault="no_edit")
        assert self.drawn(client).b64_json
        with pytest.raises(openai.NotFoundError):
            client.images.edit(model="standin", image=("a.png", b"x"), prompt="younger")

    def test_bodies_that_are_no_picture(self, server, client):
        server.next(Scenario(fault="no_choices"), Scenario(fault="cut"))
        assert client.images.generate(model="standin", prompt="Mia").data is None
        with pytest.raises(openai.APIConnectionError):
            self.drawn(client)


class TestScenarios:
    def test_a_model_s_name_may_choose(self, server, client):
        body = asked("turn", user("Hello"), stream=True)
        body["model"] = "standin?fault=length&after=2&stamp=1&content=0123456789"
        said = events(told(server, body)[2])
        assert {event["model"] for event in said[:-1]} == {"standin"}
        assert content(told(server, body)[2]) == "012345"
        assert said[0]["x_sent_at"] > 0
        assert server.requests[0].scenario.after == 2

    def test_queued_ones_come_before_the_default(self, server):
        server.default = Scenario(status=500)
        server.next(Scenario(status=501), Scenario(status=502))
        server.next(Scenario(status=503))
        assert [told(server)[0] for _ in range(5)] == [501, 502, 503, 500, 500]
        server.clear()
        assert server.requests == []
        assert server.default == Scenario()

    def test_those_for_one_kind_wait_for_it(self, server, client):
        server.next(Scenario(fault="server_error"), kind="image")
        assert filled(client, "turn", user("Hello"))["reply"]
        with pytest.raises(openai.InternalServerError):
            TestPictures.drawn(client)
        assert TestPictures.drawn(client).b64_json

    def test_the_list_of_models(self, server, client):
        assert [model.id for model in client.models.list()] == ["standin"]
        server.next(Scenario(fault="unauthorized"))
        with pytest.raises(openai.AuthenticationError):
            client.models.list()

    def test_one_connection_serves_many_requests(self, server):
        connection, response = post(server, "/chat/completions", asked("turn", user("Hello")))
        with closing(connection):
            first = response.read()
            connection.request("GET", "/v1/models")
            assert connection.getresponse().read()
            assert json.loads(first)["choices"]

    def test_every_fault_says_what_it_is(self):
        assert all(Scenario(fault=name).faults == {name} for name in FAULTS)


def test_a_process_of_its_own(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "tests.upstream", "--port", str(port), "--canned", "--stamp"]
    with running(command, port, tmp_path / "upstream.log") as process:
        address = f"http://127.0.0.1:{port}/v1"
        with openai.OpenAI(base_url=address, api_key=KEY, max_retries=0) as client:
            assert filled(client, "turn", user(CANNED_MESSAGE)) == json.loads(CANNED_TURN)
    assert process.returncode == 0


def _fetched(link, most=None):
    """The status, the type and the bytes behind a link."""
    address = urlsplit(link)
    with closing(http.client.HTTPConnection(address.netloc, timeout=5)) as connection:
        connection.request("GET", address.path)
        with connection.getresponse() as response:
            return response.status, response.headers["Content-Type"], response.read(most)
