"""Character sheets written without a model: who they are, how they look, what binds them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....models import CharacterProfile, StoryOutline, UserIdea
from .bonds import bonds_of
from .events import Event, events_of
from .looks import Wardrobe, era_of, looks_said
from .names import note_parts
from .outline import keys_of, theme_of, want_of
from .people import Person, people_of
from .phrases import Choice, Slots, agreeing, is_abstract, sentence, vocabulary

_WISH = re.compile(
    r"^(?:最)?(?:想要|想|希望|渴望|梦想是|梦想)|^(?:wants?|wishes|hopes|dreams of|longs)\b"
)


def write_cast(
    idea: UserIdea, outline: StoryOutline | None, notes: Mapping[str, str]
) -> list[CharacterProfile]:
    """A sheet for every entry of `basic_characters`, in order; the same input, the same sheets.

    `notes` says, for an entry, what the person told of that character. The title of `outline`,
    where there is one, colours what is left to chance.
    """
    people = people_of(idea, notes)
    language = people[0].language
    keys = keys_of(idea, language)
    choice = Choice.for_idea(idea, outline.title if outline else "")
    wardrobe = Wardrobe(language, era_of(keys["setting"], keys["genre"]), choice)
    pen = _Pen(
        people,
        events_of(idea, people, language),
        theme_of(idea, language),
        want_of(idea, people[0]),
        choice,
        set(),
    )
    sheets = zip(people, bonds_of(people, choice), strict=True)
    return [_profile(person, bonds, wardrobe, pen) for person, bonds in sheets]


def _profile(
    person: Person, bonds: dict[str, str], wardrobe: Wardrobe, pen: _Pen
) -> CharacterProfile:
    look = wardrobe.look_of(person)
    return CharacterProfile(
        name=person.name,
        role=pen.role(person)[:500],
        appearance=look.text[:5000],
        personality=pen.personality(person),
        backstory=pen.backstory(person),
        motivations=pen.motivations(person),
        relationships=bonds,
        visual_consistency_tags=look.tags,
    )


@dataclass(frozen=True)
class _Pen:
    """Writes the inner side of the characters and remembers what it has used."""

    people: Sequence[Person]
    events: Sequence[Event]
    subject: str
    want: str
    choice: Choice
    used: set[str]

    @property
    def _words(self) -> dict[str, Any]:
        return vocabulary(self.people[0].language)

    @property
    def _zh(self) -> bool:
        return self.people[0].language == "zh"

    def _draw(self, person: Person, name: str, options: Sequence[str]) -> str:
        found = self.choice.fresh((person.name, name), options, self.used)
        self.used.add(found)
        return found

    def _slots(self, person: Person) -> Slots:
        hero = self.people[0].mention
        return person.slots.with_words(t=self.subject, want=self.want, hero=hero)

    def _playable(self, person: Person, habits: Sequence[str]) -> Sequence[str]:
        """The habits someone without hands and clothes can have, where that is needed."""
        if person.kind == "human":
            return habits
        bodily = self._words["lexicon"]["human_only"]
        return [habit for habit in habits if not any(word in habit for word in bodily)]

    def _function(self, person: Person) -> str:
        if person is self.people[0]:
            return "hero"
        if person.opponent:
            return "opponent"
        return "companion" if person in self.people[1:3] else "support"

    def role(self, person: Person) -> str:
        """The part in the story, and the occupation where one is known."""
        part: str = self._words["story"][self._function(person)]
        trade = person.role or (person.name if not person.proper or self._zh else "")
        trade = trade if self._zh else re.sub(r"^(?:an?|the|my|his|her|their|our) ", "", trade)
        if self._zh and not person.role and not _is_role(person.name):
            trade = ""
        if not trade:
            return part
        return f"{part} · {trade}" if self._zh else f"{part}, {trade}"

    def personality(self, person: Person) -> str:
        """Two strengths, a weakness and a habit; what was said comes first."""
        manner, slots = self._words["manner"], self._slots(person)
        one, two = (self._draw(person, n, manner["virtues"]) for n in ("virtue", "second virtue"))
        flaw = self._draw(person, "flaw", manner["flaws"])
        habit = self._draw(person, "habit", self._playable(person, manner["habits"]))
        said = manners_said(person)
        if self._zh:
            lead = f"{'，'.join(said)}，同时{one}" if said else f"{one}而{two}"
            text = f"{lead}，却{flaw}。{{p}}{habit}。"
        else:
            lead = f"{', '.join(said)}, and {one} besides" if said else f"{one} and {two}"
            does = "are" if person.plural else "is"
            text = f"{{They}} {does} {lead}, but {flaw}. {{They}} {habit}."
            text = as_many(text) if person.plural else text
        return slots.fill(text)

    def backstory(self, person: Person) -> str:
        """Where the character comes from, and how the theme and an event got hold of it."""
        story, slots = self._words["story"], self._slots(person)
        human = person.kind in ("human", "ghost")
        origin = "origin" if human else "origin_thing"
        origin += "_young" if human and person.band in ("child", "teen") else ""
        lines = [self._draw(person, "origin", story[origin])]
        if self.subject:
            kind = "theme" if is_abstract(self.subject, person.language) else "theme_concrete"
            lines.append(self._draw(person, "theme", agreeing(story[kind], self.subject)))
        event = self._event_for(person)
        if event.shape in ("clause", "noun") and not event.habit:
            lines.append(self.choice.pick((person.name, "event"), story[f"event_{event.shape}"]))
        names_self = person.mention in event.text
        slots = slots.with_words(c=event.text, x=event.text)
        if rest := things_said(person):
            lines.insert(0, story["note"])
            slots = slots.with_words(note="，".join(rest) if self._zh else "; ".join(rest))
        told: list[str] = []
        for line in lines:
            again = self._zh and (told or (names_self and "{c}" in line))
            named = slots.with_words(n=person.pronouns["p"]) if again else slots
            line = as_many(line) if person.plural and not self._zh else line
            told.append(sentence(named.fill(line)))
        return ("" if self._zh else " ").join(told)

    def _event_for(self, person: Person) -> Event:
        told = [event for event in self.events if not event.habit] or self.events
        named = [event for event in told if person.is_named_in(event.text)]
        place = self.choice.number(person.name, "which event")
        return named[0] if named else told[place % min(3, len(told))]

    def motivations(self, person: Person) -> list[str]:
        """Two or three wishes, the one that was told first."""
        slots, function = self._slots(person), self._function(person)
        pool = self._words["story"][f"drives_{function}"]
        first = [pool[0]] if function == "hero" else [self._draw(person, "first wish", pool)]
        rest = [drive for drive in pool if drive not in first]
        drives = [*first, self._draw(person, "second wish", rest)]
        wishes = [part for part in note_parts(person.note) if _WISH.search(part.casefold())]
        told = [slots.fill(drive) for drive in drives]
        return [sentence(drive) for drive in (*map(_wish, wishes[:1]), *told)][:3]


def _wish(part: str) -> str:
    """想回家 → 回家, wants to go home → to go home."""
    bare = re.sub(r"^(?:最)?(?:想要|想|希望|渴望|梦想是|梦想)", "", part)
    return re.sub(r"^(?:wants|want|wishes|hopes|longs) (?=to\b)", "", bare, flags=re.I) or part


def _is_role(name: str) -> bool:
    """Whether a Chinese entry says what someone is rather than what someone is called."""
    jobs = vocabulary("zh")["job"].values()
    long = len(name) > 3 and not re.fullmatch(r"[A-Za-z .'’-]+", name)
    return any(word in name for job in jobs for word in job["words"]) or long


def as_many(phrase: str) -> str:
    """An English phrase about one character, put so that it is about several."""
    changed = {"is": "are", "was": "were", "has": "have", "does": "do", "goes": "go"}

    def put(match: re.Match[str]) -> str:
        verb = match[2]
        plain = verb[:-1] if verb.endswith("s") and not verb.endswith(("ss", "us")) else verb
        return match[1] + changed.get(verb, plain)

    lead = r"((?:\{They\}|\{n\}|\band|\bbut)(?: never| always| once)? )"
    return re.sub(lead + r"(is|was|has|does|goes|[a-z]+s)\b", put, phrase)


def manners_said(person: Person) -> list[str]:
    """What the note tells of the manner: short words that are neither looks nor trade."""
    looks = set(looks_said(person).values())
    limit = 6 if person.language == "zh" else 24
    return [
        part
        for part in note_parts(person.note)
        if len(part) <= limit and part not in looks and not _is_fact(part, person)
    ][:3]


def things_said(person: Person) -> list[str]:
    """What else the note tells: longer facts for the backstory."""
    looks, manners = set(looks_said(person).values()), set(manners_said(person))
    return [
        part
        for part in note_parts(person.note)
        if part not in looks | manners and not _is_fact(part, person) and len(part) > 3
    ][:3]


def _is_fact(part: str, person: Person) -> bool:
    """Whether it is told elsewhere: as a role, an age, a wish, a tie to someone or a gender."""
    folded = part.casefold()
    trade = {person.role.casefold(), person.name.casefold()}
    bare = re.sub(r"^(?:an?|the) ", "", folded)
    jobs = vocabulary(person.language)["job"].values()
    return (
        bare in trade
        or _WISH.search(folded) is not None
        or re.search(r"\d|岁|years? old|^(?:男|女|male|female)", folded) is not None
        or any(
            folded.endswith(word) and len(bare.split()) < 4 for job in jobs for word in job["words"]
        )
        or any(folded.endswith(word) for word in vocabulary(person.language)["bonds"]["kin"])
    )
