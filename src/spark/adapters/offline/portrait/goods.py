"""Things carried in the hand: books, cameras, cups, flowers, instruments."""

from __future__ import annotations

from collections.abc import Callable

from .canvas import Canvas
from .colours import CREAM, GOLD, INK, LEATHER, SILVER, STEEL, WHITE, WOOD, Colour, colour, darker, lighter, mix
from .shapes import arc, box, ellipse, heart, smooth, star

Held = Callable[[Canvas, float, float, Colour], None]


def _helmet(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    y -= 66
    canvas.model(ellipse(x, y, 124, 120), (240, 242, 246), edge=16)
    canvas.model(ellipse(x - 8, y + 4, 96, 84), (44, 60, 96), depth=0.5, edge=10)
    canvas.brush(arc(x - 8, y + 4, 74, 62, 190, 260), (4, 15, 4), (150, 196, 232))
    canvas.model(box(x - 84, y + 96, x + 84, y + 126, 12), (170, 178, 192), edge=6)
    canvas.fill(box(x + 60, y - 116, x + 84, y - 70, 6), accent)


def _book(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 82, y - 160, x + 82, y + 50, 10), darker(accent, 0.1), edge=8)
    canvas.fill(box(x - 70, y + 32, x + 80, y + 44), CREAM)
    canvas.fill(box(x - 82, y - 160, x - 62, y + 50, 8), darker(accent, 0.4))
    canvas.stroke([*box(x - 44, y - 136, x + 62, y + 14, 6), (x + 56, y - 136)], 4, GOLD)
    canvas.fill(star(x + 9, y - 62, 30), GOLD)


def _tablet(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 76, y - 160, x + 76, y + 50, 12), WOOD, edge=7)
    canvas.fill(box(x - 64, y - 140, x + 64, y + 40, 4), WHITE)
    canvas.model(box(x - 30, y - 172, x + 30, y - 142, 8), SILVER, edge=5)
    for k in range(6):
        canvas.fill(box(x - 50, y - 118 + k * 25, x + 50 - k % 3 * 20, y - 110 + k * 25), (150, 164, 184))


def _chart(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 100, y - 170, x + 90, y + 30), (60, 104, 164), edge=7)
    for k in range(6):
        canvas.fill(box(x - 100, y - 150 + k * 30, x + 90, y - 148 + k * 30), (120, 160, 206))
    canvas.stroke([(x - 60, y - 20), (x - 60, y - 100), (x, y - 146), (x + 60, y - 100), (x + 60, y - 20), (x - 60, y - 20)], 5, WHITE)
    canvas.model(ellipse(x - 100, y - 70, 16, 104), (82, 126, 184), edge=5)


def _scroll(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 26, y - 150, x + 26, y + 110, 12), (238, 218, 172), edge=9)
    canvas.fill(box(x - 28, y - 50, x + 28, y + 26), (196, 50, 48))
    for dy in (-150, 110):
        canvas.model(ellipse(x, y + dy, 27, 12), darker((238, 218, 172), 0.16), edge=4)


def _letter(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 96, y - 120, x + 96, y + 20, 6), CREAM, edge=7)
    canvas.brush([(x - 92, y - 114), (x, y - 40), (x + 92, y - 114)], (5, 5), darker(CREAM, 0.3))
    canvas.model(ellipse(x, y - 40, 21), (196, 50, 48), edge=5)


