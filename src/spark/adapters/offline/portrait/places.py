"""Scenes that people built: cities, streets, castles, ruins."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from math import sin

from .canvas import Canvas, whole
from .colours import GOLD, WHITE, colour, darker, lighter, mix
from .palette import Palette
from .scenery import Scene, disc, ridge, skyline
from .shapes import box, ellipse, smooth
from .traits import Traits


def _city(canvas: Canvas, p: Palette, t: Traits) -> None:
    disc(canvas, p, 250, 220, 76)
    skyline(canvas, p, t, "far", 760, mix(p.far, p.bottom, 0.3), None)
    skyline(canvas, p, t, "mid", 860, p.mid, mix(p.glow, (255, 214, 120), 0.5))


def _cyber(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.near, (20, 8, 52), 0.7), mix(p.mid, (110, 24, 130), 0.6))
    sun = ellipse(500, 470, 260)
    with canvas.inside(sun):
        canvas.gradient(sun, (255, 196, 92), (244, 56, 148))
        for k in range(7):
            canvas.fill(box(200, 480 + k * 36, 800, 488 + k * 39), (88, 20, 120))
    skyline(canvas, p, t, "neon", 850, (30, 16, 70), (64, 230, 226))
    for k in range(5):
        x = 60 + k * 210 + t.lot(f"sign{k}", 60)
        y = 330 + t.lot(f"sign-y{k}", 280)
        tone = ((64, 230, 226), (250, 70, 170), (250, 208, 80))[k % 3]
        canvas.glow((x, y + 50), 110, tone, 0.5)
        canvas.stroke([*box(x - 16, y, x + 16, y + 110, 5), (x + 11, y)], 6, tone)


def _street(canvas: Canvas, p: Palette, t: Traits) -> None:
    x = -30.0
    for k in range(6):
        wide = 160 + t.lot(f"house{k}", 60)
        top = 250 + t.lot(f"roof{k}", 170)
        wall = mix(p.far, colour(("#e8c9a0", "#c98a6a", "#a9b8a8",
            "#d9a890")[t.lot(f"wall{k}", 4)]), 0.5)
        canvas.fill(box(x, top, x + wide, 1000), wall)
        canvas.fill([(x - 8, top), (x + wide / 2, top - 70), (x + wide + 8, top)],
            darker(p.mid, 0.15))
        for row in range(3):
            for column in range(2):
                wx, wy = x + 24 + column * (wide / 2 - 6), top + 40 + row * 110
                canvas.fill(box(wx, wy, wx + 44, wy + 60, 5), mix(p.glow, (255, 214, 130), 0.4))
                canvas.fill(box(wx + 20, wy, wx + 24, wy + 60), wall)
        canvas.fill(box(x + 10, 740, x + wide - 10, 780), mix(colour(t.scene_accent), p.mid, 0.3))
        x += wide
    for k in range(9):
        y = 160 + 40 * sin(k * 0.8)
        canvas.glow((k * 125, y + 20), 50, (255, 222, 140), 0.7)
        canvas.dot((k * 125, y + 20), 9, (255, 238, 190))


def _palace(canvas: Canvas, p: Palette, t: Traits) -> None:
    disc(canvas, p, 220, 210, 90)
    canvas.fill(ridge(t, "hills", 640, 150), mix(p.far, p.bottom, 0.3))
    red, roof = mix(p.mid, (172, 52, 44), 0.7), mix(p.near, (64, 78, 84), 0.5)
    for k, (y, w) in enumerate(((250, 250), (400, 370), (570, 490))):
        canvas.fill(box(500 - w * 0.8, y + 40, 500 + w * 0.8, y + 190), red)
        for c in range(-4, 5):
            canvas.fill(box(500 + c * w * 0.18 - 7, y + 40, 500 + c * w * 0.18 + 7, y + 190),
                darker(red, 0.3))
        eaves = [(500 - w * 1.12, y + 30), (500 - w * 0.84, y + 20), (500 - w * 0.6, y - 44),
            (500 + w * 0.6, y - 44), (500 + w * 0.84, y + 20), (500 + w * 1.12, y + 30),
            (500 + w * 0.9, y + 62), (500 - w * 0.9, y + 62)]
        canvas.fill(smooth(eaves, steps=5), lighter(roof, 0.06 * k))
        canvas.brush([(500 - w * 0.9, y + 60), (500 + w * 0.9, y + 60)], (7, 7), GOLD)
    canvas.fill(box(0, 750, 1000, 1000), mix(p.bottom, (206, 190, 166), 0.5))
    for side in (100, 900):
        canvas.glow((side, 430), 100, (255, 150, 80), 0.6)
        canvas.stroke([(side, 330), (side, 400)], 4, roof)
        canvas.model(ellipse(side, 440, 40, 46), (206, 56, 44), edge=8)


def _castle(canvas: Canvas, p: Palette, t: Traits) -> None:
    disc(canvas, p, 780, 190, 78)
    canvas.fill(ridge(t, "hills", 700, 200), mix(p.far, p.bottom, 0.25))
    wall, roof = mix(p.mid, (148, 142, 160), 0.4), mix(p.near, (112, 58, 84), 0.5)
    for x, y, w in ((90, 380, 100), (250, 250, 110), (730, 300, 104), (880, 420, 90),
            (400, 440, 300)):
        canvas.fill(box(x - w / 2, y, x + w / 2 if w < 200 else x + w, 1000), wall)
        if w < 200:
            canvas.fill([(x - w * 0.66, y), (x, y - w * 1.5), (x + w * 0.66, y)], roof)
            canvas.fill([(x, y - w * 1.5 - 40), (x + 46, y - w * 1.5 - 26), (x, y - w * 1.5 - 10)],
                colour(t.scene_accent))
            canvas.fill(box(x - 12, y + 50, x + 12, y + 96, 12), mix(p.glow, (255, 216, 130), 0.5))
    for k in range(12):
        canvas.fill(box(k * 92 - 20, 600, k * 92 + 26, 660), wall)
    canvas.fill(box(0, 640, 1000, 1000), darker(wall, 0.1))
    canvas.fill(ridge(t, "green", 860, 90), mix(p.near, (70, 110, 80), 0.5))


def _ruins(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (120, 98, 92), 0.5), 0.15),
        mix(p.bottom, (226, 168, 116), 0.5))
    canvas.glow((640, 560), 420, (250, 150, 80), 0.6)
    for k in range(9):
        x, w, top = -20 + k * 118, 88, 330 + t.lot(f"ruin{k}", 290)
        jag = [(x, 1000), (x, top + 40), (x + 22, top), (x + 40, top + 50), (x + 62, top + 16),
            (x + w, top + 80), (x + w, 1000)]
        tone = darker(mix(p.mid, (84, 74, 74), 0.6), 0.1 * (k % 3))
        canvas.fill(jag, tone)
        for row in range(4):
            canvas.fill(box(x + 20, top + 90 + row * 70, x + 40, top + 124 + row * 70),
                darker(tone, 0.4))
    for x, y, r in ((200, 200, 90), (280, 130, 120), (340, 40, 150), (820, 150, 120),
            (880, 60, 150)):
        canvas.fill(ellipse(x, y, r, r * 0.8), mix(p.near, (70, 62, 64), 0.6), 0.4)
    canvas.fill(ridge(t, "rubble", 900, 80, 14), darker(mix(p.near, (70, 58, 54), 0.6), 0.2))


def _haunted(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (40, 34, 66), 0.7), 0.2),
        mix(p.bottom, (116, 96, 140), 0.6))
    disc(canvas, p, 740, 230, 110, (236, 232, 206))
    house = darker(mix(p.near, (30, 26, 44), 0.7), 0.2)
    canvas.fill([(60, 1000), (60, 460), (40, 460), (150, 300), (180, 340), (180, 240), (160, 240),
        (220, 120), (280, 240), (262, 240), (262, 380), (330, 470), (310, 470), (310, 1000)], house)
    for x, y in ((110, 500), (210, 290), (240, 520), (120, 640)):
        canvas.fill(box(x, y, x + 36, y + 54, 16), (246, 206, 100))
    for side, x in ((1, 960), (-1, 420)):
        canvas.brush(smooth([(x, 1000), (x - 20 * side, 700), (x - 40 * side, 480)], closed=False),
            (54, 30, 12), house)
        for k in range(4):
            canvas.brush(smooth([(x - 24 * side, 720 - k * 60),
                (x - (90 + k * 10) * side, 600 - k * 60),
                (x - (150 - k * 20) * side, 580 - k * 70)], closed=False), (14, 8, 2), house)
    for x, y in ((560, 150), (640, 330), (860, 140)):
        canvas.fill([(x, y), (x - 20, y - 16), (x - 46, y - 4), (x - 22, y + 8), (x, y + 20),
            (x + 22, y + 8), (x + 46, y - 4), (x + 20, y - 16)], house)
    for y in (780, 840):
        canvas.fill(ellipse(500, y, 700, 44), (206, 200, 226), 0.16)


def _stadium(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (60, 100, 170), 0.4), mix(p.bottom, (206, 228, 244), 0.4))
    canvas.fill([(0, 330), (1000, 330), (1000, 700), (0, 700)], mix(p.mid, (84, 92, 120), 0.5))
    for row in range(8):
        for k in range(34):
            tone = colour(("#e8b04a", "#d9655a", "#5a8ac0", "#f0ece0",
                "#4f9a7a")[t.lot(f"fan{row}{k}", 5)])
            canvas.dot((k * 31 + (row % 2) * 15, 356 + row * 42), 11, mix(tone, p.mid, 0.3))
    for x in (120, 880):
        canvas.fill(box(x - 7, 140, x + 7, 340), mix(p.near, (60, 66, 84), 0.5))
        canvas.glow((x, 130), 170, (255, 252, 230), 0.8)
        canvas.fill(box(x - 70, 100, x + 70, 160, 8), (250, 250, 240))
    canvas.fill(box(0, 700, 1000, 1000), mix(p.far, (88, 160, 88), 0.75))
    for k in range(0, 10, 2):
        canvas.fill(box(k * 100, 700, k * 100 + 100, 1000), WHITE, 0.1)


PLACES: dict[str, Scene] = {
    "city": _city,
    "cyber": _cyber,
    "street": _street,
    "palace": _palace,
    "castle": _castle,
    "ruins": _ruins,
    "haunted": _haunted,
    "stadium": _stadium,
}
"""How each built scene is painted."""
