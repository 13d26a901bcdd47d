"""What is said of the film itself: genre, visual style, mood, audience and length."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from .lexicon import lexicon
from .phrasebook import Phrasebook
from .words import Token

_PIECES = re.compile(r"[a-z0-9&/]+(?:'[a-z]+)?")


@dataclass(frozen=True)
class Span:
    """A stretch of tokens that states one element of the film."""

    start: int
    end: int
    element: str
    value: str


@dataclass
class Facets:
    """What one stretch of text says of the film, and which of its tokens say it."""

    spans: list[Span] = field(default_factory=list)

    def values(self, element: str) -> list[str]:
        """What is said of one element, in order, each once."""
        return list(dict.fromkeys(span.value for span in self.spans if span.element == element))

    def covered(self) -> set[int]:
        """The tokens that say something of the film."""
        return {place for span in self.spans for place in range(span.start, span.end)}


@cache
def _genres() -> Phrasebook:
    entries = {}
    for genre, forms in lexicon().data["genre"].items():
        for form in (genre, *forms):
            entries[form] = genre
    return Phrasebook(entries)


@cache
def _styles() -> Phrasebook:
    return Phrasebook({phrase: phrase for phrase in lexicon().phrases("style.phrases")})


@cache
def _audiences() -> Phrasebook:
    return Phrasebook({phrase: phrase for phrase in lexicon().phrases("audience.phrases")})


@cache
def _moods() -> Phrasebook:
    words = lexicon().words("mood.words") | lexicon().words("mood.nouns")
    return Phrasebook({word: word for word in words})


"""Words that say nothing of their own beside a genre, a mood, a style, an audience or a length."""


def find_facets(tokens: list[Token], loose: bool, asked: str | None = None) -> Facets:
    """The genre, style, mood and audience said in `tokens`.

    With `loose` every mood and genre word counts: the tokens speak of the film. Otherwise only
    words that can hardly be part of a story do.
    """
    facets = Facets()
    taken: set[int] = set()
    genre_first = asked in ("theme", "genre") or (asked is None and len(tokens) == 1)
    order = (_find_genres, _find_styles) if genre_first else (_find_styles, _find_genres)
    for finder in (_find_audience, *order, _find_moods):
        for span in finder(tokens, loose, asked):
            places = set(range(span.start, span.end))
            if not places & taken:
                facets.spans.append(span)
                taken |= places
    facets.spans.sort(key=lambda span: span.start)
    return facets


def _words(tokens: list[Token], start: int, end: int) -> str:
    text = ""
    for place in range(start, end):
        gap = " " if place > start and tokens[place].start > tokens[place - 1].end else ""
        text += gap + tokens[place].text
    return text


def _next(tokens: list[Token], place: int) -> str:
    return tokens[place].lower if place < len(tokens) else ""


def _find_genres(tokens: list[Token], loose: bool, asked: str | None) -> list[Span]:
    words = lexicon()
    found = _genres().find(tokens)
    starts = {start for start, _, _ in found}
    spans = []
    for start, end, genre in found:
        phrase = " ".join(_PIECES.findall(_words(tokens, start, end).lower()))
        shared = phrase in words.words("genre_words.ambiguous")
        after = _next(tokens, end)
        by_film = words.singular(after) in words.words("film.nouns") or end in starts
        by_film = by_film or after == "genre"
        only_adjective = phrase in words.words("genre_words.adjectives")
        if shared and not loose and not by_film and asked != "genre":
            continue
        modifies = end < len(tokens) and tokens[end].tag in ("N", "ADJ", "NAME", "VG")
        if only_adjective and modifies and not by_film and asked != "genre":
            continue
        compared = tokens[end - 1].lower.endswith(("-like", "-esque", "-style", "-ish"))
        if compared or (after in ("style", "look", "vibe", "vibes") and asked != "genre"):
            continue
        spans.append(Span(start, end, "genre", genre))
    return spans


def _find_styles(tokens: list[Token], loose: bool, asked: str | None) -> list[Span]:
    words = lexicon()
    spans: list[Span] = []
    for start, end, phrase in _styles().find(tokens):
        after, before = _next(tokens, end), _next(tokens, start - 1) if start else ""
        by_head = words.singular(after) in words.words("style.heads") or after == "style"
        shared = phrase in words.words("style.ambiguous") and asked != "visual_style"
        if (
            phrase in ("cyberpunk", "steampunk", "silent film", "noir")
            and not by_head
            and asked != "visual_style"
        ):
            continue
        if shared and not loose and not by_head and before not in ("in", "as"):
            continue
        if phrase == "animation" and spans and spans[-1].end == start:
            last = spans.pop()
            spans.append(Span(last.start, end, "visual_style", _words(tokens, last.start, end)))
            continue
        spans.append(_grown(tokens, start, end))
    spans += _styles_of(tokens, spans, loose or asked == "visual_style")
    return sorted(spans, key=lambda span: span.start)


def _grown(tokens: list[Token], start: int, end: int) -> Span:
    """A style with the adjective before it and the head after it: `muted pixel art style`."""
    words = lexicon()
    while start and tokens[start - 1].lower in words.words("style.adjectives"):
        start -= 1
    while (
        words.singular(_next(tokens, end)) in words.words("style.heads")
        or _next(tokens, end) == "style"
    ):
        end += 1
    return Span(start, end, "visual_style", _words(tokens, start, end))


def _styles_of(tokens: list[Token], known: list[Span], loose: bool) -> list[Span]:
    """`in the style of Miyazaki`, `like a Wes Anderson movie`, `warm golden light look`."""
    words, spans = lexicon(), []
    taken = {place for span in known for place in range(span.start, span.end)}
    for place, token in enumerate(tokens):
        if place in taken:
            continue
        looks = token.lower in ("look", "looks", "looking") and _next(tokens, place + 1) == "like"
        if looks and loose and place + 2 < len(tokens):
            end = _until_mark(tokens, place + 2)
            spans.append(Span(place + 1, end, "visual_style", _words(tokens, place + 1, end)))
            taken |= set(range(place, end))
        elif token.lower == "style" and _next(tokens, place + 1) == "of":
            end = _until_mark(tokens, place + 2)
            spans.append(Span(place, end, "visual_style", _words(tokens, place, end)))
            taken |= set(range(place, end))
        elif token.lower == "like" and not _wishes(tokens, place) and _is_maker(tokens, place + 1):
            end = _until_mark(tokens, place + 1)
            spans.append(Span(place, end, "visual_style", _words(tokens, place, end)))
            taken |= set(range(place, end))
        elif token.lower in words.words("style.heads") - {"animation", "art"} and loose:
            start = place
            while start and _modifies_style(tokens[start - 1]) and start - 1 not in taken:
                start -= 1
            if start < place:
                spans.append(
                    Span(start, place + 1, "visual_style", _words(tokens, start, place + 1))
                )
    return spans


def _wishes(tokens: list[Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    return before is not None and (
        before.tag in ("PRONAUX", "MOD", "PRON") or before.lower in ("would", "really")
    )


def _modifies_style(token: Token) -> bool:
    words = lexicon()
    if token.lower in words.words("film.aspects") or token.tag in ("DET", "POSS", "PREP"):
        return False
    return (
        token.tag in ("ADJ", "NAME")
        or re.fullmatch(r"'?\d{1,3}0'?s", token.lower) is not None
        or token.lower in words.words("style.adjectives")
        or (token.lower.endswith("-style") or token.is_capital)
    )


def _is_maker(tokens: list[Token], place: int) -> bool:
    """Whether a comparison follows: a capitalised name, maybe with `film` or `movie` after it."""
    while (
        place < len(tokens) and tokens[place].tag in ("DET", "ADJ") and not tokens[place].is_capital
    ):
        place += 1
    if place >= len(tokens) or tokens[place].tag in ("PRON", "PRONAUX"):
        return False
    end = _until_mark(tokens, place)
    run = {token.bare for token in tokens[place:end]}
    known = lexicon().words("film.nouns") | lexicon().words("style.makers")
    return bool(run & known)


def _until_mark(tokens: list[Token], place: int) -> int:
    limit = min(len(tokens), place + 12)
    while place < limit and tokens[place].tag not in (".", "SUB", "PRONAUX", "REL"):
        if tokens[place].lower in ("about", "but", "where", "with", "for", "please", "starring"):
            break
        place += 1
    return place


def _find_moods(tokens: list[Token], loose: bool, asked: str | None) -> list[Span]:
    words = lexicon()
    spans = []
    for start, end, phrase in _moods().find(tokens):
        if not loose and asked != "mood":
            continue
        after = _next(tokens, end)
        if start and tokens[start - 1].lower == "too":
            continue
        if words.singular(after) in words.words("style.heads") - {"animation"}:
            continue
        noun = phrase in words.words("mood.nouns") and phrase not in words.words("mood.words")
        if noun and asked != "mood" and not _by_mood_head(tokens, start):
            continue
        modifies = end < len(tokens) and tokens[end].tag == "N"
        modifies = modifies and after not in words.words("film.nouns")
        if modifies and asked != "mood" and phrase in words.words("mood.weak"):
            continue
        spans.append(Span(start, end, "mood", phrase))
    return spans


def _by_mood_head(tokens: list[Token], start: int) -> bool:
    nearby = tokens[max(0, start - 4) : start + 3]
    return any(token.lower in lexicon().words("mood.heads") for token in nearby)


def _find_audience(tokens: list[Token], loose: bool, asked: str | None) -> list[Span]:
    spans = [
        Span(start, end, "audience", _words(tokens, start, end))
        for start, end, phrase in _audiences().find(tokens)
        if loose or asked == "audience" or phrase.endswith("friendly")
    ]
    for place, token in enumerate(tokens):
        aimed = (
            place
            and tokens[place - 1].lower in lexicon().words("talk.aims")
            and token.lower in ("at", "towards", "to", "for")
        )
        if loose and token.lower in _YOUNG and _next(tokens, place + 1) in _SHOWN:
            spans.append(Span(place, place + 1, "audience", token.text))
        if token.lower == "targeting" or aimed or (token.lower == "for" and loose):
            start = place + 1
            end = _audience_end(tokens, start)
            if end > start and (aimed or _names_audience(tokens, start, end)):
                spans = [span for span in spans if span.end <= place or span.start >= end]
                start = _past_articles(tokens, start, end)
                spans.append(Span(place, end, "audience", _words(tokens, start, end)))
    return sorted(spans, key=lambda span: span.start)


_YOUNG = frozenset(("kids", "kids'", "kid's", "children's", "childrens", "toddler", "toddlers"))
_SHOWN = frozenset(("film", "movie", "video", "animation", "cartoon", "short", "show"))


def _past_articles(tokens: list[Token], start: int, end: int) -> int:
    while start < end - 1 and tokens[start].lower in (
        "the",
        "an",
        "a",
        "my",
        "our",
        "some",
        "mostly",
    ):
        start += 1
    return start


def _audience_end(tokens: list[Token], place: int) -> int:
    """Where the audience phrase ends: at a mark, a verb of the film, or another preposition."""
    start, heads = place, lexicon().words("audience.nouns")
    while place < min(len(tokens), start + 14):
        token = tokens[place]
        dash = token.text in "-–" and place + 1 < len(tokens) and tokens[place + 1].tag == "NUM"
        if token.tag in (".", "REL", "SUB", "PRONAUX") and token.lower != "who" and not dash:
            break
        if token.lower in ("about", "where", "in", "starring", "please", "with", "so", "but"):
            follows = token.lower == "with" and place > start
            if not follows or _next(tokens, place + 1) in ("a", "an", "the"):
                break
        if token.lower == "and" and not _goes_on(tokens, place, heads):
            break
        place += 1
    return place


def _goes_on(tokens: list[Token], place: int, heads: frozenset[str]) -> bool:
    ahead = [token.lower for token in tokens[place + 1 : place + 5]]
    numbered = len(tokens) > place + 1 and tokens[place + 1].text[0].isdigit()
    return (
        numbered
        or any(word in heads for word in ahead)
        or ahead[:1] in (["up"], ["older"], ["above"], ["over"])
    )


def _names_audience(tokens: list[Token], start: int, end: int) -> bool:
    run = tokens[start:end]
    words = {token.bare for token in run} | {token.lower for token in run}
    heads = lexicon().words("audience.nouns") | {
        "ages",
        "age",
        "aged",
        "viewers",
        "lovers",
        "class",
    }
    if any(re.match(r".*year-?olds$|(?:over|under)-\w+", word) for word in words):
        return True
    last = run[-1].lower
    several = lexicon().singular(last) != last or tokens[start].lower == "the"
    if last in lexicon().words("audience.gatherings"):
        return True
    if _next(tokens, end) == "about" and several and len(run) < 5 and run[-1].tag != "NAME":
        return True
    if tokens[start].lower in ("a", "an", "the") and not words & {
        "whole",
        "general",
        "family",
        "audience",
        "public",
        "elderly",
        "crowd",
        "young",
        "people",
        "viewers",
    }:
        return False
    if words & {"my", "our"} and any(lexicon().kind(word) or word in heads for word in words):
        return True
    return bool(words & heads)
