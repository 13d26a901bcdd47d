"""What is sent again under its `Idempotency-Key` is answered again, and not carried out again."""

from __future__ import annotations

import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import EnvironBuilder

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.receipts import SqliteReceipts
from src.spark.api.app import create_app
from src.spark.errors import StorageFull, UpstreamBusy
from src.spark.models import Delta, StoryOutline
from src.spark.services.chat import ChatService
from src.spark.services.content import ContentService

from ..fakes import FakeIllustrator, FakeWriter
from ..samples import OUTLINE, PROJECT_BODY, SEED_IDEA, a_turn

PATIENCE = 20
KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"
COOKIE = "spark_session"
OTHER_BODY = {**PROJECT_BODY, "project_name": "另一个项目"}
STORY, STORY_BODY = "/api/content/story/generate", {"user_idea": SEED_IDEA}
SEND, STREAM = "/api/chat/send", "/api/chat/stream"
HELLO = {"message": "我想制作一个科幻视频"}
SAID = {"messages": [{"role": "user", "content": HELLO["message"]}]}
WITHOUT_KEYS = {
    f"/api{version}{path}"
    for version in ("", "/v1")
    for path in ("/content/validate", "/projects/import")
}


class Gate:
    """Lets somebody wait inside until they are let go on."""

    def __init__(self):
        self.reached, self.opened = threading.Event(), threading.Event()

    def wait(self):
        self.reached.set()
        assert self.opened.wait(PATIENCE)


class SlowWriter(FakeWriter):
    """A writer that waits at a gate: before an outline, and between words and turn."""

    def __init__(self, *answers):
        super().__init__(*answers)
        self.gate = Gate()

    def outline(self, *arguments, **settings):
        self.gate.wait()
        return super().outline(*arguments, **settings)

    def converse(self, *arguments, **settings):
        for part in super().converse(*arguments, **settings):
            if not isinstance(part, Delta):
                self.gate.wait()
            yield part


class LeftWriter(FakeWriter):
    """A writer that does something when its caller leaves."""

    def __init__(self, answer, leaving):
        super().__init__(answer)
        self.leaving = leaving

    def converse(self, *arguments, **settings):
        try:
            yield from super().converse(*arguments, **settings)
        except GeneratorExit:
            self.leaving()
            raise


class WatchedReceipts(SqliteReceipts):
    """Receipts that tell how often somebody came for a key."""

    def __init__(self, folder):
        super().__init__(folder, patience=PATIENCE)
        self.comers = threading.Semaphore(0)

    def hold(self, key):
        self.comers.release()
        return super().hold(key)


class FullReceipts(SqliteReceipts):
    """Receipts for which there is no room."""

    def keep(self, key, request, receipt):
        raise StorageFull()


