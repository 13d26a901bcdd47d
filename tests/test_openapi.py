"""The OpenAPI document says what the code does, and the code does what the document says."""

from __future__ import annotations

import atexit
import re
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from jsonschema_rs import validator_for
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from src.spark.adapters.files.receipts import SqliteReceipts
from src.spark.api.app import create_app
from src.spark.bootstrap import engines, talk
from src.spark.errors import ProjectNotFound

from .fakes import FakeIllustrator
from .samples import PROFILES, a_project

PROJECT_ID = "0b8f8c1e-3c55-4b0f-9d0e-2f7f6d1f6a01"
TAGS = ["chat", "content", "projects", "system"]
CONFIG = {
    "seed": 20240101,
    "generation": {"max-examples": 8, "database": "none"},
    # A list may be refused for its bytes before anyone counts its entries.
    "checks": {
        "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "413", "415"]}
    },
    "parameters": {"path.project_id": PROJECT_ID, "path.name": PROFILES[0]["name"]},
}


def quick_app(folder):
    """The app with a quick illustrator: what pictures look like is tested elsewhere.

    It remembers no key, since requests that know nothing of each other have keys in common.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "OfflineIllustrator", FakeIllustrator)
        patch.setattr(talk, "SqliteReceipts", partial(SqliteReceipts, hours=0))
        app = create_app("testing", SPARK_DATA_DIR=Path(folder), LOG_FILE="")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@schemathesis.serializer("application/zip")
def zipped(_, value):
    """The bytes of a file as they are."""
    return value.data if hasattr(value, "data") else value


# The tests are made from the document, so there must be an app when they are collected.
folder = TemporaryDirectory()
atexit.register(folder.cleanup)
described_app = quick_app(folder.name)
schema = schemathesis.openapi.from_wsgi(
    "/api/openapi.json", described_app, config=SchemathesisConfig.from_dict(CONFIG)
)


@pytest.fixture(scope="module")
def app():
    return described_app


@pytest.fixture(scope="module")
def document(app):
    return app.test_client().get("/api/openapi.json").json


BEYOND_SCHEMAS = (b'"no_conversation"', b'"invalid_archive"')
"""What is wrong with a request that no schema can tell: nothing was said, a file is not ours."""


@schema.parametrize()
def test_the_api_does_what_its_description_says(case, app):
    """The project that the requests name is there each time, though the last one deleted it."""
    store = app.extensions["spark"].project_store
    with suppress(ProjectNotFound):
        store.delete(PROJECT_ID)
    store.create(a_project(project_id=PROJECT_ID))
    response = case.call()
    beyond_schemas = (
        names_repeat(case.body)
        or any(word in response.content for word in BEYOND_SCHEMAS)
        or case.path == "/api/projects/export"  # where one of two parameters has to be given
    )
    case.validate_response(
        response, excluded_checks=[positive_data_acceptance] if beyond_schemas else []
    )


def names_repeat(body):
    """Whether a body has two characters of one name, which no schema can forbid."""
    if not isinstance(body, dict):
        return False
    profiles = [p for p in body.get("character_profiles") or () if isinstance(p, dict)]
    names = [str(name).strip() for name in body.get("basic_characters") or ()]
    names += [str(profile.get("name")).strip() for profile in profiles]
    return len(set(names)) < len(names)


# --- the document itself ---


def operations(document):
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def rules(app, prefix):
    """The routes below `prefix` as a document writes them, without those of the page's assets."""
    return {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(prefix) and not rule.rule.startswith("/api/docs/assets")
    }


def test_every_route_is_described_and_every_description_has_a_route(app, document):
    unversioned = {(m, p) for m, p in rules(app, "/api/") if not p.startswith("/api/v1/")}
    assert operations(document).keys() == unversioned
    assert len(unversioned) >= 35


def test_every_route_is_served_below_the_version_too(app):
    unversioned = {(m, p) for m, p in rules(app, "/api/") if not p.startswith("/api/v1/")}
    versioned = {(m, p.replace("/api/v1", "/api", 1)) for m, p in rules(app, "/api/v1/")}
    assert versioned == unversioned


def test_the_document_is_openapi_3_1(document):
    assert document["openapi"].startswith("3.1.")
    schema.validate()


def test_nothing_in_the_document_is_null_but_defaults(document):
    nulls = []

    def look(value, path):
        if value is None and path[-1] not in ("default", "const", "enum", "examples", "example"):
            nulls.append(path)
        for key, inner in value.items() if isinstance(value, dict) else ():
            look(inner, (*path, key))
        for key, inner in enumerate(value) if isinstance(value, list) else ():
            look(inner, (*path, path[-1] if path else key))

    look(document, ("",))
    assert nulls == []
    assert document["components"]["securitySchemes"]


def test_every_reference_leads_somewhere_and_every_schema_is_one(document):
    references = set(re.findall(r"'\$ref': '#/components/schemas/(\w+)'", str(document)))
    schemas = document["components"]["schemas"]
    assert references
    assert references <= schemas.keys()
    for name in schemas:
        whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        assert validator_for(whole).is_valid(5) is False


@pytest.mark.parametrize("tag", TAGS)
def test_every_operation_is_told_in_both_languages_and_says_how_it_fails(document, tag):
    ours = [o for o in operations(document).values() if o["tags"] == [tag]]
    assert ours
    for operation in ours:
        assert re.search(r"[\u4e00-\u9fff]", operation["summary"])
        assert re.search(r"[a-z]{3}", operation["summary"])
        failures = {s: r for s, r in operation["responses"].items() if s >= "400"}
        assert "500" in failures
        for response in failures.values():
            schema = response["content"]["application/json"]["schema"]
            assert schema["$ref"].endswith(("/ErrorBody", "/Health", "/Readiness"))


def test_every_operation_belongs_to_one_known_group(document):
    assert {tuple(o["tags"]) for o in operations(document).values()} == {(tag,) for tag in TAGS}
