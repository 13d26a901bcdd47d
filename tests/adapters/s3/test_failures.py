"""What is wrong with storage is said in our words in time, to the operator in theirs; it passes."""

from __future__ import annotations

import logging
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from src.spark.adapters.s3 import bucket
from src.spark.errors import NotFound, StorageFull, StorageUnavailable
from src.spark.pictures import picture_name

from ...ports.buckets import make_bucket
from ...samples import MARK
from ...servers import free_port, s3_server

NAME = "0" * 40 + ".png"


def asked(store, picture):
    """Every way to ask a store for something."""
    return {
        "put": lambda: store.put(picture),
        "get": lambda: store.get(NAME),
        "origin": lambda: store.origin(NAME),
        "names": lambda: list(store.names()),
        "check": store.check,
    }


def seconds_until_refused(ask):
    beginning = time.monotonic()
    with pytest.raises(StorageUnavailable):
        ask()
    return time.monotonic() - beginning


def patiently(ask):
    """What `ask` answers once storage is found to be back."""
    patience = threading.Event()
    for _ in range(300):
        try:
            return ask()
        except StorageUnavailable:
            patience.wait(0.1)
    return ask()


@pytest.mark.parametrize("way", ["put", "get", "origin", "names", "check"])
def test_storage_that_is_away_is_said_soon(opened, picture, caplog, way):
    endpoint = f"http://127.0.0.1:{free_port()}"
    store = opened(endpoint)
    assert seconds_until_refused(asked(store, picture)[way]) < 6
    assert f"bucket spark-tests at {endpoint} fails: EndpointConnectionError" in caplog.text


def test_a_look_at_storage_that_hangs_takes_two_seconds(opened, silence):
    seconds_until_refused(opened(silence.endpoint).check)  # which loads what it needs
    assert seconds_until_refused(opened(silence.endpoint).check) < 6


@pytest.mark.parametrize("way", ["get", "origin"])
def test_a_picture_is_asked_for_once_where_storage_hangs(opened, picture, silence, way):
    store = opened(silence.endpoint)
    seconds_until_refused(asked(store, picture)[way])
    assert len(silence.calls) == 1


def test_what_nobody_waits_for_any_more_is_not_begun(opened, picture, silence, monkeypatch):
    monkeypatch.setattr(bucket, "_AT_ONCE", 1)
    monkeypatch.setattr(bucket, "_LONGEST_SECONDS", 0.3)
    monkeypatch.setattr(bucket, "_AWAY_SECONDS", 0)
    pools = []
    monkeypatch.setattr(
        bucket,
        "ThreadPoolExecutor",
        lambda *given: pools.append(ThreadPoolExecutor(*given)) or pools[-1],
    )
    store = opened(silence.endpoint)
    seconds_until_refused(lambda: store.get(NAME))
    seconds_until_refused(lambda: store.put(picture))
    (pool,) = pools
    pool.shutdown()
    assert len(silence.calls) == 1


def test_storage_too_slow_for_a_look_may_do_for_a_picture(opened, silence, monkeypatch):
    monkeypatch.setattr("src.spark.adapters.s3.bucket._TRIES", 1)
    store = opened(silence.endpoint)
    seconds_until_refused(store.check)
    seconds_until_refused(lambda: store.get(NAME))
    assert len(silence.calls) == 2


def test_a_call_to_storage_that_hangs_ends_and_the_next_is_refused_at_once(
    opened, picture, silence, monkeypatch
):
    monkeypatch.setattr("src.spark.adapters.s3.bucket._AWAY_SECONDS", 60)
    store = opened(silence.endpoint)
    assert seconds_until_refused(lambda: store.get(NAME)) < 15
    calls = len(silence.calls)
    seconds_until_refused(lambda: store.put(picture))
    assert len(silence.calls) == calls


def test_while_one_finds_out_whether_storage_is_back_the_others_do_not_wait(
    opened, picture, silence, monkeypatch
):
    monkeypatch.setattr("src.spark.adapters.s3.bucket._AWAY_SECONDS", 0)
    monkeypatch.setattr("src.spark.adapters.s3.bucket._TRIES", 1)
    store = opened(silence.endpoint)
    seconds_until_refused(lambda: store.get(NAME))
    assert silence.called.acquire(timeout=10)
    scout = threading.Thread(target=seconds_until_refused, args=(lambda: store.get(NAME),))
    scout.start()
    assert silence.called.acquire(timeout=10)
    seconds_until_refused(lambda: store.put(picture))
    assert len(silence.calls) == 2
    scout.join()


