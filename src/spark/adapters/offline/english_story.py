"""What happens: sentences, their clauses, the events they tell and who acts in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .english_people import Mention, parse_mention
from .english_words import Token, lexicon, tokenize

_END = re.compile(r"[.!?…]+[\"')]*(?=\s|$)|\n+|;")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|capt|sgt|lt|gen|col)|(?:^|[\s.])[A-Za-z])$", re.IGNORECASE
)
_BULLET = re.compile(r"(?:^|(?<=\s))(?:\(?\d{1,2}[.)]|[-*•])\s+(?=\S)")
_STRANGE = re.compile(r"[^\w\s.,;:!?'\"()&/%\-–—…$€£#+*½¼¾′″\[\]<>=]")
_FACES = re.compile(r"(?<!\w)[:;=8][-']?[)(DPpO3/|]+(?!\w)|<3")
_SPACES = re.compile(r"[ \t\r\f\v]+")
_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u200b": None, "`": "'"})

_LONGEST_SENTENCE = 150

FIRST_PERSON = frozenset(
    """
    i we you my our your i'm i'd i've i'll we're we'd we'll we've you're you'd you'll you've we've me us let's
    """.split()
)
_SEQUENCE = frozenset(
    "then finally eventually afterwards afterward later next ultimately subsequently lastly".split()
)
_OPENERS = re.compile(
    r"^(?:(?:and|but|so|then|next|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|afterwards?|also|after that|"
    r"from there|well|ok(?:ay)?|basically|to start(?: with)?|to begin with|at first|in the beginning|"
    r"at the beginning|the (?:story|film|movie|plot|video) (?:starts|begins|opens|ends)(?: (?:when|with|as|where|by))?|"
    r"it (?:all )?(?:starts|begins|opens|ends)(?: (?:when|with|as|where|by))?|what happens is(?: that)?|"
    r"we (?:see|follow|watch|meet|open on)(?: (?:as|how))?|the (?:plot|story|idea) is(?: that)?|(?:plot|story)(?=[:,])|"
    r"one more thing|and then|so then|but then|step \d+|(?:act|scene) (?:\d+|one|two|three)|"
    r"(?:the )?(?:beginning|middle|ending|end|climax|twist)(?: is(?: that)?|(?=[:,])))"
    r"(?:\s*[:,]\s*|\s+))+",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """The text with plain quotes and spaces, and without emoji."""
    text = re.sub(r"(?:\.{2,}|…)\s+(?=[a-z])", ", ", text[:8000])
    plain = _STRANGE.sub(" ", _FACES.sub(" ", text.translate(_CURLY)))
    return _SPACES.sub(" ", plain).strip()


_MOST_SENTENCES = 150


def split_sentences(text: str) -> list[str]:
    """The sentences and list entries of a text, each with its final mark."""
    pieces, start = [], 0
    marks = {match.start() for match in _BULLET.finditer(text)} if _is_list(text) else set()
    cuts = sorted(marks | {m.end() for m in _END.finditer(text) if _ends_here(text, m)})
    for cut in [*cuts, len(text)]:
        piece = _BULLET.sub("", text[start:cut].strip(), count=1).strip(" ;\n") if marks else text[start:cut].strip(" ;\n")
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
    return len(_BULLET.findall(text)) > 1 or bool(re.match(r"\s*(?:1[.)]|[-*•])\s", text))


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
        if token.text == '"':
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


def _reduces(tokens: list[Token], place: int) -> bool:
    """Whether a relative clause without its pronoun begins: `the senator she protects`."""
    if not place or tokens[place].lower not in ("he", "she", "they", "it", "i", "we", "nobody"):
        return False
    return tokens[place - 1].tag == "N" and bool(lexicon().kind(tokens[place - 1].lower))


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
    return token.tag == "VD" and before not in ("DET", "POSS", "AUX")


def _group_end(tokens: list[Token], place: int) -> int:
    end = place
    while end + 1 < len(tokens) and tokens[end + 1].tag in ("AUX", "MOD", "ADV", "VB", "VD", "VG"):
        if tokens[end].tag not in ("AUX", "MOD", "PRONAUX", "ADV"):
            break
        end += 1
    return end


def tells_event(tokens: list[Token]) -> bool:
    """Whether a sentence tells of the story: it has a finite verb outside relative clauses."""
    if tokens and tokens[0].lower in FIRST_PERSON:
        return False
    return any(verb.clause != "relative" for verb in finite_verbs(tokens))


_STATIVE = frozenset(
    """
    is are was were 's has have had can could loves love loved likes like liked hates hate wants want wanted lives live lived
    works work worked needs knows believes seems looks owns speaks fears wishes hopes
    he's she's they're it's who's
    """.split()
)


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
    if token.tag not in ("AUX", "PRONAUX"):
        return False
    if token.lower in ("gets", "got", "do", "does", "did", "don't", "doesn't", "didn't"):
        return False
    after = place + 1
    while after < len(tokens) and tokens[after].tag == "ADV":
        after += 1
    if after >= len(tokens):
        return True
    if token.lower in ("has", "have", "had"):
        if any(later.tag in ("TO", "SUB") for later in tokens[after:]):
            return False
        return tokens[after].tag in ("DET", "N", "ADJ", "POSS", "NUM")
    return tokens[after].tag not in ("VG", "VD", "TO")


def is_stative(tokens: list[Token]) -> bool:
    """Whether all that is said is what somebody is, has, can, likes or wants."""
    verbs = finite_verbs(tokens)
    return all(
        tokens[verb.place].lower in _STATIVE and not _is_progress(tokens, verb.place) for verb in verbs
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
    """Where one event ends and the next begins, as (end, start, whether the subject is left out)."""
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
    return sorted(firm + (loose if listed else []))


def _past_links(tokens: list[Token], place: int) -> tuple[int, bool]:
    """The token after commas, `and`, `then`, `in the end`; and whether a word of order was there."""
    sequenced = False
    place += 1
    while place < len(tokens) and (
        tokens[place].text == "," or tokens[place].lower in ("and", "but", "&") or tokens[place].tag == "ADV"
    ):
        sequenced = sequenced or tokens[place].lower in _SEQUENCE
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


_BECOMING = frozenset(
    """
    is are was were be been become becomes became being 's as like than become named called turned named into of about
    playing plays play
    """.split()
)
_MEETING = frozenset(
    """
    meet befriend find rescue save adopt discover fight face encounter chase hunt marry love kidnap raise train free
    help steal follow capture protect defeat confront challenge hire rob kill accuse hide bring teach catch trust join
    """.split()
)
_NO_ONE = frozenset(
    """
    police public crowd audience army world people everyone kid's man-made crew family staff team government company
    person others stadium child parent friend stranger hero customer guest enemy
    """.split()
)


@dataclass(frozen=True)
class Actor:
    """Somebody a clause speaks of, and the part they play: subject, object or other."""

    mention: Mention
    part: str
    verb: str = ""


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
        actors.append(_cast_part(tokens, mention, actors))
        place = _past_apposition(tokens, mention)
    return actors


def _past_apposition(tokens: list[Token], mention: Mention) -> int:
    """Take `, Dr. Moss,` into `the therapist`, and `, a cop,` into `Malone`; where they end."""
    place = mention.end
    if place + 1 >= len(tokens) or tokens[place].text != "," or mention.is_plural:
        return place
    beside = parse_mention(tokens, place + 1)
    if beside is None:
        return place
    closed = beside.end >= len(tokens) or tokens[beside.end].text in (",", ".") or tokens[beside.end].tag == "REL"
    if not closed or bool(beside.names) == bool(mention.names):
        return place
    if mention.names and (not beside.kind or beside.determiner not in ("a", "an", "the")):
        return place
    if not mention.names and (beside.words or not mention.kind):
        return place
    mention.names = mention.names or beside.names
    mention.words = mention.words or beside.words
    return beside.end


def _cast_part(tokens: list[Token], mention: Mention, known: list[Actor]) -> Actor:
    before = mention.start - 1
    while before >= 0 and tokens[before].tag == "ADV":
        before -= 1
    if before < 0:
        return Actor(mention, "subject" if _has_verb_after(tokens, mention.end) else "other")
    token = tokens[before]
    if token.tag == "CC" and known and known[-1].mention.end in (before, before - 1):
        return Actor(mention, known[-1].part, known[-1].verb)
    if token.tag in (".", "CC", "SUB", "REL", "N") and token.lower not in _BECOMING:
        part = "subject" if _has_verb_after(tokens, mention.end) else "other"
        return Actor(mention, part)
    return Actor(mention, "object", token.lower)


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
    if mention.names:
        return actor.part == "subject" or actor.verb not in (
            "in", "at", "on", "near", "around", "through", "across", "like", "of", "over", "than", "onto", "toward",
        )
    if not kind or mention.head in _NO_ONE or mention.words[0].lower() == "me":
        return False
    if mention.is_plural:
        counted = mention.count > 1 or (kind == "kin" and mention.determiner in ("his", "her", "their"))
        return counted and actor.part == "subject"
    if not mention.determiner:
        return False
    if mention.determiner in ("no", "every", "each", "any", "another"):
        return mention.determiner == "another" and actor.part == "subject"
    if actor.part == "subject":
        return True
    return _is_met(actor, kind)


def _is_met(actor: Actor, kind: str) -> bool:
    """Whether an object of a clause is a person of the story and no mere thing in it."""
    mention, verb = actor.mention, actor.verb
    if verb in _BECOMING or actor.part != "object" or not lexicon().is_listed(mention.role):
        return False
    if kind == "kin" and mention.determiner in ("his", "her", "their", "its"):
        return verb not in ("in", "at", "on", "from")
    if mention.determiner in ("his", "her", "their"):
        return verb == "with" or kind == "person" and base_of(verb) in _MEETING
    if mention.determiner not in ("a", "an"):
        return False
    if verb in ("with", "by", "between", "against", "from", "to"):
        return True
    forms = lexicon().forms.get(verb)
    if forms is None:
        return False
    return kind != "animal" or base_of(verb) in _MEETING


def base_of(form: str) -> str:
    """The base of a regular verb form, or the form itself."""
    forms = lexicon().forms
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("es", "e")):
        if form.endswith(ending):
            base = form[: -len(ending)] + instead
            if "base" in forms.get(base, ()):
                return base
            if len(base) > 2 and base[-1:] == base[-2:-1] and "base" in forms.get(base[:-1], ()):
                return base[:-1]
    return _IRREGULAR.get(form, form)


_IRREGULAR = {"found": "find", "met": "meet", "caught": "catch", "brought": "bring", "fought": "fight"}
