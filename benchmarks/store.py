"""How lists, searches, reads and writes of projects go when there are many of them.

    python -m benchmarks.store [--sizes 10 1000 10000 100000] [--requests 200] [--keep FOLDER]

For each size a data folder is filled with so many projects, `run_api.py reindex` is timed on it,
and one gunicorn worker serves it. Beside it a second one serves a folder of 10 during the whole
run. One client with one connection to each asks both the same, request by request and kind by kind,
so that a drifting machine harms none. Printed for each kind of request: the median and the 99th
percentile of both, and the ratio of their medians. Every answer is looked at: its status, and how
many projects it found. A word that is in one of 10 projects is searched for with one hit shown,
too: more projects fill the page with more hits, which takes its time however they are found. What
is created is deleted again, outside of what is timed. Then, for each size, the seconds of `reindex`
and those from the start of a server to its first answer; last the aims, and whether they were met.
With `--keep` the folders are filled once and used again.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson

from benchmarks.processor import cpu_seconds
from benchmarks.stories import STATUSES, WORDS, Stories, Word, project_id
from tests.servers import free_port, running

SIZES = [10, 1_000, 10_000, 100_000]
REFERENCE = 10
PER_PAGE = 10
APPLICATION = "src.spark.api.app:create_app('testing')"
COMMON = "search: a common word"
AIM, AIM_COMMON, AIM_START, AIM_REINDEX = 1.5, 3.0, 1.5, 90.0
_HOME = Path(__file__).parent.parent
# None of those that count, one of each of their kinds.
_WARM_UP_WORDS = ("winter", "the", "月亮", "雨", "letters", "abracadabra")
_WARM_UP_ROUNDS = 20
_STARTS = 5
# Gunicorn closes a connection on which it hears nothing for five seconds.
_FRESH_SECONDS = 3


def main() -> None:
    """Print the table, what starting and indexing takes, and the aims."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--requests", type=int, default=200, help="of each kind, for each size")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if min(arguments.sizes) < REFERENCE or arguments.requests < 2:
        parser.error(f"at least {REFERENCE} projects and 2 requests")
    with ExitStack() as stack:
        folder = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _progress(f"telling stories into {folder}")
        bench = Bench(stack, folder, Stories(), arguments.requests)
        print(f"{'':51}p50 ms   p99 ms   at {REFERENCE}: p50     p99   ratio")
        figures = [bench.figures(size) for size in sorted(arguments.sizes)]
    print("\nprojects   reindex s   start-up s   at 10   ratio")
    for found in figures:
        print(found.row())
    _print_aims(figures[-1])


# --- what is found ---


class Times(NamedTuple):
    """The milliseconds of one kind of request: with many projects, and with few."""

    many: list[float]
    few: list[float]

    @property
    def ratio(self) -> float:
        """How much longer the median is with many."""
        return statistics.median(self.many) / statistics.median(self.few)

    def row(self, size: int, kind: str) -> str:
        """The times as one line of the table."""
        columns = "   ".join(
            f"{statistics.median(times):8.2f} {_p99(times):8.2f}" for times in (self.many, self.few)
        )
        return f"{size:8,d}  {kind:40} {columns}   {self.ratio:5.2f}"


class Figures(NamedTuple):
    """All that one size showed: requests in milliseconds, the rest in seconds."""

    size: int
    reindex: float
    starts: Times
    kinds: dict[str, Times]

    def row(self) -> str:
        """What indexing and starting took as one line."""
        many, few = map(statistics.median, self.starts)
        return (
            f"{self.size:8,d}   {self.reindex:9.2f}   {many:10.2f}   {few:5.2f}   "
            f"{self.starts.ratio:5.2f}"
        )


