"""Writing files so that no crash leaves half of one."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ...errors import SparkError, StorageFull, StorageUnavailable

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the operating system's complaints into ours."""
    try:
        yield
    except OSError as error:
        full = error.errno in _NO_ROOM
        raise (StorageFull() if full else StorageUnavailable()) from error


@contextmanager
def locked(path: Path, patience: float, busy: SparkError) -> Iterator[None]:
    """Hold the lock file at `path` against every thread and process; raise `busy` in vain.

    A dying process lets go of it.
    """
    with storage_errors():
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=patience, poll_interval=0.005)
        try:
            lock.acquire()
        except Timeout as error:
            raise busy from error
    try:
        yield
    finally:
        lock.release()


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
