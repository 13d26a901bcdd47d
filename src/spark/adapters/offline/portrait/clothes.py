"""Clothes: what a bust wears, from T-shirt to spacesuit."""

from __future__ import annotations

from collections.abc import Callable

from . import costumes
from .anatomy import Anatomy
from .canvas import Canvas
from .colours import CREAM, GOLD, INK, WHITE, Colour, colour, darker, lighter, mix
from .garments import (
    belt, buttons, collar, garment, hood, lapels, neckline, seam, stripes, v_neck,
)  # fmt: skip
from .shapes import box, ellipse, flipped, smooth, star
from .traits import CLOTH, pick

Tailor = Callable[[Canvas, Anatomy, Colour], None]

_USUAL: dict[str, str] = {
    "lab": "#f3f5f7", "scrubs": "#3f9a94", "nurse": "#d9eaf2", "spacesuit": "#eef0f2",
    "police": "#24365e", "army": "#5f6b42", "armour": "#a9b4c2", "suit": "#2c3550",
    "chef": "#f7f5f0", "overalls": "#3f6690", "school": "#25365c", "sailor": "#f4f4f2",
    "captain": "#1f2f52", "pirate": "#7a2430", "ninja": "#26242e", "royal": "#9a1f36",
    "habit": "#d98a34", "fire": "#c9a23e", "vest": "#f08a24", "trench": "#c4a273",
    "raincoat": "#e9c03a", "robe": "#4a3a8a", "tunic": "#5f7048", "rags": "#8a7a66",
    "gown": "#26242e", "pajamas": "#a9c8dc", "flight": "#6b4a32", "cyber": "#2b2f3f",
    "wedding": "#faf6f0", "jacket": "#3a3038", "safari": "#b79a66", "stripes": "#f0ede6",
    "santa": "#c42c30", "ruffle": "#e3a52e", "waistcoat": "#6b4630", "tang": "#7d2430",
    "cape": "#2f58b0", "qipao": "#b3243a",
}  # fmt: skip


def draw_clothes(canvas: Canvas, a: Anatomy) -> None:
    """Dress the bust; an empty outfit leaves it as it is."""
    outfit = a.traits.outfit
    if outfit:
        _TAILORS.get(outfit, _shirt)(canvas, a, clothes_colour(a))


def clothes_colour(a: Anatomy) -> Colour:
    """The colour of the main garment: as wished, else as usual for it, else by lot."""
    t = a.traits
    return colour(t.outfit_colour or _USUAL.get(t.outfit) or pick(t.identity, "cloth", CLOTH))


