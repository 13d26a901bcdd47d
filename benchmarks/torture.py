"""Processes that edit the same projects and are killed at random: what is left of their work.

    python -m benchmarks.torture [--seconds 60] [--processes 4] [--seed N]

Each process creates, edits, discards, restores and deletes projects of them all, in one data
directory, until it is sent SIGKILL; another one takes its place at once. Each says in a journal
what it is about to do and what came of it, a line a system call, so that no kill can lose what was
said. After the time a fresh store and the files themselves are held against the journals; what
counts as lost is told in `benchmarks/aftermath.py`. Printed:

- acknowledged: operations that returned, "not found" included;
- found: live projects whose files are whole;
- lost: projects that are not as any order of what was acknowledged leaves them, and revisions;
- half-written: files that do not parse or mix two versions, and what is left beside them;
- index differences: between what lists, trash and searches say and what the files say.

The last three must be 0: where one is not, the first cases are told with their operations, the
directory is kept, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

from benchmarks.aftermath import (
    PER_PAGE,
    SORTS,
    STATUSES,
    Account,
    Files,
    Finding,
    Line,
    Operation,
    Telling,
    index_differences,
    is_whole,
    left_over,
    list_differences,
    losses,
    lost_revisions,
    token_of,
    when_built,
    word_of,
    wrong_searches,
)
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.errors import ProjectNotFound, SparkError
from src.spark.models import (
    CharacterProfile,
    Message,
    Project,
    ProjectSummary,
    StoryOutline,
    UserIdea,
)

REVISIONS = 6
SECONDS_TO_A_KILL = 0.3
_HOT = 6
"""So many projects get half of the edits, that several editors meet at one."""
_LOOK_AFTER = 12
_SHARES = {
    "create": 18,
    "update": 42,
    "discard": 12,
    "restore": 6,
    "delete": 6,
    "get": 8,
    "search": 8,
}
_CASES, _HISTORY = 5, 40

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["benchmarks.aftermath", "src.spark.adapters.files.projects"])


def store_in(folder: Path) -> FileProjectStore:
    """The store of the data directory `folder`."""
    return FileProjectStore(folder, revisions=REVISIONS)


def main() -> None:
    """Torture a store, print what was left, and exit with 1 where something should not be so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    arguments = parser.parse_args()
    print(f"{arguments.processes} processes, {arguments.seconds:g} s, seed {arguments.seed}")
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    run = torture(folder, arguments.processes, arguments.seconds, arguments.seed)
    verdict = Verdict.of(folder, run)
    print(verdict.table(run))
    if verdict.findings or run.broken_off:
        sys.exit(f"{verdict.cases()}\nkept for you to look at: {folder}")
    shutil.rmtree(folder)


# --- the killer ---


class Run(NamedTuple):
    """How it went."""

    seconds: float
    deaths: dict[str, int]
    """The moment at which each process was known to be dead."""
    broken_off: int
    """Processes that ended by themselves."""


class Victim:
    """One place among the processes: who dies there is followed by another."""

    def __init__(self, folder: Path, number: int, seed: int) -> None:
        self._folder, self._number, self._seed = folder, number, seed
        self._lives = 0
        self.deaths: dict[str, int] = {}
        self.broken_off = 0
        self.start()

    def start(self) -> None:
        """Begin another life."""
        self._lives += 1
        self._life = f"{self._number}.{self._lives}"
        self._process = _forks.Process(
            target=live, args=(str(self._folder), self._life, f"{self._seed} {self._life}")
        )
        self._process.start()

    def kill(self) -> None:
        """End this life with SIGKILL, and wait for the end."""
        self._process.kill()
        self._process.join()
        self.deaths[self._life] = time.monotonic_ns()
        self.broken_off += self._process.exitcode != -signal.SIGKILL


def torture(folder: Path, processes: int, seconds: float, seed: int) -> Run:
    """Let processes work in `folder` and kill them at random; at the end they are all dead."""
    random = Random(seed)
    (folder / "journals").mkdir()
    begun = time.monotonic()
    victims = [Victim(folder, number, seed) for number in range(1, processes + 1)]
    while time.monotonic() - begun < seconds:
        time.sleep(random.expovariate(1 / SECONDS_TO_A_KILL))
        victim = random.choice(victims)
        victim.kill()
        victim.start()
    took = time.monotonic() - begun
    for victim in victims:
        victim.kill()
    deaths = {life: moment for victim in victims for life, moment in victim.deaths.items()}
    return Run(took, deaths, sum(victim.broken_off for victim in victims))


