"""Painting a portrait, from the words about a character to a finished picture."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from time import perf_counter

from PIL import Image

from ....models import CharacterProfile, UserIdea
from ....pictures import Picture
from ..provenance import made_here
from .backdrop import draw_backdrop
from .canvas import Canvas
from .colours import colour
from .figure import draw_figure
from .finish import rendered
from .lettering import letter_plate
from .palette import palette_for
from .traits import Traits, read_traits
from .wishes import heed

_FIGURE_SIDE = 2048
_BACKDROP_SIDE = 1024
_CONTOURED = {
    "anime": ((44, 34, 50), 3.0),
    "ink": ((40, 38, 42), 4.0),
    "sketch": ((50, 46, 56), 3.0),
}


def paint(profile: CharacterProfile, idea: UserIdea | None, feedback: Sequence[str]) -> Picture:
    """The portrait after all feedback, oldest first; where it disagrees the last counts."""
    started = perf_counter()
    traits = heed(read_traits(profile, idea), feedback)
    return Picture(
        data=_png(_drawn(traits, profile)),
        mime_type="image/png",
        prompt=_prompt(profile, traits, feedback),
        provenance=made_here(started),
        traits=traits.described(),
    )


def _drawn(traits: Traits, profile: CharacterProfile) -> Image.Image:
    palette = palette_for(traits)
    behind = Canvas(Image.new("RGB", (_BACKDROP_SIDE, _BACKDROP_SIDE)), traits.light)
    draw_backdrop(behind, palette, traits)
    behind.soften(3)
    large = behind.image.resize((_FIGURE_SIDE, _FIGURE_SIDE), Image.Resampling.BILINEAR)
    canvas = Canvas(large, traits.light)
    canvas.contour = _CONTOURED.get(traits.style)
    canvas.glow((500, 430), 460, palette.glow, 0.4)
    draw_figure(canvas, traits)
    image = rendered(canvas.image, traits.style)
    return letter_plate(image, profile.name, profile.role, palette.ink, colour(traits.scene_accent))


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _prompt(profile: CharacterProfile, traits: Traits, feedback: Sequence[str]) -> str:
    """The words the picture was drawn from, with what was made of them."""
    who = f"{profile.name} ({profile.role})" if profile.role else profile.name
    said = [profile.appearance, *profile.visual_consistency_tags, profile.personality, *feedback]
    drawn = [traits.kind, traits.age, traits.outfit, traits.prop, traits.expression]
    scene = f"{traits.backdrop}, {traits.palette}, {traits.style}"
    words = "; ".join(part.strip() for part in said if part.strip())
    return f"Portrait of {who}: {words} [{', '.join(filter(None, drawn))} | {scene}]"
