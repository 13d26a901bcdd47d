"""Who is in English prose: profiles, pronouns, the guard, her mother."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from ....models import CharacterProfile
from ..english.lexicon import lexicon
from ..vocabulary import read
from .cast import Cast, Figure, Gender
from .english_words import ADVERB, REACH, WORD, EnglishWords, listed, longest_first
from .tongue import Mention

_LONGEST_NAME = 40
_PRONOUN = re.compile(r"(?:he|she|it|they|we|I)(?![\w’'])", re.IGNORECASE)
_PHRASE = re.compile(
    rf"(?:(?P<article>the|a|an|one|another|this|that|some)"
    rf"|(?P<owner>his|her|its|their|my|our|your|(?:{WORD} )?{WORD}['’]s)) "
    rf"(?P<noun>(?:{WORD} ){{0,3}}?{WORD})",
    re.IGNORECASE,
)
_PROPER = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Capt|Sgt|St)\. )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2}"
)
_TIMED = re.compile(
    r"(?:(?:(?:just |shortly )?(?:in|at|by|on|before|after|until|around)"
    r"|that|one|the (?:next|following)) (?:the )?(?:early |late )?\w+"
    r"|\w+ \w+ (?:later|after(?:wards?)?)),? ",
    re.IGNORECASE,
)
"""In the morning, an hour later."""
_TRADE = re.compile(rf"an? (?P<what>{WORD} (?P<head>{WORD}))(?= of\b|,|$)")
"""What somebody is in two words: a flight attendant of forty."""
_NAMED = re.compile(r", an? (?:\w+ ){1,3}(?:named|called|by the name of) ")
_WHOEVER = re.compile(rf"the (?P<noun>(?:{WORD} )?{WORD})(?=[.,;!?]|$)")
_WORN = re.compile(rf" (?:in|with) (?:the|an?|his|her) (?P<what>(?:{WORD} ){{0,2}}{WORD})")
_ARTICLES = ("the", "The", "a", "A", "an", "An")


@lru_cache(maxsize=8192)
def _is_somebody(word: str) -> bool:
    words = lexicon()
    if word in listed("speech", "people_words") or words.is_listed(word):
        return True
    return bool(words.kind(word)) and word not in words.words("people.nobody")


class EnglishPeople(EnglishWords):
    """Who there is, and who a sentence speaks of."""

    def figures(self, profiles: Sequence[CharacterProfile], text: str) -> list[Figure]:
        """The profiles as somebody the text may name."""
        made = []
        general = self._list("speech", "general")
        for profile in profiles:
            aliases = self._aliases(profile.name) | self._callings(profile.role)
            present = {a for a in aliases if a in text or a.upper() in text}
            for owner, kin in self._kin.findall(f"{profile.role}, {profile.appearance}"):
                present |= {f"{owner} {kin}".lower(), f"{owner} {kin}".capitalize()}
            described = self._nouns(re.findall(WORD, profile.appearance.lower())[:3])
            if trade := _TRADE.match(profile.appearance.lower()):
                described |= {trade["what"]} if trade["head"] not in general else set()
            for noun in described - general:
                present |= {f"the {noun}", f"The {noun}"}
            if not present:
                nouns = self._nouns(re.findall(WORD, profile.appearance.lower())[:12])
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
        if " " in bare:
            found |= {f"the {bare.lower()}", f"The {bare.lower()}"}
        tokens = [w for w in re.split(r"[\s,]+", bare) if w]
        titles = lexicon().words("people.titles")
        titled = [w for w in tokens if w.rstrip(".").lower() in titles]
        rest = [
            w
            for w in tokens
            if w not in titled and w.lower() not in ("the", "a", "an", "of", "von", "de")
        ]
        common = self._list("places", "vague") | self._list("speech", "nobody") | {"one"}
        proper = [w for w in rest if w[:1].isupper() and w.lower() not in common]
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

    @cached_property
    def _kin(self) -> re.Pattern[str]:
        kin = longest_first(self._list("grammar", "kin"))
        return re.compile(rf"\b(his|her|their) ({kin})\b", re.IGNORECASE)

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
        for gender in found:
            if gender in ("f", "m"):
                return gender
        named = [w.lower() for w in re.findall(WORD, profile.name)]
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
        return re.compile(rf"\b(?P<verb>{longest_first(self._manner_of)})\b(?!['’])")

    @cached_property
    def _after_subject(self) -> re.Pattern[str]:
        return re.compile(
            rf"\s*(?:{ADVERB} ){{0,2}}(?P<verb>{longest_first(self._manner_of)})\b(?!['’])",
            re.IGNORECASE,
        )

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
        match = re.compile(rf"['’]s ((?:{WORD} ){{0,2}}?{WORD})").match(text, found[1])
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
        tokens = list(re.finditer(WORD, text[phrase.start("noun") : phrase.start("noun") + 60]))[:5]
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
        if worn := self._worn(text, end, cast):
            if worn[0].figure:
                cast.learn(worn[0].figure, f"the {noun}")
            return worn
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

    def _whoever(self, text: str, start: int) -> tuple[Mention, int] | None:
        """Whatever stands behind `said the`: who speaks is somebody."""
        match = _WHOEVER.match(text, start)
        if not match:
            return None
        noun = match["noun"]
        name = noun[0].upper() + noun[1:]
        mention = Mention("role", text=name, alias=f"the {noun}", gender=self.gender_of(noun))
        return mention, match.end()

    def _worn(self, text: str, end: int, cast: Cast) -> tuple[Mention, int] | None:
        """Who is named after what they wear: the man in the rubber mask."""
        worn = _WORN.match(text, end)
        if not worn:
            return None
        names = {figure.name.casefold(): figure for figure in cast.figures}
        for size in (3, 2, 1):
            words = " ".join(worn["what"].split()[:size])
            if figure := names.get(words.casefold()):
                return Mention("figure", figure=figure), worn.start("what") + len(words)
        return None

    def named_after(self, text: str, cast: Cast) -> Mention | None:
        """Who is named behind what they are: the accused, a goat by the name of Clement."""
        named = _NAMED.match(text)
        found = cast.at(text, named.end()) if named else None
        return Mention("figure", figure=found[0]) if found else None

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
            if tokens[0] in self._list("speech", "nobody"):
                return None
        return Mention(
            "role", text=name, alias=name, gender=self.gender_of(name)
        ), match.start() + len(name)

    def subject(self, sentence: str, cast: Cast) -> Mention | None:
        """Who does what a sentence tells."""
        text = sentence[:REACH].lstrip("\"“‘' ")
        timed = _TIMED.match(text)
        someone = self._someone(text, 0, cast)
        if not someone and timed:
            someone = self._someone(text, timed.end(), cast)
        if someone:
            return someone[0]
        for match in re.finditer(r", (?:and |but |then )?", text[:120]):
            someone = self._someone(text, match.end(), cast)
            if someone and (someone[0].kind != "role"):
                return someone[0]
        return None

    @cached_property
    def _people(self) -> re.Pattern[str]:
        crowd = longest_first(self._list("speech", "crowd"))
        return re.compile(rf"\b(?:he|she|i|him|who|{crowd})\b", re.IGNORECASE)

    def has_people(self, sentence: str, cast: Cast) -> bool:
        """Whether anybody is in what a sentence tells, and not scenery alone."""
        text = sentence[:REACH]
        return bool(
            self._people.search(text) or cast.pattern.search(text) or self.subject(text, cast)
        )

    def pronouns(self, sentence: str) -> list[Gender]:
        """The genders of the pronouns in a sentence, but for `her`, which may be anybody else."""
        kinds: dict[str, Gender] = {"he": "m", "his": "m", "she": "f", "it": "it", "its": "it"}
        found = re.findall(r"\b(?:he|his|she|its?)\b", sentence, re.IGNORECASE)
        return [kinds[word.lower()] for word in found]

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
