"""The pieces that scenes are built from."""

from __future__ import annotations

from collections.abc import Callable

from .canvas import Canvas
from .colours import WHITE, Colour, lighter
from .palette import Palette
from .shapes import Outline, box, smooth
from .traits import Traits

Scene = Callable[[Canvas, Palette, Traits], None]
"""Paints a whole scene over a sky that is already there."""


def spread(traits: Traits, purpose: str, count: int, low: float, high: float) -> list[float]:
    """Numbers between two bounds, the same every time for this character."""
    return [low + traits.lot(f"{purpose}{k}", 1000) / 1000 * (high - low) for k in range(count)]


def ridge(traits: Traits, purpose: str, base: float, height: float, steps: int = 9) -> Outline:
    """The outline of a line of hills down to the foot of the picture."""
    heights = spread(traits, purpose, steps, 0, height)
    line = [(-40 + 1080 * k / (steps - 1), base - h) for k, h in enumerate(heights)]
    return [*smooth(line, closed=False), (1040, 1000), (-40, 1000)]


def disc(
    canvas: Canvas, p: Palette, x: float, y: float, r: float, tone: Colour | None = None
) -> None:
    """A sun or a moon with its light."""
    canvas.glow((x, y), r * 2.3, p.glow, 0.55)
    canvas.dot((x, y), r, tone or lighter(p.glow, 0.2))


def starfield(canvas: Canvas, t: Traits, count: int, below: float = 900) -> None:
    """Many small stars."""
    xs, ys = spread(t, "sx", count, 0, 1000), spread(t, "sy", count, 0, below)
    for k, (x, y) in enumerate(zip(xs, ys, strict=True)):
        canvas.dot((x, y), 1.2 + k % 4 * 0.8, WHITE, 0.5 + 0.16 * (k % 4))


def skyline(
    canvas: Canvas,
    p: Palette,
    t: Traits,
    purpose: str,
    base: float,
    tone: Colour,
    lit: Colour | None,
) -> None:
    """A row of towers, with lit windows where a light is given."""
    x = -20.0
    for k in range(16):
        wide = 52 + t.lot(f"{purpose}w{k}", 54)
        tall = 120 + t.lot(f"{purpose}h{k}", 340)
        canvas.fill(box(x, base - tall, x + wide, 1000), tone)
        if t.lot(f"{purpose}r{k}", 3) == 0:
            canvas.fill(
                box(x + wide / 2 - 3, base - tall - 60, x + wide / 2 + 3, base - tall), tone
            )
        if lit:
            for row in range(int(tall / 30)):
                for column in range(int(wide / 20)):
                    if t.lot(f"{purpose}{k}.{row}.{column}", 5) < 2:
                        wx, wy = x + 8 + column * 20, base - tall + 12 + row * 30
                        canvas.fill(box(wx, wy, wx + 9, wy + 13), lit, 0.8)
        x += wide + 6


def pine(
    canvas: Canvas, x: float, base: float, tall: float, tone: Colour, snowy: bool = False
) -> None:
    """A fir tree, with snow on it if wished."""
    for k in range(3):
        top, low = base - tall * (1 - k * 0.22), base - tall * (0.46 - k * 0.2)
        w = tall * (0.17 + k * 0.07)
        canvas.fill([(x, top), (x + w, low), (x - w, low)], lighter(tone, 0.05 * k))
        if snowy:
            canvas.fill(
                [
                    (x, top),
                    (x + w * 0.5, (top + low) / 2),
                    (x, (top + low) / 2 - 8),
                    (x - w * 0.5, (top + low) / 2),
                ],
                (240, 246, 250),
            )
