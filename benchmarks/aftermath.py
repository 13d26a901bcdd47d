"""What a project store must hold after its processes were killed, and what it does hold.

Every operation was announced in a journal before it began and answered there after it returned.
The operations of each project are put into one order, as they must have happened if the store
keeps its word (it is then said to be linearizable):

- The clock is one for all processes. What was answered before another was announced came first;
  what overlapped may stand either way.
- Of those orders the store's promises leave few: `create` makes version 1, an update the next
  version of a live project, and the number that it returned is that one; `discard` needs a live
  project, `restore` one in the trash, `delete` one in either. "Not found" is an answer too and
  must be true where it stands, and so is what `get` read.
- What was never answered, or failed, happened at some moment before its process died, or never.
- The file tells which updates happened: each leaves a token of its own behind those before it.
  The token of the update that was answered "version 7" must be the seventh. A stale version
  written over a newer one breaks that row, and so does a version that went missing.

Where no order leads to what the files hold, something that was acknowledged is lost. Searches are
answers of the index and are laid into the order when all else has found its place in it: where
only they do not fit, the index differs from the files.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar, get_args

from src.spark.errors import IndexBuilding, SparkError
from src.spark.models import Page, Project, ProjectStatus, ProjectSummary
from src.spark.ports import ProjectStore, Sort

STATUSES: tuple[ProjectStatus, ...] = get_args(ProjectStatus)
SORTS: tuple[Sort, ...] = get_args(Sort)
PER_PAGE = 100
_DIGITS, _LETTERS = "0123456789abcdef", "bcdfghjklmnpqrtv"

Phase = Literal["never", "live", "trash", "gone"]
Item = TypeVar("Item")

_ANSWERS = ("done", "absent")
_UNTRUE: dict[str, Literal["half-written", "index"]] = {
    "mixed": "half-written",
    "ProjectDamaged": "half-written",
    "others": "index",
}


# --- what a version says ---


class Telling(NamedTuple):
    """What a version of a project says; all of it follows from its number and token."""

    name: str
    status: str
    title: str
    narrative: str

    @classmethod
    def of(cls, project_id: str, version: int, token: str) -> Telling:
        """What the version with this token says: 8 KB that no other version shares."""
        word, number = word_of(token), int(token, 16)
        narrative = f"{project_id} V{version} {word}. " * (110 + number % 40)
        return cls(f"film {word}", STATUSES[number % 5], f"V{version} {word}", narrative)

    @classmethod
    def in_project(cls, project: Project) -> Telling:
        """What `project` says."""
        outline = project.story_outline
        return cls(project.project_name, project.status, outline.title, outline.narrative_text)


def word_of(token: str) -> str:
    """A token as a word that can be searched for: no vowel and no s, so that it has no plural."""
    return token.translate(str.maketrans(_DIGITS, _LETTERS))


def token_of(word: str) -> str:
    """The token that `word` stands for."""
    return word.translate(str.maketrans(_LETTERS, _DIGITS))


def tokens_of(project: Project) -> tuple[str, ...]:
    """The tokens of all versions, oldest first."""
    return tuple(message.content for message in project.conversation)


def is_whole(project: Project) -> bool:
    """Whether everything in `project` is of one version."""
    tokens = tokens_of(project)
    if not tokens or project.version != len(tokens) or len(set(tokens)) != len(tokens):
        return False
    telling = Telling.of(project.project_id, project.version, tokens[-1])
    return Telling.in_project(project) == telling


# --- what was done ---


class Finding(NamedTuple):
    """Something that should not be."""

    kind: Literal["lost", "half-written", "index"]
    project_id: str
    text: str


class Operation(NamedTuple):
    """One operation on a project, from its announcement to its answer or its process's death."""

    begun: int
    ended: int
    life: str
    number: int
    kind: str
    project_id: str
    token: str
    outcome: str
    """`done`, `absent`; or `unknown`, where there was no answer or a failure."""
    version: int

    def __str__(self) -> str:
        which = f"{self.kind} V{self.version}" if self.version else self.kind
        return f"{self.life}#{self.number} {which} {self.token} {self.outcome}"


class Line(NamedTuple):
    """A line of the journal."""

    moment: int
    life: str
    number: int
    mark: str
    """`begins`, or its answer: `done`, `absent`, or the name of what was raised."""
    kind: str
    project_id: str
    version: int
    token: str

    @classmethod
    def read(cls, text: str) -> Line:
        """The line that was written as `str`."""
        moment, life, number, mark, kind, project_id, version, token = text.split(" ")
        return cls(int(moment), life, int(number), mark, kind, project_id, int(version), token)

    def __str__(self) -> str:
        return " ".join(map(str, self))


