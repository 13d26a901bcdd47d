"""Clothes of every day and every feast: T-shirts, dresses, coats."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import CREAM, GOLD, WHITE, Colour, colour, darker, lighter, mix
from .garments import (
    buttons,
    collar,
    garment,
    hood,
    lapels,
    neckline,
    seam,
    shirt,
    stripes,
    v_neck,
)
from .shapes import box, ellipse, smooth, star


def _tshirt(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    neckline(canvas, a, darker(tone, 0.2))
    if a.traits.lot("print", 2):
        canvas.fill(star(a.cx, a.shoulder_y + 170, 44), lighter(tone, 0.45))
    else:
        stripes(canvas, a, lighter(tone, 0.5), 46, 18, a.shoulder_y + 110)


def _tshirt_plain(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    neckline(canvas, a, darker(tone, 0.2))


def _hoodie(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    hood(canvas, a, darker(tone, 0.12))
    garment(canvas, a, tone)
    neckline(canvas, a, darker(tone, 0.3), 30)
    for side in (-1, 1):
        cord = [(a.cx + side * 34, a.shoulder_y + 20), (a.cx + side * 40, a.shoulder_y + 130)]
        canvas.brush(cord, (7, 7), CREAM)
        canvas.fill(box(cord[1][0] - 5, cord[1][1], cord[1][0] + 5, cord[1][1] + 16, 3), CREAM)
    pocket = box(a.cx - 95, a.shoulder_y + 205, a.cx + 95, 1030, 30)
    canvas.model(pocket, lighter(tone, 0.06), edge=8)


def _sweater(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    with canvas.inside(a.torso()):
        for k in range(5):
            x = a.cx - 88 + k * 44
            for y in range(int(a.shoulder_y) + 70, 900, 26):
                canvas.brush([(x - 11, y), (x, y + 15), (x + 11, y)], (5, 5), darker(tone, 0.14))
    roll = smooth(
        [(a.cx - a.neck - 20, a.shoulder_y - 56), (a.cx, a.shoulder_y - 24),
        (a.cx + a.neck + 20, a.shoulder_y - 56),
         (a.cx + a.neck + 30, a.shoulder_y - 4), (a.cx, a.shoulder_y + 36),
         (a.cx - a.neck - 30, a.shoulder_y - 4)]
    )
    canvas.model(roll, lighter(tone, 0.08), edge=9)


def _cardigan(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, CREAM, 60, 190)
    collar(canvas, a, WHITE)
    v_trim = [(a.cx - 66, a.shoulder_y - 14), (a.cx, a.shoulder_y + 192),
        (a.cx + 66, a.shoulder_y - 14)]
    canvas.brush(v_trim, (15, 15, 15), darker(tone, 0.22))
    seam(canvas, a, tone, a.shoulder_y + 190)
    buttons(canvas, a, GOLD, a.shoulder_y + 215)


def _dress(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    canvas.model(a.torso(), a.skin)
    y, w = a.shoulder_y, a.shoulder_w
    bodice = smooth(
        [(a.cx - w * 0.62, y - 6), (a.cx - w * 0.44, y + 64), (a.cx, y + 92),
        (a.cx + w * 0.44, y + 64),
         (a.cx + w * 0.62, y - 6), (a.cx + w * 0.86, y + 20), (a.cx + w * 0.78, y + 130),
         (a.cx + w * 0.7, y + 250),
         (a.cx + w * 0.84, 1060), (a.cx - w * 0.84, 1060), (a.cx - w * 0.7, y + 250),
         (a.cx - w * 0.78, y + 130),
         (a.cx - w * 0.86, y + 20)]
    )
    canvas.model(bodice, tone)
    canvas.brush(smooth([(a.cx - w * 0.56, y + 14), (a.cx, y + 96), (a.cx + w * 0.56, y + 14)],
        closed=False),
                 (9, 13, 9), lighter(tone, 0.4))
    canvas.brush([(a.cx - w * 0.72, y + 228), (a.cx, y + 240), (a.cx + w * 0.72, y + 228)],
        (22, 22, 22), darker(tone, 0.25))
    for side in (-1, 1):
        canvas.model(ellipse(a.cx + side * w * 0.92, y + 52, 46, 62, side * -16), tone, edge=10)


def _wedding(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _dress(canvas, a, tone)
    for k in range(9):
        x = a.cx - 64 + k * 16
        canvas.dot((x, a.shoulder_y + 58 - abs(k - 4) * 9), 6, WHITE)


def _qipao(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    collar(canvas, a, darker(tone, 0.12), 0.9, stand=True)
    flap = smooth([(a.cx, a.shoulder_y + 6), (a.cx + 30, a.shoulder_y + 60),
        (a.cx + 120, a.shoulder_y + 110), (a.cx + 176,
                   a.shoulder_y + 190)], closed=False)
    canvas.brush(flap, (9, 9), GOLD)
    for x, y in ((-110, 190), (60, 240), (-40, 130), (-150, 270), (110, 300)):
        for k in range(5):
            petal = star(a.cx + x, a.shoulder_y + y, 26, 5, 0.5)
            canvas.fill(smooth(petal, steps=3), lighter(tone, 0.3 + k * 0.02))
        canvas.dot((a.cx + x, a.shoulder_y + y), 6, GOLD)


def _tang(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    collar(canvas, a, darker(tone, 0.1), 0.8, stand=True)
    seam(canvas, a, tone)
    for k in range(4):
        y = a.shoulder_y + 84 + k * 62
        canvas.brush([(a.cx - 40, y), (a.cx + 40, y)], (9, 9), GOLD)
        canvas.model(ellipse(a.cx, y, 10), GOLD, edge=3)


def _coat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, mix(WHITE, colour(a.traits.accent), 0.1), 56, 170)
    collar(canvas, a, WHITE, 0.9)
    lapels(canvas, a, tone, 190, wide=1.25)
    for side in (-1, 1):
        for k in range(3):
            canvas.model(ellipse(a.cx + side * 48, a.shoulder_y + 210 + k * 62, 11),
                darker(tone, 0.5), edge=3)
    seam(canvas, a, tone, a.shoulder_y + 170)


def _jacket(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    panel = a.chest(46, 70, a.shoulder_y - 16)
    inner = mix(CREAM, colour(a.traits.accent), 0.25)
    canvas.fill(panel, inner)
    neckline(canvas, a, darker(inner, 0.2), 14)
    for side in (-1, 1):
        edge = [(a.cx + side * 48, a.shoulder_y - 20), (a.cx + side * 72, 1030)]
        canvas.brush(edge, (6, 6), (206, 206, 214))
        lapel = [(a.cx + side * 44, a.shoulder_y - 38), (a.cx + side * 122, a.shoulder_y + 24),
                 (a.cx + side * 92, a.shoulder_y + 108), (a.cx + side * 54, a.shoulder_y + 60)]
        canvas.model(lapel, lighter(tone, 0.1), edge=7)
        pocket = [(a.cx + side * 112, a.shoulder_y + 150), (a.cx + side * 160, a.shoulder_y + 136)]
        canvas.brush(pocket, (7, 7), darker(tone, 0.4))


def _raincoat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    hood(canvas, a, darker(tone, 0.14))
    garment(canvas, a, tone)
    collar(canvas, a, lighter(tone, 0.1), 1.3)
    seam(canvas, a, tone)
    for k in range(4):
        canvas.brush([(a.cx - 26, a.shoulder_y + 92 + k * 58),
            (a.cx + 26, a.shoulder_y + 92 + k * 58)], (10, 10),
                     darker(tone, 0.42))


def _waistcoat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    shirt(canvas, a, CREAM)
    w = a.shoulder_w
    for side in (-1, 1):
        front = smooth([(a.cx + side * 50, a.shoulder_y - 24),
            (a.cx + side * w * 0.58, a.shoulder_y - 12), (a.cx + side * w * 0.62,
                        a.shoulder_y + 130), (a.cx + side * w * 0.76, 1040),
                        (a.cx + side * 6, 1040), (a.cx + side * 10,
                        a.shoulder_y + 170)], steps=6)
        canvas.model(front, tone)
    buttons(canvas, a, GOLD, a.shoulder_y + 190)


def _pajamas(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    with canvas.inside(a.torso()):
        for x in range(200, 820, 44):
            canvas.fill(box(x, a.shoulder_y - 60, x + 12, 1030), lighter(tone, 0.5))
    v_neck(canvas, a, a.skin, 44, 90)
    collar(canvas, a, lighter(tone, 0.3))
    buttons(canvas, a, WHITE, a.shoulder_y + 130)


def _rags(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 60, 96)
    for x, y, w, h, hue in ((-120, 150, 66, 58, "#6b7a8a"), (70, 200, 74, 66, "#9a6a4a"),
            (-40, 250, 50, 46, "#7a8a5a")):
        patch = [(a.cx + x, a.shoulder_y + y), (a.cx + x + w, a.shoulder_y + y + 8),
            (a.cx + x + w - 6, a.shoulder_y + y + h), (a.cx + x + 4,
                 a.shoulder_y + y + h - 6)]
        canvas.fill(patch, mix(tone, colour(hue), 0.6))
        for k in range(0, w, 14):
            canvas.brush([(a.cx + x + k, a.shoulder_y + y - 6),
                (a.cx + x + k, a.shoulder_y + y + 10)], (4, 4), darker(tone, 0.5))


def _stripes(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    stripes(canvas, a, (52, 52, 62), 60, 30, a.shoulder_y)
    neckline(canvas, a, (52, 52, 62))


def _overalls(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    under = mix(colour(a.traits.accent), CREAM, 0.35)
    _tshirt_plain(canvas, a, under)
    bib = box(a.cx - 98, a.shoulder_y + 120, a.cx + 98, 1040, 20)
    canvas.model(bib, tone)
    for side in (-1, 1):
        strap = [(a.cx + side * 78, a.shoulder_y + 140), (a.cx + side * 112, a.shoulder_y - 22)]
        canvas.brush(strap, (36, 34), darker(tone, 0.08))
        canvas.model(ellipse(a.cx + side * 78, a.shoulder_y + 146, 14), GOLD, edge=4)
    canvas.fill(box(a.cx - 54, a.shoulder_y + 190, a.cx + 54, a.shoulder_y + 270, 12),
        darker(tone, 0.14))


TAILORS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "tshirt": _tshirt,
    "shirt": shirt,
    "hoodie": _hoodie,
    "sweater": _sweater,
    "cardigan": _cardigan,
    "dress": _dress,
    "wedding": _wedding,
    "qipao": _qipao,
    "tang": _tang,
    "coat": _coat,
    "jacket": _jacket,
    "raincoat": _raincoat,
    "waistcoat": _waistcoat,
    "pajamas": _pajamas,
    "rags": _rags,
    "stripes": _stripes,
    "overalls": _overalls,
}
"""How each of these is drawn."""
