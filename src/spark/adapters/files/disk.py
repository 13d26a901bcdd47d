"""Writing files so that no crash leaves half of one."""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...errors import SparkError, storage_errors

_POLL_SECONDS = 0.005


@contextmanager
def locked(path: Path, patience: float, busy: SparkError) -> Iterator[None]:
    """Hold the lock file at `path` against every thread and process; raise `busy` in vain.

    A dying process lets go of it. The kernel's own lock: a library's objects for it cost more the
    more of them there are, and a turn holds one for as long as a model speaks.
    """
    with storage_errors():
        descriptor = _opened(path)
    try:
        deadline = time.monotonic() + patience
        while not _is_taken(descriptor):
            if time.monotonic() >= deadline:
                raise busy
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, flags, 0o600)


def _is_taken(descriptor: int) -> bool:
    with storage_errors():
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path`, whole or not at all, and on the disk when this returns.

    Written beside, synced, renamed over, and the folder synced, so that neither a killed process
    nor a power cut shows a reader anything but the old content or the new.
    """
    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make sure `folder` is there, and that its name and its parents' survive a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
