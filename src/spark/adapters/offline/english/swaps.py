"""Putting one thing in the place of another."""

from __future__ import annotations

import re

from ....models import Element
from .elements import ELEMENTS
from .facets import find_facets
from .naming import Naming
from .numbers import find_lengths
from .people import is_name
from .story import tells_event
from .words import tokenize

_SWAP = re.compile(
    r"^(?:rename|replace|swap(?: out)?|exchange|switch|substitute|change|turn|"
    r"make)\s+(?P<old>[\w' -]{1,60}?)\s+"
    r"(?:with|for|into|to|by|be|as)\s+(?P<new>(?:[^.!;]|(?<=\bMr)\.|(?<=\bMrs)\.|"
    r"(?<=\bMs)\.|(?<=\bDr)\.){1,120}?)(?:,? (?:please|instead|then))?[.!]*$",
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
        r"(?:call (?:him|her|it|them)|use|make it|have|let's|i want|it should be|it's))\s*"
        r"(?:but |use |have |make it |make |let's (?:use|have|do|make it|go with) |i(?:'d| "
        r"would)? (?:want|like|prefer) |rather |it(?:'s| is| should be) |maybe |it's |call "
        r"(?:him|her|it|them) |let's |let it be |(?:his|her|its|their) name(?:'s| is| should be) |"
        r"(?:he|she)(?:'s| is) (?:called |named ))*(?P<new>.+)$",
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


_SHOULD_BE = re.compile(
    r"^(?P<old>(?:[Tt]he|[Hh]is|[Hh]er) [\w' -]{1,40}?|[A-Z][\w' .-]{1,40}?) (?:should|could|must|"
    r"ought to)(?P<rather> rather| better| instead)?(?: really| actually)? be "
    r"(?P<new>(?:an? |[A-Z])[^,;!]{1,60}?)(?P<end>,? (?:instead|please|then))?[.!]*$"
)


_NOT_BUT_MAKE = re.compile(
    r"^(?P<old>[\w' .-]{2,40}?) (?:shouldn't be|should not be|isn't|is not|mustn't be|can't be) "
    r"[^,;.]{2,40}[,;] ?(?:but |rather |please )*(?:make|let) (?:him|her|it|them) (?:be )?"
    r"(?P<new>[^.;!]{2,60}?)(?:,? (?:instead|please|then))?[.!]*$",
    re.IGNORECASE,
)


class Swapping(Naming):
    """Applies the sentences that exchange what was said before."""

    def _instead(self, text: str) -> str | None:
        tokens = tokenize(text)
        told = tokens[0].tag in ("NAME", "DET", "PRON") and tells_event(tokens)
        for pattern in _INSTEAD:
            match = pattern.match(text)
            if not match or (told and pattern is _INSTEAD[2]):
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
        if not mentions or not self._retold(old, new):
            return None
        if mentions[0].names:
            self.notebook.add_character(mentions[0])
        return ""

    def _change(self, element: Element, new: str) -> str:
        if element == "characters" and len(self.notebook.draft.basic_characters) == 1:
            self._put(self.notebook.draft.basic_characters[0], self._cast(new))
            return ""
        if element in ("characters", "plot"):
            self.notebook.clear(element)
        self.take(element, new)
        return ""

    def _should_be(self, text: str) -> str | None:
        """`Joe should rather be a grandmother named Josie`: another in somebody's place."""
        match = _NOT_BUT_MAKE.match(text)
        known = self.notebook.named(match["old"]) if match else None
        if match is not None and known is not None and (cast := self._cast(match["new"])):
            if cast[0].names or not is_name(known):
                self._put(known, cast)
            else:
                self.notebook.note(known, cast[0].role)
            return ""
        match = _SHOULD_BE.match(text)
        known = self.notebook.named(match["old"]) if match else None
        mentions = self._cast(match["new"]) if match else []
        if match is None or known is None or not mentions or mentions[0].is_plural:
            return None
        if mentions[0].names or (match["rather"] and not is_name(known)):
            self._put(known, mentions)
        else:
            self.notebook.note(known, mentions[0].role)
        return ""

    def _make(self, text: str) -> str | None:
        let = re.match(
            r"^let (?P<old>the [\w' -]{1,40}?|[A-Z][\w-]{1,30}) be (?P<new>[^;]{1,60}?)[.!]*$", text
        )
        if let and (known := self.notebook.named(let["old"])):
            cast = self._cast(let["new"])
            if cast:
                self._put(known, cast)
                return ""
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
        if is_name(known) and not mentions[0].names:
            self.notebook.note(known, mentions[0].role)
        else:
            self._put(known, mentions)
        return ""

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
