"""Hats, helmets, crowns: fitted to the head below them."""

from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import CREAM, GOLD, SILVER, WHITE, Colour, colour, darker, lighter
from .shapes import Outline, arc, box, ellipse, mirrored, smooth, star

_USUAL = {
    "police": "#24365e", "fedora": "#6b5238", "cap": "#c8553d", "beanie": "#b8503f", "straw": "#e0bd74",
    "chef": "#f8f6f2", "helmet": "#f0b72e", "armet": "#a9b4c2", "army": "#56623c", "fire": "#c4302c",
    "wizard": "#4a3a8a", "crown": "#e2b24a", "tiara": "#e8cf8a", "pirate": "#2a2630", "beret": "#a8323a",
    "cowboy": "#8a5a34", "tophat": "#26242e", "nurse": "#ffffff", "hood": "#4f6048", "captain": "#f4f4f2",
    "aviator": "#6b4428", "headband": "#c8322e", "veil": "#f4eef0", "turban": "#c98a3a", "graduate": "#26242e",
    "santa": "#c42c30", "party": "#e3812e", "surgeon": "#3f9a94", "ninja": "#26242e",
}  # fmt: skip
COVERING = ("ninja", "hood", "veil", "aviator", "surgeon", "turban")
"""Hats that leave little of the hair to be seen."""


def hat_colour(a: Anatomy) -> Colour:
    """The colour of the hat: as wished, else as usual for it."""
    return colour(a.traits.hat_colour or _USUAL.get(a.traits.hat, "#6b5238"))


def draw_hat(canvas: Canvas, a: Anatomy) -> None:
    """Put the hat on."""
    if a.traits.hat:
        _HATS.get(a.traits.hat, _fedora)(canvas, a, hat_colour(a))


def draw_hat_behind(canvas: Canvas, a: Anatomy) -> None:
    """The part of a hat that lies behind the head."""
    tone = darker(hat_colour(a), 0.3)
    if a.traits.hat in ("hood", "veil", "ninja"):
        w, h = a.head_w * 1.42, a.head_h * 1.3
        canvas.model(smooth([(a.cx, a.top - 44), (a.cx + w * 0.8, a.head_y - h * 0.6), (a.cx + w, a.head_y + h * 0.3), (a.cx + w * 1.1, a.shoulder_y + 60),
                             (a.cx - w * 1.1, a.shoulder_y + 60), (a.cx - w, a.head_y + h * 0.3), (a.cx - w * 0.8, a.head_y - h * 0.6)]), tone, edge=14)  # fmt: skip
    if a.traits.hat == "straw":
        canvas.model(ellipse(a.cx, a.brow - 4, a.head_w * 1.9, 62), tone, edge=9)


def _dome(a: Anatomy, wide: float, height: float, bottom: float) -> Outline:
    w = a.head_w * wide
    return [*arc(a.cx, bottom, w, height, 180, 360), (a.cx + w, bottom + 4), (a.cx - w, bottom + 4)]


def _brim(a: Anatomy, y: float, wide: float, thick: float, sag: float) -> Outline:
    w = a.head_w * wide
    return smooth([(a.cx - w, y - sag), (a.cx - w * 0.5, y - thick * 0.4), (a.cx, y - thick * 0.3), (a.cx + w * 0.5, y - thick * 0.4), (a.cx + w, y - sag),
                   (a.cx + w * 0.6, y + thick), (a.cx, y + thick * 1.5), (a.cx - w * 0.6, y + thick)])  # fmt: skip


