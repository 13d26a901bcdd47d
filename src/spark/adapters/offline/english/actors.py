"""Who acts: the people of a story clause and the parts they play."""

from __future__ import annotations

from dataclasses import dataclass

from .lexicon import base_of, lexicon
from .people import Mention, parse_mention
from .words import Token


@dataclass(frozen=True)
class Actor:
    """Somebody a clause speaks of, and the part they play: subject, object or other."""

    mention: Mention
    part: str
    verb: str = ""
    does: str = ""
    """The base of the verb right after a subject."""


def find_actors(tokens: list[Token]) -> list[Actor]:
    """Everybody a story clause speaks of, in order, quotations left out."""
    actors: list[Actor] = []
    place, quoted = 0, False
    while place < len(tokens):
        if tokens[place].text == '"':
            quoted = not quoted
        mention = None if quoted else parse_mention(tokens, place)
        if mention is None or mention.end <= place:
            place += 1
            continue
        mention.is_introduced = _is_introduced(tokens, mention)
        actors.append(_cast_part(tokens, mention, actors))
        place = _past_apposition(tokens, mention)
    return actors


def _is_introduced(tokens: list[Token], mention: Mention) -> bool:
    """Whether `the man` of `visits the man he knocked out` is told of for the first time."""
    ahead = tokens[mention.end : mention.end + 2]
    before = tokens[mention.start - 1].tag if mention.start else ""
    plain = mention.determiner == "the" and mention.kind == "person" and not mention.names
    follows = [token.lower for token in ahead[:1]]
    told = follows in (["who"], ["whom"]) or (
        follows in (["he"], ["she"], ["they"]) and len(ahead) > 1 and ahead[1].tag[:1] == "V"
    )
    return plain and told and before in ("VS", "VD") and not mention.is_plural


def parse_subject(tokens: list[Token]) -> Mention | None:
    """Who a sentence begins with, `Walter` and `the father` of `The father, Walter, …` joined."""
    mention = parse_mention(tokens, 0)
    if mention is not None:
        _past_apposition(tokens, mention)
    return mention


def _past_apposition(tokens: list[Token], mention: Mention) -> int:
    """Take `, Dr. Moss,` into `the therapist`, and `, a cop,` into `Malone`; where they end."""
    place = mention.end
    if place + 1 >= len(tokens) or tokens[place].text != "," or mention.is_plural:
        return place
    beside = parse_mention(tokens, place + 1)
    if beside is None:
        return place
    closed = (
        beside.end >= len(tokens)
        or tokens[beside.end].text in (",", ".")
        or tokens[beside.end].tag == "REL"
    )
    if (
        closed
        and beside.names
        and beside.words
        and not mention.names
        and mention.kind
        and beside.determiner in ("a", "an")
    ):
        mention.names = beside.names
        return beside.end
    if not (beside.names or mention.names) and mention.determiner in ("the", "his", "her", "their"):
        return _past_description(tokens, beside) or place
    if not closed or bool(beside.names) == bool(mention.names):
        return place
    if mention.names and (not beside.kind or beside.determiner not in ("a", "an", "the")):
        return place
    if not mention.names and (beside.words or not mention.kind):
        return place
    mention.names = mention.names or beside.names
    mention.words = mention.words or beside.words
    return beside.end


def _past_description(tokens: list[Token], beside: Mention) -> int:
    """Where `an old woman with no teeth,` ends, if it tells who the one before it is."""
    if beside.determiner not in ("a", "an") or not beside.kind or beside.is_plural:
        return 0
    for place in range(beside.end, min(len(tokens) - 1, beside.end + 8)):
        if tokens[place].text == ",":
            return place if _verb_of(tokens, place + 1) else 0
        if tokens[place].tag in ("CC", "VS", "AUX", "MOD"):
            return 0
    return 0


