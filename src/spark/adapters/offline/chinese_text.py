"""The ground the Chinese reader stands on: its vocabulary, folded text, clauses and words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

PEOPLE = frozenset({"role", "person", "kin", "animal", "being"})
"""The tags of words that are somebody."""

NUMERAL = "零〇一二两三四五六七八九十百千半几俩仨0123456789"
_QUOTES = str.maketrans("「」『』“”‘’", "“”“”“”“”")
_SENTENCE_ENDS = "。！？!?\n;；…"
_CLAUSE_ENDS = ",，"
_RUNS_ON = 120


@cache
def vocabulary() -> dict[str, Any]:
    """The packaged word lists, read once."""
    source = resources.files(__package__) / "vocabulary" / "zh.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def words(section: str, name: str) -> frozenset[str]:
    """One list of the vocabulary."""
    return frozenset(vocabulary()[section][name].split())


@cache
def letters(section: str, name: str) -> frozenset[str]:
    """One list of single characters."""
    return frozenset("".join(vocabulary()[section][name].split()))


@cache
def _folding() -> dict[int, str]:
    table = {0x3000: " ", ord("\t"): " ", ord("\r"): " ", ord("："): ":"}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)}
    table |= {ord("．"): ".", ord("（"): "(", ord("）"): ")"}
    table |= {ord(pair[0]): pair[1] for pair in vocabulary()["folding"]["pairs"].split()}
    return table


def fold(text: str) -> str:
    """`text` in simple letters and narrow digits, letter for letter as long as before."""
    return text.translate(_folding()).translate(_QUOTES)


@dataclass(frozen=True)
class Word:
    """One word of a clause: where it starts, and what it may be."""

    text: str
    start: int
    tags: frozenset[str]

    @property
    def end(self) -> int:
        """Where the next word starts."""
        return self.start + len(self.text)

    def is_a(self, *tags: str) -> bool:
        """Whether the word may be one of `tags`."""
        return any(tag in self.tags for tag in tags)

    @property
    def is_somebody(self) -> bool:
        """Whether the word stands for a person, an animal or a being."""
        return not PEOPLE.isdisjoint(self.tags)


_SOURCES = {
    "role": ("people", "roles"),
    "person": ("people", "persons"),
    "kin": ("people", "kin"),
    "animal": ("people", "animals"),
    "being": ("people", "beings"),
    "crowd": ("people", "crowds"),
    "modifier": ("people", "modifiers"),
    "verb": ("words", "verbs"),
    "function": ("words", "function"),
    "noun": ("words", "nouns"),
    "weak": ("people", "weak"),
}


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    known: dict[str, set[str]] = {}
    for tag, (section, name) in _SOURCES.items():
        for word in words(section, name):
            known.setdefault(word, set()).add(tag)
    for letter in letters("words", "short_verbs"):
        known.setdefault(letter, set()).add("short")
    return {word: frozenset(tags) for word, tags in known.items()}


@cache
def _reach() -> dict[str, int]:
    """How long the longest word is that begins with a letter."""
    found: dict[str, int] = {}
    for word in _lexicon():
        found[word[0]] = max(found.get(word[0], 1), len(word))
    return found


_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'.\-]*(?: [A-Z][a-z]+)*|\d+(?:\.\d+)?")
_UNKNOWN: frozenset[str] = frozenset({"unknown"})


def cut(text: str, names: frozenset[str] = frozenset()) -> list[Word]:
    """The words of `text`, by the fewest words that cover it; `names` are words of their own."""
    return list(_cut(text, frozenset(name for name in names if name in text)))


@lru_cache(maxsize=4096)
def _cut(text: str, names: frozenset[str]) -> tuple[Word, ...]:
    lexicon, reach = _lexicon(), _reach()
    longest = {name[0]: max(len(n) for n in names if n[0] == name[0]) for name in names}
    latin = {found.start(): found.end() for found in _LATIN.finditer(text)}
    cost = [0.0] + [float("inf")] * len(text)
    back = [0] * (len(text) + 1)
    for start in range(len(text)):
        ahead = max(reach.get(text[start], 1), longest.get(text[start], 1))
        for end in range(start + 1, min(len(text), start + ahead) + 1):
            weight = _weight(text[start:end], lexicon, names)
            if weight and cost[start] + weight <= cost[end]:
                cost[end], back[end] = cost[start] + weight, start
        if start in latin and cost[start] + 1 < cost[latin[start]]:
            cost[latin[start]], back[latin[start]] = cost[start] + 1, start
    return tuple(_walk_back(text, back, names))


def _weight(piece: str, lexicon: dict[str, frozenset[str]], names: frozenset[str]) -> float:
    if piece in names:
        return 0.9
    if piece in lexicon:
        # A verb of a clause is believed a little more than a noun it overlaps with.
        return 1.0 if len(piece) > 1 else 1.05
    return 1.3 if len(piece) == 1 else 0.0


def _walk_back(text: str, back: list[int], names: frozenset[str]) -> list[Word]:
    found, end = [], len(text)
    while end > 0:
        start = back[end]
        piece = text[start:end]
        tags = _lexicon().get(piece, _UNKNOWN)
        if piece in names:
            tags = frozenset({"name"}) | (tags & {"animal", "being"})
        elif tags is _UNKNOWN and (piece[0].isascii() and piece[0].isalnum()):
            tags = frozenset({"number" if piece[0].isdigit() else "latin"})
        found.append(Word(piece, start, tags))
        end = start
    return found[::-1]


_SPACED = re.compile(r"(?<=[\u3400-\u9fff”]) +(?=[\u3400-\u9fff“])")
_ORDINAL = re.compile(
    r"(?m)(?:^|(?<=[\s。；;，,:]))"
    r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十])[)）]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]、|[①-⑨]"
    r"|第[一二三四五六七八九十](?:幕|步|段|场)[:，,]?|[-*•·](?= ))[ ]*"
)
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d～~]+")


def tidy(text: str) -> str:
    """`text` with list marks and spaces between sentences turned into punctuation."""
    text = _EMOJI.sub("，", text)
    text = _ORDINAL.sub("。", text)
    return _SPACED.sub("，", text)


def sentences(text: str) -> list[list[str]]:
    """The clauses of each sentence; quoted speech and brackets are not cut."""
    found: list[list[str]] = []
    clauses: list[str] = []
    start = depth = 0
    opened = False
    for at, letter in enumerate(text):
        if letter == "“" and not opened and "”" in text[at : at + 80]:
            opened = True
        elif letter == "”":
            # A full stop inside the quotation ends the sentence around it.
            opened = False
            if at and text[at - 1] in "。！？!?…":
                clauses.append(text[start : at + 1])
                found, clauses, start = [*found, clauses], [], at + 1
        elif letter == "(" and ")" in text[at : at + 80]:
            depth += 1
        elif letter == ")":
            depth = 0
        elif not opened and not depth and letter in _SENTENCE_ENDS + _CLAUSE_ENDS:
            clauses.append(text[start:at] + ("？" if letter in "?？" else ""))
            start = at + 1
            if letter in _SENTENCE_ENDS:
                found, clauses = [*found, clauses], []
    clauses.append(text[start:])
    found.append(clauses)
    return [kept for group in found if (kept := _bounded(group))]


def _bounded(clauses: list[str]) -> list[str]:
    """The clauses that say something, cut where one runs on and left out where one repeats."""
    kept: list[str] = []
    for clause in clauses:
        clause = clause.strip(" 、")
        if not clause.strip("？：:”") or (kept and kept[-1] == clause):
            continue
        kept += [clause[at : at + _RUNS_ON] for at in range(0, len(clause), _RUNS_ON)]
    return kept


PARTICLES = "吧呢啊呀嘛哦啦哈哟喔噢嘞咯呗的了"
_TAIL = re.compile(
    r"(?:就(?:好|行|可以|够)了?|(?:都|也)(?:可以|行|好)了?|可以|左右|之类|即可|一些|一点儿?|点儿?"
    r"|的话|的那种|那种|的感觉|感觉|哈{2,}|h{2,}|[吧呢啊呀嘛哦啦哟喔噢嘞咯呗~～!！.。、 ])$",
    re.I,
)


def trim(text: str) -> str:
    """`text` without closing particles and the like."""
    for _ in range(6):
        shorter = _TAIL.sub("", text.strip(" ，,。!！~～\"'、:"))
        if shorter == text or not shorter:
            return shorter or text
        text = shorter
    return text


_CHATTER = re.compile(
    r"^(?:(?:[哈嘿嗯恩唔呃额哦噢喔啊]+|h{2,}|哎呀?|唉|诶|欸|emm+|ok|okay|好(?:的|吧|呀|啊|嘞|哒|滴)+|行[吧啊]"
    r"|(?:对|行|好|是|那|那个|这样|没)(?=[ ，,:：!！~～…]|$)|那么?(?=就|主角|用|我|来|讲|拍|改|换|要|做)|那么|就(?=用|要|叫|是)"
    r"|这样吧|对[了的啊]|是[的啊]|没错|可以的|当然|其实|另外|此外|还有|(?:首先|其次|接着|最后|然后)(?=[ ，,:：]|$)|而且|以及|然后呢|总之"
    r"|我(?:个人)?(?:觉得|认为|感觉|希望|想想)|我的(?:想法|意思)是|个人(?:觉得|感觉)|要不|不如|干脆|最好(?:是)?"
    r"|应该是?|可能是?|大概是?|大约是?|差不多|估计|比如说?|例如|就是说|这个嘛|等等|等一下|等下|算了|话说|请问?"
    r"|不对|错了|说错了|说反了|打扰(?:一下|了)?|不好意思|抱歉|麻烦你?|拜托|希望是?|补充一下|我?改主意了|开个玩笑|我决定了?)[ ，,:：!！~～…]*){1,8}",
    re.I,
)


def without_chatter(clause: str) -> str:
    """`clause` without the small talk it opens with; the clause itself if it is all small talk."""
    found = _CHATTER.match(clause)
    return clause[found.end() :] if found else clause
