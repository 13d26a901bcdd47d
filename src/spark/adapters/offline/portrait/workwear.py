"""Clothes of an occupation: suits, lab coats, aprons, jerseys."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .canvas import Canvas
from .colours import CREAM, GOLD, INK, WHITE, Colour, colour, darker, lighter, mix
from .garments import (
    belt,
    buttons,
    collar,
    garment,
    lapels,
    seam,
    shirt,
    tie,
    v_neck,
)
from .shapes import box, ellipse, flipped, smooth, star


def _suit(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, WHITE, 62, 215)
    if "bowtie" not in a.traits.wear and a.traits.gender == "male":
        tie(canvas, a, colour(a.traits.accent))
    collar(canvas, a, WHITE, 0.9)
    lapels(canvas, a, tone, 215)
    buttons(canvas, a, darker(tone, 0.5), a.shoulder_y + 236, 1)
    canvas.fill([(a.cx - 130, a.shoulder_y + 130), (a.cx - 96, a.shoulder_y + 112),
        (a.cx - 88, a.shoulder_y + 138),
                 (a.cx - 130, a.shoulder_y + 142)], colour(a.traits.accent))


def _trench(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, WHITE, 52, 150)
    tie(canvas, a, darker(colour(a.traits.accent), 0.25))
    lapels(canvas, a, tone, 170, wide=1.45)
    for side in (-1, 1):
        flap = [(a.cx + side * a.shoulder_w * 0.68, a.shoulder_y - 4),
            (a.cx + side * a.shoulder_w * 0.98, a.shoulder_y + 36),
                (a.cx + side * a.shoulder_w * 0.9, a.shoulder_y + 62),
                (a.cx + side * a.shoulder_w * 0.62, a.shoulder_y + 22)]
        canvas.model(flap, darker(tone, 0.1), edge=6)
        canvas.dot((a.cx + side * a.shoulder_w * 0.7, a.shoulder_y + 16), 6, darker(tone, 0.5))
    belt(canvas, a, darker(tone, 0.3), 868 - 40)
    buttons(canvas, a, darker(tone, 0.55), a.shoulder_y + 196, 2)


def _lab(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    inner = colour(a.traits.accent)
    v_neck(canvas, a, inner, 58, 200)
    collar(canvas, a, lighter(inner, 0.35), 0.9)
    lapels(canvas, a, tone, 210)
    _pocket(canvas, a, tone, -1)
    canvas.fill(box(a.cx - 146, a.shoulder_y + 138, a.cx - 139, a.shoulder_y + 176, 3),
        (52, 96, 190))
    canvas.fill(box(a.cx - 130, a.shoulder_y + 142, a.cx - 123, a.shoulder_y + 176, 3),
        (200, 60, 60))


def _pocket(canvas: Canvas, a: Anatomy, tone: Colour, side: int) -> None:
    x = a.cx + side * 128
    canvas.fill(box(x - 36, a.shoulder_y + 162, x + 36, a.shoulder_y + 236, 6), darker(tone, 0.1))
    canvas.brush([(x - 36, a.shoulder_y + 164), (x + 36, a.shoulder_y + 164)], (5, 5),
        darker(tone, 0.26))


def _scrubs(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 52, 104)
    canvas.brush([(a.cx - 58, a.shoulder_y - 12), (a.cx, a.shoulder_y + 110),
        (a.cx + 58, a.shoulder_y - 12)],
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
    shirt(canvas, a, mix(CREAM, tone, 0.12))
    bib = smooth([(a.cx - 84, a.shoulder_y + 92), (a.cx + 84, a.shoulder_y + 92),
        (a.cx + 104, a.shoulder_y + 200),
                  (a.cx + 190, 1060), (a.cx - 190, 1060), (a.cx - 104, a.shoulder_y + 200)],
                  steps=7)
    canvas.model(bib, tone)
    for side in (-1, 1):
        canvas.brush([(a.cx + side * 82, a.shoulder_y + 100),
            (a.cx + side * (a.neck + 18), a.shoulder_y - 34)], (15, 15),
                     darker(tone, 0.12))
    canvas.fill(box(a.cx - 60, a.shoulder_y + 210, a.cx + 60, 1030, 10), darker(tone, 0.12))


def _chef(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    fold = [(a.cx - 20, a.shoulder_y - 20), (a.cx + 76, a.shoulder_y + 60), (a.cx + 66, 1030),
        (a.cx - 30, 1030)]
    canvas.fill(fold, darker(tone, 0.08))
    for side in (-1, 1):
        for k in range(3):
            canvas.model(ellipse(a.cx + 18 + side * 34, a.shoulder_y + 110 + k * 60, 10), INK,
                edge=3)
    scarf = smooth([(a.cx - a.neck - 26, a.shoulder_y - 44), (a.cx, a.shoulder_y - 8),
        (a.cx + a.neck + 26, a.shoulder_y - 44),
                    (a.cx + a.neck + 18, a.shoulder_y + 4), (a.cx, a.shoulder_y + 40),
                    (a.cx - a.neck - 18, a.shoulder_y + 4)])
    canvas.model(scarf, colour(a.traits.accent), edge=8)


def _school(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, WHITE, 58, 180)
    if a.traits.gender == "female":
        bow = colour(a.traits.accent)
        for side in (-1, 1):
            canvas.model(smooth([(a.cx, a.shoulder_y + 50), (a.cx + side * 52, a.shoulder_y + 24),
                (a.cx + side * 50, a.shoulder_y + 78)]),
                         bow, edge=6)
        canvas.dot((a.cx, a.shoulder_y + 50), 12, darker(bow, 0.2))
    else:
        tie(canvas, a, colour(a.traits.accent))
    collar(canvas, a, WHITE)
    lapels(canvas, a, tone, 190)
    canvas.model(smooth([(a.cx - 150, a.shoulder_y + 130), (a.cx - 106, a.shoulder_y + 130),
        (a.cx - 108, a.shoulder_y + 170),
                         (a.cx - 128, a.shoulder_y + 188), (a.cx - 148, a.shoulder_y + 170)]), GOLD,
                         edge=5)


def _sailor(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    flap = [(a.cx - 70, a.shoulder_y - 40), (a.cx - 150, a.shoulder_y + 30),
        (a.cx - 120, a.shoulder_y + 96), (a.cx, a.shoulder_y + 170)]
    for outline in (flap, flipped(flap, a.cx)):
        canvas.model(outline, (36, 62, 120), edge=7)
        canvas.brush([(x, y - 14) for x, y in outline[1:]], (5, 5), WHITE)
    v_neck(canvas, a, a.skin, 44, 110)
    canvas.model(star(a.cx, a.shoulder_y + 176, 34, 4), (200, 48, 56), edge=5)


def _sport(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    garment(canvas, a, tone)
    v_neck(canvas, a, a.skin, 44, 62)
    canvas.brush([(a.cx - 52, a.shoulder_y - 14), (a.cx, a.shoulder_y + 70),
        (a.cx + 52, a.shoulder_y - 14)], (12, 12, 12), WHITE)
    for side in (-1, 1):
        for k in (0, 26):
            line = [(a.cx + side * (a.shoulder_w * 0.62 + k), a.shoulder_y - 20),
                (a.cx + side * (a.shoulder_w * 1.02 + k * 0.7), a.shoulder_y + 150)]
            canvas.brush(line, (11, 11), WHITE)
    _number(canvas, a.cx, a.shoulder_y + 180, a.traits.lot("number", 10), lighter(tone, 0.85))


def _number(canvas: Canvas, x: float, y: float, digit: int, tone: Colour) -> None:
    lit = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgecd", "abc", "abcdefg",
        "abcdfg")[digit]
    w, h = 26, 40
    bars = {
        "a": ((-w, -h), (w, -h)), "b": ((w, -h), (w, 0)), "c": ((w, 0), (w, h)),
        "d": ((-w, h), (w, h)),
        "e": ((-w, 0), (-w, h)), "f": ((-w, -h), (-w, 0)), "g": ((-w, 0), (w, 0)),
    }
    for each in lit:
        (ax, ay), (bx, by) = bars[each]
        canvas.stroke([(x + ax, y + ay), (x + bx, y + by)], 15, tone)


def _vest(canvas: Canvas, a: Anatomy, tone: Colour) -> None:
    shirt(canvas, a, (70, 84, 108))
    w = a.shoulder_w
    for side in (-1, 1):
        front = [(a.cx + side * 44, a.shoulder_y - 26), (a.cx + side * w * 0.6, a.shoulder_y - 14),
            (a.cx + side * w * 0.68, a.shoulder_y + 120),
                 (a.cx + side * w * 0.8, 1040), (a.cx + side * 5, 1040),
                 (a.cx + side * 8, a.shoulder_y + 110)]
        canvas.model(front, tone)
        with canvas.inside(front):
            canvas.fill(box(a.cx + side * 96 - 17, a.shoulder_y - 60, a.cx + side * 96 + 17, 1030),
                (236, 240, 206))
            canvas.fill(box(a.cx - 300, a.shoulder_y + 170, a.cx + 300, a.shoulder_y + 204),
                (236, 240, 206))


TAILORS: dict[str, Callable[[Canvas, Anatomy, Colour], None]] = {
    "suit": _suit,
    "trench": _trench,
    "lab": _lab,
    "scrubs": _scrubs,
    "nurse": _nurse,
    "apron": _apron,
    "chef": _chef,
    "school": _school,
    "sailor": _sailor,
    "sport": _sport,
    "vest": _vest,
}
"""How each of these is drawn."""
