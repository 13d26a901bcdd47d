"""Receipts in Redis."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...errors import KeyReused, RequestRunning, StorageUnavailable
from ...ports import Receipt
from .locks import Leases
from .server import RedisServer, errors


class RedisReceipts:
    """`Receipts` for the processes of several machines.

    A key may be anything, secrets included: what is written down of it is its hash.
    """

    def __init__(
        self,
        server: RedisServer,
        leases: Leases,
        hours: float = 24,
        patience: float = 120,
        prefix: str = "spark:",
    ) -> None:
        """Keep everything under `prefix` for `hours`; wait `patience` seconds for a held key."""
        self._client, self._leases = server.client, leases
        self._milliseconds, self._patience = int(hours * 3_600_000), patience
        self._prefix = prefix

    @contextmanager
    def hold(self, key: str) -> Iterator[None]:
        """Hold the key with a lease."""
        busy = RequestRunning(retry_after=1)
        with self._leases.hold(f"{self._name(key)}:held", self._patience, busy):
            yield

    def find(self, key: str, request: str) -> Receipt | None:
        """What was answered to `request` under `key`; raises `KeyReused` for another request."""
        with errors():
            kept: Any = self._client.get(self._name(key))
        if kept is None:
            return None
        try:
            head, _, body = kept.partition(b"\n")
            answered, status, headers = json.loads(head)
        except (ValueError, TypeError) as error:
            raise StorageUnavailable() from error
        if answered != _digest(request):
            raise KeyReused()
        return Receipt(status=status, headers=headers, body=body)

    def keep(self, key: str, request: str, receipt: Receipt) -> None:
        """Remember the answer; Redis forgets it when its time is over."""
        head = json.dumps([_digest(request), receipt.status, receipt.headers])
        with errors():
            if self._milliseconds > 0:
                kept = head.encode("ascii") + b"\n" + receipt.body
                self._client.set(self._name(key), kept, px=self._milliseconds)
            else:
                self._client.delete(self._name(key))

    def _name(self, key: str) -> str:
        return f"{self._prefix}receipt:{{{_digest(key)}}}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
