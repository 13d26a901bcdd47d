"""The one place that chooses adapters."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from .adapters.documents import presses
from .adapters.files.conversations import SqliteConversationStore
from .adapters.files.media import FileMediaStore
from .adapters.files.projects import FileProjectStore
from .adapters.files.receipts import SqliteReceipts
from .adapters.files.shelf import FileShelf
from .adapters.offline.illustrator import OfflineIllustrator
from .adapters.offline.writer import OfflineWriter
from .adapters.openai.gate import Gate
from .adapters.openai.service import Service
from .adapters.s3.address import Address
from .models import Price
from .ports import (
    ConversationStore,
    Counters,
    Illustrator,
    MediaStore,
    Meter,
    ProjectStore,
    Receipts,
    Shelf,
    Tracer,
    Writer,
)
from .services.archive_reader import Bounds
from .services.batch import BatchService
from .services.chat import ChatService
from .services.content import ContentService
from .services.exports import ExportService
from .services.imports import ImportService
from .services.projects import ProjectService
from .services.revisions import RevisionService
from .services.transfer import TransferService
from .services.trash import TrashService
from .services.usage import UsageService

if TYPE_CHECKING:
    from .adapters.redis.server import RedisServer

_MOST_LEARNED, _LEARNED_HOURS = 1000, 24 * 30
"""What was learned of services is learned anew now and then: they change."""
_UNPACKED = 2
_RECEIPT_LEASE_SECONDS = 15

_PART = r"(?:[^:@/?#\[\]%\s]|%[0-9A-Fa-f]{2})*"
_DATABASE = re.compile(
    rf"postgres(?:ql)?://(?:{_PART}(?::{_PART})?@)?(?:[^@#%\s]|%[0-9A-Fa-f]{{2}})*"
)

_UNHURRIED: dict[str, Any] = {"answer_seconds": 30.0, "queue_seconds": 5.0}
"""Limits where nobody waits for an answer, and a whole project may take a while."""

Around = tuple[Gate, Meter | None, Tracer | None]


@dataclass(frozen=True)
class Services:
    """The use cases, and what they stand on as far as `/api/health` speaks of it."""

    chat: ChatService
    content: ContentService
    projects: ProjectService
    exports: ExportService
    imports: ImportService
    revisions: RevisionService
    trash: TrashService
    batch: BatchService
    usage: UsageService
    project_store: ProjectStore
    conversation_store: ConversationStore
    media_store: MediaStore
    receipts: Receipts
    counters: Counters | None
    """What counts requests for all machines; `None` where each process counts its own."""
    writer: Writer
    illustrator: Illustrator
    redis: RedisServer | None = None
    """What sessions and limits share with the stores; `None` where one machine keeps everything."""
    loading: threading.Event = field(default_factory=threading.Event)
    """Set while `warm_up` is at work."""

    def warm_up(self) -> None:
        """Load what the first request would otherwise wait for, and then what only exports do."""
        self.loading.set()
        try:
            self.writer.warm_up()
            self.project_store.warm_up()
        finally:
            self.loading.clear()
        presses.warm_up()

    def check_stores(self) -> None:
        """Raise `StorageUnavailable` where projects or pictures cannot be kept just now."""
        self.project_store.check()
        self.media_store.check()


class Settings(Protocol):
    """The settings that decide what the services stand on."""

    SPARK_DATA_DIR: Path
    DATABASE_URL: SecretStr
    SPARK_MEDIA_URL: str
    OPENAI_API_KEY: SecretStr
    OPENAI_BASE_URL: str
    SPARK_WRITER: Literal["auto", "offline", "openai"]
    SPARK_TEXT_MODEL: str
    SPARK_TEXT_FALLBACKS: list[str]
    SPARK_TEXT_FORMAT: Literal["auto", "json_schema", "json_object", "prompt"]
    SPARK_TEXT_OPTIONS: dict[str, Any]
    SPARK_IMAGE_MODEL: str
    SPARK_IMAGE_API_KEY: SecretStr
    SPARK_IMAGE_BASE_URL: str
    SPARK_IMAGE_OPTIONS: dict[str, Any]
    SPARK_IMAGES_AT_ONCE: int
    SPARK_CALLS_AT_ONCE: int
    SPARK_CALLS_WAITING: int
    SPARK_DEADLINE_SECONDS: float
    SPARK_CONNECT_SECONDS: float
    SPARK_READ_SECONDS: float
    SPARK_PRICES: dict[str, Price]
    SPARK_CURRENCY: str
    SPARK_CACHE_HOURS: float
    SPARK_CACHE_ENTRIES: int
    SPARK_TRASH_DAYS: float
    SPARK_REVISIONS: int
    SPARK_IMPORT_MAX_BYTES: int
    SPARK_IMPORT_MAX_FILES: int

    @property
    def redis_url(self) -> str | None:
        """Where what processes share is kept; `None` where one machine keeps it in files."""

    @property
    def PERMANENT_SESSION_LIFETIME(self) -> timedelta:  # noqa: N802  # Flask's name
        """For how long a session lasts, and what was said in it."""


class IndexedProjectStore(ProjectStore, Protocol):
    """A store with something beside its projects that lists and searches go by."""

    def reindex(
        self, progress: Callable[[int, int], None] | None = None, processes: int = 1
    ) -> int:
        """Make that anew, and say how many projects there are."""


def build_services(
    settings: Settings, meter: Meter | None = None, tracer: Tracer | None = None
) -> Services:
    """The services over files below the data directory, with the engines that are set.

    `meter` and `tracer` are told of each attempt at a model.
    """
    folder = settings.SPARK_DATA_DIR
    shelf = FileShelf(folder / "services", _MOST_LEARNED, _LEARNED_HOURS)
    gate = Gate(settings.SPARK_CALLS_AT_ONCE, settings.SPARK_CALLS_WAITING)
    around = gate, meter, tracer
    writer, illustrator = _writer(settings, shelf, around), _illustrator(settings, shelf, around)
    talk = _talk(settings)
    media = open_media(media_place(_media_of(settings)))
    project_store = _project_store(settings)
    projects = ProjectService(project_store, talk.conversations, illustrator, media)
    trash = TrashService(project_store, settings.SPARK_TRASH_DAYS)
    return Services(
        chat=ChatService(writer, talk.conversations),
        content=ContentService(
            writer, illustrator, talk.conversations, media, settings.SPARK_IMAGES_AT_ONCE
        ),
        projects=projects,
        exports=ExportService(project_store, media, writer, talk.conversations, presses.presses()),
        imports=ImportService(project_store, media, _bounds(settings)),
        revisions=RevisionService(project_store, media),
        trash=trash,
        batch=BatchService(projects, trash),
        usage=UsageService(
            talk.conversations, project_store, settings.SPARK_PRICES, settings.SPARK_CURRENCY
        ),
        project_store=project_store,
        conversation_store=talk.conversations,
        media_store=media,
        receipts=talk.receipts,
        counters=talk.counters,
        writer=writer,
        illustrator=illustrator,
        redis=talk.redis,
    )


def _bounds(settings: Settings) -> Bounds:
    """What one request may bring; pictures come as they are, texts a few times smaller."""
    return Bounds(settings.SPARK_IMPORT_MAX_FILES, _UNPACKED * settings.SPARK_IMPORT_MAX_BYTES)


def open_imports(settings: Settings) -> ImportService:
    """What takes projects in for those who run the service: as many as they like."""
    store = _project_store(settings, **_UNHURRIED)
    return ImportService(store, open_media(media_place(_media_of(settings))), Bounds())


def rebuild_index(settings: Settings, progress: Callable[[int, int], None]) -> int:
    """Make what lists and searches go by anew from the projects; the number of those looked at.

    `progress` is told how many of how many are done. Servers may go on meanwhile.
    """
    store = _project_store(settings, **_UNHURRIED)
    return store.reindex(progress, processes=os.cpu_count() or 1)


def migrate_database(settings: Settings, progress: Callable[[str], None]) -> int:
    """Bring the database's schema up to date; how many migrations that took.

    `progress` is told the name of each. Raises `StorageUnavailable`.
    """
    from .adapters.postgres.schema import migrate

    return migrate(settings.DATABASE_URL.get_secret_value(), progress)


def _project_store(settings: Settings, **limits: Any) -> IndexedProjectStore:
    """PostgreSQL where it is set, with other `limits` of time where they are given; else files."""
    url = settings.DATABASE_URL.get_secret_value()
    if not url:
        return FileProjectStore(
            settings.SPARK_DATA_DIR,
            revisions=settings.SPARK_REVISIONS,
            trash_days=settings.SPARK_TRASH_DAYS,
        )
    from .adapters.postgres.projects import PostgresProjectStore

    return PostgresProjectStore(
        url,
        revisions=settings.SPARK_REVISIONS,
        trash_days=settings.SPARK_TRASH_DAYS,
        **limits,
    )


def open_store(where: str, settings: Settings) -> ProjectStore:
    """The project store at `where`: a data directory, or `postgresql://…`.

    Raises `ValueError`, in words that repeat nothing of `where`, where that is no address of one.
    """
    revisions, days = settings.SPARK_REVISIONS, settings.SPARK_TRASH_DAYS
    if _is_folder(where):
        return FileProjectStore(Path(where), revisions=revisions, trash_days=days)
    if not where.startswith(("postgresql://", "postgres://")) or not _has_port(where):
        raise ValueError("a store is a data directory or postgresql://user:password@host:port/name")
    require_database(where)
    from .adapters.postgres.projects import PostgresProjectStore

    return PostgresProjectStore(where, revisions=revisions, trash_days=days, **_UNHURRIED)


def require_database(url: str) -> None:
    """Raise `ValueError`, in words that repeat nothing of `url`, where PostgreSQL cannot have it.

    A password with signs that mean something in an address would be taken for another part of it,
    and what is no secret there is shown.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("must look like postgresql://user:password@host:5432/database")
    try:
        urlsplit(url)
    except ValueError:
        is_plain = False
    else:
        is_plain = bool(_DATABASE.fullmatch(url))
    if not is_plain:
        raise ValueError("percent-encode the user and the password, as %23 for #")


