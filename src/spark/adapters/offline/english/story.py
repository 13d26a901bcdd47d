"""What happens: the clauses of a sentence and the events they tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import lexicon
from .people import parse_mention
from .words import Token, tokenize

_CLOSING = frozenset(["finally", "eventually", "ultimately", "lastly", "end"])
_OPENERS = re.compile(
    r"^(?:(?:and|but|so|then|"
    r"next(?! (?:door|day|morning|week|year|to|night))|"
    r"first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|"
    r"afterwards?|also|after that|"
    r"from there|well|ok(?:ay)?|basically|to start(?: with)?|to begin with|at first|in the "
    r"beginning|"
    r"at the beginning|the (?:story|film|movie|plot|video) (?:starts|begins|opens|ends)(?: "
    r"(?:when|with|as|where|by))?|"
    r"it (?:all )?(?:starts|begins|opens|ends)(?: (?:when|with|as|where|by))?|what happens "
    r"is(?: that)?|"
    r"we (?:see|follow|watch|meet|open on)(?: (?:as|how))?|the (?:plot|story|idea) is(?: that)?|"
    r"(?:one|two|three|four|five|six)(?=:)|(?:plot|story)(?=[:,])|"
    r"one more thing|and then|so then|but then|step \d+|(?:act|scene) (?:\d+|one|two|three)|"
    r"(?:opening|closing|start|finale)(?: scene| shot| image)?(?=:)|"
    r"(?:the )?(?:beginning|middle|ending|end|climax|twist)(?: is(?: that)?|(?=[:,])))"
    r"(?:\s*[:,]\s*|\s+))+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verb:
    """A finite verb, where it stands, and in what clause: main, relative or subordinate."""

    place: int
    clause: str


def finite_verbs(tokens: list[Token]) -> list[Verb]:
    """The finite verbs of a sentence, auxiliaries and what follows them counted once."""
    found: list[Verb] = []
    clause, seen, quoted, group_end = "main", True, False, -1
    for place, token in enumerate(tokens):
        if token.text in '"()':
            quoted = not quoted
        if quoted:
            continue
        if token.tag == "REL" or token.lower == "who's":
            clause, seen = "relative", False
        elif token.tag == "SUB" and not _is_preposition(tokens, place):
            clause, seen = "subordinate", False
        elif _reduces(tokens, place):
            clause, seen = "relative", False
        elif token.text in (",", ";", ":", "–", "—") and seen:
            clause = "main"
        if not _is_finite(tokens, place) or place <= group_end:
            continue
        group_end = _group_end(tokens, place)
        if clause == "relative" and seen and tokens[place - 1].tag not in ("CC", "ADV", "REL"):
            clause = "main"
        seen = True
        found.append(Verb(place, clause))
    return found


_ANYBODY = ("everyone", "everybody", "people", "you")


def _reduces(tokens: list[Token], place: int) -> bool:
    """Whether a relative clause without its pronoun begins: `the senator she protects`."""
    if not place or tokens[place].lower not in (
        "he",
        "she",
        "they",
        "it",
        "i",
        "we",
        "nobody",
        *_ANYBODY,
    ):
        return False
    noun = tokens[place - 1]
    if noun.tag != "N" or noun.lower in lexicon().words("talk.moments"):
        return False
    verb = tokens[place + 1] if place + 1 < len(tokens) else None
    if lexicon().kind(noun.lower) or verb is None:
        return bool(lexicon().kind(noun.lower))
    rest = [token for token in tokens[place + 2 : place + 4] if token.tag != "PREP"]
    return verb.tag in ("VS", "VB", "VD") and (not rest or rest[0].text in ",.;")


def _is_preposition(tokens: list[Token], place: int) -> bool:
    """Whether `before`, `after`, `until` stands before a noun phrase and no clause."""
    for token in tokens[place + 1 : place + 7]:
        if token.tag in ("VS", "VD", "VB", "AUX", "MOD", "PRONAUX"):
            return False
        if token.tag in (".", "SUB", "REL"):
            break
    return tokens[place].lower in ("before", "after", "until", "till", "since", "as", "once")


def _is_finite(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    before = tokens[place - 1].tag if place else ""
    if token.tag in ("VS", "AUX", "MOD", "PRONAUX"):
        return token.lower not in ("be", "been", "being", "having")
    if token.tag == "VB":
        return before != "TO"
    after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    reduced = after in ("of", "by", "as") and before in ("N", "NAME")
    return token.tag == "VD" and place > 0 and before not in ("DET", "POSS", "AUX") and not reduced


def _group_end(tokens: list[Token], place: int) -> int:
    end = place
    while end + 1 < len(tokens) and tokens[end + 1].tag in ("AUX", "MOD", "ADV", "VB", "VD", "VG"):
        if tokens[end].tag not in ("AUX", "MOD", "PRONAUX", "ADV"):
            break
        end += 1
    return end


def tells_event(tokens: list[Token]) -> bool:
    """Whether a sentence tells of the story: it has a finite verb outside relative clauses."""
    if tokens and tokens[0].lower in lexicon().words("talk.speakers"):
        return False
    return any(verb.clause != "relative" for verb in finite_verbs(tokens))


def is_description(tokens: list[Token]) -> bool:
    """Whether a clause only says what somebody is or has: `Mia is an astronaut`."""
    verbs = finite_verbs(tokens)
    if not verbs:
        return True
    if any(verb.clause == "subordinate" for verb in verbs):
        return False
    mains = [verb for verb in verbs if verb.clause == "main"] or verbs
    return all(_is_being(tokens, verb.place) for verb in mains)


def _is_being(tokens: list[Token], place: int) -> bool:
    token = tokens[place]
    ahead = [later.lower for later in tokens[place + 1 : place + 3]]
    if token.lower in ("goes", "went") and ahead[:1] == ["by"]:
        return ahead == ["by", "the"] or tokens[min(place + 2, len(tokens) - 1)].tag == "NAME"
    if token.tag not in ("AUX", "PRONAUX"):
        return False
    if token.lower in ("gets", "got", "do", "does", "did", "don't", "doesn't", "didn't"):
        return False
    after = place + 1
    while after < len(tokens) and tokens[after].tag == "ADV":
        after += 1
    if after >= len(tokens):
        return True
    if token.lower in ("has", "have", "had") and lexicon().forms.get(
        tokens[after].lower, frozenset()
    ) & {"past"}:
        return False
    if token.lower in ("has", "have", "had"):
        if any(later.tag in ("TO", "SUB", "VD") for later in tokens[after:]):
            return False
        return tokens[after].tag in ("DET", "N", "ADJ", "POSS", "NUM")
    passive = tokens[after].lower.endswith("ed") and tokens[after].lower not in lexicon().words(
        "grammar.adjectives"
    )
    return tokens[after].tag not in ("VG", "VD", "TO") and not passive


def is_stative(tokens: list[Token]) -> bool:
    """Whether all that is said is what somebody is, has, can, likes or wants."""
    verbs = finite_verbs(tokens)
    return all(
        tokens[verb.place].lower in lexicon().words("talk.stative")
        and not _is_progress(tokens, verb.place)
        for verb in verbs
    )


def _is_progress(tokens: list[Token], place: int) -> bool:
    after = tokens[place + 1].tag if place + 1 < len(tokens) else ""
    return tokens[place].tag in ("AUX", "PRONAUX") and after in ("VG", "VD")


def split_events(text: str) -> list[str]:
    """The events a sentence tells, each a clause in the person's words."""
    text = strip_openers(text)
    tokens = tokenize(text)
    verbs = finite_verbs(tokens)
    cuts = _event_cuts(tokens, verbs)
    subject = _subject_text(text, tokens, verbs)
    pieces, start, lacks = [], 0, False
    for cut, resume, next_lacks in [*cuts, (len(tokens), len(tokens), False)]:
        piece = text[tokens[start].start : tokens[cut - 1].end] if cut > start else ""
        pieces.append(tidy(f"{subject} {piece}" if lacks and subject else piece))
        start, lacks = resume, next_lacks
    return [piece for piece in pieces if piece]


