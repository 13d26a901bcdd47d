"""What a model understood, taken into the brief of a conversation."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from src.spark.adapters.openai import briefs
from src.spark.adapters.openai.forms import BRIEF, IDEA
from src.spark.models import (
    FIELD_OF,
    OPTIONAL,
    REQUIRED,
    Brief,
    IdeaDraft,
    Source,
    UserIdea,
)

from ...samples import SEED_IDEA, answered, asked
from .strategies import TALK, VALUES, WORDS

MESSAGE = "一部关于深空信号的科幻片，主角是宇航员林夏"
EMPTY = Brief()
KNOWN = Brief(
    idea=IdeaDraft(theme="深空信号", genre="科幻", basic_characters=["林夏"], mood="紧张"),
    sources={
        "theme": Source(message=0, text="深空信号"),
        "genre": Source(message=0, text="科幻片"),
        "characters": Source(message=0, text="林夏"),
        "mood": Source(message=None, text="紧张", by="hand"),
    },
    notes={"林夏": "宇航员"},
)


def answer(idea, said=(), waived=()):
    """A model's answer; `said` as pairs of element and quote."""
    quotes = [{"element": element, "quote": quote} for element, quote in said]
    return IDEA.read(json.dumps({"idea": idea, "said": quotes, "waived": list(waived)}))


def updated(idea, *said, brief=EMPTY, message=MESSAGE, waived=()):
    """`brief` after a message, as a model understood it."""
    return briefs.update(brief, answer(idea, said, waived), message, 4, "zh")


def as_before(**changes):
    """The idea of `KNOWN` as a model repeats it, with changes."""
    idea = {
        "theme": "深空信号",
        "genre": "科幻",
        "characters": [{"name": "林夏", "note": ""}],
        "mood": "紧张",
    }
    return {**idea, **changes}


# --- what a message brings ---


def test_what_a_message_gives_is_known_and_where_it_was_said():
    brief = updated(
        {"theme": "深空信号", "genre": "科幻", "characters": [{"name": "林夏", "note": "宇航员"}]},
        ("theme", "深空信号"),
        ("genre", "科幻片"),
        ("characters", "宇航员 林夏"),
    )
    assert brief.idea == IdeaDraft(theme="深空信号", genre="科幻", basic_characters=["林夏"])
    assert brief.sources == {
        "theme": Source(message=4, text="深空信号"),
        "genre": Source(message=4, text="科幻片"),
        "characters": Source(message=4, text="宇航员 林夏"),
    }
    assert brief.notes == {"林夏": "宇航员"}
    assert (brief.language, brief.asked, brief.waived) == ("zh", None, [])


@pytest.mark.parametrize("quote", ["她从没说过的话", "", "，", "🎬"])
def test_a_quote_that_is_not_in_the_message_gives_way_to_the_message(quote):
    brief = updated({"genre": "科幻"}, ("genre", quote))
    assert brief.sources["genre"] == Source(message=4, text=MESSAGE)


def test_a_long_message_or_quote_is_an_excerpt():
    message = "科幻" * 500
    assert updated({"genre": "科幻"}, message=message).sources["genre"].text == message[:200]
    brief = updated({"genre": "科幻"}, ("genre", message), message=message)
    assert brief.sources["genre"].text == message[:200]


def test_what_the_model_repeats_keeps_where_it_was_said():
    assert updated(as_before(), brief=KNOWN, message="嗯").sources == KNOWN.sources


@pytest.mark.parametrize("element", ["theme", "genre", "characters", "mood"])
def test_what_the_model_leaves_out_stays(element):
    brief = updated(as_before(**{element: None}), brief=KNOWN, message="嗯")
    assert brief.idea == KNOWN.idea
    assert brief.sources == KNOWN.sources


@pytest.mark.parametrize("element", ["theme", "genre", "characters", "mood"])
def test_what_the_message_takes_back_goes_with_its_source(element):
    taken_back = as_before(**{element: None})
    brief = updated(taken_back, (element, "不要了"), brief=KNOWN, message="这个不要了")
    if element != "theme":  # the genre stands in for it
        assert not brief.idea.value(element)
        assert element not in brief.sources
    others = {"theme", "genre", "characters", "mood"} - {element}
    assert [brief.idea.value(e) for e in others] == [KNOWN.idea.value(e) for e in others]


def test_what_the_message_changes_is_changed_and_said_there():
    changed = as_before(genre="喜剧", characters=[{"name": "林夏"}, {"name": "小白"}])
    brief = updated(changed, ("genre", "喜剧"), brief=KNOWN, message="还是喜剧吧，再加上小白")
    assert brief.idea.genre == "喜剧"
    assert brief.idea.basic_characters == ["林夏", "小白"]
    assert brief.sources["genre"] == Source(message=4, text="喜剧")
    assert brief.sources["characters"] == Source(message=4, text="还是喜剧吧，再加上小白")
    assert brief.sources["theme"] == KNOWN.sources["theme"]


# --- what was set by hand ---


