"""The API as production runs it: real gunicorn with the project's own configuration."""

from __future__ import annotations

import http.client
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from .servers import free_port, running

REPOSITORY = Path(__file__).parents[1]
APPLICATION = "src.spark.api.app:create_app('production')"
SECRET = "a-production-secret-of-these-tests-alone"
PATIENCE = 60


def until(predicate: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return when that is true."""
    moment = threading.Event()
    for _ in range(int(seconds * 50)):
        if predicate():
            return
        moment.wait(0.02)
    raise AssertionError("it never came true")


class Production(NamedTuple):
    """A running server: its port, and the parent of its workers."""

    port: int
    pid: int

    @property
    def workers(self) -> list[int]:
        """The ids of its workers."""
        text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in text.split()]


@contextmanager
def production(
    folder: Path,
    settings: dict[str, str],
    workers: int = 2,
    port: int | None = None,
    release: Path | None = None,
) -> Iterator[Production]:
    """The seed's production command; `settings` are variables of its environment.

    It serves the code of the folder `release`, or else this repository's.
    """
    port = port or free_port()
    env = {**os.environ, "SECRET_KEY": SECRET, "SPARK_DATA_DIR": str(folder / "data"), **settings}
    command = [sys.executable, "-m", "gunicorn", "-w", str(workers), "-b", f"127.0.0.1:{port}"]
    command += ["--chdir", str(release or REPOSITORY)]
    command += ["-c", str((release or REPOSITORY) / "gunicorn.conf.py")]
    log = folder / f"gunicorn-{port}.log"
    with running([*command, APPLICATION], port, log, env) as process:
        yield Production(port, process.pid)


class Answer(NamedTuple):
    """What a request was answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Person:
    """Somebody who talks to the API, over a connection of their own for every request."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie = port, ""

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Answer:
        """The answer to one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"Cookie": self.cookie} if self.cookie else {}
        data = None
        if body is not None:
            data, sent["Content-Type"] = json.dumps(body), "application/json"
        try:
            connection.request(method, path, data, {**sent, **(headers or {})})
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        finally:
            connection.close()
        if cookie := response.headers.get("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer

    def say(self, message: str, path: str = "send", **how: Any) -> Answer:
        """The answer to one message."""
        return self.ask("POST", f"/api/chat/{path}", {"message": message}, **how)

    def history(self) -> list[tuple[str, str]]:
        """What was said so far, as pairs of a message and its answer."""
        said = self.ask("GET", "/api/chat/history").json["history"]
        texts = [message["content"] for message in said]
        return list(zip(texts[::2], texts[1::2], strict=True))
