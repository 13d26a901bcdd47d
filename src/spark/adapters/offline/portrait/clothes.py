"""Clothes: what a bust wears, from T-shirt to spacesuit."""

from __future__ import annotations

from . import costumes, everyday, uniforms, workwear
from .anatomy import Anatomy
from .canvas import Canvas
from .colours import Colour, colour
from .garments import shirt
from .traits import CLOTH, pick

_USUAL: dict[str, str] = {
    "lab": "#f3f5f7", "scrubs": "#3f9a94", "nurse": "#d9eaf2", "spacesuit": "#eef0f2",
    "police": "#24365e", "army": "#5f6b42", "armour": "#a9b4c2", "suit": "#2c3550",
    "chef": "#f7f5f0", "overalls": "#3f6690", "school": "#25365c", "sailor": "#f4f4f2",
    "captain": "#1f2f52", "pirate": "#7a2430", "ninja": "#26242e", "royal": "#9a1f36",
    "habit": "#d98a34", "fire": "#c9a23e", "vest": "#f08a24", "trench": "#c4a273",
    "raincoat": "#e9c03a", "robe": "#4a3a8a", "tunic": "#5f7048", "rags": "#8a7a66",
    "gown": "#26242e", "pajamas": "#a9c8dc", "flight": "#6b4a32", "cyber": "#2b2f3f",
    "wedding": "#faf6f0", "jacket": "#3a3038", "safari": "#b79a66", "stripes": "#f0ede6",
    "santa": "#c42c30", "ruffle": "#e3a52e", "waistcoat": "#6b4630", "tang": "#7d2430",
    "cape": "#2f58b0", "qipao": "#b3243a",
}  # fmt: skip
_TAILORS = {**everyday.TAILORS, **workwear.TAILORS, **uniforms.TAILORS, **costumes.TAILORS}


def draw_clothes(canvas: Canvas, a: Anatomy) -> None:
    """Dress the bust; an empty outfit leaves it as it is."""
    outfit = a.traits.outfit
    if outfit:
        _TAILORS.get(outfit, shirt)(canvas, a, clothes_colour(a))


def clothes_colour(a: Anatomy) -> Colour:
    """The colour of the main garment: as wished, else as usual for it, else by lot."""
    t = a.traits
    return colour(t.outfit_colour or _USUAL.get(t.outfit) or pick(t.identity, "cloth", CLOTH))
