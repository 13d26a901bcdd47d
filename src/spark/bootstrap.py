"""The one place that chooses adapters."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import SecretStr

from .adapters.files.conversations import SqliteConversationStore
from .adapters.files.media import FileMediaStore
from .adapters.files.projects import FileProjectStore
from .adapters.files.receipts import SqliteReceipts
from .adapters.files.shelf import FileShelf
from .adapters.offline.illustrator import OfflineIllustrator
from .adapters.offline.writer import OfflineWriter
from .adapters.openai.service import Service
from .models import Price
from .ports import (
    ConversationStore,
    Illustrator,
    Meter,
    ProjectStore,
    Receipts,
    Shelf,
    Tracer,
    Writer,
)
from .services.batch import BatchService
from .services.chat import ChatService
from .services.content import ContentService
from .services.projects import ProjectService
from .services.revisions import RevisionService
from .services.trash import TrashService
from .services.usage import UsageService

_MOST_LEARNED, _LEARNED_HOURS = 1000, 24 * 30
"""What was learned of services is learned anew now and then: they change."""

Watched = tuple[Meter | None, Tracer | None]


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
    writer: Writer
    illustrator: Illustrator
    loading: threading.Event = field(default_factory=threading.Event)
    """Set while `warm_up` is at work."""

    def warm_up(self) -> None:
        """Load what the first request would otherwise wait for."""
        self.loading.set()
        try:
            self.writer.warm_up()
            self.project_store.warm_up()
        finally:
            self.loading.clear()

    def check_stores(self) -> None:
        """Raise `StorageUnavailable` where something cannot be kept just now."""
        self.project_store.check()
        self.conversation_store.check()


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
    SPARK_DEADLINE_SECONDS: float
    SPARK_CONNECT_SECONDS: float
    SPARK_READ_SECONDS: float
    SPARK_PRICES: dict[str, Price]
    SPARK_CURRENCY: str
    SPARK_CACHE_HOURS: float
    SPARK_CACHE_ENTRIES: int
    SPARK_TRASH_DAYS: float
    SPARK_REVISIONS: int


def build_services(
    settings: Settings, meter: Meter | None = None, tracer: Tracer | None = None
) -> Services:
    """The services over files below the data directory, with the engines that are set.

    `meter` and `tracer` are told of each attempt at a model.
    """
    folder = settings.SPARK_DATA_DIR
    shelf = FileShelf(folder / "services", _MOST_LEARNED, _LEARNED_HOURS)
    watched = meter, tracer
    writer = _writer(settings, shelf, watched)
    illustrator = _illustrator(settings, shelf, watched)
    conversations = SqliteConversationStore(folder)
    media = FileMediaStore(folder / "media")
    project_store = _project_store(settings)
    projects = ProjectService(project_store, conversations, illustrator, media)
    trash = TrashService(project_store, settings.SPARK_TRASH_DAYS)
    return Services(
        chat=ChatService(writer, conversations),
        content=ContentService(
            writer, illustrator, conversations, media, settings.SPARK_IMAGES_AT_ONCE
        ),
        projects=projects,
        revisions=RevisionService(project_store, media),
        trash=trash,
        batch=BatchService(projects, trash),
        usage=UsageService(
            conversations, project_store, settings.SPARK_PRICES, settings.SPARK_CURRENCY
        ),
        project_store=project_store,
        conversation_store=conversations,
        receipts=SqliteReceipts(folder, patience=max(120, settings.SPARK_DEADLINE_SECONDS + 60)),
        writer=writer,
        illustrator=illustrator,
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


def _writer(settings: Settings, shelf: Shelf, watched: Watched) -> Writer:
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
    calls = Calls(service, models, *watched)
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


def _illustrator(settings: Settings, shelf: Shelf, watched: Watched) -> Illustrator:
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
    calls = Calls(service, [settings.SPARK_IMAGE_MODEL], *watched)
    return OpenAIIllustrator(calls, shelf, settings.SPARK_IMAGE_OPTIONS)


def _text_service(settings: Settings) -> Service:
    return Service(
        base_url=settings.OPENAI_BASE_URL,
        api_key=settings.OPENAI_API_KEY.get_secret_value(),
        deadline=settings.SPARK_DEADLINE_SECONDS,
        connect=settings.SPARK_CONNECT_SECONDS,
        read=settings.SPARK_READ_SECONDS,
    )
