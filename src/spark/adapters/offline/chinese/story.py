"""The part of a Chinese message that tells the story."""

from __future__ import annotations

import re

from ....models import OPTIONAL
from . import corrections, facets
from .characters import is_person_phrase
from .evidence import is_sentence
from .idea import Idea
from .mentions import story_mentions
from .numbers import lengths
from .plot import has_action
from .text import trim

TRAIT = re.compile(
    r"(?:性格|为人|身高|身材|外表|外貌|长相|长着|今年|年龄|年纪|喜欢|热爱|爱好|擅长|梦想|留着"
    r"|戴着|穿着|从小|总是|平时|脾气|患有|天生|胆小|性情|沉默|内向|外向|善良|勇敢|话不多|不爱"
    r"|一头.{0,3}发|单身|住在|家住|来自|能(?:够)?(?:让|把|用|看|听|和|跟)|会(?:说|隐身|变|飞|魔法|用)"
    r"|.{1,12}了(?:大?半|一)辈子"
    r"|[一二三四五六七八九十\d]{1,3}多?岁|在.{1,12}(?:工作|上班|读书|上学|生活|长大|当.{1,6})$)"
)
_SETTING = re.compile(r"^(?:整个)?故事(?:就|是|都)*发生在")
_EXISTS = re.compile(
    r"^(?:从前|很久(?:很久)?以前|以前|古时候|[^，,了着]{0,10}(?:里|上|中|下|边|旁|处|村|镇|城))?[，,]?"
    r"(?:有|住着|生活着|立着)(?:这么)?(?:一(?![天晚次日年回夜])|两|几)[^，,]{2,20}$"
)
_SPEECH = re.compile(r"(?<=[说道喊问叫]:)“[^”]*”?")
_DAYS_OF = re.compile(r"^[^，,了着过]{1,8}的(?:一[天生日夜]|日常|日子|生活)$")
_STATED = re.compile(r"^(?:原来|正|就|竟然?|居然|其实)*(?:就|正)?是(?P<who>.{1,6})$")
_STORY_LABEL = re.compile(
    r"^(?:(?:大概|主要|整个|故事的?|剧情的?|情节的?)*(?:剧情|情节|故事|内容|大纲|经过|开头|开场"
    r"|开始|结尾|结局|高潮|过程|发展|故事线|梗概|背景)(?:大概|主要|大致|就|也|讲的?"
    r"|说的?)*(?:是这样的?|如下|是|:|为|,)+)"
)