@pytest.mark.parametrize(
    "quotes", [[], [("mood", "轻松愉快")], [("mood", "")], [("mood", "？")], [("genre", "不知道")]]
)
@pytest.mark.parametrize("mood", ["轻松", None])
def test_what_was_set_by_hand_stays_unless_the_message_speaks_of_it(quotes, mood):
    brief = updated(as_before(mood=mood), *quotes, brief=KNOWN, message="不知道？")
    assert brief.idea.mood == "紧张"
    assert brief.sources["mood"] == KNOWN.sources["mood"]


def test_what_was_set_by_hand_changes_where_the_message_says_so():
    brief = updated(as_before(mood="轻松"), ("mood", "轻松一点"), brief=KNOWN, message="轻松一点吧")
    assert brief.idea.mood == "轻松"
    assert brief.sources["mood"] == Source(message=4, text="轻松一点")
    brief = updated(as_before(mood=None), ("mood", "氛围随便"), brief=KNOWN, message="氛围随便")
    assert brief.idea.mood is None
    assert "mood" not in brief.sources


def test_a_quote_counts_whatever_its_blanks_capitals_and_marks():
    known = KNOWN.model_copy(update={"idea": KNOWN.idea.model_copy(update={"mood": "Tense"})})
    said = ("mood", "“make it,  LIGHT.”")
    brief = updated(as_before(mood="light"), said, brief=known, message="Make\nit light!")
    assert brief.idea.mood == "light"


# --- the theme that a genre stands in for ---


def test_a_genre_alone_is_the_theme_for_the_time_being():
    brief = updated({"genre": "科幻"}, ("genre", "科幻片"))
    assert brief.idea.theme == "科幻"
    assert brief.sources["theme"] == brief.sources["genre"] == Source(message=4, text="科幻片")
    assert brief.idea.missing(REQUIRED) == ["characters", "plot"]


@pytest.mark.parametrize("repeated", [None, "科幻"])
def test_such_a_theme_goes_with_the_genre(repeated):
    brief = updated({"genre": "科幻"}, ("genre", "科幻片"))
    changed = {"theme": repeated, "genre": "喜剧"}
    later = updated(changed, ("genre", "喜剧"), brief=brief, message="不，喜剧")
    assert (later.idea.theme, later.idea.genre) == ("喜剧", "喜剧")
    assert later.sources["theme"] == Source(message=4, text="喜剧")
    gone = updated({"theme": repeated}, ("genre", "科幻"), brief=brief, message="不要科幻了")
    assert (gone.idea.theme, gone.idea.genre) == (None, None)
    assert gone.sources == {}


def test_a_theme_that_was_said_outlasts_the_genre():
    message = "科幻片，讲深空信号"
    brief = updated({"theme": "深空信号", "genre": "科幻"}, message=message)
    later = updated({"genre": "喜剧"}, ("genre", "喜剧"), brief=brief, message="不，喜剧")
    assert (later.idea.theme, later.idea.genre) == ("深空信号", "喜剧")
    by_hand = Source(message=None, text="科幻", by="hand")
    known = Brief(
        idea=IdeaDraft(theme="科幻", genre="科幻"), sources={"theme": by_hand, "genre": by_hand}
    )
    later = updated({"genre": "喜剧"}, ("genre", "喜剧"), brief=known, message="喜剧")
    assert (later.idea.theme, later.idea.genre) == ("科幻", "喜剧")


# --- notes and waivers ---


def test_notes_are_kept_for_those_who_stay_and_go_with_those_who_go():
    told = Brief(
        idea=IdeaDraft(basic_characters=["林夏", "老周"]), notes={"林夏": "宇航员", "老周": "船长"}
    )
    characters = [{"name": "林夏", "note": ""}, {"name": "小白", "note": "机器人"}]
    brief = updated({"characters": characters}, brief=told, message="老周换成小白")
    assert brief.notes == {"林夏": "宇航员", "小白": "机器人"}
    characters = [{"name": "林夏", "note": "退役宇航员"}]
    assert updated({"characters": characters}, brief=brief).notes == {"林夏": "退役宇航员"}
    assert updated({}, brief=brief).notes == brief.notes


def test_only_what_is_optional_and_open_is_waived():
    brief = updated({"mood": "紧张"}, waived=["mood", "audience", "theme", "plot"])
    assert brief.waived == ["audience"]
    later = updated({"mood": None}, brief=brief, waived=["duration"])
    assert later.waived == ["audience", "duration"]
    known = updated({"audience": "孩子"}, ("audience", "给孩子看"), brief=later, message="给孩子看")
    assert known.waived == ["duration"]


# --- bounds ---

LONG = "长" * 10_000
TOO_MUCH = {
    "theme": "主" * 5_000,
    "genre": "科" * 5_000,
    "characters": [{"name": f"{n}{LONG if n < 9 else ''}", "note": LONG} for n in range(1_000)],
    "plot": [LONG, *(f"{n}" for n in range(1_000))],
    "audience": "众" * 5_000,
    "duration_seconds": 10**12,
    "visual_style": "风" * 5_000,
    "mood": "气" * 5_000,
}


