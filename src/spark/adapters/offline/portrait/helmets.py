"""Helmets, crowns, peaked caps and hoods."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import GOLD, SILVER, WHITE, Colour, colour, darker, lighter
from .headshapes import brim, dome
from .shapes import box, ellipse, mirrored, smooth, star


def _peaked(canvas: Canvas, a: Anatomy, tone: Colour, badge: Colour, peak: Colour) -> None:
    y, w = a.brow, a.head_w
    top = smooth([(a.cx - w * 1.02, y - 40), (a.cx - w * 1.36, y - 84), (a.cx - w * 0.9, y - 132),
        (a.cx, y - 148), (a.cx + w * 0.9, y - 132), (a.cx + w * 1.36, y - 84),
                  (a.cx + w * 1.02, y - 40)], steps=8)
    canvas.model(top, tone, edge=14)
    canvas.model(box(a.cx - w * 1.04, y - 52, a.cx + w * 1.04, y + 2, 8), darker(peak, 0.2), edge=7)
    visor = smooth([(a.cx - w * 0.9, y - 4), (a.cx, y - 14), (a.cx + w * 0.9, y - 4),
        (a.cx + w * 0.72, y + 26), (a.cx, y + 38), (a.cx - w * 0.72, y + 26)])
    canvas.model(visor, (34, 34, 42), edge=6)
    canvas.fill(smooth([(a.cx - w * 0.66, y + 14), (a.cx, y + 24), (a.cx + w * 0.66, y + 14),
        (a.cx, y + 16)]), (120, 124, 140))
    canvas.model(star(a.cx, y - 70, 32, 8, 0.7), badge, edge=6)
    canvas.dot((a.cx, y - 70), 12, darker(badge, 0.3))
    canvas.brush([(a.cx - w * 0.98, y - 8), (a.cx, y), (a.cx + w * 0.98, y - 8)], (6, 6), GOLD)


def _police(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _peaked(canvas, a, tone, SILVER, tone)


def _captain(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _peaked(canvas, a, tone, GOLD, (34, 46, 80))


def _helmet(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow
    canvas.model(dome(a, 1.14, y - a.top + 50, y), tone, edge=16)
    canvas.model(smooth([(a.cx - 24, y), (a.cx - 18, a.top - 56), (a.cx + 18, a.top - 56),
        (a.cx + 24, y)], steps=5), lighter(tone, 0.18), edge=6)
    canvas.model(brim(a, y, 1.3, 16, 2), darker(tone, 0.08), edge=6)


def _fire(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _helmet(canvas, a, tone)
    y = a.brow
    canvas.model([(a.cx - 36, y - 94), (a.cx + 36, y - 94), (a.cx + 40, y - 30), (a.cx, y - 2),
        (a.cx - 40, y - 30)], GOLD, edge=6)
    canvas.fill(star(a.cx, y - 54, 24, 8, 0.6), darker(tone, 0.2))


def _army(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow + 8
    canvas.model(dome(a, 1.2, y - a.top + 44, y), tone, edge=16)
    canvas.model(box(a.cx - a.head_w * 1.22, y - 26, a.cx + a.head_w * 1.22, y + 8, 10),
        darker(tone, 0.22), edge=5)
    for side in (-1, 1):
        canvas.stroke([(a.cx + side * a.head_w * 1.04, y),
            (a.cx + side * a.head_w * 0.84, a.head_y + a.head_h * 0.6),
            (a.cx + side * 26, a.chin + 6)], 8, darker(tone, 0.5))
    canvas.fill(star(a.cx, y - 76, 22), (206, 52, 50))


def _armet(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    plume = smooth([(a.cx - 10, a.top - 40), (a.cx + 20, a.top - 130), (a.cx + 110, a.top - 120),
        (a.cx + 150, a.top - 30), (a.cx + 90, a.top - 70), (a.cx + 20, a.top - 40)])
    canvas.model(plume, (190, 44, 48), edge=10)
    canvas.model(dome(a, 1.12, y - a.top + 46, y), tone, depth=0.42, edge=16)
    for side in (-1, 1):
        guard = smooth([(a.cx + side * w * 1.12, y - 10), (a.cx + side * w * 1.14, a.head_y + 70),
            (a.cx + side * w * 0.84, a.head_y + 100), (a.cx + side * w * 0.88, y)], steps=5)
        canvas.model(guard, tone, depth=0.42, edge=8)
    canvas.model(box(a.cx - w * 1.14, y - 30, a.cx + w * 1.14, y + 6, 6), GOLD, edge=6)
    canvas.model([(a.cx - 14, y - 40), (a.cx + 14, y - 40), (a.cx + 9, a.eye_y + 26),
        (a.cx - 9, a.eye_y + 26)], tone, edge=5)


def _crown(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - a.head_h * 0.14, a.head_w
    points = [(a.cx - w * 0.94, y + 6)]
    for k in range(5):
        x = a.cx - w * 1.06 + k * w * 0.53
        points += [(x, y - 118 + abs(k - 2) * 14)]
        if k < 4:
            points += [(x + w * 0.265, y - 56)]
    points += [(a.cx + w * 0.94, y + 6)]
    canvas.model([*points, (a.cx, y + 18)], tone, depth=0.34, edge=9)
    for k in range(5):
        at = (a.cx - w * 1.06 + k * w * 0.53, y - 122 + abs(k - 2) * 14)
        canvas.model(ellipse(*at, 12), ((196, 40, 62), (52, 110, 190))[k % 2], edge=4)
    canvas.model(smooth([(a.cx - w * 0.95, y - 24), (a.cx, y - 10), (a.cx + w * 0.95, y - 24),
        (a.cx + w * 0.94, y + 8), (a.cx, y + 24), (a.cx - w * 0.94, y + 8)], steps=5),
                 darker(tone, 0.14), edge=5)
    for k in (-1, 0, 1):
        canvas.model(ellipse(a.cx + k * w * 0.5, y + (6 if k == 0 else 0), 10),
            (44, 150, 120) if k else (196, 40, 62), edge=3)


def _tiara(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - a.head_h * 0.22, a.head_w
    band = smooth([(a.cx - w * 0.84, y + 10), (a.cx - w * 0.4, y - 34), (a.cx, y - 84),
        (a.cx + w * 0.4, y - 34), (a.cx + w * 0.84, y + 10), (a.cx + w * 0.4, y - 4),
        (a.cx, y - 14), (a.cx - w * 0.4, y - 4)],
                  steps=6)
    canvas.model(band, tone, depth=0.34, edge=5)
    canvas.model(ellipse(a.cx, y - 40, 13, 18), (206, 70, 110), edge=4)
    for side in (-1, 1):
        canvas.dot((a.cx + side * w * 0.38, y - 18), 7, WHITE)


def _nurse(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - a.head_h * 0.26, a.head_w
    canvas.model(smooth([(a.cx - w * 0.8, y + 10), (a.cx - w * 0.66, y - 66), (a.cx, y - 92),
        (a.cx + w * 0.66, y - 66), (a.cx + w * 0.8, y + 10), (a.cx, y - 8)], steps=5), tone,
        depth=0.16, edge=9)
    canvas.fill(box(a.cx - 8, y - 74, a.cx + 8, y - 26), (206, 48, 52))
    canvas.fill(box(a.cx - 24, y - 58, a.cx + 24, y - 42), (206, 48, 52))


def _surgeon(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    canvas.model(dome(a, 1.12, a.brow - a.top + 32, a.brow), tone, edge=14)
    canvas.model(mirrored([(a.cx, a.brow - 30), (a.cx + a.head_w * 1.1, a.brow - 22),
        (a.cx + a.head_w * 1.1, a.brow + 10), (a.cx, a.brow + 4)], a.cx), darker(tone, 0.14),
        edge=5)


def _hood(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    w, h, cx, y = a.head_w, a.head_h, a.cx, a.head_y
    rim = smooth([(cx - w * 1.1, a.chin - 14), (cx - w * 1.16, y - h * 0.3),
        (cx - w * 0.7, a.top - 4), (cx, a.top - 34), (cx + w * 0.7, a.top - 4),
        (cx + w * 1.16, y - h * 0.3), (cx + w * 1.1, a.chin - 14)],
                 closed=False)
    inner = smooth([(cx + w * 0.98, a.chin - 20), (cx + w * 0.96, y - h * 0.2),
        (cx + w * 0.56, y - h * 0.62), (cx, y - h * 0.76), (cx - w * 0.56, y - h * 0.62),
        (cx - w * 0.96, y - h * 0.2),
                    (cx - w * 0.98, a.chin - 20)], closed=False)
    canvas.model([*rim, *inner], tone, edge=14)


def _ninja(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _hood(canvas, a, tone)
    w, h, cx, y = a.head_w, a.head_h, a.cx, a.head_y
    mask = smooth([(cx - w * 1.06, a.eye_y + 34), (cx, a.eye_y + 48), (cx + w * 1.06, a.eye_y + 34),
        (cx + w * 0.9, y + h * 0.7), (cx, a.chin + 14), (cx - w * 0.9, y + h * 0.7)])
    canvas.model(mask, lighter(tone, 0.06), edge=10)
    band = smooth([(cx - w * 1.06, a.brow - 6), (cx, a.brow - 16), (cx + w * 1.06, a.brow - 6),
        (cx + w * 1.04, a.brow - 52), (cx, a.brow - 64), (cx - w * 1.04, a.brow - 52)], steps=6)
    canvas.model(band, colour(a.traits.accent), edge=6)


def _veil(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _hood(canvas, a, tone)
    for side in (-1, 1):
        fall = smooth([(a.cx + side * a.head_w * 1.02, a.chin - 40),
            (a.cx + side * a.head_w * 1.5, a.shoulder_y + 40), (a.cx + side * a.head_w * 1.4, 900),
            (a.cx + side * a.head_w * 1.0, 880),
                       (a.cx + side * a.head_w * 0.9, a.shoulder_y + 20)])
        canvas.model(fall, tone, edge=10)


def _aviator(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _hood(canvas, a, tone)
    y, w = a.brow - 40, a.head_w
    canvas.brush([(a.cx - w * 1.08, y), (a.cx, y - 14), (a.cx + w * 1.08, y)], (26, 26),
        darker(tone, 0.45))
    for side in (-1, 1):
        canvas.model(ellipse(a.cx + side * w * 0.44, y - 4, 44, 34), GOLD, edge=6)
        canvas.model(ellipse(a.cx + side * w * 0.44, y - 4, 34, 25), (128, 178, 196), depth=0.5,
            edge=9)


HATS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "police": _police,
    "captain": _captain,
    "helmet": _helmet,
    "fire": _fire,
    "army": _army,
    "armet": _armet,
    "crown": _crown,
    "tiara": _tiara,
    "nurse": _nurse,
    "surgeon": _surgeon,
    "hood": _hood,
    "ninja": _ninja,
    "veil": _veil,
    "aviator": _aviator,
}
"""How each of these is drawn."""
