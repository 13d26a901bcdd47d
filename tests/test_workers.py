"""How gunicorn's workers come and go under load: no turn is cut."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from src.spark import __version__

from .production import APPLICATION, PATIENCE, REPOSITORY, Person, production, until
from .servers import redis_server
from .upstream import Scenario, upstream

PEOPLE = 24


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with redis_server(tmp_path_factory.mktemp("redis")) as (url, _):
        yield url


@pytest.fixture
def model():
    with upstream(Scenario(echo=True)) as server:
        yield server


@pytest.fixture
def settings(redis_url, model):
    limits = {f"SPARK_LIMIT_{kind}": "none" for kind in ("READS", "WRITES", "SPENDING")}
    return {"REDIS_URL": redis_url, "OPENAI_BASE_URL": model.base_url, **limits}


def is_refused(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{pid}/stat") as stat:  # ended, and not yet asked about by its parent
        return stat.read().rpartition(")")[2].split()[0] == "Z"


def words_in(answer):
    """The reply in an answer, streamed or not."""
    text = answer.body.decode()
    if answer.headers["Content-Type"].startswith("text/event-stream"):
        text = text.partition("event: done\ndata: ")[2]
    return re.search('"response":"([^"]*)"', text)[1]


@pytest.mark.parametrize("kind", ["gthread", "gevent"])
def test_a_stop_lets_everybody_hear_their_answer_and_takes_nobody_new(
    tmp_path, settings, model, kind
):
    model.default = Scenario(echo=True, first_token=4)
    with production(tmp_path, {**settings, "SPARK_WORKER": kind}) as server:
        people = [Person(server.port) for _ in range(PEOPLE)]
        with ThreadPoolExecutor(PEOPLE) as pool:
            paths = ["send", "stream"] * (PEOPLE // 2)
            turns = [pool.submit(p.say, f"我是{n}", paths[n]) for n, p in enumerate(people)]
            until(lambda: len(model.requests) >= PEOPLE)
            os.kill(server.pid, signal.SIGTERM)
            until(lambda: is_refused(server.port), 10)
            assert not any(turn.done() for turn in turns)  # refused while they are still answered
            answers = [turn.result(PATIENCE) for turn in turns]
        assert [answer.status for answer in answers] == [200] * PEOPLE
        assert [words_in(answer) for answer in answers] == [f"我是{n}" for n in range(PEOPLE)]
        until(lambda: is_gone(server.pid))


def test_workers_make_room_for_fresh_ones_without_anybody_noticing(tmp_path, settings, model):
    model.default = Scenario(echo=True, first_token=0.05)
    with production(tmp_path, {**settings, "SPARK_MAX_REQUESTS": "25"}) as server:
        until(lambda: len(server.workers) == 2)
        before = set(server.workers)

        def talk(number):
            person = Person(server.port)
            said = [f"{number}-{turn}" for turn in range(6)]
            return [words_in(person.say(message)) for message in said] == said

        with ThreadPoolExecutor(PEOPLE) as pool:
            assert all(pool.map(talk, range(PEOPLE)))
        until(lambda: len(server.workers) == 2)
        assert before.isdisjoint(server.workers)


def test_a_killed_worker_takes_its_own_turns_with_it_and_no_message(tmp_path, settings, model):
    model.default = Scenario(echo=True, first_token=3)
    with production(tmp_path, settings) as server:
        people = [Person(server.port) for _ in range(8)]
        for person in people:
            person.ask("GET", "/api/session/info")
        with ThreadPoolExecutor(len(people)) as pool:
            turns = [pool.submit(person.say, f"我是{n}") for n, person in enumerate(people)]
            until(lambda: len(model.requests) >= len(people))
            killed = server.workers[0]
            os.kill(killed, signal.SIGKILL)
            cut = [n for n, turn in enumerate(turns) if turn.exception(PATIENCE)]
        model.default = Scenario(echo=True)
        until(lambda: len([w for w in server.workers if w != killed]) == 2)
        for number, person in enumerate(people):
            expected = f"我是{number}\n还在吗" if number in cut else "还在吗"
            assert words_in(person.say("还在吗")).replace("\\n", "\n") == expected


def test_a_reload_loads_all_of_the_code_that_is_there_by_then(tmp_path, settings):
    """Nothing that the master had loaded for its own settings is handed down to new workers."""
    place = tmp_path / "release"
    shutil.copytree(REPOSITORY / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "gunicorn.conf.py", place)
    with production(tmp_path, settings, release=place) as server:
        assert Person(server.port).ask("GET", "/api/health").json["version"] == __version__
        changed = place / "src" / "spark" / "__init__.py"
        changed.write_text(changed.read_text().replace(__version__, "9.9.9"))
        os.kill(server.pid, signal.SIGHUP)
        until(lambda: Person(server.port).ask("GET", "/api/health").json["version"] == "9.9.9")


def test_production_starts_with_every_setting_that_it_documents(tmp_path, settings):
    odd = {"SPARK_COOKIE_SAMESITE": "None", "SPARK_DEADLINE_SECONDS": "7.5"}
    with production(tmp_path, {**settings, **odd}) as server:
        answer = Person(server.port).ask("GET", "/api/session/info")
        assert "SameSite=None" in answer.headers["Set-Cookie"]


def test_a_setting_that_cannot_be_used_is_named_without_its_value(tmp_path):
    command = [sys.executable, "-m", "gunicorn", "--check-config", APPLICATION]
    env = {**os.environ, "REDIS_URL": "rediss//user:geheim-42@host", "SECRET_KEY": "x" * 40}
    told = subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert told.returncode != 0
    assert "REDIS_URL" in told.stderr
    assert "geheim-42" not in told.stderr + told.stdout
