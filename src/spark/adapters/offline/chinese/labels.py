"""The words people put before a value: 主题, 时长, 画面."""

from __future__ import annotations

import re

from ....models import Element

LABELS: tuple[tuple[Element, str], ...] = (
    ("theme", r"核心主题|主题|题材|中心思想|主旨|立意|theme"),
    ("genre", r"类型|影片类型|片种|种类|类别|风格类型"),
    ("duration", r"时长|片长|长度|length|视频长度|视频时长|总时长|时间"),
    (
        "visual_style",
        r"画面|画面风格|视觉风格|画风|视觉|美术风格|美术|影像风格|色调|镜头|画面感|制作方式|影像"
        r"|画质",
    ),
    (
        "mood",
        r"氛围|气氛|tone|基调|情绪|调子|情感基调|情感|感觉|调性|整体氛围|整体基调|节奏|情绪基调"
        r"|整体感觉|整体情绪|色彩基调",
    ),
    (
        "audience",
        r"目标观众|观众|受众|目标受众|目标人群|目标群体|target|面向人群|观众群体|受众群体|观看对象",
    ),
    (
        "plot",
        r"剧情|情节|故事|故事情节|故事大纲|大纲|剧情大纲|故事梗概|梗概|内容|故事内容|经过|开头"
        r"|开场|结尾|结局|高潮|过程|发展",
    ),
    ("characters", r"主角|角色|人物|主要角色|主要人物|主人公|登场人物|出场人物|演员"),
)
"""What people call each element."""

_MODAL = "暂时|先|就|最好|应该|希望|可以|大概|还是|我?想|整体|大致|大约|能|尽量|也|都|嘛|呢|要"
_BE = "是|为|:|=|定为|定成|设定为|设为|改成|换成|改为|叫"
_TAKE = "用|选|走|偏|要|想要|控制在|保持|做成|算|给|采用|比较|写(?!实|意|生|真)|讲|关于|围绕|放在"
LABEL_OF = re.compile(
    r"^(?:整体|总体|整个|影片|视频|短片|片子|的|我想|我希望|希望|至于|关于|最后|还有)*(?:"
    + "|".join(f"(?P<{element}>{said})" for element, said in LABELS)
    + r")(?:方面|上|的话|呢|嘛|部分)?"
    rf"(?P<verb>\s*(?:{_MODAL})*(?:{_BE})(?:{_BE}|关于|围绕|讲(?!究))*|(?:{_MODAL}"
    rf"|{_TAKE})*)(?P<rest>.*)$"
)
"""A clause that opens with such a word; the group of the element's name holds it."""
