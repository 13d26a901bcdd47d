"""Hats, helmets, crowns: fitted to the head below them."""

from __future__ import annotations

from . import hats, helmets
from .anatomy import Anatomy
from .canvas import Canvas
from .colours import Colour, colour, darker
from .shapes import ellipse, smooth

_USUAL = {
    "police": "#24365e", "fedora": "#6b5238", "cap": "#c8553d", "beanie": "#b8503f",
    "straw": "#e0bd74",
    "chef": "#f8f6f2", "helmet": "#f0b72e", "armet": "#a9b4c2", "army": "#56623c",
    "fire": "#c4302c",
    "wizard": "#4a3a8a", "crown": "#e2b24a", "tiara": "#e8cf8a", "pirate": "#2a2630",
    "beret": "#a8323a",
    "cowboy": "#8a5a34", "tophat": "#26242e", "nurse": "#ffffff", "hood": "#4f6048",
    "captain": "#f4f4f2",
    "aviator": "#6b4428", "headband": "#c8322e", "veil": "#f4eef0", "turban": "#c98a3a",
    "graduate": "#26242e",
    "santa": "#c42c30", "party": "#e3812e", "surgeon": "#3f9a94", "ninja": "#26242e",
}  # fmt: skip
_HATS = {**hats.HATS, **helmets.HATS}
COVERING = ("ninja", "hood", "veil", "aviator", "surgeon", "turban")
"""Hats that leave little of the hair to be seen."""


def hat_colour(a: Anatomy) -> Colour:
    """The colour of the hat: as wished, else as usual for it."""
    return colour(a.traits.hat_colour or _USUAL.get(a.traits.hat, "#6b5238"))


def draw_hat(canvas: Canvas, a: Anatomy) -> None:
    """Put the hat on."""
    if a.traits.hat:
        _HATS.get(a.traits.hat, hats.HATS["fedora"])(canvas, a, hat_colour(a))


def draw_hat_behind(canvas: Canvas, a: Anatomy) -> None:
    """The part of a hat that lies behind the head."""
    tone = darker(hat_colour(a), 0.3)
    if a.traits.hat in ("hood", "veil", "ninja"):
        w, h = a.head_w * 1.42, a.head_h * 1.3
        canvas.model(smooth([(a.cx, a.top - 44), (a.cx + w * 0.8, a.head_y - h * 0.6),
            (a.cx + w, a.head_y + h * 0.3), (a.cx + w * 1.1, a.shoulder_y + 60),
                             (a.cx - w * 1.1, a.shoulder_y + 60), (a.cx - w, a.head_y + h * 0.3),
                             (a.cx - w * 0.8, a.head_y - h * 0.6)]), tone, edge=14)  # fmt: skip
    if a.traits.hat == "straw":
        canvas.model(ellipse(a.cx, a.brow - 4, a.head_w * 1.9, 62), tone, edge=9)
