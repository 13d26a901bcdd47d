"""The groups of endpoints that more than one module adds to."""

from __future__ import annotations

from flask_openapi3 import Tag

PROJECTS = Tag(name="projects", description="项目管理 · Projects")
