"""The directory of a ZIP archive (PKWARE's APPNOTE, 4.3.12 to 4.3.16), some records at a time.

`zipfile` reads a whole directory before it gives anything away, which takes half a kilobyte of
memory for each file (python/cpython#153460). Here it is given pieces of it, each as the directory
of an archive of its own, and opens files of an archive whose directory it has never seen.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import IO

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_RECORD = struct.Struct("<28x3H12x")
"""Of a file's record only what it takes to find the next: the lengths of the three texts in it."""
_LONGEST_COMMENT = 65535
_PIECE = 64 * 1024


class Members(zipfile.ZipFile):
    """Opens files of an archive, by the entries that `entries_of` found."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(io.BytesIO(_directory(b"", 0)))
        self.fp = file


def entries_of(file: IO[bytes]) -> Iterator[zipfile.ZipInfo]:
    """What the archive's directory says of each file.

    Raises `BadZipFile`, and what `zipfile` raises, where it cannot be read.
    """
    start, end, offset = _place(file)
    file.seek(start)
    left, held = end - start, b""
    while piece := file.read(min(_PIECE, left)):
        left -= len(piece)
        held += piece
        length, count = _whole(held)
        for entry in _parsed(held[:length], count):
            entry.header_offset += start - offset
            yield entry
        held = held[length:]
    if held or left:
        raise zipfile.BadZipFile("a directory that is cut off")


def _place(file: IO[bytes]) -> tuple[int, int, int]:
    """Where the directory begins and ends, and where it says that it begins.

    Both are the same but for an archive that stands behind something else.
    """
    size = file.seek(0, 2)
    before = max(size - _END_64.size - _LOCATOR.size - _END.size - _LONGEST_COMMENT, 0)
    file.seek(before)
    tail = file.read()
    if len(tail) < _END.size:
        raise zipfile.BadZipFile("no end of a directory")
    place = len(tail) - _END.size
    if tail[place : place + 4] != b"PK\5\6" or tail[-2:] != bytes(2):
        place = tail.rfind(b"PK\5\6", 0, place + 4)  # a comment stands behind it
    if place < 0:
        raise zipfile.BadZipFile("no end of a directory")
    *_, length, offset, _ = _END.unpack_from(tail, place)
    larger = place - _LOCATOR.size - _END_64.size
    if larger >= 0 and (tail[larger:][:4], tail[place - 20 :][:4]) == (b"PK\6\6", b"PK\6\7"):
        *_, length, offset = _END_64.unpack_from(tail, larger)
        place = larger
    start = before + place - length
    if start < 0:
        raise zipfile.BadZipFile("a directory that is larger than the file")
    return start, before + place, offset


def _whole(data: bytes) -> tuple[int, int]:
    """How far the records go that are there as a whole, and how many they are."""
    place = count = 0
    while place + _RECORD.size <= len(data):
        after = place + _RECORD.size + sum(_RECORD.unpack_from(data, place))
        if after > len(data):
            break
        place, count = after, count + 1
    return place, count


def _parsed(records: bytes, count: int) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(_directory(records, count))) as archive:
        entries = archive.infolist()
    if len(entries) != count:
        raise zipfile.BadZipFile("a record that ends a directory")
    return entries


def _directory(records: bytes, count: int) -> bytes:
    """An archive that is nothing but a directory."""
    return records + _END.pack(b"PK\5\6", 0, 0, count, count, len(records), 0, 0)
