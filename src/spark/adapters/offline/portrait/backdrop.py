"""The world behind the figure."""

from __future__ import annotations

from collections.abc import Callable
from math import sin

from .canvas import Canvas, whole
from .colours import CREAM, GOLD, WHITE, Colour, colour, darker, lighter, mix
from .palette import Palette
from .shapes import Outline, box, ellipse, smooth, star
from .traits import Traits

Scene = Callable[[Canvas, Palette, Traits], None]


def draw_backdrop(canvas: Canvas, palette: Palette, traits: Traits) -> None:
    """Paint the scene the character belongs to."""
    canvas.gradient(whole(), palette.top, palette.bottom)
    _SCENES.get(traits.backdrop, _abstract)(canvas, palette, traits)


def _spread(traits: Traits, purpose: str, count: int, low: float, high: float) -> list[float]:
    return [low + traits.lot(f"{purpose}{k}", 1000) / 1000 * (high - low) for k in range(count)]


def _ridge(traits: Traits, purpose: str, base: float, height: float, steps: int = 9) -> Outline:
    heights = _spread(traits, purpose, steps, 0, height)
    line = [(-40 + 1080 * k / (steps - 1), base - h) for k, h in enumerate(heights)]
    return [*smooth(line, closed=False), (1040, 1000), (-40, 1000)]


def _disc(canvas: Canvas, p: Palette, x: float, y: float, r: float, tone: Colour | None = None) -> None:
    canvas.glow((x, y), r * 2.3, p.glow, 0.55)
    canvas.dot((x, y), r, tone or lighter(p.glow, 0.2))


def _starfield(canvas: Canvas, t: Traits, count: int, below: float = 900) -> None:
    xs, ys = _spread(t, "sx", count, 0, 1000), _spread(t, "sy", count, 0, below)
    for k, (x, y) in enumerate(zip(xs, ys, strict=True)):
        canvas.dot((x, y), 1.2 + k % 4 * 0.8, WHITE, 0.5 + 0.16 * (k % 4))


