"""From a conversation to an idea, a story and its characters."""

from __future__ import annotations

import threading

import pytest

from src.spark.errors import NoConversation, UpstreamTimeout
from src.spark.models import Brief, CharacterProfile, StoryOutline
from src.spark.services.content import ContentService

from ..fakes import FakeIllustrator, FakeWriter
from ..samples import FAKED, OUTLINE, a_brief, an_idea, answered, asked

STORY = StoryOutline.model_validate(OUTLINE)
CAST = [CharacterProfile(name=name) for name in ("宇航员", "AI助手")]


@pytest.fixture
def content(conversations, media):
    """A content service with the given engines."""

    def make(*answers, illustrator=None):
        return ContentService(
            FakeWriter(*answers), illustrator or FakeIllustrator(), conversations, media
        )

    return make


# --- structure ---


def test_the_sessions_own_conversation_is_already_structured(content, conversations):
    conversations.append("a", asked("太空"), answered("好"), a_brief("太空"))
    assert content().structure("a") == a_brief("太空")


def test_an_idea_set_by_hand_alone_is_structured_too(content, conversations):
    conversations.revise("a", a_brief("太空"))
    assert content().structure("a") == a_brief("太空")


def test_an_idea_whose_every_part_was_taken_back_is_none(content, conversations):
    conversations.revise("a", Brief(language="zh"))
    with pytest.raises(NoConversation):
        content().structure("a")


@pytest.mark.parametrize("messages", [None, [], [answered("您好")], [asked(" \n\u3000")]])
def test_where_nobody_said_anything_there_is_nothing_to_structure(content, conversations, messages):
    conversations.append("b", asked("太空"), answered("好"), a_brief("太空"))
    with pytest.raises(NoConversation):
        content().structure("a", messages)


def test_a_conversation_brought_along_is_structured_and_the_sessions_left_alone(
    content, conversations
):
    conversations.append("a", asked("太空"), answered("好"), a_brief("太空"))
    assert content(a_brief("海底")).structure("a", [asked("海底")]) == a_brief("海底")
    assert conversations.load("a").brief == a_brief("太空")


# --- story and cast ---


def test_a_story_is_told_with_what_the_session_said_of_its_characters(conversations, media):
    brief = Brief(notes={"宇航员": "独眼", "别人": "不相干"})
    conversations.append("a", asked("问"), answered("答"), brief)
    writer = FakeWriter(STORY, CAST, STORY)
    service = ContentService(writer, FakeIllustrator(), conversations, media)
    assert service.outline("a", an_idea()) == STORY.model_copy(update={"provenance": FAKED})
    cast = service.cast("a", an_idea(), STORY, with_images=False)
    assert cast == [profile.model_copy(update={"provenance": FAKED}) for profile in CAST]
    service.outline("b", an_idea())
    assert writer.calls == [
        (an_idea(), {"宇航员": "独眼"}),
        (an_idea(), STORY, {"宇航员": "独眼"}),
        (an_idea(), {}),
    ]


def test_a_cast_comes_in_order_each_with_the_picture_of_its_own(content):
    cast = [CharacterProfile(name=f"角色{n}") for n in range(9)]
    service = content(cast)
    drawn = service.cast("a", an_idea(), None, with_images=True)
    assert [profile.name for profile in drawn] == [profile.name for profile in cast]
    for profile in drawn:
        path, _, name = profile.image_url.rpartition("/")
        assert path == "/api/content/images"
        assert service.image(name) == (f"{profile.name} []".encode(), "image/png")


def test_without_pictures_nothing_is_drawn(content):
    illustrator = FakeIllustrator()
    cast = content(CAST, illustrator=illustrator).cast("a", an_idea(), None, with_images=False)
    assert [profile.image_url for profile in cast] == [None, None]
    assert illustrator.calls == []


def test_pictures_are_drawn_side_by_side(conversations, media):
    class Meeting(FakeIllustrator):
        together = threading.Barrier(2)

        def portrait(self, profile, idea, feedback, previous=None):
            self.together.wait(60)
            return super().portrait(profile, idea, feedback)

    service = ContentService(FakeWriter(CAST), Meeting(), conversations, media)
    drawn = service.cast("a", an_idea(), None, with_images=True)
    assert len({profile.image_url for profile in drawn}) == 2


def test_a_failure_goes_straight_up(content):
    with pytest.raises(UpstreamTimeout):
        content(UpstreamTimeout()).outline("a", an_idea())
    with pytest.raises(UpstreamTimeout):
        content(UpstreamTimeout()).cast("a", an_idea(), None, with_images=False)


def test_a_portrait_that_fails_leaves_the_cast_and_says_why(conversations, media):
    class Choosy(FakeIllustrator):
        def portrait(self, profile, idea, feedback, previous=None):
            if profile.name == CAST[1].name:
                raise UpstreamTimeout()
            return super().portrait(profile, idea, feedback)

    service = ContentService(FakeWriter(CAST), Choosy(), conversations, media)
    drawn, failed = service.cast("a", an_idea(), None, with_images=True)
    assert drawn.image_url is not None
    assert drawn.image_error is None
    assert failed.image_url is None
    assert failed.image_error == UpstreamTimeout().message("zh")


def test_all_that_was_spent_is_entered(conversations, media):
    failure = UpstreamTimeout()
    failure.spent = FAKED
    service = ContentService(
        FakeWriter(STORY, CAST, failure), FakeIllustrator(), conversations, media
    )
    service.outline("a", an_idea())
    service.cast("a", an_idea(), STORY, with_images=True)
    with pytest.raises(UpstreamTimeout):
        service.outline("a", an_idea())
    entries = [(entry.kind, entry.outcome) for entry in conversations.ledger("a")]
    assert entries[:2] == [("outline", "ok"), ("cast", "ok")]
    assert sorted(entries[2:]) == [("image", "ok"), ("image", "ok"), ("outline", "failed")]
    assert {entry.tokens_in for entry in conversations.ledger("a")} == {3}
    assert conversations.ledger("b") == []
