"""The Dockerfile: what it copies is there, and is all that the API needs to serve."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ..servers import REPOSITORY, free_port, redis_server, running
from .context import build, command, copied, instructions, is_sent


def test_the_linter_finds_nothing():
    linter = Path(sys.executable).with_name("hadolint")
    found = subprocess.run(
        [linter, REPOSITORY / "Dockerfile"], capture_output=True, text=True, timeout=60
    )
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")


def test_what_it_copies_is_there_and_is_sent_to_the_builder():
    for source, _ in copied():
        files = [path.relative_to(REPOSITORY) for path in REPOSITORY.glob(source)]
        assert files, source
        sent = [path for path in files if is_sent(str(path))]
        assert sent, source


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".git/config",
        "data/secret_key",
        "tests/servers.py",
        "deploy/spark.env",
        "requirements_dev.txt",
        "src/.env.pyc",
        "src/spark/__pycache__/models.cpython-311.pyc",
        "notes.txt",
    ],
)
def test_nothing_private_or_needless_is_sent(path):
    assert not is_sent(path)


@pytest.mark.parametrize("path", ["run_api.py", "src/spark/api/app.py", "requirements_api.txt"])
def test_what_serves_is_sent(path):
    assert is_sent(path)


def test_it_runs_for_a_fixed_user_without_rights():
    users = [rest for instruction, rest in instructions() if instruction == "USER"]
    assert users == ["10001:10001"]


@pytest.fixture
def image(tmp_path):
    """A folder that holds what the image's does, where nothing may be written."""
    folder = tmp_path / "app"
    build(folder)
    return folder


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_what_is_in_the_image_serves_says_how_it_is_and_ends_when_told(image, tmp_path):
    port, before = free_port(), files(image)
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "SECRET_KEY": "a-secret-of-this-test-alone",
        "SPARK_DATA_DIR": str(tmp_path / "data"),
        "LOG_FILE": "",
        "PORT": str(port),
    }
    serve = [sys.executable, *command("CMD")[1:]]
    assert serve[-2:] == ["--host", "0.0.0.0"]
    serve[-1] = "127.0.0.1"
    ask = [sys.executable, *command("HEALTHCHECK")[1:]]
    inside = ["env", "--chdir", str(image)]
    with (
        redis_server(tmp_path) as (url, _),
        running([*inside, *serve], port, tmp_path / "log", {**env, "REDIS_URL": url}) as api,
    ):
        # Docker, too, asks again before it believes that something is wrong.
        assert any(subprocess.run(ask, env=env, timeout=60).returncode == 0 for _ in range(10))
        api.send_signal(signal.SIGTERM)
        assert api.wait(140) == 0
    asked = subprocess.run(ask, env=env, capture_output=True, timeout=60)
    assert asked.returncode == 1
    assert files(image) == before
