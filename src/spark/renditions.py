"""The files a project can be taken along as. No input or output happens here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .models import Language, Project
from .screenplay import Screenplay

FormatName = Literal["json", "md", "txt", "html", "docx", "pdf", "fountain", "fdx", "zip"]


@dataclass(frozen=True)
class Format:
    """A kind of file, and what it is for."""

    name: FormatName
    extension: str
    media_type: str
    title: dict[Language, str]
    purpose: dict[Language, str]
    is_screenplay: bool = False
    """Whether it holds the screenplay, which has to be written first."""


@dataclass(frozen=True)
class Image:
    """A character's present portrait."""

    data: bytes
    media_type: str
    address: str
    """Where a reader of a text that only points to it finds it."""


@dataclass(frozen=True)
class Manuscript:
    """Everything that goes into a rendition."""

    project: Project
    language: Language
    """The story's own, whoever asks for it."""
    portraits: dict[str, Image]
    """By character name; those that have one."""
    screenplay: Screenplay | None = None
    """There for the formats that hold it."""


@dataclass(frozen=True)
class Rendition:
    """A finished file."""

    data: bytes | Iterator[bytes]
    """Whole, or piece by piece."""
    media_type: str
    file_name: str


def _format(
    name: FormatName,
    media_type: str,
    zh: tuple[str, str],
    en: tuple[str, str],
    is_screenplay: bool = False,
) -> Format:
    return Format(
        name,
        name,
        media_type,
        {"zh": zh[0], "en": en[0]},
        {"zh": zh[1], "en": en[1]},
        is_screenplay,
    )


FORMATS: dict[FormatName, Format] = {
    made.name: made
    for made in (
        _format(
            "json",
            "application/json",
            ("JSON 数据", "项目的全部数据，供程序读取，也可以再导入。"),
            ("JSON data", "All of the project's data, for programs, and to import again."),
        ),
        _format(
            "md",
            "text/markdown",
            ("Markdown 文档", "故事梗概与角色设定，用于笔记软件、维基和版本管理。"),
            ("Markdown", "The treatment for notebooks, wikis and version control."),
        ),
        _format(
            "txt",
            "text/plain",
            ("纯文本", "任何设备都能打开的故事梗概与角色设定。"),
            ("Plain text", "The treatment as any device can open it."),
        ),
        _format(
            "html",
            "text/html",
            ("网页", "单个文件，图片和字体都在其中，用浏览器打开、打印或发送。"),
            ("Web page", "One file with pictures and fonts inside, to read, print or send."),
        ),
        _format(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("Word 文档", "可以继续修改和批注的故事梗概与角色设定。"),
            ("Word document", "The treatment, to edit and comment on."),
        ),
        _format(
            "pdf",
            "application/pdf",
            ("PDF 文档", "排好版的故事梗概与角色设定，用于打印和提交。"),
            ("PDF document", "The treatment as it goes to print and to a producer."),
        ),
        _format(
            "fountain",
            "text/x-fountain",
            ("Fountain 剧本", "纯文本剧本，用于 Beat、Highland、Slugline 等写作软件。"),
            ("Fountain screenplay", "The screenplay as plain text for Beat, Highland, Slugline."),
            is_screenplay=True,
        ),
        _format(
            "fdx",
            "application/xml",
            ("Final Draft 剧本", "用于 Final Draft 及能读取 FDX 的制片软件。"),
            ("Final Draft screenplay", "For Final Draft and the scheduling tools that read FDX."),
            is_screenplay=True,
        ),
        _format(
            "zip",
            "application/zip",
            ("全部文件", "以上所有格式和所有图片，也可以再导入。"),
            ("Everything", "All formats above and all pictures, and to import again."),
        ),
    )
}
"""Every format, in the order they are shown."""