def _tshirt(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    neckline(canvas, a, darker(tone, 0.2))
    if a.traits.lot("print", 2):
        canvas.fill(star(a.cx, a.shoulder_y + 170, 44), lighter(tone, 0.45))
    else:
        stripes(canvas, a, lighter(tone, 0.5), 46, 18, a.shoulder_y + 110)


def _shirt(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 30, 46)
    collar(canvas, a, lighter(tone, 0.12))
    seam(canvas, a, tone)
    buttons(canvas, a, lighter(tone, 0.5), a.shoulder_y + 90)


def _hoodie(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    hood(canvas, a, darker(tone, 0.12))
    garment(canvas, a, tone)
    neckline(canvas, a, darker(tone, 0.3), 30)
    for side in (-1, 1):
        cord = [(a.cx + side * 34, a.shoulder_y + 20), (a.cx + side * 40, a.shoulder_y + 130)]
        canvas.brush(cord, (7, 7), CREAM)
        canvas.fill(box(cord[1][0] - 5, cord[1][1], cord[1][0] + 5, cord[1][1] + 16, 3), CREAM)
    pocket = box(a.cx - 95, a.shoulder_y + 205, a.cx + 95, 1030, 30)
    canvas.model(pocket, lighter(tone, 0.06), edge=8)


def _sweater(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    with canvas.inside(a.torso()):
        for k in range(5):
            x = a.cx - 88 + k * 44
            for y in range(int(a.shoulder_y) + 70, 900, 26):
                canvas.brush([(x - 11, y), (x, y + 15), (x + 11, y)], (5, 5), darker(tone, 0.14))
    roll = smooth(
        [(a.cx - a.neck - 20, a.shoulder_y - 56), (a.cx, a.shoulder_y - 24), (a.cx + a.neck + 20, a.shoulder_y - 56),
         (a.cx + a.neck + 30, a.shoulder_y - 4), (a.cx, a.shoulder_y + 36), (a.cx - a.neck - 30, a.shoulder_y - 4)]
    )  # fmt: skip
    canvas.model(roll, lighter(tone, 0.08), edge=9)


def _cardigan(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, CREAM, 60, 190)
    collar(canvas, a, WHITE)
    v_trim = [(a.cx - 66, a.shoulder_y - 14), (a.cx, a.shoulder_y + 192), (a.cx + 66, a.shoulder_y - 14)]
    canvas.brush(v_trim, (15, 15, 15), darker(tone, 0.22))
    seam(canvas, a, tone, a.shoulder_y + 190)
    buttons(canvas, a, GOLD, a.shoulder_y + 215)


def _suit(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, WHITE, 62, 215)
    if "bowtie" not in a.traits.wear and a.traits.gender == "male":
        _tie(canvas, a, colour(a.traits.accent))
    collar(canvas, a, WHITE, 0.9)
    lapels(canvas, a, tone, 215)
    buttons(canvas, a, darker(tone, 0.5), a.shoulder_y + 236, 1)
    canvas.fill([(a.cx - 130, a.shoulder_y + 130), (a.cx - 96, a.shoulder_y + 112), (a.cx - 88, a.shoulder_y + 138),
                 (a.cx - 130, a.shoulder_y + 142)], colour(a.traits.accent))  # fmt: skip


def _tie(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.shoulder_y
    canvas.model([(a.cx - 14, y + 32), (a.cx + 14, y + 32), (a.cx + 30, y + 190), (a.cx, y + 222),
                  (a.cx - 30, y + 190)], tone, edge=7)  # fmt: skip
    canvas.model([(a.cx - 21, y + 4), (a.cx + 21, y + 4), (a.cx + 13, y + 38), (a.cx - 13, y + 38)],
                 darker(tone, 0.1), edge=5)  # fmt: skip


def _dress(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    canvas.model(a.torso(), a.skin)
    y, w = a.shoulder_y, a.shoulder_w
    bodice = smooth(
        [(a.cx - w * 0.62, y - 6), (a.cx - w * 0.44, y + 64), (a.cx, y + 92), (a.cx + w * 0.44, y + 64),
         (a.cx + w * 0.62, y - 6), (a.cx + w * 0.86, y + 20), (a.cx + w * 0.78, y + 130), (a.cx + w * 0.7, y + 250),
         (a.cx + w * 0.84, 1060), (a.cx - w * 0.84, 1060), (a.cx - w * 0.7, y + 250), (a.cx - w * 0.78, y + 130),
         (a.cx - w * 0.86, y + 20)]
    )  # fmt: skip
    canvas.model(bodice, tone)
    canvas.brush(smooth([(a.cx - w * 0.56, y + 14), (a.cx, y + 96), (a.cx + w * 0.56, y + 14)], closed=False),
                 (9, 13, 9), lighter(tone, 0.4))
    canvas.brush([(a.cx - w * 0.72, y + 228), (a.cx, y + 240), (a.cx + w * 0.72, y + 228)], (22, 22, 22), darker(tone, 0.25))
    for side in (-1, 1):
        canvas.model(ellipse(a.cx + side * w * 0.92, y + 52, 46, 62, side * -16), tone, edge=10)


def _wedding(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _dress(canvas, a, tone)
    for k in range(9):
        x = a.cx - 64 + k * 16
        canvas.dot((x, a.shoulder_y + 58 - abs(k - 4) * 9), 6, WHITE)


def _coat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, mix(CREAM, colour(a.traits.accent), 0.3), 56, 140)
    lapels(canvas, a, tone, 190, wide=1.25)
    for side in (-1, 1):
        for k in range(3):
            canvas.model(ellipse(a.cx + side * 48, a.shoulder_y + 210 + k * 62, 11), darker(tone, 0.5), edge=3)
    seam(canvas, a, tone, a.shoulder_y + 170)


def _trench(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, WHITE, 52, 150)
    _tie(canvas, a, darker(colour(a.traits.accent), 0.25))
    lapels(canvas, a, tone, 170, wide=1.45)
    for side in (-1, 1):
        flap = [(a.cx + side * a.shoulder_w * 0.68, a.shoulder_y - 4), (a.cx + side * a.shoulder_w * 0.98, a.shoulder_y + 36),
                (a.cx + side * a.shoulder_w * 0.9, a.shoulder_y + 62), (a.cx + side * a.shoulder_w * 0.62, a.shoulder_y + 22)]
        canvas.model(flap, darker(tone, 0.1), edge=6)
        canvas.dot((a.cx + side * a.shoulder_w * 0.7, a.shoulder_y + 16), 6, darker(tone, 0.5))
    belt(canvas, a, darker(tone, 0.3), 868 - 40)
    buttons(canvas, a, darker(tone, 0.55), a.shoulder_y + 196, 2)


def _jacket(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    panel = a.chest(46, 70, a.shoulder_y - 16)
    inner = mix(CREAM, colour(a.traits.accent), 0.25)
    canvas.fill(panel, inner)
    neckline(canvas, a, darker(inner, 0.2), 14)
    for side in (-1, 1):
        edge = [(a.cx + side * 48, a.shoulder_y - 20), (a.cx + side * 72, 1030)]
        canvas.brush(edge, (6, 6), (206, 206, 214))
        lapel = [(a.cx + side * 44, a.shoulder_y - 38), (a.cx + side * 122, a.shoulder_y + 24),
                 (a.cx + side * 92, a.shoulder_y + 108), (a.cx + side * 54, a.shoulder_y + 60)]
        canvas.model(lapel, lighter(tone, 0.1), edge=7)
        pocket = [(a.cx + side * 112, a.shoulder_y + 150), (a.cx + side * 160, a.shoulder_y + 136)]
        canvas.brush(pocket, (7, 7), darker(tone, 0.4))


def _raincoat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    hood(canvas, a, darker(tone, 0.14))
    garment(canvas, a, tone)
    collar(canvas, a, lighter(tone, 0.1), 1.3)
    seam(canvas, a, tone)
    for k in range(4):
        canvas.brush([(a.cx - 26, a.shoulder_y + 92 + k * 58), (a.cx + 26, a.shoulder_y + 92 + k * 58)], (10, 10),
                     darker(tone, 0.42))


def _lab(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    inner = colour(a.traits.accent)
    v_neck(canvas, a, inner, 58, 200)
    collar(canvas, a, lighter(inner, 0.35), 0.9)
    lapels(canvas, a, tone, 210)
    _pocket(canvas, a, tone, -1)
    canvas.fill(box(a.cx - 146, a.shoulder_y + 138, a.cx - 139, a.shoulder_y + 176, 3), (52, 96, 190))
    canvas.fill(box(a.cx - 130, a.shoulder_y + 142, a.cx - 123, a.shoulder_y + 176, 3), (200, 60, 60))


def _pocket(canvas: Canvas, a: Anatomy, tone: Colour, side: int) -> None:
    x = a.cx + side * 128
    canvas.fill(box(x - 36, a.shoulder_y + 162, x + 36, a.shoulder_y + 236, 6), darker(tone, 0.1))
    canvas.brush([(x - 36, a.shoulder_y + 164), (x + 36, a.shoulder_y + 164)], (5, 5), darker(tone, 0.26))


def _scrubs(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 52, 104)
    canvas.brush([(a.cx - 58, a.shoulder_y - 12), (a.cx, a.shoulder_y + 110), (a.cx + 58, a.shoulder_y - 12)],
                 (14, 14, 14), darker(tone, 0.18))
    _pocket(canvas, a, tone, -1)


def _nurse(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    collar(canvas, a, WHITE, 1.15)
    seam(canvas, a, tone)
    buttons(canvas, a, WHITE, a.shoulder_y + 90)
    x, y = a.cx - 110, a.shoulder_y + 160
    canvas.fill(box(x - 8, y - 24, x + 8, y + 24), (206, 48, 52))
    canvas.fill(box(x - 24, y - 8, x + 24, y + 8), (206, 48, 52))


def _apron(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _shirt(canvas, a, mix(CREAM, tone, 0.12))
    bib = smooth([(a.cx - 84, a.shoulder_y + 92), (a.cx + 84, a.shoulder_y + 92), (a.cx + 104, a.shoulder_y + 200),
                  (a.cx + 190, 1060), (a.cx - 190, 1060), (a.cx - 104, a.shoulder_y + 200)], steps=7)  # fmt: skip
    canvas.model(bib, tone)
    for side in (-1, 1):
        canvas.brush([(a.cx + side * 82, a.shoulder_y + 100), (a.cx + side * (a.neck + 18), a.shoulder_y - 34)], (15, 15),
                     darker(tone, 0.12))
    canvas.fill(box(a.cx - 60, a.shoulder_y + 210, a.cx + 60, 1030, 10), darker(tone, 0.12))


def _chef(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    fold = [(a.cx - 20, a.shoulder_y - 20), (a.cx + 76, a.shoulder_y + 60), (a.cx + 66, 1030), (a.cx - 30, 1030)]
    canvas.fill(fold, darker(tone, 0.08))
    for side in (-1, 1):
        for k in range(3):
            canvas.model(ellipse(a.cx + 18 + side * 34, a.shoulder_y + 110 + k * 60, 10), INK, edge=3)
    scarf = smooth([(a.cx - a.neck - 26, a.shoulder_y - 44), (a.cx, a.shoulder_y - 8), (a.cx + a.neck + 26, a.shoulder_y - 44),
                    (a.cx + a.neck + 18, a.shoulder_y + 4), (a.cx, a.shoulder_y + 40), (a.cx - a.neck - 18, a.shoulder_y + 4)])
    canvas.model(scarf, colour(a.traits.accent), edge=8)


def _overalls(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    under = mix(colour(a.traits.accent), CREAM, 0.35)
    _tshirt_plain(canvas, a, under)
    bib = box(a.cx - 98, a.shoulder_y + 120, a.cx + 98, 1040, 20)
    canvas.model(bib, tone)
    for side in (-1, 1):
        strap = [(a.cx + side * 78, a.shoulder_y + 140), (a.cx + side * 112, a.shoulder_y - 22)]
        canvas.brush(strap, (36, 34), darker(tone, 0.08))
        canvas.model(ellipse(a.cx + side * 78, a.shoulder_y + 146, 14), GOLD, edge=4)
    canvas.fill(box(a.cx - 54, a.shoulder_y + 190, a.cx + 54, a.shoulder_y + 270, 12), darker(tone, 0.14))


def _tshirt_plain(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    neckline(canvas, a, darker(tone, 0.2))


def _waistcoat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _shirt(canvas, a, CREAM)
    w = a.shoulder_w
    for side in (-1, 1):
        front = smooth([(a.cx + side * 50, a.shoulder_y - 24), (a.cx + side * w * 0.58, a.shoulder_y - 12), (a.cx + side * w * 0.62,
                        a.shoulder_y + 130), (a.cx + side * w * 0.76, 1040), (a.cx + side * 6, 1040), (a.cx + side * 10,
                        a.shoulder_y + 170)], steps=6)  # fmt: skip
        canvas.model(front, tone)
    buttons(canvas, a, GOLD, a.shoulder_y + 190)


def _school(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, WHITE, 58, 180)
    if a.traits.gender == "female":
        bow = colour(a.traits.accent)
        for side in (-1, 1):
            canvas.model(smooth([(a.cx, a.shoulder_y + 50), (a.cx + side * 52, a.shoulder_y + 24), (a.cx + side * 50, a.shoulder_y + 78)]),
                         bow, edge=6)
        canvas.dot((a.cx, a.shoulder_y + 50), 12, darker(bow, 0.2))
    else:
        _tie(canvas, a, colour(a.traits.accent))
    collar(canvas, a, WHITE)
    lapels(canvas, a, tone, 190)
    canvas.model(smooth([(a.cx - 150, a.shoulder_y + 130), (a.cx - 106, a.shoulder_y + 130), (a.cx - 108, a.shoulder_y + 170),
                         (a.cx - 128, a.shoulder_y + 188), (a.cx - 148, a.shoulder_y + 170)]), GOLD, edge=5)  # fmt: skip


def _sailor(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    flap = [(a.cx - 70, a.shoulder_y - 40), (a.cx - 150, a.shoulder_y + 30), (a.cx - 120, a.shoulder_y + 96), (a.cx, a.shoulder_y + 170)]
    for outline in (flap, flipped(flap, a.cx)):
        canvas.model(outline, (36, 62, 120), edge=7)
        canvas.brush([(x, y - 14) for x, y in outline[1:]], (5, 5), WHITE)
    v_neck(canvas, a, a.skin, 44, 110)
    canvas.model(star(a.cx, a.shoulder_y + 176, 34, 4), (200, 48, 56), edge=5)


def _tang(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    collar(canvas, a, darker(tone, 0.1), 0.8, stand=True)
    seam(canvas, a, tone)
    for k in range(4):
        y = a.shoulder_y + 84 + k * 62
        canvas.brush([(a.cx - 40, y), (a.cx + 40, y)], (9, 9), GOLD)
        canvas.model(ellipse(a.cx, y, 10), GOLD, edge=3)


def _qipao(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    collar(canvas, a, darker(tone, 0.12), 0.9, stand=True)
    flap = smooth([(a.cx, a.shoulder_y + 6), (a.cx + 30, a.shoulder_y + 60), (a.cx + 120, a.shoulder_y + 110), (a.cx + 176,
                   a.shoulder_y + 190)], closed=False)  # fmt: skip
    canvas.brush(flap, (9, 9), GOLD)
    for x, y in ((-110, 190), (60, 240), (-40, 130), (-150, 270), (110, 300)):
        for k in range(5):
            petal = star(a.cx + x, a.shoulder_y + y, 26, 5, 0.5)
            canvas.fill(smooth(petal, steps=3), lighter(tone, 0.3 + k * 0.02))
        canvas.dot((a.cx + x, a.shoulder_y + y), 6, GOLD)


def _sport(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 44, 62)
    canvas.brush([(a.cx - 52, a.shoulder_y - 14), (a.cx, a.shoulder_y + 70), (a.cx + 52, a.shoulder_y - 14)], (12, 12, 12), WHITE)
    for side in (-1, 1):
        for k in (0, 26):
            line = [(a.cx + side * (a.shoulder_w * 0.62 + k), a.shoulder_y - 20), (a.cx + side * (a.shoulder_w * 1.02 + k * 0.7), a.shoulder_y + 150)]
            canvas.brush(line, (11, 11), WHITE)
    _number(canvas, a.cx, a.shoulder_y + 180, a.traits.lot("number", 10), lighter(tone, 0.85))


def _number(canvas: Canvas, x: float, y: float, digit: int, tone: Colour) -> None:
    lit = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgecd", "abc", "abcdefg", "abcdfg")[digit]
    w, h = 26, 40
    bars = {
        "a": ((-w, -h), (w, -h)), "b": ((w, -h), (w, 0)), "c": ((w, 0), (w, h)), "d": ((-w, h), (w, h)),
        "e": ((-w, 0), (-w, h)), "f": ((-w, -h), (-w, 0)), "g": ((-w, 0), (w, 0)),
    }  # fmt: skip
    for each in lit:
        (ax, ay), (bx, by) = bars[each]
        canvas.stroke([(x + ax, y + ay), (x + bx, y + by)], 15, tone)


def _stripes(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    stripes(canvas, a, (52, 52, 62), 60, 30, a.shoulder_y)
    neckline(canvas, a, (52, 52, 62))


def _pajamas(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    with canvas.inside(a.torso()):
        for x in range(200, 820, 44):
            canvas.fill(box(x, a.shoulder_y - 60, x + 12, 1030), lighter(tone, 0.5))
    v_neck(canvas, a, a.skin, 44, 90)
    collar(canvas, a, lighter(tone, 0.3))
    buttons(canvas, a, WHITE, a.shoulder_y + 130)


def _rags(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 60, 96)
    for x, y, w, h, hue in ((-120, 150, 66, 58, "#6b7a8a"), (70, 200, 74, 66, "#9a6a4a"), (-40, 250, 50, 46, "#7a8a5a")):
        patch = [(a.cx + x, a.shoulder_y + y), (a.cx + x + w, a.shoulder_y + y + 8), (a.cx + x + w - 6, a.shoulder_y + y + h), (a.cx + x + 4,
                 a.shoulder_y + y + h - 6)]  # fmt: skip
        canvas.fill(patch, mix(tone, colour(hue), 0.6))
        for k in range(0, w, 14):
            canvas.brush([(a.cx + x + k, a.shoulder_y + y - 6), (a.cx + x + k, a.shoulder_y + y + 10)], (4, 4), darker(tone, 0.5))


def _vest(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _shirt(canvas, a, (70, 84, 108))
    w = a.shoulder_w
    for side in (-1, 1):
        front = [(a.cx + side * 44, a.shoulder_y - 26), (a.cx + side * w * 0.6, a.shoulder_y - 14), (a.cx + side * w * 0.68, a.shoulder_y + 120),
                 (a.cx + side * w * 0.8, 1040), (a.cx + side * 5, 1040), (a.cx + side * 8, a.shoulder_y + 110)]
        canvas.model(front, tone)
        with canvas.inside(front):
            canvas.fill(box(a.cx + side * 96 - 17, a.shoulder_y - 60, a.cx + side * 96 + 17, 1030), (236, 240, 206))
            canvas.fill(box(a.cx - 300, a.shoulder_y + 170, a.cx + 300, a.shoulder_y + 204), (236, 240, 206))


_TAILORS: dict[str, Tailor] = {
    "tshirt": _tshirt, "shirt": _shirt, "hoodie": _hoodie, "sweater": _sweater, "cardigan": _cardigan,
    "suit": _suit, "dress": _dress, "wedding": _wedding, "coat": _coat, "trench": _trench, "jacket": _jacket,
    "raincoat": _raincoat, "lab": _lab, "scrubs": _scrubs, "nurse": _nurse, "apron": _apron, "chef": _chef,
    "overalls": _overalls, "waistcoat": _waistcoat, "school": _school, "sailor": _sailor, "tang": _tang,
    "qipao": _qipao, "sport": _sport, "stripes": _stripes, "pajamas": _pajamas, "rags": _rags, "vest": _vest,
    **costumes.TAILORS,
}  # fmt: skip
