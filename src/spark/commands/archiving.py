"""`run_api.py export` and `run_api.py import`: projects as one file, and back."""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast, get_args

from tqdm import tqdm

from ..api.config import ConfigurationError, load
from ..bootstrap.commands import open_imports
from ..bootstrap.services import Services, build_services
from ..errors import NO_ROOM, InvalidArchive, SparkError
from ..models import now
from ..renditions import FORMATS, FormatName
from ..services.imports import Existing, Outcome, Result, Stage
from .shell import add_environment, fail

EXPORT, IMPORT = "export", "import"

_SHELL = "shell"
"""Whose ledger a screenplay is entered in that is written from here."""
_STAGES: dict[Stage, str] = {"checked": "检查 · check", "imported": "导入 · import"}
_OUTCOMES: dict[Outcome, str] = {
    "imported": "新导入 · imported",
    "copied": "已复制 · copied",
    "replaced": "已更新 · replaced",
    "skipped": "已跳过 · skipped",
    "unchanged": "无变化 · unchanged",
    "damaged": "已损坏 · damaged",
    "failed": "失败 · failed",
}

_EXPORT = """\
把项目连同历史版本和图片导出为一个压缩包；或用 --format 把一个项目导出为文档。
回收站中的项目不在其中。已有的文件不会被覆盖，除非加上 --force。

Export projects with their revisions and pictures as one archive; or, with --format, one project as
a document. What is in the trash is left out. A file that is there is not overwritten, but with
--force.

  python run_api.py export
  python run_api.py export spring.zip --ids 3f0c… 9b1d…
  python run_api.py export --ids 3f0c… --format pdf
"""
_IMPORT = """\
导入压缩包，或一个项目的 JSON。先检查全部内容再写入；有问题则整个拒绝，什么都不会改变。

Import an archive, or the JSON of one project. All of it is checked before anything is written;
where something is wrong it is refused as a whole, and nothing changes.

  python run_api.py import spark-projects-2026-01-31.zip
  python run_api.py import spring.zip --existing replace
"""
_EPILOG = """\
退出码 · exit code: 0 全部完成 · all is done; 1 有未完成的 · something is not; 2 参数或设置有误 ·
bad arguments or settings
"""


def main(command: str, arguments: list[str]) -> int:
    """Export or import; 0 where all is done, 1 where something is not, 2 for bad arguments."""
    rest = list(arguments)
    rest.remove(command)
    options = (_export_parser() if command == EXPORT else _import_parser()).parse_args(rest)
    try:
        settings = load(options.config)
        if command == EXPORT:
            return _export(build_services(settings), options)
        with open(options.file, "rb") as file, _bars() as show:
            results = open_imports(settings).each(file, options.existing, "zh", show)
            outcomes = _told(results)
    except ConfigurationError as error:
        return fail(str(error), 2)
    except SparkError as error:
        return fail(_words(error), 1)
    except OSError as error:
        return fail(f"{error.filename}: {error.strerror}", 1 if error.errno in NO_ROOM else 2)
    except KeyboardInterrupt:
        return fail("已中断 · interrupted", 1)
    print(_summary(outcomes))
    return 1 if outcomes["failed"] or outcomes["damaged"] else 0


def _export(services: Services, options: argparse.Namespace) -> int:
    ids: list[str] = options.ids
    if options.format:
        name = cast(FormatName, options.format)
        if len(ids) != 1:
            return fail("--format 需要恰好一个项目 · needs exactly one project in --ids", 2)
        rendition = services.exports.render(_SHELL, ids[0], name)
        data = rendition.data
        pieces: Iterable[bytes] = [data] if isinstance(data, bytes) else data
        _write(Path(options.file or rendition.file_name), pieces, options.force)
        return 0
    total = len(set(ids)) or sum(1 for _ in services.project_store.ids())
    target = Path(options.file or f"spark-projects-{now():%Y-%m-%d}.zip")
    with tqdm(total=total, desc="导出 · export", unit="项", dynamic_ncols=True) as bar:

        def show(done: int) -> None:
            bar.update(done - bar.n)

        _write(target, services.exports.archive(ids or None, show), options.force)
    return 0


def _write(target: Path, pieces: Iterable[bytes], force: bool) -> None:
    """Write a file that is there as a whole, or not at all."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), target)
    if target.exists() and not force:
        raise FileExistsError(
            0, "文件已存在，用 --force 覆盖 · is there; --force overwrites it", target
        )
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, target) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
    print(f"{target} · {target.stat().st_size:,} B")


@contextmanager
def _bars() -> Iterator[Any]:
    """A bar for checking, then one for importing, which knows how many there are."""
    bars: dict[Stage, Any] = {}

    def show(stage: Stage, done: int) -> None:
        if stage not in bars:
            total = bars["checked"].n if stage == "imported" else None
            bars[stage] = tqdm(total=total, desc=_STAGES[stage], unit="项", dynamic_ncols=True)
        bars[stage].update(done - bars[stage].n)

    with contextlib.ExitStack() as stack:
        yield show
        for bar in bars.values():
            stack.enter_context(closing(bar))


def _told(results: Iterable[Result]) -> Counter[Outcome]:
    """How many came out how; what is not as it should be is said at once."""
    outcomes: Counter[Outcome] = Counter()
    for result in results:
        outcomes[result.outcome] += 1
        if result.outcome in ("failed", "damaged"):
            reason = f"{_OUTCOMES[result.outcome]}: {result.project_id} {result.reason or ''}"
            tqdm.write(f"  {reason.rstrip()}")
        if missing := len(result.missing_images):
            tqdm.write(f"  缺少图片 · pictures missing: {result.project_id} {missing}")
    return outcomes


def _summary(outcomes: Counter[Outcome]) -> str:
    counts = [
        f"{words} {outcomes[outcome]}" for outcome, words in _OUTCOMES.items() if outcomes[outcome]
    ]
    return ", ".join(counts) or "压缩包中没有项目 · there is no project in it"


def _words(error: SparkError) -> str:
    """What went wrong in both languages, with the parts of an archive that are named."""
    lines = [f"{error.message('zh')} · {error.message('en')}"]
    if isinstance(error, InvalidArchive):
        lines += [f"  {p.field}: {p.zh} · {p.en}".replace("  : ", "  ") for p in error.problems]
    return "\n".join(lines)


def _export_parser() -> argparse.ArgumentParser:
    parser = _parser(EXPORT, _EXPORT)
    parser.add_argument("file", nargs="?", help="目标文件 · the file to write")
    parser.add_argument(
        "--ids",
        nargs="+",
        default=[],
        metavar="ID",
        help="项目编号，默认全部 · the projects' ids; all by default",
    )
    parser.add_argument(
        "--format",
        choices=[name for name in FORMATS if name != "json"],
        help="一个项目的文档格式 · one project as a document",
    )
    parser.add_argument("--force", action="store_true", help="覆盖已有文件 · overwrite a file")
    return parser


def _import_parser() -> argparse.ArgumentParser:
    parser = _parser(IMPORT, _IMPORT)
    parser.add_argument("file", help="压缩包或 JSON · an archive or a JSON file")
    parser.add_argument(
        "--existing",
        choices=get_args(Existing),
        default="skip",
        help="已有的项目：跳过、另存副本或更新 · projects that are there already (default: skip)",
    )
    return parser


def _parser(command: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"run_api.py {command}",
        description=description,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_environment(parser)
    return parser
