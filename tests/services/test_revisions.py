"""Looking back at a project, and going back."""

from __future__ import annotations

import pytest

from src.spark.errors import Conflict, ProjectNotFound, RevisionNotFound
from src.spark.models import CharacterProfile, Usage
from src.spark.services.revisions import RevisionService

from ..samples import FAKED, an_idea, answered, asked

NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"
RESTORED = {"project_name", "user_idea", "story_outline", "character_profiles"}


@pytest.fixture
def revisions(store, media):
    return RevisionService(store, media)


@pytest.fixture
def changed(service, store, project):
    """The project after everything about it was changed: its third version."""
    outline = project.story_outline.model_copy(update={"title": "另一个故事"})
    service.edit(
        project.project_id,
        {
            "project_name": "新名字",
            "status": "in_production",
            "user_idea": an_idea(theme="友谊"),
            "story_outline": outline,
            "character_profiles": [CharacterProfile(name="乙", image_url="/api/x.png")],
        },
    )
    spent = {"conversation": [asked("太空"), answered("好")], "usage": [Usage.of("turn", FAKED)]}
    return store.update(project.project_id, lambda p: p.model_copy(update=spent))


def test_every_version_is_told_and_can_be_read_again(revisions, project, changed):
    told = revisions.history(project.project_id)
    assert [(r.version, r.project_name, r.status) for r in told] == [
        (3, "新名字", "in_production"),
        (2, "新名字", "in_production"),
        (1, "我的科幻项目", "approved"),
    ]
    assert set(told[0].changed) == {"conversation", "usage"}
    assert {"project_name", "status", "character_profiles"} <= set(told[1].changed)
    assert revisions.get(project.project_id, 1) == project
    assert revisions.get(project.project_id, 3) == changed


def test_going_back_is_a_new_version_with_the_old_content(revisions, service, project, changed):
    restored = revisions.restore(project.project_id, 1)
    assert service.get(project.project_id) == restored
    assert restored.version == 4
    assert restored.model_dump(include=RESTORED) == project.model_dump(include=RESTORED)
    stays = RESTORED | {"version", "updated_at"}
    assert restored.model_dump(exclude=stays) == changed.model_dump(exclude=stays)
    assert restored.portraits["乙"][0].image_url == "/api/x.png"
    assert revisions.get(project.project_id, 3) == changed


def test_going_back_and_forth_loses_nothing(revisions, project, changed):
    revisions.restore(project.project_id, 1)
    again = revisions.restore(project.project_id, 3)
    assert again.model_dump(include=RESTORED) == changed.model_dump(include=RESTORED)
    assert again.version == 5


def test_a_character_has_the_picture_it_had_and_every_version_stays(revisions, service, project):
    project_id, name = project.project_id, "宇航员"
    for feedback in ("红色外套", "戴眼镜"):
        service.redraw("a", project_id, name, feedback)
    images = service.portraits(project_id, name).images
    restored = revisions.restore(project_id, 2)
    assert restored.character_profiles[0].image_url == images[0].image_url
    told = service.portraits(project_id, name)
    assert (told.images, told.current) == (images, 1)


def test_the_present_version_is_there_already(revisions, service, project, changed):
    assert revisions.restore(project.project_id, 3) == changed
    assert service.get(project.project_id) == changed
    assert len(revisions.history(project.project_id)) == 3


@pytest.mark.parametrize("version", [1, 3])
def test_going_back_from_a_version_the_caller_has_not_seen_is_refused(
    revisions, service, project, changed, version
):
    with pytest.raises(Conflict) as refused:
        revisions.restore(project.project_id, version, [{2}])
    assert refused.value.words == {"version": 3}
    assert service.get(project.project_id) == changed
    assert revisions.restore(project.project_id, 1, [{3}]).version == 4


@pytest.mark.parametrize("version", [0, -1, 4, 10**9])
def test_a_version_that_never_was_is_not_found(revisions, project, changed, version):
    for attempt in (revisions.get, revisions.restore):
        with pytest.raises(RevisionNotFound) as refused:
            attempt(project.project_id, version)
        assert str(version) in refused.value.message("zh")
        assert str(version) in refused.value.message("en")


def test_a_project_that_is_not_there_has_no_versions(revisions):
    for attempt in (
        revisions.history,
        lambda project_id: revisions.get(project_id, 1),
        lambda project_id: revisions.restore(project_id, 1),
    ):
        with pytest.raises(ProjectNotFound):
            attempt(NOBODY)