def _fedora(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    crown = smooth([(a.cx - w * 1.06, y + 4), (a.cx - w * 0.96, y - 90), (a.cx - w * 0.5, y - 148), (a.cx, y - 122), (a.cx + w * 0.5, y - 148), (a.cx + w * 0.96, y - 90),
                    (a.cx + w * 1.06, y + 4)], steps=7)  # fmt: skip
    canvas.model(crown, tone, edge=16)
    with canvas.inside(crown):
        canvas.fill(box(a.cx - w * 1.2, y - 40, a.cx + w * 1.2, y + 20), darker(tone, 0.5))
        canvas.brush(smooth([(a.cx - 30, y - 130), (a.cx, y - 90), (a.cx + 30, y - 130)], closed=False), (2, 7, 2), darker(tone, 0.3))
    canvas.model(_brim(a, y, 1.72, 26, 14), tone, edge=9)


def _cowboy(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    crown = smooth([(a.cx - w * 1.02, y + 4), (a.cx - w * 0.84, y - 120), (a.cx - w * 0.4, y - 150), (a.cx, y - 126), (a.cx + w * 0.4, y - 150), (a.cx + w * 0.84, y - 120), (a.cx + w * 1.02, y + 4)],
                   steps=7)  # fmt: skip
    canvas.model(crown, tone, edge=16)
    with canvas.inside(crown):
        canvas.fill(box(a.cx - w * 1.2, y - 34, a.cx + w * 1.2, y + 20), darker(tone, 0.45))
    canvas.model(_brim(a, y + 4, 2.0, 24, 52), lighter(tone, 0.05), edge=9)


def _peaked(canvas: Canvas, a: Anatomy, tone: Colour, badge: Colour, peak: Colour) -> None:
    y, w = a.brow, a.head_w
    top = smooth([(a.cx - w * 1.02, y - 40), (a.cx - w * 1.36, y - 84), (a.cx - w * 0.9, y - 132), (a.cx, y - 148), (a.cx + w * 0.9, y - 132), (a.cx + w * 1.36, y - 84),
                  (a.cx + w * 1.02, y - 40)], steps=8)  # fmt: skip
    canvas.model(top, tone, edge=14)
    canvas.model(box(a.cx - w * 1.04, y - 52, a.cx + w * 1.04, y + 2, 8), darker(peak, 0.2), edge=7)
    visor = smooth([(a.cx - w * 0.9, y - 4), (a.cx, y - 14), (a.cx + w * 0.9, y - 4), (a.cx + w * 0.72, y + 26), (a.cx, y + 38), (a.cx - w * 0.72, y + 26)])
    canvas.model(visor, (34, 34, 42), edge=6)
    canvas.fill(smooth([(a.cx - w * 0.66, y + 14), (a.cx, y + 24), (a.cx + w * 0.66, y + 14), (a.cx, y + 16)]), (120, 124, 140))
    canvas.model(star(a.cx, y - 70, 32, 8, 0.7), badge, edge=6)
    canvas.dot((a.cx, y - 70), 12, darker(badge, 0.3))
    canvas.brush([(a.cx - w * 0.98, y - 8), (a.cx, y), (a.cx + w * 0.98, y - 8)], (6, 6), GOLD)


def _police(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _peaked(canvas, a, tone, SILVER, tone)


def _captain(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _peaked(canvas, a, tone, GOLD, (34, 46, 80))


def _cap(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow
    canvas.model(_dome(a, 1.1, a.brow - a.top + 42, y), tone, edge=14)
    canvas.brush([(a.cx, a.top - 38), (a.cx, y)], (3, 3), darker(tone, 0.3))
    side = -canvas.light
    visor = smooth([(a.cx - w, y - 6) if (w := a.head_w * 1.06) and k == 0 else (a.cx + dx * w, y + dy) for k, (dx, dy) in
                    enumerate(((-1, -6), (0, -16), (1, -6), (1.02 + 0.12 * side, 22), (0.0 + 0.1 * side, 40), (-1.02 + 0.12 * side, 22)))])
    canvas.model(visor, darker(tone, 0.16), edge=7)
    canvas.dot((a.cx, a.top - 40), 9, darker(tone, 0.2))


def _beanie(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model(ellipse(a.cx, a.top - 54, 38), lighter(tone, 0.5), edge=10)
    dome = _dome(a, 1.1, y - a.top + 42, y)
    canvas.model(dome, tone, edge=14)
    with canvas.inside(dome):
        for k in range(-4, 5):
            canvas.brush(smooth([(a.cx + k * 16, a.top - 44), (a.cx + k * 28, a.head_y)], closed=False), (4, 5), darker(tone, 0.16))
    canvas.model(box(a.cx - w * 1.14, y - 42, a.cx + w * 1.14, y + 16, 22), lighter(tone, 0.14), edge=9)


def _straw(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow
    dome = _dome(a, 1.04, y - a.top + 34, y - 6)
    canvas.model(dome, tone, edge=14)
    with canvas.inside(dome):
        for k in range(9):
            canvas.brush(arc(a.cx, y + 20, a.head_w * 1.2, 140 - k * 16, 180, 360), (2, 2), darker(tone, 0.2))
        canvas.fill(box(a.cx - 200, y - 46, a.cx + 200, y), colour(a.traits.accent))
    canvas.model(_brim(a, y, 1.94, 26, 8), lighter(tone, 0.06), edge=8)


def _chef(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    for dx, dy, r in ((-0.86, -140, 66), (0.86, -140, 66), (-0.36, -178, 78), (0.4, -176, 78), (0, -120, 84)):
        canvas.model(ellipse(a.cx + w * dx, y + dy, r), tone, depth=0.14, edge=10)
    band = [(a.cx - w * 1.04, y + 2), (a.cx - w * 1.0, y - 92), (a.cx + w * 1.0, y - 92), (a.cx + w * 1.04, y + 2)]
    canvas.model(band, tone, depth=0.16, edge=9)
    for k in range(-3, 4):
        canvas.brush([(a.cx + k * w * 0.28, y - 88), (a.cx + k * w * 0.29, y - 4)], (2, 4), darker(tone, 0.14))


def _helmet(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow
    canvas.model(_dome(a, 1.14, y - a.top + 50, y), tone, edge=16)
    canvas.model(smooth([(a.cx - 24, y), (a.cx - 18, a.top - 56), (a.cx + 18, a.top - 56), (a.cx + 24, y)], steps=5), lighter(tone, 0.18), edge=6)
    canvas.model(_brim(a, y, 1.3, 16, 2), darker(tone, 0.08), edge=6)


def _fire(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _helmet(canvas, a, tone)
    y = a.brow
    canvas.model([(a.cx - 36, y - 94), (a.cx + 36, y - 94), (a.cx + 40, y - 30), (a.cx, y - 2), (a.cx - 40, y - 30)], GOLD, edge=6)
    canvas.fill(star(a.cx, y - 54, 24, 8, 0.6), darker(tone, 0.2))


def _army(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y = a.brow + 8
    canvas.model(_dome(a, 1.2, y - a.top + 44, y), tone, edge=16)
    canvas.model(box(a.cx - a.head_w * 1.22, y - 26, a.cx + a.head_w * 1.22, y + 8, 10), darker(tone, 0.22), edge=5)
    for side in (-1, 1):
        canvas.stroke([(a.cx + side * a.head_w * 1.04, y), (a.cx + side * a.head_w * 0.84, a.head_y + a.head_h * 0.6), (a.cx + side * 26, a.chin + 6)], 8, darker(tone, 0.5))
    canvas.fill(star(a.cx, y - 76, 22), (206, 52, 50))


def _armet(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    plume = smooth([(a.cx - 10, a.top - 40), (a.cx + 20, a.top - 130), (a.cx + 110, a.top - 120), (a.cx + 150, a.top - 30), (a.cx + 90, a.top - 70), (a.cx + 20, a.top - 40)])
    canvas.model(plume, (190, 44, 48), edge=10)
    canvas.model(_dome(a, 1.12, y - a.top + 46, y), tone, depth=0.42, edge=16)
    for side in (-1, 1):
        guard = smooth([(a.cx + side * w * 1.12, y - 10), (a.cx + side * w * 1.14, a.head_y + 70), (a.cx + side * w * 0.84, a.head_y + 100), (a.cx + side * w * 0.88, y)], steps=5)
        canvas.model(guard, tone, depth=0.42, edge=8)
    canvas.model(box(a.cx - w * 1.14, y - 30, a.cx + w * 1.14, y + 6, 6), GOLD, edge=6)
    canvas.model([(a.cx - 14, y - 40), (a.cx + 14, y - 40), (a.cx + 9, a.eye_y + 26), (a.cx - 9, a.eye_y + 26)], tone, edge=5)


def _wizard(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    cone = smooth([(a.cx - w * 1.02, y + 4), (a.cx - w * 0.6, y - 110), (a.cx - w * 0.16, y - 250), (a.cx + 60, y - 300), (a.cx + 96, y - 262), (a.cx + w * 0.44, y - 220),
                   (a.cx + w * 0.66, y - 110), (a.cx + w * 1.02, y + 4)], steps=7)  # fmt: skip
    canvas.model(cone, tone, edge=16)
    with canvas.inside(cone):
        canvas.fill(box(a.cx - w * 1.2, y - 44, a.cx + w * 1.2, y + 20), GOLD)
        for dx, dy, r in ((-30, -100, 17), (34, -140, 13), (0, -196, 11), (52, -80, 10)):
            canvas.fill(star(a.cx + dx, y + dy, r), (250, 222, 130))
    canvas.model(_brim(a, y, 1.92, 26, 6), lighter(tone, 0.06), edge=9)


def _crown(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - a.head_h * 0.14, a.head_w
    points = [(a.cx - w * 0.94, y + 6)]
    for k in range(5):
        x = a.cx - w * 1.06 + k * w * 0.53
        points += [(x, y - 118 + abs(k - 2) * 14)]
        if k < 4:
            points += [(x + w * 0.265, y - 56)]
    points += [(a.cx + w * 0.94, y + 6)]
    canvas.model([*points, (a.cx, y + 18)], tone, depth=0.34, edge=9)
    for k in range(5):
        at = (a.cx - w * 1.06 + k * w * 0.53, y - 122 + abs(k - 2) * 14)
        canvas.model(ellipse(*at, 12), ((196, 40, 62), (52, 110, 190))[k % 2], edge=4)
    canvas.model(smooth([(a.cx - w * 0.95, y - 24), (a.cx, y - 10), (a.cx + w * 0.95, y - 24), (a.cx + w * 0.94, y + 8), (a.cx, y + 24), (a.cx - w * 0.94, y + 8)], steps=5),
                 darker(tone, 0.14), edge=5)
    for k in (-1, 0, 1):
        canvas.model(ellipse(a.cx + k * w * 0.5, y + (6 if k == 0 else 0), 10), (44, 150, 120) if k else (196, 40, 62), edge=3)


def _tiara(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - a.head_h * 0.22, a.head_w
    band = smooth([(a.cx - w * 0.84, y + 10), (a.cx - w * 0.4, y - 34), (a.cx, y - 84), (a.cx + w * 0.4, y - 34), (a.cx + w * 0.84, y + 10), (a.cx + w * 0.4, y - 4), (a.cx, y - 14), (a.cx - w * 0.4, y - 4)],
                  steps=6)  # fmt: skip
    canvas.model(band, tone, depth=0.34, edge=5)
    canvas.model(ellipse(a.cx, y - 40, 13, 18), (206, 70, 110), edge=4)
    for side in (-1, 1):
        canvas.dot((a.cx + side * w * 0.38, y - 18), 7, WHITE)


def _pirate(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow + 6, a.head_w
    hat = smooth([(a.cx - w * 1.7, y - 30), (a.cx - w * 1.0, y - 106), (a.cx, y - 186), (a.cx + w * 1.0, y - 106), (a.cx + w * 1.7, y - 30), (a.cx + w * 0.9, y + 4), (a.cx, y - 14), (a.cx - w * 0.9, y + 4)])
    canvas.model(hat, tone, edge=14)
    rim = smooth([(a.cx - w * 1.66, y - 30), (a.cx - w * 0.9, y - 4), (a.cx, y - 20), (a.cx + w * 0.9, y - 4), (a.cx + w * 1.66, y - 30)], closed=False)
    canvas.brush(rim, (5, 9, 9, 9, 5), GOLD)
    canvas.fill(ellipse(a.cx, y - 100, 30, 27), CREAM)
    canvas.fill(box(a.cx - 15, y - 82, a.cx + 15, y - 62, 4), CREAM)
    for side in (-1, 1):
        canvas.dot((a.cx + side * 12, y - 100), 8, tone)
        canvas.stroke([(a.cx - side * 42, y - 62), (a.cx + side * 42, y - 46)], 7, CREAM)


def _beret(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    w, y, s = a.head_w, a.brow - 18, canvas.light
    shape = smooth([(a.cx - s * w * 1.0, y + 6), (a.cx - s * w * 1.3, y - 50), (a.cx - s * w * 0.6, y - 122), (a.cx + s * w * 0.5, y - 116), (a.cx + s * w * 1.02, y - 50), (a.cx + s * w * 0.98, y)])
    canvas.model(shape, tone, edge=16)
    canvas.stroke([(a.cx - s * w * 0.3, y - 112), (a.cx - s * w * 0.34, y - 136)], 9, tone)
    canvas.brush(smooth([(a.cx - w * 1.0, y + 4), (a.cx, y - 16), (a.cx + w * 1.0, y + 2)], closed=False), (12, 15, 12), darker(tone, 0.3))


def _tophat(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model([(a.cx - w * 0.96, y + 4), (a.cx - w * 1.06, y - 210), (a.cx + w * 1.06, y - 210), (a.cx + w * 0.96, y + 4)], tone, depth=0.3, edge=16)
    canvas.model(ellipse(a.cx, y - 210, w * 1.06, 20), lighter(tone, 0.1), edge=5)
    canvas.fill([(a.cx - w * 0.97, y - 16), (a.cx - w * 0.99, y - 62), (a.cx + w * 0.99, y - 62), (a.cx + w * 0.97, y - 16)], colour(a.traits.accent))
    canvas.model(_brim(a, y, 1.5, 18, 8), tone, edge=7)


def _nurse(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - a.head_h * 0.26, a.head_w
    canvas.model(smooth([(a.cx - w * 0.8, y + 10), (a.cx - w * 0.66, y - 66), (a.cx, y - 92), (a.cx + w * 0.66, y - 66), (a.cx + w * 0.8, y + 10), (a.cx, y - 8)], steps=5), tone, depth=0.16, edge=9)
    canvas.fill(box(a.cx - 8, y - 74, a.cx + 8, y - 26), (206, 48, 52))
    canvas.fill(box(a.cx - 24, y - 58, a.cx + 24, y - 42), (206, 48, 52))


def _hood(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    w, h, cx, y = a.head_w, a.head_h, a.cx, a.head_y
    rim = smooth([(cx - w * 1.1, a.chin - 14), (cx - w * 1.16, y - h * 0.3), (cx - w * 0.7, a.top - 4), (cx, a.top - 34), (cx + w * 0.7, a.top - 4), (cx + w * 1.16, y - h * 0.3), (cx + w * 1.1, a.chin - 14)],
                 closed=False)  # fmt: skip
    inner = smooth([(cx + w * 0.98, a.chin - 20), (cx + w * 0.96, y - h * 0.2), (cx + w * 0.56, y - h * 0.62), (cx, y - h * 0.76), (cx - w * 0.56, y - h * 0.62), (cx - w * 0.96, y - h * 0.2),
                    (cx - w * 0.98, a.chin - 20)], closed=False)  # fmt: skip
    canvas.model([*rim, *inner], tone, edge=14)


def _ninja(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _hood(canvas, a, tone)
    w, h, cx, y = a.head_w, a.head_h, a.cx, a.head_y
    mask = smooth([(cx - w * 1.06, a.eye_y + 34), (cx, a.eye_y + 48), (cx + w * 1.06, a.eye_y + 34), (cx + w * 0.9, y + h * 0.7), (cx, a.chin + 14), (cx - w * 0.9, y + h * 0.7)])
    canvas.model(mask, lighter(tone, 0.06), edge=10)
    band = smooth([(cx - w * 1.06, a.brow - 6), (cx, a.brow - 16), (cx + w * 1.06, a.brow - 6), (cx + w * 1.04, a.brow - 52), (cx, a.brow - 64), (cx - w * 1.04, a.brow - 52)], steps=6)
    canvas.model(band, colour(a.traits.accent), edge=6)


def _veil(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _hood(canvas, a, tone)
    for side in (-1, 1):
        fall = smooth([(a.cx + side * a.head_w * 1.02, a.chin - 40), (a.cx + side * a.head_w * 1.5, a.shoulder_y + 40), (a.cx + side * a.head_w * 1.4, 900), (a.cx + side * a.head_w * 1.0, 880),
                       (a.cx + side * a.head_w * 0.9, a.shoulder_y + 20)])  # fmt: skip
        canvas.model(fall, tone, edge=10)


def _aviator(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    _hood(canvas, a, tone)
    y, w = a.brow - 40, a.head_w
    canvas.brush([(a.cx - w * 1.08, y), (a.cx, y - 14), (a.cx + w * 1.08, y)], (26, 26), darker(tone, 0.45))
    for side in (-1, 1):
        canvas.model(ellipse(a.cx + side * w * 0.44, y - 4, 44, 34), GOLD, edge=6)
        canvas.model(ellipse(a.cx + side * w * 0.44, y - 4, 34, 25), (128, 178, 196), depth=0.5, edge=9)


def _headband(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    w, y, s = a.head_w, a.brow - 14, -canvas.light
    for dy in (60, 96):
        canvas.brush(smooth([(a.cx + s * w * 1.06, y), (a.cx + s * w * 1.4, y + dy * 0.4), (a.cx + s * w * 1.6, y + dy)], closed=False), (18, 22, 14), darker(tone, 0.2))
    band = smooth([(a.cx - w * 1.08, y + 8), (a.cx, y - 2), (a.cx + w * 1.08, y + 8), (a.cx + w * 1.06, y - 34), (a.cx, y - 46), (a.cx - w * 1.06, y - 34)], steps=6)
    canvas.model(band, tone, edge=6)


def _turban(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model(smooth([(a.cx - w * 1.08, y + 10), (a.cx - w * 1.26, y - 70), (a.cx - w * 0.6, y - 150), (a.cx + w * 0.6, y - 150), (a.cx + w * 1.26, y - 70), (a.cx + w * 1.08, y + 10), (a.cx, y - 16)]), tone, edge=14)
    for k in range(4):
        canvas.brush(smooth([(a.cx - w * (1.1 - k * 0.1), y - 10 - k * 28), (a.cx, y - 50 - k * 22), (a.cx + w * 1.1, y - 90 - k * 14)], closed=False), (2, 6, 2), darker(tone, 0.3))
    canvas.model(ellipse(a.cx, y - 56, 16, 22), (190, 40, 60), edge=5)


def _graduate(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow, a.head_w
    canvas.model(_dome(a, 1.05, y - a.top + 12, y), tone, edge=10)
    canvas.model([(a.cx, y - 176), (a.cx + w * 1.7, y - 118), (a.cx, y - 66), (a.cx - w * 1.7, y - 118)], lighter(tone, 0.12), edge=8)
    s = -canvas.light
    canvas.stroke([(a.cx, y - 120), (a.cx + s * w * 1.2, y - 96), (a.cx + s * w * 1.22, y - 20)], 6, GOLD)
    canvas.model(box(a.cx + s * w * 1.22 - 10, y - 26, a.cx + s * w * 1.22 + 10, y + 26, 4), GOLD, edge=4)


def _santa(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w, s = a.brow, a.head_w, -canvas.light
    canvas.model(smooth([(a.cx - w * 1.04, y), (a.cx - w * 0.7, y - 120), (a.cx + s * w * 0.3, y - 180), (a.cx + s * w * 1.3, y - 80), (a.cx + s * w * 1.4, y - 20), (a.cx + w * 1.04, y)]), tone, edge=14)
    canvas.model(ellipse(a.cx + s * w * 1.38, y - 4, 32), WHITE, edge=8)
    canvas.model(box(a.cx - w * 1.16, y - 38, a.cx + w * 1.16, y + 18, 26), WHITE, depth=0.16, edge=8)


def _party(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w = a.brow - 40, a.head_w
    cone = [(a.cx - w * 0.6, y + 4), (a.cx, y - 190), (a.cx + w * 0.6, y + 4)]
    canvas.model(cone, tone, edge=12)
    with canvas.inside(cone):
        for k in range(4):
            canvas.brush([(a.cx - w, y - k * 50), (a.cx + w, y - 40 - k * 50)], (14, 14), lighter(tone, 0.6))
    canvas.model(ellipse(a.cx, y - 190, 20), WHITE, edge=5)


def _surgeon(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    canvas.model(_dome(a, 1.12, a.brow - a.top + 32, a.brow), tone, edge=14)
    canvas.model(mirrored([(a.cx, a.brow - 30), (a.cx + a.head_w * 1.1, a.brow - 22), (a.cx + a.head_w * 1.1, a.brow + 10), (a.cx, a.brow + 4)], a.cx), darker(tone, 0.14), edge=5)


_HATS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "fedora": _fedora, "cowboy": _cowboy, "police": _police, "captain": _captain, "cap": _cap, "beanie": _beanie,
    "straw": _straw, "chef": _chef, "helmet": _helmet, "fire": _fire, "army": _army, "armet": _armet,
    "wizard": _wizard, "crown": _crown, "tiara": _tiara, "pirate": _pirate, "beret": _beret, "tophat": _tophat,
    "nurse": _nurse, "hood": _hood, "ninja": _ninja, "veil": _veil, "aviator": _aviator, "headband": _headband,
    "turban": _turban, "graduate": _graduate, "santa": _santa, "party": _party, "surgeon": _surgeon,
}  # fmt: skip