def _p99(times: list[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def _print_aims(figures: Figures) -> None:
    print(f"\naims for 100,000 projects, at {figures.size:,d}")
    for kind, times in figures.kinds.items():
        aim = AIM_COMMON if kind == COMMON else AIM
        _print_aim(f"{kind}: p50, ratio to 10", times.ratio, aim)
    _print_aim("start-up, ratio to 10", figures.starts.ratio, AIM_START)
    _print_aim("reindex, seconds", figures.reindex, AIM_REINDEX)


def _print_aim(what: str, found: float, most: float) -> None:
    verdict = "met" if found <= most else "MISSED"
    print(f"  {what:58} {found:6.2f}  aim: ≤ {most:g}  {verdict}")


# --- the run ---


class Bench:
    """The folders, and the server of the few that runs all the time."""

    def __init__(self, stack: ExitStack, folder: Path, stories: Stories, requests: int) -> None:
        """Fill and serve the folder of the few until `stack` ends."""
        self._folder, self._stories, self._requests = folder, stories, requests
        self._few_data = folder / "few"
        self._fill(self._few_data, REFERENCE)
        _reindex(self._few_data)
        self._few = stack.enter_context(self._serving(self._few_data, REFERENCE))

    def figures(self, size: int) -> Figures:
        """Fill a folder with `size` projects and measure all; the requests are printed."""
        data = self._folder / str(size)
        self._fill(data, size)
        _progress(f"{size:,d} projects: indexing")
        reindex = _reindex(data)
        _progress(f"{size:,d} projects: starting")
        starts = self._starts(data)
        with self._serving(data, size) as many:
            kinds = self._measure(many)
        return Figures(size, reindex, starts, kinds)

    def _fill(self, data: Path, size: int) -> None:
        """Write the projects as the store does, unless they are there."""
        whole = data / "filled"
        if whole.exists():
            return
        for number in range(size):
            if number % 1000 == 0:
                _progress(f"{size:,d} projects: {number:,d} written")
            project = self._stories.project(number)
            path = data / "projects" / project.project_id[:2] / project.project_id / "project.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            document = {"schema_version": 1, **project.model_dump()}
            path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        whole.touch()

    def _starts(self, data: Path) -> Times:
        starts = Times([], [])
        for _ in range(_STARTS):
            for folder, seconds in zip((data, self._few_data), starts, strict=True):
                begun = time.perf_counter()
                with _server(folder) as server:
                    Client(server.port).ask("GET", "/api/health")
                    seconds.append(time.perf_counter() - begun)
        return starts

    @contextmanager
    def _serving(self, data: Path, size: int) -> Iterator[Side]:
        """A warm server of the data folder, with nothing left to do."""
        with _server(data) as server:
            side = Side(Client(server.port), size, self._stories)
            for turn in range(_WARM_UP_ROUNDS):
                for kind in KINDS.keys() - SEARCHES.keys():
                    side.milliseconds(KINDS[kind](side, Random(f"warm-up {turn} {kind}")))
                for word in _WARM_UP_WORDS:
                    side.client.ask("GET", f"/api/projects/search?q={quote(word)}")
            _wait_until_idle(server)
            yield side

    def _measure(self, many: Side) -> dict[str, Times]:
        """Ask both sides the same in turn, and print what came of it."""
        found = {kind: Times([], []) for kind in KINDS}
        for turn in range(self._requests):
            _progress(f"{many.size:,d} projects: round {turn + 1} of {self._requests}")
            for kind, question in KINDS.items():
                pairs = [*zip((many, self._few), found[kind], strict=True)]
                for side, times in pairs if turn % 2 else reversed(pairs):
                    times.append(side.milliseconds(question(side, Random(f"{turn} {kind}"))))
        _progress("")
        for kind, both in found.items():
            print(both.row(many.size, kind), flush=True)
        return found


def _reindex(data: Path) -> float:
    """The seconds that making the index anew takes, as a command."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(_HOME / "run_api.py"), "reindex"],
        env=_environment(data),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return time.perf_counter() - begun


def _progress(text: str) -> None:
    print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


# --- servers and clients ---


class Server(NamedTuple):
    """One gunicorn worker: its port and its parent process."""

    port: int
    pid: int


@contextmanager
def _server(data: Path) -> Iterator[Server]:
    port = free_port()
    log = data / f"server-{port}.log"
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{port}", APPLICATION]
    with running(command, port, log, _environment(data)) as process:
        yield Server(port, process.pid)
    log.unlink()


def _environment(data: Path) -> dict[str, str]:
    ours = {"SPARK_DATA_DIR": str(data), "SPARK_WRITER": "offline", "SPARK_IMAGE_MODEL": ""}
    return {**os.environ, **ours, "LOG_LEVEL": "WARNING", "LOG_FILE": ""}


def _wait_until_idle(server: Server) -> None:
    """Wait for what the server does beside its first requests."""
    spent, before = cpu_seconds(server.pid), -1.0
    while spent > before:
        time.sleep(0.5)
        before, spent = spent, cpu_seconds(server.pid)


class Client:
    """One connection that is kept, and one session."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=600)
        self._headers = {"Content-Type": "application/json"}
        self._used = 0.0

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[float, Any]:
        """The milliseconds until the whole answer is there, and the answer.

        Raises `RuntimeError` where it is a failure.
        """
        self._connect()
        begun = time.perf_counter()
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        self._used = time.perf_counter()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path}: {answer.status} {content.decode()}")
        if cookie := answer.getheader("Set-Cookie"):
            self._headers["Cookie"] = cookie.partition(";")[0]
        return (self._used - begun) * 1000, orjson.loads(content)

    def _connect(self) -> None:
        """Connect where the connection is not open, or no longer, or not for sure."""
        if time.perf_counter() - self._used > _FRESH_SECONDS:
            self._connection.close()
        if self._connection.sock is None:
            self._connection.connect()


class Side:
    """One server with its projects, and who asks it."""

    def __init__(self, client: Client, size: int, stories: Stories) -> None:
        self.client, self.size, self.stories = client, size, stories

    @property
    def pages(self) -> int:
        """How many pages the list of all has."""
        return -(-self.size // PER_PAGE)

    def milliseconds(self, question: Question) -> float:
        """How long the answer took; what it created is deleted. Raises where it is wrong."""
        took, answer = self.client.ask(question.method, question.path, question.body)
        if not question.fits(answer):
            said = orjson.dumps(answer).decode()[:1000]
            raise RuntimeError(f"{question.path} of {self.size} projects: {said}")
        if question.method == "POST":
            self.client.ask("DELETE", f"/api/projects/{answer['project_id']}?permanent=true")
        return took


# --- the kinds of requests ---


class Question(NamedTuple):
    """A request, and whether an answer to it can be right."""

    method: str
    path: str
    fits: Callable[[Any], bool]
    body: bytes | None = None


Kind = Callable[[Side, Random], Question]


def _list(page: Callable[[Side], int]) -> Kind:
    def question(side: Side, chance: Random) -> Question:
        number = page(side)
        shown = min(PER_PAGE, side.size - (number - 1) * PER_PAGE)
        return Question("GET", f"/api/projects?page={number}", _listed(side.size, shown))

    return question


def _list_of_status(side: Side, chance: Random) -> Question:
    status = chance.choice(STATUSES)
    numbers = range(STATUSES.index(status), side.size, len(STATUSES))
    shown = min(PER_PAGE, len(numbers))
    return Question("GET", f"/api/projects?status={status}", _listed(len(numbers), shown))


def _listed(total: int, shown: int) -> Callable[[Any], bool]:
    def fits(answer: Any) -> bool:
        found: tuple[int, int] = answer["pagination"]["total"], len(answer["projects"])
        return found == (total, shown)

    return fits


def _search(word: Word, per_page: int = PER_PAGE) -> Kind:
    def question(side: Side, chance: Random) -> Question:
        total = word.count(side.size)

        def fits(answer: Any) -> bool:
            found: tuple[int, int] = answer["result_count"], len(answer["results"])
            return found == (total, min(per_page, total))

        path = f"/api/projects/search?q={quote(word.query)}&per_page={per_page}"
        return Question("GET", path, fits)

    return question


def _get(side: Side, chance: Random) -> Question:
    wanted = project_id(chance.randrange(side.size))
    return Question("GET", f"/api/projects/{wanted}", _is_project(project_id=wanted))


def _create(side: Side, chance: Random) -> Question:
    body = side.stories.body(chance.getrandbits(32))
    fits = _is_project(project_name=body["project_name"], version=1)
    return Question("POST", "/api/projects", fits, orjson.dumps(body))


def _rename(side: Side, chance: Random) -> Question:
    wanted, name = project_id(chance.randrange(side.size)), f"{chance.getrandbits(64):x}"
    fits = _is_project(project_id=wanted, project_name=name)
    body = orjson.dumps({"project_name": name})
    return Question("PATCH", f"/api/projects/{wanted}", fits, body)


def _is_project(**fields: Any) -> Callable[[Any], bool]:
    def fits(answer: Any) -> bool:
        return all(answer["project"][name] == value for name, value in fields.items())

    return fits


SEARCHES: dict[str, Kind] = {
    **{f"search: {name}": _search(word) for name, word in WORDS.items()},
    **{
        f"search: {name}, 1 shown": _search(word, 1)
        for name, word in WORDS.items()
        if word.count(REFERENCE) == 1
    },
}
KINDS: dict[str, Kind] = {
    "list: first page": _list(lambda side: 1),
    "list: middle page": _list(lambda side: side.pages // 2 + 1),
    "list: last page": _list(lambda side: side.pages),
    "list: with status": _list_of_status,
    **SEARCHES,
    "get": _get,
    "create": _create,
    "PATCH": _rename,
}


if __name__ == "__main__":
    main()
