"""Projects, changes of them and looks at them, for the tests of project stores."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args
from uuid import uuid1, uuid4

from src.spark.errors import ProjectNotFound
from src.spark.models import Page, Project, ProjectStatus
from src.spark.ports import ProjectStore

from ..samples import BEGINNING, a_project

IMPOSSIBLE_IDS = {
    "empty": "",
    "dot": ".",
    "parent": "..",
    "path": "../../../../etc/passwd",
    "encoded": "..%2f..%2fetc",
    "nul": "\0",
    "nul inside": str(uuid4())[:-1] + "\0",
    "long": "a" * 300,
    "version 1": str(uuid1()),
    "upper case": str(uuid4()).upper().replace("0", "A"),
    "newline": str(uuid4()) + "\n",
    "wide digits": str(uuid4()).translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    "slash": str(uuid4()).replace("-", "/"),
    "emoji": "🎬" * 36,
}
NO_PROJECTS = {**IMPOSSIBLE_IDS, "unknown": str(uuid4())}
STATUSES: tuple[ProjectStatus, ...] = get_args(ProjectStatus)
MANY = 320
TIDE = "潮汐"

PLAIN_IDEA = {"theme": "素", "genre": "素", "basic_characters": ["素"], "plot_points": ["素"]}

Change = Callable[[Project], Project]


def plain(minute: int = 0, **fields: Any) -> Project:
    """A project of few words, in which a search finds nothing but what `fields` hold."""
    story = {"story_outline": {"title": "题"}, "character_profiles": []}
    return a_project(minute, **{"project_name": "无名", "user_idea": PLAIN_IDEA, **story, **fields})


def told(text: str, minute: int = 0, **fields: Any) -> Project:
    """A project of few words, whose story is `text`."""
    return plain(minute, story_outline={"title": "题", "narrative_text": text}, **fields)


def one_of_many(number: int) -> Project:
    """One of `MANY` projects, which no order lists as they were created.

    Every one holds `TIDE` once: in its name, in its theme or in its text.
    """
    name, theme, text = (TIDE if number % 3 == kind else "静水" for kind in range(3))
    return told(
        f"他看见了{text}。",
        project_name=f"{name}{number * 11 % MANY:03}",
        status=STATUSES[number % len(STATUSES)],
        created_at=BEGINNING + timedelta(minutes=number * 7 % MANY),
        updated_at=BEGINNING + timedelta(days=1, minutes=number * 13 % MANY),
        user_idea={**PLAIN_IDEA, "theme": theme},
    )


def listed(store: ProjectStore, **kwargs: Any) -> Page[Any]:
    arguments = {"page": 1, "per_page": 100, "status": None, "sort": "-created_at", **kwargs}
    return store.browse(**arguments)


def names(page: Page[Any]) -> list[str]:
    return [item.project_name for item in page.items]


def ids(page: Page[Any]) -> list[str]:
    return [item.project_id for item in page.items]


def found(store: ProjectStore, query: str) -> list[str]:
    """The names of the projects that a search finds, best first."""
    return names(store.search(query, 1, 100))


def all_pages(look: Callable[[int, int], Page[Any]], per_page: int = 100) -> Iterator[Any]:
    """The items of all pages of a list, told a page and how many stand on it."""
    first = look(1, per_page)
    for page in range(1, first.pages + 1):
        yield from look(page, per_page).items


def marked(snippet: str) -> list[str]:
    """What stands inside marks, marks that touch taken as one."""
    touching = snippet.replace("</mark><mark>", "")
    return [html.unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", touching, re.S)]


def shown(snippet: str) -> str:
    """What a person reads of a snippet."""
    return html.unescape(re.sub(r"</?mark>", "", snippet))


def trashed(store: ProjectStore) -> list[str]:
    """The names of the projects in the trash, the latest first."""
    return names(store.trash(1, 100))


def state_of(store: ProjectStore, project_id: str) -> str:
    """Where a project is, by every way there is to look: live, trash or nowhere."""
    try:
        store.get(project_id)
        live = True
    except ProjectNotFound:
        live = False
    assert (project_id in ids(listed(store))) == live
    in_trash = project_id in ids(store.trash(1, 100))
    assert not (live and in_trash)
    return "live" if live else "trash" if in_trash else "nowhere"


def named(name: str) -> Change:
    """A change of the project's name."""
    return lambda project: project.model_copy(update={"project_name": name})


def with_event(event: str) -> Change:
    """A change that adds an event to the plot."""

    def change(project: Project) -> Project:
        idea = project.user_idea
        plot = [*idea.plot_points, event]
        return project.model_copy(
            update={"user_idea": idea.model_copy(update={"plot_points": plot})}
        )

    return change


def with_text(text: str) -> Change:
    """A change of the story's text."""

    def change(project: Project) -> Project:
        outline = project.story_outline.model_copy(update={"narrative_text": text})
        return project.model_copy(update={"story_outline": outline})

    return change


def with_whole_text(project: Project, version: int, length: int = 3000) -> Project:
    """`project` with a text that tells a whole file from a half or a mixed one."""
    text = {"title": f"第{version}版", "narrative_text": f"{version}。" * length}
    outline = project.story_outline.model_copy(update=text)
    return project.model_copy(update={"story_outline": outline})


def everything_below(place: Path) -> list[Path]:
    return sorted(path.relative_to(place) for path in place.rglob("*"))


def with_one_project(
    store: ProjectStore, project_id: str, asked: Change = lambda project: project
) -> tuple[Callable[[], object], ...]:
    """Every call that is about one project."""
    return (
        lambda: store.get(project_id),
        lambda: store.update(project_id, asked),
        lambda: store.discard(project_id, asked),
        lambda: store.restore(project_id),
        lambda: store.delete(project_id, asked),
        lambda: store.revisions(project_id),
        lambda: store.revision(project_id, 1),
    )


def updated(store: ProjectStore, times: int, **fields: Any) -> list[Project]:
    """A new project and what every update made of it, oldest first."""
    project = a_project(**fields)
    store.create(project)
    states = [project]
    for number in range(times):
        states.append(store.update(project.project_id, with_event(f"事件{number}")))
    return states
