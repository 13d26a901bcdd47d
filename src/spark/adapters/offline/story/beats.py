"""What is told around the events of a story, until it is as long as its film."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .people import Person
from .phrases import vocabulary
from .scenes import TALKERS, Material, Scene, is_on_stage, light, named, size, size_of

_CROWD = re.compile(r"(?<![{\w])(?:they|them|their|everyone|others|those)\b|他们|各人|有些人|大家")


class _Pools:
    """The phrases not told yet, by what they are for."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.last = ""
        self.turn = 0
        self.company = _company(material)
        self.decks = {
            (section, name): material.choice.shuffled(
                (section, name), material.phrases(section, name)
            )
            for section, name in (
                ("setting", "texture"),
                ("mood", "react"),
                ("genre", "turn"),
                *(("general", stage) for stage in ("early", "middle", "late", "after")),
                ("thing", "told"),
            )
        }
        for kind, entry in vocabulary(material.language)["happening"].items():
            self.decks["happening", kind] = material.choice.shuffled(kind, entry["told"])

    def about(self, scene: Scene, place: int, room: float) -> str:
        """A phrase that only fits the event of this scene."""
        event = scene.event
        if not event:
            return ""
        kind = event.happening
        if kind and (text := self.draw("happening", kind, place, room, actor=event.actor)):
            told = vocabulary(self.material.language)["happening"][kind]["told"]
            scene.ranks[len(scene.beats)] = told.index(self.last)
            return text
        thing = event.thing if len(scene.beats) > 2 else ""
        return self.draw("thing", "told", place, room, thing) if thing else ""

    def draw(
        self, section: str, name: str, place: int, room: float, thing: str = "", actor: int = 0
    ) -> str:
        """A filled phrase of one kind that fits into `room`, or nothing."""
        deck = self.decks[section, name]
        for phrase in list(deck):
            text = self._filled(phrase, place, thing, actor)
            if text is None:
                continue
            if size_of(text, self.material.language) > room:
                continue
            deck.remove(phrase)
            self.last = phrase
            return text
        return ""

    def _filled(self, phrase: str, place: int, thing: str, actor: int) -> str | None:
        """The phrase with its people, or None where nobody at hand could play it."""
        material, hero = self.material, self.material.people[actor]
        if not _suits(phrase, hero, material):
            return None
        if place - 1 >= material.death and is_on_stage(phrase):
            return None
        slots = (hero.slots if actor else material.slots).with_words(k=thing)
        if "{b" not in phrase:
            return slots.fill(phrase)
        friends = [
            friend for friend, scenes in self.company if place in scenes and friend is not hero
        ]
        if not friends:
            return None
        self.turn += 1
        friend = friends[self.turn % len(friends)]
        return named(slots, friend.mention, friend.plural).fill(phrase)


def _suits(phrase: str, hero: Person, material: Material) -> bool:
    alone = len(material.people) == 1 and not hero.plural
    if alone and _CROWD.search(phrase):
        return False
    if hero.kind == "human" or ("{a" not in phrase and "{p}" not in phrase):
        return True
    bodily = vocabulary(material.language)["lexicon"]["human_only"]
    return not any(word in phrase for word in bodily)


def _company(material: Material) -> list[tuple[Person, range]]:
    """Who may stand by the hero, and in which scenes: once met, and as long as alive."""
    talks = material.keys["genre"] in ("children", "fantasy")
    texts = [event.text for event in material.events]
    said = " | ".join([material.subject, *texts]).casefold()
    company = []
    for person in material.people[1:]:
        if person.opponent or person.plural or person.kind in ("alien", "monster"):
            continue
        if not (talks or person.kind in TALKERS) or len(person.mention) > 30:
            continue
        told = [place for place, text in enumerate(texts) if person.is_named_in(text)]
        met = len(texts) - 1 if _is_sought(person, said) else told[0] if told else -1
        deaths = (place for place in told if material.events[place].happening == "death")
        company.append((person, range(met + 1, next(deaths, len(texts) + 9) + 1)))
    return company


