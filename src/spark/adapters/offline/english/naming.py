"""Giving characters their names, and other names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from ....models import Element
from .cast import parse_cast
from .lexicon import lexicon
from .notebook import Notebook
from .people import Mention, is_name
from .words import tokenize

_NAME_IS_NOT = re.compile(
    r"^(?P<who>his|her|its|their|the [\w' -]{1,40}?'s|[\w-]{1,30}'s) name (?:is not|isn't|"
    r"wasn't) (?P<old>[\w' -]{1,40})"
    r"(?:,| but|;|\.| -|—)+ ?(?:it's|it is|but|it should be)? ?(?P<new>[\w' .-]{1,40}?)[.!]*$",
    re.IGNORECASE,
)
_NAME_IS = re.compile(
    r"^(?:(?P<who>his|her|its|their|the [\w' -]{1,40}?'s|[\w-]{1,30}(?:'s|s')) names?"
    r"(?::| (?:is|are|should be|will be|would be|shall be|could be))"
    r"|(?P<who2>he|she|it|they|(?:the|his|her|their) [\w' -]{1,40}?|[A-Z][\w-]{1,30})"
    r"(?:'s|'re| is| are| should "
    r"be| will be| would be| shall be) (?:called|named|now called|now named|(?:better |only |just |"
    r"simply )*known (?:only |just |simply )*as)(?: the)?)"
    r" (?!after\b)(?P<new>[\w' .,&-]{1,60}?)(?:,? (?:by the way|btw|please|instead|actually|"
    r"then|now|not [\w' -]{1,30}))?[.!]*$",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"^(?:let's |please |you can |we can |i(?:'d| would) (?:like to )?|i'll |i want to |we'll "
    r")?(?:call|name|rename) "
    r"(?P<who>him|her|it|them|(?:the|my|his|her|our|their) [\w' -]{1,40}?|[A-Z][\w-]{0,30})(?: "
    r"to| as)? "
    r"(?P<new>[\w'.-]{1,30}(?: [A-Z][\w'.-]{1,30}){0,2})(?:,? (?:not [A-Z][\w'-]{0,30}|instead|"
    r"please|then|now|by the way|instead of .{1,30}))?[.!]*$",
    re.IGNORECASE,
)
_NEW_NAMES = (
    re.compile(
        r"^(?i:don't|do not|let's not) (?:call|name) (?P<who>[\w' -]{1,40}?) "
        r"(?P<old>[A-Z][\w'-]{0,30})"
        r"[,;.:]? (?:but |rather )?(?:(?:call|name) (?:him|her|it|them) )?"
        r"(?P<new>[A-Z][\w' .-]{0,40}?)(?:,? (?:instead|please|then|now))?[.!]*$"
    ),
    re.compile(
        r"^(?:[Rr]ename|[Cc]hange the name of) (?P<who>[\w' -]{1,40}?)(?: please)?[,;:—–-]+ ?"
        r"(?:please )?(?:(?:(?:he|she|it|they)(?:'s|'re| is| are| should be| will be| could be) "
        r"(?:now |called |named )*)|(?:to|as|call (?:him|her|it|them)) )?"
        r"(?P<new>[A-Z][\w'-]*(?:\.? [A-Z][\w'-]*){0,2})"
        r"(?:,? (?:sounds|is|would be|fits|instead|please|then|now)\b.{0,30})?[.!]*$"
    ),
    re.compile(
        r"^(?P<who>[\w' -]{2,40}?) (?:needs|gets|should (?:have|get)|could use|deserves|wants|has) "
        r"(?:a|the|another|a new|a different) (?:proper |real )?name(?: of)?(?:\W+|, (?:say|maybe|"
        r"perhaps|how about) )(?P<new>[A-Z][\w' .-]{0,40}?)[.!]*$"
    ),
)
"""`don't call him Tyler, call him Devin`, `rename the cook, he's Milo`, `… needs a name: Jo`."""
_OWNERS = frozenset(["his", "her", "its", "their", "him", "it", "them", "he", "she", "they"])


class Naming:
    """Applies the sentences that name or rename somebody."""

    def __init__(self, notebook: Notebook, take: Callable[[Element, str], None]) -> None:
        self.notebook = notebook
        self.take = take
        """Reads a text as the value of one element."""

    def _renamed(self, text: str) -> str | None:
        """The sentences that give somebody known another name."""
        for pattern in _NEW_NAMES:
            match = pattern.match(text)
            if match is None:
                continue
            old = match.groupdict().get("old")
            known = self.notebook.named(old) if old else None
            known = known or self._whose(match["who"])
            if known is not None:
                self._give_name(known, match["new"], match["who"])
                return ""
        return None

    def _given(self, text: str) -> str | None:
        """`give the computer a name: Lark`."""
        match = re.match(
            r"^give (?P<who>[\w' -]{2,40}?) (?:a|the) name(?: "
            r"of)?\W+(?P<new>[\w' .-]{1,40}?)[.!]*$",
            text,
            re.IGNORECASE,
        )
        if not match:
            return None
        self._give_name(self._whose(match["who"]), match["new"], match["who"])
        return ""

    def _pair_names(self, text: str) -> str | None:
        """`the gunslinger is Jebediah, the widow is Cora`: names for those known by role."""
        found = re.findall(
            r"(?:^|[,:] ?|\band )(?:[Tt]he |[Mm]y |[Hh]is |[Hh]er )?([a-z][\w -]{1,39}?)"
            r"(?:'s name)? ?(?:is|=|will be|"
            r"should be)(?: called| named)? ((?:(?:Mr|Mrs|Ms|Dr|Prof|St)\.? )?[A-Z][\w'-]+(?: "
            r"[A-Z][\w'-]+)*)\b(?! \w+ing)",
            text,
        )
        pairs = [(self.notebook.named(role), name) for role, name in found]
        if not pairs or not all(known and not is_name(known) for known, _ in pairs):
            return None
        for known, name in pairs:
            self._give_name(known, name, "")
        return ""

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
            r"^(?:call|name) (?:the [\w -]{1,40}?|him|her|it) (?P<new>[\w'-]{1,30}) (?:instead "
            r"of|and not|rather than) (?P<old>[\w'-]{1,30})[.!]*$",
            text,
            re.IGNORECASE,
        )
        if swapped and (known := self.notebook.named(swapped["old"])):
            self._give_name(known, swapped["new"], "")
            return ""
        first = text.split(", ")[0]
        match = _NAME_IS.match(text) or _CALL.match(text) or _CALL.match(first)
        if not match:
            return None
        groups = match.groupdict()
        old = re.search(
            r",? (?:and )?not ([A-Z][\w'-]{0,30}(?: [A-Z][\w'-]{0,30}){0,2})[.!]*$", text
        )
        if old and (known := self.notebook.named(old[1])):
            self._give_name(known, re.sub(r",? (?:and )?not .*$", "", match["new"]), "")
            return ""
        who = groups.get("who") or groups.get("who2") or ""
        if (
            who.lower() in ("it", "the film", "the movie", "the video", "the story")
            and match.re is _NAME_IS
        ):
            return "" if who.lower() != "it" else None
        if re.search(r"\b(?:film|movie|video|story|title|genre)\b", who, re.I):
            return ""
        names = [name for name in re.split(r",? and |, | & ", match["new"]) if name]
        names = names[:1] + [
            name for name in names[1:] if name[:1].isupper() and len(name.split()) < 4
        ]
        if (
            not names
            or len(names[0].split()) > 4
            or names[0].split()[0].lower() in ("a", "an", "by", "to", "in", "on")
        ):
            return None
        known = self._whose(who)
        if (
            known is None
            and match.re is _NAME_IS
            and who[:1].isupper()
            and not who.lower().startswith("the ")
        ) and not groups.get("who"):
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
            unnamed = [label for label in characters if not is_name(label)]
            if self.notebook.recent in characters:
                return self.notebook.recent
            return unnamed[0] if unnamed else (characters[-1] if characters else None)
        known = self.notebook.named(plain)
        if known is not None:
            return known
        if (
            re.search(r"\b(?:hero|heroine|protagonist|main character|lead)$", plain, re.I)
            and characters
        ):
            return characters[0]
        return None

    def _give_name(self, known: str | None, name: str, who: str) -> None:
        label = " ".join(word[:1].upper() + word[1:] for word in name.strip(" ,.'\"").split())
        if not label or label.lower() in lexicon().words("grammar.fillers"):
            return
        if known is not None:
            if not is_name(known):
                self.notebook.note(known, known)
            else:
                self._recast(known, label)
            self.notebook.replace("characters", known, label)
            self.notebook.recent = label
            return
        shared = self.notebook.find(Mention(0, 0, names=[label]))
        if shared is not None and shared != label:
            self.notebook.replace("characters", shared, label)
            return
        alike = difflib.get_close_matches(
            label, self.notebook.draft.basic_characters, n=1, cutoff=0.7
        )
        if alike:
            self.notebook.replace("characters", alike[0], label)
            return
        words = [
            word
            for word in re.sub(r"'s$", "", who).split()
            if word.lower() not in ("the", "his", "her", "my", "our")
        ]
        mention = Mention(0, 0, names=[label], words=[] if who.lower() in _OWNERS else words)
        self.notebook.add_character(mention)

    def _give_names(self, known: str, names: list[str]) -> None:
        unnamed = [label for label in self.notebook.draft.basic_characters if not is_name(label)]
        if len(unnamed) == len(names):
            for label, name in zip(unnamed, names, strict=True):
                self._give_name(label, name, "")
            return
        self._give_name(known, names[0], "")
        for name in names[1:]:
            self._give_name(None, name, "his")

    def _recast(self, known: str, label: str) -> None:
        """Let the events tell of the one who takes somebody's place."""
        article = r"(?:\b(?:the|an?|his|her|their|one) )?" if is_name(label) else ""
        old = re.compile(rf"{article}\b{re.escape(known)}\b", re.IGNORECASE)
        new = f"the {label}" if is_name(known) and not is_name(label) else label
        for point in list(self.notebook.draft.plot_points):
            told = old.sub(lambda _: new, point)
            told = told[:1].upper() + told[1:] if point[:1].isupper() else told
            self.notebook.replace("plot", point, told)

    def _cast(self, text: str) -> list[Mention]:
        tokens = tokenize(text)
        return [mention for mention in parse_cast(tokens, text) if mention.label]

    def _put(self, known: str, mentions: list[Mention]) -> None:
        first = mentions[0]
        self._recast(known, first.label)
        if first.names and not first.words and not is_name(known):
            self.notebook.note(known, known)
        else:
            self.notebook.notes.pop(known, None)
            self.notebook.roles[known] = set()
        self.notebook.replace("characters", known, first.label)
        self.notebook.note(first.label, first.described)
        for mention in mentions[1:]:
            self.notebook.add_character(mention)
