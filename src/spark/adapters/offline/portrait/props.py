"""The raised hand and what it holds."""

from __future__ import annotations

from .anatomy import Anatomy
from .canvas import Canvas
from .clothes import clothes_colour
from .colours import Colour, colour, darker, mix
from .devices import DEVICES
from .goods import GOODS
from .shapes import box, ellipse, smooth
from .tools import TOOLS

_HELD = {**TOOLS, **GOODS, **DEVICES}
_HANDLESS = ("fish", "tree", "object", "ghost", "snowman")
_BARE_ARMS = ("tshirt", "dress", "sport", "wedding", "qipao", "apron", "overalls")
_FLAT = (
    "book", "tablet", "chart", "phone", "photo", "letter", "cake", "cup", "laptop", "box", "orb",
    "camera",
    "ball", "apple", "watch", "compass", "bear", "sprout", "snowball", "skull", "clapper", "boxing",
    "shield",
    "helmet", "abacus", "suitcase", "mask", "notes", "wheat",
)  # fmt: skip


def draw_prop(canvas: Canvas, a: Anatomy) -> None:
    """Raise a hand with the prop in it; nothing where there is no prop."""
    draw = _HELD.get(a.traits.prop)
    if draw is None:
        return
    x, y = a.hand
    if a.traits.kind in _HANDLESS:
        draw(canvas, 770, 730, colour(a.traits.accent))
        return
    skin = _hand_colour(a)
    _forearm(canvas, a, x, y, skin)
    if a.traits.prop not in _FLAT:
        canvas.model(ellipse(x, y, 38, 36), skin, edge=8)
    draw(canvas, x, y, colour(a.traits.accent))
    _fingers(canvas, x, y, skin, a.traits.prop in _FLAT)


def _hand_colour(a: Anatomy) -> Colour:
    t = a.traits
    if t.outfit in ("spacesuit", "ninja", "fire", "cyber", "armour"):
        return {"spacesuit": (206, 212, 222), "armour": (132, 142, 160)}.get(t.outfit, (58, 56, 68))
    if t.outfit in ("scrubs",):
        return (214, 232, 240)
    return (
        a.skin
        if t.kind == "human"
        else mix(colour(t.body_colour or "#b58acb"), (255, 255, 255), 0.1)
    )


def _forearm(canvas: Canvas, a: Anatomy, x: float, y: float, skin: Colour) -> None:
    bare = a.traits.outfit in _BARE_ARMS or not a.traits.outfit
    sleeve = skin if bare else clothes_colour(a)
    if a.traits.outfit == "armour":
        sleeve = darker(sleeve, 0.2)
    wide = a.shoulder_w / 232
    arm = smooth(
        [(x - 30, y + 44), (x + 32, y + 40), (x + 66 * wide, y + 150), (x + 84 * wide, 1060),
         (x - 66 * wide, 1060), (x - 54 * wide, y + 150)],
        steps=6,
    )  # fmt: skip
    canvas.model(arm, sleeve, depth=0.3, edge=14)
    if not bare:
        canvas.model(box(x - 40, y + 40, x + 42, y + 66, 12), darker(sleeve, 0.14), edge=5)
    canvas.model(box(x - 24, y + 14, x + 24, y + 48, 8), skin, edge=5)


def _fingers(canvas: Canvas, x: float, y: float, skin: Colour, flat: bool) -> None:
    if flat:
        for k in range(4):
            canvas.model(box(x - 42 + k * 21, y + 2, x - 23 + k * 21, y + 48, 10), skin, edge=4)
        return
    for k in range(4):
        canvas.model(
            box(x - 36, y - 32 + k * 17, x + 26 - abs(k - 1) * 3, y - 14 + k * 17, 9), skin, edge=4
        )
    canvas.model(
        smooth(
            [
                (x + 8, y + 30),
                (x + 34, y + 18),
                (x + 38, y - 14),
                (x + 26, y - 30),
                (x + 14, y - 10),
            ]
        ),
        skin,
        edge=5,
    )
