"""The shapes of sentences: what a run of words can be about."""

from __future__ import annotations

import itertools
import re

from .facets import find_facets
from .lexicon import lexicon
from .numbers import find_lengths
from .people import Mention, parse_mention
from .story import finite_verbs
from .words import Token

AGES = re.compile(
    r"\b(?:over|under|ages?|aged) (?:the age of )?\d{1,2}s?(?: ?(?:-|to|and) ?(?:\d{1,2}|up|"
    r"over|above|older))?"
    r"|\b\d{1,2} ?(?:-|–|to) ?\d{1,2}[- ]year[- ]olds?|\b\d{1,2}\+|\b\d{1,2} and (?:up|over|"
    r"above|older)|\b\d{1,2}[- ]year[- ]olds",
    re.IGNORECASE,
)


def without_asides(text: str) -> str:
    """The text without a last stretch that only talks to us: `…, hope that works for you`."""
    parts = text.split(", ")
    while len(parts) > 1 and _ASIDE.match(parts[-1]) and text.count('"') < 2:
        parts.pop()
    return ", ".join(parts)


CHAT = re.compile(
    r"\b(?:app|bot|chatbot|website|keyboard|this tool|just kidding|kidding|excited|typo|"
    r"autocorrect)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:and |but |so )?(?:(?:they|he|she|it)'ll (?:get|love|like)|hope|wow|cheers|thanks|thank "
    r"you|bye|mind you|mate|if (?:that|you|the|it|possible)|my boss|my wife|my kids will|"
    r"you (?:ask|are|know|guys|can|see)|you've|i (?:hope|think|guess|know|love that|mean|"
    r"promise|swear|really|just)|lol|haha|see you|to be honest|if you)\b(?!.*\babout\b)",
    re.IGNORECASE,
)


def talks_to_us(tokens: list[Token]) -> bool:
    """Whether a sentence speaks of the person or of us, outside quotations."""
    quoted = False
    speakers = lexicon().words("talk.speakers") - {"our", "us"}
    for place, token in enumerate(tokens):
        quoted = quoted != (token.text == '"')
        opens = not place or tokens[place - 1].tag in (".", "CC", "SUB", "MOD", "AUX")
        if not quoted and opens and token.lower in speakers:
            return True
    return False


def opens_with_film(tokens: list[Token]) -> bool:
    """Whether it begins by naming a kind of film and goes on with no verb of its own."""
    mention = parse_mention(tokens, 0)
    if (
        mention is None
        or (mention.names and len(mention.names[0].split()) == 1 and not mention.words)
        or mention.end >= len(tokens)
    ):
        return False
    if mention.determiner not in ("", "a", "an", "one") or not heads_film(tokens[: mention.end]):
        return False
    return tokens[mention.end].tag not in ("VS", "AUX", "MOD", "VB")


def first_segment(tokens: list[Token]) -> list[Token]:
    """The tokens up to the first comma or dash."""
    end = next((place for place, token in enumerate(tokens) if token.text in ",;—–"), len(tokens))
    return tokens[:end]


def heads_style(tokens: list[Token]) -> bool:
    """Whether a phrase names a look: `brass and copper colours`."""
    words = lexicon()
    nouns = words.words("style.heads") - {"art", "design", "drawing", "animation"}
    last = tokens[-1].lower if tokens else ""
    return (
        len(tokens) > 1
        and (last in nouns or last in ("colours", "colors"))
        and not finite_verbs(tokens)
        and tokens[0].lower not in ("the", "my")
    )


def names_viewers(tokens: list[Token]) -> bool:
    """Whether a phrase says who watches: `whoever likes cozy mysteries`, `kids from six up`."""
    first = tokens[0].lower
    if first in (
        "whoever",
        "anyone",
        "anybody",
        "people",
        "those",
        "everyone",
        "everybody",
        "folks",
    ):
        return True
    mention = parse_mention(tokens, 0)
    return (
        mention is not None
        and bool(mention.words)
        and mention.words[-1].lower() in lexicon().words("audience.nouns")
        and (not mention.determiner and not mention.names)
    )


