"""What every `ProjectStore` keeps to."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid1, uuid4

import pytest

from src.spark.errors import (
    Conflict,
    ProjectNotFound,
    StorageFull,
    StorageUnavailable,
)

from ..samples import BEGINNING, PROFILES, SEED_IDEA, a_project
from .processes import acknowledged_before_kills, full_disk
from .stores import PROJECT_STORES

IMPOSSIBLE_IDS = {
    "empty": "",
    "dot": ".",
    "parent": "..",
    "path": "../../../../etc/passwd",
    "encoded": "..%2f..%2fetc",
    "nul": "\0",
    "nul inside": str(uuid4())[:-1] + "\0",
    "long": "a" * 300,
    "version 1": str(uuid1()),
    "upper case": str(uuid4()).upper().replace("0", "A"),
    "newline": str(uuid4()) + "\n",
    "wide digits": str(uuid4()).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    "slash": str(uuid4()).replace("-", "/"),
    "emoji": "🎬" * 36,
}


@pytest.fixture(params=PROJECT_STORES)
def adapter(request):
    return request.param


@pytest.fixture
def place(tmp_path):
    return tmp_path / "projects"


@pytest.fixture
def store(adapter, place):
    return PROJECT_STORES[adapter](place)


@pytest.fixture
def other(adapter, place):
    """The same projects as another process has them."""
    return PROJECT_STORES[adapter](place)


def listed(store, **kwargs):
    arguments = {"page": 1, "per_page": 100, "status": None, "sort": "-created_at", **kwargs}
    return store.browse(**arguments)


def names(page):
    return [item.project_name for item in page.items]


def named(name):
    """A change of the project's name."""
    return lambda project: project.model_copy(update={"project_name": name})


def with_event(event):
    """A change that adds an event to the plot."""

    def change(project):
        idea = project.user_idea
        plot = [*idea.plot_points, event]
        return project.model_copy(
            update={"user_idea": idea.model_copy(update={"plot_points": plot})}
        )

    return change


def everything_below(place):
    return sorted(path.relative_to(place) for path in place.rglob("*"))


# --- one project ---


def test_a_created_project_comes_back_whole_in_another_process(store, other):
    project = a_project(
        project_name="🎬 مشروع \u202eطويل \u2028 \x00 「引号」\"'",
        conversation=[{"role": "user", "content": "想拍一部片\n第二行"}],
        portraits={"宇航员": [{"version": 1, "image_url": "/api/content/images/a.png"}]},
    )
    store.create(project)
    assert store.get(project.project_id) == project
    assert other.get(project.project_id) == project


def test_a_project_at_its_bounds_comes_back_whole(store):
    project = a_project(
        story_outline={"title": "长" * 200, "narrative_text": "字" * 100_000},
        character_profiles=[{"name": f"角色{n}", "backstory": "远" * 20_000} for n in range(20)],
    )
    store.create(project)
    assert store.get(project.project_id) == project


@pytest.mark.parametrize("project_id", IMPOSSIBLE_IDS.values(), ids=IMPOSSIBLE_IDS)
def test_ids_that_could_never_exist_are_not_found_and_touch_nothing(store, place, project_id):
    store.create(a_project())
    before = everything_below(place.parent)
    with pytest.raises(ProjectNotFound):
        store.get(project_id)
    with pytest.raises(ProjectNotFound):
        store.update(project_id, named("新"))
    with pytest.raises(ProjectNotFound):
        store.delete(project_id)
    assert everything_below(place.parent) == before


def test_an_unknown_id_is_not_found_and_its_change_is_not_asked_for(store):
    asked_for = []
    project_id = str(uuid4())
    with pytest.raises(ProjectNotFound):
        store.get(project_id)
    with pytest.raises(ProjectNotFound):
        store.update(project_id, lambda p: asked_for.append(p) or p)
    with pytest.raises(ProjectNotFound):
        store.delete(project_id)
    assert asked_for == []
    assert listed(store).total == 0


def test_an_update_sets_the_next_version_and_the_moment_itself(store, other):
    project = a_project()
    store.create(project)
    changed = store.update(
        project.project_id,
        lambda p: p.model_copy(
            update={"project_name": "新名字", "version": 99, "updated_at": BEGINNING}
        ),
    )
    assert (changed.project_name, changed.version) == ("新名字", 2)
    assert changed.updated_at > project.updated_at
    assert changed.created_at == project.created_at
    assert other.get(project.project_id) == changed


