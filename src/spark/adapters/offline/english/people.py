"""Who is spoken of: the noun phrases that name somebody."""

from __future__ import annotations

from dataclasses import dataclass, field

from .lexicon import lexicon
from .words import Token

_LONGEST_PHRASE = 10
_NUMERALS = {
    "two": 2,
    "both": 2,
    "couple": 2,
    "pair": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}
_SELF = frozenset(["me", "myself"])
_MODIFIERS = frozenset(("ADJ", "N", "NAME", "NUM"))


@dataclass
class Mention:
    """One noun phrase that may stand for somebody."""

    start: int
    end: int
    determiner: str = ""
    owner: str = ""
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    separator: str = ""
    """The mark or word before it in a list."""
    is_introduced: bool = False
    """Whether a clause behind it tells who it is: `the man he knocked out`."""

    @property
    def head(self) -> str:
        """The noun it is built on, singular, in lower case."""
        return lexicon().singular(self.words[-1].lower()) if self.words else ""

    @property
    def role(self) -> str:
        """The noun phrase without its articles: `retired astronaut`."""
        return " ".join(self.words)

    @property
    def kind(self) -> str:
        """person, kin, animal, being, or "" for a thing."""
        if self.names:
            return "person"
        return lexicon().kind(self.role)

    @property
    def kind_of_role(self) -> str:
        """What sort of being the role names, whatever the name; "" where there is none."""
        return lexicon().kind(self.role) if self.words else ""

    @property
    def is_plural(self) -> bool:
        """Whether it speaks of several at once."""
        if self.determiner in ("a", "an") or not self.words:
            return False
        last = self.words[-1].lower()
        return lexicon().singular(last) != last or self.count > 1

    @property
    def count(self) -> int:
        """How many it says there are; 1 where it gives no number."""
        return _NUMERALS.get(self.determiner.split()[-1] if self.determiner else "", 1)

    @property
    def label(self) -> str:
        """How the character is entered: by name, else by role."""
        if self.names:
            return self.names[0]
        role = f"{self.determiner} {self.role}" if self.count > 1 else self.role
        return f"{self.owner} {role}" if self.owner else role

    @property
    def described(self) -> str:
        """What was said of the character beside the label."""
        parts = [self.role] if self.names and self.words else []
        return ", ".join(parts + [part for part in self.note if part])


def is_name(label: str) -> bool:
    """Whether a character stands under a name and no role: `Ned`, but no `French farmer`."""
    if not label[:1].isupper() or label.split()[-1][:1].islower():
        return False
    alone = label.lower()
    return alone in lexicon().words("names.given") or " " in label or not lexicon().is_listed(alone)


def parse_mention(tokens: list[Token], start: int) -> Mention | None:
    """The noun phrase that begins at `start`, with the name it gives, if it is one."""
    place, mention = start, Mention(start, start)
    place = _read_determiners(tokens, place, mention)
    core_start = place
    while place < min(len(tokens), core_start + _LONGEST_PHRASE) and _continues(
        tokens, place, core_start
    ):
        place += 1
    core = [token for token in tokens[core_start:place] if token.tag != "."]
    place = _close_owner(tokens, core, place, mention)
    if not core and not mention.words and not mention.names:
        return _pronoun_mention(tokens, start)
    if not mention.determiner and core and all(token.tag == "ADJ" for token in core):
        return None
    _sort_core(core, mention)
    if mention.names and (mention.words or mention.note):
        _forget_moment(tokens, core_start, mention)
    mention.end = _read_name(tokens, place, mention)
    return mention if mention.words or mention.names else None


def _forget_moment(tokens: list[Token], core_start: int, mention: Mention) -> None:
    """Take what tells the time off a name: `every Saturday Adele`, `in the final Petra`."""
    timed = mention.head in lexicon().words("talk.moments")
    if timed or (_after_preposition(tokens, core_start) and not mention.kind_of_role):
        mention.words, mention.note, mention.determiner = [], [], ""
        named = (i for i in range(core_start, len(tokens)) if tokens[i].tag == "NAME")
        mention.start = next(named, mention.start)


def _pronoun_mention(tokens: list[Token], start: int) -> Mention | None:
    token = tokens[start]
    return Mention(start, start + 1, words=["me"]) if token.lower in _SELF else None


