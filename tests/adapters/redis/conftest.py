from __future__ import annotations

import signal
import threading
import time
from contextlib import ExitStack

import pytest

from src.spark.adapters.redis.conversations import RedisConversationStore
from src.spark.adapters.redis.locks import Leases
from src.spark.adapters.redis.receipts import RedisReceipts
from src.spark.adapters.redis.server import RedisServer

from ...servers import free_port, redis_server

PATIENCE = 60
DURABLE = ("--appendonly", "yes")


class Machine:
    """A Redis that can be killed, started again where it was, frozen and thawed."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.process, self._running = None, ExitStack()

    def start(self, options=DURABLE):
        _, self.process = self._running.enter_context(redis_server(self.folder, self.port, options))

    def kill(self):
        self.process.kill()
        self.process.wait(PATIENCE)
        self._running.close()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        if self.process:
            self.thaw()
        self._running.close()


@pytest.fixture
def machine(tmp_path):
    """A Redis that is not started yet."""
    machine = Machine(tmp_path)
    yield machine
    machine.stop()


@pytest.fixture
def redis(machine):
    """A Redis that runs, as another process sees it."""
    machine.start()
    return RedisServer(machine.url).client


@pytest.fixture
def server(machine):
    return RedisServer(machine.url)


@pytest.fixture
def opened(machine):
    """A call that opens the conversations as one more process has them."""

    def make(seconds=6.0, patience=30, **settings):
        server = RedisServer(machine.url)
        return RedisConversationStore(
            server, Leases(server, seconds), patience=patience, **settings
        )

    return make


@pytest.fixture
def store(opened):
    return opened()


@pytest.fixture
def other(opened):
    return opened()


@pytest.fixture
def receipts(server):
    return RedisReceipts(server, Leases(server))


@pytest.fixture
def until():
    """Wait until something is so."""

    def wait(is_so):
        deadline, pause = time.monotonic() + PATIENCE, threading.Event()
        while not is_so():
            assert time.monotonic() < deadline
            pause.wait(0.02)

    return wait
