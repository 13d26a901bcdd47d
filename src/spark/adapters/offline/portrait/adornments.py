"""What is worn on face and body besides clothes: glasses, beards, scarves, scars."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import GOLD, INK, LEATHER, SILVER, STEEL, WHITE, colour, darker, lighter, mix
from .face import eye_at, mouth_at
from .shapes import Outline, arc, box, ellipse, flipped, mirrored, smooth

Wearing = Callable[[Canvas, Anatomy], None]


def draw_on_face(canvas: Canvas, a: Anatomy) -> None:
    """What lies on the skin or before the face, in the order it lies."""
    for name, draw in _ON_FACE.items():
        if name in a.traits.wear:
            draw(canvas, a)


def draw_on_body(canvas: Canvas, a: Anatomy) -> None:
    """What lies over the clothes."""
    for name, draw in _ON_BODY.items():
        if name in a.traits.wear:
            draw(canvas, a)


def draw_over_hair(canvas: Canvas, a: Anatomy) -> None:
    """What sits in or over the hair."""
    for name, draw in _OVER_HAIR.items():
        if name in a.traits.wear:
            draw(canvas, a)


def _glasses(canvas: Canvas, a: Anatomy) -> None:
    w = a.head_w * 0.37
    frame = darker(colour(a.traits.accent), 0.45)
    for side in (-1, 1):
        x, y = eye_at(a, side)
        rim = ellipse(x, y + 2, w, w * 0.86) if a.traits.lot("rims", 2) else box(x - w, y - w * 0.7,
            x + w, y + w * 0.78, 16)
        canvas.fill(rim, (226, 240, 250), 0.22)
        canvas.stroke([*rim, rim[0]], 7, frame)
        canvas.stroke([(x + side * w, y - 6), (a.cx + side * a.head_w * 1.0, y - 12)], 7, frame)
        canvas.brush([(x - w * 0.5, y - w * 0.4), (x - w * 0.1, y - w * 0.56)], (5, 2), WHITE, 0.85)
    x, y = eye_at(a, 1)
    gap = x - w - a.cx
    canvas.stroke(smooth([(a.cx - gap, y - 4), (a.cx, y - 12), (a.cx + gap, y - 4)], closed=False),
        7, frame)


def _sunglasses(canvas: Canvas, a: Anatomy) -> None:
    w = a.head_w * 0.42
    for side in (-1, 1):
        x, y = eye_at(a, side)
        lens = smooth([(x - side * w * 0.9, y - w * 0.5), (x + side * w, y - w * 0.6),
            (x + side * w * 0.9, y + w * 0.3), (x, y + w * 0.7), (x - side * w * 0.8, y + w * 0.3)])
        canvas.model(lens, (30, 32, 44), edge=5)
        canvas.fill([(x - 24, y - w * 0.3), (x + 2, y - w * 0.38), (x - 12, y + w * 0.2),
            (x - 30, y + w * 0.1)], (120, 134, 160), 0.7)
        canvas.stroke([(x + side * w * 0.9, y - 12), (a.cx + side * a.head_w * 1.0, y - 14)], 8,
            (30, 32, 44))
    canvas.stroke([(a.cx - 16, a.eye_y - 12), (a.cx + 16, a.eye_y - 12)], 9, (30, 32, 44))


def _goggles(canvas: Canvas, a: Anatomy, lift: float = 0) -> None:
    y = a.eye_y - lift
    canvas.brush(smooth([(a.cx - a.head_w * 1.04, y), (a.cx, y - 8), (a.cx + a.head_w * 1.04, y)],
        closed=False), (24, 24, 24), LEATHER)
    for side in (-1, 1):
        x = a.cx + side * a.head_w * 0.44
        canvas.model(ellipse(x, y, 48, 42), (176, 130, 66), depth=0.4, edge=7)
        canvas.model(ellipse(x, y, 36, 30), (118, 176, 190), depth=0.5, edge=9)
        canvas.brush([(x - 16, y - 6), (x - 2, y - 17)], (6, 3), WHITE, 0.8)


def _goggles_up(canvas: Canvas, a: Anatomy) -> None:
    _goggles(canvas, a, a.eye_y - a.brow + 34)


def _monocle(canvas: Canvas, a: Anatomy) -> None:
    x, y = eye_at(a, 1)
    rim = ellipse(x, y + 2, a.head_w * 0.36)
    canvas.fill(rim, (226, 240, 250), 0.25)
    canvas.stroke([*rim, rim[0]], 7, GOLD)
    canvas.stroke(smooth([(x + 34, y + 20), (x + 46, y + 120), (x + 10, a.shoulder_y + 20)],
        closed=False), 3, GOLD)


def _eyepatch(canvas: Canvas, a: Anatomy) -> None:
    x, y = eye_at(a, -canvas.light)
    canvas.stroke([(a.cx - a.head_w, y - 60 if x > a.cx else y + 4), (x, y - 10),
        (a.cx + a.head_w, y + 4 if x > a.cx else y - 60)], 8, INK)
    canvas.model(smooth([(x - 38, y - 26), (x + 38, y - 26), (x + 32, y + 22), (x, y + 38),
        (x - 32, y + 22)]), (38, 34, 44), edge=6)


def _scar(canvas: Canvas, a: Anatomy) -> None:
    x, y = eye_at(a, canvas.light)
    line = [(x - 8, y - 62), (x + 4, y - 10), (x + 2, y + 40), (x + 14, y + 82)]
    canvas.brush(smooth(line, closed=False), (3, 9, 8, 3), mix(a.skin, (176, 52, 52), 0.6))
    for dy in (-46, 36, 62):
        canvas.brush([(x - 9, y + dy), (x + 18, y + dy - 7)], (3, 3),
            mix(a.skin, (150, 46, 46), 0.6))


def _freckles(canvas: Canvas, a: Anatomy) -> None:
    tone = mix(a.skin, (160, 84, 44), 0.5)
    for side in (-1, 1):
        for dx, dy in ((0, 0), (20, 8), (-18, 6), (8, 20), (-10, 22), (30, 22), (-30, -6)):
            canvas.dot((a.cx + side * (a.head_w * 0.5 + dx), a.head_y + a.head_h * 0.34 + dy), 4,
                tone)
    canvas.dot((a.cx - 8, a.head_y + a.head_h * 0.3), 3.5, tone)
    canvas.dot((a.cx + 9, a.head_y + a.head_h * 0.34), 3.5, tone)


def _beard(canvas: Canvas, a: Anatomy) -> None:
    tone = darker(colour(a.traits.hair_colour), 0.06)
    long = 120 if a.traits.role in ("wizard", "santa", "dwarf", "immortal",
        "king") or a.traits.age == "old" else 34
    w, h, cx, y = a.head_w, a.head_h, a.cx, a.head_y
    half = [(cx, y + h * 0.5), (cx + w * 0.3, y + h * 0.5), (cx + w * 0.66, y + h * 0.42),
        (cx + w * 0.98, y + h * 0.02), (cx + w * 1.02, y + h * 0.4),
            (cx + w * 0.84, y + h * 0.84), (cx + w * 0.42, a.chin + long * 0.7),
            (cx, a.chin + long)]
    shape = mirrored(smooth(half, closed=False), cx)
    canvas.model(shape, tone, depth=0.3, edge=12)
    for dx in (-0.5, -0.2, 0.15, 0.45):
        canvas.brush(smooth([(cx + w * dx, y + h * 0.82), (cx + w * dx * 0.9, a.chin + long * 0.3),
            (cx + w * dx * 0.6, a.chin + long * 0.62)], closed=False), (1, 5, 1),
            darker(tone, 0.24))
    x, my = mouth_at(a)
    canvas.fill(ellipse(x, my + 6, w * 0.3, 13), mix(a.skin, (150, 62, 58), 0.6))
    canvas.brush([(x - w * 0.26, my + 3), (x, my + 7), (x + w * 0.26, my + 3)], (3, 5, 3),
        darker(a.skin, 0.7))
    _moustache(canvas, a)


def _moustache(canvas: Canvas, a: Anatomy) -> None:
    x, y = mouth_at(a)
    w, tone = a.head_w, colour(a.traits.hair_colour)
    half = smooth([(x, y - 24), (x + w * 0.26, y - 22), (x + w * 0.46, y + 6), (x + w * 0.2, y + 1),
        (x, y - 6)])
    for outline in (half, flipped(half, x)):
        canvas.model(outline, tone, edge=4)


def _stubble(canvas: Canvas, a: Anatomy) -> None:
    w, h, cx, y = a.head_w, a.head_h, a.cx, a.head_y
    half = [(cx, y + h * 0.52), (cx + w * 0.4, y + h * 0.5), (cx + w * 0.9, y + h * 0.1),
        (cx + w * 0.86, y + h * 0.5), (cx + w * 0.5, y + h * 0.88), (cx, y + h * 0.98)]
    canvas.fill(mirrored(smooth(half, closed=False), cx), colour(a.traits.hair_colour), 0.24)


def _mask(canvas: Canvas, a: Anatomy) -> None:
    w, h, y = a.head_w, a.head_h, a.head_y
    tone = (226, 236, 240)
    for side in (-1, 1):
        canvas.stroke([(a.cx + side * w * 0.7, y + h * 0.36), (a.cx + side * w, y + h * 0.12)], 4,
            tone)
    shape = smooth([(a.cx - w * 0.78, y + h * 0.34), (a.cx, y + h * 0.24),
        (a.cx + w * 0.78, y + h * 0.34), (a.cx + w * 0.64, y + h * 0.8), (a.cx, y + h * 1.0),
        (a.cx - w * 0.64, y + h * 0.8)])
    canvas.model(shape, tone, edge=9)
    for dy in (0.5, 0.64, 0.78):
        canvas.brush([(a.cx - w * 0.56, y + h * dy), (a.cx, y + h * (dy + 0.04)),
            (a.cx + w * 0.56, y + h * dy)], (2, 4, 2), darker(tone, 0.16))


def _domino(canvas: Canvas, a: Anatomy) -> None:
    tone = darker(colour(a.traits.accent), 0.5)
    w, y = a.head_w, a.eye_y
    shape = mirrored(smooth([(a.cx, y - 26), (a.cx + w * 0.5, y - 44), (a.cx + w * 1.0, y - 40),
        (a.cx + w * 0.86, y + 24), (a.cx + w * 0.44, y + 40), (a.cx + 16, y + 18), (a.cx, y + 14)],
        closed=False), a.cx)
    canvas.model(shape, tone, edge=6)
    for side in (-1, 1):
        x, _ = eye_at(a, side)
        canvas.fill(smooth([(x - 28, y + 4), (x, y - 17), (x + 28, y - side * 6), (x, y + 15)]),
            (250, 248, 244))
        canvas.dot((x, y), 12, darker(colour(a.traits.eye_colour), 0.3))
        canvas.dot((x + 4 * canvas.light, y - 4), 4, WHITE)


def _bandage(canvas: Canvas, a: Anatomy) -> None:
    x, y = a.cx + canvas.light * a.head_w * 0.56, a.head_y + a.head_h * 0.36
    strip = [(x - 34, y - 2), (x + 26, y - 24), (x + 34, y - 2), (x - 26, y + 20)]
    canvas.model(strip, (238, 206, 168), edge=4)
    canvas.fill(ellipse(x, y - 2, 11), (224, 182, 140))


def _tattoo(canvas: Canvas, a: Anatomy) -> None:
    x, y = a.cx + canvas.light * a.head_w * 0.6, a.head_y + a.head_h * 0.34
    for k in range(3):
        canvas.brush(arc(x, y, 12 + k * 9, 14 + k * 9, 20 + k * 60, 200 + k * 60), (1, 4, 1),
            (44, 70, 96), 0.8)


def _earrings(canvas: Canvas, a: Anatomy) -> None:
    for side in (-1, 1):
        x, y = a.cx + side * a.head_w * 1.04, a.eye_y + a.head_h * 0.38
        canvas.model(ellipse(x, y, 7), GOLD, edge=3)
        canvas.model(smooth([(x, y + 6), (x + 12, y + 32), (x, y + 46), (x - 12, y + 32)]),
            colour(a.traits.accent), edge=4)


def _scarf(canvas: Canvas, a: Anatomy) -> None:
    tone, y, n, s = colour(a.traits.accent), a.shoulder_y, a.neck, canvas.light
    tail = smooth([(a.cx + s * 18, y + 10), (a.cx + s * 84, y + 4), (a.cx + s * 104, y + 150),
        (a.cx + s * 92, y + 226), (a.cx + s * 34, y + 230), (a.cx + s * 40, y + 130)], steps=6)
    canvas.model(tail, darker(tone, 0.08), edge=10)
    for k in range(5):
        canvas.stroke([(a.cx + s * (38 + k * 13), y + 226), (a.cx + s * (36 + k * 13), y + 248)], 6,
            tone)
    for dy in (150, 178):
        canvas.brush([(a.cx + s * 38, y + dy), (a.cx + s * 102, y + dy - 4)], (9, 9),
            lighter(tone, 0.5))
    for k, lift in enumerate((0, -38)):
        roll = smooth([(a.cx - n - 52 + k * 14, y - 22 + lift), (a.cx, y + 4 + lift),
            (a.cx + n + 52 - k * 14, y - 22 + lift), (a.cx + n + 50 - k * 12, y + 22 + lift),
            (a.cx, y + 60 + lift),
                       (a.cx - n - 50 + k * 12, y + 22 + lift)])
        canvas.model(roll, lighter(tone, 0.06 * k), edge=10)


def _necklace(canvas: Canvas, a: Anatomy) -> None:
    y = a.shoulder_y
    canvas.brush(smooth([(a.cx - a.neck - 24, y - 32), (a.cx - 40, y + 66), (a.cx, y + 96),
        (a.cx + 40, y + 66), (a.cx + a.neck + 24, y - 32)], closed=False), (4, 5, 5, 5, 4), GOLD)
    canvas.model(smooth([(a.cx, y + 88), (a.cx + 18, y + 108), (a.cx, y + 138),
        (a.cx - 18, y + 108)]), colour(a.traits.accent), edge=5)


def _tie(canvas: Canvas, a: Anatomy) -> None:
    if a.traits.outfit in ("suit", "school", "trench", "police", "captain"):
        return
    tone, y = colour(a.traits.accent), a.shoulder_y
    canvas.model([(a.cx - 13, y + 32), (a.cx + 13, y + 32), (a.cx + 28, y + 176), (a.cx, y + 206),
        (a.cx - 28, y + 176)], tone, edge=7)
    canvas.model([(a.cx - 20, y + 6), (a.cx + 20, y + 6), (a.cx + 13, y + 36), (a.cx - 13, y + 36)],
        darker(tone, 0.1), edge=5)


def _bowtie(canvas: Canvas, a: Anatomy) -> None:
    tone, y = colour(a.traits.accent), a.shoulder_y + 22
    for side in (-1, 1):
        canvas.model(smooth([(a.cx, y), (a.cx + side * 62, y - 30), (a.cx + side * 58, y),
            (a.cx + side * 62, y + 30)], steps=5), tone, edge=7)
    canvas.model(box(a.cx - 15, y - 17, a.cx + 15, y + 17, 6), darker(tone, 0.2), edge=5)


def _stethoscope(canvas: Canvas, a: Anatomy) -> None:
    y, tube = a.shoulder_y, (52, 62, 84)
    canvas.stroke(smooth([(a.cx - a.neck - 30, y - 40), (a.cx - 96, y + 60), (a.cx - 60, y + 150),
        (a.cx, y + 178)], closed=False), 12, tube)
    canvas.stroke(smooth([(a.cx + a.neck + 30, y - 40), (a.cx + 96, y + 60), (a.cx + 60, y + 150),
        (a.cx, y + 178), (a.cx + 16, y + 216)], closed=False), 12, tube)
    canvas.model(ellipse(a.cx + 20, y + 236, 30), SILVER, edge=7)
    canvas.model(ellipse(a.cx + 20, y + 236, 16), STEEL, edge=4)


def _medal(canvas: Canvas, a: Anatomy) -> None:
    x, y = a.cx - 116, a.shoulder_y + 118
    canvas.fill([(x - 18, y - 40), (x + 18, y - 40), (x + 10, y + 6), (x - 10, y + 6)],
        (196, 48, 52))
    canvas.model(ellipse(x, y + 22, 25), GOLD, edge=6)


def _backpack(canvas: Canvas, a: Anatomy) -> None:
    tone = darker(colour(a.traits.accent), 0.15)
    for side in (-1, 1):
        strap = smooth([(a.cx + side * a.shoulder_w * 0.5, a.shoulder_y - 26),
            (a.cx + side * a.shoulder_w * 0.56, a.shoulder_y + 90),
            (a.cx + side * a.shoulder_w * 0.7, 1010)], closed=False)
        canvas.brush(strap, (38, 40, 40), tone)
        canvas.fill(box(a.cx + side * a.shoulder_w * 0.58 - 24, a.shoulder_y + 130,
            a.cx + side * a.shoulder_w * 0.58 + 24, a.shoulder_y + 152, 5), GOLD)


def _headphones(canvas: Canvas, a: Anatomy) -> None:
    tone = colour(a.traits.accent)
    band = arc(a.cx, a.head_y - 10, a.head_w * 1.16, a.head_h * 1.17, 186, 354)
    canvas.stroke(band, 18, (44, 44, 58))
    for side in (-1, 1):
        x = a.cx + side * a.head_w * 1.12
        canvas.model(box(x - 26, a.eye_y - 34, x + 26, a.eye_y + 66, 24), tone, edge=8)
        canvas.fill(box(x - 12, a.eye_y - 18, x + 12, a.eye_y + 50, 12), darker(tone, 0.35))


def _bow(canvas: Canvas, a: Anatomy) -> None:
    tone, x, y = colour(a.traits.accent), a.cx + canvas.light * a.head_w * 0.56, a.top + 12
    for side in (-1, 1):
        canvas.model(smooth([(x, y), (x + side * 66, y - 40), (x + side * 70, y + 6),
            (x + side * 56, y + 34)]), tone, edge=8)
    canvas.model(ellipse(x, y, 17), darker(tone, 0.2), edge=5)


def _flower(canvas: Canvas, a: Anatomy) -> None:
    x, y = a.cx + canvas.light * a.head_w * 0.88, a.brow - 16
    for k in range(5):
        at = arc(x, y, 24, 24, k * 72 - 90, k * 72 - 90)[0]
        canvas.model(ellipse(*at, 21), (238, 132, 158), edge=5)
    canvas.dot((x, y), 13, (250, 214, 96))


def _halo(a: Anatomy) -> Outline:
    return ellipse(a.cx, a.top - 66, 96, 24)


def draw_feature_behind(canvas: Canvas, a: Anatomy) -> None:
    """Wings, seen behind the shoulders."""
    if a.traits.feature not in ("angel", "fairy", "demon"):
        return
    tone = {"angel": (250, 248, 244), "fairy": (178, 226, 232),
        "demon": (74, 30, 46)}[a.traits.feature]
    y = a.shoulder_y
    for side in (-1, 1):
        wing = smooth([(a.cx + side * 120, y + 120), (a.cx + side * 230, y - 190),
            (a.cx + side * 420, y - 330), (a.cx + side * 452, y - 140), (a.cx + side * 400, y + 60),
            (a.cx + side * 280, y + 190)])
        canvas.model(wing, tone, edge=16)
        for k in range(4):
            rib = smooth([(a.cx + side * 150, y + 100), (a.cx + side * (300 + k * 20),
                y - 130 + k * 70), (a.cx + side * (420 - k * 20), y - 230 + k * 110)], closed=False)
            canvas.brush(rib, (3, 6, 2), darker(tone, 0.16))


def draw_feature(canvas: Canvas, a: Anatomy) -> None:
    """Horns, haloes, machine parts and scales."""
    feature = a.traits.feature
    if feature == "angel":
        canvas.glow((a.cx, a.top - 66), 160, (255, 232, 150), 0.6)
        ring = _halo(a)
        canvas.stroke([*ring, ring[0]], 13, (252, 218, 110))
    if feature == "demon":
        for side in (-1, 1):
            horn = smooth([(a.cx + side * 44, a.top + 30), (a.cx + side * 96, a.top - 50),
                (a.cx + side * 84, a.top - 116), (a.cx + side * 134, a.top - 50),
                (a.cx + side * 92, a.top + 50)])
            canvas.model(horn, (60, 44, 48), depth=0.4, edge=8)
    if feature == "cyborg":
        x, y = eye_at(a, -canvas.light)
        plate = smooth([(x - 56, y - 62), (x + 40, y - 60), (x + 52, y + 30), (x + 14, y + 84),
            (x - 50, y + 64)])
        canvas.model(plate, (164, 174, 188), depth=0.4, edge=7)
        canvas.dot((x, y), 25, (40, 44, 58))
        canvas.glow((x, y), 60, (255, 70, 70), 0.7)
        canvas.dot((x, y), 12, (255, 84, 76))
    if feature == "mermaid":
        for side in (-1, 1):
            for k in range(5):
                at = (a.cx + side * (a.head_w * 0.62 + (k % 2) * 16),
                    a.head_y + a.head_h * 0.2 + k * 15)
                canvas.brush(arc(*at, 9, 8, 0, 180), (2, 4, 2), (64, 160, 160))
    if feature == "clown":
        for side in (-1, 1):
            x, y = eye_at(a, side)
            canvas.fill([(x - 9, y - 74), (x + 9, y - 74), (x, y - 32)], (52, 110, 190))
            canvas.dot((a.cx + side * a.head_w * 0.66, a.head_y + a.head_h * 0.46), 24,
                (236, 110, 110))


_ON_FACE: dict[str, Wearing] = {
    "stubble": _stubble, "freckles": _freckles, "scar": _scar, "tattoo": _tattoo,
    "bandage": _bandage,
    "beard": _beard, "moustache": _moustache, "mask": _mask, "domino": _domino,
    "eyepatch": _eyepatch,
    "glasses": _glasses, "monocle": _monocle, "sunglasses": _sunglasses, "goggles": _goggles,
}
_ON_BODY: dict[str, Wearing] = {
    "tie": _tie, "bowtie": _bowtie, "necklace": _necklace, "medal": _medal, "backpack": _backpack,
    "stethoscope": _stethoscope, "scarf": _scarf,
}
_OVER_HAIR: dict[str, Wearing] = {
    "earrings": _earrings, "flower": _flower, "bow": _bow, "goggles-up": _goggles_up,
    "headphones": _headphones,
}
