"""The things a plot is about: what an event is named after, and which sort of event it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ....models import Language
from .english import is_plain_verb, is_verb_form
from .names import has_job
from .phrases import holds, vocabulary

_ZH_NOUN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_ZH_MEASURE = re.compile(r"[一两三几这那][个只场次段条位名座艘份种本把封张件颗束道首部台块片枚幅]")
_ZH_NOT_IN_NOUN = re.compile(r"[他她它我你去来在和与了着被把给向对上里中下就都也不没会能是有]")
_ZH_VAGUE = re.compile(
    "自己|对方|真相|大家|[他她]们|彼此|秘密|一切|一起|办法|问题|事情|时候|地方|人们|生活|世界|森林|"
    "沙漠|学校|以后|之后|以前|之前|办公室|现场|城市|地球|大海|回家|门口|山谷|乡下|仇恨|线索|发生"
)
_ZH_PERSON = re.compile("[友人师员家客兵手者们军警民天年次]$")


_MISLEADING = re.compile(
    "死者|教练|[大中小同科文数化放上开]学|学[校生]|in return"
    r"|(?:to fire|fires?|fired) (?:her|him|them|me)\b"
)


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
        noun, particle, _ = re.split(r"([了着过]|$)", measured[-1], maxsplit=1)
        return _noun_zh(noun[:-2] if particle else noun)
    found = [(clause.rfind(verb) + len(verb), verb) for verb in _zh_verbs() if verb in clause]
    return _noun_zh(clause[max(found)[0] :].lstrip("了着过到")) if found else ""


def _noun_zh(text: str) -> str:
    noun = text.rsplit("的", 1)[-1]
    if not _ZH_NOUN.fullmatch(noun) or _ZH_NOT_IN_NOUN.search(noun) or _ZH_VAGUE.fullmatch(noun):
        return ""
    if (
        noun.startswith(_zh_adverbs())
        or _ZH_PERSON.search(noun)
        or has_job(noun)
        or noun.endswith(tuple(_kin("zh")))
    ):
        return ""
    return "" if any(verb in noun for verb in _zh_verbs()) else noun


@cache
def _zh_adverbs() -> tuple[str, ...]:
    adverbs = vocabulary("zh")["lexicon"]["adverbs"]
    return tuple(adverb for adverb in adverbs if len(adverb) > 1)


@cache
def _kin(language: Language) -> frozenset[str]:
    return frozenset(vocabulary(language)["bonds"]["kin"])


def _thing_en(text: str) -> str:
    """The first noun with an article of its own that is a thing: the greenhouse, not her."""
    words = text.split()
    for place, word in enumerate(words[:-1]):
        if place and word in _lexicon("owners") and (thing := _noun_en(words[place + 1 :])):
            return thing
    return ""


def _noun_en(words: Sequence[str]) -> str:
    """The noun, with up to two words before it, that a text goes on with after an article."""
    noun: list[str] = []
    for place, word in enumerate(words[:4]):
        bare = word.rstrip(",.;:")
        if not noun and is_plain_verb(bare):
            return ""
        after_noun = bool(noun) and is_verb_form(bare, words[place + 1 : place + 2])
        if not re.fullmatch(r"[a-z][a-z-]*", bare) or bare in _breaks() or after_noun:
            break
        noun.append(bare)
        if bare != word:
            break
    else:
        noun = noun[:3] if len(words) < 5 else []
    if not noun or len(noun) > 3 or _is_no_thing(noun[-1]):
        return ""
    follows = words[len(noun)] if len(noun) < len(words) else ""
    return "" if re.match(r"\w+['’]s|of$", follows) else " ".join(noun)


def _is_no_thing(word: str) -> bool:
    people = vocabulary("en")["people"]
    someone = word in (*people["female"], *people["male"], *people["plural"], *people["rank"])
    if (
        word in _lexicon("vague_things")
        or someone
        or word in _kin("en")
        or has_job(word)
        or word in _creatures()
    ):
        return True
    return re.search(r"(?:ing|ly|[^su]s|er|ed|ment)$", word) is not None and word not in _lexicon(
        "plain_things"
    )


@cache
def _creatures() -> frozenset[str]:
    """Animals and other beings, but for the things among them."""
    kinds = vocabulary("en")["people"]["kind"]
    return frozenset(word for kind in kinds if kind != "object" for word in kinds[kind])


@cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(vocabulary("en")["lexicon"][name])


@cache
def _breaks() -> frozenset[str]:
    """The words a noun with its article does not go across."""
    words = vocabulary("en")["lexicon"]
    names = ("prepositions", "auxiliaries", "pronouns", "scene_openers", "adverbs", "determiners")
    more = {"left", "who", "which", "whose", "where", "but", "or", "than", "like", "own", "until"}
    return frozenset(more).union(*(words[name] for name in names))


def happening_in(text: str, language: Language) -> str:
    """Which sort of event is told, or nothing: the kind whose words say most, and say it late."""
    folded = _MISLEADING.sub("", text.casefold())
    if re.search("尸|遗骸|信号", folded):
        folded = folded.replace("被发现", "发现")
    if re.search("被[^，,]{0,5}(?:发现|识破|看穿|抓)", folded):
        return "exposure"
    best, kind_of_best = (0, 0), ""
    for kind, entry in vocabulary(language)["happening"].items():
        for word in entry["words"]:
            if holds(folded, word) and (len(word), folded.rfind(word)) > best:
                best, kind_of_best = (len(word), folded.rfind(word)), kind
    return kind_of_best
