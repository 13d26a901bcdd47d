"""A Redis that is away, goes away, hangs, and comes back."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis.exceptions import ConnectionError as NoConnection

from src.spark.adapters.redis import conversations
from src.spark.adapters.redis.server import RedisServer
from src.spark.errors import StorageFull, StorageUnavailable
from src.spark.models import Usage
from src.spark.ports import Receipt

from ...samples import FAKED, a_brief, answered, asked
from .conftest import PATIENCE

LIMIT = 2
ANSWER = Receipt(200, {}, b"1")


def exchange(store, text):
    store.append("a", asked(text), answered("答"), a_brief(text))


def said(store):
    return [message.content for message in store.load("a").messages][::2]


def calls_of(store, receipts):
    """Every method that needs Redis."""
    return {
        "hold": lambda: store.hold("a").__enter__(),
        "load": lambda: store.load("a"),
        "keep": lambda: store.keep("a", "问"),
        "append": lambda: exchange(store, "问"),
        "revise": lambda: store.revise("a", a_brief("手写的")),
        "record": lambda: store.record("a", Usage.of("turn", FAKED)),
        "ledger": lambda: store.ledger("a"),
        "clear": lambda: store.clear("a"),
        "check": lambda: store.check(),
        "hold a key": lambda: receipts.hold("a").__enter__(),
        "find": lambda: receipts.find("a", "request"),
        "keep a receipt": lambda: receipts.keep("a", "request", ANSWER),
    }


def failed_within(seconds, call):
    begun = time.monotonic()
    with pytest.raises(StorageUnavailable) as failure:
        call()
    assert time.monotonic() - begun < seconds
    return failure.value


CALLS = calls_of(None, None)


@pytest.mark.parametrize("name", CALLS)
def test_a_redis_that_refuses_is_said_at_once_by_every_method(store, receipts, name):
    failure = failed_within(LIMIT, calls_of(store, receipts)[name])
    assert failure.retry_after == 1


@pytest.mark.parametrize("name", CALLS)
def test_a_redis_that_hangs_is_said_soon_by_every_method(machine, store, receipts, name):
    machine.start()
    store.load("a")
    machine.freeze()
    failure = failed_within(LIMIT, calls_of(store, receipts)[name])
    assert failure.retry_after == 1


@pytest.mark.parametrize("with_connections", [True, False])
def test_a_hanging_redis_is_waited_for_once_however_many_calls_there_are(
    machine, server, with_connections
):
    machine.start()
    if with_connections:
        server.check()
    machine.freeze()
    begun = time.monotonic()
    for _ in range(50):
        with pytest.raises(StorageUnavailable):
            server.check()
    assert time.monotonic() - begun < LIMIT


@pytest.mark.parametrize("with_connections", [True, False])
def test_hundreds_of_threads_hear_of_a_hanging_redis_in_time(machine, server, with_connections):
    machine.start()

    def check(_):
        begun = time.monotonic()
        try:
            for _ in range(3):
                server.check()
        except StorageUnavailable:
            return time.monotonic() - begun
        return None

    with ThreadPoolExecutor(400) as pool:
        if with_connections:
            assert list(pool.map(check, range(800))) == [None] * 800
        machine.freeze()
        waits = list(pool.map(check, range(400)))
    assert None not in waits
    assert max(waits) < 3 * LIMIT  # starting so many threads takes a while, too


def test_threads_share_a_bounded_number_of_connections(machine, redis, monkeypatch):
    monkeypatch.setattr("src.spark.adapters.redis.server._MOST_CONNECTIONS", 4)
    monkeypatch.setattr("src.spark.adapters.redis.server._QUEUE_SECONDS", PATIENCE)
    server = RedisServer(machine.url)
    with ThreadPoolExecutor(40) as pool:
        assert list(pool.map(lambda _: server.check(), range(1000))) == [None] * 1000
    assert redis.info("clients")["connected_clients"] <= 5


def test_a_thread_that_gets_no_connection_is_told_so(machine, redis, monkeypatch):
    monkeypatch.setattr("src.spark.adapters.redis.server._MOST_CONNECTIONS", 1)
    server = RedisServer(machine.url)
    taken = server.client.connection_pool.get_connection()
    failure = failed_within(LIMIT, server.check)
    assert failure.retry_after == 1
    server.client.connection_pool.release(taken)
    server.check()


def test_what_was_away_at_the_start_is_used_when_it_is_there(machine, store, until):
    with pytest.raises(StorageUnavailable):
        store.load("a")
    machine.start()
    until(lambda: works(store))
    exchange(store, "一")
    assert said(store) == ["一"]


def test_what_hung_is_used_when_it_goes_on(machine, store, until):
    machine.start()
    exchange(store, "一")
    machine.freeze()
    with pytest.raises(StorageUnavailable):
        store.load("a")
    machine.thaw()
    until(lambda: works(store))
    assert said(store) == ["一"]


def test_after_a_restart_nothing_acknowledged_is_lost_and_nobody_need_do_anything(
    machine, store, receipts, until
):
    machine.start()
    for number in range(20):
        exchange(store, f"{number}")
    receipts.keep("a", "request", ANSWER)
    machine.kill()
    with pytest.raises(StorageUnavailable):
        store.load("a")
    machine.start()
    until(lambda: works(store))
    exchange(store, "之后")
    assert said(store) == [*map(str, range(20)), "之后"]
    assert receipts.find("a", "request") == ANSWER


def test_a_restart_that_nobody_noticed_costs_no_call(machine, store):
    """Connections that died while idle are found out before anything is sent on them."""
    machine.start()
    exchange(store, "一")
    machine.kill()
    machine.start()
    exchange(store, "二")
    assert said(store) == ["一", "二"]


def test_an_answer_waits_a_moment_for_a_redis_that_restarts(machine, store, monkeypatch):
    monkeypatch.setattr(conversations, "_APPEND_SECONDS", PATIENCE)
    machine.start()
    with store.hold("a"), ThreadPoolExecutor(1) as pool:
        store.keep("a", "一")
        machine.kill()
        starting = pool.submit(machine.start)
        exchange(store, "一")
        starting.result(PATIENCE)
    assert said(store) == ["一"]
    assert store.load("a").pending is None


def works(store):
    try:
        store.load("a")
    except StorageUnavailable:
        return False
    return True


def test_an_exchange_sent_twice_is_there_once(machine, redis, store, monkeypatch):
    """The connection breaks after Redis has done what it was told."""
    append, sent = store._append, []

    def lose_the_first_answer(*arguments):
        version = append(*arguments)
        sent.append(version)
        if len(sent) == 1:
            redis.client_kill_filter(_type="normal")  # ours among them
            redis.ping()
            raise StorageUnavailable from NoConnection()
        return version

    monkeypatch.setattr(store, "_append", lose_the_first_answer)
    with store.hold("a"):
        exchange(store, "一")
        exchange(store, "二")
    assert said(store) == ["一", "二"]
    assert sent == [1, 1, 2]


def test_a_full_redis_says_so_and_changes_nothing(machine, redis, store, receipts):
    exchange(store, "之前")
    redis.config_set("maxmemory-policy", "noeviction")
    redis.config_set("maxmemory", 1)
    for call in (
        lambda: exchange(store, "问"),
        lambda: store.keep("a", "问"),
        lambda: store.revise("a", a_brief("手写的")),
        lambda: store.record("a", Usage.of("turn", FAKED)),
        lambda: receipts.keep("a", "request", ANSWER),
        lambda: store.check(),
    ):
        with pytest.raises(StorageFull):
            call()
    redis.config_set("maxmemory", 0)
    assert said(store) == ["之前"]
    assert store.load("a").pending is None
    assert store.ledger("a") == []


def test_a_redis_that_only_reads_is_said_to_be_unavailable(redis, machine, store):
    redis.replicaof("127.0.0.1", 1)
    with pytest.raises(StorageUnavailable):
        exchange(store, "问")
    with pytest.raises(StorageUnavailable):
        store.check()


def test_a_server_opened_before_a_fork_works_in_both_processes(machine, redis, server):
    server.check()
    child = os.fork()
    if not child:
        status = 1
        try:
            server.check()
            status = 0
        finally:
            os._exit(status)
    server.check()
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("scheme", ["redis", "unix"])
def test_addresses_may_be_of_any_kind(machine, scheme):
    path = machine.folder / "socket"
    machine.start(("--unixsocket", str(path), "--requirepass", "a secret"))
    addresses = {
        "redis": f"redis://:a%20secret@127.0.0.1:{machine.port}/3",
        "unix": f"unix://{path}?db=3&password=a+secret",
    }
    server = RedisServer(addresses[scheme])
    server.check()
    assert server.client.get("spark:check") == b"1"
    with pytest.raises(StorageUnavailable):
        RedisServer(machine.url).check()
