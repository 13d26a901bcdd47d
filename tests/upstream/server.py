"""The server: it takes requests, picks a scenario for each, and remembers how it went."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from .answers import FORMS, Utterances, compose, format_of
from .chat import complete
from .exchange import Exchange
from .pictures import draw, serve_file
from .scenarios import Scenario
from .troubles import Refusal, invalid, meets_trouble, refuse, send_value
from .wire import Answer, Connection, Request, parts

Found = TypeVar("Found")

_KINDS = {
    ("POST", "/v1/images/generations"): "image",
    ("POST", "/v1/images/edits"): "edit",
    ("GET", "/v1/models"): "models",
}
_BROKEN = Refusal(500, "standin_broken", "server_error", "The stand-in itself failed.")


class Upstream:
    """A model's service to test against; every method may be called from any thread."""

    def __init__(self, default: Scenario | None = None, remembers: bool = True) -> None:
        self.default = default or Scenario()
        self.base_url = ""
        self.failures: list[Exception] = []
        """What went wrong in the stand-in itself."""
        self._remembers = remembers
        self._told = threading.Condition()
        self._exchanges: list[Exchange] = []
        self._queue: list[tuple[str | None, Scenario]] = []
        self._stop: Callable[[], None] = lambda: None

    @property
    def requests(self) -> list[Exchange]:
        """Every request so far, in the order they came."""
        with self._told:
            return list(self._exchanges)

    def next(self, *scenarios: Scenario, kind: str | None = None) -> None:
        """Answer the coming requests so, one after the other; those of one kind, or any.

        Requests for a linked file only take what is queued for their kind, "file".
        """
        with self._told:
            self._queue += [(kind, scenario) for scenario in scenarios]

    def clear(self) -> None:
        """Forget the requests and what is queued, and answer as a good service does."""
        with self._told:
            self._exchanges, self._queue, self.default = [], [], Scenario()

    def wait_for(self, predicate: Callable[[list[Exchange]], Found], seconds: float = 5) -> Found:
        """What `predicate` says of the requests, as soon as that is true of them.

        It may ask for requests that are yet to come: an `IndexError` means not yet.
        """

        def found_now() -> Found | None:
            try:
                return predicate(list(self._exchanges))
            except IndexError:
                return None

        with self._told:
            found = self._told.wait_for(found_now, seconds)
        if not found:
            raise TimeoutError(f"not within {seconds} s: {self.requests}")
        return found

    def stop(self) -> None:
        """End the serving, from any thread."""
        self._stop()

    async def serve(self, port: int = 0, ready: Callable[[], None] = lambda: None) -> None:
        """Answer requests on `port`, or on a free one, until stopped."""
        loop, stopped = asyncio.get_running_loop(), asyncio.Event()

        def stop() -> None:
            loop.call_soon_threadsafe(stopped.set)

        open_ones: set[Connection] = set()
        with ThreadPoolExecutor(1, "composer") as self._composer:
            listener = await loop.create_server(
                lambda: Connection(self._handle, open_ones), "127.0.0.1", port, backlog=1024
            )
            self.base_url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
            self._stop = stop
            ready()
            try:
                await stopped.wait()
            finally:
                self._stop = lambda: None
                listener.close()
                for connection in list(open_ones):
                    connection.close()
                while open_ones:
                    await asyncio.sleep(0)

    async def _handle(self, request: Request, answer: Answer) -> None:
        exchange = self._arrive(request)
        answer.on_last = exchange.end
        try:
            await self._answer(exchange, answer)
            if not answer.whole:
                exchange.end()
        except asyncio.CancelledError:
            if answer.gone:
                exchange.leave()
            raise
        except Exception as failure:
            self.failures.append(failure)
            if not answer.begun:
                refuse(exchange, answer, _BROKEN._replace(message=repr(failure)))

    def _arrive(self, request: Request) -> Exchange:
        body, fields, files = _contents(request)
        path = request.path.partition("?")[0]
        exchange = Exchange(
            method=request.method,
            path=path,
            headers=request.headers,
            body=body,
            fields=fields,
            files=files,
            kind=_kind(request.method, path, body),
            told=self._told,
        )
        with self._told:
            exchange.scenario = self._picked(exchange.kind)
            if self._remembers:
                self._exchanges.append(exchange)
            self._told.notify_all()
        return exchange

    def _picked(self, kind: str) -> Scenario:
        for place, (wanted, scenario) in enumerate(self._queue):
            if wanted == kind or (wanted is None and kind != "file"):
                del self._queue[place]
                return scenario
        return Scenario() if kind == "file" else self.default

    async def _answer(self, exchange: Exchange, answer: Answer) -> None:
        try:
            exchange.scenario = exchange.scenario.overridden_by(exchange.asked_model)
        except ValueError as problem:
            return refuse(exchange, answer, invalid(str(problem), "model"))
        if await meets_trouble(exchange, answer):
            return None
        if exchange.kind in FORMS or exchange.kind == "chat":
            return await complete(exchange, answer, self._compose)
        if exchange.kind in ("image", "edit"):
            return await draw(exchange, answer)
        if exchange.kind == "file":
            return await serve_file(exchange, answer)
        if exchange.kind == "models":
            entry = {"id": "standin", "object": "model", "created": 0, "owned_by": "standin"}
            return await send_value(exchange, answer, {"object": "list", "data": [entry]})
        unknown = invalid(f"Invalid URL ({exchange.method} {exchange.path})")
        return refuse(exchange, answer, unknown._replace(status=404, code="unknown_url"))

    async def _compose(self, form: str, utterances: Utterances) -> str:
        """A good answer, composed beside the serving: reading words takes its time."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._composer, compose, form, utterances)


@contextmanager
def upstream(default: Scenario | None = None) -> Iterator[Upstream]:
    """A stand-in that serves until the block ends; its own failures are raised then."""
    server, listening = Upstream(default), threading.Event()
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(ready=listening.set)), name="upstream", daemon=True
    )
    thread.start()
    if not listening.wait(10):
        raise RuntimeError("the stand-in does not listen")
    try:
        yield server
    finally:
        server.stop()
        thread.join(10)
    if server.failures:
        raise server.failures[0]


def _contents(request: Request) -> tuple[Any, dict[str, str], dict[str, bytes]]:
    """The body as JSON, or as the fields and files of a form."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return None, *parts(request.body, kind)
    try:
        return json.loads(request.body or b"null"), {}, {}
    except ValueError:
        return None, {}, {}


def _kind(method: str, path: str, body: Any) -> str:
    if (method, path) == ("POST", "/v1/chat/completions"):
        form = format_of(body) if isinstance(body, dict) else ""
        return form if form in FORMS else "chat"
    if path.startswith("/files/"):
        return "file"
    return _KINDS.get((method, path), "unknown")
