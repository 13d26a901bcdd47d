"""How an English plot point is built, who acts in it, and its verb in the present tense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .names import ARTICLE
from .people import Person
from .phrases import vocabulary

_PLURAL_END = re.compile(r"(?<![su])s$")


def tell(plot: str, people: Sequence[Person]) -> tuple[str, bool]:
    """The plot point with whoever acts in it, and whether it is a clause rather than a noun."""
    text = _together_last(_with_capitals(_without_connective(plot), people))
    words = text.split()
    if not words:
        return plot, False
    if name := _names_someone(text, people):
        known = _finite_place(words)
        clause = (_lowered(text, people), True) if known else _given_verb(text, name, people)
        return _in_present(clause[0], people), clause[1]
    if told := _with_subject(words, people):
        return told, True
    if words[0].casefold() in _lexicon("pronouns") or _finite_place(words):
        return _in_present(_lowered(text, people), people), True
    return with_article(_lowered(text, people)), False


def opens_with_scene(text: str) -> bool:
    """Whether a clause tells first when or where it happens, and so needs no lead."""
    return _SCENE.match(text) is not None


def is_question(text: str) -> bool:
    """Whether a text asks, with or without its mark."""
    asks = (
        r"(?:who|what|where|why|how|which|whose) "
        r"(?:\w+ )?(?:is|are|was|will|would|can|could|did|does|do|has|should)\b[^,]*"
    )
    return text.endswith("?") or re.fullmatch(asks, text, re.IGNORECASE) is not None


def is_habit(text: str) -> bool:
    """Whether a clause tells how things always are rather than what happens."""
    return _HABIT.search(text) is not None


_HABIT = re.compile(
    r"\b(?:(?:every|each) (?:single )?(?:day|night|morning|evening|week|year|summer|time)|always"
    r"|all (?:his|her|its|their) (?:life|lives)|(?:nobody|no one|everyone|everybody) wants"
    r"|for (?:many )?(?:years|decades|centuries)"
    r"|never (?:speaks|talks|smiles|laughs|sleeps|leaves|says|tells|goes|sings|lies))\b"
)


def _with_capitals(text: str, people: Sequence[Person]) -> str:
    """The text with the names of people written as in the cast: kenji → Kenji."""
    for person in people:
        if person.name.islower() and person.mention == person.name.title():
            text = _put(rf"^{re.escape(person.name)}(?!\w)", person.mention, text)
        for name in sorted({person.name, person.short}) if person.proper else ():
            if name[:1].isupper() and len(name) > 2 and name.lower() not in _common_words():
                text = _put(rf"(?<![\w'’-]){re.escape(name.lower())}(?!\w)", name, text)
    return text


def _put(pattern: str, name: str, text: str) -> str:
    """The text with a name in the place of what is found; a backslash in a name is only that."""
    return re.sub(pattern, lambda _: name, text)


@cache
def _common_words() -> frozenset[str]:
    """The words a name typed in small letters could be mistaken for."""
    names = ("verbs", "prepositions", "determiners", "scene_openers", "adverbs", "auxiliaries")
    known = frozenset[str]().union(*(_lexicon(name) for name in names), _verbs())
    return known | {"rose", "grace", "red", "hope", "joy", "faith", "may", "june", "summer", "sky"}


def _together_last(text: str) -> str:
    """together they repair the tower → they repair the tower together."""
    match = re.fullmatch(r"together,? ((?:they|we|the|[A-Z])[^.,;:!?\"“]*)", text, re.I)
    return f"{match[1]} together" if match else text


_SCENE = re.compile(
    r"(?:(?:(?:that|one|every|each|the next|the following|the same|later that|late (?:one|that)"
    r"|early (?:one|the next)|all) )?"
    r"(?:day|night|morning|evening|afternoon|week|year|month|summer|winter|spring|autumn)s?"
    r"(?: later| before| after)?\b(?! is\b| was\b)"
    r"|\w+(?: \w+)? (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) (?:later|after)\b"
    r"|(?:years|months|weeks|days|hours) later\b"
    r"|(?:later|meanwhile|suddenly|finally|soon|now|then)\b"
    r"|(?:New Year['’]s|Christmas|Thanksgiving|Easter|Halloween)(?: Eve| Day| morning| night)?\b"
    r"|(?:at|in|on|by|after|before|during|under|inside|outside|without|upon|despite|behind) "
    r"|(?:when|while|as soon as|once|because|although|if|until|since|it turns out)\b)",
    re.I,
)
_PAST_AUX = {
    "was": ("is", "are"),
    "were": ("is", "are"),
    "had": ("has", "have"),
    "did": ("does", "do"),
    "didn't": ("doesn't", "don't"),
    "wasn't": ("isn't", "aren't"),
    "weren't": ("isn't", "aren't"),
    "hadn't": ("hasn't", "haven't"),
    "could": ("can", "can"),
    "couldn't": ("can't", "can't"),
    "would": ("will", "will"),
    "wouldn't": ("won't", "won't"),
}
_REPORTS = ("says", "tells", "hears", "learns", "remembers", "knows", "that", "thinks", "claims")


def _in_present(text: str, people: Sequence[Person]) -> str:
    """The clause in the tense of the story; what is said or told in it stays as it was."""
    said = re.search(r"[\"“‘:]", text)
    head, tail = (text[: said.start()], text[said.start() :]) if said else (text, "")
    words = head.split(" ")
    main, start = _finite_place(words), 0
    for place in range(len(words)):
        before = words[place - 1].casefold() if place else ""
        if not place or before in ("who", "which", "whose", "where", "what"):
            continue
        if before.strip(",") in _REPORTS and not tail and place > 1:
            break
        subject = words[start:place]
        if _is_relative(words, place, start) and not _SCENE.match(text):
            continue
        told = start or 0 < main < place
        word = _now(words, place, subject, people, not told or _opens_clause(before))
        if word:
            words[place] = word
            start = place + 1
    return " ".join(words) + tail


def _is_relative(words: Sequence[str], place: int, start: int) -> bool:
    """Whether the verb belongs to a clause about a noun: the basket she made."""
    if words[place - 1].casefold() not in ("he", "she", "it", "they", "we", "i", "you"):
        return False
    ahead = words[place - 2].casefold() if place - start > 1 else ""
    joins = ("and", "but", "then", "so", "because", "when", "while", "until", "if", "once", "now")
    return bool(ahead) and not ahead.endswith((",", ";")) and ahead not in joins


def _opens_clause(before: str) -> bool:
    """Whether a verb after this word would be the one of another clause."""
    joins = ("and", "but", "then", "he", "she", "it", "they", "we", "i", "nobody", "everyone")
    return before in joins or before.endswith(",")


def _now(
    words: Sequence[str], place: int, subject: Sequence[str], people: Sequence[Person], opens: bool
) -> str:
    """The verb at `place` in the present, or nothing where it is none in the past."""
    word = words[place]
    bare, mark = word.casefold().rstrip(",."), word[len(word.rstrip(",.")) :]
    many = _are_many(subject, people)
    if bare in _PAST_AUX:
        return _PAST_AUX[bare][many] + mark
    before = words[place - 1].casefold()
    base, kind, noun = _verbs().get(bare, ("", "", False))
    past_too = kind == "base" and _past_of(bare) == bare and not many
    if not (kind == "past" or past_too) or not opens or not _subject_like(before):
        return ""
    rest = " ".join(words[place + 1 :]).casefold()
    if bare == "knew" and re.search(r"\b(?:all along|from the (?:start|beginning)|long)\b", rest):
        return ("have known" if many else "has known") + mark
    if past_too and noun and before in _lexicon("determiners"):
        return ""
    return _present(base, many) + mark


@cache
def _pasts() -> dict[str, str]:
    pasts = {}
    for entry in vocabulary("en")["lexicon"]["verbs"]:
        base, *irregular = entry.split(":")
        base = base.rstrip("!")
        pasts[base] = (irregular or _regular(base))[1]
    return pasts


def _past_of(base: str) -> str:
    return _pasts().get(base, "")


def _subject_like(before: str) -> bool:
    """Whether the word before can end a subject, rather than make a participle of a verb."""
    unfit = ("a", "an", "the", "of", "with", "long", "by", "is", "are", "was", "were", "be", "been")
    held = ("has", "have", "had", "gets", "got", "being", "to", "never been", "his", "her", "their")
    if before in _lexicon("auxiliaries"):
        return False
    return before not in (*unfit, *held, "not", "my", "its", "in", "from", "for", "on", "at")


def _are_many(subject: Sequence[str], people: Sequence[Person]) -> bool:
    """Whether the words before a verb speak of several."""
    words = [word.casefold().strip(",") for word in subject if word]
    while words and words[-1] in _lexicon("adverbs"):
        words.pop()
    if not words:
        return False
    last = words[-1]
    if last in ("they", "we", "you", "people", "both", "others"):
        return True
    if last in ("he", "she", "it", "i") or last in ("everyone", "nobody", "everything", "nothing"):
        return False
    head = re.split(r" (?:of|with|between|in|on|at|for|from|to|against) ", " ".join(words))[0]
    if re.search(r"(?<!between )\w+ and (?:his |her |the |their |a )?\w+$", head):
        return True
    many = [p for p in people if p.plural and re.search(rf"\b{re.escape(p.key)}$", head)]
    tail = head.split(" ")[-1]
    named = any(p.key.endswith(tail) for p in people if not p.plural)
    plural = tail in vocabulary("en")["people"]["plural"] or bool(_PLURAL_END.search(tail))
    return bool(many) or (plural and not named)


@cache
def _lexicon(name: str) -> frozenset[str]:
    return frozenset(vocabulary("en")["lexicon"][name])


@cache
def _verbs() -> dict[str, tuple[str, str, bool]]:
    """Every form of every verb: its base, which form it is, and whether it may be a noun."""
    forms: dict[str, tuple[str, str, bool]] = {}
    for entry in vocabulary("en")["lexicon"]["verbs"]:
        base, *irregular = entry.split(":")
        noun = base.endswith("!")
        base = base.rstrip("!")
        third, past, gerund = irregular or _regular(base)
        names = ((gerund, "gerund"), (past, "past"), (third, "third"), (base, "base"))
        forms.update({form: (base, kind, noun) for form, kind in names})
    return forms


def _regular(base: str) -> tuple[str, str, str]:
    third = base + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", base) else "s")
    if base.endswith("e"):
        return third, base + "d", base[:-1] + "ing"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    return third, base + "ed", base + "ing"


@cache
def _thirds() -> dict[str, str]:
    return {base: form for form, (base, kind, _) in _verbs().items() if kind == "third"}


def _without_connective(text: str) -> str:
    for word in sorted(_lexicon("connectives"), key=len, reverse=True):
        match = re.match(rf"{word}[,:]?\s+(?=\w)", text, re.IGNORECASE)
        if match:
            return text[match.end() :]
    return text


def _names_someone(text: str, people: Sequence[Person]) -> str:
    """The name the text opens with, if it opens with one of the characters."""
    names = [name for person in people if (name := person.opens(text))]
    found = max(names, key=len, default="")
    return "" if re.match(r"['’]", ARTICLE.sub("", text)[len(found) :]) else found


def _given_verb(text: str, name: str, people: Sequence[Person]) -> tuple[str, bool]:
    """A named character whose verb we do not know, or who only stands there."""
    rest = ARTICLE.sub("", text)[len(name) :].split()
    known = bool(rest) and re.fullmatch(r"[a-z]+(?:s|ed)", rest[0]) is not None
    return _lowered(text, people), known or len(rest) > 1


def _finite_place(words: Sequence[str]) -> int:
    """Where the finite verb of a clause with a subject stands, or 0."""
    for place, word in enumerate(words[:9]):
        before = words[place - 1].casefold() if place else ""
        if place > 1 and before in ("until", "when", "while", "because"):
            return 0
        if not place or before in ("who", "that", "which", "to", "and"):
            continue
        bare = word.casefold().strip(",.")
        if bare in _lexicon("auxiliaries"):
            return place
        _base, kind, noun = _verbs().get(bare, ("", "", False))
        follows = words[place + 1].casefold() if place + 1 < len(words) else ""
        if kind == "base" and _past_of(bare) == bare and not noun and place:
            return place
        if kind in ("third", "past") and not (noun and before in _lexicon("determiners")):
            return place if _reads_as_verb(kind, noun, before, follows) else 0
        plural = _PLURAL_END.search(before) or before in (
            "they",
            "we",
            "i",
            "you",
            "people",
            "police",
        )
        if kind == "base" and plural and before not in _lexicon("auxiliaries"):
            return place
    return 0


def is_plain_verb(word: str) -> bool:
    """Whether a word is the base of a verb and no noun: find, carry."""
    _base, kind, noun = _verbs().get(word, ("", "", False))
    return kind == "base" and not noun


def is_verb_form(word: str, follows: Sequence[str]) -> bool:
    """Whether a word is a verb where it stands after a noun: has, left, falls."""
    _base, kind, noun = _verbs().get(word, ("", "", False))
    if kind in ("past", "gerund"):
        return True
    return kind == "third" and (not noun or not follows or follows[0] in _lexicon("after_verb"))


def _reads_as_verb(kind: str, noun: bool, before: str, follows: str) -> bool:
    if kind == "past":
        return before not in ("a", "the", "of", "with", "long", "by")
    known = _lexicon("prepositions") | _lexicon("determiners")
    return not noun or follows in known or not follows or "'s" in follows


def _with_subject(words: Sequence[str], people: Sequence[Person]) -> str:
    """The clause with its subject in front and its verb in the present, if it starts with one."""
    ahead = 0
    while ahead < len(words) - 1 and words[ahead].casefold() in _lexicon("adverbs"):
        ahead += 1
    first = words[ahead].casefold()
    follows = words[ahead + 1].casefold() if ahead + 1 < len(words) else ""
    base, kind, noun = _verbs().get(first) or _unknown_verb(first, follows)
    subject = _subject(" ".join(words), people)
    adverbs, rest = words[:ahead], words[ahead + 1 :]
    if first in _lexicon("states") and follows:
        return " ".join([subject.mention, "are" if subject.plural else "is", *words])
    if first == "to" and follows in _verbs():
        return " ".join([subject.mention, "sets" if not subject.plural else "set", "out", *words])
    if first in _lexicon("auxiliaries") and ahead + 1 < len(words):
        return " ".join([subject.mention, *words])
    if not base or (noun and kind in ("base", "third") and not _takes_object(follows)):
        return ""
    if kind == "gerund" and len(rest) < 2:
        return ""
    verb = _present(base, subject.plural)
    if kind == "gerund":
        verb = f"{'are' if subject.plural else 'is'} {first}"
    return " ".join([subject.mention, *adverbs, verb, *_agreeing(rest, kind, subject)])


def _unknown_verb(word: str, follows: str) -> tuple[str, str, bool]:
    """A word we do not know is a verb where an article or a possessive follows it."""
    known = _lexicon("prepositions") | _lexicon("determiners") | _lexicon("scene_openers")
    if not re.fullmatch(r"[a-z]{3,}", word) or follows not in _lexicon("determiners"):
        return "", "", False
    if word in known | _lexicon("pronouns"):
        return "", "", False
    if word.endswith("ing"):
        return word, "gerund", False
    if word.endswith("s") and not word.endswith("ss"):
        return re.sub(r"(?<=[^aeiou])ies$|(?<=sh|ch)es$|s$", _stem, word), "third", False
    return word, "base", False


def _stem(ending: re.Match[str]) -> str:
    return "y" if ending[0] == "ies" else ""


def _agreeing(rest: Sequence[str], kind: str, subject: Person) -> list[str]:
    """The rest of the clause, where "find X and lose Y" gets its second verb in step too."""
    words = list(rest)
    for place, word in enumerate(words[1:], start=1):
        base, form, noun = _verbs().get(word.casefold(), ("", "", False))
        after_and = words[place - 1].casefold() in ("and", "then", "but")
        if after_and and base and form == kind and form in ("base", "past", "third") and not noun:
            words[place] = _present(base, subject.plural)
    return words


def _takes_object(follows: str) -> bool:
    return follows in _lexicon("determiners") | _lexicon("prepositions") or bool(
        _PLURAL_END.search(follows)
    )


def _present(base: str, plural: bool) -> str:
    if base == "be":
        return "are" if plural else "is"
    return base if plural or base == "must" else _thirds().get(base) or _regular(base)[0]


def _subject(text: str, people: Sequence[Person]) -> Person:
    folded = text.casefold()
    outside = [person for person in people if not person.is_named_in(folded)]
    if not outside or people[0] in outside:
        return people[0]
    return next((person for person in outside if not person.opponent), outside[0])


def _lowered(text: str, people: Sequence[Person]) -> str:
    """The text as it stands inside a sentence: a plain first word loses its capital."""
    first, _, rest = text.partition(" ")
    common = _lexicon("determiners") | _lexicon("pronouns") | _lexicon("scene_openers")
    plain = (
        first.casefold().strip(",") in common | _lexicon("adverbs") or first.casefold() in _verbs()
    )
    named = any(first.casefold() == p.key.split(" ")[0] for p in people)
    if first == "I" or first.startswith("I'"):
        return text
    if (plain and not named) or (rest and rest == rest.lower() and not named and first.istitle()):
        return f"{first.lower()} {rest}".strip() if plain else text
    return text


def as_noun(text: str) -> str:
    """What a story is about, as it stands after "of"; nothing where it is a clause.

    never give up → never giving up; can a robot love → (nothing).
    """
    words = text.split()
    ahead = 0
    while ahead < len(words) - 1 and words[ahead].casefold() in _lexicon("adverbs"):
        ahead += 1
    first = words[ahead].casefold()
    if is_question(text) or first in _lexicon("auxiliaries") | {"why", "how", "what", "who"}:
        return ""
    _base, kind, noun = _verbs().get(first, ("", "", False))
    follows = words[ahead + 1].casefold() if ahead + 1 < len(words) else ""
    if kind == "base" and not (noun and not _takes_object(follows)):
        gerund = next(form for form, told in _verbs().items() if told[:2] == (first, "gerund"))
        return " ".join([*words[:ahead], gerund, *words[ahead + 1 :]])
    if _finite_place(words):
        return ""
    return with_article(text) if len(words) > 2 and " and " not in text else text


def with_article(text: str) -> str:
    """The noun with an article where it needs one."""
    words = text.split()
    first, last = words[0].casefold(), words[-1].casefold()
    head = re.split(r" (?:of|with|between|in|on|at|for|from|to|against|who|that) ", text)[0]
    last = head.split()[-1].casefold() if head else last
    acts = re.fullmatch(r"\w+ing", first) and len(words) > 1
    numbered = re.match(r"(?:\d+|five|six|seven|eight|nine|ten|twelve|many|several) ", text)
    bare = last in _lexicon("bare_nouns") or bool(_PLURAL_END.search(last)) or acts or numbered
    if first in _lexicon("determiners") | _lexicon("scene_openers") or bare or "'s" in first:
        return text
    return text if words[0][:1].isupper() or not words[0].isascii() else "the " + text
