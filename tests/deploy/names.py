"""A name service of one name, as Docker's is to nginx."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_HEADER = struct.Struct("!HHHHHH")
_ANSWER = struct.Struct("!HHHIH4s")


class Names:
    """Answers every question for an address with `addresses`, which may change."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses, self.asked = addresses, list[str]()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])

    def serve(self) -> None:
        """Answer until a packet without a question comes."""
        while len(question := (packet := self._receive())[0][_HEADER.size :]):
            (number, *_), caller = _HEADER.unpack_from(packet[0]), packet[1]
            self.asked.append(_name(question))
            header = _HEADER.pack(number, 0x8180, 1, len(self.addresses), 0, 0)
            answers = (
                _ANSWER.pack(0xC00C, 1, 1, 1, 4, socket.inet_aton(address))
                for address in self.addresses
            )
            self._socket.sendto(header + question + b"".join(answers), caller)

    def stop(self) -> None:
        """End the serving."""
        self._socket.sendto(b"", ("127.0.0.1", self.port))

    def close(self) -> None:
        """Give the port back."""
        self._socket.close()

    def _receive(self) -> tuple[bytes, tuple[str, int]]:
        return self._socket.recvfrom(512)


def _name(question: bytes) -> str:
    labels, rest = [], question
    while rest[0]:
        labels.append(rest[1 : rest[0] + 1].decode())
        rest = rest[rest[0] + 1 :]
    return ".".join(labels)


@contextmanager
def names(*addresses: str) -> Iterator[Names]:
    """A name service that serves until the block ends."""
    server = Names(list(addresses))
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(10)
        server.close()
