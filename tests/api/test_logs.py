"""What is in the log, and above all what is not."""

from __future__ import annotations

import copy
import json
import logging
import os
import re
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest

from src.spark.api.app import create_app
from src.spark.api.config import CONFIGS
from src.spark.api.logs import SharedRotatingFileHandler
from src.spark.context import begin
from src.spark.errors import UpstreamTimeout

from ..ports.processes import working_together
from ..samples import PROJECT_BODY
from ..servers import free_port, running

LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - (\S+) - ([A-Z]+) - \[(\S+)\] (.*)")
REQUEST = re.compile(r"([A-Z]+) (\S+) (\d{3}) \d+\.\d ms")


@pytest.fixture
def log(app, tmp_path):
    """What the log file says by now, after what the app said of itself and of its index."""
    app.extensions["spark"].project_store.damaged()  # asks the index, which is built for it
    path = tmp_path / "logs" / "spark.log"
    begun = len(path.read_text(encoding="utf-8"))
    return lambda: path.read_text(encoding="utf-8")[begun:]


def test_an_app_says_at_its_start_what_writes_and_draws(app, tmp_path):
    said = (tmp_path / "logs" / "spark.log").read_text(encoding="utf-8")
    assert [message for _, _, _, message in lines(said)] == [
        "writer: offline (offline)",
        "illustrator: offline (offline)",
    ]


def lines(text):
    """The lines of a log as (name, level, request id, message)."""
    matches = [LINE.fullmatch(line) for line in text.splitlines()]
    assert all(matches), text
    return [match.groups() for match in matches]


def requests(text):
    found = [REQUEST.fullmatch(said) for _, _, _, said in lines(text)]
    return [match.groups() for match in found if match]


# --- requests ---


def test_each_request_is_one_line_with_method_path_status_time_and_id(client, log, seed_idea):
    client.get("/api/health", headers={"X-Request-ID": "first"})
    answer = client.post("/api/chat/send", json={"message": "你好"})
    client.get("/api/projects/none")
    client.put("/api/health")
    assert requests(log()) == [
        ("GET", "/api/health", "200"),
        ("POST", "/api/chat/send", "200"),
        ("GET", "/api/projects/none", "404"),
        ("PUT", "/api/health", "405"),
    ]
    assert len(lines(log())) == 4
    assert [(level, request_id) for _, level, request_id, _ in lines(log())][:2] == [
        ("INFO", "first"),
        ("INFO", answer.headers["X-Request-ID"]),
    ]


def test_a_stream_is_one_line_too(client, log):
    with client.post("/api/chat/stream", json={"message": "你好"}) as response:
        assert not log()
        response.get_data()
    assert requests(log()) == [("POST", "/api/chat/stream", "200")]


def test_requests_at_once_keep_their_own_ids(app, log):
    def ask(number):
        client = app.test_client()
        for turn in range(5):
            client.get(
                f"/api/nothing/{number}-{turn}", headers={"X-Request-ID": f"{number}-{turn}"}
            )

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    said = [(request_id, said.split()[1]) for _, _, request_id, said in lines(log())]
    expected = [f"{number}-{turn}" for number in range(6) for turn in range(5)]
    assert sorted(said) == sorted((i, f"/api/nothing/{i}") for i in expected)


def test_the_log_holds_no_words_no_query_no_cookie_and_no_secret(app, client, log, project):
    client.set_cookie("tracker", "cookie-geheim")
    client.post("/api/chat/send", json={"message": "我的消息是机密XYZZY"})
    client.post("/api/chat/stream", json={"message": "我的消息是机密XYZZY"}).close()
    client.post("/api/chat/send", data='{"message": "机密XYZZY', content_type="application/json")
    client.post("/api/chat/send", json={"message": "机密XYZZY" * 1000})
    client.get("/api/projects/search?q=机密XYZZY&token=query-geheim")
    client.get("/api/projects?status=query-geheim")
    client.get("/api/health", headers={"Authorization": "Bearer header-geheim"})
    text = log()
    assert len(requests(text)) == 8
    for secret in (
        "机密",
        "XYZZY",
        "geheim",
        "我的科幻项目",
        app.config["SECRET_KEY"],
        "spark_session",
    ):
        assert secret not in text
    (session_cookie,) = (c for c in [client.get_cookie("spark_session")] if c)
    assert session_cookie.value not in text
    assert session_cookie.value.split(".")[0] not in text


