"""Colours: mixing, and reading them from their written form."""

from __future__ import annotations

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
INK: Colour = (30, 28, 44)
CREAM: Colour = (250, 243, 228)
GOLD: Colour = (226, 178, 74)
SILVER: Colour = (186, 194, 206)
STEEL: Colour = (122, 134, 152)
LEATHER: Colour = (122, 78, 48)
WOOD: Colour = (150, 98, 56)


def colour(written: str) -> Colour:
    """The colour written as `#rrggbb`."""
    return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)


def written(value: Colour) -> str:
    """A colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*value)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` of `other` in it."""
    r, g, b = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return r, g, b


def darker(value: Colour, by: float = 0.2) -> Colour:
    """The colour in shade, a little towards blue as real shadows are."""
    return mix(value, (22, 16, 48), by)


def lighter(value: Colour, by: float = 0.2) -> Colour:
    """The colour in light, a little towards warm white."""
    return mix(value, (255, 250, 238), by)


def brightness(value: Colour) -> float:
    """How light a colour looks, from 0 to 1."""
    r, g, b = value
    return (0.299 * r + 0.587 * g + 0.114 * b) / 255


def greyed(value: Colour, share: float) -> Colour:
    """The colour with `share` of its strength taken out."""
    level = round(brightness(value) * 255)
    return mix(value, (level, level, level), share)
