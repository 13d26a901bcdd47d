"""Counts that all machines add to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from src.spark.adapters.redis.counters import RedisCounters
from src.spark.adapters.redis.server import RedisServer

from ...servers import redis_server


def test_all_add_to_the_same_count_and_it_is_forgotten_in_time(tmp_path):
    with redis_server(tmp_path) as (url, _):
        one, two = RedisCounters(RedisServer(url)), RedisCounters(RedisServer(url))
        assert one.add("a", 3, 60) == 3
        assert two.add("a", 4, 60) == 7
        assert two.add("b", 1, 60) == 1
        client = RedisServer(url).client
        assert 0 < client.ttl("spark:count:a") <= 60
        with ThreadPoolExecutor(16) as pool:
            told = list(pool.map(lambda n: (one, two)[n % 2].add("c", 1, 60), range(200)))
        assert sorted(told) == list(range(1, 201))


def test_a_count_that_lost_its_end_gets_one_again(tmp_path):
    with redis_server(tmp_path) as (url, _):
        server = RedisServer(url)
        server.client.set("spark:count:a", 5)
        assert RedisCounters(server).add("a", 1, 30) == 6
        assert 0 < server.client.ttl("spark:count:a") <= 30
