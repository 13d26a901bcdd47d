"""Eyes and mouths of beings that are not human, with the same feelings."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .canvas import Canvas
from .colours import WHITE, Colour, darker, lighter
from .shapes import box, ellipse, smooth

_DARK: Colour = (34, 26, 34)


def round_eye(
    canvas: Canvas, x: float, y: float, r: float, iris: Colour, mood: str, side: int, lid: Colour
) -> None:
    """One big eye; the lid lies on it as the mood has it."""
    white = ellipse(x, y, r * 0.92, r)
    canvas.fill(ellipse(x, y, r * 1.06, r * 1.14), darker(lid, 0.5))
    canvas.fill(white, (254, 252, 246))
    with canvas.inside(white):
        canvas.fill(ellipse(x - side * r * 0.08, y + r * 0.08, r * 0.72), darker(iris, 0.3))
        canvas.fill(ellipse(x - side * r * 0.08, y + r * 0.12, r * 0.6), iris)
        canvas.fill(ellipse(x - side * r * 0.08, y + r * 0.38, r * 0.4, r * 0.26),
            lighter(iris, 0.35))
        canvas.fill(ellipse(x - side * r * 0.08, y + r * 0.06, r * 0.4), (18, 14, 22))
        _lid(canvas, x, y, r, mood, side, lid)
    canvas.dot((x - side * r * 0.08 + canvas.light * r * 0.26, y - r * 0.2), r * 0.2, WHITE)


def _lid(canvas: Canvas, x: float, y: float, r: float, mood: str, side: int, tone: Colour) -> None:
    drop_in, drop_out = {
        "angry": (0.95, 0.1), "serious": (0.62, 0.3), "sad": (0.1, 0.85), "sly": (0.62, 0.46),
        "calm": (0.34, 0.34), "shy": (0.2, 0.44), "surprised": (-0.2, -0.2),
    }.get(mood, (0.14, 0.14))
    inner, outer = x - side * r * 1.2, x + side * r * 1.2
    canvas.fill(
        [(inner, y - r * 1.3), (outer, y - r * 1.3), (outer, y - r + r * drop_out),
        (inner, y - r + r * drop_in)],
        darker(tone, 0.16),
    )


def muzzle_mouth(canvas: Canvas, x: float, y: float, w: float, mood: str) -> None:
    """The mouth of an animal under its nose, of the mood."""
    if mood in ("grin", "surprised"):
        shape = smooth([(x - w * 0.7, y), (x, y + 6), (x + w * 0.7, y), (x + w * 0.4, y + w * 0.62),
            (x, y + w * 0.8), (x - w * 0.4, y + w * 0.62)])
        canvas.fill(shape, (112, 34, 42))
        with canvas.inside(shape):
            canvas.fill(ellipse(x, y + w * 0.78, w * 0.42, w * 0.3), (232, 112, 118))
        canvas.brush(smooth([(x - w * 0.9, y - 6), (x - w * 0.4, y + 8), (x, y),
            (x + w * 0.4, y + 8), (x + w * 0.9, y - 6)], closed=False), (3, 6, 6, 3), _DARK)
        return
    lift = {"smile": 16, "sly": 13, "sad": -14, "angry": -14, "serious": -3}.get(mood, 7)
    for side in (-1, 1):
        line = smooth([(x, y), (x + side * w * 0.4, y + 10 + lift * 0.3),
            (x + side * w * 0.86, y + 4 - lift)], closed=False)
        canvas.brush(line, (6, 6, 3), _DARK)


def line_mouth(canvas: Canvas, x: float, y: float, w: float, mood: str, tone: Colour) -> None:
    """A mouth of one line, open where the mood is loud."""
    lift = {"smile": 20, "grin": 26, "sly": 14, "sad": -18, "angry": -18, "serious": 0,
        "calm": 9}.get(mood, 6)
    if mood == "surprised":
        canvas.fill(ellipse(x, y + 8, w * 0.3, w * 0.36), tone)
        return
    if mood == "grin":
        shape = smooth([(x - w, y - lift * 0.5), (x, y + lift * 0.3), (x + w, y - lift * 0.5),
            (x + w * 0.5, y + lift * 1.5), (x, y + lift * 1.9), (x - w * 0.5, y + lift * 1.5)])
        canvas.fill(shape, tone)
        with canvas.inside(shape):
            canvas.fill(box(x - w, y - lift, x + w, y + lift * 0.6), WHITE)
        return
    canvas.brush(smooth([(x - w, y - lift * 0.6), (x, y + lift * 0.5), (x + w, y - lift * 0.6)],
        closed=False), (5, 9, 5), tone)
