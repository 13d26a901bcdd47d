"""What the use cases need from outside."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from .models import (
    Brief,
    CharacterProfile,
    Conversation,
    Delta,
    Message,
    Origin,
    Page,
    Project,
    ProjectStatus,
    ProjectSummary,
    Revision,
    SearchHit,
    StoryOutline,
    TrashedProject,
    Turn,
    Usage,
    UserIdea,
    Written,
)
from .pictures import Picture
from .renditions import Manuscript
from .screenplay import Screenplay

Sort = Literal["-created_at", "created_at", "-updated_at", "updated_at", "name", "-name"]


Listening = Callable[[], bool]
"""Whether the caller is still there to be answered."""


class Writer(Protocol):
    """Leads the interview and writes what comes of it.

    Every method may raise `UpstreamError` or one of its kinds.
    """

    @property
    def name(self) -> str:
        """Which engine this is, as answers and `/api/health` say it."""

    @property
    def model(self) -> str:
        """The model it asks first, and whose it is; the engine's name where there is none."""

    def converse(
        self,
        conversation: Conversation,
        message: str,
        whole: bool = False,
        listening: Listening | None = None,
    ) -> Generator[Delta | Turn, None, None]:
        """Answer `message`: the words as they come, then the whole turn, exactly once, last.

        An empty `Delta` says that the engine is still at work. With `whole` nobody looks before
        the end: there need not be any words on the way, and an answer that breaks off may be
        begun again. What is closed early stops what it had begun, and so does who finds, where
        `listening` can be asked, that nobody is there any more; it then raises `UpstreamBroken`.
        """

    def structure(self, messages: Sequence[Message]) -> Written[Brief]:
        """The idea that a conversation holds, in the words of its user messages."""

    def outline(
        self, idea: UserIdea, notes: Mapping[str, str], fresh: bool = False
    ) -> Written[StoryOutline]:
        """A story told from `idea`; `notes` hold what was said of each character.

        An earlier answer to the same request may be given again, unless a `fresh` one is wanted.
        """

    def cast(
        self,
        idea: UserIdea,
        outline: StoryOutline | None,
        notes: Mapping[str, str],
        fresh: bool = False,
    ) -> Written[list[CharacterProfile]]:
        """One profile per entry of `idea.basic_characters`, in order, no two of one name."""

    def screenplay(
        self,
        outline: StoryOutline,
        profiles: Sequence[CharacterProfile],
        fresh: bool = False,
    ) -> Written[Screenplay]:
        """The narrative of `outline` in scenes, all of it and nothing that it does not tell.

        It is in the narrative's language. A speaker who has one of the `profiles` is called as
        it is there. The outline has a narrative.
        """

    def check(self) -> None:
        """Raise `UpstreamError` where the engine is known not to work just now; asks nobody."""

    def warm_up(self) -> None:
        """Load what the first call would otherwise wait for."""


class Illustrator(Protocol):
    """Draws characters."""

    @property
    def name(self) -> str:
        """Which engine this is."""

    @property
    def model(self) -> str:
        """The model it asks, and whose it is; the engine's name where there is none."""

    def portrait(
        self,
        profile: CharacterProfile,
        idea: UserIdea | None,
        feedback: Sequence[str],
        previous: bytes | None = None,
    ) -> Picture:
        """A portrait of `profile`; `feedback` is all that was asked for so far, oldest first.

        `previous` is the picture that already heeds all of it but the last. May raise
        `UpstreamError` or one of its kinds.
        """

    def check(self) -> None:
        """Raise `UpstreamError` where the engine is known not to work just now; asks nobody."""


class Press(Protocol):
    """Sets a manuscript as a file of one format."""

    def set(self, manuscript: Manuscript) -> bytes:
        """The file; the same manuscript always gives the same one."""


class MediaStore(Protocol):
    """Keeps pictures for good, each under a name made from its content."""

    def put(self, picture: Picture) -> str:
        """Store a picture and return its name; the same content has the same name."""

    def get(self, name: str) -> tuple[bytes, str]:
        """The bytes and the mime type of a picture. Raises `NotFound`."""

    def origin(self, name: str) -> Origin | None:
        """How a picture came to be; `None` where that is not known."""

    def names(self) -> Iterator[str]:
        """The names of all pictures, in order."""

    def adopt(self, name: str, data: bytes, origin: Origin | None) -> None:
        """Store a picture that another store keeps under `name`, with what that knows of it."""

    def check(self) -> None:
        """Raise `StorageUnavailable` where pictures cannot be kept just now."""


