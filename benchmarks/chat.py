"""A turn of the chat beside the SDK called directly, against the same stand-in for a model.

    python -m benchmarks.chat [--seconds 10] [--clients 1 50 200]

The stand-in answers in a second: silence first, then the words at 40 tokens a second. The API is
one gunicorn worker with the project's own configuration. The clients begin one after the other
within the length of an answer, so that they do not come in waves, and what is counted begins when
all of them talk. Printed for each number of clients: the median and the 99th percentile of a whole
turn, the milliseconds the median lies above the answer's own length, the turns per second as a
share of the ideal (clients divided by the answer's length), and the processor time of a turn. Last,
how long after the model's first word of the reply, and after its last, a streaming client has it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import orjson

from benchmarks.clients import MESSAGE, RAMP, Load, Server, ask_for_turn, load
from tests.servers import free_port, running
from tests.upstream import Scenario, upstream

RATE, FIRST_TOKEN = 40.0, 0.25
TURN = (
    '{"reply": "很棒的想法！那么，故事里都有谁？可以说名字，也可以说身份。", '
    '"idea": {"genre": "科幻"}, "said": [], "waived": []}'
)
APPLICATION = "src.spark.api.app:create_app('development')"
AIMS = {1: "added p50 ≤ 15 ms", 50: "share ≥ 0.90", 200: "share ≥ 0.75"}


def _row(load: Load, clients: int, label: str, ideal: float) -> str:
    """The run as one line of the table."""
    share = load.rate / (clients / ideal)
    return (
        f"{clients:7d}  {label:8}  {len(load.turns):6d}  {load.median * 1000:7.0f}  "
        f"{load.p99 * 1000:7.0f}  {(load.median - ideal) * 1000:+8.1f}  {share:5.2f}  "
        f"{load.cpu_ms:6.2f}"
    )


def main() -> None:
    """Print the table, and the delay of the words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 50, 200])
    parser.add_argument("--direct", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.direct:
        _print_direct(arguments.direct, arguments.clients[0], arguments.seconds)
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        model = stack.enter_context(_model(folder))
        ideal = _length(model)
        print(f"one answer of the model: {ideal * 1000:.0f} ms\n")
        print("clients  called     turns   p50 ms   p99 ms  added ms  share  CPU ms")
        worker = stack.enter_context(_api(folder, model))
        asyncio.run(load(worker, 2, 2, "send"))  # the SDK and the word lists are loaded
        for clients in arguments.clients:
            print(_row(_direct(model, clients, arguments.seconds), clients, "SDK", ideal))
            for path in ("send", "stream"):
                run = asyncio.run(load(worker, clients, arguments.seconds, path))
                if run.errors:
                    raise RuntimeError(f"{run.errors} turns failed")
                print(_row(run, clients, f"/{path}", ideal), f"  aim: {AIMS.get(clients, '')}")
        _print_delays(stack, folder)


# --- the servers ---


@contextmanager
def _model(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "tests.upstream", "--port", str(port), "--content", TURN]
    command += ["--rate", str(RATE), "--first-token", str(FIRST_TOKEN)]
    with running(command, port, folder / "model.log"):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def _api(folder: Path, model: str) -> Iterator[Server]:
    port = free_port()
    env = {
        **os.environ,
        "OPENAI_BASE_URL": model,
        "SPARK_TEXT_MODEL": "stand-in",
        "SPARK_DATA_DIR": str(folder / f"data-{port}"),
    }
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", APPLICATION]
    with running(command, port, folder / f"api-{port}.log", env) as process:
        yield Server(port, process.pid)


# --- the SDK, called directly from as many threads in a process of its own ---


def _direct(model: str, clients: int, seconds: float) -> Load:
    command = [sys.executable, "-m", "benchmarks.chat", "--direct", model]
    command += ["--clients", str(clients), "--seconds", str(seconds)]
    said = subprocess.run(command, check=True, capture_output=True).stdout
    return Load(*orjson.loads(said))


def _print_direct(model: str, clients: int, seconds: float) -> None:
    import httpx2
    import openai

    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    client = openai.OpenAI(api_key="none", base_url=model, http_client=httpx2.Client(limits=limits))
    _ask(client)
    turns: list[tuple[float, float]] = []
    cpu, started = time.process_time(), time.monotonic()

    def talk(number: int) -> None:
        time.sleep(number / clients * RAMP)
        while (begun := time.monotonic()) - started < seconds:
            _ask(client)
            turns.append((begun, time.monotonic()))

    threads = [threading.Thread(target=talk, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.process_time() - cpu
    load = Load.of(turns, started + RAMP, started + seconds, spent)
    print(orjson.dumps(list(load)).decode())


def _ask(client: Any) -> None:
    messages = [{"role": "system", "content": "…"}, {"role": "user", "content": MESSAGE}]
    for _ in client.chat.completions.create(model="stand-in", messages=messages, stream=True):
        pass


def _length(model: str) -> float:
    """The seconds that one answer takes by itself: the shortest of a few, asked plainly."""
    said = _direct(model, 1, 8 * (FIRST_TOKEN + 1))
    return min(said.turns)


# --- the delay of the words ---


def _print_delays(stack: ExitStack, folder: Path) -> None:
    """How long after the model's words a client has them, over the same clock."""
    said = Scenario(content=TURN, rate=RATE, first_token=FIRST_TOKEN)
    server = stack.enter_context(upstream(said))
    worker = stack.enter_context(_api(folder, server.base_url))
    asyncio.run(_delays(worker.port))
    server.clear()
    server.default = said
    moments = [asyncio.run(_delays(worker.port)) for _ in range(12)]
    exchanges = [exchange for exchange in server.requests if exchange.kind == "turn"]
    firsts, lasts = [], []
    for (first, last), exchange in zip(moments, exchanges, strict=True):
        firsts.append((first - (exchange.first_reply_token_at or 0)) * 1000)
        lasts.append((last - (exchange.ended_at or 0)) * 1000)
    print("\nafter the model, a streaming client has (ms; median, longest)")
    print(f"  the first words of the reply  {statistics.median(firsts):6.1f}  {max(firsts):6.1f}")
    print(f"  the whole turn                {statistics.median(lasts):6.1f}  {max(lasts):6.1f}")
    print("  aim: the first words within 50 ms in the median")


async def _delays(port: int) -> tuple[float, float]:
    """The moments at which the first and the last words of a turn arrive."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    ask_for_turn(writer, "stream", "")
    await reader.readuntil(b"event: delta")
    first = time.monotonic()
    await reader.readuntil(b"event: done")
    last = time.monotonic()
    writer.close()
    return first, last


if __name__ == "__main__":
    main()
