"""Conversations in Redis."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from redis.commands.core import Script

from ...errors import ConversationBusy, StorageUnavailable
from ...models import Brief, Conversation, Message, Usage
from . import scripts
from .locks import Lease, Leases
from .server import AWAY, RedisServer, errors

_APPEND_SECONDS, _APPEND_PAUSE = 1.0, 0.2
"""An answer took seconds and money: a Redis that restarts shall not cost it."""

_DISCREET = ConfigDict(hide_input_in_errors=True)  # what people said is nothing for a log
_MESSAGES = TypeAdapter(list[Message], config=_DISCREET)
_LEDGER = TypeAdapter(list[Usage], config=_DISCREET)

_Look = Sequence[Any]
"""The brief, the waiting message, the version and what was said, as Redis has them."""


@dataclass(eq=False)
class _Held:
    """A conversation that this process holds."""

    lease: Lease
    thread: int
    version: int
    look: _Look | None
    """The conversation as it was when it was taken, until somebody asks."""


class RedisConversationStore:
    """A `ConversationStore` for the processes of several machines.

    What is written while the conversation is held is refused where the lease is not ours any more
    and somebody else holds the conversation, or has changed it: Redis decides, in one step with
    the writing. It counts a conversation's changes to know.
    """

    def __init__(
        self,
        server: RedisServer,
        leases: Leases,
        lifetime: timedelta = timedelta(days=31),
        patience: float = 120,
        prefix: str = "spark:",
    ) -> None:
        """Keep everything under `prefix`; wait `patience` seconds for a held conversation.

        A conversation is kept for at least `lifetime` after it was last read or changed.
        """
        self._server, self._leases = server, leases
        self._patience, self._prefix = patience, prefix
        self._least = int(lifetime.total_seconds())
        self._most = self._least + min(self._least, 24 * 3600)  # renewed once a day at most
        self._take, self._look = server.script(scripts.TAKE), server.script(scripts.LOAD)
        self._keep, self._append = server.script(scripts.KEEP), server.script(scripts.APPEND)
        self._revise, self._clear = server.script(scripts.REVISE), server.script(scripts.CLEAR)
        self._record, self._ledger = server.script(scripts.RECORD), server.script(scripts.LEDGER)
        self._held: defaultdict[str, list[_Held]] = defaultdict(list)
        self._changing = threading.Lock()

    @contextmanager
    def hold(self, session_id: str) -> Iterator[None]:
        """Hold the conversation with a lease, which brings along what was said."""
        keys = self._keys(session_id)
        looks: list[_Look] = []

        def take(lease: Lease) -> bool:
            with errors():
                look = self._take(keys, [lease.token, self._leases.milliseconds, *self._times()])
            looks.extend([look] if look else [])
            return bool(look)

        busy = ConversationBusy(retry_after=1)
        with self._leases.hold(keys[0], self._patience, busy, take) as lease:
            (look,) = looks
            held = _Held(lease, threading.get_ident(), _version(look), look)
            with self._noted(keys[0], held):
                yield

    @contextmanager
    def _noted(self, name: str, held: _Held) -> Iterator[None]:
        with self._changing:
            self._held[name].append(held)
        try:
            yield
        finally:
            with self._changing:
                self._held[name].remove(held)
                if not self._held[name]:
                    del self._held[name]

    def load(self, session_id: str) -> Conversation:
        """The conversation as it stands; an empty one where nothing was said."""
        keys = self._keys(session_id)
        held = self._held_here(keys[0])
        look = None
        if held:
            look, held.look = held.look, None
        if look is None:
            with errors():
                look = self._look(keys, self._times())
        return _conversation(session_id, look)

    def keep(self, session_id: str, message: str) -> None:
        """Remember a message that has no answer yet."""
        self._write(self._keep, session_id, message)

    def append(
        self,
        session_id: str,
        question: Message,
        answer: Message,
        brief: Brief,
        usage: Usage | None = None,
    ) -> None:
        """Add a question with its answer, the brief and what it took, in one script."""
        said = [message.model_dump_json() for message in (question, answer)]
        entry = [usage.model_dump_json()] if usage else []
        self._write(
            self._append,
            session_id,
            brief.model_dump_json(),
            *said,
            *entry,
            patience=_APPEND_SECONDS,
        )

    def revise(self, session_id: str, brief: Brief) -> None:
        """Put `brief` in the place of the conversation's."""
        self._write(self._revise, session_id, brief.model_dump_json())

    def record(self, session_id: str, *usage: Usage, aside: bool = False) -> None:
        """Enter what was spent."""
        entries = [entry.model_dump_json() for entry in usage]
        if entries:
            with errors():
                self._record(self._keys(session_id), [*self._times(), int(not aside), *entries])

    def ledger(self, session_id: str, conversation: bool = False) -> list[Usage]:
        """All the session spent, oldest first; or the present conversation's part of it."""
        with errors():
            entries = self._ledger(self._keys(session_id), [*self._times(), int(conversation)])
        try:
            return _LEDGER.validate_json(b"[%b]" % entries)
        except ValidationError as error:
            raise StorageUnavailable() from error

    def clear(self, session_id: str) -> None:
        """Forget the conversation; what it cost stays in the ledger, as that of an earlier one."""
        self._write(self._clear, session_id)

    def check(self) -> None:
        """Raise `StorageUnavailable` where Redis takes nothing just now."""
        self._server.check()

    def _write(self, script: Script, session_id: str, *arguments: str, patience: float = 0) -> None:
        """Change the conversation, all or nothing, unless it was lost to somebody else meanwhile.

        Each change has a name of its own: sent again after a connection broke off, it is not made
        again.
        """
        keys = self._keys(session_id)
        held = self._held_here(keys[0])
        fence = [held.lease.token, held.version] if held else ["", 0]
        known = [*fence, self._leases.milliseconds, secrets.token_hex(8), *self._times()]
        version = self._sent(script, keys, [*known, *arguments], patience)
        if version is None:
            raise ConversationBusy(retry_after=1)
        if held:
            held.version, held.look = version, None

    def _sent(self, script: Script, keys: list[str], arguments: list[Any], patience: float) -> Any:
        deadline = time.monotonic() + patience
        while True:
            try:
                with errors():
                    return script(keys, arguments)
            except StorageUnavailable as error:
                is_away = isinstance(error.__cause__, AWAY)
                if not is_away or time.monotonic() + _APPEND_PAUSE >= deadline:
                    raise
                time.sleep(_APPEND_PAUSE)

    def _held_here(self, name: str) -> _Held | None:
        """What this thread holds of that name; else what another one took first."""
        with self._changing:
            held = self._held.get(name, [])
            ours = [one for one in held if one.thread == threading.get_ident()]
            return next(iter(ours or held), None)

    def _times(self) -> list[int]:
        return [self._least, self._most]

    def _keys(self, session_id: str) -> list[str]:
        """All of a conversation's keys; the braces keep them on one machine of a cluster."""
        digest = hashlib.sha256(session_id.encode("utf-8", "surrogatepass")).hexdigest()
        name = f"{self._prefix}conversation:{{{digest}}}"
        return [f"{name}:held", name, f"{name}:said", f"{name}:spent"]


def _version(look: _Look) -> int:
    try:
        return int(look[2] or 0)
    except ValueError as error:
        raise StorageUnavailable() from error


def _conversation(session_id: str, look: _Look) -> Conversation:
    brief, pending, _, said = look
    try:
        return Conversation(
            session_id=session_id,
            messages=_MESSAGES.validate_json(b"[%b]" % said),
            brief=Brief.model_validate_json(brief) if brief else Brief(),
            pending=None if pending is None else pending.decode(),
        )
    except ValueError as error:  # pydantic's is one, and so is text that is not UTF-8
        raise StorageUnavailable() from error
