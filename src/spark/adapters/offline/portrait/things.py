"""Things that have a face: lamps, cars, clocks, stars."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .animals import fur
from .canvas import Canvas
from .colours import CREAM, GOLD, STEEL, WHITE, WOOD, Colour, colour, darker, lighter
from .expressions import line_mouth, round_eye
from .shapes import arc, box, ellipse, smooth, star

Builder = Callable[[Canvas, Anatomy, Colour], tuple[float, float]]
"""Draws the thing and says where its face is."""


def draw_object(canvas: Canvas, a: Anatomy) -> None:
    """A thing by its name, with eyes and a mouth."""
    tone = fur(a)
    canvas.fill(ellipse(a.cx, 862, 260, 30), (20, 16, 30), 0.25)
    x, y = _builder(a.traits.variant)(canvas, a, tone)
    size = a.youth
    for side in (-1, 1):
        round_eye(canvas, x + side * 56, y, 33 * size, colour(a.traits.eye_colour),
            a.traits.expression, side, tone)
        canvas.dot((x + side * 100, y + 48), 19, (240, 140, 130), 0.6)
    line_mouth(canvas, x, y + 66, 42, a.traits.expression, darker(tone, 0.75))


def _lamp(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.glow((500, 470), 420, (255, 226, 140), 0.9)
    canvas.model(box(484, 560, 516, 830), GOLD, edge=6)
    canvas.model(smooth([(350, 860), (380, 806), (620, 806), (650, 860)], steps=5),
        darker(tone, 0.3), edge=9)
    canvas.model(smooth([(370, 260), (630, 260), (700, 400), (730, 590), (270, 590), (300, 400)],
        steps=5), tone, depth=0.2, edge=20)
    canvas.brush([(272, 588), (728, 588)], (16, 16), lighter(tone, 0.4))
    return 500, 410


def _lantern(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.glow((500, 470), 420, (255, 190, 110), 0.9)
    canvas.stroke([(500, 60), (500, 240)], 8, WOOD)
    canvas.model(ellipse(500, 480, 240, 220), tone, depth=0.22, edge=24)
    for k in (-1, 1):
        canvas.brush(arc(500, 480, 120, 220, 90, 270) if k < 0 else arc(500, 480, 120, 220, -90,
            90), (3, 5, 3), darker(tone, 0.24))
    for y in (262, 700):
        canvas.model(box(400, y - 22, 600, y + 22, 10), GOLD, edge=6)
    for k in range(7):
        canvas.brush([(430 + k * 23, 722), (426 + k * 24, 850)], (6, 4), GOLD)
    return 500, 450


def _car(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.model(smooth([(300, 480), (360, 300), (640, 300), (700, 480)], steps=5), tone, edge=16)
    canvas.model(smooth([(340, 470), (384, 330), (616, 330), (660, 470)], steps=5), (186, 220, 236),
        edge=9)
    canvas.model(box(200, 460, 800, 780, 90), tone, edge=24)
    for side in (-1, 1):
        canvas.model(box(500 + side * 230 - 52, 720, 500 + side * 230 + 52, 860, 26), (46, 44, 56),
            edge=9)
        canvas.glow((500 + side * 210, 560), 100, (255, 240, 180), 0.5)
        canvas.model(ellipse(500 + side * 226, 560, 44), (255, 244, 200), edge=8)
    canvas.model(box(260, 724, 740, 764, 18), STEEL, edge=6)
    return 500, 560


def _clock(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    for side in (-1, 1):
        canvas.model(ellipse(500 + side * 150, 250, 74), GOLD, edge=12)
        canvas.stroke([(500 + side * 120, 760), (500 + side * 170, 850)], 26, GOLD)
    canvas.model(ellipse(500, 530, 270), tone, edge=24)
    canvas.fill(ellipse(500, 530, 220), CREAM)
    for k in range(12):
        px, py = arc(500, 530, 192, 192, k * 30, k * 30)[0]
        canvas.dot((px, py), 9 if k % 3 else 15, darker(tone, 0.4))
    canvas.stroke([(500, 530), (500, 390)], 12, darker(tone, 0.5))
    canvas.stroke([(500, 530), (600, 470)], 12, darker(tone, 0.5))
    return 500, 560


def _cup(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    ring = ellipse(730, 560, 90, 110)
    canvas.stroke([*ring, ring[0]], 40, darker(tone, 0.1))
    canvas.model(smooth([(280, 380), (720, 380), (700, 700), (620, 840), (380, 840), (300, 700)],
        steps=6), tone, edge=24)
    canvas.model(ellipse(500, 382, 221, 46), lighter(tone, 0.4), edge=7)
    canvas.fill(ellipse(500, 386, 190, 32), (124, 74, 44))
    for k in (-1, 0, 1):
        canvas.brush(smooth([(500 + k * 80, 330), (520 + k * 80, 270), (490 + k * 80, 220),
            (510 + k * 80, 150)], closed=False), (3, 15, 3), WHITE, 0.6)
    return 500, 560


def _celestial(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.glow((500, 500), 480, (255, 236, 160), 0.8)
    if a.traits.variant in ("moon", "月亮"):
        canvas.model(ellipse(500, 500, 270), (250, 232, 170), depth=0.2, edge=40)
        for x, y, r in ((380, 380, 40), (640, 420, 28), (600, 660, 44), (400, 660, 24)):
            canvas.dot((x, y), r, (232, 206, 140))
    elif a.traits.variant in ("cloud", "云朵"):
        for x, y, r in ((330, 560, 140), (670, 560, 140), (440, 440, 150), (580, 430, 150),
                (500, 580, 170)):
            canvas.model(ellipse(x, y, r), (244, 248, 252), depth=0.14, edge=16)
    else:
        points = smooth(star(500, 500, 330, 5, 0.56), steps=5)
        canvas.model(points, (250, 210, 90), depth=0.24, edge=24)
    return 500, 490


def _house(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.model(box(640, 240, 710, 420), darker(tone, 0.3), edge=8)
    canvas.model(box(270, 430, 730, 860), CREAM, edge=20)
    canvas.model([(210, 450), (500, 200), (790, 450)], tone, edge=18)
    canvas.model(box(450, 720, 550, 860, 40), WOOD, edge=8)
    return 500, 550


def _rocket(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.glow((500, 850), 220, (255, 170, 70), 0.9)
    canvas.model(smooth([(440, 800), (500, 990), (560, 800)]), (250, 180, 70), edge=9)
    for side in (-1, 1):
        canvas.model(smooth([(500 + side * 130, 560), (500 + side * 250, 760),
            (500 + side * 230, 850), (500 + side * 120, 770)]), tone, edge=12)
    canvas.model(smooth([(500, 140), (640, 330), (660, 600), (600, 810), (400, 810), (340, 600),
        (360, 330)]), (236, 238, 242), edge=22)
    canvas.model(smooth([(500, 138), (612, 290), (500, 316), (388, 290)], steps=6), tone, edge=10)
    return 500, 470


def _box_thing(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.stroke([(560, 330), (650, 190)], 9, STEEL)
    canvas.model(box(230, 320, 770, 800, 60), tone, edge=26)
    canvas.model(box(280, 370, 720, 690, 36), lighter(tone, 0.5), edge=9)
    for k in range(3):
        canvas.model(ellipse(400 + k * 100, 744, 24), CREAM, edge=6)
    for side in (-1, 1):
        canvas.stroke([(500 + side * 160, 800), (500 + side * 180, 850)], 30, darker(tone, 0.3))
    return 500, 510


def _umbrella(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.stroke([(500, 240), (500, 800)], 16, WOOD)
    canvas.stroke(arc(460, 800, 40, 44, 0, 180), 16, WOOD)
    canvas.model([*arc(500, 560, 330, 330, 180, 360), *arc(720, 560, 110, 40, 0, -180),
        *arc(500, 560, 110, 40, 0, -180), *arc(280, 560, 110, 40, 0, -180)], tone, edge=22)
    return 500, 400


def _pebble(canvas: Canvas, a: Anatomy, tone: Colour) -> tuple[float, float]:
    canvas.model(smooth([(220, 700), (270, 440), (460, 300), (660, 350), (790, 560), (770, 790),
        (500, 860), (270, 830)]), tone, edge=28)
    for k in range(6):
        canvas.dot((320 + a.traits.lot(f"speck{k}", 380), 420 + a.traits.lot(f"fleck{k}", 360)), 12,
            darker(tone, 0.14))
    return 500, 560


_BUILDERS: tuple[tuple[tuple[str, ...], Builder], ...] = (
    (("lamp", "灯", "台灯", "candle", "蜡烛", "路灯"), _lamp),
    (("lantern", "灯笼"), _lantern),
    (("car", "bus", "train", "汽车", "小车", "公交车", "火车"), _car),
    (("clock", "时钟", "闹钟"), _clock),
    (("cup", "mug", "teapot", "kettle", "杯子", "茶壶", "水壶"), _cup),
    (("star", "moon", "cloud", "星星", "月亮", "云朵"), _celestial),
    (("house", "小屋", "chair", "椅子"), _house),
    (("rocket", "火箭", "pencil", "铅笔", "ship", "小船"), _rocket),
    (("umbrella", "雨伞"), _umbrella),
    (("stone", "石头"), _pebble),
)


def _builder(word: str) -> Builder:
    return next((builder for names, builder in _BUILDERS if word in names), _box_thing)
