"""Mending what was said before: dropping, renaming, replacing and negating."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...models import Element
from .english_facets import find_facets
from .english_notebook import Notebook
from .english_numbers import find_lengths
from .english_people import Mention, parse_cast, parse_mention
from .english_story import finite_verbs, base_of
from .english_words import lexicon, tokenize

ELEMENTS: dict[str, Element] = {
    **dict.fromkeys(("theme", "topic", "subject", "themes", "message", "idea", "concept"), "theme"),
    **dict.fromkeys(("genre", "genres"), "genre"),
    **dict.fromkeys(
        ("character", "characters", "main character", "main characters", "cast", "protagonist",
         "protagonists", "hero", "heroes", "heroine", "lead", "leads", "villain", "antagonist"),
        "characters",
    ),
    **dict.fromkeys(("plot", "story", "storyline", "synopsis", "events", "plot points"), "plot"),
    **dict.fromkeys(("audience", "target audience", "target", "viewers", "target group"), "audience"),
    **dict.fromkeys(("duration", "length", "runtime", "running time", "run time", "time"), "duration"),
    **dict.fromkeys(
        ("style", "visual style", "visuals", "look", "art style", "animation style", "aesthetic"),
        "visual_style",
    ),
    **dict.fromkeys(("mood", "tone", "vibe", "atmosphere", "feel", "feeling"), "mood"),
}
"""What people call each element of an idea."""

_NAMES = "|".join(sorted(map(re.escape, ELEMENTS), key=len, reverse=True))
_INTERJECTION = (
    r"actually|wait|no(?=[,.!:;—–-])|nope|nah|hmm+|um+|oh|ok(?:ay)?|sorry|well|please|and|but|so|also|on second thoughts?|"
    r"scratch that|never ?mind|let me think|hold on|(?:i(?:'ve)? )?changed my mind|correction|instead|you know what|"
    r"or rather|rather|i mean|ah|yeah|maybe|then|now|just|i meant|my mistake|my bad|oops"
)
_INTERJECTIONS = re.compile(rf"^(?:(?:{_INTERJECTION})[\s,.!:—–-]+)*", re.IGNORECASE)
_LINK = re.compile(
    rf"^(?:(?:{_INTERJECTION}|can you|could you|can we|could we|let's|let us|i(?:'d| would)? (?:want|like|think|prefer)(?: you)?"
    r"(?: to)?(?: we should)?|we should)[\s,.!:—–-]+)*",
    re.IGNORECASE,
)
_DROP = re.compile(
    r"^(?:(?:please )?(?:drop|remove|scratch|delete|lose|ditch|cut out|cut|get rid of|take out|take away|leave out|leave off|forget about|"
    r"forget|skip|kill off|throw out|scrap|no more|without|we (?:don't|do not) need|i (?:don't|do not) (?:want|need)(?: it)?(?: to (?:be|have|feel))?"
    r"|there (?:is|are|should be) no|there's no|don't (?:include|use|add|make it|want)|do not (?:include|use|add|make it)|"
    r"it (?:shouldn't|should not) be|shouldn't be|no))\s+(?P<what>[^,;.!]+)(?P<rest>.*)$",
    re.IGNORECASE,
)
_NAME_IS_NOT = re.compile(
    r"^(?P<who>his|her|its|their|the [\w' -]{1,40}?'s|[\w-]{1,30}'s) name (?:is not|isn't|wasn't) (?P<old>[\w' -]{1,40})"
    r"(?:,| but|;|\.| -|—)+ ?(?:it's|it is|but|it should be)? ?(?P<new>[\w' .-]{1,40}?)[.!]*$",
    re.IGNORECASE,
)
_NAME_IS = re.compile(
    r"^(?:(?P<who>his|her|its|their|the [\w' -]{1,40}?'s|[\w-]{1,30}(?:'s|s')) names? (?:is|are|should be|will be|would be|shall be|could be)"
    r"|(?P<who2>he|she|it|they|the [\w' -]{1,40}?|[A-Z][\w-]{1,30})(?:'s|'re| is| are| should be| will be| would be| shall be) (?:called|named|now called|now named))"
    r" (?!after\b)(?P<new>[\w' .,&-]{1,60}?)(?:,? (?:by the way|btw|please|instead|actually|then|now|not [\w' -]{1,30}))?[.!]*$",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"^(?:let's |please |you can |we can |i(?:'d| would) (?:like to )?|i'll |i want to |we'll )?(?:call|name|rename) "
    r"(?P<who>him|her|it|them|(?:the|my|his|her|our|their) [\w' -]{1,40}?|[A-Z][\w-]{0,30})(?: to| as)? "
    r"(?P<new>[\w'.-]{1,30}(?: [A-Z][\w'.-]{1,30}){0,2})(?:,? (?:instead|please|then|now|by the way|instead of .{1,30}))?[.!]*$",
    re.IGNORECASE,
)
_SWAP = re.compile(
    r"^(?:replace|swap(?: out)?|exchange|switch|substitute|change|turn|make)\s+(?P<old>[\w' -]{1,60}?)\s+"
    r"(?:with|for|into|to|by|be)\s+(?P<new>[^.!;]{1,120}?)(?:,? (?:please|instead|then))?[.!]*$",
    re.IGNORECASE,
)
_MAKE = re.compile(
    r"^(?:[Mm]ake|[Tt]urn) (?P<old>the [\w' -]{1,40}?|[A-Z][\w-]{1,30}|him|her) (?:into )?(?P<new>(?:a|an) [^!;,]{1,60}?)(?:,? (?:please|instead|then))*[.!]*$",
)
_INSTEAD = (
    re.compile(
        r"^(?:instead of|rather than|not)\s+(?P<old>[^,;.!]{1,60}?)(?:,| but| -|—|;|,? (?:use|make it|have|let's|i want|it should be|it's))\s*"
        r"(?:but |use |have |make it |make |let's (?:use|have|do|make it|go with) |i(?:'d| would)? (?:want|like|prefer) |rather |it(?:'s| is| should be) |maybe |it's )*(?P<new>.+)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:use |have |make it |let's (?:use|have|do|make it|go with) |i(?:'d| would)? (?:want|like|prefer) )*"
        r"(?P<new>[^,;.!]{1,80}?),? (?:instead of|rather than|,not|, not)\s+(?P<old>[^,;.!]{1,60}?)[.!]*$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:it|this|that|the (?:film|movie|video|story|hero|lead|main character|[\w]{1,20}))(?:'s| is| are| was)?(?: not|n't| shouldn't be| should not be) "
        r"(?P<old>[^,;.!]{1,60}?)(?:,| but| -|—|;)+ ?(?:but |rather )?(?:it's|it is|it should be|he's|she's|they're|make it|it|he is|she is)?\s*(?P<new>.+)$",
        re.IGNORECASE,
    ),
)
_EVERYTHING = re.compile(
    r"^(?:let's )?(?:start (?:all )?over|start again|start from scratch|begin again|forget (?:everything|it all|all (?:of )?(?:that|this|it))|"
    r"scrap (?:everything|it all|all of (?:that|this|it))|delete everything|reset|new idea|from scratch|clear everything)\b",
    re.IGNORECASE,
)
_RETELL = re.compile(
    r"^(?:(?:let's |please |i want to |i'd like to |we should )?(?:change|rewrite|redo|replace|scrap|forget|drop|restart)(?: up)? the (?:whole |entire )?(?:plot|story|storyline)"
    r"|(?:the )?(?:new|actual|real|revised|better) (?:plot|story)|(?:a )?different (?:plot|story))(?: is| completely| entirely)?(?: to| with)?\s*[:,.—–-]*\s*",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"^(?:no\b|actually\b|wait\b|hmm\b|on second thoughts?\b)?[\s,]*.{1,60}?\b(?:doesn't|does not|don't|do not|didn't|did not|never|isn't|aren't)\b",
    re.IGNORECASE,
)
_OWNERS = frozenset("his her its their him it them he she they".split())


def without_interjections(sentence: str) -> str:
    """The sentence without `actually`, `wait, no,` and the like before it."""
    return _INTERJECTIONS.sub("", sentence, count=1) or sentence


class Corrector:
    """Applies what a sentence corrects; hands back what is still to be read."""

    def __init__(self, notebook: Notebook, take: Callable[[Element, str], None]) -> None:
        self.notebook = notebook
        self.take = take
        """Reads a text as the value of one element."""

    def apply(self, sentence: str) -> str | None:
        """The part of the sentence still to be read; None where nothing was a correction."""
        plain = _LINK.sub("", sentence, count=1) or sentence
        for handler in (
            self._everything, self._after_all, self._given, self._retell, self._pair_names, self._add, self._denied_name, self._naming, self._instead,
            self._swap, self._make, self._denied_event, self._drop, self._not,
        ):
            rest = handler(plain if handler != self._denied_event else sentence)
            if rest is not None:
                return rest
        return None

    def _after_all(self, text: str) -> str | None:
        """`…, so call it a drama`: only what it comes to counts."""
        match = re.search(r"[,;] ?so (?:just |let's |please )*(?:call|make) it (?P<rest>[^.!?]+)", text, re.IGNORECASE)
        return f"make it {match['rest']}" if match else None

    def _given(self, text: str) -> str | None:
        """`give the computer a name: Lark`."""
        match = re.match(r"^give (?P<who>[\w' -]{2,40}?) (?:a|the) name(?: of)?\W+(?P<new>[\w' .-]{1,40}?)[.!]*$", text, re.IGNORECASE)
        if not match:
            return None
        self._give_name(self._whose(match["who"]), match["new"], match["who"])
        return ""

    def _not(self, text: str) -> str | None:
        """`not bees actually`: what is held so is taken back."""
        match = re.match(r"^(?:it's |it is |they're )?not (?P<what>[^,;.!]{1,80})[.!]*$", text, re.IGNORECASE)
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

    def _denied_name(self, text: str) -> str | None:
        match = _NAME_IS_NOT.match(text)
        if not match:
            return None
        known = self.notebook.named(match["old"]) or self._whose(match["who"])
        self._give_name(known, match["new"], match["who"])
        return ""

    def _naming(self, text: str) -> str | None:
        parts = re.split(r",? and (?=(?:he|she|they|it)(?:'|\b)|there\b)", text, maxsplit=1)
        if len(parts) > 1 and re.search(r"\b(?:name|called|named)\b", parts[0]):
            return parts[1] if self._naming(parts[0]) is not None else None
        swapped = re.match(
            r"^(?:call|name) (?:the [\w -]{1,40}?|him|her|it) (?P<new>[\w'-]{1,30}) (?:instead of|and not|rather than) (?P<old>[\w'-]{1,30})[.!]*$",
            text, re.IGNORECASE,
        )
        if swapped and (known := self.notebook.named(swapped["old"])):
            self._give_name(known, swapped["new"], "")
            return ""
        match = _NAME_IS.match(text) or _CALL.match(text)
        if not match:
            return None
        groups = match.groupdict()
        who = groups.get("who") or groups.get("who2") or ""
        if who.lower() in ("it", "the film", "the movie", "the video", "the story") and match.re is _NAME_IS:
            return "" if who.lower() != "it" else None
        if re.search(r"\b(?:film|movie|video|story|title|genre)\b", who, re.I):
            return ""
        names = [name for name in re.split(r",? and |, | & ", match["new"]) if name]
        names = names[:1] + [name for name in names[1:] if name[:1].isupper() and len(name.split()) < 4]
        if not names or len(names[0].split()) > 4 or names[0].split()[0].lower() in ("a", "an", "by", "to", "in", "on"):
            return None
        known = self._whose(who)
        if known is None and match.re is _NAME_IS and who[:1].isupper() and not who.lower().startswith("the "):
            if not groups.get("who"):
                return None
        if len(names) > 1 and known is not None:
            self._give_names(known, names)
            return ""
        self._give_name(known, names[0] if names else "", who)
        return ""

    def _whose(self, who: str) -> str | None:
        characters = self.notebook.draft.basic_characters
        plain = re.sub(r"'s?$", "", who).strip()
        if plain.lower() in _OWNERS:
            unnamed = [label for label in characters if label[:1].islower()]
            if self.notebook.recent in characters:
                return self.notebook.recent
            return unnamed[0] if unnamed else (characters[-1] if characters else None)
        known = self.notebook.named(plain)
        if known is not None:
            return known
        if re.search(r"\b(?:hero|heroine|protagonist|main character|lead)$", plain, re.I) and characters:
            return characters[0]
        return None

    def _give_name(self, known: str | None, name: str, who: str) -> None:
        label = " ".join(word[:1].upper() + word[1:] for word in name.strip(" ,.'\"").split())
        if not label:
            return
        if known is not None:
            if known[:1].islower():
                self.notebook.note(known, known)
            self.notebook.replace("characters", known, label)
            self.notebook.recent = label
            return
        words = [word for word in re.sub(r"'s$", "", who).split() if word.lower() not in ("the", "his", "her", "my", "our")]
        mention = Mention(0, 0, names=[label], words=[] if who.lower() in _OWNERS else words)
        self.notebook.add_character(mention)

    def _give_names(self, known: str, names: list[str]) -> None:
        self._give_name(known, names[0], "")
        for name in names[1:]:
            self._give_name(None, name, "his")

    def _instead(self, text: str) -> str | None:
        for pattern in _INSTEAD:
            match = pattern.match(text)
            if not match:
                continue
            element = self.element_of(match["old"])
            if element is None:
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

    def _cast(self, text: str) -> list[Mention]:
        tokens = tokenize(text)
        return [mention for mention in parse_cast(tokens, text) if mention.label]

    def _put(self, known: str, mentions: list[Mention]) -> None:
        first = mentions[0]
        if first.names and not first.words and known[:1].islower():
            self.notebook.note(known, known)
        else:
            self.notebook.notes.pop(known, None)
            self.notebook.roles[known] = set()
        self.notebook.replace("characters", known, first.label)
        self.notebook.note(first.label, first.described)
        for mention in mentions[1:]:
            self.notebook.add_character(mention)

    def _swap(self, text: str) -> str | None:
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
            (i for i, token in enumerate(tokens) if token.lower.endswith("n't") or token.lower in ("not", "never")), None
        )
        if denial is None:
            return None
        verb = next((token.lower for token in tokens[denial + 1 :] if token.tag in ("VB", "VD", "VG")), "")
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
            if any(base_of(token.lower) == base for token in tokens if token.tag in ("VS", "VD", "VB", "VG")):
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
        if what.lower().startswith(("one ", "body ")) or finite_verbs(tokenize(what)) and not match[0].lower().startswith("no "):
            return None
        denies = bool(re.match(r"there(?:'s| is| are)? no\b", text, re.I))
        dropped = False
        for piece in re.split(r",| and | or | nor ", what):
            dropped = self._forget(piece, events=not denies) or dropped
        if re.match(r"(?:and |or |but )?(?:no|nothing|not|without)\b", rest, re.I) and len(rest.split()) < 7:
            rest = ""
        negative = re.match(r"^(?:no|i (?:don't|do not)|don't|do not|without|there|it should)", text, re.I)
        if dropped or negative:
            return "" if denies or re.match(r"(?:too|so|it's|because|that's|as|since|way too)\b|(?:we|he|she|it|they|i) (?:don't|do not|isn't|is not|doesn't|aren't|no longer)\b", rest, re.I) else rest
        return None

    def _forget(self, what: str, events: bool = True) -> bool:
        name = re.sub(r"^(?:the|a|an|any|my|his|her|all|too) ", "", what.strip(), flags=re.I)
        name = re.sub(r" (?:please|actually|though|part|character|altogether|entirely|completely|anymore|after all|again|then)$", "", name, flags=re.I)
        if name.lower() in ELEMENTS:
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
        stems = [token.lower[:6] for token in tokenize(what) if len(token.lower) > 3 and token.tag in ("N", "VG", "NAME")]
        best = max(
            self.notebook.draft.plot_points,
            key=lambda point: sum(stem in point.casefold() for stem in stems),
            default="",
        )
        return best if stems and any(stem in best.casefold() for stem in stems) else None

    def _pair_names(self, text: str) -> str | None:
        """`the gunslinger is Jebediah, the widow is Cora`: names for those known by role."""
        found = re.findall(r"\b(?:the|my|his|her) ([\w -]{2,40}?) (?:is|=|will be|should be)(?: called| named)? ([A-Z][\w'-]+)\b(?! \w+ing)", text)
        pairs = [(self.notebook.named(role), name) for role, name in found]
        if not pairs or not all(known and known[:1].islower() for known, _ in pairs):
            return None
        for known, name in pairs:
            self._give_name(known, name, "")
        return ""

    def _add(self, text: str) -> str | None:
        """`add a villain`: somebody more, or something more that happens."""
        match = re.match(r"^(?:please )?(?:give (?:him|her|it|them|the \w+|[A-Z]\w+)(?= an? )|add(?: in)?|include|throw in|put in|bring in|introduce)(?: also)? (?P<what>.+)$", text, re.IGNORECASE)
        if not match:
            return None
        mentions = self._cast(match["what"])
        if mentions and (mentions[0].names or mentions[0].kind):
            self.take("characters", match["what"])
            return ""
        scene = re.match(r"(?:a (?:scene|part|bit|moment)|that|the part) (?:where|when|in which|that )?\s*(.+)", match["what"], re.I)
        if scene:
            self.take("plot", scene[1])
            return ""
        return match["what"]

    def element_of(self, text: str) -> Element | None:
        """Which element of the draft a phrase speaks of, if it names what is held."""
        plain = re.sub(r"^(?:for|about|in|a|an|the|too|any) ", "", text.strip(" ,.!"), flags=re.I)
        plain = re.sub(r" (?:actually|after all|anymore|please|then|at all|though)$", "", plain, flags=re.I)
        draft = self.notebook.draft
        if find_lengths(text) and draft.duration_preference:
            return "duration"
        if self.notebook.named(plain):
            return "characters"
        folded = plain.casefold()
        facets = find_facets(tokenize(text), True, None)
        held: tuple[tuple[Element, str | None], ...] = (
            ("genre", draft.genre), ("audience", draft.target_audience), ("mood", draft.mood),
            ("visual_style", draft.visual_style), ("theme", draft.theme),
        )
        for element, value in held:
            if not value:
                continue
            said = [folded, *(found.casefold() for found in facets.values(element))]
            if any(form and (form in value.casefold() or value.casefold() in form) for form in said):
                return element
        for element, value in held:
            if value and facets.values(element):
                return element
        return None


def first_mention(text: str) -> Mention | None:
    """The noun phrase a text begins with."""
    tokens = tokenize(text)
    return parse_mention(tokens, 0) if tokens else None


def is_known_word(word: str) -> bool:
    """Whether a word means anything to the vocabulary."""
    words = lexicon()
    return word in words.forms or bool(words.kind(word)) or word in words.words("grammar.adjectives")
