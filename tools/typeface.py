"""Makes the typefaces of documents from the packaged Noto Sans CJK SC: `python -m tools.typeface`.

Documents carry the signs they use with them. Out of PostScript outlines that takes seconds for a
long story, and Word reads TrueType alone; so the outlines are converted here, once and for all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

from src.spark.adapters.documents.typeface import FAMILIES, WHOLE, cut

ASSETS = Path(__file__).parents[1] / "src" / "spark" / "assets"
FAMILY = FAMILIES["zh"]
_WESTERN = "".join(map(chr, range(0x20, 0x2E80)))
_PRECISION = 1.0
"""How far an outline may stray, in thousandths of a sign."""
_HALF = 0.56
_QUOTES = "‘’“”•"
_LICENCE = (
    "This Font Software is licensed under the SIL Open Font License, Version 1.1. "
    "This license is available with a FAQ at: https://openfontlicense.org"
)
_MAXP = (
    "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements "
    "maxSizeOfInstructions maxComponentElements maxPoints maxContours maxCompositePoints "
    "maxCompositeContours maxComponentDepth"
)


def main() -> None:
    """Write the typefaces beside the one they are made from."""
    font = TTFont(ASSETS / "NotoSansCJKsc-Regular-subset.otf", recalcTimestamp=False)
    chinese, korean = _localized(font, "ZHS "), _localized(font, "KOR ")
    upright = _substitutions(font, "vert")
    signs = font.getBestCmap()
    dash = signs[ord("—")]
    slim = {chinese[dash]: dash, **{signs[ord(q)]: korean[signs[ord(q)]] for q in _QUOTES}}
    for table in font["cmap"].tables:
        table.cmap[ord("—")] = chinese[dash]
    kept = set(font.getBestCmap().values())
    upright = {sign: turned for sign, turned in upright.items() if sign in kept}
    _reduce(font, kept | set(slim.values()) | set(upright.values()))
    _convert(font)
    slim[font.getBestCmap()[ord("…")]] = _add_ellipsis(font)
    _add_dashes(font, dash)
    addOpenTypeFeaturesFromString(font, _features(font, slim, upright), tables={"GSUB"})
    _rename(font)
    font.save(WHOLE["zh"])
    WHOLE["en"].write_bytes(cut(_WESTERN, "en", "ttf"))


def _localized(font: TTFont, language: str) -> dict[str, str]:
    table = font["GSUB"].table
    latin = next(r for r in table.ScriptList.ScriptRecord if r.ScriptTag == "latn").Script
    system = next(r for r in latin.LangSysRecord if r.LangSysTag == language).LangSys
    features = [table.FeatureList.FeatureRecord[index] for index in system.FeatureIndex]
    return _mapped(table, [f for f in features if f.FeatureTag == "locl"])


def _substitutions(font: TTFont, tag: str) -> dict[str, str]:
    table = font["GSUB"].table
    return _mapped(table, [f for f in table.FeatureList.FeatureRecord if f.FeatureTag == tag][:1])


def _mapped(table: Any, features: list[Any]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for feature in features:
        for index in feature.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[index].SubTable:
                mapping |= getattr(part, "ExtSubTable", part).mapping
    return mapping


def _reduce(font: TTFont, glyphs: set[str]) -> None:
    options = Options(layout_features=["halt", "kern"], name_IDs=["*"], hinting=True)
    options.drop_tables += ["GSUB", "BASE", "VORG", "vhea", "vmtx"]
    options.prune_codepage_ranges = options.prune_unicode_ranges = False
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=glyphs, unicodes=font.getBestCmap())
    subsetter.subset(font)


def _convert(font: TTFont) -> None:
    """TrueType outlines in the place of PostScript ones."""
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    table = newTable("glyf")
    table.glyphs, table.glyphOrder = {}, order
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, _PRECISION, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["glyf"], font["loca"] = table, newTable("loca")
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in _MAXP.split():
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font["gasp"] = newTable("gasp")
    font["gasp"].gaspRange = {0xFFFF: 0x000F}
    font.sfntVersion = "\x00\x01\x00\x00"


def _add_ellipsis(font: TTFont) -> str:
    """Three dots on the line, as English has them; the font's own stand in the middle."""
    dot = font.getBestCmap()[ord(".")]
    width = font["hmtx"][dot][0]
    places = [(dot, (1, 0, 0, 1, place * width, 0)) for place in range(3)]
    return _add(font, "cid70000", 3 * width, places)


def _add_dashes(font: TTFont, dash: str) -> None:
    """What the packaged font lacks: a dash half as long, and the hyphens that are no minus."""
    width = round(font["hmtx"][dash][0] * _HALF)
    short = _add(font, "cid70001", width, [(dash, (_HALF, 0, 0, 1, 0, 0))])
    for table in font["cmap"].tables:
        hyphen = table.cmap[ord("-")]
        table.cmap |= {0x2010: hyphen, 0x2011: hyphen, ord("–"): short}


def _add(font: TTFont, name: str, width: int, places: list[tuple[str, Any]]) -> str:
    """Enter a sign that is put together from others."""
    pen = TTGlyphPen(font.getGlyphSet())
    for part, place in places:
        pen.addComponent(part, place)
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (width, font["hmtx"][places[0][0]][1])
    return name


def _features(font: TTFont, slim: dict[str, str], upright: dict[str, str]) -> str:
    """`pwid` makes English punctuation of Chinese; `calt` does it to an apostrophe in a word."""
    signs = font.getBestCmap()
    letters = " ".join(
        dict.fromkeys(signs[code] for code in sorted(signs) if code < 0x250 and chr(code).isalpha())
    )
    apostrophe = signs[ord("’")]
    narrow = "\n".join(f"sub {wide} by {thin};" for wide, thin in sorted(slim.items()))
    turned = "\n".join(f"sub {flat} by {stood};" for flat, stood in sorted(upright.items()))
    return (
        f"@letters = [{letters}];\n"
        f"feature pwid {{\n{narrow}\n}} pwid;\n"
        f"feature calt {{ sub @letters {apostrophe}' @letters by {slim[apostrophe]}; }} calt;\n"
        f"feature vert {{\n{turned}\n}} vert;\n"
    )


def _rename(font: TTFont) -> None:
    """A name of its own, as the licence wants it of what was changed; whose it was, stays."""
    names = font["name"]
    post_script = f"{FAMILY.replace(' ', '')}-Regular"
    told = {1: FAMILY, 2: "Regular", 3: f"1.004;{post_script}", 4: FAMILY, 6: post_script}
    told |= {13: _LICENCE, 14: "https://openfontlicense.org"}
    for place, text in told.items():
        names.setName(text, place, 3, 1, 0x409)


if __name__ == "__main__":
    main()
