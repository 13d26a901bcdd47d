"""A character's pictures over real files, with an illustrator that says what it drew from."""

from __future__ import annotations

import pytest

from src.spark.errors import CharacterNotFound, Conflict, NotFound, UpstreamTimeout
from src.spark.models import CharacterProfile, Portrait, StoryOutline
from src.spark.pictures import Picture
from src.spark.services.portraits import image_url
from src.spark.services.projects import ProjectService

from ..fakes import FakeIllustrator
from ..samples import FAKED, OUTLINE, PROFILES, a_project, an_idea

STORY = StoryOutline.model_validate(OUTLINE)
NAME = PROFILES[0]["name"]


class Interrupted(FakeIllustrator):
    """Does something else, once, while it draws its first picture."""

    def __init__(self, meanwhile):
        super().__init__()
        self.meanwhile = [meanwhile]

    def portrait(self, *args, **kwargs):
        picture = super().portrait(*args, **kwargs)
        if self.meanwhile:
            self.meanwhile.pop()()
        return picture


def cast(*names, image_url=None):
    return [CharacterProfile(name=name, image_url=image_url) for name in names]


def drawn(media, url):
    """What the fake illustrator drew the picture at `url` from."""
    return media.get(url.rpartition("/")[2])[0].decode()


@pytest.fixture
def redraw(service, project):
    """Draw the project's first character anew."""
    return lambda feedback=None, name=NAME: service.redraw("a", project.project_id, name, feedback)


@pytest.fixture
def restore(service, project):
    """Go back to a version of the first character's picture."""
    return lambda version: service.restore_portrait(project.project_id, NAME, version)


@pytest.fixture
def wishes(illustrator):
    """The feedback that the last picture was drawn from."""
    return lambda: illustrator.calls[-1][2]


@pytest.fixture
def interrupted(store, conversations, media, project):
    """A service whose illustrator is interrupted at its first picture."""
    return lambda meanwhile: ProjectService(store, conversations, Interrupted(meanwhile), media)


@pytest.fixture
def images(service, project):
    """The versions of a character's picture, and which is the present one."""
    return lambda name=NAME: service.portraits(project.project_id, name)


# --- the first one ---


def test_the_pictures_a_project_begins_with_are_its_first_versions(service):
    profiles = [*cast("甲", image_url="/api/content/images/a.png"), *cast("乙")]
    project = service.create("a", an_idea(), STORY, profiles)
    one, none = (service.portraits(project.project_id, name) for name in ("甲", "乙"))
    assert [(v.version, v.image_url, v.feedback) for v in one.images] == [
        (1, "/api/content/images/a.png", None)
    ]
    assert (one.character_name, one.current) == ("甲", 1)
    assert (none.images, none.current) == ([], None)


def test_the_first_picture_says_how_it_was_made(service, media):
    url = image_url(media.put(Picture(b"png", "image/png", "词" * 3000, FAKED)))
    project = service.create("a", an_idea(), STORY, cast("甲", image_url=url))
    (first,) = service.portraits(project.project_id, "甲").images
    assert (first.prompt, first.provider, first.provenance) == ("词" * 2000, "fake", FAKED)
    assert first.base is None


@pytest.mark.parametrize(
    "url",
    ["https://elsewhere.test/a.png", "/api/content/images/", "/api/content/images/../../x", "/"],
)
def test_of_a_picture_that_is_not_ours_nothing_is_known(service, url):
    project = service.create("a", an_idea(), STORY, cast("甲", image_url=url))
    (first,) = service.portraits(project.project_id, "甲").images
    assert (first.image_url, first.prompt, first.provenance) == (url, None, None)


def test_edited_characters_bring_their_pictures_and_keep_the_old_ones(service, project, media):
    urls = [image_url(media.put(Picture(b, "image/png", "词", FAKED))) for b in (b"1", b"2")]
    one, two = (cast("甲", image_url=url) for url in urls)
    for profiles in (one, two, two):
        service.edit(project.project_id, {"character_profiles": profiles})
    told = service.portraits(project.project_id, "甲")
    assert [(v.version, v.image_url, v.prompt) for v in told.images] == [
        (1, urls[0], "词"),
        (2, urls[1], "词"),
    ]
    assert told.current == 2


# --- drawn anew ---


def test_a_new_portrait_takes_all_feedback_so_far_into_account(
    service, project, media, redraw, images
):
    versions = [redraw(wish) for wish in ["更年轻一些", "红色外套", "戴眼镜"]]
    assert [(v.version, v.base) for v in versions] == [(1, None), (2, 1), (3, 2)]
    assert [drawn(media, v.image_url) for v in versions] == [
        "宇航员 ['更年轻一些']",
        "宇航员 ['更年轻一些', '红色外套']",
        "宇航员 ['更年轻一些', '红色外套', '戴眼镜']",
    ]
    assert images().images == versions
    assert images().current == 3
    assert [v.provenance for v in versions] == [FAKED] * 3
    kept = service.get(project.project_id)
    assert [p.image_url for p in kept.character_profiles] == [versions[-1].image_url, None]
    assert kept.version == 4


