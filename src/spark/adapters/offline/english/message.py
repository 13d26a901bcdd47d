"""One English message, read sentence by sentence into changes of the idea."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....models import Element, IdeaDraft
from ..reading import Intent, Reading
from . import frames, intents
from .cast import parse_cast
from .corrections import Corrector, without_interjections
from .declarations import DeclarationReading
from .elements import ELEMENTS
from .facets import find_facets
from .lexicon import lexicon
from .numbers import bare_minutes, find_lengths
from .sentences import clean, split_sentences
from .shapes import (
    CHAT,
    first_segment,
    heads_film,
    is_gibberish,
    is_property,
    names_viewers,
    opens_with_film,
    predicate_start,
    without_asides,
    without_place,
    without_speaker,
)
from .story import finite_verbs, tells_event
from .viewers import find_viewers, is_plural_role, is_viewer_of_ours, without_gossip
from .words import Token, tokenize

_LONGEST = 4000
_ORDER: tuple[Intent, ...] = ("orders", "question", "undecided", "confirm", "thanks", "greeting")
_NOT_BUT = re.compile(r"\b[Nn]ot ([A-Z]\w+)\. (?=[A-Z]\w+\.?$)")
_FITS = re.compile(
    r"\b(?:is|will|would|'s) (?:plenty|enough|ideal|perfect|fine|good|best|great|do|ok|okay|be "
    r"fine|be enough|be good)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r",? (?:because|since|as|so that|if)\b.*$", re.IGNORECASE)
_LIMITS = re.compile(r"(?:no|not) (?:longer|more) than|at most|max(?:imum)?\b|up to", re.I)
_ABSENT = re.compile(
    r"\b(?:never appears?|doesn't appear|isn't in it|is not in it|not in it|off-?screen|never "
    r"shown)\b",
    re.IGNORECASE,
)
_LABELS = "|".join(
    sorted(
        (name for name in ELEMENTS if name not in ("time", "lead", "leads")), key=len, reverse=True
    )
)
_EXCHANGES = re.compile(
    r"^(?:(?:please|no|actually|hm+|oh|sorry),? )*(?:no|not|drop|lose|skip|forget|scrap|without|"
    r"instead of) [\w' -]{2,40}, (?:let it be|make it|let's make it) ",
    re.IGNORECASE,
)
"""`no wizard, make it a witch`: one sentence about one thing."""
_CLEFT = re.compile(
    r"^(?:it's|it is) (?P<who>[\w' -]{2,40}?) (?:that|who) (?P<does>\w+s\b[^?]*)$", re.IGNORECASE
)
"""`it's her mother that sells it`: who does it instead."""
_RATHER = re.compile(
    r"^(?:(?:no|nope|nah|hm+|well|actually|it's|it is|rather)[, ]+)*more (?:of|like) an? "
    r"(?P<new>[\w -]{3,30})[.!]*$",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r",? (?:no,? wait|wait,? no|scratch that|or rather|or no|ah no|oh no|or hang on|hang on|"
    r"hold on|actually no|no,? actually|"
    r"(?<=, )actually),? "
    r"|, no,? (?=(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty)\b)"
    rf"|, (?=(?:the |and the )?(?:{_LABELS})(?: is| are| should| would|:| will) )"
    r"|, (?=[\w-]+ (?:mood|tone|vibe|atmosphere)[.!]*$)"
    r"|, (?=(?:let it be|make it|let's make it) )"
    r"|, and (?=keep (?:it|the|its) )"
    r"|, (?=[\w' -]{3,30} (?:is|being) (?:the|our) (?:theme|topic|genre|mood)\b)"
    r"|, (?=but (?:it's|it is|this is) (?:really|actually|mainly|mostly|meant|for)\b)"
    r"|, (?=(?:and )?(?:mood|tone|genre|style|audience|length|duration|target|theme)\b)",
    re.IGNORECASE,
)


class MessageReading(DeclarationReading):
    """The reading of one message: what it changes, and why it was sent."""

    def __init__(
        self, draft: IdeaDraft, asked: Element | None, told: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(draft, asked, told)
        self.corrector = Corrector(self.notebook, self.take)

    def read(self, text: str) -> Reading:
        """The whole message as one reading."""
        plain = _NOT_BUT.sub(r"not \1, ", clean(text[:_LONGEST]))
        sentences = split_sentences(plain)
        self.introducing = self.asked == "characters" and len(sentences) < 3
        self.long = len(sentences) > 2
        for sentence in sentences:
            self._sentence(sentence)
        self.notebook.settle()
        self._settle_party()
        self._settle_lead()
        self._settle_facets()
        self._settle_theme()
        return Reading(self._intent(), tuple(self.notebook.changes), dict(self.notebook.notes))

    def _intent(self) -> Intent:
        if self.notebook.changes or self.understood:
            return "idea"
        return next((intent for intent in _ORDER if intent in self.intents), "noise")

    def _sentence(self, sentence: str) -> None:
        if self._exchanges(sentence):
            return
        parts = [part for part in _TURNS.split(sentence) if part and part.strip()]
        if len(parts) > 1:
            for part in parts:
                self._sentence(part)
            return
        if intents.gives_orders(sentence):
            self.intents.add("orders")
            return
        if sentence.lower().startswith(("thank you", "thanks ")) and not find_lengths(sentence):
            self.intents.add("thanks")
            return
        if courtesy := intents.courtesy(sentence):
            self.intents.add(courtesy)
            return
        if intents.asks(sentence) or re.match(r"would it be (?:possible|ok)", sentence, re.I):
            self.intents.add("question")
            if find_lengths(sentence) and re.search(r"\bit\b", sentence):
                self._take_length(sentence)
            return
        plain = frames.without_chatter(intents.without_doubt(sentence))
        if not plain:
            self.intents.add("confirm")
            return
        if self._leaves_open(plain):
            self.intents.add("undecided")
            return
        if self._labelled(plain):
            return
        if only := frames.ONLY.match(plain):
            self._cast(only["who"], declared=True)
            return
        rest = self.corrector.apply(sentence)
        if rest is not None:
            self.understood = True
            if rest.strip():
                self._sentence(rest)
            return
        self._content(frames.without_chatter(without_interjections(plain)))

    def _exchanges(self, sentence: str) -> bool:
        """Read what takes one thing away and puts another in its place, where a sentence does."""
        rather = _RATHER.match(sentence)
        if rather and find_facets(tokenize(rather["new"]), True, "genre").values("genre"):
            self.said.pop("genre", None)
            self.take("genre", rather["new"])
            return True
        cleft = _CLEFT.match(sentence) if self.notebook.doomed else None
        if cleft:
            self._story(f"{cleft['who'][:1].upper()}{cleft['who'][1:]} {cleft['does']}")
            return True
        rest = self.corrector.apply(sentence) if _EXCHANGES.match(sentence) else None
        if rest is None:
            return False
        self.understood = True
        if rest.strip():
            self._sentence(rest)
        return True

    def _leaves_open(self, text: str) -> bool:
        if not intents.leaves_open(text):
            return False
        first = tokenize(text)[0]
        others = first.lower in ("he", "she", "they", "it") or first.tag in ("NAME", "DET", "POSS")
        others = (
            others
            and first.lower not in ("no", "any", "either", "my", "your")
            and tells_event(tokenize(text))
        )
        return (
            not others and len(text.split()) <= 14 and not find_facets(tokenize(text), False).spans
        )

    def _content(self, text: str) -> None:
        if not text or is_gibberish(text) or (CHAT.search(text) and len(text.split()) < 7):
            return
        text = without_asides(text)
        if self._watched(text):
            return
        wish = re.search(
            r"\bso (?=(?:i|we)(?:'d| would)? (?:want|need|like|love)\b)", text, re.IGNORECASE
        )
        if (
            wish
            and wish.start()
            and not tells_event(tokenize(text[wish.end() :]))
            and "about" not in text[: wish.start()]
        ):
            text = text[wish.end() :]
        if self._led_by_property(text):
            return
        seconds = bare_minutes(_REASON.sub("", text))
        if seconds and self.notebook.draft.duration_preference:
            self.understood = True
            self.notebook.set("duration", seconds)
            return
        if _LIMITS.match(text) and find_lengths(text):
            self._take_length(text)
            return
        if _FITS.search(text) and find_lengths(text) and len(text.split()) < 10:
            self._take_length(text)
            return
        if _ABSENT.search(text) and len(text.split()) < 9:
            return
        if theme := frames.THEME_IS.match(text):
            self.take("theme", theme["theme"])
            return
        if portrait := frames.PORTRAYS.match(text):
            self._film(tokenize(portrait["film"]), portrait["film"])
            self._about(tokenize(portrait["who"]), portrait["who"])
            return
        if self._declares(text):
            self.introduced = True
            return
        seen = frames.WE_SEE.match(text)
        if seen and tells_event(tokenize(seen["story"])):
            self._story(seen["story"], wanted=True)
            return
        if self._names_both(text):
            return
        rest, wished = frames.without_wish(text)
        if wished and self._declares(rest):
            return
        if self._split_off(rest if wished else text):
            return
        tokens = tokenize(text)
        marker = frames.find_marker(tokens)
        if marker is not None:
            self._framed(tokens, marker, text)
            return
        plain = tokenize(rest) if wished else []
        if plain and (marker := frames.find_marker(plain)) is not None:
            self._framed(plain, marker, rest)
            return
        if wished:
            self._wished(rest, text)
        elif is_property(tokens, text):
            self._fragment(text)
        elif self.context == "audience" and (
            names_viewers(tokens) or (not finite_verbs(tokens) and tokens[0].lower in ("my", "our"))
        ):
            self.take("audience", text)
        elif (
            text.split()[0].lower() in lexicon().words("talk.speakers")
            or self._is_film_only(tokens, text)
            or (opens_with_film(tokens) and not self._wants_cast(tokens))
            or (
                not self.told
                and self.context != "plot"
                and find_facets(tokens, False).values("genre")
                and not self._wants_cast(tokens)
            )
            or self._is_command(tokens)
        ):
            self._film(tokens, text)
        elif self._lists_people(tokens, text):
            self._cast(text, declared=True)
        elif tells_event(tokens):
            self._story(text)
        else:
            self._fragment(text)

    def _watched(self, text: str) -> bool:
        """Read who watches, and pass over what is told of them after that."""
        first, asked = text.split()[0].lower(), self.context == "audience"
        if self.viewing and first in ("he", "she", "they", "he's", "she's", "they're"):
            return True
        shown = find_viewers(text, asked)
        if shown is None and asked and is_viewer_of_ours(text):
            shown = without_gossip(text)
        if shown is None:
            watched = frames.WATCHES.match(text) or frames.WATCHES.match(text.split(", ")[0])
            if (
                not watched
                or find_lengths(text)
                or first in ("it", "i", "he", "she", "they")
                or heads_film(tokenize(text))
            ):
                return asked and self._led_by_viewers(text)
            shown = watched["who"]
        self.understood = True
        self._take_facet("audience", shown)
        self.viewing = self.viewing or asked
        return True

    def _led_by_viewers(self, text: str) -> bool:
        """Read `gardeners, 4 minutes long` as who watches and something more."""
        head, comma, rest = text.partition(", ")
        tokens = tokenize(head)
        if not comma or not tokens or "audience" in self.said or finite_verbs(tokens):
            return False
        if names_viewers(tokens) and without_gossip(text) != text:
            self.take("audience", without_gossip(text))
            return True
        several = len(tokens) < 4 and tokens[-1].tag == "N" and is_plural_role(tokens[-1].lower)
        told = find_lengths(rest) or is_property(tokenize(rest), rest)
        if (
            not told
            or not (several or names_viewers(tokens))
            or (is_property(tokens, head) and not names_viewers(tokens))
        ):
            return False
        self.take("audience", head)
        self._content(rest)
        return True

    def _lists_people(self, tokens: list[Token], text: str) -> bool:
        """`the girl is Shanice, the guy is Deon` in answer to who is in it."""
        if self.context != "characters" or "," not in text:
            return False
        verbs = [tokens[verb.place].lower for verb in finite_verbs(tokens)]
        told = all(verb in ("is", "are", "he's", "she's", "it's", "they're") for verb in verbs)
        return told and len(parse_cast(tokens, text)) > 1

    def _is_command(self, tokens: list[Token]) -> bool:
        """Whether a sentence has no subject and so no one in the story: `thank you`, `got it`."""
        if tokens[0].lower in (
            "got",
            "had",
            "thought",
            "wanted",
            "been",
            "thank",
            "thanks",
            "surprise",
            "see",
        ):
            return True
        return tokens[0].tag == "VB" and self.context != "plot" and not self.told

    def _names_both(self, text: str) -> bool:
        """Read `thriller, jealousy` as the genre and the theme."""
        head, comma, rest = text.strip(" .!").partition(", ")
        tokens, subject = tokenize(head), tokenize(rest)
        fresh = self.context in (None, "theme", "genre") and not self.told
        if not comma or not fresh or not 0 < len(subject) < 4 or not is_property(tokens, head):
            return False
        genre = find_facets(tokens, True).values("genre")
        abstract = all(token.tag in ("N", "VG") and not token.is_capital for token in subject)
        said = find_facets(subject, True).spans or is_property(subject, rest) or find_lengths(rest)
        if not genre or not abstract or said or lexicon().kind(rest):
            return False
        self._film(tokens, head)
        self._set_theme(rest)
        return True

    def _led_by_property(self, text: str) -> bool:
        """Read `30 secs, and make it glossy`, `4 minutes, if that works` stretch by stretch."""
        tokens = tokenize(text)
        head = first_segment(tokens)
        if len(head) == len(tokens) or not is_property(head, text):
            return False
        rest = tokens[len(head) + 1 :]
        while rest and rest[0].tag == "CC":
            rest = rest[1:]
        if (
            not rest
            or is_property(tokens, text)
            or not (tells_event(rest) or rest[0].lower in ("make", "keep"))
        ):
            return False
        self._fragment(text[: head[-1].end])
        if rest[0].tag != "SUB" and rest[0].lower not in lexicon().words("talk.speakers") | {
            "if",
            "so",
            "that's",
            "cheers",
            "wow",
        }:
            self._sentence(text[rest[0].start :])
        return True

    def _split_off(self, text: str) -> bool:
        """Read `A fantasy about courage: a small dragon …` as two sentences."""
        match = re.match(r"^([^:\"]{2,300}?)(?::| -| –| —)\s+(.{3,})$", text, re.DOTALL)
        if not match:
            return False
        left = tokenize(match[1])
        if self._heads_cast(left, match[2]):
            self._cast(match[2], declared=True)
            return True
        talk = left[0].lower in lexicon().words("talk.speakers") or {
            "idea",
            "plot",
            "story",
            "concept",
            "me",
            "this",
        } & {token.lower for token in left}
        if talk and frames.find_marker(left) is None and not heads_film(left):
            if find_facets(left, True).values("genre"):
                self._film(left, match[1])
            self._content(frames.without_chatter(match[2]))
            return True
        if frames.find_marker(left) is None and not heads_film(left):
            return False
        self._content(match[1])
        self._content(frames.without_chatter(match[2]))
        return True

    def _framed(self, tokens: list[Token], marker: frames.Marker, text: str) -> None:
        story = without_place(without_speaker(tokens[marker.end :]))
        story = self._without_tail(story, text)
        self._film(tokens[: marker.start], text)
        if not story:
            return
        self.understood = True
        said = text[story[0].start : story[-1].end]
        if marker.kind == "cast":
            self._cast(said, declared=True)
        elif marker.kind == "story" and tells_event(story):
            self._story(said, wanted=True)
        elif marker.kind == "story":
            self._somebody(story, said, predicate_start(story), text)
        else:
            self._about(story, text)

    def _is_film_only(self, tokens: list[Token], text: str) -> bool:
        words = lexicon()
        if tokens[0].lower in ("it", "this", "it's", "that's") and not tells_event(tokens[1:]):
            return True
        subject = [token.lower for token in tokens[:3]]
        if (
            subject[0] in ELEMENTS
            and subject[0] not in ("hero", "heroine", "villain", "time")
            and tokens[0].tag != "NAME"
        ):
            return True
        spoken = any(word in words.words("film.aspects") for word in subject) and subject[0] in (
            "the",
            "my",
            "this",
            "our",
        )
        if spoken and finite_verbs(tokens) and not lexicon().kind(subject[1]):
            return True
        return not tells_event(tokens) and heads_film(tokens) and not self._wants_cast(tokens)

    def _wished(self, rest: str, text: str) -> None:
        tokens = tokenize(rest)
        first = text.split()[0].lower()
        head = first_segment(tokens)
        if len(head) < len(tokens) and is_property(head, rest) and not is_property(tokens, rest):
            self._film(head, rest)
            self._content_if_property(tokens[len(head) + 1 :], rest)
        elif heads_film(tokens) or is_property(tokens, rest):
            self._film(tokens, rest)
        elif (
            first in ("it", "this", "that", "it's")
            and self.context == "plot"
            and tells_event(tokenize(text))
        ):
            self._story(text)
        elif tells_event(tokens) and tokens[0].lower not in lexicon().words("talk.speakers"):
            self._story(rest)
        else:
            self._fragment(rest, wished=True)
