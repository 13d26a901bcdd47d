"""People who talk to the API, as many as a measurement wants, and what they see of it."""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from typing import NamedTuple

import orjson

from benchmarks.processor import cpu_seconds

MESSAGE = "我想制作一个科幻视频"
TURNS_A_CONVERSATION = 8
RAMP = 1.2
"""Clients begin one after the other in so many seconds, so that they do not come in waves."""

_COOKIE = re.compile(rb"set-cookie: (spark_session=[^;]+)", re.IGNORECASE)
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Server(NamedTuple):
    """An API under load: its port and the parent of its workers."""

    port: int
    pid: int


class Refused(Exception):
    """A request was answered with something other than a turn; the argument is the status."""


class Load(NamedTuple):
    """What one run showed: the seconds of each turn, of the whole run, and of the processor."""

    turns: list[float]
    wall: float
    cpu: float
    errors: int = 0

    @classmethod
    def of(
        cls,
        turns: list[tuple[float, float]],
        begun: float,
        until: float,
        cpu: float,
        errors: int = 0,
    ) -> Load:
        """Of all turns, by their beginning and end, those that ended in the time that counts.

        That time goes from the end of one turn to the end of another, so that a few long turns
        are not counted short.
        """
        ended = sorted((end, end - start) for start, end in turns if begun <= end <= until)
        if len(ended) < 2:
            raise RuntimeError(f"too few turns to say anything: {len(turns)}; failed: {errors}")
        counted = [seconds for _, seconds in ended[1:]]
        wall = ended[-1][0] - ended[0][0]
        return cls(counted, wall, cpu / len(turns) * len(counted), errors)

    @property
    def rate(self) -> float:
        """Turns per second."""
        return len(self.turns) / self.wall

    @property
    def median(self) -> float:
        """The seconds of a turn in the middle."""
        return statistics.median(self.turns)

    @property
    def p99(self) -> float:
        """The seconds that one turn in a hundred takes longer than."""
        return sorted(self.turns)[min(len(self.turns) - 1, int(len(self.turns) * 0.99))]

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the server's processors for a turn."""
        return self.cpu / len(self.turns) * 1000


async def load(server: Server, clients: int, seconds: float, path: str) -> Load:
    """What so many clients had in so many seconds; counted from when all of them talk."""
    turns: list[tuple[float, float]] = []
    errors: list[Exception] = []
    cpu, started = cpu_seconds(server.pid), time.monotonic()
    talks = [
        _talk(server.port, path, started + n / clients * RAMP, started + seconds, turns, errors)
        for n in range(clients)
    ]
    await asyncio.gather(*talks)
    spent = cpu_seconds(server.pid) - cpu
    return Load.of(turns, started + RAMP, started + seconds, spent, len(errors))


async def _talk(
    port: int,
    path: str,
    begins: float,
    until: float,
    turns: list[tuple[float, float]],
    errors: list[Exception],
) -> None:
    await asyncio.sleep(begins - time.monotonic())
    cookie, count, streams = "", 0, None
    while (begun := time.monotonic()) < until:
        if count % TURNS_A_CONVERSATION == 0:
            cookie = ""
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", port)
            cookie = await turn(*streams, path, cookie) or cookie
            turns.append((begun, time.monotonic()))
        except (OSError, EOFError, Refused) as error:
            errors.append(error)
            if streams:
                streams[1].close()
            streams = None
            await asyncio.sleep(0.1)
        count += 1
    if streams:
        streams[1].close()


async def turn(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, cookie: str
) -> str:
    """One turn on a connection that is kept; the session's cookie where it is a new one."""
    ask_for_turn(writer, path, cookie)
    head = await reader.readuntil(b"\r\n\r\n")
    if length := _LENGTH.search(head):
        body = await reader.readexactly(int(length[1]))
    else:
        body = await reader.readuntil(b"\r\n0\r\n\r\n")
    if b" 200 " not in head.partition(b"\r\n")[0] or b'"response":' not in body:
        raise Refused(head.partition(b"\r\n")[0].decode(), body[:300].decode(errors="replace"))
    made = _COOKIE.search(head)
    return made[1].decode() if made else ""


def ask_for_turn(
    writer: asyncio.StreamWriter, path: str, cookie: str, message: str = MESSAGE
) -> None:
    """Send the request for a turn."""
    body = orjson.dumps({"message": message})
    writer.write(
        f"POST /api/chat/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Cookie: {cookie}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
