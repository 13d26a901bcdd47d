"""`run_api.py reindex`, as an operator calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from src.spark.adapters.files.projects import FileProjectStore

from .samples import a_project

REPOSITORY = Path(__file__).parents[1]


def reindex(folder, *options):
    return subprocess.run(
        [sys.executable, "-B", str(REPOSITORY / "run_api.py"), "reindex", *options],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "SPARK_DATA_DIR": str(folder / "data")},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("options", [(), ("--config", "production")])
def test_the_index_is_built_anew_beside_a_server_with_a_bar_and_a_count(tmp_path, options):
    store = FileProjectStore(tmp_path / "data")
    for number in range(5):
        store.create(a_project(number, project_name=f"第{number}部"))
    before = (tmp_path / "data" / "index.sqlite").readlink()
    result = reindex(tmp_path, *options)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "索引已重建：5 个项目 · index built: 5 projects\n"
    assert "100%" in result.stderr
    assert (tmp_path / "data" / "index.sqlite").readlink() != before
    assert store.search("第3部", 1, 10).total == 1
    assert store.browse(1, 10, None, "name").total == 5


def test_a_folder_that_cannot_be_used_is_said_in_both_languages(tmp_path):
    (tmp_path / "data").write_text("in the way")
    result = reindex(tmp_path)
    assert result.returncode == 1
    assert "存储暂时不可用" in result.stderr
    assert "Storage is unavailable" in result.stderr
    assert "Traceback" not in result.stderr
