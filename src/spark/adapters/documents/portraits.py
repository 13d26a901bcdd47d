"""Portraits made ready for a page."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from ...renditions import Image

if TYPE_CHECKING:
    from PIL import Image as Pictures

_SIDE = 720
"""Pixels of the longer side: 235 to the inch where a page shows it largest, and enough for a fine
screen."""
_MOST_PIXELS = 64_000_000
_KEPT = 64
"""Prints, of 50 KiB or so."""
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Print:
    """A portrait as a JPEG."""

    data: bytes
    width: int
    height: int


def warm_up() -> None:
    """Load what reads and writes pictures."""
    from PIL import Image as Pictures

    Pictures.preinit()


@dataclass
class _Plate:
    lock: threading.Lock = field(default_factory=threading.Lock)
    made: list[Print | None] = field(default_factory=list)


@lru_cache(maxsize=_KEPT)
def _plate(digest: bytes) -> _Plate:
    return _Plate()


def printed(portrait: Image) -> Print | None:
    """The picture upright, on white, no larger than a page needs; `None` where nobody can read it.

    The latest are kept: those of one project are asked for again and again, often by several
    presses at once.
    """
    with _LOCK:
        plate = _plate(hashlib.sha256(portrait.data).digest())
    with plate.lock:
        if not plate.made:
            plate.made.append(_print(portrait))
        return plate.made[0]


def _print(portrait: Image) -> Print | None:
    from PIL import Image as Pictures
    from PIL import ImageOps

    try:
        with Pictures.open(BytesIO(portrait.data)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            opened.draft("RGB", (_SIDE, _SIDE))
            opened.thumbnail((_SIDE, _SIDE), reducing_gap=2.0)
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
