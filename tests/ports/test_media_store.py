"""What every `MediaStore` keeps to."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from src.spark.errors import NotFound, PictureDamaged
from src.spark.models import Origin
from src.spark.pictures import Picture, picture_name

from ..samples import FAKED
from .processes import acknowledged_before_kills
from .stores import MEDIA_STORES

IMPOSSIBLE_NAMES = {
    "empty": "",
    "parent": "..",
    "path": "../../etc/passwd",
    "path with ending": "../aaaa.png",
    "nul": "\0.png",
    "long": "a" * 300 + ".png",
    "upper case": "A" * 40 + ".png",
    "newline": "a" * 40 + ".png\n",
    "another ending": "a" * 40 + ".svg",
    "no ending": "a" * 40,
    "wide digits": "１" * 40 + ".png",
}


@pytest.fixture(scope="module", params=MEDIA_STORES)
def adapter(request):
    if request.param == "s3":
        request.getfixturevalue("storage")
    return request.param


@pytest.fixture
def place(tmp_path):
    return tmp_path / "media"


@pytest.fixture
def store(adapter, place):
    return MEDIA_STORES[adapter](place)


def picture(data=b"\x89PNG...", mime_type="image/png"):
    return Picture(data, mime_type, "a prompt", FAKED)


def large(number):
    return picture(f"picture {number} ".encode() * 10_000)


@pytest.mark.parametrize("mime_type", ["image/png", "image/jpeg", "image/webp"])
def test_a_picture_comes_back_byte_for_byte_with_its_type(store, adapter, place, mime_type):
    data = bytes(range(256)) * 100
    name = store.put(picture(data, mime_type))
    assert store.get(name) == (data, mime_type)
    assert MEDIA_STORES[adapter](place).get(name) == (data, mime_type)


def test_a_name_is_made_from_the_content_and_can_stand_in_an_address(store):
    first, again, another = (store.put(picture(d)) for d in (b"one", b"one", b"two"))
    assert first == again != another
    assert re.fullmatch(r"[a-z0-9]+\.png", first)
    assert store.get(first)[0] == b"one"
    assert store.get(another)[0] == b"two"


def test_the_same_picture_has_the_same_name_in_every_place(adapter, tmp_path):
    names = {MEDIA_STORES[adapter](tmp_path / p).put(picture(b"same")) for p in ("one", "two")}
    assert len(names) == 1


def test_an_unknown_name_is_not_found(store):
    name = store.put(picture())
    with pytest.raises(NotFound):
        store.get(("0" if name[0] != "0" else "1") + name[1:])


@pytest.mark.parametrize("name", IMPOSSIBLE_NAMES.values(), ids=IMPOSSIBLE_NAMES)
def test_names_that_could_never_exist_are_not_found(store, place, name):
    store.put(picture())
    (place.parent / "aaaa.png").write_bytes(b"not for everyone")
    with pytest.raises(NotFound):
        store.get(name)


def test_one_picture_put_by_many_threads_is_there_once_and_whole(store, in_threads):
    names = in_threads(8, lambda _: store.put(large(1)))
    assert len(set(names)) == 1
    assert store.get(names[0])[0] == large(1).data
    assert list(store.names()) == names[:1]


def put_in_a_process(number, adapter, place):
    store = MEDIA_STORES[adapter](Path(place))
    return [store.put(large(n)) for n in range(10)]


def test_processes_put_the_same_pictures_without_harm(store, adapter, place, in_processes):
    first, second, third = in_processes(put_in_a_process, adapter, str(place))
    assert first == second == third
    assert [store.get(name)[0] for name in first] == [large(n).data for n in range(10)]


def test_how_a_picture_came_to_be_is_kept_beside_it(store):
    origin = store.origin(store.put(picture()))
    assert (origin.prompt, origin.provenance) == ("a prompt", FAKED)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 40 + ".png", "a.png"])
def test_nothing_is_known_of_a_picture_that_is_not_there(store, name):
    assert store.origin(name) is None


def put_until_killed(adapter, place, run, acknowledge):
    store = MEDIA_STORES[adapter](Path(place))
    for number in range(run * 3, run * 3 + 3):
        acknowledge(f"{number} {store.put(large(number))}")


def test_a_killed_process_leaves_whole_pictures_or_none(adapter, place, tmp_path):
    said = acknowledged_before_kills(put_until_killed, adapter, str(place), 5, f"{os.sep}media.py")
    store, elsewhere = MEDIA_STORES[adapter](place), MEDIA_STORES[adapter](tmp_path / "elsewhere")
    acknowledged = dict(line.split() for line in said)
    assert len(acknowledged) > 24
    for number, name in acknowledged.items():
        assert store.get(name)[0] == large(number).data
        following = large(int(number) + 1)
        name = elsewhere.put(following)
        try:
            assert store.get(name)[0] == following.data
        except NotFound:
            assert store.put(following) == name
            assert store.get(name)[0] == following.data


# --- all of them, and from one place to another ---


def test_the_names_of_all_pictures_come_in_order(store, adapter, place):
    assert list(store.names()) == []
    kinds = ("image/png", "image/jpeg", "image/webp")
    names = {store.put(picture(b"%d" % n, kinds[n % 3])) for n in range(12)}
    assert list(store.names()) == sorted(names)
    assert list(MEDIA_STORES[adapter](place).names()) == sorted(names)


def test_pictures_of_one_place_are_not_in_another(adapter, tmp_path):
    one, two = (MEDIA_STORES[adapter](tmp_path / name) for name in ("one", "one more"))
    one.put(picture(b"one"))
    assert list(two.names()) == []


def test_pictures_may_come_while_the_names_are_told(store):
    before = {store.put(picture(b"%d" % n)) for n in range(5)}
    told = store.names()
    first = next(told)
    store.put(picture(b"another"))
    assert before <= {first, *told}


def test_an_adopted_picture_is_as_it_was_elsewhere(store, adapter, tmp_path):
    elsewhere = MEDIA_STORES[adapter](tmp_path / "elsewhere")
    name = elsewhere.put(picture(bytes(range(256)) * 100, "image/jpeg"))
    store.adopt(name, elsewhere.get(name)[0], elsewhere.origin(name))
    assert store.get(name) == elsewhere.get(name)
    assert store.origin(name) == elsewhere.origin(name) is not None
    assert list(store.names()) == [name]


def test_what_nobody_knows_the_origin_of_is_adopted_without(store):
    name = picture_name(b"found", "image/webp")
    store.adopt(name, b"found", None)
    assert store.get(name) == (b"found", "image/webp")
    assert store.origin(name) is None


def test_an_adopted_picture_takes_the_place_of_what_is_there(store):
    name = store.put(picture(b"same"))
    told = Origin(prompt="other words, 中文也行", provenance=FAKED)
    store.adopt(name, b"same", told)
    assert store.origin(name) == told
    store.adopt(name, b"same", None)
    assert store.get(name)[0] == b"same"
    assert store.origin(name) == told


@pytest.mark.parametrize("name", IMPOSSIBLE_NAMES.values(), ids=IMPOSSIBLE_NAMES)
def test_what_is_not_called_like_a_picture_is_not_adopted(store, name):
    with pytest.raises(PictureDamaged):
        store.adopt(name, b"content", None)
    assert list(store.names()) == []


def test_a_picture_that_is_not_what_its_name_says_is_not_adopted(store):
    name = store.put(picture(b"whole"))
    for content in (b"whol", b""):
        with pytest.raises(PictureDamaged):
            store.adopt(name, content, None)
    assert store.get(name)[0] == b"whole"


def test_a_place_that_can_be_used_is_well_before_and_after_its_first_picture(store):
    store.check()
    store.put(picture())
    store.check()
    assert len(list(store.names())) == 1