def whole_idea(brief):
    """The idea that would come of a brief, with the sample's words where it has none."""
    known = {field: value for field, value in brief.idea if value}
    return UserIdea.model_validate({**SEED_IDEA, **known})


def test_too_much_of_everything_is_an_idea_within_its_bounds():
    for brief in (
        updated(TOO_MUCH),
        briefs.whole(BRIEF.read(json.dumps({"idea": TOO_MUCH})), [asked("好")], "zh"),
    ):
        idea = whole_idea(brief)
        assert idea.model_dump() == brief.idea.model_dump()
        assert (len(idea.theme), len(idea.genre), len(idea.plot_points[0])) == (500, 200, 2000)
        assert (len(idea.basic_characters), len(idea.plot_points)) == (20, 100)
        assert idea.duration_preference == 3600
        assert [len(note) for note in brief.notes.values()] == [1000] * 20


def test_names_that_are_one_within_bounds_are_one():
    characters = [{"name": f"{'长' * 200}{n}", "note": f"{n}"} for n in range(3)]
    assert updated({"characters": characters}).idea.basic_characters == ["长" * 200]
    assert updated({"plot": ["她醒来", " 她醒来\n", "她走"]}).idea.plot_points == ["她醒来", "她走"]


IDEAS = st.dictionaries(
    st.sampled_from([*FIELD_OF, "duration_seconds"]),
    VALUES | TALK | WORDS.map(lambda word: word * 300) | st.lists(TALK | WORDS, max_size=30),
)


@given(st.lists(st.tuples(IDEAS, TALK), min_size=1, max_size=3), st.data())
def test_whatever_a_model_says_the_idea_stays_within_bounds(turns, data):
    brief = EMPTY
    for position, (idea, message) in enumerate(turns):
        quotes = [
            {"element": e, "quote": data.draw(st.sampled_from([message, "", "x"]))}
            for e in data.draw(st.lists(st.sampled_from(list(FIELD_OF))))
        ]
        said = {"idea": {**idea, "characters": None, "plot": None}, "said": quotes}
        for field in ("characters", "plot"):
            if isinstance(idea.get(field), str | list | dict):
                said["idea"][field] = idea[field]
        brief = briefs.update(brief, IDEA.read(json.dumps(said)), message, 2 * position, "zh")
        whole_idea(brief)
        assert set(brief.sources) == {e for e in FIELD_OF if brief.idea.value(e)}
        assert set(brief.notes) <= set(brief.idea.basic_characters)
        assert not set(brief.waived) & {e for e in OPTIONAL if brief.idea.value(e)}
        assert all(len(source.text) <= 200 for source in brief.sources.values())
        assert Brief.model_validate_json(brief.model_dump_json()) == brief


# --- a conversation read at once ---

TALKED = [
    asked("我想拍科幻片"),
    answered("好，科幻片！讲什么呢？"),
    asked("深空信号，主角是林夏，宇航员"),
    answered("她遇到了什么？"),
]


def read(idea, *sources):
    """The brief of `TALKED`; the sources as triples of element, message and quote."""
    placed = [{"element": e, "message": m, "quote": q} for e, m, q in sources]
    return briefs.whole(BRIEF.read(json.dumps({"idea": idea, "sources": placed})), TALKED, "zh")


def test_a_conversation_read_at_once_has_its_sources_and_notes():
    brief = read(
        {"theme": "深空信号", "genre": "科幻", "characters": [{"name": "林夏", "note": "宇航员"}]},
        ("genre", 0, "科幻片"),
        ("theme", 2, "深空信号"),
    )
    assert brief.idea == IdeaDraft(theme="深空信号", genre="科幻", basic_characters=["林夏"])
    assert brief.sources == {
        "genre": Source(message=0, text="科幻片"),
        "theme": Source(message=2, text="深空信号"),
    }
    assert brief.notes == {"林夏": "宇航员"}
    assert brief.language == "zh"


@pytest.mark.parametrize("miscounted", [0, 1, 3, 99, -1, None, "third"])
def test_a_quote_is_looked_for_where_it_is(miscounted):
    brief = read({"theme": "深空信号"}, ("theme", miscounted, "深空信号"))
    assert brief.sources == {"theme": Source(message=2, text="深空信号")}


@pytest.mark.parametrize(("named", "source"), [(2, 2), (1, None), (99, None), (-1, None)])
def test_a_quote_that_is_nowhere_gives_way_to_the_persons_message(named, source):
    brief = read({"theme": "深空信号"}, ("theme", named, "来自深空的呼唤"))
    expected = None if source is None else Source(message=source, text=TALKED[source].content)
    assert brief.sources.get("theme") == expected


def test_nothing_is_the_source_of_what_is_not_known():
    assert read({"theme": None}, ("theme", 2, "深空信号")).sources == {}
    assert read({"genre": "科幻"}, ("genre", 0, "科幻片")).idea.theme == "科幻"
