"""Where what the offline engines make comes from."""

from __future__ import annotations

from time import perf_counter

from ...models import Provenance

ENGINE = "offline"


def made_here(started: float) -> Provenance:
    """The provenance of something begun at `started`, by the performance counter."""
    return Provenance(
        engine=ENGINE,
        provider=ENGINE,
        model=ENGINE,
        seconds=round(perf_counter() - started, 4),
        tokens_in=0,
        tokens_out=0,
    )
