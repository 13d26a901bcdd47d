"""A canvas of 1000 by 1000 units on which outlines become painted, shaded shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .colours import Colour, darker, lighter
from .shapes import Outline, Point, ellipse, tapered

UNITS = 1000


class Canvas:
    """Paints in units, not pixels; everything is drawn large and reduced at the end."""

    def __init__(self, image: Image.Image, light: int = -1) -> None:
        """Paint on `image`; the light comes from the left (-1) or from the right (1)."""
        self.image = image
        self.scale = image.width / UNITS
        self.light = light
        self.contour: tuple[Colour, float] | None = None
        self.depth = 1.0
        self._turn: tuple[float, float, float, float, float] | None = None

    @property
    def _pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image, "RGBA")

    def _pixels(self, points: Sequence[Point]) -> list[Point]:
        s = self.scale
        if self._turn is None:
            return [(x * s, y * s) for x, y in points]
        c, d, ax, ay, zoom = self._turn
        return [
            (
                (ax + ((x - ax) * c - (y - ay) * d) * zoom) * s,
                (ay + ((x - ax) * d + (y - ay) * c) * zoom) * s,
            )
            for x, y in points
        ]

    @contextmanager
    def turned(self, degrees: float, at: Point, zoom: float = 1.0) -> Iterator[None]:
        """Draw what follows turned about a point and enlarged; does not nest."""
        a = degrees * pi / 180
        before, self._turn = self._turn, (cos(a), sin(a), at[0], at[1], zoom)
        try:
            yield
        finally:
            self._turn = before

    def fill(self, outline: Sequence[Point], colour: Colour, alpha: float = 1.0) -> None:
        """Paint a flat shape."""
        self._pen.polygon(self._pixels(outline), fill=(*colour, round(alpha * 255)))

    def stroke(
        self, line: Sequence[Point], width: float, colour: Colour, alpha: float = 1.0
    ) -> None:
        """Draw a line of even width with round ends."""
        pixels = self._pixels(line)
        if alpha < 1:
            self.fill(tapered(line, [width, width]), colour, alpha)
            return
        pen, w = self._pen, max(1, round(width * self.scale))
        pen.line(pixels, fill=colour, width=w, joint="curve")
        r = w / 2
        for x, y in (pixels[0], pixels[-1]):
            pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def brush(
        self, line: Sequence[Point], widths: Sequence[float], colour: Colour, alpha: float = 1.0
    ) -> None:
        """Draw a line whose width runs through `widths`, as a brush does."""
        self.fill(tapered(line, widths), colour, alpha)

    def dot(self, at: Point, radius: float, colour: Colour, alpha: float = 1.0) -> None:
        """Paint a small disc."""
        self.fill(ellipse(at[0], at[1], radius), colour, alpha)

    def model(
        self, outline: Sequence[Point], colour: Colour, depth: float = 0.24, edge: float = 14
    ) -> None:
        """Paint a shape with form: a band of shade on its far side and of light on its near one."""
        mask, corner = self._mask(outline)
        if mask is None:
            return
        self.image.paste(colour, corner, mask)
        self._shade(mask, corner, darker(colour, depth * self.depth), edge * -self.light, edge)
        shine = lighter(colour, depth * 0.7 * self.depth)
        self._shade(mask, corner, shine, edge * 0.42 * self.light, -edge * 0.4)
        if self.contour:
            self.stroke([*outline, outline[0]], self.contour[1], self.contour[0])

    def gradient(self, outline: Sequence[Point], top: Colour, bottom: Colour) -> None:
        """Paint a shape whose colour runs from `top` to `bottom`."""
        mask, corner = self._mask(outline)
        if mask is None:
            return
        self.image.paste(blend_down(mask.size, top, bottom), corner, mask)
        if self.contour:
            self.stroke([*outline, outline[0]], self.contour[1], self.contour[0])

    def glow(self, at: Point, radius: float, colour: Colour, strength: float = 0.6) -> None:
        """Let light of a colour spread around a point."""
        size = max(2, round(radius * 2 * self.scale))
        ((x, y),) = self._pixels([at])
        disc = ImageChops.invert(Image.radial_gradient("L")).point(
            [round(max(0, v - 74) / 181 * 255 * strength) for v in range(256)]
        )
        corner = (round(x - size / 2), round(y - size / 2))
        mask = disc.resize((size, size), Image.Resampling.BILINEAR)
        self.image.paste(colour, corner, mask)

    @contextmanager
    def inside(self, outline: Sequence[Point]) -> Iterator[None]:
        """What is drawn meanwhile shows only inside the outline."""
        before = self.image.copy()
        yield
        mask, corner = self._mask(outline)
        if mask is not None:
            area = (*corner, corner[0] + mask.width, corner[1] + mask.height)
            before.paste(self.image.crop(area), corner, mask)
        self.image = before

    def soften(self, radius: float) -> None:
        """Blur all that is drawn so far, at a reduced size for speed."""
        small = self.image.reduce(4)
        blurred = small.filter(ImageFilter.GaussianBlur(radius * self.scale / 4))
        self.image = blurred.resize(self.image.size, Image.Resampling.BICUBIC)

    def _mask(self, outline: Sequence[Point]) -> tuple[Image.Image | None, tuple[int, int]]:
        pixels = self._pixels(outline)
        xs, ys = [p[0] for p in pixels], [p[1] for p in pixels]
        left, top = max(0, int(min(xs)) - 1), max(0, int(min(ys)) - 1)
        right = min(self.image.width, int(max(xs)) + 2)
        bottom = min(self.image.height, int(max(ys)) + 2)
        if right <= left or bottom <= top:
            return None, (0, 0)
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in pixels], fill=255)
        return mask, (left, top)

    def _shade(
        self, mask: Image.Image, corner: tuple[int, int], colour: Colour, dx: float, dy: float
    ) -> None:
        away = Image.new("L", mask.size)
        away.paste(mask, (-round(dx * self.scale), -round(dy * self.scale)))
        self.image.paste(colour, corner, ImageChops.subtract(mask, away))


def blend_down(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """A picture of a vertical run from one colour to another."""
    ramp = Image.linear_gradient("L").resize((1, size[1]), Image.Resampling.BILINEAR)
    strip = Image.composite(
        Image.new("RGB", ramp.size, bottom), Image.new("RGB", ramp.size, top), ramp
    )
    return strip.resize(size)


def whole() -> Outline:
    """The outline of the whole canvas."""
    return [(0, 0), (UNITS, 0), (UNITS, UNITS), (0, UNITS)]
