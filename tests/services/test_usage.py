"""Sums over what was spent, in calls, tokens and money."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from src.spark.adapters.files.projects import FileProjectStore
from src.spark.errors import ProjectNotFound
from src.spark.models import Price, Provenance, Usage
from src.spark.services.usage import UsageService

from ..samples import a_project

NOBODY = "00000000-0000-4000-8000-000000000000"
PRICES = {
    "gpt-x": Price(input=0.15, output=0.6),
    "gpt-x-mini": Price(input=0.05, output=0.2),
    "painter": Price(image=0.04),
}


@pytest.fixture
def projects(tmp_path):
    return FileProjectStore(tmp_path / "projects")


@pytest.fixture
def usage(conversations, projects):
    """The report on the given entries, at the prices above unless told otherwise."""

    def report(*entries, prices=PRICES, currency="USD"):
        conversations.record("a", *entries)
        return UsageService(conversations, projects, prices, currency).of_session("a")

    return report


def spent(model="gpt-x", kind="turn", outcome="ok", about=None, **fields):
    usual = {"engine": "openai", "provider": "api.test", "seconds": 0.5}
    made = {"tokens_in": 1000, "tokens_out": 100, **usual, **fields}
    return Usage.of(kind, Provenance(model=model, **made), about, outcome)


def offline(kind="turn", **fields):
    return spent("offline", kind, engine="offline", tokens_in=0, tokens_out=0, **fields)


def cost(report):
    return report.cost and (report.cost.amount, report.cost.currency)


# --- sums ---


def test_where_nothing_was_spent_everything_is_nought(usage):
    report = usage()
    assert (report.calls, report.attempts, report.tokens_in, report.seconds) == (0, 0, 0, 0)
    assert (report.cost, report.by_model, report.entries) == (None, [], [])


def test_calls_tokens_pictures_and_seconds_are_added_up(usage):
    report = usage(
        spent(attempts=3, seconds=0.1),
        spent(kind="image", model="painter", tokens_in=7, tokens_out=0, seconds=0.2),
        spent(outcome="failed", tokens_out=0),
    )
    assert (report.calls, report.attempts, report.failed) == (3, 5, 1)
    assert (report.tokens_in, report.tokens_out) == (2007, 100)
    assert (report.images, report.seconds) == (1, 0.8)


def test_a_cached_answer_is_a_call_and_adds_to_nothing_else(usage):
    report = usage(spent(), spent(cached=True), spent(kind="image", cached=True))
    assert (report.calls, report.cached, report.attempts) == (3, 2, 1)
    assert (report.tokens_in, report.images, report.seconds) == (1000, 0, 0.5)
    assert cost(report) == (0.00021, "USD")


def test_a_picture_that_failed_is_none(usage):
    report = usage(spent("painter", "image", outcome="failed", tokens_in=0, tokens_out=0))
    assert (report.images, report.failed, cost(report)) == (0, 1, (0.0, "USD"))


def test_calls_that_did_not_say_their_tokens_are_counted(usage):
    report = usage(spent(tokens_in=None, tokens_out=None), spent(tokens_out=None), spent())
    assert report.unreported == 2
    assert (report.tokens_in, report.tokens_out) == (2000, 100)


def test_each_model_has_its_own_sum_in_the_order_they_were_asked(usage):
    report = usage(
        offline(),
        spent(),
        spent("painter", "image", tokens_in=0, tokens_out=0),
        spent(provider="other.test"),
        spent(outcome="failed"),
    )
    told = [(m.engine, m.provider, m.model, m.calls, cost(m)) for m in report.by_model]
    assert told == [
        ("offline", "api.test", "offline", 1, None),
        ("openai", "api.test", "gpt-x", 2, (0.00042, "USD")),
        ("openai", "api.test", "painter", 1, (0.04, "USD")),
        ("openai", "other.test", "gpt-x", 1, (0.00021, "USD")),
    ]
    assert cost(report) == (0.04063, "USD")


def test_the_latest_entries_are_told_and_all_are_added_up(usage):
    report = usage(*[spent(about=str(number)) for number in range(600)])
    assert [entry.about for entry in report.entries] == [str(n) for n in range(100, 600)]
    assert (report.calls, report.tokens_in) == (600, 600_000)


# --- money ---


def test_money_is_exact_where_binary_fractions_are_not(usage):
    report = usage(*[spent(tokens_in=1_000_000, tokens_out=0) for _ in range(3)])
    assert cost(report) == (0.45, "USD")


def test_what_costs_less_than_a_millionth_is_rounded_in_the_end_alone(usage):
    report = usage(*[spent(tokens_in=1, tokens_out=0) for _ in range(10)])
    assert cost(report) == (0.000002, "USD")


def test_what_a_failed_call_reports_is_paid_for(usage):
    assert cost(usage(spent(outcome="failed"))) == (0.00021, "USD")


@pytest.mark.parametrize(
    ("model", "amount"),
    [
        ("gpt-x", 0.00021),
        ("gpt-x-2026-03-17", 0.00021),
        ("gpt-x-mini", 0.00007),
        ("gpt-x-mini-2026-03-17", 0.00007),
        ("gpt-x-251015", 0.00021),
        ("gpt-x-latest", 0.00021),
        ("gpt", None),
        ("gpt-xl", None),
        ("gpt-x-nano", None),
        ("gpt-x-nano-2026-03-17", None),
        ("GPT-X", None),
        ("other", None),
    ],
)
def test_a_dated_name_has_the_price_of_the_name_without_its_date(usage, model, amount):
    report = usage(spent(model))
    assert cost(report) == (amount and (amount, "USD"))
    assert report.unpriced == (0 if amount else 1)


def test_calls_nobody_has_told_the_price_of_are_counted(usage):
    report = usage(offline(), spent("new"), spent("new", cached=True), spent())
    assert report.unpriced == 1
    assert cost(report) == (0.00021, "USD")


def test_without_any_prices_there_is_no_cost(usage):
    report = usage(spent(), offline(), prices={})
    assert (report.cost, report.by_model[0].cost, report.unpriced) == (None, None, 1)


def test_the_currency_is_the_one_the_prices_are_in(usage):
    assert cost(usage(spent(), currency="CNY")) == (0.00021, "CNY")


@pytest.mark.parametrize(
    "price", [{"imput": 1}, {"input": -1}, {"image": float("nan")}, {"output": float("inf")}]
)
def test_a_price_that_cannot_be_is_refused(price):
    with pytest.raises(ValidationError):
        Price.model_validate(price)


# --- whose ---


def test_a_session_is_told_of_all_its_conversations_and_of_nobody_elses(usage, conversations):
    conversations.record("a", spent())
    conversations.clear("a")
    conversations.record("a", spent(), aside=True)
    conversations.record("b", spent())
    assert usage(spent()).calls == 3


def test_a_project_is_told_what_was_spent_on_it(conversations, projects):
    project = a_project(usage=[spent(), spent("painter", "image", tokens_in=0, tokens_out=0)])
    projects.create(project)
    service = UsageService(conversations, projects, PRICES, "USD")
    report = service.of_project(project.project_id)
    assert (report.calls, report.images, cost(report)) == (2, 1, (0.04021, "USD"))
    assert report.entries == project.usage
    with pytest.raises(ProjectNotFound):
        service.of_project(NOBODY)
