"""The interview over real conversations, with a writer that says what it is told to."""

from __future__ import annotations

import gc
import threading

import pytest

from src.spark.adapters.files.conversations import SqliteConversationStore
from src.spark.errors import ConversationBusy, UpstreamTimeout, UpstreamUnavailable
from src.spark.models import Delta
from src.spark.services.chat import ChatService, Reply

from ..fakes import FakeWriter
from ..samples import a_brief, a_turn

PATIENCE = 60


@pytest.fixture
def chat(conversations):
    """A chat service whose writer gives the answers it is made with."""
    return lambda *answers: ChatService(FakeWriter(*answers), conversations)


def history(service, session_id="a"):
    return [(m.role, m.content) for m in service.conversation(session_id).messages]


def exchanges(*pairs):
    return [said for q, a in pairs for said in (("user", q), ("assistant", a))]


class EchoWriter:
    """Answers each message with itself; one at a time, or it fails the test."""

    name = "echo"

    def __init__(self):
        self.inside, self.overlaps = 0, 0

    def converse(self, conversation, message, whole=False, listening=None):
        self.inside += 1
        self.overlaps += self.inside > 1
        yield Delta(text="答：")
        self.inside -= 1
        yield a_turn(f"答：{message}", theme=message)


# --- one message ---


def test_a_message_is_answered_and_both_are_kept(chat):
    service = chat(a_turn("拍给谁看？", theme="太空"))
    reply = service.send("a", "太空")
    assert (reply.session_id, reply.turn.reply) == ("a", "拍给谁看？")
    assert history(service) == exchanges(("太空", "拍给谁看？"))
    assert service.brief("a") == a_brief("太空")
    assert service.conversation("a").pending is None


def test_the_writer_knows_what_was_said_before(conversations):
    writer = FakeWriter(a_turn("一答", theme="太空"), a_turn("二答"))
    service = ChatService(writer, conversations)
    service.send("a", "一问")
    service.send("a", "二问")
    (first, first_message), (second, second_message) = writer.calls
    assert (first.messages, first_message, second_message) == ([], "一问", "二问")
    assert [m.content for m in second.messages] == ["一问", "一答"]
    assert second.brief == a_brief("太空")


def test_the_first_message_opens_and_the_flag_opens_again_without_forgetting(chat):
    service = chat(a_turn("一"), a_turn("二"), a_turn("三"))
    openings = [
        service.send("a", "问").opening,
        service.send("a", "再问").opening,
        service.send("a", "从头", is_first=True).opening,
    ]
    assert openings == [True, False, True]
    assert len(history(service)) == 6


def test_times_follow_the_order_of_what_was_said(chat):
    service = chat(a_turn("一"), a_turn("二"))
    service.send("a", "问")
    service.send("a", "再问")
    times = [m.timestamp for m in service.conversation("a").messages]
    assert times == sorted(times)


def test_the_stream_gives_the_words_then_what_send_gives(conversations):
    parts = [Delta(text="拍给"), Delta(text="谁看？"), a_turn("拍给谁看？", theme="太空")]
    service = ChatService(FakeWriter(parts, parts), conversations)
    *deltas, streamed = service.stream("streamed", "太空")
    sent = service.send("sent", "太空")
    assert [d.text for d in deltas] == ["拍给", "谁看？"]
    assert isinstance(streamed, Reply)
    assert (streamed.turn, streamed.opening) == (sent.turn, sent.opening)
    assert history(service, "streamed") == history(service, "sent")
    assert service.brief("streamed") == service.brief("sent")


def test_when_the_stream_says_it_is_done_the_answer_is_kept(chat):
    service = chat([Delta(text="好"), a_turn("好")])
    for part in service.stream("a", "问"):
        kept = history(service)
        assert kept == (exchanges(("问", "好")) if isinstance(part, Reply) else [])


def test_a_writer_that_ends_without_a_turn_is_a_bug_and_keeps_the_message(chat):
    service = chat([Delta(text="嗯")], a_turn("好"))
    with pytest.raises(RuntimeError, match="fake"):
        service.send("a", "问")
    service.send("a", "问")
    assert history(service) == exchanges(("问", "好"))


# --- failures ---


@pytest.mark.parametrize(
    "failure", [UpstreamTimeout(), [Delta(text="我想"), UpstreamUnavailable()], ZeroDivisionError()]
)
def test_a_failure_goes_straight_up_and_the_message_waits(chat, failure):
    service = chat(failure)
    with pytest.raises((UpstreamTimeout, UpstreamUnavailable, ZeroDivisionError)):
        service.send("a", "我的长故事")
    assert history(service) == []
    assert service.conversation("a").pending == "我的长故事"


def test_sending_again_after_a_failure_asks_once(conversations):
    writer = FakeWriter(UpstreamTimeout(), UpstreamTimeout(), a_turn("好"))
    service = ChatService(writer, conversations)
    for _ in range(2):
        with pytest.raises(UpstreamTimeout):
            service.send("a", "我的故事")
    service.send("a", "我的故事")
    assert history(service) == exchanges(("我的故事", "好"))
    assert [message for _, message in writer.calls] == ["我的故事"] * 3


def test_a_message_that_got_no_answer_is_taken_along_with_the_next_one(conversations):
    writer = FakeWriter(a_turn("一答"), UpstreamTimeout(), a_turn("二答"), a_turn("三答"))
    service = ChatService(writer, conversations)
    service.send("a", "一问")
    with pytest.raises(UpstreamTimeout):
        service.send("a", "主角是李明")
    service.send("a", "他是宇航员")
    service.send("a", "三问")
    assert history(service) == exchanges(
        ("一问", "一答"), ("主角是李明\n他是宇航员", "二答"), ("三问", "三答")
    )
    assert service.conversation("a").pending is None


