"""What people ask to have changed in a portrait, and what it does to the traits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from . import words
from .colours import colour, darker, lighter, written
from .traits import (
    AGES,
    BUILDS,
    CASUAL,
    CLOTH,
    FEMALE_HAIR,
    FURS,
    HAIRS,
    MALE_HAIR,
    SKINS,
    Traits,
    changed,
    lot,
    painted,
    pick,
)

_LONGEST = 600
"""How much of one piece of feedback is read."""
SCENES = ("sunset", "forest", "night", "city", "sea", "mountains", "field", "abstract")

_BECOMES = re.compile(
    r"\b(?:make|turn|into|become|as an?|should be)\b|变成|改成|换成|应该是|变为|改为"
)
_PLACED = re.compile(r"\b(?:in|at|on|background|scene|backdrop|set|by|under)\b|背景|放|场景|在|到")
_TOO = re.compile(r"(?:\btoo(?: much)?|太|过于)\s*$")
_EMPTY_HANDED = re.compile(
    r"empty[- ]hand|no (?:props?|weapons?)|nothing in|remove the (?:prop|weapon)"
    r"|空手|不拿东西|手里不要|(?:去掉|不要|拿掉)(?:道具|武器|手里的东西)"
)
_ANOTHER = re.compile(r"\b(?:different|another|change|new|other)\b|换|另|改")
_EXCHANGED = (
    (re.compile(r"background|scene|背景|场景"), "backdrop", SCENES),
    (re.compile(r"hair ?(?:style|cut)?|发型|头发"), "hair_style", (*FEMALE_HAIR, *MALE_HAIR)),
    (re.compile(r"outfit|cloth|dress|costume|衣服|服装|穿着"), "outfit", CASUAL),
    (re.compile(r"colou?r|颜色|配色"), "outfit_colour", CLOTH),
    (re.compile(r"expression|face|表情"), "expression", ("smile", "serious", "calm", "sly")),
)
_VERY = re.compile(r"\b(?:much|a lot|far|way)\b|得多|很多|许多|不少|非常")
_MOOD = re.compile(
    r"\b(?:mood|palette|tones?|colou?rs|atmosphere|feel)\b|色调|氛围|画面|气氛|整体|调子|一点|一些"
)
_MOOD_NOUN = re.compile(r"\b(?:mood|palette|tones?|atmosphere|background)\b|色调|氛围|背景|气氛")
_STYLED = re.compile(r"\b(?:style|look|render|drawn?|as)\b|风|画|风格|效果")
_SHORT = {"long": "bob", "wavy": "bob", "bob": "short", "ponytail": "short", "twintails": "bob"}
_LONG = {"buzz": "short", "bald": "buzz", "short": "bob", "bob": "long", "side": "messy"}


def heed(traits: Traits, feedback: Sequence[str]) -> Traits:
    """The traits after all feedback, oldest first; each piece changes something visible."""
    for number, wish in enumerate(feedback):
        heeded = traits
        for clause in words.clauses(wish[:_LONGEST]):
            heeded = _heed_clause(heeded, clause)
        if heeded == traits:
            heeded = _another(traits, wish.casefold()[:_LONGEST], number)
        traits = heeded if heeded != traits else _varied(traits, wish, number)
    return traits


def _another(traits: Traits, wish: str, number: int) -> Traits:
    """Something else of its kind, where "another background" says no more than that."""
    if not _ANOTHER.search(wish):
        return traits
    for noun, field, options in _EXCHANGED:
        if noun.search(wish):
            others = [option for option in options if option != getattr(traits, field)]
            return changed(traits, field, pick(f"{traits.identity}|{number}", field, others))
    return traits


def _heed_clause(traits: Traits, clause: str) -> Traits:
    compared = _compared(traits, clause)
    kept = clause if compared == traits else _without_wishes(clause)
    traits = _became(compared, kept)
    traits = _dressed(traits, kept)
    traits = _haired(traits, kept)
    for target, value in words.coloured(kept):
        traits = painted(traits, target, value)
    return _set(traits, kept)


def _without_wishes(clause: str) -> str:
    for find in reversed(words.finds("wish", clause)):
        clause = clause[: find.start] + " " + clause[find.end :]
    return clause


def _varied(traits: Traits, wish: str, number: int) -> Traits:
    """A modest change for words nobody knows: another tilt, crop and light."""
    tilt = (-5, -3, 3, 5)[lot(f"{wish}|{number}", "tilt", 4)]
    return replace(
        traits,
        tilt=tilt if tilt != traits.tilt else -tilt,
        zoom=(traits.zoom + 2) % 3 - 1,
        light=traits.light if lot(wish, "light", 2) else -traits.light,
    )


def _step(scale: Sequence[str], value: str, by: int) -> str:
    place = scale.index(value) if value in scale else len(scale) // 2
    return scale[max(0, min(len(scale) - 1, place + by))]


def _compared(traits: Traits, clause: str) -> Traits:
    """Comparatives: younger, darker, closer …"""
    for find in words.finds("wish", clause):
        way = -1 if find.refused or _TOO.search(clause[: find.start]) else 1
        far = 2 if _VERY.search(clause) else 1
        match find.value:
            case "younger":
                traits = _aged(traits, -far * way)
            case "older":
                traits = _aged(traits, far * way)
            case "fatter":
                traits = replace(traits, build=_step(BUILDS, traits.build, way * far))
            case "thinner":
                traits = replace(traits, build=_step(BUILDS, traits.build, -way * far))
            case "stronger":
                traits = replace(traits, build="strong" if way > 0 else "average")
            case "darker":
                traits = _toned(traits, words.nearest_target(clause, find), way)
            case "brighter":
                traits = _toned(traits, words.nearest_target(clause, find), -way)
            case "closer":
                traits = replace(traits, zoom=min(2, traits.zoom + 1))
            case "farther":
                traits = replace(traits, zoom=max(-2, traits.zoom - 1))
            case "left" | "right":
                traits = replace(traits, tilt=-5 if find.value == "left" else 5)
            case "longer_hair":
                traits = replace(traits, hair_style=_LONG.get(traits.hair_style, "long"))
            case "shorter_hair":
                traits = replace(traits, hair_style=_SHORT.get(traits.hair_style, "short"))
    return traits


def _aged(traits: Traits, steps: int) -> Traits:
    age = _step(AGES, traits.age, steps)
    hair = traits.hair_colour
    if age == "old" and traits.age != "old" and hair in HAIRS:
        hair = "#c9c9cf"
    if traits.age == "old" and age != "old" and hair in ("#e8e6e4", "#c9c9cf", "#a9abb4"):
        hair = HAIRS[lot(traits.identity, "youth", 3)]
    return replace(traits, age=age, hair_colour=hair)


def _toned(traits: Traits, target: str, way: int) -> Traits:
    """Darker (1) or brighter (-1)."""
    shift = darker if way > 0 else lighter
    field = {
        "hair": "hair_colour", "eyes": "eye_colour", "hat": "hat_colour", "accent": "accent",
        "body": "body_colour", "clothes": "outfit_colour",
    }.get(target)  # fmt: skip
    if target == "skin":
        tones = tuple(SKINS.values())
        return replace(traits, skin=_step(tones, traits.skin, way))
    if field is None:
        return replace(traits, dim=max(-2, min(3, traits.dim + way)))
    present = getattr(traits, field) or "#7a6a6a"
    return changed(traits, field, written(shift(colour(present), 0.35)))


def _became(traits: Traits, clause: str) -> Traits:
    """Who the character is: kind, role, gender, age, build."""
    changes: dict[str, Any] = {}
    turning = _BECOMES.search(clause)
    if turning:
        said = clause[turning.end() :]
        kinds = [f.value for f in words.finds("kind", said) if f.value != "object"]
        if kinds and kinds[-1] != traits.kind:
            changes["kind"] = kinds[-1]
            changes["body_colour"] = FURS.get(kinds[-1], ("",))[0]
        changes |= {
            key: value
            for key, value in words.role(words.first("role", said)).items()
            if key != "wear"
        }
        if changes.get("backdrop"):
            changes.pop("backdrop")
        if gender := words.first("gender", said):
            changes["gender"] = gender
    for table in ("age", "build", "skin", "feature"):
        if value := words.first(table, clause):
            changes[table] = SKINS[value] if table == "skin" else value
    faces = words.finds("expression", clause)
    if faces and not _MOOD_NOUN.search(clause):
        last = faces[-1]
        opposite = "serious" if last.value in ("smile", "grin") else "smile"
        changes["expression"] = opposite if last.refused else last.value
    return replace(traits, **changes) if changes else traits


def _dressed(traits: Traits, clause: str) -> Traits:
    """Clothes, hats, what is worn and what is held."""
    if outfit := words.first("outfit", clause):
        if outfit != "coat" or not traits.outfit or "coat" in clause or "外套" not in clause:
            traits = replace(traits, outfit=outfit)
        elif traits.outfit not in ("coat", "trench", "jacket", "lab"):
            traits = replace(traits, outfit="coat")
    for find in words.finds("hat", clause):
        hat = find.value if find.value != "hat" else traits.hat or "fedora"
        traits = replace(traits, hat="" if find.refused else hat)
    for find in words.finds("wear", clause):
        kept = tuple(worn for worn in traits.wear if worn != find.value)
        traits = replace(traits, wear=kept if find.refused else (*kept, find.value))
    for find in words.finds("prop", clause):
        if not find.refused:
            traits = replace(traits, prop=find.value)
        elif traits.prop == find.value:
            traits = replace(traits, prop="")
    if _EMPTY_HANDED.search(clause):
        traits = replace(traits, prop="")
    return traits


def _haired(traits: Traits, clause: str) -> Traits:
    if style := words.first("hair_style", words.without_colours(clause)):
        traits = replace(traits, hair_style=style)
    if hue := words.first("hair_colour", clause):
        traits = replace(traits, hair_colour=hue)
    return traits


def _set(traits: Traits, clause: str) -> Traits:
    """Backdrop, palette and rendering."""
    changes: dict[str, Any] = {}
    scene = words.first("backdrop", clause)
    if not scene and re.search("背景|场景", clause):
        scene = words.first("near", clause)
    if scene and _PLACED.search(clause):
        changes["backdrop"] = scene
        changes["backdrop_colour"] = ""
    if (palette := words.first("palette", clause)) and _MOOD.search(clause):
        changes["palette"] = palette
    if (style := words.first("style", clause)) and _STYLED.search(clause):
        changes["style"] = style
    if re.search(r"\bwarmer\b|暖一点|暖色", clause):
        changes["palette"] = "warm"
    if re.search(r"\bcooler\b|\bcolder\b|冷一点|冷色", clause):
        changes["palette"] = "cold"
    return replace(traits, **changes) if changes else traits