def _is_sought(person: Person, said: str) -> bool:
    """Whether the story looks for this character, who then cannot be at anyone's side."""
    sought = (
        r"(?:missing|lost|kidnap(?:s|ped)|catches|captures|find|search for|looking for|rescue"
        r"|失踪|寻找|救出|救回|抓走了?|掳走了?|绑架了?)"
    )
    return re.search(rf"{sought}[\w ]{{0,12}}{re.escape(person.key)}", said) is not None


_RHYTHM = {
    "early": (("general", "early"), ("setting", "texture"), ("general", "early")),
    "middle": (("genre", "turn"), ("mood", "react"), ("general", "middle"), ("setting", "texture")),
    "late": (("mood", "react"), ("genre", "turn"), ("general", "late"), ("setting", "texture")),
    "after": (("general", "after"),),
}
_SPARE = (("general", "middle"), ("genre", "turn"), ("mood", "react"), ("general", "late"))


def embellish(scenes: Sequence[Scene], material: Material) -> None:
    """Tell more, a little in every scene at a time, until the story is as long as the film."""
    room = material.target - size(scenes, material)
    room = _add_firsts(scenes, material, room)
    pools = _Pools(material)
    for round_ in range(80):
        added = 0
        for place, scene in enumerate(scenes):
            if room < material.target * 0.03:
                return
            if scene.stage in ("after", "early") and round_ % 2:
                continue
            text, before = _beat(pools, scene, place, round_, room)
            if text:
                (scene.before if before else scene.beats).append(text)
                length = size_of(text, material.language)
                room, added = room - length, added + length
        if not added:
            return


def _beat(pools: _Pools, scene: Scene, place: int, round_: int, room: float) -> tuple[str, bool]:
    rhythm = _RHYTHM[scene.stage]
    met = place - 1 if scene.stage != "after" else len(pools.material.events)
    if round_ % 2 == 0 and (text := pools.about(scene, met + 1, room * 1.15)):
        return text, False
    wanted = rhythm[(round_ // 2 + place) % len(rhythm)]
    spare = _SPARE if scene.stage in ("middle", "late") and round_ > 1 else ()
    for section, name in (wanted, *rhythm, *spare):
        if name == "texture" and scene.before:
            continue
        text = pools.draw(section, name, met + 1, room * 1.15)
        if text:
            return text, name == "texture" and place % 2 == 1 and bool(scene.event)
    return "", False


def _add_firsts(scenes: Sequence[Scene], material: Material, room: float) -> float:
    """What makes it this story, as far as there is room: light, climax, wish, theme, an end."""
    opening, last, after = scenes[0], scenes[-2], scenes[-1]
    wanted: list[tuple[list[str], int, str]] = []
    if material.keys.get("style"):
        wanted.append((opening.core, 1, light(material, opening.core[0])))
    if climax := _climax(material):
        wanted.append((last.core, 0, material.slots.fill(climax)))
    wanted.append((opening.core, len(opening.core) + 9, material.one("general", "wish")))
    if material.subject:
        name = "theme_concrete" if material.theme_kind == "_concrete" else "theme"
        wanted.append((opening.core, len(opening.core) + 9, material.one("general", name)))
    wanted.append((after.core, 0, material.last("mood", "close")))
    for lines, place, text in wanted:
        length = size_of(text, material.language)
        if length <= room * 0.9:
            lines.insert(place, text)
            room -= length
    return room


def _climax(material: Material) -> str:
    """The turn before the last event, one the hero is alive and built for."""
    hero, phrases = material.people[0], material.phrases("genre", "climax")
    fits = [phrase for phrase in phrases if _suits(phrase, hero, material)]
    if material.death < len(material.events) - 1:
        fits = [phrase for phrase in fits if not is_on_stage(phrase)]
    return material.choice.pick("climax", fits) if fits else ""
