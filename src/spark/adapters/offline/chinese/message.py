"""One Chinese message, read clause by clause into changes of the idea."""

from __future__ import annotations

import re

from . import film
from .characters import is_person_phrase
from .intents import (
    as_statement,
    begins_order,
    is_aside,
    is_order,
    is_question,
    is_small_talk,
    is_undecided,
)
from .naming import names_somebody
from .newcomers import recurring_names
from .people import is_list_of_people
from .plot import has_action
from .revisions import Revisions
from .text import without_chatter

_REMARK = re.compile(
    r"(?:不(?:太|是很|够)?(?:好听|合适|好看|好|行)|太(?:俗|土|多|少|长|短|沉重|吓人|血腥|假|难"
    r"|老套|普通|吵|复杂|简单|暗|亮|快|慢|严肃|幼稚|肉麻|商业|无聊|花哨|正经|压抑|平淡|夸张|绕口"
    r"|难记|拗口|奇怪|复杂)(?:了|啦)?|有点(?:怪|土|长|短|多)|讲不完|没意思|绕口|难记|拗口"
    r"|不会在一个.{0,6})$"
)


def _is_remark(clause: str) -> bool:
    """Whether a clause finds fault with the idea; 她嫌他弹琴太吵 finds fault within the story."""
    return bool(_REMARK.search(clause)) and not re.search(r"嫌|觉得.{2,}太|抱怨", clause[1:])


class Message(Revisions):
    """The reading of one message."""

    def read(self, groups: list[list[str]]) -> None:
        """Take in sentences of clauses."""
        every = [clause for clauses in groups for clause in clauses]
        self.recurring = recurring_names(every, self.cast.names)
        self.acting = sum(self._acts(clause) for clause in every[:12])
        self.story_ahead = len(every) > 1 and self.acting > 0
        self.people_ahead = len(every) > 1 and any(map(is_person_phrase, every[:12]))
        for clauses in groups:
            self.told.append([])
            at = 0
            while at < len(clauses):
                at += self._take(clauses, at)
        self.cast.dissolve_groups()

    def _take(self, clauses: list[str], at: int) -> int:
        """Read the clause at `at` with its neighbours; how many clauses were used up."""
        clause = as_statement(clauses[at]) or clauses[at]
        if is_order(clause):
            return len(clauses) - at if begins_order(clause) else 1
        if is_aside(clause):
            self._remark_on_cast(without_chatter(clause))
            return 1
        if is_small_talk(clause):
            return 1
        plain = without_chatter(clause)
        if not plain:
            return 1
        if self.awaiting and not is_undecided(plain) and not plain.endswith("？"):
            element, self.awaiting = self.awaiting, None
            if self._assign(element, plain.removeprefix("就")):
                return 1
        if self._puts_instead(plain):
            return 1
        plain = self._listed_after_colon(plain)
        following = without_chatter(clauses[at + 1]) if at + 1 < len(clauses) else ""
        if self.ending_open or (_is_remark(plain) and self._remark(plain)):
            if self.ending_open:
                self._correct(plain)
            return 1
        if self.asked == "characters" and not any(self.told) and names_somebody(following):
            self._cast_list(plain)
            return 1
        if names_somebody(plain) and self._name_late(plain):
            return 1
        if self._goes_on(plain):
            self._meet_in_story(plain)
            self._tell_event(plain, clause)
            return 1
        if following and self._correct_pair(plain, following):
            return 2
        if self._correct(plain):
            return 1
        if (
            is_question(clause)
            and not self.story_open
            and not film.is_film_clause(clause.rstrip("？吗"))
        ):
            return 1
        self._tell(plain.rstrip("？"), clause)
        return 1

    def _listed_after_colon(self, plain: str) -> str:
        """五位家长在摆摊:耿老、魏阿姨: meets the members, gives back the clause before."""
        before, colon, after = plain.partition(":")
        if not colon or "、" not in after or not has_action(before) or len(before) > 30:
            return plain
        if not is_list_of_people(after, True):
            return plain
        self._cast_list(after)
        return before

    def _puts_instead(self, plain: str) -> bool:
        """不要黑白了，用彩色，偏绿: what follows a refusal fills the gap it left."""
        element = self.negated
        if element not in ("genre", "visual_style", "mood", "audience", "theme") or len(plain) > 10:
            return False
        if not re.match(r"用|要(?!是)|走|偏|来", plain) or self._acts(plain):
            return False
        held = self.values.get(element)
        done = self._assign(element, plain)
        if done and isinstance(held, str) and held:
            self.values[element] = f"{held}、{self.values[element]}"
        return done

    def _tell(self, plain: str, clause: str) -> None:
        for step in (
            self._labelled_value,
            self._name_late,
            self._trait,
            self._declare,
            self._film,
            self._bare_facets,
            self._undecided,
            self._answer,
            self._abstract,
            self._people,
        ):
            if step(plain):
                return
        self._story(plain, clause)
