"""The parts clothes are made of: the cloth itself, collars, lapels, seams, buttons."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import GOLD, Colour, darker, lighter
from .shapes import box, ellipse, flipped, mirrored, smooth


def garment(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    """Cloth over the whole bust, with the folds where the arms begin."""
    y, w, cx = a.shoulder_y, a.shoulder_w, a.cx
    outline = mirrored(
        smooth(
            [(cx, y + 18), (cx + a.neck * 0.6, y + 8), (cx + a.neck + 16, y - 40),
            (cx + w * 0.62, y - 16),
             (cx + w * 0.92, y + 16), (cx + w * 1.08, y + 92), (cx + w * 1.16, y + 220),
             (cx + w * 1.2, 1040)],
            closed=False,
        ),
        cx,
    )
    canvas.model(outline, tone, depth=0.26, edge=26)
    for side in (-1, 1):
        arm = smooth([(cx + side * w * 0.8, y + 120), (cx + side * w * 0.73, y + 210),
            (cx + side * w * 0.76, 1040)], closed=False)
        canvas.brush(arm, (3, 9, 7), darker(tone, 0.34))
        fold = smooth([(cx + side * w * 0.62, y + 70), (cx + side * w * 0.74, y + 112),
            (cx + side * w * 0.8, y + 124)], closed=False)
        canvas.brush(fold, (1, 6, 3), darker(tone, 0.24))


def neckline(canvas: Canvas, a: Anatomy, tone: Colour, wide: float = 15) -> None:
    """A round neck with a ribbed edge."""
    r = a.neck + 12
    throat = smooth([(a.cx - r, a.shoulder_y - 44), (a.cx + r, a.shoulder_y - 44),
        (a.cx + r * 0.72, a.shoulder_y + 8),
                     (a.cx, a.shoulder_y + 28), (a.cx - r * 0.72, a.shoulder_y + 8)])
    canvas.fill(throat, darker(a.skin, 0.2))
    rim = smooth([(a.cx - r, a.shoulder_y - 40), (a.cx - r * 0.7, a.shoulder_y + 10),
        (a.cx, a.shoulder_y + 32),
                  (a.cx + r * 0.7, a.shoulder_y + 10), (a.cx + r, a.shoulder_y - 40)],
                  closed=False)
    canvas.brush(rim, (wide * 0.8, wide, wide, wide, wide * 0.8), tone)


def v_neck(canvas: Canvas, a: Anatomy, inner: Colour, wide: float, deep: float) -> None:
    """An open front showing what is beneath; skin shows with its shadow."""
    y = a.shoulder_y
    shape = [(a.cx - wide, y - 30), (a.cx + wide, y - 30), (a.cx + 4, y + deep),
        (a.cx - 4, y + deep)]
    canvas.fill(shape, inner)
    if inner == a.skin:
        canvas.fill([(a.cx - wide, y - 32), (a.cx + wide, y - 32), (a.cx, y + 26)],
            darker(a.skin, 0.24))


def collar(canvas: Canvas, a: Anatomy, tone: Colour, size: float = 1.0,
        stand: bool = False) -> None:
    """A shirt collar, or a standing one."""
    y, n = a.shoulder_y, a.neck
    if stand:
        band = [(a.cx - n - 16, y - 52), (a.cx - 7, y - 8), (a.cx - 7, y + 36),
            (a.cx - n - 26, y - 4)]
    else:
        band = [(a.cx - n - 12, y - 50), (a.cx - 4, y + 12), (a.cx - 34 * size, y + 56 * size),
            (a.cx - n - 40 * size, y - 4)]
    for outline in (band, flipped(band, a.cx)):
        canvas.model(outline, tone, edge=6)


def lapels(canvas: Canvas, a: Anatomy, tone: Colour, deep: float, wide: float = 1.0) -> None:
    """The turned-back front edges of a jacket."""
    y = a.shoulder_y
    flap = [
        (a.cx - a.neck - 20, y - 44), (a.cx - 112 * wide, y + 30), (a.cx - 88 * wide, y + 62),
        (a.cx - 108 * wide, y + 84), (a.cx - 2, y + deep), (a.cx - 44, y + 40),
    ]
    for outline in (flap, flipped(flap, a.cx)):
        canvas.model(outline, lighter(tone, 0.09), depth=0.3, edge=6)
        canvas.brush([*outline[1:5]], (2, 3, 3), darker(tone, 0.34))


def seam(canvas: Canvas, a: Anatomy, tone: Colour, top: float | None = None) -> None:
    """The line where the front closes."""
    canvas.brush([(a.cx, top or a.shoulder_y + 40), (a.cx, 1030)], (4, 4), darker(tone, 0.32))


def buttons(canvas: Canvas, a: Anatomy, tone: Colour, top: float, count: int = 4) -> None:
    """A row of buttons down the front."""
    for k in range(count):
        canvas.model(ellipse(a.cx, top + k * 58, 8), tone, edge=3)


def stripes(canvas: Canvas, a: Anatomy, tone: Colour, step: int, thick: int, top: float) -> None:
    """Cross stripes over the cloth."""
    with canvas.inside(a.torso()):
        for y in range(int(top), 1000, step):
            bow = smooth([(a.cx - 330, y + 10), (a.cx, y + 26), (a.cx + 330, y + 10)], closed=False)
            canvas.brush(bow, (thick, thick), tone)


def belt(canvas: Canvas, a: Anatomy, tone: Colour, y: float) -> None:
    """A belt with a buckle."""
    w = a.shoulder_w * 0.78
    canvas.model(box(a.cx - w, y - 18, a.cx + w, y + 18), tone, edge=5)
    canvas.stroke([*box(a.cx - 24, y - 20, a.cx + 24, y + 20, 6), (a.cx - 24, y - 14)], 6, GOLD)


def hood(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    """A hood lying behind the neck."""
    w = a.neck + 84
    shape = smooth([(a.cx - w, a.shoulder_y + 10), (a.cx - w * 0.9, a.shoulder_y - 62),
        (a.cx, a.shoulder_y - 84),
                    (a.cx + w * 0.9, a.shoulder_y - 62), (a.cx + w, a.shoulder_y + 10),
                    (a.cx, a.shoulder_y + 60)])
    canvas.model(shape, tone, edge=12)
    head = ellipse(a.cx, a.shoulder_y - 40, a.neck + 6, 60)
    canvas.fill(head, darker(a.skin, 0.24))


def crossed_front(canvas: Canvas, a: Anatomy, under: Colour, trim: Colour) -> None:
    """Two fronts crossing below the throat, as on robes of East Asia."""
    y = a.shoulder_y
    canvas.fill([(a.cx - a.neck - 22, y - 46), (a.cx + a.neck + 22, y - 46), (a.cx + 6, y + 106),
        (a.cx - 6, y + 106)], a.skin)
    canvas.fill([(a.cx - a.neck, y - 46), (a.cx + a.neck, y - 46), (a.cx, y + 30)],
        darker(a.skin, 0.24))
    right = [(a.cx + a.neck + 20, y - 48), (a.cx + 40, y + 50), (a.cx - 70, y + 210)]
    left = [(a.cx - a.neck - 20, y - 48), (a.cx - 36, y + 50), (a.cx + 90, y + 250)]
    for line, tone, wide in ((right, under, 44), (left, under, 44), (right, trim, 26),
            (left, trim, 26)):
        canvas.brush(smooth(line, closed=False), (wide * 0.8, wide, wide), tone)
    canvas.brush([(x + 20, z) for x, z in smooth(left, closed=False)], (3, 4, 3), darker(trim, 0.4))


def shirt(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    """A buttoned shirt with its collar."""
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 30, 46)
    collar(canvas, a, lighter(tone, 0.12))
    seam(canvas, a, tone)
    buttons(canvas, a, lighter(tone, 0.5), a.shoulder_y + 90)


def tie(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    """A tie with its knot."""
    y = a.shoulder_y
    canvas.model([(a.cx - 14, y + 32), (a.cx + 14, y + 32), (a.cx + 30, y + 190), (a.cx, y + 222),
                  (a.cx - 30, y + 190)], tone, edge=7)
    canvas.model([(a.cx - 21, y + 4), (a.cx + 21, y + 4), (a.cx + 13, y + 38), (a.cx - 13, y + 38)],
                 darker(tone, 0.1), edge=5)