def test_a_change_that_raises_leaves_the_project_as_it_was_and_the_next_one_free(store, other):
    project = a_project()
    store.create(project)

    def refuse(current):
        current.character_profiles.clear()
        raise Conflict(version=current.version)

    with pytest.raises(Conflict):
        store.update(project.project_id, refuse)
    assert other.get(project.project_id) == project
    assert other.update(project.project_id, named("之后")).version == 2


def test_a_stale_update_can_be_refused_by_the_version_it_finds(store):
    project = a_project()
    store.create(project)
    store.update(project.project_id, named("先到"))

    def only_version_1(current):
        if current.version != 1:
            raise Conflict(version=current.version)
        return named("后到")(current)

    with pytest.raises(Conflict) as refused:
        store.update(project.project_id, only_version_1)
    assert refused.value.words == {"version": 2}
    assert store.get(project.project_id).project_name == "先到"


def test_a_deleted_project_is_gone_everywhere_and_for_good(store, other):
    project, neighbour = a_project(project_name="要删除"), a_project(project_name="要留下")
    store.create(project)
    store.create(neighbour)
    assert listed(other).total == 2
    store.delete(project.project_id)
    with pytest.raises(ProjectNotFound):
        other.get(project.project_id)
    with pytest.raises(ProjectNotFound):
        other.delete(project.project_id)
    with pytest.raises(ProjectNotFound):
        other.update(project.project_id, named("复活"))
    assert names(listed(other)) == names(other.search("太空", 1, 10)) == ["要留下"]


def test_nothing_of_a_deleted_project_stays_on_the_disk(store, place):
    project = a_project(project_name="只此一处的暗号")
    store.create(project)
    store.update(project.project_id, with_event("又一处的暗号"))
    store.delete(project.project_id)
    files = [path for path in place.rglob("*") if path.is_file()]
    assert not [f for f in files if "暗号".encode() in f.read_bytes()]


# --- lists ---


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
    assert listed(store, page=1_000_000).items == []


def test_projects_of_one_moment_stand_on_exactly_one_page_each(store):
    projects = [a_project(project_name="同名") for _ in range(11)]
    for project in projects:
        store.create(project)
    for sort in ("-created_at", "created_at", "-updated_at", "updated_at", "name", "-name"):
        pages = [listed(store, page=page, per_page=4, sort=sort) for page in (1, 2, 3)]
        ids = [item.project_id for page in pages for item in page.items]
        assert sorted(ids) == sorted(p.project_id for p in projects), sort


def test_each_order_is_the_one_asked_for(store):
    first = a_project(1, project_name="b")
    for project in (first, a_project(2, project_name="c"), a_project(3, project_name="a")):
        store.create(project)
    store.update(first.project_id, lambda p: p)
    assert {
        sort: "".join(names(listed(store, sort=sort)))
        for sort in ("created_at", "-created_at", "updated_at", "-updated_at", "name", "-name")
    } == {
        "created_at": "bca",
        "-created_at": "acb",
        "updated_at": "cab",
        "-updated_at": "bac",
        "name": "abc",
        "-name": "cba",
    }


def test_a_status_picks_its_projects_and_counts_them_alone(store):
    for minute, status in enumerate(["draft", "approved", "draft", "archived"]):
        store.create(a_project(minute, status=status, project_name=f"{status}{minute}"))
    drafts = listed(store, status="draft", per_page=1)
    assert (names(drafts), drafts.total, drafts.pages) == (["draft2"], 2, 2)
    assert listed(store, status="completed").total == 0


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


def test_a_list_shows_every_change_of_another_process_at_once(store, other):
    project = a_project(project_name="n000")
    store.create(project)
    for number in range(1, 100):
        assert names(listed(other)) == [f"n{number - 1:03}"]
        store.update(project.project_id, named(f"n{number:03}"))
    assert names(other.search("n099", 1, 10)) == ["n099"]


# --- search ---