def _stars(canvas: Canvas, p: Palette, t: Traits) -> None:
    deep = darker(mix(p.near, (20, 22, 60), 0.6), 0.35)
    canvas.gradient(whole(), deep, mix(p.mid, (52, 46, 110), 0.5))
    canvas.glow((220, 300), 420, p.far, 0.6)
    canvas.glow((840, 700), 460, mix(p.glow, (120, 70, 190), 0.5), 0.4)
    _starfield(canvas, t, 90)
    for x, y in ((120, 140), (900, 420), (660, 90)):
        canvas.fill(star(x, y, 18, 4, 0.18), WHITE, 0.9)
    planet, r = (810, 210), 118
    canvas.glow(planet, 210, p.glow, 0.4)
    canvas.model(ellipse(*planet, r), mix(p.far, (214, 120, 80), 0.4), depth=0.5, edge=40)
    with canvas.inside(ellipse(*planet, r)):
        for dy in (-60, -10, 46):
            canvas.brush(smooth([(680, 215 + dy), (800, 235 + dy), (940, 195 + dy)], closed=False), (10, 20, 8), lighter(p.far, 0.3), 0.4)
    ring = ellipse(*planet, 190, 40, -16)
    canvas.stroke([*ring[: len(ring) // 2 + 2]], 9, lighter(p.glow, 0.1))
    canvas.model(ellipse(110, 610, 56), mix(p.mid, (90, 140, 190), 0.5), depth=0.5, edge=18)


def _skyline(canvas: Canvas, p: Palette, t: Traits, purpose: str, base: float, tone: Colour, lit: Colour | None) -> None:
    x = -20.0
    for k in range(16):
        wide = 52 + t.lot(f"{purpose}w{k}", 54)
        tall = 120 + t.lot(f"{purpose}h{k}", 340)
        canvas.fill(box(x, base - tall, x + wide, 1000), tone)
        if t.lot(f"{purpose}r{k}", 3) == 0:
            canvas.fill(box(x + wide / 2 - 3, base - tall - 60, x + wide / 2 + 3, base - tall), tone)
        if lit:
            for row in range(int(tall / 30)):
                for column in range(int(wide / 20)):
                    if t.lot(f"{purpose}{k}.{row}.{column}", 5) < 2:
                        wx, wy = x + 8 + column * 20, base - tall + 12 + row * 30
                        canvas.fill(box(wx, wy, wx + 9, wy + 13), lit, 0.8)
        x += wide + 6


def _city(canvas: Canvas, p: Palette, t: Traits) -> None:
    _disc(canvas, p, 250, 220, 76)
    _skyline(canvas, p, t, "far", 760, mix(p.far, p.bottom, 0.3), None)
    _skyline(canvas, p, t, "mid", 860, p.mid, mix(p.glow, (255, 214, 120), 0.5))


def _cyber(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.near, (20, 8, 52), 0.7), mix(p.mid, (110, 24, 130), 0.6))
    sun = ellipse(500, 470, 260)
    with canvas.inside(sun):
        canvas.gradient(sun, (255, 196, 92), (244, 56, 148))
        for k in range(7):
            canvas.fill(box(200, 480 + k * 36, 800, 488 + k * 39), (88, 20, 120))
    _skyline(canvas, p, t, "neon", 850, (30, 16, 70), (64, 230, 226))
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
        wall = mix(p.far, colour(("#e8c9a0", "#c98a6a", "#a9b8a8", "#d9a890")[t.lot(f"wall{k}", 4)]), 0.5)
        canvas.fill(box(x, top, x + wide, 1000), wall)
        canvas.fill([(x - 8, top), (x + wide / 2, top - 70), (x + wide + 8, top)], darker(p.mid, 0.15))
        for row in range(3):
            for column in range(2):
                wx, wy = x + 24 + column * (wide / 2 - 6), top + 40 + row * 110
                canvas.fill(box(wx, wy, wx + 44, wy + 60, 5), mix(p.glow, (255, 214, 130), 0.4))
                canvas.fill(box(wx + 20, wy, wx + 24, wy + 60), wall)
        canvas.fill(box(x + 10, 740, x + wide - 10, 780), mix(colour(t.accent), p.mid, 0.3))
        x += wide
    for k in range(9):
        y = 160 + 40 * sin(k * 0.8)
        canvas.glow((k * 125, y + 20), 50, (255, 222, 140), 0.7)
        canvas.dot((k * 125, y + 20), 9, (255, 238, 190))


def _rain(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (74, 88, 112), 0.7), 0.2), mix(p.bottom, (150, 164, 182), 0.6))
    _skyline(canvas, p, t, "wet", 880, mix(p.mid, (60, 72, 96), 0.7), (236, 206, 140))
    for x, y, r in ((160, 120, 110), (330, 90, 140), (560, 110, 120), (780, 90, 140), (920, 130, 100)):
        canvas.fill(ellipse(x, y, r, r * 0.5), mix(p.mid, (70, 80, 104), 0.6))
    xs, ys = _spread(t, "dx", 120, 0, 1040), _spread(t, "dy", 120, 60, 960)
    for x, y in zip(xs, ys, strict=True):
        canvas.brush([(x, y), (x - 12, y + 46)], (1, 3), (226, 236, 246), 0.55)


def _snow(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (130, 164, 200), 0.6), mix(p.bottom, (232, 240, 246), 0.7))
    for name, base, tone in (("s1", 620, (170, 192, 216)), ("s2", 740, (204, 220, 234))):
        peaks = [(-40, 1000), (-40, base)]
        for k in range(7):
            peaks += [(k * 170 - 20, base - 90 - t.lot(f"{name}{k}", 190)), (k * 170 + 70, base)]
        canvas.fill([*peaks, (1060, 1000)], mix(p.far, tone, 0.8))
    for k in range(8):
        _pine(canvas, 30 + k * 134 + t.lot(f"pine{k}", 40), 900, 150 + t.lot(f"tall{k}", 90), mix(p.near, (58, 92, 100), 0.6), True)
    canvas.fill(_ridge(t, "drift", 900, 50), (240, 246, 250))
    for x, y in zip(_spread(t, "fx", 90, 0, 1000), _spread(t, "fy", 90, 0, 900), strict=True):
        canvas.dot((x, y), 2 + (x % 5), WHITE, 0.9)


