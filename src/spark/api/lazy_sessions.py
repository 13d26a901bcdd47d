"""Sessions that are neither read nor written by requests that never look into them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask_session.base import ServerSideSession, ServerSideSessionInterface

from ..context import SESSION_ID


class LazySession(ServerSideSession):
    """A session that is read from its store when it is first looked into.

    Most requests never look: they neither wait for the store nor fail with it.
    """

    def __init__(self, read: Callable[[], ServerSideSession]) -> None:
        super().__init__()
        self._read: Callable[[], ServerSideSession] | None = read

    @property
    def is_open(self) -> bool:
        """Whether it was looked into."""
        return self._read is None

    def _open(self) -> None:
        if self._read is not None:
            stored = self._read()
            self._read, self.sid = None, stored.sid
            dict.update(self, stored)
            SESSION_ID.set(stored.get("id", ""))

    def __contains__(self, key: object) -> bool:
        self._open()
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self._open()
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:
        self._open()
        super().__setitem__(key, value)

    def get(self, key: str, default: Any = None) -> Any:
        """What is kept under `key`."""
        self._open()
        return super().get(key, default)


class LazySessions(ServerSideSessionInterface):
    """Sessions that are neither read nor written by requests that never look into them."""

    def open_session(self, app: Flask, request: Request) -> LazySession:
        """The caller's session, to be read when it is looked into."""
        return LazySession(lambda: super(LazySessions, self).open_session(app, request))

    def save_session(  # type: ignore[override]  # what open_session gave
        self, app: Flask, session: LazySession, response: Response
    ) -> None:
        """Keep the session if it was looked into."""
        if session.is_open:
            super().save_session(app, session, response)
