"""What is counted: in one process, and exactly over gunicorn's workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from src.spark import __version__
from src.spark.api.app import create_app
from src.spark.api.health import HealthCheck
from src.spark.errors import IndexBuilding, StorageUnavailable, UpstreamTimeout

from ..servers import free_port, running

REPOSITORY = Path(__file__).parents[2]


class Scrape:
    """What one scrape told."""

    def __init__(self, text):
        self.text = text
        families = text_string_to_metric_families(text)
        self.samples = [sample for family in families for sample in family.samples]

    def value(self, name, **labels):
        """The sum over the series that have these labels; `None` where there is none."""
        found = [
            sample.value
            for sample in self.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        return sum(found) if found else None

    def requests(self, **labels):
        return self.value("spark_http_requests_total", **labels)


@pytest.fixture
def scrape(client):
    return lambda: Scrape(client.get("/metrics").text)


# --- requests ---


def test_a_request_is_counted_by_method_route_and_status(client, scrape, project):
    client.get(f"/api/projects/{project['project_id']}")
    client.get("/api/projects/none")
    told = scrape()
    route = "/api/projects/{project_id}"
    assert told.requests(method="GET", route=route, status="200") == 1
    assert told.requests(method="GET", route=route, status="404") == 1
    assert told.value("spark_http_request_seconds_count", method="GET", route=route) == 2
    assert told.value("spark_http_request_seconds_sum", route=route) > 0
    assert project["project_id"] not in told.text


def test_the_version_below_which_a_route_is_served_makes_no_difference(client, scrape):
    client.get("/api/projects")
    client.get("/api/v1/projects")
    assert scrape().requests(route="/api/projects", status="200") == 2
    assert "/api/v1" not in scrape().text


@pytest.mark.parametrize("path", ["/api/nothing", "/", "/api/projects/x/y/z", "/%00"])
def test_what_is_nowhere_is_one_route(client, scrape, path):
    client.get(path)
    assert scrape().requests() == scrape().requests(method="GET", route="none", status="404") == 1


def test_methods_that_somebody_made_up_are_one(client, scrape):
    for name in ("FROB", "GRAULT", "X" * 40):
        client.open("/api/projects", method=name)
    assert scrape().requests(method="other", status="405") == scrape().requests() == 3


def test_a_scrape_is_neither_counted_nor_logged(client, scrape, tmp_path):
    assert scrape().requests() is None
    assert scrape().requests() is None
    assert scrape().value("spark_http_in_flight") == 0
    assert "/metrics" not in (tmp_path / "logs" / "spark.log").read_text(encoding="utf-8")


def test_it_is_the_text_that_prometheus_reads(client):
    answer = client.get("/metrics", headers={"Accept": "application/openmetrics-text"})
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "_created" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_it_is_no_part_of_the_api(client):
    assert "/metrics" not in client.get("/api/openapi.json").json["paths"]
    assert client.get("/api/metrics").status_code == client.post("/metrics").status_code - 1 == 404


def test_a_stream_is_open_and_in_flight_until_its_end(client, scrape):
    route = "/api/chat/stream"
    response = client.post(route, json={"message": "你好"})
    told = scrape()
    assert told.value("spark_http_open_streams") == told.value("spark_http_in_flight") == 1
    assert told.requests(route=route) is None
    response.get_data()
    response.close()
    told = scrape()
    assert told.value("spark_http_open_streams") == told.value("spark_http_in_flight") == 0
    assert told.requests(method="POST", route=route, status="200") == 1


def test_a_stream_that_is_left_is_counted_once(client, scrape):
    client.post("/api/chat/stream", json={"message": "你好"}).close()
    told = scrape()
    assert told.value("spark_http_open_streams") == told.value("spark_http_in_flight") == 0
    assert told.requests() == 1


def test_pictures_and_the_pages_scripts_are_no_streams(client, scrape):
    with client.get("/api/docs/assets/css/swagger-ui.css") as response:
        assert response.is_streamed
    assert scrape().requests(route="/api/docs/assets/{filename}", status="200") == 1
    assert scrape().value("spark_http_in_flight") == 0


def test_a_request_without_a_body_in_its_answer_ends_too(client, scrape, project):
    client.head("/api/projects")
    address = f"/api/projects/{project['project_id']}"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert scrape().requests(method="HEAD", status="200") == 1
    assert scrape().requests(status="304") == 1
    assert scrape().value("spark_http_in_flight") == 0


def test_a_bug_is_one_request_that_failed(client, scrape, replaced, chat_that_fails):
    replaced(chat=chat_that_fails(ZeroDivisionError("a bug")))
    assert client.post("/api/chat/send", json={"message": "x"}).status_code == 500
    assert scrape().requests() == scrape().requests(status="500") == 1


def test_a_bug_that_is_let_through_is_one_too(app, client, scrape, replaced, chat_that_fails):
    replaced(chat=chat_that_fails(ZeroDivisionError("a bug")))
    app.config["PROPAGATE_EXCEPTIONS"] = True
    with pytest.raises(ZeroDivisionError):
        client.post("/api/chat/send", json={"message": "x"})
    assert scrape().requests() == scrape().requests(status="500") == 1
    assert scrape().value("spark_http_in_flight") == 0


def test_a_session_that_cannot_be_kept_fails_its_request_once(app, client, scrape, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(*_):
        raise StorageUnavailable()

    with monkeypatch.context() as patch:
        patch.setattr(type(app.session_interface), "save_session", fail)
        assert client.get("/api/session/info").status_code == 503
    assert scrape().requests() == scrape().requests(status="503") == 1


def test_an_app_counts_its_own_requests_alone(app, client, tmp_path):
    other = create_app("testing", SPARK_DATA_DIR=tmp_path / "other", LOG_FILE="").test_client()
    client.get("/api/projects")
    assert Scrape(other.get("/metrics").text).requests() is None
    assert Scrape(client.get("/metrics").text).requests() == 1


# --- what is looked up ---


def test_projects_are_told_by_status(client, scrape, project):
    told = scrape()
    assert told.value("spark_projects", status="approved") == 1
    assert told.value("spark_projects", status="archived") == 0
    client.delete(f"/api/projects/{project['project_id']}")
    assert scrape().value("spark_projects") == 0


def test_the_version_and_the_disk_are_told(scrape):
    assert scrape().value("spark_build_info", version=__version__) == 1
    told = scrape()
    assert 0 < told.value("spark_disk_free_bytes") < told.value("spark_disk_size_bytes")


def test_a_component_that_is_away_is_down_and_the_scrape_goes_on(app, scrape):
    def away():
        raise StorageUnavailable()

    def slow():
        raise UpstreamTimeout()

    checks = {"store": lambda: None, "sessions": away, "text_model": slow}
    app.extensions["spark_health"] = HealthCheck(checks, lambda: [])
    told = scrape()
    assert told.value("spark_component_up", component="store") == 1
    assert told.value("spark_component_up", component="sessions") == 0
    assert told.value("spark_component_up", component="text_model") == 0


@pytest.mark.parametrize("failure", [StorageUnavailable(), IndexBuilding(percent=40)])
def test_projects_that_cannot_be_counted_are_left_out(app, scrape, project, monkeypatch, failure):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr(app.extensions["spark"].project_store, "browse", fail)
    assert scrape().value("spark_projects") is None
    assert scrape().requests() == 1


def test_without_redis_a_scrape_says_so(tmp_path):
    app = create_app(
        "production",
        SECRET_KEY="a-secret-of-this-test-alone",
        REDIS_URL=f"redis://127.0.0.1:{free_port()}",
        SPARK_DATA_DIR=tmp_path,
        LOG_FILE="",
    )
    answer = app.test_client().get("/metrics")
    assert answer.status_code == 200
    assert Scrape(answer.text).value("spark_component_up", component="sessions") == 0
    assert Scrape(answer.text).value("spark_projects", status="approved") == 0


# --- over workers ---


class Workers:
    """A real gunicorn with three workers, and the folder they count in."""

    def __init__(self, folder, port, process):
        self.metrics, self.port, self.process = folder / "metrics", port, process
        self.asked = 0

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.read().decode()

    def ask(self, count):
        """So many requests, eight at a time, each by whichever worker takes it."""
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: self.get("/api/projects"), range(count)))
        self.asked += count

    def scrape(self):
        return Scrape(self.get("/metrics"))

    def counted(self):
        told = self.scrape()
        route = "/api/projects"
        assert told.requests(route=route) == told.value(
            "spark_http_request_seconds_count", route=route
        )
        return told.requests(route=route)

    def pids(self):
        """The processes that live: a gauge of a dead one is gone."""
        return {int(file.stem.split("_")[2]) for file in self.metrics.glob("gauge_livesum_*.db")}

    def who_counted(self):
        return {int(file.stem.split("_")[1]) for file in self.metrics.glob("counter_*.db")}


def eventually(check, seconds=60):
    patience = threading.Event()
    for _ in range(seconds * 10):
        if check():
            return
        patience.wait(0.1)
    raise AssertionError("it did not come to be")


def starting(folder, port, count):
    """Start gunicorn with the project's configuration."""
    env = {
        **os.environ,
        "SPARK_DATA_DIR": str(folder / "data"),
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",  # nobody waits for word lists here
    }
    command = [sys.executable, "-m", "gunicorn", "-w", str(count)]
    command += ["-b", f"127.0.0.1:{port}", "src.spark.api.app:create_app('testing')"]
    return running(command, port, folder / "gunicorn.log", env)


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    """Three workers, each of which has counted something."""
    folder, port = tmp_path_factory.mktemp("workers"), free_port()
    with starting(folder, port, 3) as process:
        made = Workers(folder, port, process)
        eventually(lambda: len(made.pids()) == 3)
        while len(made.who_counted()) < 3 and made.asked < 2000:
            made.ask(20)
        assert len(made.who_counted()) == 3
        yield made


