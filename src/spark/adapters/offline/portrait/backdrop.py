"""The world behind the figure."""

from __future__ import annotations

from .canvas import Canvas, whole
from .nature import NATURE
from .palette import Palette
from .places import PLACES
from .rooms import ROOMS
from .traits import Traits

_SCENES = {**NATURE, **PLACES, **ROOMS}


def draw_backdrop(canvas: Canvas, palette: Palette, traits: Traits) -> None:
    """Paint the scene the character belongs to."""
    canvas.gradient(whole(), palette.top, palette.bottom)
    _SCENES.get(traits.backdrop, NATURE["abstract"])(canvas, palette, traits)
