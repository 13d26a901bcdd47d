"""The ground the Chinese reader stands on: its vocabulary, folded text and clauses."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..vocabulary import read

NUMERAL = "零〇一二两三四五六七八九十百千半几俩仨0123456789"
_QUOTES = str.maketrans("「」『』“”‘’", "“”“”“”“”")
_SENTENCE_ENDS = "。！？!?\n;；…"
_CLAUSE_ENDS = ",，"
_RUNS_ON = 120
_MOST_CLAUSES = 400


def vocabulary() -> dict[str, Any]:
    """The packaged word lists."""
    return read("zh")


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


_SPACED = re.compile(r"(?<=[\u3400-\u9fff”]) +(?=[\u3400-\u9fff“])")
_ORDINAL = re.compile(
    r"(?m)(?:^|(?<=[\s。；;，,:]))"
    r"(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十])[)）]|\d{1,2}[.、](?!\d)"
    r"|[一二三四五六七八九十]、|[①-⑨]"
    r"|第[一二三四五六七八九十](?:幕|步|段|场)[:，,]?|[-*•·](?= ))[ ]*"
)
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d～~]+")


def tidy(text: str) -> str:
    """`text` with list marks and spaces between sentences turned into punctuation."""
    text = _EMOJI.sub("，", text)
    text = _ORDINAL.sub("。", text)
    text = re.sub(r"(?<=[\u3400-\u9fff])\s*\+\s*(?=[\u3400-\u9fff])", "、", text)
    text = re.sub(
        r"(?<=[\u3400-\u9fff]{3})(故事|想法|点子|片子?|视频|画面|念头)[:：]", r"\1，", text
    )
    text = re.sub(
        r"(?m)((?:^|(?<=[，,。]))[^:，,。\n]{0,10}(?:策划|写|做|拍|看|听)(?:一下|看看)):(?=.{4})",
        r"\1，",
        text,
    )
    text = re.sub(r"(一[个只位名]叫[^，,。]{1,8}?)(?=另?一[个只位名]叫)", r"\1，", text)
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
    kept = [bounded for group in found if (bounded := _bounded(group))]
    return _first(kept, _MOST_CLAUSES)


def _first(groups: list[list[str]], most: int) -> list[list[str]]:
    """As many sentences from the start as hold no more than `most` clauses."""
    kept: list[list[str]] = []
    for group in groups:
        if most <= 0:
            break
        kept.append(group[:most])
        most -= len(group)
    return kept


def _bounded(clauses: list[str]) -> list[str]:
    """The clauses that say something, cut where one runs on and left out where one repeats."""
    kept: list[str] = []
    for clause in clauses:
        clause = clause.strip(" 、")
        if not clause.strip("？：:”") or (kept and kept[-1] == clause):
            continue
        kept += [clause[at : at + _RUNS_ON] for at in range(0, len(clause), _RUNS_ON)]
    return kept


_TAIL = re.compile(
    r"(?:就(?:好|行|可以|够)了?|好了|(?:都|也)(?:可以|行|好)了?|可以|左右|之类|即可|一些|一点儿?"
    r"|点儿?"
    r"|的话|的那种|那种|的感觉|感觉|哈{2,}|h{2,}|(?<![网酒水氧书贴])吧"
    r"|[呢啊呀嘛哦啦哟喔噢嘞咯呗~～!！.。、 ])$",
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
    r"^(?:(?:[哈嘿嗯恩唔呃额哦噢喔啊]+|h{2,}|哎呀?|唉|诶|欸|emm+|ok|okay|好(?:的|吧|呀|啊|嘞|哒"
    r"|滴)+|行[吧啊]"
    r"|(?:对|行|好|是|那|那个|这样|没)(?=[ ，,:：!！~～…]|$)|那么?(?=就|主角|用|我|来|讲|拍|改"
    r"|换|要|做)|那么|那?就[:：]|就(?=用|要|叫|是)"
    r"|这样吧|对[了的啊]|是[的啊]|没错|可以的|当然|其实|另外|此外|还有|(?:首先|其次|接着|最后"
    r"|然后)(?=[ ，,:：]|$)|而且|以及|然后呢|总之"
    r"|我(?:个人)?(?:觉得|认为|感觉|希望|想想)|我的(?:想法|意思)是|个人(?:觉得|感觉)|要不|不如"
    r"|干脆|最好(?:是)?"
    r"|应该是?|可能是?|大概是?|大约是?|差不多|估计|比如说?|例如|就是说|这个嘛|等等|等一下|等下"
    r"|算了|话说|请问?"
    r"|不对|啊不|哦不|噢不|不不+|(?:不|哎呀|唉)(?=[ ，,]|$)|错了|说错了"
    r"|(?:我)?(?:重新)?(?:想了?(?:一)?(?:下|想)|考虑了?一?下)|说正事|正经的|言归正传"
    r"|这样的?(?=[:：])|是这样的|说反了|打扰(?:一下|了)?|不好意思|抱歉|麻烦你?|拜托|希望是?"
    r"|补充一下|先(?:说明|声明)(?:一下)?(?=[ ，,:])"
    r"|我?改主意了|开个玩笑|我决定了?)[ ，,:：!！~～…]*){1,8}",
    re.I,
)


def without_chatter(clause: str) -> str:
    """`clause` without the small talk it opens with; the clause itself if it is all small talk."""
    found = _CHATTER.match(clause)
    return clause[found.end() :] if found else clause
