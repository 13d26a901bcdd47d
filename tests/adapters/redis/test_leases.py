"""Holding a conversation over several machines: who holds it, and who does not any more."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from src.spark.adapters.redis.conversations import RedisConversationStore
from src.spark.adapters.redis.locks import Leases
from src.spark.adapters.redis.server import RedisServer
from src.spark.errors import ConversationBusy

from ...ports.processes import spawn
from ...samples import a_brief, answered, asked
from .conftest import PATIENCE

SHORT = 0.5


def exchange(store, text):
    store.append("a", asked(text), answered("答"), a_brief(text))


def said(store):
    return [message.content for message in store.load("a").messages][::2]


def lease_of(redis):
    (key,) = redis.keys("spark:conversation:*:held")
    return key


def lose(redis):
    """What a Redis does that restarts without its memory of leases."""
    redis.delete(lease_of(redis))


@pytest.fixture
def speaker(machine, redis):
    """Another process that holds the conversation `a`, and speaks in it when it is told."""
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=speak_when_told, args=(machine.url, theirs))
    process.start()
    assert ours.poll(PATIENCE)
    assert ours.recv() == "held"
    process.pipe = ours
    yield process
    process.kill()
    process.join(PATIENCE)


def speak_when_told(url, pipe):
    server = RedisServer(url)
    store = RedisConversationStore(server, Leases(server, 2))
    with store.hold("a"):
        store.keep("a", "慢")
        pipe.send("held")
        pipe.recv()
        try:
            exchange(store, "慢")
        except ConversationBusy:
            pipe.send("refused")
        else:
            pipe.send("said")


def test_a_long_turn_stays_held(redis, opened):
    store, hasty = opened(seconds=3), opened(patience=7)
    with store.hold("a"):
        with pytest.raises(ConversationBusy), hasty.hold("a"):
            pytest.fail("two held one conversation")
        exchange(store, "一")
    with hasty.hold("a"):
        assert said(hasty) == ["一"]


def test_what_is_let_go_of_leaves_no_lease_behind(redis, store):
    with store.hold("a"):
        assert 0 < redis.pttl(lease_of(redis)) <= 6000
    assert redis.keys("spark:conversation:*:held") == []


def test_one_thread_renews_all_that_is_held_and_ends_when_nothing_is(redis, opened, until):
    store = opened(seconds=SHORT)
    before = threading.active_count()
    with ThreadPoolExecutor(8) as pool:
        held = [store.hold(f"{number}") for number in range(8)]
        list(pool.map(lambda one: one.__enter__(), held))
    assert threading.active_count() == before + 1
    for one in held:
        one.__exit__(None, None, None)
    until(lambda: threading.active_count() == before)
    with store.hold("a"):
        assert threading.active_count() == before + 1


def test_a_killed_holder_is_waited_for_no_longer_than_its_lease(speaker, store):
    os.kill(speaker.pid, signal.SIGKILL)
    begun = time.monotonic()
    with store.hold("a"):
        assert time.monotonic() - begun < 10
        assert store.load("a").pending == "慢"
        exchange(store, "快")
    assert said(store) == ["快"]


def test_a_holder_that_slept_too_long_is_refused_and_changes_nothing(speaker, store):
    os.kill(speaker.pid, signal.SIGSTOP)
    with store.hold("a"):
        exchange(store, "快")
    before = store.load("a")
    speaker.pipe.send("go")
    os.kill(speaker.pid, signal.SIGCONT)
    assert speaker.pipe.poll(PATIENCE)
    assert speaker.pipe.recv() == "refused"
    assert store.load("a") == before


def test_a_holder_that_slept_while_nobody_spoke_goes_on(speaker, store, redis, until):
    os.kill(speaker.pid, signal.SIGSTOP)
    until(lambda: not redis.keys("spark:conversation:*:held"))
    speaker.pipe.send("go")
    os.kill(speaker.pid, signal.SIGCONT)
    assert speaker.pipe.poll(PATIENCE)
    assert speaker.pipe.recv() == "said"
    assert said(store) == ["慢"]


@pytest.mark.parametrize(
    "change",
    [
        lambda store: exchange(store, "慢"),
        lambda store: store.keep("a", "慢"),
        lambda store: store.revise("a", a_brief("慢")),
        lambda store: store.clear("a"),
    ],
    ids=["append", "keep", "revise", "clear"],
)
@pytest.mark.parametrize("is_over", [True, False])
def test_nothing_is_changed_by_who_lost_the_conversation_to_another(
    redis, store, other, change, is_over
):
    """Whether the other one still holds it, or has let go of it by now."""
    exchange(store, "以前")
    with store.hold("a"):
        store.keep("a", "慢")
        lose(redis)
        others = other.hold("a")
        others.__enter__()
        other.keep("a", "快")
        exchange(other, "快")
        if is_over:
            others.__exit__(None, None, None)
        before = other.load("a")
        with pytest.raises(ConversationBusy) as refused:
            change(store)
        assert refused.value.retry_after
        assert other.load("a") == before
    if not is_over:  # whoever lost it did not let go of it for the other one
        assert redis.exists(lease_of(redis))
        others.__exit__(None, None, None)
    assert said(store) == ["以前", "快"]


def test_a_redis_that_forgot_everything_is_not_given_half_a_conversation(machine, store):
    machine.start(())
    exchange(store, "一")
    with store.hold("a"):
        store.keep("a", "二")
        machine.kill()
        machine.start(())
        with pytest.raises(ConversationBusy):
            exchange(store, "二")
    assert said(store) == []


def test_a_lease_lost_to_a_thread_of_the_same_process_is_lost_all_the_same(redis, store):
    def speak():
        with store.hold("a"):
            store.keep("a", "快")
            exchange(store, "快")

    with store.hold("a"), ThreadPoolExecutor(1) as pool:
        store.keep("a", "慢")
        lose(redis)
        pool.submit(speak).result(PATIENCE)
        with pytest.raises(ConversationBusy):
            exchange(store, "慢")
    assert said(store) == ["快"]


def test_who_waits_for_long_asks_seldom(redis, opened):
    store, hasty = opened(), opened(patience=3)
    hasty.load("a")
    with store.hold("a"):
        before = redis.info("commandstats")["cmdstat_evalsha"]["calls"]
        with pytest.raises(ConversationBusy), hasty.hold("a"):
            pytest.fail("two held one conversation")
        asked_for = redis.info("commandstats")["cmdstat_evalsha"]["calls"] - before
    assert 5 < asked_for < 60
