"""Papers and devices carried in the hand: books, phones, cameras, watches."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .canvas import Canvas
from .colours import (
    CREAM,
    GOLD,
    INK,
    LEATHER,
    SILVER,
    STEEL,
    WHITE,
    WOOD,
    Colour,
    darker,
    lighter,
)
from .shapes import arc, box, ellipse, heart, smooth, star


def _book(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 82, y - 160, x + 82, y + 50, 10), darker(accent, 0.1), edge=8)
    canvas.fill(box(x - 70, y + 32, x + 80, y + 44), CREAM)
    canvas.fill(box(x - 82, y - 160, x - 62, y + 50, 8), darker(accent, 0.4))
    canvas.stroke([*box(x - 44, y - 136, x + 62, y + 14, 6), (x + 56, y - 136)], 4, GOLD)
    canvas.fill(star(x + 9, y - 62, 30), GOLD)


def _tablet(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 76, y - 160, x + 76, y + 50, 12), WOOD, edge=7)
    canvas.fill(box(x - 64, y - 140, x + 64, y + 40, 4), WHITE)
    canvas.model(box(x - 30, y - 172, x + 30, y - 142, 8), SILVER, edge=5)
    for k in range(6):
        canvas.fill(box(x - 50, y - 118 + k * 25, x + 50 - k % 3 * 20, y - 110 + k * 25),
            (150, 164, 184))


def _chart(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 100, y - 170, x + 90, y + 30), (60, 104, 164), edge=7)
    for k in range(6):
        canvas.fill(box(x - 100, y - 150 + k * 30, x + 90, y - 148 + k * 30), (120, 160, 206))
    canvas.stroke([(x - 60, y - 20), (x - 60, y - 100), (x, y - 146), (x + 60, y - 100),
        (x + 60, y - 20), (x - 60, y - 20)], 5, WHITE)
    canvas.model(ellipse(x - 100, y - 70, 16, 104), (82, 126, 184), edge=5)


def _scroll(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 26, y - 150, x + 26, y + 110, 12), (238, 218, 172), edge=9)
    canvas.fill(box(x - 28, y - 50, x + 28, y + 26), (196, 50, 48))
    for dy in (-150, 110):
        canvas.model(ellipse(x, y + dy, 27, 12), darker((238, 218, 172), 0.16), edge=4)


def _letter(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 96, y - 120, x + 96, y + 20, 6), CREAM, edge=7)
    canvas.brush([(x - 92, y - 114), (x, y - 40), (x + 92, y - 114)], (5, 5), darker(CREAM, 0.3))
    canvas.model(ellipse(x, y - 40, 21), (196, 50, 48), edge=5)


def _phone(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 52, y - 160, x + 52, y + 50, 18), (40, 42, 54), edge=6)
    canvas.gradient(box(x - 43, y - 146, x + 43, y + 30, 8), lighter(accent, 0.5), (110, 170, 230))
    for k in range(6):
        canvas.fill(box(x - 34 + k % 3 * 25, y - 130 + k // 3 * 30, x - 16 + k % 3 * 25,
            y - 112 + k // 3 * 30, 5), WHITE, 0.8)


def _laptop(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model([(x - 120, y - 130), (x + 96, y - 130), (x + 104, y + 24), (x - 112, y + 24)],
        (66, 72, 88), edge=7)
    canvas.fill([(x - 106, y - 116), (x + 84, y - 116), (x + 90, y + 10), (x - 100, y + 10)],
        (28, 36, 54))
    for k in range(5):
        start = x - 88 + k % 3 * 16
        canvas.fill(box(start, y - 98 + k * 20, start + 60 + k * 37 % 60, y - 90 + k * 20),
            ((98, 226, 160), (110, 190, 240), (244, 190, 90))[k % 3])
    canvas.model(box(x - 120, y + 22, x + 112, y + 42, 8), (150, 158, 172), edge=5)


def _photo(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 84, y - 150, x + 84, y + 36), (250, 246, 236), edge=6)
    canvas.gradient(box(x - 70, y - 136, x + 70, y - 10), (226, 194, 146), (170, 126, 88))
    for dx, tone in ((-24, (92, 64, 50)), (28, (116, 84, 62))):
        canvas.dot((x + dx, y - 74), 20, tone)
        canvas.fill(smooth([(x + dx - 34, y - 10), (x + dx - 20, y - 50), (x + dx + 20, y - 50),
            (x + dx + 34, y - 10)]), tone)


def _camera(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 50, y - 150, x + 20, y - 110, 8), (58, 58, 70), edge=5)
    canvas.model(box(x - 106, y - 126, x + 106, y + 14, 18), (58, 58, 70), edge=8)
    canvas.fill(box(x - 106, y - 90, x + 106, y - 30), LEATHER)
    canvas.model(ellipse(x, y - 58, 58), SILVER, edge=8)
    canvas.model(ellipse(x, y - 58, 44), (32, 36, 52), edge=6)
    canvas.dot((x - 14, y - 72), 12, (140, 180, 220))
    canvas.dot((x + 82, y - 108), 9, (220, 70, 60))


def _clapper(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 106, y - 110, x + 100, y + 30, 6), (44, 46, 58), edge=7)
    canvas.model([(x - 108, y - 120), (x + 90, y - 176), (x + 98, y - 142), (x - 100, y - 88)],
        (44, 46, 58), edge=5)
    for k in range(4):
        canvas.fill([(x - 92 + k * 50, y - 122 - k * 14), (x - 68 + k * 50, y - 129 - k * 14),
            (x - 78 + k * 50, y - 96 - k * 14), (x - 100 + k * 50, y - 90 - k * 14)], WHITE)
    for k in range(3):
        canvas.fill(box(x - 88, y - 70 + k * 28, x + 20 + k * 24, y - 62 + k * 28), (190, 196, 206))


def _notes(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(box(x - 84, y - 170, x + 84, y + 40, 4), (252, 248, 236), edge=6)
    for k in range(3):
        for j in range(4):
            canvas.fill(box(x - 70, y - 150 + k * 58 + j * 9, x + 70, y - 148 + k * 58 + j * 9),
                (120, 116, 124))
        for j in range(4):
            cx, cy = x - 52 + j * 34, y - 128 + k * 58 + (j * 7 + k * 5) % 15
            canvas.fill(ellipse(cx, cy, 8, 6, -20), INK)
            canvas.stroke([(cx + 7, cy), (cx + 7, cy - 30)], 2.6, INK)


def _watch(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke(smooth([(x, y - 130), (x - 60, y - 60), (x - 100, y + 60)], closed=False), 5,
        GOLD)
    canvas.model(ellipse(x, y - 70, 74), GOLD, edge=10)
    canvas.fill(ellipse(x, y - 70, 58), CREAM)
    for k in range(12):
        canvas.dot(arc(x, y - 70, 48, 48, k * 30, k * 30)[0], 4, INK)
    canvas.stroke([(x, y - 70), (x, y - 108)], 5, INK)
    canvas.stroke([(x, y - 70), (x + 26, y - 58)], 5, INK)


def _compass(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.model(ellipse(x, y - 66, 78), GOLD, edge=10)
    canvas.fill(ellipse(x, y - 66, 62), (246, 240, 222))
    canvas.fill([(x - 12, y - 72), (x + 36, y - 112), (x + 8, y - 58)], (204, 54, 50))
    canvas.fill([(x - 12, y - 72), (x + 8, y - 58), (x - 38, y - 22)], STEEL)


def _walkie(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([(x - 28, y - 130), (x - 28, y - 240)], 12, (40, 42, 52))
    canvas.model(box(x - 46, y - 140, x + 46, y + 60, 12), (54, 58, 70), edge=7)
    canvas.fill(box(x - 30, y - 120, x + 30, y - 84, 5), (150, 206, 170))
    for k in range(3):
        canvas.fill(box(x - 28, y - 70 + k * 12, x + 28, y - 64 + k * 12), (30, 32, 40))


def _abacus(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke([*box(x - 110, y - 130, x + 100, y + 10, 4), (x + 96, y - 130)], 14, WOOD)
    for k in range(6):
        canvas.stroke([(x - 86 + k * 33, y - 126), (x - 86 + k * 33, y + 4)], 3, STEEL)
        for j in range(4):
            canvas.model(ellipse(x - 86 + k * 33, y - 108 + j * 22 + (k % 2) * 16, 14, 9),
                (150, 60, 40), edge=3)


def _cards(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    for k in range(4):
        px, py = arc(x, y, 130, 130, -126 + k * 24, -126 + k * 24)[0]
        dx, dy = (px - x) / 130, (py - y) / 130
        corners = [(x + dx * r - dy * w, y + dy * r + dx * w) for r,
            w in ((10, -46), (190, -46), (190, 46), (10, 46))]
        canvas.model(corners, WHITE, depth=0.16, edge=5)
        canvas.fill(heart(x + dx * 146, y + dy * 146, 42), (206, 46, 52) if k % 2 else INK)


def _suitcase(canvas: Canvas, x: float, y: float, accent: Colour) -> None:
    canvas.stroke(arc(x, y - 116, 40, 36, 180, 360), 14, darker(LEATHER, 0.3))
    canvas.model(box(x - 110, y - 112, x + 104, y + 34, 14), LEATHER, edge=9)
    for dx in (-60, 54):
        canvas.fill(box(x + dx - 11, y - 112, x + dx + 11, y + 34), darker(LEATHER, 0.3))
        canvas.fill(box(x + dx - 13, y - 62, x + dx + 13, y - 36, 4), GOLD)


DEVICES: dict[str, Callable[[Canvas, float, float, Colour], None]] = {
    "book": _book,
    "tablet": _tablet,
    "chart": _chart,
    "scroll": _scroll,
    "letter": _letter,
    "phone": _phone,
    "laptop": _laptop,
    "photo": _photo,
    "camera": _camera,
    "clapper": _clapper,
    "notes": _notes,
    "watch": _watch,
    "compass": _compass,
    "walkie": _walkie,
    "abacus": _abacus,
    "cards": _cards,
    "suitcase": _suitcase,
}
"""How each of these is drawn about the hand."""