@pytest.mark.parametrize(
    "fields",
    [
        {"project_name": "玄武湖畔"},
        {"user_idea": {**SEED_IDEA, "theme": "玄武湖畔"}},
        {"user_idea": {**SEED_IDEA, "genre": "玄武湖畔"}},
        {"story_outline": {"title": "玄武湖畔"}},
        {"story_outline": {"title": "题", "summary": "走到玄武湖畔。"}},
        {"story_outline": {"title": "题", "narrative_text": "走到玄武湖畔。"}},
        {"character_profiles": [{"name": "玄武湖畔"}]},
        {"character_profiles": [{"name": "甲", "backstory": "生在玄武湖畔。"}]},
    ],
    ids=["name", "theme", "genre", "title", "summary", "narrative", "character", "backstory"],
)
def test_two_chinese_characters_are_found_in_every_field(store, fields):
    store.create(a_project(**fields))
    store.create(a_project(project_name="别的"))
    found = store.search("武湖", 1, 10)
    assert found.total == 1
    assert "武湖" in found.items[0].snippet
    assert store.search("湖武", 1, 10).items == []


def test_every_word_must_be_found_and_quotes_hold_words_together(store):
    store.create(a_project(project_name="Red Moon Rising"))
    store.create(a_project(project_name="Moon over the red sea"))
    assert store.search("moon RED", 1, 10).total == 2
    assert names(store.search("red rising", 1, 10)) == ["Red Moon Rising"]
    assert names(store.search('"red moon"', 1, 10)) == ["Red Moon Rising"]
    assert store.search("ｍｏｏｎ", 1, 10).total == 2
    assert store.search("moon saturn", 1, 10).total == 0


def test_the_best_match_comes_first_and_pages_keep_the_order(store):
    store.create(a_project(story_outline={"title": "题", "narrative_text": "有鲸鱼。"}))
    store.create(a_project(project_name="鲸鱼之歌"))
    store.create(a_project(project_name="鲸鱼", story_outline={"title": "鲸鱼", "summary": "鲸鱼"}))
    pages = [store.search("鲸鱼", page, 1) for page in (1, 2, 3)]
    assert [name for page in pages for name in names(page)] == ["鲸鱼", "鲸鱼之歌", "我的科幻项目"]
    assert [page.total for page in pages] == [3, 3, 3]
    assert store.search("鲸鱼", 4, 1).items == []


@pytest.mark.parametrize(
    "query", ["%", "_", "*", "太%险", "太_险", '"', "'", "\\", "(", "[太]", "NEAR", "太* OR 空"]
)
def test_signs_of_other_query_languages_mean_only_themselves(store, query):
    store.create(a_project())
    assert store.search(query, 1, 10).total == 0
    marked = a_project(project_name=f"甲{query}乙 {query}")
    store.create(marked)
    ids = [hit.project_id for hit in store.search(query, 1, 10).items]
    assert ids in ([], [marked.project_id]) if query == '"' else ids == [marked.project_id]


@pytest.mark.parametrize("before", ["他说……", "㍿", "ﬃ", "İ", "e\u0301", "👩‍🚀"])
def test_a_snippet_shows_what_was_searched_for_whatever_stands_before_it(store, before):
    text = before * 40 + "然后看见了极光" + "。" * 200
    store.create(a_project(story_outline={"title": "题", "narrative_text": text}))
    (hit,) = store.search("极光", 1, 10).items
    assert "极光" in hit.snippet
    assert len(hit.snippet) < 200


# --- many at once ---


def test_updates_of_many_threads_lose_nothing(store, other, in_threads):
    project = a_project()
    store.create(project)

    def add_events(number):
        for event in range(6):
            which = store if number % 2 else other
            which.update(project.project_id, with_event(f"事件{number}-{event}"))

    in_threads(6, add_events)
    final = store.get(project.project_id)
    expected = {f"事件{n}-{event}" for n in range(6) for event in range(6)}
    assert final.version == 37
    assert len(final.user_idea.plot_points) == 3 + 36
    assert set(final.user_idea.plot_points[3:]) == expected


def update_in_a_process(number, adapter, place, project_id):
    store = PROJECT_STORES[adapter](Path(place))
    for event in range(8):
        store.update(project_id, with_event(f"进程{number}-{event}"))
    created = a_project(number, project_name=f"进程{number}")
    store.create(created)
    return created.project_id


def test_processes_lose_nothing_of_each_other(store, adapter, place, in_processes):
    project = a_project()
    store.create(project)
    created = in_processes(update_in_a_process, adapter, str(place), project.project_id)
    final = store.get(project.project_id)
    assert (final.version, len(set(final.user_idea.plot_points))) == (25, 27)
    assert {i.project_id for i in listed(store).items} == {project.project_id, *created}


