"""One bucket, asked within limits of time. Imported where it is wanted: its library is large."""

from __future__ import annotations

import io
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ...errors import NotFound, StorageUnavailable
from .address import Address
from .failures import is_away, no_bucket, ours, too_slow

Answer = TypeVar("Answer")

_AT_ONCE = 32
_CONNECT_SECONDS, _READ_SECONDS, _TRIES = 1.0, 2.0, 2
_HASTY_CONNECT_SECONDS, _HASTY_READ_SECONDS = 0.5, 1.5
_LONGEST_SECONDS, _CHECK_SECONDS = 10.0, 2.0
_AWAY_SECONDS = 1.0
_PIECE = 8 * 1024
_TALKATIVE = ("boto3", "botocore", "s3transfer", "urllib3")


@dataclass(frozen=True)
class _Clients:
    """What one process speaks through."""

    usual: Any
    hasty: Any
    """Gives up early and tries once: for whoever waits for a picture, or asks how storage is."""
    pool: ThreadPoolExecutor


class Bucket:
    """The objects below an address.

    Every call ends in time, whatever the network does: the library's own limits are for each
    step, and there are steps it has none for, such as looking up a name. So calls run in threads
    that are left behind where they take too long. Where nobody answers, further calls fail at
    once for a moment, and then one of them finds out whether that is still so.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._clients: dict[int, _Clients] = {}
        self._locks: dict[int, threading.Lock] = {}
        self._away_until = 0.0

    def has(self, key: str) -> bool:
        """Whether there is an object called `key`."""
        try:
            self._ask(lambda clients: clients.hasty.head_object(**self._object(key)))
        except NotFound:
            return False
        return True

    def read(self, key: str) -> bytes:
        """What is in the object called `key`. Raises `NotFound`."""

        def ask(clients: _Clients) -> bytes:
            body = clients.hasty.get_object(**self._object(key))["Body"]
            deadline = time.monotonic() + _LONGEST_SECONDS
            pieces = []
            for piece in body.iter_chunks(_PIECE):
                pieces.append(piece)
                if time.monotonic() > deadline:  # nobody waits for it any more
                    body.close()
                    raise TimeoutError
            return b"".join(pieces)

        return self._ask(ask)

    def write(self, key: str, data: bytes, mime_type: str) -> None:
        """Put an object in the place of whatever is called `key`."""

        def ask(clients: _Clients) -> object:
            # Bytes as they are would be sent in one piece, within the limit for connecting.
            body = io.BytesIO(data)
            return clients.usual.put_object(**self._object(key), Body=body, ContentType=mime_type)

        self._ask(ask)

    def listing(self) -> Iterator[str]:
        """What all objects are called, in order."""
        prefix, after = self._address.prefix, ""
        while True:
            where = {"Bucket": self._address.bucket, "Prefix": prefix, "StartAfter": after}
            page = self._ask(lambda clients, where=where: clients.usual.list_objects_v2(**where))  # type: ignore[misc]
            found = [entry["Key"] for entry in page.get("Contents", [])]
            yield from (key.removeprefix(prefix) for key in found)
            if not page.get("IsTruncated") or not found:
                return
            after = found[-1]

    def check(self) -> None:
        """Raise `StorageUnavailable` where the bucket does not answer within two seconds.

        Writing would tell more, and leave a version behind each time where these are kept.
        """
        try:
            self._ask(
                lambda clients: clients.hasty.head_bucket(Bucket=self._address.bucket), hasty=True
            )
        except NotFound as error:  # an answer without a body does not say what is not there
            raise no_bucket(self._address) from error

    def _ask(self, call: Callable[[_Clients], Answer], hasty: bool = False) -> Answer:
        seconds = _CHECK_SECONDS if hasty else _LONGEST_SECONDS
        was_away = self._away_until > 0
        if time.monotonic() < self._away_until:
            raise StorageUnavailable(retry_after=1)
        if was_away:
            self._away_until = time.monotonic() + seconds  # until we know more
        clients = self._clients_here()
        future = clients.pool.submit(call, clients)
        try:
            answer = future.result(seconds)
        except TimeoutError as error:
            future.cancel()  # where it has not begun: nobody waits for it any more
            self._note_silence(was_away or not hasty)
            raise too_slow(self._address) from error
        except (BotoCoreError, ClientError) as error:
            self._note_silence(is_away(error) and (was_away or not hasty))
            raise ours(error, self._address) from error
        self._away_until = 0
        return answer

    def _note_silence(self, is_away: bool) -> None:
        """What is too slow for a hasty look may still do for everyone else."""
        self._away_until = time.monotonic() + _AWAY_SECONDS if is_away else 0

    def _clients_here(self) -> _Clients:
        """This process's own: connections and threads do not survive a fork."""
        process = os.getpid()
        with self._locks.setdefault(process, threading.Lock()):
            if process not in self._clients:
                self._clients = {process: _open(self._address)}
            return self._clients[process]

    def _object(self, key: str) -> dict[str, str]:
        return {"Bucket": self._address.bucket, "Key": self._address.prefix + key}


def _open(address: Address) -> _Clients:
    for name in _TALKATIVE:  # they tell what they send, and with it what signs it
        logging.getLogger(name).setLevel(logging.WARNING)
    usual = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": _TRIES},
        max_pool_connections=_AT_ONCE,
        s3={"addressing_style": address.addressing_style},
        # Storage of other makers does not know the checksums that Amazon's own asks for.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    hasty = Config(
        connect_timeout=_HASTY_CONNECT_SECONDS,
        read_timeout=_HASTY_READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": 1},
    )
    session = Session()
    where = {"endpoint_url": address.endpoint_url, "region_name": address.region_name}
    return _Clients(
        usual=session.client("s3", **where, config=usual),
        hasty=session.client("s3", **where, config=usual.merge(hasty)),
        pool=ThreadPoolExecutor(_AT_ONCE, "media"),
    )
