"""Requests per second of `/api/health` beside a bare Flask app on the same gunicorn command.

    python -m benchmarks.health [--seconds 5] [--rounds 5]

Both serve bodies of the same length; the rounds alternate, so that a drifting machine harms
neither. The servers' processor time per request is printed beside the rate: it holds on a machine
that is busy with other things, too. Needs `wrk` and the development requirements (a Redis for the
sessions comes with them).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response

from benchmarks.processor import cpu_seconds
from tests.servers import free_port, redis_server, running

SPARK = "src.spark.api.app:create_app('production')"
BARE = "benchmarks.health:create_bare_app()"


def create_bare_app() -> Flask:
    """The least a Flask app can do: the same bytes as `/api/health`."""
    app = Flask(__name__)
    body = os.environ.get("BARE_BODY", "{}")

    @app.get("/api/health")
    def health() -> Response:
        return Response(body, mimetype="application/json")

    return app


def main() -> None:
    """Print each round's figures and the median of their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("this benchmark needs wrk (Debian: apt-get install wrk)")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        redis_url, _ = stack.enter_context(redis_server(folder))
        env = {
            **os.environ,
            "SECRET_KEY": "the-secret-of-this-benchmark",
            "REDIS_URL": redis_url,
            "SPARK_DATA_DIR": str(folder / "data"),
        }
        spark = _serve(stack, SPARK, folder / "spark.log", env)
        with urllib.request.urlopen(spark.url) as answer:
            env["BARE_BODY"] = answer.read().decode()
        bare = _serve(stack, BARE, folder / "bare.log", env)
        for served in (spark, bare):
            _measure(served, arguments.seconds)  # word lists are loaded beside the first requests
        rates, costs = [], []
        for turn in range(arguments.rounds):
            ours, theirs = (_measure(served, arguments.seconds) for served in (spark, bare))
            rates.append(ours.rate / theirs.rate)
            costs.append(theirs.cpu / ours.cpu)
            print(f"round {turn + 1}: spark {ours}   bare flask {theirs}   ratio {rates[-1]:.2f}")
        print(f"median ratio of requests per second {statistics.median(rates):.2f} (aim 0.80)")
        print(f"median ratio of processor time      {statistics.median(costs):.2f}")


class Served(NamedTuple):
    """A server under load: its address and its parent process."""

    url: str
    pid: int


class Load(NamedTuple):
    """What one round showed: requests per second, and microseconds of processor time for each."""

    rate: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.rate:6.0f}/s {self.cpu:5.0f} µs"


def _serve(stack: ExitStack, application: str, log: Path, env: dict[str, str]) -> Served:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", "4", "-b", f"127.0.0.1:{port}", application]
    process = stack.enter_context(running(command, port, log, env))
    return Served(f"http://127.0.0.1:{port}/api/health", process.pid)


def _measure(served: Served, seconds: int) -> Load:
    before = cpu_seconds(served.pid)
    out = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", served.url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate = re.search(r"Requests/sec:\s*([\d.]+)", out)
    count = re.search(r"(\d+) requests in", out)
    if "Non-2xx" in out or not rate or not count:
        raise RuntimeError(out)
    spent = cpu_seconds(served.pid) - before
    return Load(float(rate[1]), spent / int(count[1]) * 1e6)


if __name__ == "__main__":
    main()
