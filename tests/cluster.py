"""Several machines: API servers on ports of their own, one Redis, one PostgreSQL, a real nginx."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from src.spark.adapters.postgres.schema import migrate

from .production import Production, production
from .servers import free_port, nginx_server, postgres_server, redis_server

MANY = "1000000/minute"
_REDIS = ["--appendonly", "yes", "--maxmemory-policy", "noeviction"]  # as compose.yaml has it


class Cluster:
    """What runs, and how each part of it is killed and started again."""

    def __init__(self, folder: Path, settings: dict[str, str], machines: int, workers: int) -> None:
        self._folder, self._workers = folder, workers
        self._running: dict[str, ExitStack] = {}
        self._settings = settings
        self.ports = [free_port() for _ in range(machines)]
        self.port = 0
        """nginx's."""
        self._redis_port, self._postgres_port = free_port(), free_port()
        self.redis: subprocess.Popen[bytes]
        self.postgres: subprocess.Popen[bytes]
        self.machines: dict[int, Production] = {}

    def start(self) -> None:
        """Start everything, what the others need first."""
        self.start_redis()
        self.start_postgres()
        migrate(self._database, lambda name: None)
        for number in range(len(self.ports)):
            self.start_machine(number)
        address = self._run("nginx", nginx_server(self._folder, self.ports))
        self.port = urlsplit(address).port or 0

    def stop(self) -> None:
        """Stop whatever runs, in the opposite order."""
        for name in reversed(list(self._running)):
            self._running.pop(name).close()

    @property
    def _database(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._postgres_port}/postgres"

    def start_redis(self) -> None:
        """Start Redis, with what it had written down."""
        server = redis_server(self._folder, self._redis_port, _REDIS)
        _, self.redis = self._run("redis", server)

    def start_postgres(self) -> None:
        """Start PostgreSQL, with what it had written down."""
        _, self.postgres = self._run("postgres", postgres_server(self._folder, self._postgres_port))

    def start_machine(self, number: int) -> None:
        """Start an API server."""
        folder = self._folder / f"machine-{number}"
        folder.mkdir(exist_ok=True)
        settings = {
            "REDIS_URL": f"redis://127.0.0.1:{self._redis_port}",
            "DATABASE_URL": self._database,
            "SPARK_MEDIA_URL": str(self._folder / "media"),
            "SPARK_TRUSTED_PROXIES": "127.0.0.1",
            **{f"SPARK_LIMIT_{kind}": MANY for kind in ("READS", "WRITES", "SPENDING")},
            **self._settings,
        }
        server = production(folder, settings, self._workers, self.ports[number])
        self.machines[number] = self._run(f"machine-{number}", server)

    def kill(self, part: str) -> None:
        """Kill a part as a power cut would: `redis`, `postgres`, or `machine-0`."""
        if part.startswith("machine"):
            machine = self.machines[int(part[-1])]
            for pid in (machine.pid, *machine.workers):
                os.kill(pid, signal.SIGKILL)
        else:
            process: subprocess.Popen[bytes] = getattr(self, part)
            process.kill()
            process.wait()
        self._running.pop(part).close()

    def _run(self, name: str, server: AbstractContextManager[Any]) -> Any:
        stack = self._running[name] = ExitStack()
        return stack.enter_context(server)


@contextmanager
def cluster(
    folder: Path, settings: dict[str, str], machines: int = 2, workers: int = 2
) -> Iterator[Cluster]:
    """A cluster that runs until the block ends."""
    running = Cluster(folder, settings, machines, workers)
    try:
        running.start()
        yield running
    finally:
        running.stop()
