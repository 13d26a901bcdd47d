"""Who the characters of an idea are: name, role, kind, gender and age, from what was said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from ....language import language_of
from ....models import MAX_NAME, Language, UserIdea
from .names import ARTICLE, has_job, occupation_in, short_name, split_entry
from .phrases import Choice, Slots, holds, language_of_idea, matching, said_in, vocabulary

Gender = Literal["f", "m", "it"]

_NUMERALS = "零一二三四五六七八九十"
_AGE = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?:多)?(?:岁|years? old|-year-old)")
_AGAINST = (
    "打败|击败|战胜|对抗|打倒|消灭|杀死|制服|抓住|抓到|逃离|躲避|"
    r"\b(?:defeat|fight|kill|face|stop|slay|outwit|escape from|hunt|destroy|flee)s?|"
    r"\b(?:ambushed|attacked|captured|kidnapped|betrayed|chased|hunted|killed|cursed) by"
)
_DOES_HARM = (
    "阴谋|诡计|骗局|陷阱|背叛|袭击|绑架|追杀|烧毁|入侵|陷害|"
    r" (?:attack|betray|kidnap|burn|destroy|invade|curse|ambush)(?:s|es)?\b"
)
_PRONOUNS = {
    ("zh", "f"): "她",
    ("zh", "m"): "他",
    ("zh", "it"): "它",
}


@dataclass(frozen=True)
class Person:
    """One character of an idea, as far as it is known or settled."""

    entry: str
    name: str
    role: str
    note: str
    kind: str
    species: str
    gender: Gender
    band: str
    age: str
    plural: bool
    opponent: bool
    proper: bool
    short: str
    language: Language

    @cached_property
    def key(self) -> str:
        """The name as it is looked for in other texts: case folded, without an article."""
        return ARTICLE.sub("", self.name).casefold()

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """The words other texts may call the character by: names, and in Chinese the role."""
        role = self.role if self.language == "zh" and 2 <= len(self.role) <= 4 else ""
        words = (self.name, self.short, role)
        return tuple(word for word in dict.fromkeys(words) if len(word) > 1)

    @cached_property
    def known(self) -> str:
        """Everything that was said of the character, case folded."""
        return f"{self.entry} {self.note}".casefold()

    @property
    def pronouns(self) -> dict[str, str]:
        """The pronoun slots of a phrase about this character."""
        if self.language == "zh":
            one = _PRONOUNS["zh", self.gender]
            return {"p": one + "们" if self.plural else one, "refl": "自己"}
        if self.plural:
            forms = ("they", "them", "their", "themselves")
        else:
            forms = {
                "f": ("she", "her", "her", "herself"),
                "m": ("he", "him", "his", "himself"),
                "it": ("it", "it", "its", "itself"),
            }[self.gender]
        they, them, their, refl = forms
        return {"they": they, "them": them, "their": their, "They": they.title(), "refl": refl}

    @property
    def slots(self) -> Slots:
        """The slots of a phrase this character is the subject of."""
        words = {"a": self.mention, "n": self.mention, **self.pronouns}
        return Slots(words, frozenset({"a"}) if self.plural else frozenset())

    @property
    def first_mention(self) -> str:
        """How a story names the character for the first time."""
        if self.language == "zh":
            return self.role + self.name if self.role and _is_bare(self.role) else self.name
        if not self.proper:
            return _with_article(self.name, self.plural)
        if self.role and not self.role[:1].isupper():
            return f"{self.name}, {_with_article(self.role, self.plural)},"
        return self.name

    @property
    def mention(self) -> str:
        """How a story names the character from then on; very long names give way to a pronoun."""
        if self.language == "zh":
            return self.name if len(self.name) <= 16 else self.pronouns["p"]
        if len(self.name) > 48:
            return self.pronouns["they"]
        return self.short if self.proper else "the " + ARTICLE.sub("", self.name)


def _is_bare(role: str) -> bool:
    return len(role) <= 8 and not re.search(r"[，,、；;。的了]", role)


def _with_article(noun: str, plural: bool) -> str:
    if ARTICLE.match(noun) or re.match(r"(?:\d|two|three|four|five|twelve)\b", noun):
        return noun
    if plural:
        return "the " + noun
    return ("an " if re.match(r"(?:[aeio]|u(?!ni))", noun, re.IGNORECASE) else "a ") + noun


def people_of(idea: UserIdea, notes: Mapping[str, str]) -> list[Person]:
    """The characters of `idea` in their order, each under a name of its own."""
    language = language_of_idea(idea)
    seen: dict[str, int] = {}
    people = []
    for place, entry in enumerate(idea.basic_characters):
        person = _person(entry, notes.get(entry, "")[:300], language, idea, place)
        number = seen[person.name] = seen.get(person.name, 0) + 1
        people.append(person if number == 1 else _renamed(person, number))
    shorts = [person.short for person in people]
    return [p if shorts.count(p.short) == 1 else replace(p, short=p.name) for p in people]


def _renamed(person: Person, number: int) -> Person:
    name = _told_apart(person, number)
    return replace(person, name=name, short=name)


def _told_apart(person: Person, number: int) -> str:
    if language_of(person.name, person.language) == "zh":
        mark = _NUMERALS[number] if number <= 10 else "十" + _NUMERALS[number - 10].strip("零")
        mark = "二十" if number == 20 else mark
        return f"{person.name[: MAX_NAME - 4]}（{mark}）"
    return f"{person.name[: MAX_NAME - 5]} ({number})"


def _person(entry: str, note: str, language: Language, idea: UserIdea, place: int) -> Person:
    name, role = split_entry(entry)
    role = role or occupation_in(note, language, name)
    words = vocabulary(language)["people"]
    known = f"{entry} {note}".casefold()
    kind, species = _kind(known, f"{name} {role}".casefold(), words)
    proper = _is_proper(name)
    return Person(
        entry=entry,
        name=name,
        role=role,
        note=note,
        kind=kind,
        species=species,
        gender=_gender(known, name, kind, words, idea, place),
        band=_band(known, words) or _band_of_name(name) or _usual_band(idea, known, words),
        age=_age(known),
        plural=_is_plural(name, words, language),
        opponent=place > 0 and _is_opponent(known, name, idea, language),
        proper=proper,
        short=short_name(name) if proper else name,
        language=language,
    )


def _kind(known: str, title: str, words: Mapping[str, Any]) -> tuple[str, str]:
    """What sort of being it is; the name and the role decide before the note does."""
    for text in (title, known):
        for kind, hints in words["kind"].items():
            if hint := next((hint for hint in hints if _heads(text, hint)), ""):
                return str(kind), hint
    return "human", ""


def _heads(text: str, hint: str) -> bool:
    """Whether `hint` is what the text is about: 猫 in 会说话的猫, not in 养猫人 or 马戏团."""
    if hint.isascii():
        return holds(text, hint) and not re.search(
            rf"\b{re.escape(hint)}s?[ -](?:lover|hunter|keeper|owner|expert|walker|trainer|"
            rf"researcher|engineer|scientist|pilot|catcher|lady|man|woman|girl|boy)",
            text,
        )
    tail = re.search(rf"{re.escape(hint)}(?:$|[ ，,、（）()先小大博同助手精灵怪子阿]|\b)", text)
    return tail is not None and len(hint) <= len(text)


def _is_proper(name: str) -> bool:
    """Whether an English name is a proper one and takes no article."""
    text = ARTICLE.sub("", name)
    if text != name and name.casefold().startswith(("a ", "an ", "my ", "his ", "her ")):
        return False
    latin = re.findall(r"[A-Za-z][\w'’.-]*", text)
    if not latin:
        return True
    if latin[-1][0].islower() or (len(latin) > 1 and latin[-1].isupper()):
        return False
    return not (len(latin) == 1 and has_job(text) and latin[0].casefold() not in ("hunter",))


def _gender(
    known: str,
    name: str,
    kind: str,
    words: Mapping[str, Any],
    idea: UserIdea,
    place: int,
) -> Gender:
    if kind != "human" and kind != "ghost":
        return "it"
    female = any(holds(known, word) for word in words["female"])
    male = any(_holds_male(known, word) for word in words["male"])
    if female != male:
        return "f" if female else "m"
    by_name = _gender_of_name(name, words)
    if by_name:
        return by_name
    if place == 0 and (by_plot := _gender_in_plot(idea, words)):
        return by_plot
    return "f" if Choice(name).number("gender") % 2 else "m"


def _holds_male(known: str, word: str) -> bool:
    return holds(known.replace("其他", ""), word)


def _gender_of_name(name: str, words: Mapping[str, Any]) -> Gender | None:
    if isinstance(words["female_names"], list):
        first = name.split()[0].casefold() if name.split() else ""
        return (
            "f" if first in words["female_names"] else "m" if first in words["male_names"] else None
        )
    given = name[1:3] if len(name) in (2, 3) else ""
    female = sum(letter in words["female_names"] for letter in given)
    male = sum(letter in words["male_names"] for letter in given)
    return None if female == male else "f" if female > male else "m"


def _gender_in_plot(idea: UserIdea, words: Mapping[str, Any]) -> Gender | None:
    plot = said_in(idea).replace("其他", "").replace("吉他", "")
    if isinstance(words["female_names"], list):
        female = re.search(r"\b(?:she|her|herself)\b", plot)
        male = re.search(r"\b(?:he|his|him|himself)\b", plot)
    else:
        # 他们 may be anyone; 其他人 and 他人 are nobody.
        female, male = re.search("她(?!们)", plot), re.search("他(?![们人])", plot)
    if bool(female) == bool(male):
        return None
    return "f" if female else "m"


def _age(known: str) -> str:
    match = _AGE.search(known)
    return match[1] if match else ""


def _band(known: str, words: Mapping[str, Any]) -> str:
    """The age band: by the years where they are told, else by the words used."""
    years = _years(_age(known))
    if years:
        limits = ((13, "child"), (19, "teen"), (30, "young"), (45, "adult"), (60, "middle"))
        return next((band for limit, band in limits if years < limit), "old")
    for band in ("teen", "old", "child", "young", "middle"):
        if any(holds(known, word) for word in words[band]):
            return band
    return ""


def _band_of_name(name: str) -> str:
    """老周 is no longer young."""
    surnames = vocabulary("zh")["people"]["surnames"]
    return "middle" if len(name) == 2 and name[0] == "老" and name[1] in surnames else ""


def _usual_band(idea: UserIdea, known: str, words: Mapping[str, Any]) -> str:
    """Pupils are young where the story plays at school; everyone else is grown up."""
    said = said_in(idea)
    at_school = any(holds(said, word) for word in words["school"])
    return "teen" if at_school and not has_job(known.replace("班主任", "老师")) else "adult"


def _is_opponent(known: str, name: str, idea: UserIdea, language: Language) -> bool:
    """Whether a character is called an enemy, or is the one whom the plot fights."""
    if any(holds(known, word) for word in vocabulary(language)["lexicon"]["opponents"]):
        return True
    haunts = any(holds(known, word) for word in ("鬼", "幽灵", "ghost", "spirit", "creature"))
    if haunts and matching(vocabulary(language)["genre"], idea.genre) == "horror":
        return True
    bare = re.escape(ARTICLE.sub("", name).casefold())
    plot = said_in(idea)
    if re.search(rf"(?:{_AGAINST})\s*(?:the |an? )?{bare}", plot):
        return True
    return re.search(rf"(?<![\w]){bare}的?(?:{_DOES_HARM})", plot) is not None


def _years(age: str) -> int:
    if age.isdigit():
        return int(age)
    digits = {letter: number for number, letter in enumerate(_NUMERALS)} | {"两": 2}
    if not age or any(letter not in digits for letter in age):
        return 0
    tens, ten, ones = age.partition("十")
    if not ten:
        return digits[age[0]]
    return (digits[tens] if tens else 1) * 10 + (digits[ones[0]] if ones else 0)


def _is_plural(name: str, words: Mapping[str, Any], language: Language) -> bool:
    folded = name.casefold()
    if language == "zh" and language_of(name) == "zh":
        return any(word in name for word in words["plural"])
    last = re.findall(r"[a-z']+", folded.split(" of ")[0])
    if not last or (name[:1].isupper() and not ARTICLE.match(name)):
        return False
    if re.match(r"(?:the )?(?:two|three|four|five|six|seven|several|\d+) ", folded):
        return True
    several = re.search(r"[^sui]s$", last[-1]) and not re.match(r"an? ", folded)
    return last[-1] in words["plural"] or bool(several)
