"""Every part killed and started again under steady load: what is lost, and how long it takes.

    python -m benchmarks.chaos [--people 30] [--steady 6]

Two API machines, each of two workers, one Redis, one PostgreSQL, the project's nginx in front and a
stand-in for the model, which answers within half a second with what was said to it. People talk
through nginx without a pause; others make projects and read them back. Killed with SIGKILL, one
after the other: a worker, Redis, PostgreSQL, a whole machine, the model's service. Who is not
answered says the same again a moment later.

Printed for each: requests that failed, and seconds from the kill to the last of them, and how many
of those the part was away. In the end every conversation and project is read: a turn is lost that
was acknowledged and is in no history, or a project that is not there as it was answered; an answer
is wrong that is not the one to what was said.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from tests.cluster import Cluster, cluster
from tests.samples import PROJECT_BODY
from tests.servers import free_port, running

FIRST_TOKEN = 0.4
AGAIN_SECONDS = 0.2
LONGEST_WAIT = 20.0
PROJECT_MAKERS = 4


@dataclass
class Record:
    """What all people together saw."""

    failures: list[tuple[float, str]] = field(default_factory=list)
    """When a request failed, and how."""
    turns: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    projects: int = 0


class Caller:
    """Somebody with a session, who asks through nginx."""

    def __init__(self, port: int, record: Record) -> None:
        self._port, self.record, self._cookie = port, record, ""

    async def ask(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """The JSON answer to a request; `None` where there is none, or none that is good."""
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                status, head, answer = await self._exchange(method, path, body, key)
        except (OSError, EOFError, TimeoutError) as error:
            self._failed(type(error).__name__)
            return None
        if status >= 400:
            self._failed(f"{status} {answer[:80].decode(errors='replace')}")
            return None
        if b"set-cookie: " in head.lower():
            place = head.lower().index(b"set-cookie: ") + 12
            self._cookie = head[place:].partition(b";")[0].decode()
        return orjson.loads(answer)

    async def insist(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        """The answer, asked for until there is one."""
        while (answer := await self.ask(method, path, body, key)) is None:
            await asyncio.sleep(AGAIN_SECONDS)
        return answer

    def _failed(self, how: str) -> None:
        self.record.failures.append((time.monotonic(), how))

    async def _exchange(
        self, method: str, path: str, body: Any, key: str
    ) -> tuple[int, bytes, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            data = b"" if body is None else orjson.dumps(body)
            head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            head += f"Cookie: {self._cookie}\r\nContent-Length: {len(data)}\r\n"
            head += f"Idempotency-Key: {key}\r\n" if key else ""
            head += "Content-Type: application/json\r\n" if data else ""
            writer.write(head.encode() + b"\r\n" + data)
            told = await reader.readuntil(b"\r\n\r\n")
            length = [
                int(line.partition(b":")[2])
                for line in told.split(b"\r\n")
                if line.lower().startswith(b"content-length:")
            ]
            answer = await (reader.readexactly(length[0]) if length else reader.read())
            return int(told.split(b" ", 2)[1]), told, answer
        finally:
            writer.close()


async def _talk(caller: Caller, name: str, stopped: asyncio.Event) -> None:
    """Talk until told to stop; then look at the history."""
    said: list[str] = []
    await caller.insist("GET", "/api/session/info")
    while not stopped.is_set():
        message = f"{name}-{len(said)}"
        answer = await caller.insist("POST", "/api/chat/send", {"message": message})
        said.append(message)
        caller.record.turns += 1
        if answer["response"] != message:
            caller.record.wrong.append(f"{message}: {answer['response']}")
    told = await caller.insist("GET", "/api/chat/history")
    texts = [message["content"] for message in told["history"]]
    pairs = list(zip(texts[::2], texts[1::2], strict=False))
    caller.record.wrong += [f"{pair}" for pair in pairs if pair[0] != pair[1]]
    remaining = iter(texts[::2])
    caller.record.lost += [message for message in said if message not in remaining]


async def _make_projects(caller: Caller, name: str, stopped: asyncio.Event) -> None:
    """Make projects, each under a key of its own, until told to stop; then look for all."""
    made: dict[str, str] = {}
    while not stopped.is_set():
        title = f"{name}-{len(made)}"
        body = {**PROJECT_BODY, "project_name": title}
        answer = await caller.insist("POST", "/api/projects", body, key=title)
        made[answer["project_id"]] = title
        caller.record.projects += 1
        await asyncio.sleep(0.05)
    for project_id, title in made.items():
        found = await caller.insist("GET", f"/api/projects/{project_id}")
        if found["project"]["project_name"] != title:
            caller.record.lost.append(title)


# --- what happens ---


class Model:
    """The model's service, as a process of its own that can be killed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self._stack = ExitStack()

    def start(self) -> None:
        """Let it answer."""
        command = [sys.executable, "-m", "tests.upstream", "--port", str(self.port), "--echo"]
        command += ["--first-token", str(FIRST_TOKEN)]
        log = self._folder / "model.log"
        self._process = self._stack.enter_context(running(command, self.port, log))

    def kill(self) -> None:
        """Let it be gone."""
        self._process.kill()
        self._stack.close()


