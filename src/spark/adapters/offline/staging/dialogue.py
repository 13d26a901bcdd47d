"""Quotations given to who speaks them; everything else stays as it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ....screenplay import Hour, Setting
from .cast import Cast, Figure
from .quotes import Piece, Quote
from .text import is_rule, says_something
from .tongue import Mention, Tag, Tongue

_MEMORY = 8
"""How many lines of action an exchange of words survives."""
_TRAIL = 300
_SEEN = 1000
_FORESIGHT = 120
"""How many paragraphs are looked through beforehand."""


@dataclass(frozen=True)
class Line:
    """A sentence of action, or what somebody says, in the story's order."""

    text: str
    paragraph: int
    speaker: str = ""
    """Empty for action."""
    manner: str = ""
    heading: tuple[Setting, str, Hour | None] | None = None
    """For a line that is no more than a scene's heading."""
    is_break: bool = False
    is_peopled: bool = False
    """Whether anybody is in it; what is told without anybody is scenery."""


@dataclass
class _Said:
    """A quotation that somebody speaks, with what the words around it tell."""

    inner: str
    raw: str
    before: Tag | None
    after: Tag | None = None
    lead: str = ""
    """The words before it that only report it."""
    tail: str = ""
    """The words after it that only report it."""
    shares_speaker: bool = False
    """Whether the sentence of the quotation before goes on in it."""


def read_lines(paragraphs: Sequence[Sequence[Piece]], tongue: Tongue, cast: Cast) -> list[Line]:
    """The story line by line, read twice: who is named later is known from the beginning."""
    labels = _labels(paragraphs, tongue, cast)
    known = len(cast.figures)
    lines = _Reader(tongue, cast, labels).read(paragraphs[:_FORESIGHT])
    if known == len(cast.figures) and len(paragraphs) <= _FORESIGHT:
        return lines
    cast.forget_time()
    return list(_Reader(tongue, cast, labels).read(paragraphs))


def _labels(paragraphs: Sequence[Sequence[Piece]], tongue: Tongue, cast: Cast) -> Counter[str]:
    found: Counter[str] = Counter()
    for pieces in paragraphs:
        if (
            len(pieces) == 1
            and isinstance(pieces[0], str)
            and (label := tongue.label(pieces[0], cast))
        ):
            found[label[0]] += 1
    return found


