"""What is kept of what callers say and ask: in Redis where one is set, else in files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..adapters.files.conversations import SqliteConversationStore
from ..adapters.files.receipts import SqliteReceipts
from ..ports import ConversationStore, Counters, Receipts
from .settings import Settings

if TYPE_CHECKING:
    from ..adapters.redis.server import RedisServer

_RECEIPT_LEASE_SECONDS = 15


@dataclass(frozen=True)
class Talk:
    """What is kept of what callers say and ask."""

    conversations: ConversationStore
    receipts: Receipts
    counters: Counters | None = None
    redis: RedisServer | None = None


def open_talk(settings: Settings) -> Talk:
    """Conversations and receipts in Redis where one is set, else in files."""
    # A message waits for the turn before it, as the servers around us are set to wait for both.
    turn = settings.SPARK_DEADLINE_SECONDS + 5
    # Whoever sends a request again waits for the first one's end.
    patience = max(120, settings.SPARK_DEADLINE_SECONDS + 60)
    if settings.redis_url is None:
        folder = settings.SPARK_DATA_DIR
        receipts = SqliteReceipts(folder, patience=patience)
        return Talk(SqliteConversationStore(folder, turn), receipts)
    # Imported where it is wanted: its client takes a while to load.
    from ..adapters.redis.conversations import RedisConversationStore
    from ..adapters.redis.counters import RedisCounters
    from ..adapters.redis.locks import Leases
    from ..adapters.redis.receipts import RedisReceipts
    from ..adapters.redis.server import RedisServer

    server = RedisServer(settings.redis_url)
    lifetime = settings.PERMANENT_SESSION_LIFETIME
    # What a lost lease would let somebody do again costs money: only death shall lose one.
    long_leases = Leases(server, seconds=_RECEIPT_LEASE_SECONDS)
    return Talk(
        RedisConversationStore(server, Leases(server), lifetime, patience=turn),
        RedisReceipts(server, long_leases, patience=patience),
        RedisCounters(server),
        server,
    )
