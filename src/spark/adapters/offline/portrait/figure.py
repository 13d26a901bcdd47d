"""The figure as a whole: which parts are drawn, and in which order."""

from __future__ import annotations

from dataclasses import replace

from .adornments import (
    draw_feature,
    draw_feature_behind,
    draw_on_body,
    draw_on_face,
    draw_over_hair,
)  # fmt: skip
from .anatomy import Anatomy, anatomy_of
from .beings import BEINGS
from .canvas import Canvas
from .clothes import draw_clothes
from .face import draw_face, draw_head, draw_neck
from .hair import draw_hair, draw_hair_behind
from .headwear import COVERING, draw_hat, draw_hat_behind
from .props import draw_prop
from .traits import Traits

_OPEN = ("tiara", "headband", "nurse", "party")
_FLATTENED = {
    "spiky": "short", "messy": "short", "afro": "curly", "bun": "short", "topknot": "side",
    "curly": "curly-low",
}  # fmt: skip
_TALL = ("wizard", "chef", "tophat", "santa", "party", "armet", "rabbit", "object")
"""Hats and beings that need room above."""


def draw_figure(canvas: Canvas, traits: Traits) -> None:
    """Draw the character with all that it wears and holds."""
    a = anatomy_of(_combed(traits))
    tall = traits.hat in _TALL or traits.kind in _TALL
    zoom = (1.0 if tall else 1.1) + 0.07 * traits.zoom
    with canvas.turned(traits.tilt, (500, 900), zoom):
        if traits.kind == "human":
            _draw_person(canvas, a)
        else:
            _draw_being(canvas, a)
        draw_prop(canvas, a)


def _combed(traits: Traits) -> Traits:
    """Hair that stands up lies flat under a hat."""
    if traits.hat and traits.hat not in _OPEN and traits.hair_style in _FLATTENED:
        return replace(traits, hair_style=_FLATTENED[traits.hair_style])
    return traits


def _draw_person(canvas: Canvas, a: Anatomy) -> None:
    covered = a.traits.hat in COVERING
    draw_feature_behind(canvas, a)
    draw_hat_behind(canvas, a)
    if not covered:
        draw_hair_behind(canvas, a)
    canvas.model(a.torso(), a.skin)
    draw_neck(canvas, a)
    draw_clothes(canvas, a)
    draw_head(canvas, a)
    draw_face(canvas, a)
    draw_on_face(canvas, a)
    if a.traits.hat not in ("ninja", "hood", "veil", "aviator", "surgeon"):
        draw_hair(canvas, a)
    draw_on_body(canvas, a)
    draw_hat(canvas, a)
    draw_over_hair(canvas, a)
    draw_feature(canvas, a)


def _draw_being(canvas: Canvas, a: Anatomy) -> None:
    draw_hat_behind(canvas, a)
    BEINGS[a.traits.kind](canvas, a)
    draw_on_body(canvas, a)
    draw_hat(canvas, a)
    draw_over_hair(canvas, a)
