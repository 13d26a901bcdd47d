"""Robots, of several builds."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .anatomy import Anatomy
from .animals import fur
from .canvas import Canvas
from .clothes import draw_clothes
from .colours import Colour, colour, darker, lighter
from .expressions import line_mouth
from .shapes import Outline, box, ellipse, smooth

_SCREEN: Colour = (26, 34, 52)


def draw_robot(canvas: Canvas, a: Anatomy) -> None:
    """A robot; which of the builds it has is its own for good."""
    tone, build = fur(a), a.traits.lot("robot", 4)
    light = colour(a.traits.accent) if a.traits.lot("lit", 3) == 0 else (88, 226, 232)
    _body(canvas, a, tone, light)
    draw_clothes(canvas, a)
    if not a.traits.hat:
        _aerial(canvas, a, build, light)
    _ears(canvas, a, tone, light)
    head = _head(a, build)
    canvas.model(head, tone, depth=0.32, edge=18)
    visor = _visor(a, build)
    canvas.model(visor, _SCREEN, depth=0.5, edge=8)
    with canvas.inside(visor):
        _face(canvas, a, light)
        canvas.fill([(a.cx - 150, a.head_y - 120), (a.cx - 60, a.head_y - 120),
            (a.cx - 130, a.head_y + 120), (a.cx - 220, a.head_y + 120)], (255, 255, 255), 0.07)
    if build in (1, 3):
        for side in (-1, 1):
            canvas.dot((a.cx + side * a.head_w * 0.86, a.chin - 16), 7, darker(tone, 0.4))
    if a.traits.age == "old":
        _wear(canvas, a, tone)


def _body(canvas: Canvas, a: Anatomy, tone: Colour, light: Colour) -> None:
    cx, y, w = a.cx, a.shoulder_y - 10, a.shoulder_w
    for side in (-1, 1):
        arm = smooth([(cx + side * w * 0.9, y + 60), (cx + side * w * 1.16, y + 90),
            (cx + side * w * 1.2, 1040), (cx + side * w * 0.86, 1040)], steps=5)
        canvas.model(arm, darker(tone, 0.14), edge=10)
        for k in range(3):
            canvas.brush([(cx + side * w * 0.88, y + 180 + k * 26),
                (cx + side * w * 1.18, y + 176 + k * 26)], (6, 6), darker(tone, 0.4))
        canvas.model(ellipse(cx + side * w * 0.98, y + 58, 60), darker(tone, 0.06), edge=12)
        canvas.dot((cx + side * w * 0.98, y + 58), 20, darker(tone, 0.3))
    for k in range(4):
        canvas.model(box(cx - 40, a.chin - 12 + k * 19, cx + 40, a.chin + 4 + k * 19, 8),
            (92, 100, 116), edge=4)
    trunk = smooth([(cx - w * 0.66, y + 6), (cx, y - 14), (cx + w * 0.66, y + 6),
        (cx + w * 0.84, y + 90), (cx + w * 0.7, 1060), (cx - w * 0.7, 1060),
        (cx - w * 0.84, y + 90)], steps=7)
    canvas.model(trunk, tone, depth=0.3, edge=20)
    panel = box(cx - 74, y + 70, cx + 74, y + 176, 20)
    canvas.model(panel, darker(tone, 0.2), edge=6)
    canvas.glow((cx, y + 122), 90, light, 0.8)
    canvas.model(ellipse(cx, y + 122, 32), light, depth=0.3, edge=7)
    canvas.dot((cx, y + 122), 15, lighter(light, 0.7))
    for k in range(3):
        canvas.brush([(cx - 54, y + 206 + k * 18), (cx + 54, y + 206 + k * 18)], (7, 7),
            darker(tone, 0.36))


def _head(a: Anatomy, build: int) -> Outline:
    cx, y, w, h = a.cx, a.head_y, a.head_w * 1.16, a.head_h
    if build == 0:
        return box(cx - w, y - h, cx + w, y + h * 0.9, 66)
    if build == 1:
        return box(cx - w * 0.96, y - h * 0.9, cx + w * 0.96, y + h * 0.96, 22)
    if build == 2:
        return ellipse(cx, y - 6, w * 1.08, h * 1.02)
    return smooth([(cx - w * 0.6, y - h), (cx + w * 0.6, y - h), (cx + w, y - h * 0.3),
        (cx + w * 0.84, y + h * 0.6), (cx + w * 0.4, y + h), (cx - w * 0.4, y + h),
        (cx - w * 0.84, y + h * 0.6), (cx - w, y - h * 0.3)])


def _visor(a: Anatomy, build: int) -> Outline:
    cx, y, w, h = a.cx, a.head_y, a.head_w, a.head_h
    if build == 3:
        return smooth([(cx - w * 0.94, y - h * 0.34), (cx + w * 0.94, y - h * 0.34),
            (cx + w * 0.78, y + h * 0.42), (cx, y + h * 0.74), (cx - w * 0.78, y + h * 0.42)])
    return box(cx - w * 0.92, y - h * 0.56, cx + w * 0.92, y + h * 0.6, 24 if build == 1 else 58)


def _aerial(canvas: Canvas, a: Anatomy, build: int, light: Colour) -> None:
    xs = (-60, 60) if build == 1 else (0,)
    for dx in xs:
        canvas.stroke([(a.cx + dx, a.top + 12), (a.cx + dx * 1.3, a.top - 62)], 9, (92, 100, 116))
        canvas.glow((a.cx + dx * 1.3, a.top - 68), 56, light, 0.8)
        canvas.model(ellipse(a.cx + dx * 1.3, a.top - 68, 17), light, edge=5)


def _ears(canvas: Canvas, a: Anatomy, tone: Colour, light: Colour) -> None:
    for side in (-1, 1):
        x = a.cx + side * a.head_w * 1.2
        canvas.model(box(x - 24, a.head_y - 44, x + 24, a.head_y + 44, 16), darker(tone, 0.2),
            edge=8)
        canvas.fill(box(x - 6, a.head_y - 22, x + 6, a.head_y + 22, 6), light)


def _face(canvas: Canvas, a: Anatomy, light: Colour) -> None:
    mood, y = a.traits.expression, a.head_y - 12
    size = a.youth
    for side in (-1, 1):
        x = a.cx + side * a.head_w * 0.42
        canvas.glow((x, y), 74, light, 0.5)
        if mood in ("smile", "grin"):
            canvas.brush(smooth([(x - 28, y + 10), (x, y - 20 * size), (x + 28, y + 10)],
                closed=False), (12, 17, 12), light)
        else:
            canvas.fill(ellipse(x, y, 21 * size, 27 * size), light)
            canvas.dot((x + canvas.light * 6, y - 8), 7, (255, 255, 255))
        lean = {"angry": 22, "serious": 10, "sly": 12, "sad": -20, "shy": -10}.get(mood, 0)
        if lean:
            canvas.fill([(x - side * 40, y - 42 + lean), (x + side * 40, y - 42 - lean * 0.4),
                (x + side * 40, y - 70), (x - side * 40, y - 70)], _SCREEN)
            canvas.brush([(x - side * 32, y - 34 + lean * 0.7),
                (x + side * 32, y - 34 - lean * 0.5)], (9, 7), light)
    line_mouth(canvas, a.cx, a.head_y + 40, 34, mood, light)


def _wear(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    for x, y, r in ((-70, -84, 17), (86, 74, 21), (-96, 60, 13), (40, -96, 11)):
        canvas.fill(ellipse(a.cx + x, a.head_y + y, r, r * 0.7), (158, 96, 56), 0.7)
    canvas.stroke([(a.cx + 70, a.head_y - 100), (a.cx + 96, a.head_y - 72),
        (a.cx + 88, a.head_y - 60)], 4, darker(tone, 0.5))