def _read_determiners(tokens: list[Token], place: int, mention: Mention) -> int:
    said: list[str] = []
    while place < len(tokens) and len(said) < 4 and tokens[place].tag in ("DET", "POSS", "NUM"):
        said.append(tokens[place].lower)
        place += 1
    if (
        place + 1 < len(tokens)
        and said
        and tokens[place].lower in ("couple", "pair", "group", "gang")
    ) and tokens[place + 1].lower == "of":
        said.append(tokens[place].lower)
        place += 2
    mention.determiner = " ".join(said)
    return place


def _continues(tokens: list[Token], place: int, core_start: int) -> bool:
    token = tokens[place]
    if place > core_start and tokens[place - 1].lower.endswith(("'s", "s'")):
        return token.tag in (*_MODIFIERS, "VB", "DOT") or token.lower in _NUMERALS
    if token.tag in _MODIFIERS:
        before = tokens[place - 1] if place > core_start else None
        if token.tag == "NAME" and before is not None and before.tag == "N":
            return (
                before.is_capital
                or not _after_preposition(tokens, core_start)
                or bool(lexicon().kind(before.lower))
            )
        return before is None or before.tag != "NAME" or token.tag in ("NAME", "N")
    if token.tag == "DOT":
        return True
    if token.tag == "ADV" and place + 1 < len(tokens):
        return tokens[place + 1].tag == "ADJ" and token.lower in (
            "very",
            "once",
            "newly",
            "recently",
        )
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    joins = token.text == "," or token.lower in ("and", "but", "yet")
    if joins and after is not None and place > core_start:
        further = tokens[place + 2].tag if place + 2 < len(tokens) else ""
        return tokens[place - 1].tag == after.tag == "ADJ" and further in ("N", "ADJ")
    return False


def _after_preposition(tokens: list[Token], place: int) -> bool:
    """Whether a phrase tells of time or place: `in the end Pim`, `on opening night Clara`."""
    while place and tokens[place - 1].tag in ("DET", "NUM"):
        place -= 1
    return place > 0 and tokens[place - 1].lower in (
        "in",
        "on",
        "at",
        "by",
        "during",
        "after",
        "before",
        "since",
        "until",
        "every",
        "from",
    )


def _close_owner(tokens: list[Token], core: list[Token], place: int, mention: Mention) -> int:
    """Take the part up to a possessive (`Vivian's husband`) out of the core as the owner."""
    for index, token in enumerate(core):
        if token.lower.endswith(("'s", "s'")) and index + 1 < len(core):
            owner = core[: index + 1]
            named = [part.text for part in owner if part.tag == "NAME"]
            mention.owner = " ".join(named) if named else ""
            mention.determiner = "the"
            del core[: index + 1]
            if core[0].lower in _NUMERALS and len(core) > 1:
                mention.determiner = core.pop(0).lower
            break
    return place


def _sort_core(core: list[Token], mention: Mention) -> None:
    size = len(core)
    while size and core[size - 1].tag in ("NAME", "DOT"):
        size -= 1
    name, words = core[size:], core[:size]
    if not name and any(token.tag == "NAME" for token in words):
        first = next(index for index, token in enumerate(words) if token.tag == "NAME")
        if all(token.tag == "NAME" for token in words[first:]) or (
            first == 0 and not mention.determiner
        ):
            tail = [token for token in words if token.tag != "NAME"]
            name, words = [token for token in words if token.tag == "NAME"], tail
    if name and words and all(token.tag == "ADJ" for token in words):
        mention.note.append(" ".join(token.text for token in words))
        words = []
    mention.words = [token.text for token in words]
    if name:
        _take_name(name, mention)


def _take_name(run: list[Token], mention: Mention) -> None:
    if (
        len(run) > 1
        and run[0].lower not in lexicon().words("talk.epithets")
        and lexicon().kind(run[0].lower)
    ):
        mention.words.append(run[0].lower)
        run = run[1:]
    mention.names.append(_name_text(run))


def _name_text(run: list[Token]) -> str:
    text = ""
    for token in run:
        word = token.text
        if word.endswith("'s"):
            word = word[:-2]
        small = token.lower in ("von", "van", "de", "da", "di", "del", "la", "bin", "al") and text
        text += word if token.tag == "DOT" else f" {word if small else word[:1].upper() + word[1:]}"
    return text.strip()


