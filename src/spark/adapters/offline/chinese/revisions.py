"""The part of a Chinese message that corrects what was said."""

from __future__ import annotations

import re

from ....models import Element
from ..reading import Change
from . import corrections, facets
from .cast import Person
from .characters import declared, head_of, is_person_phrase
from .cues import LABEL, Mention
from .labels import LABEL_OF
from .names import looks_like_name, named_after_cue
from .numbers import lengths
from .plot import has_action
from .tagging import part_of_speech
from .text import fold, trim
from .wishes import Wishes
from .words import cut

_HALF = re.compile(r"砍(?:掉)?一半|减半|缩短一半|一半就[好行够]")
_CHANGES_LABEL = re.compile(
    r"^(?:把)?(?P<label>主题|题材|类型|时长|风格|画风|画面|氛围|气氛|基调|观众"
    r"|受众)(?:的话)?(?:我?想|要|再|得|也)*(?:换|改)(?:一下|一换|一改|个|掉)?$"
)
_ALL_ANEW = re.compile(
    r"^(?:把)?(?:前面的?|之前的?|这些|以上)?(?:都|全部|全|统统|通通|整个)+(?:推翻|作废|不要了?"
    r"|重来|重新来|从头来)"
)
_RENAMES = re.compile(
    r"^(.{0,8}?)(?:要|得|想)?改(?:姓.{0,2}|个名字?)$|^(.{0,8}?)的?名字(?:要|得|想)?(?:改"
    r"|换)(?:一下|一个|个|掉)?$|^(.{1,6}?)(?:别|不要?再?)叫(?P<old>.{1,6})$"
    r"|^(?:帮我|请)*给(?:那|这)?[个位名只条]?(.{1,12}?)(?:起|取)一?个名字?$"
)
_CHANGES_PART = re.compile(
    r"^(?:把)?(?P<what>.{2,16}?)(?:的)?(?:那段|这段|那个情节|情节|那部分|部分|那里|桥段)(?:要|得"
    r"|想|也)?(?:改|换)(?:一下|一改|改|掉|个)?$"
)
_SINGLE: tuple[Element, ...] = ("genre", "visual_style", "mood", "audience", "theme")
_FORBIDS = re.compile(r"别(?=[有写死去带用再太是让说加当做哭]|出现)")
_DOUBLE = re.compile(r"翻倍|加倍|翻一番|延长一倍")


