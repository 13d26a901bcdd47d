"""Other processes for the contract tests: some that work together, some that are killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from random import Random
from types import CodeType
from typing import Any

TOGETHER = 3
PATIENCE = 60
ADAPTERS = f"{os.sep}adapters{os.sep}"

Job = Callable[[str, str, int, Callable[[str], None]], None]
"""What a process is killed in: adapter, place, number of the run, acknowledge."""

spawn = multiprocessing.get_context("spawn")
_barrier: Barrier | None = None


@contextmanager
def working_together() -> Iterator[Callable[..., list[Any]]]:
    """A call that runs one job in three processes at the same moment and returns their results."""
    barrier = spawn.Barrier(TOGETHER)
    with ProcessPoolExecutor(TOGETHER, spawn, _take_barrier, (barrier,)) as pool:

        def run(job: Callable[..., Any], *arguments: Any) -> list[Any]:
            # A server may have been started since they were.
            said = {name: os.environ[name] for name in os.environ if name.startswith("SPARK_TESTS")}
            jobs = [pool.submit(_at_once, said, job, n, *arguments) for n in range(TOGETHER)]
            return [j.result(PATIENCE) for j in jobs]

        yield run


def _take_barrier(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def _at_once(
    environment: dict[str, str], job: Callable[..., Any], number: int, *arguments: Any
) -> Any:
    assert _barrier is not None
    os.environ.update(environment)
    _barrier.wait(PATIENCE)
    return job(number, *arguments)


@contextmanager
def full_disk(room: int = 4096) -> Iterator[None]:
    """No file of this process may grow beyond `room` bytes: writing fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def acknowledged_before_kills(
    job: Job, adapter: str, place: str, seed: int, *code: str
) -> list[str]:
    """What `job` acknowledged in runs that were each killed with SIGKILL.

    One run is killed before each line of the adapter's code that a run passes, at a random one
    of its passes, so that every step of every write is met; where `code` is given, before those
    of the functions whose `path:name` holds one of its texts. A dozen more are killed wherever
    they are when a random number of acknowledgements has reached us.
    """
    ours, theirs = spawn.Pipe()
    watched = code or (ADAPTERS,)
    nursery = spawn.Process(target=_nursery, args=(job, adapter, place, seed, watched, theirs))
    nursery.start()
    theirs.close()
    assert ours.poll(5 * PATIENCE), "the killed runs did not end"
    try:
        return ours.recv()
    finally:
        nursery.join(PATIENCE)


def _nursery(
    job: Job, adapter: str, place: str, seed: int, code: tuple[str, ...], answer: Connection
) -> None:
    """Fork the runs from here, where everything is imported already and no thread runs."""
    random = Random(seed)
    counting = partial(_Lines(code).watch, partial(job, adapter, place, 0))
    *acknowledged, passes = _forked(counting, None)
    number = 0
    for line, count in json.loads(passes).items():
        number += 1
        writing = partial(_write_until_killed, job, adapter, place, number, 3)
        dying = partial(_Lines(code, line, random.randint(1, count)).watch, writing)
        acknowledged += _forked(dying, 10**9)
    for _ in range(12):
        number += 1
        writing = partial(_write_until_killed, job, adapter, place, number, 30)
        acknowledged += _forked(writing, random.randint(1, 12))
    answer.send(acknowledged)


def _write_until_killed(
    job: Job, adapter: str, place: str, number: int, times: int, say: Callable[[str], None]
) -> None:
    for again in range(times):
        job(adapter, place, number * 1000 + again, say)
    os.kill(os.getpid(), signal.SIGKILL)  # where its fatal line ran in the first process alone


class _Lines:
    """Counts how often each line of an adapter runs, and kills the process at one of them."""

    def __init__(self, code: tuple[str, ...], fatal: str = "", after: int = 0) -> None:
        self.code, self.fatal, self.after = code, fatal, after
        self.passes: Counter[str] = Counter()
        self._watched: dict[CodeType, bool] = {}

    def watch(self, job: Callable[..., None], *arguments: Any) -> str:
        sys.settrace(self._enter)
        try:
            job(*arguments)
        finally:
            sys.settrace(None)
        return json.dumps(self.passes)

    def _enter(self, frame: Any, event: str, argument: Any) -> Any:
        code = frame.f_code
        if code not in self._watched:
            self._watched[code] = self._is_of_interest(code)
        return self._step if self._watched[code] else None

    def _is_of_interest(self, code: CodeType) -> bool:
        """Watching costs time: once it is known where to die, it is for that function alone."""
        if not any(part in f"{code.co_filename}:{code.co_name}" for part in self.code):
            return False
        lines = {f"{os.path.basename(code.co_filename)}:{line}" for *_, line in code.co_lines()}
        return not self.fatal or self.fatal in lines

    def _step(self, frame: Any, event: str, argument: Any) -> Any:
        if event == "line":
            line = f"{os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno}"
            self.passes[line] += 1
            if line == self.fatal and self.passes[line] == self.after:
                os.kill(os.getpid(), signal.SIGKILL)
        return self._step


def _forked(run: Callable[[Callable[[str], None]], Any], kill_after: int | None) -> list[str]:
    """The lines a fork says until it is killed; or, without `kill_after`, all and its result."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(reading)
            result = run(lambda said: os.write(writing, f"{said}\n".encode()) and None)
            if kill_after is None:
                os.write(writing, f"{result}\n".encode())
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        heard = []
        for line in said:
            heard.append(line.strip())
            if len(heard) == kill_after:
                os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    expected = 0 if kill_after is None else signal.SIGKILL
    assert status == expected, f"a run ended with {status} after {heard}"
    return heard
