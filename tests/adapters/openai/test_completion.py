"""What a service says of its answers need not make sense."""

from __future__ import annotations

import pytest

from src.spark.adapters.openai.calls import Tally
from src.spark.adapters.openai.completion import Completion


@pytest.mark.parametrize("count", [True, -3, 3.5, "3", [3], {}, None])
def test_a_count_that_is_none_is_not_counted(count):
    tally = Tally("host", "m")
    tally.add(count, 4)
    tally.add(2, count)
    assert (tally.provenance().tokens_in, tally.provenance().tokens_out) == (2, 4)


@pytest.mark.parametrize("odd", [5, ["stop"], {"a": 1}, True])
def test_a_model_or_an_end_that_is_no_word_is_overlooked(odd):
    completion = Completion()
    chunk = {"model": odd, "choices": [{"delta": {"content": "a"}, "finish_reason": odd}]}
    assert completion.take(chunk) == "a"
    assert (completion.model, completion.finish) == (None, None)
