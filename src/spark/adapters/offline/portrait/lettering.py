"""The name plate: a character's name in its own script, the role beneath."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from .colours import CREAM, Colour, darker, mix
from .palette import legible_on

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_PACKAGED = "NotoSansCJKsc-Regular-subset.otf"
_UNSHOWN = ("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk")


@cache
def _font_file() -> bytes:
    package = __package__.split(".adapters.", maxsplit=1)[0]
    with as_file(files(package).joinpath("assets", _PACKAGED)) as path:
        return path.read_bytes()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(_font_file()), size)


@cache
def _spare_font(size: int) -> Font:
    return ImageFont.load_default(size)


def _picture_of(font: Font, character: str) -> tuple[object, bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


@cache
def _missing(spare: bool) -> tuple[object, bytes]:
    """What a font shows for a character that it does not have."""
    return _picture_of(_spare_font(24) if spare else _font(24), "\U0010fffd")


@cache
def _has(character: str, spare: bool) -> bool:
    font = _spare_font(24) if spare else _font(24)
    return _picture_of(font, character) != _missing(spare)


def _is_readable(character: str) -> bool:
    if unicodedata.category(character) in _UNSHOWN:
        return False
    # Right-to-left letters need shaping that a plate of mixed fonts cannot give them.
    if unicodedata.bidirectional(character) in ("R", "AL", "AN"):
        return False
    return _has(character, False) or _has(character, True)


def lettering(text: str) -> str:
    """The text with everything left out that cannot be shown: emoji, controls, unknown scripts."""
    shown = []
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            shown.append(" ")
        elif _is_readable(character):
            shown.append(character)
    return " ".join("".join(shown).split())


def _pieces(text: str, size: int) -> list[tuple[str, Font]]:
    """The text cut where the font changes."""
    pieces: list[tuple[str, Font]] = []
    for character in text:
        own = character == " " or _has(character, False)
        font: Font = _font(size) if own else _spare_font(size)
        if pieces and pieces[-1][1] is font:
            pieces[-1] = (pieces[-1][0] + character, font)
        else:
            pieces.append((character, font))
    return pieces


def _width(text: str, size: int) -> float:
    return sum(font.getlength(piece) for piece, font in _pieces(text, size))


def fitted(text: str, largest: int, smallest: int, room: float) -> tuple[str, int]:
    """The text and its size so that it fits: smaller letters first, then an ellipsis."""
    text = text[:200]
    for size in range(largest, smallest - 1, -4):
        if _width(text, size) <= room:
            return text, size
    while text and _width(f"{text}…", smallest) > room:
        text = text[: max(0, min(len(text) - 1, int(len(text) * 0.94)))]
    return f"{text.rstrip()}…", smallest


def _write(image: Image.Image, text: str, size: int, middle: float, tone: Colour) -> None:
    pen = ImageDraw.Draw(image)
    x = (image.width - _width(text, size)) / 2
    for piece, font in _pieces(text, size):
        if isinstance(font, ImageFont.FreeTypeFont):
            pen.text((x, middle), piece, font=font, fill=tone, anchor="lm")
        else:
            pen.text((x, middle - size / 2), piece, font=font, fill=tone)
        x += font.getlength(piece)


def letter_plate(
    image: Image.Image, name: str, role: str, ground: Colour, accent: Colour
) -> Image.Image:
    """The picture with a plate at its foot; without one where there is nothing to write."""
    name, role = lettering(name), lettering(role)
    if not name:
        return image
    image = image.convert("RGB") if image.mode != "RGB" else image
    unit, width = image.width / 1000, image.width
    top = round(868 * unit)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, top, width, image.height), fill=ground)
    line = legible_on(ground, accent)
    pen.rectangle((0, top, width, top + round(5 * unit)), fill=line)
    pen.rectangle(
        (0, top + round(11 * unit), width, top + round(12.5 * unit)), fill=mix(ground, line, 0.6)
    )
    room = width * 0.86
    text, size = fitted(name, round(52 * unit), round(24 * unit), room)
    middle = (922 if role else 938) * unit
    _write(image, text, size, middle, legible_on(ground, CREAM))
    if role:
        small, size = fitted(role, round(26 * unit), round(18 * unit), room)
        _write(
            image, small, size, 970 * unit, legible_on(ground, mix(line, darker(CREAM, 0.1), 0.4))
        )
    return image
