"""How the finished drawing is rendered: film, ink, pixels, paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import shake_128

from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from .colours import Colour

SIDE = 1024

Finish = Callable[[Image.Image], Image.Image]


@cache
def _noise(side: int) -> Image.Image:
    """The same even noise each time, whatever the platform's random numbers."""
    return Image.frombytes("L", (side, side), shake_128(b"grain").digest(side * side))


@cache
def _vignette() -> Image.Image:
    ring = Image.radial_gradient("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return ring.point([round(max(0, v - 120) * 0.75) for v in range(256)])


def _darkened_edges(image: Image.Image, tone: Colour = (10, 8, 20)) -> Image.Image:
    return Image.composite(Image.new("RGB", image.size, tone), image, _vignette())


def _paper(image: Image.Image, strength: float) -> Image.Image:
    """A coarse paper grain, a few levels only so that the file stays small."""
    texture = _noise(220).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    levels = [round((1 - strength * (2 - v // 86) / 2) * 255) for v in range(256)]
    return ImageChops.multiply(image, Image.merge("RGB", [texture.point(levels)] * 3))


def _cinematic(image: Image.Image) -> Image.Image:
    image = ImageEnhance.Contrast(image).enhance(1.06)
    return _darkened_edges(image)


def _noir(image: Image.Image) -> Image.Image:
    grey = ImageEnhance.Contrast(ImageOps.grayscale(image)).enhance(1.32)
    grain = _noise(512).resize((SIDE, SIDE), Image.Resampling.NEAREST)
    grain = grain.point([104 + v // 64 * 16 for v in range(256)])
    mixed = Image.blend(grey, ImageChops.overlay(grey, grain), 0.7)
    return ImageOps.grayscale(_darkened_edges(Image.merge("RGB", [mixed] * 3), (0, 0, 0)))


def _watercolour(image: Image.Image) -> Image.Image:
    soft = image.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.GaussianBlur(0.8))
    lines = ImageOps.grayscale(image.reduce(2)).filter(ImageFilter.FIND_EDGES)
    rim = lines.resize(image.size).filter(ImageFilter.GaussianBlur(1.4))
    rim = rim.point([min(90, v * 2) for v in range(256)])
    wet = Image.composite(ImageEnhance.Brightness(soft).enhance(0.72), soft, rim)
    washed = Image.blend(wet, Image.new("RGB", image.size, (252, 246, 232)), 0.2)
    return _paper(_white_edges(washed), 0.045)


def _white_edges(image: Image.Image) -> Image.Image:
    frame = Image.new("L", (128, 128), 0)
    frame.paste(255, (5, 5, 123, 123))
    rough = ImageChops.subtract(frame, _noise(128).point([v // 12 for v in range(256)]))
    ragged = rough.filter(ImageFilter.GaussianBlur(2)).resize(image.size, Image.Resampling.BICUBIC)
    return Image.composite(image, Image.new("RGB", image.size, (250, 245, 233)), ragged)


def _ink(image: Image.Image) -> Image.Image:
    grey = ImageEnhance.Brightness(ImageEnhance.Color(image).enhance(0.3)).enhance(1.2)
    washed = Image.blend(grey, Image.new("RGB", image.size, (244, 236, 216)), 0.24)
    return _paper(_white_edges(washed), 0.04)


def _pixel(image: Image.Image) -> Image.Image:
    small = image.resize((128, 128), Image.Resampling.BOX)
    few = small.quantize(40, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    return ImageEnhance.Color(few).enhance(1.2).resize(image.size, Image.Resampling.NEAREST)


def _cyberpunk(image: Image.Image) -> Image.Image:
    side = Image.linear_gradient("L").rotate(90).resize(image.size)
    tinted = ImageChops.screen(
        ImageEnhance.Contrast(image).enhance(1.12),
        Image.merge("RGB", [
            side.point([v // 5 for v in range(256)]),
            Image.new("L", image.size, 4),
            side.point([(255 - v) // 4 for v in range(256)]),
        ]),
    )  # fmt: skip
    return _darkened_edges(tinted, (16, 4, 40))


def _sketch(image: Image.Image) -> Image.Image:
    grey = ImageOps.grayscale(image)
    dodge = ImageOps.invert(grey).filter(ImageFilter.GaussianBlur(7))
    lines = ImageChops.add(grey, dodge).point(
        [max(0, round((v / 255) ** 5 * 255)) for v in range(256)]
    )
    steps = [205 if v < 70 else 232 if v < 130 else 255 for v in range(256)]
    shades = ImageOps.autocontrast(grey).point(steps)
    drawn = ImageChops.multiply(lines, shades.filter(ImageFilter.GaussianBlur(1)))
    tint = Image.blend(ImageOps.colorize(drawn, (44, 40, 52), (252, 248, 238)), image, 0.14)
    return _paper(tint, 0.03)


def _retro(image: Image.Image) -> Image.Image:
    sepia = ImageOps.colorize(
        ImageOps.grayscale(image), (46, 28, 24), (255, 240, 206), (178, 122, 80)
    )
    return _darkened_edges(_paper(Image.blend(image, sepia, 0.66), 0.035), (40, 20, 10))


def _papercut(image: Image.Image) -> Image.Image:
    return _paper(ImageEnhance.Color(image).enhance(1.2), 0.035)


def _anime(image: Image.Image) -> Image.Image:
    return ImageEnhance.Color(image).enhance(1.16)


_FINISHES: dict[str, Finish] = {
    "cinematic": _cinematic, "noir": _noir, "watercolour": _watercolour, "ink": _ink,
    "pixel": _pixel,
    "cyberpunk": _cyberpunk, "sketch": _sketch, "retro": _retro, "papercut": _papercut,
    "anime": _anime,
}  # fmt: skip


def rendered(image: Image.Image, style: str) -> Image.Image:
    """The drawing, at its final size, in its visual style."""
    small = image.resize(
        (SIDE, SIDE), Image.Resampling.BOX if image.width == 2 * SIDE else Image.Resampling.HAMMING
    )
    finish = _FINISHES.get(style)
    return finish(small) if finish else small