def _pine(canvas: Canvas, x: float, base: float, tall: float, tone: Colour, snowy: bool = False) -> None:
    for k in range(3):
        top, low, w = base - tall + k * tall * 0.22, base - tall * 0.46 + k * tall * 0.2, tall * (0.17 + k * 0.07)
        canvas.fill([(x, top), (x + w, low), (x - w, low)], lighter(tone, 0.05 * k))
        if snowy:
            canvas.fill([(x, top), (x + w * 0.5, (top + low) / 2), (x, (top + low) / 2 - 8), (x - w * 0.5, (top + low) / 2)], (240, 246, 250))


def _forest(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (150, 196, 160), 0.4), mix(p.bottom, (236, 240, 200), 0.4))
    canvas.glow((500, 300), 460, lighter(p.glow, 0.3), 0.7)
    for layer, (count, base, tone) in enumerate(((9, 820, "#8fb59a"), (7, 880, "#5f9273"), (6, 940, "#376850"))):
        hue = mix(p.far if layer == 0 else p.mid, colour(tone), 0.72)
        for k in range(count):
            x = -30 + k * 1060 / (count - 1) + t.lot(f"tree{layer}{k}", 60)
            if layer == 1:
                _pine(canvas, x, base, 420 + t.lot(f"th{k}", 140), hue)
                continue
            trunk = 20 + layer * 9
            canvas.fill([(x - trunk * 0.5, 200), (x + trunk * 0.5, 200), (x + trunk, 1000), (x - trunk, 1000)], darker(hue, 0.3))
            for dx, dy, r in ((-60, 0, 90), (50, -30, 100), (0, -90, 100), (90, 40, 70)):
                canvas.fill(ellipse(x + dx, 210 - layer * 60 + dy + t.lot(f"leaf{layer}{k}", 60), r), hue)
    for k, x in enumerate((300, 420, 640)):
        canvas.fill([(x, 0), (x + 50, 0), (x + 150 + k * 30, 900), (x + 20, 900)], (255, 250, 214), 0.12)
    for x, y in zip(_spread(t, "fire", 22, 0, 1000), _spread(t, "fly", 22, 300, 860), strict=True):
        canvas.dot((x, y), 4, (255, 246, 180), 0.8)


def _mountains(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (226, 228, 218), 0.45), mix(p.bottom, CREAM, 0.5))
    _disc(canvas, p, 770, 210, 84, mix((216, 84, 60), p.glow, 0.3))
    for k, (base, height) in enumerate(((560, 330), (690, 330), (820, 260), (930, 170))):
        tone = mix(mix(p.far, p.near, k / 3), (84, 104, 112), 0.3)
        ridge = _ridge(t, f"peak{k}", base, height, 8 + k)
        canvas.gradient(ridge, tone, mix(tone, p.bottom, 0.75))
    for y, x in ((560, 160), (700, 860), (780, 240)):
        for dx, r in ((-90, 40), (0, 60), (100, 44)):
            canvas.fill(ellipse(x + dx, y, r * 2.2, r * 0.4), WHITE, 0.35)
    for k in range(3):
        x, y = 170 + k * 54, 240 + k * 26
        canvas.brush(smooth([(x - 20, y - 8), (x, y), (x + 20, y - 10)], closed=False), (1, 4, 1), darker(p.near, 0.2))


