"""Screenplays to set, and what of them has to be found again."""

from __future__ import annotations

import json
import re

from hypothesis import strategies as st

from src.spark.adapters.documents.script import called
from src.spark.adapters.documents.treatment import clean, line
from src.spark.renditions import Manuscript
from src.spark.screenplay import Screenplay

from ...samples import a_project

JOINER = "\u2060"

SCREENPLAYS = {
    "zh": {
        "language": "zh",
        "scenes": [
            {
                "setting": "int",
                "place": "飞船驾驶舱",
                "hour": "night",
                "elements": [
                    {"kind": "action", "text": "仪表的光照着林夏的脸。\n小白的指示灯亮了。"},
                    {"kind": "speech", "speaker": "林夏", "manner": "低声", "text": "你听见了吗？"},
                    {"kind": "speech", "speaker": "小白 2号", "text": "听见了。\n\n不是噪声。"},
                ],
            },
            {
                "setting": "ext",
                "place": "木星轨道",
                "elements": [{"kind": "action", "text": "飞船掠过风暴。"}],
            },
            {
                "setting": "int_ext",
                "place": "气闸舱",
                "hour": "continuous",
                "elements": [
                    {"kind": "speech", "speaker": "林夏", "text": "（笑）走吧。"},
                    {"kind": "action", "text": "门开了。"},
                ],
            },
        ],
    },
    "en": {
        "language": "en",
        "scenes": [
            {
                "setting": "int",
                "place": "kitchen",
                "hour": "night",
                "elements": [
                    {"kind": "action", "text": "Mia drops the cup.\nIt breaks."},
                    {
                        "kind": "speech",
                        "speaker": "Mia",
                        "manner": "softly",
                        "text": "Who's there?",
                    },
                    {"kind": "speech", "speaker": "Bolt 2", "text": "Me.\n\n(and the cat)"},
                ],
            },
            {
                "setting": "ext",
                "place": "harbour",
                "elements": [{"kind": "action", "text": "INT. is what the sign says."}],
            },
            {
                "setting": "int_ext",
                "place": "car",
                "hour": "continuous",
                "elements": [
                    {"kind": "speech", "speaker": "McAvoy", "text": "Drive!\n.now, #1"},
                    {"kind": "action", "text": "THEY ARE GONE\nand nobody saw them."},
                ],
            },
        ],
    },
}
HEADINGS = {
    "zh": ["内景 飞船驾驶舱 - 夜", "外景 木星轨道", "内外景 气闸舱 - 紧接上场"],
    "en": ["INT. KITCHEN - NIGHT", "EXT. HARBOUR", "INT./EXT. CAR - CONTINUOUS"],
}
CASTS = {"zh": ["林夏", "小白 2号", "沉默的老人"], "en": ["Mia", "Bolt 2", "McAvoy", "Silent Joe"]}
OUTLINES = {
    "zh": {"title": "寂静频率", "summary": "一名宇航员循着信号飞向远方。"},
    "en": {"title": "The Quiet Band", "summary": "An astronaut follows a signal: it calls her."},
}


def manuscript(language, scenes=None, cast=None, **outline):
    """A project's manuscript with a screenplay of its own, or with the sample's."""
    names = CASTS[language] if cast is None else cast
    profiles = [
        {"name": name, "role": f"role {n}", "appearance": f"look {n}"}
        for n, name in enumerate(names)
    ]
    project = a_project(
        story_outline={**OUTLINES[language], **outline}, character_profiles=profiles
    )
    told = SCREENPLAYS[language] if scenes is None else {"language": language, "scenes": scenes}
    screenplay = Screenplay.model_validate_json(json.dumps(told))
    return Manuscript(project, language, {}, screenplay)


def expected(manuscript):
    """Each scene's place and parts, as a reader finds them: (speaker, manner, lines)."""
    language = manuscript.language
    scenes = []
    for scene in manuscript.screenplay.scenes:
        parts = []
        for element in scene.elements:
            lines = lines_of(clean(element.text))
            if element.kind == "speech" and lines:
                manner = line(element.manner)
                parts.append((called(element.speaker, language), manner, lines))
            elif lines:
                parts.append(("", "", lines))
        scenes.append((line(scene.place) or "?", merged(parts)))
    return scenes


def merged(parts):
    """Paragraphs of action that follow one another are one to many readers."""
    found = []
    for speaker, manner, lines in parts:
        if found and not speaker and not found[-1][0]:
            found[-1] = ("", "", found[-1][2] + lines)
        else:
            found.append((speaker, manner, lines))
    return found


def lines_of(text):
    """What a text's lines say: no blanks around them nor joiners; tabs are blanks to Fountain."""
    bare = re.sub(r"[ \t]+", " ", text.replace(JOINER, ""))
    stripped = (part.strip() for part in bare.split("\n"))
    return [part for part in stripped if part]


STUMBLING_BLOCKS = [
    *".@!>~#=()[]{}*/\\^:<&-'\"", "INT. ", "ext ", "I/E ", "FADE IN:", "CUT TO:", "TO:", "[[", "]]",
    "/*", "*/", "===", "**bold**", "\n", "\n\n", "\n  \n", "\r\n", "\t", "  ", "\u3000", "A",
    "BOLT", "McAvoy", "MIA (V.O.)", "(softly)", "#1#", "Title: ", "他", "说：", "🎬", "e\u0301",
    "\u0301", "\u202e", "\u200d", "é", "ß", "ı", "\x00", "\x0c", "\x1b", "\x85", "\u2028", "<b>",
    "]]>", "a", "<!--", "{{INCLUDE: x}}",
]  # fmt: skip
SIGNS = st.characters(exclude_categories=["Cs", "Co"], exclude_characters=f"_{JOINER}")
TEXTS = (
    (st.lists(st.sampled_from(STUMBLING_BLOCKS) | SIGNS, min_size=1, max_size=12))
    .map("".join)
    .filter(
        lambda text: text.strip("".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff")
    )
)
"""Anything that a record takes for something said."""

_SPEECHES = st.fixed_dictionaries(
    {
        "kind": st.just("speech"),
        "speaker": TEXTS,
        "manner": st.just("") | TEXTS,
        "text": TEXTS,
    }
)
_ACTIONS = st.fixed_dictionaries({"kind": st.just("action"), "text": TEXTS})
SCENES = st.lists(
    st.fixed_dictionaries(
        {
            "setting": st.sampled_from(["int", "ext", "int_ext"]),
            "place": TEXTS,
            "hour": st.sampled_from([None, "day", "night", "later"]),
            "elements": st.lists(_SPEECHES | _ACTIONS, min_size=1, max_size=4),
        }
    ),
    min_size=1,
    max_size=3,
)
