"""Scenes within walls: school, library, home, laboratory."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .canvas import Canvas, whole
from .colours import GOLD, WHITE, Colour, colour, darker, lighter, mix
from .palette import Palette
from .scenery import Scene, spread
from .shapes import box, ellipse, smooth, star
from .traits import Traits


def _indoors(canvas: Canvas, p: Palette, own: str) -> Colour:
    wall = mix(p.bottom, colour(own), 0.5)
    canvas.gradient(whole(), lighter(wall, 0.1), darker(wall, 0.12))
    return wall


def _school(canvas: Canvas, p: Palette, t: Traits) -> None:
    _indoors(canvas, p, "#e9dcc0")
    canvas.fill(box(90, 130, 910, 600, 8), mix(p.near, (120, 84, 54), 0.6))
    board = mix(p.near, (46, 92, 78), 0.75)
    canvas.fill(box(112, 152, 888, 578), board)
    chalk = lighter(board, 0.6)
    canvas.stroke(ellipse(230, 290, 66)[:-1], 4, chalk)
    canvas.stroke([(170, 470), (290, 470), (170, 390), (170, 470)], 4, chalk)
    for k in range(4):
        canvas.stroke(smooth([(690 + j * 22,
            230 + k * 50 + (6 if j % 2 else -6)) for j in range(8)], closed=False), 4, chalk)
    canvas.fill(box(60, 600, 940, 622), mix(p.near, (140, 100, 66), 0.6))
    for x in (60, 330, 680, 930):
        canvas.fill(box(x - 90, 800, x + 90, 830, 6), mix(p.mid, (190, 140, 90), 0.6))


def _library(canvas: Canvas, p: Palette, t: Traits) -> None:
    wood = mix(p.near, (92, 58, 40), 0.65)
    canvas.gradient(whole(), wood, darker(wood, 0.3))
    hues = ("#a8443a", "#3f6a8a", "#c99a4a", "#4f7a5a", "#7a5a8a", "#d9c9a0", "#5a4a44")
    for shelf in range(6):
        y, x, k = 40 + shelf * 150, 14.0, 0
        while x < 990:
            wide, tall = 16 + t.lot(f"b{shelf}{k}", 18), 84 + t.lot(f"t{shelf}{k}", 38)
            canvas.fill(box(x, y + 124 - tall, x + wide, y + 124),
                mix(p.mid, colour(hues[t.lot(f"c{shelf}{k}", 7)]), 0.62))
            canvas.fill(box(x + 3, y + 134 - tall, x + wide - 3, y + 139 - tall), GOLD, 0.5)
            x, k = x + wide + 2, k + 1
        canvas.fill(box(0, y + 124, 1000, y + 140), lighter(wood, 0.16))
    canvas.glow((500, 360), 480, mix(p.glow, (255, 214, 140), 0.5), 0.5)


def _home(canvas: Canvas, p: Palette, t: Traits) -> None:
    wall = _indoors(canvas, p, "#e8cfa8")
    for x in range(20, 1000, 62):
        canvas.fill(box(x, 0, x + 20, 1000), lighter(wall, 0.12), 0.5)
    canvas.fill(box(70, 130, 370, 560, 8), (250, 246, 236))
    canvas.gradient(box(88, 148, 352, 542), mix(p.top, (140, 190, 226), 0.5),
        mix(p.bottom, (236, 240, 220), 0.4))
    canvas.fill(box(214, 148, 226, 542), (250, 246, 236))
    canvas.fill(box(88, 338, 352, 350), (250, 246, 236))
    for side in (60, 372):
        canvas.fill(smooth([(side - 34, 110), (side + 34, 110), (side + 22, 350), (side + 40, 600),
            (side - 40, 600), (side - 22, 350)]), mix(colour(t.scene_accent), p.far, 0.35))
    canvas.fill(box(700, 190, 890, 330, 5), mix(p.near, (120, 84, 54), 0.5))
    canvas.gradient(box(716, 206, 874, 314), p.top, p.far)
    canvas.glow((880, 520), 240, (255, 222, 150), 0.8)
    canvas.fill([(830, 480), (930, 480), (960, 570), (800, 570)], (250, 226, 166))
    canvas.fill(box(874, 570, 886, 800), darker(p.near, 0.2))
    canvas.fill(box(0, 780, 1000, 1000), mix(p.mid, (150, 98, 60), 0.5))


def _hospital(canvas: Canvas, p: Palette, t: Traits) -> None:
    _indoors(canvas, p, "#e4f0f2")
    canvas.fill(box(0, 640, 1000, 1000), mix(p.far, (150, 200, 204), 0.6))
    canvas.fill(box(80, 170, 350, 520, 10), WHITE)
    canvas.gradient(box(98, 188, 332, 502), (168, 210, 232), (232, 242, 240))
    for y in range(200, 500, 34):
        canvas.fill(box(98, y, 332, y + 8), WHITE)
    canvas.fill(box(700, 190, 900, 350, 12), (52, 66, 88))
    canvas.stroke([(716, 280), (760, 280), (780, 230), (806, 320), (826, 280), (884, 280)], 6,
        (96, 226, 160))
    canvas.fill(box(780, 440, 812, 540), (206, 60, 64))
    canvas.fill(box(746, 474, 846, 506), (206, 60, 64))


def _lab(canvas: Canvas, p: Palette, t: Traits) -> None:
    _indoors(canvas, p, "#d5e2ea")
    for k in range(7):
        canvas.stroke([(k * 170, 0), (k * 170, 620)], 3, WHITE)
    for y in (250, 470):
        canvas.fill(box(30, y + 110, 970, y + 126), mix(p.mid, (140, 154, 172), 0.6))
        for k in range(8):
            x, tone = 80 + k * 120, ((88, 190, 200), (236, 150, 90), (150, 112, 206),
                (110, 196, 120))[t.lot(f"jar{y}{k}", 4)]
            if t.lot(f"kind{y}{k}", 2):
                canvas.fill([(x - 9, y + 20), (x + 9, y + 20), (x + 38, y + 108),
                    (x - 38, y + 108)], (240, 248, 250))
                canvas.fill([(x - 18, y + 66), (x + 18, y + 66), (x + 34, y + 106),
                    (x - 34, y + 106)], tone)
            else:
                canvas.fill(box(x - 15, y + 10, x + 15, y + 108, 14), (240, 248, 250))
                canvas.fill(box(x - 12, y + 54, x + 12, y + 106, 11), tone)
    canvas.fill(box(0, 760, 1000, 1000), mix(p.near, (90, 106, 128), 0.5))


def _stage(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.near, (60, 20, 50), 0.5), 0.3),
        mix(p.mid, (120, 40, 70), 0.5))
    for k in range(12):
        x = k * 92
        tone = mix(p.mid, (158, 36, 52), 0.7)
        canvas.gradient([(x - 10, 0), (x + 86, 0), (x + 70, 860), (x + 6, 860)],
            lighter(tone, 0.1 * (k % 2)), darker(tone, 0.45))
    for x, lean, tone in ((120, 330, (255, 232, 170)), (880, -330, (180, 214, 255)),
            (500, 0, (255, 240, 220))):
        canvas.fill([(x - 20, 0), (x + 20, 0), (x + lean + 190, 900), (x + lean - 190, 900)], tone,
            0.16)
        canvas.fill([(x - 12, 0), (x + 12, 0), (x + lean + 120, 900), (x + lean - 120, 900)], tone,
            0.14)
    canvas.fill(ellipse(500, 880, 620, 90), mix(p.bottom, (236, 196, 140), 0.4), 0.6)
    for mx, my in zip(spread(t, "mote", 40, 0, 1000), spread(t, "dust", 40, 60, 800), strict=True):
        canvas.dot((mx, my), 2 + mx % 4, (255, 240, 200), 0.5)


def _workshop(canvas: Canvas, p: Palette, t: Traits) -> None:
    wall = mix(p.far, (150, 120, 98), 0.6)
    canvas.gradient(whole(), wall, darker(wall, 0.3))
    for row in range(14):
        for k in range(9):
            x = k * 130 - 60 + (65 if row % 2 else 0)
            if t.lot(f"brick{row}{k}", 3) == 0:
                canvas.fill(box(x, row * 64, x + 122, row * 64 + 57, 3), darker(wall, 0.12), 0.8)
    for x, y, r, teeth in ((170, 260, 120, 12), (310, 420, 80, 10), (850, 240, 140, 14),
            (740, 450, 70, 9)):
        tone = mix(p.mid, (196, 150, 84), 0.55)
        canvas.model(star(x, y, r, teeth, 0.84), tone, edge=10)
        canvas.dot((x, y), r * 0.6, darker(tone, 0.3))
        canvas.dot((x, y), r * 0.2, lighter(tone, 0.2))
    canvas.glow((520, 120), 300, (255, 220, 150), 0.7)
    canvas.fill(box(0, 780, 1000, 1000), mix(p.near, (92, 66, 48), 0.6))


ROOMS: dict[str, Scene] = {
    "school": _school,
    "library": _library,
    "home": _home,
    "hospital": _hospital,
    "lab": _lab,
    "stage": _stage,
    "workshop": _workshop,
}
"""How each room is painted."""
