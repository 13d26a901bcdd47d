"""What the service counts, for Prometheus.

gunicorn's workers count together: each into files of its own in one folder, which whoever is
scraped adds up. Its master calls `prepare_folder` and `worker_gone`; so this module loads next to
nothing until an app is made.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__

if TYPE_CHECKING:
    from prometheus_client.core import Metric

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The client library's own variable."""
_PREFIX = "spark-metrics-"
_MEMORY = Path("/dev/shm")
_YOUNG_SECONDS = 60
"""Whoever made a folder just now may not have got to holding it."""
_NOBODY = 0
"""The process id under which the dead are counted together."""

_REQUEST_SECONDS = (
    *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5),
    *(1, 2.5, 5, 10, 20, 30, 60, 120),
)
_CALL_SECONDS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 120, 300)

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_PLACE = re.compile(r"<(?:[^<>:]+:)?(\w+)>")

_held: list[int] = []
"""The open folder whose lock says that it is in use."""
_unfolded: set[int] = set()
"""Workers that are gone and still have files of their own."""


# --- for gunicorn's master ---


def prepare_folder() -> None:
    """Make the folder into which the workers count, before anything of the app is loaded.

    It is the operator's, `PROMETHEUS_MULTIPROC_DIR`, emptied of an earlier run's files; or one of
    our own in memory, where a full disk cannot harm it, that goes when nobody uses it any more.
    A reload, or a master that takes over from another, goes on counting where it is.
    """
    if _held:
        return
    if given := os.environ.get(_FOLDER):
        folder = Path(given)
        folder.mkdir(parents=True, exist_ok=True)
        if "GUNICORN_PID" not in os.environ:  # which a master has that takes over
            _empty(folder)
    else:
        folder = _new_folder(_MEMORY if os.access(_MEMORY, os.W_OK) else _temporary())
        os.environ[_FOLDER] = str(folder)
    _held.append(_take(folder))
    if folder.name.startswith(_PREFIX):
        atexit.register(_leave, folder, os.getpid())


def worker_gone(pid: int) -> None:
    """Count a worker that is gone no longer among the living, and what it did with the dead's.

    Otherwise every worker there ever was would leave files to be read at each scrape.
    """
    from prometheus_client.multiprocess import mark_process_dead

    folder = Path(os.environ[_FOLDER])
    mark_process_dead(pid, str(folder))
    _unfolded.add(pid)
    with suppress(OSError), _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
        # Where somebody is reading just now this waits for the next one that goes.
        for gone in list(_unfolded):
            for kind in ("counter", "histogram"):
                _fold(folder / f"{kind}_{gone}.db", folder / f"{kind}_{_NOBODY}.db")
            _unfolded.discard(gone)


def _fold(gone: Path, kept: Path) -> None:
    from prometheus_client.mmap_dict import MmapedDict

    if not gone.exists():
        return
    together = MmapedDict(str(kept))
    for key, value, _, _ in MmapedDict.read_all_values_from_file(str(gone)):
        together.write_value(key, together.read_value(key)[0] + value, 0.0)
    together.close()
    gone.unlink()


def _temporary() -> Path:
    return Path(tempfile.gettempdir())


def _new_folder(place: Path) -> Path:
    """A folder of our own, in a place without those that nobody uses any more."""
    for other in place.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # it is in use, or not ours
            if time.time() - other.stat().st_mtime > _YOUNG_SECONDS:
                _remove(other)
    return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))


def _take(folder: Path) -> int:
    """Hold a folder as one in use, as long as this process or one of its workers lives."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _remove(folder: Path) -> None:
    """Remove a folder. Raises `OSError` where somebody uses it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(descriptor)


def _leave(folder: Path, master: int) -> None:
    """At the master's end; its workers inherit this, and must not do it."""
    if os.getpid() == master:
        os.close(_held.pop())
        with suppress(OSError):  # another master took over
            _remove(folder)


def _empty(folder: Path) -> None:
    for file in folder.glob("*.db"):
        file.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    """Hold the files of the dead against those who read, or read against those who change them."""
    with open(folder / "lock", "a") as lock:
        fcntl.flock(lock, how)
        yield


# --- for the app ---


@dataclass(frozen=True)
class State:
    """How the service is at the moment of a scrape: what is looked up and not counted."""

    components: Mapping[str, bool]
    """Whether each of them is well."""
    projects: Mapping[str, int]
    """How many there are of each status; none where that cannot be told just now."""
    disk: tuple[int, int] | None
    """The bytes that are free where things are kept, and all bytes there."""


