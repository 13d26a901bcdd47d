"""Portraits made ready for a page."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from ...renditions import Image

if TYPE_CHECKING:
    from PIL import Image as Pictures

_MOST_PIXELS = 64_000_000


@dataclass(frozen=True)
class Print:
    """A portrait as a JPEG."""

    data: bytes
    width: int
    height: int


def printed(portrait: Image, side: int) -> Print | None:
    """The picture upright, on white, its longer side no more than `side` pixels.

    `None` where nobody can read it.
    """
    from PIL import Image as Pictures
    from PIL import ImageOps

    try:
        with Pictures.open(BytesIO(portrait.data)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            opened.draft("RGB", (side, side))
            opened.thumbnail((side, side), reducing_gap=2.0)
            upright = ImageOps.exif_transpose(opened)
            paper = _on_white(upright)
    except (OSError, SyntaxError, ValueError, KeyError, Pictures.DecompressionBombError):
        return None
    file = BytesIO()
    paper.save(file, "JPEG", quality=86)
    return Print(file.getvalue(), paper.width, paper.height)


def _on_white(picture: Pictures.Image) -> Pictures.Image:
    from PIL import Image as Pictures

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Pictures.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