def _phone(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 52, y - 160, x + 52, y + 50, 18), (40, 42, 54), edge=6)
    canvas.gradient(box(x - 43, y - 146, x + 43, y + 30, 8), lighter(accent, 0.5), (110, 170, 230))
    for k in range(6):
        canvas.fill(box(x - 34 + k % 3 * 25, y - 130 + k // 3 * 30, x - 16 + k % 3 * 25, y - 112 + k // 3 * 30, 5), WHITE, 0.8)


def _laptop(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model([(x - 120, y - 130), (x + 96, y - 130), (x + 104, y + 24), (x - 112, y + 24)], (66, 72, 88), edge=7)
    canvas.fill([(x - 106, y - 116), (x + 84, y - 116), (x + 90, y + 10), (x - 100, y + 10)], (28, 36, 54))
    for k in range(5):
        start = x - 88 + k % 3 * 16
        canvas.fill(box(start, y - 98 + k * 20, start + 60 + k * 37 % 60, y - 90 + k * 20), ((98, 226, 160), (110, 190, 240), (244, 190, 90))[k % 3])
    canvas.model(box(x - 120, y + 22, x + 112, y + 42, 8), (150, 158, 172), edge=5)


def _photo(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 84, y - 150, x + 84, y + 36), (250, 246, 236), edge=6)
    canvas.gradient(box(x - 70, y - 136, x + 70, y - 10), (226, 194, 146), (170, 126, 88))
    for dx, tone in ((-24, (92, 64, 50)), (28, (116, 84, 62))):
        canvas.dot((x + dx, y - 74), 20, tone)
        canvas.fill(smooth([(x + dx - 34, y - 10), (x + dx - 20, y - 50), (x + dx + 20, y - 50), (x + dx + 34, y - 10)]), tone)


def _camera(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 50, y - 150, x + 20, y - 110, 8), (58, 58, 70), edge=5)
    canvas.model(box(x - 106, y - 126, x + 106, y + 14, 18), (58, 58, 70), edge=8)
    canvas.fill(box(x - 106, y - 90, x + 106, y - 30), LEATHER)
    canvas.model(ellipse(x, y - 58, 58), SILVER, edge=8)
    canvas.model(ellipse(x, y - 58, 44), (32, 36, 52), edge=6)
    canvas.dot((x - 14, y - 72), 12, (140, 180, 220))
    canvas.dot((x + 82, y - 108), 9, (220, 70, 60))


def _cup(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke(arc(x + 56, y - 44, 34, 38, -90, 90), 14, lighter(accent, 0.2))
    canvas.model(smooth([(x - 62, y - 110), (x + 62, y - 110), (x + 54, y + 20), (x, y + 44), (x - 54, y + 20)], steps=6), lighter(accent, 0.2), edge=9)
    canvas.fill(ellipse(x, y - 106, 60, 15), (110, 66, 40))
    for k in (-1, 1):
        canvas.brush(smooth([(x + k * 20, y - 130), (x + k * 30, y - 170), (x + k * 12, y - 200), (x + k * 24, y - 240)], closed=False), (2, 12, 2), WHITE, 0.7)


def _cake(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 86, y - 10, x + 86, y + 10, 8), SILVER, edge=4)
    canvas.model(box(x - 70, y - 90, x + 70, y - 8, 10), (236, 196, 140), edge=7)
    canvas.model(smooth([(x - 76, y - 92), (x, y - 120), (x + 76, y - 92), (x + 70, y - 62), (x + 40, y - 76), (x + 10, y - 54), (x - 24, y - 76), (x - 62, y - 56)]), (248, 220, 226), edge=6)
    canvas.model(ellipse(x, y - 126, 19), (206, 46, 62), edge=5)


def _flower(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush(smooth([(x, y + 100), (x + 8, y - 60), (x, y - 180)], closed=False), (8, 8, 7), (82, 140, 82))
    canvas.model(smooth([(x + 4, y - 70), (x + 56, y - 110), (x + 66, y - 70), (x + 30, y - 54)]), (92, 156, 90), edge=5)
    for k in range(3):
        r = 62 - k * 18
        for j in range(6):
            px, py = arc(x, y - 216, r * 0.62, r * 0.62, j * 60 + k * 30, j * 60 + k * 30)[0]
            canvas.model(ellipse(px, py, r * 0.52), mix((206, 50, 78), (250, 160, 170), k * 0.24), edge=4)


def _sprout(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.brush(smooth([(x, y - 80), (x + 8, y - 150), (x, y - 220)], closed=False), (9, 8, 6), (82, 140, 82))
    for s, dy in ((-1, -150), (1, -170), (-1, -220), (1, -230)):
        canvas.model(smooth([(x, y + dy), (x + s * 46, y + dy - 50), (x + s * 92, y + dy - 34), (x + s * 50, y + dy + 8)]), (104, 172, 96), edge=6)
    canvas.model([(x - 66, y - 84), (x + 66, y - 84), (x + 48, y + 40), (x - 48, y + 40)], (196, 108, 70), edge=9)
    canvas.model(box(x - 74, y - 98, x + 74, y - 68, 6), (206, 122, 82), edge=5)


def _balloon(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for dx, dy, tone in ((-40, -330, (84, 160, 214)), (70, -350, (240, 190, 70)), (14, -410, (220, 76, 76))):
        canvas.stroke([(x, y), (x + dx, y + dy + 70)], 2.5, INK)
        canvas.model(smooth([(x + dx, y + dy - 84), (x + dx + 64, y + dy - 20), (x + dx, y + dy + 70), (x + dx - 64, y + dy - 20)]), tone, edge=10)
        canvas.fill(ellipse(x + dx + canvas.light * 24, y + dy - 36, 9, 18, 20), WHITE, 0.7)


def _kite(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([(x, y), (x + 20, y - 260)], 2.5, INK)
    canvas.model([(x + 20, y - 440), (x + 110, y - 340), (x + 20, y - 200), (x - 70, y - 340)], accent, edge=8)
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
    glass = [(x - 18, y - 200), (x + 18, y - 200), (x + 18, y - 110), (x + 76, y + 20), (x - 76, y + 20), (x - 18, y - 110)]
    canvas.fill(glass, (230, 244, 248), 0.75)
    canvas.model([(x - 42, y - 56), (x + 42, y - 56), (x + 70, y + 14), (x - 70, y + 14)], (84, 200, 150), edge=8)
    canvas.stroke([*glass, glass[0]], 5, (166, 190, 204))
    for dx, dy, r in ((-10, -76, 8), (14, -100, 6), (2, -130, 5), (24, -20, 9), (-28, -14, 7)):
        canvas.dot((x + dx, y + dy), r, (190, 248, 216))
    canvas.model(box(x - 25, y - 212, x + 25, y - 194, 5), SILVER, edge=4)


def _watch(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke(smooth([(x, y - 130), (x - 60, y - 60), (x - 100, y + 60)], closed=False), 5, GOLD)
    canvas.model(ellipse(x, y - 70, 74), GOLD, edge=10)
    canvas.fill(ellipse(x, y - 70, 58), CREAM)
    for k in range(12):
        canvas.dot(arc(x, y - 70, 48, 48, k * 30, k * 30)[0], 4, INK)
    canvas.stroke([(x, y - 70), (x, y - 108)], 5, INK)
    canvas.stroke([(x, y - 70), (x + 26, y - 58)], 5, INK)


def _compass(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(ellipse(x, y - 66, 78), GOLD, edge=10)
    canvas.fill(ellipse(x, y - 66, 62), (246, 240, 222))
    canvas.fill([(x - 12, y - 72), (x + 36, y - 112), (x + 8, y - 58)], (204, 54, 50))
    canvas.fill([(x - 12, y - 72), (x + 8, y - 58), (x - 38, y - 22)], STEEL)


def _box(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 100, y - 150, x + 92, y + 20, 6), (206, 160, 106), edge=10)
    canvas.fill(box(x - 20, y - 150, x + 14, y + 20), accent)
    canvas.fill(box(x - 100, y - 82, x + 92, y - 56), accent)
    for s in (-1, 1):
        canvas.model(smooth([(x - 3, y - 150), (x - 3 + s * 56, y - 196), (x - 3 + s * 62, y - 156)]), accent, edge=5)


def _suitcase(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke(arc(x, y - 116, 40, 36, 180, 360), 14, darker(LEATHER, 0.3))
    canvas.model(box(x - 110, y - 112, x + 104, y + 34, 14), LEATHER, edge=9)
    for dx in (-60, 54):
        canvas.fill(box(x + dx - 11, y - 112, x + dx + 11, y + 34), darker(LEATHER, 0.3))
        canvas.fill(box(x + dx - 13, y - 62, x + dx + 13, y - 36, 4), GOLD)


def _gavel(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 9, y - 150, x + 9, y + 80, 6), WOOD, edge=4)
    canvas.model(box(x - 84, y - 214, x + 84, y - 142, 14), darker(WOOD, 0.2), edge=8)
    for dx in (-56, 40):
        canvas.fill(box(x + dx, y - 214, x + dx + 14, y - 142), GOLD)


def _trophy(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for s in (-1, 1):
        canvas.stroke(arc(x + s * 62, y - 160, 30, 38, -100 if s > 0 else 80, 100 if s > 0 else 280), 10, GOLD)
    canvas.model(smooth([(x - 66, y - 220), (x + 66, y - 220), (x + 54, y - 120), (x, y - 80), (x - 54, y - 120)], steps=6), GOLD, depth=0.34, edge=9)
    canvas.model(box(x - 11, y - 90, x + 11, y + 46, 4), GOLD, edge=4)
    canvas.fill(star(x, y - 160, 28), CREAM)


def _mask(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for dx, dy, tone, curve in ((46, -150, (80, 96, 150), -16), (-34, -110, (250, 244, 230), 22)):
        canvas.model(smooth([(x + dx - 62, y + dy - 66), (x + dx, y + dy - 52), (x + dx + 62, y + dy - 66), (x + dx + 52, y + dy + 36), (x + dx, y + dy + 84), (x + dx - 52, y + dy + 36)]), tone, edge=9)
        for s in (-1, 1):
            canvas.brush(arc(x + dx + s * 26, y + dy - 6, 17, 12, 190, 350), (4, 9, 4), INK)
        canvas.brush(smooth([(x + dx - 30, y + dy + 40 - curve * 0.5), (x + dx, y + dy + 36 + curve * 0.6), (x + dx + 30, y + dy + 40 - curve * 0.5)], closed=False), (4, 11, 4), INK)


def _walkie(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([(x - 28, y - 130), (x - 28, y - 240)], 12, (40, 42, 52))
    canvas.model(box(x - 46, y - 140, x + 46, y + 60, 12), (54, 58, 70), edge=7)
    canvas.fill(box(x - 30, y - 120, x + 30, y - 84, 5), (150, 206, 170))
    for k in range(3):
        canvas.fill(box(x - 28, y - 70 + k * 12, x + 28, y - 64 + k * 12), (30, 32, 40))


def _boxing(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(smooth([(x - 84, y - 40), (x - 70, y - 132), (x + 20, y - 156), (x + 84, y - 96), (x + 72, y + 10), (x - 50, y + 22)]), (206, 48, 46), edge=14)
    canvas.model(smooth([(x - 86, y - 60), (x - 30, y - 84), (x - 14, y - 40), (x - 70, y - 4)]), (186, 38, 40), edge=8)
    canvas.model(box(x - 54, y + 10, x + 66, y + 60, 10), WHITE, edge=6)


def _apple(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(smooth([(x, y - 112), (x + 50, y - 128), (x + 76, y - 70), (x + 40, y + 8), (x, y), (x - 40, y + 8), (x - 76, y - 70), (x - 50, y - 128)]), (208, 52, 50), edge=10)
    canvas.stroke([(x, y - 112), (x + 8, y - 150)], 7, WOOD)
    canvas.model(smooth([(x + 8, y - 136), (x + 44, y - 162), (x + 60, y - 136), (x + 34, y - 124)]), (104, 172, 96), edge=4)


def _cards(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for k in range(4):
        px, py = arc(x, y, 130, 130, -126 + k * 24, -126 + k * 24)[0]
        dx, dy = (px - x) / 130, (py - y) / 130
        corners = [(x + dx * r - dy * w, y + dy * r + dx * w) for r, w in ((10, -46), (190, -46), (190, 46), (10, 46))]
        canvas.model(corners, WHITE, depth=0.16, edge=5)
        canvas.fill(heart(x + dx * 146, y + dy * 146, 42), (206, 46, 52) if k % 2 else INK)


def _guitar(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    tone = mix((196, 118, 56), accent, 0.15)
    canvas.brush([(x, y), (x + 66, y - 330)], (34, 26), darker(WOOD, 0.3))
    canvas.model(smooth([(x + 46, y - 316), (x + 92, y - 308), (x + 104, y - 392), (x + 52, y - 398)], steps=5), darker(WOOD, 0.4), edge=6)
    bx, by = x - 44, y + 84
    canvas.model(smooth([(bx + 50, by - 150), (bx + 110, by - 80), (bx + 84, by - 20), (bx + 130, by + 80), (bx + 20, by + 170), (bx - 120, by + 120), (bx - 120, by + 10), (bx - 70, by - 40), (bx - 60, by - 130)]), tone, edge=14)
    canvas.fill(ellipse(bx + 10, by - 20, 40), (60, 36, 26))
    for k in range(4):
        canvas.stroke([(bx - 40 + k * 9, by + 90), (x + 60 + k * 7, y - 326)], 2.2, CREAM)
    canvas.fill(box(bx - 64, by + 84, bx + 20, by + 100, 5), (60, 36, 26))


def _violin(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    bx, by = x, y - 190
    canvas.brush([(x, y + 30), (x, y - 130)], (21, 21), INK)
    canvas.model(smooth([(bx - 50, by + 84), (bx + 50, by + 84), (bx + 66, by + 40), (bx + 38, by), (bx + 58, by - 60), (bx, by - 104), (bx - 58, by - 60), (bx - 38, by), (bx - 66, by + 40)]), (170, 88, 42), edge=10)
    for s in (-1, 1):
        canvas.brush(smooth([(bx + s * 26, by - 20), (bx + s * 34, by + 6), (bx + s * 26, by + 34)], closed=False), (3, 5, 3), INK)
    for k in (-1, 0, 1):
        canvas.stroke([(x + k * 5, y + 20), (x + k * 7, by - 70)], 2, CREAM)
    canvas.stroke([(x + 86, y + 60), (x + 104, y - 340)], 6, WOOD)


def _clapper(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 106, y - 110, x + 100, y + 30, 6), (44, 46, 58), edge=7)
    canvas.model([(x - 108, y - 120), (x + 90, y - 176), (x + 98, y - 142), (x - 100, y - 88)], (44, 46, 58), edge=5)
    for k in range(4):
        canvas.fill([(x - 92 + k * 50, y - 122 - k * 14), (x - 68 + k * 50, y - 129 - k * 14), (x - 78 + k * 50, y - 96 - k * 14), (x - 100 + k * 50, y - 90 - k * 14)], WHITE)
    for k in range(3):
        canvas.fill(box(x - 88, y - 70 + k * 28, x + 20 + k * 24, y - 62 + k * 28), (190, 196, 206))


def _notes(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 84, y - 170, x + 84, y + 40, 4), (252, 248, 236), edge=6)
    for k in range(3):
        for j in range(4):
            canvas.fill(box(x - 70, y - 150 + k * 58 + j * 9, x + 70, y - 148 + k * 58 + j * 9), (120, 116, 124))
        for j in range(4):
            cx, cy = x - 52 + j * 34, y - 128 + k * 58 + (j * 7 + k * 5) % 15
            canvas.fill(ellipse(cx, cy, 8, 6, -20), INK)
            canvas.stroke([(cx + 7, cy), (cx + 7, cy - 30)], 2.6, INK)


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
        canvas.brush(smooth([(x, y + 60), (x + k * 14, y - 80), (x + k * 44, y - 210)], closed=False), (5, 5, 4), (206, 164, 70))
        for j in range(5):
            canvas.model(ellipse(x + k * (28 + j * 5), y - 150 - j * 24, 10, 17, k * 14), colour("#e0b44a"), edge=4)
    canvas.fill(box(x - 24, y - 16, x + 24, y + 10, 6), accent)


def _abacus(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([*box(x - 110, y - 130, x + 100, y + 10, 4), (x + 96, y - 130)], 14, WOOD)
    for k in range(6):
        canvas.stroke([(x - 86 + k * 33, y - 126), (x - 86 + k * 33, y + 4)], 3, STEEL)
        for j in range(4):
            canvas.model(ellipse(x - 86 + k * 33, y - 108 + j * 22 + (k % 2) * 16, 14, 9), (150, 60, 40), edge=3)


GOODS: dict[str, Held] = {
    "helmet": _helmet, "book": _book, "tablet": _tablet, "chart": _chart, "scroll": _scroll, "letter": _letter,
    "phone": _phone, "laptop": _laptop, "photo": _photo, "camera": _camera, "cup": _cup, "cake": _cake,
    "flower": _flower, "sprout": _sprout, "balloon": _balloon, "kite": _kite, "ball": _ball, "bear": _bear,
    "orb": _orb, "flask": _flask, "watch": _watch, "compass": _compass, "box": _box, "suitcase": _suitcase,
    "scales": _gavel, "trophy": _trophy, "mask": _mask, "walkie": _walkie, "boxing": _boxing, "apple": _apple,
    "cards": _cards, "guitar": _guitar, "violin": _violin, "clapper": _clapper, "notes": _notes,
    "skull": _skull, "snowball": _snowball, "wheat": _wheat, "abacus": _abacus,
}  # fmt: skip
"""How each thing is drawn about the hand."""
