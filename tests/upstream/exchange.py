"""What is remembered of a request and of how its answering went."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .scenarios import Scenario


@dataclass
class Exchange:
    """One request and its answering; the moments are those of `time.monotonic`."""

    method: str
    path: str
    headers: dict[str, str]
    """By their names in lower case."""
    body: Any
    """The JSON value of the body, where it is one."""
    fields: dict[str, str]
    files: dict[str, bytes]
    """The parts of a multipart body."""
    kind: str
    """turn, idea, brief, outline, cast, screenplay, chat, image, edit, file, models or unknown."""
    arrived_at: float = field(default_factory=time.monotonic)
    scenario: Scenario = field(default_factory=Scenario)
    chunks_sent: int = 0
    """How many chunks of content went out."""
    first_token_at: float | None = None
    first_reply_token_at: float | None = None
    """When the first of the reply's own words went out."""
    ended_at: float | None = None
    """When all that was to be sent was sent."""
    gone_at: float | None = None
    """When the client left before that."""
    told: threading.Condition = field(default_factory=threading.Condition, repr=False)

    @property
    def gone(self) -> bool:
        """Whether the client left before the answer ended."""
        return self.gone_at is not None

    @property
    def model(self) -> str:
        """The model asked for, without what its name says of the scenario."""
        return self.asked_model.partition("?")[0]

    @property
    def asked_model(self) -> str:
        """The model's name as it was sent."""
        body = self.body if isinstance(self.body, dict) else self.fields
        return str(body.get("model", ""))

    def end(self) -> None:
        """Note that all was sent."""
        with self.told:
            self.ended_at = time.monotonic()
            self.told.notify_all()

    def leave(self) -> None:
        """Note that the client is gone."""
        with self.told:
            self.gone_at = time.monotonic()
            self.told.notify_all()

    def count(self, of_reply: bool) -> None:
        """Note a chunk of content, and whether it holds words of the reply."""
        with self.told:
            self.chunks_sent += 1
            if self.first_token_at is None:
                self.first_token_at = time.monotonic()
            if of_reply and self.first_reply_token_at is None:
                self.first_reply_token_at = time.monotonic()
            self.told.notify_all()