_MEASURES = frozenset(("hundred", "thousand", "million", "dozen", "few", "bit", "little", "lot"))


def identifies(tokens: list[Token]) -> bool:
    """`Mia is a retired astronaut`: says who somebody is."""
    verbs = finite_verbs(tokens)
    if not verbs or tokens[verbs[0].place].lower in ("has", "have", "had"):
        return False
    after = verbs[0].place + 1
    if after + 1 < len(tokens) and tokens[after + 1].lower in _MEASURES:
        return False
    return after < len(tokens) and tokens[after].lower in ("a", "an", "both", "old", "young")


def sets_scene(tokens: list[Token]) -> bool:
    """Whether a first sentence only tells how somebody lives: `Cleo runs the last video store`."""
    mains = [verb.place for verb in finite_verbs(tokens) if verb.clause == "main"]
    if len(mains) != 1 or mains[0] + 1 >= len(tokens):
        return False
    verb, after = tokens[mains[0]].lower, tokens[mains[0] + 1]
    if verb in ("lives", "live", "lived", "works", "worked", "owns", "owned"):
        return True
    return verb in ("runs", "ran", "run") and after.tag in ("DET", "POSS")


def is_wordy(text: str) -> bool:
    """Whether a subject is the film itself."""
    return bool(re.match(r"(?:it|this|the (?:film|movie|story|video))\b", text, re.I))


def value(text: str, tokens: list[Token]) -> str:
    """The words of a value without articles, fillers and marks at its ends."""
    words = lexicon()
    fillers = words.words("grammar.fillers") | {
        "a",
        "an",
        "the",
        "some",
        "in",
        "for",
        "kinda",
        "sorta",
        "of",
        "kind",
        "sort",
        "or",
        "very",
        "more",
        "should",
        "be",
        "feel",
    }
    start, end = 0, len(tokens)
    while start < end and (
        (tokens[start].tag == "." and tokens[start].text not in '"(')
        or tokens[start].lower in fillers
    ):
        start += 1
    while end > start and (tokens[end - 1].tag == "." or tokens[end - 1].lower in fillers - {"it"}):
        end -= 1
    if start >= end:
        return ""
    text = (
        text[tokens[start].start : tokens[end - 1].end]
        if is_run(tokens[start:end], text)
        else " ".join(token.text for token in tokens[start:end])
    )
    return text.strip(" ,;:.\"'")


def is_run(tokens: list[Token], text: str) -> bool:
    """Whether no word was taken out between the tokens."""
    return all(not text[one.end : two.start].strip() for one, two in itertools.pairwise(tokens))


def shortened(text: str) -> str:
    """The first clause of a long phrase."""
    if len(text) <= 90:
        return text
    head = re.split(r"[,;]| and (?:then )?", text[:200])[0]
    return head if 30 <= len(head) <= 120 else text[:120].rsplit(" ", 1)[0].rstrip(" ,;")


