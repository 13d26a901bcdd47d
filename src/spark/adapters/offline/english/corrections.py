"""Mending what was said before: dropping, renaming, replacing and negating."""

from __future__ import annotations

import re

from .actors import parse_subject
from .elements import ELEMENTS
from .lexicon import base_of
from .numbers import bare_minutes
from .people import is_name
from .story import finite_verbs
from .swaps import Swapping
from .words import tokenize

_INTERJECTION = (
    r"before you ask|in case you(?:'re| are) wondering|for the record|to be clear|"
    r"haha+|kindly|actually|wait|no(?=[,.!:;—–-])|nope|nah|hm+|um+|oh|ok(?:ay)?|sorry|well|please|and|"
    r"but|so|also|on second thoughts?|"
    r"scratch that|never ?mind|let me think|hold on|(?:i(?:'ve)? )?changed my mind|correction|"
    r"instead(?! of)|you know what|"
    r"or rather|rather(?! than)|i mean|ah|yeah|maybe|then|now|just|i meant|my mistake|my bad|oops"
)
_INTERJECTIONS = re.compile(
    rf"^(?:typo[^:]{{0,20}}: ?)?(?:(?:{_INTERJECTION})[\s,.!:—–-]+)*", re.IGNORECASE
)
_LINK = re.compile(
    rf"^(?:(?:typo|fix|correction)[^:]{{0,20}}: ?)?(?:(?:{_INTERJECTION}|can you|could you|can "
    rf"we|could we|let's|let us|i(?:'d| would)? (?:want|like|think|prefer)(?: you)?"
    r"(?: to)?(?: we should)?|we should)[\s,.!:—–-]+)*",
    re.IGNORECASE,
)
_DROP = re.compile(
    r"^(?:(?:please )?(?:drop|remove|scratch|strike|delete|lose|ditch|cut out|cut|get rid of|"
    r"take out|take away|leave out|leave off|forget about|"
    r"forget|skip|kill off|throw out|scrap|no more|without|we (?:don't|do not) need|i (?:don't|"
    r"do not) (?:want|need)(?: it)?(?: to (?:be|have|feel))?"
    r"|bin|there (?:is|are|should be) no|there's no|don't (?:include|use|add|make it|want)|do "
    r"not (?:include|use|add|make it)|"
    r"it (?:shouldn't|should not) be|shouldn't be|no))\s+(?P<what>[^,;.!]+)(?P<rest>.*)$",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(
    r"^(?:but |and |instead |rather )*(?:make (?:it|him|her|them|that)|let it be|"
    r"let's (?:have|make it|use|say)|use|have|put in|take|give (?:me|us)|bring in|i(?:'d"
    r"| would)? (?:want|like|prefer|"
    r"rather have)|replace (?:him|her|it|them) (?:with|by)|it should be|it's) "
    r"(?P<new>(?:an? |the |two |[A-Z])[^;.!]{1,60}?)(?:,? (?:instead|please|then|rather))?[.!]*$",
    re.IGNORECASE,
)
_INSTEAD_OF_THEM = re.compile(
    r"^(?:but |rather |just )*(?P<new>(?:an? |[A-Z])[^;.!]{1,60}?),? (?:instead|rather)[.!]*$"
)
_SCENE = re.compile(
    r"^(?:the |that )?(?:part|bit|scene|moment|event|ending) (?:where|when|in which|that|with) "
    r"(?P<event>.+)$",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(
    r"(?:and |or |but )?(?:(?:no|nothing|not|without)\b|(?:just|only|keep|so|then)? ?(?:the )?"
    r"(?:(?:other|remaining) )?(?:one|two|three|four|both|rest|others)(?: of (?:them|us|those))?"
    r"(?: (?:is|are|will be) (?:enough|plenty|fine|left))?$)",
    re.IGNORECASE,
)
"""What follows a dropping and says nothing new: `just two of them`."""
_EVERYTHING = re.compile(
    r"^(?:let's )?(?:start (?:all )?over|start again|start from scratch|begin again|forget "
    r"(?:everything|it all|all (?:of )?(?:that|this|it))|"
    r"scrap (?:everything|it all|all of (?:that|this|it))|delete everything|reset|new idea|from "
    r"scratch|clear everything)\b",
    re.IGNORECASE,
)
_RETELL = re.compile(
    r"^(?:(?:let's |please |i want to |i'd like to |we should )?(?:change|rewrite|redo|replace|"
    r"scrap|forget|drop|restart)(?: up)? the (?:whole |entire )?(?:plot|story|storyline)"
    r"|(?:the )?(?:new|actual|real|revised|better) (?:plot|story)|(?:a )?different (?:plot|"
    r"story))(?: is| completely| entirely)?(?: to| with)?\s*[:,.—–-]*\s*",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^(?:no\b|actually\b|wait\b|hmm\b|on second thoughts?\b)?[\s,]*.{1,60}?\b(?:doesn't|does "
    r"not|don't|do not|didn't|did not|never|isn't|aren't)\b",
    re.IGNORECASE,
)


def without_interjections(sentence: str) -> str:
    """The sentence without `actually`, `wait, no,` and the like before it."""
    return _INTERJECTIONS.sub("", sentence, count=1) or sentence


class Corrector(Swapping):
    """Applies what a sentence corrects; hands back what is still to be read."""

    def apply(self, sentence: str) -> str | None:
        """The part of the sentence still to be read; None where nothing was a correction."""
        plain = _LINK.sub("", sentence, count=1) or sentence
        for handler in (
            self._everything,
            self._after_all,
            self._left_out,
            self._too_long,
            self._make_that,
            self._not_what,
            self._renamed,
            self._given,
            self._retell,
            self._pair_names,
            self._add,
            self._denied_name,
            self._naming,
            self._instead,
            self._swap,
            self._should_be,
            self._make,
            self._denied_event,
            self._drop,
            self._not,
        ):
            rest = handler(plain if handler != self._denied_event else sentence)
            if rest is not None:
                return rest
        return None

    def _left_out(self, text: str) -> str | None:
        """`leave Jonas out, two are enough`."""
        match = re.match(
            r"^(?:leave|take|cut|write) (?P<what>[\w' -]{1,60}?) out\b", text, re.IGNORECASE
        )
        return "" if match and self._forget(match["what"]) else None

    def _too_long(self, text: str) -> str | None:
        """`5 is too long, let's say 3`."""
        match = re.search(
            r"\btoo (?:long|short|much)\b.{0,40}?(?:better|let's say|make it|rather|say|let it "
            r"be|let's go (?:for|with)|go (?:for|with)|let's do|let's put)\s+(?P<new>.+)$",
            text,
            re.IGNORECASE,
        )
        if not match:
            return None
        self.take("duration", match["new"])
        return ""

    def _make_that(self, text: str) -> str | None:
        """`make that nine`: a number alone is a length in minutes."""
        match = re.match(
            r"^(?:make (?:it|that)|let's (?:say|make it)|say|call it) "
            r"(?P<new>[\w -]{1,24}?)[.!]*$",
            text,
            re.I,
        )
        seconds = bare_minutes(match["new"]) if match else None
        if not seconds or not self.notebook.draft.duration_preference:
            return None
        self.notebook.set("duration", seconds)
        return ""

    def _not_what(self, text: str) -> str | None:
        """`Delia isn't a nurse, she's a firefighter`: a word about somebody known."""
        match = re.match(
            r"^(?P<who>[\w' -]{2,40}?) (?:isn't|is not|wasn't) an? [^,;.]{2,40}[,;] ?(?:but |"
            r"it's |(?:s?he|they)(?:'s|'re| is| are) )+(?P<new>[^.!]{2,60})[.!]*$",
            text,
            re.IGNORECASE,
        )
        known = self.notebook.named(match["who"]) if match else None
        if match is None or known is None:
            return None
        self.notebook.note(known, match["new"])
        return ""

    def _after_all(self, text: str) -> str | None:
        """`…, so call it a drama`: only what it comes to counts."""
        match = re.search(
            r"[,;] ?so (?:just |let's |please )*(?:call|make) it (?P<rest>[^.!?]+)",
            text,
            re.IGNORECASE,
        )
        return f"make it {match['rest']}" if match else None

    def _not(self, text: str) -> str | None:
        """`not bees actually`: what is held so is taken back."""
        match = re.match(
            r"^(?:it's |it is |they're )?not (?P<what>[^,;.!]{1,80})[.!]*$", text, re.IGNORECASE
        )
        if not match or not self._forget(match["what"]):
            return None
        return ""

    def _everything(self, text: str) -> str | None:
        match = _EVERYTHING.match(text)
        if not match:
            return None
        for element in dict.fromkeys(ELEMENTS.values()):
            self.notebook.clear(element)
        return text[match.end() :].strip(" ,.:;!-")

    def _retell(self, text: str) -> str | None:
        match = _RETELL.match(text)
        if not match or not self.notebook.draft.plot_points:
            return None
        self.notebook.clear("plot")
        return text[match.end() :].strip() or ""

    def _denied_event(self, text: str) -> str | None:
        """`No, he doesn't die at the end`: the event told so is taken back."""
        if not self.notebook.draft.plot_points or not _DENIED.match(text):
            return None
        tokens = tokenize(text)
        denial = next(
            (
                i
                for i, token in enumerate(tokens)
                if token.lower.endswith("n't") or token.lower in ("not", "never")
            ),
            None,
        )
        if denial is None:
            return None
        verb = next(
            (token.lower for token in tokens[denial + 1 :] if token.tag in ("VB", "VD", "VG")), ""
        )
        told = self._event_with(verb) if verb else None
        if told is None:
            return None
        self.notebook.remove("plot", told)
        comma = re.search(r"[,;—–] ?(?:but |instead |rather )*", text[tokens[denial].end :])
        return text[tokens[denial].end + comma.end() :] if comma else ""

    def _event_told(self, text: str) -> str | None:
        """The event a clause speaks of: `they repair it`."""
        verbs = [t.lower for t in tokenize(text) if t.tag in ("VS", "VD", "VB", "VG")]
        return next((told for verb in verbs if (told := self._event_with(verb))), None)

    def _event_with(self, verb: str) -> str | None:
        base = base_of(verb)
        for point in reversed(self.notebook.draft.plot_points):
            tokens = tokenize(point)
            if any(
                base_of(token.lower) == base
                for token in tokens
                if token.tag in ("VS", "VD", "VB", "VG")
            ):
                return point
        return None

    def _drop(self, text: str) -> str | None:
        match = _DROP.match(text)
        if not match or re.search(r"\b(?:longer|more) than\b", text):
            return None
        what, rest = match["what"].strip(), match["rest"].strip(" ,;.!-—")
        if re.match(r"(?:names?|title) for\b", what, re.IGNORECASE):
            return rest
        if re.match(r"(?:that|this|it)\b(?! \w+ (?:part|bit))", what, re.I):
            return rest
        scene = _SCENE.match(what)
        told = self._event_told(scene["event"]) if scene else None
        if told:
            self.notebook.remove("plot", told)
            return rest
        if what.lower().startswith(("one ", "body ")) or (
            finite_verbs(tokenize(what)) and not match[0].lower().startswith("no ")
        ):
            return None
        if self._takes_place(what, rest):
            return ""
        denies = bool(re.match(r"there(?:'s| is| are)? no\b", text, re.I))
        what = re.sub(r"^(?:just |only )", "", what)
        dropped = False
        for piece in re.split(r",| and | or | nor ", what):
            dropped = self._forget(piece, events=not denies) or dropped
        if _AFTERTHOUGHT.match(rest) and len(rest.split()) < 7:
            rest = ""
        negative = re.match(
            r"^(?:no|i (?:don't|do not)|don't|do not|without|there|it should)", text, re.I
        )
        if not dropped and re.match(
            r"(?:please )?(?:drop|remove|scratch|strike|delete|ditch|scrap)\b", text, re.I
        ):
            return ""
        if dropped or negative:
            return (
                ""
                if denies
                or re.match(
                    r"(?:too|so|it's|because|that's|as|since|way too)\b|(?:we|he|she|it|they|i) "
                    r"(?:don't|do not|isn't|is not|doesn't|aren't|no longer)\b",
                    rest,
                    re.I,
                )
                else rest
            )
        return None

    def _takes_place(self, what: str, rest: str) -> bool:
        """`no wizard, make it a witch`: somebody in the place of the one dropped."""
        match = _IN_PLACE.match(rest) or _INSTEAD_OF_THEM.match(rest)
        known = self.notebook.named(re.sub(r"^(?:the|a|an|any) ", "", what, flags=re.I))
        mentions = self._cast(match["new"]) if match and known else []
        pronoun = re.match(r"(?:make|let) (?:him|her|them)\b", rest, re.IGNORECASE)
        if known is not None and is_name(known) and pronoun and mentions and not mentions[0].names:
            self.notebook.note(known, mentions[0].role)
            return True
        if known is None or not mentions or not (mentions[0].names or mentions[0].kind):
            return False
        if self.notebook.find(mentions[0]) not in (None, known):
            return False
        self._put(known, mentions)
        return True

    def _forget(self, what: str, events: bool = True) -> bool:
        name = re.sub(r"^(?:the|a|an|any|my|his|her|all|too) ", "", what.strip(), flags=re.I)
        name = re.sub(
            r" (?:please|actually|though|part|character|altogether|entirely|completely|anymore|"
            r"after all|again|then)$",
            "",
            name,
            flags=re.I,
        )
        if name.lower() in ELEMENTS and (
            ELEMENTS[name.lower()] != "characters" or name.lower() in ("characters", "cast")
        ):
            self.notebook.clear(ELEMENTS[name.lower()])
            return True
        known = self.notebook.named(name)
        if known is not None:
            self.notebook.doomed += self._deeds(known)
            self.notebook.remove("characters", known)
            return True
        element = self.element_of(name)
        if element in ("genre", "theme", "mood", "visual_style", "audience", "duration"):
            held = self.notebook.draft.value(element)
            self.notebook.remove(element, str(held))
            return True
        told = self._told(name) if events else None
        if told:
            self.notebook.remove("plot", told)
            return True
        return False

    def _deeds(self, known: str) -> list[str]:
        """The events somebody does alone."""
        deeds = []
        for point in self.notebook.draft.plot_points:
            tokens = tokenize(point)
            doer = parse_subject(tokens)
            if doer is None or doer.is_plural or self.notebook.find(doer) != known:
                continue
            joined = doer.end < len(tokens) and tokens[doer.end].tag == "CC"
            if not joined:
                deeds.append(point)
        return deeds

    def _told(self, what: str) -> str | None:
        """The event that speaks of something: `the helicopter explosion`."""
        stems = [
            token.lower[:6]
            for token in tokenize(what)
            if len(token.lower) > 3 and token.tag in ("N", "VG", "NAME")
        ]
        best = max(
            self.notebook.draft.plot_points,
            key=lambda point: sum(stem in point.casefold() for stem in stems),
            default="",
        )
        return best if stems and any(stem in best.casefold() for stem in stems) else None

    def _add(self, text: str) -> str | None:
        """`add a villain`: somebody more, or something more that happens."""
        joins = re.match(
            r"^(?P<who>(?:the|an?|his|her|their) [\w' -]{2,40}?) "
            r"(?:should|could|must|can) (?:also )?"
            r"(?:appear|be in it|be there|show up|join|come in|turn up)(?: too| as well| also)?"
            r"(?:[,.;!]+ ?(?:and )?|$)(?P<rest>.*)$",
            text,
            re.IGNORECASE,
        )
        if joins and self._cast(joins["who"])[:1]:
            self.take("characters", joins["who"])
            return joins["rest"]
        match = re.match(
            r"^(?:please )?(?:give (?:him|her|it|them|the \w+|[A-Z]\w+)(?= an? )|add(?: in)?|"
            r"include|throw in|put in|bring in|introduce|"
            r"there (?:should|must|could|has to)(?: also)? be|"
            r"there(?:'s| is| are) also|we also need)(?: also)? (?P<what>.+)$",
            text,
            re.IGNORECASE,
        )
        if not match:
            return None
        mentions = self._cast(match["what"])
        if mentions and (mentions[0].names or mentions[0].kind):
            self.take("characters", match["what"])
            return ""
        scene = re.match(
            r"(?:a (?:scene|part|bit|moment)|that|the part) (?:where|when|in which|that "
            r")?\s*(.+)",
            match["what"],
            re.I,
        )
        if scene:
            self.take("plot", scene[1])
            return ""
        return match["what"]
