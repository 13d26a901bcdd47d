"""What writes and what draws: models where they are set, else the offline engines."""

from __future__ import annotations

from dataclasses import replace

from ..adapters.files.shelf import FileShelf
from ..adapters.offline.illustrator import OfflineIllustrator
from ..adapters.offline.writer import OfflineWriter
from ..adapters.openai.gate import Gate
from ..adapters.openai.service import Service
from ..ports import Illustrator, Meter, Shelf, Tracer, Writer
from .settings import Settings

_MOST_LEARNED, _LEARNED_HOURS = 1000, 24 * 30
"""What was learned of services is learned anew now and then: they change."""

_Around = tuple[Gate, Meter | None, Tracer | None]


def open_engines(
    settings: Settings, meter: Meter | None, tracer: Tracer | None
) -> tuple[Writer, Illustrator]:
    """The engines that are set; `meter` and `tracer` are told of each attempt at a model."""
    shelf = FileShelf(settings.SPARK_DATA_DIR / "services", _MOST_LEARNED, _LEARNED_HOURS)
    around = Gate(settings.SPARK_CALLS_AT_ONCE, settings.SPARK_CALLS_WAITING), meter, tracer
    return _writer(settings, shelf, around), _illustrator(settings, shelf, around)


def _writer(settings: Settings, shelf: Shelf, around: _Around) -> Writer:
    """The language model where one is set and wanted, else the offline writer."""
    has_service = bool(settings.OPENAI_API_KEY.get_secret_value() or settings.OPENAI_BASE_URL)
    if settings.SPARK_WRITER == "offline" or not has_service:
        return OfflineWriter()
    # Imported where they are wanted: their models take a while to build.
    from ..adapters.openai.calls import Calls, TextModels
    from ..adapters.openai.dialects import Dialects
    from ..adapters.openai.memory import Memory
    from ..adapters.openai.writer import OpenAIWriter

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


def _illustrator(settings: Settings, shelf: Shelf, around: _Around) -> Illustrator:
    """The image model where one is set, else the offline illustrator."""
    if not settings.SPARK_IMAGE_MODEL:
        return OfflineIllustrator()
    from ..adapters.openai.calls import Calls
    from ..adapters.openai.illustrator import OpenAIIllustrator

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
