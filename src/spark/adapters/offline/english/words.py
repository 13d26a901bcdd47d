"""English words: tokens, and what part each plays in its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from .lexicon import lexicon

_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*(?:-?[^\W\d_]+)*"
    r"|[^\W\d_]\.(?:[^\W\d_]\.)+"
    r"|[^\W\d_]+(?:['-][^\W_]+)*(?:(?<=s)')?"
    r"|[^\w\s]"
)
_PIECE = re.compile(r"[a-z0-9&/]+(?:'[a-z]+)?")
_ADJECTIVE = re.compile(r"[a-z]{3,}(?:ful|ous|less|ish|able|ible|ive|ic|ical|ary)$")


@dataclass
class Token:
    """One word, number or mark, where it stands, and the part it plays (`tag`)."""

    text: str
    start: int
    end: int
    tag: str = ""
    lower: str = field(init=False)

    def __post_init__(self) -> None:
        self.lower = self.text.lower()

    @property
    def bare(self) -> str:
        """The word in lower case without a possessive ending."""
        return re.sub(r"(?:'s|(?<=s)')$", "", self.lower)

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@lru_cache(maxsize=256)
def tokenize(text: str) -> list[Token]:
    """The tokens of `text`, with the part each plays; shared, so never to be changed."""
    tokens = [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    shouting = text.isupper()
    for index, token in enumerate(tokens):
        token.tag = _first_tag(tokens, index, shouting)
    _settle_titles(tokens)
    for index, token in enumerate(tokens):
        if token.tag == "?":
            token.tag = _settle(tokens, index)
    return tokens


_CLOSED = (
    ("POSS", "grammar.possessives"),
    ("AUX", "grammar.auxiliaries"),
    ("MOD", "grammar.modals"),
    ("CC", "grammar.conjunctions"),
    ("PRON", "grammar.subjects"),
    ("DET", "grammar.determiners"),
    ("SUB", "grammar.subordinators"),
    ("PREP", "grammar.prepositions"),
    ("PRON", "grammar.pronouns"),
    ("ADV", "grammar.adverbs"),
)
_PRONOUN_IS = frozenset(
    f"{word}{ending}"
    for word in (
        "he",
        "she",
        "it",
        "they",
        "i",
        "we",
        "you",
        "that",
        "there",
        "who",
        "what",
        "here",
    )
    for ending in ("'s", "'re", "'m", "'ve", "'d", "'ll")
)


def _first_tag(tokens: list[Token], index: int, shouting: bool) -> str:
    token, words = tokens[index], lexicon()
    if not token.text[0].isalnum():
        return "." if token.text != "&" else "CC"
    if token.lower.endswith("-year-old"):
        return "ADJ"
    if token.text[0].isdigit():
        return "NUM"
    if token.lower in _PRONOUN_IS:
        return "PRONAUX"
    if token.lower in ("who", "which", "whose", "whom"):
        return "REL"
    if token.lower == "that":
        return _that(tokens, index)
    if token.lower in ("named", "called", "nicknamed", "codename", "codenamed", "alias", "aka"):
        return "NAMED"
    if token.lower == "her":
        return "POSS"
    if token.is_capital and not shouting and _is_number_name(tokens, index):
        return "NAME"
    for tag, name in _CLOSED:
        if token.lower in words.words(name):
            return "TO" if token.lower == "to" and _is_base(tokens, index + 1) else tag
    if token.is_capital and not shouting and _is_name(tokens, index):
        return "NAME"
    if not token.is_capital and _is_lower_name(tokens, index):
        return "NAME"
    return "?"


def _is_number_name(tokens: list[Token], index: int) -> bool:
    """Whether a capitalised number is what somebody is called: `her android, Seven`."""
    token = tokens[index]
    if token.bare not in lexicon().numerals or token.bare in ("couple", "pair", "dozen"):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if index and tokens[index - 1].text not in ".!?:":
        before = tokens[index - 1]
        introduced = before.text == "," or before.tag == "NAMED"
        if not introduced and before.lower not in lexicon().words("people.titles"):
            return False
        return after is None or not after.text[0].isalnum() or not lexicon().kind(after.lower)
    if after is None or "s" not in lexicon().forms.get(after.lower, frozenset()):
        return False
    beyond = tokens[index + 2].lower if index + 2 < len(tokens) else "."
    opening = ("grammar.determiners", "grammar.possessives", "grammar.pronouns")
    return any(beyond in lexicon().words(name) for name in opening)


def _is_base(tokens: list[Token], index: int) -> bool:
    return index < len(tokens) and "base" in lexicon().forms.get(tokens[index].lower, ())


def _that(tokens: list[Token], index: int) -> str:
    before = tokens[index - 1] if index else None
    if before is None or before.tag in ("PREP", "CC", ".", "SUB"):
        return "DET"
    return "REL" if before.tag in ("?", "NAME") and not _maybe_verb(before.lower) else "SUB"


def _maybe_verb(word: str) -> bool:
    words = lexicon()
    return word in words.forms and word not in words.words("verbs.nouny")


def _is_name(tokens: list[Token], index: int) -> bool:
    token, words = tokens[index], lexicon()
    bare = token.bare
    if bare in words.words("names.others") or bare in words.words("names.places"):
        return bare in words.words("names.given") and _acts(tokens, index)
    before = tokens[index - 1] if index else None
    if before is not None and before.text == "=":
        return True
    if before is not None and before.text == ":" and not _is_known(bare):
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is None or after.text in ",.!" or after.lower == "and":
            return not words.kind(bare)
    if before is not None and (before.tag != "." or before.text in (",", ";", "(")):
        return not _is_common_capital(tokens, index)
    if before is not None and before.text in (",", ";") and not _is_known(bare):
        return True
    if bare in words.words("names.given"):
        return bare not in words.words("names.shared") or _acts(tokens, index)
    if _is_known(bare) or words.kind(bare):
        return _acts_as_name(tokens, index)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and (
        after.lower in words.words("grammar.prepositions")
        or after.tag == "DET"
        or after.lower in words.words("grammar.subjects")
    ):
        return False
    if after is None or bare.endswith(
        ("ing", "ly", "ed", "ness", "tion", "ism", "ity", "ship", "ment")
    ):
        return False
    return _acts(tokens, index) or after.is_capital or token.lower.endswith("'s")


def _is_common_capital(tokens: list[Token], index: int) -> bool:
    """Whether a capital inside a sentence marks no name: `Sci-Fi Film`, `the Robot`."""
    token, words = tokens[index], lexicon()
    before, after = tokens[index - 1], tokens[index + 1 : index + 2]
    named_around = before.tag == "NAME" or (after and after[0].is_capital)
    if token.bare in words.words("film.nouns"):
        return True
    return words.kind(token.bare) != "" and before.tag in ("DET", "POSS") and not named_around


def _is_known(word: str) -> bool:
    words = lexicon()
    return (
        word in words.forms
        or word in words.words("grammar.adjectives")
        or word in words.words("film.nouns")
        or word in words.words("film.aspects")
        or word in words.words("mood.words")
        or word in words.words("audience.nouns")
        or word in words.words("grammar.fillers")
        or word in _stray_openers()
    )


@cache
def _stray_openers() -> frozenset[str]:
    """Words of the facets' phrases, which often open a sentence with a capital."""
    words = lexicon()
    phrases = [*words.phrases("style.phrases"), *words.phrases("audience.phrases")]
    for genre, forms in words.data["genre"].items():
        phrases += [genre, *forms]
    openers = {piece for phrase in phrases for piece in _PIECE.findall(phrase)}
    openers |= set(phrases)
    return frozenset(openers | words.words("genre_words.adjectives") | words.words("mood.heads"))


