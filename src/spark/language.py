"""Which of our two languages a text is written in."""

from __future__ import annotations

import re

from .models import Language

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_FEW_WORDS = 2
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")


def language_of(text: str, otherwise: Language = "zh") -> Language:
    """The language of `text`: Chinese where Han characters are at least as many as Latin words.

    A text with neither (digits, emoji, punctuation) is in the language `otherwise`.
    """
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    if not han and not words:
        return otherwise
    return "zh" if han >= words else "en"


def language_to_answer(message: str, before: Language | None) -> Language:
    """The language to answer `message` in, in a conversation that was in the language `before`.

    A Latin word or two in a Chinese talk is no change of language.
    """
    written = language_of(message, otherwise=before or "zh")
    if written == "en" and before == "zh" and len(message.split()) <= _FEW_WORDS:
        return "zh"
    return written
