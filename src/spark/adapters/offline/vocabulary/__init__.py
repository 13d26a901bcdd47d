"""The offline engines' words: data, one TOML file a subject."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any


@functools.cache
def read(name: str) -> dict[str, Any]:
    """The content of `<name>.toml`, read with the first call."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