def test_three_workers_count_together_and_none_is_forgotten_when_it_goes(workers):
    assert workers.counted() == workers.asked
    assert workers.scrape().value("spark_projects") == 0
    assert workers.scrape().value("spark_build_info") == 1
    for first in sorted(workers.pids())[:2]:
        before = workers.pids()
        os.kill(first, signal.SIGKILL)
        eventually(lambda gone=first: gone not in workers.who_counted())
        assert workers.counted() == workers.asked
        eventually(lambda then=before: len(workers.pids() - then) == 1)
        workers.ask(30)
        assert workers.counted() == workers.asked


def test_a_reload_keeps_what_was_counted_and_no_file_of_those_that_went(workers):
    before = workers.pids()
    os.kill(workers.process.pid, signal.SIGHUP)
    eventually(lambda: len(workers.pids()) == 3 and not workers.pids() & before)
    eventually(lambda: not workers.who_counted() & before)
    workers.ask(20)
    assert workers.counted() == workers.asked


def test_a_request_dies_with_its_worker_and_is_in_flight_no_longer(workers):
    head = "POST /api/chat/send HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", workers.port), 10) as half:
        half.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        eventually(lambda: workers.scrape().value("spark_http_in_flight") == 1)
        before = workers.pids()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        eventually(lambda: len(workers.pids() - before) == 3 and not workers.pids() & before)
    assert workers.scrape().value("spark_http_in_flight") == 0
    assert workers.counted() == workers.asked


