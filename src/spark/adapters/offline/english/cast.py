"""Lists of characters: who is in them, by name and by role."""

from __future__ import annotations

import re

from .lexicon import lexicon
from .people import Mention, parse_mention, read_given
from .words import Token

_CALLED = re.compile(
    r"^(?:(?:that|who|whom) )?(?:they|we|i|everyone|everybody|people|he|she) "
    r"(?:all )?(?:calls?|called|named|nicknamed) (?:(?:him|her|it|them) )?(?:the )?"
    r"(?P<name>[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2})"
)
_SEPARATORS = frozenset(("and", "&", "plus", "or", "versus", "vs"))


def parse_cast(tokens: list[Token], text: str, after_others: bool = False) -> list[Mention]:
    """The characters of a list: `Tom, a bus driver, and Nadia, who rides his bus`.

    With `after_others` somebody was named before, so that `Finch, her butler` is one.
    """
    mentions: list[Mention] = []
    for separator, chunk in _chunks(tokens):
        _read_chunk(chunk, separator, mentions, text)
    one_owned = after_others and len(mentions) == 2
    if one_owned and mentions[0].names and not mentions[0].words and _is_owned(mentions[1]):
        mentions = [_joined(*mentions)]
    return [one for mention in _merge(mentions) for one in _single(mention)]


def _is_owned(mention: Mention) -> bool:
    owned = mention.determiner in ("his", "her", "their") and mention.separator == ","
    return owned and not mention.names and not mention.is_plural


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


def _read_chunk(chunk: list[Token], separator: str, mentions: list[Mention], text: str) -> None:
    place = 0
    while place < len(chunk) and chunk[place].tag == "ADV" and chunk[place].lower != "together":
        place += 1
    said = text[chunk[0].start : chunk[-1].end]
    mention = parse_mention(chunk, place) if place < len(chunk) else None
    if mention is not None and _is_header(mention):
        return
    both = mention is not None and mention.determiner in ("both", "all", "all of them")
    counted = both and mention is not None and not mention.names and mention.is_plural
    if mention is None or (counted and mentions) or _is_adjunct(chunk, place, mention):
        if mentions:
            _attach(chunk, said, mentions[-1])
        return
    mention.separator = separator
    rest = chunk[mention.end :]
    if rest:
        _attach(rest, text[rest[0].start : rest[-1].end], mention)
    mentions.append(mention)


def _is_header(mention: Mention) -> bool:
    return not mention.names and mention.words[-1].lower() in lexicon().words("talk.vague")


def _is_adjunct(chunk: list[Token], place: int, mention: Mention) -> bool:
    if mention.names:
        return False
    first = chunk[place]
    if first.lower in ("both", "all") and len(chunk) > 1 and chunk[place + 1].tag == "PREP":
        return True
    if first.tag in ("NUM", "ADJ") and all(token.tag in ("NUM", "ADJ") for token in chunk):
        return True
    return mention.head in (
        "year",
        "age",
        "eighties",
        "seventies",
        "sixties",
        "forties",
        "thirties",
    )


def _attach(rest: list[Token], said: str, mention: Mention) -> None:
    words = [token.lower for token in rest]
    if (rest[0].tag == "REL" and words[1:2] and words[1] in ("is", "was")) or words[0] == "who's":
        start = 1 if words[0] == "who's" else 2
        named = parse_mention(rest, start) if start < len(rest) else None
        if named is not None and named.names and not mention.names:
            mention.names = named.names
            mention.note += [mention.role] if mention.words else []
            mention.words = named.words or mention.words
            return
    if rest[0].lower in ("is", "are", "was", "would", "will", "=") and not mention.names:
        identity = parse_mention(rest, 2 if words[1:2] == ["be"] else 1) if len(rest) > 1 else None
        if identity is not None and (identity.words or identity.names):
            mention.note.append(mention.role)
            mention.words, mention.names = identity.words, identity.names
            mention.determiner, mention.owner = identity.determiner, ""
            return
    owned = mention.determiner in ("his", "her", "its", "their") and rest[0].lower in ("a", "an")
    if owned and not mention.names:
        identity = parse_mention(rest, 0)
        if identity is not None and identity.names:
            mention.note.append(mention.role)
            mention.words, mention.names = identity.words, identity.names
            return
    if rest[0].tag == "NAMED" and not mention.names:
        read_given(rest, 1, mention)
        return
    called = _CALLED.match(said)
    if called and not mention.names:
        mention.names = [called["name"]]
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
    gathers = mention.is_plural or mention.head in lexicon().words("people.groups") | {
        "crew",
        "cast",
    }
    return listed and gathers and not mention.names and not _names_after(mentions, index)


def _describes_again(mention: Mention, following: list[Mention]) -> bool:
    """Whether a second role tells more of the one just named: `her neighbour, Mr. Oh, a cook`."""
    indefinite = mention.determiner in ("a", "an") and not mention.names
    return indefinite and mention.separator == "," and (not following or bool(following[0].names))


def _names_after(mentions: list[Mention], index: int) -> list[Mention]:
    role = mentions[index]
    taken: list[Mention] = []
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


def _names_role(mention: Mention, after: Mention, mentions: list[Mention], index: int) -> bool:
    """Whether two neighbours in a list are one: a name and a role, in either order."""
    if after.separator not in (",", ":") or mention.is_plural or after.is_plural:
        return False
    following = mentions[index + 2] if index + 2 < len(mentions) else None
    if mention.names and not mention.words and not after.names and after.words:
        if after.determiner in ("his", "her", "their"):
            return index > 0
        before = mentions[index - 1] if index and mention.separator == "and" else None
        if before is not None and before.names and _is_several(before):
            return False
        listed = (
            following is not None
            and not following.names
            and (following.separator == "and" or after.kind in ("animal", "being"))
        )
        return not listed
    if after.separator == ":" and mention.words and not mention.names and after.names:
        return following is None
    own = mention.determiner in ("my", "our") and after.determiner in ("a", "an")
    if own and not (mention.names or after.names) and mention.words and after.kind:
        return index == 0 and following is None
    further = after.names and after.words and after.determiner in ("a", "an")
    if (
        further
        and mention.words
        and not mention.names
        and mention.determiner in ("his", "her", "their", "the")
    ):
        return following is None
    if mention.words and not mention.names and after.names and not after.words:
        listed = bool(following and following.separator == "and" and following.names)
        return not listed or mention.determiner in ("his", "her", "their")
    return False


def _is_several(mention: Mention) -> bool:
    """Whether a role is said of the name beside it and of the next: `twins Ada and Otto`."""
    last = mention.words[-1].lower() if mention.words else ""
    return bool(last) and lexicon().singular(last) != last


def _joined(mention: Mention, after: Mention) -> Mention:
    role, name = (after, mention) if mention.names else (mention, after)
    if name.words and role.words:
        name.note.append(role.role)
    else:
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
