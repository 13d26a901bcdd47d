"""The part of a Chinese message that names whoever is in the film."""

from __future__ import annotations

import re

from .cast import Person
from .characters import (
    declared,
    head_of,
    is_person_phrase,
)
from .cues import Mention, unopened
from .names import looks_like_name, named_after_cue
from .plot import has_action
from .story import Story
from .text import trim, words
from .words import cut

_LATE_NAME = re.compile(
    r"^(?P<who>.{1,12}?)(?:的)?(?:名字)?(?:就|也|可以|都|还|应该|要|想)*(?:叫做?|名叫|名字是"
    r"|名为|取名叫?|起名叫?|改名叫?|命名为|名字:)(?P<name>.+)$"
)
_BARE_NAME = re.compile(
    r"^(?P<who>)(?:就|名字)*(?:叫做?|名叫|名为|名字叫|名字是|取名叫?)(?P<name>.{1,12})$"
)
_CALLED_BY_ALL = re.compile(
    r"^(?:[^，,]{0,8}?)(?:都|就)?(?:管|把|称呼?|叫)(?P<who>[^，,]{1,8}?)(?:就|都)?(?:叫做?|称为"
    r"|称作|唤作)(?P<name>.{1,12})$"
    r"|^(?:[^，,]{0,8}?)(?:就)?叫(?P<whom>[他她它])(?P<nick>[^来去回过到走吃喝等帮上下出进别不，,"
    r"]{2,8})$"
)
_TRUE_NAME = re.compile(
    r"^(?:[他她它]|那个.{1,6})?(?:的)?(?:大名|真名|本名|原名|全名)(?:其实|就)?(?:叫"
    r"|是)?(?P<name>.{2,8})$"
)