def _palace(canvas: Canvas, p: Palette, t: Traits) -> None:
    _disc(canvas, p, 220, 210, 90)
    canvas.fill(_ridge(t, "hills", 640, 150), mix(p.far, p.bottom, 0.3))
    red, roof = mix(p.mid, (172, 52, 44), 0.7), mix(p.near, (64, 78, 84), 0.5)
    for k, (y, w) in enumerate(((250, 250), (400, 370), (570, 490))):
        canvas.fill(box(500 - w * 0.8, y + 40, 500 + w * 0.8, y + 190), red)
        for c in range(-4, 5):
            canvas.fill(box(500 + c * w * 0.18 - 7, y + 40, 500 + c * w * 0.18 + 7, y + 190), darker(red, 0.3))
        eaves = [(500 - w * 1.12, y + 30), (500 - w * 0.84, y + 20), (500 - w * 0.6, y - 44), (500 + w * 0.6, y - 44), (500 + w * 0.84, y + 20), (500 + w * 1.12, y + 30), (500 + w * 0.9, y + 62), (500 - w * 0.9, y + 62)]
        canvas.fill(smooth(eaves, steps=5), lighter(roof, 0.06 * k))
        canvas.brush([(500 - w * 0.9, y + 60), (500 + w * 0.9, y + 60)], (7, 7), GOLD)
    canvas.fill(box(0, 750, 1000, 1000), mix(p.bottom, (206, 190, 166), 0.5))
    for side in (100, 900):
        canvas.glow((side, 430), 100, (255, 150, 80), 0.6)
        canvas.stroke([(side, 330), (side, 400)], 4, roof)
        canvas.model(ellipse(side, 440, 40, 46), (206, 56, 44), edge=8)


def _castle(canvas: Canvas, p: Palette, t: Traits) -> None:
    _disc(canvas, p, 780, 190, 78)
    canvas.fill(_ridge(t, "hills", 700, 200), mix(p.far, p.bottom, 0.25))
    wall, roof = mix(p.mid, (148, 142, 160), 0.4), mix(p.near, (112, 58, 84), 0.5)
    for x, y, w in ((90, 380, 100), (250, 250, 110), (730, 300, 104), (880, 420, 90), (400, 440, 300)):
        canvas.fill(box(x - w / 2, y, x + w / 2 if w < 200 else x + w, 1000), wall)
        if w < 200:
            canvas.fill([(x - w * 0.66, y), (x, y - w * 1.5), (x + w * 0.66, y)], roof)
            canvas.fill([(x, y - w * 1.5 - 40), (x + 46, y - w * 1.5 - 26), (x, y - w * 1.5 - 10)], colour(t.accent))
            canvas.fill(box(x - 12, y + 50, x + 12, y + 96, 12), mix(p.glow, (255, 216, 130), 0.5))
    for k in range(12):
        canvas.fill(box(k * 92 - 20, 600, k * 92 + 26, 660), wall)
    canvas.fill(box(0, 640, 1000, 1000), darker(wall, 0.1))
    canvas.fill(_ridge(t, "green", 860, 90), mix(p.near, (70, 110, 80), 0.5))


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
        canvas.stroke(smooth([(690 + j * 22, 230 + k * 50 + (6 if j % 2 else -6)) for j in range(8)], closed=False), 4, chalk)
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
            canvas.fill(box(x, y + 124 - tall, x + wide, y + 124), mix(p.mid, colour(hues[t.lot(f"c{shelf}{k}", 7)]), 0.62))
            canvas.fill(box(x + 3, y + 134 - tall, x + wide - 3, y + 139 - tall), GOLD, 0.5)
            x, k = x + wide + 2, k + 1
        canvas.fill(box(0, y + 124, 1000, y + 140), lighter(wood, 0.16))
    canvas.glow((500, 360), 480, mix(p.glow, (255, 214, 140), 0.5), 0.5)


def _home(canvas: Canvas, p: Palette, t: Traits) -> None:
    wall = _indoors(canvas, p, "#e8cfa8")
    for x in range(20, 1000, 62):
        canvas.fill(box(x, 0, x + 20, 1000), lighter(wall, 0.12), 0.5)
    canvas.fill(box(70, 130, 370, 560, 8), (250, 246, 236))
    canvas.gradient(box(88, 148, 352, 542), mix(p.top, (140, 190, 226), 0.5), mix(p.bottom, (236, 240, 220), 0.4))
    canvas.fill(box(214, 148, 226, 542), (250, 246, 236))
    canvas.fill(box(88, 338, 352, 350), (250, 246, 236))
    for side in (60, 372):
        canvas.fill(smooth([(side - 34, 110), (side + 34, 110), (side + 22, 350), (side + 40, 600), (side - 40, 600), (side - 22, 350)]), mix(colour(t.accent), p.far, 0.35))
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
    canvas.stroke([(716, 280), (760, 280), (780, 230), (806, 320), (826, 280), (884, 280)], 6, (96, 226, 160))
    canvas.fill(box(780, 440, 812, 540), (206, 60, 64))
    canvas.fill(box(746, 474, 846, 506), (206, 60, 64))


