"""Counts that all machines add to."""

from __future__ import annotations

from .server import RedisServer, errors

_ADD = """
local count = redis.call('incrby', KEYS[1], ARGV[1])
if redis.call('ttl', KEYS[1]) < 0 then redis.call('expire', KEYS[1], ARGV[2]) end
return count
"""


class RedisCounters:
    """`Counters` in Redis."""

    def __init__(self, server: RedisServer, prefix: str = "spark:count:") -> None:
        self._prefix, self._add = prefix, server.script(_ADD)

    def add(self, name: str, amount: int, seconds: int) -> int:
        """Add `amount` to the count of `name`, in one step; the count after it."""
        with errors():
            return int(self._add([self._prefix + name], [amount, seconds]))