@pytest.mark.parametrize(
    "forged", ["x\n2024-01-01 evil", "x\r\ny", "x y", "", "求", "x" * 129, "<b>"]
)
def test_a_forged_request_id_is_replaced(client, log, forged):
    wire = forged.encode().decode("latin-1")
    answer = client.get("/api/health", environ_overrides={"HTTP_X_REQUEST_ID": wire})
    request_id = answer.headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", request_id)
    assert [i for _, _, i, _ in lines(log())] == [request_id]


def test_an_honest_request_id_is_kept(client, log):
    request_id = "A-z_0.9:" * 16
    answer = client.get("/api/nothing", headers={"X-Request-ID": request_id})
    assert answer.headers["X-Request-ID"] == answer.json["request_id"] == request_id
    assert [i for _, _, i, _ in lines(log())] == [request_id]


@pytest.mark.parametrize("path", ["a%0ab", "a%0d%0a2024", "%1b%5b31m", "%e2%80%a8", "%00"])
def test_a_path_cannot_forge_a_line(client, log, path):
    client.get(f"/api/projects/{path}")
    assert len(lines(log())) == 1
    assert log().count("\n") == 1
    assert "\x1b" not in log()
    assert "\x00" not in log()


# --- failures ---


def test_a_bug_is_in_the_log_once_with_its_traceback_and_id(client, log, replaced, chat_that_fails):
    replaced(chat=chat_that_fails(ZeroDivisionError("a bug")))
    answer = client.post("/api/chat/send", json={"message": "机密XYZZY"})
    assert answer.status_code == 500
    text = log()
    assert text.count("Traceback") == text.count("ZeroDivisionError: a bug") == 1
    assert "services/chat.py" in text
    errors = [line for line in text.splitlines() if " - ERROR - " in line]
    assert len(errors) == 1
    assert f"[{answer.headers['X-Request-ID']}]" in errors[0]
    assert "XYZZY" not in text


def test_a_failure_cannot_forge_a_line_either(client, log, project, tmp_path):
    next(tmp_path.rglob("project.json")).write_bytes(b"damaged")
    client.get(f"/api/content/project/{project['project_id']}/character/x%0d2026 FORGED/image")
    assert "storage_unavailable" in log()
    assert "\r" not in log()


@pytest.mark.parametrize("path", ["/api/chat/send", "/api/chat/stream"])
def test_a_foreseen_failure_of_others_is_in_the_log_once(
    client, log, replaced, chat_that_fails, path
):
    replaced(chat=chat_that_fails(UpstreamTimeout()))
    client.post(path, json={"message": "机密XYZZY"}).get_data()
    text = log()
    assert text.count("Traceback") == 1
    assert len(re.findall(r" - ERROR - .*upstream_timeout", text)) == 1
    assert "XYZZY" not in text


def test_what_the_caller_did_wrong_is_no_failure_of_ours(client, log):
    client.post("/api/chat/send", json={})
    client.get("/api/nothing")
    assert {level for _, level, _, _ in lines(log())} == {"INFO"}


# --- as JSON ---


@pytest.fixture
def json_app(tmp_path):
    return create_app("testing", SPARK_DATA_DIR=tmp_path, LOG_FORMAT="json")


