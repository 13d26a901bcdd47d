"""Imports point down, foreign libraries stay where they belong, and importing opens nothing."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "src" / "spark"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
NOUNS = [
    "models",
    "defaults",
    "errors",
    "pictures",
    "language",
    "context",
    "screenplay",
    "renditions",
    "project_file",
    "ports",
]
"""What everyone may know; each of them only those before it."""

ALLOWED = {
    "models": [],
    "defaults": ["models"],
    "errors": ["models"],
    "pictures": ["models"],
    "language": ["models"],
    "context": [],
    "screenplay": ["models"],
    "renditions": ["models", "screenplay"],
    "project_file": ["models"],
    "ports": ["models", "errors", "pictures", "language", "screenplay", "renditions"],
    "search": ["models", "search"],
    "services": [*NOUNS, "services"],
    "adapters": [*NOUNS, "search"],
    "bootstrap": [*NOUNS, "services", "adapters", "bootstrap"],
    "api": [*NOUNS, "services", "bootstrap", "api"],
    "commands": [*NOUNS, "services", "bootstrap", "api", "commands"],
    "__init__": [],
}
"""Which rooms each room may import from; an adapter also from its own folder."""

FOREIGN = {
    "openai": ["adapters.openai"],
    "flask": ["api"],
    "flask_cors": ["api"],
    "flask_openapi3": ["api"],
    "flask_session": ["api"],
    "werkzeug": ["api"],
    "cachelib": ["api.sessions"],
    "httpx2": ["adapters.openai"],
    "urllib3": ["adapters.openai"],
    "msgspec": ["api.redis_sessions"],
    "redis": ["adapters.redis"],
    "pydantic_settings": ["api.config"],
    "sqlite3": ["adapters.files", "services.archive_index"],
    "psycopg": ["adapters.postgres"],
    "psycopg_pool": ["adapters.postgres"],
    "boto3": ["adapters.s3"],
    "botocore": ["adapters.s3"],
    "prometheus_client": ["api.metrics"],
    "opentelemetry": ["api.tracing"],
    "gunicorn": ["api.server_log", "api.workers"],
    "PIL": ["adapters.offline", "adapters.openai", "adapters.documents"],
    "typst": ["adapters.documents"],
    "docx": ["adapters.documents"],
    "fontTools": ["adapters.documents"],
    "jinja2": ["adapters.documents"],
    "markupsafe": ["adapters.documents"],
    "lxml": ["adapters.documents"],
}
"""The only places that may import a library of the outside world."""


@functools.cache
def imports(module):
    """What a module imports, wherever in it: how many dots, and the dotted name."""
    found = []
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            name = node.module or ""
            found += [(node.level, f"{name}.{alias.name}".strip(".")) for alias in node.names]
    return found


def imported_here(module):
    """The modules of this package that `module` imports."""
    package = MODULES[module].name == "__init__.py"
    parts = module.split(".") if module != "__init__" else []
    for dots, name in imports(module):
        if dots:
            above = parts[: len(parts) - dots + package]
            whole = [*above, *name.split(".")]
            found = ".".join(whole if ".".join(whole) in MODULES else whole[:-1])
            yield found or "__init__"


def foreign_imports(module):
    return {name.split(".")[0] for dots, name in imports(module) if not dots}


def room(module):
    return module.split(".")[0]


def test_the_rules_know_every_room():
    assert {room(module) for module in MODULES} <= ALLOWED.keys()
    assert len(MODULES) > 40


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module):
    for imported in imported_here(module):
        if room(module) == "adapters" and room(imported) == "adapters":
            assert imported.split(".")[:2] == module.split(".")[:2], f"{module} → {imported}"
        elif imported != "__init__":
            assert room(imported) in ALLOWED[room(module)], f"{module} → {imported}"


def test_adapters_are_imported_by_the_bootstrap_alone():
    importers = {
        room(module)
        for module in MODULES
        if room(module) != "adapters" and any(room(i) == "adapters" for i in imported_here(module))
    }
    assert importers == {"bootstrap"}


@pytest.mark.parametrize("module", MODULES)
def test_imports_inside_the_package_are_relative(module):
    assert foreign_imports(module).isdisjoint({"src", "spark"})


@pytest.mark.parametrize("library", FOREIGN)
def test_a_library_of_the_outside_world_has_its_place(library):
    importers = {module for module in MODULES if library in foreign_imports(module)}
    strangers = [
        m for m in importers if not any(f"{m}.".startswith(f"{p}.") for p in FOREIGN[library])
    ]
    assert strangers == []


def test_no_module_imports_itself_in_a_circle():
    graph = {m: {i for i in imported_here(m) if i in MODULES and i != m} for m in MODULES}

    def outside_of_circles():
        imported = set().union(*graph.values())
        return [module for module in graph if not graph[module] or module not in imported]

    while free := outside_of_circles():
        for module in free:
            del graph[module]
        for imported in graph.values():
            imported.difference_update(free)
    assert graph == {}


IMPORT = """
import json, sys
opened = []
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if isinstance(mode, str) and set(mode) & set("wax+"):
            opened.append(str(path))
    elif event in ("os.mkdir", "socket.connect", "sqlite3.connect", "subprocess.Popen"):
        opened.append(f"{event} {arguments[0]}")
sys.addaudithook(watch)
import src.spark.api.app
watching = opened[:]
import threading
heavy = "openai httpx2 urllib3 redis PIL jieba gunicorn numpy psycopg boto3".split()
heavy += ["prometheus_client", "opentelemetry"]
loaded = [name for name in heavy if name in sys.modules]
print(json.dumps([watching, loaded, threading.active_count()]))
"""


def test_importing_the_app_opens_nothing(tmp_path):
    result = subprocess.run(
        [sys.executable, "-B", "-c", IMPORT],
        cwd=tmp_path,
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.stderr == ""
    assert result.stdout.strip() == "[[], [], 1]"
    assert list(tmp_path.iterdir()) == []