@pytest.fixture
def stranger(app):
    """Somebody who never shows a cookie."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def acquainted(app):
    """A call that gives somebody whose session has begun."""

    def meet():
        client = app.test_client()
        assert client.get("/api/session/info").status_code == 200
        return client

    return meet


@pytest.fixture
def talk(tmp_path, replaced):
    """Put a writer into the conversations of the app."""

    def put(writer, **services):
        conversations = SqliteConversationStore(tmp_path / "talk")
        replaced(chat=ChatService(writer, conversations), **services)

    return put


@pytest.fixture
def tell(tmp_path, replaced):
    """Put a writer into the stories of the app."""

    def put(writer, **services):
        conversations = SqliteConversationStore(tmp_path / "tell")
        media = FileMediaStore(tmp_path / "tell")
        content = ContentService(writer, FakeIllustrator(), conversations, media, 1)
        replaced(content=content, **services)

    return put


@pytest.fixture
def clock(monkeypatch):
    """Move the clock on, by hours."""
    real, ahead = time.time, [0.0]
    monkeypatch.setattr(time, "time", lambda: real() + ahead[0])

    def move(hours):
        ahead[0] += hours * 3600

    return move


def post(client, path="/api/projects", body=PROJECT_BODY, key=KEY, **headers):
    response = begin(client, path, body, key, **headers)
    response.get_data()
    return response


def begin(client, path, body, key=KEY, **headers):
    """The response as it comes: a stream is not read yet."""
    return client.post(path, json=body, headers={"Idempotency-Key": key, **headers})


def create(client, **request):
    response = post(client, **request)
    assert response.status_code == 201, response.text
    return response


def is_replayed(response):
    return response.headers.get("Idempotent-Replayed") == "true"


def assert_answered_again(again, first):
    """`again` is the first answer, and `first` was none but itself."""
    assert not is_replayed(first)
    assert is_replayed(again)
    assert (again.status_code, again.data) == (first.status_code, first.data)
    for header in ("Content-Type", "Location", "ETag"):
        assert again.headers.get(header) == first.headers.get(header)


def assert_reused(response):
    assert (response.status_code, response.json["error"]) == (422, "idempotency_key_reused")


def count_of_projects(client):
    return client.get("/api/projects").json["pagination"]["total"]


# --- once ---


def test_a_project_that_is_created_twice_is_one(client):
    first, again = create(client), create(client)
    assert first.headers["Location"]
    assert first.headers["ETag"] == '"1"'
    assert_answered_again(again, first)
    assert count_of_projects(client) == 1


def test_without_a_key_everything_is_carried_out_and_nothing_remembered(client, tmp_path):
    for _ in range(2):
        response = client.post("/api/projects", json=PROJECT_BODY)
        assert response.status_code == 201
        assert not is_replayed(response)
    assert count_of_projects(client) == 2
    assert not [path for path in tmp_path.rglob("*") if "receipt" in path.name]


def test_another_key_is_another_project(client):
    assert create(client).json["project_id"] != create(client, key="b").json["project_id"]
    assert count_of_projects(client) == 2


def test_a_story_is_paid_for_once(client, tell):
    writer = FakeWriter(StoryOutline.model_validate(OUTLINE))
    tell(writer)
    first, again = (post(client, STORY, STORY_BODY) for _ in range(2))
    assert first.json["story_outline"]["title"] == OUTLINE["title"]
    assert_answered_again(again, first)
    assert len(writer.calls) == 1


def test_a_message_is_said_once(client):
    first, again = post(client, SEND, HELLO), post(client, SEND, HELLO)
    assert first.json["status"] == "engaged"
    assert_answered_again(again, first)
    assert len(client.get("/api/chat/history").json["history"]) == 2


def test_a_late_repetition_of_a_reset_forgets_nothing_said_since(client):
    first = post(client, "/api/chat/reset", None)
    client.post(SEND, json=HELLO)
    assert_answered_again(post(client, "/api/chat/reset", None), first)
    assert len(client.get("/api/chat/history").json["history"]) == 2


def test_the_first_answer_is_given_again_though_the_project_changed_since(client):
    first = create(client)
    address = first.headers["Location"]
    assert client.patch(address, json={"project_name": "新名"}).status_code == 200
    assert_answered_again(create(client), first)
    assert client.delete(address).status_code == 200
    assert_answered_again(create(client), first)
    assert client.get(address).status_code == 404


def test_the_id_and_the_reader_of_a_repetition_are_its_own(client):
    first = create(client, Origin="https://a.example")
    again = create(client, Origin="https://b.example", **{"X-Request-ID": "again"})
    assert_answered_again(again, first)
    assert again.headers["X-Request-ID"] == "again"
    assert first.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert again.headers["Access-Control-Allow-Origin"] == "https://b.example"


def test_below_the_version_the_same_holds(client):
    first = create(client, path="/api/v1/projects")
    assert first.json.keys() == {"status", "data", "timestamp"}
    assert_answered_again(create(client, path="/api/v1/projects"), first)
    assert count_of_projects(client) == 1


def test_after_a_day_a_key_is_a_new_one(client, clock):
    first = create(client)
    clock(23.9)
    assert_answered_again(create(client), first)
    clock(0.2)
    assert not is_replayed(create(client, body=OTHER_BODY))
    assert count_of_projects(client) == 2


def test_what_neither_creates_nor_spends_takes_no_key(client):
    address = create(client).headers["Location"]
    for key in (KEY, "not a key"):
        for _ in range(2):
            assert client.get(address, headers={"Idempotency-Key": key}).status_code == 200
            edited = client.patch(address, json={}, headers={"Idempotency-Key": key})
            checked = post(client, "/api/content/validate", STORY_BODY, key)
            assert (edited.status_code, checked.status_code) == (200, 200)
            assert not is_replayed(edited)
            assert not is_replayed(checked)


def test_an_address_that_is_none_stays_none(client):
    assert post(client, "/api/nothing").status_code == 404
    assert post(client, "/api/health").status_code == 405


# --- another request ---


def test_another_body_is_refused_in_both_languages(client):
    first = create(client)
    refused = post(client, body=OTHER_BODY)
    assert_reused(refused)
    assert "请为新的请求使用新的键" in refused.json["message"]
    english = post(client, body=OTHER_BODY, **{"Accept-Language": "en"})
    assert_reused(english)
    assert "Use a new key" in english.json["message"]
    assert_answered_again(create(client), first)
    assert count_of_projects(client) == 1


@pytest.mark.parametrize("path", ["/api/v1/projects", "/api/projects?a=1", "/api/projects/batch"])
def test_another_address_is_refused(client, path):
    create(client)
    assert_reused(post(client, path))
    assert count_of_projects(client) == 1


def test_a_body_that_only_looks_the_same_is_another(client):
    create(client)
    spaced = json.dumps(PROJECT_BODY, indent=1)
    headers = {"Idempotency-Key": KEY, "Content-Type": "application/json"}
    assert_reused(client.post("/api/projects", data=spaced, headers=headers))


# --- what failed ---


def test_a_refused_body_may_be_mended_under_the_same_key(client):
    refused = post(client, body={**PROJECT_BODY, "user_idea": None})
    assert (refused.status_code, refused.json["error"]) == (400, "validation_error")
    first = create(client)
    assert_answered_again(create(client), first)


def test_what_failed_is_tried_again(client, tell):
    writer = FakeWriter(UpstreamBusy(), ValueError("a bug"), StoryOutline.model_validate(OUTLINE))
    tell(writer)
    answers = [post(client, STORY, STORY_BODY) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [503, 500, 200, 200]
    assert_answered_again(answers[3], answers[2])
    assert len(writer.calls) == 3


def test_a_refusal_that_no_one_raised_is_no_answer_either(app, client):
    answers = [("busy", 503), ("moved", 302, {"Location": "/"}), ("done", 202)]
    app.post("/api/odd")(lambda: answers.pop(0))
    told = [post(client, "/api/odd") for _ in range(4)]
    assert [answer.status_code for answer in told] == [503, 302, 202, 202]
    assert_answered_again(told[3], told[2])


def test_a_body_that_is_none_is_refused_as_ever(client):
    headers = {"Idempotency-Key": KEY, "Content-Type": "application/json"}
    response = client.post("/api/projects", data=b"{", headers=headers)
    assert (response.status_code, response.json["error"]) == (400, "invalid_json")
    create(client)


# --- the key ---


@pytest.mark.parametrize(
    "key", ["", " ", "a b", "a\tb", "键".encode().decode("latin-1"), "x" * 256]
)
def test_a_malformed_key_is_named_in_both_languages(client, key):
    response = post(client, key=key)
    assert (response.status_code, response.json["error"]) == (400, "validation_error")
    (problem,) = response.json["details"]
    assert problem["field"] == "Idempotency-Key"
    assert "必须" in problem["message"]
    english = post(client, key=key, **{"Accept-Language": "en"})
    assert english.json["details"][0]["message"] == "Must be 1–255 visible ASCII characters."
    assert count_of_projects(client) == 0


@pytest.mark.parametrize("key", ["!", "~", '"quoted"', "../../x", "x" * 255])
def test_a_key_may_be_any_visible_ascii(client, key):
    first = create(client, key=key)
    assert_answered_again(create(client, key=key), first)
    assert count_of_projects(client) == 1


def test_every_post_takes_the_header_but_those_that_do_nothing(app, client):
    posts = {rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    heeding = set()
    for rule in posts:
        response = post(client, re.sub(r"<[^>]+>", "1", rule), None, key="not a key")
        fields = [problem["field"] for problem in response.json.get("details", ())]
        if fields == ["Idempotency-Key"]:
            heeding.add(rule)
    assert heeding == posts - WITHOUT_KEYS
    assert len(heeding) >= 26


# --- whose key ---


def test_two_peoples_keys_do_not_meet(client, acquainted):
    one, two = acquainted(), acquainted()
    own, others = create(one), create(two)
    assert own.json["project_id"] != others.json["project_id"]
    assert_answered_again(create(one), own)
    assert_answered_again(create(two), others)
    assert_reused(post(one, body=OTHER_BODY))
    assert not is_replayed(create(acquainted(), body=OTHER_BODY))


def test_a_repetition_is_known_with_the_new_cookie_and_without(client, stranger):
    first = create(client)
    assert first.headers["Set-Cookie"]
    for caller in (client, stranger):
        again = create(caller)
        assert_answered_again(again, first)
        assert "Set-Cookie" not in again.headers
        assert_reused(post(caller, body=OTHER_BODY))
    assert count_of_projects(client) == 1


def test_what_begins_no_session_begins_none_under_a_key(client, stranger):
    address = create(client, key="a").headers["Location"]
    client.delete(address)
    first = post(stranger, f"{address}/restore", None)
    assert first.status_code == 200, first.text
    assert_answered_again(post(stranger, f"{address}/restore", None), first)
    assert "Set-Cookie" not in first.headers
    assert "Set-Cookie" not in post(stranger, SEND, {"message": ""}, key="b").headers
    assert "Set-Cookie" not in post(stranger, SEND, HELLO, key="not a key").headers


def test_a_forged_cookie_reaches_nobodys_answers(app, acquainted):
    victim = acquainted()
    own = create(victim)
    value = victim.get_cookie(COOKIE).value
    forger = app.test_client()
    forger.set_cookie(COOKIE, value[:-3] + "xyz")
    assert create(forger).json["project_id"] != own.json["project_id"]


@pytest.mark.parametrize(
    ("path", "body"),
    [(SEND, HELLO), (STREAM, HELLO), ("/api/content/structure", SAID), ("/api/chat/reset", None)],
)
@pytest.mark.parametrize("version", ["/api/", "/api/v1/"])
def test_nobody_gets_anothers_conversation(app, stranger, path, body, version):
    path = path.replace("/api/", version)
    one, two = app.test_client(), app.test_client()
    first, others = post(one, path, body), post(two, path, body)
    assert first.status_code == others.status_code == 200
    assert not is_replayed(others)
    assert not is_replayed(post(stranger, path, body))
    assert one.get_cookie(COOKIE).value != two.get_cookie(COOKIE).value
    assert_answered_again(post(one, path, body), first)
    assert_answered_again(post(two, path, body), others)


# --- while the first is running ---


def test_a_repetition_waits_for_the_first_answer(app, tell, tmp_path):
    writer = SlowWriter(StoryOutline.model_validate(OUTLINE))
    receipts = WatchedReceipts(tmp_path)
    tell(writer, receipts=receipts)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(post, app.test_client(), STORY, STORY_BODY)
        assert writer.gate.reached.wait(PATIENCE)
        again = pool.submit(post, app.test_client(), STORY, STORY_BODY)
        assert all(receipts.comers.acquire(timeout=PATIENCE) for _ in range(2))
        writer.gate.opened.set()
    assert first.result().status_code == 200
    assert_answered_again(again.result(), first.result())
    assert len(writer.calls) == 1


def test_where_the_first_fails_the_repetition_is_carried_out(app, tell, tmp_path):
    writer = SlowWriter(UpstreamBusy(), StoryOutline.model_validate(OUTLINE))
    receipts = WatchedReceipts(tmp_path)
    tell(writer, receipts=receipts)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(post, app.test_client(), STORY, STORY_BODY)
        assert writer.gate.reached.wait(PATIENCE)
        again = pool.submit(post, app.test_client(), STORY, STORY_BODY)
        assert all(receipts.comers.acquire(timeout=PATIENCE) for _ in range(2))
        writer.gate.opened.set()
    assert (first.result().status_code, again.result().status_code) == (503, 200)
    assert not is_replayed(again.result())
    assert len(writer.calls) == 2


def test_of_many_at_once_one_is_carried_out(app, stranger):
    with ThreadPoolExecutor(8) as pool:
        clients = [app.test_client() for _ in range(8)]
        answers = list(pool.map(create, clients))
    assert sum(map(is_replayed, answers)) == 7
    assert len({answer.data for answer in answers}) == 1
    assert count_of_projects(stranger) == 1


def test_a_first_that_takes_too_long_is_said_to_be_running(app, tell, tmp_path):
    writer = SlowWriter(StoryOutline.model_validate(OUTLINE))
    tell(writer, receipts=SqliteReceipts(tmp_path, patience=0.05))
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(post, app.test_client(), STORY, STORY_BODY)
        assert writer.gate.reached.wait(PATIENCE)
        early = post(app.test_client(), STORY, STORY_BODY)
        writer.gate.opened.set()
    assert (early.status_code, early.json["error"]) == (409, "conflict")
    assert "仍在处理中" in early.json["message"]
    assert early.headers["Retry-After"] == "1"
    assert_answered_again(post(app.test_client(), STORY, STORY_BODY), first.result())


@pytest.mark.parametrize(("deadline", "patience"), [(1, 120), (60, 120), (600, 660)])
def test_a_repetition_waits_for_as_long_as_the_work_may_take(
    tmp_path, monkeypatch, deadline, patience
):
    waits = []
    monkeypatch.setattr(
        "src.spark.bootstrap.talk.SqliteReceipts",
        lambda folder, patience: waits.append(patience),
    )
    create_app("testing", SPARK_DATA_DIR=tmp_path, SPARK_DEADLINE_SECONDS=deadline)
    assert waits == [patience]


# --- a stream ---


def spoken(*words, reply="好的"):
    return [*(Delta(text=word) for word in words), a_turn(reply)]


def test_a_stream_is_given_again_byte_for_byte(client, talk):
    writer = FakeWriter(spoken("好", "", "的"))
    talk(writer)
    first, again = post(client, STREAM, HELLO), post(client, STREAM, HELLO)
    assert first.mimetype == "text/event-stream"
    assert first.data.count(b"event: delta") == 2
    assert b"event: done" in first.data
    assert_answered_again(again, first)
    assert len(writer.calls) == 1
    assert len(client.get("/api/chat/history").json["history"]) == 2


def test_a_stream_that_ends_in_an_error_is_tried_again(client, talk):
    writer = FakeWriter([Delta(text="好"), UpstreamBusy()], spoken("好"))
    talk(writer)
    failed, second, third = (post(client, STREAM, HELLO) for _ in range(3))
    assert b"event: error" in failed.data
    assert b"event: done" in second.data
    assert_answered_again(third, second)
    assert len(writer.calls) == 2


@pytest.mark.parametrize("begun", ["before", "with the stream"])
def test_a_stream_goes_out_as_it_comes_and_holds_its_key_to_the_end(app, talk, tmp_path, begun):
    writer = SlowWriter(spoken("好"))
    talk(writer, receipts=SqliteReceipts(tmp_path, patience=0.05))
    client = app.test_client()
    if begun == "before":
        client.get("/api/session/info")
    first = begin(client, STREAM, HELLO)
    chunks = first.iter_encoded()
    assert next(chunks).startswith(b"event: delta")
    assert not writer.gate.reached.is_set()
    early = post(client, STREAM, HELLO)
    assert (early.status_code, early.json["error"]) == (409, "conflict")
    writer.gate.opened.set()
    rest = b"".join(chunks)
    assert rest.startswith(b"event: done")
    first.close()
    again = post(client, STREAM, HELLO)
    assert is_replayed(again)
    assert again.data.endswith(rest)
    assert len(writer.calls) == 1


def test_who_leaves_a_stream_keeps_nothing_and_frees_the_key(client, talk, tmp_path):
    writer = FakeWriter(spoken("好", "的"), spoken("好"))
    talk(writer, receipts=SqliteReceipts(tmp_path, patience=0.05))
    left = begin(client, STREAM, HELLO)
    assert next(left.iter_encoded()).startswith(b"event: delta")
    left.close()
    second = post(client, STREAM, HELLO)
    assert b"event: done" in second.data
    assert_answered_again(post(client, STREAM, HELLO), second)
    assert len(client.get("/api/chat/history").json["history"]) == 2


def test_who_leaves_before_the_first_word_frees_the_key(app, acquainted, talk, tmp_path):
    talk(FakeWriter(spoken("好")), receipts=SqliteReceipts(tmp_path, patience=0.05))
    client = acquainted()
    cookie = f"{COOKIE}={client.get_cookie(COOKIE).value}"
    headers = {"Idempotency-Key": KEY, "Cookie": cookie}
    environ = EnvironBuilder(STREAM, method="POST", json=HELLO, headers=headers).get_environ()
    left = app.wsgi_app(environ, lambda status, headers: None)
    left.close()
    answer = post(client, STREAM, HELLO)
    assert b"event: done" in answer.data
    assert not is_replayed(answer)


def test_the_key_of_who_leaves_is_not_free_before_the_work_has_stopped(acquainted, talk, tmp_path):
    client, told = acquainted(), []
    writer = LeftWriter(spoken("好"), lambda: told.append(post(client, STREAM, HELLO)))
    talk(writer, receipts=SqliteReceipts(tmp_path, patience=0.05))
    left = begin(client, STREAM, HELLO)
    assert next(left.iter_encoded()).startswith(b"event: delta")
    left.close()
    (early,) = told
    assert (early.status_code, early.json["error"]) == (409, "conflict")
    assert "Idempotency-Key" in early.json["message"]


def test_a_connection_that_breaks_at_the_last_word_does_not_say_the_message_twice(client, talk):
    """The message is answered and kept by then: only the news of it is lost."""
    writer = FakeWriter(spoken("好"))
    talk(writer)
    broken = begin(client, STREAM, HELLO)
    chunks = broken.iter_encoded()
    heard = [next(chunks), next(chunks)]
    assert heard[1].startswith(b"event: done")
    broken.close()
    again = post(client, STREAM, HELLO)
    assert is_replayed(again)
    assert again.data == b"".join(heard)
    assert len(client.get("/api/chat/history").json["history"]) == 2


# --- where receipts cannot be kept ---


@pytest.mark.parametrize(("path", "body"), [("/api/projects", PROJECT_BODY), (STREAM, HELLO)])
def test_what_is_done_is_answered_though_it_cannot_be_remembered(
    client, replaced, tmp_path, caplog, path, body
):
    replaced(receipts=FullReceipts(tmp_path))
    for _ in range(2):
        answer = post(client, path, body)
        assert answer.status_code in {200, 201}
        assert answer.data
        assert not is_replayed(answer)
    warnings = [record for record in caplog.records if record.name == "spark.idempotency"]
    assert [record.levelname for record in warnings] == ["WARNING"] * 2


def test_where_nobody_can_tell_what_was_done_nothing_is_done(client, replaced, tmp_path):
    (tmp_path / "file").write_text("in the way")
    replaced(receipts=SqliteReceipts(tmp_path / "file"))
    refused = post(client)
    assert (refused.status_code, refused.json["error"]) == (503, "storage_unavailable")
    assert count_of_projects(client) == 0
    assert client.post("/api/projects", json=PROJECT_BODY).status_code == 201


# --- what is told of it ---


def test_the_document_names_the_header_and_what_becomes_of_it(client):
    paths = client.get("/api/openapi.json").json["paths"]
    heeding = {}
    for path, operations in paths.items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", ()):
                if parameter["name"] == "Idempotency-Key":
                    heeding[method, path] = parameter, operation["responses"]
    posts = {("post", path) for path, operations in paths.items() if "post" in operations}
    assert heeding.keys() == posts - {("post", path) for path in WITHOUT_KEYS}
    for parameter, responses in heeding.values():
        assert (parameter["in"], parameter["required"]) == ("header", False)
        assert re.fullmatch(parameter["schema"]["pattern"], KEY)
        assert {"400", "409", "422", "503", "507"} <= responses.keys()
        assert responses["422"]["content"]["application/json"]["schema"]["$ref"]


def test_pages_may_send_the_header_and_read_whether_it_was_known(client):
    asked = {
        "Origin": "https://a.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, idempotency-key",
    }
    preflight = client.options("/api/projects", headers=asked)
    assert "idempotency-key" in preflight.headers["Access-Control-Allow-Headers"].lower()
    response = create(client, Origin="https://a.example")
    exposed = response.headers["Access-Control-Expose-Headers"]
    assert "Idempotent-Replayed" in exposed.split(", ")