class Account(NamedTuple):
    """All that was said in the journals."""

    operations: list[Operation]
    acknowledged: int
    failures: Counter[str]
    """How often a store raised what, other than that nothing was there."""
    findings: list[Finding]

    @classmethod
    def of(cls, journals: Path, deaths: dict[str, int]) -> Account:
        """What `journals` say of lives that ended at these moments."""
        operations: list[Operation] = []
        answers: list[Line] = []
        for life, died in deaths.items():
            lines = _lines(journals / life)
            answered = {line.number: line for line in lines if line.mark != "begins"}
            answers += answered.values()
            operations += [
                _operation(line, answered.get(line.number), died)
                for line in lines
                if line.mark == "begins"
            ]
        other = [answer for answer in answers if answer.mark not in _ANSWERS]
        failures = Counter(f"{a.kind}: {a.mark}" for a in other if a.mark not in _UNTRUE)
        findings = [_finding(a) for a in other if a.mark in _UNTRUE]
        return cls(sorted(operations), len(answers) - len(other), failures, findings)

    def by_project(self) -> dict[str, list[Operation]]:
        """The operations of each project, in the order in which they were announced."""
        projects: dict[str, list[Operation]] = defaultdict(list)
        for operation in self.operations:
            if operation.project_id != "-":
                projects[operation.project_id].append(operation)
        return projects


def _lines(journal: Path) -> list[Line]:
    if not journal.exists():  # killed before it could begin
        return []
    whole, _, _ = journal.read_text().rpartition("\n")
    return [Line.read(text) for text in whole.splitlines()]


def _operation(begins: Line, answer: Line | None, died: int) -> Operation:
    said = answer or begins._replace(moment=died)
    return Operation(
        begun=begins.moment,
        ended=said.moment,
        life=begins.life,
        number=begins.number,
        kind=begins.kind,
        project_id=begins.project_id,
        token=begins.token,
        outcome=said.mark if said.mark in _ANSWERS else "unknown",
        version=said.version,
    )


def _finding(answer: Line) -> Finding:
    return Finding(_UNTRUE[answer.mark], answer.project_id, f"an answer amid it all: {answer}")


# --- what may have come of it ---


class State(NamedTuple):
    """Where a project stands, and at which version."""

    phase: Phase
    version: int

    def __str__(self) -> str:
        if self.phase in ("never", "gone"):
            return "not there"
        return f"{'live' if self.phase == 'live' else 'in the trash'} at V{self.version}"


NEVER = State("never", 0)


class Course(NamedTuple):
    """Where a project's operations may have led, and the first one that fits no order."""

    ends: set[State]
    misfit: Operation | None


def course(operations: Sequence[Operation], tokens: tuple[str, ...] | None) -> Course:
    """Try every order that could have been; `tokens` are those in the file, if there is one."""
    begin = (0, NEVER)
    waiting, seen, deepest = [begin], {begin}, 0
    ends: set[State] = set()
    while waiting:
        done, state = waiting.pop()
        deepest = max(deepest, done, key=int.bit_count)
        if done + 1 == 1 << len(operations):
            ends.add(state)
        for position in _possible_next(operations, done):
            for after in _states_after(operations[position], state, tokens):
                step = (done | 1 << position, after)
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)
    left = [o for position, o in enumerate(operations) if not deepest >> position & 1]
    return Course(ends, min(left, key=lambda o: o.ended) if left and not ends else None)


def _possible_next(operations: Sequence[Operation], done: int) -> Iterator[int]:
    """Those not `done` of which none of the others ended before they began."""
    first = (~done & (done + 1)).bit_length() - 1
    earliest_end = None
    for position in range(first, len(operations)):
        if done >> position & 1:
            continue
        operation = operations[position]
        if earliest_end is not None and operation.begun > earliest_end:
            return
        earliest_end = min(earliest_end or operation.ended, operation.ended)
        yield position


def _states_after(
    operation: Operation, state: State, tokens: tuple[str, ...] | None
) -> Iterator[State]:
    """Where `operation` may lead from `state`; nowhere, if it cannot stand here."""
    if operation.kind in ("get", "search"):
        if operation.outcome == "unknown" or _is_true(operation, state):
            yield state
        return
    changed = _changed(operation, state)
    if changed is None:
        if operation.outcome != "done":
            yield state
        return
    if operation.outcome == "unknown":
        yield state
    if operation.outcome != "absent" and _agrees(operation, changed, tokens):
        yield changed


def _is_true(read: Operation, state: State) -> bool:
    """Whether `read` could be answered as it was."""
    is_there = state == State("live", read.version)
    if read.kind == "get" and read.outcome == "absent":
        return state.phase != "live"
    return is_there == (read.outcome == "done")


