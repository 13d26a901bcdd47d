"""Who is in Chinese prose: profiles, pronouns, 门卫, 穿西装的男人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from ....models import CharacterProfile
from ..chinese.text import letters, words
from .cast import Cast, Figure, Gender
from .chinese_words import CLAUSE, NUMBER, QUANTITY, REACH, ChineseWords, longest_first
from .tongue import Mention

_LONGEST_NAME = 12
_HABIT = re.compile(
    "(?:[常总老]|总是|常常|经常|时常|老是)这[么样]$|每[次天](?:都|总)?(?:要|会)?(?:这样)?$"
)
"""Before a word of saying: it is said over and over, and not there and then."""
_KIND = re.compile("[狗猫犬马鸟兔狐狼熊龙鹰虎鱼员师生兵长官手匠客家友人王后妃童孩]$")
"""What somebody is, before the name: 机械狗铜豆."""
_OTHER = re.compile("那人|对方|来人|此人")
_TITLED = re.compile(r"^[\u3400-\u9fff]{1,3}$")
_POINTED = re.compile(rf"(?:(?P<the>[这那])|{NUMBER})[个位名只条头群]")
_DESCRIBED = re.compile(r"[^，。！？：；\s]{1,14}?的")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FUNCTION = frozenset("的了着在把被是没不就都也还又很有去来这那么什怎为所给让向对从跟和与")
_TAIL = r"(?:了|着|过|出|起)?(?:了?(?:[一两二三几半]+)?(?:句话?|声|遍|次|下|番|字|嗓子|通))?"


def _gender(tongue: ChinesePeople, profile: CharacterProfile) -> Gender:
    described = f"{profile.appearance} {profile.visual_description}"
    told = (f"{profile.name} {profile.role}", described, profile.personality, profile.backstory)
    found = [tongue.gender_of(text[:400]) for text in told]
    return next((g for g in found if g in ("f", "m")), "it" if "it" in found else "")


def _is_someone(whom: str) -> bool:
    return len(whom) <= 6 and not re.search(r"[了着过的在是。，]", whom)


def _often_called(name: str, text: str) -> set[str]:
    """The end of a long name that a text says more often than all of it: 扎西 of 马帮头领扎西."""
    ends = (name[-size:] for size in (2, 3) if len(name) - size > 1)
    return {end for end in ends if text.count(end) > max(1, text.count(name))}


class ChinesePeople(ChineseWords):
    """Who there is, and who a sentence speaks of."""

    def figures(self, profiles: Sequence[CharacterProfile], text: str) -> list[Figure]:
        """The profiles as somebody the text may name."""
        made = []
        general = self._list("people", "general")
        titled = set(re.findall(rf"[\u3400-\u9fff](?:{longest_first(self._titles)})", text))
        for profile in profiles:
            aliases = {a for a in self._aliases(profile.name, titled) if a in text}
            aliases |= self._callings(profile.role) | _often_called(profile.name, text)
            aliases |= {w for w in self._callings(profile.appearance) if w in text} - general
            if not aliases:
                aliases = {w for w in self._callings(profile.appearance) if w in text}
            made.append(
                Figure(
                    profile.name, frozenset({profile.name, *aliases}), _gender(self, profile), True
                )
            )
        return made

    def _callings(self, role: str) -> set[str]:
        parts = re.split(r"[\s，,、；;/（）()。的]+", role)
        return {part for part in parts if part in self._roles}

    def _aliases(self, name: str, titled: set[str]) -> set[str]:
        bare = re.sub(r"[（(【\[].*", "", name).strip() or name
        found = {bare, *(p for p in re.split(r"[\s·・•/、，,—\-]+", bare) if len(p) > 1)}
        inside = re.search(r"[（(](.+?)[）)]", name)
        if inside:
            found.add(inside[1])
        for size in range(min(6, len(bare) - 1), 1, -1):
            is_role = bare[:size] in self._roles
            if (is_role or _KIND.search(bare[:size])) and len(bare) - size > 1:
                found |= {bare[size:], bare[:size]} if is_role else {bare[size:]}
                break
        for size in range(min(4, len(bare) - 1), 0, -1):
            if bare[-size:] in self._titles | self._roles:
                found |= {bare[-size:]} if size > 1 else set()
                found |= {bare[:-size]} if len(bare) - size > 1 else set()
                break
        for part in list(found):
            found |= self._short_forms(part, titled)
        return {a for a in found if len(a) > 1}

    def _short_forms(self, name: str, titled: set[str]) -> set[str]:
        if not re.fullmatch(r"[\u3400-\u9fff]{2,4}", name):
            return set()
        compound = name[:2] in words("names", "compound_surnames")
        family, given = (name[:2], name[2:]) if compound else (name[0], name[1:])
        if not compound and family not in letters("names", "surnames"):
            return (
                {"小" + name[-1], "阿" + name[-1]}
                if len(name) == 2 and name[0] not in "小阿老"
                else set()
            )
        forms = (
            {f"{a}{family}" for a in "老小"} | {f"{a}{name[-1]}" for a in "小阿"} | {name[-1] * 2}
        )
        forms |= {t for t in titled if t.startswith(family[-1])} if not compound else set()
        return forms | ({given} if len(given) > 1 else set())

    def gender_of(self, text: str) -> Gender:
        """The gender a description tells, if any."""
        weights = {
            "f": sum(text.count(word) for word in self._list("people", "female")),
            "m": sum(text.count(word) for word in self._list("people", "male")),
        }
        if weights["f"] == weights["m"]:
            return "it" if any(word in text for word in self._list("people", "things")) else ""
        return "f" if weights["f"] > weights["m"] else "m"

    @cached_property
    def _adverbs(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?:{longest_first(self._list('speech', 'adverbs'))})[，,]?)+")

    @cached_property
    def _voice(self) -> re.Pattern[str]:
        return re.compile(longest_first(self._list("speech", "voices")))

    @cached_property
    def _roles(self) -> frozenset[str]:
        lists = [words("people", name) for name in ("roles", "persons", "kin", "animals", "beings")]
        known = frozenset().union(*lists, self._list("speech", "crowd"))
        return frozenset(w for w in known if len(w) > 1) - self._list("speech", "nobody")

    @cached_property
    def _titles(self) -> frozenset[str]:
        return words("people", "titles")

    def _who(self, head: str, cast: Cast) -> tuple[Mention | None, str]:
        """Who stands at the beginning of a clause, and what comes after."""
        text = head.strip()
        opened = self._adverbs.match(text)
        mention, end = self._mention(text, 0, cast)
        if not mention and opened:
            mention, end = self._mention(text, opened.end(), cast)
        if mention:
            return mention, text[end:]
        return self._stranger(text[opened.end() if opened else 0 :])

    def _stranger(self, text: str) -> tuple[Mention | None, str]:
        """A name that nothing else tells us of: two to four signs that can be no other word."""
        for size in (4, 3, 2):
            name, rest = text[:size], text[size:]
            if (
                len(name) == size
                and not rest
                and not _FUNCTION & set(name)
                and _TITLED.match(name[:3])
            ):
                if name in self._list("speech", "nobody") or not _HAN.fullmatch(name[-1]):
                    return None, text
                if name[-1] in "声地着然身头口手脚眼气完后前起" or name[0] == name[1]:
                    return None, text
                if name[0] in letters("names", "surnames") or name[0] in "小阿老":
                    return Mention("role", text=name, alias=name, gender=self.gender_of(name)), ""
        return None, text

    def _mention(self, text: str, start: int, cast: Cast) -> tuple[Mention | None, int]:
        """Somebody named right at a place of a text, and where the name ends."""
        found = cast.at(text, start)
        if found and text[found[1] : found[1] + 1] not in ("的", "家", "们"):
            return Mention("figure", figure=found[0]), found[1]
        if text[start : start + 1] in ("他", "她", "它") and text[start + 1 : start + 2] not in (
            "们",
            "的",
        ):
            gender: Gender = {"他": "m", "她": "f", "它": "it"}[text[start]]  # type: ignore[assignment]
            return Mention("pronoun", gender=gender, text=text[start]), start + 1
        if text[start : start + 1] in ("我", "俺") and text[start + 1 : start + 2] not in (
            "们",
            "的",
        ):
            return Mention("role", text="我", alias="我"), start + 1
        if (other := _OTHER.match(text, start)) and text[other.end() : other.end() + 1] != "的":
            return Mention("other", text=other[0], alias=other[0]), other.end()
        if pointed := _POINTED.match(text, start):
            found = cast.at(text, pointed.end())
            if found and text[found[1] : found[1] + 1] not in ("的", "家", "们"):
                return Mention("figure", figure=found[0]), found[1]
        role = self._role(text, start)
        return role if role[0] else self._qualified(text, start, cast)

    def _role(self, text: str, start: int) -> tuple[Mention | None, int]:
        pointed = _POINTED.match(text, start)
        at = pointed.end() if pointed else start
        for size in range(6, 1, -1):
            word = text[at : at + size]
            if (
                len(word) == size
                and word in self._roles
                and text[at + size : at + size + 1] not in tuple("的庙宫府家院店")
            ):
                general = word in self._list("people", "general")
                definite = general and (not pointed or bool(pointed["the"]))
                return (
                    Mention(
                        "role",
                        text=word,
                        alias=word,
                        gender=self.gender_of(word),
                        is_definite=definite,
                    ),
                    at + size,
                )
        for size in (3, 2):
            word = text[at : at + size]
            if (
                len(word) == size
                and word[-1:]
                and word[0] in letters("names", "plain_surnames")
                and any(
                    word.endswith(t) for t in self._titles if len(t) == size - 1 and size - 1 > 1
                )
            ):
                return Mention(
                    "role", text=word, alias=word, gender=self.gender_of(word)
                ), at + size
        return None, start

    def _qualified(self, text: str, start: int, cast: Cast) -> tuple[Mention | None, int]:
        """Somebody described first: 副驾驶座上的小李, 一个穿西装的男人, 一个细细的声音."""
        head = _DESCRIBED.match(text, start)
        if not head or self._says(text[start : head.end() - 1]):
            return None, start
        described = QUANTITY.sub("", text[start : head.end()])
        found = cast.at(text, head.end())
        if found:
            owned = cast.at(text, start)
            if not owned or owned[1] < head.end() - 1:
                return Mention("figure", figure=found[0]), found[1]
        voice = self._voice.match(text, head.end())
        if voice:
            owner = cast.at(text, start)
            end = voice.end()
            if owner and owner[1] == head.end() - 1:
                return Mention("figure", figure=owner[0]), end
            if described in ("他的", "她的"):
                return Mention("pronoun", gender="f" if described == "她的" else "m"), end
            role, until = self._role(text, start)
            if role and until == head.end() - 1:
                return role, end
            return Mention("role", text=voice[0], alias=voice[0]), end
        role, end = self._role(text, head.end())
        if not role:
            return None, start
        whole = described + role.text
        name = whole if len(whole) <= _LONGEST_NAME else role.text
        if described in ("他的", "她的", "它的", "我的"):
            name = role.text
        return Mention("role", text=name, alias=role.alias, gender=role.gender), end

    def _subject_of(self, clauses: Sequence[str], cast: Cast) -> Mention | None:
        """Who does what the last of the clauses that name somebody at their beginning tells."""
        for clause in reversed(clauses):
            mention, _ = self._who(clause.strip("，,；; "), cast)
            if mention:
                return mention
            voiced = re.search(
                r"(?P<who>[^，。传来响]{0,14})(?:声音|嗓音|喊声|叫声|童声|女声|男声)$",
                clause.strip("，,：: "),
            )
            if voiced:
                found, _ = self._qualified(voiced[0].lstrip("是"), 0, cast)
                return found or Mention("role", text="声音", alias="声音")
        return None

    def subject(self, sentence: str, cast: Cast) -> Mention | None:
        """Who does what a sentence tells."""
        clauses = [c for c in CLAUSE.split(sentence[:REACH]) if c.strip()][:3]
        for clause in clauses:
            mention, end = self._who(clause, cast)
            if mention and (end or mention.kind != "role"):
                return mention
        return None

    @cached_property
    def _creatures(self) -> frozenset[str]:
        """Who may be but part of the view: a heron, a shadow."""
        return words("people", "animals") | words("people", "beings")

    @cached_property
    def _people(self) -> re.Pattern[str]:
        crowd = longest_first(self._list("speech", "crowd") | (self._roles - self._creatures))
        driven = longest_first(self._list("places", "vehicles"))
        return re.compile(
            rf"[他她我咱你](?!人)|(?<!只剩)(?<!只有)(?:{NUMBER}|几)个?人(?!影)|的人|{crowd}|^(?:{driven})[^，]{{0,3}}[到进停]"
        )

    def has_people(self, sentence: str, cast: Cast) -> bool:
        """Whether anybody is in what a sentence tells, and not scenery alone."""
        text = sentence[:REACH]
        if self._people.search(text):
            return True
        named = (figure for _, _, figure in cast.find(text))
        return any(f.has_profile or not f.aliases & self._creatures for f in named)

    def pronouns(self, sentence: str) -> list[Gender]:
        """The genders of the pronouns in a sentence."""
        found: list[Gender] = []
        for sign in re.findall(r"[他她它](?!们)", sentence):
            found.append("m" if sign == "他" else "f" if sign == "她" else "it")
        return found

    def called(self, inner: str, cast: Cast) -> Figure | None:
        """Who is called by name in what is said."""
        found = cast.at(inner)
        if found and inner[found[1] : found[1] + 1] in ("，", ",", "！", "!", "？", "?", "…", "。"):
            return found[0]
        for start, end, figure in cast.find(inner):
            if (
                start
                and inner[start - 1] in "，, 。！"
                and inner[end : end + 1] in ("", "。", "！", "？", "?", "!")
            ):
                return figure
        return None

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        """A clause that ends with a word of saying, with or without who is spoken to."""
        verbs = longest_first(self._list("speech", "verbs"))
        to = longest_first(self._list("speech", "to_someone"))
        return re.compile(
            rf"(?P<verb>{to})(?:道)?(?P<whom>[^，。]{{1,6}})$|(?P<said>{verbs})(?P<tail>{_TAIL})$"
        )

    @cached_property
    def _plain_verb(self) -> re.Pattern[str]:
        verbs = longest_first(self._list("speech", "verbs"))
        return re.compile(rf"(?P<said>{verbs})(?P<tail>{_TAIL})$")

    @cached_property
    def _told_verb(self) -> re.Pattern[str]:
        to = longest_first(self._list("speech", "to_someone"))
        return re.compile(rf"(?P<said>{to})(?P<whom>[^，。]{{1,6}})$")

    @cached_property
    def _unsaid(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{longest_first(self._list('speech', 'unsaid'))})$")

    def _says(self, clause: str) -> re.Match[str] | None:
        """The word of saying that ends a clause, where it is said there and then."""
        clause = clause[-40:]
        match = self._plain_verb.search(clause)
        if not match:
            match = self._told_verb.search(clause)
            if match and not _is_someone(match["whom"]):
                return None
        if not match or "过" in (match.groupdict().get("tail") or ""):
            return None
        if clause[max(0, match.start() - 1) : match.start() + 1] in self._list(
            "speech", "compounds"
        ):
            return None
        head = clause[: match.start()]
        return None if self._unsaid.search(head) or _HABIT.search(head) else match
