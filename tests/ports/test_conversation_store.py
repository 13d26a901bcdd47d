"""What every `ConversationStore` keeps to."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from src.spark.errors import ConversationBusy, StorageUnavailable
from src.spark.models import Brief, Conversation, Message, Source, Usage

from ..samples import FAKED, a_brief, answered, asked
from .processes import PATIENCE, acknowledged_before_kills, full_disk, spawn
from .stores import CONVERSATION_STORES

ODD_IDS = ["", "..", "../../x", "a/b", "\0", "'; drop table messages; --", "%", "🎬", "x" * 300]


@pytest.fixture(params=CONVERSATION_STORES)
def adapter(request):
    return request.param


@pytest.fixture
def place(tmp_path):
    return tmp_path / "conversations"


@pytest.fixture
def store(adapter, place):
    return CONVERSATION_STORES[adapter](place, 30)


@pytest.fixture
def other(adapter, place):
    """The same conversations as another process has them."""
    return CONVERSATION_STORES[adapter](place, 30)


@pytest.fixture
def hasty(adapter, place):
    """A store that does not wait long for a conversation that is held."""
    return CONVERSATION_STORES[adapter](place, 0.05)


@pytest.fixture
def holder(adapter, place):
    """Another process that holds the conversation `a` until it is told or killed."""
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=hold_until_told, args=(adapter, str(place), theirs))
    process.start()
    assert ours.poll(PATIENCE)
    assert ours.recv() == "held"
    process.tell = ours.send
    yield process
    process.kill()
    process.join(PATIENCE)


def hold_until_told(adapter, place, pipe):
    with CONVERSATION_STORES[adapter](Path(place), 30).hold("a"):
        pipe.send("held")
        pipe.recv()


def exchange(store, session_id, text):
    store.append(session_id, asked(text), answered(f"答：{text}"), a_brief(text))


def spent(about):
    return Usage.of("turn", FAKED, about)


def entered(store, session_id, **which):
    return [entry.about for entry in store.ledger(session_id, **which)]


def contents(store, session_id):
    return [message.content for message in store.load(session_id).messages]


def questions(store, session_id):
    """The questions of a conversation in which each must have its own answer behind it."""
    messages = store.load(session_id).messages
    pairs = list(zip(messages[::2], messages[1::2], strict=True))
    assert [(q.role, a.role) for q, a in pairs] == [("user", "assistant")] * len(pairs)
    assert [a.content for _, a in pairs] == [f"答：{q.content}" for q, _ in pairs]
    return [q.content for q, _ in pairs]


# --- one conversation ---


def test_a_conversation_nobody_began_is_empty(store):
    assert store.load("a") == Conversation(session_id="a")


def test_what_was_said_comes_back_whole_in_another_process(store, other):
    question = Message(
        role="user",
        content="想拍🎬\n“引号”' \x00 \u202e\u2028",
        timestamp=datetime(2024, 1, 1, 8, 30, 15, 123456, tzinfo=UTC),
    )
    answer = answered("好的")
    brief = Brief(
        idea={"theme": "太空", "basic_characters": ["李明"]},
        sources={"theme": Source(message=0, text="想拍🎬")},
        notes={"李明": "退休"},
        asked="plot",
        offers=["一", "二"],
        waived=["mood"],
        language="zh",
    )
    store.append("a", question, answer, brief)
    expected = Conversation(session_id="a", messages=[question, answer], brief=brief)
    assert store.load("a") == expected
    assert other.load("a") == expected
    assert other.load("a").messages[0].timestamp.utcoffset() is not None


def test_exchanges_keep_their_order(store):
    for number in range(30):
        exchange(store, "a", f"第{number}句")
    assert questions(store, "a") == [f"第{number}句" for number in range(30)]
    assert store.load("a").brief == a_brief("第29句")


@pytest.mark.parametrize("session_id", ODD_IDS, ids=ascii)
def test_any_id_is_a_conversation_of_its_own(store, place, session_id):
    for other_id in [i for i in ODD_IDS if i != session_id]:
        exchange(store, other_id, "别人的话")
    with store.hold(session_id):
        exchange(store, session_id, "我的话")
        store.keep(session_id, "还没答的话")
    assert questions(store, session_id) == ["我的话"]
    store.clear(session_id)
    assert store.load(session_id) == Conversation(session_id=session_id)
    assert {tuple(questions(store, i)) for i in ODD_IDS if i != session_id} == {("别人的话",)}
    assert {path.name for path in place.parent.iterdir()} <= {place.name}


def test_a_kept_message_waits_beside_what_was_said(store, other):
    exchange(store, "a", "第一句")
    store.keep("a", "第二句")
    waiting = other.load("a")
    assert waiting.pending == "第二句"
    assert waiting.brief == a_brief("第一句")
    assert questions(other, "a") == ["第一句"]


def test_the_last_kept_message_is_the_one_that_waits(store):
    store.keep("a", "第一次")
    store.keep("a", "第二次")
    assert store.load("a") == Conversation(session_id="a", pending="第二次")


def test_an_answer_ends_the_waiting(store):
    store.keep("a", "问")
    exchange(store, "a", "问")
    assert store.load("a").pending is None
    assert questions(store, "a") == ["问"]


def test_a_cleared_conversation_begins_anew(store, other):
    exchange(store, "a", "旧")
    store.keep("a", "没答")
    exchange(store, "b", "别人")
    other.clear("a")
    assert store.load("a") == Conversation(session_id="a")
    exchange(store, "a", "新")
    assert questions(other, "a") == ["新"]
    assert questions(other, "b") == ["别人"]


def test_clearing_what_was_never_said_is_no_failure(store):
    store.clear("a")
    assert store.load("a") == Conversation(session_id="a")


# --- a brief set by hand ---


def test_a_revised_brief_takes_the_place_of_the_old_one_and_nothing_else_changes(store, other):
    exchange(store, "a", "第一句")
    store.keep("a", "没答")
    before = store.load("a")
    store.revise("a", a_brief("手写的"))
    assert other.load("a") == before.model_copy(update={"brief": a_brief("手写的")})


def test_a_brief_can_be_there_before_anything_was_said(store, other):
    store.revise("a", a_brief("手写的"))
    assert other.load("a") == Conversation(session_id="a", brief=a_brief("手写的"))
    store.keep("a", "没答")
    assert other.load("a").brief == a_brief("手写的")
    exchange(store, "a", "说了")
    assert other.load("a").brief == a_brief("说了")


def test_a_revision_is_of_one_conversation_and_gone_when_that_is_cleared(store):
    exchange(store, "b", "别人")
    store.revise("a", a_brief("手写的"))
    assert store.load("b").brief == a_brief("别人")
    store.clear("a")
    assert store.load("a") == Conversation(session_id="a")


# --- what was spent ---


def test_nothing_was_spent_by_who_did_nothing(store):
    assert store.ledger("a") == store.ledger("a", conversation=True) == []


def test_what_was_entered_comes_back_whole_in_another_process(store, other):
    whole = Usage(
        engine="openai",
        provider="api.test",
        model="gpt-x",
        seconds=1.25,
        tokens_in=None,
        tokens_out=7,
        attempts=3,
        cached=True,
        kind="image",
        about="林夏/\x00🎬",
        outcome="failed",
    )
    store.record("a", whole)
    assert other.ledger("a") == other.ledger("a", conversation=True) == [whole]


def test_entries_keep_their_order_whichever_way_they_came(store):
    store.record("a", spent("一"), spent("二"))
    store.append("a", asked("问"), answered("答"), Brief(), spent("三"))
    store.record("a", spent("四"))
    store.record("a")
    assert entered(store, "a") == entered(store, "a", conversation=True) == [*"一二三四"]


def test_an_exchange_need_not_have_taken_anything(store):
    exchange(store, "a", "问")
    assert store.ledger("a") == []


def test_what_is_entered_aside_is_the_sessions_and_not_the_conversations(store):
    store.record("a", spent("一"))
    store.record("a", spent("画像"), aside=True)
    store.record("a", spent("二"))
    assert entered(store, "a") == ["一", "画像", "二"]
    assert entered(store, "a", conversation=True) == ["一", "二"]


def test_what_a_cleared_conversation_cost_stays_with_the_session_alone(store, other):
    store.append("a", asked("问"), answered("答"), Brief(), spent("一"))
    store.record("a", spent("二"))
    other.clear("a")
    assert entered(store, "a") == ["一", "二"]
    assert entered(store, "a", conversation=True) == []
    store.record("a", spent("三"))
    assert entered(store, "a") == ["一", "二", "三"]
    assert entered(store, "a", conversation=True) == ["三"]


@pytest.mark.parametrize("session_id", ODD_IDS, ids=ascii)
def test_any_id_has_a_ledger_of_its_own(store, session_id):
    for other_id in [i for i in ODD_IDS if i != session_id]:
        store.record(other_id, spent("别人的"))
    store.record(session_id, spent("我的"))
    store.clear(session_id)
    assert entered(store, session_id) == ["我的"]
    assert entered(store, session_id, conversation=True) == []
    for other_id in [i for i in ODD_IDS if i != session_id]:
        assert entered(store, other_id, conversation=True) == ["别人的"]


def test_what_is_spent_is_no_part_of_what_was_said(store):
    store.record("a", spent("一"))
    assert store.load("a") == Conversation(session_id="a")


# --- many at once ---


def test_exchanges_of_many_threads_are_all_there_each_with_its_answer(store, other, in_threads):
    def speak(number):
        for turn in range(5):
            exchange(store if number % 2 else other, "a", f"{number}-{turn}")

    in_threads(8, speak)
    said = questions(store, "a")
    assert sorted(said) == sorted(f"{n}-{turn}" for n in range(8) for turn in range(5))
    for number in range(8):
        assert [q for q in said if q.startswith(f"{number}-")] == [
            f"{number}-{t}" for t in range(5)
        ]


def speak_in_a_process(number, adapter, place):
    store = CONVERSATION_STORES[adapter](Path(place), 30)
    for turn in range(10):
        with store.hold("a"):
            before = len(store.load("a").messages)
            store.keep("a", "…")
            exchange(store, "a", f"{number}-{turn}")
            assert len(store.load("a").messages) == before + 2
            assert store.load("a").pending is None
        exchange(store, "b", f"{number}-{turn}")


def test_processes_lose_nothing_of_each_other(store, adapter, place, in_processes):
    in_processes(speak_in_a_process, adapter, str(place))
    everything = sorted(f"{n}-{turn}" for n in range(3) for turn in range(10))
    assert sorted(questions(store, "a")) == sorted(questions(store, "b")) == everything


def test_a_reader_never_sees_a_question_without_its_answer(store, other, in_threads):
    def work(number):
        if number == 0:
            for turn in range(40):
                exchange(store, "a", str(turn))
            return
        seen = 0
        while seen < 40:
            conversation = other.load("a")
            assert len(conversation.messages) % 2 == 0
            if conversation.messages:
                assert conversation.brief.idea.theme == conversation.messages[-2].content
            assert len(conversation.messages) // 2 >= seen
            seen = len(conversation.messages) // 2

    in_threads(3, work)
    assert questions(store, "a") == [str(turn) for turn in range(40)]


# --- holding ---


def test_only_one_thread_holds_a_conversation_at_a_time(store, other, in_threads):
    inside, most = [], []

    def hold(number):
        for _ in range(10):
            with (store if number % 2 else other).hold("a"):
                inside.append(number)
                most.append(len(inside))
                store.load("a")
                inside.remove(number)

    in_threads(6, hold)
    assert most == [1] * 60


def count_in_a_process(number, adapter, place):
    counter = Path(place) / "counter"
    store = CONVERSATION_STORES[adapter](Path(place), 30)
    for _ in range(40):
        with store.hold("a"):
            counter.write_text(str(int(counter.read_text()) + 1))


def test_only_one_process_holds_a_conversation_at_a_time(adapter, place, in_processes):
    place.mkdir(exist_ok=True)
    (place / "counter").write_text("0")
    in_processes(count_in_a_process, adapter, str(place))
    assert (place / "counter").read_text() == "120"


def test_whoever_waits_goes_on_when_the_conversation_is_free(store, other):
    waiting, done = threading.Event(), threading.Event()

    def wait():
        waiting.set()
        with other.hold("a"):
            exchange(other, "a", "二")
            done.set()

    thread = threading.Thread(target=wait)
    with store.hold("a"):
        thread.start()
        assert waiting.wait(PATIENCE)
        exchange(store, "a", "一")
        assert not done.is_set()
    assert done.wait(PATIENCE)
    thread.join(PATIENCE)
    assert questions(store, "a") == ["一", "二"]


def test_a_conversation_that_stays_held_is_busy_and_says_when_to_come_back(store, hasty):
    with store.hold("a"):
        with pytest.raises(ConversationBusy) as busy, hasty.hold("a"):
            pytest.fail("two held one conversation")
        assert busy.value.retry_after
        with hasty.hold("b"):
            exchange(hasty, "b", "不受影响")
    with hasty.hold("a"):
        exchange(hasty, "a", "轮到我了")
    assert questions(store, "a") == ["轮到我了"]


def test_a_failure_inside_lets_go_of_the_conversation(store, hasty):
    with pytest.raises(ZeroDivisionError), store.hold("a"):
        raise ZeroDivisionError
    with hasty.hold("a"):
        exchange(hasty, "a", "接着说")
    assert questions(store, "a") == ["接着说"]


def test_a_conversation_taken_in_one_thread_can_be_let_go_in_another(store, hasty):
    held = store.hold("a")
    taking = threading.Thread(target=held.__enter__)
    taking.start()
    taking.join(PATIENCE)
    with pytest.raises(ConversationBusy), hasty.hold("a"):
        pytest.fail("two held one conversation")
    held.__exit__(None, None, None)
    with hasty.hold("a"):
        exchange(hasty, "a", "自由了")
    assert questions(store, "a") == ["自由了"]


def test_another_process_holds_a_conversation_until_it_lets_go(holder, hasty, store):
    with pytest.raises(ConversationBusy), hasty.hold("a"):
        pytest.fail("two held one conversation")
    holder.tell("go")
    with store.hold("a"):
        exchange(store, "a", "轮到我了")
    assert questions(store, "a") == ["轮到我了"]


def test_a_killed_holder_holds_nothing_any_more(holder, hasty, store):
    with pytest.raises(ConversationBusy), hasty.hold("a"):
        pytest.fail("two held one conversation")
    holder.kill()
    with store.hold("a"):
        exchange(store, "a", "继续")
    assert questions(store, "a") == ["继续"]


# --- what can go wrong ---


def speak_until_killed(adapter, place, run, acknowledge):
    store = CONVERSATION_STORES[adapter](Path(place), 30)
    for turn in range(3):
        text = f"{run}-{turn}"
        with store.hold("a"):
            store.keep("a", text)
            exchange(store, "a", text)
        acknowledge(f"said {text}")
        exchange(store, f"own {run}", text)
        acknowledge(f"own {text}")
    store.clear(f"own {run}")
    acknowledge(f"cleared {run}-")


@pytest.mark.usefixtures("short_leases")
@pytest.mark.parametrize("seed", [3])
def test_killed_speakers_lose_nothing_acknowledged_and_leave_nothing_half(adapter, place, seed):
    said = acknowledged_before_kills(speak_until_killed, adapter, str(place), seed)
    store = CONVERSATION_STORES[adapter](place, 5)
    lines = [line.split() for line in said]
    shared = questions(store, "a")
    assert len(shared) == len(set(shared))
    assert [q for q in shared if ["said", q] in lines] == [q for do, q in lines if do == "said"]
    assert store.load("a").brief.idea.theme == shared[-1]
    cleared = {text.split("-")[0] for do, text in lines if do == "cleared"}
    for run in {text.split("-")[0] for _, text in lines}:
        own = questions(store, f"own {run}")
        acknowledged = [q for do, q in lines if do == "own" and q.split("-")[0] == run]
        if own:
            assert run not in cleared
            assert own[: len(acknowledged)] == acknowledged
            assert store.load(f"own {run}").brief == a_brief(own[-1])
        else:
            assert len(acknowledged) in (0, 3)
            assert store.load(f"own {run}") == Conversation(session_id=f"own {run}")
    with store.hold("a"):
        exchange(store, "a", "之后")
    assert questions(store, "a") == [*shared, "之后"]


def test_threads_that_come_and_go_do_not_pile_up_open_files(store):
    """Garbage collection may take its time with a few of them, not with all."""
    exchange(store, "a", "开始")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(400):
        thread = threading.Thread(target=store.load, args=("a",))
        thread.start()
        thread.join(PATIENCE)
    assert len(list(Path("/proc/self/fd").iterdir())) < before + 200


# --- of the SQLite adapter ---


def speak_on_a_full_disk(number, place):
    store = CONVERSATION_STORES["sqlite"](Path(place) / str(number), 5)
    exchange(store, "a", "之前")
    before = store.load("a")
    long = "长" * 200_000
    with full_disk():
        with pytest.raises(StorageUnavailable):
            exchange(store, "a", long)
        with pytest.raises(StorageUnavailable):
            store.keep("a", long)
        with pytest.raises(StorageUnavailable):
            store.revise("a", a_brief(long))
        with pytest.raises(StorageUnavailable):
            store.append("a", asked("问"), answered("答"), Brief(), spent(long))
        with pytest.raises(StorageUnavailable):
            store.record("a", spent("短"), spent(long))
        assert store.load("a") == before
        assert store.ledger("a") == []
    exchange(store, "a", long)
    return [text[:3] for text in questions(store, "a")]


def test_a_full_disk_is_said_and_changes_nothing(tmp_path, in_processes):
    told = in_processes(speak_on_a_full_disk, str(tmp_path))
    assert told == [["之前", "长长长"]] * 3


def test_a_place_that_cannot_be_used_is_said_by_every_method(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = CONVERSATION_STORES["sqlite"](tmp_path / "file", 1)
    for attempt in (
        lambda: store.hold("a").__enter__(),
        lambda: store.load("a"),
        lambda: store.keep("a", "问"),
        lambda: exchange(store, "a", "问"),
        lambda: store.clear("a"),
        lambda: store.revise("a", a_brief("手写的")),
        lambda: store.record("a", spent("一")),
        lambda: store.ledger("a"),
    ):
        with pytest.raises(StorageUnavailable):
            attempt()
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_damaged_file_is_said_as_unavailable_storage(place):
    place.mkdir()
    (place / "conversations.sqlite").write_bytes(b"this is no database" * 1000)
    store = CONVERSATION_STORES["sqlite"](place, 1)
    for attempt in (lambda: store.load("a"), lambda: exchange(store, "a", "问")):
        with pytest.raises(StorageUnavailable):
            attempt()