def is_gibberish(text: str) -> bool:
    """Whether nothing in a text looks like a word."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) > 2 and len(set(words)) == 1:
        return True
    return not re.search(r"\d", text) and bool(words) and all(_is_mash(word) for word in words)


def _is_mash(word: str) -> bool:
    if len(word) < 4:
        return word not in ("ai", "cat", "dog", "pg", "tv", "dj") and not re.search(
            r"[aeiouy]", word
        )
    vowels = len(re.findall(r"[aeiouy]", word))
    runs = re.search(r"[bcdfghjklmnpqrstvwxz]{6}|j[bcdfghkmnpqstvwxz]|(.)\1\1", word)
    return (
        vowels == 0
        or bool(runs)
        or any(run in word for run in ("asdf", "qwer", "zxcv", "hjkl", "sdfg", "fdsa"))
    )


def heads_film(tokens: list[Token]) -> bool:
    """Whether the phrase names a film or a genre: `a dark comedy for kids`."""
    words = lexicon()
    facets = find_facets(tokens, True, None)
    genre_ends = {span.end - 1 for span in facets.spans if span.element == "genre"}
    mention_end = next(
        (
            i
            for i, token in enumerate(tokens)
            if token.tag in ("PREP", "REL", "SUB") or token.text in ":;"
        ),
        len(tokens),
    )
    for place in range(min(mention_end, len(tokens))):
        token = tokens[place]
        last = (
            place + 1 >= len(tokens)
            or tokens[place + 1].tag not in ("N", "NAME", "ADJ", "VG")
            or place + 1 in facets.covered()
        )
        if (
            last
            and token.tag != "ADJ"
            and (
                words.singular(token.lower) in words.words("film.nouns")
                or (place in genre_ends and not words.kind(token.lower))
            )
        ):
            return True
        if place in genre_ends and last and not lexicon().kind(token.lower):
            return True
    return False


def is_property(tokens: list[Token], text: str) -> bool:
    """Whether every word tells of the film: a genre, a mood, a style, an audience, a length."""
    facets = find_facets(tokens, True, None)
    lengths = [length for length in find_lengths(text) if not length.in_story]
    spoken = facets.covered()
    heads = lexicon().words("audience.nouns")
    ages = [match.span() for match in AGES.finditer(text)]
    for place, token in enumerate(tokens):
        inside = any(length.start <= token.start < length.end for length in lengths)
        aged = any(start <= token.start < end for start, end in ages)
        if inside or aged or (token.lower in heads and "audience" in facets.values("audience")):
            spoken.add(place)
    if not spoken:
        return False
    film = (
        lexicon().words("film.nouns")
        | lexicon().words("talk.glue")
        | lexicon().words("grammar.fillers")
    )
    return all(
        place in spoken or token.tag == "." or token.lower in film
        for place, token in enumerate(tokens)
    )


def tail_start(story: list[Token], text: str) -> int | None:
    """Where the last stretch that only speaks of the film begins."""
    marks = [
        place for place, token in enumerate(story) if token.tag == "." and token.text in ",;–—-."
    ]
    for mark in reversed(marks[-3:]):
        tail = story[mark + 1 :]
        if tail and is_property(tail, own_text(tail, text)):
            return mark
        if (
            len(tail) > 1
            and tail[0].lower in ("a", "an")
            and heads_film(tail)
            and not finite_verbs(tail)
        ):
            return mark
        if tail:
            break
    for place in range(len(story) - 1, max(0, len(story) - 9), -1):
        if story[place].lower not in ("for", "in", "with", "aimed", "targeted", "that's", "that"):
            continue
        tail = story[place:]
        facets = find_facets(tail, True, None)
        reach = max((span.end for span in facets.spans if span.element == "audience"), default=0)
        if story[place].lower == "for" and reach >= len(tail) - 1:
            return place
        spoken = {"audience", "visual_style"} & {span.element for span in facets.spans}
        if spoken and is_property(tail, own_text(tail, text)):
            return place
    return None


def own_text(tokens: list[Token], text: str) -> str:
    """The text up to the end of `tokens`, blank before them, so that places still hold."""
    start, end = tokens[0].start, tokens[-1].end
    return " " * start + text[start:end]


def without_speaker(tokens: list[Token]) -> list[Token]:
    """The tokens up to where the person speaks of themselves: `…, so that's what I want`."""
    for place, token in enumerate(tokens):
        if not place or token.text not in (",", "because", "so", "but", "since", ";"):
            continue
        ahead = [later.lower for later in tokens[place + 1 : place + 5]]
        if ahead[:1] in (["she'll"], ["he'll"], ["they'll"], ["it'll"]):
            return tokens[:place]
        if {"i", "i'm", "i'd", "we", "i've", "that's"} & set(ahead[:3]):
            return tokens[:place]
    return tokens


def without_place(tokens: list[Token]) -> list[Token]:
    """The tokens without `, set in a laundromat`."""
    for place, token in enumerate(tokens):
        if (
            token.lower == "set"
            and place
            and tokens[place - 1].text == ","
            and place + 1 < len(tokens)
        ) and tokens[place + 1].tag == "PREP":
            return tokens[: place - 1]
    return tokens


def without_denials(tokens: list[Token]) -> list[Token]:
    """The tokens without what a negation turns away: `without any police and no guns`."""
    kept: list[Token] = []
    denied = False
    words = [token.lower for token in tokens]
    if "than" in words and {"more", "longer"} & set(words):
        return tokens
    for place, token in enumerate(tokens):
        if token.lower in (
            "without",
            "no",
            "not",
            "nothing",
            "never",
            "don't",
            "isn't",
            "shouldn't",
            "doesn't",
            "less",
        ):
            after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
            denied = not (token.lower == "not" and after in ("only", "just"))
            if kept and kept[-1].lower in ("but", "and", ","):
                kept.pop()
            continue
        if denied and (token.text in (",", ";") or token.lower == "but"):
            denied = False
        if not denied:
            kept.append(token)
    return kept


def speaks_of_length(text: str) -> bool:
    """Whether a sentence says that a time in it is the film's length."""
    return bool(
        re.search(
            r"\b(?:long|length|runtime|duration|should|run|runs|last|lasts|make it|film|video|"
            r"movie|short|it's|total)\b",
            text,
            re.I,
        )
    )


