"""What people call the elements of an idea."""

from __future__ import annotations

from ....models import Element

ELEMENTS: dict[str, Element] = {
    **dict.fromkeys(
        (
            "theme",
            "topic",
            "subject",
            "themes",
            "message",
            "idea",
            "concept",
            "core message",
            "idea behind it",
            "subject matter",
        ),
        "theme",
    ),
    **dict.fromkeys(("genre", "genres"), "genre"),
    **dict.fromkeys(
        (
            "character",
            "characters",
            "main character",
            "main characters",
            "cast",
            "protagonist",
            "protagonists",
            "hero",
            "heroes",
            "heroine",
            "lead",
            "leads",
            "villain",
            "antagonist",
            "roles",
            "role",
            "line-up",
            "villains",
        ),
        "characters",
    ),
    **dict.fromkeys(("plot", "story", "storyline", "synopsis", "events", "plot points"), "plot"),
    **dict.fromkeys(
        ("audience", "target audience", "target", "viewers", "target group"), "audience"
    ),
    **dict.fromkeys(
        ("duration", "length", "runtime", "running time", "run time", "time"), "duration"
    ),
    **dict.fromkeys(
        ("style", "visual style", "visuals", "look", "art style", "animation style", "aesthetic"),
        "visual_style",
    ),
    **dict.fromkeys(("mood", "tone", "vibe", "atmosphere", "feel", "feeling"), "mood"),
}
"""What people call each element of an idea."""
