"""Scenes under the open sky: space, forest, mountains, sea."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .canvas import Canvas, whole
from .colours import CREAM, WHITE, colour, darker, lighter, mix
from .palette import Palette
from .scenery import Scene, disc, pine, ridge, skyline, spread, starfield
from .shapes import box, ellipse, smooth, star
from .traits import Traits


def _stars(canvas: Canvas, p: Palette, t: Traits) -> None:
    deep = darker(mix(p.near, (20, 22, 60), 0.6), 0.35)
    canvas.gradient(whole(), deep, mix(p.mid, (52, 46, 110), 0.5))
    canvas.glow((220, 300), 420, p.far, 0.6)
    canvas.glow((840, 700), 460, mix(p.glow, (120, 70, 190), 0.5), 0.4)
    starfield(canvas, t, 90)
    for x, y in ((120, 140), (900, 420), (660, 90)):
        canvas.fill(star(x, y, 18, 4, 0.18), WHITE, 0.9)
    planet, r = (810, 210), 118
    canvas.glow(planet, 210, p.glow, 0.4)
    canvas.model(ellipse(*planet, r), mix(p.far, (214, 120, 80), 0.4), depth=0.5, edge=40)
    with canvas.inside(ellipse(*planet, r)):
        for dy in (-60, -10, 46):
            canvas.brush(smooth([(680, 215 + dy), (800, 235 + dy), (940, 195 + dy)], closed=False),
                (10, 20, 8), lighter(p.far, 0.3), 0.4)
    ring = ellipse(*planet, 190, 40, -16)
    canvas.stroke([*ring[: len(ring) // 2 + 2]], 9, lighter(p.glow, 0.1))
    canvas.model(ellipse(110, 610, 56), mix(p.mid, (90, 140, 190), 0.5), depth=0.5, edge=18)


def _night(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (24, 32, 80), 0.7), 0.2),
        mix(p.bottom, (96, 100, 160), 0.6))
    starfield(canvas, t, 80, 700)
    disc(canvas, p, 760, 220, 96, (250, 244, 214))
    canvas.dot((800, 196), 84, mix(p.top, (36, 44, 96), 0.7))
    for k, base in enumerate((700, 800, 900)):
        canvas.fill(ridge(t, f"night{k}", base, 120, 7),
            darker(mix(p.mid, (44, 52, 104), 0.6), 0.16 * k))


def _sunset(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (118, 88, 150), 0.45), mix(p.bottom, (255, 190, 120), 0.6))
    canvas.glow((500, 520), 520, (255, 214, 140), 0.8)
    canvas.dot((500, 500), 190, (255, 226, 160))
    for k, (x, y, w) in enumerate(((180, 240, 190), (800, 190, 220), (860, 380, 150),
            (120, 420, 160))):
        for dy in (0, 20, 38):
            canvas.fill(ellipse(x + dy * (-1) ** k, y + dy, w - dy, 12),
                mix(p.far, (250, 160, 130), 0.6), 0.7)
    for k, base in enumerate((680, 770, 870)):
        canvas.fill(ridge(t, f"dusk{k}", base, 100, 7), mix(mix(p.mid, (140, 74, 110), 0.5),
            p.near, k * 0.4))


def _rain(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), darker(mix(p.top, (74, 88, 112), 0.7), 0.2),
        mix(p.bottom, (150, 164, 182), 0.6))
    skyline(canvas, p, t, "wet", 880, mix(p.mid, (60, 72, 96), 0.7), (236, 206, 140))
    for x, y, r in ((160, 120, 110), (330, 90, 140), (560, 110, 120), (780, 90, 140),
            (920, 130, 100)):
        canvas.fill(ellipse(x, y, r, r * 0.5), mix(p.mid, (70, 80, 104), 0.6))
    xs, ys = spread(t, "dx", 120, 0, 1040), spread(t, "dy", 120, 60, 960)
    for at, height in zip(xs, ys, strict=True):
        canvas.brush([(at, height), (at - 12, height + 46)], (1, 3), (226, 236, 246), 0.55)


def _snow(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (130, 164, 200), 0.6), mix(p.bottom, (232, 240, 246), 0.7))
    for name, base, tone in (("s1", 620, (170, 192, 216)), ("s2", 740, (204, 220, 234))):
        peaks = [(-40, 1000), (-40, base)]
        for k in range(7):
            peaks += [(k * 170 - 20, base - 90 - t.lot(f"{name}{k}", 190)), (k * 170 + 70, base)]
        canvas.fill([*peaks, (1060, 1000)], mix(p.far, tone, 0.8))
    for k in range(8):
        pine(canvas, 30 + k * 134 + t.lot(f"pine{k}", 40), 900, 150 + t.lot(f"tall{k}", 90),
            mix(p.near, (58, 92, 100), 0.6), True)
    canvas.fill(ridge(t, "drift", 900, 50), (240, 246, 250))
    for x, y in zip(spread(t, "fx", 90, 0, 1000), spread(t, "fy", 90, 0, 900), strict=True):
        canvas.dot((x, y), 2 + (x % 5), WHITE, 0.9)


def _forest(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (150, 196, 160), 0.4), mix(p.bottom, (236, 240, 200), 0.4))
    canvas.glow((500, 300), 460, lighter(p.glow, 0.3), 0.7)
    for layer, (count, base, tone) in enumerate(((9, 820, "#8fb59a"), (7, 880, "#5f9273"),
            (6, 940, "#376850"))):
        hue = mix(p.far if layer == 0 else p.mid, colour(tone), 0.72)
        for k in range(count):
            x = -30 + k * 1060 / (count - 1) + t.lot(f"tree{layer}{k}", 60)
            if layer == 1:
                pine(canvas, x, base, 420 + t.lot(f"th{k}", 140), hue)
                continue
            trunk = 20 + layer * 9
            canvas.fill([(x - trunk * 0.5, 200), (x + trunk * 0.5, 200), (x + trunk, 1000),
                (x - trunk, 1000)], darker(hue, 0.3))
            for dx, dy, r in ((-60, 0, 90), (50, -30, 100), (0, -90, 100), (90, 40, 70)):
                canvas.fill(ellipse(x + dx, 210 - layer * 60 + dy + t.lot(f"leaf{layer}{k}", 60),
                    r), hue)
    for k, x in enumerate((300, 420, 640)):
        canvas.fill([(x, 0), (x + 50, 0), (x + 150 + k * 30, 900), (x + 20, 900)], (255, 250, 214),
            0.12)
    for x, y in zip(spread(t, "fire", 22, 0, 1000), spread(t, "fly", 22, 300, 860), strict=True):
        canvas.dot((x, y), 4, (255, 246, 180), 0.8)


def _mountains(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (226, 228, 218), 0.45), mix(p.bottom, CREAM, 0.5))
    disc(canvas, p, 770, 210, 84, mix((216, 84, 60), p.glow, 0.3))
    for k, (base, height) in enumerate(((560, 330), (690, 330), (820, 260), (930, 170))):
        tone = mix(mix(p.far, p.near, k / 3), (84, 104, 112), 0.3)
        hills = ridge(t, f"peak{k}", base, height, 8 + k)
        canvas.gradient(hills, tone, mix(tone, p.bottom, 0.75))
    for y, x in ((560, 160), (700, 860), (780, 240)):
        for dx, r in ((-90, 40), (0, 60), (100, 44)):
            canvas.fill(ellipse(x + dx, y, r * 2.2, r * 0.4), WHITE, 0.35)
    for k in range(3):
        x, y = 170 + k * 54, 240 + k * 26
        canvas.brush(smooth([(x - 20, y - 8), (x, y), (x + 20, y - 10)], closed=False), (1, 4, 1),
            darker(p.near, 0.2))


def _sea(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (120, 184, 222), 0.4), mix(p.bottom, (250, 232, 206), 0.4))
    disc(canvas, p, 250, 360, 90)
    for x, y in ((160, 150), (700, 110), (880, 240)):
        for dx, r in ((-60, 34), (0, 52), (60, 38)):
            canvas.fill(ellipse(x + dx, y, r * 1.4, r * 0.6), WHITE, 0.75)
    water = mix(p.mid, (44, 116, 160), 0.65)
    canvas.gradient(box(0, 540, 1000, 1000), lighter(water, 0.25), darker(water, 0.3))
    for k in range(7):
        y = 570 + k * 46
        canvas.brush(smooth([(j * 70 - 20, y + (9 if (j + k) % 2 else -9)) for j in range(17)],
            closed=False), (4, 5), lighter(water, 0.4), 0.6)
    canvas.fill([(820, 540), (900, 540), (884, 300), (836, 300)], (246, 242, 236))
    for y in (360, 450):
        canvas.fill([(834 - (y - 300) * 0.07, y), (886 + (y - 300) * 0.07, y),
            (889 + (y - 300) * 0.07, y + 40), (831 - (y - 300) * 0.07, y + 40)], (200, 66, 58))
    canvas.fill(box(830, 262, 890, 304, 4), (70, 74, 92))
    canvas.glow((860, 280), 130, (255, 240, 170), 0.8)
    canvas.fill([(760, 560), (800, 530), (930, 530), (980, 560)], mix(p.near, (90, 84, 88), 0.6))


def _underwater(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.bottom, (110, 208, 220), 0.7), mix(p.near, (14, 52, 96), 0.75))
    for k in range(5):
        canvas.fill([(140 + k * 170, 0), (210 + k * 170, 0), (150 + k * 200, 900),
            (20 + k * 200, 900)], WHITE, 0.09)
    for k in range(14):
        x, h = spread(t, f"weed{k}", 2, 0, 1000)
        h = 180 + h * 0.22
        weed = smooth([(x, 1000), (x - 24, 1000 - h * 0.4), (x + 22, 1000 - h * 0.7),
            (x, 1000 - h)], closed=False)
        canvas.brush(weed, (26, 20, 14, 2), mix(colour(("#3f9a7a", "#e0705a", "#c05a8a")[k % 3]),
            p.near, 0.35))
    for x, y in zip(spread(t, "bubble", 26, 0, 1000), spread(t, "air", 26, 60, 860), strict=True):
        canvas.stroke(ellipse(x, y, 5 + x % 12), 2.5, (220, 246, 250))
    for k, (x, y) in enumerate(((120, 330), (240, 420), (860, 260), (780, 540))):
        hue = ((250, 170, 70), (250, 120, 110), (250, 220, 110), (140, 210, 220))[k]
        canvas.fill(smooth([(x - 34, y), (x, y - 20), (x + 30, y), (x, y + 20)]), hue)
        canvas.fill([(x + 24, y), (x + 52, y - 20), (x + 52, y + 20)], hue)


def _desert(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (110, 160, 200), 0.3), mix(p.bottom, (252, 214, 150), 0.6))
    disc(canvas, p, 740, 250, 92)
    for k, (base, hue) in enumerate(((640, "#dba868"), (760, "#c98a4e"), (880, "#a8683a"))):
        canvas.fill(ridge(t, f"dune{k}", base, 130, 5 + k),
            mix(p.far if k == 0 else p.mid, colour(hue), 0.75))
    cactus = mix(p.near, (62, 104, 72), 0.6)
    for x, y, s in ((130, 760, 1.0), (890, 720, 0.75)):
        canvas.stroke([(x, y), (x, y - 210 * s)], 44 * s, cactus)
        canvas.stroke(smooth([(x, y - 80 * s), (x + 66 * s, y - 90 * s), (x + 68 * s, y - 160 * s)],
            closed=False), 28 * s, cactus)
        canvas.stroke(smooth([(x, y - 50 * s), (x - 62 * s, y - 60 * s), (x - 64 * s, y - 120 * s)],
            closed=False), 28 * s, cactus)


def _field(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.gradient(whole(), mix(p.top, (130, 190, 226), 0.45), mix(p.bottom, (248, 240, 210), 0.4))
    disc(canvas, p, 230, 230, 74)
    for x, y in ((620, 150), (860, 230), (420, 90)):
        for dx, r in ((-56, 32), (0, 50), (60, 36)):
            canvas.fill(ellipse(x + dx, y, r * 1.4, r * 0.6), WHITE, 0.8)
    for k, (base, hue) in enumerate(((600, "#9cbf8a"), (690, "#7fae5f"), (800, "#d9b84e"),
            (900, "#b8923a"))):
        canvas.fill(ridge(t, f"field{k}", base, 70, 5), mix(p.far if k < 2 else p.mid, colour(hue),
            0.75))
    canvas.fill(box(790, 470, 900, 590), mix(p.mid, (200, 80, 62), 0.7))
    canvas.fill([(772, 474), (845, 400), (918, 474)], mix(p.near, (110, 60, 52), 0.6))
    for k in range(40):
        x = k * 26
        canvas.brush(smooth([(x, 900), (x + 6, 820), (x + 14 * (-1) ** k, 770 + k % 5 * 9)],
            closed=False), (3, 4, 9), mix(p.mid, (232, 190, 90), 0.7))


def _abstract(canvas: Canvas, p: Palette, t: Traits) -> None:
    canvas.fill(smooth([(-60, 640), (180, 420), (420, 620), (700, 360), (1060, 520), (1060, 1060),
        (-60, 1060)]), p.far, 0.5)
    canvas.dot((500, 420), 320, mix(p.glow, p.far, 0.28))
    canvas.dot((500, 420), 268, lighter(p.glow, 0.1), 0.5)
    canvas.fill(smooth([(-60, 860), (240, 700), (560, 850), (840, 660), (1060, 760), (1060, 1060),
        (-60, 1060)]), p.mid, 0.55)
    for k in range(7):
        x, y = 60 + t.lot(f"ax{k}", 880), 60 + t.lot(f"ay{k}", 560)
        if k % 3 == 0:
            canvas.stroke(ellipse(x, y, 26), 5, p.mid)
        elif k % 3 == 1:
            canvas.dot((x, y), 12, colour(t.scene_accent), 0.8)
        else:
            for j in range(9):
                canvas.dot((x + j % 3 * 20, y + j // 3 * 20), 4, p.mid)


NATURE: dict[str, Scene] = {
    "stars": _stars,
    "night": _night,
    "sunset": _sunset,
    "rain": _rain,
    "snow": _snow,
    "forest": _forest,
    "mountains": _mountains,
    "sea": _sea,
    "underwater": _underwater,
    "desert": _desert,
    "field": _field,
    "abstract": _abstract,
}
"""How each natural scene is painted."""
