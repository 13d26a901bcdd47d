"""A model's answers as records, within their bounds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ...models import MAX_NAME, CharacterProfile, StoryOutline, UserIdea
from .forms import CastAnswer, OutlineAnswer, SheetAnswer
from .lenient import BLANKS

_SHORT, _SENTENCE, _PARAGRAPH, _LONG = 500, 2000, 20_000, 100_000
_MOST_MOTIVATIONS, _MOST_TAGS = 50, 100
_STEM = re.compile(r"[^（(]+")
"""A name without what is added to it in brackets."""


def outline_of(answer: OutlineAnswer, idea: UserIdea) -> StoryOutline:
    """The story; its length is what the person asked for, where they did."""
    title = answer.title.strip(f"《》「」“”\"'{BLANKS}") or answer.title
    return StoryOutline(
        title=title[:MAX_NAME],
        summary=answer.summary[:_PARAGRAPH],
        narrative_text=answer.narrative_text[:_LONG],
        estimated_duration=idea.duration_preference or answer.estimated_duration,
    )


def distinct(names: Sequence[str]) -> list[str]:
    """The names as they are, the second and later ones of one name with a number behind them."""
    taken: list[str] = []
    for name in names:
        numbered = (f"{name[: MAX_NAME - 3]} {n}" for n in itertools.count(2))
        taken.append(next(n for n in itertools.chain([name], numbered) if n not in taken))
    return taken


def problem_with_cast(answer: CastAnswer, names: Sequence[str], words: str) -> str | None:
    """What is wrong where there is not one sheet for each name."""
    return None if _matched(answer, names) else words.format(names=", ".join(names))


def profiles_of(answer: CastAnswer, names: Sequence[str]) -> list[CharacterProfile]:
    """The sheets as profiles, in the order of `names` and by these names."""
    sheets = _matched(answer, names) or []
    called = {sheet.name: name for sheet, name in zip(sheets, names, strict=True)}
    return [_profile(sheet, name, called) for sheet, name in zip(sheets, names, strict=True)]


def _matched(answer: CastAnswer, names: Sequence[str]) -> list[SheetAnswer] | None:
    """The sheet for each name; models like to add to a name, so one that holds it will do.

    Where names hold one another, the longest has the first choice.
    """
    left = list(answer.characters)
    matched: dict[str, SheetAnswer] = {}
    for fits in (_is_same, _begins_with, _is_within, _has_same_stem):
        for name in sorted(names, key=len, reverse=True):
            if name not in matched and (found := next((s for s in left if fits(name, s)), None)):
                matched[name] = found
                left.remove(found)
    return [matched[name] for name in names] if len(matched) == len(names) else None


def _is_same(name: str, sheet: SheetAnswer) -> bool:
    return name.strip().casefold() == sheet.name.strip().casefold()


def _begins_with(name: str, sheet: SheetAnswer) -> bool:
    return sheet.name.strip().casefold().startswith(name.strip().casefold())


def _is_within(name: str, sheet: SheetAnswer) -> bool:
    ours, theirs = name.strip().casefold(), sheet.name.strip().casefold()
    return ours in theirs or theirs in ours


def _has_same_stem(name: str, sheet: SheetAnswer) -> bool:
    ours, theirs = (_STEM.match(said.strip().casefold()) for said in (name, sheet.name))
    return bool(ours and theirs and ours[0].strip() == theirs[0].strip())


def _profile(sheet: SheetAnswer, name: str, called: dict[str, str]) -> CharacterProfile:
    ties = {called.get(tie.name, tie.name): tie.text[:_SENTENCE] for tie in sheet.relationships}
    others = set(called.values()) - {name}
    return CharacterProfile(
        name=name,
        role=sheet.role[:_SHORT],
        appearance=sheet.appearance[:_PARAGRAPH],
        personality=sheet.personality[:_PARAGRAPH],
        backstory=sheet.backstory[:_PARAGRAPH],
        motivations=[m[:_SENTENCE] for m in sheet.motivations[:_MOST_MOTIVATIONS]],
        relationships={other: text for other, text in ties.items() if other in others and text},
        visual_consistency_tags=[t[:_SHORT] for t in sheet.visual_consistency_tags[:_MOST_TAGS]],
        visual_description=sheet.visual_description[:_PARAGRAPH],
    )
