"""The typeface that documents carry with them, cut down to the signs they need."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ...models import Language

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILIES: dict[Language, str] = {"zh": "Spark Sans SC", "en": "Spark Sans"}
"""What it is called. Two fonts of one name must not differ: a program that has loaded one for a
document takes it for the other's as well, and leaves blank what it lacks."""
_ASSETS = Path(__file__).parents[2] / "assets"
WHOLE: dict[Language, Path] = {
    "zh": _ASSETS / "SparkSansSC-Regular.ttf",
    "en": _ASSETS / "SparkSans-Regular.ttf",
}
"""All of it, and all of it that English may need."""

Kind = Literal["ttf", "woff"]


def cut(text: str, language: Language, kind: Kind) -> bytes:
    """A font of the signs of `text`, as far as the typeface has them.

    In English its quotes are as narrow as the letters, in Chinese as wide as the signs.
    """
    return _cut("".join(sorted(set(text))), language, kind)


@lru_cache(maxsize=16)
def _cut(signs: str, language: Language, kind: Kind) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    # What is not computed anew takes no time, and is the same tomorrow.
    with TTFont(WHOLE["zh"], lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        if language == "en":
            _narrow(font)
            _rename(font, FAMILIES[language])
        options = Options(layout_features=["calt", "halt", "kern"], name_IDs=["*"], hinting=True)
        options.prune_codepage_ranges = options.prune_unicode_ranges = False
        subsetter = Subsetter(options)
        subsetter.populate(text=signs)
        subsetter.subset(font)
        font.flavor = "woff" if kind == "woff" else None
        file = BytesIO()
        font.save(file, reorderTables=False)
    return file.getvalue()


def _narrow(font: TTFont) -> None:
    """English punctuation in the place of Chinese."""
    table = font["GSUB"].table
    narrow = next(r for r in table.FeatureList.FeatureRecord if r.FeatureTag == "pwid")
    for index in narrow.Feature.LookupListIndex:
        for part in table.LookupList.Lookup[index].SubTable:
            for signs in font["cmap"].tables:
                for code, sign in signs.cmap.items():
                    signs.cmap[code] = part.mapping.get(sign, sign)


def _rename(font: TTFont, family: str) -> None:
    post_script = f"{family.replace(' ', '')}-Regular"
    names = {1: family, 3: f"1.004;{post_script}", 4: family, 6: post_script}
    for place, text in names.items():
        font["name"].setName(text, place, 3, 1, 0x409)
