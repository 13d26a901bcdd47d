"""Requests per second of `/api/health` beside a bare Flask app on the same gunicorn command.

    python -m benchmarks.health [--seconds 5] [--rounds 5]

Both serve bodies of the same length; the rounds alternate, so that a drifting machine harms
neither. Needs `wrk` and the development requirements (a Redis for the sessions comes with them).
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

from flask import Flask, Response

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
        with urllib.request.urlopen(spark) as answer:
            env["BARE_BODY"] = answer.read().decode()
        bare = _serve(stack, BARE, folder / "bare.log", env)
        for url in (spark, bare):
            _rate(url, arguments.seconds)  # word lists are loaded beside the first requests
        ratios = []
        for turn in range(arguments.rounds):
            ours, theirs = (_rate(url, arguments.seconds) for url in (spark, bare))
            ratios.append(ours / theirs)
            print(
                f"round {turn + 1}: spark {ours:6.0f}/s   bare flask {theirs:6.0f}/s"
                f"   ratio {ours / theirs:.2f}"
            )
        print(f"median ratio {statistics.median(ratios):.2f} (aim 0.80)")


def _serve(stack: ExitStack, application: str, log: Path, env: dict[str, str]) -> str:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-w", "4", "-b", f"127.0.0.1:{port}", application]
    stack.enter_context(running(command, port, log, env))
    return f"http://127.0.0.1:{port}/api/health"


def _rate(url: str, seconds: int) -> float:
    out = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", url], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in out:
        raise RuntimeError(out)
    found = re.search(r"Requests/sec:\s*([\d.]+)", out)
    if not found:
        raise RuntimeError(out)
    return float(found[1])


if __name__ == "__main__":
    main()