def _changed(operation: Operation, state: State) -> State | None:
    """The state after `operation`; `None` where there is nothing that it could be done to."""
    match operation.kind, state.phase:
        case "create", "never":
            return State("live", 1)
        case "update", "live":
            return State("live", state.version + 1)
        case "discard", "live":
            return state._replace(phase="trash")
        case "restore", "trash":
            return state._replace(phase="live")
        case "delete", "live" | "trash":
            return State("gone", state.version)
    return None


def _agrees(operation: Operation, changed: State, tokens: tuple[str, ...] | None) -> bool:
    if operation.kind not in ("create", "update"):
        return True
    if operation.outcome == "done" and operation.version != changed.version:
        return False
    return tokens is None or tokens[changed.version - 1 : changed.version] == (operation.token,)


# --- what the files hold ---


class Files(NamedTuple):
    """The projects that were found whole, by id, and what else there was."""

    live: dict[str, Project]
    trash: dict[str, Project]
    broken: set[str]
    """Those of which something cannot be read, or is of two versions."""
    findings: list[Finding]

    @classmethod
    def below(cls, folder: Path) -> Files:
        """Read the data directory, past the store."""
        files = cls({}, {}, set(), [])
        files._take(folder / "projects", files.live)
        files._take(folder / "trash", files.trash)
        return files

    def _take(self, place: Path, projects: dict[str, Project]) -> None:
        for folder in place.glob("[0-9a-f][0-9a-f]/*"):
            half = [path for path in folder.rglob("*.json") if not _is_sound(path)]
            for path in half:
                self.broken.add(folder.name)
                self.findings.append(Finding("half-written", folder.name, f"not whole: {path}"))
            file = folder / "project.json"
            if file.exists() and file not in half:
                projects[folder.name] = _project_at(file)

    def state_of(self, project_id: str) -> State:
        """Where the project stands."""
        if project := self.live.get(project_id):
            return State("live", project.version)
        if project := self.trash.get(project_id):
            return State("trash", project.version)
        return State("gone", 0)


def _is_sound(path: Path) -> bool:
    """Whether the file is JSON; and a version of its folder's project, wholly, if it is one."""
    try:
        if path.name == "deleted.json":
            json.loads(path.read_bytes())
            return True
        project = _project_at(path)
    except ValueError:
        return False
    return project.project_id in path.parts and is_whole(project)


def _project_at(path: Path) -> Project:
    return Project.model_validate(json.loads(path.read_bytes()))


def left_over(folder: Path) -> Iterator[Finding]:
    """What stands in the data directory and belongs to no project, or to no whole one."""
    for path in folder.rglob("*.tmp"):
        owner = next((part for part in path.parts if len(part) == 36), "-")
        yield Finding("half-written", owner, f"left over: {path}")
    for path in [*folder.glob("projects/??/*"), *folder.glob("trash/??/*")]:
        if not (path / "project.json").exists():
            remains = [str(below.relative_to(path)) for below in path.rglob("*")]
            yield Finding("half-written", path.name, f"half removed: {path} with {remains}")


# --- whether something is lost ---


def losses(projects: dict[str, list[Operation]], files: Files) -> Iterator[Finding]:
    """What was acknowledged and is not there."""
    for project_id in {*projects, *files.live, *files.trash} - files.broken:
        text = _loss(projects.get(project_id, []), project_id, files)
        if text:
            yield Finding("lost", project_id, text)


def _loss(operations: list[Operation], project_id: str, files: Files) -> str:
    if project_id in files.live and project_id in files.trash:
        return "is live and in the trash"
    project = files.live.get(project_id) or files.trash.get(project_id)
    found = files.state_of(project_id)
    return _contradiction(operations, found, tokens_of(project) if project else None)


def _contradiction(
    operations: list[Operation], found: State, tokens: tuple[str, ...] | None
) -> str:
    """Why no order of `operations` leads to what was found; nothing where one does."""
    without_searches = [o for o in operations if o.kind != "search"]
    ends, misfit = course(without_searches, tokens)
    if misfit:
        return f"is {found}, and fits no order: {misfit}"
    if _unversioned(found) in map(_unversioned, ends):
        return ""
    return f"is {found}, and must be {' or '.join(sorted(map(str, ends)))}"


def _unversioned(state: State) -> State:
    """What is not there has no version."""
    return State("gone", 0) if state.phase in ("never", "gone") else state


# --- whether the store says what the files say ---


