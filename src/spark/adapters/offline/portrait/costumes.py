"""Clothes of tales and old times: armour, robes, capes."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import CREAM, GOLD, INK, LEATHER, WHITE, Colour, colour, darker, lighter, mix
from .garments import (
    belt,
    crossed_front,
    garment,
    hood,
    lapels,
    neckline,
    v_neck,
)
from .shapes import arc, box, ellipse, mirrored, smooth, star


def _armour(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, darker(tone, 0.45))
    y, w, cx = a.shoulder_y, a.shoulder_w, a.cx
    plate = mirrored(
        smooth([(cx, y + 44), (cx + 90, y + 26), (cx + w * 0.72, y + 60), (cx + w * 0.76, y + 190),
        (cx + w * 0.6, y + 300), (cx, 1040)], closed=False), cx
    )
    canvas.model(plate, tone, depth=0.42, edge=20)
    canvas.fill([(cx, y + 46), (cx + canvas.light * 60, y + 70), (cx + canvas.light * 54, 960),
        (cx, 1000)], lighter(tone, 0.4), 0.6)
    canvas.brush([(cx, y + 46), (cx, 1030)], (4, 5), darker(tone, 0.4))
    gorget = smooth([(cx - a.neck - 24, y - 60), (cx, y - 24), (cx + a.neck + 24, y - 60),
        (cx + a.neck + 54, y + 12), (cx, y + 62), (cx - a.neck - 54, y + 12)])
    canvas.model(gorget, lighter(tone, 0.1), depth=0.4, edge=9)
    for side in (-1, 1):
        for k in range(3):
            pad = smooth([(cx + side * w * 0.56, y - 26 + k * 34),
                (cx + side * w * 0.98, y - 8 + k * 42), (cx + side * w * (1.24 - k * 0.02),
                y + 66 + k * 46),
                          (cx + side * w * 0.96, y + 78 + k * 44),
                          (cx + side * w * 0.68, y + 50 + k * 30)])
            canvas.model(pad, lighter(tone, 0.14 - k * 0.08), depth=0.42, edge=10)
        canvas.model(ellipse(cx + side * w * 0.84, y + 26, 11), GOLD, edge=4)
    canvas.model(star(cx, y + 160, 40, 8, 0.55), GOLD, edge=6)


def _hanfu(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    crossed_front(canvas, a, CREAM, darker(tone, 0.38))
    _sash(canvas, a, darker(tone, 0.34))


def _sash(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    w = a.shoulder_w * 0.75
    canvas.model(box(a.cx - w, 836, a.cx + w, 1030), tone, edge=8)
    canvas.brush([(a.cx - w, 850), (a.cx + w, 850)], (4, 4), GOLD)


def _kimono(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    with canvas.inside(a.torso()):
        for k in range(13):
            x, y = 230 + a.traits.lot(f"bloom{k}", 540), a.shoulder_y + a.traits.lot(f"petal{k}",
                300)
            canvas.fill(smooth(star(x, y, 27, 5, 0.5), steps=4), lighter(tone, 0.4))
            canvas.dot((x, y), 7, GOLD)
    crossed_front(canvas, a, CREAM, darker(tone, 0.3))
    _sash(canvas, a, colour(a.traits.accent))


def _robe(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    y, w, cx = a.shoulder_y, a.shoulder_w, a.cx
    inner = darker(tone, 0.45)
    canvas.fill([(cx - 46, y - 26), (cx + 46, y - 26), (cx + 84, 1040), (cx - 84, 1040)], inner)
    neckline(canvas, a, darker(inner, 0.3), 12)
    for side in (-1, 1):
        edge = smooth([(cx + side * 46, y - 40), (cx + side * 60, y + 120), (cx + side * 88, 1040)],
            closed=False)
        canvas.brush(edge, (17, 17), GOLD)
        cape = smooth([(cx + side * 44, y - 48), (cx + side * w * 0.66, y - 30),
            (cx + side * w * 1.12, y + 60), (cx + side * w * 0.98, y + 120),
            (cx + side * w * 0.5, y + 84),
                       (cx + side * 60, y + 60)])
        canvas.model(cape, lighter(tone, 0.08), edge=12)
    canvas.model(ellipse(cx, y + 36, 24, 28), colour(a.traits.accent), edge=6)
    canvas.stroke([*ellipse(cx, y + 36, 24, 28)], 6, GOLD)


def _cape(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    accent = colour(a.traits.accent)
    if abs(sum(accent) - sum(tone)) < 90:
        accent = (214, 58, 52)
    y, w, cx = a.shoulder_y, a.shoulder_w, a.cx
    cloak = mirrored(smooth([(cx, y - 60), (cx + a.neck + 40, y - 56), (cx + w * 1.1, y + 40),
        (cx + w * 1.42, 1040)], closed=False), cx)
    canvas.model(cloak, darker(accent, 0.2), edge=22)
    garment(canvas, a, tone)
    neckline(canvas, a, darker(tone, 0.3), 12)
    shield = [(cx - 74, y + 90), (cx + 74, y + 90), (cx + 92, y + 124), (cx, y + 226),
        (cx - 92, y + 124)]
    canvas.model(shield, GOLD, edge=7)
    canvas.fill([(cx + (px - cx) * 0.8, y + 152 + (py - y - 152) * 0.8) for px, py in shield],
        accent)
    canvas.fill(star(cx, y + 144, 38), GOLD)
    for side in (-1, 1):
        drape = smooth([(cx + side * (a.neck + 6), y - 50), (cx + side * w * 0.7, y - 24),
            (cx + side * w * 0.5, y + 52), (cx + side * (a.neck + 26), y + 14)])
        canvas.model(drape, accent, edge=9)


def _royal(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    y, cx = a.shoulder_y, a.cx
    canvas.fill([(cx - 50, y - 20), (cx + 50, y - 20), (cx + 66, 1040), (cx - 66, 1040)],
        mix(tone, GOLD, 0.75))
    for side in (-1, 1):
        canvas.brush([(cx + side * 52, y - 20), (cx + side * 68, 1040)], (12, 12), GOLD)
    fur = smooth([(cx - a.neck - 12, y - 62), (cx, y + 16), (cx + a.neck + 12, y - 62),
        (cx + a.shoulder_w * 0.86, y + 8), (cx + a.shoulder_w * 0.7, y + 104),
                  (cx, y + 150), (cx - a.shoulder_w * 0.7, y + 104),
                  (cx - a.shoulder_w * 0.86, y + 8)])
    canvas.model(fur, (248, 244, 236), edge=14)
    for dx, dy in ((-150, 40), (-96, 88), (-112, 4), (150, 40), (96, 88), (112, 4), (-34, 112),
            (34, 112), (-60, 46), (60, 46)):
        canvas.fill(smooth([(cx + dx, y + dy - 10), (cx + dx + 6, y + dy + 8),
            (cx + dx - 6, y + dy + 8)]), INK)
    canvas.model(ellipse(cx, y + 122, 28, 32), GOLD, edge=6)
    canvas.model(ellipse(cx, y + 122, 16, 20), (184, 32, 58), edge=5)


def _habit(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, mix(tone, CREAM, 0.35))
    y, w, cx = a.shoulder_y, a.shoulder_w, a.cx
    crossed_front(canvas, a, CREAM, darker(tone, 0.25))
    wrap = smooth([(cx - w * 0.4, y - 30), (cx - w * 0.98, y + 30), (cx - w * 1.24, 1040),
        (cx + w * 0.9, 1040), (cx + w * 0.62, 850), (cx - 30, y + 140)])
    canvas.model(wrap, darker(tone, 0.22), edge=16)
    for k in range(3):
        canvas.brush(smooth([(cx - w * (0.5 + k * 0.14), y + k * 40), (cx - 60, y + 170 + k * 40),
            (cx + w * 0.6, 930 + k * 40)], closed=False), (3, 6, 3), GOLD)


def _ninja(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    crossed_front(canvas, a, darker(tone, 0.3), lighter(tone, 0.16))
    canvas.brush([(a.cx - 190, a.shoulder_y + 10), (a.cx + 150, 880)], (26, 26),
        colour(a.traits.accent))


def _pirate(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, (246, 240, 226), 70, 300)
    ruff = smooth([(a.cx - 40, a.shoulder_y - 20), (a.cx + 40, a.shoulder_y - 20),
        (a.cx + 54, a.shoulder_y + 40), (a.cx + 30, a.shoulder_y + 66),
        (a.cx + 40, a.shoulder_y + 110),
                   (a.cx, a.shoulder_y + 146), (a.cx - 40, a.shoulder_y + 110),
                   (a.cx - 30, a.shoulder_y + 66), (a.cx - 54, a.shoulder_y + 40)])
    canvas.model(ruff, WHITE, edge=8)
    lapels(canvas, a, darker(tone, 0.2), 270, wide=1.3)
    for side in (-1, 1):
        for k in range(4):
            canvas.model(ellipse(a.cx + side * (104 - k * 18), a.shoulder_y + 106 + k * 52, 10),
                GOLD, edge=3)
    canvas.brush([(a.cx + 190, a.shoulder_y), (a.cx - 170, 900)], (34, 34), LEATHER)


def _tunic(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    hood(canvas, a, darker(tone, 0.2))
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 46, 110)
    for k in range(3):
        y = a.shoulder_y + 26 + k * 30
        canvas.stroke([(a.cx - 32 + k * 9, y), (a.cx + 32 - k * 9, y + 16)], 5, CREAM)
        canvas.stroke([(a.cx + 32 - k * 9, y), (a.cx - 32 + k * 9, y + 16)], 5, CREAM)
    canvas.brush([(a.cx - 180, a.shoulder_y - 4), (a.cx + 170, 900)], (30, 30), LEATHER)
    belt(canvas, a, LEATHER, 846)


def _santa(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    canvas.model(box(a.cx - 30, a.shoulder_y, a.cx + 30, 1040), (250, 248, 244), edge=8)
    roll = smooth([(a.cx - a.neck - 40, a.shoulder_y - 50), (a.cx, a.shoulder_y),
        (a.cx + a.neck + 40, a.shoulder_y - 50), (a.cx + a.neck + 60, a.shoulder_y + 10),
                   (a.cx, a.shoulder_y + 70), (a.cx - a.neck - 60, a.shoulder_y + 10)])
    canvas.model(roll, (250, 248, 244), edge=10)
    belt(canvas, a, INK, 846)


def _ruffle(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    with canvas.inside(a.torso()):
        for k in range(12):
            at = (240 + a.traits.lot(f"dot{k}", 520), a.shoulder_y + 40 + a.traits.lot(f"spot{k}",
                260))
            canvas.dot(at, 26, ((206, 58, 58), (58, 120, 196), (64, 160, 108))[k % 3])
    for k in range(9):
        t = arc(a.cx, a.shoulder_y - 20, a.neck + 74, 50, 190 - k * 25, 190 - k * 25)[0]
        canvas.model(ellipse(t[0], t[1], 38, 44), (WHITE, (244, 214, 224))[k % 2], edge=8)


TAILORS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "armour": _armour,
    "hanfu": _hanfu,
    "kimono": _kimono,
    "robe": _robe,
    "cape": _cape,
    "royal": _royal,
    "habit": _habit,
    "ninja": _ninja,
    "pirate": _pirate,
    "tunic": _tunic,
    "santa": _santa,
    "ruffle": _ruffle,
}
"""How each costume is drawn."""
