"""Chinese prose read for its scenes: who speaks and how, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import Any

from ....models import CharacterProfile, Language
from ....screenplay import Hour, Setting
from ..chinese.text import letters, words
from ..vocabulary import read
from .cast import Cast, Figure, Gender
from .tongue import Clock, Mention, Spot, Tag

_ENDS = re.compile(r"[。！？!?…]+[”」』’\"）)]*|(?<=[^\x00-\x7f])\.(?!\d)|\n")
_CLAUSE = re.compile(r"[，,、；;：:。！？!?…\n—]")
_FINISHED = "。！？!?…～~—"
_LONGEST_MANNER = 12
_LONGEST_NAME = 12
_REACH = 200
_NUMBER = r"[一二两三四五六七八九十百千几半数多\d]+"
_SPAN = rf"{_NUMBER}多?个?(?:多|半)?"
_SOON = r"(?:分钟|刻钟|小时|钟头|会儿|秒钟?|时辰)"
_LONG = r"(?:天|日|夜|周|星期|礼拜|月|年|年头|世纪|季|春秋)"
_LEAP = re.compile(
    rf"(?P<soon>(?:过了|又过了)?{_SPAN}{_SOON}(?:以|之|过)?后|过了(?:好?一会儿?|片刻|{_SPAN}{_SOON})"
    r"|不久(?:以后|之后|后)?|没过多久|片刻(?:之)?后|稍后|随后不久)"
    rf"|(?P<long>(?:过了|又过了)?{_SPAN}{_LONG}(?:以|之|过)?后|过了{_SPAN}{_LONG}"
    rf"|第[二三四五六七八九十\d]+[天日周年]|[次翌][日年晨]|隔[天日]|转天|多年(?:以|之)?后|很久(?:以|之)后|转眼|{_NUMBER}年前"
    r"|(?:又一个|又到了)[^，。]{0,4}(?:夜晚|清晨|早晨|春天|夏天|秋天|冬天)(?:过去|之后)?"
    r"|[当那同][晚夜](?!的)|[当那这同一某有][一]?天(?=[晚夜早清上中下傍深午凌，,])|那年|第二年|来年)"
)
_LEADING = re.compile(
    r"^(?:到了|等到|直到|就在|在|从|终于|于是|但是?|可是?|然而|而|后来|然后|接着)+"
)
_QUANTITY = re.compile(
    rf"^(?:这|那|另|某|同)?(?:{_NUMBER}|整)?(?:家|座|间|条|片|艘|个|所|处|栋|幢|辆|架|节|道|扇|块|棵|只|位|名)(?=.)"
)
_HEADING = re.compile(
    r"^(?:(?:第?[一二三四五六七八九十百\d]+[场幕集]?|场景[一二三四五六七八九十\d]*)[\s.、:：，]*)?"
    r"(?P<setting>内景?/外景?|内外景?|内景|外景|内|外)[\s.、:：，—-]+(?P<place>[^\s，。:：—-]{1,30})"
    r"(?:[\s.、，—-]+(?P<hour>[日夜晨昏]|白天|夜晚|清晨|黄昏|傍晚|早晨|晚上|夜内|日内))?\s*$"
)
_LABEL = re.compile(
    r"^(?P<who>[^\s：:，。！？（）()“”「」\"]{1,20})\s*(?:[（(](?P<manner>[^（）()]{1,40})[）)])?\s*[：:]\s*(?P<said>\S.*)$"
)
_TITLED = re.compile(r"^[\u3400-\u9fff]{1,3}$")
_QUOTED = re.compile(r"[“「『\"][^”」』\"“「『]{0,120}[”」』\"]")
_SEEN = 400
"""How much of a sentence is looked at for places."""
_NO_PLACE = re.compile("旅行|冒险|人|服|员|长|生(?!活)|主|们|这[几两个]|之旅|之[行歌家]")
_ROOM = r"[^\W\d_在的到进了回里去上下向往从是和与间个家座所出入过这那有把坐站来]{2}[室厅馆]"
_LOOKS = re.compile(
    "空荡荡|静悄悄|黑漆漆|漆黑|一片|冷冷清清|人山人海|人头攒动|人潮|灯火|空无|安静|热闹|挤满|弥漫|到处|亮着|结满|堆满|坐满|站满"
)
_POINTED = re.compile(rf"(?:(?P<the>[这那])|{_NUMBER})[个位名只条头群]")
_DESCRIBED = re.compile(r"[^，。！？：；\s]{1,14}?的")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FUNCTION = frozenset("的了着在把被是没不就都也还又很有去来这那么什怎为所给让向对从跟和与")
_AFTER_QUOTE = "的是这那成和与、或及之"
_TAIL = r"(?:了|着|过|出|起)?(?:了?(?:[一两二三几半]+)?(?:句话?|声|遍|次|下|番|字|嗓子|通))?"


def _longest_first(items: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(items), key=len, reverse=True)))


@cache
def _listed(section: str, name: str) -> frozenset[str]:
    return frozenset(read("staging_zh")[section][name].split())


class Chinese:
    """The rules of Chinese; see `Tongue`."""

    language: Language = "zh"
    usual_scene = 170
    longest_scene = 720

    # --- vocabulary ---

    @cached_property
    def _words(self) -> dict[str, Any]:
        return read("staging_zh")

    def _list(self, section: str, name: str) -> frozenset[str]:
        return _listed(section, name)

    @cached_property
    def _manners(self) -> dict[str, str]:
        return dict(pair.split("=") for pair in self._words["speech"]["manner"].split())

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        """A clause that ends with a word of saying, with or without who is spoken to."""
        verbs = _longest_first(self._list("speech", "verbs"))
        to = _longest_first(self._list("speech", "to_someone"))
        return re.compile(
            rf"(?P<verb>{to})(?:道)?(?P<whom>[^，。]{{1,6}})$|(?P<said>{verbs})(?P<tail>{_TAIL})$"
        )

    @cached_property
    def _plain_verb(self) -> re.Pattern[str]:
        verbs = _longest_first(self._list("speech", "verbs"))
        return re.compile(rf"(?P<said>{verbs})(?P<tail>{_TAIL})$")

    @cached_property
    def _told_verb(self) -> re.Pattern[str]:
        to = _longest_first(self._list("speech", "to_someone"))
        return re.compile(rf"(?P<said>{to})(?P<whom>[^，。]{{1,6}})$")

    @cached_property
    def _unsaid(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_longest_first(self._list('speech', 'unsaid'))})$")

    @cached_property
    def _unspoken(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._list("speech", "unspoken")))

    @cached_property
    def _adverbs(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?:{_longest_first(self._list('speech', 'adverbs'))})[，,]?)+")

    @cached_property
    def _voice(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._list("speech", "voices")))

    @cached_property
    def _roles(self) -> frozenset[str]:
        lists = [words("people", name) for name in ("roles", "persons", "kin", "animals", "beings")]
        known = frozenset().union(*lists, self._list("speech", "crowd"))
        return frozenset(w for w in known if len(w) > 1) - self._list("speech", "nobody")

    @cached_property
    def _titles(self) -> frozenset[str]:
        return words("people", "titles")

    # --- who there is ---

    def figures(self, profiles: Sequence[CharacterProfile], text: str) -> list[Figure]:
        """The profiles as somebody the text may name."""
        made = []
        titled = set(re.findall(rf"[\u3400-\u9fff](?:{_longest_first(self._titles)})", text))
        for profile in profiles:
            aliases = {a for a in self._aliases(profile.name, titled) if a in text}
            aliases |= self._callings(profile.role)
            if not aliases:
                aliases = {w for w in self._callings(profile.appearance) if w in text}
            made.append(
                Figure(
                    profile.name, frozenset({profile.name, *aliases}), _gender(self, profile), True
                )
            )
        return made

    def _callings(self, role: str) -> set[str]:
        parts = re.split(r"[\s，,、；;/（）()。]+", role)
        return {part for part in parts if part in self._roles}

    def _aliases(self, name: str, titled: set[str]) -> set[str]:
        bare = re.sub(r"[（(【\[].*", "", name).strip() or name
        found = {bare, *(p for p in re.split(r"[\s·・•/、，,—\-]+", bare) if len(p) > 1)}
        inside = re.search(r"[（(](.+?)[）)]", name)
        if inside:
            found.add(inside[1])
        for size in range(min(6, len(bare) - 1), 1, -1):
            if bare[:size] in self._roles and len(bare) - size > 1:
                found |= {bare[size:], bare[:size]}
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

    # --- sentences ---

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text."""
        found, start = [], 0
        for match in _ENDS.finditer(text):
            found.append(text[start : match.end()].strip())
            start = match.end()
        found.append(text[start:].strip())
        return [sentence for sentence in found if sentence]

    def unfinished(self, text: str) -> str:
        """What of a text comes after its last whole sentence."""
        last = 0
        for match in _ENDS.finditer(text, max(0, len(text) - _REACH)):
            last = match.end()
        return text[last or max(0, len(text) - _REACH) :]

    def ended(self, text: str) -> str:
        """Words that were part of a sentence, as a sentence of their own."""
        text = text.strip().lstrip("，,、；;：:。 ")
        bare = text.rstrip("，,、；;：: ")
        return bare + "。" if bare and bare[-1] not in _FINISHED + "”」』）)" else bare

    # --- who speaks ---

    def is_spoken(self, lead: str, inner: str, trail: str, cast: Cast, after_speech: bool) -> bool:
        """Whether a quotation between `lead` and `trail` is said by somebody there and then."""
        lead, trail = lead.strip(), trail.strip()
        if not _says(inner):
            return False
        last = _last_clause(lead.rstrip("：:，, "))
        if lead:
            if self._unspoken.search(lead[-30:]):
                return False
            if verb := self._says(last):
                if lead[-1] not in "：:，," and (
                    verb.groupdict().get("tail") or "whom" in verb.groupdict()
                ):
                    return False
                quiet = lead[-1] not in "：:，," and trail[:1] and trail[0] not in "，,。！？；…"
                return not quiet and not last.endswith(("叫", "喊一声"))
            if self._is_unsaid(last):
                return False
            if lead[-1] in "：:":
                return bool(inner) and (
                    inner[-1] in _FINISHED
                    or trail[:1] in ("", "。", "，")
                    or bool(self.subject(lead, cast))
                )
            return after_speech and lead[-1] in "，,"
        tag = self.after(trail, cast)
        if tag and tag.is_said:
            return True
        if self._is_unsaid(_CLAUSE.split(trail)[0]) or trail[:1] in tuple(_AFTER_QUOTE):
            return False
        return inner[-1] in _FINISHED or not trail or after_speech

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
        return None if self._unsaid.search(clause[: match.start()]) else match

    def _is_unsaid(self, clause: str) -> bool:
        clause = clause[-40:]
        match = self._plain_verb.search(clause)
        return bool(match and not self._says(clause))

    def before(self, lead: str, cast: Cast) -> Tag | None:
        """What the unfinished sentence before a quotation tells of it."""
        text = lead.strip().rstrip("：:，,、 ")
        if not text:
            return None
        clauses = re.split(r"(?<=[，,；;])", text)
        last = clauses[-1].strip()
        match = self._says(last)
        if not match:
            return Tag(self._subject_of(clauses, cast), kept=self.ended(text), is_said=False)
        head = last[-40:][: match.start()]
        head = last[: len(last) - len(last[-40:])] + head
        who, rest = self._who(head, cast)
        earlier = "".join(clauses[:-1])
        kept = self.ended(earlier)
        if who is None:
            who, rest = self._subject_of(clauses[:-1], cast), head
        manner = self._manner(rest, match)
        if manner is None:
            return Tag(who, self._manners.get(match["said"], ""), self.ended(earlier + head))
        return Tag(who, manner, kept)

    def _manner(self, rest: str, match: re.Match[str]) -> str | None:
        """How something is said, by what stands between the speaker and the word of saying."""
        rest = self._adverbs.sub("", rest, count=1) if self._adverbs.match(rest) else rest
        rest = rest.strip(" ，,、的地")
        if len(rest) > _LONGEST_MANNER:
            return None
        own = self._manners.get(match["said"], "")
        return rest + own if own and own not in rest else rest

    def after(self, trail: str, cast: Cast) -> Tag | None:
        """What the sentence after a quotation tells of it."""
        text = trail[:_REACH].lstrip(" ，,")
        skipped = len(trail[:_REACH]) - len(text)
        found = _CLAUSE.search(text)
        clause, end = (text[: found.start()], found.end()) if found else (text, len(text))
        if not clause.strip():
            return None
        match = self._says(clause)
        if not match:
            who = self.subject(clause, cast)
            return Tag(who, is_said=False) if who else None
        shift = len(clause) - len(clause[-40:])
        who, rest = self._who(clause[: shift + match.start()], cast)
        if who is None and clause[: shift + match.start()].strip():
            return None
        manner = self._manner(rest, match)
        sign = text[found.start()] if found else ""
        if manner is None or len(match.groupdict().get("tail") or "") > 1:
            return Tag(who, "", taken=0, goes_on=sign in ("，", ","))
        tail = self._rest_of_sentence(text[end:]) if sign in ("，", ",") else ""
        if not tail:
            return Tag(who, manner, taken=skipped + end, goes_on=sign in ("，", ",", "：", ":"))
        if self._is_unsaid(_last_clause(tail)):
            return Tag(who, manner, taken=0)
        subject = (
            clause[: len(clause) - len(rest) - len(match[0])]
            if rest
            else clause[: shift + match.start()]
        )
        return Tag(
            who, manner, kept=self.ended(subject.strip() + tail), taken=skipped + end + len(tail)
        )

    def _rest_of_sentence(self, text: str) -> str:
        found = _ENDS.search(text)
        return text[: found.end()] if found else text

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
                and text[at + size : at + size + 1] != "的"
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
        described = _QUANTITY.sub("", text[start : head.end()])
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
                found, _ = self._qualified(voiced[0], 0, cast)
                return found or Mention("role", text="声音", alias="声音")
        return None

    def subject(self, sentence: str, cast: Cast) -> Mention | None:
        """Who does what a sentence tells."""
        clauses = [c for c in _CLAUSE.split(sentence[:_REACH]) if c.strip()][:3]
        for clause in clauses:
            mention, end = self._who(clause, cast)
            if mention and (end or mention.kind != "role"):
                return mention
        return None

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

    def label(self, line: str, cast: Cast) -> tuple[str, str, str] | None:
        """A line of a script taken apart: who speaks, how, and what."""
        match = _LABEL.match(line)
        if not match or match["who"] in self._list("speech", "labels"):
            return None
        if not re.match(r"[^“「『\"]", match["said"]):
            return None
        return match["who"], (match["manner"] or "").strip(), match["said"]

    def heading(self, line: str) -> tuple[Setting, str, Hour | None] | None:
        """A line that is a scene's heading already."""
        match = _HEADING.match(line) if len(line) < 60 else None
        if not match:
            return None
        setting: Setting = "int" if match["setting"] in ("内", "内景") else "ext"
        if len(match["setting"].strip("景")) > 1:
            setting = "int_ext"
        hours: dict[str, Hour] = {
            "日": "day",
            "白": "day",
            "早": "day",
            "夜": "night",
            "晚": "night",
        }
        hours |= {"晨": "dawn", "清": "dawn", "昏": "dusk", "黄": "dusk", "傍": "dusk"}
        return setting, match["place"], hours.get((match["hour"] or " ")[0])

    # --- where and when ---

    @cached_property
    def _settings(self) -> dict[str, Setting]:
        places = self._words["places"]
        known: dict[str, Setting] = {}
        kinds: tuple[Setting, ...] = ("int", "ext", "int_ext")
        for setting in kinds:
            known |= dict.fromkeys(places[setting].split(), setting)
        return known

    @cached_property
    def _groups(self) -> dict[str, int]:
        same = self._words["places"]["same"]
        return {word: number for number, group in enumerate(same) for word in group.split()}

    @cached_property
    def _place(self) -> re.Pattern[str]:
        heads = _longest_first(self._settings)
        return re.compile(rf"{heads}|{_ROOM}")

    @cached_property
    def _reaching(self) -> re.Pattern[str]:
        arrivals = _longest_first(self._list("places", "arrivals"))
        return re.compile(rf"(?P<come>{arrivals})了?$|(?<![存现实好内外潜所])(?P<be>在|于)$")

    @cached_property
    def _elsewhere(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._list("places", "elsewhere")))

    @cached_property
    def _outside(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._list("places", "outside")))

    @cached_property
    def _inside(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._list("places", "inside")))

    def spots(self, sentence: str) -> list[Spot]:
        """The places a sentence names, in their order."""
        sentence = _QUOTED.sub(lambda m: "＊" * len(m[0]), sentence[:_SEEN])
        found: list[Spot] = []
        until = 0
        for match in self._place.finditer(sentence):
            if match.start() < until:
                continue
            spot, until = self._spot(sentence, match)
            if spot:
                found.append(spot)
        return found

    def _spot(self, sentence: str, match: re.Match[str]) -> tuple[Spot | None, int]:
        start, end, head = match.start(), match.end(), match[0]
        kind: Setting = self._settings.get(head, "int")
        if _NO_PLACE.match(sentence, end):
            return None, end
        joined = self._place.match(sentence, end)
        if sentence[end : end + 1] == "的" and not joined:
            joined = self._place.match(sentence, end + 1)
            start = joined.start() if joined else start
        if joined:
            head, end = joined[0], joined.end()
            kind = self._settings.get(head, "int")
        clause_start = max(
            (m.end() for m in _CLAUSE.finditer(sentence, 0, match.start())), default=0
        )
        before = sentence[clause_start : match.start()]
        if head == "家" and not joined and before[-1:] not in ("的", "回", "在", "到", "进"):
            return None, end
        place, setting = sentence[start:end], kind
        if outside := self._outside.match(sentence, end):
            place, end, setting = place + outside[0], outside.end(), "ext"
        located = bool(self._inside.match(sentence, end)) or bool(outside)
        reach, body = self._reach(before)
        if reach is None and not self._opens(
            before, sentence[clause_start:], located, sentence[end:]
        ):
            return Spot(place, setting, head, is_here=False), end
        body = _QUANTITY.sub("", body if reach else _LEADING.sub("", before))
        if not joined and "的" not in body and 0 < len(body) <= 4 and _is_noun(body):
            place = body + place
        here = not self._elsewhere.search(before)
        moves = bool(reach and reach["come"])
        return Spot(place, setting, head, here, moves), end

    def _reach(self, before: str) -> tuple[re.Match[str] | None, str]:
        """The words of coming or being that a place's name follows, and what lies between."""
        for size in range(min(10, len(before)) + 1):
            cut = len(before) - size
            if match := self._reaching.search(before[:cut]):
                return match, before[cut:]
        return None, ""

    def _opens(self, before: str, clause: str, located: bool, after: str) -> bool:
        """Whether a clause begins with the place: 会议室里，…; 街上空无一人."""
        bare = _LEADING.sub("", before)
        short = len(bare) <= 6 and not re.search(r"[他她它我你了着过是有从由离]", bare)
        return short and (
            located
            or after[:1] in ("，", ",")
            or bool(_LOOKS.match(after))
            or (after[:1] != "的" and clause[len(before) :][:2] in self._settings)
        )

    def is_same(self, one: str, other: str) -> bool:
        """Whether two places of the vocabulary are one to a story."""
        if one == other or (len(one) > 1 and one in other) or (len(other) > 1 and other in one):
            return True
        group = self._groups.get(one)
        return group is not None and group == self._groups.get(other)

    @cached_property
    def _hours(self) -> list[tuple[Hour, re.Pattern[str]]]:
        order: tuple[Hour, ...] = ("dawn", "night", "dusk", "day")
        return [(hour, re.compile(_longest_first(self._list("time", hour)))) for hour in order]

    @cached_property
    def _signs(self) -> list[tuple[Hour, re.Pattern[str]]]:
        order: tuple[Hour, ...] = ("night", "dusk", "dawn", "day")
        return [
            (hour, re.compile(_longest_first(self._list("time", f"{hour}_signs"))))
            for hour in order
        ]

    def clock(self, sentence: str, opens: bool) -> Clock | None:
        """The time a sentence tells of; `opens` where it begins a paragraph."""
        head = sentence[:24]
        bare = _LEADING.sub("", head)
        leap = _LEAP.match(bare)
        if leap:
            rest = bare[leap.start() : leap.end() + 6]
            hour = None if "过去" in rest else self._hour(rest)
            return Clock(hour, leaps=True, is_soon=bool(leap["soon"]))
        for hour, pattern in self._hours:
            match = pattern.search(bare[:10])
            if (
                match
                and bare[match.end() : match.end() + 1] != "的"
                and not re.search("每|昨|前一|从", bare[: match.start()])
            ):
                return Clock(hour, leaps=False)
        return None

    def _hour(self, text: str) -> Hour | None:
        if re.search(r"(?<!傍)[晚夜](?!饭)", text):
            return "night"
        return next((hour for hour, pattern in self._hours if pattern.search(text)), None)

    def light(self, sentence: str) -> Hour | None:
        """The hour that the light of a sentence tells."""
        for hour, pattern in (*self._hours, *self._signs):
            match = pattern.search(sentence)
            if match and not re.search(
                "每[天个]|昨|从前|小时候|曾经", sentence[: match.start()][-6:]
            ):
                return hour
        return None

    @cached_property
    def _on(self) -> re.Pattern[str]:
        return re.compile(_longest_first(self._list("time", "goes_on")))

    def goes_on(self, sentence: str) -> bool:
        """Whether a paragraph that begins so comes some time after the one before it."""
        return bool(self._on.match(sentence))

    def usual_place(self, text: str) -> tuple[Setting, str]:
        """Where a story that names no place is likely to be, by what it tells of."""
        best, most = self._words["otherwise"], 1
        for theme in self._words["themes"].values():
            weight = sum(min(text.count(word), 5) * len(word) for word in theme["words"].split())
            if weight > most:
                best, most = theme, weight
        return best["setting"], best["place"]


def _gender(tongue: Chinese, profile: CharacterProfile) -> Gender:
    described = f"{profile.appearance} {profile.visual_description}"
    told = (f"{profile.name} {profile.role}", described, profile.personality, profile.backstory)
    found = [tongue.gender_of(text[:400]) for text in told]
    return next((g for g in found if g in ("f", "m")), "it" if "it" in found else "")


def _says(inner: str) -> bool:
    return any(sign.isalnum() for sign in inner) or bool(re.search(r"[？！?!…—]", inner))


def _last_clause(text: str) -> str:
    return re.split(r"[，,；;：:。！？]", text)[-1].strip()


def _is_someone(whom: str) -> bool:
    return len(whom) <= 6 and not re.search(r"[了着过的在是。，]", whom)


def _is_noun(body: str) -> bool:
    return not re.search(r"[了着过是有他她它我你这那从到在往向去来]", body)
