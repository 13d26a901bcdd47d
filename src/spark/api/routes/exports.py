"""Projects taken along as files."""

from __future__ import annotations

from flask import Response, request
from flask_openapi3 import APIBlueprint

from ...models import Project, now
from ...renditions import FORMATS
from ..answers import ExportFormats, export_of, success_of
from ..downloads import download
from ..http import language, services, session_id, success
from ..requests import ExportQuery, ProjectPath
from .tags import PROJECTS

exports = APIBlueprint("exports", __name__, abp_tags=[PROJECTS])

_DOWNLOADS = (
    "`json` 是通用响应，`data` 即项目；其他格式是文件下载，文件名取自项目名称。 · "
    "`json` is the usual body whose `data` is the project; every other format is a file to be "
    "saved, named after the project."
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
        return success(project, format=query.format, exported_at=now())
    rendition = services().exports.render(
        session_id(), path.project_id, query.format, request.host_url.rstrip("/")
    )
    return download(rendition)