class ConversationStore(Protocol):
    """Keeps one conversation per session. May raise `StorageUnavailable` or `StorageFull`."""

    def hold(self, session_id: str) -> AbstractContextManager[None]:
        """Wait for the conversation and hold it, against every thread and process.

        Raises `ConversationBusy` where it does not become free in time.
        """

    def load(self, session_id: str) -> Conversation:
        """The conversation as it stands; an empty one where nothing was said."""

    def keep(self, session_id: str, message: str) -> None:
        """Remember a message that has no answer yet."""

    def append(
        self,
        session_id: str,
        question: Message,
        answer: Message,
        brief: Brief,
        usage: Usage | None = None,
    ) -> None:
        """Add a question with its answer, the brief after it and what it took, all or nothing."""

    def revise(self, session_id: str, brief: Brief) -> None:
        """Put `brief` in the place of the conversation's; nothing else changes."""

    def record(self, session_id: str, *usage: Usage, aside: bool = False) -> None:
        """Enter what was spent; `aside` from the conversation where it belongs elsewhere."""

    def ledger(self, session_id: str, conversation: bool = False) -> list[Usage]:
        """All the session spent, oldest first; or the present conversation's part of it."""

    def clear(self, session_id: str) -> None:
        """Forget the conversation; what it cost stays in the session's ledger."""

    def check(self) -> None:
        """Raise `StorageUnavailable` where conversations cannot be kept just now."""


@dataclass(frozen=True)
class Receipt:
    """What was answered to a request that shall not be carried out twice."""

    status: int
    headers: dict[str, str]
    body: bytes


class Receipts(Protocol):
    """Remembers for 24 hours what was answered. May raise `StorageUnavailable` or `StorageFull`."""

    def hold(self, key: str) -> AbstractContextManager[None]:
        """Wait for the key and hold it, against every thread and process.

        Raises `RequestRunning` where it does not become free in time.
        """

    def find(self, key: str, request: str) -> Receipt | None:
        """What was answered to `request` under `key`; raises `KeyReused` for another request."""

    def keep(self, key: str, request: str, receipt: Receipt) -> None:
        """Remember the answer."""


class Shelf(Protocol):
    """Keeps small things for a while. Losing one costs time and nothing else: it never raises."""

    def get(self, key: str) -> bytes | None:
        """What was put under `key`, unless it is gone."""

    def put(self, key: str, value: bytes) -> None:
        """Keep `value` for as long as there is room and its time lasts."""


@dataclass(frozen=True)
class Dossier:
    """Everything that a store keeps of one project."""

    project: Project
    revisions: Iterable[Project]
    """The earlier versions that are kept, oldest first; one can go through them again and again."""
    deleted_at: datetime | None = None
    """When it was put into the trash; `None` for a project that is not there."""


Allow = Callable[[Project], object]
"""Looks at a project and raises where something shall not happen to it."""


