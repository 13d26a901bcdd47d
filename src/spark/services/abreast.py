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
_HEAVIEST = 128 * 1024 * 1024

Item = TypeVar("Item")
Made = TypeVar("Made")


def abreast(
    name: str,
    work: Callable[[Item], Made],
    items: Iterable[Item],
    weigh: Callable[[Item], int] = lambda item: 0,
) -> Iterator[Made]:
    """What `work` makes of each, in order; few are taken ahead of what was asked for.

    What the work on an item takes in memory, as `weigh` tells it, is limited for all under way
    together; one that is heavier goes alone. The threads are called `name`. What is raised ends
    it, once those under way are done.
    """
    running: deque[tuple[int, Future[Made]]] = deque()
    with ThreadPoolExecutor(AT_ONCE, name) as pool:
        for item in items:
            weight = weigh(item)
            while running and sum(heavy for heavy, _ in running) + weight > _HEAVIEST:
                yield running.popleft()[1].result()
            # What is logged of it belongs to the same request.
            running.append((weight, pool.submit(copy_context().run, work, item)))
            if len(running) >= _AHEAD:
                yield running.popleft()[1].result()
        while running:
            yield running.popleft()[1].result()
