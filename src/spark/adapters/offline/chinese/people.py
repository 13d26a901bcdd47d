"""The part of a Chinese message that says who is in the film."""

from __future__ import annotations

import re

from .characters import (
    SETTING_OUT,
    declared,
    head_of,
    is_person_phrase,
    labelled,
    split_list,
)
from .cues import CALLED, LABEL, OPENING, Mention, unopened
from .evidence import is_clause, is_place
from .intents import is_undecided
from .labels import LABELS
from .names import looks_like_name, named_after_cue
from .naming import Naming
from .plot import has_action
from .story import TRAIT
from .text import trim, words
from .words import cut

_ADDS = re.compile(
    r"^(?:再|还|另外|并且|同时)*(?:想|要|可以|帮我|请|给我)*(?:增加|添加|加入|加上|加进|加|添"
    r"|多来|补上|补充)(?!进去|进来$)(?:上|进来|个)?(?=[^油班快速强重入深])"
)
_ONCE = re.compile(
    r"^(?:从前|很久以前|以前|故事里|里面|[^，,]{0,10}(?:里|上|中|下|边|时期|年间"
    r"|时候))?(?:[，,])?(?:只|一共|总共|还)?(?:住着|生活着|有)"
    r"(?:[一二两三四五六七八九十几]{1,2}[个位名只][^:，,]{0,6}:|(?=[一个两三])(?!一[天次年日]))"
)
_COUNTED_LIST = re.compile(
    r"^(?:就|一共|总共)?[一二两三四五六七八九十几]{1,2}[个位名只][^:，,]{1,6}:(?=.)"
)
_SELF_AS_LEAD = re.compile(
    r"^(?:主角|主人公|男主角?|女主角?)(?:就|就?是|当然)*(?:是|用)?(我(?:自己)?)(?:吧|了)?$"
)
_PREDICATE = re.compile(
    r"得很|[很太不没真]|^(?:今天|明天|昨天|最近|快|慢)|(?:节奏|画面|色调|气氛|氛围|感觉|风格"
    r"|音乐|配乐|天气|心情)$|^[零一二三四五六七八九十百\d]+$|[得着过]"
)


