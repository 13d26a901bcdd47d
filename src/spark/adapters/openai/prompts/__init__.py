"""What the models are told: data, one TOML file a language."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any

from ....models import Language


@functools.cache
def prompts(language: Language) -> dict[str, Any]:
    """The prompts in `language`, read with the first call."""
    return tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text("utf-8"))
