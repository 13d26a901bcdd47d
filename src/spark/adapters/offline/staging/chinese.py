"""Chinese prose read for its scenes: who speaks and how, where and when."""

from __future__ import annotations

import re
from functools import cached_property

from ....models import Language
from .cast import Cast
from .chinese_people import ChinesePeople
from .chinese_places import ChinesePlaces
from .chinese_words import CLAUSE, REACH, is_heard, longest_first
from .tongue import Tag

_ENDS = re.compile(r"[。！？!?…]+[”」』’\"）)]*|(?<=[^\x00-\x7f])\.(?!\d)|\n")
_FINISHED = "。！？!?…～~—"
_LONGEST_MANNER = 12
_LABEL = re.compile(
    r"^(?P<who>[^\s：:，。！？（）()“”「」\"]{1,20})\s*(?:[（(](?P<manner>[^（）()]{1,40})[）)])?\s*[：:]\s*(?P<said>\S.*)$"
)
_SOMEBODY = re.compile("[^，]{0,8}?(?:有人|不知谁|不知是谁|没人)")
_HEARD = re.compile(
    "(?:传来|响起|传出|是)(?P<who>[^，传来响起]{1,10})的(?:声音|嗓音|喊声|叫声|话音)$"
)
_HAS_SAID = re.compile("说(?:完|罢|着)|话音刚落|话还没说完")
_NO_ANSWER = re.compile(
    "没有?(?:回答|说话|应声|吭声|回应|作声|答话|承认|接话|理|动)|不说话|不吭声|一言不发|愣住"
)
_AFTER_QUOTE = "的是这那成和与、或及之"


def _last_clause(text: str) -> str:
    return re.split(r"[，,；;：:。！？]", text)[-1].strip()


class Chinese(ChinesePeople, ChinesePlaces):
    """The rules of Chinese; see `Tongue`."""

    language: Language = "zh"
    usual_scene = 230
    longest_scene = 720

    @cached_property
    def _manners(self) -> dict[str, str]:
        return dict(pair.split("=") for pair in self._words["speech"]["manner"].split())

    @cached_property
    def _unspoken(self) -> re.Pattern[str]:
        return re.compile(longest_first(self._list("speech", "unspoken")))

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
        for match in _ENDS.finditer(text, max(0, len(text) - REACH)):
            last = match.end()
        return text[last or max(0, len(text) - REACH) :]

    def ended(self, text: str) -> str:
        """Words that were part of a sentence, as a sentence of their own."""
        text = text.strip().lstrip("，,、；;：:。 ")
        bare = text.rstrip("，,、；;：: ")
        return bare + "。" if bare and bare[-1] not in _FINISHED + "”」』）)" else bare

    def is_spoken(self, lead: str, inner: str, trail: str, cast: Cast, after_speech: bool) -> bool:
        """Whether a quotation between `lead` and `trail` is said by somebody there and then."""
        lead, trail = lead.strip(), trail.strip()
        if not is_heard(inner):
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
        clause = CLAUSE.split(trail)[0]
        if _SOMEBODY.match(clause) and self._says(clause):
            return False
        is_part = trail[:1] in tuple(_AFTER_QUOTE) and not tag
        if is_part or (self._is_unsaid(clause) and not _NO_ANSWER.search(clause)):
            return False
        return inner[-1] in _FINISHED or not trail or after_speech

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
        text = trail[:REACH].lstrip(" ，,")
        skipped = len(trail[:REACH]) - len(text)
        found = CLAUSE.search(text)
        clause, end = (text[: found.start()], found.end()) if found else (text, len(text))
        if not clause.strip():
            return None
        if heard := _HEARD.search(clause):
            who, _ = self._who(heard["who"], cast)
            return Tag(who, taken=0) if who else None
        match = self._says(clause)
        if not match:
            who = self.subject(clause, cast)
            if who and (said := _HAS_SAID.search(clause)) and said.start() <= 12:
                return Tag(who, taken=0)
            is_answer = _NO_ANSWER.search(clause)
            return Tag(who, is_said=False) if who and not is_answer else None
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

    def label(self, line: str, cast: Cast) -> tuple[str, str, str] | None:
        """A line of a script taken apart: who speaks, how, and what."""
        match = _LABEL.match(line)
        if not match or match["who"] in self._list("speech", "labels"):
            return None
        if not re.match(r"[^“「『\"]", match["said"]):
            return None
        return match["who"], (match["manner"] or "").strip(), match["said"]
