"""How much callers may ask in a window of time, counted over all workers and machines.

Asking the common counter about every request would double what a cheap one costs. A worker takes
a part of what is left of a caller's allowance at once, and asks again when that is used up. Parts
get smaller as less is left, down to single requests: nobody ever gets more than the limit, and
what workers hold unused at the end of a window is a few parts in a hundred of it.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from dataclasses import dataclass

from ..errors import StorageUnavailable
from ..ports import Counters

_PART = 32
"""A worker takes one of so many parts of what is left."""
_MOST_CALLERS = 20_000
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_RATE = re.compile(r"([1-9][0-9]{0,8})/(second|minute|hour|day)")

_log = logging.getLogger("spark.limits")


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    amount: int
    seconds: int

    @classmethod
    def parse(cls, text: str) -> Rate | None:
        """The rate written as `600/minute`; `None` for `none`. Raises `ValueError`."""
        if text == "none":
            return None
        match = _RATE.fullmatch(text)
        if not match:
            raise ValueError("must look like 600/minute (second, minute, hour or day), or none")
        return cls(int(match[1]), _SECONDS[match[2]])

    def times(self, factor: int) -> Rate:
        """The rate of `factor` callers together."""
        return Rate(self.amount * factor, self.seconds)


@dataclass(frozen=True)
class Standing:
    """What is left of an allowance after a request was counted."""

    is_allowed: bool
    rate: Rate
    remaining: int
    reset: float
    """Seconds to the next window."""


@dataclass
class _Lease:
    window: int
    left: int
    """Requests this worker may still let through without asking."""
    used: int
    """What was used or taken of the allowance when anybody last asked."""


class Allowances:
    """Counts callers' requests."""

    def __init__(self, counters: Counters | None) -> None:
        """Without `counters` this process counts for itself; so it does while they are away."""
        self._counters = counters
        self._lock = threading.Lock()
        self._leases: dict[str, _Lease] = {}

    def take(self, name: str, rate: Rate) -> Standing:
        """Count one request of the caller `name`."""
        window, since = divmod(time.time(), rate.seconds)
        reset = rate.seconds - since
        with self._lock:
            lease = self._lease(name, int(window))
            if lease.left == 0 and lease.used < rate.amount:
                wanted = self._wanted(rate, lease)
            else:
                return self._spend(lease, rate, reset)
        used = self._count(f"{name}:{int(window)}", wanted, rate)
        with self._lock:
            lease = self._lease(name, int(window))
            before = lease.used if used is None else used - wanted
            lease.left += max(0, min(wanted, rate.amount - before))
            lease.used = max(lease.used, before + wanted)
            return self._spend(lease, rate, reset)

    def _lease(self, name: str, window: int) -> _Lease:
        lease = self._leases.get(name)
        if lease is None or lease.window < window:
            self._leases.pop(name, None)
            while len(self._leases) >= _MOST_CALLERS:
                del self._leases[next(iter(self._leases))]  # whose window began first
            lease = self._leases[name] = _Lease(window, 0, 0)
        elif lease.window > window:  # we were slow, and the next window has begun
            lease = _Lease(window, 0, 0)
        return lease

    def _wanted(self, rate: Rate, lease: _Lease) -> int:
        return max(1, (rate.amount - lease.used) // _PART) if self._counters else 1

    def _spend(self, lease: _Lease, rate: Rate, reset: float) -> Standing:
        is_allowed = lease.left > 0
        lease.left -= is_allowed
        remaining = max(0, rate.amount - lease.used) + lease.left
        return Standing(is_allowed, rate, remaining, reset)

    def _count(self, name: str, amount: int, rate: Rate) -> int | None:
        """What all have used after `amount` was added; `None` where only we can tell."""
        if self._counters is None:
            return None
        try:
            return self._counters.add(name, amount, rate.seconds)
        except StorageUnavailable:
            _log.debug("limits are counted by each worker alone just now")
            return None