def test_storage_that_comes_back_is_used_again(opened, picture, tmp_path):
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    store = opened(endpoint)
    seconds_until_refused(store.check)
    with s3_server(tmp_path, port):
        make_bucket(endpoint)
        patiently(store.check)
        name = store.put(picture)
    seconds_until_refused(lambda: store.get(name))
    with s3_server(tmp_path, port):
        make_bucket(endpoint)
        assert patiently(lambda: store.put(picture)) == name
        assert store.get(name) == (picture.data, "image/png")


def test_a_bucket_that_is_missing_is_named_until_somebody_makes_it(
    opened, picture, tmp_path, caplog
):
    with s3_server(tmp_path) as (endpoint, _):
        store = opened(endpoint, "not-yet")
        for way in ("put", "get", "origin", "names", "check"):
            caplog.clear()
            seconds_until_refused(asked(store, picture)[way])
            assert f"there is no bucket not-yet at {endpoint}" in caplog.text
        make_bucket(endpoint, "not-yet")
        store.check()
        assert store.get(store.put(picture))[0] == picture.data


@pytest.mark.parametrize(
    ("status", "code"), [(403, "AccessDenied"), (403, "InvalidAccessKeyId"), (401, "Unauthorized")]
)
def test_storage_that_refuses_us_tells_the_operator_why(
    opened, picture, complaining, caplog, status, code
):
    store = opened(complaining(status, code))
    for way, ask in asked(store, picture).items():
        caplog.clear()
        seconds_until_refused(ask)
        assert "refuses us" in caplog.text
        assert "s3:PutObject" in caplog.text
        if way in ("get", "origin", "names"):  # what is asked without a body is answered without
            assert code in caplog.text


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (507, "XMinioStorageFull"),
        (507, "InsufficientStorage"),
        (403, "QuotaExceeded"),
        (400, "XMinioAdminBucketQuotaExceeded"),
        (503, "InsufficientCapacity"),
    ],
)
def test_full_storage_is_said(opened, picture, complaining, caplog, status, code):
    store = opened(complaining(status, code))
    with pytest.raises(StorageFull):
        store.adopt(picture_name(picture.data, picture.mime_type), picture.data, None)
    assert f"is full: {code}" in caplog.text


@pytest.mark.parametrize(("status", "code"), [(500, "InternalError"), (503, "SlowDown")])
def test_storage_that_fails_is_unavailable(opened, picture, complaining, caplog, status, code):
    store = opened(complaining(status, code))
    for ask in asked(store, picture).values():
        seconds_until_refused(ask)
    assert f"answers {status} {code}" in caplog.text


def test_what_is_not_there_is_not_a_failure(opened, complaining, caplog):
    store = opened(complaining(404, "NoSuchKey"))
    with pytest.raises(NotFound):
        store.get(NAME)
    assert store.origin(NAME) is None
    assert caplog.text == ""


def test_without_credentials_storage_is_unavailable(
    opened, picture, complaining, monkeypatch, caplog
):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    seconds_until_refused(lambda: opened(complaining(200, "")).put(picture))
    assert "no credentials for bucket spark-tests" in caplog.text


def test_no_log_holds_what_signs_a_request(opened, picture, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    with s3_server(tmp_path) as (endpoint, _):
        make_bucket(endpoint)
        caplog.clear()
        store = opened(endpoint)
        store.check()
        store.get(store.put(picture))
    assert MARK.decode() not in caplog.text
    assert "Signature" not in caplog.text
    assert os.environ["AWS_ACCESS_KEY_ID"] not in caplog.text.replace("spark-tests at", "")


def test_a_store_that_was_used_before_a_fork_is_used_after_it(opened, picture, tmp_path):
    with s3_server(tmp_path) as (endpoint, _):
        make_bucket(endpoint)
        store = opened(endpoint)
        name = store.put(picture)
        child = os.fork()
        if not child:
            os._exit(0 if store.get(name)[0] == picture.data else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert store.get(name)[0] == picture.data
