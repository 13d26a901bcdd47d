"""Scenes as models write them: under other names, with whole headings, action and speech apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator

from ...screenplay import Hour, Setting
from .lenient import BLANKS, text, text_or_none

_INSIDE = re.compile(r"\bint(?:\b|_|erior)|\bi/e\b|\bindoors?\b|\binside\b|[室屋]内|内景|^内", re.I)
_OUTSIDE = re.compile(
    r"(?:\b|_)ext(?:\b|erior)|\bi/e\b|\boutdoors?\b|\boutside\b|[室屋户]外|外景|^外", re.I
)
_HOURS: list[tuple[Hour, re.Pattern[str]]] = [
    ("continuous", re.compile(r"\bcontinuous|\bsame\b|连续|紧接|同时", re.I)),
    ("later", re.compile(r"\blater\b|稍后|之后|片刻后|后来", re.I)),
    ("dawn", re.compile(r"\bdawn\b|\bsunrise\b|\bearly morning\b|清晨|黎明|拂晓|凌晨|^晨$", re.I)),
    ("dusk", re.compile(r"\bdusk\b|\bsunset\b|\bevening\b|黄昏|傍晚|日落", re.I)),
    ("night", re.compile(r"\b(?:mid)?night\b|夜|晚", re.I)),
    ("day", re.compile(r"\b(?:mid)?day\b|\b(?:after)?noon\b|\bmorning\b|日|白天|午|早", re.I)),
]  # fmt: skip
"""What models say for each; the first that fits counts."""

_OPENING = re.compile(
    r"\s*(?:int\.?\s*/\s*ext|ext\.?\s*/\s*int|i/e|int(?:erior)?|ext(?:erior)?|int_ext)\b[\s.:：,，-]*"
    r"|\s*(?:内外景|内景|外景)[\s.。:：、·,，-]*",
    re.I,
)
_HOUR_APART = re.compile(r"(.*?\S)\s*(?:\s[-–—·]|[–—]|[,，])\s*([^-–—,，]+)\s*", re.S)
_LAST_WORD = re.compile(r"(.*\S)\s+([^\s\-–—]+)\s*", re.S)

_HEADINGS = ("heading", "slug", "slugline", "slug_line", "scene_heading", "title", "scene", "场景")
_SETTINGS = ("setting", "int_ext", "interior_exterior", "内外景")
_PLACES = ("place", "location", "where", "地点")
_TIMES = ("hour", "time", "time_of_day", "when", "时间")
_CONTENTS = ("elements", "content", "beats", "parts", "body", "内容")
_ACTIONS = ("action", "actions", "description", "narration", "动作", "描述")
_SPEECHES = ("dialogue", "dialog", "dialogues", "speeches", "lines", "speech", "对白", "台词")
_SPEAKERS = ("speaker", "character", "name", "who", "角色", "人物")
_MANNERS = ("manner", "parenthetical", "how", "tone", "语气")
_SAID = ("text", "line", *_SPEECHES, *_ACTIONS, "content", "words", "内容")
_NOBODY = {"action", "description", "narration", "动作", "描述"}
"""What stands for the speaker of what nobody says."""

_LONGEST_HEADING = 300
"""Characters; what is longer is no heading."""

_BRACKETS = f"()（）[]【】{BLANKS}"


def setting(value: Any) -> Setting | None:
    """Whether a scene is indoors, by a model's words for it."""
    words = text(value)
    is_inside, is_outside = bool(_INSIDE.search(words)), bool(_OUTSIDE.search(words))
    if (is_inside and is_outside) or "内外" in words:
        return "int_ext"
    if is_inside:
        return "int"
    return "ext" if is_outside else None


def hour(value: Any) -> Hour | None:
    """The time of day that a model names; `None` where it is none of ours."""
    words = text(value)
    return next((known for known, said in _HOURS if said.search(words)), None)


def scenes(value: Any) -> Any:
    """A list of scenes, by the fields that we ask for."""
    if isinstance(value, dict):
        is_one = any(name in value for name in (*_CONTENTS, *_ACTIONS, *_SPEECHES))
        value = [value] if is_one else list(value.values())
    if isinstance(value, list):
        return [_scene(entry) for entry in value if isinstance(entry, dict)]
    return value


def _scene(said: dict[str, Any]) -> dict[str, Any]:
    place, inside = text(_first(said, _PLACES)), text(_first(said, _SETTINGS))
    heading = text(_first(said, _HEADINGS))
    if _OPENING.match(place):  # a whole heading, put where the place belongs
        heading, place = place, ""
    told = _of_heading(heading or ("" if place else inside))
    return {
        "setting": setting(inside) or told[0],
        "place": place or told[1],
        "hour": hour(_first(said, _TIMES)) or told[2],
        "elements": _elements(said),
    }


def _of_heading(words: str) -> tuple[Setting | None, str, Hour | None]:
    """What a heading tells: 内景 飞船驾驶舱 - 夜."""
    if len(words) > _LONGEST_HEADING:
        return None, words, None
    opening = _OPENING.match(words)
    rest = words[opening.end() :] if opening else words
    for apart in (_HOUR_APART, _LAST_WORD):
        if (found := apart.fullmatch(rest)) and (known := hour(found[2])):
            return setting(opening and opening[0]), found[1].rstrip(" -–—·,，"), known
    return setting(opening and opening[0]), rest.strip(BLANKS), None


def _elements(said: dict[str, Any]) -> list[dict[str, str]]:
    told = _first(said, _CONTENTS)
    if isinstance(told, dict):
        return _elements(told)
    if told is None:
        told = [*_listed(_first(said, _ACTIONS)), *_listed(_first(said, _SPEECHES))]
    return [part for entry in _listed(told) for part in _parts(entry) if part["text"]]


def _parts(said: Any) -> Iterator[dict[str, str]]:
    """The elements in one entry: it may hold action beside speech, or several speeches."""
    if not isinstance(said, dict):
        yield _element(said)
        return
    spoken, done = _first(said, _SPEECHES), _first(said, _ACTIONS)
    entries = [entry for entry in _listed(spoken) if isinstance(entry, dict)]
    if done and (entries or spoken or (_first(said, _SPEAKERS) and _first(said, ("text", "line")))):
        yield _element(text(done))
        said = {name: held for name, held in said.items() if name not in _ACTIONS}
    who = {"speaker": _first(said, _SPEAKERS)}
    for entry in entries:
        yield _element({**who, **entry})
    if not entries:
        yield _element(said)


def _element(said: Any) -> dict[str, str]:
    """What is done or said; what nobody says is action."""
    if not isinstance(said, dict):
        return {"speaker": "", "manner": "", "text": text(said)}
    speaker, words = text_or_none(_first(said, _SPEAKERS)) or "", text(_first(said, _SAID))
    if not words and len(said) == 1:  # {"Mia": "Hello."}
        ((speaker, words),) = ((name, text(held)) for name, held in said.items())
    return {
        "speaker": "" if speaker.casefold() in _NOBODY else speaker,
        "manner": text(_first(said, _MANNERS)).strip(_BRACKETS),
        "text": words,
    }


def _first(said: dict[str, Any], names: tuple[str, ...]) -> Any:
    """What is under the first of the names that holds anything."""
    return next((said[name] for name in names if said.get(name)), None)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


SettingOrNone = Annotated[Setting | None, BeforeValidator(setting)]
HourOrNone = Annotated[Hour | None, BeforeValidator(hour)]
