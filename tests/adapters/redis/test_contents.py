"""What is in Redis of conversations and receipts, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from src.spark.adapters.redis.locks import Leases
from src.spark.adapters.redis.receipts import RedisReceipts
from src.spark.errors import StorageUnavailable
from src.spark.models import Usage
from src.spark.ports import Receipt

from ...samples import FAKED, a_brief, answered, asked

DAY = 24 * 3600
MONTH = 31 * DAY


def exchange(store, session_id, text):
    usage = Usage.of("turn", FAKED)
    store.append(session_id, asked(text), answered("答"), a_brief(text), usage)


def spent(store):
    return store.record("a", Usage.of("turn", FAKED))


def times_left(redis):
    return {key: redis.ttl(key) for key in redis.keys("spark:conversation:*")}


def age(redis, seconds):
    """Let time go by."""
    for key, left in times_left(redis).items():
        redis.expire(key, left - seconds)


@pytest.mark.parametrize(
    "write",
    [
        lambda store: exchange(store, "a", "问"),
        lambda store: store.keep("a", "问"),
        lambda store: store.revise("a", a_brief("手写的")),
        lambda store: store.clear("a"),
        spent,
    ],
    ids=["append", "keep", "revise", "clear", "record"],
)
def test_whatever_is_written_is_kept_for_as_long_as_a_session(redis, store, write):
    write(store)
    assert times_left(redis)
    assert all(MONTH <= left <= MONTH + DAY for left in times_left(redis).values())
    exchange(store, "a", "问")
    age(redis, 20 * DAY)
    write(store)
    assert all(left >= MONTH for left in times_left(redis).values())


@pytest.mark.parametrize(
    "read",
    [
        lambda store: store.load("a"),
        lambda store: store.ledger("a"),
        lambda store: store.hold("a").__enter__(),
    ],
    ids=["load", "ledger", "hold"],
)
def test_whoever_only_reads_keeps_the_conversation_too(redis, store, read):
    exchange(store, "a", "问")
    age(redis, 20 * DAY)
    read(store)
    left = times_left(redis)
    assert len([key for key in left if left[key] >= MONTH]) == 3


def test_reading_again_on_the_same_day_writes_nothing(redis, store):
    exchange(store, "a", "问")
    age(redis, DAY // 2)
    before = redis.info("stats")["total_commands_processed"], redis.info("commandstats")
    store.load("a")
    after = redis.info("commandstats")
    assert after["cmdstat_expire"]["calls"] == before[1]["cmdstat_expire"]["calls"]
    assert all(left < MONTH + DAY // 2 + 60 for left in times_left(redis).values())


def test_a_conversation_whose_time_is_over_is_gone(redis, opened, until):
    store = opened(lifetime=timedelta(seconds=1))
    exchange(store, "a", "问")
    until(lambda: not redis.keys("*"))
    assert store.load("a").is_empty
    assert store.ledger("a") == []


def test_receipts_are_kept_for_a_day(redis, receipts):
    receipts.keep("a", "request", Receipt(200, {}, b"1"))
    (key,) = redis.keys("spark:receipt:*")
    assert DAY - 60 < redis.ttl(key) <= DAY


def test_a_receipt_whose_time_is_over_is_gone(redis, server, until):
    receipts = RedisReceipts(server, Leases(server), hours=0.5 / 3600)
    receipts.keep("a", "request", Receipt(200, {}, b"1"))
    until(lambda: not redis.keys("*"))
    assert receipts.find("a", "another request") is None


def test_all_keys_are_ours_and_those_of_one_thing_share_a_place_in_a_cluster(
    redis, store, receipts
):
    exchange(store, "someone's session", "问")
    with store.hold("someone's session"), receipts.hold("a secret"):
        receipts.keep("a secret", "request", Receipt(200, {}, b"1"))
        keys = [key.decode() for key in redis.keys("*")]
    tags = {(key.split(":")[1], key.partition("{")[2].partition("}")[0]) for key in keys}
    assert len(keys) == 6
    assert len(tags) == 2
    assert all(len(tag) == 64 for _, tag in tags)
    assert all(key.startswith("spark:") for key in keys)
    assert not [key for key in keys if "session" in key or "secret" in key]


@pytest.mark.parametrize("part", ["", ":said", ":spent"])
def test_a_key_of_another_kind_is_said_as_unavailable_storage_and_stays(redis, store, part):
    exchange(store, "a", "问")
    (key,) = [k for k in redis.keys("*") if k.decode().endswith("}" + part)]
    redis.set(key, "damaged")
    before = {key: redis.dump(key) for key in redis.keys("*")}
    with pytest.raises(StorageUnavailable):
        exchange(store, "a", "再问")
    assert {key: redis.dump(key) for key in redis.keys("*")} == before


def test_changes_that_cannot_be_counted_are_said_as_unavailable_storage(redis, store):
    exchange(store, "a", "问")
    (key,) = [k for k in redis.keys("*") if k.endswith(b"}")]
    redis.hset(key, "version", "damaged")
    with pytest.raises(StorageUnavailable):
        exchange(store, "a", "再问")
    with pytest.raises(StorageUnavailable), store.hold("a"):
        pytest.fail("it was held")
    assert not redis.exists(key + b":held")


@pytest.mark.parametrize("rubbish", [b"", b"{", b"\xff\xfe", b'{"role": 1}', b"null"])
def test_what_cannot_be_read_is_said_as_unavailable_storage(redis, store, rubbish):
    exchange(store, "a", "问")
    keys = {key.decode().rpartition("}")[2]: key for key in redis.keys("*")}
    redis.rpush(keys[":said"], rubbish)
    redis.rpush(keys[":spent"], b"1" + rubbish)
    for attempt in (lambda: store.load("a"), lambda: store.ledger("a")):
        with pytest.raises(StorageUnavailable):
            attempt()
    with pytest.raises(StorageUnavailable), store.hold("a"):
        store.load("a")


@pytest.mark.parametrize("rubbish", [b"", b"{", b"1\n", b"[1]\n", b"\xff\n", b'["a", 1]\nbody'])
def test_a_receipt_that_cannot_be_read_is_said_as_unavailable_storage(redis, receipts, rubbish):
    receipts.keep("a", "request", Receipt(200, {}, b"1"))
    (key,) = redis.keys("*")
    redis.set(key, rubbish)
    with pytest.raises(StorageUnavailable):
        receipts.find("a", "request")