def test_a_reader_sees_the_old_project_or_the_new_one_and_never_a_mixture(store, other, in_threads):
    text = "。" * 50_000
    outline = {"title": "1", "narrative_text": "1" + text}
    project = a_project(project_name="1", story_outline=outline)
    store.create(project)

    def renamed(version):
        def change(current):
            outline = current.story_outline.model_copy(
                update={"title": version, "narrative_text": version + text}
            )
            return current.model_copy(update={"project_name": version, "story_outline": outline})

        return change

    def work(number):
        if number == 0:
            for version in range(2, 25):
                store.update(project.project_id, renamed(str(version)))
            return set()
        seen, highest = set(), 0
        while highest < 24:
            read = other.get(project.project_id)
            title, narrative = read.story_outline.title, read.story_outline.narrative_text
            seen.add(
                {read.project_name, title, narrative.removesuffix(text)} == {str(read.version)}
            )
            assert read.version >= highest
            highest = read.version
        return seen

    assert set.union(*in_threads(3, work)) == {True}


def test_of_many_deletes_at_once_exactly_one_finds_the_project(store, other, in_threads):
    project = a_project()
    store.create(project)

    def delete(number):
        try:
            (store if number % 2 else other).delete(project.project_id)
        except ProjectNotFound:
            return "not found"
        return "deleted"

    assert sorted(in_threads(6, delete)) == ["deleted", *["not found"] * 5]


def test_an_update_never_brings_a_deleted_project_back(store, other, in_threads):
    for _ in range(10):
        project = a_project()
        store.create(project)

        def work(number, project_id=project.project_id):
            try:
                if number == 0:
                    other.delete(project_id)
                else:
                    store.update(project_id, named("改"))
            except ProjectNotFound:
                pass

        in_threads(4, work)
        with pytest.raises(ProjectNotFound):
            store.get(project.project_id)
    assert listed(store).total == listed(other).total == 0


# --- what can go wrong ---


def write_projects(adapter, place, run, acknowledge):
    """Create, change and delete projects, saying what was acknowledged and what is begun."""
    store = PROJECT_STORES[adapter](Path(place))
    for number in range(3):
        project = with_whole_text(a_project(), 1)
        acknowledge(f"{project.project_id} coming")
        store.create(project)
        acknowledge(f"{project.project_id} 1")
        for version in (2, 3):
            store.update(project.project_id, lambda p, v=version: with_whole_text(p, v))
            acknowledge(f"{project.project_id} {version}")
        if number == 1:
            acknowledge(f"{project.project_id} going")
            store.delete(project.project_id)
            acknowledge(f"{project.project_id} gone")