def _acts(tokens: list[Token], index: int) -> bool:
    """Whether the word stands as a name does: before a verb, a comma, `and` or another name."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None:
        return index > 0
    if after.text in (",", ")", "(") or after.lower in ("and", "&", "the", "who", "is", "has"):
        return True
    sorts = lexicon().forms.get(after.lower, frozenset())
    return bool(sorts & {"s", "past"}) or after.lower in lexicon().words("grammar.modals")


def _acts_as_name(tokens: list[Token], index: int) -> bool:
    """Whether a common word that opens a sentence is somebody's name: `Lucky steals …`."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or tokens[index].bare in lexicon().words("grammar.fillers"):
        return False
    if "ing" in lexicon().forms.get(tokens[index].lower, ()):
        return False
    if tokens[index].lower.endswith("'s"):
        return True
    bare, sorts = tokens[index].bare, lexicon().forms.get(after.lower, frozenset())
    if lexicon().kind(bare) and after.is_capital:
        return True
    if lexicon().kind(after.lower) and lexicon().singular(after.lower) != after.lower:
        return False
    plural = bare.endswith("s") and lexicon().singular(bare) != bare
    return bool("s" in sorts) and not plural and after.lower not in lexicon().plurals


def _is_lower_name(tokens: list[Token], index: int) -> bool:
    token, words = tokens[index], lexicon()
    before = tokens[index - 1].tag if index else ""
    if before == "NAMED":
        return True
    return (
        token.bare in words.words("names.given")
        and token.bare not in words.words("names.shared")
        and token.bare not in words.forms
        and before != "DET"
    )