# --- those who are killed ---


def live(folder: str, life: str, seed: str) -> None:
    """Work in `folder` until killed."""
    editor = Editor(Path(folder), life, Random(seed))
    while True:
        editor.work()


class Seen(NamedTuple):
    """A project as an editor saw it last."""

    project_id: str
    version: int
    token: str


NOBODY = Seen("-", 0, "-")


class Editor:
    """Does one thing after the other, and says so in its journal."""

    def __init__(self, folder: Path, life: str, random: Random) -> None:
        self._store, self._life, self._random = store_in(folder / "data"), life, random
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self._journal = os.open(folder / "journals" / life, flags, 0o600)
        self._number = self._look_at = 0
        self._projects: list[Seen] = []
        self._trashed: list[Seen] = []

    def work(self) -> None:
        """Look around now and then; else do something to a project."""
        if not self._number and self._random.random() < 0.5:
            self._do("warm_up", NOBODY, self._warm_up)  # as a server does that starts
        if self._number >= self._look_at:
            self._look_at = self._number + _LOOK_AFTER
            self._do("browse", NOBODY, self._browse)
            self._do("trash", NOBODY, self._look_into_the_trash)
        (kind,) = self._random.choices(list(_SHARES), list(_SHARES.values()))
        seen = self._someone(kind)
        if kind == "create" or seen is None:
            project_id = str(UUID(int=self._random.getrandbits(128), version=4))
            self._do("create", Seen(project_id, 1, self._token()), self._create)
        elif kind == "update":
            self._do(kind, seen._replace(version=0, token=self._token()), self._update)
        else:
            self._do(kind, seen, getattr(self, f"_{kind}"))

    def _do(self, kind: str, seen: Seen, act: Callable[[Seen], int | None]) -> None:
        """Announce, act, and say what came of it; `act` returns a version, or `None` for none."""
        self._number += 1
        self._say("begins", kind, seen)
        try:
            version = act(seen)
        except ProjectNotFound:
            self._say("absent", kind, seen)
        except Untrue as error:
            self._say(str(error), kind, seen)
        except SparkError as error:
            self._say(type(error).__name__, kind, seen)
        else:
            mark = "absent" if version is None else "done"
            self._say(mark, kind, seen._replace(version=version or seen.version))

    def _say(self, mark: str, kind: str, seen: Seen) -> None:
        line = Line(time.monotonic_ns(), self._life, self._number, mark, kind, *seen)
        os.write(self._journal, f"{line}\n".encode())

    def _token(self) -> str:
        return f"{self._random.getrandbits(48):012x}"

    def _someone(self, kind: str) -> Seen | None:
        """A project to do it to; often one that the others have at hand too."""
        among = self._projects
        if kind == "restore" or (kind == "delete" and self._random.random() < 0.5):
            among = self._trashed
        if among and self._random.random() < 0.5:
            among = among[:_HOT]
        return self._random.choice(among) if among else None

    # --- what it does ---

    def _warm_up(self, seen: Seen) -> int:
        self._store.warm_up()
        return 0

    def _browse(self, seen: Seen) -> int:
        """See the projects edited last, and those of some other page."""
        random = self._random
        latest = self._store.browse(1, _HOT, None, "-updated_at")
        page = random.randint(1, -(-latest.total // PER_PAGE) or 1)
        status = random.choice([None, *STATUSES])
        others = self._store.browse(page, PER_PAGE, status, random.choice(SORTS))
        self._projects = [_seen(item) for item in (*latest.items, *others.items)]
        return 0

    def _look_into_the_trash(self, seen: Seen) -> int:
        page = self._store.trash(1, PER_PAGE)
        self._trashed = [_seen(item) for item in page.items]
        return 0

    def _create(self, seen: Seen) -> int:
        telling = Telling.of(*seen)
        project = Project(
            project_id=seen.project_id,
            project_name=telling.name,
            user_idea=UserIdea(
                theme="风暴", genre="纪实", basic_characters=["甲"], plot_points=["来"]
            ),
            story_outline=StoryOutline(title=telling.title),
            character_profiles=[CharacterProfile(name="甲")],
        )
        self._store.create(_telling(project, telling, seen.token))
        return 1

    def _update(self, seen: Seen) -> int:
        return self._store.update(seen.project_id, partial(_next_version, token=seen.token)).version

    def _discard(self, seen: Seen) -> int:
        self._store.discard(seen.project_id)
        return 0

    def _restore(self, seen: Seen) -> int:
        return _whole(self._store.restore(seen.project_id)).version

    def _delete(self, seen: Seen) -> int:
        self._store.delete(seen.project_id)
        return 0

    def _get(self, seen: Seen) -> int:
        return _whole(self._store.get(seen.project_id)).version

    def _search(self, seen: Seen) -> int | None:
        """The version found by the word of the one that was seen, which may be a past one."""
        hits = self._store.search(word_of(seen.token), 1, 10).items
        if [hit.project_id for hit in hits] not in ([], [seen.project_id]):
            raise Untrue("others")
        if hits and _seen(hits[0]) != seen:
            raise Untrue("others")
        return seen.version if hits else None


class Untrue(Exception):
    """A store answered with what cannot be."""


def _seen(item: ProjectSummary) -> Seen:
    return Seen(item.project_id, item.version, token_of(item.title.partition(" ")[2]))


def _next_version(project: Project, token: str) -> Project:
    telling = Telling.of(project.project_id, _whole(project).version + 1, token)
    return _telling(project, telling, token)


def _telling(project: Project, telling: Telling, token: str) -> Project:
    """`project` as it tells `telling`, the token added to those of the versions before."""
    outline = {"title": telling.title, "narrative_text": telling.narrative}
    return project.model_copy(
        update={
            "project_name": telling.name,
            "status": telling.status,
            "story_outline": project.story_outline.model_copy(update=outline),
            "conversation": [*project.conversation, Message(role="user", content=token)],
        }
    )


def _whole(project: Project) -> Project:
    if not is_whole(project):
        raise Untrue("mixed")
    return project


# --- what is left ---


class Verdict(NamedTuple):
    """What was found, and what should not be so."""

    account: Account
    projects: dict[str, list[Operation]]
    files: Files
    findings: list[Finding]

    @classmethod
    def of(cls, folder: Path, run: Run) -> Verdict:
        """Look with a store that was not there, and at the files."""
        account = Account.of(folder / "journals", run.deaths)
        projects = account.by_project()
        store = store_in(folder / "data")
        when_built(lambda: store.browse(1, 1, None, "-created_at"))
        files = Files.below(folder / "data")
        findings = [*account.findings, *files.findings, *losses(projects, files)]
        findings += lost_revisions(store, files, REVISIONS)
        findings += index_differences(store, projects, files)
        findings += wrong_searches(projects, files)
        store.warm_up()
        findings += list_differences(store, files, None, "-updated_at")
        findings += left_over(folder / "data")
        return cls(account, projects, files, list(dict.fromkeys(findings)))

    def table(self, run: Run) -> str:
        """The numbers, a line each."""
        done = len(self.account.operations)
        live, trash = len(self.files.live), len(self.files.trash)
        gone = len(self.projects.keys() - self.files.live.keys() - self.files.trash.keys())
        lines = [
            f"operations         {done:7d}   {done / run.seconds:.0f} a second",
            f"kills              {len(run.deaths):7d}",
            f"projects           {live:7d}   live; {trash} in the trash, {gone} not there",
            f"acknowledged       {self.account.acknowledged:7d}",
            f"found              {live:7d}   live projects, whole",
            f"lost               {self._count('lost'):7d}   aim: 0",
            f"half-written       {self._count('half-written'):7d}   aim: 0",
            f"index differences  {self._count('index'):7d}   aim: 0",
        ]
        lines += [
            f"refused            {n:7d}   {what}" for what, n in self.account.failures.items()
        ]
        if run.broken_off:
            lines.append(f"ended unkilled     {run.broken_off:7d}   aim: 0")
        return "\n".join(lines)

    def _count(self, kind: str) -> int:
        return sum(finding.kind == kind for finding in self.findings)

    def cases(self) -> str:
        """The first cases of each kind, with the operations of their projects."""
        told = []
        for kind in ("lost", "half-written", "index"):
            cases = [finding for finding in self.findings if finding.kind == kind]
            told += [self._case(finding) for finding in cases[:_CASES]]
        return "\n".join(told)

    def _case(self, finding: Finding) -> str:
        start = min(operation.begun for operation in self.account.operations)
        history = [
            f"    {(o.begun - start) / 1e9:9.4f} to {(o.ended - start) / 1e9:9.4f} s  {o}"
            for o in self.projects.get(finding.project_id, [])
        ]
        head = f"\n{finding.kind}: {finding.project_id} {finding.text}"
        return "\n".join([head, *history[-_HISTORY:]])


if __name__ == "__main__":
    main()
