"""From an idea to a story and its characters."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint, Tag

from ...models import IdeaDraft, Message
from ...services.assessment import (
    RECORDS,
    assess,
    problems_of,
    repeated_names,
    with_defaults,
)
from ...services.briefs import language_of_brief
from ..answers import (
    Cast,
    CharacterImage,
    ProjectCharacters,
    ProjectOutline,
    Story,
    StructuredIdea,
    ValidationResults,
    WholeProject,
)
from ..described import success_of
from ..errors import field_problem
from ..http import language, services, session_id, success
from ..requests import (
    CharacterPath,
    GenerateCharacters,
    GenerateStory,
    ImagePath,
    ProjectPath,
    StructureIdea,
    ValidateContent,
)
from ..versions import tagged

content = APIBlueprint(
    "content",
    __name__,
    abp_tags=[Tag(name="content", description="内容生成 · Story and characters")],
)

_FOREVER = "public, max-age=31536000, immutable"


@content.post("/structure", responses={200: success_of(StructuredIdea)})
def structure(body: StructureIdea) -> Response:
    """结构化用户创意 · The idea that the session's conversation, or the given one, holds."""
    given: list[Message] | None = None
    if body.messages is not None:
        given = [Message(role=said.role, content=said.content) for said in body.messages]
    brief = services().content.structure(session_id(), given)
    speech = language_of_brief(brief, language())
    return success(
        {
            "user_idea": with_defaults(brief.idea, speech),
            "validation": assess(brief.idea, speech),
            "provider": services().content.writer,
        }
    )


@content.post("/story/generate", responses={200: success_of(Story)})
def generate_story(body: GenerateStory) -> Response:
    """生成故事大纲 · Write a story from an idea."""
    outline = services().content.outline(session_id(), body.user_idea, bool(body.fresh))
    return success({"story_outline": outline, "provider": services().content.writer})


@content.post("/characters/generate", responses={200: success_of(Cast)})
def generate_characters(body: GenerateCharacters) -> Response:
    """生成角色档案 · Write a character sheet, with a portrait, for each character of an idea."""
    profiles = services().content.cast(
        session_id(),
        body.user_idea,
        body.story_outline,
        with_images=body.generate_images is not False,
        fresh=bool(body.fresh),
    )
    return success(
        {
            "character_profiles": profiles,
            "character_count": len(profiles),
            "provider": services().content.writer,
        }
    )


@content.post("/validate", responses={200: success_of(ValidationResults)})
def validate(body: ValidateContent) -> Response:
    """校验内容 · Look records over without keeping them."""
    given = body.model_dump(exclude_unset=True)
    return success({"validation_results": {name: _verdict(name, v) for name, v in given.items()}})


@content.get("/project/<project:project_id>/outline", responses={200: success_of(ProjectOutline)})
def outline(path: ProjectPath) -> Response:
    """项目的故事大纲 · A project's story."""
    project = services().projects.get(path.project_id)
    return success({"project_id": project.project_id, "outline": project.story_outline})


@content.get(
    "/project/<project:project_id>/characters", responses={200: success_of(ProjectCharacters)}
)
def characters(path: ProjectPath) -> Response:
    """项目的角色档案 · A project's characters."""
    project = services().projects.get(path.project_id)
    profiles = project.character_profiles
    return success(
        {
            "project_id": project.project_id,
            "characters": profiles,
            "character_count": len(profiles),
        }
    )


@content.get(
    "/project/<project:project_id>/complete", responses={200: success_of(WholeProject), 304: None}
)
def complete(path: ProjectPath) -> Response:
    """完整项目内容 · The whole project."""
    project = services().projects.get(path.project_id)
    return tagged(project, {"project": project})


@content.get(
    "/project/<project:project_id>/character/<name:name>/image",
    responses={200: success_of(CharacterImage)},
)
def character_image(path: CharacterPath) -> Response:
    """角色图片 · A character's present picture."""
    profile = services().projects.character(path.project_id, path.name)
    return success(
        {
            "character_name": profile.name,
            "image_url": profile.image_url,
            "visual_tags": profile.visual_consistency_tags,
        }
    )


@content.get(
    "/images/<image>",
    responses={200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}},
)
def image(path: ImagePath) -> Response:
    """图片文件 · A stored picture; its address never changes its content."""
    data, mime_type = services().content.image(path.image)
    response = Response(data, mimetype=mime_type)
    response.headers["Cache-Control"] = _FOREVER
    response.set_etag(path.image)
    response.make_conditional(request)
    return response


def _verdict(name: str, value: Any) -> dict[str, Any]:
    """What `/validate` says of one record; of an idea also what it still lacks."""
    speech = language()
    problems = [field_problem(p) for p in problems_of(RECORDS[name], value)]
    if name == "character_profiles" and not problems:
        problems = repeated_names([profile["name"] for profile in value], "{}.name")
    result: dict[str, Any] = {
        "is_valid": not problems,
        "errors": [{"field": p.field, "message": getattr(p, speech)} for p in problems],
    }
    if name == "user_idea" and not problems_of(IdeaDraft, value):
        result["validation"] = assess(IdeaDraft.model_validate(value), speech)
    return result
