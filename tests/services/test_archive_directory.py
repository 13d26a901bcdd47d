"""Directories of ZIP archives, as `zipfile` reads them whole and we piece by piece."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from src.spark.errors import StorageFull
from src.spark.services.archive_directory import Members, entries_of
from src.spark.services.archive_index import Index

SIZES = ["compress_size", "file_size", "CRC"]
FIELDS = ["filename", "header_offset", *SIZES, "compress_type", "flag_bits"]
FILES = {
    "a.txt": b"a" * 300,
    "名字.txt": "内容".encode() * 100,
    "folder/": b"",
    **{f"folder/{'n' * 200}{number}.txt": b"x" * number for number in range(600)},
}


def an_archive(files=FILES, comment=b"", before=b""):
    held = io.BytesIO(before)
    held.seek(0, 2)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = comment
    return held.getvalue()


@pytest.fixture
def large(monkeypatch):
    """Everything is so large that it takes ZIP64."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)


def told_of(entry):
    return [getattr(entry, field) for field in FIELDS]


def require_the_same(data):
    whole = zipfile.ZipFile(io.BytesIO(data))
    file = io.BytesIO(data)
    found = list(entries_of(file))
    assert [told_of(entry) for entry in found] == [told_of(entry) for entry in whole.infolist()]
    members = Members(file)
    for entry in found[:5] + found[-5:]:
        with members.open(entry) as opened:
            assert opened.read() == whole.read(entry.filename)


SHAPES = {
    "plain": {},
    "a comment": {"comment": b"made by hand"},
    "the longest comment": {"comment": b"c" * 65535},
    "behind other bytes": {"before": b"#!/bin/sh\n" * 10},
    "nothing in it": {"files": {}},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_every_file_is_found_as_it_is_by_reading_the_whole_directory(shape):
    require_the_same(an_archive(**shape))


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_zip64_too(large, shape):
    data = an_archive(**shape)
    assert (b"PK\6\6" in data) == bool(shape.get("files", FILES))
    require_the_same(data)


def shorter(data):
    """A directory that ends within a record."""
    place = data.rfind(b"PK\5\6") + 12
    length = struct.unpack_from("<L", data, place)[0] - 10
    return data[:place] + struct.pack("<L", length) + data[place + 4 :]


def longer(data):
    place = data.rfind(b"PK\5\6") + 12
    return data[:place] + struct.pack("<L", 10**9) + data[place + 4 :]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\5\6", b"x" * 100_000, an_archive()[:-1], *map(shorter, [an_archive()]),
     longer(an_archive())],
    ids=["nothing", "two bytes", "a mark", "no archive", "cut off", "too short", "too long"],
)  # fmt: skip
def test_a_directory_that_is_broken_is_told(data):
    with pytest.raises(zipfile.BadZipFile):
        list(entries_of(io.BytesIO(data)))


def test_a_record_that_looks_like_the_end_of_a_directory_hides_none(large):
    """What follows it in a piece would be read for the directory, were it not counted."""
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 0, 0, 0, 0)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in ("a", "b", "c"):
            archive.writestr(name, b"x")
        archive.filelist[-1].comment = end + struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    with pytest.raises(zipfile.BadZipFile):
        list(entries_of(held))


def test_an_index_that_finds_no_room_says_so():
    index = Index()
    index._database.execute("pragma max_page_count = 4")
    entries = list(entries_of(io.BytesIO(an_archive())))
    with pytest.raises(StorageFull):
        all(index.add(entry) for entry in entries)
    index.close()
