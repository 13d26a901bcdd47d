"""Hair: what hangs behind the head and what lies on it."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import Colour, colour, darker, lighter
from .shapes import Outline, ellipse, flipped, mirrored, smooth, star

_FALLS = {"long": 290, "wavy": 280, "bob": 40, "curly": 60}


def hair_colour(a: Anatomy) -> Colour:
    """The colour of the hair."""
    return colour(a.traits.hair_colour)


def draw_hair_behind(canvas: Canvas, a: Anatomy) -> None:
    """The hair that is seen behind head and shoulders."""
    style, tone = a.traits.hair_style, darker(hair_colour(a), 0.3)
    cx, w, h, y = a.cx, a.head_w, a.head_h, a.head_y
    if style in ("long", "wavy", "bob"):
        canvas.model(_curtain(a, style), tone, depth=0.3, edge=18)
    elif style.startswith("curly") and a.traits.gender == "female":
        _cloud(canvas, a, tone, 1.42, 1.5, 26, drop=50)
    elif style == "afro":
        canvas.model(_round_cloud(cx, y - h * 0.28, w * 1.62, h * 1.24, 22), tone, edge=22)
    elif style == "ponytail":
        tail = smooth([(cx + 40, a.top + 10), (cx + w * 1.3, a.top + 20), (cx + w * 1.72, y + 40),
                       (cx + w * 1.46, y + 230), (cx + w * 1.2, y + 140), (cx + w * 1.1, y - 20)])
        canvas.model(tail, tone, edge=14)
        canvas.brush(smooth([(cx + w, a.top + 40), (cx + w * 1.42, y), (cx + w * 1.42, y + 190)],
                            closed=False), (3, 8, 2), lighter(tone, 0.2))
    elif style == "twintails":
        for side in (-1, 1):
            tail = smooth([(cx + side * w * 0.86, y - h * 0.5), (cx + side * w * 1.5, y - h * 0.5),
                           (cx + side * w * 1.75, y + h * 0.5), (cx + side * w * 1.45, y + h * 1.3),
                           (cx + side * w * 1.15, y + h * 0.4)])
            canvas.model(tail, tone, edge=12)
    elif style == "topknot":
        fall = a.shoulder_y + 110
        shape = [(cx + w * 0.8, y - 60), (cx + w * 1.12, y + 40), (cx + w * 1.2, fall),
            (cx, fall + 30)]
        canvas.model(smooth(mirrored(shape, cx)), tone, edge=14)


def _curtain(a: Anatomy, style: str) -> Outline:
    cx, w, h, y = a.cx, a.head_w, a.head_h, a.head_y
    fall = a.chin + _FALLS[style] * (0.8 if a.traits.age == "child" else 1)
    wide = 1.34 if style != "wavy" else 1.5
    half = [(cx, a.top - 24), (cx + w * 0.72, a.top - 2), (cx + w * 1.16, y - h * 0.3)]
    if style == "wavy":
        span = fall - y
        half += [(cx + w * (1.32 if k % 2 else 1.52), y + span * k / 5) for k in range(5)]
    else:
        half += [(cx + w * 1.24, y + h * 0.4), (cx + w * wide, fall - 40)]
    half += [(cx + w * wide * 0.92, fall), (cx + w * 0.5, fall + 14), (cx, fall + 6)]
    return mirrored(smooth(half, closed=False), cx)


def _round_cloud(cx: float, cy: float, rx: float, ry: float, bumps: int) -> Outline:
    points = []
    for i in range(bumps * 2):
        r = 1.0 if i % 2 else 0.93
        t = pi * i / bumps
        points.append((cx + rx * r * cos(t), cy + ry * r * sin(t)))
    return smooth(points, steps=5)


def _cloud(
    canvas: Canvas, a: Anatomy, tone: Colour, wide: float, tall: float, r: float, drop: float = 0
) -> None:
    canvas.model(
        _round_cloud(a.cx, a.head_y - a.head_h * 0.12 + drop, a.head_w * wide,
        a.head_h * tall * 0.86, 17),
        tone,
        edge=r * 0.6,
    )


def draw_hair(canvas: Canvas, a: Anatomy) -> None:
    """The hair that lies on the head."""
    style = a.traits.hair_style
    if style == "bald":
        shine = ellipse(a.cx + canvas.light * a.head_w * 0.42, a.top + a.head_h * 0.3, 26, 15,
                        canvas.light * -30)
        canvas.fill(shine, lighter(a.skin, 0.5), 0.6)
        if a.traits.age in ("middle", "old") and a.traits.role != "monk":
            _fringe_round_bald(canvas, a)
        return
    _CUTS.get(style, _short)(canvas, a)


def cap_outline(a: Anatomy, lift: float, hairline: list[tuple[float, float]],
        down: float) -> Outline:
    """Hair over the skull: out to the sides, up over the crown, and back along the hairline.

    The hairline runs in head measures from the right temple to the left one.
    """
    cx, w, h, y = a.cx, a.head_w, a.head_h, a.head_y
    over = [
        (cx - w * 1.03, y + h * down), (cx - w * 1.1, y - h * 0.3),
        (cx - w * 0.76, a.top + h * 0.1 - lift * 0.6),
        (cx, a.top - lift), (cx + w * 0.76, a.top + h * 0.1 - lift * 0.6),
        (cx + w * 1.1, y - h * 0.3),
        (cx + w * 1.03, y + h * down),
    ]
    line = [(cx + w * px, y + h * py) for px, py in hairline]
    return [*smooth(over, closed=False), *smooth(line, closed=False)]


def _paint_cap(canvas: Canvas, a: Anatomy, outline: Outline) -> None:
    tone = hair_colour(a)
    canvas.model(outline, tone, depth=0.32, edge=16)
    with canvas.inside(outline):
        gleam = smooth(
            [(a.cx + canvas.light * a.head_w * t, a.top + a.head_h * d)
             for t, d in ((0.96, 0.6), (0.62, 0.2), (0.1, 0.1), (0.4, 0.26), (0.72, 0.5))]
        )
        canvas.fill(gleam, lighter(tone, 0.24), 0.8)


def _strands(canvas: Canvas, a: Anatomy, lines: list[list[tuple[float, float]]]) -> None:
    tone = darker(hair_colour(a), 0.34)
    for line in lines:
        points = [(a.cx + a.head_w * x, a.head_y + a.head_h * y) for x, y in line]
        canvas.brush(smooth(points, closed=False), (1, 4, 1.5), tone)


def _short(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.93, -0.02), (0.9, -0.34), (0.6, -0.5), (0.1, -0.46), (-0.3, -0.58), (-0.8, -0.5),
            (-0.92, -0.28), (-0.93, -0.02)]
    if a.traits.gender == "female":
        line = [(0.9, 0.24), (0.86, -0.3), (0.3, -0.62), (-0.2, -0.4), (-0.72, -0.22),
            (-0.88, 0.24)]
    _paint_cap(canvas, a, cap_outline(a, 22, line, 0.05 if a.traits.gender == "male" else 0.34))
    _strands(canvas, a, [[(0.1, -0.98), (0.5, -0.8), (0.78, -0.52)],
        [(-0.1, -0.98), (0.1, -0.86), (0.2, -0.7)]])


def _side(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.94, -0.02), (0.9, -0.36), (0.78, -0.6), (0.2, -0.66), (-0.56, -0.74), (-0.86, -0.44),
            (-0.94, -0.02)]
    _paint_cap(canvas, a, cap_outline(a, 26, line, 0.05))
    _strands(canvas, a, [[(-0.56, -0.74), (-0.2, -0.96), (0.5, -1.0)],
        [(-0.3, -0.72), (0.3, -0.84), (0.9, -0.62)],
                         [(-0.5, -0.73), (0.1, -0.92), (0.8, -0.82)]])


def _messy(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.94, 0.02), (0.84, -0.3), (0.7, -0.16), (0.52, -0.46), (0.3, -0.24), (0.08, -0.5),
            (-0.14, -0.26), (-0.4, -0.5), (-0.6, -0.22), (-0.8, -0.4), (-0.94, 0.02)]
    outline = cap_outline(a, 36, line, 0.1)
    _paint_cap(canvas, a, outline)
    tone = hair_colour(a)
    for x, y, dx, dy in ((-0.5, -1.1, -16, -30), (0.1, -1.22, 16, -30), (0.6, -1.04, 30, -16),
            (-0.98, -0.6, -26, -6),
                         (1.0, -0.55, 26, 2)):
        px, py = a.cx + a.head_w * x, a.head_y + a.head_h * y
        canvas.fill([(px - 20, py + 22), (px + dx, py + dy), (px + 22, py + 20)], tone)


def _spiky(canvas: Canvas, a: Anatomy) -> None:
    tone = hair_colour(a)
    crown = star(a.cx, a.head_y - a.head_h * 0.42, a.head_w * 1.42, 13, 0.72)
    clipped = [(x, min(y, a.head_y - a.head_h * 0.2)) for x, y in crown]
    canvas.model(clipped, tone, edge=14)
    line = [(0.96, -0.1), (0.8, -0.5), (0.56, -0.3), (0.3, -0.62), (0.0, -0.34), (-0.3, -0.62),
        (-0.56, -0.3),
            (-0.8, -0.5), (-0.96, -0.1)]
    _paint_cap(canvas, a, cap_outline(a, 12, line, -0.06))


def _curls(canvas: Canvas, a: Anatomy, places: list[tuple[float, float]], r: float) -> None:
    for x, y in places:
        canvas.model(ellipse(a.cx + a.head_w * x, a.head_y + a.head_h * y, r), hair_colour(a),
            depth=0.3, edge=9)


def _curly_low(canvas: Canvas, a: Anatomy) -> None:
    """Only the curls beside the face, for wear under a hat."""
    low = 0.5 if a.traits.gender == "female" else -0.1
    for side in (-1, 1):
        _curls(canvas, a, [(side * 1.14, low), (side * 1.14, low - 0.34)], 34)


def _curly(canvas: Canvas, a: Anatomy) -> None:
    _curly_low(canvas, a)
    low = 0.5 if a.traits.gender == "female" else -0.1
    for side in (-1, 1):
        _curls(canvas, a, [(side * 1.1, low - 0.66 if low > 0 else -0.4), (side * 0.92, -0.72)], 36)
    crown = [(-0.6, -0.66), (-0.2, -0.8), (0.24, -0.78), (0.62, -0.64), (0, -0.95), (-0.42, -0.9),
        (0.44, -0.9)]
    _curls(canvas, a, crown, 38)


def _afro(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.98, 0.0), (0.9, -0.4), (0.5, -0.6), (0, -0.64), (-0.5, -0.6), (-0.9, -0.4),
        (-0.98, 0.0)]
    canvas.fill(cap_outline(a, 60, line, 0.02), hair_colour(a))


def _buzz(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.95, -0.06), (0.9, -0.4), (0.66, -0.64), (0, -0.7), (-0.66, -0.64), (-0.9, -0.4),
        (-0.95, -0.06)]
    outline = cap_outline(a, 4, line, 0.0)
    canvas.model([(a.cx + (x - a.cx) * 0.955, y) for x, y in outline], hair_colour(a), edge=9)


def _bob(canvas: Canvas, a: Anatomy) -> None:
    _side_locks(canvas, a, 0.98)
    line = [(0.96, 0.1), (0.86, -0.2), (0.4, -0.26), (0, -0.24), (-0.4, -0.26), (-0.86, -0.2),
        (-0.96, 0.1)]
    _paint_cap(canvas, a, cap_outline(a, 26, line, 0.3))
    _strands(canvas, a, [[(0.3, -0.9), (0.42, -0.6), (0.4, -0.3)],
        [(-0.3, -0.9), (-0.42, -0.6), (-0.4, -0.3)],
                         [(0, -0.95), (0.04, -0.6), (0, -0.28)]])


def _side_locks(canvas: Canvas, a: Anatomy, end: float) -> None:
    tone, w, h = hair_colour(a), a.head_w, a.head_h
    lock = smooth([(a.cx + w * 0.8, a.head_y - h * 0.5), (a.cx + w * 1.14, a.head_y - h * 0.2),
                   (a.cx + w * 1.2, a.head_y + h * end * 0.8),
                   (a.cx + w * 1.04, a.head_y + h * end),
                   (a.cx + w * 0.86, a.head_y + h * end * 0.6), (a.cx + w * 0.9, a.head_y)])
    for outline in (lock, flipped(lock, a.cx)):
        canvas.model(outline, tone, edge=10)


def _long(canvas: Canvas, a: Anatomy) -> None:
    _side_locks(canvas, a, 1.75 if a.traits.age != "child" else 1.4)
    left = a.traits.lot("part", 2)
    line = [(0.94, 0.06), (0.84, -0.3), (0.5, -0.56), (0.12, -0.76), (-0.3, -0.54), (-0.78, -0.3),
        (-0.94, 0.06)]
    if left:
        line = [(-x, y) for x, y in reversed(line)]
    _paint_cap(canvas, a, cap_outline(a, 24, line, 0.24))
    way = -1 if left else 1
    _strands(canvas, a, [[(0.12 * way, -0.8), (0.5 * way, -0.78), (0.94 * way, -0.36)],
                         [(0.12 * way, -0.8), (-0.4 * way, -0.74), (-0.94 * way, -0.34)]])


def _tied(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.95, 0.02), (0.88, -0.34), (0.56, -0.6), (0, -0.68), (-0.56, -0.6), (-0.88, -0.34),
        (-0.95, 0.02)]
    _paint_cap(canvas, a, cap_outline(a, 18, line, 0.04))
    _strands(canvas, a, [[(0.6, -0.58), (0.4, -0.86), (0.1, -1.06)],
        [(-0.6, -0.58), (-0.4, -0.86), (-0.1, -1.06)]])


def _bun(canvas: Canvas, a: Anatomy) -> None:
    canvas.model(ellipse(a.cx, a.top - 30, 52, 46), hair_colour(a), depth=0.3, edge=12)
    canvas.brush(smooth([(a.cx - 30, a.top - 40), (a.cx, a.top - 22), (a.cx + 34, a.top - 36)],
        closed=False),
                 (1, 5, 1), darker(hair_colour(a), 0.34))
    _tied(canvas, a)
    for side in (-1, 1):
        wisp = smooth([(a.cx + side * a.head_w * 0.9, a.head_y - 30),
            (a.cx + side * a.head_w * 1.08, a.head_y + 40),
                       (a.cx + side * a.head_w * 0.96, a.head_y + 90)], closed=False)
        canvas.brush(wisp, (12, 9, 2), hair_colour(a))


def _topknot(canvas: Canvas, a: Anatomy) -> None:
    canvas.model(ellipse(a.cx, a.top - 26, 34, 40), hair_colour(a), edge=10)
    canvas.model([(a.cx - 30, a.top - 14), (a.cx + 30, a.top - 14), (a.cx + 24, a.top + 14),
        (a.cx - 24, a.top + 14)],
                 colour(a.traits.accent), edge=6)
    _tied(canvas, a)
    for side in (-1, 1):
        lock = smooth([(a.cx + side * a.head_w * 0.86, a.head_y - 50),
            (a.cx + side * a.head_w * 1.1, a.head_y + 60),
                       (a.cx + side * a.head_w * 1.0, a.head_y + 170)], closed=False)
        canvas.brush(lock, (20, 16, 3), hair_colour(a))


def _twintails(canvas: Canvas, a: Anatomy) -> None:
    _bob_fringe(canvas, a)
    for side in (-1, 1):
        canvas.model(ellipse(a.cx + side * a.head_w * 1.08, a.head_y - a.head_h * 0.5, 17),
            colour(a.traits.accent), edge=5)


def _bob_fringe(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.95, 0.04), (0.82, -0.28), (0.4, -0.34), (0, -0.3), (-0.4, -0.34), (-0.82, -0.28),
        (-0.95, 0.04)]
    _paint_cap(canvas, a, cap_outline(a, 22, line, 0.06))
    _strands(canvas, a, [[(0.0, -1.0), (0.02, -0.7), (0, -0.34)],
        [(0.4, -0.9), (0.46, -0.6), (0.42, -0.36)]])


def _braids(canvas: Canvas, a: Anatomy) -> None:
    tone = hair_colour(a)
    for side in (-1, 1):
        for k in range(6):
            x = a.cx + side * (a.head_w * 1.04 + (6 if k % 2 else -4) + k * 3)
            canvas.model(ellipse(x, a.head_y + a.head_h * 0.3 + k * 42, 27, 29, side * 20), tone,
                edge=8)
        canvas.model(ellipse(a.cx + side * (a.head_w * 1.1 + 12), a.head_y + a.head_h * 0.3 + 248,
            18, 13),
                     colour(a.traits.accent), edge=5)
    _long_cap(canvas, a)


def _long_cap(canvas: Canvas, a: Anatomy) -> None:
    line = [(0.95, 0.1), (0.84, -0.3), (0.4, -0.6), (0, -0.78), (-0.4, -0.6), (-0.84, -0.3),
        (-0.95, 0.1)]
    _paint_cap(canvas, a, cap_outline(a, 20, line, 0.2))
    _strands(canvas, a, [[(0, -0.8), (0, -0.95), (0, -1.12)]])


def _fringe_round_bald(canvas: Canvas, a: Anatomy) -> None:
    for side in (-1, 1):
        tuft = smooth([(a.cx + side * a.head_w * 0.93, a.head_y - a.head_h * 0.42),
                       (a.cx + side * a.head_w * 1.12, a.head_y - a.head_h * 0.2),
                       (a.cx + side * a.head_w * 1.06, a.head_y + a.head_h * 0.16),
                       (a.cx + side * a.head_w * 0.92, a.head_y)])
        canvas.model(tuft, hair_colour(a), edge=7)


_CUTS: dict[str, Callable[[Canvas, Anatomy], None]] = {
    "short": _short, "side": _side, "messy": _messy, "spiky": _spiky, "curly": _curly,
    "curly-low": _curly_low, "afro": _afro,
    "buzz": _buzz, "bob": _bob, "long": _long, "wavy": _long, "ponytail": _tied, "bun": _bun,
    "topknot": _topknot, "twintails": _twintails, "braids": _braids,
}
