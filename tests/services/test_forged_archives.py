"""Archives as somebody else might make them: what is refused leaves everything as it was."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from contextlib import closing

import orjson
import pytest

from src.spark.errors import (
    ArchiveTooLarge,
    InvalidArchive,
)
from src.spark.models import Usage
from src.spark.pictures import picture_name
from src.spark.project_file import document_of
from src.spark.services.archive_reader import ArchiveReader, Bounds

from ..samples import FAKED, a_project
from .places import (
    NOBODY,
    PNG,
    WIDE,
    Place,
    created,
    manifest_of,
    peak_of,
)


class Forgery:
    """An archive as somebody else might make it: files, and a manifest that lists them."""

    def __init__(self, data=None):
        self.files, self.lines = {}, [{"format": "spark-projects", "version": 1}]
        if data:
            archive = zipfile.ZipFile(io.BytesIO(data))
            names = [n for n in archive.namelist() if n != "manifest.jsonl"]
            self.files = {name: archive.read(name) for name in names}
            self.lines = manifest_of(data)

    def add(self, path, data, **line):
        self.files[path] = data
        digest = hashlib.sha256(data).hexdigest()
        self.lines.append({"path": path, "size": len(data), "sha256": digest, **line})
        return self

    def add_project(self, document, **files):
        folder = f"projects/{document['project_id']}"
        self.add(f"{folder}/project.json", orjson.dumps(document))
        for name, data in files.items():
            self.add(f"{folder}/{name}", data)
        return self

    def change(self, ending, data):
        """Other bytes for a file, which the manifest knows nothing of."""
        name = next(n for n in self.files if n.endswith(ending))
        self.files[name] = data
        return self

    def rewrite(self, ending, data):
        """Other bytes for a file, and the manifest says so."""
        self.change(ending, data)
        line = next(line for line in self.lines if line.get("path", "").endswith(ending))
        line |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        return self

    def packed(self, compression=zipfile.ZIP_DEFLATED):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", compression) as archive:
            for name, data in self.files.items():
                archive.writestr(name, data)
            archive.writestr("manifest.jsonl", b"\n".join(map(orjson.dumps, self.lines)))
        return held.getvalue()


def a_document(**fields):
    return {**document_of(a_project(1)), "portraits": {}, **fields}


DOCUMENT = a_document()


def link(data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        entry = zipfile.ZipInfo("images/link.png")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("manifest.jsonl", b'{"format":"spark-projects","version":1}')
    return held.getvalue()


def encrypted(data):
    """The flag alone: whoever reads it has to ask for a password."""
    patched, place = bytearray(Forgery(data).packed()), 0
    while (place := patched.find(b"PK\1\2", place)) >= 0:
        patched[place + 8] |= 1
        place += 4
    return bytes(patched)


def twice(data):
    forged = Forgery(data)
    held = io.BytesIO(forged.packed())
    with zipfile.ZipFile(held, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(next(iter(forged.files)), b"{}")
    return held.getvalue()


def overlapping(data):
    """Two entries of the directory that lead to the same bytes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"x" * 1000)
        archive.writestr("b.txt", b"x" * 1000)
        archive.writestr("manifest.jsonl", b'{"format":"spark-projects","version":1}')
        archive.filelist[1].header_offset = 0
    return held.getvalue()


def bomb(data):
    return Forgery(data).add("bomb.txt", bytes(200_000_000)).packed()


def lying_bomb(data):
    """A file that says it is small and unpacks to much."""
    packed = bytearray(Forgery(data).add("bomb.txt", bytes(30_000_000)).packed())
    size = struct.pack("<L", 30_000_000)
    for place in range(len(packed) - 4):
        if packed[place : place + 4] == size:
            packed[place : place + 4] = struct.pack("<L", 1000)
    return bytes(packed)


def many_entries(data):
    forged = Forgery(data)
    for number in range(10_000):
        forged.add(f"more/{number}.txt", b"")
    return forged.packed(zipfile.ZIP_STORED)


def false_count(data):
    """A directory of 10,000 entries whose end says that there are three."""
    packed = bytearray(many_entries(data))
    end = packed.rfind(b"PK\5\6")
    packed[end + 8 : end + 12] = struct.pack("<HH", 3, 3)
    return bytes(packed)


def media_of(data):
    return next(n for n in zipfile.ZipFile(io.BytesIO(data)).namelist() if "/media/" in n)


