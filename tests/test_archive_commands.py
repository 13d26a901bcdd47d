"""`run_api.py export` and `run_api.py import`, as an operator calls them."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.pictures import Picture
from src.spark.services.portraits import image_url

from .samples import FAKED, STORAGE_KEYS, a_project

REPOSITORY = Path(__file__).parents[1]
NOBODY = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"


@pytest.fixture
def source(tmp_path):
    """A data directory with three projects; their ids."""
    store, media = FileProjectStore(tmp_path / "source"), FileMediaStore(tmp_path / "source/media")
    ids = []
    for number in range(3):
        picture = Picture(b"\x89PNG\r\n\x1a\n" + os.urandom(2000), "image/png", "画像", FAKED)
        profiles = [{"name": "甲", "image_url": image_url(media.put(picture))}]
        project = a_project(number, project_name=f"项目 {number}", character_profiles=profiles)
        store.create(project)
        store.update(project.project_id, lambda p: p.model_copy(update={"status": "in_production"}))
        ids.append(project.project_id)
    return ids


@pytest.fixture
def run(tmp_path):
    """Call the command with a data directory of `tmp_path`, in a folder of its own."""

    def call(data, *arguments):
        result = subprocess.run(
            [sys.executable, "-B", str(REPOSITORY / "run_api.py"), *map(str, arguments)],
            env={
                "PATH": os.environ["PATH"],
                **STORAGE_KEYS,
                "SPARK_DATA_DIR": str(tmp_path / data),
                "LOG_FILE": "",
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert "Traceback" not in result.stderr
        return result

    return call


def everything(folder):
    store, media = FileProjectStore(folder), FileMediaStore(folder / "media")
    projects = {i: store.dossier(i) for i in store.ids()}
    return projects, {name: (media.get(name), media.origin(name)) for name in media.names()}


def test_everything_goes_out_and_comes_in_elsewhere_with_a_bar(run, source, tmp_path):
    out = run("source", "export", "all.zip")
    assert out.returncode == 0, out.stderr
    assert re.search(r"export: 100%.*3/3", out.stderr)
    assert "all.zip" in out.stdout
    back = run("target", "import", "all.zip")
    assert back.returncode == 0, back.stderr
    assert re.search(r"check: 3", back.stderr)
    assert re.search(r"import: 100%.*3/3", back.stderr)
    assert "imported 3" in back.stdout
    assert everything(tmp_path / "target") == everything(tmp_path / "source")
    again = run("target", "import", "all.zip")
    assert (again.returncode, again.stdout.strip()) == (0, "已跳过 · skipped 3")
    copies = run("target", "import", "all.zip", "--existing", "copy")
    assert "copied 3" in copies.stdout
    assert len(everything(tmp_path / "target")[0]) == 6


def test_some_projects_go_into_a_file_named_after_the_day(run, source, tmp_path):
    assert run("source", "export", "--ids", *source[:2]).returncode == 0
    (file,) = tmp_path.glob("spark-projects-????-??-??.zip")
    names = zipfile.ZipFile(file).namelist()
    assert {name.split("/")[1] for name in names if "/" in name} == set(source[:2])


def test_a_file_that_is_there_is_not_overwritten_unless_forced(run, source, tmp_path):
    (tmp_path / "all.zip").write_bytes(b"mine")
    refused = run("source", "export", "all.zip")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert (tmp_path / "all.zip").read_bytes() == b"mine"
    assert run("source", "export", "all.zip", "--force").returncode == 0
    assert zipfile.is_zipfile(tmp_path / "all.zip")
    assert list(tmp_path.glob(".all.zip*")) == []


def test_a_folder_is_no_file_to_write(run, source, tmp_path):
    (tmp_path / "mine").mkdir()
    result = run("source", "export", "mine", "--force")
    assert result.returncode == 2
    assert result.stderr.endswith("spark: mine: Is a directory\n")
    assert "1/3" not in result.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "source"]


def test_a_full_disk_leaves_no_file_and_is_told(run, source, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, before[1]))
    try:
        result = run("source", "export", "all.zip")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert result.returncode == 1
    assert "all.zip: File too large" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["source"]


def test_one_project_becomes_a_document_named_after_it(run, source, tmp_path):
    assert run("source", "export", "--ids", source[1], "--format", "md").returncode == 0
    assert "# 寂静频率" in (tmp_path / "项目 1.md").read_text("utf-8")
    several = run("source", "export", "--ids", *source, "--format", "md")
    assert several.returncode == 2


def test_a_project_that_is_not_there_leaves_no_file(run, source, tmp_path):
    result = run("source", "export", "all.zip", "--ids", source[0], NOBODY)
    assert result.returncode == 1
    assert "没有找到这个项目" in result.stderr
    assert "There is no such project" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["source"]


def test_a_broken_archive_is_refused_with_its_reason(run, source, tmp_path):
    assert run("source", "export", "all.zip").returncode == 0
    (tmp_path / "all.zip").write_bytes((tmp_path / "all.zip").read_bytes()[:-50])
    result = run("target", "import", "all.zip")
    assert result.returncode == 1
    assert "没有任何改动" in result.stderr
    assert "not a whole ZIP file" in result.stderr
    assert everything(tmp_path / "target") == ({}, {})


@pytest.mark.parametrize(
    "arguments", [("import",), ("import", "nowhere.zip"), ("export", "--format", "exe")]
)
def test_bad_arguments_end_with_2(run, arguments):
    assert run("target", *arguments).returncode == 2
