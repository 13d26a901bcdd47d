"""A model's scenes as records: whose speech it is, and all of it within the bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...models import MAX_NAME
from ...screenplay import Action, Element, Scene, Speech
from .forms import ElementAnswer, SceneAnswer, ScreenplayAnswer
from .lenient import BLANKS
from .passages import cut

_SHORT, _SENTENCE = 500, 2000
_LEAST = 0.2
"""Of the passage's characters: scenes that have fewer have left most of it out."""
_BRACKET = re.compile(r"[(（\[【]")
_SEVERAL = re.compile(r"[的和与、/&+,，]|\b(?:and|of)\b|['’]s?\b", re.IGNORECASE)
"""What parts two people, or one from what is theirs."""
_FEWEST_HAN = 2
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


class ScenesCheck:
    """What is wrong with the scenes of a passage.

    What can be overlooked is asked for once: a second answer that is no better will do.
    """

    def __init__(self, passage: str, names: Sequence[str], words: Mapping[str, Any]) -> None:
        self._passage, self._names, self._words = passage, names, words
        self._has_asked = False

    def __call__(self, answer: ScreenplayAnswer) -> str | None:
        """The complaint about `answer`, if there is one."""
        told = [e for scene in answer.scenes for e in scene.elements if e.text.strip(BLANKS)]
        if not told:
            return str(self._words["no_scenes"])
        if self._has_asked:
            return None
        self._has_asked = True
        if sum(len(e.text) for e in told) < len(self._passage) * _LEAST:
            return str(self._words["too_little"])
        unclear = [e.speaker for e in told if e.speaker and len(_meant(e.speaker, self._names)) > 1]
        if unclear:
            speakers, names = ", ".join(dict.fromkeys(unclear)), ", ".join(self._names)
            return str(self._words["unclear_speakers"]).format(speakers=speakers, names=names)
        return None


def scenes_of(answer: ScreenplayAnswer, names: Sequence[str], somewhere: str) -> list[Scene]:
    """The scenes that hold something; speakers who have one of the `names` are called so."""
    scenes: list[Scene] = []
    for said in answer.scenes:
        before = scenes[-1].place if scenes else somewhere
        if elements := [*_place_too_long(said), *_elements(said, names)]:
            place = said.place.strip(BLANKS)[:MAX_NAME].strip(BLANKS) or before
            setting = said.setting or "int"
            scenes.append(Scene(setting=setting, place=place, hour=said.hour, elements=elements))
    return scenes


def joined(before: list[Scene], after: list[Scene]) -> list[Scene]:
    """Scenes and those that follow; the one that a passage's end had cut in two is one again."""
    if not before or not after:
        return [*before, *after]
    *rest, last = before
    first, *others = after
    if (first.setting, first.place, first.hour) != (last.setting, last.place, last.hour):
        return [*before, *after]
    whole = last.model_copy(update={"elements": [*last.elements, *first.elements]})
    return [*rest, whole, *others]


def untold(title: str, somewhere: str) -> list[Scene]:
    """What there is to see where a narrative holds nothing that could be read."""
    return [Scene(setting="int", place=somewhere, elements=[Action(text=title)])]


def _place_too_long(said: SceneAnswer) -> list[Element]:
    """A place that is told at length is what is seen there."""
    return _actions(said.place) if len(said.place.strip(BLANKS)) > MAX_NAME else []


def _elements(said: SceneAnswer, names: Sequence[str]) -> Iterator[Element]:
    for element in said.elements:
        if element.text.strip(BLANKS):
            yield from (
                _speech(element, names) if element.speaker.strip(BLANKS) else _actions(element.text)
            )


def _speech(said: ElementAnswer, names: Sequence[str]) -> Iterator[Element]:
    speaker, aside = _named(said.speaker.strip(BLANKS), names)
    manner = ", ".join(part for part in (said.manner.strip(BLANKS), aside) if part)
    if len(speaker) > MAX_NAME:
        yield from _actions(speaker)
        speaker = speaker[:MAX_NAME]
    if len(manner) > _SHORT:
        yield from _actions(manner)
        manner = ""
    for text in cut(said.text, _SENTENCE):
        if text.strip(BLANKS):
            yield Speech(speaker=speaker, manner=manner, text=text)
            manner = ""


def _actions(said: str) -> list[Element]:
    return [Action(text=text) for text in cut(said, _SENTENCE) if text.strip(BLANKS)]


def _named(said: str, names: Sequence[str]) -> tuple[str, str]:
    """A speaker by the name in the cast, and what stood behind it in brackets."""
    meant = _meant(said, names)
    name = meant[0] if len(meant) == 1 else said
    bare, aside = _parted(said)
    if _plain(aside) in _plain(name) and meant:  # the brackets are part of the name
        return name, ""
    return (name if meant else bare), aside


def _parted(said: str) -> tuple[str, str]:
    """A name, and what stands behind it in brackets, such as where the voice comes from."""
    bracket = _BRACKET.search(said)
    bare = said[: bracket.start()].strip(BLANKS) if bracket else ""
    return (bare, said[len(bare) :].strip(f"()（）[]【】{BLANKS}")) if bare else (said, "")


def _meant(said: str, names: Sequence[str]) -> list[str]:
    """Those of `names` that a speaker may be; the first way to read it that finds any counts."""
    bare, _ = _parted(said)
    for fits in (_is_same, _is_stem, _is_part, _has_title):
        if found := [name for name in dict.fromkeys(names) if fits(said, bare, name)]:
            return found
    return []


def _is_same(said: str, bare: str, name: str) -> bool:
    return _plain(said) == _plain(name)


def _is_stem(said: str, bare: str, name: str) -> bool:
    return _plain(bare) in (_plain(name), _plain(_parted(name)[0]))


def _is_part(said: str, bare: str, name: str) -> bool:
    """A given name or a surname alone: Mia of Mia Chen, 建国 of 周建国."""
    return not _SEVERAL.search(name) and (_ends(bare, name) or _begins(bare, name))


def _has_title(said: str, bare: str, name: str) -> bool:
    """A name behind a title: Captain Mia, 宇航员林夏."""
    return not _SEVERAL.search(bare) and _ends(name, bare)


def _ends(part: str, whole: str) -> bool:
    """Whether `whole` ends with `part`, in whole words."""
    if part.isascii():
        words = _words(part)
        return bool(words) and _words(whole)[-len(words) :] == words
    return len(part) >= _FEWEST_HAN and _plain(whole).endswith(_plain(part))


def _begins(part: str, whole: str) -> bool:
    """Whether `whole` begins with `part`, in whole words."""
    if part.isascii():
        words = _words(part)
        return bool(words) and _words(whole)[: len(words)] == words
    return len(part) >= _FEWEST_HAN and _plain(whole).startswith(_plain(part))


def _words(name: str) -> list[str]:
    return _WORD.findall(_plain(name))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