@dataclass
class Blow:
    """Something that is killed, and started again after a while."""

    name: str
    kill: Callable[[], object]
    start: Callable[[], object]
    away: float


def _blows(parts: Cluster, model: Model) -> Iterator[Blow]:
    def kill_worker() -> None:
        os.kill(parts.machines[0].workers[0], signal.SIGKILL)

    yield Blow("a worker", kill_worker, lambda: None, 0)
    for part in ("redis", "postgres"):
        starting = getattr(parts, f"start_{part}")
        yield Blow(part, lambda part=part: parts.kill(part), starting, 2)  # type: ignore[misc]
    yield Blow("a machine", lambda: parts.kill("machine-0"), lambda: parts.start_machine(0), 3)
    yield Blow("the model", model.kill, model.start, 3)


async def _run(parts: Cluster, model: Model, people: int, steady: float) -> Record:
    record, stopped = Record(), asyncio.Event()
    everybody = [
        asyncio.create_task(_talk(Caller(parts.port, record), f"p{n}", stopped))
        for n in range(people)
    ] + [
        asyncio.create_task(_make_projects(Caller(parts.port, record), f"m{n}", stopped))
        for n in range(PROJECT_MAKERS)
    ]
    await asyncio.sleep(steady)
    print(f"before anything was killed: {record.turns} turns, {len(record.failures)} failures\n")
    print("killed       failed  of requests  seconds to recover  of which it was away")
    for blow in _blows(parts, model):
        await _strike(blow, record, steady)
    stopped.set()
    await asyncio.gather(*everybody)
    return record


async def _strike(blow: Blow, record: Record, steady: float) -> None:
    failed, answered = len(record.failures), record.turns + record.projects
    struck = time.monotonic()
    await asyncio.to_thread(blow.kill)
    await asyncio.sleep(blow.away)
    await asyncio.to_thread(blow.start)
    away = time.monotonic() - struck
    while True:  # until nothing has failed for a while
        last = record.failures[-1][0] if len(record.failures) > failed else struck
        if time.monotonic() - max(last, struck + away) > steady:
            break
        await asyncio.sleep(0.1)
    fresh = record.failures[failed:]
    total = len(fresh) + record.turns + record.projects - answered
    seconds = max((moment for moment, _ in fresh), default=struck) - struck
    shown = f"{away:20.1f}" if blow.away else f"{'–':>20}"
    print(f"{blow.name:11}  {len(fresh):6d}  {total:11d}  {seconds:18.1f}  {shown}", flush=True)
    for how in sorted({how for _, how in fresh})[:6]:
        print(f"    {sum(kind == how for _, kind in fresh):5d} × {how}")


@contextmanager
def _everything(folder: Path) -> Iterator[tuple[Cluster, Model]]:
    model = Model(folder)
    model.start()
    settings = {"OPENAI_BASE_URL": f"http://127.0.0.1:{model.port}/v1", "SPARK_TEXT_MODEL": "echo"}
    try:
        with cluster(folder, settings) as parts:
            yield parts, model
    finally:
        model.kill()


def main() -> None:
    """Print what became of it; the exit status is 1 where something was lost or wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--steady", type=float, default=6, help="seconds between the blows")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _everything(Path(name)) as (parts, model):
        record = asyncio.run(_run(parts, model, arguments.people, arguments.steady))
    print(f"\nacknowledged: {record.turns} turns, {record.projects} projects")
    print(f"lost: {len(record.lost)} (aim 0)   wrong answers: {len(record.wrong)} (aim 0)")
    for case in [*record.lost, *record.wrong][:20]:
        print(f"    {case}")
    sys.exit(1 if record.lost or record.wrong else 0)


if __name__ == "__main__":
    main()
