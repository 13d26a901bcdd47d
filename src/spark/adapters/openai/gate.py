"""How many calls a process makes at once, and how many more may wait for their turn."""

from __future__ import annotations

import threading
from collections import deque

from ...errors import ModelsOccupied
from .deadline import Deadline, OutOfTime

_COME_BACK_SECONDS = 2


class Gate:
    """Lets so many through at once; the others wait in the order they came."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free, self._room = at_once, waiting
        self._lock = threading.Lock()
        self._queue: deque[threading.Event] = deque()

    def enter(self, deadline: Deadline) -> None:
        """Wait for a place; who has one leaves it in the end.

        Raises `ModelsOccupied` at once where too many wait already, and `UpstreamTimeout` where
        no place becomes free in time.
        """
        with self._lock:
            if self._free:
                self._free -= 1
                return
            if len(self._queue) >= self._room:
                raise ModelsOccupied(retry_after=_COME_BACK_SECONDS)
            called = threading.Event()
            self._queue.append(called)
        if called.wait(deadline.left):
            return
        with self._lock:
            if called.is_set():  # in the very last moment
                return
            self._queue.remove(called)
        raise OutOfTime()

    def leave(self) -> None:
        """Hand the place on to who has waited longest."""
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1
