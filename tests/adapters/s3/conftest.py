from __future__ import annotations

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from src.spark.adapters.s3.address import Address
from src.spark.adapters.s3.media import S3MediaStore
from src.spark.pictures import Picture

from ...samples import FAKED


@pytest.fixture
def picture():
    return Picture(b"\x89PNG...", "image/png", "a prompt", FAKED)


@pytest.fixture
def opened():
    """A call that opens a media store at an endpoint."""

    def open_at(endpoint, bucket="spark-tests"):
        return S3MediaStore(Address.parse(f"s3://{bucket}/media?endpoint_url={endpoint}"))

    return open_at


@pytest.fixture
def complaining():
    """A call that runs storage which answers every request with one complaint."""
    servers = []

    def run(status, code):
        body = f"<Error><Code>{code}</Code><Message>words of theirs</Message></Error>".encode()

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                whole = b"" if self.command == "HEAD" else body
                self.send_response(status)
                self.send_header("Content-Length", str(len(whole)))
                self.end_headers()
                self.wfile.write(whole)

            def log_message(self, *said):
                """Nobody listens."""

            do_GET = do_PUT = do_HEAD = answer  # noqa: N815

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield run
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Silence:
    """Storage that takes every call and never says a word."""

    endpoint: str
    calls: list[socket.socket] = field(default_factory=list)
    called: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def take(self, server):
        with suppress(OSError):
            while True:
                self.calls.append(server.accept()[0])
                self.called.release()


@pytest.fixture
def silence():
    with socket.create_server(("127.0.0.1", 0)) as server:
        silence = Silence(f"http://127.0.0.1:{server.getsockname()[1]}")
        thread = threading.Thread(target=silence.take, args=(server,))
        thread.start()
        yield silence
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for call in silence.calls:
            call.close()
