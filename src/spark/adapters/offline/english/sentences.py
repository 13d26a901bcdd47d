"""Sentences: a message made plain and cut where its sentences end."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"')]*(?=\s|$)|\n+|;")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|capt|sgt|lt|gen|col)|(?:^|[\s.])[A-Za-z])$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:^|(?<=\s))(?:\(?\d{1,2}[.)]|[a-h]\)|[-*•])\s+(?=\S)")
_STRANGE = re.compile(r"[^\w\s.,;:!?'\"()&/%\-–—…$€£#+*½¼¾′″\[\]<>=]")
_FACES = re.compile(r"(?<!\w)[:;=8][-']?[)(DPpO3/|]+(?!\w)|<3")
_SPACES = re.compile(r"[ \t\r\f\v]+")
_CURLY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": None, "`": "'"}
)

_LONGEST_SENTENCE = 150

_SHORT = {
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "isnt": "isn't",
    "arent": "aren't",
    "wasnt": "wasn't",
    "cant": "can't",
    "couldnt": "couldn't",
    "shouldnt": "shouldn't",
    "wouldnt": "wouldn't",
    "im": "I'm",
    "ive": "I've",
    "theres": "there's",
    "thats": "that's",
    "whats": "what's",
    "hes": "he's",
    "shes": "she's",
    "theyre": "they're",
    "youre": "you're",
    "u": "you",
    "ur": "your",
    "ppl": "people",
    "bc": "because",
    "cuz": "because",
    "w/": "with",
    "w/o": "without",
    "abt": "about",
    "thru": "through",
    "n": "and",
    "calld": "called",
    "wanna": "want to",
    "gonna": "going to",
}
_SHORTENED = re.compile(
    rf"(?<![\w'.])(?:{'|'.join(map(re.escape, _SHORT))})(?![\w'.])", re.IGNORECASE
)
_ITS = re.compile(
    r"\b(?:its(?= (?:about|an?|the|not|called|set|for|supposed|just|like|all|on)\b)"
    r"|(?:lets|id)(?= (?:go|make|do|have|call|like|love|rather|just|say|use)\b))",
    re.IGNORECASE,
)


def _unabridged(text: str) -> str:
    """The text with `dont`, `theres`, `u` and `its about` written out."""
    text = _SHORTENED.sub(lambda match: _SHORT[match.group().lower()], text)
    return _ITS.sub(lambda match: match.group()[:-1] + "'" + match.group()[-1], text)


def clean(text: str) -> str:
    """The text with plain quotes and spaces, and without emoji."""
    text = re.sub(r"(?:\.{2,}|…)\s+(?=[a-z])", ", ", text[:8000])
    text = _unabridged(text)
    plain = _STRANGE.sub(" ", _FACES.sub(" ", text.translate(_CURLY)))
    return _SPACES.sub(" ", plain).strip()


_MOST_SENTENCES = 150


def split_sentences(text: str) -> list[str]:
    """The sentences and list entries of a text, each with its final mark."""
    pieces, start = [], 0
    marks = {match.start() for match in _BULLET.finditer(text)} if _is_list(text) else set()
    cuts = sorted(marks | {m.end() for m in _END.finditer(text) if _ends_here(text, m)})
    for cut in [*cuts, len(text)]:
        piece = (
            _BULLET.sub("", text[start:cut].strip(), count=1).strip(" ;\n")
            if marks
            else text[start:cut].strip(" ;\n")
        )
        if any(character.isalnum() for character in piece):
            pieces += _parts(piece)
        start = cut
    return pieces[:_MOST_SENTENCES]


def _parts(sentence: str) -> list[str]:
    """A sentence beyond all measure in parts of a length that can be read."""
    words = sentence.split()
    if len(words) <= _LONGEST_SENTENCE and len(sentence) <= 1200:
        return [sentence]
    short = [word[:80] for word in words]
    return [" ".join(short[place : place + 60]) for place in range(0, len(short), 60)]


def _is_list(text: str) -> bool:
    return len(_BULLET.findall(text)) > 1 or bool(re.match(r"\s*(?:1[.)]|a\)|[-*•])\s", text))


def _ends_here(text: str, match: re.Match[str]) -> bool:
    if match.group().startswith(("\n", ";")):
        return True
    before = text[max(0, match.start() - 8) : match.start()]
    if match.group().startswith(".") and _ABBREVIATION.search(before):
        return False
    if _is_list(text) and re.search(r"(?:^|\s)\d{1,2}$", before):
        return False
    line_start = text.rfind("\n", 0, match.start()) + 1
    inside_quote = text.count('"', line_start, match.start()) % 2 == 1
    closed = '"' in match.group() and text[match.end() : match.end() + 2].strip()[:1].isupper()
    ends = '"' in match.group() and not text[match.end() :].strip()
    return closed or ends or not inside_quote
