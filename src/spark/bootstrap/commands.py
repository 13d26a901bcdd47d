"""What an operator's commands stand on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..adapters.s3.address import Address
from ..services.archive_reader import Bounds
from ..services.imports import ImportService
from ..services.transfer import TransferService
from .addresses import is_folder, media_address, media_place
from .settings import Settings
from .stores import UNHURRIED, media_of, open_media, open_store, store_of


def open_imports(settings: Settings) -> ImportService:
    """What takes projects in for those who run the service: as many as they like."""
    store = store_of(settings, **UNHURRIED)
    return ImportService(store, media_of(settings), Bounds())


def rebuild_index(settings: Settings, progress: Callable[[int, int], None]) -> int:
    """Make what lists and searches go by anew from the projects; the number of those looked at.

    `progress` is told how many of how many are done. Servers may go on meanwhile.
    """
    store = store_of(settings, **UNHURRIED)
    return store.reindex(progress, processes=os.cpu_count() or 1)


def migrate_database(settings: Settings, progress: Callable[[str], None]) -> int:
    """Bring the database's schema up to date; how many migrations that took.

    `progress` is told the name of each. Raises `StorageUnavailable`.
    """
    from ..adapters.postgres.schema import migrate

    return migrate(settings.DATABASE_URL.get_secret_value(), progress)


def open_transfer(
    source: str,
    target: str,
    settings: Settings,
    *,
    media_from: str = "",
    media_to: str = "",
    overwrite: bool = False,
) -> TransferService:
    """What copies everything in the store at `source` to the one at `target`.

    A data directory has pictures of its own; a database's are where the settings say. Raises
    `ValueError` where there is nothing to copy from, or nowhere else to copy to.
    """
    if is_folder(source) and not Path(source).is_dir():
        raise ValueError("there is no such data directory")
    places = _pictures(source, media_from, settings), _pictures(target, media_to, settings)
    if places[0] == places[1] and _is_same(source, target):
        raise ValueError("both sides are the same")
    media = open_media(places[0])
    return TransferService(
        open_store(source, settings),
        open_store(target, settings),
        media,
        media if places[0] == places[1] else open_media(places[1]),
        overwrite,
    )


def _pictures(store: str, where: str, settings: Settings) -> Path | Address:
    """Where the pictures of a store's projects are; `where` names it if it does not say itself."""
    own = str(Path(store) / "media") if is_folder(store) else media_address(settings)
    return media_place(where or own)


def _is_same(source: str, target: str) -> bool:
    if is_folder(source) and is_folder(target):
        return Path(source).resolve() == Path(target).resolve()
    return source == target