def predicate_start(tokens: list[Token]) -> int | None:
    """Where the phrase about somebody turns to what they do."""
    for place, token in enumerate(tokens):
        if not place:
            continue
        before = tokens[place - 1]
        if token.tag == "REL" or token.lower in ("who's", "that's"):
            return place
        if token.tag == "SUB" and token.lower == "that":
            return place
        if token.tag in ("VS", "VD", "AUX", "MOD") or (token.tag == "VB" and before.tag != "TO"):
            return place
        if token.tag == "VG" and before.tag not in ("DET", "POSS", "ADJ"):
            return place
        if token.tag == "TO" and place > 1:
            return place
        if token.lower == "as" and place + 1 < len(tokens) and tokens[place + 1].tag == "PRON":
            return place
    return None


_PROPERTY = frozenset(("stolen", "garden", "borrowed", "stuffed"))
"""What makes a gnome or a goose a thing somebody owns."""


def is_somebody(tokens: list[Token], mention: Mention, predicate: int | None) -> bool:
    """Whether a phrase, with what is told after it, stands for a character."""
    if mention.names:
        return True
    if mention.head in lexicon().words("talk.anyone") or mention.words[
        -1
    ].lower() in lexicon().words("talk.anyone"):
        return False
    if mention.kind not in ("person", "kin") and {w.lower() for w in mention.words} & _PROPERTY:
        return False
    if mention.kind:
        return True
    lively = {
        "talking",
        "singing",
        "dancing",
        "walking",
        "lonely",
        "sentient",
        "brave",
        "shy",
        "grumpy",
        "little",
        "living",
    }
    if mention.determiner in ("a", "an") and {word.lower() for word in mention.words[:-1]} & (
        lively - {"little"}
    ):
        return True
    if predicate is None or mention.determiner not in ("a", "an", "this", "one"):
        return False
    rest = [token.lower for token in tokens[predicate : predicate + 3]]
    willing = {
        "wants",
        "dreams",
        "learns",
        "tries",
        "decides",
        "falls",
        "thinks",
        "believes",
        "refuses",
        "travels",
        "escapes",
        "longs",
        "wishes",
        "befriends",
    }
    return rest[:1] == ["who"] or bool(set(rest) & willing)