def _lab(canvas: Canvas, p: Palette, t: Traits) -> None:
    _indoors(canvas, p, "#d5e2ea")
    for k in range(7):
        canvas.stroke([(k * 170, 0), (k * 170, 620)], 3, WHITE)
    for y in (250, 470):
        canvas.fill(box(30, y + 110, 970, y + 126), mix(p.mid, (140, 154, 172), 0.6))
        for k in range(8):
            x, tone = 80 + k * 120, ((88, 190, 200), (236, 150, 90), (150, 112, 206), (110, 196, 120))[t.lot(f"jar{y}{k}", 4)]
            if t.lot(f"kind{y}{k}", 2):
                canvas.fill([(x - 9, y + 20), (x + 9, y + 20), (x + 38, y + 108), (x - 38, y + 108)], (240, 248, 250))
                canvas.fill([(x - 18, y + 66), (x + 18, y + 66), (x + 34, y + 106), (x - 34, y + 106)], tone)
            else:
                canvas.fill(box(x - 15, y + 10, x + 15, y + 108, 14), (240, 248, 250))
                canvas.fill(box(x - 12, y + 54, x + 12, y + 106, 11), tone)
    canvas.fill(box(0, 760, 1000, 1000), mix(p.near, (90, 106, 128), 0.5))


def _sea(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (120, 184, 222), 0.4), mix(p.bottom, (250, 232, 206), 0.4))
    _disc(canvas, p, 250, 360, 90)
    for x, y in ((160, 150), (700, 110), (880, 240)):
        for dx, r in ((-60, 34), (0, 52), (60, 38)):
            canvas.fill(ellipse(x + dx, y, r * 1.4, r * 0.6), WHITE, 0.75)
    water = mix(p.mid, (44, 116, 160), 0.65)
    canvas.gradient(box(0, 540, 1000, 1000), lighter(water, 0.25), darker(water, 0.3))
    for k in range(7):
        y = 570 + k * 46
        canvas.brush(smooth([(j * 70 - 20, y + (9 if (j + k) % 2 else -9)) for j in range(17)], closed=False), (4, 5), lighter(water, 0.4), 0.6)
    canvas.fill([(820, 540), (900, 540), (884, 300), (836, 300)], (246, 242, 236))
    for y in (360, 450):
        canvas.fill([(834 - (y - 300) * 0.07, y), (886 + (y - 300) * 0.07, y), (889 + (y - 300) * 0.07, y + 40), (831 - (y - 300) * 0.07, y + 40)], (200, 66, 58))
    canvas.fill(box(830, 262, 890, 304, 4), (70, 74, 92))
    canvas.glow((860, 280), 130, (255, 240, 170), 0.8)
    canvas.fill([(760, 560), (800, 530), (930, 530), (980, 560)], mix(p.near, (90, 84, 88), 0.6))


def _underwater(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.bottom, (110, 208, 220), 0.7), mix(p.near, (14, 52, 96), 0.75))
    for k in range(5):
        canvas.fill([(140 + k * 170, 0), (210 + k * 170, 0), (150 + k * 200, 900), (20 + k * 200, 900)], WHITE, 0.09)
    for k in range(14):
        x, h = _spread(t, f"weed{k}", 2, 0, 1000)
        h = 180 + h * 0.22
        weed = smooth([(x, 1000), (x - 24, 1000 - h * 0.4), (x + 22, 1000 - h * 0.7), (x, 1000 - h)], closed=False)
        canvas.brush(weed, (26, 20, 14, 2), mix(colour(("#3f9a7a", "#e0705a", "#c05a8a")[k % 3]), p.near, 0.35))
    for x, y in zip(_spread(t, "bubble", 26, 0, 1000), _spread(t, "air", 26, 60, 860), strict=True):
        canvas.stroke(ellipse(x, y, 5 + x % 12), 2.5, (220, 246, 250))
    for k, (x, y) in enumerate(((120, 330), (240, 420), (860, 260), (780, 540))):
        hue = ((250, 170, 70), (250, 120, 110), (250, 220, 110), (140, 210, 220))[k]
        canvas.fill(smooth([(x - 34, y), (x, y - 20), (x + 30, y), (x, y + 20)]), hue)
        canvas.fill([(x + 24, y), (x + 52, y - 20), (x + 52, y + 20)], hue)