def _cast_part(tokens: list[Token], mention: Mention, known: list[Actor]) -> Actor:
    before = mention.start - 1
    while before >= 0 and tokens[before].tag == "ADV":
        before -= 1
    does = _verb_of(tokens, mention.end)
    if before < 0:
        part = "subject" if _has_verb_after(tokens, mention.end) else "other"
        return Actor(mention, part, does=does)
    token = tokens[before]
    if token.tag == "CC" and not does and known and known[-1].mention.end in (before, before - 1):
        return Actor(mention, known[-1].part, known[-1].verb)
    if token.tag in (".", "CC", "SUB", "REL", "N") and token.lower not in lexicon().words(
        "talk.becoming"
    ):
        part = "subject" if _has_verb_after(tokens, mention.end) else "other"
        return Actor(mention, part, does=does)
    return Actor(mention, "object", token.lower)


def _verb_of(tokens: list[Token], place: int) -> str:
    while place < len(tokens) and tokens[place].tag == "ADV":
        place += 1
    acts = place < len(tokens) and tokens[place].tag in ("VS", "VD", "VB")
    return base_of(tokens[place].lower) if acts else ""


def _has_verb_after(tokens: list[Token], place: int) -> bool:
    for token in tokens[place : place + 12]:
        if token.tag in ("VS", "VD", "VB", "AUX", "MOD", "VG"):
            return True
        if token.tag in ("SUB", "PRONAUX") or token.text in (";", ":"):
            return False
    return False


def takes_part(actor: Actor) -> bool:
    """Whether somebody new in a story clause is one of its characters."""
    mention, kind = actor.mention, actor.mention.kind
    if mention.determiner in ("my", "our"):
        return False
    if (
        mention.names
        and mention.determiner == "the"
        and not mention.words
        and actor.part != "subject"
    ):
        return False
    if mention.names and mention.words and mention.head in lexicon().words("talk.sites"):
        return False
    told = mention.names and mention.words and mention.determiner in ("a", "an")
    if told and lexicon().is_listed(mention.role):
        return actor.verb not in ("like", "as")
    if mention.names:
        return actor.part == "subject" or actor.verb not in (
            "in",
            "at",
            "on",
            "near",
            "around",
            "through",
            "across",
            "like",
            "of",
            "over",
            "than",
            "onto",
            "toward",
            "during",
            "since",
            "until",
            "before",
            "after",
        )
    if not kind and _has_a_mind(actor):
        return True
    if mention.head in lexicon().words("talk.minor") and actor.part != "subject":
        return False
    if (
        not kind
        or mention.head in lexicon().words("talk.unnamed")
        or mention.words[0].lower() == "me"
    ):
        return False
    if mention.is_plural:
        counted = mention.count > 1 or (
            kind == "kin" and mention.determiner in ("his", "her", "their")
        )
        return counted and actor.part == "subject"
    if not mention.determiner:
        return False
    if mention.determiner in ("no", "every", "each", "any", "another"):
        return mention.determiner == "another" and actor.part == "subject"
    if actor.part == "subject":
        return True
    return _is_met(actor, kind)


def _has_a_mind(actor: Actor) -> bool:
    """Whether a thing does what only somebody can: `the fridge laughs at him`."""
    mention = actor.mention
    words = lexicon()
    film = words.words("film.nouns") | words.words("film.aspects") | words.words("talk.unnamed")
    single = mention.determiner in ("a", "an", "the") and not mention.is_plural
    minded = actor.part == "subject" and actor.does in words.words("talk.minded")
    return single and minded and mention.head not in film | words.words("talk.sites")


def _is_met(actor: Actor, kind: str) -> bool:
    """Whether an object of a clause is a person of the story and no mere thing in it."""
    mention, verb = actor.mention, actor.verb
    if (
        verb in lexicon().words("talk.becoming")
        or actor.part != "object"
        or not lexicon().is_listed(mention.role)
    ):
        return False
    if kind == "kin" and mention.determiner in ("his", "her", "their", "its"):
        return verb not in ("in", "at", "on", "from")
    if mention.determiner in ("his", "her", "their"):
        return verb == "with" or (
            kind == "person" and base_of(verb) in lexicon().words("talk.meeting")
        )
    if mention.is_introduced:
        return True
    if mention.determiner not in ("a", "an", "one"):
        return False
    if verb in ("with", "by", "between", "against", "from", "to"):
        return True
    forms = lexicon().forms.get(verb)
    if forms is None:
        return False
    return kind != "animal" or base_of(verb) in lexicon().words("talk.meeting")
