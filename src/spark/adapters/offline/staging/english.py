"""English prose read for its scenes: who speaks and how, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ....models import Language
from .cast import Cast
from .english_people import EnglishPeople
from .english_places import EnglishPlaces
from .english_words import ADVERB, REACH
from .tongue import Mention, Tag

_END = re.compile(r"(?:[.!?…]+[\"”’')\]]*|[.!?…]*[”\"])(?=\s)|[。！？]|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘])(?:Mr|Mrs|Ms|Dr|Prof|Capt|Sgt|Lt|Col|Gen|St|Mt|Jr|Sr|vs|etc|No|[A-Z]|[a-z]\.[a-z]|[ap]\.m|e\.g|i\.e)\.$"
)
_LONGEST_MANNER = 160
_OFTEN = re.compile(r" (?:\w+ )?(?:often|always|never|usually|sometimes|used to|would) ")
_JOINT = re.compile(r", and |, but |, then |,? and then | and |; ")
_DEED = re.compile(
    r"(?:(?:then|only|just|again|\w+ly) ){0,2}"
    r"(?!this|his|hers|its|us|yes|as|was|is|has|ours|theirs|always|perhaps)"
    r"(?:[a-z]+(?:ed|s)|[a-z]+t|ran|took|went|sat|stood|came|gave|fell|rose|drew|hung|shook"
    r"|began|threw|held)\b"
)
"""What is done by who has just spoken: closes the door."""
_CLAUSE = re.compile(
    r"(?:[A-Z][\w’']*|he|she|it|they|we|there|the|a|an|no|nobody|nothing|that|this|after|before|his|her)\b"
)
"""What happens besides, with a subject of its own."""
_LABEL = re.compile(
    r"^(?P<who>[A-Za-z][\w.’' -]{0,38}?)\s*(?:\((?P<manner>[^()]{1,60})\))?\s*:\s+(?P<said>\S.*)$"
)


def _joined(*words: str) -> str:
    """How something is said, of all that tells it."""
    parts = [part.strip(" ,.") for part in words]
    return ", ".join(part for part in dict.fromkeys(parts) if part)


class English(EnglishPeople, EnglishPlaces):
    """The rules of English; see `Tongue`."""

    language: Language = "en"
    usual_scene = 780
    longest_scene = 2600

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
        at = max(0, len(text) - REACH)
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
        if self._is_habit(trail, cast):
            return False
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
        for match in self._verb.finditer(text, max(0, len(text) - REACH)):
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
        adverb = re.search(rf"(?:^|\s)((?:{ADVERB} )+)$", head)
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
        text = trail[:REACH]
        skipped = len(text) - len(text.lstrip(" ,—–-"))
        text = text[skipped:]
        if not text:
            return None
        inverted = self._after_subject.match(text)
        if inverted and text[0].islower() and inverted.start("verb") == 0:
            at = inverted.end() + 1
            someone = self._someone(text, at, cast) or self._whoever(text, at)
            if someone and someone[0].kind != "pronoun":
                if named := self.named_after(text[someone[1] :], cast):
                    someone = named, someone[1]
                return self._tagged(
                    trail, skipped, text, someone, inverted["verb"], someone[1], "", cast
                )
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
            return self._tagged(
                trail, skipped, text, someone, verb["verb"], verb.end(), adverb, cast
            )
        if _OFTEN.match(text, someone[1]):
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
        cast: Cast,
    ) -> Tag:
        """A tag with a word of saying, and what of its sentence is to be kept."""
        who, own = someone[0], self._manner_of[verb.lower()]
        stop = next(iter(self._ends(text, end)), len(text))
        sentence = text[end:stop]
        ended = sentence.rstrip()
        goes_on = stop == len(text) and ended[-1:] in (",", "—", "–", ":") and len(trail) <= REACH
        rest = ended.rstrip(".,!?—–: ").strip()
        manner, kept = self._parted(rest)
        how = _joined(adverb, own, manner)
        if len(how) > _LONGEST_MANNER:
            how, kept = _joined(adverb, own), f"{manner}, {kept}" if kept else manner
        told = self._told(kept, self._subject_words(text, someone), cast) if kept else ""
        return Tag(who, how, told, skipped + end + len(sentence), goes_on=goes_on)

    def _told(self, deed: str, subject: str, cast: Cast) -> str:
        """What is done besides, as a sentence: with who speaks, if nobody else does it."""
        is_theirs = _DEED.match(deed) and not self._someone(deed, 0, cast)
        deed = re.sub(r"^then ", "", deed) if is_theirs else deed
        return self.ended(f"{subject} {deed}" if is_theirs else deed)

    def _is_habit(self, trail: str, cast: Cast) -> bool:
        """Whether what follows a quotation tells that it is said over and over."""
        someone = self._someone(trail, 0, cast)
        return bool(someone and _OFTEN.match(trail, someone[1]))

    def _subject_words(self, text: str, someone: tuple[Mention, int]) -> str:
        words = text[: someone[1]].strip()
        verb = self._verb.match(words)
        return words[verb.end() :].strip() if verb else words

    def _parted(self, rest: str) -> tuple[str, str]:
        """How it is said, and what is done or happens besides."""
        for joint in _JOINT.finditer(rest):
            deed = rest[joint.end() :]
            if _DEED.match(deed) or (joint[0].startswith(",") and _CLAUSE.match(deed)):
                return rest[: joint.start()].strip(", "), deed
        return rest.lstrip(", "), ""

    def label(self, line: str, cast: Cast) -> tuple[str, str, str] | None:
        """A line of a script taken apart: who speaks, how, and what."""
        match = _LABEL.match(line)
        if not match or match["who"].lower() in self._list("speech", "labels"):
            return None
        if match["said"][0] in '"“‘' or len(match["who"].split()) > 4:
            return None
        return match["who"], (match["manner"] or "").strip(), match["said"]
