"""What models mean by what they write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from src.spark.adapters.openai import lenient
from src.spark.models import FIELD_OF

from .strategies import TALK, VALUES, WORDS


def named(value):
    return [entry["name"] for entry in lenient.names(value)]


# --- words ---


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("  科幻 \n", "科幻"),
        ("\ufeff\u3000科幻\x85", "科幻"),
        ("\ufeff \u2003", ""),
        (["第一段", "第二段"], "第一段\n第二段"),
        (["", None, [], "only"], "only"),
        ({"text": "kind"}, "kind"),
        ({"name": "林夏", "age": 30}, "林夏"),
        ({"description": {"text": "deep"}}, "deep"),
        ({"whatever": "else"}, ""),
        (2046, "2046"),
        (0, "0"),
        (None, ""),
        (True, ""),
    ],
)
def test_words_are_taken_out_of_whatever_holds_them(said, meant):
    assert lenient.text(said) == meant


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "  ",
        None,
        "null",
        "None",
        "N/A",
        "Not specified",
        "TBD",
        "-",
        [],
        {},
        False,
        "无",
        "未提及",
    ],
)
def test_a_word_for_nothing_is_nothing(nothing):
    assert lenient.text_or_none(nothing) is None


@pytest.mark.parametrize("something", ["无间道", "Nonesuch", "the unknown", "没有人的岛", 0])
def test_words_that_only_begin_like_nothing_are_something(something):
    assert lenient.text_or_none(something) == str(something)


# --- lists ---


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("- 她醒来", "她醒来"),
        ("-她醒来", "她醒来"),
        ("• She wakes", "She wakes"),
        ("·她醒来", "她醒来"),
        ("* She wakes", "She wakes"),
        ("1. She wakes", "She wakes"),
        ("1.她醒来", "她醒来"),
        ("2、她醒来", "她醒来"),
        ("3) She wakes", "She wakes"),
        ("(4) She wakes", "She wakes"),
        ("（5）她醒来", "她醒来"),
        ("6：她醒来", "她醒来"),
        ("七、她醒来", "她醒来"),
        ("⑧ 她醒来", "她醒来"),
        ("12. She wakes", "She wakes"),
        ("  1.  她醒来  ", "她醒来"),
    ],
)
def test_bullets_and_numbers_are_no_part_of_an_entry(line, meant):
    assert lenient.texts([line]) == lenient.texts(line) == named([line]) == [meant]


@pytest.mark.parametrize(
    "line",
    [
        "3.5 billion years pass",
        "10:30 the bomb ticks",
        "007: the end",
        "1984",
        "**She** wakes",
        "-5度的夜晚",
        "2049年，她醒来",
        "一二三，跳！",
        "—— 走吧",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(line):
    assert lenient.texts([line]) == [line]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("1. 她醒来\n2. 她出发\r\n\n3. 她到了", ["她醒来", "她出发", "她到了"]),
        ({"1": "她醒来", "2": "她出发"}, ["她醒来", "她出发"]),
        ([{"event": "她醒来"}, ["她", "出发"], None, "", 3], ["她醒来", "她\n出发", "3"]),
        ("她醒来，然后出发", ["她醒来，然后出发"]),
        (None, []),
        ("", []),
        ([], []),
    ],
)
def test_a_list_is_read_out_of_paragraphs_and_mappings(said, meant):
    assert lenient.texts(said) == meant


# --- names ---


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("林夏、小白", ["林夏", "小白"]),
        ("林夏，小白；老周", ["林夏", "小白", "老周"]),
        ("林夏和小白", ["林夏", "小白"]),
        ("林夏、小白和老周", ["林夏", "小白", "老周"]),
        ("林夏与AI助手", ["林夏", "AI助手"]),
        ("林夏，以及小白", ["林夏", "小白"]),
        ("宇航员（林夏，三十岁）、小白", ["宇航员（林夏，三十岁）", "小白"]),
        ("1. 林夏\n2. 小白", ["林夏", "小白"]),
        ("Mia, Bolt and Tom", ["Mia", "Bolt", "Tom"]),
        ("Mia, Bolt, and Tom", ["Mia", "Bolt", "Tom"]),
        ("Mia and her robot Bolt", ["Mia", "her robot Bolt"]),
        ("a knight & a dragon", ["a knight", "a dragon"]),
        ("- Mia\n- Bolt", ["Mia", "Bolt"]),
        ("Mia (30, brave), Bolt", ["Mia (30, brave)", "Bolt"]),
    ],
)
def test_the_names_in_a_sentence_are_found(said, meant):
    assert named(said) == meant


@pytest.mark.parametrize(
    "name",
    [
        "和平",
        "李和平",
        "小和尚",
        "老和尚法海",
        "温和的老人",
        "一个平和的人",
        "祥和大爷",
        "与谢野晶子",
        "Simon and Garfunkel",
        "Marks & Spencer",
        "Alexandra",
        "Andy",
    ],
)
def test_a_name_that_holds_an_and_is_one_name(name):
    assert named(name) == named([name]) == [name]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("李和平、小和尚和老周", ["李和平", "小和尚", "老周"]),
        ("和平和小明", ["和平", "小明"]),
        ("Simon and Garfunkel, Mia", ["Simon and Garfunkel", "Mia"]),
        ("Mia, and Simon and Garfunkel", ["Mia", "Simon and Garfunkel"]),
    ],
)
def test_among_others_such_a_name_stays_one_too(said, meant):
    assert named(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"林夏": "宇航员", "小白": "机器人"}, [("林夏", "宇航员"), ("小白", "机器人")]),
        ({"name": "林夏", "note": "宇航员"}, [("林夏", "宇航员")]),
        ([{"name": "林夏", "note": "宇航员"}, "小白"], [("林夏", "宇航员"), ("小白", None)]),
        ([{"name": None}, {"name": ""}, None, "林夏"], [("林夏", None)]),
    ],
)
def test_characters_come_as_mappings_too(said, meant):
    assert [(entry["name"], entry.get("note")) for entry in lenient.names(said)] == meant


def test_names_in_a_list_are_never_torn_apart():
    given_names = ["林夏和小白", "Mia, queen of the North", "李/雷", "A、B"]
    assert named(given_names) == given_names


# --- lengths of time ---


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (180, 180),
        (180.0, 180),
        (179.6, 180),
        ("180", 180),
        ("180.0", 180),
        ("about 180", 180),
        ("约180", 180),
        ("180秒左右", 180),
        ("180s", 180),
        ("3 minutes", 180),
        ("3min", 180),
        ("3 m", 180),
        ("3-minute short", 180),
        ("1 min 30 s", 90),
        ("1 min 30", 90),
        ("1m30s", 90),
        ("1 hour and 5 minutes", 3600),
        ("2.5 minutes", 150),
        ("2 1/2 minutes", 150),
        ("2½ min", 150),
        ("three minutes", 180),
        ("Ninety seconds", 90),
        ("a minute and a half", 90),
        ("half a minute", 30),
        ("half an hour", 1800),
        ("3-5 minutes", 240),
        ("3 to 5 minutes", 240),
        ("1:30", 90),
        ("01:30", 90),
        ("0:01:30", 90),
        ("1：30", 90),
        ("1'30\"", 90),
        ("PT1M30S", 90),
        ("３分钟", 180),
        ("3分钟", 180),
        ("三分钟", 180),
        ("一分半", 90),
        ("一分半钟", 90),
        ("一分三十秒", 90),
        ("1分30", 90),
        ("两分零五秒", 125),
        ("半分钟", 30),
        ("半小时", 1800),
        ("半个小时", 1800),
        ("一刻钟", 900),
        ("一个小时", 3600),
        ("九十秒", 90),
        ("一百二十秒", 120),
        ("十五分钟左右", 900),
        ("3到5分钟", 240),
        ("三至五分钟", 240),
        ("180 (three minutes)", 180),
        ("每集3分钟，共2024集", 180),
    ],
)
def test_a_length_of_time_is_read_in_figures_and_words(said, seconds):
    assert lenient.seconds(said) == seconds


@pytest.mark.parametrize("long", ["两小时", "2 hours", 7200, 1e300, float("inf"), "9" * 400])
def test_a_length_beyond_a_films_bounds_is_the_longest_there_is(long):
    assert lenient.seconds(long) == 3600


@pytest.mark.parametrize(
    "nothing",
    [None, 0, -5, 0.2, "", "soon", "-5", "5 months", "第3集", "16:9", True, [90], {}, float("nan")],
)
def test_what_names_no_length_of_time_is_none(nothing):
    assert lenient.seconds(nothing) is None


# --- elements, relationships, positions ---


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("theme", "theme"),
        ("Theme:", "theme"),
        ("主题", "theme"),
        ("Visual Style", "visual_style"),
        ("visual-style", "visual_style"),
        ("画面风格", "visual_style"),
        ("basic_characters", "characters"),
        ("人物", "characters"),
        ("Plot points", "plot"),
        ("targetAudience", "audience"),
        ("duration_seconds", "duration"),
        ("时长", "duration"),
        ("基调", "mood"),
    ],
)
def test_an_element_is_known_by_many_names(said, meant):
    assert lenient.element(said) == meant


@pytest.mark.parametrize("element", FIELD_OF)
def test_an_element_is_known_by_its_own_names(element):
    assert lenient.element(element) == lenient.element(FIELD_OF[element]) == element


@pytest.mark.parametrize("strange", ["budget", "", None, 7, [], {"theme": 1}, "🎬"])
def test_other_things_are_no_elements(strange):
    assert lenient.element(strange) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ([{"name": "小白", "text": "搭档"}], [{"name": "小白", "text": "搭档"}]),
        ({"小白": "搭档", "": "无"}, [{"name": "小白", "text": "搭档"}]),
        ({"小白": ["搭档", "朋友"]}, [{"name": "小白", "text": "搭档\n朋友"}]),
        (["小白是搭档", {"text": "谁？"}, {"name": None}], []),
        ("小白是搭档", []),
        (None, []),
    ],
)
def test_relationships_are_pairs_of_whom_and_how(said, meant):
    assert lenient.ties(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [(2, 2), (2.0, 2), ("2", 2), ("message 2", 2), (None, -1), ("first", -1), (True, -1), ([], -1)],
)
def test_the_position_of_a_message_is_a_number(said, meant):
    assert lenient.position(said) == meant


# --- whatever is said ---

ANYTHING = VALUES | WORDS | TALK | st.lists(TALK) | st.dictionaries(TALK, TALK)
TYPES = [lenient.Text, lenient.TextOrNone, lenient.Texts, lenient.Seconds, lenient.Position]


@given(ANYTHING)
def test_whatever_is_said_has_the_declared_type_or_is_refused(said):
    for declared in TYPES:
        adapter = TypeAdapter(declared)
        try:
            meant = adapter.validate_python(said)
        except ValidationError:
            continue
        assert adapter.validate_python(meant, strict=True) == meant


@given(ANYTHING)
def test_whatever_is_said_is_sorted_without_a_failure(said):
    assert lenient.element(said) in {None, *FIELD_OF}
    assert all(isinstance(tie, dict) and lenient.text(tie["name"]) for tie in lenient.ties(said))
    listed = lenient.names(said)
    if isinstance(said, str | list | dict):
        assert all(isinstance(one, dict) and lenient.text(one["name"]) for one in listed)


@given(ANYTHING)
def test_a_length_of_time_is_none_or_within_bounds(said):
    assert lenient.seconds(said) is None or 1 <= lenient.seconds(said) <= 3600


@given(TALK | WORDS)
def test_words_are_nothing_or_can_be_seen(said):
    meant = lenient.text(said)
    assert meant == "" or (meant[0] not in lenient.BLANKS and meant[-1] not in lenient.BLANKS)


@given(st.lists(st.sampled_from(["林夏", "小白", "老船长", "AI助手"]), min_size=1, unique=True))
def test_a_chinese_list_gives_its_names(people):
    *before, last = people
    joined = f"{'、'.join(before)}和{last}" if before else last
    assert named("、".join(people)) == named(joined) == people


@pytest.mark.parametrize(
    "hostile", ["，" * 100_000, "a，" * 100_000, "(" * 200_000, "和" * 200_000]
)
def test_long_words_are_read_at_once(hostile, in_a_second):
    with in_a_second():
        lenient.names(hostile)
        lenient.texts(hostile)
        lenient.seconds(hostile)
        lenient.text_or_none(hostile)