class Revisions(Wishes):
    """Takes back, replaces and rewords."""

    def _correct_pair(self, first: str, second: str) -> bool:
        joined = f"{first}，{second}"
        if re.match(r"(?:而)?不是", second) and lengths(second) and (found0 := lengths(first)):
            return self.put("duration", found0[-1][2])
        if turned := re.match(
            r"^是(?P<new>[^，,]{1,16})，(?:而)?不是(?P<old>[^，,]{1,16})$", joined
        ):
            joined = f"不是{turned['old']}，是{turned['new']}"
        stated = LABEL_OF.match(first)
        if stated and re.match(r"(?:而)?不是[^，,]{1,10}$", second) and stated["verb"]:
            named = self._label_element(stated)
            return named in _SINGLE and self._assign(named, stated["rest"])
        if found := corrections.instead(joined):
            return self._reword_event(*found)
        found3 = corrections.not_but(joined)
        return found3 is not None and self._swap(*found3)

    def _swap(self, subject: str, old: str, new: str) -> bool:
        if lengths(old) and (found := lengths(new)):
            return self.put("duration", found[-1][2])
        ordinal = re.match(r"第.{1,3}[次个天年]", new)
        if ordinal and re.match(r"第.{1,3}[次个天年]$", old) and self._edit_events(old, ordinal[0]):
            return True
        label = LABEL_OF.match(subject)
        if label and not label["rest"] and (named := self._label_element(label)) in _SINGLE:
            return self._assign(named, new)
        person = self.cast.find(old)
        if person and len(old) <= 14:
            mentions = declared(new)
            if mentions and not has_action(new.removeprefix(mentions[0].name)):
                self.cast.rename(person, mentions[0])
                return True
        if re.search(r"岁|年级", old):
            return True
        for element in ("genre", "visual_style", "mood", "audience", "theme"):
            if self._same(self.value(element), old):
                return self._assign(element, new)
        if subject and re.search(LABEL, subject):
            return self._declare(f"{subject}是{new}")
        return not re.search(LABEL, subject) and self._sort(new)

    def _reword_event(self, old: str, new: str) -> bool:
        common = old[:1] == new[:1]
        for event in reversed(self.plot):
            said = fold(event)
            if old in said or (len(old) > 2 and old[1:] in said):
                part = old if old in said else old[1:]
                fresh = new if part == old else (new[1:] if common else new)
                self._replace_event(event, said.replace(part, fresh))
                return True
        return False

    def _correct(self, clause: str) -> bool:
        if self.ending_open and has_action(clause):
            return self._new_ending(clause)
        ending = corrections.new_ending(clause)
        if ending is not None and self.draft.plot_points and not self.story_open:
            self.ending_open = not ending
            return self._new_ending(ending) if ending else True
        if ending is not None and not any(self.told) and not self.draft.plot_points:
            return True
        if self._forbids(clause):
            return True
        if _ALL_ANEW.match(clause):
            return self._start_over()
        if corrections.retells(clause) and self.draft.plot_points:
            return self._retell(clause)
        if _HALF.search(clause) and isinstance(length := self.value("duration"), int):
            return self.put("duration", round(length / 2))
        if _DOUBLE.search(clause) and isinstance(length := self.value("duration"), int):
            return self.put("duration", length * 2)
        if found2 := _CHANGES_LABEL.match(clause):
            label = LABEL_OF.match(found2["label"])
            self.negated = self._label_element(label) if label else self.negated
            return True
        if renamed := _RENAMES.match(clause):
            who = next((said for said in renamed.groups() if said), "")
            old = renamed["old"] and self.cast.find(trim(renamed["old"]))
            self.cast.focus = old or self.cast.find(who) or self._lead(who) or self.cast.focus
            self.renaming = True
            return True
        if part := _CHANGES_PART.match(clause):
            scored = [(_overlap(part["what"], fold(event)), event) for event in self.plot]
            best = max(scored, default=(0.0, ""))
            self.stale_event = best[1] if best[0] >= 0.5 else ""
            return bool(self.stale_event)
        if found := corrections.rewrite(clause):
            return self._rewrite(*found)
        denied = corrections.denial(re.sub(r"^(?:但是?|不过|可是?)", "", clause))
        if denied is not None and (not self.told[-1] or self._drops_somebody(denied)):
            self.told[-1] = []
            return self._deny(denied)
        return False

    def _forbids(self, clause: str) -> bool:
        """安可别有孩子: a wish for somebody of the cast, nothing that happens."""
        subject = self._subject_of(clause)
        if not subject or any(self.told) or not clause.startswith(subject):
            return False
        return _FORBIDS.match(clause.removeprefix(subject)) is not None

    def _drops_somebody(self, what: str) -> bool:
        person = self.cast.find(what) if what else None
        return person is not None and len(what) <= len(person.name) + 4

    def _new_ending(self, text: str) -> bool:
        if self.ending_open and re.search(r"没有?|不", text) and len(text) <= 12:
            return True
        self._meet_in_story(text)
        if self.plot and not any(change.old == self.plot[-1] for change in self.edits):
            if self.plot[-1].startswith("自己") and len(self.plot) > 1:
                self.edits.append(Change("plot", "remove", self.plot.pop(-2)))
            self.fresh_event = trim(text.removeprefix("是")).strip("，,: ") or self.plot[-1]
            self._replace_event(self.plot[-1], self.fresh_event)
        self.ending_open, self.story_open = False, True
        return True

    def _start_over(self) -> bool:
        """都推翻重来: nothing of the story stays."""
        for person in list(self.cast.present):
            self.cast.remove(person)
        self.plot, self.plot_cleared = [], bool(self.draft.plot_points)
        self.values["theme"] = None
        return True

    def _retell(self, clause: str) -> bool:
        self.plot, self.plot_cleared, self.story_open = [], True, True
        rest = re.split(r"改成|改为|换成|变成|:|：", clause, maxsplit=1)
        if len(rest) > 1 and trim(rest[1]):
            self._story(rest[1], rest[1])
        return True

    def _rewrite(self, what: str, new: str, naming: bool) -> bool:
        new = re.sub(r"^(?:了|叫|:)", "", new)
        if naming or re.search(r"的名字$", what):
            return self._rename(what, new)
        plain = re.sub(r"^(?:那个|这个|那位|这位|那只|那|这)|的?(?:角色|人物)$", "", what)
        person = self.cast.find(plain) if plain and not re.fullmatch(LABEL, plain) else None
        if person and len(plain) > len(person.name) + 3:
            person = None
        if not what:
            person = self.negated_person if not self._is_facet(new) else None
            swaps = person and (person.is_named or (is_person_phrase(new) and not has_action(new)))
            if person and swaps and (fresh := declared(new)):
                self.cast.restore(person)
                self._edit_events(person.name, fresh[0].name)
                self.cast.rename(person, fresh[0])
                return True
            if self.negated == "characters" and not person and is_person_phrase(new):
                return self._cast_list(new)
        if person and re.fullmatch(r"[男女](?:的|性|生)?", new):
            self.cast.focus, self.renaming = person, True
            return True
        if not what and self.stale_event in self.plot:
            self._meet_in_story(new)
            self._tell_event(new, new)
            return True
        if not what and self.negated == "plot":
            self._meet_in_story(new)
            self.told[-1].append(new)
            return True
        if person and (mentions := declared(new)):
            return self._recast(person, plain, new, mentions)
        worded = len(plain) >= 2 and not part_of_speech(plain).startswith("v")
        if what and worded and not LABEL_OF.match(what) and self._edit_events(plain, new):
            return True
        label = LABEL_OF.match(what) if what else None
        if label and (element := self._label_element(label)) not in ("plot", None):
            assert element is not None
            return self._assign(element, new)
        if re.fullmatch(r".*风格", what):
            return self._assign("visual_style", new) if not self._is_only(new) else self._sort(new)
        if what and re.fullmatch(LABEL, plain):
            return self._replace_lead(plain, new)
        for held in _SINGLE:
            if what and self._same(self.value(held), what):
                return self._sort(new) or self._assign(held, new)
        if what and has_action(what):
            return False
        if not what and self.negated and self.negated != "characters" and not self._is_facet(new):
            return self._assign(self.negated, new)
        return self._sort(new)

    def _recast(self, person: Person, plain: str, new: str, mentions: list[Mention]) -> bool:
        """Somebody becomes somebody else; 弟弟改成妹妹 leaves a name as it is."""
        old = person.name
        if person.is_named and plain != person.name and not looks_like_name(mentions[0].name):
            person.note = f"{person.note}，{mentions[0].name}".strip("，")
            person.heads.add(mentions[0].head or mentions[0].name)
            return True
        if person.origin and not old.endswith(plain) and plain not in person.heads:
            return True
        self.cast.restore(person)
        self.cast.rename(person, mentions[0])
        self._edit_events(old, mentions[0].name)
        return True

    def _edit_events(self, old: str, new: str) -> bool:
        """Put new words in the place of old ones wherever the plot so far has them."""
        said = re.sub(r"^一?[个位名只条]", "", new)
        touched = [event for event in self.plot if old and said and old in fold(event)]
        for event in touched:
            self._replace_event(event, fold(event).replace(old, said))
        return bool(touched)

    def _rename(self, what: str, new: str) -> bool:
        what = re.sub(r"的(?:名字|名)$", "", what)
        name = named_after_cue(new) or new
        person = (self.cast.find(what) if what else None) or self.cast.focus
        person = person or self._namesake(name)
        if not name:
            return False
        if not person:
            return self._replace_lead(what, f"叫{new}") if what else False
        self._edit_events(person.name, name)
        person.heads.add(head_of(person.name))
        person.name = name
        return True

    def _lead(self, who: str) -> Person | None:
        """The man or the woman of a pair, as they were listed: he first."""
        present = self.cast.present
        if not re.match(r"男|女", who) or not present:
            return None
        return present[min(1, len(present) - 1)] if who.startswith("女") else present[0]

    def _namesake(self, name: str) -> Person | None:
        """The one whose surname the new name keeps."""
        return next((p for p in self.cast.present if p.name[:1] == name[:1]), None)

    def _replace_lead(self, label: str, new: str) -> bool:
        mentions = declared(new)
        if not mentions:
            return False
        present = self.cast.present
        at = 1 if label.startswith(("女", "反")) and len(present) > 1 else 0
        if present:
            self.cast.rename(present[at], mentions[0])
        else:
            self.cast.meet(mentions[0])
        return True

    def _deny(self, what: str) -> bool:
        what = re.sub(
            r"^(?:那个|这个|那些|那位|有)|(?:的?(?:感觉|角色|人物|那种|元素|内容|线))$", "", what
        )
        if corrections.is_last_part(what) and self.plot:
            self.negated, self.stale_event = "plot", self.plot[-1]
            return True
        person = self.cast.find(what) if what else None
        if (
            person
            and not re.search(r"那段|情节|这段|剧情", what)
            and len(what) <= len(person.name) + 6
        ):
            self.negated, self.negated_person = "characters", person
            self.cast.remove(person)
            self.stale_event = next((e for e in reversed(self.plot) if person.name in fold(e)), "")
            return True
        if what and not is_person_phrase(what) and self._drop_event(what):
            self.negated = "plot"
            return True
        for element in ("genre", "visual_style", "mood", "audience"):
            if what and self._same(self.value(element), what):
                self.negated = element
                self._take_back(element, what)
                return True
        if what and self._same(self.value("theme"), what) and len(what) > 1:
            self.negated = "theme"
            self.values["theme"] = None
            return True
        if is_person_phrase(what):
            self.negated = "characters"
            if len(self.cast.present) == 1:
                self.negated_person = self.cast.present[0]
        elif facets.style(what):
            self.negated = "visual_style"
        return True

    def _take_back(self, element: Element, what: str) -> None:
        held = fold(str(self.value(element)))
        genre = facets.genre(what, sure=True)
        said = genre.value if element == "genre" and genre else what
        rest = held.replace(said, "") if said in held else ""
        if element == "genre" and self._theme_is_genre():
            self.values["theme"] = rest or None
        self.values[element] = rest or None

    def _drop_event(self, what: str) -> bool:
        asks = re.search(
            r"(?P<what>.*?)(?:的)?(?:那一?段|这一?段|那个情节|这个情节|情节|剧情|那里|那部分"
            r"|桥段|戏)",
            what,
        )
        said = asks["what"] if asks else what
        if not said or len(said) < 2:
            return False
        scored = [(_overlap(said, fold(event)), event) for event in self.plot]
        best = max(scored, default=(0.0, ""))
        if best[0] < (0.6 if asks else 0.99):
            return False
        self.plot.remove(best[1])
        self.edits.append(Change("plot", "remove", best[1]))
        return True

    @staticmethod
    def _same(held: str | int | list[str] | None, said: str) -> bool:
        if not isinstance(held, str) or not said:
            return False
        held = fold(held)
        plain = re.sub(r"(?:片|风格|风|类型|剧|的|那种|一点|太)+$", "", said) or said
        named = facets.genre(said, sure=True)
        return (
            plain in held
            or held in plain
            or (named is not None and named.value in held and len(said) <= 8)
        )


def _overlap(said: str, event: str) -> float:
    pieces = [word.text for word in cut(said) if not word.is_a("function")]
    whole = sum(len(p) for p in pieces if p in event) / max(1, sum(map(len, pieces)))
    letters = set("".join(pieces))
    return max(whole, 0.6 * len(letters & set(event)) / max(1, len(letters)))