def test_several_failures_in_a_row_lose_nothing_and_repeat_nothing(conversations):
    writer = FakeWriter(*[UpstreamTimeout()] * 4, a_turn("好"))
    service = ChatService(writer, conversations)
    for message in ("一", "二", "二", "三"):
        with pytest.raises(UpstreamTimeout):
            service.send("a", message)
    service.send("a", "三")
    assert history(service) == exchanges(("一\n二\n三", "好"))


def test_a_waiting_message_survives_a_restart(tmp_path):
    with pytest.raises(UpstreamTimeout):
        ChatService(FakeWriter(UpstreamTimeout()), SqliteConversationStore(tmp_path)).send(
            "a", "一"
        )
    restarted = ChatService(FakeWriter(a_turn("好")), SqliteConversationStore(tmp_path))
    restarted.send("a", "二")
    assert history(restarted) == exchanges(("一\n二", "好"))


def test_a_failure_after_an_answer_does_not_undo_it(chat):
    service = chat([a_turn("好", theme="太空"), UpstreamTimeout()], a_turn("接着"))
    with pytest.raises(UpstreamTimeout):
        list(service.stream("a", "问"))
    service.send("a", "再问")
    assert history(service) == exchanges(("问", "好"), ("再问", "接着"))


def test_a_listener_who_leaves_keeps_nobody_else_waiting_and_loses_nothing(chat):
    service = chat([Delta(text="我"), Delta(text="想"), a_turn("我想")], a_turn("好"))
    words = service.stream("a", "一问")
    assert next(words) == Delta(text="我")
    words.close()
    assert history(service) == []
    service.send("a", "二问")
    assert history(service) == exchanges(("一问\n二问", "好"))


def test_a_stream_forgotten_in_another_thread_holds_nobody_up(chat):
    service = chat([Delta(text="我"), a_turn("我")], a_turn("好"))
    words = [service.stream("a", "一问")]
    listener = threading.Thread(target=lambda: next(words[0]))
    listener.start()
    listener.join(PATIENCE)
    words.clear()
    gc.collect()
    service.send("a", "二问")
    assert history(service) == exchanges(("一问\n二问", "好"))


def test_a_conversation_still_being_answered_is_busy(tmp_path):
    hasty = SqliteConversationStore(tmp_path, patience=0.05)
    service = ChatService(FakeWriter([Delta(text="我"), a_turn("我")], a_turn("好")), hasty)
    words = service.stream("a", "一问")
    next(words)
    with pytest.raises(ConversationBusy):
        service.send("a", "二问")
    with pytest.raises(ConversationBusy):
        service.reset("a")
    assert [type(part) for part in words] == [Reply]
    assert history(service) == exchanges(("一问", "我"))


# --- several at once ---


def test_messages_sent_at_once_are_answered_one_after_the_other(conversations):
    writer = EchoWriter()
    service = ChatService(writer, conversations)
    barrier = threading.Barrier(6)

    def send(number):
        barrier.wait(PATIENCE)
        for turn in range(3):
            reply = service.send("a", f"{number}-{turn}")
            assert reply.turn.reply == f"答：{number}-{turn}"

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    said = history(service)
    asked = [content for role, content in said if role == "user"]
    assert said == exchanges(*((q, f"答：{q}") for q in asked))
    assert sorted(asked) == sorted(f"{n}-{turn}" for n in range(6) for turn in range(3))
    assert writer.overlaps == 0
    assert service.brief("a").idea.theme == asked[-1]


def test_a_second_message_waits_until_the_first_is_answered(conversations):
    service = ChatService(EchoWriter(), conversations)
    words = service.stream("a", "一问")
    next(words)
    second = threading.Thread(target=service.send, args=("a", "二问"))
    second.start()
    second.join(0.05)
    assert second.is_alive()
    list(words)
    second.join(PATIENCE)
    assert history(service) == exchanges(("一问", "答：一问"), ("二问", "答：二问"))


def test_another_session_does_not_wait(conversations):
    service = ChatService(EchoWriter(), conversations)
    words = service.stream("a", "慢")
    next(words)
    service.send("b", "快")
    assert history(service, "b") == exchanges(("快", "答：快"))
    assert history(service, "a") == []
    list(words)
    assert history(service, "a") == exchanges(("慢", "答：慢"))


def test_two_sessions_know_nothing_of_each_other(conversations):
    writer = FakeWriter(a_turn("甲答", theme="甲"), UpstreamTimeout(), a_turn("乙答", theme="乙"))
    service = ChatService(writer, conversations)
    service.send("a", "甲问")
    with pytest.raises(UpstreamTimeout):
        service.send("a", "没答的")
    service.send("b", "乙问")
    assert history(service, "b") == exchanges(("乙问", "乙答"))
    assert writer.calls[-1][0].messages == []
    assert [service.brief(s).idea.theme for s in "ab"] == ["甲", "乙"]
    service.reset("b")
    assert history(service, "b") == []
    assert history(service, "a") == exchanges(("甲问", "甲答"))


def test_after_a_reset_the_next_message_opens_anew(conversations):
    writer = FakeWriter(a_turn("一答", theme="太空"), UpstreamTimeout(), a_turn("新答"))
    service = ChatService(writer, conversations)
    service.send("a", "一问")
    with pytest.raises(UpstreamTimeout):
        service.send("a", "没答的")
    service.reset("a")
    reply = service.send("a", "新问")
    assert reply.opening
    assert history(service) == exchanges(("新问", "新答"))
    assert writer.calls[-1][1] == "新问"
    assert writer.calls[-1][0].brief.idea.theme is None