def open_media(place: Path | Address) -> MediaStore:
    """The media store at `place`. Opens nothing yet."""
    if isinstance(place, Path):
        return FileMediaStore(place)
    from .adapters.s3.media import S3MediaStore  # its library takes a while to load

    return S3MediaStore(place)


def media_place(where: str) -> Path | Address:
    """What `where` names: a folder by its path or as `file:///…`, or a bucket as `s3://…`.

    Raises `ValueError`, in words that repeat nothing of `where`, where it names neither.
    """
    if where.startswith("s3://"):
        return Address.parse(where)
    path = unquote(where.removeprefix("file://")) if where.startswith("file:///") else where
    if not path or not _is_folder(path) or path.startswith("file:"):
        raise ValueError("must be a folder, file:///folder or s3://bucket/prefix")
    return Path(path).resolve()


def open_transfer(
    source: str,
    target: str,
    settings: Settings,
    *,
    media_from: str = "",
    media_to: str = "",
    overwrite: bool = False,
) -> TransferService:
    """What copies everything in the store at `source` to the one at `target`.

    A data directory has pictures of its own; a database's are where the settings say. Raises
    `ValueError` where there is nothing to copy from, or nowhere else to copy to.
    """
    if _is_folder(source) and not Path(source).is_dir():
        raise ValueError("there is no such data directory")
    places = _pictures(source, media_from, settings), _pictures(target, media_to, settings)
    if places[0] == places[1] and _is_same(source, target):
        raise ValueError("both sides are the same")
    media = open_media(places[0])
    return TransferService(
        open_store(source, settings),
        open_store(target, settings),
        media,
        media if places[0] == places[1] else open_media(places[1]),
        overwrite,
    )