_PARTICLES = frozenset(("von", "van", "de", "da", "di", "del", "la", "bin", "al", "mac"))


def _settle_titles(tokens: list[Token]) -> None:
    """Make a name of a capitalised title with the name it stands before, and of initials."""
    titles = lexicon().words("people.titles")
    for index in range(len(tokens) - 1, 0, -1):
        token, before = tokens[index], tokens[index - 1]
        if before.is_capital and before.lower in titles and token.is_capital:
            before.tag = token.tag = "NAME"
    for index in range(len(tokens) - 1):
        token, after = tokens[index], tokens[index + 1]
        opens = token.tag == "?" and (not index or tokens[index - 1].tag == ".")
        described = token.lower in lexicon().words("grammar.adjectives") and token.is_capital
        if opens and described and after.tag == "NAME" and _acts(tokens, index + 1):
            token.tag = "NAME"
    for index in range(1, len(tokens) - 1):
        around = tokens[index - 1], tokens[index + 1]
        if tokens[index].lower in _PARTICLES and all(token.is_capital for token in around):
            for token in (*around, tokens[index]):
                token.tag = "NAME"
    for index in range(2, len(tokens)):
        dot, title = tokens[index - 1], tokens[index - 2]
        if tokens[index].is_capital and dot.text == "." and title.lower in titles:
            tokens[index].tag = title.tag = "NAME"
            dot.tag = "DOT"


def _settle(tokens: list[Token], index: int) -> str:
    token, words = tokens[index], lexicon()
    sorts = words.forms.get(token.lower, frozenset())
    if sorts and (tag := _verb_tag(tokens, index, sorts)):
        return tag
    if token.lower in words.words("grammar.adjectives") or token.lower in words.words("mood.words"):
        return "N" if _is_head(tokens, index) and words.kind(token.lower) else "ADJ"
    if words.kind(token.bare):
        return "N"
    if token.lower.endswith("ly") and len(token.lower) > 4:
        return "ADV"
    if _ADJECTIVE.match(token.lower):
        return "ADJ"
    degree = index and tokens[index - 1].lower in ("very", "so", "too", "quite", "rather", "really")
    if degree and index + 1 < len(tokens) and tokens[index + 1].tag == "?":
        return "ADJ"
    if token.lower == "aged" and index + 1 < len(tokens) and tokens[index + 1].tag == "NUM":
        return "VG"
    if not sorts and token.lower.endswith("ed") and _is_participle(tokens, index):
        return "VG"
    if not sorts and _is_unknown_verb(tokens, index):
        return "VS"
    return "N"


def _is_head(tokens: list[Token], index: int) -> bool:
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return after is None or after.tag not in ("?", "NAME", "NUM") or _is_finite_form(after.lower)


def _is_finite_form(word: str) -> bool:
    return bool(lexicon().forms.get(word, frozenset()) & {"s", "past"})


def _previous(tokens: list[Token], index: int) -> Token | None:
    place = index - 1
    while place >= 0 and tokens[place].tag == "ADV":
        place -= 1
    return tokens[place] if place >= 0 else None


