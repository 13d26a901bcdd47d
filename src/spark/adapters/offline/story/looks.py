"""What the characters look like, in words one can draw from, no two of a cast alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ....models import Language
from .names import note_parts
from .people import Person
from .phrases import Choice, holds, sentence, vocabulary

_NAMED_KINDS = ("beast", "bird", "scaled", "sea", "object", "monster")
_OLD_WORLDS = {"ancient": "ancient", "realm": "fantasy", "war": "war"}
_LOOKS = {
    "hair": (
        "发",
        "辫",
        "光头",
        "秃",
        "马尾",
        "刘海",
        "hair",
        "bald",
        "braid",
        "ponytail",
        "curls",
    ),
    "mark": ("疤", "痣", "纹身", "雀斑", "胎记", "scar", "mole", "tattoo", "freckle", "birthmark"),
    "wear": (
        "穿",
        "衣",
        "裙",
        "帽",
        "袍",
        "外套",
        "制服",
        "披风",
        "围巾",
        "wears",
        "wearing",
        "dress",
        "coat",
        "jacket",
        "hat",
        "suit",
        "uniform",
        "scarf",
        "cloak",
        "hoodie",
    ),
    "eyes": ("眼", "目光", "瞳", "eye", "glasses", "blind", "失明"),
    "build": (
        "高",
        "矮",
        "瘦",
        "胖",
        "壮",
        "魁梧",
        "tall",
        "short",
        "thin",
        "slim",
        "stocky",
        "plump",
        "skinny",
        "muscular",
    ),
    "prop": ("拿着", "带着", "抱着", "拄着", "carries", "carrying", "holding"),
}


@dataclass(frozen=True)
class Look:
    """An appearance, and the short tags that keep it the same from picture to picture."""

    text: str
    tags: list[str]


@dataclass
class Wardrobe:
    """Draws looks for one cast and remembers what is taken."""

    language: Language
    era: str
    choice: Choice
    taken: set[str] = field(default_factory=set)

    def look_of(self, person: Person) -> Look:
        """The look of one character; what was said of it comes first."""
        if person.kind != "human":
            return self._being(person)
        return self._crowd(person) if person.plural else self._human(person)

    def _draw(self, person: Person, name: str, options: Sequence[str]) -> str:
        found = self.choice.fresh((person.name, name), options, self.taken)
        self.taken.add(found)
        return found

    @property
    def _words(self) -> dict[str, Any]:
        return vocabulary(self.language)

    def _garment(self, person: Person) -> tuple[str, str]:
        """What the character wears: the garment itself, and a detail of it."""
        job = job_of(person)
        if job:
            return _parted(self._draw(person, "wear", job["wear"]))
        looks = self._words["looks"]
        era = "child" if person.band == "child" and self.era == "modern" else self.era
        shape = self._draw(person, "wear", looks[f"wear_{era}"])
        colour = self._draw(person, "colour", looks["colours"])
        return _parted(shape.replace("{c}", colour))

    def _human(self, person: Person) -> Look:
        said = looks_said(person)
        looks, slots = self._words["looks"], person.slots
        age = person.band if person.band in ("child", "old") else ""
        build = said.get("build") or slots.fill(
            self._draw(person, "build", looks[f"build_{age}" if age else "build"])
        )
        hair = said.get("hair") or self._draw(person, "hair", looks[_hair(person, self.era)])
        eyes = said.get("eyes") or self._blind(person) or self._draw(person, "eyes", looks["eyes"])
        mark = said.get("mark") or self._draw(person, "mark", looks["mark"])
        wear, detail = (said["wear"], "") if "wear" in said else self._garment(person)
        prop = said.get("prop") or self._prop(person)
        parts = {
            "build": build,
            "hair": hair,
            "eyes": eyes,
            "mark": mark,
            "wear": wear,
            "detail": detail,
            "prop": prop,
        }
        text = _human_zh if self.language == "zh" else _human_en
        bearing = self._draw(person, "bearing", looks["bearing"])
        age_ = "child_" if person.band == "child" else ""
        kind = self._words["people"]["kind_tag"][f"human_{age_}{person.gender}"]
        tags = [kind, self._age(person), hair, wear, mark, prop]
        return Look(text(person, parts, self._age(person), bearing), _tags(tags))

    def _blind(self, person: Person) -> str:
        if not any(holds(person.known, word) for word in ("失明", "盲", "blind")):
            return ""
        return "总戴着深色圆墨镜" if self.language == "zh" else "round dark glasses"

    def _prop(self, person: Person) -> str:
        job, looks = job_of(person), self._words["looks"]
        old = self.era in ("ancient", "fantasy")
        return self._draw(
            person, "prop", job["prop"] if job else looks["prop_old_world" if old else "prop"]
        )

    def _age(self, person: Person) -> str:
        if person.age:
            years = person.age
            return f"{years}岁" if self.language == "zh" else f"{years} years old"
        return person.slots.fill(self._words["people"]["age_band"][person.band])

    def _crowd(self, person: Person) -> Look:
        wear, detail = self._garment(person)
        crowd = self._draw(person, "crowd", self._words["looks"]["crowd"])
        prop = self._prop(person)
        kind = self._words["people"]["kind_tag"]["human_p"]
        if self.language == "zh":
            text = f"{person.name}，{crowd}。多穿{wear}，{detail}。其中一人总带着{prop}。"
        else:
            text = (
                f"{sentence(person.mention)}, {crowd}. Most of them wear a {wear}, {detail}. "
                f"One always carries {_a(prop)}."
            )
        return Look(text, _tags([kind, wear, detail, prop, crowd]))

    def _coat(self, person: Person) -> str:
        """The coat of an animal whose entry tells its colour, as 黑猫 or a black cat does."""
        for coat in self._words["looks"]["coat"]:
            colours = "|".join(map(re.escape, coat["words"]))
            told = rf"(?:{colours})(?:色|毛|\s)?的?(?:小|大|老|胖)?{re.escape(person.species)}"
            if person.species and re.search(told, person.entry, re.IGNORECASE):
                return str(coat["body"])
        return ""

    def _being(self, person: Person) -> Look:
        """The look of an animal, a machine, a ghost or a thing."""
        pools = self._words["looks"]["kind"][person.kind]
        said = looks_said(person)
        body, detail = _parted(self._coat(person) or self._draw(person, "body", pools["body"]))
        face = said.get("eyes") or self._draw(person, "face", pools["face"])
        mark = said.get("mark") or self._draw(person, "mark", pools["mark"])
        colour = self._draw(person, "colour", self._words["looks"]["colours"])
        kind = self._words["people"]["kind_tag"][person.kind]
        if person.kind in _NAMED_KINDS and person.species:
            kind = person.species
        others = [part for name, part in said.items() if name not in ("eyes", "mark")]
        if self.language == "zh":
            extra = f"另外，{'，'.join(others)}。" if others else ""
            lead = "：" if kind in person.name else f"是{kind}："
            text = (
                f"{person.name}{lead}{body}，{detail}；{face}，很容易认出的是{mark}。"
                f"整体配色以{colour}为点缀，轮廓简洁，远看也能一眼辨认。{extra}"
            )
            accent = f"{colour}点缀"
        else:
            extra = f" Also: {', '.join(others)}." if others else ""
            lead = ":" if kind in person.key else f" is {_a(kind)}:"
            joint = " and" if detail.startswith("with ") else ", with"
            text = (
                f"{sentence(person.mention)}{lead} {_a(body)}, {detail}{joint} {face}. "
                f"What one remembers is the {mark}. {sentence(colour)} accents, and an outline "
                f"that can be told from far away.{extra}"
            )
            accent = f"{colour} accents"
        return Look(text, _tags([kind, body, face, mark, accent, *others]))


def _human_zh(person: Person, parts: Mapping[str, str], age: str, bearing: str) -> str:
    gender = "女性" if person.gender == "f" else "男性"
    detail = f"，{parts['detail']}" if parts["detail"] else ""
    worn = (
        parts["wear"] if re.match("[穿披戴系]|身穿|身着", parts["wear"]) else f"身穿{parts['wear']}"
    )
    mark = parts["mark"] if "有" in parts["mark"] else f"最好认的是{parts['mark']}"
    hair = (
        parts["hair"]
        if re.match("留|扎|梳|光|一头|头发", parts["hair"])
        else f"留着{parts['hair']}"
    )
    hair = re.sub("^留着(木簪|银冠|布带|束|低盘|斜编|斜插|高束|垂鬟|两根|扎着|双马尾)", r"\1", hair)
    prop = parts["prop"] if re.match("[拿带抱拄]", parts["prop"]) else f"随身带着{parts['prop']}"
    return (
        f"{person.name}是一位{age}的{gender}，{parts['build']}。{hair}，{parts['eyes']}，{mark}。"
        f"{worn}{detail}，{prop}。{bearing}"
    )


def _human_en(person: Person, parts: Mapping[str, str], age: str, bearing: str) -> str:
    noun = {"f": ("girl", "woman"), "m": ("boy", "man")}.get(person.gender, ("child", "person"))
    noun_ = noun[0] if person.band in ("child", "teen") else noun[1]
    they = person.pronouns["They"]
    detail = f", {parts['detail']}" if parts["detail"] else ""
    worn = parts["wear"] if parts["wear"].startswith("wear") else f"wears {_a(parts['wear'])}"
    worn = worn.replace("wearing", "wears", 1)
    hair = parts["hair"] if parts["hair"] == "bald" else f"with {_a(parts['hair'])}"
    prop = re.sub(r"^(?:carries|carrying|holding) ", "", parts["prop"])
    mark = re.sub(r"^(?:has|with) ", "", parts["mark"])
    age = f"of {person.age}" if person.age else re.sub("^sixteen", "of sixteen", age)
    return (
        f"{sentence(person.mention)} is a {noun_} {age}, {parts['build']}, {hair}, "
        f"{parts['eyes']} and {_a(mark)}. {they} {worn}{detail}, and always has "
        f"{_a(prop)} at hand. {bearing}"
    )


def _a(noun: str) -> str:
    """An English noun with the article it needs."""
    plain = re.match(r"(?:an?|the|his|her|one|two|three|four|no|white|small|big|round) ", noun)
    head = re.split(r" (?:of|with|in|on|at|full|wrapped|across|through) ", noun)[0]
    many = re.search(
        r"^[^,|]*?\b(?:hair|waves|curls|braids|pigtails|shoes|eyes|freckles|overalls|"
        r"scrubs|dungarees|tags|binoculars|brushes|headphones|earphones|mints|"
        r"knuckles|fingertips|gills|paws|plumage|armor)\b",
        head,
    )
    if (plain and plain[0] in ("a ", "an ", "the ", "his ", "her ", "one ", "two ")) or many:
        return noun
    return ("an " if noun[:1].lower() in "aeio" else "a ") + noun


def looks_said(person: Person) -> dict[str, str]:
    """What the person's note tells of the looks, by the part of the body or dress it is about."""
    said: dict[str, str] = {}
    for part in note_parts(person.note):
        folded = part.casefold()
        for name, hints in _LOOKS.items():
            if name not in said and len(part) <= 80 and any(_about(folded, h) for h in hints):
                said[name] = re.sub(r"^(?:has|have|with|is|and|有着|有|而且)\s*", "", part)
                break
    return said


