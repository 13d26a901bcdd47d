"""Doing the same with many things, several at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

AT_ONCE = 8
"""Stores spend most of their time waiting for a disk or for another machine."""
_AHEAD = 2 * AT_ONCE

Item = TypeVar("Item")
Made = TypeVar("Made")


def abreast(name: str, work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
    """What `work` makes of each, in order; few are taken ahead of what was asked for.

    The threads are called `name`. What is raised ends it, once those under way are done.
    """
    running: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(AT_ONCE, name) as pool:
        for item in items:
            # What is logged of it belongs to the same request.
            running.append(pool.submit(copy_context().run, work, item))
            if len(running) >= _AHEAD:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()
