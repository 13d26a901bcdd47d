"""Projects from their confirmation on."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, request, url_for
from flask_openapi3 import APIBlueprint, Tag

from ...errors import UnsupportedFormat
from ...models import Page, Project, now
from ...services.portraits import CharacterImages
from ...services.projects import Edit
from ...services.usage import UsageReport
from ..answers import (
    CreatedProject,
    DeletedProject,
    ProjectList,
    RegeneratedImage,
    RestoredImage,
    SearchResults,
    WholeProject,
    export_of,
    success_of,
)
from ..http import language, services, session_id, success
from ..requests import (
    EXPORT_FORMATS,
    CharacterPath,
    CreateProject,
    EditProject,
    ExportQuery,
    ListQuery,
    PortraitPath,
    ProjectPath,
    RegenerateImage,
    SearchQuery,
)

projects = APIBlueprint(
    "projects", __name__, abp_tags=[Tag(name="projects", description="项目管理 · Projects")]
)

_DELETED = {"zh": "项目已删除。", "en": "The project was deleted."}


@projects.get("", responses={200: success_of(ProjectList)})
def list_projects(query: ListQuery) -> Response:
    """获取项目列表 · One page of the projects, newest first unless asked otherwise."""
    page = services().projects.browse(query.page, query.per_page, query.status, query.sort)
    return success({"projects": page.items, "pagination": _pagination(page)})


@projects.post("", responses={201: success_of(CreatedProject)})
def create_project(body: CreateProject) -> Response:
    """创建项目（确认内容） · Keep what a person confirmed."""
    project = services().projects.create(
        session_id(),
        body.user_idea,
        body.story_outline,
        body.character_profiles,
        body.project_name,
    )
    return success(
        {
            "project_id": project.project_id,
            "project_name": project.project_name,
            "project": project,
        },
        status=201,
        headers={
            "Location": url_for(".get_project", project_id=project.project_id),
            "ETag": _etag(project),
        },
    )


@projects.get("/search", responses={200: success_of(SearchResults)})
def search_projects(query: SearchQuery) -> Response:
    """搜索项目 · The projects in which every word is found, best match first."""
    page = services().projects.search(query.q, query.page, query.per_page)
    return success(
        {
            "query": query.q,
            "results": page.items,
            "result_count": page.total,
            "pagination": _pagination(page),
        }
    )


@projects.get("/<project:project_id>", responses={200: success_of(WholeProject), 304: None})
def get_project(path: ProjectPath) -> Response:
    """获取特定项目 · A project."""
    project = services().projects.get(path.project_id)
    response = success({"project": project}, headers={"ETag": _etag(project)})
    response.make_conditional(request)
    return response


@projects.patch("/<project:project_id>", responses={200: success_of(WholeProject)})
def edit_project(path: ProjectPath, body: EditProject) -> Response:
    """修改项目 · Change some fields; refused where somebody else changed the project meanwhile."""
    project = services().projects.edit(path.project_id, _edit(body), _expected_versions(body))
    return success({"project": project}, headers={"ETag": _etag(project)})


@projects.delete("/<project:project_id>", responses={200: success_of(DeletedProject)})
def delete_project(path: ProjectPath) -> Response:
    """删除项目 · Remove a project. Its pictures stay at their addresses, which nobody can guess."""
    services().projects.delete(path.project_id)
    return success({"project_id": path.project_id, "message": _DELETED[language()]})


@projects.get("/<project:project_id>/export", responses={200: export_of(Project)})
def export_project(path: ProjectPath, query: ExportQuery) -> Response:
    """导出项目 · The project as a file to take along."""
    if query.format not in EXPORT_FORMATS:
        raise UnsupportedFormat(format=query.format, known=", ".join(EXPORT_FORMATS))
    project = services().projects.get(path.project_id)
    return success(project, format=query.format, exported_at=now())


@projects.get("/<project:project_id>/usage", responses={200: success_of(UsageReport)})
def project_usage(path: ProjectPath) -> Response:
    """项目的用量 · What was spent on a project, and what it cost."""
    return success(services().usage.of_project(path.project_id))


@projects.post(
    "/<project:project_id>/characters/<name:name>/regenerate",
    responses={200: success_of(RegeneratedImage)},
)
def regenerate_image(path: CharacterPath, body: RegenerateImage) -> Response:
    """重新生成角色图片 · Draw a character anew, with the feedback taken into account."""
    portrait = services().projects.redraw(session_id(), path.project_id, path.name, body.feedback)
    return success(
        {
            "character_name": path.name,
            "image_url": portrait.image_url,
            "image_version": portrait.version,
            "feedback": body.feedback,
            "provider": portrait.provider,
        }
    )


@projects.get(
    "/<project:project_id>/characters/<name:name>/images",
    responses={200: success_of(CharacterImages)},
)
def character_images(path: CharacterPath) -> Response:
    """角色图片的所有版本 · Every version of a character's picture, and which is the present one."""
    return success(services().projects.portraits(path.project_id, path.name))


@projects.post(
    "/<project:project_id>/characters/<name:name>/images/<version>/restore",
    responses={200: success_of(RestoredImage)},
)
def restore_image(path: PortraitPath) -> Response:
    """恢复角色图片的某个版本 · Make an earlier version the character's picture again."""
    portrait = services().projects.restore(path.project_id, path.name, path.version)
    return success(
        {
            "character_name": path.name,
            "image_url": portrait.image_url,
            "image_version": portrait.version,
        }
    )


def _pagination(page: Page[Any]) -> dict[str, int]:
    return {
        "page": page.page,
        "per_page": page.per_page,
        "total": page.total,
        "pages": page.pages,
    }


def _etag(project: Project) -> str:
    return f'"{project.version}"'


def _edit(body: EditProject) -> Edit:
    """What the caller wants changed; a field that is null stays as it is."""
    given = {field: getattr(body, field) for field in body.model_fields_set - {"version"}}
    edit = {field: value for field, value in given.items() if value is not None}
    if name := edit.pop("name", None):
        edit.setdefault("project_name", name)
    return cast(Edit, edit)


def _expected_versions(body: EditProject) -> list[set[int]]:
    """What the caller last saw, from `If-Match` and from the body: both have to be true.

    A foreign tag can match no version of ours.
    """
    expected = [{body.version}] if body.version is not None else []
    tags = request.if_match
    if tags and not tags.star_tag:
        expected.append({int(tag) for tag in tags.as_set() if tag.isdecimal() and len(tag) < 10})
    return expected
