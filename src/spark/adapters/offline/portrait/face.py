"""The human face: its shape, its features and what it feels."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import INK, WHITE, Colour, colour, darker, lighter, mix
from .shapes import Outline, Point, arc, ellipse, flipped, mirrored, smooth

# brow lift at the nose, brow lift outside, eye opening, mouth curve, mouth opening
_MOODS = {
    "smile": (5, 3, 0.95, 15, 0),
    "grin": (3, 5, 0.9, 17, 1),
    "serious": (-2, 1, 0.86, -2, 0),
    "sad": (9, -7, 0.84, -10, 0),
    "angry": (-13, 8, 0.8, -11, 0),
    "sly": (-4, 8, 0.74, 9, 0),
    "shy": (6, -2, 0.9, 5, 0),
    "surprised": (10, 10, 1.2, 0, 2),
    "calm": (5, 0, 0.94, 5, 0),
}


def face_outline(a: Anatomy) -> Outline:
    """The contour of the face, narrower in the jaw for women, rounder for children."""
    w, h, cx, y = a.head_w, a.head_h, a.cx, a.head_y
    child, woman = a.traits.age == "child", a.traits.gender == "female"
    jaw, chin = (0.74, 0.26) if woman else (0.84, 0.4)
    if child:
        jaw, chin = 0.86, 0.38
    if a.traits.build == "stout":
        jaw, chin = jaw + 0.1, chin + 0.12
    half = [
        (cx, y - h), (cx + w * 0.56, y - h * 0.9), (cx + w * 0.95, y - h * 0.45),
        (cx + w * 0.99, y + h * 0.06), (cx + w * (jaw + 0.1), y + h * 0.42),
        (cx + w * jaw * 0.88, y + h * 0.67), (cx + w * chin, y + h * 0.955), (cx, y + h),
    ]
    return mirrored(smooth(half, closed=False), cx)


def draw_neck(canvas: Canvas, a: Anatomy) -> None:
    """The neck, in the shadow of the chin; clothes come over it."""
    neck = smooth(
        [
            (a.cx - a.neck, a.head_y), (a.cx + a.neck, a.head_y),
            (a.cx + a.neck * 1.04, a.shoulder_y - 40), (a.cx, a.shoulder_y + 34),
            (a.cx - a.neck * 1.04, a.shoulder_y - 40),
        ],
        steps=6,
    )
    canvas.model(neck, a.skin)
    with canvas.inside(neck):
        shadow = [(x + 10 * -canvas.light, y + 30) for x, y in face_outline(a)]
        canvas.fill(shadow, darker(a.skin, 0.3))


def draw_head(canvas: Canvas, a: Anatomy) -> None:
    """Ears and the bare head."""
    _ears(canvas, a)
    canvas.model(face_outline(a), a.skin, depth=0.22, edge=12)


def _ears(canvas: Canvas, a: Anatomy) -> None:
    pointed = a.traits.feature in ("elf", "vampire", "demon", "mermaid", "fairy")
    y = a.eye_y + a.head_h * 0.14
    for side in (-1, 1):
        x = a.cx + side * a.head_w * 0.98
        if pointed:
            ear = smooth([(x, y - 24), (x + side * 62, y - 62), (x + side * 30, y + 8),
                (x, y + 26)])
        else:
            ear = ellipse(x + side * 4, y, 17, 30, side * 8)
        canvas.model(ear, darker(a.skin, 0.06), edge=6)
        canvas.fill(ellipse(x + side * 7, y, 7, 15, side * 8), darker(a.skin, 0.22))


def draw_face(canvas: Canvas, a: Anatomy) -> None:
    """Everything within the face."""
    mood = _MOODS.get(a.traits.expression, _MOODS["calm"])
    _cheeks(canvas, a)
    _age_lines(canvas, a)
    for side in (-1, 1):
        _eye(canvas, a, side, mood[2])
        _brow(canvas, a, side, mood[0], mood[1])
    _nose(canvas, a)
    _mouth(canvas, a, mood[3], mood[4])


def eye_at(a: Anatomy, side: int) -> Point:
    """The middle of an eye."""
    spread = 0.45 if a.traits.age != "child" else 0.48
    return a.cx + side * a.head_w * spread, a.eye_y


def eye_size(a: Anatomy) -> tuple[float, float]:
    """Half the width and half the height of an open eye."""
    w = a.head_w * 0.235
    h = w * 0.56
    if a.traits.gender == "female":
        h *= 1.12
    w, h = w * (1 + (a.youth - 1) * 0.3), h * a.youth
    if a.traits.style == "anime":
        w, h = w * 1.2, h * 1.6
    return w, h


def _eye(canvas: Canvas, a: Anatomy, side: int, opening: float) -> None:
    (x, y), (w, h) = eye_at(a, side), eye_size(a)
    h *= opening
    out, inn = x + side * w, x - side * w
    lid = smooth([(inn, y + h * 0.35), (x - side * w * 0.3, y - h * 0.82), (x + side * w * 0.35,
                 y - h * 0.86), (out, y - h * 0.1)], closed=False)
    below = smooth([(out, y - h * 0.1), (x + side * w * 0.4, y + h * 0.7), (x - side * w * 0.35,
                   y + h * 0.78), (inn, y + h * 0.35)], closed=False)
    white = [*lid, *below]
    canvas.fill(ellipse(x, y - h * 0.3, w * 1.12, h * 1.25), darker(a.skin, 0.16), 0.6)
    canvas.fill(white, (253, 250, 246))
    iris = colour(a.traits.eye_colour)
    r = h * 0.92
    with canvas.inside(white):
        canvas.fill(ellipse(x, y - h * 0.06, r), darker(iris, 0.35))
        canvas.fill(ellipse(x, y - h * 0.02, r * 0.84), iris)
        canvas.fill(ellipse(x, y + h * 0.3, r * 0.6, r * 0.44), lighter(iris, 0.3))
        canvas.fill(ellipse(x, y - h * 0.06, r * 0.48), (16, 12, 20))
        canvas.fill(ellipse(x, y - h * 0.9, w * 1.1, h * 0.45), darker(a.skin, 0.5), 0.35)
    canvas.fill(ellipse(x + canvas.light * r * 0.34, y - h * 0.36, r * 0.24), WHITE)
    woman = a.traits.gender == "female"
    lash = darker(colour(a.traits.hair_colour), 0.5) if woman else mix(INK, a.skin, 0.12)
    canvas.brush(lid, (3, 8.5 if woman else 6.5, 8 if woman else 6, 4), lash)
    if woman and a.traits.age != "old":
        canvas.brush([(out - side * 5, y - h * 0.35), (out + side * 9, y - h * 0.85)], (6, 1), lash)
    crease = [(px, py - h * 0.42 - 3) for px, py in lid[3:-2]]
    canvas.brush(crease, (1, 3, 1), darker(a.skin, 0.36), 0.8)


def _brow_colour(a: Anatomy) -> Colour:
    return mix(darker(colour(a.traits.hair_colour), 0.22), a.skin, 0.1)


def _brow(canvas: Canvas, a: Anatomy, side: int, inner: float, outer: float) -> None:
    (x, y), (w, h) = eye_at(a, side), eye_size(a)
    y -= h + 18
    line = smooth(
        [(x - side * w * 0.98, y + 6 - inner), (x + side * w * 0.2, y - 6 - (inner + outer) / 2),
         (x + side * w * 1.2, y + 6 - outer)],
        closed=False,
    )
    thick = 9 if a.traits.gender == "female" else 14
    if a.traits.age == "child":
        thick = 8
    canvas.brush(line, (thick * 0.8, thick, 2), _brow_colour(a))


def _nose(canvas: Canvas, a: Anatomy) -> None:
    y = a.head_y + a.head_h * (0.42 if a.traits.age != "child" else 0.44)
    w = a.head_w * (0.15 if a.traits.gender == "female" else 0.19)
    if a.traits.age == "child":
        w *= 0.8
    shade, side = darker(a.skin, 0.2), -canvas.light
    if a.traits.age != "child":
        bridge = smooth(
            [(a.cx + side * w * 0.35, a.eye_y + 2), (a.cx + side * w * 0.55, y - 26),
             (a.cx + side * w * 1.05, y - 4), (a.cx, y + 7), (a.cx + side * w * 0.1, y - 20)],
        )
        canvas.fill(bridge, shade, 0.75)
    tip = smooth([(a.cx - w, y - 2), (a.cx - w * 0.5, y + 6), (a.cx, y + 8),
        (a.cx + w * 0.5, y + 6),
                  (a.cx + w, y - 2)], closed=False)
    canvas.brush(tip, (2, 5, 4, 5, 2), darker(a.skin, 0.36))
    canvas.fill(ellipse(a.cx + canvas.light * w * 0.2, y - 12, w * 0.22, 7), lighter(a.skin, 0.45),
        0.7)
    if a.traits.feature == "clown":
        canvas.model(ellipse(a.cx, y - 6, 24), (208, 44, 44), edge=7)


def mouth_at(a: Anatomy) -> Point:
    """The middle of the mouth."""
    return a.cx, a.head_y + a.head_h * (0.68 if a.traits.age != "child" else 0.69)


def _mouth(canvas: Canvas, a: Anatomy, curve: float, opening: int) -> None:
    x, y = mouth_at(a)
    woman = a.traits.gender == "female"
    w = a.head_w * (0.3 if a.traits.age != "child" else 0.25) * (1.15 if opening == 1 else 1)
    red = (190, 62, 66) if woman or a.traits.age == "child" else (156, 70, 62)
    lip = mix(a.skin, red, 0.62 if woman else 0.34)
    if "lipstick" in a.traits.wear or a.traits.feature == "clown":
        lip = (192, 30, 48)
    if a.traits.feature in ("vampire", "zombie"):
        lip = mix(lip, (92, 40, 70), 0.5)
    if opening == 2:
        canvas.fill(ellipse(x, y + 4, w * 0.44, w * 0.5), lip)
        canvas.fill(ellipse(x, y + 5, w * 0.31, w * 0.37), (84, 26, 34))
        return
    if opening == 1:
        _grin(canvas, x, y - 6, w, lip)
        return
    skew = 7 if a.traits.expression == "sly" else 0
    left, right = (x - w, y - curve + skew * 0.6), (x + w, y - curve - skew)
    line = smooth([left, (x - w * 0.4, y + curve * 0.22), (x, y + curve * 0.3),
                   (x + w * 0.4, y + curve * 0.22), right], closed=False)
    full = 11 if woman else 7
    top = smooth([left, (x - w * 0.3, y - full * 0.8), (x, y - full * 0.35), (x + w * 0.3,
                  y - full * 0.8), right], closed=False)
    canvas.fill([*top, *reversed(line)], darker(lip, 0.12))
    low = smooth([left, (x - w * 0.42, y + full * 1.15 + curve * 0.3), (x, y + full * 1.5
                  + curve * 0.3), (x + w * 0.42, y + full * 1.15 + curve * 0.3), right],
                 closed=False)
    canvas.fill([*low, *reversed(line)], lip)
    canvas.fill(ellipse(x, y + full * 0.9 + curve * 0.3, w * 0.3, 2.4), lighter(lip, 0.35))
    canvas.brush(line, (3, 4.5, 5, 4.5, 3), darker(lip, 0.58))
    canvas.fill(ellipse(x, y + full * 2.6 + 4, w * 0.4, 3.4), darker(a.skin, 0.2), 0.8)
    if a.traits.feature == "vampire":
        for side in (-1, 1):
            fx = x + side * w * 0.42
            canvas.fill([(fx - 6, y + 2), (fx + 6, y + 2), (fx, y + 20)], WHITE)


def _grin(canvas: Canvas, x: float, y: float, w: float, lip: Colour) -> None:
    upper = smooth([(x - w, y - 8), (x - w * 0.4, y + 1), (x + w * 0.4, y + 1), (x + w, y - 8)],
                   closed=False)
    lower = smooth([(x + w, y - 8), (x + w * 0.62, y + 22), (x, y + 33), (x - w * 0.62, y + 22),
                    (x - w, y - 8)], closed=False)
    shape = [*upper, *lower]
    canvas.fill([(px, py + 4) for px, py in shape], lip)
    canvas.fill(shape, (96, 28, 36))
    with canvas.inside(shape):
        canvas.fill([(x - w, y - 30), (x + w, y - 30), (x + w, y + 9), (x - w, y + 9)],
            (255, 252, 246))
        canvas.fill(ellipse(x, y + 34, w * 0.55, 15), (206, 84, 88))
    canvas.brush(upper, (3, 5, 5, 3), darker(lip, 0.5))


def _cheeks(canvas: Canvas, a: Anatomy) -> None:
    strong = a.traits.age in ("child", "teen") or a.traits.expression in ("shy", "grin")
    strong = strong or "blush" in a.traits.wear
    if not (strong or a.traits.gender == "female"):
        return
    tone = mix(a.skin, (228, 92, 84), 0.5 if strong else 0.3)
    for side in (-1, 1):
        canvas.glow((a.cx + side * a.head_w * 0.56, a.head_y + a.head_h * 0.4), 52, tone, 0.7)


def _age_lines(canvas: Canvas, a: Anatomy) -> None:
    if a.traits.age not in ("adult", "middle", "old"):
        return
    old, grown = a.traits.age == "old", a.traits.age == "adult"
    line, h, w = darker(a.skin, 0.28 if old else 0.07 if grown else 0.16), a.head_h, a.head_w
    for side in (-1, 1):
        x = a.cx + side * w * 0.36
        fold = arc(x - side * 6, a.head_y + h * 0.56, w * 0.2, h * 0.2, -70, 20)
        if side < 0:
            fold = flipped(fold, x + 6)
        canvas.brush(fold, (2, 5, 2), line)
        ex, ey = eye_at(a, side)
        bag = smooth([(ex - side * 22, ey + 23), (ex, ey + 30), (ex + side * 22, ey + 24)],
            closed=False)
        canvas.brush(bag, (1, 4, 1), line, 0.85)
        if old:
            for k in (-1, 0, 1):
                start = (ex + side * 30, ey + k * 5)
                canvas.brush([start, (ex + side * 44, ey + k * 13)], (4, 1), line)
    for k in range(3 if old else 0 if grown else 2):
        y = a.head_y - h * 0.5 - k * 17
        wrinkle = smooth([(a.cx - w * 0.42, y + 3), (a.cx, y - 3), (a.cx + w * 0.42, y + 3)],
            closed=False)
        canvas.brush(wrinkle, (1, 4, 1), line, 0.8)
