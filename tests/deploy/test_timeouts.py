"""The times that several programs keep, held together: none cuts what another still waits for."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from src.spark.api.config import Config

from ..servers import REPOSITORY
from .context import compose

TOLD = """
import json, runpy
found = runpy.run_path("gunicorn.conf.py")
print(json.dumps({name: found[name] for name in ("graceful_timeout", "timeout", "keepalive")}))
"""
DEPLOY = REPOSITORY / "deploy"


@pytest.fixture(scope="module")
def gunicorn():
    """What gunicorn reads from its file, with every setting at its default."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY)}
    read = subprocess.run(
        [sys.executable, "-c", TOLD],
        cwd=REPOSITORY,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(read.stdout)


@pytest.fixture(scope="module")
def services():
    return compose({"SECRET_KEY": "x", "POSTGRES_PASSWORD": "x"})["services"]


def seconds(text):
    number, unit = re.fullmatch(r"(\d+)(s|m|min)?", text).groups()
    return int(number) * (60 if unit in ("m", "min") else 1)


def nginx(name, file="nginx.conf"):
    """A time of nginx's, wherever in the file it stands."""
    text = (DEPLOY / file).read_text(encoding="utf-8")
    return [seconds(said) for said in re.findall(rf"^\s*{name} (\w+);", text, re.MULTILINE)]


def unit(name):
    text = (DEPLOY / "spark.service").read_text(encoding="utf-8")
    (said,) = re.findall(rf"^{name}=(\w+)$", text, re.MULTILINE)
    return seconds(said)


DEADLINE = Config.model_fields["SPARK_DEADLINE_SECONDS"].default
LONGEST_TURN = 2 * DEADLINE
"""A turn may wait for the one before it in its conversation."""


def test_times_that_must_not_cut_each_other(gunicorn, services):
    graceful = gunicorn["graceful_timeout"]
    assert graceful > DEADLINE
    assert unit("TimeoutStopSec") > graceful
    assert seconds(services["api"]["stop_grace_period"]) > graceful
    # nginx goes with its open turns, and after the API's machines have given theirs up.
    assert seconds(services["nginx"]["stop_grace_period"]) > graceful
    ordinary, cast, intake = nginx("proxy_read_timeout")
    assert ordinary > LONGEST_TURN
    portraits = -(-20 // Config.model_fields["SPARK_IMAGES_AT_ONCE"].default)
    assert cast > (1 + portraits) * DEADLINE
    assert nginx("worker_shutdown_timeout") >= [cast]
    # A thousand projects with their pictures, a few a second on a slow disk.
    assert intake >= 600
    # nginx lets go of a kept connection before gunicorn closes it under a request.
    assert nginx("keepalive_timeout", "upstream.conf")[0] < gunicorn["keepalive"]
    # A machine that is switched off must not use up what passing on to the next may take.
    assert nginx("proxy_connect_timeout")[0] * 3 < nginx("proxy_next_upstream_timeout")[0]


def test_bodies_reach_the_api_that_refuses_them():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for setting, megabytes in zip(
        ("SPARK_MAX_BODY_BYTES", "SPARK_IMPORT_MAX_BYTES"),
        re.findall(r"client_max_body_size (\d+)m;", text),
        strict=True,
    ):
        largest = Config.model_fields[setting].default
        assert largest < int(megabytes) * 1024 * 1024 <= 4 * largest
