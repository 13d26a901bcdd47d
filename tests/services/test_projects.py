"""Projects over real files, with an illustrator that says what it drew from."""

from __future__ import annotations

import pytest

from src.spark.adapters.files.projects import FileProjectStore
from src.spark.errors import (
    CharacterNotFound,
    Conflict,
    InvalidInput,
    ProjectNotFound,
    UpstreamTimeout,
)
from src.spark.models import CharacterProfile, StoryOutline
from src.spark.services.projects import ProjectService

from ..fakes import FakeIllustrator
from ..samples import OUTLINE, PROFILES, a_brief, an_idea, answered, asked

STORY = StoryOutline.model_validate(OUTLINE)
NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"


def cast(*names, image_url=None):
    return [CharacterProfile(name=name, image_url=image_url) for name in names]


@pytest.fixture
def illustrator():
    return FakeIllustrator()


@pytest.fixture
def store(tmp_path):
    return FileProjectStore(tmp_path / "projects")


@pytest.fixture
def service(store, conversations, illustrator, media):
    return ProjectService(store, conversations, illustrator, media)


@pytest.fixture
def project(service):
    profiles = [CharacterProfile.model_validate(p) for p in PROFILES]
    return service.create("a", an_idea(), STORY, profiles, "我的科幻项目")


def drawn(media, url):
    """What the fake illustrator drew the picture at `url` from."""
    return media.get(url.rpartition("/")[2])[0].decode()


# --- create and edit ---


def test_what_was_confirmed_is_kept_with_the_conversation_it_came_from(service, conversations):
    question, answer = asked("太空"), answered("好")
    conversations.append("a", question, answer, a_brief("太空"))
    conversations.append("b", asked("别人的话"), answered("好"), a_brief("别"))
    project = service.create("a", an_idea(), STORY, cast("甲"), "名字")
    kept = service.get(project.project_id)
    assert kept == project
    assert kept.conversation == [question, answer]
    assert (kept.status, kept.version, kept.user_confirmed) == ("approved", 1, True)


def test_a_project_without_a_name_is_named_after_its_story(service):
    assert service.create("a", an_idea(), STORY, cast("甲")).project_name == "寂静频率"


def test_the_pictures_a_project_begins_with_are_its_first_versions(service):
    profiles = [*cast("甲", image_url="/api/content/images/a.png"), *cast("乙")]
    project = service.create("a", an_idea(), STORY, profiles)
    versions = service.portraits(project.project_id, "甲")
    assert [(v.version, v.image_url, v.feedback) for v in versions] == [
        (1, "/api/content/images/a.png", None)
    ]
    assert service.portraits(project.project_id, "乙") == []


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


def test_pictures_drawn_at_once_heed_each_other(service, project):
    """Somebody else's picture arrives while ours is drawn: ours is drawn again, after it."""
    illustrator = service._illustrator
    draw = illustrator.portrait

    def slowly(profile, idea, feedback):
        picture = draw(profile, idea, feedback)
        if feedback == ["红色外套"]:
            illustrator.portrait = draw
            service.redraw(project.project_id, profile.name, "蓝色帽子")
        return picture

    illustrator.portrait = slowly
    name = project.character_profiles[0].name
    portrait = service.redraw(project.project_id, name, "红色外套")
    assert portrait.version == 2
    assert illustrator.calls[-1][2] == ["蓝色帽子", "红色外套"]
    assert [p.feedback for p in service.portraits(project.project_id, name)] == [
        "蓝色帽子",
        "红色外套",
    ]


def test_an_edit_of_nothing_leaves_the_version_as_it_is(service, project):
    assert service.edit(project.project_id, {}, [{1}]) == project
    with pytest.raises(Conflict):
        service.edit(project.project_id, {}, [{2}])
    assert service.get(project.project_id) == project


