"""Setting parts of an idea by hand, over real conversations."""

from __future__ import annotations

import pytest

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.errors import ConversationBusy, InvalidInput, UpstreamTimeout
from src.spark.models import Brief, Delta, IdeaDraft, Source, Turn
from src.spark.services.briefs import language_of_brief, set_by_hand
from src.spark.services.chat import ChatService

from ..fakes import FakeWriter
from ..samples import FAKED, SEED_IDEA, a_brief, a_turn, answered, asked

SAID = Brief(
    idea=IdeaDraft(theme="太空", basic_characters=["林夏", "小白"], mood="紧张"),
    sources={
        "theme": Source(message=0, text="拍太空"),
        "characters": Source(message=2, text="林夏和小白"),
        "mood": Source(message=4, text="紧张一点"),
    },
    notes={"林夏": "独眼", "小白": "会飞"},
    asked="plot",
    offers=["迷路", "重逢"],
    waived=["audience", "duration"],
    language="zh",
)


@pytest.fixture
def chat(conversations):
    """A chat service whose writer gives the answers it is made with."""
    return lambda *answers: ChatService(FakeWriter(*answers), conversations)


def by_hand(text):
    return Source(message=None, text=text, by="hand")


# --- what changes ---


def test_what_is_set_stands_in_the_idea_and_says_that_it_was_set_by_hand():
    brief = set_by_hand(SAID, {"theme": "海底古城", "duration_preference": 90})
    assert brief.idea == SAID.idea.model_copy(
        update={"theme": "海底古城", "duration_preference": 90}
    )
    assert brief.sources == {
        **SAID.sources,
        "theme": by_hand("海底古城"),
        "duration": by_hand("90"),
    }


@pytest.mark.parametrize("nothing", [None, "", []])
def test_what_is_taken_back_was_never_said(nothing):
    brief = set_by_hand(SAID, {"theme": nothing, "basic_characters": nothing})
    assert brief.idea == IdeaDraft(mood="紧张")
    assert brief.sources.keys() == {"mood"}
    assert brief.notes == {}


def test_a_list_is_told_in_short_and_in_its_own_language():
    chinese = set_by_hand(
        Brief(), {"basic_characters": ["林夏", "小白"], "plot_points": ["长" * 500]}
    )
    english = set_by_hand(Brief(), {"basic_characters": ["Mia", "Bolt"]})
    assert chinese.sources["characters"] == by_hand("林夏、小白")
    assert chinese.sources["plot"] == by_hand("长" * 200)
    assert english.sources["characters"] == by_hand("Mia, Bolt")


def test_what_was_told_of_characters_goes_with_them():
    assert set_by_hand(SAID, {"basic_characters": ["小白", "船长"]}).notes == {"小白": "会飞"}
    assert set_by_hand(SAID, {"theme": "海底"}).notes == SAID.notes


def test_what_was_waived_counts_again_once_it_is_set_or_taken_back():
    assert set_by_hand(SAID, {"target_audience": "儿童"}).waived == ["duration"]
    assert set_by_hand(SAID, {"duration_preference": None}).waived == ["audience"]


def test_what_was_just_asked_about_is_settled_where_it_is_set_by_hand():
    settled = set_by_hand(SAID, {"plot_points": ["发现信号"]})
    assert (settled.asked, settled.offers) == (None, [])
    for open_still in ({"plot_points": []}, {"theme": "海底"}):
        brief = set_by_hand(SAID, open_still)
        assert (brief.asked, brief.offers) == (SAID.asked, SAID.offers)


def test_two_characters_of_one_name_are_refused():
    with pytest.raises(InvalidInput) as refused:
        set_by_hand(SAID, {"basic_characters": ["林夏", "小白", "林夏"]})
    assert [p.field for p in refused.value.problems] == ["basic_characters.2"]


@pytest.mark.parametrize(
    ("brief", "language"),
    [
        (Brief(), "en"),
        (a_brief("海底古城"), "zh"),
        (a_brief("a sunken city"), "en"),
        (Brief(idea=IdeaDraft(basic_characters=["林夏"])), "zh"),
        (Brief(idea=IdeaDraft(theme="a sunken city"), language="zh"), "zh"),
    ],
)
def test_an_idea_set_by_hand_is_in_the_language_of_its_words(brief, language):
    assert language_of_brief(brief, "en") == language


# --- in a conversation ---


def test_a_session_can_begin_by_hand(chat, conversations):
    service = chat(a_turn("好"))
    brief = service.set_idea("a", SEED_IDEA)
    assert service.brief("a") == brief
    assert brief.idea == IdeaDraft.model_validate(SEED_IDEA)
    assert service.conversation("a").messages == []
    assert service.brief("b") == Brief()
    assert service.send("a", "你好").opening


def test_what_is_set_by_hand_is_what_the_writer_continues_from(conversations):
    writer = FakeWriter(a_turn("一答", theme="太空"), a_turn("二答"))
    service = ChatService(writer, conversations)
    service.send("a", "太空")
    service.set_idea("a", {"theme": "海底"})
    service.send("a", "二问")
    brief = writer.calls[-1][0].brief
    assert (brief.idea.theme, brief.sources["theme"]) == ("海底", by_hand("海底"))


def test_a_message_that_waits_for_its_answer_still_waits(chat):
    service = chat(UpstreamTimeout(), a_turn("好"))
    with pytest.raises(UpstreamTimeout):
        service.send("a", "我的长故事")
    service.set_idea("a", {"theme": "海底"})
    assert service.conversation("a").pending == "我的长故事"
    service.send("a", "还有一句")
    assert service.conversation("a").messages[0].content == "我的长故事\n还有一句"


def test_a_refused_change_changes_nothing(chat, conversations):
    conversations.append("a", asked("问"), answered("答"), SAID)
    with pytest.raises(InvalidInput):
        chat().set_idea("a", {"theme": "海底", "basic_characters": ["林夏", "林夏"]})
    assert conversations.load("a").brief == SAID


def test_while_a_message_is_being_answered_nothing_is_set(tmp_path):
    hasty = SqliteConversationStore(tmp_path, patience=0.05)
    turn = Turn(reply="好", brief=a_brief("太空"), provenance=FAKED)
    service = ChatService(FakeWriter([Delta(text="好"), turn]), hasty)
    words = service.stream("a", "太空")
    next(words)
    with pytest.raises(ConversationBusy):
        service.set_idea("a", {"theme": "海底"})
    list(words)
    assert service.set_idea("a", {"mood": "紧张"}).idea.theme == "太空"
