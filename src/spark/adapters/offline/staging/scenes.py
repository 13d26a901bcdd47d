"""Lines gathered into scenes: where the place or the time changes, another one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ....screenplay import Hour, Setting
from .dialogue import Line
from .tongue import Clock, Spot, Tongue

_ESTABLISHING = 3
"""How many lines a scene may take to say where it is."""
_TRIVIAL = 2
_FEWEST = 3
"""How many scenes a story of some length has, if time passes in it at all."""


@dataclass
class Draft:
    """A scene that is still being gathered."""

    lines: list[Line] = field(default_factory=list)
    spot: Spot | None = None
    """Where it is, as its own lines say; `None` where they do not."""
    is_peopled: bool = False
    """Whether anybody was seen there, so that it is more than a view."""
    scenery: Spot | None = None
    """What the first words of the story show, whether anybody is there or not."""
    hour: Hour | None = None
    told: bool = False
    """Whether its own lines tell the hour."""
    leaps: bool = False
    is_soon: bool = False
    follows: bool = False
    """Whether somebody only went on to the next place."""
    passes: bool = False
    """Whether its first words say that the story goes on some time later: in the end, 后来."""
    is_fixed: bool = False
    """Whether the story itself set its heading, or drew a line before it."""
    setting: Setting | None = None
    place: str = ""

    @property
    def size(self) -> int:
        """How many signs it has."""
        return sum(len(line.text) for line in self.lines)

    @property
    def has_speech(self) -> bool:
        """Whether anybody speaks in it."""
        return any(line.speaker for line in self.lines)


def gather(lines: Sequence[Line], tongue: Tongue) -> list[Draft]:
    """The scenes of a story."""
    drafts = _without_trifles(_drafts(lines, tongue), tongue)
    drafts = [part for draft in drafts for part in _parted(draft, tongue)]
    while len(drafts) < _FEWEST and sum(d.size for d in drafts) > 2.5 * tongue.usual_scene:
        longest = max(range(len(drafts)), key=lambda at: drafts[at].size)
        halves = _halved(drafts[longest], tongue)
        if len(halves) == 1:
            break
        drafts[longest : longest + 1] = halves
    for draft in drafts[1:]:
        draft.passes = draft.passes or _goes_on(draft.lines, 0, tongue)
    return drafts


def _goes_on(lines: Sequence[Line], at: int, tongue: Tongue) -> bool:
    """Whether the first words of a paragraph say that it is some time after the one before it."""
    first = lines[at]
    for line in lines[at : at + _ESTABLISHING]:
        if line.speaker or line.paragraph != first.paragraph:
            return False
        if tongue.goes_on(line.text):
            return True
    return False


def _drafts(lines: Sequence[Line], tongue: Tongue) -> list[Draft]:
    drafts = [Draft()]
    where: Spot | None = None
    scenery: Spot | None = None
    paragraph, place = -1, 0
    arrived = passes = False
    for index, line in enumerate(lines):
        now = drafts[-1]
        place = place + 1 if line.paragraph == paragraph else 0
        if line.heading or line.is_break:
            if now.lines:
                now = Draft()
                drafts.append(now)
            now.is_fixed = True
            if line.heading:
                now.setting, now.place, hour = line.heading
                now.hour, now.told, where = hour, hour is not None, None
            paragraph = line.paragraph
            continue
        opens, paragraph = line.paragraph != paragraph, line.paragraph
        if opens:
            passes = _goes_on(lines, index, tongue)
        if line.speaker:
            _learn(now, None, None, line.manner, tongue)
            arrived = False
            now.lines.append(line)
            continue
        named = tongue.spots(line.text)
        if index < _ESTABLISHING and scenery is None:
            scenery = drafts[0].scenery = tongue.cued(line.text) or _view(named, tongue)
        is_new = now.spot is None and len(now.lines) < _ESTABLISHING
        shows = arrived or is_new or (opens and not _is_backdrop(lines, index, tongue))
        clock = tongue.clock(line.text, opens)
        leaps = opens and clock is not None and clock.leaps
        if not leaps and not line.is_peopled and opens and _is_alone(lines, index):
            clock = None
        spots = [spot for spot in named if line.is_peopled or leaps or (shows and spot.opens)]
        if named and not named[0].is_here and tongue.is_hull(named[0].head):
            spots = []
        spot = _here(spots, is_late=place > _TRIVIAL)
        arrived = bool(spot and spot.moves)
        if now.lines and _begins(
            now, where or scenery, spot, clock, opens or tongue.goes_on(line.text), passes, tongue
        ):
            now = Draft(_way(now, line), follows=bool(spot and spot.moves and not clock))
            drafts.append(now)
            for led in now.lines:
                _learn(now, None, None, led.text, tongue)
        _learn(now, spot, clock, line.text, tongue, surely=scenery is not None)
        now.is_peopled = now.is_peopled or bool(spot and line.is_peopled)
        now.lines.append(line)
        where = now.spot or where
    return [draft for draft in drafts if draft.lines]


def _view(named: Sequence[Spot], tongue: Tongue) -> Spot | None:
    """What a sentence shows: the place it is at, or else where it ends up."""
    if named and tongue.is_hull(named[0].head):
        return named[0]
    places = [spot for spot in named if not tongue.is_passage(spot.head)] or list(named)
    return next((spot for spot in places if spot.is_here), places[-1] if places else None)


def _is_alone(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is all of its paragraph, and another one follows."""
    return at + 1 < len(lines) and lines[at + 1].paragraph != lines[at].paragraph


