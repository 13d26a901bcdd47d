"""How much may be asked: by session and by address; what is refused, and what is told of it."""

from __future__ import annotations

import pytest

from src.spark.api import allowances
from src.spark.api.allowances import Allowances, Rate
from src.spark.api.app import create_app
from src.spark.api.config import ConfigurationError, load
from src.spark.errors import StorageUnavailable

from ..samples import PROJECT_BODY

NOON = 1_800_000_000 - 1_800_000_000 % 3600


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Time stands still at the beginning of a window, until it is moved on."""
    moment = [float(NOON)]
    monkeypatch.setattr(allowances.time, "time", lambda: moment[0])

    def move(seconds):
        moment[0] += seconds

    return move


@pytest.fixture
def limited(tmp_path):
    """An app with these limits."""

    def make(**limits):
        settings = {f"SPARK_LIMIT_{name}": rate for name, rate in limits.items()}
        return create_app("testing", SPARK_DATA_DIR=tmp_path, **settings)

    return make


class Shared:
    """`Counters` as several workers share them."""

    def __init__(self):
        self.counts, self.asked, self.is_away = {}, 0, False

    def add(self, name, amount, seconds):
        if self.is_away:
            raise StorageUnavailable()
        self.asked += 1
        self.counts[name] = self.counts.get(name, 0) + amount
        return self.counts[name]


def statuses(ask, times):
    return [ask().status_code for _ in range(times)]


def caller(app, address="203.0.113.9"):
    """A browser at this address, with a session."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    client.get("/api/session/info")
    return client


# --- at the edge ---


def test_a_session_that_asks_too_much_is_told_when_to_come_back(limited, clock):
    client = caller(limited(WRITES="3/minute"))
    clock(18)
    assert statuses(lambda: client.post("/api/projects", json=PROJECT_BODY), 3) == [201] * 3
    refused = client.post("/api/projects", json=PROJECT_BODY, headers={"Accept-Language": "en"})
    assert refused.status_code == 429
    assert refused.json["error"] == "rate_limited"
    assert refused.json["message"] == "Too many requests. Please try again in 42 s."
    assert refused.headers["Retry-After"] == "42"
    assert client.get("/api/projects").json["pagination"]["total"] == 3
    clock(42)
    assert client.post("/api/projects", json=PROJECT_BODY).status_code == 201


def test_every_counted_answer_says_how_much_is_left(limited, clock):
    client = caller(limited(READS="5/minute"))
    clock(20)
    headers = client.get("/api/projects").headers
    assert headers["RateLimit-Policy"] == '"read";q=5;w=60'
    assert headers["RateLimit"] == '"read";r=4;t=40'
    assert (headers["RateLimit-Limit"], headers["RateLimit-Remaining"]) == ("5", "4")
    assert headers["RateLimit-Reset"] == "40"
    statuses(lambda: client.get("/api/projects"), 4)
    refused = client.get("/api/projects")
    assert refused.status_code == 429
    assert refused.headers["RateLimit"] == '"read";r=0;t=40'
    assert refused.headers["X-Request-ID"] == refused.json["request_id"]


def test_reading_writing_and_spending_are_counted_apart(limited):
    client = caller(limited(READS="2/minute", WRITES="1/minute", SPENDING="1/minute"))
    say = {"message": "我想制作一个科幻视频"}
    assert client.post("/api/chat/send", json=say).status_code == 200
    assert client.post("/api/v1/chat/send", json=say).status_code == 429
    assert client.post("/api/chat/stream", json=say).status_code == 429
    assert client.post("/api/content/structure").status_code == 429
    assert client.post("/api/chat/reset").status_code == 200
    assert client.post("/api/projects", json=PROJECT_BODY).status_code == 429
    assert statuses(lambda: client.get("/api/chat/history"), 3) == [200, 200, 429]


def test_an_export_that_a_model_writes_first_is_spending_and_others_are_reading(limited):
    client = caller(limited(SPENDING="1/minute"))
    project_id = client.post("/api/projects", json=PROJECT_BODY).json["project_id"]

    def export(made):
        return client.get(f"/api/projects/{project_id}/export?format={made}").status_code

    assert [export(made) for made in ("fountain", "fdx", "zip", "md", "json")] == [
        200,
        429,
        429,
        200,
        200,
    ]


