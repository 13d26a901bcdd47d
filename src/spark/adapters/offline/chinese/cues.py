"""What announces somebody in Chinese: counting words, naming words, labels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import NUMERAL

CLASSIFIERS = "个件伙位具匹双口只台名团块头对封尊尾帮座张把支本朵条枚架株根棵滴片盏群艘辆颗"
"""What counts somebody, or a thing that may be somebody."""

_COUNT = rf"(?:第?[{NUMERAL}]{{1,4}}|这|那|某|另一?|每|有|几|同一)"
OPENING = re.compile(
    rf"(?:{_COUNT}(?:个|位|名|[{CLASSIFIERS}])(?!月|年(?![轻迈老幼长过近])|人(?=的)|性(?!格)|案"
    rf"|子)|(?:一|某)(?=名))"
)
OWNER = re.compile(
    r"^(?:和|与|跟)?(?:我们?(?:家|养)?|咱们?家?|他|她|它|TA|ta|(?:主角|男主"
    r"|女主)(?=的))(?:们)?(?:自己)?(?:养)?的?(?=.)"
)
CALLED = re.compile(
    r"(?:(?:的)?(?:名字|名)(?:叫做?|是|为|就叫|:)|名叫|名为|叫做|叫作|取名(?:叫|为)?|(?:大名"
    r"|真名|本名|原名|艺名|小名|全名)(?:叫|是)?|起名(?:叫|为)?|外号(?:叫|是)?|绰号(?:叫|是)?"
    r"|人称|代号(?:叫|是|为)?|(?<![喊大呼尖惨哭嚎吼鸣嗷])叫(?!声|醒|来(?:$|了|人|一|几|警|救|医)"
    r"|上(?!官)|住|做|作|卖|喊|人|车|醒|出|到|起|他|她|它|我|你|什么|回|停|板|座|好|救护))"
)


def unopened(text: str) -> str:
    """`text` without the 一个 or 那只 it opens with."""
    found = OPENING.match(text)
    return text[found.end() :] if found else text


LABEL = (
    r"(?:第?[一二三]?(?:位|个)?(?:主角|主人公|主要人物|主要角色|核心人物|出场人物|登场人物"
    r"|登场角色|人物|角色|主演)"
    r"|男女?主(?:角|人公)?|女主(?:角|人公)?|男主(?:角|人公)?|[男女][一二三]号?|(?:大"
    r"|幕后)?反派(?:角色)?|配角|主角团"
    r"|对手|敌人|死对头|搭档|助手)(?:们)?"
)
LABELLED = re.compile(
    rf"^(?:(?:故事|影片|短片|片子|视频|里面|里|其中|本片|这个|那个|我们?"
    rf"|我)*的?)?(?:的)?(?P<label>{LABEL})"
    r"(?:名字|名|设定|人设|姓名|方面|的话)?"
    r"(?:才|就|可以|应该|要|分别|我?想|打算|一共|总共|都|主要|能不能|大概)*"
    r"(?P<verb>是个|是|为|:|叫做|叫|用|换成|设定为|定为|有|包括|选|写|让|就|来|演|=|-"
    r"|——)*(?P<rest>.*)$"
)
BRACKET = re.compile(r"^(.{1,20}?)\s*[(（]([^()（）]{1,40})[)）]\s*(.{0,20})$")
PAIR = re.compile(r"^([^:：—\-]{1,8}?)\s*(?:[:：]|——?|\s-\s|-)\s*(.{1,40})$")
PRONOUN = re.compile(r"^(?:他|她|它|他们|她们|它们|自己|大家|谁|某人|有人|这个|那个|人)$")
MAX_PHRASE = 14


@dataclass(frozen=True)
class Mention:
    """Somebody as one stretch of text speaks of them.

    `name` is how the cast would list them, `head` the bare role (宇航员), `note` what is said of
    them. `new` tells that the text introduces them (一个), `pointed` that it points back (那个).
    """

    name: str
    head: str = ""
    note: str = ""
    new: bool = False
    pointed: bool = False
    start: int = 0
    many: bool = False
