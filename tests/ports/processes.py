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
from typing import Any

TOGETHER = 3
PATIENCE = 60

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
            jobs = [pool.submit(_at_once, job, n, *arguments) for n in range(TOGETHER)]
            return [j.result(PATIENCE) for j in jobs]

        yield run


def _take_barrier(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def _at_once(job: Callable[..., Any], number: int, *arguments: Any) -> Any:
    assert _barrier is not None
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


def acknowledged_before_kills(job: Job, adapter: str, place: str, seed: int) -> list[str]:
    """What `job` acknowledged in runs that were each killed with SIGKILL.

    One run is killed before each line of the adapter's code that a run passes, at a random one
    of its passes, so that every step of every write is met. A dozen more are killed wherever
    they are when a random number of acknowledgements has reached us.
    """
    ours, theirs = spawn.Pipe()
    nursery = spawn.Process(target=_nursery, args=(job, adapter, place, seed, theirs))
    nursery.start()
    theirs.close()
    assert ours.poll(PATIENCE), "the killed runs did not end"
    try:
        return ours.recv()
    finally:
        nursery.join(PATIENCE)


def _nursery(job: Job, adapter: str, place: str, seed: int, answer: Connection) -> None:
    """Fork the runs from here, where everything is imported already and no thread runs."""
    random = Random(seed)
    *acknowledged, passes = _forked(partial(_Lines().watch, partial(job, adapter, place, 0)), None)
    number = 0
    for line, count in json.loads(passes).items():
        number += 1
        writing = partial(_write_for_ever, job, adapter, place, number)
        dying = partial(_Lines(line, random.randint(1, count)).watch, writing)
        acknowledged += _forked(dying, 10**9)
    for _ in range(12):
        number += 1
        writing = partial(_write_for_ever, job, adapter, place, number)
        acknowledged += _forked(writing, random.randint(1, 12))
    answer.send(acknowledged)


def _write_for_ever(
    job: Job, adapter: str, place: str, number: int, say: Callable[[str], None]
) -> None:
    for again in range(30):
        job(adapter, place, number * 1000 + again, say)
    os.kill(os.getpid(), signal.SIGKILL)  # where its fatal line ran in the first process alone


class _Lines:
    """Counts how often each line of an adapter runs, and kills the process at one of them."""

    def __init__(self, fatal: str = "", after: int = 0) -> None:
        self.fatal, self.after = fatal, after
        self.passes: Counter[str] = Counter()

    def watch(self, job: Callable[..., None], *arguments: Any) -> str:
        sys.settrace(self._enter)
        try:
            job(*arguments)
        finally:
            sys.settrace(None)
        return json.dumps(self.passes)

    def _enter(self, frame: Any, event: str, argument: Any) -> Any:
        inside = f"{os.sep}adapters{os.sep}" in frame.f_code.co_filename
        return self._step if inside else None

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
