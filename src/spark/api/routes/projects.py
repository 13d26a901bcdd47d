"""Projects from their confirmation on."""

from __future__ import annotations

from typing import cast

from flask import Response, url_for
from flask_openapi3 import APIBlueprint

from ...models import Language, Project
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
    Trash,
    WholeProject,
)
from ..described import success_of
from ..http import language, pagination, services, session_id, success
from ..requests import (
    CharacterPath,
    CreateProject,
    DeleteQuery,
    DuplicateProject,
    EditProject,
    ListQuery,
    PortraitPath,
    ProjectPath,
    RegenerateImage,
    SearchQuery,
    TrashQuery,
)
from ..versions import expected_versions, tagged
from .batch import batch
from .exports import exports
from .revisions import revisions
from .tags import PROJECTS

projects = APIBlueprint("projects", __name__, abp_tags=[PROJECTS])

_TRASHED: dict[Language, str] = {
    "zh": "项目已移入回收站，保留 {days:g} 天，期间可以恢复。",
    "en": "The project is in the trash. It can be restored for {days:g} {day}.",
}
_GONE: dict[Language, str] = {
    "zh": "项目已永久删除。",
    "en": "The project was deleted for good.",
}
_SNIPPETS = (
    "`snippet` 是 HTML：原文已转义，找到的词在 `<mark>` 中，可以直接显示。 · "
    "Each `snippet` is HTML that can be shown as it is: its text is escaped, and what was found "
    "stands inside `<mark>`."
)
_DELETIONS = (
    "`permanent=true` 不经过回收站，也可以删除回收站中的项目。图片仍在原来的地址，地址无法猜测。 · "
    "With `permanent=true` it does not go to the trash, or goes out of it for good. Its pictures "
    "stay at their addresses, which nobody can guess."
)


@projects.get("", responses={200: success_of(ProjectList)})
def list_projects(query: ListQuery) -> Response:
    """获取项目列表 · One page of the projects, newest first unless asked otherwise."""
    page = services().projects.browse(query.page, query.per_page, query.status, query.sort)
    return success({"projects": page.items, "pagination": pagination(page)})


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
    return _created(project)


@projects.get("/search", responses={200: success_of(SearchResults)}, description=_SNIPPETS)
def search_projects(query: SearchQuery) -> Response:
    """搜索项目 · The projects in which every word is found, best match first."""
    page = services().projects.search(query.q, query.page, query.per_page, query.status)
    return success(
        {
            "query": query.q,
            "results": page.items,
            "result_count": page.total,
            "pagination": pagination(page),
        }
    )


@projects.get("/<project:project_id>", responses={200: success_of(WholeProject), 304: None})
def get_project(path: ProjectPath) -> Response:
    """获取特定项目 · A project."""
    project = services().projects.get(path.project_id)
    return tagged(project, {"project": project})


@projects.patch("/<project:project_id>", responses={200: success_of(WholeProject)})
def edit_project(path: ProjectPath, body: EditProject) -> Response:
    """修改项目 · Change some fields; refused where somebody else changed the project meanwhile."""
    expected = expected_versions(body.version)
    project = services().projects.edit(path.project_id, _edit(body), expected)
    return tagged(project, {"project": project})


@projects.delete(
    "/<project:project_id>",
    responses={200: success_of(DeletedProject)},
    description=_DELETIONS,
)
def delete_project(path: ProjectPath, query: DeleteQuery) -> Response:
    """删除项目 · Move a project to the trash, or remove it for good."""
    days = services().trash.delete(path.project_id, query.permanent, expected_versions())
    return success({"project_id": path.project_id, "message": _deleted(days)})


@projects.get("/trash", responses={200: success_of(Trash)})
def list_trash(query: TrashQuery) -> Response:
    """回收站 · One page of the deleted projects that can still be restored, the latest first."""
    page = services().trash.browse(query.page, query.per_page)
    return success({"projects": page.items, "pagination": pagination(page)})


@projects.post("/<project:project_id>/restore", responses={200: success_of(WholeProject)})
def restore_project(path: ProjectPath) -> Response:
    """从回收站恢复项目 · Take a project back out of the trash, as it was."""
    project = services().trash.restore(path.project_id, expected_versions())
    return tagged(project, {"project": project})


@projects.post("/<project:project_id>/duplicate", responses={201: success_of(CreatedProject)})
def duplicate_project(path: ProjectPath, body: DuplicateProject) -> Response:
    """复制项目 · A draft with the same content and conversation."""
    project = services().projects.duplicate(
        path.project_id, language(), body.project_name, expected_versions()
    )
    return _created(project)


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
    portrait = services().projects.redraw(
        session_id(), path.project_id, path.name, body.feedback, expected_versions()
    )
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
    portrait = services().projects.restore_portrait(
        path.project_id, path.name, path.version, expected_versions()
    )
    return success(
        {
            "character_name": path.name,
            "image_url": portrait.image_url,
            "image_version": portrait.version,
        }
    )


projects.register_api(revisions)
projects.register_api(batch)
projects.register_api(exports)


def _created(project: Project) -> Response:
    """The answer that tells of a new project, and its address."""
    return tagged(
        project,
        {
            "project_id": project.project_id,
            "project_name": project.project_name,
            "project": project,
        },
        status=201,
        headers={"Location": url_for(".get_project", project_id=project.project_id)},
    )


def _deleted(days: float) -> str:
    """What became of a deleted project that can be restored for so many days."""
    sentence = (_TRASHED if days else _GONE)[language()]
    return sentence.format(days=days, day="day" if days == 1 else "days")


def _edit(body: EditProject) -> Edit:
    """What the caller wants changed; a field that is null stays as it is."""
    given = {field: getattr(body, field) for field in body.model_fields_set - {"version"}}
    edit = {field: value for field, value in given.items() if value is not None}
    if name := edit.pop("name", None):
        edit.setdefault("project_name", name)
    return cast(Edit, edit)
