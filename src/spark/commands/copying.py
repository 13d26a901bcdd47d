"""`run_api.py copy-store FROM TO`: everything from one store into another."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from tqdm import tqdm

from ..api.config import Config, ConfigurationError, load
from ..bootstrap.addresses import media_place
from ..bootstrap.commands import open_transfer
from ..errors import StorageFull, StorageUnavailable
from ..services.transfer import Progress, Stage, Tally, Transfer
from .shell import add_environment, fail

COMMAND = "copy-store"

_DATABASE = "database"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*")
_STAGES: dict[Stage, str] = {"pictures": "图片 · pictures", "projects": "项目 · projects"}

_DESCRIPTION = """\
把一个存储中的全部内容复制到另一个：项目及其历史版本、回收站与删除时间，以及所有图片及其来历。
可以随时中断，再次运行会继续；已有且相同的跳过；目标中较旧的被替换，其余的冲突只报告、不改动。
复制期间请不要让服务写入目标。

Copy everything in one store to another: projects with their revisions, the trash with its dates,
and all pictures with their origins. It may be interrupted at any time and goes on when run again.
What is there already and equal is skipped, what is older there is replaced, and any other
difference is reported as a conflict and left alone. Let no server write to the target meanwhile.
"""
_EPILOG = """\
退出码 · exit code: 0 全部复制 · everything is there; 1 有未复制的 · something is not;
2 参数有误或存储不可用 · bad arguments, or a side cannot be reached

  python run_api.py copy-store ./data database
  python run_api.py copy-store database ./backup --media-from s3://bucket/prefix
"""


class _Parser(argparse.ArgumentParser):
    """Repeats no address: it may hold a password."""

    def error(self, message: str) -> NoReturn:
        super().error(_ADDRESS.sub("…", message))


def main(arguments: list[str]) -> int:
    """Copy everything; 0 where it is there now, 1 where something is not, 2 where a side fails."""
    rest = list(arguments)
    rest.remove(COMMAND)
    options = _parser().parse_intermixed_args(rest)
    try:
        settings = load(options.config)
        _check("--media-from", options.media_from)
        _check("--media-to", options.media_to)
        service = open_transfer(
            _address(options.source, settings),
            _address(options.target, settings),
            settings,
            media_from=options.media_from,
            media_to=options.media_to,
            overwrite=options.overwrite,
        )
    except (ConfigurationError, ValueError) as error:
        return fail(f"{COMMAND}: {error}", 2)
    try:
        with _bars() as show:
            transfer = service.run(show)
    except StorageUnavailable as error:
        said = f"{error.message('zh')} · {error.message('en')}"
        return fail(f"{said}\n{_AGAIN}", 1 if isinstance(error, StorageFull) else 2)
    except KeyboardInterrupt:
        return fail(f"已中断 · interrupted\n{_AGAIN}", 1)
    print(_summary(transfer))
    return 0 if transfer.is_whole else 1


_AGAIN = "再次运行会从中断处继续 · run it again to go on"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"run_api.py {COMMAND}",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sides = (
        "数据目录、postgresql://…，或 database：DATABASE_URL 所指（密码不会进入进程列表） · "
        "a data directory, postgresql://…, or the word database for what DATABASE_URL says, "
        "which keeps its password out of the list of processes"
    )
    media = (
        "图片所在：目录或 s3://…。默认：数据目录用自己的 media/，数据库用 SPARK_MEDIA_URL · "
        "where pictures are, a folder or s3://…; by default a data directory's own media/, "
        "and for a database what SPARK_MEDIA_URL says"
    )
    parser.add_argument("source", metavar="FROM", help=sides)
    parser.add_argument("target", metavar="TO", help="同上 · the same")
    parser.add_argument("--media-from", metavar="URL", default="", help=media)
    parser.add_argument("--media-to", metavar="URL", default="", help="同上 · the same")
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="冲突时以 FROM 为准 · where both differ, FROM wins",
    )
    add_environment(parser)
    return parser


def _check(option: str, where: str) -> None:
    """Raise an error that names the option; by default it says nothing."""
    try:
        if where:
            media_place(where)
    except ValueError as error:
        raise ConfigurationError(f"{option}: {error}") from None


def _address(said: str, settings: Config) -> str:
    if said != _DATABASE:
        return said
    url = settings.DATABASE_URL.get_secret_value()
    if not url:
        raise ConfigurationError("DATABASE_URL is not set")
    return url


@contextmanager
def _bars() -> Iterator[Progress]:
    """A bar for each stage, one after the other."""
    bars: dict[Stage, Any] = {}

    def show(stage: Stage, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(desc=_STAGES[stage], dynamic_ncols=True)
        bars[stage].total = total
        bars[stage].update(done - bars[stage].n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()


def _summary(transfer: Transfer) -> str:
    stages: list[tuple[Stage, Tally]] = [
        ("projects", transfer.projects),
        ("pictures", transfer.pictures),
    ]
    lines = []
    for stage, tally in stages:
        lines.append(
            f"{_STAGES[stage]}: 已复制 · copied {tally.copied}, 已有 · there {tally.skipped}, "
            f"冲突 · conflicts {len(tally.conflicts)}, 损坏 · damaged {len(tally.damaged)}, "
            f"失败 · failed {len(tally.failed)}"
        )
        lines += _named("冲突 · conflict", tally.conflicts)
        lines += _named("损坏 · damaged", tally.damaged)
        lines += _named("失败 · failed", tally.failed)
    return "\n".join(lines)


def _named(what: str, names: list[str]) -> list[str]:
    return [f"  {what}: {name}" for name in names]
