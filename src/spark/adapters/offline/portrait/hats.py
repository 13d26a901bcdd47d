"""Hats of felt, straw, wool and cloth."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import CREAM, GOLD, WHITE, Colour, colour, darker, lighter
from .headshapes import brim, dome
from .shapes import arc, box, ellipse, smooth, star


def _fedora(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    crown = smooth([(a.cx - w * 1.06, y + 4), (a.cx - w * 0.96, y - 90), (a.cx - w * 0.5, y - 148),
        (a.cx, y - 122), (a.cx + w * 0.5, y - 148), (a.cx + w * 0.96, y - 90),
                    (a.cx + w * 1.06, y + 4)], steps=7)
    canvas.model(crown, tone, edge=16)
    with canvas.inside(crown):
        canvas.fill(box(a.cx - w * 1.2, y - 40, a.cx + w * 1.2, y + 20), darker(tone, 0.5))
        canvas.brush(smooth([(a.cx - 30, y - 130), (a.cx, y - 90), (a.cx + 30, y - 130)],
            closed=False), (2, 7, 2), darker(tone, 0.3))
    canvas.model(brim(a, y, 1.72, 26, 14), tone, edge=9)


def _cowboy(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    crown = smooth([(a.cx - w * 1.02, y + 4), (a.cx - w * 0.84, y - 120), (a.cx - w * 0.4, y - 150),
        (a.cx, y - 126), (a.cx + w * 0.4, y - 150), (a.cx + w * 0.84, y - 120),
        (a.cx + w * 1.02, y + 4)],
                   steps=7)
    canvas.model(crown, tone, edge=16)
    with canvas.inside(crown):
        canvas.fill(box(a.cx - w * 1.2, y - 34, a.cx + w * 1.2, y + 20), darker(tone, 0.45))
    canvas.model(brim(a, y + 4, 2.0, 24, 52), lighter(tone, 0.05), edge=9)


def _cap(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow
    canvas.model(dome(a, 1.1, a.brow - a.top + 42, y), tone, edge=14)
    canvas.brush([(a.cx, a.top - 38), (a.cx, y)], (3, 3), darker(tone, 0.3))
    side = -canvas.light
    w, lean = a.head_w * 1.06, 0.12 * side
    visor = smooth([(a.cx - w, y - 6), (a.cx, y - 16), (a.cx + w, y - 6),
        (a.cx + w * (1.02 + lean), y + 22), (a.cx + w * lean, y + 40),
        (a.cx - w * (1.02 - lean), y + 22)])
    canvas.model(visor, darker(tone, 0.16), edge=7)
    canvas.dot((a.cx, a.top - 40), 9, darker(tone, 0.2))


def _beanie(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model(ellipse(a.cx, a.top - 54, 38), lighter(tone, 0.5), edge=10)
    skull = dome(a, 1.1, y - a.top + 42, y)
    canvas.model(skull, tone, edge=14)
    with canvas.inside(skull):
        for k in range(-4, 5):
            canvas.brush(smooth([(a.cx + k * 16, a.top - 44), (a.cx + k * 28, a.head_y)],
                closed=False), (4, 5), darker(tone, 0.16))
    canvas.model(box(a.cx - w * 1.14, y - 42, a.cx + w * 1.14, y + 16, 22), lighter(tone, 0.14),
        edge=9)


def _straw(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow
    skull = dome(a, 1.04, y - a.top + 34, y - 6)
    canvas.model(skull, tone, edge=14)
    with canvas.inside(skull):
        for k in range(9):
            canvas.brush(arc(a.cx, y + 20, a.head_w * 1.2, 140 - k * 16, 180, 360), (2, 2),
                darker(tone, 0.2))
        canvas.fill(box(a.cx - 200, y - 46, a.cx + 200, y), colour(a.traits.accent))
    canvas.model(brim(a, y, 1.94, 26, 8), lighter(tone, 0.06), edge=8)


def _chef(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    for dx, dy, r in ((-0.86, -140, 66), (0.86, -140, 66), (-0.36, -178, 78), (0.4, -176, 78),
            (0, -120, 84)):
        canvas.model(ellipse(a.cx + w * dx, y + dy, r), tone, depth=0.14, edge=10)
    band = [(a.cx - w * 1.04, y + 2), (a.cx - w * 1.0, y - 92), (a.cx + w * 1.0, y - 92),
        (a.cx + w * 1.04, y + 2)]
    canvas.model(band, tone, depth=0.16, edge=9)
    for k in range(-3, 4):
        canvas.brush([(a.cx + k * w * 0.28, y - 88), (a.cx + k * w * 0.29, y - 4)], (2, 4),
            darker(tone, 0.14))


def _beret(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    w, y, s = a.head_w, a.brow - 18, canvas.light
    shape = smooth([(a.cx - s * w * 1.0, y + 6), (a.cx - s * w * 1.3, y - 50),
        (a.cx - s * w * 0.6, y - 122), (a.cx + s * w * 0.5, y - 116), (a.cx + s * w * 1.02, y - 50),
        (a.cx + s * w * 0.98, y)])
    canvas.model(shape, tone, edge=16)
    canvas.stroke([(a.cx - s * w * 0.3, y - 112), (a.cx - s * w * 0.34, y - 136)], 9, tone)
    canvas.brush(smooth([(a.cx - w * 1.0, y + 4), (a.cx, y - 16), (a.cx + w * 1.0, y + 2)],
        closed=False), (12, 15, 12), darker(tone, 0.3))


def _tophat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model([(a.cx - w * 0.96, y + 4), (a.cx - w * 1.06, y - 210), (a.cx + w * 1.06, y - 210),
        (a.cx + w * 0.96, y + 4)], tone, depth=0.3, edge=16)
    canvas.model(ellipse(a.cx, y - 210, w * 1.06, 20), lighter(tone, 0.1), edge=5)
    canvas.fill([(a.cx - w * 0.97, y - 16), (a.cx - w * 0.99, y - 62), (a.cx + w * 0.99, y - 62),
        (a.cx + w * 0.97, y - 16)], colour(a.traits.accent))
    canvas.model(brim(a, y, 1.5, 18, 8), tone, edge=7)


def _wizard(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    cone = smooth([(a.cx - w * 1.02, y + 4), (a.cx - w * 0.6, y - 110), (a.cx - w * 0.16, y - 250),
        (a.cx + 60, y - 300), (a.cx + 96, y - 262), (a.cx + w * 0.44, y - 220),
                   (a.cx + w * 0.66, y - 110), (a.cx + w * 1.02, y + 4)], steps=7)
    canvas.model(cone, tone, edge=16)
    with canvas.inside(cone):
        canvas.fill(box(a.cx - w * 1.2, y - 44, a.cx + w * 1.2, y + 20), GOLD)
        for dx, dy, r in ((-30, -100, 17), (34, -140, 13), (0, -196, 11), (52, -80, 10)):
            canvas.fill(star(a.cx + dx, y + dy, r), (250, 222, 130))
    canvas.model(brim(a, y, 1.92, 26, 6), lighter(tone, 0.06), edge=9)


def _pirate(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow + 6, a.head_w
    hat = smooth([(a.cx - w * 1.7, y - 30), (a.cx - w * 1.0, y - 106), (a.cx, y - 186),
        (a.cx + w * 1.0, y - 106), (a.cx + w * 1.7, y - 30), (a.cx + w * 0.9, y + 4),
        (a.cx, y - 14), (a.cx - w * 0.9, y + 4)])
    canvas.model(hat, tone, edge=14)
    rim = smooth([(a.cx - w * 1.66, y - 30), (a.cx - w * 0.9, y - 4), (a.cx, y - 20),
        (a.cx + w * 0.9, y - 4), (a.cx + w * 1.66, y - 30)], closed=False)
    canvas.brush(rim, (5, 9, 9, 9, 5), GOLD)
    canvas.fill(ellipse(a.cx, y - 100, 30, 27), CREAM)
    canvas.fill(box(a.cx - 15, y - 82, a.cx + 15, y - 62, 4), CREAM)
    for side in (-1, 1):
        canvas.dot((a.cx + side * 12, y - 100), 8, tone)
        canvas.stroke([(a.cx - side * 42, y - 62), (a.cx + side * 42, y - 46)], 7, CREAM)


def _santa(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w, s = a.brow, a.head_w, -canvas.light
    canvas.model(smooth([(a.cx - w * 1.04, y), (a.cx - w * 0.7, y - 120),
        (a.cx + s * w * 0.3, y - 180), (a.cx + s * w * 1.3, y - 80), (a.cx + s * w * 1.4, y - 20),
        (a.cx + w * 1.04, y)]), tone, edge=14)
    canvas.model(ellipse(a.cx + s * w * 1.38, y - 4, 32), WHITE, edge=8)
    canvas.model(box(a.cx - w * 1.16, y - 38, a.cx + w * 1.16, y + 18, 26), WHITE, depth=0.16,
        edge=8)


def _party(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - 40, a.head_w
    cone = [(a.cx - w * 0.6, y + 4), (a.cx, y - 190), (a.cx + w * 0.6, y + 4)]
    canvas.model(cone, tone, edge=12)
    with canvas.inside(cone):
        for k in range(4):
            canvas.brush([(a.cx - w, y - k * 50), (a.cx + w, y - 40 - k * 50)], (14, 14),
                lighter(tone, 0.6))
    canvas.model(ellipse(a.cx, y - 190, 20), WHITE, edge=5)


def _graduate(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model(dome(a, 1.05, y - a.top + 12, y), tone, edge=10)
    canvas.model([(a.cx, y - 176), (a.cx + w * 1.7, y - 118), (a.cx, y - 66),
        (a.cx - w * 1.7, y - 118)], lighter(tone, 0.12), edge=8)
    s = -canvas.light
    canvas.stroke([(a.cx, y - 120), (a.cx + s * w * 1.2, y - 96), (a.cx + s * w * 1.22, y - 20)], 6,
        GOLD)
    canvas.model(box(a.cx + s * w * 1.22 - 10, y - 26, a.cx + s * w * 1.22 + 10, y + 26, 4), GOLD,
        edge=4)


def _headband(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    w, y, s = a.head_w, a.brow - 14, -canvas.light
    for dy in (60, 96):
        canvas.brush(smooth([(a.cx + s * w * 1.06, y), (a.cx + s * w * 1.4, y + dy * 0.4),
            (a.cx + s * w * 1.6, y + dy)], closed=False), (18, 22, 14), darker(tone, 0.2))
    band = smooth([(a.cx - w * 1.08, y + 8), (a.cx, y - 2), (a.cx + w * 1.08, y + 8),
        (a.cx + w * 1.06, y - 34), (a.cx, y - 46), (a.cx - w * 1.06, y - 34)], steps=6)
    canvas.model(band, tone, edge=6)


def _turban(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model(smooth([(a.cx - w * 1.08, y + 10), (a.cx - w * 1.26, y - 70),
        (a.cx - w * 0.6, y - 150), (a.cx + w * 0.6, y - 150), (a.cx + w * 1.26, y - 70),
        (a.cx + w * 1.08, y + 10), (a.cx, y - 16)]), tone, edge=14)
    for k in range(4):
        canvas.brush(smooth([(a.cx - w * (1.1 - k * 0.1), y - 10 - k * 28), (a.cx, y - 50 - k * 22),
            (a.cx + w * 1.1, y - 90 - k * 14)], closed=False), (2, 6, 2), darker(tone, 0.3))
    canvas.model(ellipse(a.cx, y - 56, 16, 22), (190, 40, 60), edge=5)


HATS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "fedora": _fedora,
    "cowboy": _cowboy,
    "cap": _cap,
    "beanie": _beanie,
    "straw": _straw,
    "chef": _chef,
    "beret": _beret,
    "tophat": _tophat,
    "wizard": _wizard,
    "pirate": _pirate,
    "santa": _santa,
    "party": _party,
    "graduate": _graduate,
    "headband": _headband,
    "turban": _turban,
}
"""How each hat is drawn."""
