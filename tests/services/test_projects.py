"""Projects over real files, with an illustrator that says what it drew from."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from src.spark.errors import (
    CharacterNotFound,
    Conflict,
    InvalidInput,
    MoveNotAllowed,
    ProjectNotFound,
)
from src.spark.models import MAX_NAME, MOVES, CharacterProfile, Project, StoryOutline, Usage
from src.spark.services.copies import name_of_copy

from ..samples import FAKED, OUTLINE, a_brief, a_project, an_idea, answered, asked

STORY = StoryOutline.model_validate(OUTLINE)
NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"


def cast(*names, image_url=None):
    return [CharacterProfile(name=name, image_url=image_url) for name in names]


def test_what_was_confirmed_is_kept_with_the_conversation_it_came_from(service, conversations):
    question, answer = asked("太空"), answered("好")
    conversations.append("a", question, answer, a_brief("太空"))
    conversations.append("b", asked("别人的话"), answered("好"), a_brief("别"))
    project = service.create("a", an_idea(), STORY, cast("甲"), "名字")
    kept = service.get(project.project_id)
    assert kept == project
    assert kept.conversation == [question, answer]
    assert (kept.status, kept.version, kept.user_confirmed) == ("approved", 1, True)


def test_what_the_conversation_took_goes_along_and_nothing_else(service, conversations):
    def spend(session_id, about, **where):
        conversations.record(session_id, Usage.of("turn", FAKED, about), **where)

    spend("a", "一个旧对话的")
    conversations.clear("a")
    spend("a", "这个对话的")
    spend("a", "另一个项目的", aside=True)
    spend("b", "别人的")
    project = service.create("a", an_idea(), STORY, cast("甲"))
    assert [entry.about for entry in project.usage] == ["这个对话的"]
    assert service.get(project.project_id).usage == project.usage
    spend("a", "后来的")
    assert service.get(project.project_id).usage == project.usage


def test_a_project_without_a_name_is_named_after_its_story(service):
    assert service.create("a", an_idea(), STORY, cast("甲")).project_name == "寂静频率"


def test_two_characters_of_one_name_are_refused_and_named(service, project):
    with pytest.raises(InvalidInput) as refused:
        service.create("a", an_idea(), STORY, cast("甲", "乙", "甲"))
    assert [p.field for p in refused.value.problems] == ["character_profiles.2.name"]
    with pytest.raises(InvalidInput):
        service.edit(project.project_id, {"character_profiles": cast("甲", "甲")})
    assert service.get(project.project_id) == project
    assert service.browse(1, 10, None, "-created_at").total == 1


def test_an_edit_changes_what_it_names_and_nothing_else(service, project):
    edited = service.edit(project.project_id, {"project_name": "新名字", "status": "archived"})
    assert service.get(project.project_id) == edited
    assert (edited.project_name, edited.status, edited.version) == ("新名字", "archived", 2)
    same = {"project_name", "status", "version", "updated_at"}
    assert edited.model_dump(exclude=same) == project.model_dump(exclude=same)


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_an_edit_of_what_somebody_else_changed_is_refused(service, project, seen):
    before = service.edit(project.project_id, {"project_name": "先到"})
    with pytest.raises(Conflict) as refused:
        service.edit(project.project_id, {"project_name": "后到"}, [{seen}])
    assert refused.value.words == {"version": 2}
    assert service.get(project.project_id) == before
    assert service.edit(project.project_id, {"project_name": "现在"}, [{2, 9}, {2}]).version == 3


def test_an_edit_of_nothing_leaves_the_version_as_it_is(service, project):
    assert service.edit(project.project_id, {}, [{1}]) == project
    with pytest.raises(Conflict):
        service.edit(project.project_id, {}, [{2}])
    assert service.get(project.project_id) == project


@pytest.mark.parametrize("name", ["李/雷", "..", "", "🎬", "\u202eعلي", "a" * 200])
def test_a_character_is_found_by_exactly_its_name(service, name):
    names = [n for n in ("甲", name, f"{name} x"[:199]) if n]
    project = service.create("a", an_idea(), STORY, cast(*names))
    if name:
        assert service.character(project.project_id, name).name == name
        assert service.redraw("a", project.project_id, name, None).version == 1
    else:
        with pytest.raises(CharacterNotFound):
            service.character(project.project_id, name)


def test_what_is_not_there_is_not_found(service, project):
    project_id = project.project_id
    for attempt in (service.character, service.portraits):
        with pytest.raises(CharacterNotFound):
            attempt(project_id, "没有的人")
        with pytest.raises(ProjectNotFound):
            attempt(NOBODY, "宇航员")
    with pytest.raises(CharacterNotFound):
        service.redraw("a", project_id, "没有的人", None)
    with pytest.raises(CharacterNotFound):
        service.restore_portrait(project_id, "没有的人", 1)
    for attempt in (
        service.get,
        lambda p: service.edit(p, {"status": "draft"}),
        lambda p: service.duplicate(p, "zh"),
    ):
        with pytest.raises(ProjectNotFound):
            attempt(NOBODY)


# --- status ---


@pytest.fixture
def in_status(service, store):
    """A project that has come to a status."""

    def make(status):
        project = a_project(status=status)
        store.create(project)
        return project

    return make


@pytest.mark.parametrize("after", MOVES)
@pytest.mark.parametrize("before", MOVES)
def test_a_project_moves_where_its_status_leads_and_may_stay(service, in_status, before, after):
    project = in_status(before)
    if after == before or after in MOVES[before]:
        assert service.edit(project.project_id, {"status": after}).status == after
        assert service.get(project.project_id).status == after
    else:
        with pytest.raises(MoveNotAllowed):
            service.edit(project.project_id, {"status": after})
        assert service.get(project.project_id) == project


def test_a_move_that_is_refused_says_where_the_project_can_go(service, in_status):
    project = in_status("draft")
    edit = {"status": "completed", "project_name": "不会保存"}
    with pytest.raises(MoveNotAllowed) as refused:
        service.edit(project.project_id, edit)
    assert refused.value.message("zh") == (
        "项目不能从 draft 变为 completed；可以变为：approved, archived。"
    )
    assert refused.value.message("en") == (
        "A project cannot go from draft to completed; it can go to: approved, archived."
    )
    (problem,) = refused.value.problems
    assert problem.field == "status"
    assert problem.zh == "必须是以下之一：approved, archived。"
    assert problem.en == "Must be one of: approved, archived."
    assert service.get(project.project_id) == project


def test_a_stale_version_is_told_before_a_move(service, in_status):
    project = in_status("draft")
    with pytest.raises(Conflict) as refused:
        service.edit(project.project_id, {"status": "completed"}, [{2}])
    assert not isinstance(refused.value, MoveNotAllowed)


# --- copies ---


def test_a_copy_has_all_that_was_said_and_made_and_a_life_of_its_own(service, store, project):
    original = store.update(
        project.project_id,
        lambda p: p.model_copy(
            update={
                "status": "completed",
                "conversation": [asked("太空"), answered("好")],
                "usage": [Usage.of("turn", FAKED)],
            }
        ),
    )
    service.redraw("a", project.project_id, "宇航员", "红色外套")
    original = service.get(project.project_id)
    copy = service.duplicate(project.project_id, "zh", "另一部")
    assert service.get(copy.project_id) == copy
    assert (copy.project_name, copy.status, copy.version) == ("另一部", "draft", 1)
    assert copy.created_at == copy.updated_at > original.updated_at
    assert (copy.duplicate_of, copy.usage) == (project.project_id, [])
    assert copy.portraits["宇航员"][0].feedback == "红色外套"
    own = {"project_id", "project_name", "status", "version", "created_at", "updated_at"}
    own |= {"usage", "duplicate_of"}
    assert copy.model_dump(exclude=own) == original.model_dump(exclude=own)
    service.edit(copy.project_id, {"project_name": "改名", "character_profiles": cast("乙")})
    assert service.get(project.project_id) == original
    assert service.browse(1, 10, None, "-created_at").total == 2


def test_a_copy_of_what_somebody_changed_meanwhile_is_not_made(service, project):
    service.edit(project.project_id, {"project_name": "先到"})
    with pytest.raises(Conflict):
        service.duplicate(project.project_id, "zh", None, [{1}])
    assert service.browse(1, 10, None, "-created_at").total == 1
    assert service.duplicate(project.project_id, "zh", None, [{2}]).project_name == "先到（副本）"


@pytest.mark.parametrize(
    ("name", "language", "copied"),
    [
        ("星际回声", "zh", "星际回声（副本）"),
        ("星际回声", "en", "星际回声 (copy)"),
        ("星际回声（副本）", "zh", "星际回声（副本 2）"),
        ("星际回声（副本 2）", "zh", "星际回声（副本 3）"),
        ("Echo (copy)", "en", "Echo (copy 2)"),
        ("Echo (copy 99)", "en", "Echo (copy 100)"),
        ("Echo (copy 9)", "zh", "Echo (copy 10)"),
        ("星际回声（副本）", "en", "星际回声（副本 2）"),
        ("第一行\n第二行（副本 2）", "zh", "第一行\n第二行（副本 3）"),
        ("（副本）", "zh", "（副本 2）"),
        ("Echo (copy) 2", "en", "Echo (copy) 2 (copy)"),
        ("Echo (copy two)", "en", "Echo (copy two) (copy)"),
        ("Echo(copy)", "en", "Echo(copy) (copy)"),
    ],
)
def test_a_copy_is_named_after_its_original_and_counted_up(name, language, copied):
    assert name_of_copy(name, language) == copied


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "name", ["长" * MAX_NAME, "长" * 190 + " " * 5 + "长" * 5, "（副本 " + "9" * 195 + "）"]
)
def test_a_name_at_its_bound_makes_room_for_the_word_copy(service, project, name, language):
    service.edit(project.project_id, {"project_name": name})
    copy = service.duplicate(project.project_id, language)
    again = service.duplicate(copy.project_id, language)
    assert len(copy.project_name) <= MAX_NAME
    assert len(again.project_name) <= MAX_NAME
    assert copy.project_name.startswith(name[:180])
    assert copy.project_name.endswith({"zh": "（副本）", "en": " (copy)"}[language])
    assert again.project_name.endswith({"zh": "（副本 2）", "en": " (copy 2)"}[language])


# --- searching ---


def test_a_search_can_look_among_the_projects_of_one_status(service, project):
    other = service.duplicate(project.project_id, "zh")
    found = service.search("太空", 1, 10, "draft")
    assert [hit.project_id for hit in found.items] == [other.project_id]
    assert service.search("太空", 1, 10).total == 2


# --- who was there first ---


def test_of_many_editors_of_one_version_one_is_heard_and_the_others_are_told(service, project):
    barrier = threading.Barrier(8)

    def edit(number):
        barrier.wait(60)
        try:
            return service.edit(project.project_id, {"project_name": f"编辑{number}"}, [{1}])
        except Conflict as conflict:
            return conflict.words

    with ThreadPoolExecutor(8) as editors:
        outcomes = list(editors.map(edit, range(8)))
    heard = [outcome for outcome in outcomes if isinstance(outcome, Project)]
    assert outcomes.count({"version": 2}) == 7
    assert heard == [service.get(project.project_id)]


def test_a_picture_is_not_changed_in_a_version_the_caller_has_not_seen(
    service, illustrator, project
):
    first = service.redraw("a", project.project_id, "宇航员", "红色外套", [{1}])
    drawn = len(illustrator.calls)
    before = service.get(project.project_id)
    with pytest.raises(Conflict):
        service.redraw("a", project.project_id, "宇航员", "戴眼镜", [{1}])
    with pytest.raises(Conflict):
        service.restore_portrait(project.project_id, "宇航员", first.version, [{1}])
    assert len(illustrator.calls) == drawn
    assert service.get(project.project_id) == before


def test_a_picture_is_not_added_to_what_was_changed_while_it_was_drawn(
    service, illustrator, project
):
    draw = illustrator.portrait

    def interrupted(*args):
        service.edit(project.project_id, {"project_name": "先到"})
        return draw(*args)

    illustrator.portrait = interrupted
    with pytest.raises(Conflict):
        service.redraw("a", project.project_id, "宇航员", "红色外套", [{1}])
    now = service.get(project.project_id)
    assert (now.project_name, now.version, now.portraits) == ("先到", 2, {})