def _about(text: str, hint: str) -> bool:
    if hint in ("发", "高", "short") and re.search("发现|发明|高兴|高手|short-tempered|出发", text):
        return False
    return holds(text, hint)


def job_of(person: Person) -> dict[str, list[str]] | None:
    """The occupation of a character, as far as the vocabulary knows it."""
    jobs = vocabulary(person.language)["job"]
    texts = (person.role.casefold(), person.name.casefold(), person.known)
    for text in texts:
        found = [
            (len(word), name)
            for name, job in jobs.items()
            for word in job["words"]
            if holds(text, word)
        ]
        if found:
            job: dict[str, list[str]] = jobs[max(found)[1]]
            return job
    return None


def _hair(person: Person, era: str) -> str:
    gender = "f" if person.gender == "f" else "m"
    if person.band in ("child", "old"):
        return f"hair_{person.band}_{gender}"
    return f"hair_ancient_{gender}" if era == "ancient" else f"hair_{gender}"


def era_of(setting: str, genre: str) -> str:
    """Which wardrobe a story needs."""
    if setting in ("space", "future") or genre == "scifi":
        return "future"
    return _OLD_WORLDS.get(setting) or {"wuxia": "ancient", "fantasy": "fantasy"}.get(
        genre, "modern"
    )


def _parted(text: str) -> tuple[str, str]:
    first, _, rest = text.partition("|")
    return first, rest


def _tags(tags: Sequence[str]) -> list[str]:
    short = [tag[:80] for tag in dict.fromkeys(tags) if tag]
    return short[:8]
