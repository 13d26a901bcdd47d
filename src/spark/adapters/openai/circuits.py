"""A circuit that stops hammering a dead service."""

from __future__ import annotations

import threading
import time

_FAILURES = 5
"""So many failures in a row open the circuit."""

_REST_SECONDS = 15.0


class Circuit:
    """Closed while a service works; open for a while after it failed again and again.

    After the rest one call at a time may try whether it works again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures, self._open_until = 0, 0.0

    def rest(self) -> float:
        """The seconds to leave the service alone; 0 where it may be called."""
        with self._lock:
            left = self._open_until - time.monotonic()
            if self._failures < _FAILURES:
                return 0.0
            if left > 0:
                return left
            # The caller is the one to try; everyone else rests until it is known.
            self._open_until = time.monotonic() + _REST_SECONDS
            return 0.0

    @property
    def is_open(self) -> bool:
        """Whether the service is being left alone."""
        return self._failures >= _FAILURES and time.monotonic() < self._open_until

    def succeed(self) -> None:
        """Note that a call was answered."""
        self._failures = 0

    def fail(self) -> None:
        """Note that a call failed through the service's fault."""
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._open_until = time.monotonic() + _REST_SECONDS
