"""Things carried in the hand: cups, flowers, balls, instruments."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .canvas import Canvas
from .colours import (
    CREAM,
    GOLD,
    INK,
    SILVER,
    WHITE,
    WOOD,
    Colour,
    colour,
    darker,
    lighter,
    mix,
)
from .shapes import arc, box, ellipse, smooth, star


def _helmet(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    y -= 66
    canvas.model(ellipse(x, y, 124, 120), (240, 242, 246), edge=16)
    canvas.model(ellipse(x - 8, y + 4, 96, 84), (44, 60, 96), depth=0.5, edge=10)
    canvas.brush(arc(x - 8, y + 4, 74, 62, 190, 260), (4, 15, 4), (150, 196, 232))
    canvas.model(box(x - 84, y + 96, x + 84, y + 126, 12), (170, 178, 192), edge=6)
    canvas.fill(box(x + 60, y - 116, x + 84, y - 70, 6), accent)


def _cup(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke(arc(x + 56, y - 44, 34, 38, -90, 90), 14, lighter(accent, 0.2))
    canvas.model(smooth([(x - 62, y - 110), (x + 62, y - 110), (x + 54, y + 20), (x, y + 44),
        (x - 54, y + 20)], steps=6), lighter(accent, 0.2), edge=9)
    canvas.fill(ellipse(x, y - 106, 60, 15), (110, 66, 40))
    for k in (-1, 1):
        canvas.brush(smooth([(x + k * 20, y - 130), (x + k * 30, y - 170), (x + k * 12, y - 200),
            (x + k * 24, y - 240)], closed=False), (2, 12, 2), WHITE, 0.7)


def _cake(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 86, y - 10, x + 86, y + 10, 8), SILVER, edge=4)
    canvas.model(box(x - 70, y - 90, x + 70, y - 8, 10), (236, 196, 140), edge=7)
    canvas.model(smooth([(x - 76, y - 92), (x, y - 120), (x + 76, y - 92), (x + 70, y - 62),
        (x + 40, y - 76), (x + 10, y - 54), (x - 24, y - 76), (x - 62, y - 56)]), (248, 220, 226),
        edge=6)
    canvas.model(ellipse(x, y - 126, 19), (206, 46, 62), edge=5)


def _flower(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush(smooth([(x, y + 100), (x + 8, y - 60), (x, y - 180)], closed=False), (8, 8, 7),
        (82, 140, 82))
    canvas.model(smooth([(x + 4, y - 70), (x + 56, y - 110), (x + 66, y - 70), (x + 30, y - 54)]),
        (92, 156, 90), edge=5)
    for k in range(3):
        r = 62 - k * 18
        for j in range(6):
            px, py = arc(x, y - 216, r * 0.62, r * 0.62, j * 60 + k * 30, j * 60 + k * 30)[0]
            canvas.model(ellipse(px, py, r * 0.52), mix((206, 50, 78), (250, 160, 170), k * 0.24),
                edge=4)


def _sprout(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush(smooth([(x, y - 80), (x + 8, y - 150), (x, y - 220)], closed=False), (9, 8, 6),
        (82, 140, 82))
    for s, dy in ((-1, -150), (1, -170), (-1, -220), (1, -230)):
        canvas.model(smooth([(x, y + dy), (x + s * 46, y + dy - 50), (x + s * 92, y + dy - 34),
            (x + s * 50, y + dy + 8)]), (104, 172, 96), edge=6)
    canvas.model([(x - 66, y - 84), (x + 66, y - 84), (x + 48, y + 40), (x - 48, y + 40)],
        (196, 108, 70), edge=9)
    canvas.model(box(x - 74, y - 98, x + 74, y - 68, 6), (206, 122, 82), edge=5)


def _balloon(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for dx, dy, tone in ((-40, -330, (84, 160, 214)), (70, -350, (240, 190, 70)),
            (14, -410, (220, 76, 76))):
        canvas.stroke([(x, y), (x + dx, y + dy + 70)], 2.5, INK)
        canvas.model(smooth([(x + dx, y + dy - 84), (x + dx + 64, y + dy - 20),
            (x + dx, y + dy + 70), (x + dx - 64, y + dy - 20)]), tone, edge=10)
        canvas.fill(ellipse(x + dx + canvas.light * 24, y + dy - 36, 9, 18, 20), WHITE, 0.7)


def _kite(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([(x, y), (x + 20, y - 260)], 2.5, INK)
    canvas.model([(x + 20, y - 440), (x + 110, y - 340), (x + 20, y - 200), (x - 70, y - 340)],
        accent, edge=8)
    canvas.brush([(x + 20, y - 440), (x + 20, y - 200)], (4, 4), WOOD)
    canvas.brush([(x - 70, y - 340), (x + 110, y - 340)], (4, 4), WOOD)


def _ball(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(ellipse(x, y - 70, 92), (246, 246, 242), edge=14)
    with canvas.inside(ellipse(x, y - 70, 92)):
        canvas.fill(star(x, y - 70, 34, 5, 0.81), INK)
        for k in range(5):
            px, py = arc(x, y - 70, 92, 92, -90 + k * 72, -90 + k * 72)[0]
            canvas.fill(star(px, py, 32, 5, 0.81), INK)
            canvas.stroke([(x, y - 70), (px, py)], 4, INK)


def _bear(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    tone = (186, 130, 82)
    canvas.model(ellipse(x, y + 10, 62, 70), tone, edge=9)
    for s in (-1, 1):
        canvas.model(ellipse(x + s * 46, y - 128, 24), tone, edge=5)
    canvas.model(ellipse(x, y - 82, 66, 60), tone, edge=9)
    canvas.fill(ellipse(x, y - 64, 27, 21), lighter(tone, 0.5))
    for s in (-1, 1):
        canvas.dot((x + s * 24, y - 92), 7, INK)
    canvas.fill(ellipse(x, y - 72, 9, 7), INK)
    canvas.fill(ellipse(x, y + 20, 32, 40), lighter(tone, 0.35))


def _orb(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    glow = lighter(accent, 0.5)
    canvas.glow((x, y - 80), 230, glow, 0.9)
    canvas.model(ellipse(x, y - 78, 74), lighter(accent, 0.25), depth=0.4, edge=16)
    canvas.fill(ellipse(x + canvas.light * 24, y - 108, 21, 14, -30), WHITE, 0.9)
    canvas.fill(star(x, y - 74, 30, 4, 0.3), WHITE, 0.7)


def _flask(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    glass = [(x - 18, y - 200), (x + 18, y - 200), (x + 18, y - 110), (x + 76, y + 20),
        (x - 76, y + 20), (x - 18, y - 110)]
    canvas.fill(glass, (230, 244, 248), 0.75)
    canvas.model([(x - 42, y - 56), (x + 42, y - 56), (x + 70, y + 14), (x - 70, y + 14)],
        (84, 200, 150), edge=8)
    canvas.stroke([*glass, glass[0]], 5, (166, 190, 204))
    for dx, dy, r in ((-10, -76, 8), (14, -100, 6), (2, -130, 5), (24, -20, 9), (-28, -14, 7)):
        canvas.dot((x + dx, y + dy), r, (190, 248, 216))
    canvas.model(box(x - 25, y - 212, x + 25, y - 194, 5), SILVER, edge=4)


def _box(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 100, y - 150, x + 92, y + 20, 6), (206, 160, 106), edge=10)
    canvas.fill(box(x - 20, y - 150, x + 14, y + 20), accent)
    canvas.fill(box(x - 100, y - 82, x + 92, y - 56), accent)
    for s in (-1, 1):
        canvas.model(smooth([(x - 3, y - 150), (x - 3 + s * 56, y - 196),
            (x - 3 + s * 62, y - 156)]), accent, edge=5)


def _gavel(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 9, y - 150, x + 9, y + 80, 6), WOOD, edge=4)
    canvas.model(box(x - 84, y - 214, x + 84, y - 142, 14), darker(WOOD, 0.2), edge=8)
    for dx in (-56, 40):
        canvas.fill(box(x + dx, y - 214, x + dx + 14, y - 142), GOLD)


def _trophy(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for s in (-1, 1):
        canvas.stroke(arc(x + s * 62, y - 160, 30, 38, -100 if s > 0 else 80,
            100 if s > 0 else 280), 10, GOLD)
    canvas.model(smooth([(x - 66, y - 220), (x + 66, y - 220), (x + 54, y - 120), (x, y - 80),
        (x - 54, y - 120)], steps=6), GOLD, depth=0.34, edge=9)
    canvas.model(box(x - 11, y - 90, x + 11, y + 46, 4), GOLD, edge=4)
    canvas.fill(star(x, y - 160, 28), CREAM)


def _mask(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for dx, dy, tone, curve in ((46, -150, (80, 96, 150), -16), (-34, -110, (250, 244, 230), 22)):
        canvas.model(smooth([(x + dx - 62, y + dy - 66), (x + dx, y + dy - 52),
            (x + dx + 62, y + dy - 66), (x + dx + 52, y + dy + 36), (x + dx, y + dy + 84),
            (x + dx - 52, y + dy + 36)]), tone, edge=9)
        for s in (-1, 1):
            canvas.brush(arc(x + dx + s * 26, y + dy - 6, 17, 12, 190, 350), (4, 9, 4), INK)
        canvas.brush(smooth([(x + dx - 30, y + dy + 40 - curve * 0.5),
            (x + dx, y + dy + 36 + curve * 0.6), (x + dx + 30, y + dy + 40 - curve * 0.5)],
            closed=False), (4, 11, 4), INK)


def _boxing(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(smooth([(x - 84, y - 40), (x - 70, y - 132), (x + 20, y - 156), (x + 84, y - 96),
        (x + 72, y + 10), (x - 50, y + 22)]), (206, 48, 46), edge=14)
    canvas.model(smooth([(x - 86, y - 60), (x - 30, y - 84), (x - 14, y - 40), (x - 70, y - 4)]),
        (186, 38, 40), edge=8)
    canvas.model(box(x - 54, y + 10, x + 66, y + 60, 10), WHITE, edge=6)


def _apple(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(smooth([(x, y - 112), (x + 50, y - 128), (x + 76, y - 70), (x + 40, y + 8), (x, y),
        (x - 40, y + 8), (x - 76, y - 70), (x - 50, y - 128)]), (208, 52, 50), edge=10)
    canvas.stroke([(x, y - 112), (x + 8, y - 150)], 7, WOOD)
    canvas.model(smooth([(x + 8, y - 136), (x + 44, y - 162), (x + 60, y - 136),
        (x + 34, y - 124)]), (104, 172, 96), edge=4)


def _guitar(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    tone = mix((196, 118, 56), accent, 0.15)
    canvas.brush([(x, y), (x + 66, y - 330)], (34, 26), darker(WOOD, 0.3))
    canvas.model(smooth([(x + 46, y - 316), (x + 92, y - 308), (x + 104, y - 392),
        (x + 52, y - 398)], steps=5), darker(WOOD, 0.4), edge=6)
    bx, by = x - 44, y + 84
    canvas.model(smooth([(bx + 50, by - 150), (bx + 110, by - 80), (bx + 84, by - 20),
        (bx + 130, by + 80), (bx + 20, by + 170), (bx - 120, by + 120), (bx - 120, by + 10),
        (bx - 70, by - 40), (bx - 60, by - 130)]), tone, edge=14)
    canvas.fill(ellipse(bx + 10, by - 20, 40), (60, 36, 26))
    for k in range(4):
        canvas.stroke([(bx - 40 + k * 9, by + 90), (x + 60 + k * 7, y - 326)], 2.2, CREAM)
    canvas.fill(box(bx - 64, by + 84, bx + 20, by + 100, 5), (60, 36, 26))


def _violin(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    bx, by = x, y - 190
    canvas.brush([(x, y + 30), (x, y - 130)], (21, 21), INK)
    canvas.model(smooth([(bx - 50, by + 84), (bx + 50, by + 84), (bx + 66, by + 40), (bx + 38, by),
        (bx + 58, by - 60), (bx, by - 104), (bx - 58, by - 60), (bx - 38, by), (bx - 66, by + 40)]),
        (170, 88, 42), edge=10)
    for s in (-1, 1):
        canvas.brush(smooth([(bx + s * 26, by - 20), (bx + s * 34, by + 6), (bx + s * 26, by + 34)],
            closed=False), (3, 5, 3), INK)
    for k in (-1, 0, 1):
        canvas.stroke([(x + k * 5, y + 20), (x + k * 7, by - 70)], 2, CREAM)
    canvas.stroke([(x + 86, y + 60), (x + 104, y - 340)], 6, WOOD)


def _skull(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(ellipse(x, y - 74, 72, 66), CREAM, edge=9)
    canvas.model(box(x - 36, y - 30, x + 36, y + 10, 9), CREAM, edge=5)
    for s in (-1, 1):
        canvas.fill(ellipse(x + s * 27, y - 66, 19, 22), INK)
    canvas.fill([(x - 8, y - 34), (x + 8, y - 34), (x, y - 50)], INK)


def _snowball(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(ellipse(x, y - 60, 66), (244, 248, 252), edge=12)


def _wheat(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for k in range(-2, 3):
        canvas.brush(smooth([(x, y + 60), (x + k * 14, y - 80), (x + k * 44, y - 210)],
            closed=False), (5, 5, 4), (206, 164, 70))
        for j in range(5):
            canvas.model(ellipse(x + k * (28 + j * 5), y - 150 - j * 24, 10, 17, k * 14),
                colour("#e0b44a"), edge=4)
    canvas.fill(box(x - 24, y - 16, x + 24, y + 10, 6), accent)


GOODS: dict[str, Callable[[Canvas, float, float, Colour], None]] = {
    "helmet": _helmet,
    "cup": _cup,
    "cake": _cake,
    "flower": _flower,
    "sprout": _sprout,
    "balloon": _balloon,
    "kite": _kite,
    "ball": _ball,
    "bear": _bear,
    "orb": _orb,
    "flask": _flask,
    "box": _box,
    "scales": _gavel,
    "trophy": _trophy,
    "mask": _mask,
    "boxing": _boxing,
    "apple": _apple,
    "guitar": _guitar,
    "violin": _violin,
    "skull": _skull,
    "snowball": _snowball,
    "wheat": _wheat,
}
"""How each thing is drawn about the hand."""
