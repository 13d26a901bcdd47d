"""Where and when English prose is."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from ....screenplay import Hour, Setting
from ..english.lexicon import lexicon
from .english_words import WORD, EnglishWords, listed, longest_first
from .tongue import Clock, Spot

_HEADING = re.compile(
    r"^\W*(?P<setting>INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I/E|INT|EXT)[.\s]+(?P<place>[^\n]+?)"
    r"(?:\s+[-–—]+\s+(?P<hour>DAY|NIGHT|DAWN|DUSK|MORNING|AFTERNOON|EVENING|LATER|CONTINUOUS))?\W*$",
    re.IGNORECASE,
)
_NUMBER = (
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty"
    r"|a hundred|half an?|several|many|some|a few|few|\d+|a couple of|hundreds of)"
)
_SHORT = r"(?:minutes?|hours?|moments?|seconds?|while)"
_LONG = (
    r"(?:days?|nights?|weeks?|months?|years?|winters?|summers?|centur(?:y|ies)|decades?)"
    r" (?:later|after(?:wards?)?|ago|pass(?:es|ed)?)"
)
_PART = r"(?:night|evening|afternoon|morning|day)"
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_LEAP = re.compile(
    rf"(?P<soon>(?:about |almost |nearly )?{_NUMBER} (?:more )?{_SHORT} (?:later|after(?:wards?)?)"
    r"|(?:moments|minutes|hours) (?:later|pass(?:es|ed)?)|soon after(?:wards?)?|a little later"
    r"|later(?=[ ,])|shortly after)"
    rf"|(?P<long>(?:about |almost |nearly )?{_NUMBER} (?:long )?{_LONG}"
    r"|(?:days|weeks|months|years|decades) (?:later|pass(?:ed)?|go by|went by)"
    rf"|the (?:next|following) (?:\w+)|the {_PART} after"
    rf"|next (?:{_PART}|week|month|year|spring|summer|autumn|winter)"
    rf"|(?:that|the same) (?:very |same )?{_PART}(?![’'])"
    r"|(?:one|another|by the next|on the (?:second|third|last|seventh)) (?:\w+ )?"
    rf"{_PART}(?![’'])(?: goes by| went by| passed)?"
    rf"|(?:on )?{_WEEKDAY}(?: {_PART})?(?=[ ,]))",
    re.IGNORECASE,
)
_TOLD_HOUR = re.compile(
    r"\b(?:at|before|until|by|in the|that|this|one|the next|in the middle of the) (?:early |late )?"
    r"(?P<word>dawn|dusk|midnight|noon|night|morning|evening|afternoon|sunrise|sunset)\b(?!['’])",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:just |early |late |long |shortly )?(?:at|by|in|on|before|after|around|towards?) "
    r"(?:\w+ ){0,3}?(?P<word>\w+)",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r" (?:is|was|are|were|lies|lay|smells|smelled|stands|stood|light|door|lights|looks|looked"
    r"|seems|sleeps|slept|hums)\b"
)
_GOES_ON = re.compile(
    r"\s*(?:$|[^\w\s]|(?:the|a|an|this|that|these|those|his|her|their|its|my|our|your|he|she|it|they|we|i|you"
    r"|who|which|where|when|while|as|and|or|but|so|than|then|until|before|after|since|because|if|though"
    r"|in|on|at|by|to|into|onto|of|for|from|with|without|behind|beside|under|above|below|over|across|through"
    r"|near|around|against|among|between|during|past|toward|towards|beyond|just|only|again|alone|together"
    r"|is|was|are|were|be|has|had|have|do|does|did|can|could|will|would|may|might|must|not|never|no|nobody"
    r"|nothing|none|neither|both|all|each|every|some|someone|somebody|everyone|everybody|there|here|now|still"
    r"|already|almost|too|one|two|three|four|five|six|seven|eight|nine|ten|\w+ly|\w+ing)\b|\d)",
    re.IGNORECASE,
)
"""What may follow a place; before another noun it says what kind of thing that is."""
_OF_SOMEBODY = re.compile(
    r"\b(?:make|talk is|speaks?|spoke|versions|picture|photograph) of (?:\w+ ){0,4}\w+$"
    r"|\bbring up\b"
)
_TAKES = ("take", "takes", "took", "catch", "catches", "caught", "ride", "rides", "rode")
_NEXT = re.compile(
    r"[,:] (?P<then>(?:the (?:next|following) (?:day|morning|night|evening|week|year)"
    r"|that (?:very )?(?:night|evening))\b.*)",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(r" of (?!the |an? |his |her |their |its |my |our )", re.IGNORECASE)
_COVERS = re.compile(r"(?:cover|fill|line|flood|light|crowd|open)(?:s|ed)?|lit", re.IGNORECASE)
_LEADS = re.compile(
    r"^(?:and|but|then|so|later|outside|inside|at last|now|there|\s)*$", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:—!?]|(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)\.")
_TITLES = ("mr", "mrs", "ms", "dr", "st")
_LEADING = re.compile(
    r"^(?:and|but|so|then|until|by|at|in|on|early|late|just|it is|it was|long|,|\s)+(?=\s|$)\s*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"“]{0,300}[”\"]")
_SEEN = 800
"""How much of a sentence is looked at for places."""
_HABIT = re.compile(r"\b(?:every|each|last|those|all)\s*$", re.IGNORECASE)


def _phrase_before(clause: str) -> tuple[str, str, list[str], list[str]]:
    """What stands before a noun: preposition, determiner, other words, and what led to them."""
    tokens = re.findall(rf"{WORD}|\d+", clause[-80:])
    body: list[str] = []
    det = ""
    while tokens and len(body) < 4:
        word = tokens[-1].lower()
        if word in listed("grammar", "determiners") or word.endswith(("'s", "’s")):
            det = tokens.pop()
            break
        if word in listed("grammar", "prepositions"):
            break
        body.insert(0, tokens.pop())
    if not det and (not tokens or tokens[-1].lower() not in listed("grammar", "prepositions")):
        return "", "", [], [*tokens, *body]
    if tokens and tokens[-1].lower() in _TITLES and det.endswith(("'s", "’s")):
        det = f"{tokens.pop()}. {det}"
    how = (
        tokens.pop().lower()
        if tokens and tokens[-1].lower() in listed("grammar", "prepositions")
        else ""
    )
    if how == "of" and tokens[-2:] and [word.lower() for word in tokens[-2:]] == ["in", "front"]:
        return "outside", det, body, tokens[:-2]
    if how == "of" and len(tokens) > 1 and tokens[-1].lower() in listed("grammar", "regions"):
        tokens.pop()
        while (
            tokens
            and tokens[-1].lower() not in listed("grammar", "prepositions")
            and len(tokens) > 1
            and tokens[-1].lower() in listed("grammar", "determiners") | {"far", "very"}
        ):
            tokens.pop()
        how = (
            tokens.pop().lower()
            if tokens and tokens[-1].lower() in listed("grammar", "prepositions")
            else how
        )
    return how, det if det.endswith(("'s", "’s")) else det.lower(), body, tokens


class EnglishPlaces(EnglishWords):
    """Places, hours, and what only looks like one."""

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
        heads = longest_first(self._settings)
        parts = longest_first(self._list("places", "parts"))
        return re.compile(
            rf"\b(?:(?P<part>{parts}) of (?:the|an?|his|her|their) )?(?P<head>{heads})\b(?!['’-])",
            re.IGNORECASE,
        )

    @cached_property
    def _furnished(self) -> re.Pattern[str]:
        return re.compile(rf" (?:{longest_first(self._list('places', 'furniture'))})\b")

    @cached_property
    def _nouns_of_places(self) -> frozenset[str]:
        """The last word of every place: most sentences hold none, and need no closer look."""
        return frozenset(re.findall(r"[a-zé]+", head)[-1] for head in self._settings)

    def spots(self, sentence: str) -> list[Spot]:
        """The places a sentence names, in their order."""
        if self._nouns_of_places.isdisjoint(re.findall(r"[a-zé]+", sentence[:_SEEN].lower())):
            return []
        text = _QUOTED.sub(lambda m: "*" * len(m[0]), sentence[:_SEEN])
        return [spot for match in self._place.finditer(text) if (spot := self._spot(text, match))]

    def _spot(self, text: str, match: re.Match[str]) -> Spot | None:
        head = match["head"].lower()
        before = text[max(0, match.start() - 120) : match.start()]
        clause = _CLAUSE.split(before)[-1]
        how, det, body, led = _phrase_before(clause)
        proper = head in self._list("places", "proper")
        if self._is_name(match, body, det, proper):
            if not how:
                return None
            proper = True
        if (
            not det
            and not proper
            and not match["part"]
            and head in self._list("places", "only_with_the")
        ):
            return None
        opens = bool(_LEADS.match(" ".join(led)))
        is_first = opens and how in ("in", "on", "at", "inside", "outside")
        after = text[match.end() :]
        if self._place.match(after.lstrip()) and after[:1] == " ":
            return None
        is_last = (
            _GOES_ON.match(after) or after.lstrip()[:1].isupper() or self._furnished.match(after)
        )
        if not (is_last or is_first or (opens and _STANDS.match(after))):
            return Spot(match["head"], self._settings[head], head, False) if det else None
        place, setting = self._place_name(match, body, det), self._setting(head, how, match)
        here, moves = self._presence(head, led, how, det, proper, after)
        is_by = how in ("by", "near", "beside", "behind", "under", "beneath")
        if setting == "int" and is_by and not self._furnished.match(after):
            here = moves = False
        if (
            how == "of"
            and led[-1:] == ["out"]
            and not set(map(str.lower, led)) & {"look", "looked", "looks"}
        ):
            setting = "ext"
            here = moves = not self.is_passage(head)
        if match["part"]:
            place, setting = (place, "ext") if here else (match["head"], setting)
        if here and how == "outside":
            place, setting = f"outside the {place}", "ext"
        shows = opens or bool(led and _COVERS.fullmatch(led[-1]))
        return Spot(place, setting, head, here, moves, here and shows)

    def _is_name(self, match: re.Match[str], body: list[str], det: str, proper: bool) -> bool:
        """Whether a word is part of a name: Leo Park, Bridge Street."""
        is_named = match["head"][0].isupper() and bool(body) and body[-1][0].isupper()
        return is_named and not det and not proper

    def _setting(self, head: str, how: str, match: re.Match[str]) -> Setting:
        """Indoors or out of doors; a ship is both, by where on it one is."""
        if head in self._list("places", "vessels"):
            return "int" if how in ("in", "into", "inside", "through", "within") else "ext"
        return self._settings[head]

    def _presence(
        self, head: str, led: list[str], how: str, det: str, proper: bool, after: str
    ) -> tuple[bool, bool]:
        """Whether the story is at the place, and whether somebody comes to it."""
        words = [word.lower() for word in led]
        away = set(words) & self._list("places", "elsewhere")
        if not words and det in ("this", "that", "another", "one"):
            return False, False
        if (
            away
            or how in listed("grammar", "away")
            or _OF_SOMEBODY.search(" ".join(words))
            or _OF_SOMETHING.match(after)
        ):
            return False, False
        arrivals = self._list("places", "arrivals")
        comes = bool(set(words[-4:]) & arrivals)
        if how in ("into", "onto", "aboard", "through", "across", "along"):
            return bool(det or proper), bool(words)
        if how in ("to", "up", "down", "inside", "around", "beyond"):
            return comes or how == "inside", comes
        if how in listed("grammar", "at"):
            return bool(det or proper), comes
        if words and words[-1] in _TAKES and head in self._list("places", "vehicles"):
            return True, True
        if words and words[-1] in (arrivals if proper else self._list("places", "reached")):
            return True, True
        covers = words and _COVERS.fullmatch(words[-1])
        stands = head not in self._list("places", "abstract") and _STANDS.match(after)
        opens = not words and bool(stands)
        return bool(covers or opens), False

    def _place_name(self, match: re.Match[str], body: list[str], det: str) -> str:
        if match["part"]:
            return match[0]
        adjectives = lexicon().words("grammar.adjectives")
        vague = self._list("places", "vague")
        is_room = match["head"].lower() in ("room", "hall", "area", "station")
        kept = [
            word
            for word in body
            if word.lower() not in adjectives
            and word.lower() not in vague
            and not word.lower().endswith(("ed", "ly") if is_room else ("ed", "ing", "ly"))
        ]
        owner = [det[0].upper() + det[1:]] if det.endswith(("'s", "’s")) else []
        return " ".join(
            [*owner, *(kept[-2:] if det or match["head"][0].isupper() else []), match["head"]]
        )

    def is_same(self, one: str, other: str) -> bool:
        """Whether two places of the vocabulary are one to a story."""
        if one == other:
            return True
        group = self._groups.get(one)
        return group is not None and group == self._groups.get(other)

    def is_passage(self, place: str) -> bool:
        """Whether one only passes a place on the way to another: a lift, the stairs."""
        return place in self._list("places", "passages")

    def is_hull(self, place: str) -> bool:
        """Whether people are in a place of this kind, wherever it is: a submarine, a train."""
        return place in self._list("places", "hulls")

    @cached_property
    def _hours(self) -> list[tuple[Hour, re.Pattern[str]]]:
        order: tuple[Hour, ...] = ("dawn", "dusk", "night", "day")
        return [
            (
                h,
                re.compile(
                    rf"\b(?:{longest_first(self._list('time', h))})\b(?!['’])", re.IGNORECASE
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
                    rf"\b(?:{longest_first(self._list('time', f'{h}_signs'))})\b", re.IGNORECASE
                ),
            )
            for h in order
        ]

    def clock(self, sentence: str, opens: bool) -> Clock | None:
        """The time a sentence tells of; `opens` where it begins a paragraph."""
        head = sentence[:60].lstrip('"“ ')
        bare = _LEADING.sub("", head)
        leap = _LEAP.match(bare)
        if not leap and (then := _NEXT.search(sentence[:_SEEN])):
            bare = then["then"]
            leap = _LEAP.match(bare)
        if leap:
            passed = re.search(r"(?:by|passed|passes|pass)$", leap[0], re.IGNORECASE)
            hour = None if passed else self._hour(bare[: leap.end() + 14])
            return Clock(hour, leaps=True, is_soon=bool(leap["soon"]))
        found = _DATED.match(head)
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
        told = {self._hour(word) for word in _TOLD_HOUR.findall(sentence)}
        if told:
            return told.pop() if len(told) == 1 else None
        return next((hour for hour, pattern in self._signs if pattern.search(sentence)), None)

    @cached_property
    def _on(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{longest_first(self._words['time']['goes_on'])})\b", re.IGNORECASE)

    def goes_on(self, sentence: str) -> bool:
        """Whether a paragraph that begins so comes some time after the one before it."""
        return bool(self._on.match(sentence))

    def cued(self, sentence: str) -> Spot | None:
        """The place that things in a sentence belong to: a blackboard to a classroom."""
        found = set(re.findall(r"[a-z]+", sentence.lower()))
        for cue in self._words["cues"]:
            if set(cue["words"].split()) & found:
                return Spot(cue["place"], cue["setting"], cue["place"], is_here=False)
        return None

    @cached_property
    def _wide(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{longest_first(self._list('places', 'wide'))})\b", re.IGNORECASE)

    def wide_place(self, text: str) -> Spot | None:
        """The town, ship or school that a text speaks of more than once."""
        found = Counter(word.lower() for word in self._wide.findall(text))
        for head, times in found.most_common(1):
            if times > 1:
                return Spot(head, self._settings[head], head, is_here=False)
        return None

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