def _is_backdrop(lines: Sequence[Line], at: int, tongue: Tongue) -> bool:
    """Whether a view without anybody is but put before what happens some time later, elsewhere."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    return bool(
        after
        and not after.speaker
        and after.paragraph == lines[at].paragraph
        and tongue.goes_on(after.text)
    )


def _here(spots: Sequence[Spot], is_late: bool) -> Spot | None:
    """Where a sentence is: the last place somebody comes to, or else the first.

    Late in a paragraph what is not come to is scenery.
    """
    here = [spot for spot in spots if spot.is_here and (spot.moves or not is_late)]
    moving = [spot for spot in here if spot.moves]
    return moving[-1] if moving else here[0] if here else None


def _way(now: Draft, line: Line) -> list[Line]:
    """The lines before the first of a new scene that its paragraph begins with; they go along."""
    way: list[Line] = []
    while len(now.lines) > len(way) + 1 and len(way) <= _TRIVIAL:
        led = now.lines[-1 - len(way)]
        if led.speaker or led.paragraph != line.paragraph:
            break
        way.insert(0, led)
    if not way or len(way) > _TRIVIAL or now.lines[-1 - len(way)].paragraph == line.paragraph:
        return []
    now.lines = now.lines[: -len(way)]
    return way


def _begins(
    now: Draft,
    where: Spot | None,
    spot: Spot | None,
    clock: Clock | None,
    opens: bool,
    passes: bool,
    tongue: Tongue,
) -> bool:
    """Whether a line is the first of another scene.

    `passes` where its paragraph begins some time after the one before it.
    """
    if clock and clock.leaps:
        return True
    if clock and clock.hour and opens and clock.hour != now.hour:
        return bool(now.hour) or len(now.lines) > _ESTABLISHING
    if not spot or (now.place and tongue.is_same(spot.head, now.place.lower())):
        return False
    if now.spot is None:
        is_early = len(now.lines) < _ESTABLISHING and not now.has_speech
        changes = where is not None and not tongue.is_same(spot.head, where.head)
        shows = opens and spot.opens
        return not is_early and (changes or passes or shows or spot.moves)
    is_scenery = not opens and not spot.moves and not now.spot.moves
    if is_scenery and now.lines[0].paragraph == now.lines[-1].paragraph:
        return False
    return not tongue.is_same(spot.head, now.spot.head)


def _learn(
    now: Draft,
    spot: Spot | None,
    clock: Clock | None,
    text: str,
    tongue: Tongue,
    surely: bool = False,
) -> None:
    """What a line tells of its scene; late in it, a place only where no other is known."""
    is_early = len(now.lines) < _ESTABLISHING or not surely
    if spot and now.spot is None and not now.place and is_early:
        now.spot = spot
    if clock and clock.leaps and not now.lines:
        now.leaps, now.is_soon = True, clock.is_soon
    if clock and clock.hour and not now.told and len(now.lines) <= _ESTABLISHING:
        now.hour, now.told = clock.hour, True
    if not now.told and len(now.lines) < _ESTABLISHING and (hour := tongue.light(text)):
        now.hour, now.told = hour, True


def _without_trifles(drafts: list[Draft], tongue: Tongue) -> list[Draft]:
    """Scenes too small to stand alone put together with what they lead to."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        if before and _is_trifle(before) and _leads_to(before, draft, len(kept) == 1, tongue):
            kept[-1] = _together(before, draft)
        elif before and _is_trifle(draft) and _belongs(before, draft, tongue):
            before.lines += draft.lines
        else:
            kept.append(draft)
    return kept