class Metrics:
    """Counts requests and what models are asked; a `Meter`."""

    def __init__(self) -> None:
        import prometheus_client
        from prometheus_client import Counter, Gauge, Histogram

        prometheus_client.disable_created_metrics()
        self._folder = Path(os.environ[_FOLDER]) if os.environ.get(_FOLDER) else None
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        registry = self._registry = prometheus_client.CollectorRegistry()
        call = ("provider", "model")
        self._requests = Counter(
            "spark_http_requests_total",
            "Requests answered, streams when they ended.",
            ("method", "route", "status"),
            registry=registry,
        )
        self._request_seconds = Histogram(
            "spark_http_request_seconds",
            "How long requests took, streams to their end.",
            ("method", "route"),
            buckets=_REQUEST_SECONDS,
            registry=registry,
        )
        self._in_flight = Gauge(
            "spark_http_in_flight",
            "Requests being answered, streams among them.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._open_streams = Gauge(
            "spark_http_open_streams",
            "Conversations being streamed.",
            multiprocess_mode="livesum",
            registry=registry,
        )
        self._model_calls = Counter(
            "spark_model_calls_total",
            "Attempts at models by how they ended.",
            (*call, "outcome"),
            registry=registry,
        )
        self._model_seconds = Histogram(
            "spark_model_call_seconds",
            "How long attempts at models took.",
            call,
            buckets=_CALL_SECONDS,
            registry=registry,
        )
        self._model_tokens = Counter(
            "spark_model_tokens_total",
            "Tokens as the models' services count them; direction: in, out.",
            (*call, "direction"),
            registry=registry,
        )
        self._entries: dict[tuple[str, str, int], Callable[[float], None]] = {}

    def begin(self) -> None:
        """A request came."""
        self._in_flight.inc()

    def end(self, method: str, rule: str, status: int, seconds: float) -> None:
        """It was answered, by the route of `rule`; an empty one is none."""
        self._in_flight.dec()
        key = (method if method in _METHODS else "other", rule, status)  # anybody can make one up
        enter = self._entries.get(key)
        if enter is None:
            enter = self._entries[key] = self._entry(*key)
        enter(seconds)

    def begin_stream(self) -> None:
        """An answer is being streamed."""
        self._open_streams.inc()

    def end_stream(self) -> None:
        """It is over."""
        self._open_streams.dec()

    def model_called(self, provider: str, model: str, outcome: str, seconds: float) -> None:
        """One attempt at a model came to its end."""
        self._model_calls.labels(provider, model, outcome).inc()
        self._model_seconds.labels(provider, model).observe(seconds)

    def tokens_used(self, provider: str, model: str, tokens_in: int, tokens_out: int) -> None:
        """A model's service said how many tokens an answer took."""
        self._model_tokens.labels(provider, model, "in").inc(tokens_in)
        self._model_tokens.labels(provider, model, "out").inc(tokens_out)

    def text(self, state: State) -> bytes:
        """All that was counted, by every worker, and the state, as Prometheus reads it."""
        from prometheus_client import CollectorRegistry, generate_latest

        looked_up = CollectorRegistry()
        looked_up.register(_Looked(state))
        return self._counted() + generate_latest(looked_up)

    def _counted(self) -> bytes:
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        if self._folder is None:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together, str(self._folder))
        with _locked(self._folder, fcntl.LOCK_SH):
            return generate_latest(together)

    def _entry(self, method: str, rule: str, status: int) -> Callable[[float], None]:
        """What enters the seconds of a request of this kind; finding it takes a while."""
        count = self._requests.labels(method, route_of(rule), status).inc
        observe = self._request_seconds.labels(method, route_of(rule)).observe

        def enter(seconds: float) -> None:
            count()
            observe(seconds)

        return enter


@lru_cache(maxsize=1024)
def route_of(rule: str) -> str:
    """A route as documents write it. What is served below the version too is one route."""
    return _PLACE.sub(r"{\1}", rule).replace("/api/v1/", "/api/", 1) or "none"


class _Looked:
    """Tells Prometheus' client of a `State`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        gauge = GaugeMetricFamily("spark_build_info", "The version that runs.", labels=["version"])
        gauge.add_metric([__version__], 1)
        yield gauge
        gauge = GaugeMetricFamily(
            "spark_component_up", "Whether a component is well.", labels=["component"]
        )
        for name, is_up in self._state.components.items():
            gauge.add_metric([name], is_up)
        yield gauge
        if self._state.projects:
            gauge = GaugeMetricFamily(
                "spark_projects", "Projects outside of the trash.", labels=["status"]
            )
            for status, count in self._state.projects.items():
                gauge.add_metric([status], count)
            yield gauge
        if self._state.disk:
            free, size = self._state.disk
            yield GaugeMetricFamily("spark_disk_free_bytes", "Free where data is kept.", free)
            yield GaugeMetricFamily("spark_disk_size_bytes", "All room there.", size)