FORGED = {
    "cut off in the middle": (lambda d: d[: len(d) // 2], "whole ZIP"),
    "cut off before its end": (lambda d: d[:-30], "whole ZIP"),
    "no more than its beginning": (lambda d: d[:2], "whole ZIP"),
    "a byte is another": (lambda d: d.replace(b"\xff\xd8\xff", b"\xff\xd8\xfe", 1), "ZIP"),
    "no archive": (lambda d: b"PK is what it begins with", "whole ZIP"),
    "a path that climbs out": (
        lambda d: Forgery(d).add("../../etc/cron.d/x", b"x").packed(),
        "may have this path",
    ),
    "a path that climbs out of a project": (
        lambda d: Forgery(d).add(f"projects/{NOBODY}/media/../../x.png", b"x").packed(),
        "may have this path",
    ),
    "a path from the root": (lambda d: Forgery(d).add("/etc/passwd", b"x").packed(), "path"),
    "a path of another system": (lambda d: Forgery(d).add("..\\x", b"x").packed(), "path"),
    "a drive": (lambda d: Forgery(d).add("C:/x", b"x").packed(), "path"),
    "another file in a project": (
        lambda d: Forgery(d).add(f"projects/{NOBODY}/run.sh", b"x").packed(),
        "may have this path",
    ),
    "a link": (link, "links"),
    "encryption": (encrypted, "Encryption"),
    "an unusual compression": (lambda d: Forgery(d).packed(zipfile.ZIP_LZMA), "compression"),
    "a path twice": (twice, "twice"),
    "overlapping files": (overlapping, ""),
    "a bomb": (bomb, "unpacks to"),
    "a bomb that lies": (lying_bomb, ""),
    "10,000 entries": (many_entries, "1,000 entries"),
    "10,000 entries behind a false count": (false_count, "1,000 entries"),
    "a wrong hash": (
        lambda d: Forgery(d).change("project.json", b"{}").packed(),
        "not what the manifest says",
    ),
    "a picture that is another": (
        lambda d: Forgery(d).change(media_of(d), PNG + b"x" * 1000).packed(),
        "not what the manifest says",
    ),
    "a picture by a false name": (
        lambda d: Forgery(d).rewrite(media_of(d), PNG + b"x").packed(),
        "no picture of that name",
    ),
    "a page that is called a picture": (
        lambda d: (
            Forgery()
            .add_project(
                a_document(), **{f"media/{picture_name(b'<html>', 'image/png')}": b"<html>"}
            )
            .packed()
        ),
        "no picture of that name",
    ),
    "a file nobody listed": (lambda d: _unlisted(d), "not listed"),
    "a file that is missing": (lambda d: _missing(d), "not there"),
    "no manifest": (lambda d: _without_manifest(d), "no manifest"),
    "another kind of archive": (
        lambda d: _with_header(d, {"format": "photos", "version": 1}),
        "no archive of projects",
    ),
    "an archive of later days": (
        lambda d: _with_header(d, {"format": "spark-projects", "version": 2}),
        "later version",
    ),
    "a manifest that is none": (lambda d: _with_header(d, ["x"]), "cannot be read"),
    "a project of later days": (
        lambda d: Forgery().add_project(a_document(schema_version=99)).packed(),
        "later version",
    ),
    "a project without a story": (
        lambda d: Forgery().add_project(a_document(story_outline=None)).packed(),
        "cannot be used",
    ),
    "a project that is no JSON": (
        lambda d: Forgery(d).rewrite("project.json", b"{").packed(),
        "JSON",
    ),
    "another project's folder": (
        lambda d: Forgery(d).rewrite("project.json", orjson.dumps(a_document())).packed(),
        "not its folder's",
    ),
    "a version beyond all": (
        lambda d: Forgery().add_project(a_document(version=10**15)).packed(),
        "out of range",
    ),
    "a date before all": (
        lambda d: (
            Forgery().add_project(a_document(created_at="0001-01-01T00:00:00+14:00")).packed()
        ),
        "out of range",
    ),
    "two characters of one name": (
        lambda d: (
            Forgery()
            .add_project(a_document(character_profiles=[{"name": "甲"}, {"name": "甲"}]))
            .packed()
        ),
        "already named",
    ),
    "revisions out of order": (
        lambda d: (
            Forgery()
            .add_project({**DOCUMENT, "version": 3}, **{"revisions.jsonl": _lines(2, 1)})
            .packed()
        ),
        "follow each other",
    ),
    "a revision newer than the project": (
        lambda d: (
            Forgery()
            .add_project({**DOCUMENT, "version": 3}, **{"revisions.jsonl": _lines(3)})
            .packed()
        ),
        "follow each other",
    ),
    "a project twice": (lambda d: _twice_listed(d), ""),
    "one large file again and again": (
        lambda d: _listed_again(Forgery().add("a.txt", bytes(1_000_000)), 900),
        "listed twice",
    ),
    "a project's file again and again": (
        lambda d: _listed_again(Forgery().add_project(a_document()), 900),
        "listed twice",
    ),
    "a file listed twice, another never": (
        lambda d: _listed_again(Forgery().add("b.txt", b"b").add("a.txt", b"a"), 1, leave=1),
        "listed twice",
    ),
    "more damaged projects than files may be": (
        lambda d: _with_lines([{"project_id": NOBODY, "error": "damaged"}] * 1001),
        "1,000 entries",
    ),
    "a damaged project whose id is a page": (
        lambda d: _with_lines([{"project_id": "<script>", "error": "damaged"}]),
        "cannot be read",
    ),
    "a directory behind a comment and a false end": (
        lambda d: _behind_a_false_end(70_000),
        "1,000 entries",
    ),
    "a million parts": (
        lambda d: Forgery().add_project(a_document(conversation=[0] * 1_000_000)).packed(),
        "250,000 entries",
    ),
    "a portrait that is a script": (
        lambda d: _with_portraits({"version": 1, "image_url": "javascript:alert(1)"}),
        "no history of pictures",
    ),
    "portraits beyond all numbers": (
        lambda d: _with_portraits({"version": 2**64 - 1, "image_url": "/a.png"}),
        "no history of pictures",
    ),
    "portraits of one number": (
        lambda d: _with_portraits(*[{"version": 1, "image_url": "/a.png"}] * 2),
        "no history of pictures",
    ),
    "more tokens than JSON can count": (
        lambda d: _with_usage(tokens_in=2**64 - 1),
        "cannot be used",
    ),
    "fewer attempts than none": (lambda d: _with_usage(attempts=-1), "cannot be used"),
    "more seconds than there were": (lambda d: _with_usage(seconds=1e308), "number"),
}


def _listed_again(forged, times, leave=0):
    forged.lines += forged.lines[-1:] * times
    del forged.lines[1 : 1 + leave]
    return forged.packed()


def _with_lines(lines):
    forged = Forgery()
    forged.lines += lines
    return forged.packed()


def _with_portraits(*versions):
    return Forgery().add_project(a_document(portraits={"甲": list(versions)})).packed()


def _with_usage(**spent):
    entry = {**Usage.of("cast", FAKED).model_dump(), **spent}
    return Forgery().add_project(a_document(usage=[entry])).packed()


def _behind_a_false_end(count):
    """The records of an archive that is too large for the old ones, which tell of three files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(count):
            archive.writestr(str(number), b"")
    packed = bytearray(held.getvalue())
    end, comment = packed.rfind(b"PK\5\6"), 65535
    packed[end + 8 : end + 22] = struct.pack("<HHLLH", 3, 3, 100, 0, comment)
    return bytes(packed) + bytes(comment)


def _lines(*versions):
    return b"\n".join(orjson.dumps({**DOCUMENT, "version": version}) for version in versions)


def _unlisted(data):
    forged = Forgery(data)
    forged.files["more.txt"] = b"x"
    return forged.packed()


def _missing(data):
    forged = Forgery(data)
    del forged.files[media_of(data)]
    return forged.packed()


def _without_manifest(data):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in Forgery(data).files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _with_header(data, header):
    forged = Forgery(data)
    forged.lines[0] = header
    return forged.packed()


def _twice_listed(data):
    forged = Forgery(data)
    forged.lines += [{"path": "a.txt", "size": 1, "sha256": hashlib.sha256(b"a").hexdigest()}]
    forged.files["a.txt"] = b"a"
    forged.lines += forged.lines[1:2]
    return forged.packed()


@pytest.mark.parametrize(("forge", "words"), FORGED.values(), ids=list(FORGED))
def test_what_is_not_as_it_should_be_is_refused_and_changes_nothing(here, there, forge, words):
    created(here)
    kept = created(there, 5)
    forged = forge(here.archive())
    before = there.files()
    with pytest.raises(InvalidArchive) as refusal:
        there.take(forged, "replace")
    assert there.files() == before
    assert list(there.store.ids()) == [kept.project_id]
    told = [problem.en for problem in refusal.value.problems]
    assert any(words in text for text in told), told
    assert all(problem.zh for problem in refusal.value.problems)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b"", ""),
        (b"[]", ""),
        (b"null", ""),
        (b'{"data": {"project_name": "x"}}', "user_idea"),
        (b'{"a":' * 2000, ""),
        ("{}".encode("utf-16"), ""),
    ],
    ids=ascii,
)
def test_json_that_is_no_project_is_refused(there, data, field):
    with pytest.raises(InvalidArchive) as refusal:
        there.take(data)
    assert field in [problem.field for problem in refusal.value.problems]
    assert list(there.store.ids()) == []


def test_more_than_the_bounds_is_too_large_and_exactly_so_much_is_not(here, there):
    created(here)
    data = here.archive()
    archive = zipfile.ZipFile(io.BytesIO(data))
    files, size = len(archive.namelist()) - 1, sum(e.file_size for e in archive.infolist())
    for bounds in (Bounds(files=files - 1), Bounds(unpacked=size - 1)):
        with pytest.raises(ArchiveTooLarge):
            there.take(data, bounds=bounds)
    assert there.take(data, bounds=Bounds(files, size)).count("imported") == 1


def test_a_directory_beyond_the_bounds_is_not_even_read():
    forged = _behind_a_false_end(70_000)

    def look():
        with pytest.raises(ArchiveTooLarge):
            ArchiveReader(io.BytesIO(forged), WIDE)

    assert peak_of(look) < 2_000_000


@pytest.mark.parametrize("field", ["conversation", "usage", "portraits"])
def test_what_is_wrong_everywhere_is_told_once(there, field):
    wrong = [{}] * 80_000
    document = a_document(**{field: {"甲": wrong} if field == "portraits" else wrong})
    forged = Forgery().add_project(document).packed()

    def take():
        with pytest.raises(InvalidArchive, match="invalid_archive") as refusal:
            there.take(forged)
        assert 0 < len(refusal.value.problems) <= 20

    assert peak_of(take) < 30_000_000


def test_an_archive_does_not_say_how_a_picture_that_is_here_was_made(here, there):
    created(here)
    forged = Forgery(here.archive())
    for line in forged.lines:
        if "origin" in line:
            line["origin"]["prompt"] = "something else"
    (name, *_) = here.media.names()
    there.media.adopt(name, here.media.get(name)[0], here.media.origin(name))
    there.take(forged.packed())
    assert there.media.origin(name) == here.media.origin(name)
    assert {there.media.origin(n).prompt for n in there.media.names()} == {
        "something else",
        "一幅画像 · a portrait",
    }


# --- what it costs ---


def test_memory_does_not_grow_with_the_number_of_files(here):
    peaks = {}
    for count in (300, 1200):
        forged = Forgery()
        for number in range(count):
            forged.add(f"{'n' * 200}{number}.txt", b"")
        packed = io.BytesIO(forged.packed())

        def look(packed=packed):
            with closing(ArchiveReader(packed, Bounds())) as archive:
                assert archive.check(lambda count: None) == 0

        peaks[count] = peak_of(look)
    assert peaks[1200] < peaks[300] + 100_000


def test_memory_does_not_grow_with_the_past_of_a_project(tmp_path):
    peaks, document = {}, document_of(a_project(1))
    talk = [{"role": "user", "content": "想"}] * 300
    for count in (2, 15):
        there = Place.at(tmp_path / f"{count}")
        past = (
            orjson.dumps({**document, "conversation": talk, "version": version})
            for version in range(1, count + 1)
        )
        forged = Forgery().add_project(
            {**document, "version": 40}, **{"revisions.jsonl": b"\n".join(past)}
        )
        packed = forged.packed()

        def take(packed=packed, there=there):
            for existing in ("skip", "copy"):
                assert there.take(packed, existing).count("imported", "copied") == 1

        peaks[count] = peak_of(take)
        revisions = there.store.dossier(document["project_id"]).revisions
        assert [len(r.conversation) for r in revisions] == [300] * count
    assert peaks[15] < peaks[2] + 500_000
