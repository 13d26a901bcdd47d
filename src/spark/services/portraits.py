"""Where a portrait is found."""

from __future__ import annotations

IMAGE_PATH = "/api/content/images/"


def image_url(name: str) -> str:
    """The stable address of the picture called `name` in the media store."""
    return IMAGE_PATH + name