def _desert(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (110, 160, 200), 0.3), mix(p.bottom, (252, 214, 150), 0.6))
    _disc(canvas, p, 740, 250, 92)
    for k, (base, hue) in enumerate(((640, "#dba868"), (760, "#c98a4e"), (880, "#a8683a"))):
        canvas.fill(_ridge(t, f"dune{k}", base, 130, 5 + k), mix(p.far if k == 0 else p.mid, colour(hue), 0.75))
    cactus = mix(p.near, (62, 104, 72), 0.6)
    for x, y, s in ((130, 760, 1.0), (890, 720, 0.75)):
        canvas.stroke([(x, y), (x, y - 210 * s)], 44 * s, cactus)
        canvas.stroke(smooth([(x, y - 80 * s), (x + 66 * s, y - 90 * s), (x + 68 * s, y - 160 * s)], closed=False), 28 * s, cactus)
        canvas.stroke(smooth([(x, y - 50 * s), (x - 62 * s, y - 60 * s), (x - 64 * s, y - 120 * s)], closed=False), 28 * s, cactus)


def _field(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (130, 190, 226), 0.45), mix(p.bottom, (248, 240, 210), 0.4))
    _disc(canvas, p, 230, 230, 74)
    for x, y in ((620, 150), (860, 230), (420, 90)):
        for dx, r in ((-56, 32), (0, 50), (60, 36)):
            canvas.fill(ellipse(x + dx, y, r * 1.4, r * 0.6), WHITE, 0.8)
    for k, (base, hue) in enumerate(((600, "#9cbf8a"), (690, "#7fae5f"), (800, "#d9b84e"), (900, "#b8923a"))):
        canvas.fill(_ridge(t, f"field{k}", base, 70, 5), mix(p.far if k < 2 else p.mid, colour(hue), 0.75))
    canvas.fill(box(790, 470, 900, 590), mix(p.mid, (200, 80, 62), 0.7))
    canvas.fill([(772, 474), (845, 400), (918, 474)], mix(p.near, (110, 60, 52), 0.6))
    for k in range(40):
        x = k * 26
        canvas.brush(smooth([(x, 900), (x + 6, 820), (x + 14 * (-1) ** k, 770 + k % 5 * 9)], closed=False), (3, 4, 9), mix(p.mid, (232, 190, 90), 0.7))


def _stage(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.near, (60, 20, 50), 0.5), 0.3), mix(p.mid, (120, 40, 70), 0.5))
    for k in range(12):
        x = k * 92
        tone = mix(p.mid, (158, 36, 52), 0.7)
        canvas.gradient([(x - 10, 0), (x + 86, 0), (x + 70, 860), (x + 6, 860)], lighter(tone, 0.1 * (k % 2)), darker(tone, 0.45))
    for x, lean, tone in ((120, 330, (255, 232, 170)), (880, -330, (180, 214, 255)), (500, 0, (255, 240, 220))):
        canvas.fill([(x - 20, 0), (x + 20, 0), (x + lean + 190, 900), (x + lean - 190, 900)], tone, 0.16)
        canvas.fill([(x - 12, 0), (x + 12, 0), (x + lean + 120, 900), (x + lean - 120, 900)], tone, 0.14)
    canvas.fill(ellipse(500, 880, 620, 90), mix(p.bottom, (236, 196, 140), 0.4), 0.6)
    for x, y in zip(_spread(t, "mote", 40, 0, 1000), _spread(t, "dust", 40, 60, 800), strict=True):
        canvas.dot((x, y), 2 + x % 4, (255, 240, 200), 0.5)