def strip_openers(text: str) -> str:
    """The sentence without `First,`, `and then`, `it starts when`."""
    return _OPENERS.sub("", text.strip(), count=1) or text.strip()


def tidy(text: str) -> str:
    """The clause without marks and connectors at its ends."""
    return strip_openers(text.strip(" ,;:-–—\n")).strip(" ,;:-–—.!?…\n")


def _subject_text(text: str, tokens: list[Token], verbs: list[Verb]) -> str:
    main = next((verb.place for verb in verbs if verb.clause == "main"), 0)
    start = 0
    for place in range(main):
        if tokens[place].text in (",", ";", ":"):
            start = place + 1
    run = [token for token in tokens[start:main] if token.tag != "ADV"]
    if not run or len(run) > 4:
        return "they" if any(token.tag == "CC" for token in run) else ""
    return text[run[0].start : run[-1].end]


def _event_cuts(tokens: list[Token], verbs: list[Verb]) -> list[tuple[int, int, bool]]:
    """Where events end and begin, as (end, start, whether the subject is left out)."""
    places = {verb.place: verb.clause for verb in verbs}
    firm, loose, listed = [], [], False
    for place, token in enumerate(tokens):
        if token.text not in (",", ";", "–", "—") and token.lower not in ("and", "but"):
            continue
        if tokens[place - 1].text == "," and place:
            continue
        begin, sequenced = _past_links(tokens, place)
        told = any(verb < place and clause == "main" for verb, clause in places.items())
        if begin >= len(tokens) or not told or token.lower == "but":
            continue
        bare = begin in places
        if not bare and not _starts_clause(tokens, begin, places):
            continue
        if sequenced:
            firm.append((place, begin, bare))
        elif bare or token.text == ",":
            loose.append((place, begin, bare))
            plain = token.text == "," and tokens[place + 1].tag != "CC"
            listed = listed or plain
    closing = any(tokens[cut[1] - 1].lower in _CLOSING for cut in firm)
    if closing:
        return sorted(firm + loose)
    return firm if len(firm) > 1 else []


def _past_links(tokens: list[Token], place: int) -> tuple[int, bool]:
    """The token after `, and then`; and whether a word of order was there."""
    sequenced = False
    place += 1
    while place < len(tokens) and (
        tokens[place].text == ","
        or tokens[place].lower in ("and", "but", "&")
        or tokens[place].tag == "ADV"
    ):
        sequenced = sequenced or tokens[place].lower in lexicon().words("talk.sequence")
        place += 1
    ahead = [token.lower for token in tokens[place : place + 3]]
    if ahead in (["in", "the", "end"], ["at", "the", "end"]):
        return place + 3, True
    if ahead[:2] == ["after", "that"]:
        return place + 2, True
    return place, sequenced


def _starts_clause(tokens: list[Token], place: int, verbs: dict[int, str]) -> bool:
    """Whether a subject and its verb follow."""
    if tokens[place].tag == "PRON":
        return place + 1 in verbs or place + 2 in verbs
    mention = parse_mention(tokens, place)
    if mention is None:
        return False
    end = mention.end
    while end < len(tokens) and tokens[end].tag == "ADV":
        end += 1
    return verbs.get(end) == "main"