def _pictures(store: str, where: str, settings: Settings) -> Path | Address:
    """Where the pictures of a store's projects are; `where` names it if it does not say itself."""
    own = str(Path(store) / "media") if _is_folder(store) else _media_of(settings)
    return media_place(where or own)


def _media_of(settings: Settings) -> str:
    return settings.SPARK_MEDIA_URL or str(settings.SPARK_DATA_DIR / "media")


def _is_folder(where: str) -> bool:
    return bool(where) and "://" not in where


def _has_port(where: str) -> bool:
    """Whether the port is a number or not said; asking for another raises."""
    try:
        return urlsplit(where).port != 0
    except ValueError:
        return False


def _is_same(source: str, target: str) -> bool:
    if _is_folder(source) and _is_folder(target):
        return Path(source).resolve() == Path(target).resolve()
    return source == target


@dataclass(frozen=True)
class _Talk:
    """What is kept of what callers say and ask."""

    conversations: ConversationStore
    receipts: Receipts
    counters: Counters | None = None
    redis: RedisServer | None = None


def _talk(settings: Settings) -> _Talk:
    """Conversations and receipts in Redis where one is set, else in files."""
    # A message waits for the turn before it, as the servers around us are set to wait for both.
    turn = settings.SPARK_DEADLINE_SECONDS + 5
    # Whoever sends a request again waits for the first one's end.
    patience = max(120, settings.SPARK_DEADLINE_SECONDS + 60)
    if settings.redis_url is None:
        folder = settings.SPARK_DATA_DIR
        receipts = SqliteReceipts(folder, patience=patience)
        return _Talk(SqliteConversationStore(folder, turn), receipts)
    # Imported where it is wanted: its client takes a while to load.
    from .adapters.redis.conversations import RedisConversationStore
    from .adapters.redis.counters import RedisCounters
    from .adapters.redis.locks import Leases
    from .adapters.redis.receipts import RedisReceipts
    from .adapters.redis.server import RedisServer

    server = RedisServer(settings.redis_url)
    lifetime = settings.PERMANENT_SESSION_LIFETIME
    # What a lost lease would let somebody do again costs money: only death shall lose one.
    long_leases = Leases(server, seconds=_RECEIPT_LEASE_SECONDS)
    return _Talk(
        RedisConversationStore(server, Leases(server), lifetime, patience=turn),
        RedisReceipts(server, long_leases, patience=patience),
        RedisCounters(server),
        server,
    )


