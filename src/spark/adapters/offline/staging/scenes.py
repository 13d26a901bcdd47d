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
"""How many scenes a story of some length has, if it is in paragraphs at all."""
_REAL_HOURS = ("day", "night", "dawn", "dusk")


@dataclass
class Draft:
    """A scene that is still being gathered."""

    lines: list[Line] = field(default_factory=list)
    spot: Spot | None = None
    """Where it is, as its own lines say; `None` where they do not."""
    hour: Hour | None = None
    told: bool = False
    """Whether its own lines tell the hour."""
    leaps: bool = False
    is_soon: bool = False
    follows: bool = False
    """Whether somebody only went on to the next place."""
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
    while len(drafts) < _FEWEST and sum(d.size for d in drafts) > 3.5 * tongue.usual_scene:
        longest = max(range(len(drafts)), key=lambda at: drafts[at].size)
        halves = _halved(drafts[longest])
        if len(halves) == 1:
            break
        drafts[longest : longest + 1] = halves
    _settle_hours(drafts, tongue)
    return drafts


def _drafts(lines: Sequence[Line], tongue: Tongue) -> list[Draft]:
    drafts = [Draft()]
    where: Spot | None = None
    paragraph, place = -1, 0
    for line in lines:
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
        if line.speaker:
            _learn(now, None, None, line.manner, tongue)
            now.lines.append(line)
            continue
        spot = _here(tongue.spots(line.text), is_late=place > _TRIVIAL)
        clock = tongue.clock(line.text, opens)
        if now.lines and _begins(now, where, spot, clock, opens, tongue):
            now = Draft(_way(now, line), follows=bool(spot and spot.moves and not clock))
            drafts.append(now)
            for led in now.lines:
                _learn(now, None, None, led.text, tongue)
        _learn(now, spot, clock, line.text, tongue)
        now.lines.append(line)
        where = now.spot or where
    return [draft for draft in drafts if draft.lines]


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
    tongue: Tongue,
) -> bool:
    """Whether a line is the first of another scene."""
    if clock and clock.leaps:
        return True
    if clock and clock.hour and opens and clock.hour != now.hour:
        return bool(now.hour) or len(now.lines) > _ESTABLISHING
    if not spot or (now.place and tongue.is_same(spot.head, now.place)):
        return False
    if now.spot is None:
        is_early = len(now.lines) < _ESTABLISHING and not now.has_speech
        changes = where is not None and not tongue.is_same(spot.head, where.head)
        return not is_early and (changes or spot.moves)
    is_scenery = not opens and not spot.moves and not now.spot.moves
    if is_scenery and now.lines[0].paragraph == now.lines[-1].paragraph:
        return False
    return not tongue.is_same(spot.head, now.spot.head)


def _learn(now: Draft, spot: Spot | None, clock: Clock | None, text: str, tongue: Tongue) -> None:
    """What a line tells of the scene it is in."""
    if spot and now.spot is None and not now.place:
        now.spot = spot
    if clock and clock.leaps and not now.lines:
        now.leaps, now.is_soon = True, clock.is_soon
    if clock and clock.hour and not now.told:
        now.hour, now.told = clock.hour, True
    if not now.told and len(now.lines) < _ESTABLISHING and (hour := tongue.light(text)):
        now.hour, now.told = hour, True


def _without_trifles(drafts: list[Draft], tongue: Tongue) -> list[Draft]:
    """Scenes too small to stand alone put together with what they lead to."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        if before and _is_trifle(before) and _leads_to(before, draft, tongue):
            kept[-1] = _together(before, draft)
        elif before and _is_trifle(draft) and _belongs(before, draft, tongue):
            before.lines += draft.lines
        else:
            kept.append(draft)
    return kept


def _is_trifle(draft: Draft) -> bool:
    return len(draft.lines) <= _TRIVIAL and not draft.has_speech and not draft.is_fixed


def _leads_to(before: Draft, after: Draft, tongue: Tongue) -> bool:
    """Whether a trifle only leads to the next scene: its place is the same, or passed in a step."""
    if after.is_fixed:
        return False
    if before.spot is None or after.spot is None:
        return not after.leaps or before.spot is None or not before.leaps
    if tongue.is_same(before.spot.head, after.spot.head):
        return True
    return not after.leaps and before.lines[-1].paragraph == after.lines[0].paragraph


def _belongs(before: Draft, draft: Draft, tongue: Tongue) -> bool:
    """Whether a trifle may stay in the scene before it: one sentence that goes nowhere."""
    return draft.spot is None and not draft.leaps and len(draft.lines) == 1


def _together(before: Draft, after: Draft) -> Draft:
    spot = after.spot or before.spot
    hour, told = (after.hour, True) if after.told else (before.hour, before.told)
    return Draft(
        [*before.lines, *after.lines],
        spot,
        hour,
        told,
        before.leaps or (after.leaps and not before.spot),
        before.is_soon if before.leaps else after.is_soon,
        before.follows,
        before.is_fixed,
        before.setting,
        before.place,
    )


def _parted(draft: Draft, tongue: Tongue) -> list[Draft]:
    """A long scene in parts: where time passes between two paragraphs, or before it is too long."""
    parts = [replace(draft, lines=[])]
    left = draft.size
    size = 0
    for index, line in enumerate(draft.lines):
        opens = index > 0 and line.paragraph != draft.lines[index - 1].paragraph
        enough = size >= tongue.usual_scene and left >= tongue.usual_scene * 0.6
        passes = opens and enough and not line.speaker and tongue.goes_on(line.text)
        full = size + len(line.text) > tongue.longest_scene and left > tongue.usual_scene
        if parts[-1].lines and (passes or (full and (opens or size > tongue.longest_scene * 1.3))):
            parts.append(_continued(draft, [], passes))
            size = 0
        parts[-1].lines.append(line)
        size += len(line.text)
        left -= len(line.text)
    return parts


def _halved(draft: Draft) -> list[Draft]:
    """A scene in two, at the paragraph nearest to its middle that does not begin with speech."""
    sizes = [0]
    for line in draft.lines:
        sizes.append(sizes[-1] + len(line.text))
    starts = [
        at
        for at in range(1, len(draft.lines))
        if draft.lines[at].paragraph != draft.lines[at - 1].paragraph
        and not draft.lines[at].speaker
    ]
    if not starts:
        return [draft]
    at = min(starts, key=lambda start: abs(sizes[start] - draft.size / 2))
    return [replace(draft, lines=draft.lines[:at]), _continued(draft, draft.lines[at:])]


def _continued(draft: Draft, lines: list[Line], passes: bool = False) -> Draft:
    """The rest of a scene as one of its own."""
    return Draft(
        lines,
        draft.spot,
        leaps=passes,
        is_soon=passes,
        follows=not passes,
        setting=draft.setting,
        place=draft.place,
    )


def _settle_hours(drafts: list[Draft], tongue: Tongue) -> None:
    """The hour of each scene, told or carried on from the scene before."""
    real: Hour | None = None
    for draft in drafts:
        if draft.told:
            real = draft.hour if draft.hour in _REAL_HOURS else real
        elif draft.leaps:
            draft.hour = "later" if draft.is_soon else None
            real = real if draft.is_soon else None
        else:
            draft.hour = "continuous" if draft.follows else real
