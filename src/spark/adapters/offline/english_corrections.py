"""Mending what was said before: dropping, renaming, replacing and negating."""

from __future__ import annotations

import re

from ...models import Element
from .english_elements import ELEMENTS
from .english_facets import find_facets
from .english_lexicon import base_of
from .english_naming import Naming
from .english_numbers import find_lengths
from .english_story import finite_verbs
from .english_words import tokenize

_INTERJECTION = (
    r"kindly|actually|wait|no(?=[,.!:;—–-])|nope|nah|hm+|um+|oh|ok(?:ay)?|sorry|well|please|and|"
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
_SWAP = re.compile(
    r"^(?:rename|replace|swap(?: out)?|exchange|switch|substitute|change|turn|"
    r"make)\s+(?P<old>[\w' -]{1,60}?)\s+"
    r"(?:with|for|into|to|by|be)\s+(?P<new>[^.!;]{1,120}?)(?:,? (?:please|instead|then))?[.!]*$",
    re.IGNORECASE,
)
_MAKE = re.compile(
    r"^(?:[Mm]ake|[Tt]urn) (?P<old>the [\w' -]{1,40}?|[A-Z][\w-]{1,30}|him|her) (?:into "
    r")?(?P<new>(?:a|an) [^!;,]{1,60}?)(?:,? (?:please|instead|then))*[.!]*$",
)
_INSTEAD = (
    re.compile(
        r"^(?:it's |it is |its )?(?P<new>[A-Z][\w'-]{1,30}),? (?:and )?not "
        r"(?P<old>[A-Z][\w'-]{1,30})\b"
    ),
    re.compile(
        r"^(?:instead of|rather than|not)\s+(?P<old>[^,;.!:]{1,60}?)(?:,|:| but| -|—|;|,? "
        r"(?:use|make it|have|let's|i want|it should be|it's))\s*"
        r"(?:but |use |have |make it |make |let's (?:use|have|do|make it|go with) |i(?:'d| "
        r"would)? (?:want|like|prefer) |rather |it(?:'s| is| should be) |maybe |it's |call "
        r"(?:him|her|it|them) |let it be )*(?P<new>.+)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:use |have |make it |let's (?:use|have|do|make it|go with) |i(?:'d| would)? "
        r"(?:want|like|prefer) )*"
        r"(?P<new>[^,;.!]{1,80}?),? (?:instead of|rather than|,not|, "
        r"not)\s+(?P<old>[^,;.!]{1,60}?)[.!]*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:it|this|that|the (?:film|movie|video|story|hero|lead|main character|"
        r"[\w]{1,20}))(?:'s| is| are| was)?(?: not|n't| shouldn't be| should not be) "
        r"(?P<old>[^,;.!]{1,60}?)(?:,| but| -|—|;)+ ?(?:but |rather )?(?:it's|it is|it should "
        r"be|he's|she's|they're|make it|it|he is|she is|call (?:him|her|it|them)|name (?:him|"
        r"her|it|them)|his name is|her name is)?\s*(?P<new>.+)$",
        re.IGNORECASE,
    ),
)
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


class Corrector(Naming):
    """Applies what a sentence corrects; hands back what is still to be read."""

    def apply(self, sentence: str) -> str | None:
        """The part of the sentence still to be read; None where nothing was a correction."""
        plain = _LINK.sub("", sentence, count=1) or sentence
        for handler in (
            self._everything,
            self._after_all,
            self._left_out,
            self._too_long,
            self._not_what,
            self._given,
            self._retell,
            self._pair_names,
            self._add,
            self._denied_name,
            self._naming,
            self._instead,
            self._swap,
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
            r"be|let's do|let's put)\s+(?P<new>.+)$",
            text,
            re.IGNORECASE,
        )
        if not match:
            return None
        self.take("duration", match["new"])
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

    def _instead(self, text: str) -> str | None:
        for pattern in _INSTEAD:
            match = pattern.match(text)
            if not match:
                continue
            element = self.element_of(match["old"])
            if element is None and find_lengths(match["new"]):
                element = "duration"
            if element is None:
                if self._retold(
                    match["old"], re.sub(r"(?: please|,.*)$", "", match["new"].strip(" .!"))
                ):
                    return ""
                continue
            return self._substitute(element, match["old"], match["new"])
        return None

    def _substitute(self, element: Element, old: str, new: str) -> str:
        if element == "characters":
            known = self.notebook.named(old)
            mentions = self._cast(new)
            if known is not None and mentions:
                self._put(known, mentions)
                return ""
            if known is not None:
                self.notebook.remove("characters", known)
            return new
        if element == "theme" and self.notebook.draft.theme:
            about = re.search(r"\babout\b", new)
            if about or find_lengths(new):
                self.notebook.clear("theme")
                return new
        self.take(element, new.strip())
        return ""

    def _swap(self, text: str) -> str | None:
        lead = re.match(
            r"^(?:change|replace|make) the (?:lead|hero|heroine|main character|"
            r"protagonist)\W+(?:he's|she's|it's|to|into|with|now)? ?(?P<new>.+)$",
            text,
            re.IGNORECASE,
        )
        if lead and self.notebook.draft.basic_characters and (cast := self._cast(lead["new"])):
            self._put(self.notebook.draft.basic_characters[0], cast)
            return ""
        match = _SWAP.match(text)
        if not match:
            return None
        old, new = match["old"], match["new"]
        name = re.sub(r"^(?:the|its|his|her|their|my|our) ", "", old.strip(), flags=re.I).lower()
        if re.search(r"(?:'s|s'|his|her) name$", old.lower()):
            self._give_name(self._whose(re.sub(r" name$", "", old)), new, old[:-5])
            return ""
        if name in ELEMENTS:
            return self._change(ELEMENTS[name], new)
        if name in ("it", "that", "this", "film", "movie", "video"):
            return None
        known = self.notebook.named(old)
        mentions = self._cast(new)
        if known is not None and mentions and not new.lower().startswith(("be ", "feel ")):
            self._put(known, mentions)
            return ""
        element = self.element_of(old)
        if element is not None and element not in ("characters", "plot"):
            self.take(element, new)
            return ""
        if (
            re.match(r"rename\b", text, re.IGNORECASE)
            and mentions
            and self.notebook.draft.basic_characters
        ):
            self._put(self.notebook.draft.basic_characters[0], mentions)
            return ""
        return "" if mentions and self._retold(old, new) else None

    def _change(self, element: Element, new: str) -> str:
        if element == "characters" and len(self.notebook.draft.basic_characters) == 1:
            self._put(self.notebook.draft.basic_characters[0], self._cast(new))
            return ""
        if element in ("characters", "plot"):
            self.notebook.clear(element)
        self.take(element, new)
        return ""

    def _make(self, text: str) -> str | None:
        match = _MAKE.match(text)
        if not match or match["old"].lower()[4:] in ELEMENTS:
            name = match["old"].lower()[4:] if match else ""
            if match and name in ELEMENTS and ELEMENTS[name] != "characters":
                self.take(ELEMENTS[name], match["new"])
                return ""
            if not match:
                return None
        known = self._whose(match["old"])
        mentions = self._cast(match["new"])
        if known is None and mentions and mentions[0].names:
            known = self.notebook.find(mentions[0])
        if known is None or not mentions:
            return None
        if known[:1].isupper() and not mentions[0].names:
            self.notebook.note(known, mentions[0].role)
        else:
            self._put(known, mentions)
        return ""

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

    def _retold(self, old: str, new: str) -> bool:
        """Put one thing in another's place in the events told."""
        noun = re.sub(r"^(?:the|a|an|his|her|their) ", "", old.strip(), flags=re.I)
        instead = re.sub(r"^(?:the|a|an) ", "", new.strip(), flags=re.I)
        changed = False
        for point in list(self.notebook.draft.plot_points):
            retold = re.sub(rf"\b{re.escape(noun)}\b", instead.replace("\\", ""), point)
            if retold != point:
                self.notebook.replace("plot", point, retold)
                changed = True
        return changed

    def _drop(self, text: str) -> str | None:
        match = _DROP.match(text)
        if not match or re.search(r"\b(?:longer|more) than\b", text):
            return None
        what, rest = match["what"].strip(), match["rest"].strip(" ,;.!-—")
        if re.match(r"(?:that|this|it)\b(?! \w+ (?:part|bit))", what, re.I):
            return rest
        if what.lower().startswith(("one ", "body ")) or (
            finite_verbs(tokenize(what)) and not match[0].lower().startswith("no ")
        ):
            return None
        denies = bool(re.match(r"there(?:'s| is| are)? no\b", text, re.I))
        what = re.sub(r"^(?:just |only )", "", what)
        dropped = False
        for piece in re.split(r",| and | or | nor ", what):
            dropped = self._forget(piece, events=not denies) or dropped
        if (
            re.match(r"(?:and |or |but )?(?:no|nothing|not|without)\b", rest, re.I)
            and len(rest.split()) < 7
        ):
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
        match = re.match(
            r"^(?:please )?(?:give (?:him|her|it|them|the \w+|[A-Z]\w+)(?= an? )|add(?: in)?|"
            r"include|throw in|put in|bring in|introduce)(?: also)? (?P<what>.+)$",
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

    def element_of(self, text: str) -> Element | None:
        """Which element of the draft a phrase speaks of, if it names what is held."""
        plain = re.sub(r"^(?:for|about|in|a|an|the|too|any) ", "", text.strip(" ,.!"), flags=re.I)
        plain = re.sub(
            r" (?:actually|after all|anymore|please|then|at all|though)$", "", plain, flags=re.I
        )
        draft = self.notebook.draft
        if find_lengths(text) and draft.duration_preference:
            return "duration"
        if self.notebook.named(plain):
            return "characters"
        folded = plain.casefold()
        facets = find_facets(tokenize(text), True, None)
        held: tuple[tuple[Element, str | None], ...] = (
            ("genre", draft.genre),
            ("audience", draft.target_audience),
            ("mood", draft.mood),
            ("visual_style", draft.visual_style),
            ("theme", draft.theme),
        )
        for element, value in held:
            if not value:
                continue
            said = [folded, *(found.casefold() for found in facets.values(element))]
            if any(
                form and (form in value.casefold() or value.casefold() in form) for form in said
            ):
                return element
        for element, value in held:
            if value and facets.values(element):
                return element
        return None