def lost_revisions(store: ProjectStore, files: Files, kept: int) -> Iterator[Finding]:
    """The revisions, of the latest `kept` versions of each project, that are not there."""
    for project_id, project in files.live.items():
        first = max(1, project.version - kept + 1)
        listed = [revision.version for revision in store.revisions(project_id)]
        if listed[: project.version - first + 1] != [*range(project.version, first - 1, -1)]:
            yield Finding("lost", project_id, f"its revisions are {listed}")
        for version in listed:
            if not _is_kept(store, project, version):
                yield Finding("lost", project_id, f"revision {version} is not as it was")


def _is_kept(store: ProjectStore, project: Project, version: int) -> bool:
    try:
        revision = store.revision(project.project_id, version)
    except SparkError:
        return False
    return is_whole(revision) and tokens_of(revision) == tokens_of(project)[:version]


def index_differences(
    store: ProjectStore, projects: dict[str, list[Operation]], files: Files
) -> Iterator[Finding]:
    """Where lists and searches do not say what the files say.

    Searches come first, and present words before past ones: what an answer shows may be mended
    when it is shown, and what should be found by a word and is not would be mended with it.
    """
    for project_id, project in files.live.items():
        yield from _search_differences(store, project_id, tokens_of(project)[-1], [project_id])
    for project_id, operations in projects.items():
        live = files.live.get(project_id)
        said = [o.token for o in operations if o.kind in ("create", "update")]
        for token in {*said[-3:]} - {*(tokens_of(live)[-1:] if live else ())}:
            yield from _search_differences(store, project_id, token, [])
    for sort in SORTS:
        for status in (*STATUSES, None):
            yield from list_differences(store, files, status, sort)
    yield from _trash_differences(store, files)
    for project_id, project in files.live.items():
        if store.get(project_id) != project:
            yield Finding("index", project_id, "get does not say what the file says")
    for project_id in store.damaged():
        yield Finding("index", project_id, "is said to be damaged")


def list_differences(
    store: ProjectStore, files: Files, status: ProjectStatus | None, sort: Sort
) -> Iterator[Finding]:
    """Where the list of this status, in this order, does not say what the files say."""
    listed = _all_pages(lambda page: store.browse(page, PER_PAGE, status, sort))
    expected = {
        i: ProjectSummary.of(p) for i, p in files.live.items() if status in (None, p.status)
    }
    name = f"the list of {status or 'all'}"
    for summary in listed:
        if expected.pop(summary.project_id, None) != summary:
            which = f"V{summary.version} {summary.status}"
            yield Finding("index", summary.project_id, f"{name} has it as {which}")
    for project_id in expected:
        yield Finding("index", project_id, f"is not in {name}")
    field = "project_name" if sort.endswith("name") else sort.lstrip("-")
    keys = [getattr(summary, field) for summary in listed]
    if keys != sorted(keys, reverse=sort[0] == "-"):
        yield Finding("index", "-", f"{name} is not in the order {sort}")


def _trash_differences(store: ProjectStore, files: Files) -> Iterator[Finding]:
    listed = _all_pages(lambda page: store.trash(page, PER_PAGE))
    expected = {i: ProjectSummary.of(p) for i, p in files.trash.items()}
    for item in listed:
        summary = ProjectSummary(**dict(item))
        if expected.pop(item.project_id, None) != summary:
            yield Finding("index", item.project_id, f"the trash has it as V{item.version}")
    for project_id in expected:
        yield Finding("index", project_id, "is not listed in the trash")
    moments = [item.deleted_at for item in listed]
    if moments != sorted(moments, reverse=True):
        yield Finding("index", "-", "the trash is not listed latest first")


def _search_differences(
    store: ProjectStore, project_id: str, token: str, expected: list[str]
) -> Iterator[Finding]:
    hits = store.search(word_of(token), 1, 10).items
    if [hit.project_id for hit in hits] != expected:
        found = [f"{hit.project_id} V{hit.version}" for hit in hits]
        yield Finding("index", project_id, f"the word of {token} finds {found or 'nothing'}")


def wrong_searches(projects: dict[str, list[Operation]], files: Files) -> Iterator[Finding]:
    """Answers to searches amid it all that were not true at any moment of the search."""
    for project_id, operations in projects.items():
        project = files.live.get(project_id) or files.trash.get(project_id)
        tokens = tokens_of(project) if project else None
        if project_id in files.broken or _contradiction(
            operations, files.state_of(project_id), tokens
        ):
            continue
        _, misfit = course(operations, tokens)
        if misfit:
            yield Finding("index", project_id, f"amid it all, fits no order: {misfit}")


def _all_pages(ask: Callable[[int], Page[Item]]) -> list[Item]:
    first = ask(1)
    return [item for page in [first, *map(ask, range(2, first.pages + 1))] for item in page.items]


def when_built(call: Callable[[], Item], patience: float = 120) -> Item:
    """What `call` returns as soon as the index is there."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return call()
        except IndexBuilding:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
