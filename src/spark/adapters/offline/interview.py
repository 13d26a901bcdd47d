"""Leading the interview: what to say to a message, and what to ask next."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ...models import FIELD_OF, OPTIONAL, REQUIRED, Brief, Element, Language
from .ledger import enter
from .reading import Change, Reading
from .vocabulary import read

_ORDINALS: dict[Language, tuple[re.Pattern[str], ...]] = {
    "zh": tuple(
        re.compile(rf"第?[{digits}](个|种|項|项)?[吧。.!！]?") for digits in ("一1", "二2", "三3")
    ),
    "en": tuple(
        re.compile(rf"(the )?({words})( one)?( please)?[.!]?", re.IGNORECASE)
        for words in ("first|1|one", "second|2|two", "third|3|three")
    ),
}
_MOST_EVENTS = 3


class Step(NamedTuple):
    """One turn of the interview: what to say, and the brief after it."""

    reply: str
    brief: Brief


def advance(brief: Brief, reading: Reading, text: str, position: int, language: Language) -> Step:
    """Take one message into the brief, answer it, and ask about the first thing missing.

    `position` is the message's place in the history; wording varies with it and with nothing else.
    """
    words = _Words(language, position // 2)
    reading = _picked(brief, text, language) or reading
    after = enter(brief, reading, text, position)
    after = after.model_copy(update={"language": language, "offers": []})
    open_element = brief.asked or next(iter(after.idea.missing(REQUIRED)), None)
    if reading.intent == "undecided" and open_element and not reading.changes:
        return _leave_to_us(brief, after, open_element, text, position, words)
    if reading.intent == "confirm" and after.idea.is_complete:
        after = _waive(after, after.idea.missing(OPTIONAL))
    return _ask_next(brief, after, _response(brief, after, reading, words), words)


class _Words:
    """What the interviewer says in one language, each variant in its turn."""

    def __init__(self, language: Language, turn: int) -> None:
        self.language, self._turn, self._book = language, turn, _book(language)

    def say(self, kind: str, **values: str) -> str:
        return self.pick(self._book["say"][kind], **values)

    def of(self, group: str, element: Element, **values: str) -> str:
        return self.pick(self._book[group][element], **values)

    def pick(self, variants: str | list[str], **values: str) -> str:
        chosen = variants if isinstance(variants, str) else variants[self._turn % len(variants)]
        return str(chosen.format(**values))

    def value(self, value: str | int | list[str] | None) -> str:
        """A value of the idea as it is spoken of."""
        if isinstance(value, int):
            return self._duration(value)
        return self.all(value) if isinstance(value, list) else value or ""

    def events(self, points: list[str]) -> str:
        """The latest events of a plot, as they are spoken of."""
        return str(self._book["summary"]["plot_separator"]).join(points[-_MOST_EVENTS:])

    def summary(self, brief: Brief) -> str:
        idea, book = brief.idea, self._book["summary"]
        line = "line_of_genre" if idea.theme == idea.genre else "line"
        return str(book[line]).format(
            genre=idea.genre,
            theme=idea.theme,
            characters=self.all(idea.basic_characters),
            plot=len(idea.plot_points),
        )

    def all(self, values: list[str]) -> str:
        return str(self._book["summary"]["list_separator"]).join(values)

    def offers(self, element: Element, genre: str | None) -> list[str]:
        by_genre = self._book["offers_by_genre"].get(genre or "", {})
        return list(by_genre.get(element) or self._book["offers"].get(element, []))

    def join(self, *sentences: str) -> str:
        """Sentences one after the other, each beginning as its language has it."""
        said = [sentence[0].upper() + sentence[1:] for sentence in sentences if sentence]
        return ("" if self.language == "zh" else " ").join(said)

    def _duration(self, seconds: int) -> str:
        book = self._book["duration"]
        minutes, rest = divmod(seconds, 60)
        if minutes and rest:
            return str(book["minutes_and_seconds"]).format(m=minutes, s=rest)
        return str(book["minutes" if minutes else "seconds"]).format(n=minutes or rest)


def _book(language: Language) -> dict[str, Any]:
    return read(f"interview_{language}")


def _response(before: Brief, after: Brief, reading: Reading, words: _Words) -> str:
    """What to say to the message itself."""
    said = [_taken_up(e, before, after, words) for e in FIELD_OF]
    if any(said):
        return words.join(*said)
    if reading.intent == "idea" or (reading.intent == "noise" and reading.notes):
        return words.say("noted")
    return words.say("confirm" if reading.intent == "undecided" else reading.intent)


def _taken_up(element: Element, before: Brief, after: Brief, words: _Words) -> str:
    """What to say of one element: that it is new, that it changed, or that it is gone."""
    old, new = before.idea.value(element), after.idea.value(element)
    if old == new or (element == "theme" and new == after.idea.genre):
        return ""
    if not new:
        return words.of("dropped", element)
    if isinstance(old, list) and isinstance(new, list):
        gone = [entry for entry in old if entry not in new]
        fresh = [entry for entry in new if entry not in old]
        spoken = words.events if element == "plot" else words.value
        group, named = ("changed", new) if gone else ("took", fresh)
        return words.of(group, element, value=spoken(named))
    return words.of("changed" if old else "took", element, value=words.value(new))


def _ask_next(before: Brief, after: Brief, response: str, words: _Words) -> Step:
    """Ask about the first thing missing; say so when nothing required is missing any more."""
    missing = after.idea.missing(REQUIRED)
    if missing:
        question = words.of("question", missing[0])
        return Step(words.join(response, question), _asking(after, missing[0]))
    optional = [e for e in after.idea.missing(OPTIONAL) if e not in after.waived]
    news = ""
    if not before.idea.is_complete or not optional:
        news = words.say("complete", summary=words.summary(after))
    if optional:
        question = words.say("more", question=words.of("question", optional[0]))
        return Step(words.join(response, news, question), _asking(after, optional[0]))
    return Step(words.join(response, news, words.say("ready")), _asking(after, None))


def _leave_to_us(
    before: Brief, after: Brief, asked: Element, text: str, position: int, words: _Words
) -> Step:
    """Someone who has no preference: propose, and where they had proposals already, choose.

    An optional element is left at its default and not asked about again.
    """
    if asked in OPTIONAL:
        return _ask_next(before, _waive(after, [asked]), words.say("waived"), words)
    if before.offers:
        reading = Reading("idea", (_choice(asked, before.offers[0]),))
        chosen = enter(after, reading, text, position)
        return _ask_next(before, chosen, words.say("chosen", value=before.offers[0]), words)
    offers = words.offers(asked, after.idea.genre)
    reply = words.say("undecided", offers=words.all(offers))
    return Step(reply, _asking(after, asked).model_copy(update={"offers": offers}))


def _picked(brief: Brief, text: str, language: Language) -> Reading | None:
    """The reading of an answer that picks one of our proposals by its number."""
    if brief.asked and brief.offers:
        for offer, ordinal in zip(brief.offers, _ORDINALS[language], strict=False):
            if ordinal.fullmatch(text.strip()):
                return Reading("idea", (_choice(brief.asked, offer),))
    return None


def _choice(element: Element, value: str) -> Change:
    bare = (
        re.sub(r"^(一[位个只台名对]|an? |a pair of )", "", value)
        if element == "characters"
        else value
    )
    return Change(element, "add" if element in ("characters", "plot") else "set", bare)


def _asking(brief: Brief, element: Element | None) -> Brief:
    return brief.model_copy(update={"asked": element})


def _waive(brief: Brief, elements: list[Element]) -> Brief:
    return brief.model_copy(update={"waived": [*brief.waived, *elements]})
