"""The one place that chooses adapters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .adapters.files.conversations import SqliteConversationStore
from .adapters.files.media import FileMediaStore
from .adapters.files.projects import FileProjectStore
from .adapters.offline.illustrator import OfflineIllustrator
from .adapters.offline.writer import OfflineWriter
from .models import Price
from .ports import ConversationStore, Illustrator, ProjectStore, Writer
from .services.chat import ChatService
from .services.content import ContentService
from .services.projects import ProjectService
from .services.usage import UsageService


@dataclass(frozen=True)
class Services:
    """The use cases, and what they stand on as far as `/api/health` speaks of it."""

    chat: ChatService
    content: ContentService
    projects: ProjectService
    usage: UsageService
    project_store: ProjectStore
    conversation_store: ConversationStore
    writer: Writer
    illustrator: Illustrator

    def warm_up(self) -> None:
        """Load what the first request would otherwise wait for."""
        self.writer.warm_up()

    def check_stores(self) -> None:
        """Raise `StorageUnavailable` where something cannot be kept just now."""
        self.project_store.check()
        self.conversation_store.check()


def build_services(
    data_dir: Path, prices: Mapping[str, Price] | None = None, currency: str = "USD"
) -> Services:
    """The services over the embedded adapters: files below `data_dir`, the offline engines."""
    writer, illustrator = OfflineWriter(), OfflineIllustrator()
    conversations = SqliteConversationStore(data_dir)
    media = FileMediaStore(data_dir / "media")
    projects = FileProjectStore(data_dir / "projects")
    return Services(
        chat=ChatService(writer, conversations),
        content=ContentService(writer, illustrator, conversations, media),
        projects=ProjectService(projects, conversations, illustrator, media),
        usage=UsageService(conversations, projects, prices or {}, currency),
        project_store=projects,
        conversation_store=conversations,
        writer=writer,
        illustrator=illustrator,
    )
