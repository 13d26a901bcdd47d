"""The services that answer requests, over what the settings say."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..adapters.documents import presses
from ..ports import (
    ConversationStore,
    Counters,
    Illustrator,
    MediaStore,
    Meter,
    ProjectStore,
    Receipts,
    Tracer,
    Writer,
)
from ..services.archive_reader import Bounds
from ..services.batch import BatchService
from ..services.chat import ChatService
from ..services.content import ContentService
from ..services.exports import ExportService
from ..services.imports import ImportService
from ..services.projects import ProjectService
from ..services.revisions import RevisionService
from ..services.trash import TrashService
from ..services.usage import UsageService
from .engines import open_engines
from .settings import Settings
from .stores import media_of, store_of
from .talk import open_talk

if TYPE_CHECKING:
    from ..adapters.redis.server import RedisServer

_UNPACKED = 2


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


def build_services(
    settings: Settings, meter: Meter | None = None, tracer: Tracer | None = None
) -> Services:
    """The services over files below the data directory, with the engines that are set.

    `meter` and `tracer` are told of each attempt at a model.
    """
    writer, illustrator = open_engines(settings, meter, tracer)
    talk = open_talk(settings)
    media, project_store = media_of(settings), store_of(settings)
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
