"""Two machines, one Redis, one PostgreSQL, and the project's nginx in front of them, all real."""

from __future__ import annotations

import http.client
import json
import threading

import pytest

from .cluster import cluster
from .production import PATIENCE, Person, until
from .samples import INTERVIEWS
from .upstream import Scenario, upstream


@pytest.fixture(scope="module")
def model():
    with upstream(Scenario(echo=True)) as server:
        yield server


@pytest.fixture(scope="module")
def machines(tmp_path_factory, model):
    settings = {"OPENAI_BASE_URL": model.base_url, "SPARK_WRITER": "openai"}
    with cluster(tmp_path_factory.mktemp("cluster"), settings) as running:
        yield running


@pytest.fixture(autouse=True)
def whole(machines, model):
    """Every test begins, and ends, with everything running."""
    model.default = Scenario(echo=True)
    yield
    model.default = Scenario(echo=True)
    for number, port in enumerate(machines.ports):
        if f"machine-{number}" not in machines._running:
            machines.start_machine(number)
        until(lambda port=port: Person(port).ask("GET", "/api/health").status == 200)


def reply_to(answer):
    assert answer.status == 200, answer.body
    return answer.json["response"]


def test_a_conversation_goes_on_wherever_its_messages_arrive(machines):
    person = Person(0)
    said = [f"第{n}句" for n in range(6)]
    for number, message in enumerate(said):
        person.port = machines.ports[number % 2]
        assert reply_to(person.say(message)) == message
    for person.port in (*machines.ports, machines.port):
        assert person.history() == [(message, message) for message in said]


def test_many_messages_to_both_machines_at_once_are_answered_one_after_the_other(machines, model):
    model.default = Scenario(echo=True, first_token=0.1)
    person = Person(machines.port)
    person.ask("GET", "/api/session/info")
    answers = {}

    def say(number):
        speaker = Person(machines.ports[number % 2])
        speaker.cookie = person.cookie
        answers[number] = reply_to(speaker.say(f"同时{number}"))

    threads = [threading.Thread(target=say, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert answers == {number: f"同时{number}" for number in range(10)}
    assert sorted(person.history()) == sorted((f"同时{n}", f"同时{n}") for n in range(10))


def test_a_conversation_goes_on_when_its_machine_is_killed_in_the_middle_of_an_answer(
    machines, model
):
    person = Person(machines.port)
    assert reply_to(person.say("开头")) == "开头"
    model.clear()
    model.default = Scenario(echo=True, first_token=2)
    failed = []

    def say():
        speaker = Person(machines.ports[0])
        speaker.cookie = person.cookie
        try:
            failed.append(speaker.say("中间").status)
        except (OSError, http.client.HTTPException):
            failed.append("cut")

    talking = threading.Thread(target=say)
    talking.start()
    until(lambda: model.requests)
    machines.kill("machine-0")
    talking.join(PATIENCE)
    assert failed == ["cut"]
    model.default = Scenario(echo=True)
    # What was said is kept, and nginx knows only one machine that is there.
    assert reply_to(person.say("后来")) == "中间\n后来"
    assert person.history() == [("开头", "开头"), ("中间\n后来", "中间\n后来")]


def test_while_a_machine_is_away_nobody_notices(machines):
    machines.kill("machine-1")
    for number in range(12):
        person = Person(machines.port)
        assert reply_to(person.say(f"在{number}")) == f"在{number}"


def test_a_stream_arrives_word_by_word_through_nginx(machines, model):
    model.default = Scenario(echo=True, rate=15, chunk_chars=6)
    connection = http.client.HTTPConnection("127.0.0.1", machines.port, timeout=PATIENCE)
    body = json.dumps({"message": "一二三四五六七八九十" * 4})
    connection.request("POST", "/api/chat/stream", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    assert response.status == 200
    while not response.readline().startswith(b"event: delta"):
        pass
    assert model.requests[-1].ended_at is None  # words are here while the model still speaks
    assert b"event: done" in response.read()
    connection.close()


def test_a_project_made_on_one_machine_is_there_on_the_other_with_its_pictures(machines, model):
    model.default = Scenario()
    person = Person(machines.port)
    for message in INTERVIEWS["zh"]:
        assert person.say(message).status == 200
    idea = person.ask("POST", "/api/content/structure").json
    told = person.ask("POST", "/api/content/story/generate", {"user_idea": idea["user_idea"]}).json
    cast = person.ask(
        "POST", "/api/content/characters/generate", {"user_idea": idea["user_idea"]}
    ).json
    person.port = machines.ports[0]
    made = person.ask("POST", "/api/projects", {**idea["data"], **told["data"], **cast["data"]})
    assert made.status == 201
    project = made.json["project"]
    assert [m["content"] for m in project["conversation"]][::2] == INTERVIEWS["zh"]
    other = Person(machines.ports[1])
    assert other.ask("GET", f"/api/projects/{project['project_id']}").json["project"] == project
    found = other.ask("GET", "/api/projects?per_page=100").json["projects"]
    assert project["project_id"] in [entry["project_id"] for entry in found]
    for profile in project["character_profiles"]:
        picture = other.ask("GET", profile["image_url"])
        assert picture.status == 200
        assert picture.body.startswith(b"\x89PNG")


def test_what_was_answered_under_a_key_is_answered_again_by_the_other_machine(machines):
    person = Person(machines.ports[0])
    person.ask("GET", "/api/session/info")
    key = {"Idempotency-Key": "once-only"}
    first = person.say("只说一次", headers=key)
    person.port = machines.ports[1]
    again = person.say("只说一次", headers=key)
    assert again.body == first.body
    assert again.headers["Idempotent-Replayed"] == "true"
    assert person.history() == [("只说一次", "只说一次")]


@pytest.mark.parametrize("part", ["redis", "postgres"])
def test_what_all_share_may_die_and_come_back(machines, part):
    person = Person(machines.port)
    assert reply_to(person.say("之前")) == "之前"
    machines.kill(part)
    expected = {"sessions", "conversations"} if part == "redis" else {"store"}

    def says_so():
        health = Person(machines.ports[0]).ask("GET", "/api/health")
        components = health.json["components"].items()
        down = {name for name, state in components if state == "degraded"}
        return health.status == 503 and down >= expected

    until(says_so, 5)
    needing = person.say("x") if part == "redis" else person.ask("GET", "/api/projects")
    assert needing.status == 503
    assert needing.headers["Retry-After"]
    getattr(machines, f"start_{part}")()
    until(lambda: Person(machines.ports[0]).ask("GET", "/api/health").status == 200, 15)
    until(lambda: Person(machines.ports[1]).ask("GET", "/api/health").status == 200, 15)
    answers = []

    def is_answered():  # by each worker, within a moment of its own
        answers.append(person.say("之后"))
        return answers[-1].status == 200

    until(is_answered, 15)
    assert reply_to(answers[-1]) in ("之后", "x\n之后")
    assert person.history()[0] == ("之前", "之前")
