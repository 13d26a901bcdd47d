"""What was set by hand, in the offline interview."""

from __future__ import annotations

import pytest

from src.spark.adapters.offline.writer import OfflineWriter
from src.spark.models import Brief, Conversation, IdeaDraft, Source

THEMES = {"zh": "海底古城", "en": "a sunken city"}
UNRELATED = [
    ("zh", "三分钟左右"),
    ("zh", "我想制作一个科幻视频"),
    ("zh", "主角是宇航员林夏和她的AI助手小白"),
    ("zh", "林夏收到一段来自深空的神秘信号"),
    ("zh", "你好"),
    ("zh", "李明"),
    ("zh", "喜剧"),
    ("en", "About three minutes, for adults"),
    ("en", "I want to make a sci-fi video"),
    ("en", "The hero is Mia, a retired astronaut"),
    ("en", "Hello"),
    ("en", "Mia"),
]


def conversation(language):
    """One in which nothing was said yet, and the theme was set by hand."""
    theme = THEMES[language]
    source = Source(message=None, text=theme, by="hand")
    brief = Brief(idea=IdeaDraft(theme=theme), sources={"theme": source})
    return Conversation(session_id="a", brief=brief)


def after(begun, *messages):
    """The brief after `messages`."""
    for message in messages:
        turn = list(OfflineWriter().converse(begun, message))[-1]
        begun = begun.model_copy(update={"brief": turn.brief})
    return begun.brief


@pytest.mark.parametrize(("language", "message"), UNRELATED)
def test_a_message_about_something_else_leaves_a_theme_set_by_hand(language, message):
    begun = conversation(language)
    brief = after(begun, message)
    assert brief.idea.theme == THEMES[language]
    assert brief.sources["theme"] == begun.brief.sources["theme"]


@pytest.mark.parametrize(
    ("language", "message", "theme"),
    [("zh", "主题改成友谊", "友谊"), ("en", "The theme is friendship now", "friendship")],
)
def test_a_message_about_the_theme_changes_one_set_by_hand(language, message, theme):
    brief = after(conversation(language), UNRELATED[0][1], message)
    assert brief.idea.theme == theme
    assert (brief.sources["theme"].by, brief.sources["theme"].text) == ("conversation", message)


def test_what_was_set_by_hand_is_not_asked_for():
    begun = Conversation(
        session_id="a",
        brief=Brief(idea=IdeaDraft(theme="海底", genre="科幻", basic_characters=["林夏"])),
    )
    assert after(begun, "你好").asked == "plot"


def test_a_bare_word_opens_with_the_theme_where_there_is_none():
    assert after(Conversation(session_id="a"), "海底古城").idea.theme == "海底古城"
