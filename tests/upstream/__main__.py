"""The stand-in as a process of its own.

python -m tests.upstream --port 9000 --latency 1 --rate 40 --canned
"""

from __future__ import annotations

import argparse
import asyncio
import signal
from typing import Any

from pydantic import ValidationError

from .answers import warm_up
from .scenarios import FAULTS, Scenario
from .server import Upstream


def main() -> None:
    """Serve until told to end."""
    faults = "\n".join(f"  {name:18} {meaning}" for name, meaning in FAULTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.upstream",
        description="A stand-in for a model's service, at http://127.0.0.1:PORT/v1.",
        epilog=f"faults:\n{faults}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=9000)
    for name, field in Scenario.model_fields.items():
        if name in ("body", "headers"):
            continue
        takes: dict[str, Any] = {"action": "store_true"} if field.annotation is bool else {}
        parser.add_argument(f"--{name.replace('_', '-')}", default=argparse.SUPPRESS, **takes)
    arguments = vars(parser.parse_args())
    port = arguments.pop("port")
    try:
        scenario = Scenario.model_validate(arguments)
    except ValidationError as problem:
        parser.error(str(problem))
    if not (scenario.canned or scenario.echo):
        warm_up()
    asyncio.run(_serve(Upstream(scenario, remembers=False), port))


async def _serve(server: Upstream, port: int) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    await server.serve(port, lambda: print(f"listening at {server.base_url}", flush=True))


if __name__ == "__main__":
    main()
