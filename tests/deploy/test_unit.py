"""The unit of systemd: it is read without a complaint, and leaves the service few ways to harm."""

from __future__ import annotations

import os
import re
import socket
import struct
import subprocess
import sys

import pytest

from src.spark.api.config import Config

from ..servers import REPOSITORY, free_port, program, running

UNIT = REPOSITORY / "deploy" / "spark.service"
EXAMPLE = REPOSITORY / "deploy" / "spark.env.example"
STANDARD = ("sysinit", "basic", "shutdown", "network-online", "multi-user")


def analyze(folder, *arguments):
    """systemd-analyze as a user, so that it needs neither rights nor systemd running."""
    units = folder / "units"
    units.mkdir(exist_ok=True)
    for name in STANDARD:
        (units / f"{name}.target").write_text(f"[Unit]\nDescription={name}\n")
    text = UNIT.read_text(encoding="utf-8")
    # Where it is installed there is such a Python and such a kill.
    there = re.sub(r"/opt/spark/\.venv/bin/python|/bin/kill", sys.executable, text)
    (units / UNIT.name).write_text(there, encoding="utf-8")
    env = {"SYSTEMD_UNIT_PATH": str(units), "XDG_RUNTIME_DIR": str(folder), "PATH": os.defpath}
    return subprocess.run(
        [program("systemd-analyze"), "--user", *arguments, str(units / UNIT.name)],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_systemd_has_nothing_to_say_against_it(tmp_path):
    found = analyze(tmp_path, "verify")
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_it_exposes_little(tmp_path):
    found = analyze(tmp_path, "security", "--offline=true", "--no-pager")
    assert found.returncode == 0, found.stderr
    (exposure,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", found.stdout)
    assert float(exposure) < 2


def test_the_service_says_itself_when_it_listens(tmp_path):
    """`Type=notify`: the process that systemd started tells it, through every `exec`."""
    port = free_port()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(60)
        (line,) = re.findall(r"^ExecStart=\S+/python (.*)$", UNIT.read_text(), re.MULTILINE)
        env = {
            **os.environ,
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "SECRET_KEY": "a-secret-of-this-test-alone",
            "SPARK_DATA_DIR": str(tmp_path / "data"),
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }
        command = ["env", "--chdir", str(REPOSITORY), sys.executable, *line.split()]
        with running(command, port, tmp_path / "log", env) as service:
            said, credentials, *_ = systemd.recvmsg(4096, 1024)
            assert b"READY=1" in said.split()
            pid = struct.unpack("3i", credentials[0][2][:12])[0]
            assert pid == service.pid


@pytest.fixture
def example():
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(
        line.lstrip("# ").split("=", 1) for line in lines if re.match(r"(# )?[A-Z_]+=", line)
    )


def test_the_example_names_settings_there_are(example):
    assert set(example) <= set(Config.model_fields) | {"WEB_CONCURRENCY"}
    assert example["SECRET_KEY"] == ""


def test_its_settings_are_read_from_a_file_of_root_s_alone():
    text = UNIT.read_text(encoding="utf-8")
    assert "EnvironmentFile=/etc/spark.env" in text
    assert re.search("mode 600", text)
    secrets = re.findall(r"^Environment=.*(?:KEY|PASSWORD|SECRET)", text, re.MULTILINE)
    assert secrets == []
