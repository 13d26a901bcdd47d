"""Outlines as lists of points: the geometry every drawing is made of."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin, tau

Point = tuple[float, float]
Outline = list[Point]


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None, turn: float = 0) -> Outline:
    """An ellipse (a circle where `ry` is left out), turned by `turn` degrees."""
    ry = rx if ry is None else ry
    count = max(24, min(96, int((abs(rx) + abs(ry)) * 0.6)))
    c, s = cos(turn * pi / 180), sin(turn * pi / 180)
    ring = [(rx * cos(tau * i / count), ry * sin(tau * i / count)) for i in range(count)]
    return [(cx + x * c - y * s, cy + x * s + y * c) for x, y in ring]


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> Outline:
    """The part of an ellipse between two angles, in degrees, clockwise from three o'clock."""
    count = max(12, int(abs(end - start) / 5))
    angles = [(start + (end - start) * i / count) * pi / 180 for i in range(count + 1)]
    return [(cx + rx * cos(a), cy + ry * sin(a)) for a in angles]


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Outline:
    """A rectangle, its corners rounded by `radius`."""
    if radius <= 0:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    r = min(radius, (right - left) / 2, (bottom - top) / 2)
    return [
        *arc(right - r, top + r, r, r, -90, 0),
        *arc(right - r, bottom - r, r, r, 0, 90),
        *arc(left + r, bottom - r, r, r, 90, 180),
        *arc(left + r, top + r, r, r, 180, 270),
    ]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def axis(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t * t
            + (3 * b - a - 3 * c + d) * t * t * t
        )

    return axis(p0[0], p1[0], p2[0], p3[0]), axis(p0[1], p1[1], p2[1], p3[1])


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 9) -> Outline:
    """A soft curve through all the points."""
    count = len(points)
    if count < 3:
        return list(points)
    line: Outline = []
    for i in range(count if closed else count - 1):
        if closed:
            quad = [points[(i + k) % count] for k in (-1, 0, 1, 2)]
        else:
            quad = [points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2)]
        line += [_between(quad[0], quad[1], quad[2], quad[3], k / steps) for k in range(steps)]
    return line if closed else [*line, points[-1]]


def mirrored(half: Sequence[Point], cx: float) -> Outline:
    """A symmetric outline from its right half, given from top to bottom."""
    return [*half, *((2 * cx - x, y) for x, y in reversed(half))]


def flipped(points: Sequence[Point], cx: float) -> Outline:
    """The same points on the other side of the vertical line at `cx`."""
    return [(2 * cx - x, y) for x, y in points]


def tapered(line: Sequence[Point], widths: Sequence[float]) -> Outline:
    """The outline of a brush stroke along `line` whose width runs through `widths`."""
    last = len(line) - 1
    left: Outline = []
    right: Outline = []
    for i, (x, y) in enumerate(line):
        (ax, ay), (bx, by) = line[max(i - 1, 0)], line[min(i + 1, last)]
        length = hypot(bx - ax, by - ay) or 1
        nx, ny = -(by - ay) / length, (bx - ax) / length
        place = i / last * (len(widths) - 1)
        low = min(int(place), len(widths) - 2)
        half = (widths[low] + (widths[low + 1] - widths[low]) * (place - low)) / 2
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return [*left, *reversed(right)]


def star(cx: float, cy: float, radius: float, points: int = 5, inner: float = 0.45) -> Outline:
    """A star with its first point upward."""
    corners = []
    for i in range(points * 2):
        r = radius if i % 2 == 0 else radius * inner
        a = -pi / 2 + pi * i / points
        corners.append((cx + r * cos(a), cy + r * sin(a)))
    return corners


def heart(cx: float, cy: float, size: float) -> Outline:
    """A heart about `size` wide."""
    half = [(0, -0.18), (0.16, -0.42), (0.4, -0.38), (0.5, -0.1), (0.32, 0.2), (0, 0.52)]
    return smooth([(cx + x * size, cy + y * size) for x, y in mirrored(half, 0)])