def test_asking_again_without_feedback_makes_another_picture(redraw):
    first, second, third = (redraw() for _ in range(3))
    assert len({first.image_url, second.image_url, third.image_url}) == 3


def test_the_pictures_of_one_character_are_none_of_anothers(redraw, images, illustrator):
    redraw("更年轻一些")
    redraw("更圆一些", name="AI助手")
    assert [feedback for _, _, feedback in illustrator.calls] == [["更年轻一些"], ["更圆一些"]]
    assert [v.feedback for v in images("AI助手").images] == ["更圆一些"]
    assert illustrator.previous == [None, None]


def test_the_present_picture_is_shown_to_the_illustrator(redraw, restore, illustrator):
    redraw("更年轻一些")
    redraw("红色外套")
    restore(1)
    redraw("戴眼镜")
    one, two = "宇航员 ['更年轻一些']", "宇航员 ['更年轻一些', '红色外套']"
    assert illustrator.previous == [None, one.encode(), one.encode()]
    restore(2)
    redraw("微笑")
    assert illustrator.previous[-1] == two.encode()


@pytest.mark.parametrize(
    "url", ["https://elsewhere.test/a.png", image_url("0" * 40 + ".png"), image_url("../x")]
)
def test_a_picture_that_is_not_ours_or_gone_cannot_be_shown(
    service, project, redraw, illustrator, url
):
    profiles = cast(NAME, image_url=url)
    service.edit(project.project_id, {"character_profiles": profiles})
    assert redraw("更年轻一些").base == 1
    assert illustrator.previous == [None]


def test_a_new_picture_ends_the_complaint_that_there_is_none(service, project, redraw):
    complaint = CharacterProfile(name=NAME, image_error="模型服务没有及时回答，请重试。")
    service.edit(project.project_id, {"character_profiles": [complaint]})
    redraw()
    assert service.character(project.project_id, NAME).image_error is None


def test_what_a_picture_took_is_the_projects_and_the_sessions_but_no_conversations(
    service, project, redraw, conversations
):
    redraw("更年轻一些")
    kept = service.get(project.project_id)
    (entry,) = kept.usage
    assert (entry.kind, entry.about, entry.outcome) == ("image", NAME, "ok")
    assert entry.model == FAKED.model
    assert conversations.ledger("a") == [entry]
    assert conversations.ledger("a", conversation=True) == []
    assert kept.version == 2


def test_a_portrait_that_fails_changes_nothing_but_what_was_spent(
    service, project, redraw, illustrator, conversations
):
    failure = UpstreamTimeout()
    failure.spent = FAKED
    illustrator.answers = [failure]
    with pytest.raises(UpstreamTimeout):
        redraw("更年轻一些")
    assert service.get(project.project_id) == project
    (entry,) = conversations.ledger("a")
    assert (entry.kind, entry.about, entry.outcome) == ("image", NAME, "failed")
    assert conversations.ledger("a", conversation=True) == []


# --- going back ---


def test_an_earlier_version_is_the_picture_again_and_all_versions_stay(
    service, project, redraw, restore, images
):
    versions = [redraw(wish) for wish in ["更年轻一些", "红色外套"]]
    assert restore(1) == versions[0]
    assert service.character(project.project_id, NAME).image_url == versions[0].image_url
    assert images().images == versions
    assert images().current == 1
    assert service.get(project.project_id).version == 4


def test_going_back_to_the_present_picture_changes_nothing(service, project, redraw, restore):
    redraw("更年轻一些")
    before = service.get(project.project_id)
    assert restore(1).version == 1
    assert service.get(project.project_id) == before


@pytest.mark.parametrize("version", [-1, 0, 2, 10**9])
def test_a_version_there_never_was_is_not_found(service, project, redraw, restore, version):
    redraw("更年轻一些")
    before = service.get(project.project_id)
    with pytest.raises(NotFound) as refused:
        restore(version)
    assert refused.value.code == "not_found"
    assert service.get(project.project_id) == before


def test_after_going_back_a_new_picture_heeds_the_chain_it_continues_and_no_other(
    redraw, restore, wishes
):
    redraw("更年轻一些")
    redraw("红色外套")
    restore(1)
    third = redraw("戴眼镜")
    assert (third.version, third.base) == (3, 1)
    assert wishes() == ["更年轻一些", "戴眼镜"]
    assert redraw("微笑").base == 3
    assert wishes() == ["更年轻一些", "戴眼镜", "微笑"]
    restore(2)
    redraw("夜晚")
    assert wishes() == ["更年轻一些", "红色外套", "夜晚"]


