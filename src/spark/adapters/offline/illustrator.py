"""Portraits drawn on this machine: no key, no network, the same picture for the same words."""

from __future__ import annotations

from collections.abc import Sequence

from ...models import CharacterProfile, UserIdea
from ...pictures import Picture
from .provenance import ENGINE


class OfflineIllustrator:
    """Draws a portrait from a character sheet, an idea and all feedback given so far."""

    name = ENGINE
    model = ENGINE

    def portrait(
        self,
        profile: CharacterProfile,
        idea: UserIdea | None,
        feedback: Sequence[str],
        previous: bytes | None = None,
    ) -> Picture:
        """The portrait after all feedback, oldest first; where it disagrees the last counts."""
        # The painter's box of figures, clothes and scenes takes a while to load.
        from .portrait.painting import paint

        return paint(profile, idea, feedback)

    def check(self) -> None:
        """There is nothing that could fail."""
