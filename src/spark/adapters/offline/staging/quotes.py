"""Quotation marks paired, whatever their shape, and whatever is missing of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CLOSERS = {"“": "”", "「": "」", "『": "』", "«": "»", "〝": "〞", "‘": "’", "﹁": "﹂"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_MARKS = re.compile(f"[{''.join(_CLOSERS)}{''.join(_OPENERS)}]")
_STRAIGHT = str.maketrans({"＂": '"', "„": "“", "‟": "“", "｢": "「", "｣": "」"})
_FOREIGN = re.compile("[＂„‟｢｣]")
_STOPS = ",.!?…—–-，。！？～"
_DOUBLE = re.compile(r"[“”\"「」『』«»＂„]")
_SINGLE_END = re.compile(r"(?<=[,.!?…—–\-，。！？～])['’](?!\w)")
_LONGEST_JOIN = 3000
_MOST_JOINED = 12


@dataclass(frozen=True)
class Quote:
    """A quotation: what stands between its marks, and all of it as it was written."""

    inner: str
    raw: str


Piece = str | Quote


def quoted(paragraphs: list[str]) -> list[list[Piece]]:
    """The paragraphs as prose and quotations, in order. A mark without its partner is prose."""
    single = _prefers_single(paragraphs)
    return [list(_pieces(p, single)) for p in _joined(paragraphs, single)]


def _prefers_single(paragraphs: list[str]) -> bool:
    """Whether the speech of a text stands between single marks, as British books have it."""
    singles = sum(len(_SINGLE_END.findall(paragraph)) for paragraph in paragraphs)
    return singles > sum(len(_DOUBLE.findall(paragraph)) for paragraph in paragraphs) / 2


def _pieces(paragraph: str, single: bool) -> Iterator[Piece]:
    start = 0
    for opened, closed in _pairs(_marked(paragraph, single))[0]:
        if opened > start:
            yield paragraph[start:opened]
        yield Quote(paragraph[opened + 1 : closed].strip(), paragraph[opened : closed + 1])
        start = closed + 1
    if start < len(paragraph):
        yield paragraph[start:]


def _marked(paragraph: str, single: bool) -> str:
    """The paragraph, sign for sign, with every mark that counts turned to show its direction."""
    text = paragraph.translate(_STRAIGHT) if _FOREIGN.search(paragraph) else paragraph
    if text.count("“") > 1 and "”" not in text:
        text = text.replace("“", '"')
    elif text.count("”") > 1 and "“" not in text:
        text = text.replace("”", '"')
    if '"' in text:
        text = _turned(text)
    if single:
        return _singles(text)
    return text.replace("‘", " ").replace("’", " ")


def _turned(text: str) -> str:
    """Straight marks by what stands around them; in doubt the next one ends what is open."""
    signs, is_open = list(text), False
    for at, sign in enumerate(signs):
        if sign != '"':
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        is_clear = before.isspace() != after.isspace()
        is_open = before.isspace() if is_clear else not is_open
        signs[at] = "“" if is_open else "”"
    return "".join(signs)


def _singles(text: str) -> str:
    """Single marks where they enclose speech; apostrophes are no marks."""
    signs = list(text)
    for at, sign in enumerate(signs):
        if sign not in "'‘’":
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if sign != "’" and (before.isspace() or before in "—–([") and not after.isspace():
            signs[at] = "‘"
        elif sign != "‘" and before in _STOPS and not after.isalnum():
            signs[at] = "’"
        else:
            signs[at] = " "
    return "".join(signs)


def _pairs(text: str) -> tuple[list[tuple[int, int]], int | None, int | None]:
    """The outermost pairs; the first mark that is never closed; the first that nothing opened."""
    stack: list[tuple[str, int]] = []
    waiting = dict.fromkeys(_CLOSERS, 0)
    pairs: list[tuple[int, int]] = []
    stray = None
    for match in _MARKS.finditer(text):
        at, sign = match.start(), match[0]
        if sign in _CLOSERS:
            stack.append((sign, at))
            waiting[sign] += 1
        elif opener := _OPENERS.get(sign):
            if not waiting[opener]:
                stray = at if stray is None and not pairs else stray
                continue
            while True:
                top, opened = stack.pop()
                waiting[top] -= 1
                if top == opener:
                    break
            while pairs and pairs[-1][0] > opened:
                pairs.pop()
            pairs.append((opened, at))
    last = pairs[-1][1] if pairs else -1
    unclosed = next((at for _, at in stack if at > last), None)
    return pairs, unclosed, stray


def _joined(paragraphs: list[str], single: bool) -> Iterator[str]:
    """Paragraphs, those that one quotation runs through put into one."""
    at = 0
    while at < len(paragraphs):
        run = _run(paragraphs, at, single)
        yield run[0]
        at += run[1]


def _run(paragraphs: list[str], at: int, single: bool) -> tuple[str, int]:
    """The paragraph at a place, with as many more as its last quotation reaches over."""
    text = paragraphs[at]
    marked = _marked(text, single)
    opened = _pairs(marked)[1]
    if opened is None:
        return text, 1
    opener, gap = marked[opened], " " if text[-1].isascii() else ""
    for count, after in enumerate(paragraphs[at + 1 : at + _MOST_JOINED], start=2):
        if len(text) + len(after) > _LONGEST_JOIN:
            break
        marked = _marked(after, single)
        pairs, unclosed, stray = _pairs(marked)
        again = marked[0] == opener
        text += gap + (after[1:] if again else after)
        if again and pairs and pairs[0][0] == 0:
            # English custom: each paragraph of a long speech opens anew, the last one closes.
            return text, count
        if stray is not None and marked[stray] == _CLOSERS[opener]:
            return text, count
        if not (again and unclosed == 0):
            break
    return paragraphs[at], 1
