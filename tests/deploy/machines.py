"""Stand-ins for the API's machines behind nginx: they keep what reached them."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 20


@dataclass
class Arrival:
    """A request as it reached a machine."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    peer: int
    """The port it came from, which tells connections apart."""


class Handler(BaseHTTPRequestHandler):
    """Answers as its machine was told to."""

    protocol_version = "HTTP/1.1"
    server: Machine

    def handle_one_request(self) -> None:
        # nginx may end a connection while we wait for, or answer, what comes over it.
        with suppress(ConnectionError, ValueError):
            super().handle_one_request()

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        peer = self.client_address[1]
        self.server.arrivals.append(Arrival(self.command, self.path, headers, body, peer))
        self.server.behaviour(self)

    do_GET = do_POST = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815

    def send(self, body: Any, status: int = 200, **headers: str) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests look at what arrived."""


class Machine(ThreadingHTTPServer):
    """One machine; `behaviour` answers its requests."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, behaviour: Callable[[Handler], None], address: tuple[str, int]) -> None:
        self.behaviour, self.arrivals = behaviour, list[Arrival]()
        self.connections = set[socket.socket]()
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        # The standard one asks the name service who we are.
        TCPServer.server_bind(self)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def bodies(self) -> list[bytes]:
        return [arrival.body for arrival in self.arrivals]


def greet(handler: Handler) -> None:
    """Answer that all is well."""
    handler.send({"ok": True})


def take_and_die(handler: Handler) -> None:
    """Take a request whole, and never answer it."""
    handler.hang_up()


@contextmanager
def machine(
    behaviour: Callable[[Handler], None] = greet, host: str = "127.0.0.1", port: int = 0
) -> Iterator[Machine]:
    """A machine that serves until the block ends."""
    server = Machine(behaviour, (host, port))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        for connection in list(server.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)


@contextmanager
def nobody() -> Iterator[int]:
    """A port that refuses connections, and that nobody else can take until the block ends."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


class Caller:
    """A client of nginx over one connection."""

    def __init__(self, base: str) -> None:
        self.connection = HTTPConnection(urlsplit(base).netloc, timeout=PATIENCE)

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def ask(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], Any]:
        """Status, headers and body of the answer; the body read where it is JSON."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, path, data, sent)
        response = self.connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        text = response.read()
        is_json = found.get("content-type") == "application/json"
        readable = is_json and "content-encoding" not in found
        return response.status, found, json.loads(text) if readable and text else text


def ask(
    base: str, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, dict[str, str], Any]:
    """The answer to one request over a connection of its own."""
    with Caller(base) as caller:
        return caller.ask(method, path, body, **headers)
