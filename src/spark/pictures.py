"""What an illustrator hands back: a finished picture and where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Provenance


@dataclass(frozen=True)
class Picture:
    """One drawn portrait, ready to be stored and served."""

    data: bytes
    mime_type: str
    prompt: str
    """The words the picture was drawn from."""
    provenance: Provenance
    traits: dict[str, str] | None = None
    """What was decided about the character, so that a later version can keep it."""
