"""What a copy of a project is called."""

from __future__ import annotations

import re

from ..models import MAX_NAME, Language

_SUFFIX: dict[Language, str] = {"zh": "（副本{}）", "en": " (copy{})"}
_COPY = re.compile(
    r"(?P<stem>.*?)(?:（副本(?: (?P<zh>[0-9]{1,6}))?）| \(copy(?: (?P<en>[0-9]{1,6}))?\))", re.S
)


def name_of_copy(name: str, speech: Language) -> str:
    """`name` marked as a copy's in the language `speech`; a copy's name is counted up instead."""
    stem, suffix, number = name, _SUFFIX[speech], ""
    if copy := _COPY.fullmatch(name):
        stem, suffix = copy["stem"], _SUFFIX["zh" if name.endswith("）") else "en"]
        number = f" {int(copy['zh'] or copy['en'] or 1) + 1}"
    ending = suffix.format(number)
    return stem[: MAX_NAME - len(ending)].rstrip() + ending
