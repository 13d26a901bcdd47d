#!/usr/bin/env python3
"""Serve the Spark AI API: `python run_api.py --config development`.

`python run_api.py reindex` builds the index of projects anew from their files, or in PostgreSQL;
`python run_api.py migrate` brings PostgreSQL's schema up to date;
`python run_api.py copy-store FROM TO` copies everything from one store to another;
`python run_api.py export` and `python run_api.py import FILE` take projects along, and back.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from src.spark.api.config import Config, ConfigurationError, load
from src.spark.bootstrap.commands import migrate_database, rebuild_index
from src.spark.bootstrap.services import build_services
from src.spark.commands import archiving, copying
from src.spark.commands.shell import add_environment
from src.spark.errors import SparkError
from src.spark.ports import Illustrator, Writer

# Under the reloader we run twice: once to watch the files, and in a child that serves.
_SERVES = os.environ.get("WERKZEUG_RUN_MAIN") == "true"


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped, or do what was asked for; 2 where the settings do not allow it."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if copying.COMMAND in arguments:
        return copying.main(arguments)
    for command in (archiving.EXPORT, archiving.IMPORT):
        if command in arguments[:1]:
            return archiving.main(command, arguments)
    options = _parser().parse_args(arguments)
    try:
        settings = load(options.config)
        if options.command == "reindex":
            return _reindex(settings)
        if options.command == "migrate":
            return _migrate(settings)
        settings.secret_key()
        workers = _workers()
    except (ConfigurationError, OSError) as error:
        print(f"spark: {error}", file=sys.stderr)
        return 2
    host, port = options.host or settings.HOST, options.port or settings.PORT
    if not _SERVES:
        print(_greeting(settings, host, port), flush=True)
    if settings.ENVIRONMENT == "production":
        return _serve_with_gunicorn(settings, host, port, workers)
    return _serve_with_flask(settings, host, port, options.debug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run_api.py", description="启动 Spark AI API · Serve the Spark AI API"
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=[
            "serve",
            "reindex",
            "migrate",
            copying.COMMAND,
            archiving.EXPORT,
            archiving.IMPORT,
        ],
        default="serve",
        help="serve：提供服务（默认）· serve (default); reindex：重建项目索引 · rebuild the index; "
        "migrate：更新数据库结构 · bring the database's schema up to date; "
        "copy-store FROM TO：复制全部数据 · copy everything (copy-store --help); "
        "export、import FILE：导出与导入项目 · take projects along, and back (export --help)",
    )
    add_environment(parser)
    parser.add_argument("--host", help="监听地址 · address to listen on (default: HOST)")
    parser.add_argument("--port", type=_port, help="端口 · port (default: PORT, else 5000)")
    parser.add_argument(
        "--debug",
        action="store_true",
        help="调试器 · the interactive debugger, never in production",
    )
    return parser


def _reindex(settings: Config) -> int:
    """Build the index of projects anew; 1 where that fails."""
    from tqdm import tqdm

    try:
        with tqdm(unit=" projects", desc="reindex", dynamic_ncols=True) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            count = rebuild_index(settings, show)
    except SparkError as error:
        print(f"spark: {error.message('zh')} · {error.message('en')}", file=sys.stderr)
        return 1
    print(f"索引已重建：{count} 个项目 · index built: {count} projects")
    return 0


def _migrate(settings: Config) -> int:
    """Bring the database's schema up to date; 1 where that fails."""
    if not settings.DATABASE_URL.get_secret_value():
        raise ConfigurationError("DATABASE_URL: 未设置 · is not set")
    try:
        count = migrate_database(settings, lambda name: print(f"已应用 · applied: {name}"))
    except SparkError as error:
        reason = f"（{error.__cause__}）" if error.__cause__ else ""
        print(f"spark: {error.message('zh')} · {error.message('en')}{reason}", file=sys.stderr)
        return 1
    if not count:
        print("数据库结构已是最新 · the schema is up to date already")
    return 0


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError("1–65535")
    return int(text)


def _workers() -> int:
    """As many as gunicorn's own variable says, else as the machine has processors."""
    said = os.environ.get("WEB_CONCURRENCY") or str(max(2, os.cpu_count() or 1))
    if not said.isdecimal() or int(said) < 1:
        raise ConfigurationError("WEB_CONCURRENCY: must be a whole number from 1")
    return int(said)


def _greeting(settings: Config, host: str, port: int) -> str:
    shown = "localhost" if host in ("0.0.0.0", "127.0.0.1", "::") else _in_address(host)
    sessions = "Redis" if settings.SESSION_TYPE == "redis" else "文件 · files"
    services = build_services(settings)
    base = f"http://{shown}:{port}/api"
    return "\n".join(
        [
            f"Spark AI · {settings.ENVIRONMENT}",
            f"  写作引擎 · writer        {_engine(services.writer)}",
            f"  绘图引擎 · illustrator   {_engine(services.illustrator)}",
            f"  项目存储 · store         {_store(settings)}",
            f"  会话 · sessions          {sessions}",
            f"  文档 · docs              {base}/docs",
            f"  健康检查 · health        {base}/health",
            f"  会话信息 · session       {base}/session/info",
        ]
    )


def _store(settings: Config) -> str:
    """Where projects are kept; of a database its address, without who asks and the password."""
    url = settings.DATABASE_URL.get_secret_value()
    if not url:
        return f"JSON, {settings.SPARK_DATA_DIR / 'projects'}"
    parts = urlsplit(url)
    return f"PostgreSQL, {parts.netloc.rpartition('@')[2]}{parts.path}"


def _engine(engine: Writer | Illustrator) -> str:
    """What writes or draws, and where an engine asks a model, which."""
    return engine.name if engine.model == engine.name else f"{engine.name}: {engine.model}"


def _serve_with_flask(settings: Config, host: str, port: int, debug: bool) -> int:
    """Flask's server, reloading in development; its debugger only where it was asked for."""
    from src.spark.api.app import create_app

    app = create_app(settings)
    if _SERVES or not settings.DEBUG:  # otherwise we only watch over the process that serves
        threading.Thread(target=app.extensions["spark"].warm_up, daemon=True).start()
    app.run(host, port, debug=debug, use_reloader=settings.DEBUG, threaded=True)
    return 0


def _serve_with_gunicorn(settings: Config, host: str, port: int, workers: int) -> int:
    """Become gunicorn, from whichever folder we were called."""
    os.environ["SPARK_DEADLINE_SECONDS"] = str(settings.SPARK_DEADLINE_SECONDS)
    os.environ["SPARK_DATA_DIR"] = str(settings.SPARK_DATA_DIR.resolve())
    os.environ["SPARK_MEDIA_URL"] = settings.SPARK_MEDIA_URL
    home = Path(__file__).resolve().parent
    command = ["gunicorn", "--chdir", str(home), "-c", str(home / "gunicorn.conf.py")]
    address = ["-w", str(workers), "-b", f"{_in_address(host)}:{port}"]
    application = "src.spark.api.app:create_app('production')"
    os.execv(sys.executable, [sys.executable, "-m", *command, *address, application])


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    sys.exit(main())