@pytest.fixture
def told(json_app, tmp_path):
    """What the log says by now, after what the app said of itself and of its index."""
    json_app.extensions["spark"].project_store.damaged()
    path = tmp_path / "logs" / "spark.log"
    begun = len(path.read_text(encoding="utf-8"))
    return lambda: [json.loads(line) for line in raw(path, begun).splitlines()]


def raw(path, begun=0):
    return path.read_text(encoding="utf-8")[begun:]


@pytest.fixture
def browser(json_app):
    return json_app.test_client()


def test_a_request_is_an_object_with_numbers(browser, told):
    browser.get("/api/projects?q=query-geheim", headers={"X-Request-ID": "first"})
    (line,) = told()
    moment = datetime.fromisoformat(line.pop("time"))
    assert moment.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
    assert 0 < line.pop("milliseconds") < 60_000
    assert re.fullmatch(r"GET /api/projects 200 \d+\.\d ms", line.pop("message"))
    assert line == {
        "level": "INFO",
        "logger": "spark.requests",
        "request_id": "first",
        "method": "GET",
        "path": "/api/projects",
        "status": 200,
    }


def test_outside_of_requests_a_line_is_of_none(json_app, tmp_path):
    begin("-")
    logging.getLogger("spark.app").info("writer: %s", "offline")
    line = json.loads(raw(tmp_path / "logs" / "spark.log").splitlines()[-1])
    assert line.keys() == {"time", "level", "logger", "message"}


def test_a_line_names_the_session_once_it_was_looked_into_and_never_the_cookie(browser, told):
    session_id = browser.get("/api/session/info").json["session_id"]
    browser.get("/api/projects")
    browser.get("/api/chat/history")
    browser.get("/api/health")
    assert [line.get("session") for line in told()] == [session_id, None, session_id, None]
    cookie = browser.get_cookie("spark_session").value
    assert cookie not in str(told())
    assert cookie.split(".")[0] not in str(told())


def test_a_line_names_the_project_of_its_address(browser, told):
    created = browser.post("/api/projects", json=copy.deepcopy(PROJECT_BODY)).json["project_id"]
    browser.get(f"/api/projects/{created}")
    browser.get("/api/projects")
    browser.get("/api/projects/机密%0a{}")
    assert [line.get("project") for line in told()] == [None, created, None, "机密\n{}"]


def test_a_stream_is_one_object_at_its_end(browser, told):
    with browser.post("/api/chat/stream", json={"message": "你好"}) as response:
        response.get_data()
    (line,) = told()
    assert (line["method"], line["path"], line["status"]) == ("POST", "/api/chat/stream", 200)
    assert line["session"]


def test_a_traceback_is_part_of_its_line(json_app, browser, told, chat_that_fails):
    json_app.config["PROPAGATE_EXCEPTIONS"] = False
    services = json_app.extensions["spark"]
    chat = chat_that_fails(ZeroDivisionError("a bug"))
    json_app.extensions["spark"] = replace(services, chat=chat)
    answer = browser.post("/api/chat/send", json={"message": "机密XYZZY"})
    failed, request = told()
    assert failed["level"] == "ERROR"
    assert failed["request_id"] == request["request_id"] == answer.headers["X-Request-ID"]
    assert failed["session"] == request["session"]
    assert failed["exception"].startswith("Traceback (most recent call last):\n")
    assert failed["exception"].endswith("ZeroDivisionError: a bug")
    assert request["status"] == 500
    assert "XYZZY" not in str(told())


@pytest.mark.parametrize(
    "said", ["a\nb", "a\x1b[31m", "\x7f\x9b", "\u2028\u2029", "x\u202ey", "\udcff"], ids=ascii
)
def test_nothing_that_is_said_can_end_a_line_or_command_a_terminal(json_app, told, tmp_path, said):
    record = logging.makeLogRecord({"name": "spark.app", "msg": said})
    for handler in logging.root.handlers:
        if getattr(handler, "of_spark", False):  # the test run's own could not tell of it
            handler.handle(record)
    assert [line["message"] for line in told()] == [said]
    last = raw(tmp_path / "logs" / "spark.log").splitlines()[-1]
    assert last.isprintable()


