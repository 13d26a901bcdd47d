"""The shapes that hats share."""

# Outlines are read row by row, not one point to a line.
# fmt: off
from __future__ import annotations

from .anatomy import Anatomy
from .shapes import Outline, arc, smooth


def dome(a: Anatomy, wide: float, height: float, bottom: float) -> Outline:
    """A half round over the skull."""
    w = a.head_w * wide
    return [*arc(a.cx, bottom, w, height, 180, 360), (a.cx + w, bottom + 4), (a.cx - w, bottom + 4)]


def brim(a: Anatomy, y: float, wide: float, thick: float, sag: float) -> Outline:
    """A brim seen from the front, its sides lifted by `sag`."""
    w = a.head_w * wide
    return smooth([(a.cx - w, y - sag), (a.cx - w * 0.5, y - thick * 0.4), (a.cx, y - thick * 0.3),
        (a.cx + w * 0.5, y - thick * 0.4), (a.cx + w, y - sag),
                   (a.cx + w * 0.6, y + thick), (a.cx, y + thick * 1.5),
                   (a.cx - w * 0.6, y + thick)])
