"""Sentences that declare: labels, and who is in the film."""

from __future__ import annotations

import re

from . import frames
from .answers import AnswerReading
from .cast import parse_cast
from .elements import ELEMENTS
from .lexicon import lexicon
from .people import Mention, is_name, parse_mention
from .shapes import (
    heads_film,
    is_somebody,
    is_wordy,
    predicate_start,
)
from .story import finite_verbs, tells_event
from .words import Token, tokenize

_DESCRIBES = re.compile(r"(?:an?|the|who|whose) ", re.I)


class DeclarationReading(AnswerReading):
    """Reads labels and declarations: `Genre: comedy`, `the hero is …`."""

    def _sentence(self, sentence: str) -> None:
        """Read a whole sentence; the reading of the message says how."""
        raise NotImplementedError

    def _content(self, text: str) -> None:
        """Read a sentence that corrects nothing; the reading of the message says how."""
        raise NotImplementedError

    def _labelled(self, text: str) -> bool:
        """`Genre: comedy`, `the mood should be dark`."""
        match = frames.LABEL.match(text)
        if match and match["mark"] in ":=-–—":
            element = ELEMENTS.get(match["name"].lower())
            if element:
                if self._gives_idea(match["name"], match["value"]) or (
                    match["name"].lower() in ("idea", "concept") and len(match["value"].split()) > 5
                ):
                    self._content(match["value"])
                    return True
                self.context = element
                self.take(element, match["value"])
                return True
        if re.match(r"^(?:the )?(?:working )?title\b", text, re.IGNORECASE):
            self.understood = True
            return True
        match = frames.LET_BE.match(text)
        if match and (named := ELEMENTS.get(match["name"].lower())):
            self.take(named, match["value"])
            return True
        match = frames.HEADED.match(text)
        if match and all(t.tag in ("ADJ", "N", "VG", "VD", "CC") for t in tokenize(match["value"])):
            self.take(ELEMENTS[match["name"].lower()], match["value"])
            return True
        match = frames.REVERSED.match(text)
        if match:
            self.take(ELEMENTS[match["name"].lower()], match["value"])
            return True
        first, _, rest = text.partition(", ")
        match = frames.LABELLED.match(first)
        if match and rest and not finite_verbs(tokenize(match["value"])):
            named_first = ELEMENTS[match["name"].lower()]
            self.take(named_first, match["value"])
            self.context = None if self.context == named_first else self.context
            self._sentence(rest)
            return True
        match = frames.LABELLED.match(text)
        if match and not finite_verbs(tokenize(match["value"])):
            self.take(ELEMENTS[match["name"].lower()], match["value"])
            return True
        match = frames.STATES.match(text)
        element = ELEMENTS.get(match["name"].lower()) if match else None
        if (
            match is None
            or element in (None, "characters", "plot")
            or text.lower().startswith(("it ", "time "))
        ):
            return False
        value = match["value"]
        if match["name"].lower() in ("idea", "concept") and (
            ":" in value or tells_event(tokenize(value))
        ):
            return False
        if self._gives_idea(match["name"], value):
            self._content(value)
            return True
        denied = re.match(r"not (.+?)(?:,| but) (?:but )?(.+)", value)
        self.take(element, denied[2] if denied else value)
        return True

    def _gives_idea(self, name: str, value: str) -> bool:
        """Whether an idea is told as a film: `my idea is a comedy about a parrot`."""
        return name.lower() in ("idea", "concept") and heads_film(tokenize(value))

    def _declares(self, text: str) -> bool:
        """`The hero is …`, `starring …`, `there's …`, `… as the lead`."""
        first, _, rest = text.partition(", ")
        if rest and not _DESCRIBES.match(rest) and self._names_a_role(first):
            self.introduced = True
            self._sentence(rest)
            return True
        if self._names_a_role(text):
            return True
        group = re.match(
            r"^(?:the|our|my) (?P<who>[a-z ]{3,30}s) (?:are|will be|would be) (?P<all>.+)$",
            text,
            re.I,
        )
        if (
            group
            and lexicon().kind(group["who"])
            and len(parse_cast(tokenize(group["all"]), group["all"])) > 1
        ):
            self._cast(group["all"], declared=True)
            return True
        for pattern in (frames.TWO_ARE, frames.DECLARES, frames.PRESENTS, frames.PLAYED):
            match = pattern.match(text)
            if not match or (pattern is frames.PLAYED and is_wordy(match["who"])):
                continue
            role = (match.groupdict().get("role") or "").lower()
            if pattern is frames.PRESENTS and not self._presents_people(match["who"]):
                continue
            if (
                pattern is frames.TWO_ARE
                or ELEMENTS.get(role) == "characters"
                or pattern is frames.PRESENTS
            ):
                self.context = "characters" if pattern is not frames.PRESENTS else self.context
            self.understood = True
            alone = (
                len(parse_cast(tokenize(match["who"]), match["who"])) == 1
                and self.asked != "characters"
            )
            if (
                pattern is frames.PRESENTS
                and alone
                and predicate_start(tokenize(match["who"])) is not None
            ):
                told = tokenize(match["who"])
                self._somebody(told, match["who"], predicate_start(told), match["who"])
                return True
            who, _ = (
                frames.without_wish(match["who"])
                if pattern is frames.PLAYED
                else (match["who"], False)
            )
            declared = pattern is not frames.PRESENTS or self.context == "characters"
            self._cast(who, declared=declared, role=role)
            return True
        return False

    def _names_a_role(self, text: str) -> bool:
        """`the judge is Philippa Stoat`: somebody by role and name."""
        match = frames.NAMES_ROLE.match(text.strip(" ."))
        if not match or not lexicon().kind(match["role"]):
            return False
        known = self.notebook.named(match["role"])
        name = re.sub(r"^the ", "", match["who"].strip())
        mention = Mention(0, 0, names=[name], words=match["role"].split())
        mention.note += [match["more"]] if match["more"] else []
        if known is not None and not is_name(known):
            self.notebook.replace("characters", known, name)
        else:
            self.notebook.add_character(mention)
        self.understood = True
        return True

    def _presents_people(self, who: str) -> bool:
        tokens = tokenize(who)
        mention = parse_mention(tokens, 0)
        if mention is not None and is_somebody(tokens, mention, predicate_start(tokens)):
            return True
        return any(one.names for one in parse_cast(tokens, who))

    def _heads_cast(self, left: list[Token], right: str) -> bool:
        """Whether words before a colon announce people: `Only two appear: Tadeusz, a hewer, …`."""
        mentions = parse_cast(tokenize(right), right)
        people = bool(mentions) and all(one.names or one.kind for one in mentions)
        if frames.find_marker(left) is not None:
            return False
        if not people or heads_film(left) or tells_event(tokenize(right)):
            return False
        short = len(left) <= 3 and (bool(mentions[0].names) or bool(mentions[0].determiner))
        named = all(one.names for one in mentions) and left[0].lower in ("only", "just", "one")
        return short or named or (self.context == "characters" and len(left) <= 6)
