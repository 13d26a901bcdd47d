"""Uniforms: police, army, fire brigade, flight, space."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import CREAM, GOLD, LEATHER, SILVER, WHITE, Colour, colour, darker, lighter, mix
from .garments import (
    buttons,
    collar,
    garment,
    lapels,
    neckline,
    seam,
    v_neck,
)
from .shapes import box, ellipse, flipped, smooth, star


def _uniform(canvas: Canvas, a: Anatomy, tone: Colour, trim: Colour = GOLD) -> None:
    garment(canvas, a, tone)
    y, w = a.shoulder_y, a.shoulder_w
    v_neck(canvas, a, lighter(tone, 0.72), 52, 150)
    canvas.model([(a.cx - 15, y + 20), (a.cx + 15, y + 20), (a.cx + 22, y + 150), (a.cx, y + 170),
        (a.cx - 22, y + 150)], darker(tone, 0.45), edge=5)
    collar(canvas, a, lighter(tone, 0.72), 0.9)
    lapels(canvas, a, tone, 165)
    for side in (-1, 1):
        strap = [(a.cx + side * (a.neck + 44), y - 30), (a.cx + side * w * 0.9, y + 12),
            (a.cx + side * w * 0.92, y + 40), (a.cx + side * (a.neck + 40), y - 4)]
        canvas.model(strap, darker(tone, 0.28), edge=5)
        for k in range(2):
            canvas.fill(star(a.cx + side * (w * 0.62 + k * 26), y - 2 + k * 11, 11), trim)
        canvas.fill(box(a.cx + side * 120 - 36, y + 176, a.cx + side * 120 + 36, y + 186),
            darker(tone, 0.36))
    buttons(canvas, a, trim, y + 196, 3)


def _police(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _uniform(canvas, a, tone)
    x, y = a.cx + 118, a.shoulder_y + 132
    canvas.model(smooth([(x, y - 38), (x + 32, y - 26), (x + 28, y + 14), (x, y + 40),
        (x - 28, y + 14), (x - 32, y - 26)]), SILVER, edge=7)
    canvas.fill(star(x, y - 2, 18), GOLD)


def _captain(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _uniform(canvas, a, tone)
    for side in (-1, 1):
        for k in range(3):
            canvas.model(ellipse(a.cx + side * 62, a.shoulder_y + 206 + k * 52, 12), GOLD, edge=4)


def _army(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    with canvas.inside(a.torso()):
        for k in range(34):
            x = 210 + a.traits.lot(f"camo{k}", 580)
            y = a.shoulder_y - 30 + a.traits.lot(f"spot{k}", 360)
            hue = (darker(tone, 0.35), lighter(tone, 0.25), mix(tone, LEATHER, 0.5))[k % 3]
            blot = smooth([(x - 40, y), (x - 8, y - 20), (x + 36, y - 8), (x + 26, y + 18),
                (x - 14, y + 14)], steps=5)
            canvas.fill(blot, hue)
    vest = smooth([(a.cx - 120, a.shoulder_y + 50), (a.cx + 120, a.shoulder_y + 50),
        (a.cx + 136, 1040), (a.cx - 136, 1040)], steps=4)
    canvas.model(box(a.cx - 128, a.shoulder_y + 70, a.cx + 128, 1040, 26), darker(tone, 0.3))
    for side in (-1, 1):
        canvas.brush([(a.cx + side * 96, a.shoulder_y + 90),
            (a.cx + side * 104, a.shoulder_y - 24)], (40, 40), darker(tone, 0.36))
    for k in range(3):
        canvas.model(box(a.cx - 112 + k * 78, a.shoulder_y + 180, a.cx - 44 + k * 78,
            a.shoulder_y + 268, 8), darker(tone, 0.2), edge=7)
    collar(canvas, a, darker(tone, 0.12), 1.1)
    canvas.brush([vest[0], vest[0]], (1, 1), tone)


def _fire(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    y = a.shoulder_y
    collar(canvas, a, darker(tone, 0.4), 1.3, stand=True)
    seam(canvas, a, tone)
    with canvas.inside(a.torso()):
        for top in (y + 140, y + 236):
            canvas.fill(box(150, top, 850, top + 44), (232, 232, 92))
            canvas.fill(box(150, top + 14, 850, top + 30), (236, 238, 242))
    for k in range(3):
        canvas.model(box(a.cx - 20, y + 74 + k * 70, a.cx + 20, y + 92 + k * 70, 5), (70, 70, 80),
            edge=4)


def _flight(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    y, fur = a.shoulder_y, (226, 206, 170)
    canvas.fill(a.chest(34, 60, y - 16), CREAM)
    neckline(canvas, a, darker(CREAM, 0.2), 10)
    flap = smooth([(a.cx - a.neck - 14, y - 62), (a.cx - 132, y + 4), (a.cx - 116, y + 78),
        (a.cx - 60, y + 92), (a.cx - 40, y + 30)])
    for outline in (flap, flipped(flap, a.cx)):
        canvas.model(outline, fur, edge=9)
    for side in (-1, 1):
        canvas.brush([(a.cx + side * 44, y + 60), (a.cx + side * 64, 1030)], (7, 7), SILVER)
    wings = [(a.cx - 166, y + 136), (a.cx - 128, y + 146), (a.cx - 90, y + 136),
        (a.cx - 108, y + 162), (a.cx - 148, y + 162)]
    canvas.model(wings, GOLD, edge=5)


def _spacesuit(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    y, accent = a.shoulder_y, colour(a.traits.accent)
    ring = ellipse(a.cx, y - 8, a.neck + 70, 44)
    canvas.model(ring, (150, 160, 176), depth=0.4, edge=9)
    canvas.fill(ellipse(a.cx, y - 14, a.neck + 50, 30), (52, 58, 74))
    neck = smooth([(a.cx - a.neck, y - 70), (a.cx + a.neck, y - 70), (a.cx + a.neck + 2, y),
        (a.cx, y + 12), (a.cx - a.neck - 2, y)])
    canvas.fill(neck, darker(a.skin, 0.22))
    pack = box(a.cx - 74, y + 106, a.cx + 74, y + 214, 16)
    canvas.model(pack, (208, 214, 222), depth=0.3, edge=9)
    for k, hue in enumerate(((206, 62, 58), (236, 188, 66), (72, 160, 112))):
        canvas.model(ellipse(a.cx - 42 + k * 34, y + 138, 12), hue, edge=4)
    canvas.fill(box(a.cx - 54, y + 168, a.cx + 54, y + 194, 6), (40, 60, 92))
    canvas.brush([(a.cx - 44, y + 184), (a.cx - 18, y + 176), (a.cx + 6, y + 188),
        (a.cx + 44, y + 176)], (3, 3), (104, 222, 214))
    for side in (-1, 1):
        band = [(a.cx + side * a.shoulder_w * 0.8, y + 150),
            (a.cx + side * a.shoulder_w * 1.16, y + 140)]
        canvas.brush(band, (26, 26), accent)
        hose = smooth([(a.cx + side * 74, y + 160), (a.cx + side * 128, y + 120),
            (a.cx + side * 116, y + 20)], closed=False)
        canvas.stroke(hose, 15, (120, 130, 146))
    canvas.model(ellipse(a.cx - a.shoulder_w * 0.62, y + 66, 30), accent, edge=6)
    canvas.fill(star(a.cx - a.shoulder_w * 0.62, y + 66, 18), WHITE)


def _cyber(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    y, glow = a.shoulder_y, (70, 232, 228)
    collar(canvas, a, lighter(tone, 0.12), 1.4, stand=True)
    for side in (-1, 1):
        panel = [(a.cx + side * 24, y + 70), (a.cx + side * 150, y + 40),
            (a.cx + side * 160, y + 150), (a.cx + side * 40, y + 210)]
        canvas.model(panel, lighter(tone, 0.1), edge=8)
        canvas.stroke([panel[0], panel[1], panel[2]], 5, glow)
        canvas.stroke([(a.cx + side * 20, y + 230), (a.cx + side * 60, y + 240),
            (a.cx + side * 70, 1020)], 5, (240, 72, 168))
        canvas.stroke([(a.cx + side * a.shoulder_w * 0.84, y + 24),
            (a.cx + side * a.shoulder_w * 1.04, y + 130)], 6, glow)


def _safari(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, (244, 236, 216), 44, 100)
    collar(canvas, a, lighter(tone, 0.12), 1.35)
    seam(canvas, a, tone, a.shoulder_y + 100)
    buttons(canvas, a, LEATHER, a.shoulder_y + 130)
    for side in (-1, 1):
        x = a.cx + side * 112
        canvas.model(box(x - 46, a.shoulder_y + 130, x + 46, a.shoulder_y + 220, 8),
            lighter(tone, 0.06), edge=6)
        canvas.model([(x - 48, a.shoulder_y + 126), (x + 48, a.shoulder_y + 126),
            (x + 48, a.shoulder_y + 148), (x, a.shoulder_y + 164), (x - 48, a.shoulder_y + 148)],
                     darker(tone, 0.12), edge=5)
    canvas.brush([(a.cx + 150, a.shoulder_y - 20), (a.cx - 200, 900)], (20, 20), LEATHER)


def _gown(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    collar(canvas, a, WHITE, 0.9)
    for side in (-1, 1):
        band = [(a.cx + side * 6, a.shoulder_y + 26), (a.cx + side * 30, a.shoulder_y + 30),
            (a.cx + side * 40, a.shoulder_y + 110), (a.cx + side * 8, a.shoulder_y + 110)]
        canvas.model(band, WHITE, edge=4)
        canvas.brush([(a.cx + side * 74, a.shoulder_y - 20), (a.cx + side * 110, 1030)], (30, 36),
            darker(colour(a.traits.accent), 0.25))


TAILORS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "police": _police,
    "captain": _captain,
    "army": _army,
    "fire": _fire,
    "flight": _flight,
    "spacesuit": _spacesuit,
    "cyber": _cyber,
    "safari": _safari,
    "gown": _gown,
}
"""How each uniform is drawn."""