class Story(Idea):
    """Tells events apart from talk, and meets who acts in them."""

    def _acts(self, clause: str) -> bool:
        return bool(story_mentions(clause, self.names)) and has_action(clause, self.names)

    def _is_facet(self, text: str) -> bool:
        return bool(
            facets.genre(text, True) or facets.style(text) or lengths(text) or facets.audience(text)
        ) and not is_person_phrase(text)

    def _is_only(self, text: str) -> bool:
        return facets.is_only_genre(text) or facets.is_only_mood(text)

    @staticmethod
    def _self_talk(clause: str) -> bool:
        return re.match(r"(?:我|我们|我家|咱们?|你)(?!.{0,6}(?:叫|名))", clause) is not None

    def _goes_on(self, clause: str) -> bool:
        """Whether somebody of the cast does something in this clause: story, whatever its words."""
        subject = self._subject_of(clause)
        if not subject or len(clause) < len(subject) + 2:
            return False
        rest = clause[clause.index(subject) + len(subject) :]
        if re.match(
            r"(?:们)?(?:就|也|都|还|的?名字|可以|应该|要|其实)*(?:不?叫|(?:别|不要|不再)叫|名叫"
            r"|别(?=[有写死去带用再太是让说加当做哭]|出现)|改|换成|去掉|删|不要|不好|不用|太|是|、|和.{1,8}$|跟.{1,8}$|还是|角色|吧|:"
            r"|的(?!时候|.{1,10}了))",
            rest,
        ) and not re.match(r"(?:其实|也|就)是", rest):
            return bool(
                re.match(
                    r"(?:是.{0,4}(?:发现|了|着|把|被)|[和跟与].{1,6}?(?:发现|了|着|在|一起|把|被"
                    r"|去|来))",
                    rest,
                )
            )
        if corrections.drops(clause):
            return False
        if not has_action(clause, self.names) and is_person_phrase(clause):
            return False
        if subject in "他她它" and TRAIT.match(rest) and not any(self.told):
            return False
        return has_action(clause, self.names) or len(rest) > 3

    def _subject_of(self, clause: str) -> str:
        plain = re.sub(
            r"^(?:然后|接着|最后|后来|首先|先是|结果|于是|有一天|一天|第二天|但是?|可是?|而|这时"
            r"|突然|终于|其实|原来|当|因为|为了|多年后|[^，,]{1,6}[后时天夜年])+",
            "",
            clause,
        )
        for text in (clause, plain):
            if found := re.match(r"他们?|她们?|它们?", text):
                return found[0]
            for person in self.cast.present:
                known = [person.name, *(head for head in person.heads if head)]
                for said in sorted(known, key=len, reverse=True):
                    if text.startswith(said):
                        return said
        return ""

    def _remark(self, clause: str) -> bool:
        """陈默不好听, 人太多了: a remark on what we have, nothing of the story."""
        if (
            any(self.told)
            and not self._subject_of(clause)
            and not re.search(r"讲不完|名字", clause)
        ):
            return False
        subject = self._subject_of(clause)
        if subject and (person := self.cast.find(subject)):
            self.cast.focus = self.negated_person = person
        return True

    def _story(self, plain: str, clause: str) -> bool:
        plain = _STORY_LABEL.sub("", plain).strip("，,: ")
        if _SETTING.match(plain):
            self.story_open = True
            return True
        if not any(self.told) and not self.story_open and _DAYS_OF.match(plain):
            return self.put_theme(plain, weak=True)
        if not any(self.told) and _only_exists(plain):
            self._meet_in_story(plain)
            self.story_open = True
            return True
        if not plain or self._is_talk_with_us(plain) or re.match(r"想(?:让|给|请|把)|希望", plain):
            return False
        told_now = any(self.told)
        acts = has_action(plain, self.names) or (
            bool(told_now or self.story_ahead) and is_sentence(plain, self.names)
        )
        if (
            not told_now
            and not self.story_open
            and not self.story_ahead
            and self.asked in OPTIONAL
            and not story_mentions(plain, self.names)
        ):
            return self.asked == "mood" and len(plain) <= 16 and self.put("mood", trim(plain))
        if (
            not acts
            and not told_now
            and self.asked != "plot"
            and not (self.story_ahead and leads(plain))
        ):
            return self._theme_fallback(plain)
        tells = told_now and len(plain) >= 5 and re.search(r"是|没|不|有", plain)
        if (
            not acts
            and not self.told[-1]
            and not leads(plain)
            and self.asked != "plot"
            and not tells
        ):
            return False
        if (
            len(plain) <= 6
            and self.asked != "plot"
            and not leads(plain)
            and (self._theme_is_genre() or len(plain) <= 4)
            and not told_now
            and not story_mentions(plain, self.names)
        ):
            return self.put_theme(plain, weak=True)
        self._meet_in_story(plain)
        self._tell_event(plain, clause)
        return True

    def _tell_event(self, plain: str, clause: str) -> None:
        if self.stale_event in self.plot:
            self._replace_event(self.stale_event, trim_story(plain))
            self.stale_event, self.fresh_event = "", trim_story(plain)
            return
        if self.fresh_event in self.plot:
            longer = f"{self.fresh_event}，{trim_story(plain)}"
            self._replace_event(self.fresh_event, longer)
            self.fresh_event = longer
            return
        kept = re.match(r"(?:然后|接着|最后|后来|首先|结果|于是|先是)", clause)
        self.told[-1].append(trim_story(clause if kept and clause.endswith(plain) else plain))
        self.list_open = False

    def _is_talk_with_us(self, clause: str) -> bool:
        said = re.sub(r"“[^”]*”?|:.*", "", clause)
        own_day = re.match(r"今天|明天|昨天|最近|刚才|刚刚|上次|上回", said) and not any(self.told)
        if own_day and not story_mentions(said, self.names):
            return True
        if "我" in self.cast.names or not re.search(r"[我你您咱]", said):
            return False
        if (
            self._acts(said)
            and re.search(r"小时候|那年|那时|当年|曾经", said)
            and not re.search(r"[你您]|想|要|希望|觉得|喜欢|打算|做|拍|公司|我们", said)
        ):
            return False
        return not self._subject_of(clause) or "你" in said

    def _theme_fallback(self, plain: str) -> bool:
        spoken = re.search(r"[\u3400-\u9fff]", plain) is not None
        if self.asked != "theme" or not spoken or len(plain) > 20 or is_sentence(plain, self.names):
            return False
        return self.put_theme(trim(plain), weak=True)

    def _unmask(self, clause: str) -> None:
        """井边坐着一个老太太，是古丽: the stranger of the clause before was somebody known."""
        found, last = _STATED.match(clause), self.cast.focus
        known = self.cast.find(found["who"]) if found else None
        if not known or not last or last is known or last.origin or last.is_named:
            return
        if trim(clause).endswith(known.name):
            known.note = f"{known.note}，{last.name}".strip("，")
            self.cast.remove(last)

    def _meet_in_story(self, plain: str) -> None:
        plain = _SPEECH.sub("", plain)
        self._unmask(plain)
        mentions = story_mentions(plain, self.names)
        opening = (
            not any(self.told)
            and not self.plot
            and all(m.name not in self.cast.names for m in mentions)
        )
        for mention in mentions:
            if mention.name != "我":
                first = opening and mention is mentions[0] and mention.start <= 1
                self.cast.meet(mention, story=True, first=first)


def _only_exists(clause: str) -> bool:
    """Whether a story opens with what there is and nothing happens yet: 从前有一口井."""
    found = _EXISTS.match(clause)
    if not found:
        return False
    behind = re.split(r"有|住着|生活着|立着", clause, maxsplit=1)[1].rsplit("的", 1)[-1]
    return not re.search(r"[了着把被叫]", behind) and not has_action(behind)


def leads(clause: str) -> bool:
    """Whether a clause without a verb can open a sentence of the story."""
    return bool(
        re.search(r"(?:后|前|时|天|年|上|里|中|夜|晚|候|日)$|^(?:在|从|某|当|有一)", clause)
    )


def trim_story(clause: str) -> str:
    """A clause of the story without filler at its end."""
    return re.sub(r"(?:(?<![网酒水氧书贴])吧|[呢啊呀嘛哦啦~～!！.。 ])+$", "", clause.strip())
