"""Many people at once, beside plain sync workers, on one machine that also carries the load.

    python -m benchmarks.concurrency [--seconds 15] [--clients 1 50 100 200 500 1000]
        [--workers 2] [--worker gthread]

Production settings and a real Redis. The stand-in for the model answers in a second: silence
first, then the words. Printed for each number of clients who talk without a pause: turns per
second as a share of the ideal (clients divided by the answer's length), the median and the 99th
percentile of a whole turn, failed turns, and the processor time of a turn. Then so many streams
opened at once and held open by a slow model: those that failed, and the memory that each took.
Last, as many sync workers with 200 clients.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from benchmarks.clients import Load, Server, ask_for_turn, load
from benchmarks.processor import memory
from tests.servers import free_port, redis_server, running

APPLICATION = "src.spark.api.app:create_app('production')"
TURN = (
    '{"reply": "很棒的想法！那么，故事里都有谁？可以说名字，也可以说身份。", '
    '"idea": {"genre": "科幻"}, "said": [], "waived": []}'
)
RATE, FIRST_TOKEN = 50.0, 0.25
SLOW_RATE, HELD_SECONDS = 2.0, 20
MANY = "1000000/minute"
SYNC_CLIENTS = 200
WARM_UP_SECONDS = 12


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 50, 100, 200, 500, 1000])
    parser.add_argument("--streams", type=int, nargs="+", default=[100, 500])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--worker", choices=["gthread", "gevent"], default="gthread")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        redis, _ = stack.enter_context(redis_server(folder))
        model = stack.enter_context(_model(folder, RATE, FIRST_TOKEN))
        settings = {"REDIS_URL": redis, "OPENAI_BASE_URL": model, "SPARK_WORKER": arguments.worker}
        kind = f"{arguments.workers} {arguments.worker}"
        print(f"{kind} workers, production settings, Redis; answers of a second\n")
        with _api(folder, arguments.workers, settings) as server:
            asyncio.run(load(server, 4, WARM_UP_SECONDS, "send"))  # the SDK and the rest is loaded
            ideal = asyncio.run(load(server, 1, 8, "send")).median
            print(f"one turn by itself: {ideal * 1000:.0f} ms")
            print("clients  path     turns/s  share   p50 ms   p99 ms  failed  CPU ms")
            for clients in arguments.clients:
                for path in ("send", "stream"):
                    run = asyncio.run(load(server, clients, arguments.seconds, path))
                    print(_row(run, clients, path, ideal), flush=True)
                    if clients == SYNC_CLIENTS and path == "send":
                        ours = run.rate
        print("\nstreams at once  failed  all open  memory of each")
        slow = stack.enter_context(_model(folder, SLOW_RATE, FIRST_TOKEN))
        with _api(folder, arguments.workers, {**settings, "OPENAI_BASE_URL": slow}) as server:
            asyncio.run(_hold(server, 4))
            for streams in arguments.streams:
                print(_held(asyncio.run(_hold(server, streams)), streams), flush=True)
        with _api(folder, arguments.workers, settings, "-k", "sync", "--threads", "1") as server:
            asyncio.run(load(server, arguments.workers, WARM_UP_SECONDS, "send"))
            theirs = asyncio.run(load(server, SYNC_CLIENTS, arguments.seconds, "send"))
        print(f"\n{arguments.workers} sync workers, {SYNC_CLIENTS} clients")
        print(_row(theirs, SYNC_CLIENTS, "send", ideal))
        if SYNC_CLIENTS in arguments.clients:
            print(f"ours in the same run: {ours / theirs.rate:.0f} times as many (aim 10)")
    print("\naims: share ≥ 0.95 at 100 clients; 500 streams at once, none failed")


def _row(run: Load, clients: int, path: str, ideal: float) -> str:
    return (
        f"{clients:7d}  {path:7}  {run.rate:7.1f}  {run.rate / (clients / ideal):5.2f}  "
        f"{run.median * 1000:7.0f}  {run.p99 * 1000:7.0f}  {run.errors:6d}  {run.cpu_ms:6.2f}"
    )


# --- streams that are all open at the same time ---


class Held:
    """What became of streams that were opened at once."""

    def __init__(self) -> None:
        self.failed = 0
        self.open_at_once = 0
        self.bytes_each = 0.0


def _held(held: Held, streams: int) -> str:
    return (
        f"{streams:15d}  {held.failed:6d}  {held.open_at_once:8d}  "
        f"{held.bytes_each / 1024:9.0f} KiB"
    )


async def _hold(server: Server, streams: int) -> Held:
    """Open so many streams, look at the memory while none of them has ended, read them to the end.

    A stream counts as open once its first bytes are here.
    """
    held, before = Held(), memory(server.pid)
    everyone_is_in = asyncio.Event()
    opened = 0

    async def listen() -> None:
        nonlocal opened
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            ask_for_turn(writer, "stream", "")
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.partition(b"\r\n")[0]:
                raise EOFError(head)
            opened += 1
            if opened == streams:
                everyone_is_in.set()
            text = await reader.readuntil(b"\r\n0\r\n\r\n")
            if b"event: done" not in text:
                raise EOFError(text)
            writer.close()
        except (OSError, EOFError):
            held.failed += 1

    async def look() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(everyone_is_in.wait(), HELD_SECONDS)
        held.open_at_once = opened
        held.bytes_each = (memory(server.pid) - before) / max(1, opened)

    await asyncio.gather(look(), *(listen() for _ in range(streams)))
    return held


# --- the servers ---


@contextmanager
def _model(folder: Path, rate: float, first_token: float) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "tests.upstream", "--port", str(port), "--content", TURN]
    command += ["--rate", str(rate), "--first-token", str(first_token)]
    with running(command, port, folder / f"model-{port}.log"):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def _api(folder: Path, workers: int, settings: dict[str, str], *options: str) -> Iterator[Server]:
    port = free_port()
    env = {
        **os.environ,
        "SECRET_KEY": "the-secret-of-this-benchmark",
        "SPARK_TEXT_MODEL": "stand-in",
        "SPARK_DATA_DIR": str(folder / f"data-{port}"),
        **{f"SPARK_LIMIT_{kind}": MANY for kind in ("READS", "WRITES", "SPENDING")},
        **settings,
    }
    command = [sys.executable, "-m", "gunicorn", "-w", str(workers), "-b", f"127.0.0.1:{port}"]
    with running([*command, *options, APPLICATION], port, folder / f"api-{port}.log", env) as api:
        yield Server(port, api.pid)


if __name__ == "__main__":
    main()
