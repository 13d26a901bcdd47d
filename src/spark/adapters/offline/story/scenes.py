"""The scenes of a story: what has to be told, as amply as the length of the film allows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import cycle

from ....models import Language
from .events import Event
from .people import Person
from .phrases import Choice, Slots, agreeing, is_abstract, listed, sentence, vocabulary

_PACE: dict[Language, float] = {"zh": 4.0, "en": 2.4}
_DIES = (
    r"牺牲|死去|死了|去世|病逝|\bdies?\b|\bis killed\b|"
    r"\bsacrifices? (?:himself|herself|itself|themselves)"
)
_STOP = re.compile(r"[。！？!?]|\.[”\"’]")
TALKERS = ("human", "robot", "ghost")


def is_on_stage(phrase: str) -> bool:
    """Whether a phrase shows the hero."""
    return re.search(r"\{(?:a|p|l|they|them|their)\b", phrase) is not None


def size_of(text: str, language: Language) -> int:
    """How long a text is to read aloud: characters in Chinese, words in English."""
    return len("".join(text.split())) if language == "zh" else len(text.split())


@dataclass
class Scene:
    """A part of the story: what it must tell, and what is told around that."""

    stage: str
    core: list[str]
    event: Event | None = None
    before: list[str] = field(default_factory=list)
    beats: list[str] = field(default_factory=list)
    ranks: dict[int, int] = field(default_factory=dict)
    """Of the beats about the event itself: where they stand, and which of them comes first."""

    def settle(self) -> None:
        """Put the beats about the event into the order they happen in."""
        places = sorted(self.ranks)
        texts = [self.beats[place] for place in sorted(places, key=lambda p: self.ranks[p])]
        for place, text in zip(places, texts, strict=True):
            self.beats[place] = text

    @property
    def sentences(self) -> list[str]:
        """All of the scene in order."""
        return self.before + self.core + self.beats


@dataclass(frozen=True)
class Material:
    """All a narrative is made from."""

    people: Sequence[Person]
    events: Sequence[Event]
    slots: Slots
    choice: Choice
    keys: dict[str, str]
    """Which genre, setting, mood and style the phrases are taken from."""
    seconds: int
    subject: str

    @property
    def language(self) -> Language:
        """The language the story is told in."""
        return self.people[0].language

    @property
    def theme_kind(self) -> str:
        """Which of the sentences about a theme fit this one."""
        return "_theme" if is_abstract(self.subject, self.language) else "_concrete"

    @property
    def target(self) -> float:
        """How long the narrative should be."""
        return self.seconds * _PACE[self.language] * 1.02

    def phrases(self, section: str, name: str) -> list[str]:
        """The phrases `name` of the story's genre, setting, mood or style; or the general ones."""
        words = vocabulary(self.language)
        key = self.keys.get(section)
        table = words[section][key] if key else words[section]
        return list(agreeing(table.get(name, []), self.subject))

    def one(self, section: str, name: str) -> str:
        """One filled phrase."""
        return self.slots.fill(self.choice.pick((section, name), self.phrases(section, name)))

    @cached_property
    def death(self) -> int:
        """The place of the event in which the hero dies, or one past the last event."""
        hero = re.escape(self.people[0].mention)
        dies = re.compile(rf"^{hero}.*(?:{_DIES})")
        places = (n for n, event in enumerate(self.events) if dies.search(event.text))
        return next(places, len(self.events))

    def last(self, section: str, name: str) -> str:
        """One filled phrase for the end; without the hero where the hero is dead by then."""
        phrases = self.phrases(section, name)
        if self.death < len(self.events):
            phrases = [phrase for phrase in phrases if not is_on_stage(phrase)]
        return self.slots.fill(self.choice.pick((section, name), phrases)) if phrases else ""


def frame(material: Material) -> list[Scene]:
    """The scenes with what has to be told, as amply as the length allows."""
    for build in (_ample, _lean, _bare):
        scenes = build(material)
        if size(scenes, material) <= material.target * 1.04:
            return scenes
    return scenes


