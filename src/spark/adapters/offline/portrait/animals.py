"""Animals, upright as in a picture book: a furry bust that can wear clothes."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .clothes import draw_clothes
from .colours import CREAM, Colour, brightness, colour, darker, mix
from .expressions import muzzle_mouth, round_eye
from .shapes import Outline, arc, ellipse, flipped, mirrored, smooth

_PINK: Colour = (238, 158, 158)
_NOSE: Colour = (52, 38, 42)


def fur(a: Anatomy) -> Colour:
    """The colour of the body."""
    return colour(a.traits.body_colour or "#b58acb")


def _pale(a: Anatomy) -> Colour:
    return mix(fur(a), CREAM, 0.72)


def draw_animal(canvas: Canvas, a: Anatomy) -> None:
    """A mammal by its kind: ears, head, markings, muzzle, eyes."""
    kind, tone = a.traits.kind, fur(a)
    if kind in ("fox", "cat", "dog", "tiger", "mouse", "monkey"):
        _tail(canvas, a, tone)
    _bust(canvas, a, tone)
    draw_clothes(canvas, a)
    _EARS.get(kind, _pointed_ears)(canvas, a, tone)
    canvas.model(_head(a), tone, depth=0.26, edge=16)
    _MARKS.get(kind, _cheek_marks)(canvas, a, tone)
    _muzzle(canvas, a, kind)
    draw_eyes(canvas, a)
    if a.traits.age in ("middle", "old"):
        _old_brows(canvas, a)


def draw_eyes(canvas: Canvas, a: Anatomy, spread: float = 0.46, size: float = 27) -> None:
    """Both eyes, larger for the young."""
    r = size * a.youth
    if a.traits.style == "anime":
        r *= 1.25
    iris = colour(a.traits.eye_colour)
    if a.traits.kind in ("cat", "tiger", "bird", "dragon", "frog") and brightness(iris) < 0.3:
        iris = (206, 166, 58)
    around = darker(fur(a), 0.7) if a.traits.kind == "panda" else fur(a)
    for side in (-1, 1):
        x = a.cx + side * a.head_w * spread
        round_eye(canvas, x, a.head_y - 8, r, iris, a.traits.expression, side, around)


def _head(a: Anatomy) -> Outline:
    cx, w, h, y = a.cx, a.head_w * 1.12, a.head_h, a.head_y
    if a.traits.kind in ("deer",):
        half = [(cx, y - h), (cx + w * 0.66, y - h * 0.72), (cx + w * 0.84, y - h * 0.1),
            (cx + w * 0.56, y + h * 0.6), (cx + w * 0.4, y + h * 1.1), (cx, y + h * 1.2)]
    elif a.traits.kind in ("fox", "mouse"):
        half = [(cx, y - h * 0.94), (cx + w * 0.7, y - h * 0.76), (cx + w * 1.06, y + h * 0.1),
            (cx + w * 1.12, y + h * 0.4), (cx + w * 0.52, y + h * 0.82), (cx, y + h * 1.04)]
    elif a.traits.kind in ("dog", "rabbit"):
        half = [(cx, y - h * 0.98), (cx + w * 0.66, y - h * 0.82), (cx + w * 0.94, y - h * 0.2),
            (cx + w * 0.96, y + h * 0.4), (cx + w * 0.6, y + h * 0.94), (cx, y + h * 1.06)]
    else:
        half = [(cx, y - h * 0.92), (cx + w * 0.68, y - h * 0.8), (cx + w * 1.06, y - h * 0.1),
            (cx + w * 1.08, y + h * 0.4), (cx + w * 0.68, y + h * 0.88), (cx, y + h)]
    return mirrored(smooth(half, closed=False), cx)


def _bust(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    y, w, cx = a.shoulder_y - 30, a.shoulder_w, a.cx
    body = mirrored(smooth([(cx, y - 70), (cx + 66, y - 60), (cx + w * 0.86, y + 36),
        (cx + w * 1.02, y + 170), (cx + w * 1.08, 1040)], closed=False), cx)
    canvas.model(body, tone, edge=22)
    canvas.fill(smooth([(cx - 70, y + 10), (cx, y + 60), (cx + 70, y + 10), (cx + 90, y + 170),
        (cx + 70, 1060), (cx - 70, 1060), (cx - 90, y + 170)]), _pale(a))
    for side in (-1, 1):
        canvas.brush(smooth([(cx + side * w * 0.7, y + 130), (cx + side * w * 0.66, y + 230),
            (cx + side * w * 0.7, 1040)], closed=False), (3, 9, 7), darker(tone, 0.3))
    if not a.traits.outfit and a.traits.lot("collar", 2):
        band = smooth([(cx - 76, y - 4), (cx, y + 24), (cx + 76, y - 4)], closed=False)
        canvas.brush(band, (20, 24, 20), colour(a.traits.accent))
        canvas.model(ellipse(cx, y + 44, 17), (232, 190, 80), edge=5)


def _tail(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    s, x, y = -1, a.cx - a.shoulder_w, 900.0
    fat = {"fox": 96, "cat": 40, "tiger": 44, "dog": 60}.get(a.traits.kind, 18)
    line = smooth([(x + 60, y + 60), (x - 60, y + 10), (x - 110 * abs(s), y - 140),
        (x - 50, y - 250)], closed=False)
    canvas.brush(line, (fat * 0.7, fat, fat, fat * 0.3), darker(tone, 0.1))
    if a.traits.kind == "fox":
        canvas.brush(line[-12:], (fat * 0.62, fat * 0.44, 4), CREAM)


def _both(canvas: Canvas, a: Anatomy, ear: Outline, inner: Outline, tone: Colour,
        deep: Colour) -> None:
    for turn in (False, True):
        canvas.model(flipped(ear, a.cx) if turn else ear, tone, edge=10)
        canvas.fill(flipped(inner, a.cx) if turn else inner, deep)


def _pointed_ears(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    x, y, big = a.cx + a.head_w * 0.7, a.top + 40, 1.2 if a.traits.kind == "fox" else 1.0
    ear = smooth([(x - 52, y + 6), (x - 6, y - 66 * big), (x + 34, y - 112 * big), (x + 54, y - 20),
        (x + 52, y + 62)], steps=5)
    inner = smooth([(x - 20, y + 4), (x + 6, y - 50 * big), (x + 28, y - 76 * big),
        (x + 38, y - 10), (x + 36, y + 40)], steps=5)
    tips = darker(tone, 0.6) if a.traits.kind == "fox" else tone
    _both(canvas, a, ear, inner, tips, _PINK)


def _round_ears(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    r = {"mouse": 84, "monkey": 54}.get(a.traits.kind, 52)
    x = a.cx + a.head_w * (1.14 if a.traits.kind == "monkey" else 0.86)
    y = a.head_y - 10 if a.traits.kind == "monkey" else a.top + 22 - (20 if r > 80 else 0)
    shade = (44, 40, 46) if a.traits.kind == "panda" else tone
    inner = (64, 58, 66) if a.traits.kind == "panda" else mix(tone, _PINK, 0.7)
    _both(canvas, a, ellipse(x, y, r), ellipse(x, y + 4, r * 0.6), shade, inner)


def _long_ears(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    x, y = a.cx + a.head_w * 0.46, a.top + 30
    ear = smooth([(x - 34, y), (x - 30, y - 130), (x + 16, y - 236), (x + 58, y - 130),
        (x + 40, y + 6)])
    inner = smooth([(x - 12, y - 6), (x - 10, y - 126), (x + 16, y - 196), (x + 36, y - 126),
        (x + 24, y - 6)])
    _both(canvas, a, ear, inner, tone, _PINK)


def _flop_ears(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    if a.traits.variant in ("wolf", "狼", "husky", "哈士奇", "柯基", "corgi"):
        _pointed_ears(canvas, a, tone)
        return
    x, y = a.cx + a.head_w * 0.84, a.top + 40
    ear = smooth([(x - 40, y - 8), (x + 30, y - 20), (x + 84, y + 60), (x + 84, y + 160),
        (x + 44, y + 186), (x + 14, y + 110)])
    for outline in (ear, flipped(ear, a.cx)):
        canvas.model(outline, darker(tone, 0.3), edge=11)


def _antlers(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    word = a.traits.variant
    for side in (-1, 1):
        x, y = a.cx + side * 70, a.top + 20
        if word in ("deer", "stag", "elk", "鹿", "小鹿", ""):
            horn = (116, 82, 54)
            canvas.brush(smooth([(x, y), (x + side * 50, y - 80), (x + side * 46, y - 170)],
                closed=False), (22, 17, 8), horn)
            canvas.brush([(x + side * 44, y - 66), (x + side * 104, y - 120)], (15, 6), horn)
            canvas.brush([(x + side * 50, y - 110), (x + side * 10, y - 160)], (13, 5), horn)
        elif word in ("goat", "sheep", "山羊", "绵羊", "羊"):
            canvas.brush(arc(x + side * 40, y + 20, 60, 66, -150 if side > 0 else -30,
                60 if side > 0 else -240), (34, 26, 8), (206, 186, 150))
    if word in ("unicorn", "独角兽"):
        canvas.model([(a.cx - 18, a.top + 30), (a.cx, a.top - 120), (a.cx + 18, a.top + 30)],
            (246, 214, 120), edge=6)
    x, y = a.cx + a.head_w * 0.9, a.top + 66
    _both(canvas, a, smooth([(x - 20, y - 14), (x + 70, y - 46), (x + 104, y - 6),
        (x + 30, y + 34)]), smooth([(x + 10, y - 6), (x + 66, y - 28), (x + 80, y - 4),
        (x + 30, y + 16)]), tone, _PINK)


def _cheek_marks(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    if a.traits.kind == "monkey":
        half = [(a.cx, a.head_y - 66), (a.cx + 52, a.head_y - 84), (a.cx + 108, a.head_y - 30),
            (a.cx + 96, a.head_y + 60), (a.cx + 60, a.head_y + 108), (a.cx, a.head_y + 116)]
        canvas.fill(mirrored(smooth(half, closed=False), a.cx), (240, 206, 168))


def _stripe_marks(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    if a.traits.kind == "tiger" and a.traits.variant in ("lion", "狮子", "狮"):
        return
    hue = darker(tone, 0.75 if a.traits.kind == "tiger" else 0.36)
    for dx in (-36, 0, 36):
        canvas.brush([(a.cx + dx, a.top + 12), (a.cx + dx * 0.7, a.top + 62 - abs(dx) * 0.5)],
            (13, 3), hue)
    for side in (-1, 1):
        for k in range(3):
            y = a.head_y + 14 + k * 30
            canvas.brush([(a.cx + side * a.head_w * 1.17, y - 6),
                (a.cx + side * a.head_w * 0.84, y + 6)], (12, 3), hue)


def _mask_marks(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    for side in (-1, 1):
        cheek = smooth([(a.cx + side * 14, a.head_y + 46), (a.cx + side * 60, a.head_y + 26),
            (a.cx + side * 134, a.head_y + 36), (a.cx + side * 70, a.head_y + 98),
            (a.cx, a.head_y + 120)])
        canvas.fill(cheek, CREAM)


def _patch_marks(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    if a.traits.kind == "panda":
        for side in (-1, 1):
            canvas.fill(ellipse(a.cx + side * a.head_w * 0.48, a.head_y, 46, 56, side * 24),
                (44, 40, 46))
    elif a.traits.kind == "dog":
        canvas.fill(smooth([(a.cx - 20, a.top + 14), (a.cx + 20, a.top + 14),
            (a.cx + 30, a.head_y + 30), (a.cx, a.head_y + 60), (a.cx - 30, a.head_y + 30)]),
            _pale(a))


def _muzzle(canvas: Canvas, a: Anatomy, kind: str) -> None:
    x, y = a.cx, a.head_y + (84 if kind == "deer" else 56)
    wide = {"bear": 66, "panda": 62, "dog": 64, "pig": 58, "monkey": 54, "deer": 62}.get(kind, 52)
    if kind not in ("fox", "monkey"):
        canvas.model(ellipse(x, y + 14, wide, wide * 0.72), _pale(a), depth=0.12, edge=7)
    if kind == "pig":
        canvas.model(ellipse(x, y, 44, 33), darker(fur(a), 0.14), edge=7)
        for side in (-1, 1):
            canvas.fill(ellipse(x + side * 15, y, 7, 12), darker(fur(a), 0.5))
    elif kind == "monkey":
        for side in (-1, 1):
            canvas.fill(ellipse(x + side * 12, y - 6, 6, 5), _NOSE)
    else:
        small = kind in ("cat", "rabbit", "mouse")
        w = 17 if small else 27
        nose = smooth([(x - w, y - 14), (x, y - 19), (x + w, y - 14), (x + w * 0.5, y + 6),
            (x, y + 11), (x - w * 0.5, y + 6)])
        canvas.model(nose, (222, 118, 122) if small else _NOSE, edge=4)
        canvas.fill(ellipse(x + canvas.light * w * 0.4, y - 12, w * 0.3, 4), (255, 255, 255), 0.6)
        canvas.brush([(x, y + 8), (x, y + 26)], (4, 4), _NOSE)
    muzzle_mouth(canvas, x, y + (34 if kind == "pig" else 24), wide * 0.74, a.traits.expression)
    if kind == "rabbit":
        canvas.fill([(x - 13, y + 32), (x + 13, y + 32), (x + 12, y + 56), (x - 12, y + 56)],
            (255, 255, 250))
        canvas.brush([(x, y + 32), (x, y + 56)], (2, 2), (180, 170, 170))
    if kind in ("cat", "tiger", "mouse", "rabbit", "fox"):
        for side in (-1, 1):
            for k in (-1, 0, 1):
                canvas.brush([(x + side * 44, y + 12 + k * 11), (x + side * 148, y + 2 + k * 26)],
                    (3, 1), mix(CREAM, _NOSE, 0.25))


def _old_brows(canvas: Canvas, a: Anatomy) -> None:
    for side in (-1, 1):
        x = a.cx + side * a.head_w * 0.46
        canvas.brush(smooth([(x - 34, a.head_y - 46), (x, a.head_y - 58), (x + 34, a.head_y - 46)],
            closed=False), (10, 17, 10), (236, 234, 230))
        if a.traits.age == "middle":
            continue
        canvas.brush(smooth([(a.cx + side * 8, a.head_y + 104), (a.cx + side * 20, a.head_y + 132),
            (a.cx + side * 6, a.head_y + 156)], closed=False), (26, 20, 3), (236, 234, 230))


def draw_bird(canvas: Canvas, a: Anatomy) -> None:
    """A bird; an owl has discs round its eyes, a penguin a white face."""
    tone, word = fur(a), a.traits.variant
    owl = word in ("owl", "猫头鹰") or not word
    _bust(canvas, a, tone)
    for side in (-1, 1):
        wing = smooth([(a.cx + side * a.shoulder_w * 0.7, a.shoulder_y - 20),
            (a.cx + side * a.shoulder_w * 1.14, a.shoulder_y + 80),
            (a.cx + side * a.shoulder_w * 1.1, 1000), (a.cx + side * a.shoulder_w * 0.72, 900)])
        canvas.model(wing, darker(tone, 0.18), edge=12)
    if not a.traits.outfit:
        for row in range(4):
            for k in range(-2, 3):
                x, y = a.cx + k * 36 + (row % 2) * 18, a.shoulder_y + 20 + row * 46
                canvas.brush(arc(x, y, 15, 13, 0, 180), (2, 5, 2), darker(_pale(a), 0.3))
    draw_clothes(canvas, a)
    canvas.model(ellipse(a.cx, a.head_y - 6, a.head_w * 1.12, a.head_h * 1.04), tone, edge=16)
    if owl:
        for side in (-1, 1):
            tuft = [(a.cx + side * 40, a.top + 24), (a.cx + side * 118, a.top - 56),
                (a.cx + side * 116, a.top + 62)]
            canvas.model(tuft, darker(tone, 0.14), edge=8)
    else:
        crest = smooth([(a.cx - 20, a.top + 10), (a.cx - 40, a.top - 60), (a.cx, a.top - 36),
            (a.cx + 20, a.top - 84), (a.cx + 40, a.top - 26), (a.cx + 70, a.top - 40),
            (a.cx + 40, a.top + 14)])
        canvas.model(crest, mix(tone, colour(a.traits.accent), 0.6), edge=8)
    for side in (-1, 1):
        canvas.fill(ellipse(a.cx + side * 54, a.head_y - 4, 62, 66), _pale(a))
    draw_eyes(canvas, a, 0.44, 36 if owl else 28)
    y = a.head_y + 34
    canvas.model(smooth([(a.cx - 30, y - 12), (a.cx, y - 24), (a.cx + 30, y - 12),
        (a.cx + 10, y + 30), (a.cx, y + 46), (a.cx - 10, y + 30)]), (240, 168, 58), edge=7)
    canvas.brush([(a.cx - 22, y + 2), (a.cx, y + 8), (a.cx + 22, y + 2)], (2, 4, 2), (150, 90, 30))


def draw_frog(canvas: Canvas, a: Anatomy) -> None:
    """A frog, its eyes on top of its head."""
    tone = fur(a)
    _bust(canvas, a, tone)
    draw_clothes(canvas, a)
    for side in (-1, 1):
        canvas.model(ellipse(a.cx + side * 74, a.head_y - 74, 56), tone, edge=10)
    canvas.model(ellipse(a.cx, a.head_y + 14, a.head_w * 1.3, a.head_h * 0.86), tone, edge=16)
    iris = (206, 166, 58)
    for side in (-1, 1):
        round_eye(canvas, a.cx + side * 74, a.head_y - 80, 38, iris, a.traits.expression, side,
            tone)
        canvas.dot((a.cx + side * 16, a.head_y + 10), 5, darker(tone, 0.5))
        canvas.dot((a.cx + side * 110, a.head_y + 34), 20, mix(tone, _PINK, 0.6))
    muzzle_mouth(canvas, a.cx, a.head_y + 48, 120, a.traits.expression)


_EARS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "bear": _round_ears, "panda": _round_ears, "mouse": _round_ears, "monkey": _round_ears,
    "tiger": _round_ears,
    "rabbit": _long_ears, "dog": _flop_ears, "deer": _antlers,
}
_MARKS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "cat": _stripe_marks, "tiger": _stripe_marks, "fox": _mask_marks, "panda": _patch_marks,
    "dog": _patch_marks,
}
