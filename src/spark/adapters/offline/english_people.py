"""Who is spoken of: noun phrases that name somebody, and lists of characters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .english_words import Token, lexicon

_LONGEST_PHRASE = 10
_NUMERALS = {"two": 2, "both": 2, "couple": 2, "pair": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SELF = frozenset("me myself".split())
_VAGUE = frozenset(
    """
    character characters people person persons one ones main lead leads hero's cast protagonists anyone someone somebody
    everyone everybody nobody others other thing things story film movie video plot scene short roles role heroes idea
    ideas name names group mix bunch lot couple kind sort type end beginning rest both two three four
    """.split()
)
_MODIFIERS = frozenset(("ADJ", "N", "NAME", "NUM"))
_EPITHETS = frozenset(
    """
    mr mrs ms miss dr doctor professor prof captain capt detective officer agent inspector sergeant sgt lieutenant
    colonel general major king queen prince princess lord lady sir saint father mother sister brother uncle aunt auntie
    grandma grandpa granny chef coach judge president sheriff commander private count countess duke baron madame
    master grandmother grandfather reverend emperor old little big young
    """.split()
)


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


def parse_mention(tokens: list[Token], start: int) -> Mention | None:
    """The noun phrase that begins at `start`, with the name it gives, if it is one."""
    place, mention = start, Mention(start, start)
    place = _read_determiners(tokens, place, mention)
    core_start = place
    while place < min(len(tokens), core_start + _LONGEST_PHRASE) and _continues(tokens, place, core_start):
        place += 1
    core = [token for token in tokens[core_start:place] if token.tag != "."]
    place = _close_owner(tokens, core, place, mention)
    if not core and not mention.words and not mention.names:
        return _pronoun_mention(tokens, start)
    if not mention.determiner and core and all(token.tag == "ADJ" for token in core):
        return None
    _sort_core(core, mention)
    mention.end = _read_name(tokens, place, mention)
    return mention if mention.words or mention.names else None


def _pronoun_mention(tokens: list[Token], start: int) -> Mention | None:
    token = tokens[start]
    return Mention(start, start + 1, words=["me"]) if token.lower in _SELF else None


def _read_determiners(tokens: list[Token], place: int, mention: Mention) -> int:
    said = []
    while place < len(tokens) and len(said) < 4 and tokens[place].tag in ("DET", "POSS", "NUM"):
        said.append(tokens[place].lower)
        place += 1
    if place + 1 < len(tokens) and said and tokens[place].lower in ("couple", "pair", "group", "gang"):
        if tokens[place + 1].lower == "of":
            said.append(tokens[place].lower)
            place += 2
    mention.determiner = " ".join(said)
    return place


def _continues(tokens: list[Token], place: int, core_start: int) -> bool:
    token = tokens[place]
    if place > core_start and tokens[place - 1].lower.endswith(("'s", "s'")):
        return token.tag in (*_MODIFIERS, "VB", "DOT")
    if token.tag in _MODIFIERS:
        before = tokens[place - 1] if place > core_start else None
        if token.tag == "NAME" and before is not None and before.tag == "N":
            owned = core_start > 0 and tokens[core_start - 1].tag == "POSS"
            return owned or before.is_capital or bool(lexicon().kind(before.lower))
        return before is None or before.tag != "NAME" or token.tag in ("NAME", "N")
    if token.tag == "DOT":
        return True
    if token.tag == "ADV" and place + 1 < len(tokens):
        return tokens[place + 1].tag == "ADJ" and token.lower in ("very", "once", "newly", "recently")
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    joins = token.text == "," or token.lower in ("and", "but", "yet")
    if joins and after is not None and place > core_start:
        further = tokens[place + 2].tag if place + 2 < len(tokens) else ""
        return tokens[place - 1].tag == after.tag == "ADJ" and further in ("N", "ADJ")
    return False


def _close_owner(
    tokens: list[Token], core: list[Token], place: int, mention: Mention
) -> int:
    """Take the part up to a possessive (`Vivian's husband`) out of the core as the owner."""
    for index, token in enumerate(core):
        if token.lower.endswith(("'s", "s'")) and index + 1 < len(core):
            owner = core[: index + 1]
            named = [part.text for part in owner if part.tag == "NAME"]
            mention.owner = " ".join(named) if named else ""
            mention.determiner = "the"
            del core[: index + 1]
            break
    return place


def _sort_core(core: list[Token], mention: Mention) -> None:
    size = len(core)
    while size and core[size - 1].tag in ("NAME", "DOT"):
        size -= 1
    name, words = core[size:], core[:size]
    if any(token.tag == "NAME" for token in words):
        first = next(index for index, token in enumerate(words) if token.tag == "NAME")
        if all(token.tag == "NAME" for token in words[first:]) or first == 0 and not mention.determiner:
            tail = [token for token in words if token.tag != "NAME"]
            name, words = [token for token in words if token.tag == "NAME"], tail
    if name and words and all(token.tag == "ADJ" for token in words):
        mention.note.append(" ".join(token.text for token in words))
        words = []
    mention.words = [token.text for token in words]
    if name:
        _take_name(name, mention)


def _take_name(run: list[Token], mention: Mention) -> None:
    if len(run) > 1 and run[0].lower not in _EPITHETS and lexicon().kind(run[0].lower):
        mention.words.append(run[0].lower)
        run = run[1:]
    mention.names.append(_name_text(run))


def _name_text(run: list[Token]) -> str:
    text = ""
    for token in run:
        word = token.text
        if word.endswith("'s"):
            word = word[:-2]
        text += word if token.tag == "DOT" else f" {word[:1].upper()}{word[1:]}"
    return text.strip()


def _read_name(tokens: list[Token], place: int, mention: Mention) -> int:
    """Read what names the phrase after it: `named X`, `(X)`, `X the clown`."""
    ahead = [token.lower for token in tokens[place : place + 4]]
    if ahead[:2] == ["who", "is"] and ahead[2:3] and ahead[2] in ("called", "named"):
        place += 2
    if ahead[:1] in (["who's"], ["that's"]) and ahead[1:2] and ahead[1] in ("called", "named"):
        place += 1
    if ahead[:4] == ["by", "the", "name", "of"]:
        return _read_given(tokens, place + 4, mention)
    if ahead[:2] == ["whose", "name"]:
        return _read_given(tokens, place + 3, mention)
    if place < len(tokens) and tokens[place].tag == "NAMED":
        return _read_given(tokens, place + 1, mention)
    if ahead[:1] == ["("]:
        return _read_brackets(tokens, place, mention)
    if mention.names and ahead[:1] == ["the"]:
        epithet = parse_mention(tokens, place)
        if epithet is not None and not epithet.names and epithet.kind:
            mention.words += epithet.words
            return epithet.end
    return place


def _read_given(tokens: list[Token], place: int, mention: Mention) -> int:
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
        return _read_given(tokens, end + 1, mention)
    if mention.is_plural and end + 1 < len(tokens) and tokens[end].text == ",":
        if tokens[end + 1].tag == "NAME":
            return _read_given(tokens, end + 1, mention)
        if tokens[end + 1].tag == "CC":
            return _read_given(tokens, end + 2, mention)
    return end


def _read_brackets(tokens: list[Token], place: int, mention: Mention) -> int:
    close = next((i for i in range(place, len(tokens)) if tokens[i].text == ")"), None)
    if close is None or close == place + 1:
        return place
    inner = tokens[place + 1 : close]
    if not mention.names and all(token.tag in ("NAME", "DOT") for token in inner):
        mention.names.append(_name_text(inner))
    else:
        mention.note.append(" ".join(token.text for token in inner))
    return close + 1


_SEPARATORS = frozenset(("and", "&", "plus", "or", "versus", "vs"))


def parse_cast(tokens: list[Token], text: str) -> list[Mention]:
    """The characters of a list: `Tom, a bus driver, and Nadia, who rides his bus`."""
    mentions: list[Mention] = []
    for separator, chunk in _chunks(tokens):
        _read_chunk(chunk, separator, mentions, text)
    return [one for mention in _merge(mentions) for one in _single(mention)]


def _chunks(tokens: list[Token]) -> list[tuple[str, list[Token]]]:
    chunks: list[tuple[str, list[Token]]] = []
    current: list[Token] = []
    separator = ""
    for index, token in enumerate(tokens):
        mark = _separation(tokens, index)
        if not mark:
            current.append(token)
            continue
        if current:
            chunks.append((separator, current))
            current, separator = [], mark
        elif separator in ("", ","):
            separator = mark if separator == "" else f",{mark}"
    if current:
        chunks.append((separator, current))
    return chunks


def _separation(tokens: list[Token], index: int) -> str:
    token = tokens[index]
    if token.text in (",", ";", ":", "–", "—", "-", "/", "\n", ".", "!"):
        if token.tag == "DOT" or _between_adjectives(tokens, index):
            return ""
        return "," if token.text != ":" else ":"
    if token.lower in _SEPARATORS:
        return "" if _between_adjectives(tokens, index) else "and"
    after = parse_mention(tokens, index + 1) if index + 1 < len(tokens) else None
    if token.lower in ("with", "alongside") and index and after is not None:
        return "and" if after.kind and not _is_inside_clause(tokens, index) else ""
    return ""


def _is_inside_clause(tokens: list[Token], index: int) -> bool:
    return any(token.tag in ("REL", "VS", "VB") for token in tokens[max(0, index - 6) : index])


def _between_adjectives(tokens: list[Token], index: int) -> bool:
    before = tokens[index - 1].tag if index else ""
    run = [token.tag for token in tokens[index + 1 : index + 4]]
    return before == "ADJ" and run[:1] == ["ADJ"] and "N" in run[1:3]


def _read_chunk(
    chunk: list[Token], separator: str, mentions: list[Mention], text: str
) -> None:
    place = 0
    while place < len(chunk) and chunk[place].tag == "ADV" and chunk[place].lower != "together":
        place += 1
    said = text[chunk[0].start : chunk[-1].end]
    mention = parse_mention(chunk, place) if place < len(chunk) else None
    if mention is not None and _is_header(mention):
        return
    if mention is None or _is_adjunct(chunk, place, mention):
        if mentions:
            _attach(chunk, said, mentions[-1])
        return
    mention.separator = separator
    rest = chunk[mention.end :]
    if rest:
        _attach(rest, text[rest[0].start : rest[-1].end], mention)
    mentions.append(mention)


def _is_header(mention: Mention) -> bool:
    return not mention.names and mention.words[-1].lower() in _VAGUE


def _is_adjunct(chunk: list[Token], place: int, mention: Mention) -> bool:
    if mention.names:
        return False
    first = chunk[place]
    if first.lower in ("both", "all") and len(chunk) > 1 and chunk[place + 1].tag == "PREP":
        return True
    if first.tag in ("NUM", "ADJ") and all(token.tag in ("NUM", "ADJ") for token in chunk):
        return True
    return mention.head in ("year", "age", "eighties", "seventies", "sixties", "forties", "thirties")


def _attach(rest: list[Token], said: str, mention: Mention) -> None:
    words = [token.lower for token in rest]
    if rest[0].tag == "REL" and words[1:2] and words[1] in ("is", "was") or words[0] == "who's":
        start = 1 if words[0] == "who's" else 2
        named = parse_mention(rest, start) if start < len(rest) else None
        if named is not None and named.names and not mention.names:
            mention.names = named.names
            mention.note += [mention.role] if mention.words else []
            mention.words = named.words or mention.words
            return
    if rest[0].lower in ("is", "are", "was", "would", "will") and not mention.names:
        identity = parse_mention(rest, 2 if words[1:2] == ["be"] else 1) if len(rest) > 1 else None
        if identity is not None and (identity.words or identity.names):
            mention.note.append(mention.role)
            mention.words, mention.names = identity.words, identity.names
            mention.determiner, mention.owner = identity.determiner, ""
            return
    if rest[0].tag == "NAMED" and not mention.names:
        _read_given(rest, 1, mention)
        return
    mention.note.append(said)


def _merge(mentions: list[Mention]) -> list[Mention]:
    """Join each name with the role beside it that tells who bears it."""
    merged: list[Mention] = []
    index = 0
    while index < len(mentions):
        mention = mentions[index]
        if _heads_list(mentions, index):
            index += 1
            continue
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if mention.is_plural and not mention.names and mention.words:
            taken = _names_after(mentions, index)
            if taken:
                merged += [_named(mention, name) for name in taken]
                index += 1 + len(taken)
                continue
        if after is not None and _names_role(mention, after, mentions, index):
            one = _joined(mention, after)
            index += 2
            later = mentions[index] if index < len(mentions) else None
            if later is not None and _describes_again(later, mentions[index + 1 :]):
                one.note.append(later.role)
                index += 1
            merged.append(one)
            continue
        merged.append(mention)
        index += 1
    return merged


def _heads_list(mentions: list[Mention], index: int) -> bool:
    """Whether a plural only announces the list behind its colon: `four thieves: Rico the …`."""
    mention, following = mentions[index], mentions[index + 1 :]
    listed = len(following) > 1 and following[0].separator == ":"
    return listed and mention.is_plural and not mention.names and not _names_after(mentions, index)


def _describes_again(mention: Mention, following: list[Mention]) -> bool:
    """Whether a second role tells more of the one just named: `her neighbour, Mr. Oh, a cook`."""
    indefinite = mention.determiner in ("a", "an") and not mention.names
    return indefinite and mention.separator == "," and (not following or bool(following[0].names))


def _names_after(mentions: list[Mention], index: int) -> list[Mention]:
    role, taken = mentions[index], []
    for mention in mentions[index + 1 :]:
        first = not taken
        if not mention.names or mention.words or (first and mention.separator not in (",", ":")):
            break
        taken.append(mention)
        if role.count > 1 and len(taken) == role.count:
            break
    enough = len(taken) >= 2 and (role.count == 1 or len(taken) == role.count)
    return taken if enough else []


def _named(role: Mention, name: Mention) -> Mention:
    name.note.insert(0, lexicon().singular(role.words[-1]) if role.words else "")
    return name


def _names_role(
    mention: Mention, after: Mention, mentions: list[Mention], index: int
) -> bool:
    """Whether two neighbours in a list are one: a name and a role, in either order."""
    if after.separator not in (",", ":") or mention.is_plural or after.is_plural:
        return False
    following = mentions[index + 2] if index + 2 < len(mentions) else None
    if mention.names and not mention.words and not after.names and after.words:
        if after.determiner in ("his", "her", "their"):
            return index > 0
        listed = following is not None and not following.names and (
            following.separator == "and" or after.kind in ("animal", "being")
        )
        return not listed
    if mention.words and not mention.names and after.names and not after.words:
        listed = following is not None and following.separator == "and" and following.names
        return not listed or mention.determiner in ("his", "her", "their")
    return False


def _joined(mention: Mention, after: Mention) -> Mention:
    role, name = (after, mention) if mention.names else (mention, after)
    name.words = role.words
    name.determiner = role.determiner
    name.note = [*role.note, *name.note]
    name.start, name.end = mention.start, after.end
    name.separator = mention.separator
    return name


def _single(mention: Mention) -> list[Mention]:
    """A phrase that gives several names is several characters."""
    if len(mention.names) < 2:
        return [mention]
    role = lexicon().singular(mention.words[-1]) if mention.words else ""
    return [
        Mention(mention.start, mention.end, names=[name], words=[role] if role else [])
        for name in mention.names
    ]


def mentions_in(tokens: list[Token], keep: Callable[[int], bool] = lambda _: True) -> list[Mention]:
    """Every noun phrase of a clause, in order."""
    found, place = [], 0
    while place < len(tokens):
        mention = parse_mention(tokens, place) if keep(place) else None
        if mention is None or mention.end <= place:
            place += 1
            continue
        found.append(mention)
        place = mention.end
    return found