class ProjectStore(Protocol):
    """Keeps projects. May raise `StorageUnavailable` or `StorageFull`.

    What a method acknowledged is on disk. Ids that could never exist are simply not found.
    """

    def create(self, project: Project) -> None:
        """Store a new project. Raises `Conflict` where there is one of its id."""

    def get(self, project_id: str) -> Project:
        """The project. Raises `ProjectNotFound`."""

    def update(self, project_id: str, change: Callable[[Project], Project]) -> Project:
        """Put `change(project)` in the project's place, one writer at a time.

        The version before it is kept as a revision, of which there are at most so many. The new
        version's number and `updated_at` are set here. What `change` raises goes through
        and leaves the project as it was. Raises `ProjectNotFound`.
        """

    def discard(self, project_id: str, allow: Allow | None = None) -> None:
        """Move the project to the trash. Raises `ProjectNotFound`, also where it is there already.

        `allow` is asked with the project as it stands; what it raises leaves it where it is.
        """

    def restore(self, project_id: str, allow: Allow | None = None) -> Project:
        """Take the project back out of the trash, as it was; `allow` is asked as by `discard`.

        Raises `ProjectNotFound` where it is not, or no longer, in the trash.
        """

    def delete(self, project_id: str, allow: Allow | None = None) -> None:
        """Remove the project for good, from the trash or from outside of it, as `discard` does."""

    def revisions(self, project_id: str) -> list[Revision]:
        """The versions there are of the project, latest first; the first one is the present.

        Raises `ProjectNotFound`.
        """

    def revision(self, project_id: str, version: int) -> Project:
        """The project as it was. Raises `ProjectNotFound` or `RevisionNotFound`."""

    def browse(
        self, page: int, per_page: int, status: ProjectStatus | None, sort: Sort
    ) -> Page[ProjectSummary]:
        """One page of the projects, of one status where it is given."""

    def search(
        self, query: str, page: int, per_page: int, status: ProjectStatus | None = None
    ) -> Page[SearchHit]:
        """One page of the projects in which every word of `query` is found, best match first.

        Chinese is found from one character on, in the order written; of English words case and
        plural make no difference; what stands in quotes is found as it stands. No sign has a
        meaning of its own. A hit in the name or title counts for more than one in theme, genre,
        mood or the characters' names, and that for more than one in summary or running text.
        """

    def trash(self, page: int, per_page: int) -> Page[TrashedProject]:
        """One page of the trash, the latest first. What has been there too long is gone."""

    def damaged(self) -> list[str]:
        """The ids of projects outside of the trash that cannot be read; they are in no list.

        Raises `IndexBuilding` where that is not known just now, instead of waiting.
        """

    def ids(self) -> Iterator[str]:
        """The ids of all projects, damaged ones and those in the trash too, in order."""

    def dossier(self, project_id: str) -> Dossier:
        """Everything there is of a project. Raises `ProjectNotFound`."""

    def adopt(self, dossier: Dossier, only_new: bool = False) -> None:
        """Put what another store keeps of a project in the place of whatever is here of it.

        Versions and dates stay as they are. Where `only_new`, raises `Conflict` if there is one
        of its id, in the trash or outside of it.
        """

    def warm_up(self) -> None:
        """Look for what changed while nobody looked; lists are right without it, only slower."""

    def check(self) -> None:
        """Raise `StorageUnavailable` where projects cannot be kept just now."""


class Counters(Protocol):
    """Counts what happens on all machines together. May raise `StorageUnavailable`."""

    def add(self, name: str, amount: int, seconds: int) -> int:
        """Add `amount` to the count of `name`; the count after it.

        A count is forgotten `seconds` after it began.
        """


class Meter(Protocol):
    """Is told what the service does, for those who run it. It never raises."""

    def model_called(self, provider: str, model: str, outcome: str, seconds: float) -> None:
        """One attempt at a model came to its end: `ok`, or the code or name of its failure."""

    def tokens_used(self, provider: str, model: str, tokens_in: int, tokens_out: int) -> None:
        """A model's service said how many tokens an answer took."""


class NoMeter:
    """A `Meter` that counts nothing."""

    def model_called(self, provider: str, model: str, outcome: str, seconds: float) -> None:
        """Pass over an attempt."""

    def tokens_used(self, provider: str, model: str, tokens_in: int, tokens_out: int) -> None:
        """Pass over what an answer took."""


class Trail(Protocol):
    """The trace of one attempt at a model."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What tells the model's service which trace its work belongs to."""

    def end(self, outcome: str) -> None:
        """The attempt came to its end, as `Meter.model_called` is told it."""


class Tracer(Protocol):
    """Follows calls from one service to the next, for those who run them. It never raises."""

    def follow(self, provider: str, model: str) -> Trail:
        """Begin the trace of an attempt, as a part of the request that is being answered."""


class NoTrail:
    """A `Trail` that leads nowhere."""

    headers: Mapping[str, str] = {}

    def end(self, outcome: str) -> None:
        """Pass over the end."""


class NoTracer:
    """A `Tracer` that follows nothing."""

    def follow(self, provider: str, model: str) -> Trail:
        """Leave no trace."""
        return NoTrail()