def _is_trifle(draft: Draft) -> bool:
    return len(draft.lines) <= _TRIVIAL and not draft.has_speech and not draft.is_fixed


def _leads_to(before: Draft, after: Draft, is_first: bool, tongue: Tongue) -> bool:
    """Whether a trifle only leads to the next scene: its place is the same, or passed in a step.

    The first words of a story lead to whatever comes, even if it is later.
    """
    if after.is_fixed:
        return False
    if before.spot is None or after.spot is None:
        return not after.leaps or before.spot is None or is_first
    if tongue.is_same(before.spot.head, after.spot.head):
        return True
    is_passed = before.spot.moves and tongue.is_passage(before.spot.head)
    if after.leaps or tongue.goes_on(after.lines[0].text):
        return False
    return is_passed or before.lines[-1].paragraph == after.lines[0].paragraph


def _belongs(before: Draft, draft: Draft, tongue: Tongue) -> bool:
    """Whether a trifle may stay in the scene before it: it goes nowhere, and not far in time."""
    if draft.told and draft.hour != before.hour:
        return False
    if draft.spot is None:
        return len(draft.lines) == 1
    if draft.leaps and not draft.is_soon:
        return False
    return before.spot is not None and tongue.is_same(before.spot.head, draft.spot.head)


def _together(before: Draft, after: Draft) -> Draft:
    return replace(
        before,
        lines=[*before.lines, *after.lines],
        spot=after.spot or before.spot,
        hour=after.hour if after.told else before.hour,
        told=after.told or before.told,
        leaps=before.leaps or (after.leaps and not before.spot),
        is_soon=before.is_soon if before.leaps else after.is_soon,
    )


def _parted(draft: Draft, tongue: Tongue) -> list[Draft]:
    """A long scene in parts: where time passes between two paragraphs, or before it is too long."""
    parts = [replace(draft, lines=[])]
    left = draft.size
    size = 0
    for index, line in enumerate(draft.lines):
        opens = index > 0 and line.paragraph != draft.lines[index - 1].paragraph
        enough = size >= tongue.usual_scene and left >= tongue.usual_scene * 0.6
        passes = opens and enough and _goes_on(draft.lines, index, tongue)
        full = size + len(line.text) > tongue.longest_scene and left > tongue.usual_scene
        if parts[-1].lines and (passes or (full and (opens or size > tongue.longest_scene * 1.3))):
            parts.append(_continued(draft, [], passes))
            size = 0
        parts[-1].lines.append(line)
        size += len(line.text)
        left -= len(line.text)
    return parts


def _halved(draft: Draft, tongue: Tongue) -> list[Draft]:
    """A scene in two, where time passes nearest to its middle; whole where none does."""
    sizes = [0]
    for line in draft.lines:
        sizes.append(sizes[-1] + len(line.text))
    starts = [
        at
        for at in range(1, len(draft.lines))
        if draft.lines[at].paragraph != draft.lines[at - 1].paragraph
        and min(sizes[at], draft.size - sizes[at]) > tongue.usual_scene / 2
        and _goes_on(draft.lines, at, tongue)
    ]
    if not starts:
        return [draft]
    at = min(starts, key=lambda start: abs(sizes[start] - draft.size / 2))
    return [
        replace(draft, lines=draft.lines[:at]),
        _continued(draft, draft.lines[at:], passes=True),
    ]


def _continued(draft: Draft, lines: list[Line], passes: bool = False) -> Draft:
    """The rest of a scene as one of its own."""
    return Draft(
        lines,
        draft.spot,
        draft.is_peopled,
        passes=passes,
        follows=not passes,
        setting=draft.setting,
        place=draft.place,
    )
