"""Who the characters of an idea are: name, role, kind, gender and age, from what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from ....language import language_of
from ....models import MAX_NAME, Language, UserIdea
from .names import (
    ARTICLE,
    has_job,
    is_rank,
    occupation_in,
    short_name,
    split_entry,
    words_for,
)
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
    "阴谋|诡计|骗局|陷阱|背叛|袭击|绑架|追杀|烧毁|烧了|烧光|入侵|陷害|抓走|掳走|杀死|杀害|杀了|"
    r" (?:attack|betray|kidnap|burn|burned|burnt|destroy|invade|curse|ambush|kill|murder|catche|"
    r"capture|imprison|steal|swallow|poison)(?:s|es|ed|d)?\b"
)
_FOUGHT = re.compile(rf"(?:{_AGAINST})\s*(?:the |an? )?")
_HARMS = re.compile(rf"的?(?:{_DOES_HARM})")
_HARMED = re.compile("[^，,。| ]{0,2}(?:杀|害|抓|绑|追|骗|打|囚|困)")
_HAUNTS = (
    *("鬼", "幽灵", "红衣", "白衣", "黑衣", "无脸", "ghost", "spirit", "creature"),
    *("in red", "in white", "in black", "faceless"),
)
_OWNED = re.compile(r"[A-Z][\w-]*['’]s? ")
_POSSESSIVE = re.compile(r"\b(?:his|her|my|their|our) (?=\w)|[他她它]的")
_LEAD = re.compile(
    r"(?:(?:an?|the|my|his|her|their|our|one|some) )?"
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Sir|Lady|Lord|Prof|Capt|King|Queen|Captain|Commander|Colonel|Professor|"
    r"Doctor|Detective|Inspector|Officer|Agent|Sergeant|Lieutenant|General|Major)\.? (?=[A-Z]))?"
)
_PARENTS = re.compile(
    r"(?:dad|daddy|papa|pa|mom|mommy|mum|mummy|mama|ma|grandma|grandpa|granny|gran|grandad|nana)"
)
_NARRATOR = frozenset(("me", "i", "myself", "我", "自己"))
_ADULT = re.compile(
    r"^(?:mr|mrs|ms|dr|sir|lady|lord)\b|\b(?:chief|mayor|principal|coach|keeper|neighbor)\b"
    r"|(?:[村镇校馆院局店]长|[师员官]|教练|邻居)(?:$|\s)"
)
_GROWN_UP = re.compile(
    r"辞职|上班|加班|结婚|离婚|开车|创业|出差|\b(?:his|her) (?:job|wife|husband|boss|office)\b"
    r"|\b(?:marr(?:y|ies|ied)|divorces?|quits?|drives?)\b"
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
    also: tuple[str, ...] = ()
    """Other words that mean this character and no other one: the captain, Chen."""

    @cached_property
    def key(self) -> str:
        """The name as it is looked for in other texts: case folded, without an article."""
        return ARTICLE.sub("", self.name).casefold()

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """The words other texts may call the character by: names, and in Chinese the role."""
        words = (self.name, self.short, *self.also)
        return tuple(word for word in dict.fromkeys(words) if len(word) > 1)

    @cached_property
    def _called(self) -> re.Pattern[str]:
        names = sorted((ARTICLE.sub("", name) for name in self.aliases), key=len)
        either = "|".join(re.escape(name) for name in reversed(names)) or re.escape(self.key)
        edge = "" if self.language == "zh" else r"(?<!\w)(?!\W)"
        return re.compile(rf"{edge}(?:{either})" + (r"(?!\w)" if edge else ""), re.IGNORECASE)

    def is_named_in(self, text: str) -> bool:
        """Whether a text speaks of the character by one of the words for it."""
        return self._called.search(text) is not None

    def without(self, text: str) -> str:
        """The text without the words for the character."""
        return self._called.sub(" ", text)

    def opens(self, text: str) -> str:
        """The words a text calls the character by in its beginning, or nothing."""
        lead = _LEAD.match(text) if self.language == "en" else None
        start = lead.end() if lead else 0
        if lead and self._called.match(text):
            start = 0
        match = self._called.match(text, start)
        return text[start : match.end()] if match else ""

    @cached_property
    def known(self) -> str:
        """Everything that was said of the character, case folded."""
        return f"{self.entry} {self.note}".casefold()

    @property
    def pronouns(self) -> dict[str, str]:
        """The pronoun slots of a phrase about this character."""
        if self.language == "zh":
            one = "我" if self.name == "我" else _PRONOUNS["zh", self.gender]
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
        if _PARENTS.fullmatch(self.name):
            return self.name.title()
        if self.key in _NARRATOR:
            return "the narrator"
        if not self.proper:
            return _with_article(self.name, self.plural)
        if is_rank(self.role) and self.entry.endswith(f" {self.name}"):
            rank = ARTICLE.sub("", self.entry.removesuffix(self.name))
            return (rank if " " in rank.strip() else rank.capitalize()) + self.name
        if self.role and re.match(r"(?:his|her|my|their|our) ", self.entry):
            return self.entry
        if self.role and not self.role[:1].isupper():
            return f"{self.name}, {_with_article(self.role, self.plural)},"
        return self.name

    @property
    def introduction(self) -> str:
        """The first mention of someone who belongs to the story: Ines, the botanist,."""
        first = self.first_mention
        return re.sub(r"^(.+), an? (.+),$", r"\1, the \2,", first)

    @property
    def mention(self) -> str:
        """How a story names the character from then on; very long names give way to a pronoun."""
        if self.language == "zh":
            return self.name if len(self.name) <= 16 else self.pronouns["p"]
        if len(self.name) > 48:
            return self.pronouns["they"]
        if _PARENTS.fullmatch(self.name):
            return self.name.title()
        if self.key in _NARRATOR:
            return "the narrator"
        if self.proper or _OWNED.match(self.name):
            return self.short
        return "the " + ARTICLE.sub("", self.name)


def _is_bare(role: str) -> bool:
    return len(role) <= 8 and not re.search(r"[，,、；;。的了]", role)


def _with_article(noun: str, plural: bool) -> str:
    if ARTICLE.match(noun) or _OWNED.match(noun):
        return noun
    if re.match(r"(?:\d|two|three|four|five|twelve)\b", noun):
        return noun
    if plural:
        return "the " + noun
    vowel = r"(?:[aeio]|u(?!ni)|(?-i:[FHLMNRSX][A-Z]))"
    return ("an " if re.match(vowel, noun, re.IGNORECASE) else "a ") + noun


def people_of(idea: UserIdea, notes: Mapping[str, str]) -> list[Person]:
    """The characters of `idea` in their order, each under a name of its own."""
    language = language_of_idea(idea)
    seen: dict[str, int] = {}
    people = []
    for place, entry in enumerate(idea.basic_characters):
        person = _person(entry, notes.get(entry, "")[:300], language, idea, place)
        if person.name in seen and entry.strip()[:MAX_NAME] not in seen:
            person = replace(person, name=entry.strip(), short=entry.strip())
        number = seen[person.name] = seen.get(person.name, 0) + 1
        people.append(person if number == 1 else _renamed(person, number))
    shorts = [person.short for person in people]
    told = [p if shorts.count(p.short) == 1 else replace(p, short=p.name) for p in people]
    return _known_by_more(told, idea)


def _renamed(person: Person, number: int) -> Person:
    name = _told_apart(person, number)
    return replace(person, name=name, short=name)


def _known_by_more(people: Sequence[Person], idea: UserIdea) -> list[Person]:
    """The same people with the other words that can mean but one of them."""
    plot = " ".join(point[:120] for point in idea.plot_points[:40])
    words = [words_for(person.name, person.role, person.language, plot) for person in people]
    names = {name.casefold() for person in people for name in (person.name, person.short)}
    counts = Counter(word.casefold() for mine in words for word in mine)
    return [
        replace(
            person,
            also=tuple(
                word
                for word in mine
                if counts[word.casefold()] == 1 and word.casefold() not in names
            ),
        )
        for person, mine in zip(people, words, strict=True)
    ]


def _told_apart(person: Person, number: int) -> str:
    if language_of(person.name, person.language) == "zh":
        mark = _NUMERALS[number] if number <= 10 else "十" + _NUMERALS[number - 10].strip("零")
        mark = "二十" if number == 20 else mark
        return f"{person.name[: MAX_NAME - 4]}（{mark}）"
    return f"{person.name[: MAX_NAME - 5]} ({number})"


def _person(entry: str, note: str, language: Language, idea: UserIdea, place: int) -> Person:
    plot = " ".join(point[:120] for point in idea.plot_points[:40])
    name, role = split_entry(entry, plot)
    role = role or occupation_in(note, language, name)
    tables, words = vocabulary(language)["people"], words_for(name, role, language, plot)
    known = f"{entry} {note}".casefold()
    own, title = known, f"{name} {role}".casefold()
    if role and language == "zh":
        own, title = known.replace(name.casefold(), " "), role.casefold()
    kind, species = _kind(own, title, tables)
    proper = _is_proper(name)
    return Person(
        entry=entry,
        name=name,
        role=role,
        note=note,
        kind=kind,
        species=species,
        gender=_gender(known, (name, *words), kind, tables, idea, place),
        band=_grown(_band(known, tables), (name, *words), idea)
        or _band_of_name(name)
        or _usual_band(idea, known, tables),
        age=_age(known),
        plural=_is_plural(name, tables, language),
        opponent=place > 0 and _is_opponent(known, (name, *words), idea, language),
        proper=proper,
        short=short_name(name, plot) if proper else name,
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
    if hint not in text or (hint == "猫" and "熊猫" in text):
        return False
    if hint.isascii():
        whole = re.search(rf"(?<![a-z0-9]){re.escape(hint)}(?:s|es)?(?![a-z0-9])", text)
        return whole is not None and not re.search(
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
    names: Sequence[str],
    kind: str,
    words: Mapping[str, Any],
    idea: UserIdea,
    place: int,
) -> Gender:
    name = names[0]
    if kind != "human" and kind != "ghost":
        return (place == 0 and _gender_in_plot(idea, words, beings=True)) or "it"
    known = _POSSESSIVE.sub("", known)
    female = any(_tells(known, word) for word in words["female"])
    male = any(_tells(known, word) for word in words["male"])
    if female != male:
        return "f" if female else "m"
    by_name = _gender_of_name(name, words)
    if by_name:
        return by_name
    if by_own := _gender_by_own_deeds(names, idea):
        return by_own
    if place == 0 and (by_plot := _gender_in_plot(idea, words)):
        return by_plot
    return "f" if Choice(name).number("gender") % 2 else "m"


def _tells(known: str, word: str) -> bool:
    """Whether a word for a gender is said: no prince in a princess, no he in the others."""
    if word not in known:
        return False
    if word.isascii():
        return re.search(rf"(?<![a-z]){word}(?:s|es)?(?![a-z])", known) is not None
    return holds(known.replace("其他", ""), word)


def _gender_of_name(name: str, words: Mapping[str, Any]) -> Gender | None:
    words = vocabulary("en")["people"] if name.isascii() else words
    if isinstance(words["female_names"], list):
        first = name.split()[0].casefold() if name.split() else ""
        return (
            "f" if first in words["female_names"] else "m" if first in words["male_names"] else None
        )
    if _band_of_name(name):
        return "m"
    given = name[1:3] if len(name) in (2, 3) else ""
    female = sum(letter in words["female_names"] for letter in given)
    male = sum(letter in words["male_names"] for letter in given)
    return None if female == male else "f" if female > male else "m"


def _gender_in_plot(
    idea: UserIdea, words: Mapping[str, Any], beings: bool = False
) -> Gender | None:
    """The gender of the pronouns in the plot, where they are all of one.

    Of `beings` that are no people only where they are the whole cast and nothing is called it.
    """
    plot = said_in(idea).replace("其他", "").replace("吉他", "")
    if beings and (re.search(r"\bits?\b|它", plot) or not _only_beings(idea, words)):
        leads = {
            one in ("她", "she")
            for one in re.findall(r"(?:^|\| )(他(?!们)|她(?!们)|he\b|she\b)", plot)
        }
        return None if len(leads) != 1 else "f" if leads.pop() else "m"
    if isinstance(words["female_names"], list):
        female = re.search(r"\b(?:she|her|herself)\b", plot)
        male = re.search(r"\b(?:he|his|him|himself)\b", plot)
    else:
        # 他们 may be anyone; 其他人 and 他人 are nobody.
        female, male = re.search("她(?!们)", plot), re.search("他(?![们人])", plot)
    if bool(female) == bool(male):
        return None
    return "f" if female else "m"


def _gender_by_own_deeds(names: Sequence[str], idea: UserIdea) -> Gender | None:
    """The gender of the pronoun that takes up the name in a plot point that opens with it."""
    opens = re.compile(r"(?:the |an? )?(?:" + "|".join(map(re.escape, names)) + r")(?!\w)", re.I)
    han = re.compile("(?:" + "|".join(map(re.escape, names)) + ")")
    found: set[Gender] = set()
    for point in idea.plot_points[:40]:
        if re.search(r"[\"“”「]", point):
            continue
        if han.match(point):
            found |= {
                "f" if one == "她" else "m" for one in re.findall("[，,；;](她|他)(?!们)", point)
            }
        if opens.match(point):
            own = re.findall(r"\b(she|herself|her own|he|himself|his own)\b", point[:200], re.I)
            found |= {"f" if one[:1].lower() == "s" or one[:3] == "her" else "m" for one in own}
    return found.pop() if len(found) == 1 else None


def _only_beings(idea: UserIdea, words: Mapping[str, Any]) -> bool:
    return all(_kind(entry.casefold(), entry.casefold(), words)[1] for entry in _heads_of(idea))


def _heads_of(idea: UserIdea) -> list[str]:
    """The part of each entry that tells what it is: 小猫 of 小猫咪咪."""
    plot = " ".join(idea.plot_points)
    return [(split := split_entry(entry, plot))[1] or split[0] for entry in idea.basic_characters]


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


def _grown(band: str, names: Sequence[str], idea: UserIdea) -> str:
    """The age band, but for a child that does what only grown-ups do: her son quits his job."""
    if band != "child":
        return band
    points = (point.casefold() for point in idea.plot_points[:40])
    deeds = " ".join(p for p in points if any(ARTICLE.sub("", n).casefold() in p for n in names))
    return "" if _GROWN_UP.search(deeds) else band


def _band_of_name(name: str) -> str:
    """老周 is no longer young."""
    surnames = vocabulary("zh")["people"]["surnames"]
    return "middle" if len(name) == 2 and name[0] == "老" and name[1] in surnames else ""


def _usual_band(idea: UserIdea, known: str, words: Mapping[str, Any]) -> str:
    """Pupils are young where the story plays at school; everyone else is grown up."""
    said = said_in(idea)
    at_school = any(holds(said, word) for word in words["school"])
    at_school = at_school and not _ADULT.search(known.strip())
    return "teen" if at_school and not has_job(known.replace("班主任", "老师")) else "adult"


def _is_opponent(known: str, names: Sequence[str], idea: UserIdea, language: Language) -> bool:
    """Whether a character is called an enemy, or is the one whom the plot fights."""
    if any(holds(known, word) for word in vocabulary(language)["lexicon"]["opponents"]):
        return True
    haunts = any(holds(known, word) for word in _HAUNTS)
    if haunts and matching(vocabulary(language)["genre"], idea.genre) == "horror":
        return True
    bare = tuple(ARTICLE.sub("", name).casefold() for name in names)
    plot = said_in(idea)
    if any(plot.startswith(bare, found.end()) for found in _FOUGHT.finditer(plot)):
        return True
    return any(_does_harm(name, plot) for name in bare)


def _does_harm(name: str, plot: str) -> bool:
    for found in re.finditer(re.escape(name), plot):
        before = plot[max(0, found.start() - 1) : found.start()]
        after = plot[found.end() : found.end() + 40]
        if before.endswith("被") and _HARMED.match(after):
            return True
        if not before[-1:].isalnum() and _HARMS.match(after):
            return True
    return False


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
        return any(word in name for word in words["plural"]) or name.endswith(("队", "帮"))
    if re.match(
        r"(?:an? |the )?(?:group|band|gang|crowd|team|pack|family|pair|couple) of ", folded
    ):
        return True
    last = re.findall(r"[a-z']+", folded.split(" of ")[0])
    if not last or (name[:1].isupper() and not ARTICLE.match(name)):
        return False
    if re.match(r"(?:the )?(?:two|three|four|five|six|seven|several|\d+) ", folded):
        return True
    several = re.search(r"[^sui]s$", last[-1]) and not re.match(r"an? ", folded)
    return last[-1] in words["plural"] or bool(several)
