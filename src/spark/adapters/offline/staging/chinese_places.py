"""Where and when Chinese prose is."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from ....screenplay import Hour, Setting
from .chinese_words import CLAUSE, NUMBER, QUANTITY, ChineseWords, longest_first
from .tongue import Clock, Spot

_SPAN = rf"{NUMBER}多?个?(?:多|半)?"
_SOON = r"(?:分钟|刻钟|小时|钟头|会儿|秒钟?|时辰)"
_LONG = r"(?:天|日|夜|周|星期|礼拜|月|年|年头|世纪|季|春秋)"
_LEAP = re.compile(
    rf"(?P<soon>(?:过了|又过了)?{_SPAN}{_SOON}(?:以|之|过)?后|过了(?:好?一会儿?|片刻|{_SPAN}{_SOON})"
    r"|不久(?:以后|之后|后)?|没过多久|片刻(?:之)?后|稍后|随后不久)"
    rf"|(?P<long>(?:过了|又过了)?{_SPAN}{_LONG}(?:以|之|过)?后|过了{_SPAN}{_LONG}"
    rf"|第[二三四五六七八九十\d]+[天日周年]|[次翌][日年晨]|隔[天日]|转天|[^，。有问起记说想]{{1,6}}(?:的?那一?天|当天|那年)(?=，)|多年(?:以|之)?后|很久(?:以|之)后|转眼|{NUMBER}年前"
    r"|(?:又一个|又到了)[^，。]{0,4}(?:夜晚|清晨|早晨|春天|夏天|秋天|冬天)(?:过去|之后)?"
    r"|[当那同][晚夜](?!的)|[当那同一某有][一]?天(?=[晚夜早清上中下傍深午凌，,])|那年|第二年|来年|周末(?=[，,])|星期[一二三四五六日天](?=[，,])|[年月]底(?=[，,]))"
    r"|(?P<after>(?!然后|随后|最后|从此|自此|此后|往后|今后|后)[^，。有问起记说想身背]{1,6}(?:以后|之后|后)(?=[，,]))"
)
_LEADING = re.compile(
    r"^(?:到了|等到|直到|就在|在|从|终于|于是|但是?|可是?|然而|而|后来|然后|接着)+"
)
_HEADING = re.compile(
    r"^(?:(?:第?[一二三四五六七八九十百\d]+[场幕集]?|场景[一二三四五六七八九十\d]*)[\s.、:：，]*)?"
    r"(?P<setting>内景?/外景?|内外景?|内景|外景|内|外)[\s.、:：，—-]+(?P<place>[^\s，。:：—-]{1,30})"
    r"(?:[\s.、，—-]+(?P<hour>[日夜晨昏]|白天|夜晚|清晨|黄昏|傍晚|早晨|晚上|夜内|日内))?\s*$"
)
_QUOTED = re.compile(r"[“「『\"][^”」』\"“「『]{0,120}[”」』\"]")
_SEEN = 400
"""How much of a sentence is looked at for places."""
_NO_PLACE = re.compile("旅行|冒险|人|服|员|长|生(?!活)|主|们|这[几两个]|之旅|之[行歌家]")
_NO_ARRIVAL = "排铺延伸堆想听看提收得遇梦感受碰谈说见等直拿找学轮不没做用改先推召撤收退"
"""Signs before 到, 进 and 回 with which nobody comes anywhere."""
_DESCRIBES = re.compile(
    rf"(?:[这那另某同]|{NUMBER}|整)?(?:[家座间条片艘个所处栋幢辆架节道扇块棵])?"
    r"(?:[^，的里要把被给让]{0,12}的)?[^，了着过是有他她它我你这那从到在往向去来里要放把被给让的]{0,4}"
)
_SPOKEN_OF = re.compile(
    "这[几两一二三四五六七八九十]个字|这句话|讲了一遍|这个词|不再是|意味着|写下来|从[没未]想过|所谓|说起过|扯上"
)
_IS_AT = re.compile("[^，在]{2,8}就?在[^，]{2,10}。")
"""A sentence that says no more than where something is."""
_NEXT = re.compile("[：:][^，。]{0,4}?(?P<then>第二天|次日|当晚|当夜|那天)")
_HOUSE = re.compile(
    "[楼厦院店馆站庭狱局行场庙墅堂房司校部铺所家屋宅宫殿舍]$|坑道|洞|帐篷|医院|超市|写字楼|教堂"
)
_ROOM = (
    r"[^\W\d_在的到进了回里去上下向往从是和与间个家座所出入过这那有把坐站来]{2}"
    r"[室厅馆店塔庙寺宫殿楼谷寨镇村岛湾峰园]"
)
_LOOKS = re.compile(
    "空荡荡|静悄悄|黑漆漆|漆黑|一片|冷冷清清|人山人海|人头攒动|人潮|灯火|空无|安静|热闹|挤满|弥漫|到处|亮着|结满|堆满|坐满|站满"
)


def _is_noun(body: str) -> bool:
    return not re.search(r"[了着过是有他她它我你这那从到在往向去来里要放把被给让]", body)


class ChinesePlaces(ChineseWords):
    """Places, hours, and what only looks like one."""

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
        heads = longest_first(self._settings)
        return re.compile(rf"{heads}|{_ROOM}")

    @cached_property
    def _reaching(self) -> re.Pattern[str]:
        arrivals = longest_first(self._list("places", "arrivals"))
        return re.compile(
            rf"(?P<come>{arrivals}|(?<![{_NO_ARRIVAL}])[到进回]|(?<![要想会过])去)了?$"
            rf"|(?P<out>[走冲跑逃爬驶开奔溜搬挤]出)了?$"
            rf"|(?<![存现实好内外潜所])(?P<be>在|于|守[着住]|修好了?|打扫|参观|看守)$"
        )

    @cached_property
    def _riding(self) -> re.Pattern[str]:
        return re.compile(r"(?P<come>乘坐|搭乘|[坐乘搭骑])[着上]?$|(?P<out>(?!))(?P<be>(?!))")

    @cached_property
    def _elsewhere(self) -> re.Pattern[str]:
        return re.compile(longest_first(self._list("places", "elsewhere")))

    @cached_property
    def _outside(self) -> re.Pattern[str]:
        return re.compile(longest_first(self._list("places", "outside")))

    @cached_property
    def _inside(self) -> re.Pattern[str]:
        return re.compile(longest_first(self._list("places", "inside")))

    def spots(self, sentence: str) -> list[Spot]:
        """The places a sentence names, in their order."""
        if _SPOKEN_OF.search(sentence):
            return []
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
        if head not in self._settings and (known := self._known_end(head)):
            start, head = end - len(known), known
        kind = self._kind(head)
        if _NO_PLACE.match(sentence, end):
            return None, end
        joined = self._place.match(sentence, end)
        if sentence[end : end + 1] == "的" and not joined:
            joined = self._place.match(sentence, end + 1)
            start = joined.start() if joined else start
        if joined:
            head, end = joined[0], joined.end()
            kind = self._kind(head)
        clause_start = max((m.end() for m in CLAUSE.finditer(sentence, 0, start)), default=0)
        before = sentence[clause_start : min(start, match.end())]
        if head == "家" and not joined and before[-1:] not in ("的", "回", "在", "到", "进"):
            return None, end
        place, setting = sentence[start:end], kind
        if outside := self._outside.match(sentence, end):
            place, end, setting = place + outside[0], outside.end(), "ext"
        inside = self._inside.match(sentence, end)
        after = sentence[inside.end() if inside else end :]
        located = bool(inside or outside) and after[:1] != "的"
        reach, body = self._reach(before, head)
        if reach is None and not self._opens(before, located, after):
            is_hull = not before and head in self._list("places", "hulls")
            is_vague = head in self._list("places", "vague")
            if is_vague or (head in self._list("places", "vehicles") and not is_hull):
                return None, end
            whole = match[0] if joined else place
            return Spot(whole, self._settings.get(whole, setting), whole, is_here=False), end
        if reach and reach["out"] and kind == "int" and not outside:
            if not self._is_house(head):
                return None, end
            place, setting = f"{place}外", "ext"
        body = QUANTITY.sub("", body if reach else _LEADING.sub("", before)).rpartition("的")[2]
        if not joined and 0 < len(body) <= 4 and self._is_name(body):
            place = body + place
        here = not self._elsewhere.search(before)
        if reach is None and head in self._list("places", "vague"):
            here = False
        moves = bool(reach and (reach["come"] or reach["out"]))
        is_told = reach is None or self._is_told_of(sentence)
        return Spot(place, setting, head, here, moves, is_told and here), end

    def _is_told_of(self, sentence: str) -> bool:
        """Whether a sentence says no more than where something is that is no ship."""
        subject = self._place.match(sentence)
        is_hull = subject is not None and self.is_hull(subject[0])
        return bool(_IS_AT.fullmatch(sentence)) and not is_hull

    def _kind(self, head: str) -> Setting:
        """Indoors or out of doors, as the vocabulary says or as the last sign does."""
        return self._settings.get(head, "ext" if head[-1] in "谷寨镇村岛湾峰园" else "int")

    def _known_end(self, word: str) -> str:
        """The place that a word of any room ends with: 温室 in 弃温室."""
        ends = (word[at:] for at in range(1, len(word) - 1))
        return next((end for end in ends if end in self._settings), "")

    def _is_house(self, head: str) -> bool:
        """Whether who leaves it is in the open."""
        return bool(_HOUSE.search(head))

    def _is_name(self, body: str) -> bool:
        """Whether a few signs before a place belong to its name: 拆迁办的, but not 黄昏."""
        if not _is_noun(body) or "的" in body or body in tuple("小大旧老新破"):
            return False
        return not any(pattern.search(body) for _, pattern in self._hours)

    def _reach(self, before: str, head: str) -> tuple[re.Match[str] | None, str]:
        """The words of coming or being that a place's name follows, and what lies between."""
        for size in range(min(14, len(before)) + 1):
            cut = len(before) - size
            body = before[cut:]
            if not _DESCRIBES.fullmatch(body):
                continue
            if match := self._reaching.search(before[:cut]):
                return match, body
            if head in self._list("places", "vehicles") and (
                match := self._riding.search(before[:cut])
            ):
                return match, body
        return None, ""

    def _opens(self, before: str, located: bool, after: str) -> bool:
        """Whether a clause begins with the place: 会议室里，…; 街上空无一人."""
        bare = _LEADING.sub("", before)
        short = len(bare) <= 6 and not re.search(r"[他她它我你了着过是有从由离把被]", bare)
        return short and (located or after[:1] in ("，", ",") or bool(_LOOKS.match(after)))

    def is_same(self, one: str, other: str) -> bool:
        """Whether two places of the vocabulary are one to a story."""
        if one == other or (len(one) > 1 and one in other) or (len(other) > 1 and other in one):
            return True
        group = self._groups.get(one)
        return group is not None and group == self._groups.get(other)

    def is_passage(self, place: str) -> bool:
        """Whether one only passes a place on the way to another: a lift, the stairs."""
        return place in self._list("places", "passages")

    def is_hull(self, place: str) -> bool:
        """Whether people are in a place of this kind, wherever it is: a submarine, a train."""
        return place in self._list("places", "hulls")

    @cached_property
    def _hours(self) -> list[tuple[Hour, re.Pattern[str]]]:
        order: tuple[Hour, ...] = ("dawn", "night", "dusk", "day")
        return [(hour, re.compile(longest_first(self._list("time", hour)))) for hour in order]

    @cached_property
    def _signs(self) -> list[tuple[Hour, re.Pattern[str]]]:
        order: tuple[Hour, ...] = ("night", "dusk", "dawn", "day")
        return [
            (hour, re.compile(longest_first(self._list("time", f"{hour}_signs")))) for hour in order
        ]

    def clock(self, sentence: str, opens: bool) -> Clock | None:
        """The time a sentence tells of; `opens` where it begins a paragraph."""
        head = sentence[:24]
        bare = _LEADING.sub("", head)
        leap = _LEAP.match(bare)
        if not leap and (then := _NEXT.search(sentence[:60])):
            bare = then["then"]
            leap = _LEAP.match(bare)
        if leap:
            rest = bare[leap.start() : leap.end() + 6]
            hour = None if "过去" in rest else self._hour(rest)
            return Clock(hour, leaps=True, is_soon=bool(leap["soon"] or leap["after"]))
        for hour, pattern in self._hours:
            match = pattern.search(bare[:10])
            if (
                match
                and not re.match("的(?!时候|时分)", bare[match.end() :])
                and not re.search("每|昨|前一|从|比|像", bare[: match.start()])
            ):
                return Clock(hour, leaps=False)
        return None

    def _hour(self, text: str) -> Hour | None:
        if re.search(r"(?<!傍)[晚夜](?!饭)", text):
            return "night"
        return next((hour for hour, pattern in self._hours if pattern.search(text)), None)

    def light(self, sentence: str) -> Hour | None:
        """The hour that the light of a sentence tells."""
        found: list[Hour] = []
        for hour, pattern in (*self._hours, *self._signs):
            match = pattern.search(sentence)
            if match and not re.search(
                "每[天个]|昨|从前|小时候|曾经|一个|比|像", sentence[: match.start()][-6:]
            ):
                found.append(hour)
        return found[0] if len(set(found)) == 1 else None

    @cached_property
    def _on(self) -> re.Pattern[str]:
        return re.compile(longest_first(self._list("time", "goes_on")))

    def goes_on(self, sentence: str) -> bool:
        """Whether a paragraph that begins so comes some time after the one before it."""
        return bool(self._on.match(sentence))

    def cued(self, sentence: str) -> Spot | None:
        """The place that things in a sentence belong to: a blackboard to a classroom."""
        for cue in self._words["cues"]:
            if any(word in sentence for word in cue["words"].split()):
                return Spot(cue["place"], cue["setting"], cue["place"], is_here=False)
        return None

    @cached_property
    def _wide(self) -> re.Pattern[str]:
        return re.compile(longest_first(self._list("places", "wide")))

    def wide_place(self, text: str) -> Spot | None:
        """The town, ship or school that a text speaks of more than once."""
        found = Counter(self._wide.findall(text))
        for head, times in found.most_common(1):
            if times > 1:
                return Spot(head, self._settings[head], head, is_here=False)
        return None

    def usual_place(self, text: str) -> tuple[Setting, str]:
        """Where a story that names no place is likely to be, by what it tells of."""
        best, most = self._words["otherwise"], 1
        for theme in self._words["themes"].values():
            weight = sum(min(text.count(word), 5) * len(word) for word in theme["words"].split())
            if weight > most:
                best, most = theme, weight
        return best["setting"], best["place"]