def test_chinese_stays_chinese(json_app, told, tmp_path):
    logging.getLogger("spark.app").warning("项目 %s", "星空")
    assert "项目 星空" in raw(tmp_path / "logs" / "spark.log")


def test_production_speaks_json_and_everything_else_text():
    shapes = {name: kind.model_fields["LOG_FORMAT"].default for name, kind in CONFIGS.items()}
    assert shapes == {"development": "text", "production": "json", "testing": "text"}


def test_gunicorns_lines_are_objects_too_each_once(tmp_path):
    port, log = free_port(), tmp_path / "gunicorn.log"
    (tmp_path / "conf.py").write_text('logger_class = "src.spark.api.server_log.ServerLog"\n')
    command = [sys.executable, "-m", "gunicorn", "-c", str(tmp_path / "conf.py"), "-k", "gthread"]
    command += ["--no-control-socket", "-b", f"127.0.0.1:{port}"]
    env = {**os.environ, "SPARK_DATA_DIR": str(tmp_path / "data"), "LOG_FORMAT": "json"}
    application = "src.spark.api.app:create_app('testing')"
    address = f"http://127.0.0.1:{port}/api/projects?token=query-geheim"
    with running([*command, application], port, log, env), urlopen(address, timeout=60) as got:
        assert got.status == 200
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    said = [line["message"] for line in lines if line["logger"] == "gunicorn.error"]
    for start in ("Starting gunicorn", "Booting worker", "Worker exiting", "Shutting down"):
        assert len([message for message in said if message.startswith(start)]) == 1
    assert len([line for line in lines if line.get("path") == "/api/projects"]) == 1
    assert "geheim" not in log.read_text(encoding="utf-8")


# --- where it goes ---


def test_without_a_file_the_log_is_on_the_console_alone(tmp_path, capsys):
    app = create_app("testing", SPARK_DATA_DIR=tmp_path, LOG_FILE="")
    app.test_client().get("/api/nothing")
    assert "GET /api/nothing 404" in capsys.readouterr().err
    assert not (tmp_path / "logs").exists()


def test_a_level_silences_what_is_below_it(tmp_path, capsys):
    app = create_app("testing", SPARK_DATA_DIR=tmp_path, LOG_LEVEL="WARNING")
    app.test_client().get("/api/nothing")
    assert capsys.readouterr().err == ""
    assert (tmp_path / "logs" / "spark.log").read_text() == ""


def test_a_second_app_of_one_process_writes_no_line_twice(tmp_path, capsys):
    for place in ("one", "two"):
        app = create_app("testing", SPARK_DATA_DIR=tmp_path / place)
    app.test_client().get("/api/nothing")
    assert capsys.readouterr().err.count("/api/nothing") == 1
    assert (tmp_path / "two" / "logs" / "spark.log").read_text().count("/api/nothing") == 1


def write_lines(number, path, count):
    handler = SharedRotatingFileHandler(Path(path), "a", 2000, 1000, encoding="utf-8")
    for line in range(count):
        said = f"{number}-{line}-" + "长" * (line % 30)
        handler.handle(logging.LogRecord("x", logging.INFO, "", 0, said, None, None))
    handler.close()


def test_processes_that_rotate_one_file_lose_no_line(tmp_path):
    with working_together() as in_processes:
        in_processes(write_lines, str(tmp_path / "spark.log"), 150)
    files = list(tmp_path.glob("spark.log*"))
    logs = [f for f in files if not f.name.endswith(".lock")]
    said = [line for f in logs for line in f.read_text(encoding="utf-8").splitlines()]
    expected = [f"{n}-{line}-" + "长" * (line % 30) for n in range(3) for line in range(150)]
    assert sorted(said) == sorted(expected)
    assert len(logs) > 1
