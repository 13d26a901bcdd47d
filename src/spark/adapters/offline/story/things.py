"""The things a plot is about: what an event is named after, and which sort of event it is."""

from __future__ import annotations

import re
from functools import cache

from ....models import Language
from .phrases import holds, vocabulary

_ZH_NOUN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_ZH_MEASURE = re.compile(r"[一两三几这那][个只场次段条位名座艘份种本把封张件颗束道首部台块片枚幅]")
_ZH_NOT_IN_NOUN = re.compile(r"[在和与了着被把给向对上里中下就都也不没会能是有]")
_ZH_VAGUE = re.compile(
    "自己|对方|真相|大家|[他她]们|彼此|秘密|一切|一起|办法|问题|事情|时候|地方|人们|生活|世界|森林|"
    "沙漠|学校|城市|地球|大海|回家|门口|山谷|乡下|仇恨|线索|发生"
)
_EN_THING = re.compile(
    r"\b(?:an?|the|his|her|their|its|this|that)\s+((?:[a-z][\w'’-]*\s+){0,2}?[a-z][\w'’-]*)"
    r"(?=\s+(?:that|who|which|in|on|at|from|of|to|with|and|for|by|inside|under|is|are|has|comes|"
    r"goes|falls|hits|until|before|after|while|but|every|off)\b|[,.;:]|$)"
)
_EN_VAGUE = re.compile(
    "world|way|truth|end|day|time|thing|one|same|other|past|place|people|rest|first|last|help|"
    "night|morning|middle|beginning"
)
_EN_VERBAL = re.compile(r"(?:ing|ly)$")


def thing_in(text: str, language: Language) -> str:
    """A short noun that an event is about, or nothing where none is plain to see."""
    return _thing_zh(text) if language == "zh" else _thing_en(text)


@cache
def _zh_verbs() -> tuple[str, ...]:
    verbs = vocabulary("zh")["lexicon"]["verbs"]
    return tuple(sorted((verb for verb in verbs if len(verb) > 1), key=len, reverse=True))


def _thing_zh(text: str) -> str:
    clause = re.split(r"[，,：:；;。]", text)[0]
    measured = _ZH_MEASURE.split(clause)
    if len(measured) > 1:
        return _noun_zh(re.split(r"[了着过]", measured[-1])[0])
    found = [(clause.rfind(verb) + len(verb), verb) for verb in _zh_verbs() if verb in clause]
    return _noun_zh(clause[max(found)[0] :].lstrip("了着过到")) if found else ""


def _noun_zh(text: str) -> str:
    noun = text.rsplit("的", 1)[-1]
    if not _ZH_NOUN.fullmatch(noun) or _ZH_NOT_IN_NOUN.search(noun) or _ZH_VAGUE.fullmatch(noun):
        return ""
    return "" if any(verb in noun for verb in _zh_verbs()) else noun


def _thing_en(text: str) -> str:
    for match in _EN_THING.finditer(text):
        thing = match[1]
        last = thing.split()[-1].casefold()
        if match.start() and not _EN_VAGUE.fullmatch(last) and not _EN_VERBAL.search(last):
            return thing
    return ""


def happening_in(text: str, language: Language) -> str:
    """Which sort of event is told, or nothing: the kind whose words say most, and say it late."""
    folded = text.casefold()
    if re.search("被[^，,]{0,5}(?:发现|识破|看穿|抓)", folded):
        return "exposure"
    best, kind_of_best = (0, 0), ""
    for kind, entry in vocabulary(language)["happening"].items():
        for word in entry["words"]:
            if holds(folded, word) and (len(word), folded.rfind(word)) > best:
                best, kind_of_best = (len(word), folded.rfind(word)), kind
    return kind_of_best
