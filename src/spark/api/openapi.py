"""The API described: OpenAPI 3.1 from the models that check the requests, and a short index."""

from __future__ import annotations

import importlib.resources
from typing import Any, cast

from flask import Blueprint, Flask
from flask_openapi3 import Info, OpenAPI

from .. import __version__
from .answers import ErrorBody
from .described import BINARY, SHAPES
from .http import UPLOADS
from .idempotency import HEADER, KEY, REPLAYED, takes_key
from .requests import OptionalBody
from .uploads import FIELD
from .versions import VERSION_HEADER, takes_version

TITLE = "Spark AI Flask API"
DESCRIPTION = (
    "把一段对话变成一个影片项目：聊天 → 创意 → 故事大纲 → 角色与画像 → 项目。"
    "A conversation becomes a film project: chat, idea, outline, characters with portraits. "
    "Every path is also served below `/api/v1/…`, where success bodies are the bare envelope "
    "`{status, data, timestamp}`; on the paths listed here the fields of `data` are repeated "
    "beside it."
)

INFO = Info(title=TITLE, version=__version__, description=DESCRIPTION)

_ERRORS = {
    400: "请求无法处理 · The request cannot be taken",
    404: "没有找到 · Not found",
    409: "冲突 · Conflict",
    413: "请求体过大 · The body is too large",
    415: "请求体不是 JSON · The body is not JSON",
    422: "Idempotency-Key 已用于另一个请求 · The key was used for another request",
    500: "内部错误 · Internal error",
    502: "模型服务出错 · The model's service failed",
    503: "暂时不可用 · Unavailable just now",
    504: "模型服务超时 · The model's service took too long",
    507: "存储已满 · Storage is full",
}

SECURITY_SCHEMES: dict[str, Any] = {
    "session": {"type": "apiKey", "in": "cookie", "name": "spark_session"}
}


_KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": (
        "同一个键和同一个请求在 24 小时内只执行一次，之后得到第一次的回答（带 "
        f"`{REPLAYED}: true`）。 · Under one key a request is carried out once in 24 hours; sent "
        f"again it gets the first answer again, with `{REPLAYED}: true`."
    ),
    "schema": {"type": "string", "pattern": f"^{KEY}$"},
}

_NAMES_PROJECTS = {"/api/projects/export"}
"""Operations whose query names projects, which may not be there."""

_FORM = {"type": "object", "properties": {FIELD: BINARY["schema"]}, "required": [FIELD]}
_UPLOAD: dict[str, Any] = {
    "required": True,
    "content": {
        "application/zip": BINARY,
        "application/octet-stream": BINARY,
        "application/json": {"schema": {"$ref": "#/components/schemas/Project"}},
        "multipart/form-data": {"schema": _FORM},
    },
}
"""A file: an archive, or a single project."""

_VERSION_PARAMETER = {
    "name": VERSION_HEADER,
    "in": "header",
    "required": False,
    "description": (
        "上次看到的 `ETag`；项目在此期间被修改过则返回 409，什么都不会改变。 · The `ETag` last "
        "seen; where the project was changed meanwhile the answer is 409 and nothing happens."
    ),
    "schema": {"type": "string"},
}


def assets() -> Blueprint:
    """The interactive page's scripts and styles, from the package that carries them."""
    folder = importlib.resources.files("flask_openapi3_swagger") / "templates" / "swagger"
    return Blueprint(
        "docs_assets", __name__, static_folder=str(folder), static_url_path="/api/docs/assets"
    )


def document(app: Flask) -> dict[str, Any]:
    """This app's OpenAPI document, made when it is first asked for and kept with the app."""
    if "spark_openapi" not in app.extensions:
        app.extensions["spark_openapi"] = _document(cast(OpenAPI, app))
    return cast(dict[str, Any], app.extensions["spark_openapi"])


def index(app: Flask) -> dict[str, Any]:
    """The endpoints in short: for each blueprint, what each method and path does."""
    endpoints: dict[str, dict[str, str]] = {}
    for path, operations in document(app)["paths"].items():
        for method, operation in operations.items():
            group = endpoints.setdefault(operation["tags"][0], {})
            group[f"{method.upper()} {path}"] = operation["summary"]
    return {
        "title": TITLE,
        "version": INFO.version,
        "description": DESCRIPTION,
        "endpoints": endpoints,
    }


def _document(app: OpenAPI) -> dict[str, Any]:
    spec = app.api_doc
    schemas = spec["components"]["schemas"]
    schemas.pop("ValidationErrorModel", None)
    schemas.update(_answers())
    message = schemas["SendMessage"]["properties"]["message"]
    message["maxLength"] = app.config["SPARK_MAX_MESSAGE_CHARS"]
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            if path in UPLOADS:
                operation["requestBody"] = _UPLOAD
            if takes_key(method.upper(), path):
                operation.setdefault("parameters", []).append(_KEY_PARAMETER)
            if takes_version(method.upper(), path):
                operation.setdefault("parameters", []).append(_VERSION_PARAMETER)
            operation["responses"].pop("400", None)  # the library's own, an array
            operation["responses"] |= _errors(path, operation)
            if (body := operation.get("requestBody")) and body is not _UPLOAD:
                body["required"] = not _is_optional(body)
    return cast(dict[str, Any], spec)


def _answers() -> dict[str, Any]:
    """The schemas of all answers, and of what they are made of."""
    schemas: dict[str, Any] = {}
    for name, shape in SHAPES.items():
        template = "#/components/schemas/{model}"
        schema = shape().model_json_schema(mode="serialization", ref_template=template)
        schemas.update(schema.pop("$defs", {}))
        schemas[name] = schema
    return schemas


def _is_optional(body: dict[str, Any]) -> bool:
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return name in {model.__name__ for model in OptionalBody.__subclasses__()}


def _errors(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    """The failures an operation can answer with."""
    statuses = {500, 503}
    if "{" in path or path in _NAMES_PROJECTS:
        statuses |= {404}
    if any(parameter["in"] == "query" for parameter in operation.get("parameters", ())):
        statuses |= {400}
    if _KEY_PARAMETER in operation.get("parameters", ()):
        statuses |= {400, 409, 422, 507}
    if _VERSION_PARAMETER in operation.get("parameters", ()):
        statuses |= {409, 507}
    if "requestBody" in operation:
        statuses |= {400, 409, 413, 415, 502, 504, 507}
    content = {
        "application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorBody.__name__}"}}
    }
    return {
        str(status): {"description": _ERRORS[status], "content": content}
        for status in sorted(statuses)
        if str(status) not in operation["responses"]
    }
