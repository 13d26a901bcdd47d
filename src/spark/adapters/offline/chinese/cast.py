"""The cast while one message is read: who is known, who is meant, and what changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ....models import MAX_CHARACTERS, MAX_NAME
from ..reading import Change
from .characters import head_of
from .cues import Mention
from .names import is_full_name, looks_like_name
from .text import fold, words
from .words import cut

_PETS = frozenset(
    [
        "猫",
        "狗",
        "猫咪",
        "小猫",
        "小狗",
        "狗狗",
        "机器狗",
        "机器猫",
        "机器人",
        "鹦鹉",
        "宠物",
        "AI",
        "人工智能",
        "小家伙",
    ]
)


@dataclass
class Person:
    """One member of the cast; `origin` is the entry of the draft they came from."""

    name: str
    heads: set[str] = field(default_factory=set)
    note: str = ""
    origin: str = ""
    gone: bool = False
    called: bool = False
    many: bool = False
    sketched: bool = False

    @property
    def is_named(self) -> bool:
        """Whether they are known by a name rather than by what they are."""
        if self.called:
            return True
        role = cut(self.name[1:]) if len(self.name) > 2 and self.name[0] in "小老大" else []
        if len(role) == 1 and role[0].is_a("role"):
            return False
        if looks_like_name(self.name):
            return True
        pieces = cut(self.name)
        plain = all(word.is_a("noun", "modifier") or word.text == "的" for word in pieces)
        return not plain and "的" not in self.name and not any(word.is_somebody for word in pieces)


class Cast:
    """Members of the draft and of the message, told apart by name, role and back-reference."""

    def __init__(self, names: list[str], told: Mapping[str, str] | None = None) -> None:
        notes = told or {}
        self.people = [
            Person(
                fold(name),
                {head_of(fold(name)), fold(name).rsplit("的", 1)[-1], *_roles(notes.get(name, ""))},
                origin=name,
                sketched=bool(_roles(notes.get(name, ""))),
            )
            for name in names
            if name
        ]
        self.focus: Person | None = None

    @property
    def present(self) -> list[Person]:
        """Everybody who has not been taken out."""
        return [person for person in self.people if not person.gone]

    @property
    def names(self) -> frozenset[str]:
        """What everybody is called."""
        return frozenset(person.name for person in self.present)

    def find(self, phrase: str, head: str = "") -> Person | None:
        """The member a phrase speaks of, the one mentioned last where several fit."""
        if not phrase:
            return None
        for person in reversed(self.present):
            if person.name == phrase:
                return person
        for person in reversed(self.present):
            if self._fits(person, phrase, head):
                return person
        return None

    def _fits(self, person: Person, phrase: str, head: str) -> bool:
        if len(person.name) > 1 and person.name in phrase and person.is_named:
            return True
        if looks_like_name(phrase) and not head:
            return len(phrase) > 1 and phrase in person.name
        said = head or head_of(phrase)
        if said in person.heads or (said and said in person.name and not person.is_named):
            return True
        return any(_same_kind(said, known) for known in person.heads if known)

    def meet(self, mention: Mention, story: bool = False, first: bool = False) -> Person | None:
        """Take in a mention: the member it speaks of, a new member, or nobody.

        `first` marks the subject a story opens with: with a cast of names, a bare role there is
        one of them.
        """
        known = self._known(mention, story)
        if not known and story and self.present and mention.name in words("people", "groups"):
            return None
        if known:
            self._learn(known, mention)
        elif self._is_back_reference(mention, story, first):
            return None
        else:
            heads = {mention.head or head_of(mention.name), mention.name.rsplit("的", 1)[-1]}
            known = Person(mention.name[:MAX_NAME], heads, mention.note, many=mention.many)
            known.called = bool(
                mention.note and mention.head and mention.head != mention.name
            ) and not (mention.name.endswith(mention.head))
            if len(self.present) >= MAX_CHARACTERS:
                return None
            self.people.append(known)
        self.focus = known
        return known

    def _known(self, mention: Mention, story: bool) -> Person | None:
        exact = next((p for p in self.present if p.name == mention.name), None)
        if exact:
            return exact
        if short := self._by_part_of_name(mention.name):
            return short
        named = looks_like_name(mention.name) or (
            mention.note and mention.head and mention.name != mention.head
        )
        if named:
            # A named newcomer may be a member known so far by that very role.
            same = self.find(mention.head) if mention.head else None
            if same and not same.is_named and mention.head in same.heads:
                return same
            return next((p for p in self.present if self._is_announced(p, mention)), None)
        if story and not mention.new and (relative := self._kin(mention)):
            return relative
        if mention.new and not mention.pointed and story is False:
            found = self.find(mention.name, mention.head)
            return found if found and found.name == mention.name else None
        if mention.new and story:
            return next((p for p in self.present if p.name == mention.name), None)
        return self.find(mention.name, mention.head)

    @staticmethod
    def _is_announced(person: Person, mention: Mention) -> bool:
        """Whether a bare 企鹅 is the 企鹅爸爸豆包 now named."""
        said = cut(mention.note or "?")
        return (
            bool(person.origin)
            and not person.is_named
            and len(said) > 1
            and said[0].text == person.name
            and said[0].is_somebody
        )

    def dissolve_groups(self) -> None:
        """A pair or a troop gives way to its members once they are listed."""
        for person in list(self.present):
            kind = cut(person.name or "?")[-1].text
            grouped = person.many or (
                kind in words("people", "groups") and kind == person.name.rsplit("的", 1)[-1]
            )
            if grouped and not person.is_named:
                self._dissolve(person)

    def _dissolve(self, person: Person) -> None:
        after = self.people[self.people.index(person) + 1 :]
        if sum(1 for other in after if not other.origin and other.is_named) > 1:
            self.remove(person)

    def _kin(self, mention: Mention) -> Person | None:
        """The one a bare 爷爷 means: somebody's grandchild was introduced beside them."""
        pairs = [pair.split(":") for pair in words("people", "counterparts")]
        said = {a for a, b in pairs if b == mention.name} | {
            b for a, b in pairs if a == mention.name
        }
        related = [p for p in self.present if said & p.heads]
        named = [p for p in self.present if p.is_named and p not in related]
        plain = [p for p in named if not any(cut(h)[-1].is_a("kin") for h in p.heads if h)]
        return plain[0] if related and plain else None

    def _is_family(self) -> bool:
        """Whether members share the first letter of their names: a bare 弟弟 is one of them."""
        firsts = [p.name[0] for p in self.present if p.is_named and p.origin]
        return len(firsts) > len(set(firsts))

    def _by_part_of_name(self, name: str) -> Person | None:
        """小满 for 贺小满, 多多 for 蒋多多."""
        for person in self.present:
            short, long = sorted((name, person.name), key=len)
            if (
                len(short) == 2
                and len(long) == 3
                and long.endswith(short)
                and is_full_name(long, loosely=True)
            ):
                return person
        return None

    def _learn(self, person: Person, mention: Mention) -> None:
        if mention.note and mention.note not in person.note:
            person.note = f"{person.note}，{mention.note}".strip("，")
        if mention.head:
            person.heads.add(mention.head)
        named = looks_like_name(mention.name) or (mention.note and mention.name != mention.head)
        if not person.is_named and named and mention.name != person.name:
            person.note = person.note or person.name
            person.name, person.called = mention.name, True

    def _is_back_reference(self, mention: Mention, story: bool, first: bool) -> bool:
        """A bare 女孩 or 那个机器人 while somebody is there whose role we cannot know."""
        if not story or (mention.new and not mention.pointed):
            return False
        named = [person for person in self.present if person.is_named]
        if named and not mention.new and mention.name in words("people", "persons"):
            return True
        held = [person for person in named if person.origin]
        if held and not mention.new and (mention.pointed or mention.name in _PETS):
            return True
        opaque = [person for person in held if not person.sketched]
        if not opaque:
            return False
        if first and not mention.new and mention.head == mention.name:
            return True
        if mention.name in words("people", "kin") and (self._is_family() or len(opaque) > 1):
            return True
        pieces = cut(mention.name)
        return (
            mention.pointed
            or mention.name in _PETS
            or (
                len(pieces) == 1
                and (
                    mention.name in words("people", "persons")
                    or mention.name in words("people", "beings")
                )
            )
        )

    def rename(self, person: Person, mention: Mention) -> None:
        """Give a member the name or the role of `mention`."""
        if person.name != mention.name:
            person.note = mention.note or ("" if person.is_named else person.name)
        person.name = mention.name
        if mention.head:
            person.heads = {mention.head, *person.heads}
        self.focus = person

    def remove(self, person: Person) -> None:
        """Take a member out."""
        person.gone = True
        if not person.origin:
            self.people.remove(person)

    def restore(self, person: Person) -> None:
        """Put a member back who was taken out a moment ago."""
        person.gone = False
        if not any(person is other for other in self.people):
            self.people.append(person)

    def changes(self) -> list[Change]:
        """What the message did to the cast."""
        found: list[Change] = []
        for person in self.people:
            if person.gone:
                found.append(Change("characters", "remove", person.origin))
            elif not person.origin:
                found.append(Change("characters", "add", person.name))
            elif fold(person.origin) != person.name:
                found.append(Change("characters", "replace", person.name, old=person.origin))
        return found

    def notes(self) -> dict[str, str]:
        """What the message tells of each member."""
        return {
            (p.origin if p.origin and fold(p.origin) == p.name else p.name): p.note
            for p in self.present
            if p.note and p.note != p.name
        }


def _roles(note: str) -> set[str]:
    """The roles an earlier note gives somebody: 退休警察，话不多."""
    found = set()
    for part in re.split(r"[，,。；;]", fold(note))[:6]:
        word = next((word for word in reversed(cut(part)) if word.is_somebody), None)
        if word and part.endswith(word.text):
            found.add(word.text)
    return found


def _same_kind(said: str, known: str) -> bool:
    """小狗 and 狗, 警察 and 女警察: one head within the other."""
    short, long = sorted((said, known), key=len)
    return (
        bool(short)
        and long.endswith(short)
        and long != short
        and (len(short) > 1 or short in "猫狗狼熊鸟鱼马牛羊猪龙鬼神蛇鹿虎兔狐")
    )
