"""Projects over real files, with an illustrator that says what it drew from."""

from __future__ import annotations

import pytest

from src.spark.errors import (
    CharacterNotFound,
    Conflict,
    InvalidInput,
    ProjectNotFound,
)
from src.spark.models import CharacterProfile, StoryOutline, Usage

from ..samples import FAKED, OUTLINE, a_brief, an_idea, answered, asked

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
        service.restore(project_id, "没有的人", 1)
    for attempt in (service.get, service.delete, lambda p: service.edit(p, {"status": "draft"})):
        with pytest.raises(ProjectNotFound):
            attempt(NOBODY)


def test_a_deleted_project_is_in_no_list(service, project):
    assert service.search("太空", 1, 10).total == 1
    service.delete(project.project_id)
    assert service.browse(1, 10, None, "-created_at").total == 0
    assert service.search("太空", 1, 10).total == 0
    with pytest.raises(ProjectNotFound):
        service.delete(project.project_id)
