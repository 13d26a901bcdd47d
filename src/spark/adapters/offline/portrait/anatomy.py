"""Where the parts of a figure are, so that every drawing of it fits every other."""

from __future__ import annotations

from dataclasses import dataclass

from .colours import Colour, colour, mix
from .shapes import Outline, mirrored, smooth
from .traits import Traits


@dataclass(frozen=True)
class Anatomy:
    """The measures of one bust, in canvas units."""

    traits: Traits
    cx: float
    head_y: float
    head_w: float
    """Half the width of the head."""
    head_h: float
    """Half its height."""
    neck: float
    """Half the width of the neck."""
    shoulder_y: float
    shoulder_w: float
    eye_y: float
    skin: Colour

    @property
    def top(self) -> float:
        """The crown of the head."""
        return self.head_y - self.head_h

    @property
    def chin(self) -> float:
        """The lowest point of the face."""
        return self.head_y + self.head_h

    @property
    def brow(self) -> float:
        """The line hats sit on."""
        lift = 0.36 if self.traits.kind == "human" else 0.58
        return self.head_y - self.head_h * lift

    @property
    def youth(self) -> float:
        """How much larger than an adult's the eyes are."""
        return _AGE_EYES.get(self.traits.age, 1.0)

    @property
    def hand(self) -> tuple[float, float]:
        """The middle of the raised hand."""
        return self.cx + self.shoulder_w * 1.0, 752

    def torso(self) -> Outline:
        """The outline of neck, shoulders and arms, down past the edge."""
        w, y, cx = self.shoulder_w, self.shoulder_y, self.cx
        return mirrored(
            smooth(
                [
                    (cx, y - 58), (cx + self.neck, y - 58), (cx + self.neck + 26, y - 36),
                    (cx + w * 0.66, y - 10), (cx + w * 0.9, y + 22), (cx + w * 1.05, y + 95),
                    (cx + w * 1.13, y + 220), (cx + w * 1.17, 1030),
                ],
                closed=False,
            ),
            cx,
        )  # fmt: skip

    def chest(self, half_top: float, half_bottom: float, top: float) -> Outline:
        """A panel down the middle of the chest, as of a shirt under a jacket."""
        cx = self.cx
        return [
            (cx - half_top, top), (cx + half_top, top),
            (cx + half_bottom, 1030), (cx - half_bottom, 1030),
        ]  # fmt: skip


_AGE_HEAD = {"child": 1.06, "teen": 1.0, "young": 1.0, "adult": 1.0, "middle": 1.0, "old": 0.98}
_AGE_SHOULDER = {"child": 0.68, "teen": 0.86, "young": 0.95, "middle": 1.05, "old": 0.97}
_AGE_EYES = {"child": 1.3, "teen": 1.18, "young": 1.08, "middle": 0.91, "old": 0.82}
_BUILD = {"slim": 0.92, "average": 1.0, "stout": 1.17, "strong": 1.2}


def anatomy_of(traits: Traits) -> Anatomy:
    """The measures of a character."""
    child, woman = traits.age == "child", traits.gender == "female"
    animal = traits.kind != "human"
    size = _AGE_HEAD.get(traits.age, 1.0)
    head_w = (118 if animal else 106 if woman else 111) * size
    head_h = (118 if animal else 140) * size * (0.9 if child and not animal else 1)
    if traits.build == "stout":
        head_w *= 1.1
    if traits.build == "slim":
        head_w *= 0.96
    if child and not animal:
        head_w *= 1.04
    shoulder = (200 if woman else 232) * _AGE_SHOULDER.get(traits.age, 1.0)
    if animal:
        shoulder = 190 * _AGE_SHOULDER.get(traits.age, 1.0)
    drop = {"child": 64, "teen": 22}.get(traits.age, 0)
    head_y = 398 + drop
    eye_y = head_y + head_h * (0.16 if child else 0.06)
    return Anatomy(
        traits=traits,
        cx=500,
        head_y=head_y,
        head_w=head_w,
        head_h=head_h,
        neck=(38 if woman else 50) * (0.76 if child else 1) * _BUILD[traits.build],
        shoulder_y=head_y + head_h + 88 - (30 if child or animal else 0),
        shoulder_w=shoulder * _BUILD[traits.build],
        eye_y=eye_y,
        skin=_skin(traits),
    )


def _skin(traits: Traits) -> Colour:
    own = colour(traits.skin)
    if traits.feature == "zombie":
        return mix(own, (132, 160, 116), 0.7)
    if traits.feature == "vampire":
        return mix(own, (232, 228, 236), 0.7)
    if traits.feature == "demon":
        return mix(own, (188, 62, 56), 0.55)
    return mix(own, (250, 240, 236), 0.8) if traits.feature == "clown" else own