def _read_name(tokens: list[Token], place: int, mention: Mention) -> int:
    """Read what names the phrase after it: `named X`, `(X)`, `X the clown`."""
    ahead = [token.lower for token in tokens[place : place + 4]]
    if ahead[:2] == ["who", "is"] and ahead[2:3] and ahead[2] in ("called", "named"):
        place += 2
    if ahead[:1] in (["who's"], ["that's"]) and ahead[1:2] and ahead[1] in ("called", "named"):
        place += 1
    if ahead[:4] == ["by", "the", "name", "of"]:
        return read_given(tokens, place + 4, mention)
    if (own := _own_name(tokens, place)) and not mention.names:
        return read_given(tokens, own, mention)
    if ahead[:2] == ["whose", "name"]:
        return read_given(tokens, place + 3, mention)
    if ahead[:2] == ["known", "as"]:
        return read_given(tokens, place + 2, mention)
    if ahead[:3] in (["known", "only", "as"], ["known", "simply", "as"], ["who", "goes", "by"]):
        return read_given(tokens, place + 3, mention)
    if ahead[:1] == ["of"]:
        named = next(
            (i for i in range(place, min(place + 4, len(tokens))) if tokens[i].tag == "NAMED"), None
        )
        if named is not None and not mention.names:
            return read_given(tokens, named + 1, mention)
    if place < len(tokens) and tokens[place].tag == "NAMED":
        if mention.names:
            mention.words += mention.names
            mention.names = []
        return read_given(tokens, place + 1, mention)
    if ahead[:1] == ["("]:
        return _read_brackets(tokens, place, mention)
    if not mention.names and mention.determiner in ("his", "her", "their") and ahead[:1] == ["the"]:
        beside = parse_mention(tokens, place) if mention.kind else None
        if beside is not None and not beside.names and beside.kind and not beside.is_plural:
            mention.note.append(mention.role)
            mention.words, mention.determiner = beside.words, "the"
            return beside.end
    if mention.names and ahead[:1] == ["the"]:
        epithet = parse_mention(tokens, place)
        if epithet is not None and not epithet.names and epithet.kind:
            mention.words += epithet.words
            return epithet.end
    return place


def _own_name(tokens: list[Token], place: int) -> int:
    """Where the name stands in `, his name is Olav`; 0 where none is given so."""
    while place < len(tokens) and tokens[place].lower in (",", "and", "(", "-", "–", "—"):
        place += 1
    ahead = [token.lower for token in tokens[place : place + 3]]
    if ahead == ["whose", "name", "is"]:
        return place + 3
    if ahead[:1] not in (["his"], ["her"], ["its"], ["their"]):
        return 0
    if ahead[1:2] == ["name's"]:
        return place + 2
    return place + 3 if ahead[1:] in (["name", "is"], ["names", "are"]) else 0


def read_given(tokens: list[Token], place: int, mention: Mention) -> int:
    """Read the name at `place` into the mention; the place after it."""
    while place < len(tokens) and tokens[place].text in ('"', "“", "'", "the", "The"):
        place += 1
    end = place
    while end < len(tokens) and tokens[end].tag in ("NAME", "DOT"):
        end += 1
    if end == place and place < len(tokens) and tokens[place].text[0].isalnum():
        end = place + 1
    if end == place:
        return place
    mention.names.append(_name_text(tokens[place:end]))
    while end < len(tokens) and tokens[end].text in ('"', "”", "'"):
        end += 1
    joined = end + 1 < len(tokens) and tokens[end].tag == "CC" and tokens[end + 1].tag == "NAME"
    if mention.is_plural and joined:
        return read_given(tokens, end + 1, mention)
    if mention.is_plural and end + 1 < len(tokens) and tokens[end].text == ",":
        if tokens[end + 1].tag == "NAME":
            return read_given(tokens, end + 1, mention)
        if tokens[end + 1].tag == "CC":
            return read_given(tokens, end + 2, mention)
    return end


def _read_brackets(tokens: list[Token], place: int, mention: Mention) -> int:
    close = next((i for i in range(place, len(tokens)) if tokens[i].text == ")"), None)
    if close is None or close == place + 1:
        return place
    inner = tokens[place + 1 : close]
    inner = inner[1:] if len(inner) > 1 and inner[0].lower == "the" else inner
    if not mention.names and all(token.tag in ("NAME", "DOT") for token in inner):
        mention.names.append(_name_text(inner))
    else:
        mention.note.append(" ".join(token.text for token in inner))
    return close + 1
