"""The folder of the project store that keeps files, as a person sees it."""

from __future__ import annotations

import ctypes
import json
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from src.spark.adapters.files.projects import FileProjectStore
from src.spark.models import Page, Project

from .projects import all_pages, listed

_CAPABILITIES_VERSION_3 = 0x20080522


def folder_of(place: Path, project: Project, part: str = "projects") -> Path:
    return place / part / project.project_id[:2] / project.project_id


def project_file(place: Path, project: Project, part: str = "projects") -> Path:
    return folder_of(place, project, part) / "project.json"


def edited(place: Path, project: Project, **fields: Any) -> None:
    """Change fields in a project's file, as an editor of texts does."""
    path = project_file(place, project)
    document = json.loads(path.read_bytes())
    text = json.dumps({**document, **fields}, ensure_ascii=False)
    path.with_suffix(".new").write_text(text, encoding="utf-8")
    path.with_suffix(".new").replace(path)


def assert_lists_say_what_the_files_say(store: FileProjectStore, place: Path) -> None:
    """The list, the trash, and a search for 部, against the files themselves."""
    live, trash = (_told_by_files(place, part) for part in ("projects", "trash"))
    assert _told(partial(_by_name, store)) == live
    assert _told(store.trash) == trash
    with_word = {project_id: name for project_id, name in live.items() if "部" in name}
    assert _told(partial(store.search, "部")) == with_word


def _told(look: Callable[[int, int], Page[Any]]) -> dict[str, str]:
    return {item.project_id: item.project_name for item in all_pages(look)}


def _told_by_files(place: Path, part: str) -> dict[str, str]:
    documents = [json.loads(path.read_bytes()) for path in place.glob(f"{part}/*/*/project.json")]
    return {document["project_id"]: document["project_name"] for document in documents}


def _by_name(store: FileProjectStore, page: int, per_page: int) -> Page[Any]:
    return listed(store, page=page, per_page=per_page, sort="name")


def without_privileges(job: Callable[[], Any]) -> Any:
    """Run `job` in a thread that may not write where nobody may, even where we are root."""
    with ThreadPoolExecutor(1, initializer=_give_up_capabilities) as pool:
        return pool.submit(job).result()


def _give_up_capabilities() -> None:
    header = struct.pack("Ii", _CAPABILITIES_VERSION_3, 0)
    assert ctypes.CDLL(None).capset(header, bytes(24)) == 0
