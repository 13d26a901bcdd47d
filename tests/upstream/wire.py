"""HTTP/1.1 as far as a stand-in needs it: whole requests in, answers out whole or in chunks."""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import NamedTuple, cast


class Request(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer:
    """The way back to the client."""

    def __init__(self, transport: asyncio.Transport, writable: asyncio.Event) -> None:
        self._transport, self._writable = transport, writable
        self.begun = self.whole = self.gone = False
        self.on_last: Callable[[], None] = lambda: None
        """Called right before the last byte goes out: what it notes is noted when it arrives."""

    def begin(self, status: int, headers: Mapping[str, str], length: int | None = None) -> None:
        """Send the headers; a body without a length goes in chunks."""
        size = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", size]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.begun = True
        self._transport.write("\r\n".join([*lines, "", ""]).encode())

    def write(self, data: bytes) -> None:
        """Send a part of a body whose length was told."""
        self._transport.write(data)

    def chunk(self, data: bytes) -> None:
        """Send a part of a body in chunks."""
        self._transport.write(b"%x\r\n%b\r\n" % (len(data), data))

    def end(self) -> None:
        """End a body in chunks."""
        self.on_last()
        self._transport.write(b"0\r\n\r\n")
        self.whole = True

    def send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Send headers and body."""
        self.on_last()
        self.begin(status, headers, len(body))
        self.write(body)
        self.whole = True

    def reset(self) -> None:
        """End the connection as a crashed server would."""
        linger = struct.pack("ii", 1, 0)
        self._transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, linger
        )
        self._transport.abort()

    async def pour(self, data: bytes) -> None:
        """Send chunks for ever, as fast as the client takes them."""
        while True:
            self.chunk(data)
            await self._writable.wait()
            await asyncio.sleep(0)


Handler = Callable[[Request, Answer], Awaitable[None]]


class Connection(asyncio.Protocol):
    """One client's connection: its requests are answered one after the other."""

    def __init__(self, handle: Handler, open_ones: set[Connection]) -> None:
        self._handle, self._open_ones = handle, open_ones
        self._buffer = bytearray()
        self._head: tuple[str, str, dict[str, str]] | None = None
        self._task: asyncio.Task[None] | None = None
        self._answer: Answer | None = None
        self._writable = asyncio.Event()
        self._writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._open_ones.add(self)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._take()

    def eof_received(self) -> None:
        self._leave()

    def connection_lost(self, exc: Exception | None) -> None:
        self._open_ones.discard(self)
        self._leave()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def close(self) -> None:
        """Drop the connection and what is being answered on it."""
        if self._task:
            self._task.cancel()
        self._answer = None
        self._transport.abort()

    def _leave(self) -> None:
        if self._task and self._answer:
            self._answer.gone = True
            self._answer = None
            # Not at once: a request is to be taken note of even where its client is gone already.
            asyncio.get_running_loop().call_soon(self._task.cancel)

    def _take(self) -> None:
        if self._task is None and (request := self._next_request()):
            self._answer = Answer(self._transport, self._writable)
            serving = self._serve(request, self._answer)
            self._task = asyncio.get_running_loop().create_task(serving)

    async def _serve(self, request: Request, answer: Answer) -> None:
        try:
            await self._handle(request, answer)
        finally:
            self._task = self._answer = None
            if answer.whole and request.headers.get("connection") != "close":
                self._take()
            else:
                self._transport.close()

    def _next_request(self) -> Request | None:
        """The next request, once it is here to its last byte."""
        if self._head is None:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return None
            self._head, self._buffer = _parsed(head.decode("latin-1")), rest
        method, path, headers = self._head
        length = int(headers.get("content-length", 0))
        if len(self._buffer) < length:
            return None
        body = bytes(self._buffer[:length])
        del self._buffer[:length]
        self._head = None
        return Request(method, path, headers, body)


def _parsed(head: str) -> tuple[str, str, dict[str, str]]:
    first, *lines = head.split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    return method, path, {name.lower(): value.strip() for name, _, value in pairs}


def parts(body: bytes, content_type: str) -> tuple[dict[str, str], dict[str, bytes]]:
    """The fields and the files of a multipart body."""
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    for part in body.split(b"--" + boundary[1].encode())[1:-1] if boundary else []:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        told = head.decode("utf-8", "replace")
        name = re.search(r'\bname="([^"]*)"', told)
        if name and "filename=" in told:
            files[name[1]] = content
        elif name:
            fields[name[1]] = content.decode("utf-8", "replace")
    return fields, files
