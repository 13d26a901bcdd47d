"""The headings of scenes: each says where and when it is, and no two in a row say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ....models import CharacterProfile, StoryOutline
from ....screenplay import Hour, Setting
from .scenes import Draft
from .tongue import Spot, Tongue

_REAL_HOURS = ("day", "night", "dawn", "dusk")
_SEEN = 20_000
_Place = tuple[Setting, str]


def settle(
    drafts: Sequence[Draft],
    outline: StoryOutline,
    profiles: Sequence[CharacterProfile],
    tongue: Tongue,
) -> list[Draft]:
    """The scenes with all of them settled: setting, place and hour."""
    placed = [
        replace(draft, setting=setting, place=place)
        for draft, (setting, place) in zip(
            drafts, _places(drafts, outline, profiles, tongue), strict=True
        )
    ]
    told = _joined(_timed(placed), tongue)
    return _distinct(_timed(told))


def _places(
    drafts: Sequence[Draft],
    outline: StoryOutline,
    profiles: Sequence[CharacterProfile],
    tongue: Tongue,
) -> list[_Place]:
    """Where each scene is: as it says, as the one before it, or as the story says elsewhere."""
    last: _Place | None = None
    is_sure = False
    found = []
    for draft in drafts:
        if draft.place and draft.setting:
            last, is_sure = (draft.setting, draft.place), True
        elif draft.spot and (last is None or draft.is_peopled or draft.spot is not drafts[0].spot):
            last = draft.spot.setting, draft.spot.place
            is_sure = draft.is_peopled or draft is not drafts[0]
        elif last is None:
            last = _first_place(draft, drafts, outline, profiles, tongue)
        elif not is_sure:
            last, is_sure = _wide_place(outline, tongue) or last, True
        found.append(last)
    return found


def _wide_place(outline: StoryOutline, tongue: Tongue) -> _Place | None:
    """Where all of a story is whose first words only show a view."""
    told = f"{outline.title} {outline.summary} {outline.narrative_text[:_SEEN]}"
    spot = tongue.wide_place(told)
    return (spot.setting, spot.place) if spot else None


def _first_place(
    first: Draft,
    drafts: Sequence[Draft],
    outline: StoryOutline,
    profiles: Sequence[CharacterProfile],
    tongue: Tongue,
) -> _Place:
    """Where a story begins that does not say so at once."""
    if first.scenery:
        return first.scenery.setting, first.scenery.place
    own = [spot for line in first.lines if not line.speaker for spot in tongue.spots(line.text)]
    elsewhere = [spot for text in (outline.title, outline.summary) for spot in tongue.spots(text)]
    for spots in (own, elsewhere):
        if spots:
            most = Counter(spot.head for spot in spots).most_common(1)[0][0]
            spot: Spot = next(s for s in spots if s.head == most)
            return spot.setting, spot.head
    told = " ".join(line.text for draft in drafts[:3] for line in draft.lines)[:4000]
    known = " ".join((told, outline.title, outline.summary[:2000], *(p.role for p in profiles)))
    return tongue.usual_place(known)


def _timed(drafts: Sequence[Draft]) -> list[Draft]:
    """The scenes with their hours, told or carried on from the scene before."""
    real: Hour | None = None
    found = []
    for draft in drafts:
        hour = draft.hour if draft.told else None
        if draft.told:
            real = hour if hour in _REAL_HOURS else real
        elif draft.leaps:
            hour = "later" if draft.is_soon else None
            real = None
        elif draft.passes:
            real = None
        else:
            hour = "continuous" if draft.follows else real
        found.append(replace(draft, hour=hour))
    return found


def _is_one_place(one: Draft, other: Draft) -> bool:
    return one.setting == other.setting and one.place.casefold() == other.place.casefold()


def _joined(drafts: Sequence[Draft], tongue: Tongue) -> list[Draft]:
    """Scenes in a row that are one: nobody went anywhere, and no time has passed."""
    found: list[Draft] = []
    for draft in drafts:
        before = found[-1] if found else None
        if before and _is_one_place(before, draft) and _goes_along(before, draft, tongue):
            found[-1] = replace(before, lines=[*before.lines, *draft.lines])
        else:
            found.append(draft)
    return found


def _goes_along(before: Draft, draft: Draft, tongue: Tongue) -> bool:
    """Whether a scene at the same place is but more of the one before it."""
    if draft.is_fixed or draft.leaps or before.size + draft.size > tongue.longest_scene:
        return False
    if draft.told and draft.hour != before.hour:
        return False
    enough = min(before.size, draft.size) >= tongue.usual_scene * 0.4
    return not (draft.passes and enough)


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """The scenes, those that follow at the same place told apart by the time between them."""
    found: list[Draft] = []
    for draft in drafts:
        before = found[-1] if found else None
        if before and _is_one_place(before, draft) and before.hour == draft.hour:
            passed = draft.leaps or draft.passes
            likely: tuple[Hour, Hour] = (
                ("later", "continuous") if passed else ("continuous", "later")
            )
            draft = replace(draft, hour=likely[likely[0] == before.hour])
        found.append(draft)
    return found
