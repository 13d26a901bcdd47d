"""A stand-in for a model's service: a real HTTP server that speaks the OpenAI wire format.

In a test:

    with upstream() as server:
        server.next(Scenario(fault="rate_limit", retry_after=2))
        client = OpenAI(base_url=server.base_url, api_key="sk-test", max_retries=0)

As a process of its own: `python -m tests.upstream --port 9000 --latency 1 --rate 40`. In both a
request may choose for itself, by the name of its model: `standin?rate=40&fault=cut&after=5`.
"""

from .answers import CANNED_MESSAGE, CANNED_TURN
from .exchange import Exchange
from .scenarios import FAULTS, Scenario
from .server import Upstream, upstream

__all__ = [
    "CANNED_MESSAGE",
    "CANNED_TURN",
    "FAULTS",
    "Exchange",
    "Scenario",
    "Upstream",
    "upstream",
]