def test_a_new_start_counts_from_nothing(tmp_path):
    port = free_port()
    for _ in range(2):
        with starting(tmp_path, port, 1) as process:
            workers = Workers(tmp_path, port, process)
            assert workers.counted() is None
            workers.ask(3)
            assert workers.counted() == 3


# --- the folder ---

PREPARE = """
import os, sys
from pathlib import Path
from src.spark.api import metrics
metrics._MEMORY = Path(sys.argv[1])
metrics.prepare_folder()
made = os.environ["PROMETHEUS_MULTIPROC_DIR"]
metrics.prepare_folder()
assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == made
print(made, flush=True)
if os.fork() == 0:
    sys.exit()
os.wait()
print(len(os.listdir(sys.argv[1])), flush=True)
input()
"""


def prepared(place, **env):
    command = [sys.executable, "-c", PREPARE, str(place)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=REPOSITORY, env={**os.environ, **env}, **pipes)


def test_the_folder_goes_with_its_master_and_not_with_a_worker(tmp_path):
    with prepared(tmp_path) as master:
        folder = Path(master.stdout.readline().strip())
        assert folder.parent == tmp_path
        assert folder.stat().st_mode & 0o077 == 0
        assert master.stdout.readline().strip() == "1"
        master.communicate("\n", timeout=30)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_master_that_was_killed_goes_with_the_next_and_one_in_use_stays(tmp_path):
    with prepared(tmp_path) as killed, prepared(tmp_path) as other:
        left = Path(killed.stdout.readline().strip())
        used = Path(other.stdout.readline().strip())
        other.stdout.readline()
        killed.kill()
        killed.wait(30)
        assert left.exists()
        for folder in (left, used):  # a young one may not have got to being held
            os.utime(folder, (1, 1))
        with prepared(tmp_path) as following:
            assert following.stdout.readline()
            assert not left.exists()
            assert used.exists()
            following.communicate("\n", timeout=30)
        other.communicate("\n", timeout=30)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("takes_over", "kept"), [({}, False), ({"GUNICORN_PID": "1"}, True)])
def test_an_operators_folder_is_emptied_unless_another_master_counts_there(
    tmp_path, takes_over, kept
):
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "counter_1.db").write_bytes(b"")
    (folder / "note.txt").write_text("theirs")
    with prepared(tmp_path, PROMETHEUS_MULTIPROC_DIR=str(folder), **takes_over) as master:
        assert master.stdout.readline().strip() == str(folder)
        assert (folder / "counter_1.db").exists() is kept
        master.communicate("\n", timeout=30)
    assert (folder / "note.txt").exists()
