"""The adapters of the engines' ports; those that ask a model ask the stand-in."""

from __future__ import annotations

import functools
from collections.abc import Callable

from src.spark.adapters.offline.illustrator import OfflineIllustrator
from src.spark.adapters.offline.writer import OfflineWriter
from src.spark.adapters.openai.calls import Calls, TextModels
from src.spark.adapters.openai.dialects import Dialects
from src.spark.adapters.openai.illustrator import OpenAIIllustrator
from src.spark.adapters.openai.service import Service
from src.spark.adapters.openai.writer import OpenAIWriter
from src.spark.ports import Illustrator, Writer

from ..fakes import FakeShelf
from ..upstream import Upstream

Standin = Callable[[], Upstream]
"""Gives the model's service, which is started with the first call."""


def openai_writer(standin: Standin) -> Writer:
    """A writer without a memory: what it says is what the model says."""
    calls = _calls(standin)
    models = TextModels(calls, Dialects(calls.service.address, FakeShelf()), {})
    return OpenAIWriter(calls, models, None)


def openai_illustrator(standin: Standin) -> Illustrator:
    """An illustrator that has not learned yet what the service can do."""
    return OpenAIIllustrator(_calls(standin), FakeShelf(), {})


@functools.cache
def _calls(standin: Standin) -> Calls:
    """Made once: reading certificates takes longer than most of the tests."""
    service = Service(standin().base_url, "", deadline=60, connect=10, read=60)
    return Calls(service, ["standin?chunk_chars=12"])


WRITERS: dict[str, Callable[[Standin], Writer]] = {
    "offline": lambda _: OfflineWriter(),
    "openai": openai_writer,
}
ILLUSTRATORS: dict[str, Callable[[Standin], Illustrator]] = {
    "offline": lambda _: OfflineIllustrator(),
    "openai": openai_illustrator,
}