def test_what_was_refused_was_not_carried_out(limited):
    client = caller(limited(SPENDING="1/minute"))
    client.post("/api/chat/send", json={"message": "一"})
    client.post("/api/chat/send", json={"message": "二"})
    said = [m["content"] for m in client.get("/api/chat/history").json["history"]]
    assert "一" in said
    assert "二" not in said


def test_sessions_do_not_share_their_limit_but_their_address_does(tmp_path):
    app = create_app(
        "testing",
        SPARK_DATA_DIR=tmp_path,
        SPARK_LIMIT_WRITES="2/minute",
        SPARK_ADDRESS_SESSIONS=3,
    )

    def reset(client):
        return client.post("/api/chat/reset").status_code

    one, two, three = (caller(app) for _ in range(3))
    assert [reset(one), reset(one), reset(one)] == [200, 200, 429]
    assert [reset(two), reset(two)] == [200, 200]
    assert [reset(three), reset(three)] == [200, 429]  # three sessions' worth is used up
    assert reset(caller(app, "198.51.100.1")) == 200


def test_a_new_cookie_for_every_request_is_no_way_round(limited):
    app = limited(SPENDING="1/minute")

    def send(cookie):
        client = app.test_client()
        if cookie:
            client.set_cookie("spark_session", cookie)
        return client.post("/api/chat/send", json={"message": "你好"}).status_code

    told = [send(f"made-{number}.up") for number in range(10)] + [send(None) for _ in range(15)]
    assert told == [200] * 20 + [429] * 5


def test_a_session_has_one_limit_however_its_cookie_is_written(limited):
    app = limited(WRITES="1/minute")
    client = caller(app)
    cookie = client.get_cookie("spark_session").value
    assert client.post("/api/chat/reset").status_code == 200
    for written in (f"{cookie}=", cookie.replace(".", ".!!")):
        client.set_cookie("spark_session", written)
        assert client.post("/api/chat/reset").status_code == 429


def test_health_documents_and_preflights_are_free(limited):
    client = caller(limited(READS="1/minute", WRITES="1/minute"))
    client.get("/api/projects")
    for path in ("/api/health", "/api/v1/health", "/api/docs/assets/js/swagger-ui-bundle.js"):
        with client.get(path) as response:
            assert response.status_code == 200
            assert "RateLimit" not in response.headers
    preflight = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    assert client.options("/api/chat/send", headers=preflight).status_code == 200


def test_an_address_that_is_nobodys_is_counted_too(limited):
    client = caller(limited(READS="1/minute"))
    client.get("/api/projects")
    assert client.get("/api/no/such/thing").status_code == 429


def test_a_page_of_another_origin_may_read_the_headers(limited):
    client = caller(limited(READS="5/minute"))
    response = client.get("/api/projects", headers={"Origin": "https://a.example"})
    exposed = set(response.headers["Access-Control-Expose-Headers"].split(", "))
    assert exposed >= {n for n, _ in response.headers if n.startswith("RateLimit")}


def test_without_limits_nothing_is_counted_and_nothing_told(client):
    assert [n for n, _ in client.get("/api/projects").headers if "Rate" in n] == []


def test_production_has_limits_of_its_own():
    settings = load("production")
    assert all(settings.limits.values())
    assert settings.limits["spend"].amount < settings.limits["write"].amount


@pytest.mark.parametrize(
    "rate", ["600", "0/minute", "a/minute", "5/fortnight", "-1/second", "5 /day"]
)
def test_a_limit_that_cannot_be_read_is_named(rate):
    with pytest.raises(ConfigurationError, match="SPARK_LIMIT_READS"):
        load("testing", SPARK_LIMIT_READS=rate)


@pytest.mark.parametrize("network", ["localhost", "10.0.0.0/40", "10.0.0.1/8", "*"])
def test_a_proxy_that_cannot_be_read_is_named(network):
    with pytest.raises(ConfigurationError, match="SPARK_TRUSTED_PROXIES"):
        load("testing", SPARK_TRUSTED_PROXIES=[network])


def test_the_callers_address_is_the_one_that_our_proxy_names(tmp_path):
    app = create_app(
        "testing",
        SPARK_DATA_DIR=tmp_path,
        SPARK_LIMIT_READS="1/minute",
        SPARK_ADDRESS_SESSIONS=1,
        SPARK_TRUSTED_PROXIES=["127.0.0.1"],
    )

    def read(forwarded):
        client = app.test_client()
        return client.get("/api/projects", headers={"X-Forwarded-For": forwarded}).status_code

    assert [read("203.0.113.1"), read("203.0.113.2"), read("203.0.113.1")] == [200, 200, 429]
    assert read("9.9.9.9, 203.0.113.2") == 429