def _verb_tag(tokens: list[Token], index: int, sorts: frozenset[str]) -> str:
    """VB bare, VS third person, VD past or participle, VG -ing; ADJ in a noun phrase; else ""."""
    token, words = tokens[index], lexicon()
    before = _previous(tokens, index)
    tag = before.tag if before else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    inside = tag in ("DET", "POSS", "NUM", "ADJ") or (tag == "PREP" and "ing" not in sorts)
    if "ing" in sorts:
        return "ADJ" if inside and after is not None and after.tag in ("?", "N", "NAME") else "VG"
    if inside and not (
        before is not None and before.lower in ("this", "that", "all", "both", "each")
    ):
        return "ADJ" if "past" in sorts and "base" not in sorts else ""
    owned = tag == "N" and before is not None and before.lower.endswith("'s")
    if owned and "base" in sorts and after is not None and after.tag in ("?", "N"):
        return ""
    if "s" in sorts:
        return _third_person(tokens, index, before, after)
    if "past" in sorts and "base" not in sorts:
        return "VD"
    if tag in ("TO", "MOD") or (
        before is not None and before.lower in lexicon().words("talk.helpers")
    ):
        return "VB"
    if after is not None and after.tag == "NAME" and words.kind(token.lower):
        return ""
    if before is None or tag in (".", "CC"):
        return "VB" if token.lower not in words.words("verbs.nouny") or _opens_object(after) else ""
    if tag in ("PRON", "REL", "VB", "VS", "VD") and token.lower not in words.words("verbs.nouny"):
        return "VD" if "past" in sorts else "VB"
    if tag in ("PRON", "REL"):
        return "VB"
    if tag == "N" and before is not None and words.singular(before.lower) != before.lower:
        if token.lower in words.words("film.nouns") and before.lower in words.words("talk.moments"):
            return ""
        watching = before.lower in words.words("audience.nouns") | _stray_openers()
        filmed = token.lower in words.words("film.nouns") and watching
        return "" if filmed else "VB"
    if "past" in sorts and tag in ("N", "NAME") and token.lower not in words.words("verbs.nouny"):
        return "VD"
    if tag == "NAME" and _coordinated(tokens, index):
        return "VB"
    joined = tag == "N" and _coordinated(tokens, index) and before is not None
    joined = joined and (_opens_object(after) or _goes_on_living(tokens, index, before))
    return "VB" if joined and after is not None and after.tag != "PREP" else ""


def _opens_object(after: Token | None) -> bool:
    return after is not None and after.tag in ("DET", "POSS", "PRON", "PREP", "NAME")


def _coordinated(tokens: list[Token], index: int) -> bool:
    return any(token.tag == "CC" for token in tokens[max(0, index - 4) : index])


def _goes_on_living(tokens: list[Token], index: int, before: Token | None) -> bool:
    """Whether two who live stand before a bare verb: `a dog and a cat swap bodies`."""
    words = lexicon()
    nouny = tokens[index].lower in words.words("verbs.nouny")
    return before is not None and bool(words.kind(before.lower)) and not nouny


def _third_person(
    tokens: list[Token], index: int, before: Token | None, after: Token | None
) -> str:
    words = lexicon()
    if before is None or before.tag == "PREP":
        return "" if tokens[index].lower[:-1] in words.words("verbs.nouny") else "VS"
    if before.tag in ("NAME", "PRON", "REL", "CC", ".", "PRONAUX"):
        follows = after is None or after.tag not in ("AUX", "MOD")
        return "VS" if follows else ""
    if (
        before.tag == "N"
        and words.kind(before.lower)
        and words.singular(before.lower) == before.lower
    ):
        return "VS"
    if after is not None and (after.tag in ("AUX", "MOD") or _is_finite_form(after.lower)):
        return ""
    return "VS" if before.tag in ("N", "?", "VG", "NUM", "ADV") else ""


def _is_participle(tokens: list[Token], index: int) -> bool:
    """Whether an unknown word in -ed tells more of the noun before it: `an alien shaped like …`."""
    before = _previous(tokens, index)
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return (
        before is not None and before.tag == "N" and after in ("like", "by", "in", "with", "from")
    )


def _is_unknown_verb(tokens: list[Token], index: int) -> bool:
    """A word ending in -s right after a name or `he`, with an object or preposition after it."""
    token = tokens[index]
    before = _previous(tokens, index)
    if before is None or not token.lower.endswith("s") or token.lower.endswith(("ss", "'s", "us")):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before.tag == "N" and lexicon().singular(before.lower) == before.lower:
        living = lexicon().kind(before.lower) and token.lower not in lexicon().plurals
        fits = ("DET", "POSS", "PRON", "PREP", "ADV") if living else ("DET", "POSS")
        particle = after is not None and after.lower in ("out", "up", "off", "down", "away", "over")
        if particle and not lexicon().kind(token.lower):
            return True
        return after is not None and after.tag in fits and not lexicon().kind(token.lower)
    if before.tag not in ("NAME", "PRON"):
        return False
    stands = after is None or after.tag in ("DET", "POSS", "PREP", "TO", "PRON", "ADV", ".")
    return stands and before.lower not in ("they", "we", "you", "i")
