"""What a character looks like, decided from the words about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from ....models import CharacterProfile, UserIdea
from . import words
from .colours import brightness, colour

_LONGEST = 1200
"""How much of a text is read: looks are told early."""
AGES = ("child", "teen", "young", "adult", "middle", "old")
BUILDS = ("slim", "average", "stout")
SKINS = {
    "porcelain": "#f6ddcf", "light": "#f1cdb2", "warm": "#e9bd98", "olive": "#d3a27a",
    "tan": "#bd8458", "brown": "#94603e", "dark": "#65402e",
}  # fmt: skip
HAIRS = ("#1c1a22", "#2c2026", "#4a2f22", "#6b4229", "#8c4a28", "#c8582e", "#e3bd6b")
EYES = ("#4a2f22", "#3b2a20", "#3d6a8c", "#4a7a52", "#6b5a2c", "#52606e")
CLOTH = ("#c8553d", "#2f5d8a", "#3d7a5f", "#8a4f7d", "#d19a3a", "#4a5a78", "#a83f52", "#2f7f86")
FEMALE_HAIR = ("long", "bob", "wavy", "ponytail", "bun", "curly", "braids", "short")
MALE_HAIR = ("short", "side", "messy", "curly", "spiky", "buzz", "side", "short")
CHILD_HAIR = {"female": ("twintails", "bob", "ponytail", "braids"), "male": ("messy", "short")}
CASUAL = ("shirt", "sweater", "tshirt", "jacket", "hoodie", "coat")
FURS = {
    "cat": ("#e0954a", "#5a5560", "#e9dcc6", "#8b8f99", "#2f2c36"),
    "tiger": ("#e6953c", "#d9a45c"),
    "dog": ("#c98d52", "#8a5f3f", "#e8d4b0", "#6d6a70"),
    "fox": ("#d9662b", "#c7742f"), "rabbit": ("#e9e2da", "#b99c84", "#c9c3cc"),
    "bear": ("#8a5a38", "#6b4630", "#a8784e"), "panda": ("#f2eee6",),
    "mouse": ("#9c93a0", "#b58d6a"), "pig": ("#efab9f",), "monkey": ("#7d5138", "#9a6a3e"),
    "deer": ("#b9804e", "#c99a68"), "bird": ("#7d6550", "#3f6ea8", "#c9553d", "#4f8a5a"),
    "frog": ("#6aa84f", "#4f9a6e"), "dragon": ("#3f8a5f", "#a83f3a", "#3d6aa0"),
    "alien": ("#7dbb6a", "#8fa8c9", "#a48fd0"), "ghost": ("#e6f0f4", "#d6e4f2"),
    "monster": ("#6a5aa8", "#4f9a8a", "#b0562f"), "fish": ("#e8853a", "#3f8ac0", "#e0b23a"),
    "tree": ("#4f8a46", "#6f9a3f", "#c98a3a"), "toy": ("#d9a06a", "#c98d6a"),
    "robot": ("#c9d2dc", "#e6ebf0", "#7f94ad", "#d9b15a", "#8fb8b0"),
    "snowman": ("#f2f5f8",), "object": ("#d98a3a", "#c8553d", "#3f7f9a"),
    "creature": ("#b58acb", "#7fb8a0", "#e0a05a"),
}  # fmt: skip


_COMPANY = re.compile(r"\b(?:with|who|whose|of|and|that|from|in)\b|的朋友|带着|养")
_LIKENESS = re.compile(
    r"\b(?:like|as an?|wears?|holding|eyes?)\b|-like|像|般|似的|一样|印|抱|眼|耳|尾"
)
_GIVEN = "龙虎豹鹿羊熊狼鹤狮"
"""Animals that people are named after."""
_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹陆顾成"
)
"""The first letters of most Chinese names of people."""
HAIR_ONLY = ("#e3bd6b", "#c8582e", "#8c4a28")
"""Colours whose words are said of hair alone: blond, ginger, auburn."""
NATURAL_HAIR = {
    "#c8322e": "#b5452a", "#e9bf3a": "#e3bd6b", "#d9a941": "#e3bd6b", "#8a5a3a": "#5a3826",
    "#2b2a33": "#1c1a22", "#f1efe9": "#e8e6e4", "#8d929c": "#a9abb4", "#e3812e": "#c8582e",
}  # fmt: skip
"""What a plain colour word means where it is said of hair."""


@dataclass(frozen=True)
class Traits:
    """Everything that is drawn, each as a short word or a colour."""

    identity: str
    kind: str = "human"
    variant: str = ""
    role: str = ""
    age: str = "adult"
    gender: str = "female"
    build: str = "average"
    skin: str = "#e9bd98"
    hair_style: str = "short"
    hair_colour: str = "#2c2026"
    eye_colour: str = "#4a2f22"
    expression: str = "calm"
    feature: str = ""
    outfit: str = "shirt"
    outfit_colour: str = ""
    hat: str = ""
    hat_colour: str = ""
    wear: tuple[str, ...] = ()
    prop: str = ""
    body_colour: str = ""
    accent: str = "#d98a3a"
    backdrop: str = "abstract"
    backdrop_colour: str = ""
    palette: str = "natural"
    style: str = "clean"
    dim: int = 0
    zoom: int = 0
    tilt: int = 0
    light: int = -1

    def described(self) -> dict[str, str]:
        """The traits as plain text, those that say nothing left out."""
        plain = {
            key: " ".join(value) if isinstance(value, tuple) else str(value)
            for key, value in asdict(self).items()
        }
        return {key: value for key, value in plain.items() if value not in ("", "0")}

    @property
    def scene_accent(self) -> str:
        """The accent of backdrop and plate, which no wish about a scarf changes."""
        return pick(self.identity, "accent", CLOTH)

    def lot(self, purpose: str, count: int) -> int:
        """A number below `count` that is always the same for this character and purpose."""
        return lot(self.identity, purpose, count)


def lot(identity: str, purpose: str, count: int) -> int:
    """A number below `count` drawn by the identity, the same every time."""
    digest = sha256(f"{identity}|{purpose}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:6], "big") % count


def pick(identity: str, purpose: str, options: Sequence[str]) -> str:
    """One of the options, chosen by the identity."""
    return options[lot(identity, purpose, len(options))]


def read_traits(profile: CharacterProfile, idea: UserIdea | None) -> Traits:
    """How a character looks before anybody gave feedback."""
    identity = f"{profile.name}|{profile.role}"
    title = f"{profile.name} , {profile.role}".casefold()
    looks = " , ".join([profile.appearance, *profile.visual_consistency_tags])
    looks = looks[:_LONGEST].casefold()
    text = f"{title} , {looks}"
    manner = profile.personality[:_LONGEST].casefold()
    kind, variant = _kind(profile, looks)
    traits = Traits(identity, kind=kind, variant=variant, role=_role(profile, looks))
    traits = _person(traits, profile, text, looks, manner)
    traits = _dressed(traits, text, looks)
    traits = _coloured(traits, looks if kind == "human" else text)
    return _set_in(traits, idea, text, manner)


def _kind(profile: CharacterProfile, looks: str) -> tuple[str, str]:
    """What the character is, and the word that says so: by role, else by name, else by looks."""
    role, name = profile.role.casefold(), profile.name.casefold()
    if said := _last_kind(role):
        return said
    has_role = bool(words.first("role", role))
    if (said := _last_kind(name)) and _counts_in_name(said, name, has_role):
        return said
    opening = next(iter(words.clauses(looks)), "")
    if (said := _last_kind(opening)) and not _LIKENESS.search(opening):
        return said
    return "human", ""


def _last_kind(text: str) -> tuple[str, str] | None:
    """The kind named last: a robot engineer is human, an engineer robot is not."""
    head = _COMPANY.split(text)[0]
    found = [find for find in words.finds("kind", head) if not find.refused]
    return (found[-1].value, head[found[-1].start : found[-1].end]) if found else None


def _counts_in_name(said: tuple[str, str], name: str, has_role: bool) -> bool:
    """Whether a word in a name tells the kind; people too are called Sparrow and 小龙."""
    kind, word = said
    if kind in ("robot", "alien", "human"):
        return True
    if not word.isascii() and word.strip("小大") not in _GIVEN:
        return True
    return not has_role and name[0] not in _SURNAMES


def _role(profile: CharacterProfile, looks: str) -> str:
    found = words.finds("role", profile.role.casefold())
    if found:
        return found[-1].value
    for text in (profile.name.casefold(), looks):
        if value := words.first("role", text):
            return value
    return words.first("role", profile.backstory.casefold()[:200])


def _gender(profile: CharacterProfile, text: str) -> str:
    said = words.first("gender", text) or words.first(
        "gender", profile.backstory[:_LONGEST].casefold()
    )
    return said or words.first("given_name", profile.name.casefold())


def _age(text: str) -> str:
    if years := re.search(r"(\d{1,3})\s*(?:岁|-?\s*years?|-year-old|yo\b)", text):
        return _age_of(int(years.group(1)))
    if years := re.search(r"([一二三四五六七八九])?(十)([一二三四五六七八九])?\s*(?:多)?岁", text):
        digits = "零一二三四五六七八九"
        tens = digits.index(years.group(1)) if years.group(1) else 1
        return _age_of(tens * 10 + (digits.index(years.group(3)) if years.group(3) else 2))
    if re.search(r"[三四五六七八九]岁", text):
        return "child"
    found = [find.value for find in words.finds("age", text) if not find.refused]
    for value in ("old", "child", "middle"):
        if value in found:
            return value
    return found[0] if found else ""


def _age_of(years: int) -> str:
    limits = ((12, "child"), (18, "teen"), (28, "young"), (42, "adult"), (58, "middle"))
    return next((age for limit, age in limits if years <= limit), "old")


def _person(
    traits: Traits, profile: CharacterProfile, text: str, looks: str, manner: str
) -> Traits:
    who = traits.identity
    gender = _gender(profile, text) or pick(who, "gender", ("female", "male"))
    age = _age(text) or pick(who, "age", ("young", "adult", "adult", "middle"))
    nation = pick(who, "skin", ("warm", "warm", "light", "light", "olive", "tan", "brown"))
    if re.search(r"[一-鿿]", profile.name):
        nation = pick(who, "skin", ("warm", "warm", "light", "warm", "olive"))
    skin = SKINS[words.first("skin", looks) or nation]
    bundle = words.role(traits.role)
    return replace(
        traits,
        gender=gender,
        age=age,
        build=words.first("build", looks) or pick(who, "build", ("slim", "average", "average")),
        skin=skin,
        hair_style=_hair_style(looks, gender, age, who, bundle),
        hair_colour=_hair_colour(looks, age, who, skin, profile.name),
        eye_colour=pick(who, "eyes", EYES),
        expression=words.first("expression", looks)
        or words.first("expression", manner)
        or bundle.get("expression", pick(who, "mood", ("calm", "smile", "serious"))),
        feature=words.first("feature", text),
    )


def _hair_style(looks: str, gender: str, age: str, who: str, bundle: dict[str, str]) -> str:
    said = words.first("hair_style", words.without_colours(looks))
    if said or "hair_style" in bundle:
        return said or bundle["hair_style"]
    if age == "child":
        return pick(who, "hair", CHILD_HAIR[gender])
    if age == "old":
        return pick(
            who, "hair", ("bun", "short", "bob") if gender == "female" else ("side", "bald")
        )
    return pick(who, "hair", FEMALE_HAIR if gender == "female" else MALE_HAIR)


def _hair_colour(looks: str, age: str, who: str, skin: str, name: str) -> str:
    said = words.first("hair_colour", looks)
    if said:
        return said
    if age == "old":
        return pick(who, "grey", ("#e8e6e4", "#c9c9cf", "#a9abb4"))
    dark = brightness(colour(skin)) < 0.62 or bool(re.search(r"[一-鿿]", name))
    return pick(who, "hue", HAIRS[:3] if dark else HAIRS)


def _dressed(traits: Traits, text: str, looks: str) -> Traits:
    bundle = words.role(traits.role)
    hats = words.finds("hat", text)
    hat = next((find.value for find in hats if not find.refused), "")
    refused_hat = any(find.refused for find in hats)
    if hat == "hat":
        hat = bundle.get("hat", "fedora")
    worn = [find.value for find in words.finds("wear", text) if not find.refused]
    refused = {find.value for find in words.finds("wear", text) if find.refused}
    usual = bundle.get("wear", "")
    if usual in ("beard", "moustache") and traits.gender == "female":
        usual = ""
    props = words.finds("prop", looks)
    prop = next((find.value for find in props if not find.refused), bundle.get("prop", ""))
    bare = traits.kind != "human" and traits.role == ""
    outfit = words.first("outfit", text) or bundle.get("outfit", "")
    return replace(
        traits,
        outfit=outfit or ("" if bare else _casual(traits)),
        hat=hat or ("" if refused_hat else bundle.get("hat", "")),
        wear=tuple(dict.fromkeys(w for w in [*worn, usual] if w and w not in refused)),
        prop=prop,
    )


def _casual(traits: Traits) -> str:
    options = CASUAL if traits.age != "child" else ("tshirt", "overalls", "sweater", "hoodie")
    if traits.gender == "female" and traits.age != "old":
        options = (*options, "dress")
    return pick(traits.identity, "outfit", options)


def _coloured(traits: Traits, text: str) -> Traits:
    """Give everything its colour: the one that was said, else one by lot."""
    who = traits.identity
    furs = FURS.get(traits.kind, ("#b58acb",))
    traits = replace(
        traits,
        body_colour=pick(who, "fur", furs) if traits.kind != "human" else "",
        accent=pick(who, "accent", CLOTH),
    )
    coat = ""  # of an animal or a thing: its first colour; what comes later are markings
    for clause in words.clauses(text):
        for target, hue in words.coloured(clause):
            traits = painted(traits, target, hue, said_by_profile=True)
            if target in ("body", "") and traits.kind != "human":
                coat = coat or hue
                traits = replace(traits, body_colour=coat)
    return traits


def painted(traits: Traits, target: str, hue: str, said_by_profile: bool = False) -> Traits:
    """The traits with one thing in another colour; what is not named is the clothes, or the fur."""
    if target == "" and hue in HAIR_ONLY:
        target = "hair"
    if target in ("body", "") and traits.kind != "human":
        return replace(traits, body_colour=hue)
    if target == "" and said_by_profile:
        return traits
    field = {
        "hair": "hair_colour", "eyes": "eye_colour", "skin": "skin", "hat": "hat_colour",
        "accent": "accent", "backdrop": "backdrop_colour",
    }.get(target, "outfit_colour")  # fmt: skip
    if field == "skin" and said_by_profile:
        return traits
    if field == "hat_colour" and not traits.hat:
        field = "accent"
    if field in ("hair_colour", "outfit_colour") and traits.kind != "human" and not traits.outfit:
        field = "body_colour"
    if field == "hair_colour":
        hue = NATURAL_HAIR.get(hue, hue)
    return changed(traits, field, hue)


def changed(traits: Traits, field: str, value: str) -> Traits:
    """The traits with one of them named by its field set anew."""
    change: dict[str, Any] = {field: value}
    return replace(traits, **change)


def _set_in(traits: Traits, idea: UserIdea | None, text: str, manner: str) -> Traits:
    """Where the portrait plays and how it is rendered."""
    genre = idea.genre.casefold() if idea else ""
    theme = idea.theme.casefold() if idea else ""
    mood = (idea.mood or "").casefold() if idea else ""
    style = (idea.visual_style or "").casefold() if idea else ""
    plot = " ".join(idea.plot_points)[:_LONGEST].casefold() if idea else ""
    scenes = (theme, words.role(traits.role).get("backdrop", ""), genre, plot, style, mood, text)
    backdrop = next(
        (
            scene
            for i, source in enumerate(scenes)
            if (scene := source if i == 1 else words.first("backdrop", source))
        ),
        "abstract",
    )
    palette = words.first("palette", mood) or words.first("palette", style)
    palette = palette or words.first("palette", genre) or words.first("palette", manner)
    return replace(
        traits,
        backdrop=backdrop,
        palette=palette or pick(traits.identity, "palette", ("warm", "natural", "epic", "pastel")),
        style=words.first("style", style) or words.first("style", genre) or "clean",
        light=(-1, 1)[lot(traits.identity, "light", 2)],
    )
