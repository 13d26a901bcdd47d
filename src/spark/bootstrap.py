"""The one place that chooses adapters."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from pydantic import SecretStr

from .adapters.files.conversations import SqliteConversationStore
from .adapters.files.media import FileMediaStore
from .adapters.files.projects import FileProjectStore
from .adapters.files.receipts import SqliteReceipts
from .adapters.files.shelf import FileShelf
from .adapters.offline.illustrator import OfflineIllustrator
from .adapters.offline.writer import OfflineWriter
from .adapters.openai.gate import Gate
from .adapters.openai.service import Service
from .models import Price
from .ports import ConversationStore, Counters, Illustrator, ProjectStore, Receipts, Shelf, Writer
from .services.batch import BatchService
from .services.chat import ChatService
from .services.content import ContentService
from .services.projects import ProjectService
from .services.revisions import RevisionService
from .services.trash import TrashService
from .services.usage import UsageService

if TYPE_CHECKING:
    from .adapters.redis.server import RedisServer

_MOST_LEARNED, _LEARNED_HOURS = 1000, 24 * 30
"""What was learned of services is learned anew now and then: they change."""


@dataclass(frozen=True)
class Services:
    """The use cases, and what they stand on as far as `/api/health` speaks of it."""

    chat: ChatService
    content: ContentService
    projects: ProjectService
    revisions: RevisionService
    trash: TrashService
    batch: BatchService
    usage: UsageService
    project_store: ProjectStore
    conversation_store: ConversationStore
    receipts: Receipts
    counters: Counters | None
    """What counts requests for all machines; `None` where each process counts its own."""
    writer: Writer
    illustrator: Illustrator
    redis: RedisServer | None = None
    """What sessions and limits share with the stores; `None` where one machine keeps everything."""

    def warm_up(self) -> None:
        """Load what the first request would otherwise wait for."""
        self.writer.warm_up()
        self.project_store.warm_up()


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

    @property
    def redis_url(self) -> str | None:
        """Where what processes share is kept; `None` where one machine keeps it in files."""

    @property
    def PERMANENT_SESSION_LIFETIME(self) -> timedelta:  # noqa: N802  # Flask's name
        """For how long a session lasts, and what was said in it."""


def build_services(settings: Settings) -> Services:
    """The services over files below the data directory, with the engines that are set."""
    folder = settings.SPARK_DATA_DIR
    shelf = FileShelf(folder / "services", _MOST_LEARNED, _LEARNED_HOURS)
    gate = Gate(settings.SPARK_CALLS_AT_ONCE, settings.SPARK_CALLS_WAITING)
    writer, illustrator = _writer(settings, shelf, gate), _illustrator(settings, shelf, gate)
    talk = _talk(settings)
    media = FileMediaStore(folder / "media")
    project_store = _project_store(settings)
    projects = ProjectService(project_store, talk.conversations, illustrator, media)
    trash = TrashService(project_store, settings.SPARK_TRASH_DAYS)
    return Services(
        chat=ChatService(writer, talk.conversations),
        content=ContentService(
            writer, illustrator, talk.conversations, media, settings.SPARK_IMAGES_AT_ONCE
        ),
        projects=projects,
        revisions=RevisionService(project_store, media),
        trash=trash,
        batch=BatchService(projects, trash),
        usage=UsageService(
            talk.conversations, project_store, settings.SPARK_PRICES, settings.SPARK_CURRENCY
        ),
        project_store=project_store,
        conversation_store=talk.conversations,
        receipts=talk.receipts,
        counters=talk.counters,
        writer=writer,
        illustrator=illustrator,
        redis=talk.redis,
    )


def rebuild_index(settings: Settings, progress: Callable[[int, int], None]) -> int:
    """Build the index of projects anew from their files; the number of projects looked at.

    `progress` is told how many of how many are done. Servers may go on meanwhile.
    """
    return _project_store(settings).reindex(progress, processes=os.cpu_count() or 1)


def _project_store(settings: Settings) -> FileProjectStore:
    return FileProjectStore(
        settings.SPARK_DATA_DIR,
        revisions=settings.SPARK_REVISIONS,
        trash_days=settings.SPARK_TRASH_DAYS,
    )


@dataclass(frozen=True)
class _Talk:
    """What is kept of what callers say and ask."""

    conversations: ConversationStore
    receipts: Receipts
    counters: Counters | None = None
    redis: RedisServer | None = None


def _talk(settings: Settings) -> _Talk:
    """Conversations and receipts in Redis where one is set, else in files."""
    # Whoever sends a request again waits for the first one's end.
    patience = max(120, settings.SPARK_DEADLINE_SECONDS + 60)
    if settings.redis_url is None:
        folder = settings.SPARK_DATA_DIR
        receipts = SqliteReceipts(folder, patience=patience)
        return _Talk(SqliteConversationStore(folder), receipts)
    # Imported where it is wanted: its client takes a while to load.
    from .adapters.redis.conversations import RedisConversationStore
    from .adapters.redis.counters import RedisCounters
    from .adapters.redis.locks import Leases
    from .adapters.redis.receipts import RedisReceipts
    from .adapters.redis.server import RedisServer

    server = RedisServer(settings.redis_url)
    leases = Leases(server)
    return _Talk(
        RedisConversationStore(server, leases, settings.PERMANENT_SESSION_LIFETIME),
        RedisReceipts(server, leases, patience=patience),
        RedisCounters(server),
        server,
    )


def _writer(settings: Settings, shelf: Shelf, gate: Gate) -> Writer:
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
    calls = Calls(service, [settings.SPARK_TEXT_MODEL, *settings.SPARK_TEXT_FALLBACKS], gate)
    set_format = None if settings.SPARK_TEXT_FORMAT == "auto" else settings.SPARK_TEXT_FORMAT
    dialects = Dialects(service.address, shelf, set_format)
    models = TextModels(calls, dialects, settings.SPARK_TEXT_OPTIONS)
    memory = None
    if settings.SPARK_CACHE_HOURS:
        kept = FileShelf(
            settings.SPARK_DATA_DIR / "cache",
            settings.SPARK_CACHE_ENTRIES,
            settings.SPARK_CACHE_HOURS,
        )
        depends = [service.address, calls.models, settings.SPARK_TEXT_OPTIONS]
        memory = Memory(kept, service.host, depends)
    return OpenAIWriter(calls, models, memory)


def _illustrator(settings: Settings, shelf: Shelf, gate: Gate) -> Illustrator:
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
    calls = Calls(service, [settings.SPARK_IMAGE_MODEL], gate)
    return OpenAIIllustrator(calls, shelf, settings.SPARK_IMAGE_OPTIONS)


def _text_service(settings: Settings) -> Service:
    return Service(
        base_url=settings.OPENAI_BASE_URL,
        api_key=settings.OPENAI_API_KEY.get_secret_value(),
        deadline=settings.SPARK_DEADLINE_SECONDS,
        connect=settings.SPARK_CONNECT_SECONDS,
        read=settings.SPARK_READ_SECONDS,
    )