def _ruins(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (120, 98, 92), 0.5), 0.15), mix(p.bottom, (226, 168, 116), 0.5))
    canvas.glow((640, 560), 420, (250, 150, 80), 0.6)
    for k in range(9):
        x, w, top = -20 + k * 118, 88, 330 + t.lot(f"ruin{k}", 290)
        jag = [(x, 1000), (x, top + 40), (x + 22, top), (x + 40, top + 50), (x + 62, top + 16), (x + w, top + 80), (x + w, 1000)]
        tone = darker(mix(p.mid, (84, 74, 74), 0.6), 0.1 * (k % 3))
        canvas.fill(jag, tone)
        for row in range(4):
            canvas.fill(box(x + 20, top + 90 + row * 70, x + 40, top + 124 + row * 70), darker(tone, 0.4))
    for x, y, r in ((200, 200, 90), (280, 130, 120), (340, 40, 150), (820, 150, 120), (880, 60, 150)):
        canvas.fill(ellipse(x, y, r, r * 0.8), mix(p.near, (70, 62, 64), 0.6), 0.4)
    canvas.fill(_ridge(t, "rubble", 900, 80, 14), darker(mix(p.near, (70, 58, 54), 0.6), 0.2))


def _haunted(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (40, 34, 66), 0.7), 0.2), mix(p.bottom, (116, 96, 140), 0.6))
    _disc(canvas, p, 740, 230, 110, (236, 232, 206))
    house = darker(mix(p.near, (30, 26, 44), 0.7), 0.2)
    canvas.fill([(60, 1000), (60, 460), (40, 460), (150, 300), (180, 340), (180, 240), (160, 240), (220, 120), (280, 240), (262, 240), (262, 380), (330, 470), (310, 470), (310, 1000)], house)
    for x, y in ((110, 500), (210, 290), (240, 520), (120, 640)):
        canvas.fill(box(x, y, x + 36, y + 54, 16), (246, 206, 100))
    for side, x in ((1, 960), (-1, 420)):
        canvas.brush(smooth([(x, 1000), (x - 20 * side, 700), (x - 40 * side, 480)], closed=False), (54, 30, 12), house)
        for k in range(4):
            canvas.brush(smooth([(x - 24 * side, 720 - k * 60), (x - (90 + k * 10) * side, 600 - k * 60), (x - (150 - k * 20) * side, 580 - k * 70)], closed=False), (14, 8, 2), house)
    for k, (x, y) in enumerate(((560, 150), (640, 330), (860, 140))):
        canvas.fill([(x, y), (x - 20, y - 16), (x - 46, y - 4), (x - 22, y + 8), (x, y + 20), (x + 22, y + 8), (x + 46, y - 4), (x + 20, y - 16)], house)
    for y in (780, 840):
        canvas.fill(ellipse(500, y, 700, 44), (206, 200, 226), 0.16)


def _night(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (24, 32, 80), 0.7), 0.2), mix(p.bottom, (96, 100, 160), 0.6))
    _starfield(canvas, t, 80, 700)
    _disc(canvas, p, 760, 220, 96, (250, 244, 214))
    canvas.dot((800, 196), 84, mix(p.top, (36, 44, 96), 0.7))
    for k, base in enumerate((700, 800, 900)):
        canvas.fill(_ridge(t, f"night{k}", base, 120, 7), darker(mix(p.mid, (44, 52, 104), 0.6), 0.16 * k))


def _sunset(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (118, 88, 150), 0.45), mix(p.bottom, (255, 190, 120), 0.6))
    canvas.glow((500, 520), 520, (255, 214, 140), 0.8)
    canvas.dot((500, 500), 190, (255, 226, 160))
    for k, (x, y, w) in enumerate(((180, 240, 190), (800, 190, 220), (860, 380, 150), (120, 420, 160))):
        for dy in (0, 20, 38):
            canvas.fill(ellipse(x + dy * (-1) ** k, y + dy, w - dy, 12), mix(p.far, (250, 160, 130), 0.6), 0.7)
    for k, base in enumerate((680, 770, 870)):
        canvas.fill(_ridge(t, f"dusk{k}", base, 100, 7), mix(mix(p.mid, (140, 74, 110), 0.5), p.near, k * 0.4))


