"""The one limit that a whole call keeps, however many attempts it takes."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar

from ...errors import UpstreamTimeout
from ...ports import Listening

_LOOK_SECONDS = 1.0
"""How often it looks whether callers are still there."""

Shutdown = Callable[[], object]
"""Ends whatever is being read, from another thread."""


Watch = Callable[[Shutdown], AbstractContextManager[None]]

WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)
"""What watches over the connections of requests that are sent while it is set."""


class OutOfTime(UpstreamTimeout):
    """There was no time left to ask, which is not the service's fault."""


class Deadline:
    """A moment after which nobody waits any more."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds left; raises `UpstreamTimeout` where there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise OutOfTime()
        return left

    @property
    def is_over(self) -> bool:
        """Whether it has passed."""
        return time.monotonic() >= self.at


class Watchdog:
    """Ends connections whose time is up, and those that nobody listens to any more.

    The HTTP library limits each read by itself, so that a service which sends a word now and then
    could go on for ever, and the last read could outlast the deadline by its own whole limit. One
    thread watches over all connections in use.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = itertools.count()
        self._due: list[tuple[float, int]] = []
        self._watched: dict[int, tuple[Shutdown, Listening | None]] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(
        self, shutdown: Shutdown, deadline: Deadline, listening: Listening | None = None
    ) -> Iterator[None]:
        """Call `shutdown` at the deadline or when nobody listens, unless the block ends before."""
        number = next(self._number)
        with self._changed:
            self._watched[number] = shutdown, listening
            heapq.heappush(self._due, (deadline.at, number))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._watch, daemon=True, name="watchdog")
                self._thread.start()
            elif self._due[0][1] == number:
                self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._watched.pop(number, None)

    def _watch(self) -> None:
        while True:
            with self._changed:
                while self._due and self._due[0][1] not in self._watched:
                    heapq.heappop(self._due)
                left = self._due[0][0] - time.monotonic() if self._due else None
                if left is None or left > 0:
                    self._changed.wait(left and min(left, _LOOK_SECONDS))
                    self._leave_the_gone()
                else:
                    self._shut(heapq.heappop(self._due)[1])

    def _leave_the_gone(self) -> None:
        for number, (_, listening) in list(self._watched.items()):
            if listening and not listening():
                self._shut(number)

    def _shut(self, number: int) -> None:
        """Under the lock: what the watched block goes on to use must not be shut down."""
        shutdown, _ = self._watched.pop(number)
        with suppress(OSError, ValueError, RuntimeError):  # it was over already
            shutdown()