class _Reader:
    """One reading of a story, from its beginning to its end."""

    def __init__(self, tongue: Tongue, cast: Cast, labels: Counter[str]) -> None:
        self._tongue = tongue
        self._cast = cast
        self._labels = labels
        self._spoke: list[Figure] = []
        self._called: Figure | None = None
        self._since = 0
        self._pause = 0
        """How many lines of action there were before the last speech."""
        self._subject: Figure | None = None
        """Who acted last in the paragraph."""
        self._beside: Figure | None = None
        """Who acts in the last sentence."""
        self._introduced: set[str] = set()

    def read(self, paragraphs: Sequence[Sequence[Piece]]) -> list[Line]:
        """All lines of the story."""
        lines: list[Line] = []
        for number, pieces in enumerate(paragraphs):
            lines += self._paragraph(number, pieces)
        return lines

    def _paragraph(self, number: int, pieces: Sequence[Piece]) -> Iterator[Line]:
        only = pieces[0] if len(pieces) == 1 else None
        if isinstance(only, str):
            if is_rule(only):
                yield Line(only, number, is_break=True)
                return
            if heading := self._tongue.heading(only):
                yield Line(only, number, heading=heading)
                return
            if said := self._labelled(number, only):
                yield said
                return
        parts = self._parts(pieces)
        self._subject = self._beside = None
        spoken: Figure | None = None
        for place, part in enumerate(parts):
            if isinstance(part, str):
                yield from self._told(number, part)
                continue
            figure = (
                spoken
                if part.shares_speaker and spoken
                else self._speaker(part, spoken, parts, place)
            )
            yield from self._uttered(number, part, figure)
            spoken = figure or spoken

    # --- what is told ---

    def _told(self, number: int, text: str) -> Iterator[Line]:
        for sentence in self._tongue.sentences(text):
            yield self._action(number, sentence)

    def _action(self, number: int, sentence: str) -> Line:
        self._notice(sentence)
        is_peopled = self._tongue.has_people(sentence, self._cast)
        return Line(sentence, number, is_peopled=is_peopled)

    def _notice(self, sentence: str) -> None:
        """Remember who is in a sentence, and who acts in it."""
        self._since += 1
        named = [figure for _, _, figure in self._cast.find(sentence[:_SEEN])]
        for figure in named:
            self._cast.note(figure)
        if len(set(map(id, named))) == 1:
            for gender in self._tongue.pronouns(sentence[:_SEEN])[:1]:
                named[0].votes[gender] = named[0].votes.get(gender, 0) + 1
        mention = self._tongue.subject(sentence, self._cast)
        if mention and mention.kind == "role":
            self._introduced |= set() if mention.is_definite else {mention.alias}
        actor = self._figure(mention, speaks=False) if mention else None
        self._beside = actor
        if actor:
            self._cast.note(actor, acts=True)
            self._subject = actor

    # --- what is said ---

    def _labelled(self, number: int, line: str) -> Line | None:
        """A line of a script: 林夏：走吧。"""
        label = self._tongue.label(line, self._cast)
        if not label:
            return None
        who, manner, said = label
        figure = self._by_label(who)
        if not figure:
            tag = self._tongue.before(f"{who}：", self._cast)
            if tag and tag.is_said and tag.who and not tag.kept and self._tongue.language == "zh":
                figure, manner = self._figure(tag.who), manner or tag.manner
        is_script = sum(map(bool, map(self._by_label, self._labels))) > 1
        if not figure and (self._labels[who] > 1 or is_script):
            figure = self._cast.add(who, {who}, "")
        if not figure:
            return None
        self._heard(figure, said)
        return Line(said, number, figure.name, manner)

    def _by_label(self, who: str) -> Figure | None:
        folded = who.casefold()
        for figure in self._cast.figures:
            if any(alias.casefold() == folded for alias in figure.aliases):
                return figure
        for figure in self._cast.figures:
            if figure.has_profile and folded.endswith(figure.name.casefold()):
                return figure
        mention = self._tongue.subject(
            who if self._tongue.language == "zh" else f"the {who.lower()}", self._cast
        )
        is_whole = mention and mention.kind == "role" and mention.text.casefold() == folded
        return self._cast.add(who, {who}, mention.gender) if mention and is_whole else None

    def _parts(self, pieces: Sequence[Piece]) -> list[str | _Said]:
        """A paragraph as prose and speech; quotations that nobody speaks are prose again."""
        parts: list[str | _Said] = []
        prose, position = "", 0
        pending = list(pieces)
        while position < len(pending):
            piece = pending[position]
            position += 1
            if isinstance(piece, str):
                prose += piece
                continue
            said, prose, taken = self._quotation(
                parts, prose, piece, pending[position] if position < len(pending) else ""
            )
            if said is None:
                prose += piece.raw
                continue
            if prose.strip():
                parts.append(prose)
            prose = ""
            parts.append(said)
            following = pending[position] if position < len(pending) else ""
            if not taken and isinstance(following, str):
                bare = following.lstrip("。.，,；; ")
                pending[position : position + 1] = [bare] if position < len(pending) else []
            if taken and position < len(pending):
                rest = pending[position]
                assert isinstance(rest, str)
                pending[position] = rest[taken:]
        if prose.strip():
            parts.append(prose)
        return parts

    def _quotation(
        self, parts: list[str | _Said], prose: str, quote: Quote, following: Piece
    ) -> tuple[_Said | None, str, int]:
        """A quotation as speech or `None`, the prose before it, how much after it is its tag."""
        tongue, cast = self._tongue, self._cast
        lead = tongue.unfinished(prose)
        trail = following[:_TRAIL] if isinstance(following, str) else ""
        earlier = parts[-1] if parts and isinstance(parts[-1], _Said) else None
        after_speech = earlier is not None and (lead == prose or not lead.strip())
        if not tongue.is_spoken(lead, quote.inner, trail, cast, after_speech):
            return None, prose, 0
        shares = False
        before = None
        if lead.strip():
            before = tongue.before(lead, cast)
            if before:
                kept = before.kept
                prose = prose[: len(prose) - len(lead)] + kept
                shares = after_speech and not before.is_said and lead.rstrip()[-1] in "，,—–"
        elif earlier and earlier.after and earlier.after.goes_on and not prose.strip():
            shares = True
        after = tongue.after(trail, cast) if not (before and before.is_said) else None
        taken = 0
        if after and after.is_said and after.taken:
            taken = after.taken
        reported = lead if before and not before.kept else ""
        said = _Said(quote.inner, quote.raw, before, after, reported, trail[:taken], shares)
        return said, prose, taken

    def _speaker(
        self, said: _Said, spoken: Figure | None, parts: Sequence[str | _Said], place: int
    ) -> Figure | None:
        """Who says it: by the tag, by who acts beside it, by whose turn it is."""
        before, after = said.before, said.after
        fresh = spoken is None
        for tag in (before, after):
            if tag and tag.is_said and tag.who and (figure := self._figure(tag.who, fresh)):
                return figure
        if before and before.is_said:
            return self._subject or spoken or self._turn(said.inner)
        if before and before.who and (figure := self._figure(before.who, fresh)):
            return figure
        is_beside = place and isinstance(parts[place - 1], str)
        if is_beside and self._beside:
            return self._beside
        if after and not after.is_said and after.who:
            figure = self._figure(after.who, fresh)
            if figure:
                return figure
        if is_beside and self._subject:
            return self._subject
        return spoken or self._turn(said.inner)

    def _turn(self, inner: str) -> Figure | None:
        """Whose turn it is where nothing tells."""
        last = self._spoke[-1] if self._spoke and self._since <= _MEMORY else None
        if not last:
            return None
        if self._called and self._called is not last:
            return self._called
        other = next((f for f in reversed(self._spoke[-6:]) if f is not last), None)
        called = self._tongue.called(inner, self._cast)
        seen = self._cast.partner(last)
        if other and seen and self._pause > 2 and seen.acted > other.acted:
            other = seen
        other = other or called
        if other is called and called is last:
            other = None
        return other or self._cast.partner(last)

    def _figure(self, mention: Mention, fresh: bool = False, speaks: bool = True) -> Figure | None:
        """Who is meant by a mention; somebody new where it is a role nobody had yet."""
        if mention.figure:
            return mention.figure
        last = self._spoke[-1] if self._spoke and fresh and self._since <= _MEMORY else None
        if mention.kind == "other":
            return self._other()
        if mention.kind == "pronoun":
            if fresh and self._subject and self._subject.sex == mention.gender:
                return self._subject
            meant = self._cast.meant(mention.gender, last)
            return meant or (self._unnamed(mention) if speaks else None)
        if mention.is_definite and mention.alias not in self._introduced:
            known = self._cast.called(mention.alias) or self._cast.called(mention.text)
            meant = known or self._cast.meant(mention.gender, last, surely=True)
            if meant:
                return meant
        if known := self._cast.called(mention.alias) or self._cast.called(mention.text):
            return known
        capital = mention.alias[:1].upper() + mention.alias[1:]
        return self._cast.add(mention.text, {mention.text, mention.alias, capital}, mention.gender)

    def _other(self) -> Figure | None:
        """Who is but called the other one: who is not the one that was last seen."""
        last = self._spoke[-1] if self._spoke else self._subject
        return self._cast.partner(last) if last else None

    def _unnamed(self, mention: Mention) -> Figure | None:
        """Who is only ever called she: the one profile it can be, or somebody of that name."""
        profiled = [f for f in self._cast.figures if f.has_profile and f.sex == mention.gender]
        if len(profiled) == 1:
            return profiled[0]
        if mention.gender == "it" or not mention.text:
            return None
        return self._cast.add(mention.text, (), mention.gender)

    def _heard(self, figure: Figure, inner: str) -> None:
        self._cast.note(figure, acts=True)
        self._spoke.append(figure)
        self._spoke = self._spoke[-_MEMORY:]
        self._pause, self._since = self._since or self._pause, 0
        for _, _, spoken_of in self._cast.find(inner):
            spoken_of.named = max(spoken_of.named, self._cast.clock - 2)
        called = self._tongue.called(inner, self._cast)
        self._called = called if called is not figure else None

    def _uttered(self, number: int, said: _Said, figure: Figure | None) -> Iterator[Line]:
        """What is said, and what its tag tells besides; a quotation where nobody is known."""
        tags = [tag for tag in (said.before, said.after) if tag]
        manner = next((tag.manner for tag in tags if tag.manner), "")
        after = said.after
        if figure is None:
            yield Line(f"{said.lead}{said.raw}{said.tail}", number)
        else:
            self._heard(figure, said.inner)
            ends = after is None or not after.goes_on or bool(after.kept)
            text = said.inner
            if text[-1:] in (",", "，") and ends:
                text = text[:-1] + ("." if text[-1] == "," else "。")
            yield Line(text, number, figure.name, manner)
        if figure and after and after.is_said and after.taken and after.kept:
            for sentence in self._tongue.sentences(after.kept):
                yield self._action(number, sentence)


def merged(lines: Sequence[Line]) -> list[Line]:
    """What one says in one breath put into one line: only a tag had parted it."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        joins = before and line.speaker and before.speaker == line.speaker
        if (
            before
            and joins
            and before.paragraph == line.paragraph
            and line.manner in ("", before.manner)
        ):
            gap = " " if before.text[-1:].isascii() else ""
            found[-1] = replace(before, text=f"{before.text}{gap}{line.text}")
        else:
            found.append(line)
    return [
        line for line in found if line.is_break or says_something(line.text) or line.text.strip()
    ]
