"""What is only true of the media store that keeps files: what people find and do in its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from src.spark.adapters.files.media import FileMediaStore
from src.spark.errors import StorageFull, StorageUnavailable
from src.spark.pictures import Picture

from ..samples import FAKED
from .processes import full_disk


@pytest.fixture
def place(tmp_path):
    return tmp_path / "media"


@pytest.fixture
def store(place):
    return FileMediaStore(place)


def picture(data=b"\x89PNG..."):
    return Picture(data, "image/png", "a prompt", FAKED)


def large(number):
    return picture(f"picture {number} ".encode() * 10_000)


def files_below(place):
    return sorted(path.name for path in place.rglob("*") if path.is_file())


def put_on_a_full_disk(number, place):
    place = Path(place) / str(number)
    store = FileMediaStore(place)
    kept = store.put(picture(b"small"))
    with full_disk():
        with pytest.raises(StorageFull):
            store.put(large(number))
        assert store.get(kept)[0] == b"small"
    assert files_below(place) == sorted([kept, kept.replace(".png", ".json")])
    return store.get(store.put(large(number)))[0] == large(number).data


def test_a_full_disk_is_said_and_leaves_nothing_half(tmp_path, in_processes):
    assert in_processes(put_on_a_full_disk, str(tmp_path)) == [True] * 3


def test_a_place_that_cannot_be_used_is_said(store, place):
    name = FileMediaStore(place.parent / "elsewhere").put(picture())
    place.write_text("in the way")
    attempts = [
        lambda: store.put(picture()),
        lambda: store.get(name),
        lambda: list(store.names()),
        lambda: store.adopt(name, picture().data, None),
        store.check,
    ]
    for attempt in attempts:
        with pytest.raises(StorageUnavailable):
            attempt()


def test_what_is_not_a_picture_is_in_no_list(store, place):
    name = store.put(picture())
    shelf = place / name[:2]
    for strange in (
        place / "README.txt",
        place / "ff",
        shelf / f".{name}.tmp",
        shelf / "notes.png",
    ):
        strange.write_text("strange")
    (place / "00").mkdir(exist_ok=True)
    (place / "00" / ("00" + "a" * 38 + ".png")).mkdir()
    (place / "00" / ("11" + "a" * 38 + ".png")).write_text("on the wrong shelf")
    (place / "中文").mkdir()
    assert list(store.names()) == [name]


def test_who_died_between_the_origin_and_the_picture_left_nothing_half(store, place):
    name = store.put(picture())
    (place / name[:2] / name).unlink()
    assert list(store.names()) == []
    assert store.put(Picture(picture().data, "image/png", "new words", FAKED)) == name
    assert store.origin(name).prompt == "new words"
