"""Weapons and tools, drawn about the fist that holds them."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .canvas import Canvas
from .colours import CREAM, GOLD, INK, LEATHER, SILVER, STEEL, WHITE, WOOD, Colour, darker, lighter
from .shapes import arc, box, ellipse, smooth, star

Held = Callable[[Canvas, float, float, Colour], None]


def _pole(canvas: Canvas, x: float, y: float, up: float, width: float = 15,
        tone: Colour = WOOD) -> None:
    canvas.model([(x - width / 2, y - up), (x + width / 2, y - up), (x + width / 2, y + 200),
        (x - width / 2, y + 200)], tone, edge=4)


def _sword(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model([(x - 15, y - 60), (x - 13, y - 350), (x, y - 392), (x + 13, y - 350),
        (x + 15, y - 60)], (214, 222, 232), depth=0.4, edge=6)
    canvas.brush([(x, y - 70), (x, y - 350)], (4, 2), STEEL)
    canvas.model(box(x - 60, y - 66, x + 60, y - 46, 9), GOLD, edge=5)
    canvas.model(box(x - 9, y - 50, x + 9, y + 66, 4), LEATHER, edge=3)
    canvas.model(ellipse(x, y + 74, 17), GOLD, edge=5)
    canvas.brush(smooth([(x, y + 86), (x + 16, y + 124), (x + 6, y + 160)], closed=False),
        (6, 10, 14), accent)


def _sabre(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    blade = smooth([(x - 14, y - 48), (x - 6, y - 210), (x + 40, y - 372), (x + 36, y - 210),
        (x + 16, y - 48)])
    canvas.model(blade, (214, 222, 232), depth=0.4, edge=7)
    canvas.model(ellipse(x, y - 46, 40, 13), GOLD, edge=5)
    canvas.model(box(x - 9, y - 46, x + 9, y + 74, 4), INK, edge=3)
    for k in range(4):
        canvas.brush([(x - 9, y - 30 + k * 28), (x + 9, y - 16 + k * 28)], (4, 4), accent)


def _knife(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(smooth([(x - 12, y - 44), (x - 12, y - 160), (x + 4, y - 208), (x + 16, y - 150),
        (x + 14, y - 44)], steps=6), (214, 222, 232), depth=0.4, edge=5)
    canvas.model(box(x - 26, y - 52, x + 26, y - 38, 6), GOLD, edge=4)
    canvas.model(box(x - 9, y - 40, x + 9, y + 56, 5), LEATHER, edge=3)


def _spear(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    _pole(canvas, x, y, 400)
    canvas.brush(smooth([(x, y - 396), (x - 26, y - 360), (x - 14, y - 310)], closed=False),
        (12, 26, 4), (200, 44, 46))
    canvas.brush(smooth([(x, y - 396), (x + 26, y - 360), (x + 14, y - 310)], closed=False),
        (12, 26, 4), (200, 44, 46))
    canvas.model(smooth([(x, y - 520), (x + 28, y - 440), (x + 9, y - 392), (x - 9, y - 392),
        (x - 28, y - 440)], steps=5), SILVER, depth=0.4, edge=6)


def _axe(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    _pole(canvas, x, y, 250, 18)
    canvas.model(smooth([(x - 8, y - 240), (x + 60, y - 268), (x + 116, y - 280),
        (x + 128, y - 200), (x + 112, y - 130), (x + 56, y - 166), (x - 8, y - 180)], steps=5),
        SILVER, depth=0.4, edge=8)
    canvas.fill([(x - 12, y - 240), (x - 50, y - 222), (x - 50, y - 196), (x - 12, y - 180)],
        (200, 60, 52))


def _hammer(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    _pole(canvas, x, y, 190, 18)
    canvas.model(box(x - 78, y - 236, x + 62, y - 168, 10), STEEL, depth=0.4, edge=8)
    canvas.model(box(x + 50, y - 246, x + 80, y - 158, 8), SILVER, edge=5)


def _wrench(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 15, y - 200, x + 15, y + 80, 12), SILVER, depth=0.4, edge=6)
    canvas.model(smooth([(x - 22, y - 190), (x - 56, y - 238), (x - 46, y - 296), (x - 20, y - 300),
        (x - 20, y - 250), (x + 20, y - 250), (x + 20, y - 300), (x + 46, y - 296),
        (x + 56, y - 238), (x + 22, y - 190)], steps=4), SILVER, depth=0.4, edge=7)


def _wand(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.glow((x + 30, y - 236), 130, (255, 236, 150), 0.9)
    canvas.brush([(x - 6, y + 70), (x + 28, y - 226)], (17, 10), (70, 48, 44))
    canvas.model(star(x + 30, y - 236, 46), (252, 218, 96), edge=6)
    for dx, dy, r in ((-60, -50, 13), (60, -80, 16), (76, 20, 11), (-36, 60, 9)):
        canvas.fill(star(x + 30 + dx, y - 236 + dy, r, 4, 0.25), WHITE)


def _staff(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    _pole(canvas, x, y, 330, 20, (112, 76, 50))
    canvas.stroke(arc(x, y - 380, 46, 52, 60, 400), 15, (112, 76, 50))
    canvas.glow((x, y - 386), 140, lighter(accent, 0.4), 0.8)
    canvas.model(ellipse(x, y - 386, 31), lighter(accent, 0.2), edge=9)
    canvas.dot((x - 9, y - 397), 8, WHITE)


def _bow(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush(smooth([(x - 86, y - 330), (x - 20, y - 250), (x + 6, y - 60), (x, y),
        (x + 6, y + 60), (x - 20, y + 240)], closed=False), (7, 16, 19, 16, 7), WOOD)
    canvas.stroke([(x - 84, y - 326), (x - 70, y + 250)], 3, CREAM)
    canvas.stroke([(x - 150, y + 20), (x + 120, y - 20)], 7, (206, 178, 130))
    canvas.fill([(x + 112, y - 36), (x + 160, y - 26), (x + 116, y - 2)], STEEL)
    canvas.fill([(x - 160, y + 6), (x - 118, y + 2), (x - 108, y + 28), (x - 156, y + 38)], accent)


def _gun(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 24, y - 120, x + 24, y - 20, 8), (70, 74, 88), edge=6)
    canvas.model(box(x - 15, y - 220, x + 15, y - 100, 7), (52, 56, 68), edge=5)
    canvas.fill(ellipse(x, y - 220, 9, 4), INK)
    canvas.model(box(x - 17, y - 40, x + 17, y + 40, 8), LEATHER, edge=4)


def _shield(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    shape = smooth([(x, y - 170), (x + 120, y - 136), (x + 110, y + 20), (x, y + 130),
        (x - 110, y + 20), (x - 120, y - 136)], steps=6)
    canvas.model(shape, SILVER, edge=10)
    canvas.model([(x + (px - x) * 0.84, y - 24 + (py - y + 24) * 0.84) for px, py in shape], accent,
        edge=9)
    canvas.model(star(x, y - 40, 56, 6, 0.5), GOLD, edge=6)


def _magnifier(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 12, y - 110, x + 12, y + 84, 10), (108, 66, 42), edge=5)
    lens = ellipse(x, y - 186, 76)
    canvas.fill(lens, (214, 236, 246), 0.55)
    canvas.stroke([*lens, lens[0]], 17, GOLD)
    canvas.brush(arc(x, y - 186, 54, 54, 190, 260), (3, 11, 3), WHITE, 0.9)


def _telescope(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for dx, dy, length, wide, tone in ((0, 40, 110, 24, (110, 66, 40)), (26, -60, 100, 31, GOLD),
            (54, -156, 110, 38, (110, 66, 40))):
        ax, ay, bx, by = x + dx, y + dy, x + dx + length * 0.3, y + dy - length
        canvas.model([(ax - wide, ay - wide * 0.3), (bx - wide, by - wide * 0.3),
            (bx + wide, by + wide * 0.3), (ax + wide, ay + wide * 0.3)], tone, depth=0.4, edge=7)
    canvas.model(ellipse(x + 87, y - 268, 42, 14, 16), (176, 216, 232), edge=4)


def _torchlight(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke(arc(x, y - 30, 52, 52, 180, 360), 8, INK)
    canvas.glow((x, y + 60), 230, (255, 214, 120), 0.95)
    canvas.model(box(x - 52, y - 6, x + 52, y + 16, 8), (90, 62, 48), edge=5)
    canvas.model(box(x - 44, y + 14, x + 44, y + 124, 8), (255, 226, 150), depth=0.14, edge=6)
    canvas.fill(smooth([(x, y + 34), (x + 20, y + 86), (x, y + 112), (x - 20, y + 86)]),
        (250, 148, 60))
    canvas.model(box(x - 56, y + 120, x + 56, y + 142, 8), (90, 62, 48), edge=5)


def _candle(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.glow((x, y - 190), 190, (255, 220, 130), 0.9)
    canvas.model(box(x - 22, y - 140, x + 22, y + 50, 6), CREAM, edge=6)
    canvas.fill(smooth([(x, y - 226), (x + 20, y - 176), (x, y - 146), (x - 20, y - 176)]),
        (252, 176, 70))


def _fork(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    _pole(canvas, x, y, 260)
    for dx in (-44, 0, 44):
        canvas.stroke(smooth([(x, y - 250), (x + dx, y - 290), (x + dx, y - 390)], closed=False),
            11, STEEL)


def _rod(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush(smooth([(x - 30, y + 170), (x, y), (x + 40, y - 260), (x + 30, y - 430)],
        closed=False), (17, 15, 8, 3), WOOD)
    canvas.stroke(smooth([(x + 30, y - 430), (x + 150, y - 300), (x + 150, y - 120)], closed=False),
        2.5, WHITE)
    canvas.model(ellipse(x + 150, y - 108, 15), (208, 56, 52), edge=4)
    canvas.model(ellipse(x + 24, y + 50, 24), STEEL, edge=6)


def _broom(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    _pole(canvas, x, y, 230)
    canvas.model(smooth([(x - 22, y - 226), (x - 66, y - 390), (x, y - 404), (x + 66, y - 390),
        (x + 22, y - 226)], steps=6), (214, 170, 92), edge=9)
    canvas.brush([(x - 32, y - 262), (x + 32, y - 262)], (15, 15), accent)


def _flag(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    _pole(canvas, x, y, 400)
    canvas.model(smooth([(x + 6, y - 396), (x + 80, y - 416), (x + 190, y - 380),
        (x + 184, y - 250), (x + 90, y - 280), (x + 6, y - 250)], steps=6), accent, edge=10)


def _ladle(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 10, y - 200, x + 10, y + 80, 8), SILVER, edge=4)
    canvas.model(smooth([(x - 70, y - 250), (x + 70, y - 250), (x + 54, y - 190), (x, y - 168),
        (x - 54, y - 190)]), SILVER, depth=0.4, edge=9)
    canvas.fill(ellipse(x, y - 250, 69, 15), (222, 138, 60))


def _paintbrush(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush([(x - 4, y + 90), (x + 16, y - 170)], (10, 19), WOOD)
    canvas.model([(x + 4, y - 168), (x + 28, y - 166), (x + 30, y - 206), (x + 6, y - 208)], SILVER,
        edge=4)
    canvas.model(smooth([(x + 4, y - 204), (x + 32, y - 202), (x + 36, y - 246), (x + 20, y - 286),
        (x + 2, y - 246)]), accent, edge=6)


def _pen(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    quill = smooth([(x, y - 40), (x + 8, y - 200), (x + 70, y - 320), (x + 84, y - 200),
        (x + 50, y - 90)])
    canvas.model(quill, CREAM, edge=8)
    canvas.brush(smooth([(x - 14, y + 90), (x + 4, y - 40), (x + 66, y - 300)], closed=False),
        (5, 6, 2), darker(CREAM, 0.4))
    canvas.fill([(x - 20, y + 84), (x - 8, y + 84), (x - 16, y + 112)], INK)


def _microphone(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model([(x - 20, y - 90), (x + 20, y - 90), (x + 13, y + 96), (x - 13, y + 96)],
        (48, 48, 60), edge=6)
    canvas.model(ellipse(x, y - 126, 46, 50), (150, 156, 170), depth=0.4, edge=9)
    for k in (-1, 0, 1):
        canvas.brush(smooth([(x - 42, y - 126 + k * 20), (x, y - 114 + k * 20),
            (x + 42, y - 126 + k * 20)], closed=False), (3, 3), (96, 100, 116))
    canvas.fill(box(x - 24, y - 94, x + 24, y - 78, 5), accent)


def _scissors(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for s in (-1, 1):
        canvas.brush([(x + s * 16, y + 30), (x - s * 26, y - 200)], (17, 7), SILVER)
        canvas.stroke(ellipse(x + s * 26, y + 56, 26), 10, accent)


def _key(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 9, y - 190, x + 9, y + 10, 5), GOLD, edge=4)
    canvas.stroke(ellipse(x, y + 50, 36), 17, GOLD)
    for dy in (-186, -150):
        canvas.model(box(x + 6, y + dy, x + 46, y + dy + 20, 4), GOLD, edge=3)


def _rope(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for k in range(3):
        ring = ellipse(x, y - 116 + k * 7, 90 - k * 10, 104 - k * 8)
        canvas.stroke([*ring, ring[0]], 12, darker((206, 166, 108), 0.1 * k))


def _fan(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model([(x, y), *arc(x, y, 220, 220, -150, -30)], CREAM, edge=8)
    with canvas.inside([(x, y), *arc(x, y, 218, 218, -150, -30)]):
        canvas.fill(arc(x, y, 230, 230, -150, -30) + arc(x, y, 196, 196, -30, -150), accent)
        canvas.brush(smooth([(x - 110, y - 110), (x - 20, y - 160), (x + 110, y - 120)],
            closed=False), (2, 9, 2), darker(accent, 0.4))
    for k in range(9):
        px, py = arc(x, y, 220, 220, -150 + k * 15, -150 + k * 15)[0]
        canvas.stroke([(x, y), (px, py)], 3.5, WOOD)


def _umbrella(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([(x, y + 140), (x, y - 330)], 12, WOOD)
    top = [*arc(x, y - 320, 210, 150, 180, 360), *arc(x + 140, y - 320, 70, 26, 0, -180),
        *arc(x, y - 320, 70, 26, 0, -180), *arc(x - 140, y - 320, 70, 26, 0, -180)]
    canvas.model(top, accent, edge=14)
    for k in (-1, 0, 1):
        canvas.brush(smooth([(x, y - 468), (x + k * 70, y - 420), (x + k * 100, y - 326)],
            closed=False), (2, 4, 2), darker(accent, 0.3))


def _flute(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush([(x - 60, y + 120), (x + 80, y - 260)], (19, 19), (146, 160, 84))
    for k in range(5):
        canvas.dot((x + 16 + k * 13, y - 90 - k * 36), 5, INK)
    canvas.brush([(x - 60, y + 120), (x - 50, y + 170)], (9, 18), (200, 44, 46))


def _beads(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for k in range(18):
        px, py = arc(x, y + 34, 62, 92, k * 20, k * 20)[0]
        canvas.model(ellipse(px, py, 13), (118, 66, 42), edge=4)


def _syringe(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([(x, y - 170), (x, y - 260)], 4, STEEL)
    canvas.model(box(x - 22, y - 176, x + 22, y - 10, 6), (226, 240, 246), edge=5)
    canvas.fill(box(x - 17, y - 120, x + 17, y - 14, 4), (110, 200, 190))
    canvas.stroke([(x, y), (x, y + 80)], 9, STEEL)


TOOLS: dict[str, Held] = {
    "sword": _sword, "sabre": _sabre, "knife": _knife, "spear": _spear, "axe": _axe,
    "hammer": _hammer,
    "wrench": _wrench, "wand": _wand, "staff": _staff, "bow": _bow, "gun": _gun, "shield": _shield,
    "magnifier": _magnifier, "telescope": _telescope, "lamp": _torchlight, "candle": _candle,
    "fork": _fork,
    "rod": _rod, "broom": _broom, "flag": _flag, "ladle": _ladle, "paintbrush": _paintbrush,
    "pen": _pen,
    "microphone": _microphone, "scissors": _scissors, "key": _key, "rope": _rope, "fan": _fan,
    "umbrella": _umbrella, "flute": _flute, "beads": _beads, "syringe": _syringe, "trumpet": _flute,
    "whistle": _key,
}
"""How each tool is drawn about the hand."""
