"""The idea while one message is read: what changes, and who is already known."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....models import FIELD_OF, MAX_NAME, Element, IdeaDraft
from ..reading import Change
from .lexicon import base_of, lexicon
from .people import Mention, is_name
from .words import tokenize

_GENERIC = frozenset(
    [
        "man",
        "woman",
        "boy",
        "girl",
        "kid",
        "child",
        "guy",
        "hero",
        "heroine",
        "protagonist",
        "robot",
        "dog",
        "cat",
        "old",
        "young",
        "person",
        "lady",
        "lad",
        "youngster",
        "villain",
        "teenager",
        "teen",
        "pair",
        "couple",
        "friend",
        "animal",
        "creature",
        "main",
    ]
)
_LIMITS: dict[Element, int] = {
    "theme": 500,
    "genre": MAX_NAME,
    "characters": MAX_NAME,
    "plot": 2000,
}


_TITLES = {
    "dr": "doctor",
    "prof": "professor",
    "capt": "captain",
    "sgt": "sergeant",
    "lt": "lieutenant",
    "gen": "general",
    "col": "colonel",
    "det": "detective",
    "auntie": "aunt",
}
"""Short titles and the roles they tell."""


class Notebook:
    """Collects the changes of one message and applies each to its own copy of the draft."""

    def __init__(self, draft: IdeaDraft, told: Mapping[str, str] | None = None) -> None:
        self.draft = draft.model_copy(deep=True)
        self.changes: list[Change] = []
        self.notes: dict[str, str] = {}
        self.roles: dict[str, set[str]] = {}
        self.recent: str = ""
        """The character last spoken of."""
        self.doomed: list[str] = []
        """Events of somebody dropped, which go with the message unless retold in it."""
        for label in self.draft.basic_characters:
            self.roles[label] = _head_words(label) | _roles_in((told or {}).get(label, ""))

    def set(self, element: Element, value: str | int) -> None:
        """Give an element its value."""
        if isinstance(value, str):
            value = value.strip()[: _LIMITS.get(element, 500)]
        if not value or self.draft.value(element) == value:
            return
        setattr(self.draft, FIELD_OF[element], value)
        self.changes.append(Change(element, "set", value))

    def clear(self, element: Element) -> None:
        """Forget all that is known of an element."""
        value = self.draft.value(element)
        if not value:
            return
        setattr(self.draft, FIELD_OF[element], [] if isinstance(value, list) else None)
        self.changes.append(Change(element, "clear"))

    def remove(self, element: Element, value: str) -> None:
        """Take one entry or the value of an element away."""
        held = self.draft.value(element)
        if isinstance(held, list):
            held.remove(value)
        else:
            setattr(self.draft, FIELD_OF[element], None)
        self.changes.append(Change(element, "remove", value))
        self.notes.pop(value, None)

    def replace(self, element: Element, old: str, value: str) -> None:
        """Put `value` where the list entry `old` stood."""
        entries = self.draft.value(element)
        if not isinstance(entries, list) or old not in entries or old == value:
            return
        if value in entries:
            self.remove(element, old)
            return
        entries[entries.index(old)] = value
        self.changes.append(Change(element, "replace", value, old))
        if element == "characters":
            self.roles[value] = self.roles.pop(old, set()) | _head_words(value)
            kept = self.notes.pop(old, "")
            self.note(value, ", ".join(part for part in (kept,) if part))

    def add_event(self, text: str) -> None:
        """Append an event to the plot unless it is there."""
        text = text.strip()[:2000]
        for old in self.doomed:
            if _does(old) & _does(text):
                self.doomed.remove(old)
                self.replace("plot", old, text)
                return
        if text and text.casefold() not in {point.casefold() for point in self.draft.plot_points}:
            self.draft.plot_points.append(text)
            self.changes.append(Change("plot", "add", text))

    def settle(self) -> None:
        """Forget the events that went with somebody dropped."""
        for point in self.doomed:
            if point in self.draft.plot_points:
                self.remove("plot", point)
        self.doomed = []

    def note(self, label: str, text: str) -> None:
        """Remember what was said of a character."""
        text = text.strip(" ,;.")
        held = self.notes.get(label, "")
        if text and text.casefold() not in held.casefold():
            self.notes[label] = f"{held}, {text}" if held else text

    def add_character(self, mention: Mention) -> str:
        """Enter somebody, or recognise somebody known; the label they stand under."""
        known = self.find(mention)
        if known is None:
            known = self._enter(mention)
        elif (
            mention.names
            and not _shares_name(mention.names[0], known)
            and known != self._role_as_name(mention.names[0])
        ):
            self._rename(known, mention.label)
            known = mention.label
        self.recent = known
        if mention.words:
            self.roles.setdefault(known, set()).add(mention.head)
        described = mention.described
        if described.casefold() != known.casefold():
            self.note(known, described)
        return known

    def _enter(self, mention: Mention) -> str:
        label = mention.label[:MAX_NAME].strip()
        if label not in self.draft.basic_characters:
            self.draft.basic_characters.append(label)
            self.changes.append(Change("characters", "add", label))
        self.roles[label] = _head_words(label) if not mention.names else set()
        return label

    def _rename(self, old: str, label: str) -> None:
        """Give a known role its name; of several spoken of as one, the first."""
        self.replace("characters", old, label)

    def find(self, mention: Mention) -> str | None:
        """The label of the character a phrase speaks of, if it is known."""
        labels = self.draft.basic_characters
        for label in labels:
            if label.casefold() == mention.label.casefold():
                return label
        if mention.names and (role := self._role_as_name(mention.names[0])):
            return role
        if mention.names:
            named = next((label for label in labels if _shares_name(mention.names[0], label)), None)
            return named or self._unnamed(mention)
        return self._by_role(mention)

    def _role_as_name(self, name: str) -> str | None:
        """Who `Kid` is in `Kid kicks the can`, where a street kid is known."""
        if " " in name or is_name(name):
            return None
        heads = ((label, _head_words(label)) for label in self.draft.basic_characters)
        return next((label for label, words in heads if name.lower() in words), None)

    def _unnamed(self, mention: Mention) -> str | None:
        """The nameless character whose role a newly named one has."""
        if not mention.words:
            return None
        for label in self.draft.basic_characters:
            if not is_name(label) and mention.head in _head_words(label):
                return label
        return None

    def _by_role(self, mention: Mention) -> str | None:
        if mention.determiner == "another" or mention.is_introduced or not mention.words:
            return None
        matches = [
            label
            for label in self.draft.basic_characters
            if mention.head in self.roles.get(label, set()) | _head_words(label)
        ]
        if mention.owner:
            return next((label for label in matches if mention.owner.split()[0] in label), None)
        if matches:
            modified = [label for label in matches if _shares_modifier(mention, label)]
            if mention.determiner in ("a", "an") and len(mention.words) > 1 and not modified:
                return None if any(" " in label for label in matches) else matches[0]
            return (modified or matches)[0]
        named = [label for label in self.draft.basic_characters if is_name(label)]
        if mention.determiner == "the" and mention.head in _GENERIC and named:
            return named[0] if len(named) == 1 else self.recent or named[0]
        return None

    def named(self, text: str) -> str | None:
        """The known character that `text` speaks of."""
        folded = text.casefold().strip()
        for label in self.draft.basic_characters:
            if label.casefold() == folded or _shares_name(text, label):
                return label
        words = [
            lexicon().singular(token.lower) for token in tokenize(text) if token.text[0].isalnum()
        ]
        for word in reversed(words):
            for label in self.draft.basic_characters:
                if word in self.roles.get(label, set()) | _head_words(label):
                    return label
        return None


def _does(text: str) -> set[str]:
    """The verbs of an event."""
    return {base_of(token.lower) for token in tokenize(text) if token.tag in ("VS", "VD", "VB")}


def _head_words(label: str) -> set[str]:
    """The noun a nameless label is built on; for `twin daughters` also `twin`."""
    if is_name(label):
        first = label.split()[0].strip(".").lower()
        title = _TITLES.get(first, first)
        return {title} if lexicon().kind(title) else set()
    words = [lexicon().singular(word.lower()) for word in label.split()]
    return set(words[-1:]) | {word for word in words[:-1] if lexicon().kind(word)}


_TOLD = re.compile(r"\b(?:who|whom|that|which|whose|with|in|from|of|on|at|for|and)\b")
"""Where a note turns from the role to what is told of it."""


def _roles_in(note: str) -> set[str]:
    """The roles a note tells: `retired astronaut, who lives alone` → astronaut."""
    plain = " , ".join(_TOLD.split(part)[0] for part in re.split(r"[,；]", note))
    words = (lexicon().singular(token.lower) for token in tokenize(plain) if token.tag == "N")
    short = [part.split() for part in re.split(r"[,；]", note) if len(part.split()) < 3]
    return {word for word in words if lexicon().kind(word)} | {
        part[-1].lower() for part in short if part
    }


def _shares_name(name: str, label: str) -> bool:
    if not is_name(label):
        return False
    known = {word.casefold() for word in label.replace(".", " ").replace("-", " ").split()}
    said = {word.casefold() for word in name.replace(".", " ").replace("-", " ").split()}
    prefixed = {
        one
        for one in known
        for two in said
        if min(len(one), len(two)) > 2 and (one.startswith(two) or two.startswith(one))
    }
    if _are_kin(known, said) or _differ_in_first_name(name, label):
        return False
    common = (known & said | prefixed) - lexicon().words("people.titles") - {"the", "of", "de"}
    return bool(common) and "'s" not in label


_STANDINGS = frozenset(
    [
        "mama",
        "papa",
        "mummy",
        "daddy",
        "mother",
        "father",
        "mr",
        "mrs",
        "ms",
        "miss",
        "uncle",
        "aunt",
        "auntie",
        "king",
        "queen",
        "prince",
        "princess",
        "lord",
        "lady",
        "brother",
        "sister",
        "grandma",
        "grandpa",
        "baby",
    ]
)


def _are_kin(known: set[str], said: set[str]) -> bool:
    """Whether two of one surname differ in what they are: `Mama Bear` and `Papa Bear`."""
    mine, theirs = known & _STANDINGS, said & _STANDINGS
    return bool(mine and theirs) and not mine & theirs


def _differ_in_first_name(name: str, label: str) -> bool:
    """Whether two full names share no more than the last: `Cain Doyle` and `Abe Doyle`."""
    titles = lexicon().words("people.titles")
    full = [
        [word for word in one.casefold().replace(".", " ").split() if word not in titles]
        for one in (name, label)
    ]
    if min(map(len, full)) < 2:
        return False
    (mine, *_), (theirs, *_) = full
    alike = mine.startswith(theirs[:3]) or theirs.startswith(mine[:3])
    return full[0][-1] == full[1][-1] and not alike


def _shares_modifier(mention: Mention, label: str) -> bool:
    words = {word.casefold() for word in label.split()[:-1]}
    return bool(words & {word.casefold() for word in mention.words[:-1]})
