"""gunicorn's worker of threads, ending as a turn deserves."""

from __future__ import annotations

import select
import socket

from gunicorn.workers.gthread import ThreadWorker as GunicornThreadWorker


class ThreadWorker(GunicornThreadWorker):
    """Answers what has reached it when it is told to stop, and takes nothing more.

    gunicorn's own stops accepting and keeps listening until its last request is done: whoever
    connects meanwhile is neither answered nor refused, and is cut off in the end.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        """Begin or cease to accept connections; for good where the worker is stopping."""
        super().set_accept_enabled(enabled)  # type: ignore[no-untyped-call]
        if not (enabled or self.alive):
            for listener in self.sockets:
                self._take_waiting(listener)
                listener.close()  # a balancer goes on to another machine at once

    def _take_waiting(self, listener: socket.socket) -> None:
        """Accept the connections that were made before anybody could know of the end."""
        while select.select([listener], [], [], 0)[0]:
            before = self.nr_conns
            self.accept(listener)  # type: ignore[no-untyped-call]
            if self.nr_conns == before:  # another worker was faster
                break
