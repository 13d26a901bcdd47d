"""Projects taken along as files."""

from __future__ import annotations

from flask import Response, request
from flask_openapi3 import APIBlueprint

from ...models import Project, now
from ...project_file import SCHEMA_VERSION
from ...renditions import FORMATS, Rendition
from ..answers import ExportFormats, ImportResults
from ..described import export_of, file_of, success_of
from ..downloads import download
from ..http import language, services, session_id, success
from ..requests import ExportManyQuery, ExportQuery, ImportQuery, ProjectPath
from ..uploads import uploaded
from .tags import PROJECTS

exports = APIBlueprint("exports", __name__, abp_tags=[PROJECTS])

_ARCHIVES = (
    "`ids` 用逗号分隔，或 `all=true`（回收站除外）。边写边发；清单 `manifest.jsonl` 记录每个文件的 "
    "SHA-256。 · `ids` with commas between them, or `all=true`, which leaves out the trash. The "
    "archive is sent while it is written; its `manifest.jsonl` has the SHA-256 of every file."
)
_CHECKED = (
    "请求体是文件本身，或表单字段 `file`。先检查全部内容，再写入；有问题则整个拒绝，"
    "什么都不会改变。已有的项目：`skip` 跳过，`copy` 以新编号导入，`replace` 成为其最新版本，"
    "原内容保留为历史版本。 · "
    "The body is the file, or a form with the field `file`. All of it is checked before anything "
    "is written; where something is wrong it is refused as a whole and nothing changes. A project "
    "that is there already is left alone (`skip`), gets a copy beside it (`copy`), or a new "
    "version after which its present one can be restored (`replace`)."
)
_DOWNLOADS = (
    "`json` 是通用响应，`data` 即项目；其他格式是文件下载，文件名取自项目名称。 · "
    "`json` is the usual body whose `data` is the project; every other format is a file to be "
    "saved, named after the project."
)


@exports.get("/export", responses={200: file_of("application/zip")}, description=_ARCHIVES)
def export_projects(query: ExportManyQuery) -> Response:
    """导出多个项目 · Some projects, or all, with their revisions and pictures, as one archive."""
    pieces = services().exports.archive(None if query.all else query.chosen)
    return download(Rendition(pieces, "application/zip", f"spark-projects-{now():%Y-%m-%d}.zip"))


@exports.post("/import", responses={200: success_of(ImportResults)}, description=_CHECKED)
def import_projects(query: ImportQuery) -> Response:
    """导入项目 · Take projects in, from an archive or from one project's JSON."""
    with uploaded() as file:
        report = services().imports.run(file, query.existing, language())
    return success(
        {
            "results": report.results,
            "imported": report.count("imported", "copied"),
            "replaced": report.count("replaced"),
            "skipped": report.count("skipped", "unchanged"),
            "failed": report.count("failed", "damaged"),
        }
    )


@exports.get("/export/formats", responses={200: success_of(ExportFormats)})
def export_formats() -> Response:
    """导出格式 · Every format a project can be taken along as, and what it is for."""
    speech = language()
    return success(
        {
            "formats": [
                {
                    "format": made.name,
                    "title": made.title[speech],
                    "media_type": made.media_type,
                    "extension": made.extension,
                    "purpose": made.purpose[speech],
                }
                for made in FORMATS.values()
            ]
        }
    )


@exports.get(
    "/<project:project_id>/export",
    responses={200: export_of(Project)},
    description=_DOWNLOADS,
)
def export_project(path: ProjectPath, query: ExportQuery) -> Response:
    """导出项目 · The project as a file to take along."""
    if query.format == "json":
        project = services().projects.get(path.project_id)
        return success(
            project, format=query.format, schema_version=SCHEMA_VERSION, exported_at=now()
        )
    rendition = services().exports.render(
        session_id(), path.project_id, query.format, request.host_url.rstrip("/")
    )
    return download(rendition)