def with_whole_text(project, version):
    """`project` with a text that tells a whole file from a half or a mixed one."""
    text = {"title": f"第{version}版", "narrative_text": f"{version}。" * 3000}
    return project.model_copy(
        update={"story_outline": project.story_outline.model_copy(update=text)}
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_writers_lose_nothing_acknowledged_and_leave_nothing_half(adapter, place, seed):
    said = acknowledged_before_kills(write_projects, adapter, str(place), seed)
    fate = dict(line.split() for line in said)
    assert len(fate) > 24
    store = PROJECT_STORES[adapter](place)
    there = set()
    for project_id, last in fate.items():
        try:
            project = store.get(project_id)
        except ProjectNotFound:
            assert last in ("coming", "going", "gone")
            continue
        assert last != "gone"
        version = project.version
        assert not last.isdecimal() or version >= int(last)
        assert project == with_whole_text(project, version)
        assert store.update(project_id, named("之后")).version == version + 1
        there.add(project_id)
    pages = [listed(store, page=page) for page in range(1, listed(store).pages + 1)]
    assert {item.project_id for page in pages for item in page.items} == there
    for project_id in there:
        store.delete(project_id)
    assert listed(store).total == 0


def fill_the_disk(number, adapter, place):
    """What a store does on a full disk, and after there is room again."""
    place = Path(place) / str(number)
    store = PROJECT_STORES[adapter](place)
    kept, refused = a_project(project_name="留下"), with_whole_text(a_project(), 1)
    store.create(kept)
    store.check()
    before = everything_below(place)
    with full_disk():
        with pytest.raises(StorageFull):
            store.create(refused)
        with pytest.raises(StorageFull):
            store.update(kept.project_id, lambda p: with_whole_text(p, 2))
        assert store.get(kept.project_id) == kept
        assert names(listed(store)) == ["留下"]
    left = [place / path for path in everything_below(place) if path not in before]
    assert [path for path in left if path.is_file() and path.stat().st_size] == []
    with pytest.raises(ProjectNotFound):
        store.get(refused.project_id)
    store.create(refused)
    store.update(kept.project_id, lambda p: with_whole_text(p, 2))
    return listed(store).total


def test_a_full_disk_is_said_and_changes_nothing(adapter, tmp_path, in_processes):
    assert in_processes(fill_the_disk, adapter, str(tmp_path)) == [2, 2, 2]


def test_a_place_that_cannot_be_used_is_said_by_every_method(adapter, tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = PROJECT_STORES[adapter](tmp_path / "file")
    project = a_project()
    for attempt in (
        store.check,
        lambda: store.create(project),
        lambda: store.get(project.project_id),
        lambda: store.update(project.project_id, named("新")),
        lambda: store.delete(project.project_id),
    ):
        with pytest.raises(StorageUnavailable):
            attempt()
    assert (tmp_path / "file").read_text() == "in the way"


def test_looking_after_the_place_leaves_no_project_in_it(store):
    store.check()
    store.check()
    assert listed(store).total == 0
    assert store.search("check", 1, 10).total == 0


# --- of the files adapter ---


def project_file(place, project):
    return place / project.project_id[:2] / project.project_id / "project.json"


DAMAGE = {
    "empty": b"",
    "half": b'{"project_id": "0b8',
    "another shape": b'{"schema_version": 1, "project_id": 5}',
    "a list": b"[]",
    "null": b"null",
    "bytes": bytes(range(256)),
    "nested": b"[" * 100_000,
    "zeros": bytes(4096),
}


def damaged(place, project, how):
    """Damage the file of `project`; returns what stands there afterwards."""
    path = project_file(place, project)
    path.unlink()
    if how == "a folder":
        path.mkdir()
    elif how == "a circle":
        path.symlink_to(path.name)
    else:
        path.write_bytes(DAMAGE[how])


@pytest.mark.parametrize("how", [*DAMAGE, "a folder", "a circle"])
def test_a_damaged_file_never_breaks_a_list_or_a_search(place, how):
    store = PROJECT_STORES["files"](place)
    whole, broken = a_project(project_name="完好"), a_project(project_name="损坏")
    store.create(whole)
    store.create(broken)
    assert listed(store).total == 2
    damaged(place, broken, how)
    for reader in (store, PROJECT_STORES["files"](place)):
        assert names(listed(reader)) == ["完好"]
        assert names(reader.search("太空", 1, 10)) == ["完好"]
        assert listed(reader).total == reader.search("太空", 1, 10).total == 1
        with pytest.raises(StorageUnavailable):
            reader.get(broken.project_id)
        with pytest.raises(StorageUnavailable):
            reader.update(broken.project_id, named("新"))


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_project_can_be_deleted_and_a_mended_one_comes_back(place, how):
    store = PROJECT_STORES["files"](place)
    project = a_project()
    store.create(project)
    content = project_file(place, project).read_bytes()
    damaged(place, project, how)
    assert listed(store).total == 0
    project_file(place, project).write_bytes(content)
    assert names(listed(store)) == ["我的科幻项目"]
    damaged(place, project, how)
    store.delete(project.project_id)
    with pytest.raises(ProjectNotFound):
        store.get(project.project_id)


def test_strange_things_among_the_projects_are_passed_over(place):
    store = PROJECT_STORES["files"](place)
    store.create(a_project())
    (place / "README.txt").write_text("not a project")
    (place / "zz" / "not-an-id").mkdir(parents=True)
    (place / "zz" / "not-an-id" / "project.json").write_text("{}")
    (place / "00" / str(uuid4())).mkdir(parents=True)
    assert names(listed(store)) == ["我的科幻项目"]


def test_a_project_is_one_json_file_that_anyone_can_read(place):
    project = a_project()
    PROJECT_STORES["files"](place).create(project)
    text = project_file(place, project).read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["project_name"] == "我的科幻项目"
    assert document["created_at"] == "2024-01-01T00:00:00+00:00"
    assert "我的科幻项目" in text