def _workshop(canvas: Canvas, p: Palette, t: Traits) -> None:
    wall = mix(p.far, (150, 120, 98), 0.6)
    canvas.gradient(whole(), wall, darker(wall, 0.3))
    for row in range(14):
        for k in range(9):
            x = k * 130 - 60 + (65 if row % 2 else 0)
            if t.lot(f"brick{row}{k}", 3) == 0:
                canvas.fill(box(x, row * 64, x + 122, row * 64 + 57, 3), darker(wall, 0.12), 0.8)
    for x, y, r, teeth in ((170, 260, 120, 12), (310, 420, 80, 10), (850, 240, 140, 14), (740, 450, 70, 9)):
        tone = mix(p.mid, (196, 150, 84), 0.55)
        canvas.model(star(x, y, r, teeth, 0.84), tone, edge=10)
        canvas.dot((x, y), r * 0.6, darker(tone, 0.3))
        canvas.dot((x, y), r * 0.2, lighter(tone, 0.2))
    canvas.glow((520, 120), 300, (255, 220, 150), 0.7)
    canvas.fill(box(0, 780, 1000, 1000), mix(p.near, (92, 66, 48), 0.6))


def _stadium(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (60, 100, 170), 0.4), mix(p.bottom, (206, 228, 244), 0.4))
    canvas.fill([(0, 330), (1000, 330), (1000, 700), (0, 700)], mix(p.mid, (84, 92, 120), 0.5))
    for row in range(8):
        for k in range(34):
            tone = colour(("#e8b04a", "#d9655a", "#5a8ac0", "#f0ece0", "#4f9a7a")[t.lot(f"fan{row}{k}", 5)])
            canvas.dot((k * 31 + (row % 2) * 15, 356 + row * 42), 11, mix(tone, p.mid, 0.3))
    for x in (120, 880):
        canvas.fill(box(x - 7, 140, x + 7, 340), mix(p.near, (60, 66, 84), 0.5))
        canvas.glow((x, 130), 170, (255, 252, 230), 0.8)
        canvas.fill(box(x - 70, 100, x + 70, 160, 8), (250, 250, 240))
    canvas.fill(box(0, 700, 1000, 1000), mix(p.far, (88, 160, 88), 0.75))
    for k in range(0, 10, 2):
        canvas.fill(box(k * 100, 700, k * 100 + 100, 1000), WHITE, 0.1)


def _abstract(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.fill(smooth([(-60, 640), (180, 420), (420, 620), (700, 360), (1060, 520), (1060, 1060), (-60, 1060)]), p.far, 0.5)
    canvas.dot((500, 420), 320, mix(p.glow, p.far, 0.28))
    canvas.dot((500, 420), 268, lighter(p.glow, 0.1), 0.5)
    canvas.fill(smooth([(-60, 860), (240, 700), (560, 850), (840, 660), (1060, 760), (1060, 1060), (-60, 1060)]), p.mid, 0.55)
    for k in range(7):
        x, y = 60 + t.lot(f"ax{k}", 880), 60 + t.lot(f"ay{k}", 560)
        if k % 3 == 0:
            canvas.stroke(ellipse(x, y, 26), 5, p.mid)
        elif k % 3 == 1:
            canvas.dot((x, y), 12, colour(t.accent), 0.8)
        else:
            for j in range(9):
                canvas.dot((x + j % 3 * 20, y + j // 3 * 20), 4, p.mid)


_SCENES: dict[str, Scene] = {
    "stars": _stars, "city": _city, "cyber": _cyber, "street": _street, "rain": _rain, "snow": _snow,
    "forest": _forest, "mountains": _mountains, "palace": _palace, "castle": _castle, "school": _school,
    "library": _library, "home": _home, "hospital": _hospital, "lab": _lab, "sea": _sea,
    "underwater": _underwater, "desert": _desert, "field": _field, "stage": _stage, "ruins": _ruins,
    "haunted": _haunted, "night": _night, "sunset": _sunset, "workshop": _workshop, "stadium": _stadium,
    "abstract": _abstract,
}  # fmt: skip