# --- the counting ---


def taken(workers, rate, times):
    """How many of so many requests, going round the workers, are let through."""
    return sum(workers[n % len(workers)].take("caller", rate).is_allowed for n in range(times))


@pytest.mark.parametrize("amount", [1, 5, 32, 33, 100, 600, 5000])
@pytest.mark.parametrize("count", [1, 3, 8])
def test_workers_together_never_let_through_more_than_the_limit(amount, count):
    shared = Shared()
    workers = [Allowances(shared) for _ in range(count)]
    through = taken(workers, Rate(amount, 60), 2 * amount + 50)
    assert through == amount  # each worker gets its turn, so that no part stays unused


def test_what_one_worker_holds_unused_is_a_small_part_of_the_limit():
    shared = Shared()
    busy, idle = Allowances(shared), Allowances(shared)
    assert idle.take("caller", Rate(3200, 60)).is_allowed
    assert taken([busy], Rate(3200, 60), 4000) >= 3100


def test_the_common_counter_is_asked_now_and_then_only():
    shared = Shared()
    taken([Allowances(shared)], Rate(6400, 60), 5000)
    assert shared.asked < 100


def test_who_is_over_the_limit_does_not_keep_the_counter_busy():
    shared, worker = Shared(), None
    worker = Allowances(shared)
    taken([worker], Rate(10, 60), 10)
    before = shared.asked
    assert taken([worker], Rate(10, 60), 1000) == 0
    assert shared.asked <= before + 1


def test_a_window_ends_and_another_begins(clock):
    worker = Allowances(Shared())
    assert taken([worker], Rate(4, 60), 9) == 4
    clock(59)
    assert not worker.take("caller", Rate(4, 60)).is_allowed
    clock(1)
    standing = worker.take("caller", Rate(4, 60))
    assert (standing.is_allowed, standing.remaining, standing.reset) == (True, 3, 60)


def test_while_the_counter_is_away_each_worker_counts_for_itself():
    shared = Shared()
    workers = [Allowances(shared), Allowances(shared)]
    assert taken(workers, Rate(10, 60), 4) == 4
    shared.is_away = True
    assert taken([workers[0]], Rate(10, 60), 50) <= 10
    assert taken([workers[1]], Rate(10, 60), 50) <= 10
    shared.is_away = False
    assert taken(workers, Rate(10, 60), 50) <= 6


def test_what_remains_is_what_can_still_be_asked():
    worker = Allowances(None)
    left = [worker.take("caller", Rate(3, 60)).remaining for _ in range(4)]
    assert left == [2, 1, 0, 0]


def test_a_flood_of_callers_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(allowances, "_MOST_CALLERS", 100)
    worker = Allowances(None)
    for number in range(1000):
        assert worker.take(f"caller {number}", Rate(1, 60)).is_allowed
    assert len(worker._leases) <= 100


def test_a_flood_of_callers_takes_nothing_from_those_who_are_counted(monkeypatch, clock):
    monkeypatch.setattr(allowances, "_MOST_CALLERS", 10)
    worker = Allowances(Shared())
    let_through = 0
    for number in range(1200):
        if number % 10 == 0:
            worker.take(f"caller {number}", Rate(1, 60))
        let_through += worker.take("caller", Rate(600, 60)).is_allowed
    assert let_through >= 560


def test_an_answer_that_comes_after_its_window_leaves_the_next_one_alone(clock):
    class Slow(Shared):
        def add(self, name, amount, seconds):
            clock(60 if "slow" in name else 0)
            return super().add(name, amount, seconds)

    worker = Allowances(Slow())
    assert worker.take("caller slow", Rate(64, 60)).is_allowed
    assert worker.take("caller", Rate(64, 60)).remaining == 63


def test_threads_of_one_caller_get_no_more_than_the_limit():
    from concurrent.futures import ThreadPoolExecutor

    worker = Allowances(Shared())
    with ThreadPoolExecutor(16) as pool:
        told = pool.map(lambda _: worker.take("caller", Rate(200, 60)).is_allowed, range(1000))
    assert sum(told) <= 200
