"""English prose read for its scenes: who speaks and how, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

from ....models import CharacterProfile, Language
from ....screenplay import Hour, Setting
from ..english.lexicon import lexicon
from ..vocabulary import read
from .cast import Cast, Figure, Gender
from .tongue import Clock, Mention, Spot, Tag

_END = re.compile(r"(?:[.!?…]+[\"”’')\]]*|[.!?…]*[”\"])(?=\s)|[。！？]|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘])(?:Mr|Mrs|Ms|Dr|Prof|Capt|Sgt|Lt|Col|Gen|St|Mt|Jr|Sr|vs|etc|No|[A-Z]|[a-z]\.[a-z]|[ap]\.m|e\.g|i\.e)\.$"
)
_REACH = 240
_LONGEST_MANNER = 70
_LONGEST_NAME = 40
_WORD = r"[A-Za-z][\w’'-]*"
_ADVERB = r"(?:[a-z]+ly|again|aloud|back|too|then|now|first|once|twice|almost|only|still|finally|simply|just|quietly|at last)"
_PRONOUN = re.compile(r"(?:he|she|it|they|we|I)(?![\w’'])", re.IGNORECASE)
_PHRASE = re.compile(
    rf"(?:(?P<article>the|a|an|one|another|this|that|some)|(?P<owner>his|her|its|their|my|our|your|(?:{_WORD} )?{_WORD}['’]s)) "
    rf"(?P<noun>(?:{_WORD} ){{0,3}}?{_WORD})",
    re.IGNORECASE,
)
_PROPER = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Capt|Sgt|St)\. )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}"
)
_HEADING = re.compile(
    r"^\W*(?P<setting>INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I/E|INT|EXT)[.\s]+(?P<place>[^\n]+?)"
    r"(?:\s+[-–—]+\s+(?P<hour>DAY|NIGHT|DAWN|DUSK|MORNING|AFTERNOON|EVENING|LATER|CONTINUOUS))?\W*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?P<who>[A-Za-z][\w.’' -]{0,38}?)\s*(?:\((?P<manner>[^()]{1,60})\))?\s*:\s+(?P<said>\S.*)$"
)
_NUMBER = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|a hundred|several|many|some|a few|few|\d+|a couple of|hundreds of)"
_LEAP = re.compile(
    rf"(?P<soon>(?:about |almost |nearly )?{_NUMBER} (?:more )?(?:minutes?|hours?|moments?|seconds?|while) (?:later|after(?:wards?)?)"
    r"|(?:moments|minutes|hours) (?:later|pass(?:es|ed)?)|soon after(?:wards?)?|a little later|later(?=[ ,])|shortly after)"
    rf"|(?P<long>(?:about |almost |nearly )?{_NUMBER} (?:long )?(?:days?|nights?|weeks?|months?|years?|winters?|summers?|centur(?:y|ies)|decades?) (?:later|after(?:wards?)?|ago|pass(?:es|ed)?)"
    r"|(?:days|weeks|months|years|decades) (?:later|pass(?:ed)?|go by|went by)|the (?:next|following) (?:\w+)|the (?:morning|day|night|evening) after"
    r"|next (?:morning|day|night|evening|afternoon|week|month|year|spring|summer|autumn|winter)|(?:that|the same) (?:very )?(?:night|evening|afternoon|morning|day|same day)(?![’'])"
    r"|(?:one|another|by the next|on the (?:second|third|last|seventh)) (?:\w+ )?(?:night|evening|afternoon|morning|day)(?![’'])(?: goes by| went by| passed)?"
    r"|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: (?:morning|night|evening|afternoon))?)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:and|but|so|then|until|by|at|in|on|early|late|just|it is|it was|long|,|\s)+(?=\s|$)\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"“]{0,300}[”\"]")
_SEEN = 800
"""How much of a sentence is looked at for places."""
_HABIT = re.compile(r"\b(?:every|each|last|those|all)\s*$", re.IGNORECASE)


def _longest_first(items: Iterable[str]) -> str:
    found = sorted({item.replace("_", " ") for item in items}, key=len, reverse=True)
    return "|".join(map(re.escape, found))


def _joined(*words: str) -> str:
    """How something is said, of all that tells it."""
    parts = [part.strip(" ,.") for part in words]
    return ", ".join(part for part in dict.fromkeys(parts) if part)


_ARTICLES = ("the", "The", "a", "A", "an", "An")
_PREPOSITIONS = frozenset(
    (
        "in into inside at to onto on aboard through across outside by along near beside behind beyond past over"
        " down up from of about for toward towards off around under beneath within"
    ).split()
)
_DETERMINERS = frozenset("the a an his her their its my our your this that one another".split())
_REGIONS = frozenset(
    "end middle corner back dark darkness heart depths centre center floor side front rest bottom far silence".split()
)


def _phrase_before(clause: str) -> tuple[str, str, list[str], list[str]]:
    """What stands before a noun: preposition, determiner, other words, and what led to them."""
    tokens = re.findall(rf"{_WORD}|\d+", clause[-80:])
    body: list[str] = []
    det = ""
    while tokens and len(body) < 4:
        word = tokens[-1].lower()
        if word in _DETERMINERS or word.endswith(("'s", "’s")):
            det = tokens.pop()
            break
        if word in _PREPOSITIONS:
            break
        body.insert(0, tokens.pop())
    if not det and (not tokens or tokens[-1].lower() not in _PREPOSITIONS):
        return "", "", [], [*tokens, *body]
    how = tokens.pop().lower() if tokens and tokens[-1].lower() in _PREPOSITIONS else ""
    if how == "of" and len(tokens) > 1 and tokens[-1].lower() in _REGIONS:
        tokens.pop()
        while (
            tokens
            and tokens[-1].lower() not in _PREPOSITIONS
            and len(tokens) > 1
            and tokens[-1].lower() in (*_DETERMINERS, "far", "very")
        ):
            tokens.pop()
        how = tokens.pop().lower() if tokens and tokens[-1].lower() in _PREPOSITIONS else how
    return how, det if det.endswith(("'s", "’s")) else det.lower(), body, tokens


@cache
def _listed(section: str, name: str) -> frozenset[str]:
    words = read("staging_en")[section][name].split()
    return frozenset(word.replace("_", " ") for word in words)


@lru_cache(maxsize=8192)
def _is_somebody(word: str) -> bool:
    words = lexicon()
    if word in _listed("speech", "people_words") or words.is_listed(word):
        return True
    return bool(words.kind(word)) and word not in words.words("people.nobody")


class English:
    """The rules of English; see `Tongue`."""

    language: Language = "en"
    usual_scene = 520
    longest_scene = 2600

    @cached_property
    def _words(self) -> dict[str, Any]:
        return read("staging_en")

    def _list(self, section: str, name: str) -> frozenset[str]:
        return _listed(section, name)

    @cached_property
    def _manner_of(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in re.findall(r"\S+/\S+(?: out)?", self._words["speech"]["verbs"]):
            forms, _, manner = entry.partition("=")
            for form in forms.split("/"):
                found[form.replace("_", " ")] = manner
        return found

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?P<verb>{_longest_first(self._manner_of)})\b(?!['’])")

    @cached_property
    def _after_subject(self) -> re.Pattern[str]:
        return re.compile(
            rf"\s*(?:{_ADVERB} ){{0,2}}(?P<verb>{_longest_first(self._manner_of)})\b(?!['’])",
            re.IGNORECASE,
        )

    # --- who there is ---

    def figures(self, profiles: Sequence[CharacterProfile], text: str) -> list[Figure]:
        """The profiles as somebody the text may name."""
        made = []
        for profile in profiles:
            aliases = self._aliases(profile.name) | self._callings(profile.role)
            present = {a for a in aliases if a in text or a.upper() in text}
            if not present:
                nouns = self._nouns(re.findall(_WORD, profile.appearance.lower())[:12])
                forms = (f"{article} {noun}" for noun in nouns for article in _ARTICLES)
                present = {form for form in forms if form in text}
            made.append(
                Figure(
                    profile.name, frozenset({profile.name, *present}), self._gender(profile), True
                )
            )
        return made

    def _aliases(self, name: str) -> set[str]:
        bare = re.sub(r"\s*[(\[].*", "", name).strip() or name
        found = {bare}
        if inside := re.search(r"\(([^()]+)\)", name):
            found.add(inside[1])
        found.add(bare.partition(",")[0].strip())
        tokens = [w for w in re.split(r"[\s,]+", bare) if w]
        titles = lexicon().words("people.titles")
        titled = [w for w in tokens if w.rstrip(".").lower() in titles]
        rest = [
            w
            for w in tokens
            if w not in titled and w.lower() not in ("the", "a", "an", "of", "von", "de")
        ]
        proper = [w for w in rest if w[:1].isupper()]
        found |= {w for w in proper if len(w) > 1} | {f"{t} {w}" for t in titled for w in proper}
        if len(proper) > 1:
            found.add(" ".join(proper))
        if titled and not proper:
            found |= set(titled)
        expanded = {
            "dr": "doctor",
            "prof": "professor",
            "capt": "captain",
            "sgt": "sergeant",
            "det": "detective",
        }
        for word in titled:
            plain = word.rstrip(".").lower()
            plain = expanded.get(plain, plain)
            if plain not in ("mr", "mrs", "ms", "miss", "old", "little", "big", "young", "saint"):
                found |= {f"the {plain}", f"The {plain}", plain.title()}
        for noun in self._nouns([w for w in tokens if w.lower() not in ("the", "a", "an")]):
            found |= {f"the {noun}", f"The {noun}"}
        if tokens and tokens[0].lower() in ("the", "a", "an"):
            noun = " ".join(tokens[1:]).lower()
            found |= {f"the {noun}", f"The {noun}"}
        return {a for a in found if len(a) > 1}

    def _nouns(self, tokens: Sequence[str]) -> set[str]:
        """What somebody is, where the name says it: the keeper, the AI assistant."""
        found = set()
        text = " ".join(tokens)
        if text and (text.islower() or (tokens[-1:] and lexicon().is_listed(tokens[-1]))):
            found |= {text, text.lower(), tokens[-1].lower()}
        found |= {w.lower() for w in tokens if lexicon().is_listed(w)}
        return found

    def _callings(self, role: str) -> set[str]:
        found = set()
        for part in re.split(r"[,;/()]| and ", role):
            tokens = re.sub(r"^(?:the|an?) ", "", part.strip().lower()).split()
            if 0 < len(tokens) <= 3 and lexicon().is_listed(tokens[-1]):
                found |= {f"the {' '.join(tokens)}", f"the {tokens[-1]}"}
        return found | {a[0].upper() + a[1:] for a in found}

    def _gender(self, profile: CharacterProfile) -> Gender:
        described = f"{profile.appearance} {profile.visual_description}"
        told = (f"{profile.name} {profile.role}", described, profile.personality, profile.backstory)
        found = [self.gender_of(text[:600]) for text in told]
        if gender := next((g for g in found if g in ("f", "m")), ""):
            return gender
        named = [w.lower() for w in re.findall(_WORD, profile.name)]
        people = read("story_en")["people"]
        if any(word in people["female_names"] for word in named):
            return "f"
        if any(word in people["male_names"] for word in named):
            return "m"
        return "it" if "it" in found else ""

    def gender_of(self, text: str) -> Gender:
        """The gender a description tells, if any."""
        found = re.findall(r"[a-z]+", text.lower())
        female = sum(word in self._list("people", "female") for word in found)
        male = sum(word in self._list("people", "male") for word in found)
        if female == male:
            return "it" if any(word in self._list("people", "things") for word in found) else ""
        return "f" if female > male else "m"

    # --- sentences ---

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text."""
        found, start = [], 0
        for end in self._ends(text, 0):
            found.append(text[start:end].strip())
            start = end
        found.append(text[start:].strip())
        return [sentence for sentence in found if sentence]

    def _ends(self, text: str, start: int) -> Iterable[int]:
        for match in _END.finditer(text, start):
            if text[match.start() : match.end()] in ("”", '"'):
                continue
            following = text[match.end() : match.end() + 2].strip()
            if match[0] == "." and _ABBREVIATION.search(
                text[max(0, match.start() - 8) : match.end()]
            ):
                continue
            if following[:1].islower() and match[0].rstrip("\"”’'") != ".":
                continue
            yield match.end()

    def unfinished(self, text: str) -> str:
        """What of a text comes after its last whole sentence."""
        at = max(0, len(text) - _REACH)
        last = max(self._ends(text, at), default=0)
        return text[last or at :]

    def ended(self, text: str) -> str:
        """Words that were part of a sentence, as a sentence of their own."""
        bare = text.strip().lstrip(",;: ").rstrip(",;: —–")
        bare = re.sub(r"[,;]? (?:and|but|then|as)$", "", bare)
        if not bare:
            return ""
        bare = bare[0].upper() + bare[1:]
        return bare if bare[-1] in ".!?…\"”’)'" else bare + "."

    # --- who speaks ---

    def is_spoken(self, lead: str, inner: str, trail: str, cast: Cast, after_speech: bool) -> bool:
        """Whether a quotation between `lead` and `trail` is said by somebody there and then."""
        lead, trail = lead.strip(), trail.strip()
        if not any(sign.isalnum() for sign in inner) and not re.search(r"[?!…—]", inner):
            return False
        tag = self.after(trail, cast)
        if tag and tag.is_said and (not lead or inner[-1:] in ",?!—"):
            return True
        if lead:
            return self._is_led_in(lead, inner, trail, cast, after_speech)
        if not trail:
            return True
        if trail[0].islower():
            return bool(tag) and inner[-1:] in ".?!…—,-"
        return inner[-1:] in ".?!…—,-"

    def _is_led_in(self, lead: str, inner: str, trail: str, cast: Cast, after_speech: bool) -> bool:
        tail = lead[-60:].lower()
        verb = self._last_verb(lead)
        near = verb is not None and len(lead[verb.end() :].split()) <= 7
        if near and verb is not None and not self._is_unsaid(lead, verb):
            if lead[-1] in ",:—":
                return True
            return verb.end() >= len(lead.rstrip()) and verb["verb"] not in (
                "called",
                "call",
                "calls",
            )
        if verb is None and lead[-1] == ":":
            words = set(re.findall(r"[a-z]+", tail)) & self._list("speech", "unspoken")
            return not words and self.subject(lead, cast) is not None and inner[-1:] in ".?!…—"
        return after_speech and lead[-1] in ",—–" and inner[-1:] in ".?!…—,"

    def _last_verb(self, text: str) -> re.Match[str] | None:
        found = None
        for match in self._verb.finditer(text, max(0, len(text) - _REACH)):
            found = match
        return found

    def _is_unsaid(self, text: str, verb: re.Match[str]) -> bool:
        """Whether nobody says it there and then: it says on the box; she never said."""
        before = text[: verb.start()].rstrip()
        words = re.findall(r"[\w’']+", before[-40:].lower().replace("’", "'"))
        written = set(words[-8:]) & {
            "sign",
            "letter",
            "note",
            "box",
            "headline",
            "word",
            "words",
            "title",
            "poster",
        }
        last = words[-1:] + (words[-2:-1] if words and words[-1].endswith("ly") else [])
        return bool(written) or any(
            w in self._list("speech", "unsaid") or w.endswith("n't") for w in last
        )

    def before(self, lead: str, cast: Cast) -> Tag | None:
        """What the unfinished sentence before a quotation tells of it."""
        text = lead.strip()
        if not text:
            return None
        bare = text.rstrip(",:;—– ")
        verb = self._last_verb(bare)
        if verb is None or len(bare[verb.end() :].split()) > 7:
            return Tag(self.subject(bare, cast), kept=self.ended(bare), is_said=False)
        rest = bare[verb.end() :].strip()
        own = self._manner_of[verb["verb"]]
        inverted = self._someone(rest, 0, cast) if rest else None
        if (
            inverted
            and inverted[0].kind != "pronoun"
            and inverted[1] == len(rest)
            and not bare[: verb.start()].strip()
        ):
            return Tag(inverted[0], own)
        head = bare[: verb.start()]
        adverb = re.search(rf"(?:^|\s)((?:{_ADVERB} )+)$", head)
        manner = _joined(adverb[1].strip() if adverb else "", own, rest)
        head = head[: adverb.start()] if adverb else head
        clause = re.split(r"(?:, and |, then |; | and then | and |, but | but |, )", head)[
            -1
        ].strip()
        direct = self._someone(clause, 0, cast) if clause else None
        if direct and direct[1] >= len(clause.rstrip()):
            earlier = head[: len(head.rstrip()) - len(clause)]
            return Tag(
                direct[0],
                manner[:_LONGEST_MANNER],
                self.ended(earlier) if earlier.strip(" ,") else "",
            )
        who = self.subject(head, cast) if head.strip() else None
        return Tag(who, manner[:_LONGEST_MANNER], self.ended(head))

    def after(self, trail: str, cast: Cast) -> Tag | None:
        """What the sentence after a quotation tells of it."""
        text = trail[:_REACH]
        skipped = len(text) - len(text.lstrip(" ,—–-"))
        text = text[skipped:]
        if not text:
            return None
        inverted = self._after_subject.match(text)
        if inverted and text[0].islower() and inverted.start("verb") == 0:
            someone = self._someone(text, inverted.end() + 1, cast)
            if someone and someone[0].kind != "pronoun":
                return self._tagged(trail, skipped, text, someone, inverted["verb"], someone[1], "")
        someone = self._someone(text, 0, cast)
        if not someone:
            return None
        verb = self._after_subject.match(text, someone[1])
        if verb:
            adverb = text[someone[1] : verb.start("verb")].strip()
            if set(adverb.split()) & {"never", "always", "often"} or re.match(
                rf"{re.escape(verb['verb'])} (?:his|her|their|its|the|a) ",
                text[verb.start("verb") :],
            ):
                return Tag(someone[0], is_said=False)
            return self._tagged(trail, skipped, text, someone, verb["verb"], verb.end(), adverb)
        if re.match(r"(?:\w+ )?(?:often|always|never|used to|would) ", text[someone[1] :].lstrip()):
            return None
        return Tag(someone[0], is_said=False)

    def _tagged(
        self,
        trail: str,
        skipped: int,
        text: str,
        someone: tuple[Mention, int],
        verb: str,
        end: int,
        adverb: str,
    ) -> Tag:
        """A tag with a word of saying, and what of its sentence is to be kept."""
        who, own = someone[0], self._manner_of[verb.lower()]
        stop = next(iter(self._ends(text, end)), len(text))
        sentence = text[end:stop]
        ended = sentence.rstrip()
        goes_on = stop == len(text) and ended[-1:] in (",", "—", "–", ":") and len(trail) <= _REACH
        rest = ended.rstrip(".,!?—–: ").strip()
        manner, kept = self._parted(rest)
        if kept is None or len(_joined(adverb, own, manner)) > _LONGEST_MANNER:
            return Tag(who, own, taken=0, goes_on=goes_on)
        subject = self._subject_words(text, someone)
        told = self.ended(f"{subject} {kept}") if kept else ""
        return Tag(
            who, _joined(adverb, own, manner), told, skipped + end + len(sentence), goes_on=goes_on
        )

    def _subject_words(self, text: str, someone: tuple[Mention, int]) -> str:
        words = text[: someone[1]].strip()
        verb = self._verb.match(words)
        return words[verb.end() :].strip() if verb else words

    def _parted(self, rest: str) -> tuple[str, str | None]:
        """How it is said, and what is done besides; `None` where the two cannot be parted."""
        if not rest:
            return "", ""
        together = re.match(r"^(?P<manner>[^,;]*?)(?:, and |, then | and )(?P<deed>\w+.*)$", rest)
        if together and re.match(
            r"(?:\w+(?:ed|s)|[a-z]+t|ran|took|went|sat|stood|came|gave|fell|rose|drew|hung|shook|began|threw|held)\b",
            together["deed"],
        ):
            return together["manner"], together["deed"]
        if re.match(r"^,? ?(?:as|while|when|before|after|though|because|but|which|who)\b", rest):
            return "", None
        if re.search(r", (?:as|though|but|which|and|being|because)\b", rest):
            return "", None
        if re.search(r"\b(?:was|were|had|is|are|has)\b", rest):
            return "", None
        return rest.lstrip(", "), ""

    def _someone(self, text: str, start: int, cast: Cast) -> tuple[Mention, int] | None:
        """Somebody named right at a place of a text, and where the name ends."""
        found = cast.at(text, start)
        if found and not text.startswith(("'s", "’s"), found[1]):
            return Mention("figure", figure=found[0]), found[1]
        if pronoun := _PRONOUN.match(text, start):
            word = pronoun[0].lower()
            if word == "i":
                return Mention("role", text="Narrator", alias="I"), pronoun.end()
            if word in ("they", "we"):
                return None
            gender: Gender = "m" if word == "he" else "f" if word == "she" else "it"
            return Mention("pronoun", gender=gender, text=word.title()), pronoun.end()
        if found:
            return self._owned(text, found)
        if phrase := _PHRASE.match(text, start):
            return self._phrase(text, phrase, cast)
        return self._named(text, start)

    def _owned(self, text: str, found: tuple[Figure, int]) -> tuple[Mention, int] | None:
        """Mia's mother is somebody; Mia's voice is Mia."""
        match = re.compile(rf"['’]s ((?:{_WORD} ){{0,2}}?{_WORD})").match(text, found[1])
        if not match:
            return None
        noun = match[1].split()[-1]
        if noun in (
            "voice",
            "reply",
            "answer",
            "whisper",
            "eyes",
            "hand",
            "hands",
            "face",
            "smile",
            "mouth",
        ):
            return Mention("figure", figure=found[0]), match.end()
        if not lexicon().kind(noun):
            return None
        name = text[: match.end()].split("  ")[-1]
        return Mention(
            "role", text=name[-_LONGEST_NAME:], alias=name, gender=self.gender_of(noun)
        ), match.end()

    def _phrase(self, text: str, phrase: re.Match[str], cast: Cast) -> tuple[Mention, int] | None:
        """A noun phrase that is somebody: the guard, an old man, her mother, a deep voice."""
        tokens = list(re.finditer(_WORD, text[phrase.start("noun") : phrase.start("noun") + 60]))[
            :5
        ]
        best = None
        for token in tokens:
            word = token[0].lower()
            before = text[phrase.start("noun") : phrase.start("noun") + token.start()]
            if re.search(r"[^\w\s’'-]", before):
                break
            if word == "one" and (best is None or lexicon().is_listed(best[0].lower())):
                break
            if self._is_somebody(word):
                best = token
            elif best is not None or word in (
                "of",
                "in",
                "with",
                "was",
                "is",
                "and",
                "who",
                "that",
            ):
                break
        if best is None:
            return None
        end = phrase.start("noun") + best.end()
        noun = text[phrase.start("noun") : end]
        head = best[0].lower()
        owner = (phrase["owner"] or "").lower()
        if head in ("voice", "eyes", "hand") and owner in ("his", "her", "its"):
            gender: Gender = "m" if owner == "his" else "f" if owner == "her" else "it"
            return Mention("pronoun", gender=gender), end
        known = cast.called(noun) or cast.called(noun[0].upper() + noun[1:])
        if known and not phrase["article"]:
            return Mention("figure", figure=known), end
        definite = (phrase["article"] or "").lower() in ("the", "that", "this")
        general = head in self._list("speech", "general") and noun.lower() == head
        name = noun[0].upper() + noun[1:]
        return (
            Mention(
                "role",
                text=name,
                alias=f"the {noun}",
                gender=self.gender_of(noun),
                is_definite=definite and general,
            ),
            end,
        )

    def _is_somebody(self, word: str) -> bool:
        return _is_somebody(word)

    def _named(self, text: str, start: int) -> tuple[Mention, int] | None:
        """A name that is in no profile."""
        match = _PROPER.match(text, start)
        if not match:
            return None
        name = re.sub(r"['’]s$", "", match[0])
        known = lexicon()
        tokens = [w.lower().rstrip(".") for w in name.split()]
        titled = tokens[0] in known.words("people.titles")
        if (
            any(
                w in known.words("names.others") or w in known.words("names.places") for w in tokens
            )
            and not titled
        ):
            return None
        if not titled and tokens[0] not in known.words("names.given"):
            verb = self._after_subject.match(text, match.end())
            if not verb or tokens[0] in known.words("grammar.pronouns") | known.words(
                "grammar.adverbs"
            ):
                return None
            if tokens[0] in self._list("speech", "nobody") or start == 0 and not verb:
                return None
        return Mention(
            "role", text=name, alias=name, gender=self.gender_of(name)
        ), match.start() + len(name)

    def subject(self, sentence: str, cast: Cast) -> Mention | None:
        """Who does what a sentence tells."""
        text = sentence[:_REACH].lstrip("\"“‘' ")
        someone = self._someone(text, 0, cast)
        if someone:
            return someone[0]
        for match in re.finditer(r", (?:and |but |then )?", text[:120]):
            someone = self._someone(text, match.end(), cast)
            if someone and (someone[0].kind != "role"):
                return someone[0]
        return None

    def pronouns(self, sentence: str) -> list[Gender]:
        """The genders of the pronouns in a sentence."""
        found: list[Gender] = []
        for word in re.findall(r"\b(?:[Hh]e|[Hh]is|[Ss]he|[Hh]er|[Ii]t|[Ii]ts)\b", sentence):
            found.append("m" if word[:2].lower() in ("he", "hi") and word.lower() != "her" else "it")
            if word.lower() in ("she", "her"):
                found[-1] = "f"
        return found

    def called(self, inner: str, cast: Cast) -> Figure | None:
        """Who is called by name in what is said."""
        for start, end, figure in cast.find(inner):
            opens = start == 0 and inner[end : end + 1] in (",", "!", "?", ".", "…", "—", "")
            closes = inner[:start].rstrip().endswith(",") and inner[end : end + 1] in (
                ".",
                "!",
                "?",
                ",",
                "",
            )
            if opens or closes:
                return figure
        return None

    def label(self, line: str, cast: Cast) -> tuple[str, str, str] | None:
        """A line of a script taken apart: who speaks, how, and what."""
        match = _LABEL.match(line)
        if not match or match["who"].lower() in self._list("speech", "labels"):
            return None
        if match["said"][0] in '"“‘' or len(match["who"].split()) > 4:
            return None
        return match["who"], (match["manner"] or "").strip(), match["said"]

    def heading(self, line: str) -> tuple[Setting, str, Hour | None] | None:
        """A line that is a scene's heading already."""
        match = (
            _HEADING.match(line) if len(line) < 120 and re.match(r"\W*[A-Z/.]{3}", line) else None
        )
        if not match:
            return None
        setting: Setting = "int" if match["setting"].upper() == "INT" else "ext"
        if len(match["setting"]) > 3 or "/" in match["setting"]:
            setting = "int_ext"
        hour = (match["hour"] or "").lower()
        hours: dict[str, Hour] = {"morning": "day", "afternoon": "day", "evening": "dusk"}
        known: tuple[Hour, ...] = ("day", "night", "dawn", "dusk", "later", "continuous")
        told = next((h for h in known if h == hour), hours.get(hour))
        place = match["place"].strip(" .-–—")
        return (setting, place[:200], told) if place else None

    # --- where and when ---

    @cached_property
    def _settings(self) -> dict[str, Setting]:
        known: dict[str, Setting] = {}
        kinds: tuple[Setting, ...] = ("int", "ext", "int_ext")
        for setting in kinds:
            for word in self._list("places", setting):
                known.setdefault(word, setting)
        return known

    @cached_property
    def _groups(self) -> dict[str, int]:
        same = self._words["places"]["same"]
        return {w.replace("_", " "): n for n, group in enumerate(same) for w in group.split()}

    @cached_property
    def _place(self) -> re.Pattern[str]:
        heads = _longest_first(self._settings)
        parts = _longest_first(self._list("places", "parts"))
        return re.compile(
            rf"\b(?:(?P<part>{parts}) of (?:the|an?|his|her|their) )?(?P<head>{heads})\b(?!['’-])",
            re.IGNORECASE,
        )

    def spots(self, sentence: str) -> list[Spot]:
        """The places a sentence names, in their order."""
        text = _QUOTED.sub(lambda m: "*" * len(m[0]), sentence[:_SEEN])
        return [spot for match in self._place.finditer(text) if (spot := self._spot(text, match))]

    def _spot(self, text: str, match: re.Match[str]) -> Spot | None:
        head = match["head"].lower()
        before = text[max(0, match.start() - 120) : match.start()]
        clause = re.split(r"[,;:—.!?]", before)[-1]
        how, det, body, led = _phrase_before(clause)
        proper = head in self._list("places", "proper")
        if (
            not det
            and not proper
            and not match["part"]
            and head
            in ("home", "house", "room", "base", "hall", "ice", "club", "bar", "stage", "front")
        ):
            return None
        place, setting = self._place_name(match, body, det), self._settings[head]
        here, moves = self._presence(led, how, det, proper, text[match.end() :])
        if setting == "int" and how in ("by", "near", "beside", "behind", "under", "beneath"):
            here = moves = False
        if (
            how == "of"
            and led[-1:] == ["out"]
            and not set(map(str.lower, led)) & {"look", "looked", "looks"}
        ):
            setting, here, moves = "ext", True, True
        if here and match["part"]:
            setting = "ext"
        if here and how == "outside":
            place, setting = f"outside the {place}", "ext"
        return Spot(place, setting, head, here, moves)

    def _presence(
        self, led: list[str], how: str, det: str, proper: bool, after: str
    ) -> tuple[bool, bool]:
        """Whether the story is at the place, and whether somebody comes to it."""
        words = [word.lower() for word in led]
        away = set(words) & self._list("places", "elsewhere")
        if away or how in (
            "from",
            "of",
            "about",
            "for",
            "off",
            "toward",
            "towards",
            "past",
            "over",
        ):
            return False, False
        comes = bool(set(words[-6:]) & self._list("places", "arrivals"))
        if how in ("into", "onto", "aboard", "through", "across", "along"):
            return bool(det or proper), bool(words)
        if how in ("to", "up", "down", "inside", "around", "beyond"):
            return comes or how == "inside", comes
        if how in (
            "in",
            "at",
            "on",
            "by",
            "near",
            "beside",
            "outside",
            "behind",
            "under",
            "beneath",
        ):
            return bool(det or proper), comes
        if comes and words and words[-1] in self._list("places", "arrivals"):
            return True, True
        covers = words and re.fullmatch(
            r"(?:cover|fill|line|flood|light|crowd)(?:s|ed)?|lit", words[-1]
        )
        opens = not words and bool(
            re.match(
                r" (?:is|was|are|were|lies|lay|smells|smelled|stands|stood|light|door|lights|looks|looked|seems|sleeps|slept|hums)\b",
                after,
            )
        )
        return bool(covers or opens), False

    def _place_name(self, match: re.Match[str], body: list[str], det: str) -> str:
        adjectives = lexicon().words("grammar.adjectives")
        kept = [
            w
            for w in body
            if w.lower() not in adjectives and not w.lower().endswith(("ed", "ing", "ly"))
        ]
        known = {
            "old",
            "new",
            "big",
            "small",
            "little",
            "whole",
            "front",
            "back",
            "same",
            "very",
            "own",
            "first",
            "last",
            "next",
            "other",
            "great",
            "long",
            "narrow",
            "far",
            "way",
        }
        kept = kept if det or match["part"] else []
        kept = [w for w in kept if w.lower() not in known]
        name = match[0] if match["part"] else match["head"]
        if match["head"][0].islower() and match["head"].lower() in lexicon().words("names.places"):
            name = match["head"]
        owner = f"{det} " if det.endswith(("'s", "’s")) and not match["part"] else ""
        return f"{owner.capitalize()}{' '.join([*kept[-2:], name])}" if not match["part"] else name

    def is_same(self, one: str, other: str) -> bool:
        """Whether two places of the vocabulary are one to a story."""
        if one == other:
            return True
        group = self._groups.get(one)
        return group is not None and group == self._groups.get(other)

    @cached_property
    def _hours(self) -> list[tuple[Hour, re.Pattern[str]]]:
        order: tuple[Hour, ...] = ("dawn", "dusk", "night", "day")
        return [
            (
                h,
                re.compile(
                    rf"\b(?:{_longest_first(self._list('time', h))})\b(?!['’])", re.IGNORECASE
                ),
            )
            for h in order
        ]

    @cached_property
    def _signs(self) -> list[tuple[Hour, re.Pattern[str]]]:
        order: tuple[Hour, ...] = ("night", "dusk", "dawn", "day")
        return [
            (
                h,
                re.compile(
                    rf"\b(?:{_longest_first(self._list('time', f'{h}_signs'))})\b", re.IGNORECASE
                ),
            )
            for h in order
        ]

    def clock(self, sentence: str, opens: bool) -> Clock | None:
        """The time a sentence tells of; `opens` where it begins a paragraph."""
        head = sentence[:60].lstrip('"“ ')
        bare = _LEADING.sub("", head)
        leap = _LEAP.match(bare)
        if leap:
            passed = re.search(r"(?:by|passed|passes|pass)$", leap[0], re.IGNORECASE)
            hour = None if passed else self._hour(bare[: leap.end() + 14])
            return Clock(hour, leaps=True, is_soon=bool(leap["soon"]))
        found = re.match(
            r"(?:just |early |late |long |shortly )?(?:at|by|in|on|before|after|around|towards?) (?:\w+ ){0,3}?(?P<word>\w+)",
            head,
            re.IGNORECASE,
        )
        if found:
            until = found.end()
            for hour, pattern in self._hours:
                match = pattern.search(head[: until + 12])
                if match and match.start() <= 24 and not _HABIT.search(head[: match.start()]):
                    return Clock(hour, leaps=False)
        return None

    def _hour(self, text: str) -> Hour | None:
        for hour, pattern in self._hours:
            match = pattern.search(text)
            if match and match[0].lower() != "day":
                return hour
        return None

    def light(self, sentence: str) -> Hour | None:
        """The hour that the light of a sentence tells."""
        told = re.search(
            r"\b(?:at|before|until|by|in the|that|this|one|the next|in the middle of the) (?:early |late )?(?P<word>dawn|dusk|midnight|noon|night|morning|evening|afternoon|sunrise|sunset)\b(?!['’])",
            sentence,
            re.IGNORECASE,
        )
        if told:
            return self._hour(told["word"])
        return next((hour for hour, pattern in self._signs if pattern.search(sentence)), None)

    @cached_property
    def _on(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_longest_first(self._words['time']['goes_on'])})\b", re.IGNORECASE)

    def goes_on(self, sentence: str) -> bool:
        """Whether a paragraph that begins so comes some time after the one before it."""
        return bool(self._on.match(sentence))

    def usual_place(self, text: str) -> tuple[Setting, str]:
        """Where a story that names no place is likely to be, by what it tells of."""
        found = re.findall(r"[a-z]+", text.lower())
        best, most = self._words["otherwise"], 0
        for theme in self._words["themes"].values():
            known = set(theme["words"].split())
            weight = sum(word in known or word.removesuffix("s") in known for word in found)
            if weight > most:
                best, most = theme, weight
        return best["setting"], best["place"]