class People(Naming):
    """Declares, names and describes members of the cast."""

    def _declare(self, clause: str) -> bool:
        """主角是李明, 角色:…, 再加一个反派, 李明是宇航员."""
        if _SELF_AS_LEAD.match(clause) or (
            self.asked == "characters" and re.fullmatch(r"(?:就是?)?我(?:自己|本人)?", trim(clause))
        ):
            return self._cast_list_raw("我")
        if self._self_talk(clause):
            return False
        if once := (_ONCE.match(clause) or _COUNTED_LIST.match(clause)):
            rest = clause[once.end() :]
            rest = re.sub(r"^个(?=.)", "一个", rest)
            if (
                ("叫" in rest[:16] and not _late_action(rest))
                or is_person_phrase(rest)
                or (once[0].endswith(":") and is_list_of_people(rest, True))
            ):
                self.list_open = True
                return self._cast_list(rest)
        if found2 := labelled(clause):
            return self._labelled_people(*found2)
        if self._apposition(clause):
            return True
        if added := _ADDS.match(clause):
            rest = clause[added.end() :]
            if re.match(rf"(?:[一两三]?个)?(?:新)?{LABEL}$", trim(rest)):
                self.list_open = True
                return True
            if (
                rest
                and not self._is_facet(rest)
                and not (has_action(rest) and not is_person_phrase(trim(rest)))
            ):
                self.list_open = True
                return self._cast_list(rest)
        return self._copular(clause)

    def _labelled_people(self, label: str, rest: str) -> bool:
        self.list_open = True
        rest = trim(rest)
        if not rest or is_undecided(rest):
            return True
        person_part, tail = _until_verb(rest)
        told = False
        if tail:
            told = True
            rest = person_part
        rest = re.sub(r"(?<=.)[，,]?(?:女主角?|男主角?|反派|配角)(?:是|叫|:)?(?=.{2})", "、", rest)
        met = self._cast_list(rest, label)
        if met and told:
            self._story(f"{self.cast.focus.name if self.cast.focus else ''}{tail}", tail)
        return True

    def _trait(self, clause: str) -> bool:
        """他今年30岁，性格沉稳: a note on somebody, nothing that happens."""
        said = re.sub(r"^[他她它](?!们)", "", trim(clause))
        person = self.cast.focus or (self.cast.present[0] if len(self.cast.present) == 1 else None)
        about_somebody = said != trim(clause) or self.describing_traits
        if (
            any(self.told)
            or not person
            or not about_somebody
            or not TRAIT.match(said)
            or len(said) > 24
        ):
            return False
        person.note = f"{person.note}，{said}".strip("，")
        self.describing_traits = True
        return True

    def _apposition(self, clause: str) -> bool:
        """女主角林夕，插画师: a bare role after a name is what the named one is."""
        focus, said = self.cast.focus, trim(clause)
        pieces = cut(said)
        if focus and (is_what := re.match(r"是(?:一?[个只名位条台艘把]|个)(.{1,14})$", said)):
            focus.note = f"{focus.note}，{is_what[1]}".strip("，")
            focus.heads.add(head_of(is_what[1]))
            return True
        if not (self.list_open and focus and not focus.origin):
            return False
        said = re.sub(r"^[他她它](?!们)", "", said)
        if TRAIT.match(said) and not any(self.told) and len(said) <= 24:
            focus.note = f"{focus.note}，{said}".strip("，")
            return True
        told = focus.note and focus.note not in words("people", "persons")
        if not focus.is_named or (told and not self.describing):
            return False
        mentions = declared(said)
        if (
            re.match(r"[他她它]|以及|和|还有", clause)
            or not mentions
            or mentions[0].note
            or (told and said[0] == "一")
        ):
            return False
        pieces = cut(mentions[0].name)
        if (
            not pieces[-1].is_somebody
            or not pieces[-1].is_a("role", "person")
            or not is_person_phrase(said)
            or len(said) > 14
        ):
            return False
        focus.note = said
        focus.heads.add(pieces[-1].text)
        return True

    def _cast_list_raw(self, name: str) -> bool:
        self.cast.meet(Mention(name, new=True))
        return True

    def _copular(self, clause: str) -> bool:
        """李明是一名宇航员: a note, no event."""
        found = re.match(
            r"^(?P<who>.{1,10}?)(?:其实|也|就|都|曾经|曾|还|本来|原本|以前"
            r"|才)?是(?:一?[个名位只条头])?(?P<what>.{1,30})$",
            clause,
        )
        if not found or re.search(
            r"凶手|真相|原来|发现|因为|于是|结果|竟|不$|还$|但$|却$|最后|其实$",
            found["who"] + clause[len(found["who"]) :][:2],
        ):
            return False
        who, what = trim(found["who"]), trim(found["what"])
        if has_action(who) or self.told[-1]:
            return False
        if len(who) <= 4 and is_person_phrase(what) and not looks_like_name(who):
            named = declared(what)
            if named and named[0].note and looks_like_name(named[0].name):
                return self._cast_list(what)
        known = self.cast.find(who) if looks_like_name(who) or who in self.cast.names else None
        other = who in ("他", "她") and self.spoken_of in ("他", "她") and who != self.spoken_of
        if who in ("他", "她", "它") and self.cast.focus and is_person_phrase(what) and not other:
            known = self.cast.focus
        if who in ("他", "她", "它") and is_person_phrase(what) and not known:
            self.spoken_of = who
            return self._cast_list(what)
        if known and is_person_phrase(what):
            known.note = f"{known.note}，{what}".strip("，")
            known.heads.add(head_of(what))
            return True
        if clause.endswith("的") and is_person_phrase(who) and self.list_open:
            person = self.cast.meet(Mention(who, head_of(who), new=True))
            if person:
                person.note = what
            return True
        if len(split_list(who)) > 1 and is_list_of_people(who, False):
            return self._cast_list(who)
        named = declared(who)
        if len(named) == 1 and named[0].note and looks_like_name(named[0].name):
            self.list_open = True
            return self._cast_list(who)
        if is_person_phrase(who) or looks_like_name(who):
            return self._new_copular(who, what)
        return False

    def _new_copular(self, who: str, what: str) -> bool:
        if not is_person_phrase(what) or has_action(what):
            return False
        mentions = declared(what)
        if not mentions:
            return False
        if looks_like_name(mentions[0].name) and not looks_like_name(who):
            return self._cast_list(what)
        if looks_like_name(who):
            person = self.cast.meet(Mention(who, new=True))
            if person:
                person.note, person.heads = what, {*person.heads, head_of(what)}
            return True
        return False

    def _takes_note(self, said: str) -> bool:
        """主人公罗奶奶，七十三，精神得很: bare facts behind somebody just named."""
        focus = self.cast.focus
        if not (self.list_open and focus and not any(self.told)) or len(said) > 10:
            return False
        if not re.search(r"^[零一二三四五六七八九十百\d]{1,4}(?:岁|多)?$|得很$|^[很特]", said):
            return False
        focus.note = f"{focus.note}，{said}".strip("，")
        return True

    def _people(self, clause: str) -> bool:
        """A clause that is nothing but somebody: 一个失明的钢琴家, 兽医唐医生和流浪猫煤球."""
        said = re.sub(
            r"^(?:那)?(?:就|用|主要拍|主要是|有|是|里面有|故事里有|还有)+(?=.)", "", trim(clause)
        )
        if self._self_talk(clause) or (self.story_open and self.told[-1]):
            return False
        if re.search(r"[你您]|我(?:们)?朋友", said) or (
            "我" in said and not is_person_phrase(said.replace("我", ""))
        ):
            return False
        if self._takes_note(said):
            return True
        listed = "、" in said and is_list_of_people(said, False)
        if any(self.told) and not listed and not re.match(r"一|两|还有|另", said):
            return False
        if re.fullmatch("|".join(pattern for _, pattern in LABELS), said):
            return True
        wanted = self.asked == "characters" or self.list_open
        if not wanted and not is_person_phrase(said) and not listed:
            return False
        if not is_list_of_people(said, wanted):
            return False
        bare = len(said) <= 3 and not OPENING.match(said)
        if self.people_ahead and bare and not is_list_of_people(said, False):
            return not self.story_ahead
        self.list_open = True
        return self._cast_list(said)


