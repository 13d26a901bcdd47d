"""`run_api.py copy-store`, as an operator calls it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from src.spark.adapters.files.media import FileMediaStore
from src.spark.adapters.files.projects import FileProjectStore
from src.spark.adapters.postgres.schema import migrate
from src.spark.commands import copying
from src.spark.pictures import Picture
from src.spark.ports import Dossier

from .ports.buckets import make_bucket
from .samples import BEGINNING, FAKED, STORAGE_KEYS, a_project
from .servers import free_port, postgres_server, s3_server

REPOSITORY = Path(__file__).parents[1]
PASSWORD = "never-to-be-seen-5d02"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Commands run in a folder of their own, where no `.env` of a developer lies."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    """A PostgreSQL with nothing in it; where it is reached."""
    with postgres_server(tmp_path_factory.mktemp("postgres")) as (url, _):
        migrate(url, lambda name: None)
        yield url.replace("postgres@", f"postgres:{PASSWORD}@")


def command(*arguments):
    return [
        sys.executable,
        "-B",
        str(REPOSITORY / "run_api.py"),
        "copy-store",
        *map(str, arguments),
    ]


def environment(**variables):
    return {"PATH": os.environ["PATH"], **STORAGE_KEYS, **variables}


def copy_store(*arguments, **variables):
    """What the command said and how it ended; no password is in it."""
    result = subprocess.run(
        command(*arguments),
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert PASSWORD not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result


def stopped(number, after, *arguments, **variables):
    """How the command ended and what it said, sent a signal when so many projects were done."""
    with subprocess.Popen(
        command(*arguments), env=environment(**variables), stderr=subprocess.PIPE, text=True
    ) as process:
        said = ""
        while piece := process.stderr.read(1):
            said += piece
            shown = re.findall(r"projects: .*?(\d+)/\d+ \[", said)
            if shown and int(shown[-1]) >= after:
                process.send_signal(number)
                said += process.stderr.read()
        return process.wait(60), said


def a_dossier(number, versions, in_trash=False):
    stages = [
        a_project(
            number,
            project_name=f"第{number}部 {version}",
            version=version,
            updated_at=BEGINNING + timedelta(days=version, microseconds=123_456),
        )
        for version in range(1, versions + 1)
    ]
    stages = [stage.model_copy(update={"project_id": stages[0].project_id}) for stage in stages]
    when = stages[-1].updated_at + timedelta(days=365 * 50, microseconds=1) if in_trash else None
    return Dossier(stages[-1], stages[:-1], when)


def filled(folder, projects=6, pictures=4):
    """A data directory with projects of all kinds, and pictures."""
    store, media = FileProjectStore(folder), FileMediaStore(folder / "media")
    for number in range(projects):
        store.adopt(a_dossier(number, versions=1 + number % 4))
    for number in range(projects // 5 + 1):
        store.adopt(a_dossier(1000 + number, versions=2))
        store.discard(newest(store))
    for number in range(pictures):
        media.put(Picture(b"%d" % number * 1000, "image/png", f"提示 {number}", FAKED))
    return folder


def newest(store):
    return store.browse(1, 1, None, "-created_at").items[0].project_id


def kept_in(folder):
    """Every file that is kept, byte for byte."""
    folders = [*folder.glob("projects/??"), *folder.glob("trash/??"), *folder.glob("media/??")]
    files = [path for shelf in folders for path in shelf.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_data_directory_is_copied_byte_for_byte_with_a_bar_and_a_summary(tmp_path):
    source, target = filled(tmp_path / "source"), tmp_path / "target"
    result = copy_store(source, target)
    assert result.returncode == 0, result.stderr
    assert kept_in(target) == kept_in(source)
    assert len(kept_in(source)) > 20
    assert "100%" in result.stderr
    assert "项目 · projects: 已复制 · copied 8, 已有 · there 0" in result.stdout
    assert "图片 · pictures: 已复制 · copied 4, 已有 · there 0" in result.stdout
    again = copy_store(source, target)
    assert again.returncode == 0
    assert "copied 0, 已有 · there 8" in again.stdout
    assert "copied 0, 已有 · there 4" in again.stdout


def test_what_was_killed_again_and_again_ends_with_both_equal_by_way_of_postgresql(
    tmp_path, database
):
    source, target = filled(tmp_path / "source", 120, 20), tmp_path / "target"
    pictures = f"{tmp_path}/shared"
    kills = 0
    for way in [
        (source, "database", "--media-to", pictures),
        ("database", target, "--media-from", pictures),
    ]:
        for after in (1, 60):
            ended, said = stopped(signal.SIGKILL, after, *way, DATABASE_URL=database)
            assert ended in (0, -signal.SIGKILL), said
            assert PASSWORD not in said
            kills += ended != 0
        assert copy_store(*way, DATABASE_URL=database).returncode == 0
        again = copy_store(*way, DATABASE_URL=database)
        assert "copied 0, 已有 · there 145" in again.stdout
    assert kills >= 2
    assert kept_in(target) == kept_in(source)
    store, copied = FileProjectStore(source), FileProjectStore(target)
    assert [copied.dossier(i) for i in copied.ids()] == [store.dossier(i) for i in store.ids()]
    assert copied.trash(1, 100) == store.trash(1, 100)


def test_whoever_interrupts_it_is_told_how_to_go_on(tmp_path):
    source, target = filled(tmp_path / "source", 300), tmp_path / "target"
    ended, said = stopped(signal.SIGINT, 0, source, target)
    assert ended == 1
    assert "再次运行会从中断处继续 · run it again to go on" in said
    assert "Traceback" not in said
    assert copy_store(source, target).returncode == 0
    assert kept_in(target) == kept_in(source)


def test_pictures_go_into_storage_and_come_back(tmp_path):
    source, target = filled(tmp_path / "source"), tmp_path / "target"
    with s3_server(tmp_path) as (endpoint, _):
        make_bucket(endpoint)
        bucket = f"s3://spark-tests/pictures?endpoint_url={endpoint}"
        assert copy_store(source, source, "--media-to", bucket).returncode == 0
        assert copy_store(source, target, "--media-from", bucket).returncode == 0
    assert kept_in(target) == kept_in(source)


def test_what_was_changed_on_both_sides_is_named_and_left_until_it_is_wanted(tmp_path):
    source, target = filled(tmp_path / "source"), tmp_path / "target"
    copy_store(source, target)
    other = FileProjectStore(target)
    project_id = newest(other)
    other.update(project_id, lambda p: p.model_copy(update={"project_name": "别的"}))
    result = copy_store(source, target)
    assert result.returncode == 1
    assert f"冲突 · conflict: {project_id}" in result.stdout
    assert other.get(project_id).project_name == "别的"
    assert copy_store(source, target, "--overwrite").returncode == 0
    assert kept_in(target) == kept_in(source)


def test_what_is_damaged_is_named_and_the_rest_is_copied(tmp_path):
    source, target = filled(tmp_path / "source"), tmp_path / "target"
    project_id = newest(FileProjectStore(source))
    (broken,) = source.glob(f"projects/*/{project_id}/project.json")
    broken.write_bytes(broken.read_bytes()[:50])
    picture = next(source.glob("media/??/*.png"))
    picture.write_bytes(b"half")
    result = copy_store(source, target)
    assert result.returncode == 1
    assert f"损坏 · damaged: {project_id}" in result.stdout
    assert f"损坏 · damaged: {picture.name}" in result.stdout
    assert "copied 7" in result.stdout
    assert "copied 3" in result.stdout


def test_a_database_that_is_away_is_said(tmp_path):
    away = f"postgresql://spark:{PASSWORD}@127.0.0.1:{free_port()}/spark"
    source = filled(tmp_path / "source", 1)
    for result in (
        copy_store(source, away, "--media-to", tmp_path / "m"),
        copy_store(away, tmp_path / "target", "--media-from", source / "media"),
    ):
        assert result.returncode == 2
        assert "存储暂时不可用" in result.stderr
        assert "Storage is unavailable" in result.stderr


def test_storage_that_is_away_is_said(tmp_path):
    bucket = f"s3://spark-tests/pictures?endpoint_url=http://127.0.0.1:{free_port()}"
    result = copy_store(filled(tmp_path / "source"), tmp_path / "target", "--media-to", bucket)
    assert result.returncode == 2
    assert "Storage is unavailable" in result.stderr


WRONG = {
    "nothing": [],
    "one side": ["data"],
    "three sides": ["data", f"postgresql://spark:{PASSWORD}@db/spark", "more"],
    "nowhere": ["nowhere", "target"],
    "itself": ["data", "./data"],
    "another database": ["data", f"mysql://spark:{PASSWORD}@db/spark"],
    "a password with a slash": ["data", f"postgresql://spark:x/{PASSWORD}@db/spark"],
    "a password with a hash": ["data", f"postgresql://spark:x#{PASSWORD}@db/spark"],
    "a password with a bare percent": ["data", f"postgresql://spark:{PASSWORD}%z@db/spark"],
    "no DATABASE_URL": ["data", "database"],
    "another option": ["data", "target", f"--to=postgresql://spark:{PASSWORD}@db/spark"],
    "a key in an address": ["data", "target", "--media-to", f"s3://KEY:{PASSWORD}@bucket"],
    "no such storage": ["data", "target", "--media-from", f"ftp://me:{PASSWORD}@host/"],
    "no such environment": ["data", "target", "--config", "staging"],
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_meant_is_refused_without_repeating_a_password(tmp_path, capsys, case):
    (tmp_path / "data").mkdir()
    try:
        code = copying.main(["copy-store", *WRONG[case]])
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr()
    assert code == 2
    assert said.err
    assert PASSWORD not in said.out + said.err
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_the_help_tells_of_both_sides(capsys):
    with pytest.raises(SystemExit) as ended:
        copying.main(["copy-store", "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for word in ("FROM", "TO", "DATABASE_URL", "--media-from", "--media-to", "--overwrite"):
        assert word in said