class Naming(Story):
    """Gives names, also to those met before."""

    def _remark_on_cast(self, clause: str) -> bool:
        """三轮车不算角色: somebody is taken out; 流浪猫也算一个角色: somebody is let in."""
        if found := re.match(
            r"(.{1,8}?)(?:就|都)?(?:不算|不是)(?:一个|个)?(?:角色|人物|主角)", clause
        ):
            person = self.cast.find(trim(found[1]))
            if person:
                self.cast.remove(person)
                self.list_open = True
            return person is not None
        if found := re.match(r"(.{1,10}?)(?:也|都)?算(?:是|一个|个)*(?:角色|人物)", clause):
            return self._cast_list(found[1])
        return False

    def _name_late(self, clause: str) -> bool:
        """他叫莫问, 那个宇航员叫李明, 主角叫小红."""
        if managed := _CALLED_BY_ALL.match(clause):
            return self._nickname(
                managed["who"] or managed["whom"], managed["name"] or managed["nick"]
            )
        if true := _TRUE_NAME.match(clause):
            return self._true_name(true["name"])
        if self._surnamed(clause):
            return True
        listed = _BARE_NAME.match(clause)
        if listed and re.search(r"[、和与]", listed["name"]):
            self.group = self.group or self.cast.focus
            return self._cast_list(listed["name"])
        found = listed or _LATE_NAME.match(clause)
        if not found:
            return False
        if "、" in found["name"] and (group := self._unnamed(re.sub("有$", "", found["who"]))):
            self.group = group
            return self._cast_list(re.sub("^[:：]", "", found["name"]))
        who = re.sub(r"^(?:那个|这个|那位|这位|那只|这只|那|这)|(?:的|是个|是)$", "", found["who"])
        name = named_after_cue(found["name"])
        rest = found["name"].lstrip("“").removeprefix(name).strip("”吧了的呢啊。 ")
        if name and not rest and re.match(r"(?:另?一[个位只名头条]|男的|女的)叫", clause):
            return self._one_of_them(name)
        if name and not rest and re.match(r"[^他她它的，,]{1,6}的叫", clause):
            # 领头的叫高阳: one of the crowd just told of.
            self.cast.meet(Mention(name, "", found["who"], True))
            return True
        if not name or re.search(r"[、，,和]", who) or has_action(who):
            return False
        if rest and has_action(rest):
            return False
        person = self.cast.focus if self.renaming and not who else self._unnamed(who)
        if person is None and is_person_phrase(who) and not looks_like_name(who):
            person = self.cast.meet(Mention(who, head_of(who), new=True))
        if person is None and self.renaming:
            person = self.cast.focus
        if person is None and re.fullmatch(r"[他她它]", who):
            person = self.cast.meet(Mention(name, new=True))
        if person is None:
            return False
        note = "" if person.is_named else person.name
        person.heads.add(head_of(person.name))
        person.note, person.name, person.called = person.note or note, name, True
        self.cast.focus, self.list_open = person, True
        if rest.startswith(("和", "与", "跟", "、")):
            self._cast_list(rest[1:])
        return True

    def _one_of_them(self, name: str) -> bool:
        """两个宇航员，一个叫陆岩: the first name takes over the pair, the next is a new one."""
        nameless = [person for person in self.cast.present if not person.is_named]
        if len(nameless) in (1, 2):
            pair = nameless[0]
            pair.note, pair.name, pair.called = pair.note or pair.name, name, True
            self.cast.focus = pair
        else:
            self.cast.meet(Mention(name, new=True))
        return True

    def _surnamed(self, clause: str) -> bool:
        """教导主任姓武: somebody goes by surname and title."""
        found = re.match(r"^(?P<who>.{2,8})姓(?P<surname>[\u3400-\u9fff]{1,2})$", clause)
        if found and is_person_phrase(re.sub("^有", "", found["who"])):
            who = unopened(re.sub("^有", "", found["who"]))
            self.cast.meet(Mention(who, head_of(who), f"姓{found['surname']}", True))
            return True
        titles = [t for t in words("people", "titles") if found and found["who"].endswith(t)]
        if not found or not titles or not cut(found["who"])[-1].is_somebody:
            return False
        name = found["surname"] + max(titles, key=len)
        person = self.cast.find(found["who"])
        if person and not person.is_named:
            person.note, person.name = person.name, name
        else:
            self.cast.meet(Mention(name, head_of(found["who"]), found["who"], True))
        self.list_open = True
        return True

    def _nickname(self, who: str, said: str) -> bool:
        """大家都管他叫“铁算盘”: a name, and perhaps of somebody new."""
        name = named_after_cue(said)
        person = self.cast.find(who) or (
            self.cast.focus if re.fullmatch(r"[他她它]", who) else None
        )
        if not name:
            return False
        if person and not person.is_named:
            person.note, person.name = person.name, name
        elif not person:
            self.cast.meet(Mention(name, new=True))
        return True

    def _true_name(self, said: str) -> bool:
        """她真名叫楚婉: the one spoken of goes by that name."""
        name, person = named_after_cue(said), self.cast.focus or next(iter(self.cast.present), None)
        if not name or not person:
            return False
        person.note = person.note or person.name
        person.name = name
        self.describing_traits = True
        return True

    def _unnamed(self, who: str) -> Person | None:
        nameless = [person for person in self.cast.present if not person.is_named]
        if re.fullmatch(r"他|她|它|名字|主角|主人公|", who):
            if who in ("他", "她", "它", "名字", "") and self.cast.focus in nameless:
                return self.cast.focus
            return nameless[0 if who in ("主角", "主人公") else -1] if nameless else None
        if re.fullmatch(r"男主(?:角|人公)?|女主(?:角|人公)?|反派", who):
            fitting = [p for p in nameless if not _other_sex(who, p.name)]
            return fitting[0] if fitting else None
        person = self.cast.find(who)
        return person if person and (not person.is_named or person.name == who) else None

    def _cast_list(self, said: str, label: str = "") -> bool:
        met = False
        mentions = declared(said)
        self._resolve_group(said, len(mentions))
        self.describing = ":" in said
        for mention in mentions:
            if re.match(r"我(?!的)|你", mention.name) or len(mention.name) > 40:
                continue
            person = self.cast.meet(mention)
            if person:
                met = True
                if self.counting:
                    self.group, self.counting = person, False
                if (
                    label
                    and label not in person.note
                    and re.search(r"反派|配角|对手|搭档|助手", label)
                ):
                    person.note = f"{label}，{person.note}".strip("，")
        return met

    def _resolve_group(self, said: str, count: int) -> None:
        """两个老骗子，老曹和老金: the group gives way to its members."""
        if self.group and count > 1 and not self.group.is_named:
            self.cast.remove(self.group)
        self.group = None
        if count == 1 and re.match(r"(?:就|有|是|只有)*[两俩二三四五六2-6][个位名只条]", said):
            self.counting = True


def _other_sex(label: str, name: str) -> bool:
    female = re.search(r"女|妈|姐|妹|娘|婆|奶|姑|公主|后|妃|她|护士", name) is not None
    male = re.search(r"男|爸|哥|弟|父|爷|叔|王子|汉|少年(?!女)", name) is not None
    return (label.startswith("男") and female) or (label.startswith("女") and male)


def names_somebody(clause: str) -> bool:
    """Whether a clause is about what somebody is called: 她真名叫楚婉, 大家都管他叫铁算盘."""
    return bool(_TRUE_NAME.match(clause) or _CALLED_BY_ALL.match(clause))
