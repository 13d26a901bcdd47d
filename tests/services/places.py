"""Data directories that projects are exported from and imported into."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from dataclasses import dataclass
from pathlib import Path

import orjson

from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.models import CharacterProfile, Usage
from src.spark.pictures import Picture
from src.spark.services.archive_reader import Bounds
from src.spark.services.exports import ExportService
from src.spark.services.imports import ImportService
from src.spark.services.portraits import image_url

from ..fakes import FakeWriter
from ..samples import FAKED, a_project, asked

PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x10\0\0\0WEBPVP8 "
TYPES = {"image/png": PNG, "image/jpeg": JPEG, "image/webp": WEBP}
WIDE = Bounds(files=1000, unpacked=64 * 1024 * 1024)
NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"


@dataclass(frozen=True)
class Place:
    """A data directory with what exports from it and imports into it."""

    folder: Path
    store: FileProjectStore
    media: FileMediaStore

    @classmethod
    def at(cls, folder):
        return cls(folder, FileProjectStore(folder), FileMediaStore(folder / "media"))

    def archive(self, ids=None):
        service = ExportService(self.store, self.media, FakeWriter(), None, {})
        return b"".join(service.archive(ids))

    def take(self, data, existing="skip", bounds=WIDE, speech="en"):
        return ImportService(self.store, self.media, bounds).run(io.BytesIO(data), existing, speech)

    def everything(self):
        """All projects with all that is kept of them, and all pictures with their origins."""
        projects = {i: self.store.dossier(i) for i in self.store.ids()}
        pictures = {n: (self.media.get(n), self.media.origin(n)) for n in self.media.names()}
        return projects, pictures

    def files(self):
        """Every file but the index, which lists go by and which is made anew at will."""
        found = (p for p in self.folder.rglob("*") if p.is_file() and "index" not in p.name)
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in found}


def drawn(place, mime_type="image/png", size=1000):
    """The address of a new picture in a place's store."""
    data = TYPES[mime_type] + os.urandom(size)
    return image_url(place.media.put(Picture(data, mime_type, "一幅画像 · a portrait", FAKED)))


def created(place, number=0, **fields):
    """A project with two characters, pictures of every type, a conversation and two revisions."""
    urls = [drawn(place, mime_type) for mime_type in TYPES]
    profiles = [
        CharacterProfile(name="林夏", image_url=urls[1], relationships={"Mia": "朋友"}),
        CharacterProfile(name="Mia/O’Neil", image_url=urls[2]),
    ]
    project = a_project(
        number,
        project_name=f"项目 {number} · “Mars”",
        character_profiles=[p.model_dump() for p in profiles],
        conversation=[asked("我想制作一个科幻视频\0\u2028").model_dump()],
        usage=[Usage.of("cast", FAKED).model_dump()],
        **fields,
    )
    place.store.create(project)
    histories = {
        "林夏": [{"version": 1, "image_url": urls[0]}, {"version": 2, "image_url": urls[1]}],
        "Mia/O’Neil": [{"version": 1, "image_url": urls[2]}],
    }
    place.store.update(project.project_id, lambda p: with_fields(p, portraits=histories))
    place.store.update(project.project_id, lambda p: with_fields(p, status="in_production"))
    return place.store.get(project.project_id)


def with_fields(project, **fields):
    return type(project).model_validate({**project.model_dump(), **fields})


def manifest_of(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    return [orjson.loads(line) for line in archive.read("manifest.jsonl").splitlines()]


def peak_of(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
