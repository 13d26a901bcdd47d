"""Beings of tales: ghosts, aliens, dragons, monsters, things with a face."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .anatomy import Anatomy
from .animals import draw_eyes, fur
from .canvas import Canvas
from .clothes import draw_clothes
from .colours import CREAM, GOLD, WHITE, Colour, colour, darker, lighter, mix
from .expressions import line_mouth, muzzle_mouth, round_eye
from .shapes import arc, box, ellipse, flipped, mirrored, smooth, star

_INK: Colour = (40, 32, 48)


def _bust(canvas: Canvas, a: Anatomy, tone: Colour, neck: float = 40) -> None:
    y, w, cx = a.shoulder_y, a.shoulder_w, a.cx
    shape = mirrored(smooth([(cx, y - 90), (cx + neck, y - 84), (cx + neck + 20, y - 24),
        (cx + w * 0.86, y + 30), (cx + w * 1.04, y + 150), (cx + w * 1.1, 1040)], closed=False), cx)
    canvas.model(shape, tone, edge=20)


def draw_alien(canvas: Canvas, a: Anatomy) -> None:
    """A visitor with a tall head and dark eyes."""
    tone, cx, y, w, h = fur(a), a.cx, a.head_y, a.head_w, a.head_h
    _bust(canvas, a, tone, 28)
    draw_clothes(canvas, a)
    canvas.model(box(cx - 26, a.chin - 20, cx + 26, a.shoulder_y - 4), darker(tone, 0.16), edge=7)
    if not a.traits.hat:
        for side in (-1, 1):
            canvas.brush(smooth([(cx + side * 50, a.top), (cx + side * 70, a.top - 60),
                (cx + side * 104, a.top - 96)], closed=False), (12, 9, 7), tone)
            canvas.glow((cx + side * 106, a.top - 100), 50, colour(a.traits.accent), 0.7)
            canvas.model(ellipse(cx + side * 106, a.top - 100, 17), colour(a.traits.accent), edge=5)
    head = mirrored(smooth([(cx, y - h * 1.16), (cx + w * 0.8, y - h * 0.98),
        (cx + w * 1.22, y - h * 0.3), (cx + w * 0.94, y + h * 0.4), (cx + w * 0.36, y + h * 0.94),
        (cx, y + h * 1.04)], closed=False), cx)
    canvas.model(head, tone, edge=16)
    for x, dy, r in ((-62, -0.76, 15), (-30, -0.88, 9), (70, -0.66, 12)):
        canvas.dot((cx + x, y + h * dy), r, darker(tone, 0.16))
    size = a.youth
    for side in (-1, 1):
        eye = ellipse(cx + side * w * 0.5, y - 4, 40 * size, 56 * size, side * 26)
        canvas.fill(eye, (24, 20, 40))
        with canvas.inside(eye):
            canvas.fill(ellipse(cx + side * w * 0.5, y + 34, 34, 30),
                mix(colour(a.traits.eye_colour), (90, 60, 160), 0.5))
        canvas.fill(ellipse(cx + side * w * 0.5 + canvas.light * 14, y - 22, 10, 14), WHITE)
        _brow(canvas, a, cx + side * w * 0.5, y - 70, side, darker(tone, 0.4))
        canvas.dot((cx + side * 9, y + h * 0.5), 4, darker(tone, 0.5))
    line_mouth(canvas, cx, y + h * 0.7, 26, a.traits.expression, darker(tone, 0.7))


def _brow(canvas: Canvas, a: Anatomy, x: float, y: float, side: int, tone: Colour) -> None:
    lean = {"angry": 20, "serious": 12, "sly": 9, "sad": -17, "shy": -9}.get(a.traits.expression, 0)
    if lean:
        canvas.brush([(x - side * 34, y + lean), (x + side * 34, y - lean * 0.5)], (13, 6), tone)


def draw_ghost(canvas: Canvas, a: Anatomy) -> None:
    """A pale shape that fades towards the ground."""
    tone, cx, y = fur(a), a.cx, a.head_y
    canvas.glow((cx, y + 120), 420, lighter(tone, 0.5), 0.6)
    half = [(cx, a.top - 20), (cx + 110, a.top + 20), (cx + 150, y + 40), (cx + 176, y + 220),
        (cx + 250, y + 300), (cx + 196, y + 340), (cx + 210, 860), (cx + 160, 820), (cx + 110, 866),
        (cx + 56, 824), (cx, 862)]
    body = mirrored(smooth(half, closed=False), cx)
    canvas.fill([(x + 12, z + 12) for x, z in body], lighter(tone, 0.3), 0.35)
    canvas.model(body, tone, depth=0.2, edge=26)
    if a.traits.outfit:
        with canvas.inside(body):
            draw_clothes(canvas, a)
    if a.traits.gender == "female" and a.traits.hair_style in ("long", "wavy") and not a.traits.hat:
        for side in (-1, 1):
            lock = smooth([(cx, a.top - 26), (cx + side * 120, a.top + 30),
                (cx + side * 150, y + 210), (cx + side * 100, y + 190), (cx + side * 88, y),
                (cx + side * 30, a.top + 54)])
            canvas.model(lock, colour(a.traits.hair_colour), edge=10)
    size = a.youth
    for side in (-1, 1):
        canvas.fill(ellipse(cx + side * 48, y, 23 * size, 33 * size), (46, 44, 76))
        canvas.dot((cx + side * 48 + canvas.light * 7, y - 12), 8, WHITE)
        _brow(canvas, a, cx + side * 48, y - 52, side, (90, 92, 128))
        canvas.dot((cx + side * 92, y + 46), 20, (240, 170, 190), 0.6)
    line_mouth(canvas, cx, y + 66, 30, a.traits.expression, (46, 44, 76))


def draw_dragon(canvas: Canvas, a: Anatomy) -> None:
    """A dragon with horns, a crest and wings."""
    tone, cx, y, w = fur(a), a.cx, a.head_y, a.head_w
    belly = mix(tone, (250, 224, 160), 0.7)
    for side in (-1, 1):
        wing = smooth([(cx + side * 130, a.shoulder_y + 90), (cx + side * 230, a.shoulder_y - 200),
            (cx + side * 420, a.shoulder_y - 280), (cx + side * 390, a.shoulder_y - 120),
            (cx + side * 430, a.shoulder_y - 20), (cx + side * 340, a.shoulder_y + 20),
            (cx + side * 320, a.shoulder_y + 130)])
        canvas.model(wing, darker(tone, 0.3), edge=14)
    _bust(canvas, a, tone, 70)
    for k in range(6):
        wide = 66 + k * 9
        canvas.model(smooth([(cx - wide, a.shoulder_y - 30 + k * 56),
            (cx + wide, a.shoulder_y - 30 + k * 56), (cx + wide + 6, a.shoulder_y + 14 + k * 56),
            (cx, a.shoulder_y + 34 + k * 56), (cx - wide - 6, a.shoulder_y + 14 + k * 56)]), belly,
            depth=0.16, edge=7)
    draw_clothes(canvas, a)
    for side in (-1, 1):
        horn = smooth([(cx + side * 50, a.top + 30), (cx + side * 96, a.top - 30),
            (cx + side * 110, a.top - 116), (cx + side * 146, a.top - 20),
            (cx + side * 104, a.top + 60)])
        canvas.model(horn, (236, 214, 170), depth=0.34, edge=8)
        for k in range(3):
            x, z = cx + side * (w * 1.06), y - 20 + k * 40
            canvas.model([(x, z - 18), (x + side * 58, z - 22), (x, z + 26)], darker(tone, 0.2),
                edge=5)
    head = mirrored(smooth([(cx, a.top), (cx + w * 0.76, a.top + 22), (cx + w * 1.1, y - 20),
        (cx + w * 0.9, y + 54), (cx + w * 0.82, y + 110), (cx, y + 136)], closed=False), cx)
    canvas.model(head, tone, edge=16)
    canvas.model(ellipse(cx, y + 82, w * 0.84, 60), lighter(tone, 0.16), edge=10)
    for side in (-1, 1):
        canvas.fill(ellipse(cx + side * 34, y + 52, 12, 9, side * 20), darker(tone, 0.6))
        whisker = smooth([(cx + side * 70, y + 70), (cx + side * 150, y + 60),
            (cx + side * 200, y + 130), (cx + side * 186, y + 190)], closed=False)
        canvas.brush(whisker, (9, 7, 2), GOLD)
    for k in range(3):
        canvas.model([(cx - 16, a.top + 20 + k * 34), (cx, a.top - 30 + k * 38),
            (cx + 16, a.top + 20 + k * 34)], GOLD, edge=4)
    draw_eyes(canvas, a, 0.5, 30)
    muzzle_mouth(canvas, cx, y + 92, 70, a.traits.expression)
    if a.traits.age == "old":
        canvas.brush(smooth([(cx, y + 130), (cx + 14, y + 180), (cx - 6, y + 236)], closed=False),
            (56, 40, 4), (236, 234, 230))


def draw_monster(canvas: Canvas, a: Anatomy) -> None:
    """A shaggy monster with one, two or three eyes."""
    tone, cx, y = fur(a), a.cx, a.head_y
    eyes = 1 + a.traits.lot("eyes", 3)
    half = [(cx, a.top - 40), (cx + 60, a.top - 20)]
    for k in range(9):
        half += [(cx + 120 + k * 17 + (22 if k % 2 else 0), a.top + 30 + k * 62)]
    canvas.model(mirrored(smooth([*half, (cx + 300, 1040)], closed=False, steps=4), cx), tone,
        edge=26)
    for k in range(16):
        x, z = cx - 170 + a.traits.lot(f"tuft{k}", 340), y + 150 + a.traits.lot(f"fur{k}", 250)
        canvas.brush(smooth([(x - 12, z), (x, z + 18), (x + 12, z)], closed=False), (2, 6, 2),
            darker(tone, 0.22))
    draw_clothes(canvas, a)
    for side in (-1, 1):
        horn = smooth([(cx + side * 70, a.top + 10), (cx + side * 136, a.top - 60),
            (cx + side * 116, a.top - 130), (cx + side * 178, a.top - 40),
            (cx + side * 124, a.top + 50)])
        canvas.model(horn, (240, 222, 180), depth=0.34, edge=8)
    iris = mix(colour(a.traits.eye_colour), (220, 180, 60), 0.4)
    for k in range(eyes):
        x = cx + (k - (eyes - 1) / 2) * (96 if eyes > 1 else 0)
        r = (56, 40, 33)[eyes - 1] * a.youth
        round_eye(canvas, x, y - 24 - (26 if eyes == 3 and k == 1 else 0), r, iris,
            a.traits.expression, 1 if x >= cx else -1, tone)
    mouth = smooth([(cx - 104, y + 62), (cx, y + 82), (cx + 104, y + 62), (cx + 70, y + 132),
        (cx, y + 150), (cx - 70, y + 132)])
    sad = a.traits.expression in ("sad", "angry", "serious")
    if sad:
        line_mouth(canvas, cx, y + 100, 80, a.traits.expression, _INK)
    else:
        canvas.fill(mouth, (86, 28, 48))
        with canvas.inside(mouth):
            canvas.fill(ellipse(cx, y + 152, 60, 34), (228, 104, 118))
    for k in (-2, -1, 1, 2):
        z = y + (78 if not sad else 96) - abs(k) * 4
        canvas.fill([(cx + k * 38 - 15, z - 6), (cx + k * 38 + 15, z - 6), (cx + k * 38, z + 28)],
            (255, 252, 238))


def draw_fish(canvas: Canvas, a: Anatomy) -> None:
    """A fish facing us aslant, fins spread."""
    tone, cx, y = fur(a), a.cx, a.head_y + 90
    canvas.model(smooth([(cx - 200, y + 10), (cx - 330, y - 150), (cx - 300, y),
        (cx - 340, y + 150)]), darker(tone, 0.16), edge=14)
    canvas.model(smooth([(cx - 60, y - 150), (cx + 10, y - 270), (cx + 110, y - 230),
        (cx + 100, y - 130)]), darker(tone, 0.16), edge=12)
    body = smooth([(cx - 240, y), (cx - 110, y - 140), (cx + 80, y - 172), (cx + 230, y - 80),
        (cx + 256, y + 30), (cx + 160, y + 150), (cx - 40, y + 176), (cx - 160, y + 110)])
    canvas.model(body, tone, depth=0.3, edge=24)
    with canvas.inside(body):
        canvas.fill(ellipse(cx + 30, y + 190, 260, 120), lighter(tone, 0.45))
        for row in range(5):
            for k in range(7):
                canvas.brush(arc(cx - 180 + k * 38, y - 100 + row * 44 + (k % 2) * 22, 20, 20, -80,
                    80), (2, 5, 2), darker(tone, 0.2))
    canvas.model(smooth([(cx - 30, y + 40), (cx - 130, y + 100), (cx - 110, y + 160),
        (cx + 10, y + 100)]), darker(tone, 0.1), edge=9)
    size = a.youth
    for side, x in ((-1, cx + 96), (1, cx + 190)):
        round_eye(canvas, x, y - 50, (46 if side < 0 else 36) * size, colour(a.traits.eye_colour),
            a.traits.expression, side, tone)
    line_mouth(canvas, cx + 176, y + 50, 40, a.traits.expression, darker(tone, 0.7))
    for k in range(4):
        canvas.stroke(ellipse(cx + 290 + k * 18, y - 40 - k * 80, 12 + k * 4), 4, (226, 246, 252))


def draw_tree(canvas: Canvas, a: Anatomy) -> None:
    """A tree, a mushroom or a flower with a face."""
    tone, cx, y, word = fur(a), a.cx, a.head_y, a.traits.variant
    bark = mix((134, 92, 60), tone, 0.1)
    if word in ("flower", "sunflower", "向日葵", "花精", "小草"):
        canvas.brush(smooth([(cx, 1040), (cx + 24, 800), (cx, y + 80)], closed=False), (40, 36, 30),
            (90, 148, 84))
        for side in (-1, 1):
            canvas.model(smooth([(cx, 860), (cx + side * 130, 760), (cx + side * 230, 800),
                (cx + side * 130, 870)]), (96, 160, 90), edge=9)
        for k in range(14):
            px, py = arc(cx, y, 165, 165, k * 360 / 14, k * 360 / 14)[0]
            canvas.model(ellipse(px, py, 62, 40, k * 360 / 14), mix(tone, (246, 190, 60), 0.6),
                edge=8)
        canvas.model(ellipse(cx, y, 140), (168, 110, 66), edge=14)
        face: Colour = (168, 110, 66)
    elif word in ("mushroom", "蘑菇", "cactus", "仙人掌"):
        canvas.model(mirrored(smooth([(cx, y - 60), (cx + 120, y - 40), (cx + 130, y + 200),
            (cx + 170, 1040)], closed=False), cx), CREAM, edge=18)
        cap = smooth([(cx - 280, y - 20), (cx - 200, y - 190), (cx, y - 260), (cx + 200, y - 190),
            (cx + 280, y - 20), (cx, y + 10)])
        canvas.model(cap, (206, 66, 58), edge=20)
        for x, z, r in ((-150, -100, 34), (0, -180, 40), (150, -110, 32), (60, -60, 22),
                (-60, -60, 20)):
            canvas.dot((cx + x, y + z), r, CREAM)
        face, y = CREAM, y + 60
    else:
        face = bark
        canvas.model(mirrored(smooth([(cx, y - 100), (cx + 120, y - 90), (cx + 128, y + 160),
            (cx + 170, 820), (cx + 280, 1040)], closed=False), cx), bark, edge=22)
        for side in (-1, 1):
            canvas.brush(smooth([(cx + side * 110, y + 190), (cx + side * 230, y + 120),
                (cx + side * 300, y)], closed=False), (54, 34, 12), bark)
            canvas.model(ellipse(cx + side * 300, y + 6, 66, 52), darker(tone, 0.1), edge=11)
        for k in range(7):
            at = cx - 110 + k * 37
            canvas.brush(smooth([(at, y + 130 + k % 3 * 20), (at + 8, y + 260), (at - 4, 900)],
                closed=False), (2, 7, 3), darker(bark, 0.3))
        for x, z, r in ((-190, -70, 120), (190, -70, 120), (-110, -180, 136), (110, -180, 136),
                (0, -150, 150), (0, -230, 110)):
            canvas.model(ellipse(cx + x, y + z + 20, r, r * 0.84), tone, depth=0.2, edge=16)
        y += 40
    size = a.youth
    for side in (-1, 1):
        round_eye(canvas, cx + side * 50, y - 6, 29 * size, colour(a.traits.eye_colour),
            a.traits.expression, side, face)
    line_mouth(canvas, cx, y + 64, 44, a.traits.expression, darker(face, 0.7))
    if a.traits.age == "old":
        canvas.brush(smooth([(cx - 40, y + 90), (cx, y + 190), (cx + 40, y + 90)], closed=False),
            (30, 46, 30), (206, 214, 196))


def draw_toy(canvas: Canvas, a: Anatomy) -> None:
    """A rag doll: stitches, button eyes, woollen hair."""
    tone, cx, y = mix(fur(a), (250, 226, 196), 0.4), a.cx, a.head_y
    _bust(canvas, a, tone)
    draw_clothes(canvas, a)
    wool = colour(a.traits.hair_colour)
    wool = mix(wool, (206, 110, 60), 0.5)
    canvas.model(ellipse(cx, y - 16, 150, 140), darker(wool, 0.1), edge=12)
    for side in (-1, 1):
        for k in range(5):
            canvas.model(ellipse(cx + side * 146, y - 10 + k * 44, 27), wool, edge=7)
    canvas.model(ellipse(cx, y, 128, 120), tone, edge=14)
    for k in range(9):
        x = cx - 108 + k * 27
        canvas.model(ellipse(x, y - 84 + abs(k - 4) * 7, 22, 30), wool, edge=6)
    for side in (-1, 1):
        canvas.model(ellipse(cx + side * 50, y, 26 * a.youth), _INK, edge=6)
        for dx, dz in ((-7, -7), (7, -7), (-7, 7), (7, 7)):
            canvas.dot((cx + side * 50 + dx, y + dz), 3.6, CREAM)
        canvas.dot((cx + side * 84, y + 48), 21, (236, 130, 120), 0.7)
        _brow(canvas, a, cx + side * 50, y - 46, side, darker(tone, 0.5))
    canvas.model([(cx - 13, y + 20), (cx + 13, y + 20), (cx, y + 38)], (214, 104, 80), edge=4)
    line_mouth(canvas, cx, y + 62, 40, a.traits.expression, _INK)
    for k in range(-2, 3):
        canvas.brush([(cx + k * 17, y + 52), (cx + k * 17, y + 72)], (4, 4), _INK)
    canvas.fill([(cx + 74, y - 70), (cx + 110, y - 60), (cx + 106, y - 28), (cx + 72, y - 36)],
        colour(a.traits.accent))


def draw_snowman(canvas: Canvas, a: Anatomy) -> None:
    """Snow, coal and a carrot."""
    tone, cx, y = fur(a), a.cx, a.head_y
    for side in (-1, 1):
        canvas.brush(smooth([(cx + side * 180, 790), (cx + side * 290, 680),
            (cx + side * 340, 640)], closed=False), (17, 12, 7), (108, 74, 50))
    canvas.model(ellipse(cx, 800, 240, 230), tone, edge=28)
    draw_clothes(canvas, a)
    canvas.model(ellipse(cx, y, 140, 132), tone, edge=20)
    for k in range(3):
        canvas.model(ellipse(cx, 690 + k * 66, 15), _INK, edge=4)
    for side in (-1, 1):
        canvas.model(ellipse(cx + side * 48, y - 22, 17 * a.youth, 21 * a.youth), _INK, edge=4)
        _brow(canvas, a, cx + side * 48, y - 58, side, _INK)
        canvas.dot((cx + side * 86, y + 26), 21, (240, 160, 160), 0.5)
    s = -canvas.light
    canvas.model([(cx - 8, y - 8), (cx + s * 128, y + 26), (cx - 4, y + 24)], (238, 132, 48),
        edge=6)
    line_mouth(canvas, cx, y + 58, 46, a.traits.expression, _INK)


def draw_creature(canvas: Canvas, a: Anatomy) -> None:
    """A soft creature of no known kind."""
    tone, cx, y = fur(a), a.cx, a.head_y
    _bust(canvas, a, tone, 90)
    draw_clothes(canvas, a)
    ear = smooth([(cx + 60, a.top + 30), (cx + 130, a.top - 90), (cx + 196, a.top - 60),
        (cx + 150, a.top + 70)])
    for outline in (ear, flipped(ear, cx)):
        canvas.model(outline, tone, edge=10)
        canvas.fill([((px - cx) * 0.94 + cx, py + 12) for px, py in smooth(outline[::12])],
            lighter(tone, 0.3), 0.6)
    canvas.model(ellipse(cx, y + 4, 156, 132), tone, edge=18)
    canvas.fill(ellipse(cx, y + 50, 92, 66), lighter(tone, 0.4))
    canvas.model(star(cx, a.top + 34, 24, 4, 0.4), GOLD, edge=4)
    draw_eyes(canvas, a, 0.58, 36)
    canvas.fill(ellipse(cx, y + 34, 15, 10), darker(tone, 0.6))
    muzzle_mouth(canvas, cx, y + 48, 50, a.traits.expression)