def size(scenes: Sequence[Scene], material: Material) -> int:
    """How long the scenes are together."""
    return sum(size_of(text, material.language) for scene in scenes for text in scene.sentences)


def _opening(material: Material) -> str:
    """The first image, at an hour that does not contradict the first event."""
    first = material.events[0].text.casefold()
    options = material.phrases("setting", "opening")
    for here, not_there in (("day", "night"), ("night", "day")):
        if _hour(first, here, material):
            options = [text for text in options if not _hour(text, not_there, material)] or options
    return material.choice.pick("opening", options)


def light(material: Material, opening: str) -> str:
    """The light of the visual style, at the hour of the opening."""
    options = material.phrases("style", "light")
    if _hour(opening, "night", material):
        options = [text for text in options if not _hour(text, "day", material)] or options
    return material.choice.pick("light", options)


def _hour(text: str, hour: str, material: Material) -> bool:
    return any(word in text for word in vocabulary(material.language)["lexicon"][hour])


def _ample(material: Material) -> list[Scene]:
    """Every event in a sentence of its own."""
    told = list(_event_sentences(material))
    pairs = list(zip(told, material.events, strict=True))
    body = [Scene("middle", [text], event) for text, event in pairs]
    last = body.pop() if len(body) > 1 else Scene("late", [])
    for scene in (*body[len(body) * 2 // 3 + 1 :], last):
        scene.stage = "late"
    opening = Scene("early", [_opening(material), *_introductions(material)])
    return [opening, *body, last, Scene("after", [_ending(material)])]


def _lean(material: Material) -> list[Scene]:
    """Introductions, then the events run together, then an ending."""
    opening = Scene("early", [_opening(material), *_introductions(material)])
    return [
        opening,
        *_run_together(material),
        Scene("after", [material.last("general", "terse_end")]),
    ]


def _bare(material: Material) -> list[Scene]:
    """The least that is still a story."""
    opening = Scene("early", _introductions(material, brief=True))
    return [
        opening,
        *_run_together(material),
        Scene("after", [material.last("general", "terse_end")]),
    ]


def _introductions(material: Material, brief: bool = False) -> list[str]:
    """The hero and everyone the events do not name."""
    told = " ".join(event.text for event in material.events).casefold()
    rest = [person for person in material.people[1:] if not _is_in(person, told)]
    friends = [person for person in rest if not person.opponent]
    foes = [person for person in rest if person.opponent]
    lines = [_hero(material)]
    if friends and not brief and _can_stand_by(friends[0]):
        lines.append(_about(friends.pop(0), "companion", material))
    if brief:
        friends, foes = [*friends, *foes], []
    if friends:
        lines.append(_about_all(friends, material))
    if foes and len(foes) == 1:
        lines.append(_about(foes[0], "opponent", material))
    elif foes:
        slots = named(
            material.slots, listed([p.first_mention for p in foes], material.language), True
        )
        lines.append(
            slots.fill(material.choice.pick("opponent", material.phrases("general", "opponent")))
        )
    return lines


def _is_in(person: Person, told: str) -> bool:
    """Whether the events name a character as fully as a first mention has to."""
    if not any(letter.isalnum() for letter in person.key):
        return False
    called = person.proper and person.language == "en" and person.is_named_in(told)
    return person.key in told or called


def _hero(material: Material) -> str:
    """The hero's entrance, one that this hero has the body for."""
    hero, phrases = material.people[0], material.phrases("general", "intro")
    if hero.kind != "human":
        bodily = vocabulary(material.language)["lexicon"]["human_only"]
        phrases = [text for text in phrases if not any(word in text for word in bodily)]
    return material.slots.fill(material.choice.pick(("general", "intro"), phrases))


def _can_stand_by(person: Person) -> bool:
    return person.kind in TALKERS and len(person.first_mention) <= 40


def named(slots: Slots, name: str, plural: bool) -> Slots:
    """The slots with a companion in them."""
    many = slots.many | {"b"} if plural else slots.many - {"b"}
    return Slots({**slots.words, "b": name}, many)


def _about(person: Person, name: str, material: Material) -> str:
    slots = named(material.slots, person.first_mention, person.plural)
    return slots.fill(material.choice.pick(name, material.phrases("general", name)))


def _about_all(friends: Sequence[Person], material: Material) -> str:
    names = listed([person.first_mention.rstrip(",") for person in friends], material.language)
    single = material.language == "en" and len(friends) == 1 and not friends[0].plural
    options = material.phrases("general", "other" if single else "others")
    return material.slots.with_words(names=names).fill(material.choice.pick("others", options))


def _event_sentences(material: Material) -> Iterator[str]:
    """Each event in a sentence, no two neighbours alike."""
    decks = {
        name: cycle(material.choice.shuffled(name, options))
        for name, options in vocabulary(material.language)["frames"].items()
        if isinstance(options, list)
    }
    many = len(material.events)
    for place, event in enumerate(material.events):
        if event.shape == "whole":
            yield event.sentence
            continue
        where = "_first" if not place else "_last" if place == many - 1 else ""
        where = "_habit" if event.habit and event.shape == "clause" else where
        deck = decks["foreign" if event.shape == "foreign" else event.shape + where]
        yield material.slots.with_words(c=event.text, x=event.text).fill(next(deck))


def _run_together(material: Material) -> list[Scene]:
    """The events as few long sentences; one that is a sentence of its own stays one."""
    frames = vocabulary(material.language)["frames"]
    links = cycle(frames["terse"])
    many = len(material.events)
    told: list[str | None] = []
    for place, text in enumerate(_terse_texts(material)):
        whole = material.events[place].shape == "whole" and _STOP.search(text)
        link = "{c}" if many > 6 and 0 < place < many - 1 else next(links)
        link = frames["terse_first"] if not place else link
        link = frames["terse_last"] if 0 < place == many - 1 else link
        told += [None, text, None] if whole else [link.replace("{c}", text)]
    if many == 1 and told[0]:
        first = frames["clause_first"][3]
        told = [
            material.slots.with_words(c=told[0].replace(frames["terse_first"][:-3], "", 1)).fill(
                first
            )[:-1]
        ]
    return [Scene("middle", [_runs(told, material.language)])]


def _runs(told: Sequence[str | None], language: Language) -> str:
    """Clauses joined four at a time, up to each break."""
    comma, stop, gap = ("，", "。", "") if language == "zh" else (", ", ".", " ")
    sentences: list[str] = []
    held: list[str] = []
    for text in (*told, None):
        if held and (text is None or len(held) == 4):
            closed = _STOP.search(held[-1]) is not None
            sentences.append(sentence(comma.join(held)) + ("" if closed else stop))
            held = []
        if text is not None:
            held.append(text)
    return gap.join(sentences)


def _terse_texts(material: Material) -> list[str]:
    """The events in few words: in Chinese the hero is named at the head of a run and then not."""
    texts = [_terse(event) for event in material.events]
    hero = material.people[0].mention
    if material.language == "en" or not hero:
        return texts
    led = [text.startswith(hero) and not text.startswith(f"{hero}与") for text in texts]
    return [
        text.removeprefix(hero) if place % 4 and led[place] and led[place - 1] else text
        for place, text in enumerate(texts)
    ]


def _terse(event: Event) -> str:
    if event.shape == "foreign":
        return f"“{event.text}”"
    return event.sentence if _STOP.search(event.sentence[:-1]) else event.text.rstrip("。.")


def _ending(material: Material) -> str:
    about_theme = f"ending{material.theme_kind}"
    told = material.last("general", about_theme) if material.subject else ""
    return told or material.last("general", "ending")