def _until_verb(text: str) -> tuple[str, str]:
    """Somebody, and what they do in the same breath: 李明在火星上发现了信号."""
    pieces = cut(text)
    somebody = [at for at, word in enumerate(pieces) if word.is_somebody]
    if not somebody or "叫" in text[:12] or "、" in text:
        return text, ""
    last = somebody[-1]
    after = pieces[last + 1 :]
    if not any(word.is_a("verb") for word in after):
        return text, ""
    for at, word in enumerate(after):
        described = [later.text for later in after[at + 1 : at + 2]] == ["的"]
        if described and word.is_a("modifier"):
            continue
        if word.is_a("verb", "function") and word.text not in ("的", "和", "与", "跟", "、"):
            return text[: word.start], text[word.start :]
    return text, ""


def _only_called(rest: str) -> bool:
    """Whether nothing happens behind 叫小满的女孩."""
    rest = rest[len(named_after_cue(rest)) :].strip("“”")
    pieces = cut(rest)
    first = next((at for at, word in enumerate(pieces) if word.is_somebody), -1)
    return not any(word.is_a("verb") for word in pieces[first + 1 :])


def _is_moment(item: str) -> bool:
    return re.search(r"(?:[后前时天年夜晚候日月]|以后|之前|那晚)$", item) is not None


def _late_action(rest: str) -> bool:
    """Whether something happens after the naming: 有个男孩叫小明捡到了石头."""
    return has_action(rest[rest.index("叫") + 3 :])


def is_list_of_people(said: str, wanted: bool) -> bool:
    """Whether every member of a list can be somebody."""
    items = split_list(said)
    if not items:
        return False
    items = [item for item in items if re.search(r"[^\d年月日]", item)]
    vouched = len(items) > 1 and any(is_person_phrase(item) for item in items)
    return all(_can_be_somebody(item, wanted or vouched) for item in items)


def _can_be_somebody(item: str, wanted: bool) -> bool:
    if is_person_phrase(item):
        return True
    if not wanted or len(item) > 30 or _is_moment(item) or cut(item)[0].text in SETTING_OUT:
        return False
    before, _, tail = item.rpartition("的")
    if tail.endswith("自己") and before:
        return True
    if re.match(r"他|她|它|我|人|大家|还|不|太|没", tail) or len(cut(before)) > 8:
        return False
    if called := CALLED.search(item):
        return _only_called(item[called.end() :])
    if is_clause(item) or is_place(item):
        return False
    opened = OPENING.match(item) is not None
    pieces = cut(unopened(tail))
    if not opened and (item in words("cues", "abstract") or _PREDICATE.search(tail)):
        return False
    return not any(
        word.is_a("verb")
        or word.text in ("在", "被", "把", "了")
        or (word.is_a("short") and not opened)
        for word in pieces
    )