def test_versions_that_do_not_say_what_they_were_made_from_follow_each_other(
    store, service, wishes
):
    older = [
        Portrait(version=number, image_url=f"/{number}.png", feedback=feedback)
        for number, feedback in ((1, None), (2, "更年轻一些"), (3, "红色外套"))
    ]
    profiles = cast(NAME, image_url="/3.png")
    project = a_project(character_profiles=profiles, portraits={NAME: older})
    store.create(project)
    assert service.redraw("a", project.project_id, NAME, "戴眼镜").base == 3
    assert wishes() == ["更年轻一些", "红色外套", "戴眼镜"]
    service.restore_portrait(project.project_id, NAME, 2)
    assert service.redraw("a", project.project_id, NAME, "微笑").base == 2
    assert wishes() == ["更年轻一些", "微笑"]


def test_of_versions_that_look_the_same_the_latest_is_the_present_one(
    store, service, redraw, restore, images, wishes
):
    redraw("更年轻一些")
    redraw("红色外套")
    restore(1)
    redraw("红色外套")
    assert images().current == 3
    redraw("戴眼镜")
    assert images().images[-1].base == 3
    assert wishes() == ["更年轻一些", "红色外套", "戴眼镜"]


def test_a_character_whose_picture_was_taken_away_is_drawn_after_its_last_one(
    service, project, redraw, images, wishes
):
    redraw("更年轻一些")
    service.edit(project.project_id, {"character_profiles": cast(NAME)})
    assert images().current is None
    assert redraw("红色外套").base == 1
    assert wishes() == ["更年轻一些", "红色外套"]


# --- at once ---


def test_pictures_drawn_at_once_heed_each_other_and_both_are_paid_for(
    service, project, interrupted, redraw, conversations
):
    """Somebody else's picture arrives while ours is drawn: ours is drawn again, after it."""
    slow = interrupted(lambda: redraw("蓝色帽子"))
    portrait = slow.redraw("b", project.project_id, NAME, "红色外套")
    assert (portrait.version, portrait.base) == (2, 1)
    assert slow._illustrator.calls[-1][2] == ["蓝色帽子", "红色外套"]
    told = service.portraits(project.project_id, NAME)
    assert [p.feedback for p in told.images] == ["蓝色帽子", "红色外套"]
    assert len(service.get(project.project_id).usage) == 3
    assert [len(conversations.ledger(session_id)) for session_id in "ab"] == [1, 2]


def test_going_back_while_a_picture_is_drawn_has_it_drawn_again(
    service, project, interrupted, redraw, restore
):
    redraw("更年轻一些")
    redraw("蓝色帽子")
    slow = interrupted(lambda: restore(1))
    portrait = slow.redraw("a", project.project_id, NAME, "红色外套")
    assert (portrait.version, portrait.base) == (3, 1)
    assert slow._illustrator.calls[-1][2] == ["更年轻一些", "红色外套"]
    assert service.portraits(project.project_id, NAME).current == 3


def test_an_edit_made_while_a_portrait_is_drawn_is_not_lost(service, project, interrupted):
    slow = interrupted(lambda: service.edit(project.project_id, {"project_name": "画的时候改的"}))
    portrait = slow.redraw("a", project.project_id, NAME, "更年轻一些")
    kept = service.get(project.project_id)
    assert (kept.project_name, kept.version) == ("画的时候改的", 3)
    assert kept.character_profiles[0].image_url == portrait.image_url
    assert len(slow._illustrator.calls) == 1


def test_a_character_removed_while_it_is_drawn_stays_removed(
    service, project, interrupted, conversations
):
    slow = interrupted(
        lambda: service.edit(project.project_id, {"character_profiles": cast("别人")})
    )
    with pytest.raises(CharacterNotFound):
        slow.redraw("a", project.project_id, NAME, "更年轻一些")
    assert [p.name for p in service.get(project.project_id).character_profiles] == ["别人"]
    assert len(conversations.ledger("a")) == 1


def test_somebody_always_faster_is_a_conflict(
    store, conversations, media, service, project, illustrator
):
    class Outrun(FakeIllustrator):
        def portrait(self, *args, **kwargs):
            service.redraw("b", project.project_id, NAME, None)
            return super().portrait(*args, **kwargs)

    slow = ProjectService(store, conversations, Outrun(), media)
    with pytest.raises(Conflict):
        slow.redraw("a", project.project_id, NAME, "更年轻一些")
    told = service.portraits(project.project_id, NAME)
    assert [p.feedback for p in told.images] == [""] * len(illustrator.calls)
