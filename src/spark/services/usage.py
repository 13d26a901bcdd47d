"""What was spent, and what it cost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..models import Price, Record, Usage
from ..ports import ConversationStore, ProjectStore

_MOST_ENTRIES = 500
_MILLION = 1_000_000
_DATE = re.compile(r"[-@](?:\d{4}-\d{2}-\d{2}|\d{4,8}|latest)$")
"""Services answer for `gpt-x` with the name of the day's version, such as `gpt-x-2026-03-17`."""

_FREE_ENGINE = "offline"


class Cost(Record):
    """An amount of money."""

    amount: float
    currency: str


class Spent(Record):
    """A sum over calls. A cached answer is one of the calls and adds to nothing else."""

    calls: int
    tokens_in: int
    tokens_out: int
    images: int
    """Pictures that were made."""
    seconds: float
    cost: Cost | None
    """`None` where no price is known of any of the models."""


class ModelUsage(Spent):
    """What was spent on one model."""

    engine: str
    provider: str
    model: str


class UsageReport(Spent):
    """What was spent, in all, on each model, and call by call."""

    attempts: int
    """Calls to the services, those that failed and were made again included."""
    failed: int
    cached: int
    unreported: int
    """Calls whose service did not say its tokens: their sums are too small by these."""
    unpriced: int
    """Calls that may have cost something nobody has told us the price of."""
    by_model: list[ModelUsage]
    entries: list[Usage]
    """The latest calls, newest last."""


class UsageService:
    """What a session or a project took."""

    def __init__(
        self,
        conversations: ConversationStore,
        projects: ProjectStore,
        prices: Mapping[str, Price],
        currency: str,
    ) -> None:
        """Prices are by model, or by what the names of its dated versions begin with."""
        self._conversations, self._projects = conversations, projects
        self._prices, self._currency = prices, currency

    def of_session(self, session_id: str) -> UsageReport:
        """What the session spent, in all its conversations."""
        return self._report(self._conversations.ledger(session_id))

    def of_project(self, project_id: str) -> UsageReport:
        """What was spent on the project. Raises `ProjectNotFound`."""
        return self._report(self._projects.get(project_id).usage)

    def _report(self, entries: Sequence[Usage]) -> UsageReport:
        paid = [entry for entry in entries if not entry.cached]
        return UsageReport(
            **dict(self._spent(entries)),
            attempts=sum(entry.attempts for entry in paid),
            failed=sum(entry.outcome == "failed" for entry in entries),
            cached=len(entries) - len(paid),
            unreported=sum(None in (entry.tokens_in, entry.tokens_out) for entry in paid),
            unpriced=sum(
                entry.engine != _FREE_ENGINE and self._price(entry.model) is None for entry in paid
            ),
            by_model=self._by_model(entries),
            entries=list(entries[-_MOST_ENTRIES:]),
        )

    def _by_model(self, entries: Sequence[Usage]) -> list[ModelUsage]:
        """One sum for each model, in the order they were first asked."""
        groups: dict[tuple[str, str, str], list[Usage]] = {}
        for entry in entries:
            groups.setdefault((entry.engine, entry.provider, entry.model), []).append(entry)
        return [
            ModelUsage(**dict(self._spent(group)), engine=engine, provider=provider, model=model)
            for (engine, provider, model), group in groups.items()
        ]

    def _spent(self, entries: Sequence[Usage]) -> Spent:
        paid = [entry for entry in entries if not entry.cached]
        return Spent(
            calls=len(entries),
            tokens_in=sum(entry.tokens_in or 0 for entry in paid),
            tokens_out=sum(entry.tokens_out or 0 for entry in paid),
            images=sum(_pictures(entry) for entry in paid),
            seconds=round(sum(entry.seconds for entry in paid), 4),
            cost=self._cost(entries),
        )

    def _cost(self, entries: Sequence[Usage]) -> Cost | None:
        priced = [(entry, price) for entry in entries if (price := self._price(entry.model))]
        if not priced:
            return None
        amount = sum((_amount(entry, price) for entry, price in priced), Decimal(0))
        return Cost(amount=float(round(amount, 6)), currency=self._currency)

    def _price(self, model: str) -> Price | None:
        """The price of `model`, or else that of the name it has without its date."""
        return self._prices.get(model) or self._prices.get(_DATE.sub("", model))


def _pictures(entry: Usage) -> int:
    return int(entry.kind == "image" and entry.outcome == "ok")


def _amount(entry: Usage, price: Price) -> Decimal:
    if entry.cached:
        return Decimal(0)
    tokens = (entry.tokens_in or 0) * price.input + (entry.tokens_out or 0) * price.output
    return tokens / _MILLION + _pictures(entry) * price.image
