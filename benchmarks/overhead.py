"""Requests per second beside a bare Flask app that returns the same bytes, under the same gunicorn.

    python -m benchmarks.overhead [--seconds 5] [--rounds 5]

Asked for are `/api/health`, one project and a page of the list, of the production app with Redis.
The rounds alternate, so that a drifting machine harms neither. The servers' processor time per
request is printed beside the rate: it holds on a machine that is busy with other things, too.
Needs `wrk` and the development requirements (a Redis comes with them).
"""

from __future__ import annotations

import argparse
import json
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
from tests.samples import PROJECT_BODY
from tests.servers import free_port, redis_server, running

SPARK = "src.spark.api.app:create_app('production')"
BARE = "benchmarks.overhead:create_bare_app()"
AIMS = {"health": 0.7, "project": 0.6, "list": 0.5}
WORKERS = 2
PROJECTS = 50
MANY = "100000000/minute"


def create_bare_app() -> Flask:
    """The least a Flask app can do: the same bytes at the same addresses."""
    app = Flask(__name__)
    bodies = json.loads(Path(os.environ["BARE_BODIES"]).read_text())

    @app.get("/<path:path>")
    def body(path: str) -> Response:
        return Response(bodies[f"/{path}"], mimetype="application/json")

    return app


def main() -> None:
    """Print each round's figures and the medians of their ratios."""
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
            "BARE_BODIES": str(folder / "bodies.json"),
            **{f"SPARK_LIMIT_{kind}": MANY for kind in ("READS", "WRITES", "SPENDING")},
        }
        spark = _serve(stack, SPARK, folder / "spark.log", env)
        paths = _stock(spark)
        bodies = {path.partition("?")[0]: _get(spark, path) for path in paths.values()}
        (folder / "bodies.json").write_text(json.dumps(bodies))
        bare = _serve(stack, BARE, folder / "bare.log", env)
        for name, path in paths.items():
            _compare(name, path, spark, bare, arguments.seconds, arguments.rounds)


def _compare(name: str, path: str, spark: Served, bare: Served, seconds: int, rounds: int) -> None:
    for served in (spark, bare):
        _measure(served, path, 2)
    rates, costs = [], []
    for turn in range(rounds):
        ours, theirs = (_measure(served, path, seconds) for served in (spark, bare))
        rates.append(ours.rate / theirs.rate)
        costs.append(theirs.cpu / ours.cpu)
        print(f"{name} {turn + 1}: spark {ours}   bare flask {theirs}   ratio {rates[-1]:.2f}")
    print(
        f"{name}: median ratio of requests per second {statistics.median(rates):.2f} "
        f"(aim {AIMS[name]}), of processor time {statistics.median(costs):.2f}\n",
        flush=True,
    )


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


def _stock(spark: Served) -> dict[str, str]:
    """Fill the store; the addresses to ask for."""
    body = json.dumps(PROJECT_BODY).encode()
    headers = {"Content-Type": "application/json"}
    for _ in range(PROJECTS):
        asked = urllib.request.Request(f"{spark.url}/api/projects", body, headers)
        with urllib.request.urlopen(asked) as answer:
            place = answer.headers["Location"]
    return {"health": "/api/health", "project": place, "list": "/api/projects?page=1"}


def _get(served: Served, path: str) -> str:
    with urllib.request.urlopen(served.url + path) as answer:
        return str(answer.read().decode())


def _serve(stack: ExitStack, application: str, log: Path, env: dict[str, str]) -> Served:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}"]
    process = stack.enter_context(running([*command, application], port, log, env))
    return Served(f"http://127.0.0.1:{port}", process.pid)


def _measure(served: Served, path: str, seconds: int) -> Load:
    before = cpu_seconds(served.pid)
    out = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", served.url + path],
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
