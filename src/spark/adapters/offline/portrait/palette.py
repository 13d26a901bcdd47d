"""The colours of a portrait's world: sky, land and light, by mood."""

from __future__ import annotations

from dataclasses import dataclass

from .colours import Colour, brightness, colour, darker, lighter, mix
from .traits import Traits


@dataclass(frozen=True)
class Palette:
    """The few colours a backdrop is painted in."""

    top: Colour
    bottom: Colour
    far: Colour
    mid: Colour
    near: Colour
    glow: Colour
    ink: Colour
    """The plate the name stands on."""

    def tinted(self, own: str, share: float = 0.55) -> Colour:
        """A thing's own colour, drawn into this world's light."""
        return mix(self.mid, colour(own), share)


_WRITTEN = {
    "warm": "#f3b673 #fbe3bd #e19a63 #c06f4a #7d4038 #ffe9b8 #4a2430",
    "cold": "#5f86a8 #c9dde6 #7b9bb5 #4d6f90 #2a405e #e3f2fa #1c2c44",
    "dark": "#1d2438 #4a4a66 #333a55 #242a42 #151929 #a89ac0 #10121e",
    "bright": "#4fb3e8 #d6f1f5 #8fd0a8 #58b083 #2f8068 #fff3b0 #1f4a66",
    "neon": "#1a1040 #6a1f86 #43206e #2b1656 #160b33 #37e0e6 #120a2c",
    "pastel": "#bcd3f0 #fbe0e6 #d3c4ea #b4b0dc #8b8fc4 #fff4dc #55507e",
    "epic": "#27466e #f0a35e #6b6a86 #46506f #27304b #ffdb94 #1c2338",
    "mystic": "#2a2358 #7d64a8 #544a8c #3b3470 #221d49 #c9b0ff #1a163a",
    "romantic": "#e58a94 #fbd7bd #cf7c93 #a65c80 #683a5f #ffe6c9 #4a2340",
    "natural": "#8fbcc4 #eef0dc #a3bda0 #76997f #466856 #fff6d6 #26403c",
}


def palette_for(traits: Traits) -> Palette:
    """The palette of a character's mood, dimmed or brightened as asked."""
    tones = [colour(each) for each in _WRITTEN.get(traits.palette, _WRITTEN["natural"]).split()]
    if traits.backdrop_colour:
        wish = colour(traits.backdrop_colour)
        tones = [mix(tone, wish, 0.72) for tone in tones[:6]] + tones[6:]
        tones[1], tones[4] = lighter(tones[1], 0.3), darker(tones[4], 0.4)
    for _ in range(abs(traits.dim)):
        shift = darker if traits.dim > 0 else lighter
        tones = [shift(tone, 0.36 if traits.dim > 0 else 0.26) for tone in tones[:6]] + tones[6:]
    return Palette(*tones)


def legible_on(ground: Colour, wanted: Colour) -> Colour:
    """The wanted colour, pushed away from the ground until it can be read."""
    push = lighter if brightness(ground) < 0.5 else darker
    while abs(brightness(wanted) - brightness(ground)) < 0.42:
        wanted = push(wanted, 0.25)
    return wanted
