"""Leases: what one holds against every thread, process and machine, for as long as one lives."""

from __future__ import annotations

import logging
import os
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ...errors import SparkError, StorageUnavailable
from .server import RedisServer, errors

_RENEW = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2])"
_LET_GO = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1])"

_FIRST_PAUSE, _LONGEST_PAUSE, _GROWTH = 0.005, 0.2, 1.5

_log = logging.getLogger("spark.redis")


@dataclass(eq=False)
class Lease:
    """One holder's claim on a key."""

    key: str
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    renewed_at: float = field(default_factory=time.monotonic)


Take = Callable[[Lease], bool]
"""Tries once to set the lease's key to its token; whether it is ours now."""


class Leases:
    """Leases on keys, renewed while they are held by one thread for all of a process.

    Redis-py's own locks would take a call more to bring along what is locked, and a thread each
    to be renewed. Who dies holding a lease loses it when its seconds are over. Who is not dead but
    slow loses it, too: what is written under a lease has to say so, and be refused without it.
    """

    def __init__(self, server: RedisServer, seconds: float = 6) -> None:
        """A lease ends `seconds` after its last renewal; it is renewed three times as often."""
        self._server, self._seconds = server, seconds
        self.milliseconds = max(1, int(seconds * 1000))
        self._let_go_of = server.script(_LET_GO)
        self._held: set[Lease] = set()
        self._changing = threading.Lock()
        self._renewing_process: int | None = None

    def take(self, lease: Lease) -> bool:
        """Try once to get a lease on nothing but its key."""
        with errors():
            return bool(
                self._server.client.set(lease.key, lease.token, nx=True, px=self.milliseconds)
            )

    @contextmanager
    def hold(
        self, key: str, patience: float, busy: SparkError, take: Take | None = None
    ) -> Iterator[Lease]:
        """Wait for the key and hold it; raise `busy` where that takes longer than `patience`."""
        lease = self._taken(key, patience, busy, take or self.take)
        try:
            self._enter(lease)
            yield lease
        finally:
            self._let_go(lease)

    def _taken(self, key: str, patience: float, busy: SparkError, take: Take) -> Lease:
        deadline, pause = time.monotonic() + patience, _FIRST_PAUSE
        while not take(lease := Lease(key)):
            left = deadline - time.monotonic()
            if left <= 0:
                raise busy
            # Those who wait longest look least often, and none of them in step.
            time.sleep(min(left, pause * random.uniform(0.5, 1)))
            pause = min(_LONGEST_PAUSE, pause * _GROWTH)
        return lease

    def _enter(self, lease: Lease) -> None:
        with self._changing:
            self._held.add(lease)
            # Whoever was forked has none of its parent's threads.
            if self._renewing_process != os.getpid():
                threading.Thread(target=self._renew_held, name="spark-leases", daemon=True).start()
                self._renewing_process = os.getpid()

    def _let_go(self, lease: Lease) -> None:
        with self._changing:
            self._held.discard(lease)
        try:
            with errors():
                self._let_go_of([lease.key], [lease.token])
        except StorageUnavailable as error:
            _log.warning("a lease was not let go of and ends by itself", exc_info=error)

    def _renew_held(self) -> None:
        """Renew what is held for long, until nothing is."""
        beat = pause = self._seconds / 3
        try:
            while True:
                time.sleep(pause)
                with self._changing:
                    if not self._held:
                        self._renewing_process = None
                        return
                    old = time.monotonic() - beat * 0.75
                    due = [lease for lease in self._held if lease.renewed_at <= old]
                pause = beat if not due or self._renew(due) else beat / 6
        except BaseException:
            with self._changing:  # the next one to hold something starts another
                self._renewing_process = None
            raise

    def _renew(self, due: list[Lease]) -> bool:
        """Renew these; whether Redis was there to be asked."""
        moment = time.monotonic()
        try:
            with errors():
                pipeline = self._server.client.pipeline(transaction=False)
                for lease in due:
                    pipeline.eval(_RENEW, 1, lease.key, lease.token, self.milliseconds)
                answers = pipeline.execute(raise_on_error=False)
        except StorageUnavailable as error:  # the next try is soon
            _log.warning("%d leases were not renewed", len(due), exc_info=error)
            return False
        for lease, is_ours in zip(due, answers, strict=True):
            if is_ours == 1:
                lease.renewed_at = moment
            elif lease in self._held:
                _log.warning("a lease was not renewed: it is another's, or Redis has lost it")
        return True