def _writer(settings: Settings, shelf: Shelf, around: Around) -> Writer:
    """The language model where one is set and wanted, else the offline writer."""
    has_service = bool(settings.OPENAI_API_KEY.get_secret_value() or settings.OPENAI_BASE_URL)
    if settings.SPARK_WRITER == "offline" or not has_service:
        return OfflineWriter()
    # Imported where they are wanted: their models take a while to build.
    from .adapters.openai.calls import Calls, TextModels
    from .adapters.openai.dialects import Dialects
    from .adapters.openai.memory import Memory
    from .adapters.openai.writer import OpenAIWriter

    service = _text_service(settings)
    models = [settings.SPARK_TEXT_MODEL, *settings.SPARK_TEXT_FALLBACKS]
    calls = Calls(service, models, *around)
    set_format = None if settings.SPARK_TEXT_FORMAT == "auto" else settings.SPARK_TEXT_FORMAT
    dialects = Dialects(service.address, shelf, set_format)
    conversations = TextModels(calls, dialects, settings.SPARK_TEXT_OPTIONS)
    memory = None
    if settings.SPARK_CACHE_HOURS:
        kept = FileShelf(
            settings.SPARK_DATA_DIR / "cache",
            settings.SPARK_CACHE_ENTRIES,
            settings.SPARK_CACHE_HOURS,
        )
        depends = [service.address, calls.models, settings.SPARK_TEXT_OPTIONS]
        memory = Memory(kept, service.host, depends)
    return OpenAIWriter(calls, conversations, memory)


def _illustrator(settings: Settings, shelf: Shelf, around: Around) -> Illustrator:
    """The image model where one is set, else the offline illustrator."""
    if not settings.SPARK_IMAGE_MODEL:
        return OfflineIllustrator()
    from .adapters.openai.calls import Calls
    from .adapters.openai.illustrator import OpenAIIllustrator

    text = _text_service(settings)
    own_key = settings.SPARK_IMAGE_API_KEY.get_secret_value()
    # A key is for the service it was given for: another service never sees it.
    same_service = settings.SPARK_IMAGE_BASE_URL in ("", text.base_url)
    service = replace(
        text,
        base_url=settings.SPARK_IMAGE_BASE_URL or text.base_url,
        api_key=own_key or (text.api_key if same_service else ""),
    )
    calls = Calls(service, [settings.SPARK_IMAGE_MODEL], *around)
    return OpenAIIllustrator(calls, shelf, settings.SPARK_IMAGE_OPTIONS)


def _text_service(settings: Settings) -> Service:
    return Service(
        base_url=settings.OPENAI_BASE_URL,
        api_key=settings.OPENAI_API_KEY.get_secret_value(),
        deadline=settings.SPARK_DEADLINE_SECONDS,
        connect=settings.SPARK_CONNECT_SECONDS,
        read=settings.SPARK_READ_SECONDS,
    )