def test_edited_characters_bring_their_pictures_and_keep_the_old_ones(service, project):
    one, two = (cast("甲", image_url=f"/api/content/images/{n}.png") for n in "12")
    for profiles in (one, two, two):
        service.edit(project.project_id, {"character_profiles": profiles})
    versions = service.portraits(project.project_id, "甲")
    assert [(v.version, v.image_url) for v in versions] == [
        (1, "/api/content/images/1.png"),
        (2, "/api/content/images/2.png"),
    ]


# --- portraits ---


def test_a_new_portrait_takes_all_feedback_so_far_into_account(service, project, media):
    wishes = ["更年轻一些", "红色外套", "戴眼镜"]
    versions = [service.redraw(project.project_id, "宇航员", wish) for wish in wishes]
    assert [v.version for v in versions] == [1, 2, 3]
    assert [drawn(media, v.image_url) for v in versions] == [
        "宇航员 ['更年轻一些']",
        "宇航员 ['更年轻一些', '红色外套']",
        "宇航员 ['更年轻一些', '红色外套', '戴眼镜']",
    ]
    assert service.portraits(project.project_id, "宇航员") == versions
    assert [v.provider for v in versions] == ["fake"] * 3
    kept = service.get(project.project_id)
    assert [p.image_url for p in kept.character_profiles] == [versions[-1].image_url, None]
    assert kept.version == 4


def test_asking_again_without_feedback_makes_another_picture(service, project):
    first, second, third = (service.redraw(project.project_id, "宇航员", None) for _ in range(3))
    assert len({first.image_url, second.image_url, third.image_url}) == 3


def test_the_pictures_of_one_character_are_none_of_anothers(service, project, illustrator):
    service.redraw(project.project_id, "宇航员", "更年轻一些")
    service.redraw(project.project_id, "AI助手", "更圆一些")
    assert [feedback for _, _, feedback in illustrator.calls] == [["更年轻一些"], ["更圆一些"]]
    assert [v.feedback for v in service.portraits(project.project_id, "AI助手")] == ["更圆一些"]


def test_an_edit_made_while_a_portrait_is_drawn_is_not_lost(store, conversations, media, project):
    class Interrupted(FakeIllustrator):
        def portrait(self, profile, idea, feedback):
            service.edit(project.project_id, {"project_name": "画的时候改的"})
            return super().portrait(profile, idea, feedback)

    service = ProjectService(store, conversations, Interrupted(), media)
    portrait = service.redraw(project.project_id, "宇航员", "更年轻一些")
    kept = service.get(project.project_id)
    assert (kept.project_name, kept.version) == ("画的时候改的", 3)
    assert kept.character_profiles[0].image_url == portrait.image_url


def test_a_character_removed_while_it_is_drawn_stays_removed(store, conversations, media, project):
    class Interrupted(FakeIllustrator):
        def portrait(self, profile, idea, feedback):
            service.edit(project.project_id, {"character_profiles": cast("别人")})
            return super().portrait(profile, idea, feedback)

    service = ProjectService(store, conversations, Interrupted(), media)
    with pytest.raises(CharacterNotFound):
        service.redraw(project.project_id, "宇航员", "更年轻一些")
    assert [p.name for p in service.get(project.project_id).character_profiles] == ["别人"]


def test_a_portrait_that_fails_changes_nothing(service, project, illustrator):
    illustrator.answers = [UpstreamTimeout()]
    with pytest.raises(UpstreamTimeout):
        service.redraw(project.project_id, "宇航员", "更年轻一些")
    assert service.get(project.project_id) == project


@pytest.mark.parametrize("name", ["李/雷", "..", "", "🎬", "\u202eعلي", "a" * 200])
def test_a_character_is_found_by_exactly_its_name(service, name):
    names = [n for n in ("甲", name, f"{name} x"[:199]) if n]
    project = service.create("a", an_idea(), STORY, cast(*names))
    if name:
        assert service.character(project.project_id, name).name == name
        assert service.redraw(project.project_id, name, None).version == 1
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
        service.redraw(project_id, "没有的人", None)
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
