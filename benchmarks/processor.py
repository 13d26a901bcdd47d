"""What servers take of the machine."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path


def cpu_seconds(parent: int) -> float:
    """Processor time of a server's workers so far, from Linux's /proc/<pid>/stat."""
    ticks = sum(int(fields[11]) + int(fields[12]) for _, fields in _children(parent))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory(parent: int) -> int:
    """Bytes that a server's workers hold, what they share divided among them (Linux's PSS)."""
    total = 0
    for pid, _ in _children(parent):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(n) for n in re.findall(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE))
    return total * 1024


def _children(parent: int) -> Iterator[tuple[int, list[str]]]:
    """The processes below `parent`, each with the fields of its `stat` from the state on."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended while we looked
        if int(fields[1]) == parent:
            yield int(stat.parent.name), fields
