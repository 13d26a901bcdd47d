"""Which hand draws which kind of being."""

from __future__ import annotations

from collections.abc import Callable

from .anatomy import Anatomy
from .animals import draw_animal, draw_bird, draw_frog
from .canvas import Canvas
from .creatures import (
    draw_alien,
    draw_creature,
    draw_dragon,
    draw_fish,
    draw_ghost,
    draw_monster,
    draw_snowman,
    draw_toy,
    draw_tree,
)  # fmt: skip
from .machines import draw_robot
from .things import draw_object

_MAMMALS = (
    "cat", "tiger", "dog", "fox", "rabbit", "bear", "panda", "mouse", "pig", "monkey", "deer",
)  # fmt: skip

BEINGS: dict[str, Callable[[Canvas, Anatomy], None]] = {
    **dict.fromkeys(_MAMMALS, draw_animal),
    "bird": draw_bird,
    "frog": draw_frog,
    "dragon": draw_dragon,
    "robot": draw_robot,
    "alien": draw_alien,
    "ghost": draw_ghost,
    "monster": draw_monster,
    "fish": draw_fish,
    "tree": draw_tree,
    "toy": draw_toy,
    "snowman": draw_snowman,
    "object": draw_object,
    "creature": draw_creature,
}
"""How each kind that is not human is drawn."""
