"""What every `ProjectStore` keeps to: its lists."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter

import pytest

from src.spark.models import ProjectSummary

from ..samples import BEGINNING, PROFILES, a_project
from .projects import (
    MANY,
    STATUSES,
    found,
    ids,
    listed,
    named,
    names,
    one_of_many,
    trashed,
    with_event,
)

ORDERS = {
    "created_at": (attrgetter("created_at"), False),
    "-created_at": (attrgetter("created_at"), True),
    "updated_at": (attrgetter("updated_at"), False),
    "-updated_at": (attrgetter("updated_at"), True),
    "name": (attrgetter("project_name"), False),
    "-name": (attrgetter("project_name"), True),
}


def in_order(sort, status=None):
    """The names of the many projects as `sort` has them."""
    key, backwards = ORDERS[sort]
    projects = [one_of_many(number) for number in range(MANY)]
    projects = [p for p in projects if status in (None, p.status)]
    return [p.project_name for p in sorted(projects, key=key, reverse=backwards)]


def test_pages_follow_each_other_and_one_past_the_end_is_empty(store):
    for minute in range(7):
        store.create(a_project(minute, project_name=f"第{minute}部"))
    pages = [listed(store, page=page, per_page=3) for page in (1, 2, 3, 4)]
    assert [names(page) for page in pages] == [
        ["第6部", "第5部", "第4部"],
        ["第3部", "第2部", "第1部"],
        ["第0部"],
        [],
    ]
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}
    assert [page.page for page in pages] == [1, 2, 3, 4]
    assert {page.per_page for page in pages} == {3}


def test_an_empty_store_has_an_empty_list(store):
    assert (listed(store).items, listed(store).total, listed(store).pages) == ([], 0, 0)


@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("per_page", [7, 100])
def test_a_deep_page_is_the_right_part_of_the_whole_list(many, sort, per_page):
    expected = in_order(sort)
    last = -(-MANY // per_page)
    for page in (1, 2, last // 2, last - 1, last, last + 1, 1_000_000):
        start = (page - 1) * per_page
        shown = listed(many, sort=sort, page=page, per_page=per_page)
        assert names(shown) == expected[start : start + per_page]
        assert (shown.total, shown.pages) == (MANY, last)


@pytest.mark.parametrize("status", STATUSES)
def test_the_pages_of_one_status_hold_it_alone_and_count_it_alone(many, status):
    for sort in ORDERS:
        expected = in_order(sort, status)
        last = -(-len(expected) // 9)
        for page in (1, last // 2, last, last + 1):
            shown = listed(many, sort=sort, status=status, page=page, per_page=9)
            assert names(shown) == expected[(page - 1) * 9 : page * 9]
            assert shown.total == len(expected)
            assert {item.status for item in shown.items} <= {status}


def test_projects_of_one_moment_stand_on_exactly_one_page_each(store):
    projects = [a_project(project_name="同名") for _ in range(11)]
    for project in projects:
        store.create(project)
    expected = sorted(project.project_id for project in projects)
    for sort in ORDERS:
        pages = [listed(store, page=page, per_page=4, sort=sort) for page in (1, 2, 3)]
        assert sorted(shown for page in pages for shown in ids(page)) == expected, sort


def test_moments_that_differ_by_a_millionth_of_a_second_are_told_apart(store):
    for number in (2, 0, 1):
        moment = BEGINNING + timedelta(microseconds=number)
        store.create(a_project(project_name=str(number), created_at=moment, updated_at=moment))
    assert names(listed(store, sort="created_at")) == ["0", "1", "2"]
    assert names(listed(store, sort="-updated_at")) == ["2", "1", "0"]


def test_moments_of_any_age_are_sorted_and_shown_as_they_are(store):
    moments = [BEGINNING.replace(year=year) for year in (1969, 1970, 2, 9998)]
    for moment in moments:
        project = a_project(project_name=str(moment.year), created_at=moment, updated_at=moment)
        store.create(project)
    assert names(listed(store, sort="created_at")) == ["2", "1969", "1970", "9998"]
    assert [item.created_at for item in listed(store).items] == sorted(moments, reverse=True)


def test_names_are_sorted_as_text_whatever_they_hold(store):
    given = ["b", "a", "é", "科", "10", "9", "\U0001f3ac", "\uff5a", "%", "a\x00b"]
    for name in given:
        store.create(a_project(project_name=name))
    assert names(listed(store, sort="name")) == sorted(given)
    assert names(listed(store, sort="-name")) == sorted(given, reverse=True)


def test_an_update_moves_a_project_in_the_order_of_updates_and_of_names_alone(store):
    first = a_project(1, project_name="b")
    for project in (first, a_project(2, project_name="c"), a_project(3, project_name="a")):
        store.create(project)
    store.update(first.project_id, named("d"))
    assert {sort: "".join(names(listed(store, sort=sort))) for sort in ORDERS} == {
        "created_at": "dca",
        "-created_at": "acd",
        "updated_at": "cad",
        "-updated_at": "dac",
        "name": "acd",
        "-name": "dca",
    }


def test_a_new_status_moves_a_project_from_one_list_to_the_other(store):
    project = a_project(status="draft")
    store.create(project)
    store.create(a_project(status="draft"))
    store.update(project.project_id, lambda p: p.model_copy(update={"status": "archived"}))
    assert (listed(store, status="draft").total, listed(store, status="archived").total) == (1, 1)
    assert ids(listed(store, status="archived")) == [project.project_id]
    assert listed(store).total == 2


def test_what_was_in_the_trash_comes_back_to_its_places(store):
    projects = [a_project(n, project_name="cab"[n], status=STATUSES[n % 2]) for n in range(3)]
    for project in projects:
        store.create(project)
    before = {sort: names(listed(store, sort=sort)) for sort in ORDERS}
    store.discard(projects[1].project_id)
    for sort in ORDERS:
        assert names(listed(store, sort=sort)) == [n for n in before[sort] if n != "a"]
    assert listed(store).total == listed(store, status=STATUSES[0]).total == 2
    assert listed(store, status=STATUSES[1]).total == 0
    store.restore(projects[1].project_id)
    assert {sort: names(listed(store, sort=sort)) for sort in ORDERS} == before
    assert listed(store, status=STATUSES[1]).total == 1


def test_a_summary_says_what_the_project_says(store):
    profiles = [PROFILES[0], {**PROFILES[1], "image_url": "/api/content/images/b.png"}]
    project = a_project(character_profiles=profiles)
    store.create(project)
    (summary,) = listed(store).items
    assert summary.model_dump() == {
        "project_id": project.project_id,
        "project_name": "我的科幻项目",
        "status": "approved",
        "created_at": project.created_at,
        "updated_at": project.updated_at,
        "version": 1,
        "title": "寂静频率",
        "theme": "太空冒险",
        "genre": "科幻",
        "summary": "一名宇航员循着信号飞向远方。",
        "character_count": 2,
        "cover_url": "/api/content/images/b.png",
    }


def test_a_summary_of_strange_text_says_it_as_it_is(store):
    strange = "🎬 مشروع \u202eطويل \u2028 \x00 <b> 「引号」\"'"
    outline = {"title": strange, "summary": strange * 500}
    project = a_project(project_name=strange, story_outline=outline)
    store.create(project)
    changed = store.update(project.project_id, with_event("又一件"))
    assert listed(store).items == [ProjectSummary.of(changed)]


def test_every_change_is_seen_at_once_by_another_process(store, other):
    project = a_project(project_name="n000")
    store.create(project)
    for number in range(1, 60):
        assert names(listed(other)) == [f"n{number - 1:03}"]
        store.update(project.project_id, named(f"n{number:03}"))
    assert found(other, "n059") == ["n059"]
    for _ in range(5):
        store.discard(project.project_id)
        assert (names(listed(other)), found(other, "n059"), trashed(other)) == ([], [], ["n059"])
        other.restore(project.project_id)
        assert (names(listed(store)), found(store, "n059"), trashed(store)) == (
            ["n059"],
            ["n059"],
            [],
        )


def test_a_list_never_shows_a_project_twice_while_others_write(store, other, in_threads):
    projects = [a_project(n, project_name=f"{n:02}") for n in range(20)]
    for project in projects:
        store.create(project)

    def work(number):
        for again in range(12):
            if number == 0:
                other.update(projects[again].project_id, lambda p: p)
            else:
                shown = ids(listed(store, sort="-updated_at"))
                assert len(shown) == len(set(shown)) == 20

    in_threads(3, work)
