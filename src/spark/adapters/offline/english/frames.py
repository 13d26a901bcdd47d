"""How a sentence speaks of the film: wishes, labels, declarations, openings of a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .facets import find_facets
from .lexicon import lexicon
from .story import finite_verbs
from .words import Token


@cache
def _fillers() -> re.Pattern[str]:
    words = sorted(map(re.escape, lexicon().words("grammar.fillers")), key=len, reverse=True)
    stretched = (
        r"h+e+y+|h+i+|(?:ha){2,}h?|(?:he){2,}|l+o+l+|y+e+s+|o+h+|u+h*m+|h+m+|a+w+|so+|ok(?:ay)?|"
        r"evening|good (?:morning|evening|afternoon|day)"
    )
    return re.compile(rf"(?:{stretched}|{'|'.join(words)})(?![\w'])[\s,.!?:;–—-]*", re.IGNORECASE)


_ASIDES = re.compile(
    r"^(?:like|as) (?:i|we) (?:said|told you|mentioned|already said)(?: before)?\s*[,:]\s*",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,.!?-]+(?:please|pls|thanks|thank you|thx|lol|haha|hehe|lmao|i guess|i think|i "
    r"suppose|i'd say|you know|"
    r"if possible|if you can|ok|okay|maybe|or something(?: like that)?|or whatever|or so|though|"
    r"tho|by the way|btw|"
    r"if that's ok(?:ay)?|instead|then|right|yeah|for now|for sure|too|as well|if that makes "
    r"sense))+[\s.!?]*$",
    re.IGNORECASE,
)


_SAYING = re.compile(r"\b(?:says?|said|saying|answers?|shouts?|whispers?|writes?)$", re.IGNORECASE)


def without_chatter(text: str) -> str:
    """The text without `haha ok so` before it and `please`, `I guess` after it."""
    plain, place = _ASIDES.sub("", text.strip(" ,;:-–—\n"), count=1), 0
    while match := _fillers().match(plain, place):
        if match.end() == place:
            break
        place = match.end()
    rest = plain[place:]
    kept = _TRAILING.sub("", rest[-200:])
    if _SAYING.search(kept):
        return rest.rstrip(" .!?")
    return kept.join((rest[:-200], "")) if rest else ""


@dataclass(frozen=True)
class Marker:
    """The words between what is said of the film and what is told of its story."""

    start: int
    end: int
    kind: str
    """about, story or cast."""


_STORY_VERBS = frozenset(
    [
        "follows",
        "tells",
        "follow",
        "shows",
        "depicts",
        "portrays",
        "explores",
        "centers",
        "centres",
        "revolves",
        "focuses",
        "following",
    ]
)


def find_marker(tokens: list[Token]) -> Marker | None:
    """Where a sentence turns from the film to its story, if it does."""
    for place, token in enumerate(tokens):
        kind = _marks(tokens, place)
        if kind and speaks_of_film(tokens[:place], kind):
            return Marker(place, _marker_end(tokens, place), kind)
        if token.tag == "." and token.text in ".!?;" and place < len(tokens) - 1:
            return None
    return None


def _marks(tokens: list[Token], place: int) -> str:
    token = tokens[place]
    after = tokens[place + 1].lower if place + 1 < len(tokens) else ""
    if token.lower == "on" and [one.lower for one in tokens[:place]] in (["it's"], ["it", "is"]):
        return "about"
    if token.lower in ("concerns", "concerning", "regarding") or (
        token.lower in ("deals", "dealing") and after == "with"
    ):
        return "about"
    if token.lower in ("about", "exploring", "on") and place + 1 < len(tokens):
        if token.lower == "on" and not (
            place
            and tokens[place - 1].lower
            in (lexicon().words("film.nouns") | set(lexicon().data["genre"]))
        ):
            return ""
        counts = tokens[place + 1].tag == "NUM" or _measures(tokens, place + 1)
        return "" if counts or after in ("it", "that", "this", ".") else "about"
    if token.lower in ("where", "wherein") or (token.lower == "in" and after == "which"):
        return "story"
    if token.lower == "that" and after in _STORY_VERBS:
        return "story" if after != "explores" else "about"
    if token.lower in _STORY_VERBS and place:
        film_subject = tokens[place - 1].lower in lexicon().words("film.nouns") | {
            "it",
            "that",
            "which",
        }
        if not film_subject:
            return ""
        return (
            "about"
            if after in ("on", "around", "the") and token.lower not in ("follows", "following")
            else "story"
        )
    if token.lower in ("starring", "featuring", "stars", "features"):
        return "cast"
    if token.lower == "of" and place and tokens[place - 1].lower in ("story", "tale", "adventures"):
        return "about"
    if token.lower == "when" and place and tokens[place - 1].lower in ("starts", "begins", "opens"):
        return "story"
    return ""


def _measures(tokens: list[Token], place: int) -> bool:
    """Whether a length of time follows: `three minutes`, `a minute and a half`."""
    first = tokens[place].lower
    if first not in lexicon().numerals and first not in _AMOUNTS:
        return False
    return any(_UNITS.fullmatch(token.lower) for token in tokens[place + 1 : place + 5])


_AMOUNTS = frozenset(
    [
        "a",
        "an",
        "half",
        "thirteen",
        "fifteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
    ]
)
_UNITS = re.compile(r"secs?|seconds|mins?|minutes?")


def _marker_end(tokens: list[Token], place: int) -> int:
    ahead = [token.lower for token in tokens[place : place + 7]]
    for words in (
        "that tells the story of how",
        "tells the story of how",
        "that tells the story of",
        "tells the story of",
        "that follows the story of",
        "follows the story of",
        "following the story of",
        "following the adventures of",
        "that follows the adventures of",
        "follows the adventures of",
        "centers on",
        "centers around",
        "centres on",
        "centres around",
        "revolves around",
        "focuses on",
        "that centers on",
        "that centers around",
        "that revolves around",
        "that focuses on",
        "in which",
        "that follows",
        "that shows how",
        "that shows",
        "that tells",
        "shows how",
        "that explores",
        "that depicts",
    ):
        parts = words.split()
        if ahead[: len(parts)] == parts:
            return place + len(parts)
    return place + 1


def speaks_of_film(tokens: list[Token], kind: str = "about") -> bool:
    """Whether the words before a marker speak of the film and not of its people."""
    if not tokens:
        return kind == "about"
    words = [token.lower for token in tokens]
    if kind != "about" and tokens[0].tag == "NAME":
        return False
    if (
        kind != "about"
        and not any(_is_film_word(word) for word in words)
        and words[0] not in ("it", "it's")
    ):
        return False
    subject = tokens[0]
    if words[-1] in ("it's", "that's") or words[-2:] in (
        ["it", "is"],
        ["this", "is"],
        ["about", "is"],
    ):
        return True
    if (
        subject.lower in lexicon().words("talk.film_subjects")
        or subject.lower in lexicon().words("talk.speakers")
        or subject.lower in ("my", "make")
    ):
        return True
    verbs = [verb for verb in finite_verbs(tokens) if verb.clause != "relative"]
    if not verbs:
        return (
            bool(find_facets(tokens, True).values("genre"))
            or any(_is_film_word(word) for word in words)
            or any(word in lexicon().words("talk.film_subjects") for word in words)
            or (len(tokens) <= 2 and all(token.tag in ("DET", "ADV", "PREP") for token in tokens))
        )
    before = words[: verbs[0].place]
    if not before:
        return subject.lower in (
            "make",
            "let's",
            "is",
            "do",
            "have",
            "create",
            "think",
            "picture",
            "imagine",
        )
    return any(
        word in lexicon().words("film.nouns") | lexicon().words("film.aspects")
        for word in before[-2:]
    ) or (any(word in ("i", "we", "you") for word in words))


def _is_film_word(word: str) -> bool:
    word = word.rsplit("-", 1)[-1] if word.count("-") == 1 else word
    words = lexicon()
    if words.singular(word) in words.words("film.nouns") or word in words.data["genre"]:
        return True
    return any(word in forms for forms in words.data["genre"].values())


_WISH = re.compile(
    r"^(?:(?:i|we)(?: guess| think| suppose)?(?:'d| would|'m| am|'re| are|'ve got| have| was| "
    r"were| had)?(?: really| also| just| actually)? ?"
    r"(?:like|love|want|wanna|need|prefer|picture|imagine|see|hope|plan|planning|thinking|going|"
    r"looking|think|guess|suppose|say|go|"
    r"thought|want|dream|try|trying|working|work|have|had|pick|choose|got)\b"
    r"(?: (?:to|for|of|about|with|on|in mind|that|it|we|i|maybe|an idea))*(?: (?:make|do|create|"
    r"see|have|film|shoot|produce|write|go|be|use|get|build|should|could|can)\b)?"
    r"(?: (?:it|with|for|of|me|that|us|be))*"
    r"|(?:need|want|wanna|planning|looking for|thinking of|thinking about|fancy)\b(?! to be)(?: "
    r"to (?:make|do))?"
    r"|what (?:i|we)(?: have in mind|'m thinking of|'d like| want|'re after)(?: to (?:make|"
    r"do))? is"
    r"|let's(?: just| maybe)? (?:go with|go for|have|do|make it|make|use|try|say|call it|create|"
    r"film|write|be)"
    r"|(?:how|what) about|what if|why not|maybe|perhaps|probably|"
    r"(?:can|could) (?:we|you|it|i) (?:please )?(?:have|do|make it|make|be|use|go with|create|"
    r"write|add|get|help me with|help me make|help me write|help me create|help with)(?: me)?|"
    r"(?:please )?(?:make (?:it|that|this)|let it be|make me|call it|make|give me|help me with|"
    r"help me make|help me|create|do|go with|use|keep it|film|write|add|include|have|put in|"
    r"throw in|try)|"
    r"(?:it|this|that|the (?:whole )?(?:film|movie|video|story|short|thing|clip))(?:'s| is| was|"
    r" will be| would be|'ll be|'d be| should be| should feel| should have| should look| could "
    r"be| can be| must be| needs to be| has to be| might be| has|"
    r" feels| looks| ought to be| should run| lasts| runs| should last| should)(?: (?:more |"
    r"kind of |sort of |going to be |supposed to be |gonna be |called |set )*like\b)?(?: going "
    r"to be| supposed to be| gonna be| kind of| sort of| basically| mostly| just)?"
    r")(?: (?:a bit|please|also|maybe|it to be|it to have|to be|to have|it to feel|it to look|"
    r"to feel|it being|them to be))*\s+(?=\S)",
    re.IGNORECASE,
)


def without_wish(text: str) -> tuple[str, bool]:
    """The text without `I'd like`, `let's make it`, `how about`, and whether one was there."""
    rest, wished = text, False
    for _ in range(3):
        match = _WISH.match(rest)
        if not match or match.end() >= len(rest):
            break
        rest, wished = rest[match.end() :].lstrip(" ,:"), True
    return rest, wished


_ROLES = (
    r"(?:(?:main|lead|central|other|second|third|supporting|secondary|only|first|title|key|two|"
    r"three|four) )*"
    r"(?:characters?|heroe?s?|heroines?|protagonists?|leads?|villains?|antagonists?|stars?|"
    r"sidekicks?|love interests?|"
    r"bad guys?|good guys?|main guys?|cast|narrator|mentor|rival|enemy|people in it|lead roles?|"
    r"main roles?)"
)
DECLARES = re.compile(
    rf"^(?:and |so |the |my |our |their |his |her |your |film's |story's |also |as for |for "
    rf")*(?P<role>{_ROLES})(?: of (?:the|my|this) \w+)?(?: here| too| then)?"
    r"\s?(?:is|are|was|were|will be|would be|should be|could be|can be|might be|'s|:|,|-|–|—|"
    r"include|includes|consist of|being)(?![\w'])(?: going to be| gonna be| called| named| just|"
    r" basically| simply|:)*\s*(?P<who>.+)$",
    re.IGNORECASE,
)
PRESENTS = re.compile(
    r"^(?:and |so |then |also |where |plus )*(?:there's(?: also| only| just)?|there (?:is|are|"
    r"was|were|lives?|lived)(?: also| only| just| once)?|once upon a time,? there (?:is|was|"
    r"were|lived)|we've got|we have|we (?:meet|follow|see|watch)|it has|"
    r"it stars|it features|it follows|it needs|starring|featuring|meet|introducing|cast|who's in "
    r"it)\s*:?\s+(?P<who>.+)$",
    re.IGNORECASE,
)
NAMES_ROLE = re.compile(
    r"^(?:and |[Tt]he |[Mm]y |[Oo]ur |[Hh]er |[Hh]is |[Tt]heir )*(?P<role>[a-z][a-z' -]{1,30}?)"
    r"(?: is| =| would be| will be|:) (?P<who>(?:the )?(?:[A-Z][a-z]+\.? ?){1,4})"
    r"(?:, (?P<more>(?:the|an?|his|her) [\w '-]+))?$"
)
THEME_IS = re.compile(
    r"^(?:(?:well|so|really|underneath),? )*(?:what (?:it|the film|this|it all)(?:'s| is)?(?: "
    r"really| actually)? (?:about|explores|comes down to|deals with|wants to say)"
    r"|the (?:heart|core|point|moral|thing underneath|bottom line|takeaway)(?: of it| of the "
    r"story)?)(?: is|:| being) (?P<theme>.+)$",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"^(?:there (?:is|are) |with )?(?:no(?: other)? (?:characters?|people|one|cast|persons)|"
    r"nobody(?: else)?)(?: in it| at all)? (?:except(?: for)?|but|other than|besides|apart from) "
    r"(?P<who>.+)$",
    re.IGNORECASE,
)
PORTRAYS = re.compile(
    r"^(?P<film>(?:an? |the )?[\w -]{0,40}?(?:portrait|biopic|documentary|profile)) of "
    r"(?P<who>[^.!]{3,200})[.!]*$",
    re.IGNORECASE,
)
TWO_ARE = re.compile(
    r"^(?:[Tt]he |[Mm]y |[Ss]o )*(?:[Tt]wo|[Tt]hree|[Ff]our|[Nn]ames|[Pp]eople|[Tt]hey)"
    r"(?: of them)? (?:are|would be|will "
    r"be)(?: called| named)? (?P<who>(?:an? |[A-Z]).+)$"
)
WE_SEE = re.compile(
    r"^(?:and |then |so )*we (?:open|start|begin|end|close|cut|see|watch)(?: (?:on|with|as|how|"
    r"when|to))? "
    r"(?P<story>.+)$",
    re.IGNORECASE,
)
HEADED = re.compile(
    r"^(?:an? )?(?P<value>[\w-]+(?:(?:,| and|, and)? [\w-]+){0,2}) (?P<name>mood|tone|vibe|"
    r"atmosphere)[.!]*$",
    re.IGNORECASE,
)
LET_BE = re.compile(r"^let (?:the )?(?P<name>[a-z ]{3,20}?) be (?P<value>.+)$", re.IGNORECASE)
REVERSED = re.compile(
    r"^(?P<value>[^,]{2,60}?)(?:,? (?:that's|is|as|would be|should be|for))+ (?:the|my|our) "
    r"(?P<name>theme|genre|mood|tone|style|visual style|audience|target audience|length|"
    r"duration)[.!]*$",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"^(?:the )?(?P<name>mood|tone|genre|style|visual style|audience|target audience|duration|"
    r"length|theme|vibe)[, ]+(?P<value>[^,;]{2,60})$",
    re.IGNORECASE,
)
PLAYED = re.compile(
    rf"^(?P<who>.{{1,200}}?),? (?:is|are|as|for|will be|would be|should be|could be|being|"
    rf"plays?|be) (?:the|my|our|a|an) (?P<role>{_ROLES})(?: here| please| then)?[.!?]*$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:the |my |our )?(?P<name>[a-z-]+(?: [a-z]+){0,2})(?: is| are| will be| would be| "
    r"should be| could be| can be| must be|'s)?\s*(?P<mark>:|=|-|–|—| is | are "
    r")\s*(?P<value>.+)$",
    re.IGNORECASE | re.DOTALL,
)
STATES = re.compile(
    r"^(?:and |so |the |my |our |its |for the |as for the |about the )*(?P<name>[a-z]+(?: "
    r"[a-z]+){0,2}?)(?:,)? (?:(?:is|are|will be|would be|should be|could be|can be|must be|"
    r"might be|ought to be|needs to be|should feel|feels|to be)|(?=about|around))\s*(?:more |"
    r"just |like |that |mostly |mainly |probably |about |around |maybe )*(?P<value>.+)$",
    re.IGNORECASE,
)
WATCHES = re.compile(
    r"^(?P<who>.{1,120}?) (?:would|will|should|can|could|might|are going to|are gonna|may|"
    r"are(?= the)|is(?= the)) (?:love to |like to |want to |probably |also )*"
    r"(?:watch|see|enjoy|like|love|view|appreciate|be watching|be seeing|(?:be )?the (?:target "
    r")?audience|be the target)\b(?: (?:it|this|that|the \w+|most))*"
    r"(?: (?:on|at|in|with|together|before|after|when|every|during|from)\b.{1,80})?[\s.!]*$",
    re.IGNORECASE,
)
SET_IN = re.compile(
    r"^(?:it(?:'s| is)|the story is|the film is|this is)?\s*set (?:in|on|at)\b", re.IGNORECASE
)
