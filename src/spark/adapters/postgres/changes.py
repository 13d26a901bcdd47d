"""What is done to a project in the tables, inside of a transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...models import Project
from ...ports import Dossier
from .connections import Connection
from .documents import written
from .rows import project_row, words_row

_ROW = (
    "project_id",
    "document",
    "summary",
    "version",
    "status",
    "name",
    "created_at",
    "updated_at",
)
_PLACES = ", ".join(f"%({column})s" for column in _ROW)
_INSERT = f"insert into projects ({', '.join(_ROW)}, examined) values ({_PLACES}, true)"
_SET = ", ".join(f"{column} = %({column})s" for column in _ROW[1:])
_DESCRIBE = ", ".join(f"{column} = %({column})s" for column in _ROW[2:])
_WORDS = (
    "project_id",
    "created_at",
    "status",
    "words",
    "head",
    "topic",
    "summary",
    "body",
    "texts",
)
_PUT_WORDS = f"""
insert into project_words ({", ".join(_WORDS)})
values ({", ".join(f"%({column})s" for column in _WORDS)})
on conflict (project_id) do update
set {", ".join(f"{column} = excluded.{column}" for column in _WORDS[1:])}
"""
_PRUNE = """
delete from revisions where project_id = %(id)s and version <= (
    select version from revisions where project_id = %(id)s
    order by version desc offset %(most)s limit 1
)
"""


def insert(connection: Connection, row: dict[str, Any]) -> bool:
    """Put in the row of a new project, without its words; false where there is one of its id."""
    return bool(connection.execute(f"{_INSERT} on conflict do nothing", row).rowcount)


def replace(connection: Connection, project: Project, has_new_words: bool) -> None:
    """Put the project in the place of the version there is; words are written where they are new.

    They are the dear part.
    """
    connection.execute(
        f"update projects set {_SET}, damage = null where project_id = %(project_id)s",
        project_row(project),
    )
    if has_new_words:
        put_words(connection, project)
    else:
        connection.execute(
            "update project_words set status = %(status)s"
            " where project_id = %(id)s and status <> %(status)s",
            {"status": project.status, "id": project.project_id},
        )


def keep_version(connection: Connection, project_id: str, version: int, most: int) -> None:
    """Keep the present version as a revision; of more than `most` the oldest go."""
    key = {"id": project_id, "version": version, "most": most}
    if most:
        connection.execute(
            "insert into revisions (project_id, version, document)"
            " select project_id, %(version)s, document from projects"
            " where project_id = %(id)s"
            " on conflict (project_id, version) do update set document = excluded.document",
            key,
        )
    connection.execute(_PRUNE, key)


def adopt(connection: Connection, dossier: Dossier, only_new: bool, expired: datetime) -> bool:
    """Put all there is of a project in the place of whatever is here of it.

    With `only_new` false where there is something, unless it went to the trash before `expired`.
    """
    project = dossier.project
    stored = connection.execute(
        f"{_INSERT} on conflict (project_id) do update set {_SET}, damage = null"
        " where not %(only_new)s or projects.deleted_at <= %(expired)s",
        {**project_row(project), "only_new": only_new, "expired": expired},
    ).rowcount
    if not stored:
        return False
    set_deletion(connection, project.project_id, dossier.deleted_at)
    connection.execute(
        "delete from revisions where project_id = %(id)s", {"id": project.project_id}
    )
    connection.cursor().executemany(
        "insert into revisions (project_id, version, document) values (%s, %s, %s)",
        ((project.project_id, r.version, written(r)) for r in dossier.revisions),
    )
    if not dossier.deleted_at:
        put_words(connection, project)
    return True


def set_deletion(connection: Connection, project_id: str, deleted_at: datetime | None) -> None:
    """Say since when the project is in the trash, where none is searched for; or that it is not."""
    connection.execute(
        "update projects set deleted_at = %(at)s where project_id = %(id)s",
        {"at": deleted_at, "id": project_id},
    )
    if deleted_at:
        _drop_words(connection, project_id)


def delete(connection: Connection, project_id: str) -> None:
    """Remove the project, and all that belongs to it."""
    connection.execute("delete from projects where project_id = %(id)s", {"id": project_id})


def describe(connection: Connection, project: Project) -> None:
    """Make the columns, but for its words, say what the document says, which stays as it is."""
    connection.execute(
        f"update projects set {_DESCRIBE}, damage = null, examined = true"
        " where project_id = %(project_id)s",
        project_row(project),
    )


def set_aside(connection: Connection, project_id: str, damage: str) -> None:
    """Say what is wrong with the project, so that no list and no search shows it."""
    connection.execute(
        "update projects set damage = %(damage)s, examined = true where project_id = %(id)s",
        {"damage": damage, "id": project_id},
    )
    _drop_words(connection, project_id)


def put_words(connection: Connection, project: Project) -> None:
    """Put in what searches find the project by."""
    row = words_row(project)
    connection.carry(len(row["words"]))
    connection.execute(_PUT_WORDS, row)


def _drop_words(connection: Connection, project_id: str) -> None:
    connection.execute("delete from project_words where project_id = %(id)s", {"id": project_id})
