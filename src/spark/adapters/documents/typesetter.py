"""Sets one document with Typst, in a process of its own: a command for `pdf.py`.

What Typst remembers of the last ten documents, up to gigabytes, goes with the process, and so does
a text that makes it panic, overflow its stack or never end.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.misc.psCharStrings import T2CharString
    from fontTools.ttLib import TTFont
    from typst import Fonts

RESULT = "treatment.pdf"
FAMILY = "Spark Codes"
"""The font of boxes with a sign's number in them, for signs that no other font here has."""
_MISSING = re.compile(r'the text `"(.*)"` could not be displayed')
_NUMBERED = re.compile(r"\\u\{([0-9a-f]+)\}")
_EM = 1000
_NO_MARK = ("Cf", "Mn", "Me", "Zs", "Zl", "Zp", "Cc")
"""Categories of signs that nobody sees where they stand alone."""


def main(template: str, folder: str, font: str, timestamp: str) -> None:
    """Set `template`, which reads what lies in `folder`, and leave the PDF there."""
    import typst

    def set_with(boxed: list[str]) -> bytes:
        if boxed:
            _draw(boxed, font, Path(folder, "codes.otf"))
        fonts = typst.Fonts(font_paths=[*places, folder]) if boxed else known
        return typst.compile(source, root=folder, font_paths=fonts, timestamp=int(timestamp))

    source = shutil.copy(template, os.path.join(folder, "document.typ"))
    places = [str(Path(font).parent)]
    known = typst.Fonts(font_paths=places)
    written = {sign for path in Path(folder).glob("*.json") for sign in path.read_text("utf-8")}
    try:
        data = set_with(_missing(written, known))
    except BaseException as error:
        # Typst panics at some wild mixtures of scripts that run from right to left, as joined by
        # other fonts; unjoined, as boxes, they do no harm. A panic is no Exception of Python.
        if type(error).__name__ != "PanicException":
            raise
        data = set_with(_foreign(written, font))
    Path(folder, RESULT).write_bytes(data)


def _foreign(signs: set[str], font: str) -> list[str]:
    """Those of `signs` that `font` itself has not."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        own = opened.getBestCmap()
    return sorted(sign for sign in signs if ord(sign) not in own and not sign.isspace())


def _missing(signs: set[str], fonts: Fonts) -> list[str]:
    """Those of `signs` that no font has: for what PDF/A, which must show all, is denied."""
    import typst

    # Each on a line of its own: Typst panics at some wild mixtures of scripts.
    listed = json.dumps("\n".join(sorted(sign for sign in signs if not sign.isspace())))
    sheet = b'#set text(font: "Noto Sans CJK SC")\n#json(bytes(sys.inputs.signs))'
    try:
        typst.compile(sheet, font_paths=fonts, sys_inputs={"signs": listed}, pdf_standards="a-2u")
    except typst.TypstError as error:
        named = "".join(_MISSING.findall(error.diagnostic))
        return sorted(set(_NUMBERED.sub(lambda found: chr(int(found[1], 16)), named)) & signs)
    return []


def _draw(signs: list[str], font: str, path: Path) -> None:
    """Make a font of boxes that say which sign is meant, as browsers do: it reads as that sign."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import TTFont

    seen = {f"u{ord(sign):X}": unicodedata.category(sign) not in _NO_MARK for sign in signs}
    glyphs = [".notdef", *seen]
    widths = {".notdef": (_EM, 0), **{name: (_EM * mark, 0) for name, mark in seen.items()}}
    with TTFont(font, lazy=True) as digits:
        drawn = {name: _box(name[1:] if seen.get(name) else "", digits) for name in glyphs}
    made = FontBuilder(_EM, isTTF=False)
    made.setupGlyphOrder(glyphs)
    made.setupCharacterMap({ord(sign): f"u{ord(sign):X}" for sign in signs})
    made.setupCFF("SparkCodes", {"FullName": FAMILY}, drawn, {})
    made.setupHorizontalMetrics(widths)
    made.setupHorizontalHeader(ascent=880, descent=-120)
    made.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": "SparkCodes"})
    made.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    made.setupPost()
    made.save(path)


def _box(code: str, digits: TTFont) -> T2CharString:
    """A frame around the hexadecimal `code` in two lines; nothing without one."""
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    pen = T2CharStringPen(_EM if code else 0, None)
    if code:
        for left, low, right, high in ((60, -80, 940, 840), (100, -40, 900, 800)):
            corners = [(left, low), (right, low), (right, high), (left, high)]
            pen.moveTo(corners[0])
            for corner in corners[1:] if left == 60 else corners[:0:-1]:
                pen.lineTo(corner)
            pen.closePath()
        half = -(-len(code) // 2)
        shapes, names = digits.getGlyphSet(), digits.getBestCmap()
        for row, part in enumerate((code[:half], code[half:])):
            for place, digit in enumerate(part.rjust(half, "0")):
                scale = 0.42 if half <= 2 else 0.36
                step = 720 / half
                shape = shapes[names[ord(digit)]]
                x = 140 + step * (place + 0.5) - shape.width * scale / 2
                shape.draw(TransformPen(pen, (scale, 0, 0, scale, x, 430 - 380 * row)))
    return pen.getCharString()


if __name__ == "__main__":
    main(*sys.argv[1:])
