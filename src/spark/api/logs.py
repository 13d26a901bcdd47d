"""Logs to the console and to a rotating file, one line a request."""

from __future__ import annotations

import logging
import os
import re
import secrets
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock
from flask import Flask, request

from ..context import PROJECT_ID, begin
from .config import Config
from .lines import console, formatter

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_MOST_BYTES, _OLD_FILES = 10 * 1024 * 1024, 5
_FOLLOW_SECONDS = 1.0
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}", re.ASCII)

_log = logging.getLogger("spark.requests")


class SharedRotatingFileHandler(RotatingFileHandler):
    """A rotating log file that several processes may write.

    The standard handler loses lines when two processes rotate at once. Here one rotates under a
    lock, and the others follow to the new file.
    """

    _looked_at = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, to the file that has had the name within the last second."""
        if record.created - self._looked_at > _FOLLOW_SECONDS:
            self._looked_at = record.created
            if self._was_moved():
                self.close()
                self.stream = self._open()
        super().emit(record)

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802
        """Whether the file is full, by its own position, which costs next to nothing to ask."""
        return self.stream is not None and self.stream.tell() >= self.maxBytes

    def doRollover(self) -> None:  # noqa: N802, the standard library's name
        """Rotate, unless another process just did."""
        with FileLock(f"{self.baseFilename}.lock"):
            if self._was_moved():
                self.close()
                self.stream = self._open()
            else:
                super().doRollover()

    def _was_moved(self) -> bool:
        try:
            there = os.stat(self.baseFilename)
        except FileNotFoundError:
            return True
        mine = os.fstat(self.stream.fileno()) if self.stream else None
        return mine is None or (mine.st_ino, mine.st_dev) != (there.st_ino, there.st_dev)


def configure_logs(settings: Config) -> None:
    """Send everything of our own and of the libraries' to the console and the file.

    Done again for every app a process makes; the last one's settings hold.
    """
    root = logging.getLogger()
    for handler in [h for h in root.handlers if getattr(h, "of_spark", False)]:
        root.removeHandler(handler)
        handler.close()
    lines = formatter(settings.LOG_FORMAT)
    root.addHandler(console(lines))
    if settings.log_file:
        root.addHandler(_file_handler(settings.log_file, lines))
    root.setLevel(settings.LOG_LEVEL)
    # What our lines do not show need not be found out for each of them.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # as the logging HOWTO advises
    # The development server's own request lines would double ours, with the query in them.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    logging.getLogger("filelock").setLevel(logging.WARNING)


def begin_request(environ: WSGIEnvironment) -> None:
    """Give a request its id, before anything of it can fail."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
    environ["spark.request_id"] = request_id
    begin(request_id)


def request_id() -> str:
    """The request's id: the caller's where it is one, else ours."""
    return str(request.environ["spark.request_id"])


def register_request_log(app: Flask) -> None:
    """Give every line of the log the project it is about."""

    @app.before_request
    def name_project() -> None:
        if project_id := (request.view_args or {}).get("project_id"):
            PROJECT_ID.set(project_id)


def log_request(environ: WSGIEnvironment, path: str, status: int, seconds: float) -> None:
    """Write the line of a request. Never its query, its body or its cookies."""
    method, milliseconds = environ["REQUEST_METHOD"], seconds * 1000
    fields = {
        "method": method,
        "path": path,
        "status": status,
        "milliseconds": round(milliseconds, 1),
    }
    line = "%s %s %d %.1f ms"
    _log.info(line, method, path, status, milliseconds, extra={"spark_fields": fields})


def _file_handler(path: Path, lines: logging.Formatter) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = SharedRotatingFileHandler(path, "a", _MOST_BYTES, _OLD_FILES, encoding="utf-8")
    handler.of_spark = True  # type: ignore[attr-defined]
    handler.setFormatter(lines)
    return handler
