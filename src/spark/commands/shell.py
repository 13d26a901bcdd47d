"""What the commands share."""

from __future__ import annotations

import argparse
import sys

from ..api.config import CONFIGS


def add_environment(parser: argparse.ArgumentParser) -> None:
    """Let a command be told which environment's settings it works with."""
    parser.add_argument(
        "--config",
        choices=list(CONFIGS),
        default="development",
        help="运行环境 · environment (default: development)",
    )


def fail(message: str, code: int) -> int:
    """Say why nothing came of a command; the code it ends with."""
    print(f"spark: {message}", file=sys.stderr)
    return code
