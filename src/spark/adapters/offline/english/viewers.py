"""Who is to watch: how a sentence speaks of its film's viewers."""

from __future__ import annotations

import re

from .lexicon import lexicon
from .shapes import first_segment, names_viewers
from .story import finite_verbs
from .words import tokenize

_LEAD = r"^(?:(?:and|so|well|oh|probably|mostly|mainly|maybe),? )*"
_OFTEN = r"(?: (?:mainly|mostly|really|just|probably|also|primarily|especially|only|all))?"
_SHOWN = (
    re.compile(
        rf"{_LEAD}(?:i|we|you)(?:'d|'ll|'m| would| will| want to| can| could| might| plan to| hope"
        rf" to|'re| are| am| going to| like to| love to| get to){{0,3}} "
        rf"(?:show|screen|play|present|"
        rf"bring|send|gift|showing|screening|playing) (?:it|this|that|the \w+|them)(?: first)? "
        rf"(?:to|for|at|in) (?P<who>.+)$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_LEAD}(?:it|this|that|the (?:film|movie|video|short))"
        rf"(?:'ll|'s| will| is| would| should| might| gets| has){_OFTEN}(?: going to| to)?"
        r"(?: be| get| being)? (?:shown|screened|played|presented|premiered|screening|playing|"
        r"premiering)(?: first)? (?:to|for|at|in) (?P<who>.+)$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_LEAD}(?:it|this|that|the (?:film|movie|video|short))?"
        rf"(?:'s|'d| is| will| would| should| might| could| can| may| must)?{_OFTEN} ?"
        r"(?:appeals?|speaks?) to (?P<who>.+)$",
        re.IGNORECASE,
    ),
    re.compile(rf"{_LEAD}(?:let's )?(?:aim|target)(?: it)? (?:at|for|towards) (?P<who>.+)$", re.I),
)
_FOR = re.compile(
    rf"{_LEAD}(?:it|this|that|the (?:film|movie|video|short))(?:'s|'ll be| is| will be| would be|"
    rf" should be)(?: going to be)?{_OFTEN} (?:meant |made |intended |an? [\w -]{{0,20}}(?:gift|"
    rf"present|surprise) )?for (?P<who>.+)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,|;| -| –| —) ?(?=(?:he|she|they|it|we|i|you|who|so|but|because|though|although|if|that|"
    r"ideally|really|please|since|as)(?:'\w+)?\b)|"
    r" (?:first|most|ideally|really|too|of all|as well)$",
    re.IGNORECASE,
)


def find_viewers(text: str, asked: bool) -> str | None:
    """Those a sentence says the film is shown to; None where it says nothing of them.

    With `asked` the question was who watches, and `it's for …` can only answer it.
    """
    plain = text.strip(" .!")
    for pattern in _SHOWN:
        if match := pattern.match(plain):
            who = without_gossip(match["who"])
            return who if asked or _may_watch(who) else None
    if match := _FOR.match(plain):
        who = without_gossip(match["who"])
        return who if asked or _is_ours(who) or _may_watch(who) else None
    return None


def without_gossip(who: str) -> str:
    """The viewers without what is told of them: `my gran, she loves museums`."""
    while cut := _TAIL.search(who):
        who = who[: cut.start()]
        if not who:
            break
    return who.strip(" ,;")


def is_viewer_of_ours(text: str) -> bool:
    """Whether a text names somebody of the speaker's own: `my gran, she loves museums`."""
    head = first_segment(tokenize(text))
    return bool(head) and _is_ours(text) and not finite_verbs(head)


def is_plural_role(word: str) -> bool:
    """Whether a word names several people: `gardeners`."""
    return lexicon().singular(word) != word and bool(lexicon().kind(word))


def _is_ours(who: str) -> bool:
    return who.lower().startswith(("my ", "our "))


def _may_watch(who: str) -> bool:
    tokens = tokenize(who)
    if not tokens:
        return False
    heads = lexicon().words("audience.nouns") | lexicon().words("audience.gatherings")
    return _is_ours(who) or names_viewers(tokens) or any(token.bare in heads for token in tokens)
