"""What a model may say, for tests that try a great deal of it."""

from __future__ import annotations

import json

from hypothesis import strategies as st

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
"""Any text that can be sent."""

_STUMBLING_BLOCKS = [
    *'{}[]",:\\/<>\n\t \u3000\ufeff\x00\x85', *"ae1五和é", "🎬", "\u202e", "<think>", "</think>",
    '{"reply":', "```json", "\\u", "null", "3分钟", " and ",
]  # fmt: skip
TALK = st.lists(st.sampled_from(_STUMBLING_BLOCKS), max_size=40).map("".join)
"""Words made of what trips a reader."""

NUMBERS = st.integers(-(10**30), 10**30) | st.floats()
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS | TALK,
    lambda values: st.lists(values, max_size=4) | st.dictionaries(WORDS, values, max_size=4),
    max_leaves=8,
)
"""Any value of JSON, with the numbers beyond it that Python reads too."""


def written(value, **options):
    """JSON as a model may write it."""
    return json.dumps(value, **options)
