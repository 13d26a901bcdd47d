"""The versions a project had."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint

from ..answers import ProjectRevision, ProjectRevisions, WholeProject
from ..described import success_of
from ..http import services, success
from ..requests import ProjectPath, RevisionPath
from ..versions import expected_versions, tagged
from .tags import PROJECTS

revisions = APIBlueprint("revisions", __name__, abp_tags=[PROJECTS])


@revisions.get("/<project:project_id>/revisions", responses={200: success_of(ProjectRevisions)})
def list_revisions(path: ProjectPath) -> Response:
    """项目的历史版本 · The versions there are of a project, latest first."""
    history = services().revisions.history(path.project_id)
    return success(
        {
            "project_id": path.project_id,
            "revisions": history,
            "current": history[0].version,
        }
    )


@revisions.get(
    "/<project:project_id>/revisions/<version>",
    responses={200: success_of(ProjectRevision), 304: None},
)
def get_revision(path: RevisionPath) -> Response:
    """项目的某个历史版本 · A project as it was."""
    project = services().revisions.get(path.project_id, path.version)
    data = {"project_id": project.project_id, "version": project.version, "project": project}
    return tagged(project, data)


@revisions.post(
    "/<project:project_id>/revisions/<version>/restore", responses={200: success_of(WholeProject)}
)
def restore_revision(path: RevisionPath) -> Response:
    """恢复到某个历史版本 · Give a project the name, idea, story and characters it had."""
    expected = expected_versions()
    project = services().revisions.restore(path.project_id, path.version, expected)
    return tagged(project, {"project": project})
